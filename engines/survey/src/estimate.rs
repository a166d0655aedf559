//! Totals, means, proportions, ratios and variances by domain, with the standard error of the design, from one reading of the rows.
//! The rows are reduced to sums by unit and domain, and everything else follows from those; only a design calibrated twice goes back to rows.

use crate::design::Design;
use crate::distribution::student_quantile;
use crate::domains::Table;
use crate::groups::{Ones, Read, Values};
use crate::interval::{Interval, Proportion, bounds};
use crate::logit::{self, Fit};
use crate::problem::{Problem, name_rows, same_length};
use crate::residuals::{self, Explained};
use crate::variance::{self, Share};

/// What is to be estimated.
#[derive(Debug, Clone, Copy)]
pub enum Statistic<'a> {
    /// How many, or how much, in the population.
    Total(Values<'a>),
    /// The mean of a measure.
    Mean(Values<'a>),
    /// The share of “yes”; values are 0 and 1.
    Proportion(Values<'a>),
    /// One total over another.
    Ratio(Values<'a>, Values<'a>),
    /// The variance of a measure in the population; n counts all rows of the domain, missing ones too, as R's `svyvar`.
    Variance(Values<'a>),
}

/// How the figures are to be bounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Confidence: 0.95 is 95 %.
    pub level: f64,
    /// For proportions; all else takes t.
    pub interval: Interval,
}

impl Default for Options {
    fn default() -> Self {
        Options { level: 0.95, interval: Interval::Logit }
    }
}

/// One figure for one domain, with all that must stand beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The domain's place in [`crate::Domains::names`].
    pub domain: usize,
    /// NaN where nobody answered. With a logit or likelihood interval, the share that the model was left at, as R
    /// gives it: the mean but for the ninth digit.
    pub value: f64,
    /// NaN where no stratum shows its variance.
    pub se: f64,
    /// Bounds, where the design leaves degrees of freedom.
    pub bounds: Option<(f64, f64)>,
    /// Sampled primary units less strata, among those with anybody in the domain, as R's `degf`.
    pub df: f64,
    /// People who answered, unweighted.
    pub n: u64,
    /// People in the domain who did not.
    pub missing: u64,
    /// Of those, the people who said yes, unweighted; for proportions only. Disclosure rules need it; it is not for print.
    pub yes: Option<u64>,
    /// Sampled primary units with somebody who answered.
    pub units: u32,
    /// How many people the answers stand for.
    pub people: f64,
    /// Variance over that of a simple sample without replacement of the same size.
    pub design_effect: Option<f64>,
    /// The simple sample that would be as good: variance in the population over variance of the mean.
    pub effective_n: Option<f64>,
}

/// An estimate linearised: what each sampled unit adds to it. Differences and trends are made of these.
#[derive(Debug, Clone)]
pub struct Influence {
    pub(crate) shares: Vec<Share>,
    pub(crate) value: f64,
    pub(crate) df: f64,
}

/// Estimates a statistic in every domain of the table.
///
/// Problems name the rows: another length than the design, an infinite value, a proportion of anything but 0 and 1.
pub fn estimate(
    table: &Table,
    statistic: Statistic,
    options: &Options,
) -> Result<Vec<Estimate>, Vec<Problem>> {
    Ok(estimate_with_influence(table, statistic, options)?
        .into_iter()
        .map(|(estimate, _)| estimate)
        .collect())
}

/// As [`estimate`], keeping what each sampled unit added, for [`crate::contrast`].
pub fn estimate_with_influence(
    table: &Table,
    statistic: Statistic,
    options: &Options,
) -> Result<Vec<(Estimate, Influence)>, Vec<Problem>> {
    check(table, statistic, options)?;
    Ok(match statistic {
        Statistic::Total(values) | Statistic::Mean(values) | Statistic::Proportion(values) => {
            match values {
                Values::Numbers(values) => figures(table, values, Ones, statistic, options),
                Values::Flags(values) => figures(table, values, Ones, statistic, options),
            }
        }
        Statistic::Ratio(over, under) => figures(table, over, under, statistic, options),
        Statistic::Variance(values) => {
            let squares = squared_deviations(table, values);
            figures(table, squares.as_slice(), Ones, statistic, options)
        }
    })
}

impl Read for Values<'_> {
    #[inline]
    fn read(self, row: usize) -> f64 {
        self.at(row)
    }
}

