//! Withholding more cells so that the withheld ones cannot be worked out from the totals: complementary suppression in linked tables.
//! What is found is audited: for each sensitive cell the bounds that an attacker can compute by linear programming must be wide enough.

use crate::attacker::reach;
use crate::least::least_loss;
use crate::problem::Problem;
use crate::proof::{Change, holds};
use crate::widening::Widening;

/// Which cells add up to which: each equation is a total and its parts.
#[derive(Debug, Clone, Default)]
pub struct Links {
    equations: Vec<(usize, Vec<usize>)>,
    /// By cell, the equations it is in.
    with: Vec<Vec<usize>>,
    /// Where they are a crossing and nothing else, by factor its places and how far apart two neighbours are.
    shape: Option<Vec<(usize, usize)>>,
}

impl Links {
    /// Cells that are told one by one with [`adds_up`](Self::adds_up): hierarchies, several tables with shared cells.
    pub fn new(cells: usize) -> Self {
        Links { equations: Vec::new(), with: vec![Vec::new(); cells], shape: None }
    }

    /// A crossing of factors with all its margins. Each factor has one place more than groups, the last being
    /// its total; cells are numbered with the last factor fastest.
    pub fn crossing(groups: &[usize]) -> Self {
        let sizes: Vec<usize> = groups.iter().map(|count| count + 1).collect();
        let cells = sizes.iter().product();
        let mut links = Links::new(cells);
        let mut stride = cells;
        let mut shape = Vec::new();
        for &size in &sizes {
            stride /= size;
            shape.push((size, stride));
            let first = (0..cells).filter(|cell| cell / stride % size == 0);
            for cell in first {
                let parts: Vec<usize> = (0..size - 1).map(|place| cell + place * stride).collect();
                links.add(cell + (size - 1) * stride, parts);
            }
        }
        links.shape = Some(shape);
        links
    }

    /// Each total with its parts.
    pub fn equations(&self) -> &[(usize, Vec<usize>)] {
        &self.equations
    }

    /// Says that a cell is the sum of others.
    pub fn adds_up(mut self, total: usize, parts: &[usize]) -> Self {
        self.add(total, parts.to_vec());
        self.shape = None;
        self
    }

    fn add(&mut self, total: usize, parts: Vec<usize>) {
        for &cell in parts.iter().chain([&total]) {
            // What is not in the table is told when the cells are checked.
            if let Some(with) = self.with.get_mut(cell) {
                with.push(self.equations.len());
            }
        }
        self.equations.push((total, parts));
    }

    pub(crate) fn cells(&self) -> usize {
        self.with.len()
    }

    /// By factor its places, the last being the total, and how far apart two neighbours are; none where these links are no crossing.
    pub(crate) fn shape(&self) -> Option<&[(usize, usize)]> {
        self.shape.as_deref()
    }

    /// The equations a cell is in.
    pub(crate) fn with(&self, cell: usize) -> &[usize] {
        &self.with[cell]
    }
}

/// Cells as an attacker may know them besides what is shown, and how far each must stay from being known.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// What adds up: people who said yes, or an amount; zero or more.
    pub counts: Vec<f64>,
    /// The most that anyone knows a cell can hold, such as the people asked; infinite where nobody knows.
    pub most: Vec<f64>,
    /// What is lost by withholding it.
    pub costs: Vec<f64>,
    /// Whether it must be hidden.
    pub sensitive: Vec<bool>,
    /// How much higher, and how much lower, it must still be possible for a sensitive cell to be.
    pub widths: Vec<(f64, f64)>,
}

impl Cells {
    /// Counts of which nothing is known but that none is negative, each to stay uncertain by `width` above, and by `width` or
    /// down to zero below.
    pub fn of(counts: &[f64], costs: &[f64], sensitive: &[bool], width: f64) -> Self {
        Cells {
            counts: counts.to_vec(),
            most: vec![f64::INFINITY; counts.len()],
            costs: costs.to_vec(),
            sensitive: sensitive.to_vec(),
            widths: counts.iter().map(|&count| (width, width.min(count))).collect(),
        }
    }

