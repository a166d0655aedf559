//! Columns with types, for forms that have them: OData, Parquet, SPSS, GeoJSON. A question with several
//! answers gives a column of yes and no for each, a place its latitude and longitude.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Column, Kind, Table};
use crate::compiled::{Item, label};

/// What the cells of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Whole,
    Number,
    Day,
    /// A moment of some zone, in milliseconds since 1970 UTC.
    Moment,
    /// A time of day, in milliseconds.
    Time,
    /// One of a list, as its code.
    Code,
    /// Whether a choice was chosen.
    Flag,
    Text,
}

/// What of its column a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    Whole,
    Choice(&'a Item),
    /// Latitude, longitude, height, accuracy: which number of a point.
    Of(usize),
}

/// A column as it is written.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// Letters, digits and underscores, once in its table.
    pub name: String,
    pub column: &'a Column,
    pub part: Part<'a>,
    pub of: Type,
}

/// A cell. A value that its type cannot hold (words where a number was asked) is nothing here; the CSV has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Nothing,
    Whole(i64),
    Number(f64),
    /// Days since 1970-01-01.
    Day(i32),
    Moment(i64),
    Time(i64),
    Flag(bool),
    Text(Cow<'a, str>),
}

/// The numbers of a point in their order, by the names that their fields end in.
const OF_POINT: [&str; 4] = ["latitude", "longitude", "altitude", "accuracy"];

/// The fields of a table. With `by_data`, a calculation whose answers are all numbers is a number: right for a file,
/// wrong for a service whose description must not change with the next answer.
pub fn fields(table: &Table, by_data: bool) -> Vec<Field<'_>> {
    let mut taken = BTreeSet::new();
    let mut all = Vec::new();
    for column in &table.columns {
        let of = type_of(column, by_data);
        all.push(Field { name: name(&column.key, &mut taken), column, part: Part::Whole, of });
        if column.kind == Kind::Several {
            for item in &column.choices {
                let name = name(&format!("{}_{}", column.key, item.value), &mut taken);
                all.push(Field { name, column, part: Part::Choice(item), of: Type::Flag });
            }
        }
        if column.data_type == "geopoint" {
            for (at, which) in OF_POINT.iter().enumerate() {
                let name = name(&format!("{}_{which}", column.key), &mut taken);
                all.push(Field { name, column, part: Part::Of(at), of: Type::Number });
            }
        }
    }
    all
}

fn type_of(column: &Column, by_data: bool) -> Type {
    match (column.kind, column.data_type.as_str()) {
        (Kind::One, _) => Type::Code,
        (Kind::Several, _) => Type::Text,
        (_, "int" | "integer") => Type::Whole,
        (_, "decimal") => Type::Number,
        (_, "date") => Type::Day,
        (_, "dateTime") => Type::Moment,
        (_, "time") => Type::Time,
        (Kind::Whole, _) => Type::Whole,
        (Kind::Number, _) => Type::Number,
        (Kind::Date, _) => Type::Day,
        (Kind::Other, _) if by_data && all_numbers(column) => Type::Number,
        _ => Type::Text,
    }
}

fn all_numbers(column: &Column) -> bool {
    let mut values = column.values.iter().flatten().peekable();
    values.peek().is_some() && values.all(|value| number(value).is_some())
}

/// A name of letters, digits and underscores that no other field of its table has, in any case of letters.
pub fn name(key: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        key.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let plain: String = plain.chars().take(100).collect();
    let plain = match plain.chars().next() {
        Some(first) if first.is_alphabetic() || first == '_' => plain,
        _ => format!("_{plain}"),
    };
    let mut name = plain.clone();
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{plain}_{number}");
        number += 1;
    }
    name
}

impl<'a> Field<'a> {
    /// What the field holds, in a language: the question, with the choice behind it.
    pub fn label(&self, language: &str) -> String {
        let asked = label(&self.column.labels, language).unwrap_or(&self.column.key);
        let asked = asked.replace("**", "");
        match self.part {
            Part::Whole => asked,
            Part::Choice(item) => {
                format!("{asked}: {}", label(&item.labels, language).unwrap_or(&item.value))
            }
            Part::Of(at) => format!("{asked}: {}", OF_POINT[at]),
        }
    }

