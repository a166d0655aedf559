//! Everybody who is in any version of a data set, once: a corrected file speaks of the same people, so what is out of one version is held
//! against what is out of the others. Rows that are alike in all that the tables tell of are taken for one person.

use std::collections::{BTreeMap, BTreeSet};

use survey::{Design, Groups, NO_GROUP, Plan, Rules, Shown, Weights};

use crate::indicator::{Indicator, Measure};
use crate::problem::{Problem, of_engine};
use crate::question::Microdata;

/// A version of the data, and by row the answer that is in question.
pub struct Version<'a> {
    pub number: i64,
    pub data: &'a Microdata,
    pub values: Vec<f64>,
}

impl<'a> Version<'a> {
    /// Reads the answers as this version writes them.
    pub fn new(
        number: i64,
        data: &'a Microdata,
        indicator: &Indicator,
    ) -> Result<Version<'a>, Vec<Problem>> {
        let values = data.values_of(&indicator.column, &indicator.measure)?;
        Ok(Version { number, data, values })
    }
}

/// What tells people apart: the answer, and their groups.
type Alike = (u64, Vec<Option<String>>);

pub struct Everybody<'a> {
    /// The oldest first.
    versions: Vec<Version<'a>>,
    /// By version and person, the row; none where the version does not hold the person.
    rows: Vec<Vec<Option<usize>>>,
    /// By version but the latest, the records in which that one differs.
    changed: Vec<(i64, usize)>,
}

/// A table, or a file, laid over everybody: its groups, and by cell whether it is shown.
#[derive(Clone, Debug)]
pub struct Laid {
    pub factors: Vec<Groups>,
    pub shown: Vec<bool>,
    /// By cell, its place as the table itself counts; none where the table has no such cell.
    pub own: Vec<Option<usize>>,
}

impl Laid {
    pub fn shown(&self) -> Shown<'_> {
        Shown { factors: self.factors.iter().collect(), shown: self.shown.clone() }
    }
}