fn check(table: &Table, statistic: Statistic, options: &Options) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    if !(options.level > 0.0 && options.level < 1.0) {
        problems.push(Problem::of(
            "level",
            format!("{}; confidence lies between 0 and 1, such as 0.95", options.level),
        ));
    }
    let shares_only = matches!(statistic, Statistic::Proportion(_));
    let mut column = |place: &str, values: Values| {
        same_length(place, values.len(), table.design.rows(), &mut problems);
        if let Values::Numbers(values) = values {
            let wrong = |i: usize| {
                let value = values[i];
                if value.is_infinite() {
                    return Some("an infinite value; give a number, or leave it missing".into());
                }
                (shares_only && !value.is_nan() && value != 0.0 && value != 1.0).then(|| {
                    format!("{value} in a proportion; code yes as 1 and no as 0, or ask for a mean")
                })
            };
            name_rows(place, values.len(), wrong, &mut problems);
        }
    };
    match statistic {
        Statistic::Ratio(over, under) => {
            column("numerator", over);
            column("denominator", under);
        }
        Statistic::Total(values)
        | Statistic::Mean(values)
        | Statistic::Proportion(values)
        | Statistic::Variance(values) => column("values", values),
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The sums of one unit in one domain.
#[derive(Clone, Copy, Default)]
struct Cell {
    over: f64,
    under: f64,
    /// People who answered and count.
    counted: u32,
    /// Whether somebody in it did not answer.
    is_met: bool,
    /// Whether anybody answered, were it with a weight of zero: then the unit is not absent from the domain.
    is_there: bool,
}

/// The sums of a domain that units do not need.
#[derive(Clone, Copy, Default)]
struct Margin {
    over: f64,
    under: f64,
    people: f64,
    /// Σ w (y − s)², about a shift that keeps the digits.
    squares: f64,
    counted: u64,
    /// People who answered and stand for nobody.
    weightless: u64,
    missing: u64,
    yes: u64,
    /// The first step of the logit fit: working weight and response.
    working: f64,
    response: f64,
}

fn figures<A: Read, B: Read>(
    table: &Table,
    over: A,
    under: B,
    statistic: Statistic,
    options: &Options,
) -> Vec<(Estimate, Influence)> {
    let rows = table.design.rows();
    let shift = (0..rows).map(|row| over.read(row)).find(|value| !value.is_nan()).unwrap_or(0.0);
    let wants_logit = matches!(statistic, Statistic::Proportion(_))
        && matches!(options.interval, Interval::Logit | Interval::Likelihood);
    let start = wants_logit.then(|| table.logit_start());
    let (cells, margins) = reduce(table, over, under, shift, start);
    let is_adjusted = table.design.is_adjusted();
    let explained = if is_adjusted { table.explained() } else { None };
    let known = explained.map(|explained| {
        let codes = table.domains.codes();
        residuals::sums(table.design, explained, codes, margins.len(), over, under)
    });
    let by_rows = (is_adjusted && explained.is_none()).then(|| table.rows_by_domain());
    let has_answer = |row: &usize| !(over.read(*row).is_nan() || under.read(*row).is_nan());
    let answered = is_adjusted.then(|| (0..rows).filter(has_answer).count());
    margins
        .iter()
        .enumerate()
        .map(|(domain, margin)| {
            let rows = by_rows.as_ref().map(|rows| rows[domain].as_slice());
            let known = explained.zip(known.as_ref()).map(|(explained, sums)| {
                (explained, &sums[domain * explained.width..(domain + 1) * explained.width])
            });
            figure(
                &Here { table, domain, margin, cells: &cells, known, rows, shift, answered },
                over,
                under,
                statistic,
                options,
            )
        })
        .collect()
}

/// One domain, reduced.
struct Here<'a> {
    table: &'a Table<'a>,
    domain: usize,
    margin: &'a Margin,
    cells: &'a [Cell],
    /// In a calibrated design, what it explained and the domain's sums for it.
    known: Option<(&'a Explained, &'a [(f64, f64)])>,
    /// In a design calibrated more than once, the domain's rows.
    rows: Option<&'a [u32]>,
    shift: f64,
    /// In a calibrated design, the rows of the whole sample that have an answer.
    answered: Option<usize>,
}

