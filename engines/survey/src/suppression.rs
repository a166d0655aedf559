//! Withholding more cells so that the withheld ones cannot be worked out from the totals: complementary suppression in linked tables.
//! What is found is audited: for each sensitive cell the bounds that an attacker can compute by linear programming must be wide enough.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem as Programme, Variable};

use crate::problem::Problem;
use crate::remainder::remainders;

/// Which cells add up to which: each equation is a total and its parts.
#[derive(Debug, Clone, Default)]
pub struct Links {
    cells: usize,
    equations: Vec<(usize, Vec<usize>)>,
}

impl Links {
    /// Cells that are told one by one with [`adds_up`](Self::adds_up): hierarchies, several tables with shared cells.
    pub fn new(cells: usize) -> Self {
        Links { cells, equations: Vec::new() }
    }

    /// A crossing of factors with all its margins. Each factor has one place more than groups, the last being
    /// its total; cells are numbered with the last factor fastest.
    pub fn crossing(groups: &[usize]) -> Self {
        let sizes: Vec<usize> = groups.iter().map(|count| count + 1).collect();
        let cells = sizes.iter().product();
        let mut links = Links::new(cells);
        let mut stride = cells;
        for &size in &sizes {
            stride /= size;
            let first = (0..cells).filter(|cell| cell / stride % size == 0);
            for cell in first {
                let parts = (0..size - 1).map(|place| cell + place * stride).collect();
                links.equations.push((cell + (size - 1) * stride, parts));
            }
        }
        links
    }

    /// Each total with its parts.
    pub fn equations(&self) -> &[(usize, Vec<usize>)] {
        &self.equations
    }

