//! An attacker who knows that people are whole: he knows how many were asked in every inner cell, the weights, the design and the rules of
//! rounding, tries numbers of people who may have said yes in the withheld cells, and keeps those from which all that was published would have come:
//! values, errors, intervals, effective sizes and design effects of shown cells and totals, digit by digit.

use survey::*;

/// Nodes of one search, and candidates in it that are reckoned through with the engine: both count, neither waits.
const MOST_NODES: usize = 40_000;
const MOST_RECKONED: usize = 60;

struct Sample {
    /// By factor its groups; of a nested table each group of the first holds two of the second.
    sizes: Vec<usize>,
    is_nested: bool,
    /// By inner cell, people asked.
    asked: Vec<u64>,
    /// By group of the stratifying factor.
    weights: Vec<f64>,
    /// Whether it is asked as a share among some: in each inner cell three more people stand beside, to whom the question does not apply.
    is_among: bool,
}

impl Sample {
    fn places(&self, inner: usize) -> Vec<usize> {
        let mut places = vec![0; self.sizes.len()];
        let mut rest = inner;
        for (place, size) in places.iter_mut().zip(&self.sizes).rev() {
            *place = rest % size;
            rest /= size;
        }
        places
    }

    fn stratum(&self, inner: usize) -> usize {
        self.places(inner)[usize::from(self.is_nested)]
    }

    fn weight(&self, inner: usize) -> f64 {
        self.weights[self.stratum(inner)]
    }

    /// The table if so many said yes in each inner cell.
    fn crossing(&self, yes: &[u64]) -> Crossing {
        let beside = if self.is_among { 3 } else { 0 };
        let of_cell = |cell: usize| {
            let asked = (0..self.asked[cell]).map(move |i| (cell, u8::from(i < yes[cell]), 1));
            let beside = if self.asked[cell] > 0 { beside } else { 0 };
            asked.chain((0..beside).map(move |_| (cell, 0, 0)))
        };
        let rows: Vec<(usize, u8, u8)> = (0..self.asked.len()).flat_map(of_cell).collect();
        let column = |k: usize| {
            let codes = rows.iter().map(|row| self.places(row.0)[k] as u32).collect();
            Groups::from_codes(codes, (0..self.sizes[k]).map(|at| at.to_string()).collect())
                .expect("codes")
        };
        let columns: Vec<Groups> = (0..self.sizes.len()).map(column).collect();
        let factors: Vec<(&str, &Groups)> =
            ["a", "b", "c", "d"].into_iter().zip(&columns).collect();
        let flags: Vec<u8> = rows.iter().map(|row| row.1).collect();
        let weights: Vec<f64> = rows.iter().map(|row| self.weight(row.0)).collect();
        let person = Groups::from_numbers((0..rows.len() as i64).collect::<Vec<_>>());
        let plan = Plan {
            weights: Weights::Given(&weights),
            stages: vec![Stage {
                clusters: Clusters::Groups(&person),
                strata: Some(&columns[usize::from(self.is_nested)]),
                population: Population::Unlimited,
            }],
            ..Plan::simple()
        };
        let design = Design::new(&plan, rows.len()).expect("a design");
        let applies: Vec<u8> = rows.iter().map(|row| row.2).collect();
        let flags = Values::Flags(&flags);
        let asked = match self.is_among {
            true => Statistic::Ratio(flags, Values::Flags(&applies)),
            false => Statistic::Proportion(flags),
        };
        cross(&design, &factors, asked, &Options::default()).expect("a table")
    }

    /// By cell of the table, totals too, its inner cells.
    fn made_of(&self) -> Vec<Vec<usize>> {
        let cells: usize = self.sizes.iter().map(|size| size + 1).product();
        let mut made_of = vec![Vec::new(); cells];
        for inner in (0..self.asked.len()).filter(|&inner| self.asked[inner] > 0) {
            for subset in 0..1usize << self.sizes.len() {
                let at = self.places(inner).iter().zip(&self.sizes).enumerate().fold(
                    0,
                    |at, (k, (place, size))| {
                        at * (size + 1) + if subset >> k & 1 == 1 { *size } else { *place }
                    },
                );
                made_of[at].push(inner);
            }
        }
        made_of
    }
}

