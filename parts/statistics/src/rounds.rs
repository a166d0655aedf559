//! One indicator as one or several rounds of a survey answer it: side by side, with the differences between rounds, their intervals
//! and tests. It is made of tables that passed the rules and of nothing else, so nothing new leaves.

use base::Words;
use base::language::Arg;
use base::table::{Cell, Column, Table};
use serde::Serialize;
use survey::{Contrast, independent};

use crate::tabled::{Figured, Tabled, TabledCell};

/// A round's answer.
#[derive(Clone, Debug)]
pub struct Round {
    /// The data set.
    pub data: String,
    pub title: String,
    /// When people were asked: `2023`, `2026-05`; empty where nobody said.
    pub period: String,
    /// Where the released table is; empty in the explorer of those who hold the data.
    pub table: String,
    pub tabled: Tabled,
}

impl Round {
    /// What tells it from the others.
    pub fn name(&self) -> &str {
        if self.period.is_empty() { &self.title } else { &self.period }
    }

    /// The year as a place on an axis: `2026-05` lies a third into it.
    pub fn year(&self) -> Option<f64> {
        let year: f64 = self.period.get(..4)?.parse().ok()?;
        let month = self.period.get(5..7).and_then(|month| month.parse::<f64>().ok());
        Some(year + month.map_or(0.0, |month| (month - 0.5) / 12.0))
    }
}

/// One indicator by its groups, the oldest round first.
#[derive(Clone, Debug)]
pub struct Compared {
    pub rounds: Vec<Round>,
}

/// How a group differs between the last two rounds that are compared.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    pub groups: Vec<Option<String>>,
    /// Later less earlier, in the unit of the table.
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub se: f64,
    pub df: f64,
    /// Two-sided p of no difference.
    pub p: Option<f64>,
}

impl Compared {
    /// Rounds of one indicator; only those that ask by the same groups can stand beside each other.
    pub fn new(mut rounds: Vec<Round>) -> Compared {
        rounds.sort_by(|a, b| a.period.cmp(&b.period).then(a.data.cmp(&b.data)));
        let by = rounds.last().map(|round| round.tabled.by.clone()).unwrap_or_default();
        rounds.retain(|round| round.tabled.by == by);
        Compared { rounds }
    }

