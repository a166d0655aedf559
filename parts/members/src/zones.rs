//! Time zones of the capitals, and moments in them. The rules are those of the IANA database compiled
//! in, so that a meeting begins at the same second on every machine.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::Deserialize;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A capital with the name of its zone.
#[derive(Clone, Debug, Deserialize)]
pub struct Capital {
    /// ISO 3166; empty for UTC.
    pub country: String,
    pub capital_en: String,
    pub capital_fr: String,
    /// Its name in the IANA database.
    pub zone: String,
}

/// The capitals of `data/bodies/zones.csv`, Strasbourg's first, then by country.
pub fn capitals() -> &'static [Capital] {
    static ALL: LazyLock<Vec<Capital>> = LazyLock::new(|| {
        let text = include_str!("../../../data/bodies/zones.csv");
        let mut all: Vec<Capital> = csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .filter_map(Result::ok)
            .collect();
        all.sort_by_key(|it| (it.zone != "Europe/Paris", it.country.clone()));
        all
    });
    &ALL
}

/// The zone of this name, if the IANA database has it.
pub fn zone(name: &str) -> Option<TimeZone> {
    DATABASE.get(name).ok()
}

/// A day, or a day with a time of day, as a form sends it: `2026-12-03T09:30` or `2026-12-03`. Gives
/// it to the minute.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 10 {
        return Some(text.parse::<Date>().ok()?.to_string());
    }
    let moment: DateTime = text.parse().ok()?;
    Some(moment.strftime("%Y-%m-%dT%H:%M").to_string())
}

/// UTC seconds of what a clock in this zone shows. A day alone is its midnight. Where clocks are set,
/// RFC 5545 3.3.5: an hour shown twice is the first, one left out counts by the offset before.
pub fn moment(local: &str, zone_name: &str) -> Option<i64> {
    let local: DateTime = match local.len() {
        10 => local.parse::<Date>().ok()?.at(0, 0, 0, 0),
        _ => local.parse().ok()?,
    };
    Some(zone(zone_name)?.to_zoned_datetime(local).ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_capital_has_a_zone_that_there_is() {
        assert!(capitals().len() > 50);
        for capital in capitals() {
            assert!(zone(&capital.zone).is_some(), "{capital:?}");
        }
        assert!(zone("Europe/Atlantis").is_none());
    }

    #[test]
    fn the_clock_on_the_wall_counts() {
        // Summer time in Strasbourg: two hours before UTC's clock; none in Tbilisi, always four.
        assert_eq!(moment("2026-07-01T09:30", "Europe/Paris"), moment("2026-07-01T07:30", "UTC"));
        assert_eq!(moment("2026-12-01T09:30", "Europe/Paris"), moment("2026-12-01T08:30", "UTC"));
        assert_eq!(moment("2026-07-01T09:30", "Asia/Tbilisi"), moment("2026-07-01T05:30", "UTC"));
        // 29 March 2026: 02:30 is left out in Strasbourg and counts as 03:30 of summer time.
        assert_eq!(moment("2026-03-29T02:30", "Europe/Paris"), moment("2026-03-29T01:30", "UTC"));
        assert_eq!(read(" 2026-12-03T09:30 ").as_deref(), Some("2026-12-03T09:30"));
        for wrong in ["", "2026-13-01", "2026-12-03T25:00", "tomorrow"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