fn sample(
    sizes: &[usize],
    (is_nested, is_among): (bool, bool),
    are_weighted: bool,
    seed: u64,
) -> (Sample, Vec<u64>) {
    let mut chance = Chance::new(seed);
    let mut sample = Sample {
        sizes: sizes.to_vec(),
        is_nested,
        asked: Vec::new(),
        weights: Vec::new(),
        is_among,
    };
    for inner in 0..sizes.iter().product() {
        let places = sample.places(inner);
        let is_there = !is_nested || places[1] / 2 == places[0];
        let few = chance.below(3) == 0;
        let n = if few { 3 + chance.below(6) } else { 14 + chance.below(20) };
        sample.asked.push(if is_there { n } else { 0 });
    }
    let strata = sizes[usize::from(is_nested)];
    sample.weights =
        (0..strata).map(|at| 10.0 + if are_weighted { 7.3 * at as f64 } else { 0.0 }).collect();
    let yes = sample.asked.iter().map(|&n| chance.below(n / 2 + 1)).collect();
    (sample, yes)
}

/// Steps of published values and errors over withheld cells, as the rules say.
fn steps(x: f64, steps: &[f64]) -> f64 {
    let ten = 10f64.powi(x.log10().floor() as i32);
    steps.iter().map(|step| step * ten).find(|step| x <= step * (1.0 + 1e-9)).unwrap_or(10.0 * ten)
}

/// The unit of a published value over withheld cells, for who knows the exact error.
fn unit(figure: &Figure) -> f64 {
    let one_digit =
        if figure.se > 0.0 { 10f64.powi(figure.se.log10().floor() as i32) } else { 1e-3 };
    steps(one_digit.max(2.0 / figure.n as f64) * (1.0 - 1e-9), &[1.0, 2.0, 5.0])
}

/// Whether a figure with all digits would have been published as this one.
fn is_published_as(exact: &Figure, shown: &Figure, is_above: bool) -> bool {
    let near = |a: f64, b: f64, unit: f64| (a - b).abs() <= 0.5 * unit + 1e-9;
    let of_pair = |is_near: &dyn Fn(f64, f64) -> bool, a: Option<f64>, b: Option<f64>| match (a, b)
    {
        (Some(a), Some(b)) => is_near(a, b),
        (a, b) => a.is_none() == b.is_none(),
    };
    let bound = |figure: &Figure, high: bool| {
        figure.bounds.map(|bounds| if high { bounds.1 } else { bounds.0 })
    };
    if is_above {
        // The interval is made of these two.
        let error = if exact.se > 0.0 { steps(exact.se, &[1.0, 1.5, 2.0, 3.0, 5.0]) } else { 0.0 };
        return near(exact.value, shown.value, unit(exact)) && (error - shown.se).abs() < 1e-9;
    }
    let place = |x: f64| 10f64.powi(x.abs().log10().floor() as i32 - 1);
    let of_error = if exact.se > 0.0 { place(exact.se) } else { 1e-3 };
    let of_value = |a: f64, b: f64| near(a, b, of_error);
    let of_own = |a: f64, b: f64| near(a, b, if a == 0.0 { 1e-9 } else { place(a) });
    of_value(exact.value, shown.value)
        && of_own(exact.se, shown.se)
        && [false, true]
            .into_iter()
            .all(|high| of_pair(&of_value, bound(exact, high), bound(shown, high)))
        && of_pair(&of_own, exact.effective_n, shown.effective_n)
        && of_pair(&of_own, exact.design_effect, shown.design_effect)
}

/// Looks for numbers of whole people in the withheld cells from which all that was published would come.
struct Search<'a> {
    /// The withheld cells in the order in which they are tried: people asked, and who said yes in truth, near which the search begins.
    open: &'a [(u64, u64)],
    /// What is allowed of the first, and how far the others may be from the truth.
    allowed: (u64, u64),
    far: u64,
    /// Sums of shown cells: by open cell its weight, then what they must be between.
    sums: &'a [(Vec<f64>, f64, f64)],
    nodes: usize,
    reckoned: usize,
    tried: Vec<u64>,
}

