//! Meetings and promises as a calendar that any calendar program reads (iCalendar, RFC 5545), with the
//! rules of each time zone written out, so that a program with old rules shows the right hour.

use std::collections::BTreeMap;

use base::Site;
use base::chance;
use base::storage::Transaction;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use sha2::{Digest, Sha256};
use sqlx::AnyPool;

use crate::meetings::{Action, Meeting};
use crate::zones;

/// A calendar being written.
pub struct Calendar {
    /// Where meetings are read: `https://host`.
    address: String,
    text: String,
}

/// What an entry says beside what the meeting itself does.
#[derive(Default)]
pub struct About {
    pub title: String,
    pub group: String,
    /// The agenda, one item a line.
    pub agenda: String,
    /// Where to take part from afar, for those invited.
    pub link: String,
}

impl Calendar {
    /// Begins a calendar of this name with the zones of these meetings.
    pub fn begin(site: &Site, name: &str, meetings: &[Meeting]) -> Calendar {
        let mut calendar = Calendar { address: site.settings.public_url(), text: String::new() };
        calendar.line("BEGIN:VCALENDAR");
        calendar.line("VERSION:2.0");
        calendar.line("PRODID:-//Throughcare//Meetings//EN");
        calendar.line("CALSCALE:GREGORIAN");
        calendar.line("METHOD:PUBLISH");
        calendar.words("X-WR-CALNAME", name);
        let mut spans: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for meeting in meetings.iter().filter(|it| it.starts.len() > 10 && it.zone != "UTC") {
            let at = meeting.begins_at();
            let span = spans.entry(&meeting.zone).or_insert((at, at));
            *span = (span.0.min(at), span.1.max(at));
        }
        for (name, span) in spans {
            if let Some(zone) = zones::zone(name) {
                calendar.zone(name, &zone, span);
            }
        }
        calendar
    }

    /// Adds a meeting.
    pub fn meeting(&mut self, meeting: &Meeting, about: &About) {
        self.line("BEGIN:VEVENT");
        let host = self.address.split_once("://").map_or("", |(_, host)| host).to_owned();
        self.line(&format!("UID:meeting-{}@{host}", meeting.id));
        self.line(&format!("DTSTAMP:{}", utc(meeting.changed_at)));
        self.line(&format!("LAST-MODIFIED:{}", utc(meeting.changed_at)));
        self.line(&format!("SEQUENCE:{}", meeting.sequence));
        self.moment("DTSTART", &meeting.starts, &meeting.zone);
        self.moment("DTEND", &after(&meeting.ends), &meeting.zone);
        self.words("SUMMARY", &about.title);
        if !meeting.place.is_empty() {
            self.words("LOCATION", &meeting.place);
        }
        let said = [&about.group, &about.link, &about.agenda];
        let said: Vec<&str> =
            said.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        self.words("DESCRIPTION", &said.join("\n"));
        let address = self.address.clone();
        self.line(&format!("URL:{address}/meetings/{}", meeting.id));
        self.line(match meeting.state.as_str() {
            "cancelled" => "STATUS:CANCELLED",
            _ => "STATUS:CONFIRMED",
        });
        self.line("END:VEVENT");
    }

    /// Adds something that somebody has to do.
    pub fn action(&mut self, action: &Action, title: &str, now: i64) {
        self.line("BEGIN:VTODO");
        let host = self.address.split_once("://").map_or("", |(_, host)| host).to_owned();
        self.line(&format!("UID:action-{}@{host}", action.id));
        self.line(&format!("DTSTAMP:{}", utc(now)));
        self.words("SUMMARY", title);
        self.line(&format!("DUE;VALUE=DATE:{}", action.due.replace('-', "")));
        self.line("STATUS:NEEDS-ACTION");
        self.line("END:VTODO");
    }

    pub fn end(mut self) -> Vec<u8> {
        self.line("END:VCALENDAR");
        self.text.into_bytes()
    }

    /// The offsets of a zone from a year before the first meeting to a year after the last, each with
    /// the moment at which it began (RFC 5545 3.6.5; the onset is told in the offset before).
    fn zone(&mut self, name: &str, zone: &TimeZone, (first, last): (i64, i64)) {
        self.line("BEGIN:VTIMEZONE");
        self.line(&format!("TZID:{name}"));
        let from = Timestamp::from_second(first - YEAR_SECONDS).unwrap_or(Timestamp::UNIX_EPOCH);
        let until = last + YEAR_SECONDS;
        let mut offset = zone.to_offset(from);
        let info = zone.to_offset_info(from);
        self.observance(info.dst().is_dst(), from, (offset, offset), info.abbreviation());
        for change in zone.following(from) {
            if change.timestamp().as_second() > until {
                break;
            }
            let is_summer = change.dst().is_dst();
            let offsets = (offset, change.offset());
            self.observance(is_summer, change.timestamp(), offsets, change.abbreviation());
            offset = change.offset();
        }
        self.line("END:VTIMEZONE");
    }