impl Here<'_> {
    /// Primary units and strata that have such a cell.
    fn units_where(&self, wanted: impl Fn(&Cell) -> bool) -> (u32, u32) {
        let cells = self.table.cells_of(self.domain).filter(|&cell| wanted(&self.cells[cell]));
        self.table.design.primary_units(cells.map(|cell| self.table.unit_of_cell[cell]))
    }
}

/// The one reading of the rows.
fn reduce<A: Read, B: Read>(
    table: &Table,
    over: A,
    under: B,
    shift: f64,
    start: Option<&[(f64, f64)]>,
) -> (Vec<Cell>, Vec<Margin>) {
    let mut cells = vec![Cell::default(); table.unit_of_cell.len()];
    let mut margins = vec![Margin::default(); table.domains.len()];
    let codes = table.domains.codes();
    let weights = &table.design.weights;
    let mut row = 0;
    // People of one prison mostly stand together, so their sums stay in registers until the cell changes.
    for run in table.cell_of_row.chunk_by(|a, b| a == b) {
        let rows = row..row + run.len();
        row = rows.end;
        let Some(total) = margins.get_mut(codes[rows.start] as usize) else { continue };
        let (mut cell, mut margin) = (Cell::default(), Margin::default());
        for row in rows {
            let weight = weights[row];
            let (a, b) = (over.read(row), under.read(row));
            if weight == 0.0 {
                let has_answer = !(a.is_nan() || b.is_nan());
                margin.weightless += u64::from(has_answer);
                cell.is_there |= has_answer;
                continue;
            }
            if a.is_nan() || b.is_nan() {
                margin.missing += 1;
                continue;
            }
            cell.over += weight * a;
            cell.under += weight * b;
            cell.counted += 1;
            margin.yes += u64::from(a == 1.0);
            margin.squares += weight * (a - shift) * (a - shift);
            margin.people += weight;
            if let Some(start) = start {
                let (working, response) = start[row];
                margin.working += working;
                // A “yes” pulls up, a “no” down.
                margin.response += response * (2.0 * a - 1.0);
            }
        }
        let sum = &mut cells[run[0] as usize];
        sum.over += cell.over;
        sum.under += cell.under;
        sum.counted += cell.counted;
        sum.is_there |= cell.is_there || cell.counted > 0;
        sum.is_met |= margin.missing > 0;
        total.squares += margin.squares;
        total.people += margin.people;
        total.missing += margin.missing;
        total.weightless += margin.weightless;
        total.yes += margin.yes;
        total.working += margin.working;
        total.response += margin.response;
    }
    for (domain, margin) in margins.iter_mut().enumerate() {
        for cell in &cells[table.cells_of(domain)] {
            margin.over += cell.over;
            margin.under += cell.under;
            margin.counted += u64::from(cell.counted);
        }
    }
    (cells, margins)
}