    /// The latest round: what a map and dots show.
    pub fn latest(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// The last two rounds.
    fn pair(&self) -> Option<(&Round, &Round)> {
        match self.rounds.as_slice() {
            [.., earlier, later] => Some((earlier, later)),
            _ => None,
        }
    }

    /// Every group that some round has: in the order of the latest, then what only earlier ones have.
    pub fn groups(&self) -> Vec<Vec<Option<String>>> {
        let mut all: Vec<Vec<Option<String>>> = Vec::new();
        for round in self.rounds.iter().rev() {
            for cell in &round.tabled.cells {
                if !all.contains(&cell.groups) {
                    all.push(cell.groups.clone());
                }
            }
        }
        all
    }

    /// The differences between the last two rounds, for groups that both show.
    pub fn differences(&self) -> Vec<Difference> {
        let Some((earlier, later)) = self.pair() else { return Vec::new() };
        let level = later.tabled.level;
        self.groups()
            .into_iter()
            .filter_map(|groups| {
                let before = figure(&earlier.tabled, &groups)?;
                let now = figure(&later.tabled, &groups)?;
                let (before, now) = (contrast(before)?, contrast(now)?);
                let found = independent(&[(1.0, &now), (-1.0, &before)], level);
                Some(Difference {
                    groups,
                    value: found.value,
                    low: found.bounds.map(|bounds| bounds.0),
                    high: found.bounds.map(|bounds| bounds.1),
                    se: found.se,
                    df: found.df,
                    p: found.p,
                })
            })
            .collect()
    }

    /// Rounds beside each other, and the difference of the last two.
    pub fn table(&self, words: &Words, id: &str) -> Table {
        let Some(latest) = self.latest() else { return Table::default() };
        let tabled = &latest.tabled;
        let mut columns = heads(words, tabled);
        for round in &self.rounds {
            let name = round.name();
            columns.push(Column::number(
                &format!("value-{}", round.data),
                format!("{name}, {}", tabled.value_head(words)),
            ));
            columns.push(Column::text(
                &format!("interval-{}", round.data),
                format!("{name}, {}", tabled.interval_head(words)),
            ));
            columns.push(Column::text(
                &format!("n-{}", round.data),
                format!("{name}, {}", words.say("head-n-effective")),
            ));
        }
        let differences = self.differences();
        if self.rounds.len() > 1 {
            columns.push(Column::number("difference", self.difference_head(words)));
            columns.push(Column::text("difference-interval", tabled.interval_head(words)));
            columns.push(Column::number("p", words.say("head-p")).help(words.say("p-help")));
        }
        let rows = self
            .groups()
            .into_iter()
            .map(|groups| {
                let mut row = labels(words, tabled, &groups);
                for round in &self.rounds {
                    row.extend(of_round(words, &round.tabled, &groups));
                }
                if self.rounds.len() > 1 {
                    let found = differences.iter().find(|one| one.groups == groups);
                    row.extend(of_difference(words, tabled, found));
                }
                row
            })
            .collect();
        Table {
            id: id.into(),
            caption: tabled.title(words),
            columns,
            rows,
            note: Some(self.notes(words).join(" ")),
            sources: Vec::new(),
        }
    }

    fn difference_head(&self, words: &Words) -> String {
        let Some((earlier, later)) = self.pair() else { return String::new() };
        let key =
            if later.tabled.is_share() { "head-difference-points" } else { "head-difference" };
        words.say_with(
            key,
            &[("later", later.name().to_owned().into()), ("earlier", earlier.name().into())],
        )
    }

    /// What must be read with the figures: of each round its sample, then how rounds were compared.
    pub fn notes(&self, words: &Words) -> Vec<String> {
        let mut notes = Vec::new();
        for round in &self.rounds {
            let own = round.tabled.notes(words);
            if self.rounds.len() > 1 {
                notes.push(format!("{} ({}):", round.title, round.name()));
            }
            notes.extend(own);
        }
        notes.dedup();
        if self.rounds.len() > 1 {
            notes.push(words.say("rounds-independent"));
            let count = self.differences().len();
            if count > 5 {
                notes.push(
                    words.say_with("rounds-many", &[("count", Arg::Number(count as f64, 0))]),
                );
            }
        }
        notes
    }

    /// The difference in one sentence: the clearest one, or that none is clear.
    pub fn finding(&self, words: &Words) -> Option<String> {
        let (earlier, later) = self.pair()?;
        let differences = self.differences();
        let tabled = &later.tabled;
        let all = differences.iter().find(|one| one.groups.iter().all(Option::is_none));
        let clear = |one: &&Difference| match (one.low, one.high) {
            (Some(low), Some(high)) => low > 0.0 || high < 0.0,
            _ => false,
        };
        let strength = |one: &Difference| (one.value / one.se).abs();
        let strongest =
            differences.iter().filter(clear).max_by(|a, b| strength(a).total_cmp(&strength(b)));
        let told = all.filter(clear).or(strongest).or(all).or(differences.first())?;
        let key = match (clear(&told), told.value > 0.0) {
            (false, _) => "rounds-finding-unclear",
            (_, true) => "rounds-finding-rose",
            (_, false) => "rounds-finding-fell",
        };
        let before = figure(&earlier.tabled, &told.groups)?;
        let now = figure(tabled, &told.groups)?;
        let (low, high) = (told.low.unwrap_or(told.value), told.high.unwrap_or(told.value));
        let span = (tabled.scaled(low), tabled.scaled(high));
        let decimals = tabled.difference_decimals(told.se);
        let amount = |value: f64| signed(words, value, decimals);
        Some(words.say_with(
            key,
            &[
                ("what", tabled.label.as_str().into()),
                ("group", label(words, tabled, &told.groups).into()),
                ("earlier", earlier.name().into()),
                ("later", later.name().into()),
                ("before", with_unit(words, &earlier.tabled, before).into()),
                ("now", with_unit(words, tabled, now).into()),
                ("low", amount(span.0).into()),
                ("high", amount(span.1).into()),
            ],
        ))
    }

    /// Everything as rows, for a workbook: a row for each round and group.
    pub fn long_rows(&self, words: &Words) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for round in &self.rounds {
            let tabled = &round.tabled;
            for cell in &tabled.cells {
                let mut row = vec![
                    Cell::text(tabled.named(words)),
                    Cell::text(round.title.clone()),
                    Cell::text(round.period.clone()),
                ];
                row.extend(labels(words, tabled, &cell.groups));
                row.extend(measures(words, tabled, cell));
                rows.push(row);
            }
        }
        rows
    }
}