    /// The most that any cell can hold, where the equations do not bound it at all.
    pub(crate) fn largest(&self) -> f64 {
        10.0 * self.counts.iter().sum::<f64>() + 1.0
    }
}

/// What is withheld, and how well that hides it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// By cell.
    pub withheld: Vec<bool>,
    /// For each sensitive cell, two amounts that it could hold as far as anyone can tell from what is shown. [`attack`] tells the least
    /// and the most there are.
    pub bounds: Vec<(usize, f64, f64)>,
    /// The sum of what is withheld beyond the sensitive cells, by the given costs.
    pub lost: f64,
    /// No pattern that keeps the promise loses less than this; the same as `lost` where the integer programme was solved.
    pub least: f64,
}

/// Cells whose sum must stay uncertain: one that a rule withholds, or several that follow as one from what is shown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Target {
    /// Cells without a person in common, sorted.
    pub members: Vec<usize>,
    /// How much more, and how much less, must still be possible.
    pub above: f64,
    pub below: f64,
}

/// Tells of a group of cells whether too few people are in it, and then how uncertain its sum must stay (above, below).
pub(crate) type Judge<'a> = &'a dyn Fn(&[usize]) -> Option<(f64, f64)>;

/// Finds cells to withhold beside the sensitive ones, so that each of those stays as uncertain as its widths ask, and that
/// lose little.
///
/// 1. Cell by cell, the cheapest hypercubes in which it can move ([`Effort::Heuristic`] ends here). Where there are none, the linear
///    programme of Kelly, Golden and Assad 1992 (*Networks* 22:397–417) on the part of the table around it.
/// 2. What was withheld in vain is shown again, the dearest first; only targets that were hidden by that cell are asked anew.
/// 3. Cutting planes look for a pattern that loses less, in tables of up to some 1,500 cells ([`Effort::Least`]).
///
/// The second and the third end when the effort is spent, with the best that was found. Of whatever is found there is a proof for each
/// sensitive cell: two tables that fit everything shown, one with more in the cell and one with less, both checked at the end.
///
/// Problems: lengths that differ, totals that do not add up, a table in which a cell cannot be hidden.
pub fn protect(cells: &Cells, links: &Links, effort: Effort) -> Result<Pattern, Vec<Problem>> {
    protect_groups(cells, links, &|_| None, effort)
}

/// How hard the least loss is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// By the heuristic alone.
    Heuristic,
    /// Also by showing again and by the integer programme, until so many entries of tableaus were touched. Hiding itself is not cut short: it takes
    /// two changes for each target, each of at most four million entries or a search of hypercubes. A count, not a time: the same table has the same
    /// pattern on every machine.
    Least(u64),
}

impl Default for Effort {
    /// About a second, and some seconds for ten thousand cells; see the table of times in the README.
    fn default() -> Self {
        Effort::Least(1_000_000_000)
    }
}