impl Search<'_> {
    /// None where the search was given up.
    fn finds(&mut self, fits: &mut dyn FnMut(&[u64]) -> bool) -> Option<bool> {
        let at = self.tried.len();
        self.nodes += 1;
        if self.nodes > MOST_NODES || self.reckoned > MOST_RECKONED {
            return None;
        }
        for (weights, low, high) in self.sums {
            let so_far: f64 =
                self.tried.iter().zip(weights).map(|(&yes, weight)| yes as f64 * weight).sum();
            let most: f64 = (at..self.open.len()).map(|k| weights[k] * self.open[k].0 as f64).sum();
            if so_far > high + 1e-9 || so_far + most < low - 1e-9 {
                return Some(false);
            }
        }
        if at == self.open.len() {
            self.reckoned += 1;
            return Some(fits(&self.tried));
        }
        let (n, yes) = self.open[at];
        let near = (yes.saturating_sub(self.far), n.min(yes.saturating_add(self.far)));
        let (low, high) = if at == 0 { self.allowed } else { near };
        let mut values: Vec<u64> = (low..=high).collect();
        values.sort_by_key(|value| value.abs_diff(yes));
        for value in values {
            self.tried.push(value);
            let found = self.finds(fits);
            self.tried.pop();
            if found != Some(false) {
                return found;
            }
        }
        Some(false)
    }
}

#[derive(Default)]
struct Tally {
    tables: usize,
    cells: usize,
    /// Cells whose number is the only one that fits, and those for which another was not found in time.
    known: usize,
    undecided: usize,
    /// Cells that could hold three fewer and three more, or none and all.
    as_promised: usize,
    /// Sides, lower and upper, on which nothing so far away fits, though all was tried.
    nearer: usize,
}

/// How far the attacker comes with each cell that a rule withholds.
fn attack_by_persons(sample: &Sample, truth: &[u64], tally: &mut Tally) {
    let crossing = sample.crossing(truth);
    let released = release(&crossing, &Rules::default(), &Standard::default());
    let why = reasons(&crossing, &Rules::default());
    let made_of = sample.made_of();
    let mut of_inner = vec![usize::MAX; sample.asked.len()];
    for (cell, inner) in made_of.iter().enumerate() {
        let is_inner = sample
            .sizes
            .iter()
            .rev()
            .fold((cell, true), |(rest, is), size| {
                (rest / (size + 1), is && rest % (size + 1) < *size)
            })
            .1;
        if let (true, [one]) = (is_inner, &inner[..]) {
            of_inner[*one] = cell;
        }
    }
    let shown = |cell: usize| released.cells()[cell].figure.as_ref().ok();
    let open: Vec<usize> = (0..sample.asked.len())
        .filter(|&at| sample.asked[at] > 0 && shown(of_inner[at]).is_none())
        .collect();
    if open.is_empty()
        || open.len() > 16
        || released.cells().iter().all(|cell| cell.figure.is_err())
    {
        return;
    }
    let is_above = |cell: usize| made_of[cell].iter().any(|inner| open.contains(inner));
    let mut sums = Vec::new();
    for cell in (0..made_of.len()).filter(|&cell| is_above(cell)) {
        let Some(figure) = shown(cell) else { continue };
        let people: f64 =
            made_of[cell].iter().map(|&at| sample.weight(at) * sample.asked[at] as f64).sum();
        let known: f64 = made_of[cell]
            .iter()
            .filter(|at| !open.contains(at))
            .map(|&at| sample.weight(at) * truth[at] as f64)
            .sum();
        // The published error is no smaller than the exact one, so this unit is no finer than the one that was used.
        let half = 0.5 * unit(figure) + 1e-9;
        let weights =
            open.iter().map(|at| if made_of[cell].contains(at) { sample.weight(*at) } else { 0.0 });
        sums.push((
            weights.collect::<Vec<_>>(),
            (figure.value - half) * people - known,
            (figure.value + half) * people - known,
        ));
    }
    tally.tables += 1;
    let mut reckoned = std::collections::BTreeMap::new();
    let mut fits = |yes: &Vec<u64>| -> bool {
        *reckoned.entry(yes.clone()).or_insert_with(|| {
            let all = reveal(&sample.crossing(yes), &Standard::default());
            all.cells().iter().zip(released.cells()).enumerate().all(
                |(cell, (exact, shown))| match (&exact.figure, &shown.figure) {
                    (Ok(exact), Ok(shown)) => is_published_as(exact, shown, is_above(cell)),
                    _ => true,
                },
            )
        })
    };
    assert!(fits(&truth.to_vec()), "the attacker rounds as we do");
    for k in 0..open.len() {
        if why[of_inner[open[k]]] == Some(Withheld::Complementary) {
            continue;
        }
        // The cell itself first, then the others.
        let mut order: Vec<usize> = (0..open.len()).collect();
        order[..=k].rotate_right(1);
        let of: Vec<(u64, u64)> =
            order.iter().map(|&k| (sample.asked[open[k]], truth[open[k]])).collect();
        let sums: Vec<(Vec<f64>, f64, f64)> = sums
            .iter()
            .map(|(weights, low, high)| (order.iter().map(|&k| weights[k]).collect(), *low, *high))
            .collect();
        let mut exists = |allowed: (u64, u64)| {
            let mut fits = |tried: &[u64]| {
                let mut yes = truth.to_vec();
                order.iter().zip(tried).for_each(|(&k, &one)| yes[open[k]] = one);
                fits(&yes)
            };
            // Near the truth first; that nothing fits is sure only where all was tried.
            let mut within = |far: u64| {
                let (open, sums, tried) = (&of, &sums, Vec::new());
                let mut search = Search { open, allowed, far, sums, nodes: 0, reckoned: 0, tried };
                search.finds(&mut fits)
            };
            let near = [1, 2, 4].into_iter().any(|far| within(far) == Some(true));
            if near { Some(true) } else { within(u64::MAX) }
        };
        let (n, yes) = of[0];
        let down = if yes == 0 { Some(true) } else { exists((0, yes.saturating_sub(3))) };
        let up = if yes == n { Some(true) } else { exists(((yes + 3).min(n), n)) };
        let nearest =
            [(yes > 0).then(|| exists((0, yes - 1))), (yes < n).then(|| exists((yes + 1, n)))];
        tally.cells += 1;
        tally.as_promised += usize::from(down == Some(true) && up == Some(true));
        tally.nearer += [down, up].iter().filter(|side| **side == Some(false)).count();
        let is_open = nearest.contains(&Some(Some(true)));
        let is_given_up = nearest.contains(&Some(None));
        tally.known += usize::from(!is_open && !is_given_up);
        tally.undecided += usize::from(!is_open && is_given_up);
    }
}