impl<'a> Everybody<'a> {
    /// `columns` are those by which any of the tables groups people; `partners`, those that somebody must be known in as well to be
    /// counted in one of them.
    pub fn new(
        mut versions: Vec<Version<'a>>,
        columns: &BTreeSet<String>,
        partners: &BTreeSet<String>,
    ) -> Result<Everybody<'a>, Vec<Problem>> {
        versions.sort_by_key(|version| version.number);
        if let [only] = versions.as_slice() {
            let rows = vec![(0..only.values.len()).map(Some).collect()];
            return Ok(Everybody { versions, rows, changed: Vec::new() });
        }
        // A column that some version lacks cannot tell whether a row is the same as before.
        let common: Vec<&String> = columns
            .iter()
            .filter(|name| versions.iter().all(|it| it.data.sheet.column(name).is_ok()))
            .collect();
        let beside: Vec<&String> = partners
            .iter()
            .filter(|name| versions.iter().all(|it| it.data.sheet.column(name).is_ok()))
            .collect();
        let mut alike: BTreeMap<Alike, Vec<Vec<usize>>> = BTreeMap::new();
        for (at, version) in versions.iter().enumerate() {
            let groups: Vec<Groups> = common
                .iter()
                .map(|name| groups_of(version.data, name))
                .collect::<Result<_, Vec<Problem>>>()?;
            let known: Vec<Vec<bool>> = beside
                .iter()
                .map(|name| is_known(version.data, name))
                .collect::<Result<_, Vec<Problem>>>()?;
            for (row, value) in version.values.iter().enumerate() {
                let labels = groups.iter().map(|groups| label(groups, row).map(str::to_owned));
                let known = known.iter().map(|known| known[row].then(String::new));
                let labels = labels.chain(known);
                let value = if value.is_nan() { f64::NAN } else { *value };
                let rows = alike.entry((value.to_bits(), labels.collect())).or_default();
                rows.resize(versions.len(), Vec::new());
                rows[at].push(row);
            }
        }
        let latest = versions.len() - 1;
        let more = |one: usize, other: usize| -> usize {
            alike.values().map(|rows| rows[one].len().saturating_sub(rows[other].len())).sum()
        };
        // A changed record is an old one taken away and a new one added; it counts once.
        let changed = versions[..latest].iter().enumerate();
        let changed = changed
            .map(|(at, version)| (version.number, more(at, latest).max(more(latest, at))))
            .collect();
        // Who is in the same groups and answered otherwise: by groups, the rows of each answer.
        let mut by_groups: BTreeMap<Vec<Option<String>>, Vec<Vec<Vec<usize>>>> = BTreeMap::new();
        for ((_, groups), of_answer) in alike {
            by_groups.entry(groups).or_default().push(of_answer);
        }
        let mut rows = vec![Vec::new(); versions.len()];
        for answers in by_groups.into_values() {
            let apart = apart(&answers);
            for by_version in &answers {
                let most = by_version.iter().map(Vec::len).max().unwrap_or(0);
                for person in 0..most {
                    let own = by_version.iter().map(|rows| rows.get(person).copied());
                    let own: Vec<Option<usize>> = own.collect();
                    let is_apart = person < apart && own.iter().all(Option::is_some);
                    for at in 0..if is_apart { versions.len() } else { 1 } {
                        for (version, rows) in rows.iter_mut().enumerate() {
                            rows.push(own[version].filter(|_| !is_apart || version == at));
                        }
                    }
                }
            }
        }
        Ok(Everybody { versions, rows, changed })
    }

    pub fn len(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// How many records tell a version from the latest: changed, added or taken away.
    pub fn changed(&self) -> &[(i64, usize)] {
        &self.changed
    }

    /// By person, the answer.
    pub fn values(&self) -> Vec<f64> {
        self.of_latest(f64::NAN, |version, row| version.values[row])
    }

    /// By person, the weight: that of the latest version, since a weight that changed is no other person.
    fn weights(&self) -> Vec<f64> {
        self.of_latest(0.0, |version, row| version.data.design.weights()[row])
    }

    fn of_latest(&self, nobody: f64, of: impl Fn(&Version, usize) -> f64) -> Vec<f64> {
        let one = |person: usize| {
            let held = self.versions.iter().zip(&self.rows).rev();
            let mut held = held.filter_map(|(version, rows)| Some(of(version, rows[person]?)));
            held.next().unwrap_or(nobody)
        };
        (0..self.len()).map(one).collect()
    }

    /// A design with everybody's weight; how they were drawn does not matter to an attacker.
    pub fn design(&self) -> Result<Design, Vec<Problem>> {
        let weights = self.weights();
        let plan = Plan { weights: Weights::Given(&weights), ..Plan::simple() };
        Design::new(&plan, self.len()).map_err(|problems| of_engine(problems, &[]))
    }

    /// Lays a table of a version over everybody. Whoever that version does not hold, or is not known in the column `beside`, is in none of
    /// its cells.
    pub fn table(
        &self,
        number: i64,
        by: &[String],
        shown: &[bool],
        beside: Option<&str>,
    ) -> Result<Laid, Vec<Problem>> {
        let at = self.at(number)?;
        let known = beside.map(|name| is_known(self.versions[at].data, name)).transpose()?;
        let counts = |row: &Option<usize>| {
            row.is_some_and(|row| known.as_ref().is_none_or(|known| known[row]))
        };
        let is_in: Vec<bool> = self.rows[at].iter().map(counts).collect();
        let own: Vec<Groups> = by
            .iter()
            .map(|name| groups_of(self.versions[at].data, name))
            .collect::<Result<_, Vec<Problem>>>()?;
        let sizes: Vec<usize> = own.iter().map(size).collect();
        if sizes.iter().map(|size| size + 1).product::<usize>() != shown.len() {
            return Err(vec![Problem::of(&by.join(", "), "register-unreadable")]);
        }
        let factors: Vec<Groups> = by
            .iter()
            .zip(&own)
            .map(|(name, groups)| self.spread(at, name, groups))
            .collect::<Result<_, Vec<Problem>>>()?;
        Ok(within(&is_in, factors, &sizes, shown))
    }

    /// Lays a file of a version over everybody: by row what it tells of the person's groups, and whether it tells the answer.
    pub fn file(&self, number: i64, told: &[(String, bool)]) -> Result<Laid, Vec<Problem>> {
        let at = self.at(number)?;
        let mut names: Vec<&(String, bool)> = told.iter().collect();
        names.sort();
        names.dedup();
        let place = |told: &(String, bool)| names.binary_search(&told).unwrap_or(0) as u32;
        let codes = self.rows[at].iter().map(|row| row.map_or(0, |row| place(&told[row])));
        let groups = Groups::from_codes(
            codes.collect(),
            names.iter().enumerate().map(|(at, _)| at.to_string()).collect(),
        );
        let shown: Vec<bool> = names.iter().map(|(_, told)| *told).collect();
        let all = shown.iter().all(|told| *told);
        let shown: Vec<bool> = shown.into_iter().chain([all]).collect();
        let groups = groups.expect("each code has its name");
        let sizes = [names.len()];
        let is_in: Vec<bool> = self.rows[at].iter().map(Option::is_some).collect();
        Ok(within(&is_in, vec![groups], &sizes, &shown))
    }

    fn at(&self, number: i64) -> Result<usize, Vec<Problem>> {
        let at = self.versions.iter().position(|version| version.number == number);
        at.ok_or_else(|| vec![Problem::of("", "version-gone").with("version", number.to_string())])
    }

    /// A version's groups for everybody: those of its own rows, and for the others what another version says of them.
    fn spread(&self, at: usize, name: &str, own: &Groups) -> Result<Groups, Vec<Problem>> {
        let mut codes: Vec<u32> =
            self.rows[at].iter().map(|row| row.map_or(NO_GROUP, |row| own.codes()[row])).collect();
        for (version, rows) in self.versions.iter().zip(&self.rows) {
            if version.data.sheet.column(name).is_err() {
                continue;
            }
            let groups = groups_of(version.data, name)?;
            for (person, row) in rows.iter().enumerate() {
                if self.rows[at][person].is_none()
                    && let Some(row) = row
                {
                    let named = label(&groups, *row);
                    let known = own.names().iter().position(|known| Some(known.as_str()) == named);
                    codes[person] = known.map_or(NO_GROUP, |known| known as u32);
                }
            }
        }
        Ok(Groups::from_codes(codes, own.names().to_vec()).expect("each code has its name"))
    }
}