    fn observance(
        &mut self,
        summer: bool,
        at: Timestamp,
        (from, to): (Offset, Offset),
        name: &str,
    ) {
        let kind = if summer { "DAYLIGHT" } else { "STANDARD" };
        self.line(&format!("BEGIN:{kind}"));
        self.line(&format!("DTSTART:{}", from.to_datetime(at).strftime("%Y%m%dT%H%M%S")));
        self.line(&format!("TZOFFSETFROM:{}", offset(from)));
        self.line(&format!("TZOFFSETTO:{}", offset(to)));
        self.words("TZNAME", name);
        self.line(&format!("END:{kind}"));
    }

    /// A moment by the clock on the wall, with its zone; a day alone as a day.
    fn moment(&mut self, name: &str, local: &str, zone: &str) {
        let plain: String = local.chars().filter(|c| !matches!(c, '-' | ':')).collect();
        self.line(&match (local.len(), zone) {
            (10, _) => format!("{name};VALUE=DATE:{plain}"),
            (_, "UTC") => format!("{name}:{plain}00Z"),
            _ => format!("{name};TZID={zone}:{plain}00"),
        });
    }

    /// A property of words that somebody wrote (3.3.11).
    fn words(&mut self, name: &str, words: &str) {
        let mut value = String::new();
        for c in words.chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' => value.push_str("\\n"),
                c if c.is_control() => {}
                c => value.push(c),
            }
        }
        self.line(&format!("{name}:{value}"));
    }

    /// Writes a line, folded at 75 octets between letters (3.1).
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars().filter(|c| !matches!(c, '\r' | '\n')) {
            if octets + c.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            octets += c.len_utf8();
            self.text.push(c);
        }
        self.text.push_str("\r\n");
    }
}

const YEAR_SECONDS: i64 = 366 * 24 * 3600;

fn utc(at: i64) -> String {
    let at = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(at).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let mut text = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 != 0 {
        text.push_str(&format!("{:02}", seconds % 60));
    }
    text
}

/// The end of a meeting as a calendar wants it: the day after the last of whole days (3.6.1).
fn after(ends: &str) -> String {
    let next = || ends.parse::<Date>().ok()?.tomorrow().ok();
    match ends.len() {
        10 => next().map_or_else(|| ends.to_owned(), |day| day.to_string()),
        _ => ends.to_owned(),
    }
}

fn hash(secret: &str) -> String {
    chance::in_hex(&Sha256::digest(secret.as_bytes()))
}

/// Makes the secret of a person's calendar anew; the address before stops working.
pub async fn make_secret(
    change: &mut Transaction,
    person: i64,
    now: i64,
) -> Result<String, base::Refusal> {
    let secret = chance::hex(20)?;
    let sql = "INSERT INTO calendars (person, hash, made_at) VALUES ($1, $2, $3)
               ON CONFLICT (person) DO UPDATE SET hash = EXCLUDED.hash, made_at = EXCLUDED.made_at";
    sqlx::query(sql).bind(person).bind(hash(&secret)).bind(now).execute(&mut **change).await?;
    Ok(secret)
}

/// Takes a person's calendar away; `false` where there was none.
pub async fn end_secret(change: &mut Transaction, person: i64) -> sqlx::Result<bool> {
    let sql = "DELETE FROM calendars WHERE person = $1";
    let gone = sqlx::query(sql).bind(person).execute(&mut **change).await?;
    Ok(gone.rows_affected() > 0)
}

/// Whose calendar has this secret, while they have an account.
pub async fn person_of(pool: &AnyPool, secret: &str) -> sqlx::Result<Option<i64>> {
    let sql = "SELECT calendars.person FROM calendars JOIN people ON people.id = calendars.person
               WHERE hash = $1 AND people.ended_at IS NULL";
    sqlx::query_scalar(sql).bind(hash(secret)).fetch_optional(pool).await
}

/// Whether the person has a calendar address.
pub async fn has_secret(pool: &AnyPool, person: i64) -> sqlx::Result<bool> {
    let sql = "SELECT COUNT(*) FROM calendars WHERE person = $1";
    let count: i64 = sqlx::query_scalar(sql).bind(person).fetch_one(pool).await?;
    Ok(count > 0)
}
