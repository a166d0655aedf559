//! A fact is one figure as one source gives it, with its flag; a flag says how far the figure may
//! be trusted and used. Facts are written and read here in the product's own CSV form.

use std::fmt;
use std::io;

use crate::indicator::GROUPS;
use crate::{indicators, places};

/// One figure: place, indicator, period, group, value, and where it was read.
///
/// Place, indicator, period, group and source together name a fact; two facts that share them are
/// the same figure, read twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Code in [`crate::places`].
    pub place: String,
    /// Id in [`crate::indicators`].
    pub indicator: String,
    /// `2018` for a year, `2020-01-31` for a day.
    pub period: String,
    pub year: i32,
    /// One of [`GROUPS`].
    pub group: String,
    /// In the indicator's unit.
    pub value: f64,
    /// Bounds of the interval the source gives, if it gives one.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Id of the source record.
    pub source: String,
    /// Where in the source: `row 1234`, `table 3`, `page 17`.
    pub locator: String,
    /// The gravest of the flags; `reasons` holds all of them.
    pub flag: Flag,
    pub reasons: Vec<Reason>,
    /// The source's own remark, in its words.
    pub note: String,
}

impl Fact {
    /// A plain figure without interval, flag or note.
    pub fn new(place: &str, indicator: &str, year: i32, group: &str, value: f64) -> Fact {
        Fact {
            place: place.into(),
            indicator: indicator.into(),
            period: year.to_string(),
            year,
            group: group.into(),
            value,
            low: None,
            high: None,
            source: String::new(),
            locator: String::new(),
            flag: Flag::None,
            reasons: Vec::new(),
            note: String::new(),
        }
    }

    /// Adds a reason for doubt. The gravest flag is kept; every reason is.
    pub fn mark(&mut self, reason: Reason) {
        self.flag = self.flag.max(reason.flag());
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    /// Takes back the reasons of some rules; the flag follows what is left.
    pub fn unmark(&mut self, rules: &[&str]) {
        self.reasons.retain(|r| !rules.contains(&r.rule.as_str()));
        self.flag = self.reasons.iter().map(Reason::flag).max().unwrap_or(Flag::None);
    }

    /// What names the fact.
    pub fn key(&self) -> (&str, &str, &str, &str, &str) {
        (&self.place, &self.indicator, &self.period, &self.group, &self.source)
    }

    /// Whether the figure may enter a rank, a ratio or the line of a chart.
    pub fn usable(&self) -> bool {
        self.flag.usable()
    }

    /// All reasons in one text, `; ` within and ` | ` between; empty when there are none.
    pub fn flag_reason(&self) -> String {
        let texts: Vec<String> = self.reasons.iter().map(Reason::to_string).collect();
        texts.join(" | ")
    }
}

/// How far a figure may be trusted, from not at all in doubt to most in doubt.
/// `flag-<id>` is the Fluent key of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    None,
    /// The publisher calls it provisional.
    Provisional,
    /// The publisher estimated it.
    Estimated,
    /// Copied by someone other than the publisher; check before citing.
    SecondHand,
    /// Two sources differ by more than 10 % for the same place, year and group.
    Disagrees,
    /// Not comparable with the years before.
    BreakInSeries,
    /// Changed more in two years than such a figure can be expected to.
    SharpChange,
    /// Counted over few people, or called unreliable by the publisher.
    LowReliability,
    /// The place counts by another definition than the rest.
    DefinitionDiffers,
    /// The place counts by another rule, so that the figure cannot be set beside others.
    CountingRule,
    /// A zero that may stand for "not measured".
    ZeroMayBeMissing,
    /// It may count more, or fewer, than it says: a national total in place of prisons'.
    ScopeDoubtful,
    /// It cannot be true as it stands.
    Implausible,
    /// What it rests on was withdrawn by those who released it.
    Withdrawn,
}

