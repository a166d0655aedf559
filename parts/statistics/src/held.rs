//! What is to go out, held against what is out: for each column of whose sums the new table tells, every earlier table and file of that
//! column is laid over the same people, and cells are withheld until nothing follows from all of them together.

use std::collections::BTreeSet;

use survey::{Rules, Shown, Values, differencing};

use crate::entries::Registered;
use crate::everybody::{Everybody, Laid, as_shares};
use crate::given_away;
use crate::indicator::{Beside, Indicator, Measure, Told, is_same_for_all, tells_of};
use crate::out::Out;
use crate::problem::{Problem, of_engine};
use crate::register::{content, shown};
use crate::tabled::Tabled;

/// A table that is or was out, and tells of a column.
pub struct Earlier<'a> {
    pub entry: &'a Registered,
    pub tabled: Tabled,
    /// Only those count who are known in this column too.
    pub partner: Option<String>,
}

impl Earlier<'_> {
    pub fn laid(&self, everybody: &Everybody) -> Result<Laid, Vec<Problem>> {
        let (shown, beside) = (shown(self.entry), self.partner.as_deref());
        everybody.table(self.entry.of_version, &self.tabled.by, &shown, beside)
    }
}

/// The tables that tell of a column. Of other values of the column too much is withheld, never too little; a ratio that divides by the
/// same for everybody tells nothing of what it divides by.
pub fn of_column<'a>(out: &'a Out, column: &str) -> Result<Vec<Earlier<'a>>, Vec<Problem>> {
    let mut found = Vec::new();
    for entry in &out.tables {
        let tabled = content(entry)?;
        let Some(beside) = tells_of(&tabled.of, column) else { continue };
        if let Beside::Over(divided) = &beside
            && is_same_for_all(out.data(entry.of_version)?, divided, column)?
        {
            continue;
        }
        let partner = beside.partner().map(str::to_owned);
        found.push(Earlier { entry, tabled, partner });
    }
    Ok(found)
}

/// The columns by which they group people.
pub fn groups_of(earlier: &[Earlier]) -> BTreeSet<String> {
    earlier.iter().flat_map(|earlier| earlier.tabled.by.clone()).collect()
}

/// The columns that somebody must be known in to be counted in one of them.
pub fn partners_of(earlier: &[Earlier]) -> BTreeSet<String> {
    earlier.iter().filter_map(|earlier| earlier.partner.clone()).collect()
}

/// A table that is to go out.
pub struct Table<'a> {
    /// The version of the data that it is made of, and its groups.
    pub version: i64,
    pub by: &'a [String],
}

/// What the tables and files that are out demand of one that is to go out.
#[derive(Default)]
pub struct Held {
    /// Its cells that have to be withheld too.
    pub withhold: Vec<usize>,
    /// Groups that earlier tables show by themselves.
    pub already: usize,
    /// Withheld cells that a file tells, so that withholding them hides nothing.
    pub told_by_file: usize,
    /// Earlier versions of the data that something is out of, and in how many records the present one differs.
    pub versions: Vec<(i64, usize)>,
}

/// Holds the cells that would be shown against all that is out.
pub fn hold(
    table: &Table,
    tells: &[Told],
    shown: &[bool],
    out: &Out,
    rules: &Rules,
) -> Result<Held, Vec<Problem>> {
    let mut held = Held::default();
    let mut left = shown.to_vec();
    loop {
        let before = held.withhold.len();
        (held.already, held.told_by_file) = (0, 0);
        for told in tells {
            let found = hold_column(table, told, &left, out, rules)?;
            found.withhold.iter().for_each(|&place| left[place] = false);
            held.withhold.extend(found.withhold);
            held.already = held.already.max(found.already);
            held.told_by_file = held.told_by_file.max(found.told_by_file);
            held.versions = found.versions;
        }
        // What is withheld for one column may leave another open.
        if tells.len() < 2 || held.withhold.len() == before {
            return Ok(held);
        }
    }
}