    /// Says that a cell is the sum of others.
    pub fn adds_up(mut self, total: usize, parts: &[usize]) -> Self {
        self.equations.push((total, parts.to_vec()));
        self
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
}

/// What is withheld, and how well that hides it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// By cell.
    pub withheld: Vec<bool>,
    /// For each sensitive cell, the bounds that can be worked out from what is shown.
    pub bounds: Vec<(usize, f64, f64)>,
    /// The sum of what is withheld beyond the sensitive cells, by the given costs.
    pub lost: f64,
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

/// Finds cells to withhold beside the sensitive ones, so that each of those stays as uncertain as its widths ask.
///
/// By the linear programme of Kelly, Golden and Assad 1992 (*Networks* 22:397–417), cell by cell: the cheapest
/// change of the table that moves the cell so far and keeps all sums touches the cells to withhold. It is not
/// always the least loss there is; the audit afterwards is exact. Problems: lengths that differ, totals that do
/// not add up, a table too small to hide anything in.
pub fn protect(cells: &Cells, links: &Links) -> Result<Pattern, Vec<Problem>> {
    protect_groups(cells, links, &|_| None)
}

/// The same, where a group of withheld cells that follows from what is shown must be hidden too if `judge` finds it small.
pub(crate) fn protect_groups(
    cells: &Cells,
    links: &Links,
    judge: Judge,
) -> Result<Pattern, Vec<Problem>> {
    check(cells, links)?;
    let Cells { counts, costs, sensitive, .. } = cells;
    let mut withheld = sensitive.to_vec();
    let mut targets = alone(cells);
    let mut widened = 0;
    loop {
        let mut problems = Vec::new();
        for target in &targets[widened..] {
            for (up, by) in [(true, target.above), (false, target.below)] {
                if by > 0.0 && !widen(cells, links, &mut withheld, target, up) {
                    let message = "nothing in the table can hide it; show a coarser table, or withhold the totals too";
                    problems.push(Problem::of(&named(target), message));
                }
            }
        }
        if !problems.is_empty() {
            problems.dedup();
            return Err(problems);
        }
        widened = targets.len();
        targets.extend(small_groups(cells, links, &withheld, &targets, judge));
        if targets.len() == widened {
            break;
        }
    }
    let mut bounds = Vec::new();
    for target in &targets {
        let Some((low, high)) = reach(cells, links, &withheld, &target.members) else {
            let message = "the table's bounds could not be computed; show a coarser table";
            return Err(vec![Problem::of("audit", message)]);
        };
        if let [cell] = target.members[..] {
            bounds.push((cell, low, high));
        }
    }
    let extra = (0..counts.len()).filter(|&cell| withheld[cell] && !sensitive[cell]);
    let lost = extra.map(|cell| costs[cell]).sum();
    Ok(Pattern { withheld, bounds, lost })
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

/// Small groups that follow from what is shown and are not hidden by it, beyond those that are known.
pub(crate) fn small_groups(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    known: &[Target],
    judge: Judge,
) -> Vec<Target> {
    let small = remainders(cells, links, withheld, judge).into_iter().filter_map(|members| {
        let (above, below) = judge(&members)?;
        let is_new = known.iter().all(|target| target.members != members);
        is_new.then_some(Target { members, above, below })
    });
    small.filter(|target| !is_hidden(cells, links, withheld, target)).collect()
}

/// Whether the sum stays as uncertain as it must.
pub(crate) fn is_hidden(cells: &Cells, links: &Links, withheld: &[bool], target: &Target) -> bool {
    let sum = |of: &[f64]| -> f64 { target.members.iter().map(|&cell| of[cell]).sum() };
    let count = sum(&cells.counts);
    let most = sum(&cells.most);
    let slack = 1e-6 * (1.0 + if most.is_finite() { most } else { count });
    reach(cells, links, withheld, &target.members).is_some_and(|(low, high)| {
        low <= count - target.below + slack && high >= count + target.above - slack
    })
}

fn named(target: &Target) -> String {
    match target.members[..] {
        [cell] => format!("cell {cell}"),
        _ => {
            let cells: Vec<String> = target.members.iter().map(usize::to_string).collect();
            format!("cells {} together", cells.join(", "))
        }
    }
}

/// The bounds of a withheld cell that anyone can compute from the shown ones, knowing that no count is negative and the most
/// that each can be. `None` where the shown cells contradict each other.
pub fn attack(cells: &Cells, links: &Links, withheld: &[bool], cell: usize) -> Option<(f64, f64)> {
    reach(cells, links, withheld, &[cell])
}

/// The least and the most that the sum of some cells can be, given those that are shown.
pub(crate) fn reach(
    cells: &Cells,
    links: &Links,
    withheld: &[bool],
    members: &[usize],
) -> Option<(f64, f64)> {
    let Cells { counts, .. } = cells;
    let shown: f64 =
        members.iter().filter(|&&cell| !withheld[cell]).map(|&cell| counts[cell]).sum();
    if members.iter().all(|&cell| !withheld[cell]) {
        return Some((shown, shown));
    }
    // The largest any cell can be, given the totals, where it is not bounded by the equations at all.
    let most = 10.0 * counts.iter().sum::<f64>() + 1.0;
    let reach = |direction| {
        let mut programme = Programme::new(direction);
        let variables: Vec<Option<Variable>> = (0..counts.len())
            .map(|i| {
                let top = cells.most[i].min(most);
                let wanted = f64::from(u8::from(members.contains(&i)));
                withheld[i].then(|| programme.add_var(wanted, (0.0, top)))
            })
            .collect();
        for (total, parts) in &links.equations {
            let mut sum = LinearExpr::empty();
            let mut known = 0.0;
            let mut is_open = false;
            let signed = parts.iter().map(|&part| (part, 1.0)).chain([(*total, -1.0)]);
            for (i, sign) in signed {
                match variables[i] {
                    Some(variable) => {
                        sum.add(variable, sign);
                        is_open = true;
                    }
                    None => known += sign * counts[i],
                }
            }
            if is_open {
                programme.add_constraint(sum, ComparisonOp::Eq, -known);
            }
        }
        programme.solve().ok().map(|solution| solution.objective() + shown)
    };
    Some((reach(OptimizationDirection::Minimize)?, reach(OptimizationDirection::Maximize)?))
}

/// Withholds the cheapest cells through which a target could be more (or less) by what it must, with all sums kept.
fn widen(cells: &Cells, links: &Links, withheld: &mut [bool], target: &Target, up: bool) -> bool {
    let Cells { counts, most, costs, .. } = cells;
    let by = if up { target.above } else { target.below };
    let only = match target.members[..] {
        [cell] => Some(cell),
        _ => None,
    };
    let mut programme = Programme::new(OptimizationDirection::Minimize);
    let moves: Vec<(Variable, Variable)> = (0..counts.len())
        .map(|i| {
            // What is withheld already costs nothing; a hair keeps the solution from wandering.
            let cost = if withheld[i] { 0.0 } else { costs[i] + 1e-3 };
            // A true zero shown stays zero: it hides nothing.
            let room =
                if counts[i] == 0.0 && !withheld[i] { 0.0 } else { (most[i] - counts[i]).max(0.0) };
            let (more, less) = match (only == Some(i), up) {
                (true, true) => ((by, by), (0.0, 0.0)),
                (true, false) => ((0.0, 0.0), (by, by)),
                (false, _) => ((0.0, room), (0.0, counts[i])),
            };
            (programme.add_var(cost, more), programme.add_var(cost, less))
        })
        .collect();
    for (total, parts) in &links.equations {
        let mut sum = LinearExpr::empty();
        for (i, sign) in parts.iter().map(|&part| (part, 1.0)).chain([(*total, -1.0)]) {
            sum.add(moves[i].0, sign);
            sum.add(moves[i].1, -sign);
        }
        programme.add_constraint(sum, ComparisonOp::Eq, 0.0);
    }
    if only.is_none() {
        let mut sum = LinearExpr::empty();
        let sign = if up { 1.0 } else { -1.0 };
        for &i in &target.members {
            sum.add(moves[i].0, sign);
            sum.add(moves[i].1, -sign);
        }
        programme.add_constraint(sum, ComparisonOp::Eq, by);
    }
    let Ok(solution) = programme.solve() else { return false };
    for (i, (more, less)) in moves.iter().enumerate() {
        // Moved, in whichever direction; the solver's own tolerance is 1e-8.
        if solution.var_value(*more).abs() > 1e-6 || solution.var_value(*less).abs() > 1e-6 {
            withheld[i] = true;
        }
    }
    true
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
        if length != links.cells {
            problems.push(Problem::of(name, format!("{length} given for {} cells", links.cells)));
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