impl Flag {
    pub const ALL: [Flag; 14] = [
        Flag::None,
        Flag::Provisional,
        Flag::Estimated,
        Flag::SecondHand,
        Flag::Disagrees,
        Flag::BreakInSeries,
        Flag::SharpChange,
        Flag::LowReliability,
        Flag::DefinitionDiffers,
        Flag::CountingRule,
        Flag::ZeroMayBeMissing,
        Flag::ScopeDoubtful,
        Flag::Implausible,
        Flag::Withdrawn,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Flag::None => "none",
            Flag::Provisional => "provisional",
            Flag::Estimated => "estimated",
            Flag::SecondHand => "second-hand",
            Flag::Disagrees => "disagrees",
            Flag::BreakInSeries => "break-in-series",
            Flag::SharpChange => "sharp-change",
            Flag::LowReliability => "low-reliability",
            Flag::DefinitionDiffers => "definition-differs",
            Flag::CountingRule => "counting-rule",
            Flag::ZeroMayBeMissing => "zero-may-be-missing",
            Flag::ScopeDoubtful => "scope-doubtful",
            Flag::Implausible => "implausible",
            Flag::Withdrawn => "withdrawn",
        }
    }

    pub fn from_id(id: &str) -> Option<Flag> {
        Flag::ALL.into_iter().find(|f| f.id() == id)
    }

    /// Whether a figure so flagged may enter a rank, a ratio or the line of a chart. The others
    /// are shown with their mark, and counted in nothing.
    pub fn usable(self) -> bool {
        self < Flag::DefinitionDiffers
    }
}

/// Why a fact is flagged: the rule, and what it looked at. `reason-<rule>` is its Fluent key and
/// the arguments are Fluent's, so that the reason reads in the reader's language.
///
/// Written `scope-doubtful;value=207144;held=6990`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub rule: String,
    pub args: Vec<(String, String)>,
}

impl Reason {
    pub fn new(rule: &str) -> Reason {
        Reason { rule: rule.into(), args: Vec::new() }
    }

    /// The flag that the rule sets. A rule without a flag of its own carries it as `flag=…`.
    pub fn flag(&self) -> Flag {
        let named = match self.rule.as_str() {
            "not-whole" => Flag::Estimated,
            "part-exceeds-whole" => Flag::CountingRule,
            "weak-estimate" => Flag::LowReliability,
            "part-of-prisons" => Flag::ScopeDoubtful,
            rule => Flag::from_id(rule).unwrap_or(Flag::None),
        };
        let carried = self.args.iter().find(|(name, _)| name == "flag");
        carried.and_then(|(_, id)| Flag::from_id(id)).unwrap_or(named)
    }

    /// The arguments, told by what they are, so that a page can write each in its own way.
    pub fn values(&self) -> impl Iterator<Item = (&str, ReasonValue<'_>)> {
        self.args.iter().map(|(name, text)| {
            let value = match (name.as_str(), text.parse::<f64>()) {
                ("source", _) => ReasonValue::Source(text),
                ("whole", _) => ReasonValue::Indicator(text),
                (name, Ok(year)) if name.ends_with("year") => ReasonValue::Year(year as i32),
                (_, Ok(number)) => ReasonValue::Number(number),
                _ => ReasonValue::Text(text),
            };
            (name.as_str(), value)
        })
    }

    /// With one more argument. A value keeps its text; `;`, `=` and `|` in it become spaces.
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Reason {
        let text = value.to_string().replace([';', '=', '|'], " ");
        self.args.push((name.into(), text));
        self
    }

    /// Reads what [`Reason`] displays; none when there is no rule.
    pub fn parse(text: &str) -> Option<Reason> {
        let mut parts = text.trim().split(';');
        let rule = parts.next().filter(|r| !r.is_empty())?;
        let args = parts.filter_map(|p| p.split_once('=')).map(|(k, v)| (k.into(), v.into()));
        Some(Reason { rule: rule.into(), args: args.collect() })
    }

    /// Reads what [`Fact::flag_reason`] writes.
    pub fn parse_all(text: &str) -> Vec<Reason> {
        text.split('|').filter_map(Reason::parse).collect()
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rule)?;
        self.args.iter().try_for_each(|(k, v)| write!(f, ";{k}={v}"))
    }
}