    /// The value as it was stored, where the field is a whole column.
    pub fn raw(&self, row: usize) -> Option<&'a str> {
        self.column.values.get(row)?.as_deref()
    }

    pub fn cell(&self, row: usize) -> Cell<'a> {
        let Some(value) = self.raw(row) else { return Cell::Nothing };
        let found = match (self.part, self.of) {
            (Part::Choice(item), _) => {
                Some(Cell::Flag(value.split_whitespace().any(|it| it == item.value)))
            }
            (Part::Of(at), _) => {
                value.split_whitespace().nth(at).and_then(number).map(Cell::Number)
            }
            (Part::Whole, Type::Whole) => number(value).and_then(whole).map(Cell::Whole),
            (Part::Whole, Type::Number) => number(value).map(Cell::Number),
            (Part::Whole, Type::Day) => day(value).map(Cell::Day),
            (Part::Whole, Type::Moment) => moment(value).map(Cell::Moment),
            (Part::Whole, Type::Time) => time(value).map(Cell::Time),
            (Part::Whole, Type::Code | Type::Text | Type::Flag) => Some(Cell::Text(value.into())),
        };
        found.unwrap_or(Cell::Nothing)
    }

    /// The words for a code, or for each of several.
    pub fn worded(&self, value: &str, language: &str) -> String {
        let worded = |value: &str| {
            let item = self.column.choices.iter().find(|item| item.value == value);
            item.and_then(|item| label(&item.labels, language)).unwrap_or(value).to_owned()
        };
        match self.column.kind {
            Kind::One => worded(value),
            Kind::Several => value.split_whitespace().map(worded).collect::<Vec<_>>().join("; "),
            _ => value.to_owned(),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A whole number that a double holds exactly.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

/// Days since 1970 of `2026-11-24`, or of the day in a moment as it was written down.
pub fn day(text: &str) -> Option<i32> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let since = Date::constant(1970, 1, 1).until((jiff::Unit::Day, date)).ok()?;
    Some(since.get_days())
}

/// Milliseconds since 1970 of `2026-11-24T14:33:20.000+02:00`; without a zone it is taken as UTC.
pub fn moment(text: &str) -> Option<i64> {
    let text = text.trim();
    let with_zone = text.parse::<Timestamp>().ok();
    let without = || {
        let at: jiff::civil::DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(at).ok()
    };
    with_zone.or_else(without).map(Timestamp::as_millisecond)
}

/// Milliseconds since midnight of `14:33:20.000+02:00`, as the clock showed it.
pub fn time(text: &str) -> Option<i64> {
    let shown = text.trim().split(['+', 'Z', '-']).next()?;
    let time: Time = shown.parse().ok()?;
    let seconds = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60;
    Some((seconds + i64::from(time.second())) * 1000 + i64::from(time.millisecond()))
}

/// `2026-11-24` of days since 1970.
pub fn day_text(days: i32) -> String {
    use jiff::ToSpan;
    let day = Date::constant(1970, 1, 1).checked_add(i64::from(days).days());
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// `2026-11-24T12:33:20.000Z`.
pub fn moment_text(milliseconds: i64) -> String {
    let at = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{at:.3}")
}

/// `14:33:20.000`.
pub fn time_text(milliseconds: i64) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!("{:02}:{:02}:{:02}.{rest:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_days_and_times_come_back_as_they_were() {
        assert_eq!(
            moment_text(moment("2026-11-24T14:33:20.000+02:00").expect("a moment")),
            "2026-11-24T12:33:20.000Z"
        );
        assert_eq!(
            moment_text(moment("2026-11-24T14:33:20").expect("a moment")),
            "2026-11-24T14:33:20.000Z"
        );
        assert_eq!(day_text(day("2026-11-24").expect("a day")), "2026-11-24");
        assert_eq!(day_text(day("1969-12-31").expect("a day")), "1969-12-31");
        assert_eq!(time_text(time("14:33:20.500+02:00").expect("a time")), "14:33:20.500");
        assert_eq!((day("24.11.2026"), moment("soon"), time("late")), (None, None, None));
    }

    #[test]
    fn names_are_plain_and_each_is_there_once() {
        let mut taken = BTreeSet::new();
        let names: Vec<String> = ["a-b", "a.b", "A_B", "1st", "âge", ""]
            .iter()
            .map(|key| name(key, &mut taken))
            .collect();
        assert_eq!(names, ["a_b", "a_b_2", "A_B_3", "_1st", "âge", "_"]);
    }
}