fn hold_column(
    table: &Table,
    told: &Told,
    shown: &[bool],
    out: &Out,
    rules: &Rules,
) -> Result<Held, Vec<Problem>> {
    let indicator = &told.indicator;
    let earlier = of_column(out, &indicator.column)?;
    let mut columns = groups_of(&earlier);
    columns.extend(table.by.iter().cloned());
    let mut partners = partners_of(&earlier);
    partners.extend(told.partner.clone());
    let files = given_away::told_by_files(out, indicator, &columns)?;
    let numbers = earlier.iter().map(|earlier| earlier.entry.of_version);
    let numbers = numbers.chain(files.iter().map(|(number, _)| *number)).chain([table.version]);
    let everybody = given_away::everybody(numbers, out, indicator, (&columns, &partners))?;
    let mut tables: Vec<Laid> =
        earlier.iter().map(|earlier| earlier.laid(&everybody)).collect::<Result<_, _>>()?;
    let files: Vec<Laid> = files
        .iter()
        .map(|(number, told)| everybody.file(*number, told))
        .collect::<Result<_, _>>()?;
    let partner = told.partner.as_deref();
    tables.push(everybody.table(table.version, table.by, shown, partner)?);
    let mut values = everybody.values();
    let counts_people = indicator.counts_people(&values);
    let mut judged = *rules;
    if !counts_people {
        // Amounts as shares of their range; people are judged by number alone.
        as_shares(&mut values);
        judged = Rules { least_either: 0, withhold_all_alike: false, ..judged };
    }
    let design = everybody.design()?;
    let held = |laid: &[&Laid]| {
        let shown: Vec<Shown> = laid.iter().map(|laid| laid.shown()).collect();
        differencing(&design, Values::Numbers(&values), &shown, &judged)
            .map_err(|problems| of_engine(problems, &[]))
    };
    // The table comes last: it is the one that can still be changed.
    let beside_files: Vec<&Laid> = files.iter().chain(&tables).collect();
    let found = held(&beside_files)?;
    // A file shows small groups of people whom nobody can name; only what tables show by themselves is anybody's fault.
    let already = match files.is_empty() {
        true => found.already.len(),
        false => held(&tables.iter().collect::<Vec<_>>())?.already.len(),
    };
    let at = tables.len() - 1;
    let withhold: Vec<usize> =
        found.withhold.iter().filter_map(|place| tables[at].own[*place]).collect();
    let mut told_by_file = 0;
    if !files.is_empty() {
        let mut left = shown.to_vec();
        withhold.iter().for_each(|&place| left[place] = false);
        tables[at] = everybody.table(table.version, table.by, &left, partner)?;
        told_by_file =
            given_away::told_of(&everybody, &tables, at, &files, rules, counts_people).len();
    }
    Ok(Held { withhold, already, told_by_file, versions: everybody.changed().to_vec() })
}

/// Cells of a quantile between which and another one that is out fewer people lie than the rules ask: a row of quantiles, one close to the
/// next, would be the answers themselves. Of the same groups, since whose quantiles they are is known there.
pub fn too_close(
    (indicator, by): (&Indicator, &[String]),
    people: &[u64],
    shown: &[bool],
    out: &Out,
    rules: &Rules,
) -> Result<Vec<usize>, Vec<Problem>> {
    let Measure::Quantile { share } = indicator.measure else { return Ok(Vec::new()) };
    let mut close = BTreeSet::new();
    for earlier in of_column(out, &indicator.column)? {
        let Some(other) = earlier.tabled.quantile().filter(|other| *other != share) else {
            continue;
        };
        let was_shown = self::shown(earlier.entry);
        if earlier.tabled.by != by || was_shown.len() != shown.len() {
            continue;
        }
        for place in (0..shown.len()).filter(|&place| shown[place] && was_shown[place]) {
            if (share - other).abs() * (people[place] as f64) < rules.least_n as f64 - 1e-6 {
                close.insert(place);
            }
        }
    }
    Ok(close.into_iter().collect())
}