fn figure<A: Read, B: Read>(
    here: &Here,
    over: A,
    under: B,
    statistic: Statistic,
    options: &Options,
) -> (Estimate, Influence) {
    let (margin, design) = (here.margin, here.table.design);
    let ratio = margin.over / margin.under;
    let is_total = matches!(statistic, Statistic::Total(_));
    // A total is linear already; a ratio is linearised as (over − R under) / Σ under.
    let (centre, scale) = if is_total { (0.0, 1.0) } else { (ratio, 1.0 / margin.under) };
    let value = match (is_total, margin.counted) {
        (_, 0) => f64::NAN,
        (true, _) => margin.over,
        (false, _) => ratio,
    };
    let shares =
        if margin.counted == 0 { Vec::new() } else { shares(here, over, under, centre, scale) };
    let variance =
        if margin.counted == 0 { f64::NAN } else { variance::of_shares(design, &shares) };
    let se = variance.max(0.0).sqrt();
    let se = if variance.is_nan() { f64::NAN } else { se };
    let units = here.units_where(|cell| cell.counted > 0).0;
    let (met, strata) = here.units_where(|cell| cell.counted > 0 || cell.is_met);
    let df = f64::from(met) - f64::from(strata);

    let shifted = margin.over - here.shift * margin.under;
    let spread = ((margin.squares - shifted * shifted / margin.under) / margin.under).max(0.0);
    let of_mean = match statistic {
        Statistic::Total(_) => variance / (margin.people * margin.people),
        _ => variance,
    };
    let is_plain = !matches!(statistic, Statistic::Ratio(..) | Statistic::Variance(_));
    let fit = (margin.working > 0.0 && value > 0.0 && value < 1.0).then(|| fit(here, over, under));
    let bounds = match statistic {
        Statistic::Proportion(_) => {
            let n = margin.counted as f64;
            // R keeps all rows in the domains of a calibrated design.
            let model_rows = match here.answered {
                Some(answered) => answered as f64,
                None => n + margin.weightless as f64,
            };
            let design_rows = if design.is_adjusted() {
                design.rows() as f64
            } else {
                here.table.rows_of(here.domain) as f64
            };
            let p = Proportion {
                value,
                se,
                df,
                n,
                model_rows,
                design_rows,
                level: options.level,
                fit: fit.as_ref(),
            };
            bounds(&p, options.interval)
        }
        _ => {
            let t = student_quantile(0.5 + options.level / 2.0, df);
            let half = t * se;
            (!half.is_nan() && !value.is_nan()).then_some((value - half, value + half))
        }
    };
    let estimate = Estimate {
        domain: here.domain,
        value: fit.map_or(value, |fit| 1.0 / (1.0 + (-fit.eta).exp())),
        se,
        bounds,
        df,
        n: margin.counted,
        missing: margin.missing,
        yes: matches!(statistic, Statistic::Proportion(_)).then_some(margin.yes),
        units,
        people: margin.people,
        design_effect: if is_plain { design_effect(margin, spread, of_mean) } else { None },
        effective_n: if is_plain { effective_n(statistic, margin, spread, of_mean) } else { None },
    };
    (estimate, Influence { shares, value, df })
}

/// What each unit adds to the linearised estimate.
fn shares<A: Read, B: Read>(here: &Here, over: A, under: B, centre: f64, scale: f64) -> Vec<Share> {
    let (table, design) = (here.table, here.table.design);
    if let Some((explained, sums)) = here.known {
        let mut units = vec![0.0; design.units()];
        for cell in table.cells_of(here.domain) {
            let sums = &here.cells[cell];
            units[table.unit_of_cell[cell] as usize] = (sums.over - centre * sums.under) * scale;
        }
        let sums = sums.iter().map(|(over, under)| (over - centre * under) * scale).collect();
        return explained.residuals(units, sums);
    }
    if design.is_adjusted() {
        let mut linear = vec![0.0; design.rows()];
        for &row in here.rows.unwrap_or_default() {
            let row = row as usize;
            let (a, b) = (over.read(row), under.read(row));
            if !a.is_nan() && !b.is_nan() {
                linear[row] = design.weights[row] * (a - centre * b) * scale;
            }
        }
        crate::calibration::take_residuals(design, &mut linear);
        return variance::collapse(design, &linear);
    }
    let cells = table.cells_of(here.domain);
    cells
        .filter(|&cell| here.cells[cell].is_there)
        .map(|cell| {
            let sums = &here.cells[cell];
            (table.unit_of_cell[cell], (sums.over - centre * sums.under) * scale)
        })
        .collect()
}

/// Kish 1965, *Survey Sampling*, section 8.2; the simple sample is drawn without replacement from Σw people.
fn design_effect(margin: &Margin, spread: f64, of_mean: f64) -> Option<f64> {
    let n = margin.counted as f64;
    let simple = spread * n / (n - 1.0) * (margin.people - n) / (margin.people * n);
    let effect = of_mean / simple;
    (margin.people >= n && effect.is_finite()).then_some(effect)
}

/// p(1 − p)/var for a proportion (Korn and Graubard 1998), σ²/var for a mean; n where nothing varies in a proportion.
fn effective_n(statistic: Statistic, margin: &Margin, spread: f64, of_mean: f64) -> Option<f64> {
    let n = spread / of_mean;
    if n.is_finite() {
        return Some(n);
    }
    (matches!(statistic, Statistic::Proportion(_)) && margin.counted > 0 && spread == 0.0)
        .then_some(margin.counted as f64)
}

