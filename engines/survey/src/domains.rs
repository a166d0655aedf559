//! Who is counted: crossings of groups, and the table of unit × domain cells into which all rows are reduced.
//! A domain is part of the sample, not a smaller sample: units without anybody in it still count for the variance.

use std::sync::OnceLock;

use crate::design::{Design, refine};
use crate::groups::{Groups, NO_GROUP};
use crate::problem::{Problem, same_length};
use crate::residuals::Explained;

/// The domains that are to have a figure of their own, one row belonging to at most one.
#[derive(Debug, Clone)]
pub struct Domains {
    factors: Vec<String>,
    codes: Vec<u32>,
    names: Vec<Vec<String>>,
}

impl Domains {
    /// Everybody.
    pub fn all(rows: usize) -> Self {
        Domains { factors: Vec::new(), codes: vec![0; rows], names: vec![Vec::new()] }
    }

    /// Every combination that occurs, sorted. A row without a group in any factor is in no domain.
    pub fn crossing(factors: &[(&str, &Groups)]) -> Result<Self, Vec<Problem>> {
        let Some((_, first)) = factors.first() else {
            return Err(vec![Problem::of(
                "domains",
                "no factor to group by; name at least one column",
            )]);
        };
        let rows = first.len();
        let mut problems = Vec::new();
        for (name, groups) in factors {
            same_length(name, groups.len(), rows, &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let nobody = |row: usize| factors.iter().any(|(_, groups)| groups.codes()[row] == NO_GROUP);
        // The last code stands for “no group” while the others are crossed.
        let mut codes = vec![0u32; rows];
        for (_, groups) in factors {
            let none = groups.names().len() as u32;
            codes = refine(
                &codes,
                &groups.codes().iter().map(|&code| code.min(none)).collect::<Vec<_>>(),
            )
            .0;
        }
        let crossed = codes.iter().max().map_or(0, |&x| x as usize + 1);
        let mut example = vec![None; crossed];
        for (row, &code) in codes.iter().enumerate() {
            if example[code as usize].is_none() && !nobody(row) {
                example[code as usize] = Some(row);
            }
        }
        let mut names = Vec::new();
        let mut renumbered = vec![NO_GROUP; crossed];
        for (code, row) in
            example.iter().enumerate().filter_map(|(code, row)| Some((code, (*row)?)))
        {
            renumbered[code] = names.len() as u32;
            let name = |groups: &Groups| groups.names()[groups.codes()[row] as usize].clone();
            names.push(factors.iter().map(|(_, groups)| name(groups)).collect());
        }
        codes.iter_mut().for_each(|code| *code = renumbered[*code as usize]);
        Ok(Domains {
            factors: factors.iter().map(|(name, _)| (*name).to_owned()).collect(),
            codes,
            names,
        })
    }

    /// The same domains, of some of their rows.
    pub(crate) fn restricted(&self, wanted: impl Fn(usize) -> bool) -> Self {
        let code = |(row, &code): (usize, &u32)| if wanted(row) { code } else { NO_GROUP };
        Domains {
            factors: self.factors.clone(),
            codes: self.codes.iter().enumerate().map(code).collect(),
            names: self.names.clone(),
        }
    }

    /// The columns that were crossed.
    pub fn factors(&self) -> &[String] {
        &self.factors
    }

    /// By domain, its group in each factor.
    pub fn names(&self) -> &[Vec<String>] {
        &self.names
    }

    /// By row, its domain or [`NO_GROUP`].
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The number of domains.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether nobody is in any domain.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// A design and domains laid over each other, once, for all the figures that are to come of them.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    pub(crate) design: &'a Design,
    pub(crate) domains: &'a Domains,
    pub(crate) cell_of_row: Vec<u32>,
    pub(crate) unit_of_cell: Vec<u32>,
    /// The cells of domain d are `first_cell[d]..first_cell[d + 1]`, in the order of units.
    pub(crate) first_cell: Vec<u32>,
    /// Found when a logit interval is first asked for.
    pub(crate) mean_weights: OnceLock<Vec<(f64, usize)>>,
    pub(crate) logit_start: OnceLock<Vec<(f64, f64)>>,
    pub(crate) explained: OnceLock<Option<Explained>>,
}

impl<'a> Table<'a> {
    /// Finds which units meet which domains.
    pub fn new(design: &'a Design, domains: &'a Domains) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        same_length("domains", domains.codes.len(), design.rows(), &mut problems);
        if domains.is_empty() {
            problems.push(Problem::of(
                "domains",
                "no row belongs to any; look at the columns grouped by",
            ));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        // Those in no domain are gathered in one more, behind the others.
        let none = domains.len() as u32;
        let codes: Vec<u32> = domains.codes.iter().map(|&code| code.min(none)).collect();
        let (cell_of_row, cells) = refine(&codes, &design.unit_of_row);
        let mut unit_of_cell = vec![0; cells];
        let mut first_cell = vec![NO_GROUP; domains.len() + 2];
        for (row, &cell) in cell_of_row.iter().enumerate() {
            unit_of_cell[cell as usize] = design.unit_of_row[row];
            let first = &mut first_cell[codes[row] as usize];
            *first = (*first).min(cell);
        }
        for domain in (0..first_cell.len()).rev() {
            let next = first_cell.get(domain + 1).copied().unwrap_or(cells as u32);
            first_cell[domain] = first_cell[domain].min(next);
        }
        Ok(Table {
            design,
            domains,
            cell_of_row,
            unit_of_cell,
            first_cell,
            mean_weights: OnceLock::new(),
            logit_start: OnceLock::new(),
            explained: OnceLock::new(),
        })
    }

    /// The domains of this table.
    pub fn domains(&self) -> &Domains {
        self.domains
    }

    pub(crate) fn cells_of(&self, domain: usize) -> std::ops::Range<usize> {
        self.first_cell[domain] as usize..self.first_cell[domain + 1] as usize
    }

    /// The rows of each domain, where a formula has to go back to them.
    pub(crate) fn rows_by_domain(&self) -> Vec<Vec<u32>> {
        let mut rows = vec![Vec::new(); self.domains.len()];
        for (row, &code) in
            self.domains.codes.iter().enumerate().filter(|(_, code)| **code != NO_GROUP)
        {
            rows[code as usize].push(row as u32);
        }
        rows
    }
}