/// What an argument of a reason is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReasonValue<'a> {
    Number(f64),
    /// Written without a thousands separator.
    Year(i32),
    /// Id of a source record, to be shown by its publisher.
    Source(&'a str),
    /// Id of an indicator, to be shown by its name.
    Indicator(&'a str),
    Text(&'a str),
}

/// The shortest text that reads back as the same number: `66`, `3.8`.
pub fn number(value: f64) -> String {
    // -0.0 would print its sign.
    if value == 0.0 { "0".into() } else { format!("{value}") }
}

const COLUMNS: [&str; 12] = [
    "place",
    "indicator",
    "period",
    "group",
    "value",
    "low",
    "high",
    "source",
    "locator",
    "flag",
    "reason",
    "note",
];

/// Writes facts in our own form, sorted by what names them; the same facts give the same bytes.
pub fn write_facts(facts: &[Fact], out: impl io::Write) -> io::Result<()> {
    let mut sorted: Vec<&Fact> = facts.iter().collect();
    sorted.sort_by(|a, b| a.key().cmp(&b.key()));
    let mut out = csv::Writer::from_writer(out);
    out.write_record(COLUMNS)?;
    for fact in sorted {
        let bound = |b: Option<f64>| b.map(number).unwrap_or_default();
        out.write_record([
            fact.place.as_str(),
            &fact.indicator,
            &fact.period,
            &fact.group,
            &number(fact.value),
            &bound(fact.low),
            &bound(fact.high),
            &fact.source,
            &fact.locator,
            fact.flag.id(),
            &fact.flag_reason(),
            &fact.note,
        ])?;
    }
    out.flush()
}

/// Why a file in our own form could not be read. Nothing of it is used.
#[derive(Debug, thiserror::Error)]
pub enum FactsError {
    #[error("the file of facts cannot be read: {0}")]
    Csv(#[from] csv::Error),
    #[error("the file of facts has the columns “{found}”; it needs “{wanted}”")]
    Columns { found: String, wanted: String },
    #[error("row {row}: {column} “{value}” is not known")]
    Value { row: u64, column: &'static str, value: String },
}

/// Reads what [`write_facts`] wrote. Refuses the whole file at the first row it does not
/// understand: our own files are either right or broken.
pub fn read_facts(input: impl io::Read) -> Result<Vec<Fact>, FactsError> {
    let mut reader = csv::Reader::from_reader(input);
    let header = reader.headers()?.clone();
    if header != COLUMNS.to_vec() {
        let found = header.iter().collect::<Vec<_>>().join(", ");
        return Err(FactsError::Columns { found, wanted: COLUMNS.join(", ") });
    }
    let mut facts = Vec::new();
    for (i, record) in reader.into_records().enumerate() {
        facts.push(fact_of(&record?, i as u64 + 2)?);
    }
    Ok(facts)
}

fn fact_of(record: &csv::StringRecord, row: u64) -> Result<Fact, FactsError> {
    let bad = |column: usize| FactsError::Value {
        row,
        column: COLUMNS[column],
        value: record[column].into(),
    };
    let known = |column: usize, ok: bool| if ok { Ok(()) } else { Err(bad(column)) };
    known(0, places().get(&record[0]).is_some())?;
    known(1, indicators().get(&record[1]).is_some())?;
    known(3, GROUPS.contains(&&record[3]))?;
    let number = |column: usize| match record[column].parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(bad(column)),
    };
    let bound = |column: usize| match &record[column] {
        "" => Ok(None),
        _ => number(column).map(Some),
    };
    let year = record[2].get(..4).and_then(|y| y.parse().ok()).ok_or_else(|| bad(2))?;
    Ok(Fact {
        place: record[0].into(),
        indicator: record[1].into(),
        period: record[2].into(),
        year,
        group: record[3].into(),
        value: number(4)?,
        low: bound(5)?,
        high: bound(6)?,
        source: record[7].into(),
        locator: record[8].into(),
        flag: Flag::from_id(&record[9]).ok_or_else(|| bad(9))?,
        reasons: Reason::parse_all(&record[10]),
        note: record[11].into(),
    })
}
