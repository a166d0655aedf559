//! Whether a safe file gives a withheld cell away: an attacker counts in the file whoever may be in the cell, adds what all released
//! tables say, and works out by linear programming between which numbers the cell must lie.

use std::collections::{BTreeMap, BTreeSet};

use survey::{Cells, Links, Rules, attack};

use crate::everybody::{Everybody, Laid, Version, as_shares, size};
use crate::held;
use crate::indicator::Indicator;
use crate::out::Out;
use crate::problem::Problem;
use crate::register;
use crate::safe::Recipe;
use crate::tabled::Tabled;
use crate::written::{self, Tells};

/// Withheld cells of a table that a file would tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id in the register.
    pub table: String,
    /// The indicator and its groups, in words.
    pub what: String,
    pub cells: usize,
}

/// Holds a file, made of a version of the data by a recipe, against every table of the data that is or was out.
pub fn by_file(version: i64, recipe: &Recipe, out: &Out) -> Result<Vec<Told>, Vec<Problem>> {
    let mut all = Vec::new();
    let of_version = out.data(version)?;
    let written = written::written(of_version, recipe)?;
    for entry in &out.tables {
        let tabled = register::content(entry)?;
        if tabled.cells.iter().all(|cell| cell.figure.is_some()) {
            continue;
        }
        let of_entry = out.data(entry.of_version)?;
        let indicator = Indicator::of(of_entry, &tabled.of)?;
        let rules = register::rules_of(entry);
        let mut cells = 0;
        for told in indicator.tells(of_entry)? {
            let indicator = told.indicator;
            let beside = held::of_column(out, &indicator.column)?;
            let Some(at) = beside.iter().position(|other| other.entry.id == entry.id) else {
                continue;
            };
            let (columns, partners) = (held::groups_of(&beside), held::partners_of(&beside));
            let numbers = beside.iter().map(|other| other.entry.of_version).chain([version]);
            let everybody = everybody(numbers, out, &indicator, (&columns, &partners))?;
            let values = Version::new(version, of_version, &indicator)?.values;
            let told = written.tells_with_others(&indicator.column, &values, &columns);
            let files: Vec<Laid> = told
                .iter()
                .map(|told| everybody.file(version, told))
                .collect::<Result<_, Vec<Problem>>>()?;
            let laid: Vec<Laid> = beside
                .iter()
                .map(|other| other.laid(&everybody))
                .collect::<Result<_, Vec<Problem>>>()?;
            let people = indicator.counts_people(&values);
            cells = cells.max(told_of(&everybody, &laid, at, &files, &rules, people).len());
        }
        if cells > 0 {
            all.push(Told { table: entry.id.clone(), what: what(&tabled), cells });
        }
    }
    Ok(all)
}

/// Everybody in these versions of the data.
pub fn everybody<'a>(
    numbers: impl Iterator<Item = i64>,
    out: &'a Out,
    indicator: &Indicator,
    (columns, partners): (&BTreeSet<String>, &BTreeSet<String>),
) -> Result<Everybody<'a>, Vec<Problem>> {
    let numbers: BTreeSet<i64> = numbers.collect();
    let versions =
        numbers.into_iter().map(|number| Version::new(number, out.data(number)?, indicator));
    Everybody::new(versions.collect::<Result<_, _>>()?, columns, partners)
}

/// What each file that is or was out tells of the answers to a question, by row of the version that it was made of.
pub fn told_by_files(
    out: &Out,
    indicator: &Indicator,
    columns: &BTreeSet<String>,
) -> Result<Vec<(i64, Tells)>, Vec<Problem>> {
    let mut all = Vec::new();
    for file in &out.files {
        let recipe: Recipe = serde_json::from_str(&file.recipe)
            .map_err(|_| vec![Problem::of(&file.id, "register-unreadable")])?;
        let data = out.data(file.of_version)?;
        let values = Version::new(file.of_version, data, indicator)?.values;
        let written = written::written(data, &recipe)?;
        let told = written.tells_with_others(&indicator.column, &values, columns);
        all.extend(told.into_iter().map(|told| (file.of_version, told)));
    }
    Ok(all)
}

fn what(tabled: &Tabled) -> String {
    match tabled.by_labels.is_empty() {
        true => tabled.label.clone(),
        false => format!("{} ({})", tabled.label, tabled.by_labels.join(", ")),
    }
}

/// Finest groups that all the tables and files tell apart: people, and how many said yes, or an amount as a share of its range.
struct Atoms {
    sums: Vec<(f64, f64)>,
    /// By table and cell, its atoms.
    cells: Vec<Vec<Vec<usize>>>,
}