/// Several indicators as one table with a row for each round and group; what a workbook holds.
pub fn long_table(words: &Words, all: &[Compared], id: &str) -> Table {
    let Some(latest) = all.iter().find_map(Compared::latest) else { return Table::default() };
    let mut columns = vec![
        Column::text("indicator", words.say("head-indicator")),
        Column::text("data", words.say("head-data")),
        Column::text("round", words.say("head-round")),
    ];
    columns.extend(heads(words, &latest.tabled));
    columns.extend([
        Column::number("value", words.say("value")),
        Column::text("unit", words.say("head-unit")),
        Column::number("low", words.say("head-low")),
        Column::number("high", words.say("head-high")),
        Column::number("se", words.say("head-se")),
        Column::number("n", words.say("head-n")),
        Column::number("effective-n", words.say("head-effective-n")),
        Column::number("design-effect", words.say("head-effect")),
        Column::number("df", words.say("head-df")),
        Column::text("remark", words.say("head-remark")),
    ]);
    let mut notes = Vec::new();
    for one in all {
        for note in one.notes(words) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    Table {
        id: id.into(),
        caption: words.say("statistics"),
        columns,
        rows: all.iter().flat_map(|one| one.long_rows(words)).collect(),
        note: Some(notes.join("\n")),
        sources: Vec::new(),
    }
}

/// Only some of the places; totals over places go with the others, since they would speak of all.
pub fn only_places(tabled: &Tabled, chosen: &[String]) -> Tabled {
    let Some(places) = tabled.places.as_ref().filter(|_| !chosen.is_empty()) else {
        return tabled.clone();
    };
    let kept = |cell: &&TabledCell| match cell.groups.get(places.at) {
        Some(Some(group)) => chosen.contains(group),
        _ => false,
    };
    Tabled { cells: tabled.cells.iter().filter(kept).cloned().collect(), ..tabled.clone() }
}

/// The places that a table speaks of.
pub fn places(tabled: &Tabled) -> Vec<String> {
    let Some(places) = &tabled.places else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for cell in &tabled.cells {
        if let Some(Some(group)) = cell.groups.get(places.at)
            && !group.is_empty()
            && !found.contains(group)
        {
            found.push(group.clone());
        }
    }
    found
}

pub fn figure<'a>(tabled: &'a Tabled, groups: &[Option<String>]) -> Option<&'a Figured> {
    tabled.cells.iter().find(|cell| cell.groups == groups)?.figure.as_ref()
}

fn contrast(figure: &Figured) -> Option<Contrast> {
    let se = figure.se?;
    Some(Contrast { value: figure.value, se, df: figure.df, bounds: None, p: None })
}

fn heads(words: &Words, tabled: &Tabled) -> Vec<Column> {
    if tabled.by.is_empty() {
        return vec![Column::text("group", words.say("figures-group"))];
    }
    let labels = tabled.by.iter().zip(&tabled.by_labels);
    labels.map(|(key, label)| Column::text(key, label.as_str())).collect()
}

fn labels(words: &Words, tabled: &Tabled, groups: &[Option<String>]) -> Vec<Cell> {
    if groups.is_empty() {
        return vec![Cell::text(words.say("group-all"))];
    }
    let cell = TabledCell { groups: groups.to_vec(), figure: None, withheld: None };
    tabled.groups(words, &cell).into_iter().map(Cell::text).collect()
}

/// "Armenia · men"; "men" for those of all countries together.
pub fn label(words: &Words, tabled: &Tabled, groups: &[Option<String>]) -> String {
    let cell = TabledCell { groups: groups.to_vec(), figure: None, withheld: None };
    let named = tabled.groups(words, &cell).into_iter().zip(groups);
    let named: Vec<String> = named.filter(|(_, of)| of.is_some()).map(|(name, _)| name).collect();
    if named.is_empty() { words.say("group-all") } else { named.join(" · ") }
}

