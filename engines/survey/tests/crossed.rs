//! Ratios and quantiles in tables: the same digits as outside of them and as R's, and an attacker who adds up, orders and divides.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem as Programme};
use survey::*;

use crate::reference::{cases, design};

fn near(ours: f64, theirs: f64, what: &str) {
    let apart = (ours - theirs).abs() / theirs.abs().max(1e-9);
    let both_missing = ours.is_nan() && theirs.is_nan();
    assert!(both_missing || apart < 1e-11, "{what}: {ours} where it is {theirs}");
}

fn close(figure: &Figure, value: f64, se: f64, bounds: Option<(f64, f64)>, df: f64, what: &str) {
    near(figure.value, value, what);
    near(figure.se, se, what);
    near(figure.df, df, what);
    assert_eq!(figure.bounds.is_some(), bounds.is_some(), "{what}");
    if let (Some(ours), Some(theirs)) = (figure.bounds, bounds) {
        near(ours.0, theirs.0, what);
        near(ours.1, theirs.1, what);
    }
}

/// The cell of a group, or of all.
fn of<'a>(internal: &'a Internal, group: Option<&str>) -> &'a Figure {
    let cell = internal.cells().iter().find(|cell| cell.groups[0].as_deref() == group);
    cell.expect("a cell").figure.as_ref().expect("a figure")
}

#[test]
fn a_table_holds_what_r_and_the_engine_say_alone() {
    let Some(folder) = cases() else { return };
    let mut reader = csv::Reader::from_path(folder.join("reference.csv")).expect("readable");
    let mut compared = 0;
    for record in reader.records().map(|record| record.expect("a row")) {
        let (name, stat, var, level) = (&record[0], &record[1], &record[2], &record[3]);
        if !["ratio", "quantile"].contains(&stat) {
            continue;
        }
        let (frame, design) = design(&folder, name);
        let types = frame.groups("stype");
        let factors = [("stype", &types)];
        let options = Options::default();
        let by_type = Domains::crossing(&factors).expect("types");
        let by_type = Table::new(&design, &by_type).expect("a table");
        let crossing = if stat == "ratio" {
            let (y, x) = var.split_once('/').expect("a ratio");
            let (y, x) = (frame.numbers(y), frame.numbers(x));
            let ratio = Statistic::Ratio(Values::Numbers(&y), Values::Numbers(&x));
            let crossing = cross(&design, &factors, ratio, &options).expect("a crossing");
            let internal = reveal(&crossing, &Standard::default());
            for one in estimate(&by_type, ratio, &options).expect("ratios") {
                let group = &by_type.domains().names()[one.domain][0];
                let figure = of(&internal, Some(group));
                close(figure, one.value, one.se, one.bounds, one.df, &format!("{name} {var}"));
            }
            crossing
        } else {
            let (values, share) = (frame.numbers(var), level.parse().expect("a share"));
            let values = Values::Numbers(&values);
            let crossing = cross_quantile(&design, &factors, values, share, &options);
            let crossing = crossing.expect("a crossing");
            let internal = reveal(&crossing, &Standard::default());
            for one in quantile(&by_type, values, share, &options).expect("quantiles") {
                let group = &by_type.domains().names()[one.domain][0];
                let (figure, bounds) = (of(&internal, Some(group)), one.low.zip(one.high));
                close(figure, one.value, one.se, bounds, one.below.df, &format!("{name} {var}"));
            }
            crossing
        };
        let all = reveal(&crossing, &Standard::default());
        let all = of(&all, None);
        for (at, ours) in
            [(4, Some(all.value)), (6, all.bounds.map(|b| b.0)), (7, all.bounds.map(|b| b.1))]
        {
            let (Ok(theirs), Some(ours)) = (record[at].parse::<f64>(), ours) else { continue };
            let allowed = if stat == "ratio" { 1e-9 } else { 1e-6 };
            assert!(
                (ours / theirs - 1.0).abs() < allowed,
                "{name} {stat} {var}: {ours}, R has {theirs}"
            );
            compared += 1;
        }
    }
    eprintln!("{compared} values and bounds of ratios and quantiles in tables are R's");
    assert!(compared > 50);
}

/// People in prison: their country and sex, how often they injected and whether they do, months inside.
struct People {
    country: Groups,
    sex: Groups,
    injects: Vec<f64>,
    injections: Vec<f64>,
    shared: Vec<f64>,
    months: Vec<f64>,
    weights: Vec<f64>,
}