impl Atoms {
    fn new(values: &[f64], laid: &[&Laid]) -> Atoms {
        let mut places: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        let mut sums: Vec<(f64, f64)> = Vec::new();
        for (person, &value) in values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
            let codes =
                laid.iter().flat_map(|laid| &laid.factors).map(|groups| groups.codes()[person]);
            let next = places.len();
            let place = *places.entry(codes.collect()).or_insert(next);
            sums.resize(places.len(), (0.0, 0.0));
            sums[place].0 += 1.0;
            sums[place].1 += value;
        }
        let mut cells: Vec<Vec<Vec<usize>>> =
            laid.iter().map(|laid| vec![Vec::new(); laid.shown.len()]).collect();
        for (codes, atom) in &places {
            let mut codes = codes.as_slice();
            for (laid, cells) in laid.iter().zip(&mut cells) {
                let (own, others) = codes.split_at(laid.factors.len());
                codes = others;
                for subset in 0..1usize << own.len() {
                    let place = laid.factors.iter().zip(own).enumerate().fold(
                        0,
                        |place, (k, (groups, &code))| {
                            let size = size(groups);
                            let at = if subset >> k & 1 == 1 {
                                size
                            } else {
                                (code as usize).min(size - 1)
                            };
                            place * (size + 1) + at
                        },
                    );
                    cells[place].push(*atom);
                }
            }
        }
        Atoms { sums, cells }
    }

    fn sum(&self, atoms: &[usize]) -> (f64, f64) {
        atoms
            .iter()
            .fold((0.0, 0.0), |(n, yes), &atom| (n + self.sums[atom].0, yes + self.sums[atom].1))
    }

    /// Between which numbers a group must lie, for whoever knows these sums.
    fn bounds(&self, known: &BTreeSet<&Vec<usize>>, group: &Vec<usize>) -> Option<(f64, f64)> {
        let count = self.sums.len();
        let (mut counts, mut most): (Vec<f64>, Vec<f64>) =
            self.sums.iter().map(|(n, yes)| (*yes, *n)).unzip();
        let mut links = Links::new(count + known.len() + 1);
        for (at, atoms) in known.iter().copied().chain([group]).enumerate() {
            let (n, yes) = self.sum(atoms);
            counts.push(yes);
            most.push(n);
            links = links.adds_up(count + at, atoms);
        }
        let wanted = count + known.len();
        let withheld: Vec<bool> = (0..=wanted).map(|cell| cell < count || cell == wanted).collect();
        let cells = Cells {
            costs: vec![0.0; counts.len()],
            sensitive: vec![false; counts.len()],
            widths: vec![(0.0, 0.0); counts.len()],
            counts,
            most,
        };
        attack(&cells, &links, &withheld, wanted)
    }
}

/// The withheld cells of a table of too few people that do not stay as uncertain as the rules promise once the files are known, and did
/// before. People are counted without their weights, as who counts in a file counts them.
pub fn told_of(
    everybody: &Everybody,
    tables: &[Laid],
    at: usize,
    files: &[Laid],
    rules: &Rules,
    counts_people: bool,
) -> Vec<usize> {
    let laid: Vec<&Laid> = tables.iter().chain(files).collect();
    let mut values = everybody.values();
    if !counts_people {
        as_shares(&mut values);
    }
    let atoms = Atoms::new(&values, &laid);
    let known = |count: usize| -> BTreeSet<&Vec<usize>> {
        let all = laid.iter().zip(&atoms.cells).take(count);
        let all = all.flat_map(|(laid, cells)| laid.shown.iter().zip(cells));
        all.filter(|(shown, atoms)| **shown && !atoms.is_empty()).map(|(_, atoms)| atoms).collect()
    };
    let (without, with) = (known(tables.len()), known(laid.len()));
    let is_small = |n: f64, yes: f64| {
        let fewest = yes.min(n - yes);
        n < rules.least_n as f64
            || counts_people
                && (fewest < rules.least_either as f64 && fewest > 0.0
                    || fewest == 0.0 && rules.withhold_all_alike)
    };
    let hidden = |known: &BTreeSet<&Vec<usize>>, group: &Vec<usize>| {
        let (n, yes) = atoms.sum(group);
        let (above, below) = (rules.uncertain_people.min(n - yes), rules.uncertain_people.min(yes));
        let slack = 1e-6 * (1.0 + n);
        // Bounds that cannot be computed promise nothing.
        atoms
            .bounds(known, group)
            .is_some_and(|(low, high)| low <= yes - below + slack && high >= yes + above - slack)
    };
    let cells = &atoms.cells[at];
    (0..cells.len())
        .filter(|&cell| !tables[at].shown[cell] && tables[at].own[cell].is_some())
        .filter(|&cell| !cells[cell].is_empty())
        .filter(|&cell| {
            let (n, yes) = atoms.sum(&cells[cell]);
            is_small(n, yes)
        })
        .filter(|&cell| !hidden(&with, &cells[cell]) && hidden(&without, &cells[cell]))
        .collect()
}
