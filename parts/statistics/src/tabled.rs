//! A table of figures as it is shown, written and kept: what passed the rules, with the sample, the method and the marks that
//! must stand beside it. It is made of a [`Released`] table, or of an [`Internal`] one and then says in every form that it may not leave.

use std::fmt::Write;

use base::Words;
use base::language::Arg;
use serde::{Deserialize, Serialize};
use survey::{Cell, Internal, Released, Rules, Weakness, Withheld};

use crate::indicator::Measure;
use crate::plan::Finding;
use crate::question::{Estimated, Question};

/// One indicator by its groups.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tabled {
    /// As it was asked for.
    pub of: String,
    pub label: String,
    /// `share`, `mean`, `total`, `ratio`, `median` or `quantile`.
    pub unit: String,
    /// Of a quantile, the share of people that lie at it or below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The grouping columns, and their labels.
    pub by: Vec<String>,
    pub by_labels: Vec<String>,
    pub method: String,
    pub level: f64,
    pub design: Vec<Finding>,
    pub synthetic: bool,
    /// Not for release.
    pub internal: bool,
    /// Which grouping column is of places, where one is, and the code of each of its groups.
    #[serde(default)]
    pub places: Option<Places>,
    pub cells: Vec<TabledCell>,
}

/// The column of places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    /// Its place among the grouping columns.
    pub at: usize,
    /// By group, its code as maps name it; empty where the data name none.
    pub codes: Vec<(String, String)>,
}