/// The logit fit as R leaves it, and its standard error.
fn fit<A: Read, B: Read>(here: &Here, over: A, under: B) -> Fit {
    let (margin, design) = (here.margin, here.table.design);
    let mean_weight = here.table.mean_weight(here.domain);
    let (yes, no) = (margin.over / mean_weight, (margin.people - margin.over) / mean_weight);
    let (eta, variance_before) = logit::iterate(margin.response / margin.working, yes, no);
    let p = 1.0 / (1.0 + (-eta).exp());
    let slope = p * (1.0 - p);
    // About the fitted share, which differs from the mean in the ninth digit.
    let linear = shares(here, over, under, p, 1.0 / (margin.people * slope));
    let se = variance::of_shares(design, &linear).max(0.0).sqrt();
    // The variance of the Pearson residuals (y − p) / √(p (1 − p)).
    let n = margin.counted as f64;
    let mean = margin.over / margin.people;
    // R takes residuals with the weights of all who were asked, and their variance among those who answered.
    let rows = match here.answered {
        Some(_) => design.rows() as f64,
        None => n + margin.weightless as f64,
    };
    let scale = margin.people / rows / mean_weight;
    let dispersion = scale * mean * (1.0 - mean) / slope * n / (n - 1.0);
    Fit { eta, se, yes, no, variance_before, dispersion }
}

/// By row, (y − ȳ)² n/(n − 1) within its domain, whose mean is the variance.
fn squared_deviations(table: &Table, values: Values) -> Vec<f64> {
    let (_, margins) = reduce(table, values, Ones, 0.0, None);
    let codes = table.domains.codes();
    let deviation = |row: usize| {
        let margin = margins.get(codes[row] as usize)?;
        let n = (margin.counted + margin.missing) as f64;
        let centred = values.at(row) - margin.over / margin.under;
        Some(centred * centred * n / (n - 1.0))
    };
    (0..values.len()).map(|row| deviation(row).unwrap_or(f64::NAN)).collect()
}

impl Table<'_> {
    /// The scale of R's model weights: their mean over the domain's rows, or over all rows where the design is
    /// calibrated, whose domains keep all rows.
    pub(crate) fn mean_weight(&self, domain: usize) -> f64 {
        self.mean_weights()[domain].0
    }

    /// All rows of a domain, answered or not.
    fn rows_of(&self, domain: usize) -> usize {
        self.mean_weights()[domain].1
    }

    /// By domain, with its rows.
    fn mean_weights(&self) -> &[(f64, usize)] {
        self.mean_weights.get_or_init(|| {
            let mut sums = vec![(0.0, 0usize); self.domains.len()];
            for (&code, &weight) in self.domains.codes().iter().zip(&self.design.weights) {
                if let Some((people, rows)) = sums.get_mut(code as usize) {
                    *people += weight;
                    *rows += 1;
                }
            }
            let all = self.design.is_adjusted().then(|| self.design.rows());
            sums.into_iter()
                .map(|(people, rows)| (people / all.unwrap_or(rows) as f64, rows))
                .collect()
        })
    }

    /// Found when a figure of a calibrated design is first asked for.
    fn explained(&self) -> Option<&Explained> {
        self.explained.get_or_init(|| Explained::of(self.design)).as_ref()
    }

    /// By row, what it adds to the first step of the logit fit.
    pub(crate) fn logit_start(&self) -> &[(f64, f64)] {
        self.logit_start.get_or_init(|| {
            let means = self.mean_weights();
            let design: &Design = self.design;
            let mut last = (f64::NAN, (0.0, 0.0));
            let codes = self.domains.codes().iter().zip(&design.weights);
            codes
                .map(|(&code, &weight)| {
                    let Some((mean, _)) = means.get(code as usize) else { return (0.0, 0.0) };
                    let scaled = weight / mean;
                    if scaled != last.0 {
                        last = (scaled, logit::start(scaled));
                    }
                    last.1
                })
                .collect()
        })
    }
}