/// Cells as they were shown, among cells that also tell who is in the table and who is not.
fn within(is_in: &[bool], mut factors: Vec<Groups>, sizes: &[usize], shown: &[bool]) -> Laid {
    let holds_all = is_in.iter().all(|is_in| *is_in);
    let now: Vec<usize> = factors.iter().map(size).collect();
    if holds_all && now == sizes {
        let own = (0..shown.len()).map(Some).collect();
        return Laid { factors, shown: shown.to_vec(), own };
    }
    let out = is_in.iter().map(|is_in| u32::from(!is_in));
    let names = vec!["in".to_owned(), "out".to_owned()];
    factors.push(Groups::from_codes(out.collect(), names).expect("two codes, two names"));
    let cells: usize = now.iter().map(|size| size + 1).product();
    let own = |cell: usize| {
        let (mut rest, mut was, mut stride) = (cell, 0, 1);
        for (now, before) in now.iter().zip(sizes).rev() {
            let place = rest % (now + 1);
            rest /= now + 1;
            let place = match () {
                () if place == *now => *before,
                () if place < *before => place,
                // The group of those whom this version could not name.
                () => return None,
            };
            was += place * stride;
            stride *= before + 1;
        }
        Some(was)
    };
    // Of those who are in the table, of the others, of both.
    let own: Vec<Option<usize>> = (0..cells).flat_map(|cell| [own(cell), None, None]).collect();
    let shown = own.iter().map(|own| own.is_some_and(|own| shown[own])).collect();
    Laid { factors, shown, own }
}

/// Of each answer, how many of those who answered alike before and after may still have changed. The sums tell only by how many more people
/// now say yes: where one answer changed, nobody can have swapped with it; where ten did, some may have changed the other way, and
/// without them the ten would look as if all had said the same.
fn apart(answers: &[Vec<Vec<usize>>]) -> usize {
    let rules = Rules::default();
    let [one, other] = answers else { return 0 };
    let sizes = one.iter().zip(other).map(|(one, other)| one.len() + other.len());
    let sizes: BTreeSet<usize> = sizes.collect();
    let (least, most) = (one.iter().map(Vec::len).min(), one.iter().map(Vec::len).max());
    let changed = most.unwrap_or(0) - least.unwrap_or(0);
    // Where people were added or left, it is known who: they are judged as they are.
    if sizes.len() > 1 || (changed as u64) < rules.least_n {
        0
    } else {
        rules.least_either as usize
    }
}

/// Amounts as shares of their range.
pub fn as_shares(values: &mut [f64]) {
    let answered = values.iter().copied().filter(|value| !value.is_nan());
    let (low, high) = answered.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let range = if high > low { high - low } else { 1.0 };
    values.iter_mut().for_each(|value| *value = (*value - low) / range);
}

/// Groups, with one more where some have no label.
pub fn size(groups: &Groups) -> usize {
    groups.names().len() + usize::from(groups.codes().contains(&NO_GROUP))
}

fn groups_of(data: &Microdata, name: &str) -> Result<Groups, Vec<Problem>> {
    let column = data.sheet.column(name).map_err(|problem| vec![problem])?;
    Ok(data.codes.groups(column))
}

/// By row, whether an answer in a column is known.
fn is_known(data: &Microdata, name: &str) -> Result<Vec<bool>, Vec<Problem>> {
    let values = data.values_of(name, &Measure::Total)?;
    Ok(values.iter().map(|value| !value.is_nan()).collect())
}

fn label(groups: &Groups, row: usize) -> Option<&str> {
    groups.names().get(groups.codes()[row] as usize).map(String::as_str)
}