impl Places {
    pub fn code(&self, group: &str) -> Option<&str> {
        let found = self.codes.iter().find(|(name, code)| name == group && !code.is_empty());
        found.map(|(_, code)| code.as_str())
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TabledCell {
    /// By grouping column its group; none for the total, empty where not stated.
    pub groups: Vec<Option<String>>,
    pub figure: Option<Figured>,
    /// Why there is no figure: the name of a message.
    pub withheld: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figured {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub se: Option<f64>,
    pub n: u64,
    pub effective_n: Option<f64>,
    pub design_effect: Option<f64>,
    pub df: f64,
    /// What makes it too weak to lean on: names of messages.
    pub weak: Vec<String>,
}

/// What is known of the sample beside every table.
pub struct Beside<'a> {
    pub question: &'a Question,
    pub design: &'a [Finding],
    pub synthetic: bool,
}

impl Tabled {
    pub fn of(estimated: &Estimated, released: &Released, beside: &Beside) -> Tabled {
        Tabled::new(estimated, released.cells(), beside, false)
    }

    /// Everything, marked; beside each figure what the rules would say of it.
    pub fn internal(
        estimated: &Estimated,
        internal: &Internal,
        rules: &Rules,
        beside: &Beside,
    ) -> Tabled {
        let mut tabled = Tabled::new(estimated, internal.cells(), beside, true);
        for (cell, why) in tabled.cells.iter_mut().zip(estimated.reasons(rules)) {
            cell.withheld = why.map(|why| withheld_key(why).to_owned());
        }
        tabled
    }

    fn new(estimated: &Estimated, cells: &[Cell], beside: &Beside, internal: bool) -> Tabled {
        let (unit, share) = Tabled::unit_of(&estimated.indicator.measure);
        Tabled {
            of: estimated.indicator.asked(),
            label: estimated.label.clone(),
            unit: unit.into(),
            share,
            by: beside.question.by.clone(),
            by_labels: estimated.by.clone(),
            method: match estimated.indicator.measure {
                Measure::Share { .. } => beside.question.method().into(),
                Measure::Quantile { .. } => "woodruff".into(),
                Measure::Mean | Measure::Total | Measure::Ratio { .. } => "mean".into(),
            },
            level: beside.question.options.level,
            design: beside.design.to_vec(),
            synthetic: beside.synthetic,
            internal,
            places: None,
            cells: cells.iter().map(TabledCell::of).collect(),
        }
    }

    /// The unit of a measure and, of a quantile, its share.
    pub fn unit_of(measure: &Measure) -> (&'static str, Option<f64>) {
        match measure {
            Measure::Share { .. } => ("share", None),
            Measure::Mean => ("mean", None),
            Measure::Total => ("total", None),
            Measure::Ratio { .. } => ("ratio", None),
            Measure::Quantile { share: 0.5 } => ("median", Some(0.5)),
            Measure::Quantile { share } => ("quantile", Some(*share)),
        }
    }

    pub fn is_share(&self) -> bool {
        self.unit == "share"
    }

    /// Of a quantile, the share of people that lie at it or below.
    pub fn quantile(&self) -> Option<f64> {
        self.share
    }

    /// "Hepatitis C antibodies: share of people, by country, sex".
    pub fn title(&self, words: &Words) -> String {
        let unit = match self.unit.as_str() {
            known @ ("share" | "total" | "ratio" | "median" | "quantile") => known,
            _ => "mean",
        };
        let by = if self.by.is_empty() { "" } else { "-by" };
        let groups = self.by_labels.join(", ");
        let args = [
            ("what", self.label.as_str().into()),
            ("by", groups.into()),
            percent(words, self.share),
        ];
        words.say_with(&format!("title-{unit}{by}"), &args)
    }

    /// "Months in prison (median)", where one column is offered in several measures.
    pub fn named(&self, words: &Words) -> String {
        match self.unit.as_str() {
            "total" | "median" | "quantile" => {
                format!("{} ({})", self.label, self.value_head(words))
            }
            _ => self.label.clone(),
        }
    }

    /// Marks, sample, method, signs: everything that must be read with the figures.
    pub fn notes(&self, words: &Words) -> Vec<String> {
        let mut notes = Vec::new();
        if self.internal {
            notes.push(words.say("internal-mark"));
        }
        if self.synthetic {
            notes.push(words.say("synthetic-mark"));
        }
        notes.extend(self.design.iter().map(|finding| finding.say(words)));
        notes.push(words.say_with(
            "method-note",
            &[
                ("level", Arg::Number(self.level * 100.0, 0)),
                ("method", self.method_words(words).into()),
            ],
        ));
        match self.unit.as_str() {
            "ratio" => notes.push(words.say("ratio-note")),
            "median" | "quantile" => notes.push(words.say("quantile-note")),
            _ => {}
        }
        let mut weak: Vec<&String> = self.figures().flat_map(|figure| &figure.weak).collect();
        weak.sort();
        weak.dedup();
        if !weak.is_empty() {
            let reasons: Vec<String> = weak.into_iter().map(|key| words.say(key)).collect();
            notes.push(words.say_with("weak-note", &[("reasons", reasons.join("; ").into())]));
        }
        let withheld = |empty: bool| {
            let empties = self.cells.iter().filter(|cell| cell.figure.is_none());
            let mut reasons = empties.filter_map(|cell| cell.withheld.as_deref());
            reasons.any(|why| (why == "withheld-empty") == empty)
        };
        for (empty, key) in [(true, "withheld-empty-why"), (false, "withheld-protected-why")] {
            if withheld(empty) {
                notes.push(format!("· {}", words.say(key)));
            }
        }
        if self.cells.iter().any(|cell| cell.figure.is_some() && cell.withheld.is_some()) {
            notes.push(words.say("would-go-note"));
        }
        notes
    }

    /// What every row of a file says of itself.
    pub fn status(&self) -> &'static str {
        match (self.internal, self.synthetic) {
            (true, true) => "not for release; synthetic",
            (true, false) => "not for release",
            (false, true) => "released; synthetic",
            (false, false) => "released",
        }
    }

    pub fn figures(&self) -> impl Iterator<Item = &Figured> {
        self.cells.iter().filter_map(|cell| cell.figure.as_ref())
    }

    /// The groups of a cell in words.
    pub fn groups(&self, words: &Words, cell: &TabledCell) -> Vec<String> {
        let said = |group: &Option<String>| match group.as_deref() {
            None => words.say("group-all"),
            Some("") => words.say("group-unlabelled"),
            Some(group) => group.to_owned(),
        };
        cell.groups.iter().map(said).collect()
    }

    pub fn value_head(&self, words: &Words) -> String {
        unit_in_words(words, &self.unit, self.share)
    }

    /// How its intervals were made, in words. The methods are for shares; older entries name one beside other figures too.
    pub fn method_words(&self, words: &Words) -> String {
        let method = match self.unit.as_str() {
            "share" => self.method.as_str(),
            "median" | "quantile" => "woodruff",
            _ => "mean",
        };
        words.say(&format!("method-{method}"))
    }

    pub fn interval_head(&self, words: &Words) -> String {
        words.say_with("head-interval", &[("level", Arg::Number(self.level * 100.0, 0))])
    }

    /// In percent, or in the unit of the mean.
    pub fn scaled(&self, value: f64) -> f64 {
        if self.is_share() { value * 100.0 } else { value }
    }

    /// A number rounded to what the figure's error allows.
    pub fn number(&self, words: &Words, value: f64, figure: &Figured) -> String {
        words.number(self.scaled(value), self.decimals(value, figure.se))
    }

    /// One digit of the standard error, and no more than one decimal: the rest is noise. A ratio may be small, and has three at most;
    /// a quantile is an answer, and has no more than it needs.
    pub fn decimals(&self, value: f64, se: Option<f64>) -> u8 {
        match (self.unit.as_str(), se) {
            ("total", _) | ("share" | "mean" | "ratio", None) => 0,
            ("ratio", Some(se)) => of_error(se),
            ("median" | "quantile", se) => {
                let most = se.map_or(2, of_error);
                (0..most).find(|&at| is_whole(value, at)).unwrap_or(most)
            }
            (_, se) => u8::from(se.is_some_and(|se| self.scaled(se) < 5.0)),
        }
    }

    /// Of a difference with this error.
    pub fn difference_decimals(&self, se: f64) -> u8 {
        match self.unit.as_str() {
            "ratio" | "median" | "quantile" => of_error(se),
            _ => 1,
        }
    }

    pub fn interval(&self, words: &Words, figure: &Figured) -> String {
        match (figure.low, figure.high) {
            (Some(low), Some(high)) => {
                format!("{}–{}", self.number(words, low, figure), self.number(words, high, figure))
            }
            _ => words.say("no-interval"),
        }
    }

    /// For the screen.
    pub fn text(&self, words: &Words) -> String {
        let mut heads = self.by_labels.clone();
        heads.push(self.value_head(words));
        heads.push(self.interval_head(words));
        heads.extend(["head-n", "head-effective-n", "head-effect"].map(|key| words.say(key)));
        let mut rows = vec![heads];
        for cell in &self.cells {
            let mut row = self.groups(words, cell);
            match &cell.figure {
                Some(figure) => {
                    let weak = if figure.weak.is_empty() { "" } else { " †" };
                    let would_go = if cell.withheld.is_some() { " ‡" } else { "" };
                    let maybe = |value: Option<f64>, decimals| {
                        value.map_or("·".into(), |value| words.number(value, decimals))
                    };
                    row.extend([
                        format!("{}{weak}{would_go}", self.number(words, figure.value, figure)),
                        self.interval(words, figure),
                        words.number(figure.n as f64, 0),
                        maybe(figure.effective_n, 0),
                        maybe(figure.design_effect, 1),
                    ]);
                }
                None => {
                    row.push("·".into());
                    row.push(words.say(cell.withheld.as_deref().unwrap_or("withheld-protected")));
                }
            }
            rows.push(row);
        }
        let mut out = format!("{}\n\n{}\n", self.title(words), aligned(&rows, self.by.len()));
        for note in self.notes(words) {
            let _ = writeln!(out, "{note}");
        }
        out
    }
}

impl TabledCell {
    fn of(cell: &Cell) -> TabledCell {
        let finite = |value: f64| value.is_finite().then_some(value);
        let figure = cell.figure.as_ref().ok().map(|figure| Figured {
            value: figure.value,
            low: figure.bounds.and_then(|bounds| finite(bounds.0)),
            high: figure.bounds.and_then(|bounds| finite(bounds.1)),
            se: finite(figure.se),
            n: figure.n,
            effective_n: figure.effective_n.and_then(finite),
            design_effect: figure.design_effect.and_then(finite),
            df: figure.df,
            weak: figure.weak.iter().map(|weak| weakness(*weak).to_owned()).collect(),
        });
        let withheld = cell.figure.as_ref().err().map(|why| withheld_key(*why).to_owned());
        TabledCell { groups: cell.groups.clone(), figure, withheld }
    }
}

/// Several tables as one CSV: a row for each cell, shares as shares.
pub fn csv(tables: &[Tabled]) -> String {
    let plain: Vec<(&str, &Tabled)> = tables.iter().map(|table| ("", table)).collect();
    csv_of_rounds(&plain)
}

/// The same with the round of each table, where rounds are told apart.
pub fn csv_of_rounds(tables: &[(&str, &Tabled)]) -> String {
    let rounds = tables.iter().any(|(round, _)| !round.is_empty());
    let mut out = csv::Writer::from_writer(Vec::new());
    let by: &[String] = tables.first().map_or(&[], |(_, table)| &table.by);
    let figures = [
        "unit",
        "value",
        "low",
        "high",
        "se",
        "n",
        "effective_n",
        "design_effect",
        "df",
        "weak",
        "withheld",
        "status",
        "method",
        "level",
        "sample",
    ];
    let first = if rounds { vec!["indicator", "round"] } else { vec!["indicator"] };
    let heads = first.into_iter().chain(by.iter().map(String::as_str)).chain(figures);
    // Writing to memory cannot fail.
    let _ = out.write_record(heads);
    for (round, table) in tables {
        let status = table.status();
        for cell in &table.cells {
            let mut row = vec![harmless(&table.of)];
            if rounds {
                row.push(harmless(round));
            }
            row.extend(cell.groups.iter().map(|group| match group.as_deref() {
                None => "(all)".to_owned(),
                Some("") => "(not stated)".to_owned(),
                Some(group) => harmless(group),
            }));
            row.push(table.unit.clone());
            let figure = cell.figure.as_ref();
            let number = |of: fn(&Figured) -> Option<f64>| {
                figure.and_then(of).map_or(String::new(), |value| value.to_string())
            };
            row.extend([
                number(|f| Some(f.value)),
                number(|f| f.low),
                number(|f| f.high),
                number(|f| f.se),
                number(|f| Some(f.n as f64)),
                number(|f| f.effective_n),
                number(|f| f.design_effect),
                number(|f| Some(f.df)),
                figure.map_or(String::new(), |f| f.weak.join(" ")),
                cell.withheld.clone().unwrap_or_default(),
                status.into(),
                table.method.clone(),
                table.level.to_string(),
                sample(&table.design),
            ]);
            let _ = out.write_record(&row);
        }
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// What is known of the sample, for programs: `design-people n=4017 people=120163; design-units units=60 strata=16 df=44`.
fn sample(design: &[Finding]) -> String {
    let one = |finding: &Finding| {
        let numbers = finding.numbers.iter().map(|(name, value, decimals)| {
            format!(" {name}={value:.places$}", places = usize::from(*decimals))
        });
        format!("{}{}", finding.key, numbers.collect::<String>())
    };
    design.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A text that a spreadsheet would run as a formula is led by an apostrophe (OWASP, CSV injection).
fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if text.parse::<f64>().is_err() => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}

/// The head of a column of values.
pub fn unit_in_words(words: &Words, unit: &str, share: Option<f64>) -> String {
    let key = match unit {
        "share" => "head-percent",
        "total" => "head-total",
        "ratio" => "head-ratio",
        "median" => "head-median",
        "quantile" => "head-quantile",
        _ => "head-mean",
    };
    words.say_with(key, &[percent(words, share)])
}

/// Of a quantile, who lies at it or below, in percent.
fn percent(words: &Words, share: Option<f64>) -> (&'static str, Arg) {
    let percent = share.unwrap_or(0.5) * 100.0;
    let decimals = (0..3).find(|&at| is_whole(percent, at)).unwrap_or(3);
    ("percent", words.number(percent, decimals).into())
}

/// The decimals that show one digit of an error, three at most.
fn of_error(se: f64) -> u8 {
    match se {
        se if se >= 5.0 => 0,
        se if se >= 0.5 => 1,
        se if se >= 0.05 => 2,
        _ => 3,
    }
}

/// Whether a number has no more than so many decimals.
fn is_whole(value: f64, decimals: u8) -> bool {
    let moved = value * 10f64.powi(i32::from(decimals));
    (moved - moved.round()).abs() < 1e-9 * moved.abs().max(1.0)
}

fn weakness(weak: Weakness) -> &'static str {
    match weak {
        Weakness::FewPeople => "weak-few-people",
        Weakness::FewUnits => "weak-few-units",
        Weakness::WideInterval => "weak-wide-interval",
        Weakness::LargeError => "weak-large-error",
        Weakness::FewPositives => "weak-few-positives",
    }
}

/// The message of a reason. In public there are two; the others are for those who hold the data.
pub fn withheld_key(why: Withheld) -> &'static str {
    match why {
        Withheld::Empty => "withheld-empty",
        Withheld::FewAnswers => "withheld-few-answers",
        Withheld::FewAlike => "withheld-few-alike",
        Withheld::AllAlike => "withheld-all-alike",
        Withheld::Dominated => "withheld-dominated",
        Withheld::FewBeyond => "withheld-few-beyond",
        Withheld::Complementary => "withheld-complementary",
        Withheld::Protected => "withheld-protected",
    }
}

/// Columns under each other; the first `left` to the left, figures to the right. A row with no figures ends in its reason.
fn aligned(rows: &[Vec<String>], left: usize) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |at: usize| {
        let cells = rows.iter().filter(|row| row.len() == columns || at < left);
        cells.filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            let room = " ".repeat(widths[at].saturating_sub(cell.chars().count()));
            let is_reason = row.len() < columns && at > left;
            let _ = match at < left || is_reason {
                true => write!(line, "{cell}{room}  "),
                false => write!(line, "{room}{cell}  "),
            };
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