/// "12.4 %", or the number of a mean.
pub fn with_unit(words: &Words, tabled: &Tabled, figure: &Figured) -> String {
    let number = tabled.number(words, figure.value, figure);
    match tabled.is_share() {
        true => words.say_with("percent", &[("number", number.into())]),
        false => number,
    }
}

fn of_round(words: &Words, tabled: &Tabled, groups: &[Option<String>]) -> [Cell; 3] {
    let cell = tabled.cells.iter().find(|cell| cell.groups == groups);
    let why = match cell {
        Some(cell) => words.say(cell.withheld.as_deref().unwrap_or("withheld-protected")),
        None => words.say("rounds-not-asked"),
    };
    let missing = || Cell::missing(why.clone());
    let Some(figure) = cell.and_then(|cell| cell.figure.as_ref()) else {
        return [missing(), missing(), missing()];
    };
    let reasons: Vec<String> = figure.weak.iter().map(|key| words.say(key)).collect();
    let number = tabled.number(words, figure.value, figure);
    let n = words.number(figure.n as f64, 0);
    let effective = figure.effective_n.map(|n| format!(" ({})", words.number(n, 0)));
    [
        Cell {
            flagged: !reasons.is_empty(),
            title: (!reasons.is_empty()).then(|| reasons.join("; ")),
            ..Cell::number(tabled.scaled(figure.value), number)
        },
        Cell::text(tabled.interval(words, figure)),
        Cell::text(format!("{n}{}", effective.unwrap_or_default())),
    ]
}

fn of_difference(words: &Words, tabled: &Tabled, found: Option<&Difference>) -> [Cell; 3] {
    let Some(one) = found else {
        let missing = || Cell::missing(words.say("rounds-no-difference"));
        return [missing(), missing(), missing()];
    };
    let scaled = tabled.scaled(one.value);
    let decimals = tabled.difference_decimals(one.se);
    let amount = |value: f64| signed(words, value, decimals);
    let interval = match (one.low, one.high) {
        (Some(low), Some(high)) => Cell::text(words.say_with(
            "rounds-to",
            &[
                ("low", amount(tabled.scaled(low)).into()),
                ("high", amount(tabled.scaled(high)).into()),
            ],
        )),
        _ => Cell::missing(words.say("no-interval")),
    };
    let p = match one.p {
        Some(p) if p < 0.001 => {
            Cell::number(p, words.say_with("p-below", &[("number", words.number(0.001, 3).into())]))
        }
        Some(p) => Cell::number(p, words.number(p, if p < 0.1 { 3 } else { 2 })),
        None => Cell::missing(words.say("no-interval")),
    };
    [Cell::number(scaled, amount(scaled)), interval, p]
}

/// "+1.2", "−3.4", "0.0": a difference bears its sign.
pub fn signed(words: &Words, value: f64, decimals: u8) -> String {
    let text = words.number(value.abs(), decimals);
    match (value * 10f64.powi(i32::from(decimals))).round() {
        0.0 => text,
        shown if shown > 0.0 => format!("+{text}"),
        _ => format!("−{text}"),
    }
}

fn measures(words: &Words, tabled: &Tabled, cell: &TabledCell) -> Vec<Cell> {
    let unit = tabled.value_head(words);
    let Some(figure) = &cell.figure else {
        let why = words.say(cell.withheld.as_deref().unwrap_or("withheld-protected"));
        let mut row = vec![Cell::missing(why.clone()), Cell::text(unit)];
        row.extend((0..7).map(|_| Cell::missing(why.clone())));
        row.push(Cell::text(why));
        return row;
    };
    let maybe = |value: Option<f64>| match value {
        Some(value) => Cell::number(value, words.number(value, 2)),
        None => Cell::missing(words.say("no-interval")),
    };
    let scaled = |value: Option<f64>| maybe(value.map(|value| tabled.scaled(value)));
    let weak: Vec<String> = figure.weak.iter().map(|key| words.say(key)).collect();
    vec![
        scaled(Some(figure.value)),
        Cell::text(unit),
        scaled(figure.low),
        scaled(figure.high),
        scaled(figure.se),
        Cell::number(figure.n as f64, words.number(figure.n as f64, 0)),
        maybe(figure.effective_n),
        maybe(figure.design_effect),
        maybe(Some(figure.df)),
        Cell::text(weak.join("; ")),
    ]
}