fn people(seed: u64, rows: usize) -> People {
    let mut chance = Chance::new(seed);
    let country: Vec<i64> =
        (0..rows).map(|_| (chance.below(4) * chance.below(4) / 3) as i64).collect();
    let sex: Vec<i64> = (0..rows).map(|_| i64::from(chance.below(6) == 0)).collect();
    let injects: Vec<f64> = (0..rows).map(|_| f64::from(u8::from(chance.below(4) == 0))).collect();
    let injections = injects.iter().map(|x| x * (1 + chance.below(9) * chance.below(9)) as f64);
    let injections: Vec<f64> = injections.collect();
    let shared = injects.iter().map(|x| x * f64::from(u8::from(chance.below(3) == 0))).collect();
    People {
        months: (0..rows).map(|_| (chance.below(40) * chance.below(20)) as f64).collect(),
        weights: country.iter().map(|at| 10.0 + 7.0 * *at as f64).collect(),
        country: Groups::from_numbers(country),
        sex: Groups::from_numbers(sex),
        injects,
        injections,
        shared,
    }
}

impl People {
    fn design(&self) -> Design {
        let plan = Plan {
            weights: Weights::Given(&self.weights),
            stages: vec![Stage {
                clusters: Clusters::Rows,
                strata: Some(&self.country),
                population: Population::Unlimited,
            }],
            lonely: Lonely::Adjust,
            ..Plan::simple()
        };
        Design::new(&plan, self.weights.len()).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    fn factors(&self) -> [(&str, &Groups); 2] {
        [("country", &self.country), ("sex", &self.sex)]
    }

    fn ratio(&self, over: &[f64], under: &[f64]) -> Released {
        let ratio = Statistic::Ratio(Values::Numbers(over), Values::Numbers(under));
        let crossing = cross(&self.design(), &self.factors(), ratio, &Options::default());
        release(&crossing.expect("a table"), &Rules::default(), &Standard::default())
    }

    /// By cell, totals too, its rows.
    fn rows_by_cell(&self) -> Vec<Vec<usize>> {
        let sizes = [self.country.names().len(), self.sex.names().len()];
        let mut cells = vec![Vec::new(); (sizes[0] + 1) * (sizes[1] + 1)];
        for row in 0..self.weights.len() {
            let (a, b) = (self.country.codes()[row] as usize, self.sex.codes()[row] as usize);
            for a in [a, sizes[0]] {
                for b in [b, sizes[1]] {
                    cells[a * (sizes[1] + 1) + b].push(row);
                }
            }
        }
        cells
    }

    fn links(&self) -> Links {
        Links::crossing(&[self.country.names().len(), self.sex.names().len()])
    }
}

fn withheld(released: &Released) -> Vec<bool> {
    released.cells().iter().map(|cell| cell.figure.is_err()).collect()
}

/// Who knows one total everywhere reads the other off the ratios that are shown; what he cannot read must stay open by the largest amount.
#[test]
fn a_ratio_tells_neither_total_of_a_withheld_cell() {
    let (mut tables, mut sensitive) = (0, 0);
    for seed in 0..40 {
        let people = people(seed, 120 + 25 * seed as usize);
        let released = people.ratio(&people.injections, &people.injects);
        let withheld = withheld(&released);
        if withheld.iter().all(|withheld| *withheld) {
            continue;
        }
        tables += 1;
        let rows = people.rows_by_cell();
        for values in [&people.injections, &people.injects] {
            let sum = |rows: &Vec<usize>| -> f64 {
                rows.iter().map(|&row| people.weights[row] * values[row]).sum()
            };
            let heaviest = |rows: &Vec<usize>| {
                rows.iter().map(|&row| people.weights[row] * values[row]).fold(0.0, f64::max)
            };
            let known = Cells {
                most: rows
                    .iter()
                    .map(|rows| if sum(rows) == 0.0 { 0.0 } else { f64::INFINITY })
                    .collect(),
                ..Cells::of(
                    &rows.iter().map(sum).collect::<Vec<_>>(),
                    &vec![0.0; rows.len()],
                    &withheld,
                    1.0,
                )
            };
            for (cell, rows) in rows.iter().enumerate() {
                let inject = rows.iter().filter(|&&row| people.injects[row] > 0.0).count();
                if inject == 0 || inject >= 10 {
                    continue;
                }
                assert!(withheld[cell], "the ratio of {inject} people is shown");
                sensitive += 1;
                let (low, high) = attack(&known, &people.links(), &withheld, cell).expect("bounds");
                let (sum, wide) = (sum(rows), heaviest(rows));
                let slack = 1e-5 * (1.0 + sum);
                assert!(
                    low <= sum - wide + slack && high >= sum + wide - slack,
                    "{sum} lies in {low} to {high}"
                );
            }
        }
    }
    eprintln!(
        "{tables} tables of ratios, {sensitive} totals of too few people: none is nearer than its largest amount"
    );
    assert!(tables > 20 && sensitive > 20, "{tables} tables, {sensitive} cells");
}

/// A share among those who inject is a share: the numbers behind yes and no stay open by three people.
#[test]
fn a_share_among_some_is_a_share() {
    let mut small = 0;
    for seed in 0..40 {
        let people = people(seed, 200 + 40 * seed as usize);
        let released = people.ratio(&people.shared, &people.injects);
        let withheld = withheld(&released);
        let rows = people.rows_by_cell();
        let among = |rows: &Vec<usize>, of: &[f64]| -> f64 {
            rows.iter()
                .filter(|&&row| people.injects[row] == 1.0)
                .map(|&row| people.weights[row] * of[row])
                .sum()
        };
        let yes: Vec<f64> = rows.iter().map(|rows| among(rows, &people.shared)).collect();
        let all: Vec<f64> = rows.iter().map(|rows| among(rows, &people.injects)).collect();
        let known =
            Cells { most: all.clone(), ..Cells::of(&yes, &vec![0.0; yes.len()], &withheld, 1.0) };
        for (cell, rows) in rows.iter().enumerate() {
            let n = rows.iter().filter(|&&row| people.injects[row] == 1.0).count();
            let k = rows.iter().filter(|&&row| people.shared[row] == 1.0).count();
            if n == 0 || n >= 10 && k >= 3 && n - k >= 3 {
                continue;
            }
            assert!(withheld[cell], "{k} of {n} is shown");
            small += 1;
            let width = 3.0 * all[cell] / n as f64;
            let (low, high) = attack(&known, &people.links(), &withheld, cell).expect("bounds");
            let slack = 1e-5 * (1.0 + all[cell]);
            assert!(
                low <= yes[cell] - width.min(yes[cell]) + slack,
                "at least {low} of {}",
                yes[cell]
            );
            assert!(high >= yes[cell] + width.min(all[cell] - yes[cell]) - slack, "at most {high}");
        }
    }
    assert!(small > 40, "{small} shares of few");
}

/// Between how many people of a cell lie at a value or below, for who knows the quantiles that are shown with all their digits (as they are
/// not) and how many answered everywhere: of each shown cell at least, and at most, its share lies there.
fn below(
    people: &People,
    exact: &Internal,
    withheld: &[bool],
    (share, at, cell): (f64, f64, usize),
    direction: OptimizationDirection,
) -> f64 {
    let rows = people.rows_by_cell();
    let sizes = [people.country.names().len(), people.sex.names().len()];
    let mut programme = Programme::new(direction);
    let inner: Vec<usize> = (0..rows.len())
        .filter(|cell| cell / (sizes[1] + 1) < sizes[0] && cell % (sizes[1] + 1) < sizes[1])
        .collect();
    let is_in = |part: usize, whole: usize| rows[part].iter().all(|row| rows[whole].contains(row));
    // People stand for as many as their weight says, which is one for each country.
    let weight = |cell: usize| rows[cell].first().map_or(0.0, |&row| people.weights[row]);
    let variables: Vec<_> = inner
        .iter()
        .map(|&part| {
            let wanted = is_in(part, cell) && !rows[part].is_empty();
            programme.add_var(f64::from(u8::from(wanted)), (0.0, rows[part].len() as f64))
        })
        .collect();
    for whole in (0..rows.len()).filter(|&whole| !withheld[whole]) {
        let shown = exact.cells()[whole].figure.as_ref().expect("a figure").value;
        let mut sum = LinearExpr::empty();
        for (&part, variable) in inner.iter().zip(&variables) {
            if is_in(part, whole) && !rows[part].is_empty() {
                sum.add(*variable, weight(part));
            }
        }
        let all: f64 = rows[whole].iter().map(|&row| people.weights[row]).sum();
        // At the quantile lies at least the share; below it, at most.
        match at >= shown {
            true => programme.add_constraint(sum, ComparisonOp::Ge, share * all),
            false => programme.add_constraint(sum, ComparisonOp::Le, share * all),
        }
    }
    programme.solve().expect("the truth fits").objective()
}

#[test]
fn quantiles_do_not_tell_how_few_people_answered() {
    let (mut tried, mut open, mut shown_cells) = (0, 0, 0);
    for seed in 0..30 {
        let people = people(seed, 100 + 12 * seed as usize);
        let design = people.design();
        for share in [0.5, 0.8] {
            let values = Values::Numbers(&people.months);
            let crossing =
                cross_quantile(&design, &people.factors(), values, share, &Options::default());
            let crossing = crossing.expect("a table");
            let released = release(&crossing, &Rules::default(), &Standard::default());
            let exact = reveal(&crossing, &Standard::default());
            let withheld = withheld(&released);
            let rows = people.rows_by_cell();
            for (cell, rows) in rows.iter().enumerate() {
                let mut months: Vec<f64> = rows.iter().map(|&row| people.months[row]).collect();
                months.sort_by(f64::total_cmp);
                if released.cells()[cell].figure.is_ok() {
                    shown_cells += 1;
                    let value = exact.cells()[cell].figure.as_ref().expect("a figure").value;
                    let side = |is: &dyn Fn(f64) -> bool| {
                        months.iter().filter(|month| is(**month)).count()
                    };
                    assert!(
                        side(&|month| month <= value) >= 5 && side(&|month| month >= value) >= 5
                    );
                    continue;
                }
                if rows.is_empty() || rows.len() >= 10 {
                    continue;
                }
                // At every number that is published elsewhere.
                let told = exact.cells().iter().zip(&withheld).filter(|(_, withheld)| !**withheld);
                let told: Vec<f64> =
                    told.map(|(cell, _)| cell.figure.as_ref().expect("a figure").value).collect();
                for at in told {
                    tried += 1;
                    let truth = months.iter().filter(|month| **month <= at).count() as f64;
                    let bound =
                        |direction| below(&people, &exact, &withheld, (share, at, cell), direction);
                    let (low, high) = (
                        bound(OptimizationDirection::Minimize),
                        bound(OptimizationDirection::Maximize),
                    );
                    let n = rows.len() as f64;
                    let is_open = low <= truth - 3f64.min(truth) + 1e-6
                        && high >= truth + 3f64.min(n - truth) - 1e-6;
                    open += usize::from(is_open);
                    assert!(
                        high - low > 1.0 - 1e-6,
                        "{truth} of {n} lie at or below {at}: {low} to {high}"
                    );
                }
            }
        }
    }
    eprintln!(
        "{tried} numbers of few people at or below a published quantile: {open} stay open by three or all; {shown_cells} cells shown"
    );
    assert!(tried > 100 && open * 10 >= tried * 9, "{open} of {tried}");
    assert!(shown_cells > 100);
}

#[test]
fn an_answer_that_is_one_persons_own_is_not_told() {
    // Nobody shares an answer with anybody.
    let months: Vec<f64> =
        (0..40).map(|at| 3.17 + 1.31 * f64::from(at) + 0.003 * f64::from(at * at)).collect();
    let design = Design::new(&Plan::simple(), months.len()).expect("a design");
    let tell = |share: f64| {
        let crossing =
            cross_quantile(&design, &[], Values::Numbers(&months), share, &Options::default());
        let crossing = crossing.expect("one cell");
        (
            release(&crossing, &Rules::default(), &Standard::default()),
            reasons(&crossing, &Rules::default()),
        )
    };
    let (released, _) = tell(0.5);
    let figure = released.cells()[0].figure.as_ref().expect("a median of forty");
    let (low, high) = figure.bounds.expect("bounds");
    for told in [figure.value, low, high] {
        assert!(months.iter().all(|month| (month - told).abs() > 1e-9), "{told} is somebody's own");
        assert!((told / 5.0).fract().abs() < 1e-9, "in steps of five: {told}");
    }
    // At or beyond the 37th of forty are four.
    let (released, reasons) = tell(0.92);
    assert_eq!(released.cells()[0].figure, Err(Withheld::Protected));
    assert_eq!(reasons, [Some(Withheld::FewBeyond)]);
    // A bound near the end is not told, nor the error, which would tell it.
    let (released, _) = tell(0.8);
    let figure = released.cells()[0].figure.as_ref().expect("an eighth decile of forty");
    assert!(
        figure.bounds.is_none()
            && figure.se.is_nan()
            && figure.weak.contains(&Weakness::WideInterval)
    );
}

#[test]
fn what_all_have_alike_is_not_told() {
    let group = Groups::from_text((0..60).map(|at| ["a", "b", "c"][at % 3]));
    let design = Design::new(&Plan::simple(), 60).expect("a design");
    let alike: Vec<f64> =
        (0..60).map(|at| if at % 3 == 0 { 12.0 } else { f64::from(at) }).collect();
    let values = Values::Numbers(&alike);
    let options = Options::default();
    let mean = cross(&design, &[("group", &group)], Statistic::Mean(values), &options);
    let median = cross_quantile(&design, &[("group", &group)], values, 0.5, &options);
    for crossing in [mean.expect("means"), median.expect("medians")] {
        let why = reasons(&crossing, &Rules::default());
        assert_eq!(why[0], Some(Withheld::AllAlike));
        assert!(why[1..3].contains(&Some(Withheld::Complementary)), "{why:?}");
    }
}

#[test]
fn a_denominator_of_few_or_of_one_is_withheld() {
    let rows = || (0..4usize).flat_map(|group| (0..30usize).map(move |at| (group, at)));
    let group = Groups::from_text(rows().map(|(group, _)| ["a", "b", "c", "d"][group]));
    let over: Vec<f64> = rows().map(|(_, at)| 1.0 + at as f64).collect();
    let under = rows().map(|(group, at)| match (group, at) {
        // In the first group four have any, in the second one has most.
        (0, at) if at >= 4 => 0.0,
        (1, 0) => 1_000.0,
        (_, at) => 1.0 + (at % 5) as f64,
    });
    let under: Vec<f64> = under.collect();
    let design = Design::new(&Plan::simple(), over.len()).expect("a design");
    let ratio = Statistic::Ratio(Values::Numbers(&over), Values::Numbers(&under));
    let crossing = cross(&design, &[("group", &group)], ratio, &Options::default());
    let why = reasons(&crossing.expect("a table"), &Rules::default());
    assert_eq!(why[..2], [Some(Withheld::FewAnswers), Some(Withheld::Dominated)]);
}

#[test]
fn ratios_and_quantiles_that_cannot_be() {
    let design = Design::new(&Plan::simple(), 12).expect("a design");
    let (some, none) = ([2.0; 12], [0.0; 12]);
    let told = |problems: Vec<Problem>| problems[0].to_string();
    let ratio = |y: &[f64], x: &[f64]| {
        let ratio = Statistic::Ratio(Values::Numbers(y), Values::Numbers(x));
        told(cross(&design, &[], ratio, &Options::default()).expect_err("no ratio"))
    };
    assert!(ratio(&some, &none).starts_with("denominator: nobody who is known in both"));
    assert!(ratio(&some, &[f64::NAN; 12]).starts_with("denominator: nobody"));
    assert!(ratio(&some[..3], &some).starts_with("numerator: has 3 rows"));
    assert!(ratio(&some, &[f64::INFINITY; 12]).contains("an infinite value"));
    for share in [0.0, 1.0, 50.0, -0.5, f64::NAN] {
        let found =
            cross_quantile(&design, &[], Values::Numbers(&some), share, &Options::default());
        assert!(told(found.expect_err("no quantile")).starts_with("quantile: "), "{share}");
    }
    let variance = Statistic::Variance(Values::Numbers(&some));
    let found = cross(&design, &[], variance, &Options::default());
    assert!(told(found.expect_err("no variance")).contains("does not add up"));
}

#[test]
fn few_positives_are_said_where_the_method_is_too_narrow_for_them() {
    let flags: Vec<u8> = (0..400).map(|at| u8::from(at % 20 == 0)).collect();
    let design = Design::new(&Plan::simple(), 400).expect("a design");
    let weak = |interval, yes: &[u8]| {
        let options = Options { interval, ..Options::default() };
        let asked = Statistic::Proportion(Values::Flags(yes));
        let crossing = cross(&design, &[], asked, &options).expect("one cell");
        let released = release(&crossing, &Rules::default(), &Standard::default());
        released.cells()[0].figure.as_ref().expect("a share").weak.contains(&Weakness::FewPositives)
    };
    // Twenty of four hundred say yes; or no.
    let others: Vec<u8> = flags.iter().map(|yes| 1 - yes).collect();
    for flags in [&flags, &others] {
        assert!(weak(Interval::Arcsine, flags) && weak(Interval::Mean, flags));
        assert!(!weak(Interval::Logit, flags) && !weak(Interval::Beta, flags));
    }
    let many: Vec<u8> = (0..400).map(|at| u8::from(at % 4 == 0)).collect();
    assert!(!weak(Interval::Arcsine, &many) && !weak(Interval::Mean, &many));
}