/// The same, where a group of withheld cells that follows from what is shown must be hidden too if `judge` finds it small.
pub(crate) fn protect_groups(
    cells: &Cells,
    links: &Links,
    judge: Judge,
    effort: Effort,
) -> Result<Pattern, Vec<Problem>> {
    check(cells, links)?;
    let mut widening = Widening::new(cells, links, judge);
    widening.widen_all()?;
    let mut least = 0.0;
    if let Effort::Least(effort) = effort {
        widening.spare(effort / 2);
        widening.widen_all()?;
        let left = effort.saturating_sub(widening.work());
        let start = widening.withheld.clone();
        let found = least_loss(cells, links, widening.targets.clone(), judge, start, left);
        least = found.bound;
        widening.take(found.withheld, found.targets);
    }
    let Widening { targets, proofs, withheld, .. } = widening;
    let is_proved = |(target, proof)| holds(cells, links, &withheld, target, proof);
    if !targets.iter().zip(&proofs).all(is_proved) {
        let message = "what was found does not hide everything; show a coarser table";
        return Err(vec![Problem::of("audit", message)]);
    }
    let Cells { counts, costs, sensitive, .. } = cells;
    let extra = (0..counts.len()).filter(|&cell| withheld[cell] && !sensitive[cell]);
    let lost = extra.map(|cell| costs[cell]).sum();
    let bounds = targets.iter().zip(&proofs).filter_map(|(target, proof)| {
        let &[cell] = &target.members[..] else { return None };
        let by = |change: &Change| -> f64 {
            change.iter().filter(|(other, _)| *other == cell).map(|(_, by)| by).sum()
        };
        sensitive[cell]
            .then(|| (cell, counts[cell] + by(&proof.down), counts[cell] + by(&proof.up)))
    });
    Ok(Pattern { bounds: bounds.collect(), lost, least: least.min(lost), withheld })
}

/// Each sensitive cell by itself, the smallest first: they need the most room relative to what they are.
pub(crate) fn alone(cells: &Cells) -> Vec<Target> {
    let Cells { counts, sensitive, widths, .. } = cells;
    let mut order: Vec<usize> = (0..counts.len()).filter(|&cell| sensitive[cell]).collect();
    order.sort_by(|&a, &b| counts[a].total_cmp(&counts[b]).then(a.cmp(&b)));
    let target =
        |cell: usize| Target { members: vec![cell], above: widths[cell].0, below: widths[cell].1 };
    order.into_iter().map(target).collect()
}

/// The bounds of a withheld cell that anyone can compute from the shown ones, knowing that no count is negative and the most
/// that each can be. `None` where the shown cells contradict each other.
pub fn attack(cells: &Cells, links: &Links, withheld: &[bool], cell: usize) -> Option<(f64, f64)> {
    reach(cells, links, withheld, &[cell])
}

fn check(cells: &Cells, links: &Links) -> Result<(), Vec<Problem>> {
    let Cells { counts, most, costs, sensitive, widths } = cells;
    let mut problems = Vec::new();
    for (name, length) in [
        ("counts", counts.len()),
        ("most", most.len()),
        ("costs", costs.len()),
        ("sensitive", sensitive.len()),
        ("widths", widths.len()),
    ] {
        if length != links.cells() {
            problems.push(Problem::of(name, format!("{length} given for {} cells", links.cells())));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    for (name, values) in [("count", counts), ("cost", costs)] {
        if let Some(cell) = (0..values.len()).find(|&i| !values[i].is_finite() || values[i] < 0.0) {
            problems.push(Problem::of(
                &format!("cell {cell}"),
                format!("a {name} of {}; it is zero or more", values[cell]),
            ));
        }
    }
    let wrong = |&(above, below): &(f64, f64)| !(above >= 0.0 && below >= 0.0 && above < 1e300);
    if let Some(cell) = (0..widths.len()).find(|&i| wrong(&widths[i])) {
        problems.push(Problem::of(
            &format!("cell {cell}"),
            format!("to be uncertain by {:?}; give two amounts, zero or more", widths[cell]),
        ));
    }
    for (total, parts) in &links.equations {
        let Some(sum) = parts.iter().map(|&part| counts.get(part)).sum::<Option<f64>>() else {
            problems.push(Problem::of(
                &format!("cell {total}"),
                "it adds up from a cell that is not in the table",
            ));
            continue;
        };
        match counts.get(*total) {
            Some(shown) if (sum - shown).abs() <= 1e-6 * (1.0 + shown.abs()) => {}
            shown => problems.push(Problem::of(
                &format!("cell {total}"),
                format!(
                    "{} where its parts add up to {sum}; add them up again",
                    shown.copied().unwrap_or(f64::NAN)
                ),
            )),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