#[test]
fn whole_people_stay_open_in_tables_of_one_to_four_dimensions() {
    let tables: [(&str, &[usize], (bool, bool)); 8] = [
        ("5", &[5], (false, false)),
        ("3 × 3", &[3, 3], (false, false)),
        ("4 × 2", &[4, 2], (false, false)),
        ("2 × 3 × 2", &[2, 3, 2], (false, false)),
        ("2 × 2 × 2 × 2", &[2, 2, 2, 2], (false, false)),
        ("2 regions of 2 × 2, nested", &[2, 4, 2], (true, false)),
        ("5, a ratio among some", &[5], (false, true)),
        ("3 × 3, a ratio among some", &[3, 3], (false, true)),
    ];
    let mut all = Tally::default();
    for (name, sizes, kind) in tables {
        let mut tally = Tally::default();
        for seed in 0..10 {
            let (sample, yes) = sample(sizes, kind, seed % 3 > 0, seed);
            attack_by_persons(&sample, &yes, &mut tally);
        }
        let Tally { tables, cells, known, undecided, as_promised, nearer } = tally;
        eprintln!(
            "{name}: {tables} tables, {cells} cells withheld by rule: {known} known to the person, {undecided} undecided, \
            {as_promised} open by three in both directions, {nearer} sides of {} nearer",
            2 * cells
        );
        assert!(tables > 5, "{tables} tables of {name}");
        all.cells += cells;
        all.known += known;
        all.undecided += undecided;
        all.as_promised += as_promised;
    }
    assert!(all.cells > 50, "{} cells", all.cells);
    assert_eq!(all.known, 0, "known to the person");
    assert!(all.undecided * 10 < all.cells, "{} of {} undecided", all.undecided, all.cells);
    assert!(all.as_promised * 2 > all.cells, "{} of {} open by three", all.as_promised, all.cells);
}
