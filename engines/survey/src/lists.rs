//! How many people there are in all, from three or more lists that overlap: log-linear capture–recapture.
//! The people on no list are the cell that a model of the others foretells; which lists depend on each other is chosen by AIC or BIC.

use libm::lgamma;

use crate::chance::Chance;
use crate::distribution::normal_quantile;
use crate::hidden::Size;
use crate::linear::{dot, orthonormal};
use crate::problem::Problem;

/// How many people are on which lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    lists: usize,
    /// By pattern, list k being bit k; the first, on no list, is zero.
    counts: Vec<u64>,
}

/// Which dependences a search may put into the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// None: the lists are independent.
    Independent,
    /// Any between two lists.
    #[default]
    Pairs,
}

/// By what the model is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// Akaike 1974: deviance + 2 parameters.
    Aic,
    /// Schwarz 1978: deviance + parameters × ln people. The default, since it errs towards fewer dependences and narrower intervals do not
    /// come from chance findings (Hook and Regal 1997, *American Journal of Epidemiology* 145:1138–1144).
    #[default]
    Bic,
}

/// One model, fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct ListsModel {
    /// The pairs of lists that depend on each other.
    pub pairs: Vec<(usize, usize)>,
    /// People, those on no list among them.
    pub people: f64,
    /// Standard error of `people`, the model taken as given.
    pub se: f64,
    /// Of the cells that were seen.
    pub deviance: f64,
    /// Cells less parameters; 0 in a model that fits whatever comes.
    pub df: usize,
    /// Deviance + 2 parameters.
    pub aic: f64,
    /// Deviance + parameters × ln of the people seen.
    pub bic: f64,
}

impl Lists {
    /// From patterns as `"101"` (on the first and the third) and how many people have them; what is not named is zero.
    ///
    /// ```
    /// // Hepatitis A in a college of northern Taiwan, 1995: serum test, hospital, epidemiologists (Chao et al. 2001, *Statistics in
    /// // Medicine* 20:3123–3157): 271 were found; a screening of all then found about 545.
    /// let lists = survey::Lists::from_patterns(&[
    ///     ("111", 28), ("110", 21), ("101", 17), ("011", 18), ("100", 69), ("010", 55), ("001", 63),
    /// ]).unwrap();
    /// assert_eq!(lists.seen(), 271);
    /// let independent = &lists.models(survey::Scope::Independent).unwrap()[0];
    /// assert_eq!(format!("{:.0}", independent.people), "388");
    /// ```
    pub fn from_patterns(counts: &[(&str, u64)]) -> Result<Self, Problem> {
        let lists = counts.first().map_or(0, |(pattern, _)| pattern.len());
        let mut made = Self::empty(lists)?;
        for (index, (pattern, people)) in counts.iter().enumerate() {
            let is_pattern =
                pattern.len() == lists && pattern.bytes().all(|b| matches!(b, b'0' | b'1'));
            let code = pattern
                .bytes()
                .enumerate()
                .map(|(k, b)| usize::from(b == b'1') << k)
                .sum::<usize>();
            if !is_pattern || code == 0 {
                let message = format!(
                    "“{pattern}”; write {lists} digits, 1 for on the list and 0 for not, with a 1 among them"
                );
                return Err(Problem::at("patterns", index, message));
            }
            made.counts[code] += people;
        }
        made.checked()
    }

    /// From one column for each list: 1 where the person of that row is on it. People on no list are passed over.
    pub fn from_columns(columns: &[&[u8]]) -> Result<Self, Problem> {
        let mut made = Self::empty(columns.len())?;
        let rows = columns.first().map_or(0, |column| column.len());
        if let Some(k) = columns.iter().position(|column| column.len() != rows) {
            let message = format!(
                "list {} has {} rows where the first has {rows}; give one for each person",
                k + 1,
                columns[k].len()
            );
            return Err(Problem::of("lists", message));
        }
        for row in 0..rows {
            let bits = columns.iter().enumerate();
            let code: usize = bits.map(|(k, column)| usize::from(column[row] == 1) << k).sum();
            made.counts[code] += u64::from(code > 0);
        }
        made.checked()
    }

    fn empty(lists: usize) -> Result<Self, Problem> {
        if !(3..=8).contains(&lists) {
            let message =
                format!("{lists} lists; give three to eight, or take `two_lists` for two");
            return Err(Problem::of("lists", message));
        }
        Ok(Lists { lists, counts: vec![0; 1 << lists] })
    }

    fn checked(self) -> Result<Self, Problem> {
        let on = |k: usize| -> u64 {
            (0..self.counts.len())
                .filter(|code| code >> k & 1 == 1)
                .map(|code| self.counts[code])
                .sum()
        };
        match (0..self.lists).find(|&k| on(k) == 0) {
            Some(k) => {
                let message = format!("nobody is on list {}; leave it out", k + 1);
                Err(Problem::of("lists", message))
            }
            None => Ok(self),
        }
    }

    /// People on one list at least.
    pub fn seen(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Every model in the scope (with more than five lists, those that a search step by step meets), the best by AIC first.
    /// Fienberg 1972 (*Biometrika* 59:591–603); International Working Group for Disease Monitoring and Forecasting 1995,
    /// *American Journal of Epidemiology* 142:1047–1058.
    ///
    /// A problem where no model can be fitted, as where no two lists share anybody.
    pub fn models(&self, scope: Scope) -> Result<Vec<ListsModel>, Problem> {
        let counts: Vec<f64> = self.counts.iter().map(|&people| people as f64).collect();
        let mut models = self.search(&counts, scope, Choice::Aic);
        models.sort_by(|a, b| a.aic.total_cmp(&b.aic).then(a.pairs.len().cmp(&b.pairs.len())));
        if models.is_empty() {
            let message = "no model can be fitted: too few people are on two lists";
            return Err(Problem::of("lists", message));
        }
        Ok(models)
    }

    /// The best model, and its size with a profile-likelihood interval (Cormack 1992, *Biometrics* 48:567–576), the model taken as given.
    pub fn estimate(
        &self,
        scope: Scope,
        choice: Choice,
        level: f64,
    ) -> Result<(ListsModel, Size), Problem> {
        check_level(level)?;
        let model = best(self.models(scope)?, choice);
        let bounds = self.profile(&model, level);
        let size = Size { people: model.people, se: model.se, bounds };
        Ok((model, size))
    }

    /// As [`estimate`](Self::estimate), with an interval from `times` samples drawn from the best model, the model being chosen anew in
    /// each, so that the choice counts in the interval: Buckland and Garthwaite 1991, *Biometrics* 47:255–268, percentiles.
    pub fn bootstrap(
        &self,
        scope: Scope,
        choice: Choice,
        level: f64,
        times: usize,
        chance: &mut Chance,
    ) -> Result<(ListsModel, Size), Problem> {
        check_level(level)?;
        if times < 100 {
            let message = format!("{times} samples; draw 100 at least, 1000 for an interval");
            return Err(Problem::of("bootstrap", message));
        }
        let counts: Vec<f64> = self.counts.iter().map(|&people| people as f64).collect();
        let model = best(self.models(scope)?, choice);
        let fitted = self.fit(&counts, &model.pairs, false).expect("it was fitted before");
        let people = model.people.round();
        let mut sums: Vec<f64> = fitted.means.clone();
        (1..sums.len()).for_each(|at| sums[at] += sums[at - 1]);
        let all = sums[sums.len() - 1];
        let mut sizes = Vec::with_capacity(times);
        for _ in 0..times {
            let mut drawn = vec![0.0; counts.len()];
            for _ in 0..people as u64 {
                let mark = chance.share() * all;
                drawn[sums.partition_point(|&sum| sum <= mark).min(counts.len() - 1)] += 1.0;
            }
            drawn[0] = 0.0;
            let found = self.search(&drawn, scope, choice);
            if !found.is_empty() {
                sizes.push(best(found, choice).people);
            }
        }
        sizes.sort_by(f64::total_cmp);
        let mean = sizes.iter().sum::<f64>() / sizes.len() as f64;
        let spread = sizes.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        let se = (spread / (sizes.len() as f64 - 1.0)).sqrt();
        let size = Size { people: model.people, se, bounds: percentiles(&sizes, level) };
        Ok((model, size))
    }

    fn search(&self, counts: &[f64], scope: Scope, choice: Choice) -> Vec<ListsModel> {
        let pairs: Vec<(usize, usize)> =
            (0..self.lists).flat_map(|a| (a + 1..self.lists).map(move |b| (a, b))).collect();
        let fitted = |pairs: &[(usize, usize)]| self.model(counts, pairs);
        match scope {
            Scope::Independent => fitted(&[]).into_iter().collect(),
            Scope::Pairs if self.lists <= 5 => (0usize..1 << pairs.len())
                .filter_map(|mask| {
                    let chosen: Vec<_> =
                        (0..pairs.len()).filter(|k| mask >> k & 1 == 1).map(|k| pairs[k]).collect();
                    fitted(&chosen)
                })
                .collect(),
            Scope::Pairs => {
                let mut met: Vec<ListsModel> = fitted(&[]).into_iter().collect();
                let mut here: Vec<(usize, usize)> = Vec::new();
                loop {
                    let more = pairs.iter().filter(|pair| !here.contains(pair));
                    let next: Vec<ListsModel> = more
                        .filter_map(|&pair| {
                            let mut wider = here.clone();
                            wider.push(pair);
                            wider.sort_unstable();
                            fitted(&wider)
                        })
                        .collect();
                    let now =
                        met.iter().map(|model| model.by(choice)).fold(f64::INFINITY, f64::min);
                    let Some(step) =
                        next.iter().min_by(|a, b| a.by(choice).total_cmp(&b.by(choice)))
                    else {
                        return met;
                    };
                    let is_better = step.by(choice) < now;
                    here = step.pairs.clone();
                    met.extend(next);
                    if !is_better {
                        return met;
                    }
                }
            }
        }
    }

    fn model(&self, counts: &[f64], pairs: &[(usize, usize)]) -> Option<ListsModel> {
        let fit = self.fit(counts, pairs, false)?;
        let seen: f64 = counts.iter().sum();
        let unseen = fit.means[0];
        let parameters = 1 + self.lists + pairs.len();
        let people = seen + unseen;
        // Poisson unseen, and the uncertainty of the constant: Rivest and Daigle 2004, *Biometrics* 60:100–107.
        let se = (unseen + unseen * unseen * fit.variance_of_constant).sqrt();
        (people.is_finite() && se.is_finite()).then(|| ListsModel {
            pairs: pairs.to_vec(),
            people,
            se,
            deviance: fit.deviance,
            df: counts.len() - 1 - parameters,
            aic: fit.deviance + 2.0 * parameters as f64,
            bic: fit.deviance + parameters as f64 * seen.ln(),
        })
    }

    /// Poisson regression by iterations; with `all`, the cell of those on no list is taken as seen.
    fn fit(&self, counts: &[f64], pairs: &[(usize, usize)], all: bool) -> Option<Fit> {
        let cells: Vec<usize> = (usize::from(!all)..counts.len()).collect();
        let on = |code: usize, k: usize| (code >> k & 1) as f64;
        let column = |of: &dyn Fn(usize) -> f64| -> Vec<f64> {
            cells.iter().map(|&code| of(code)).collect()
        };
        let mut columns = vec![column(&|_| 1.0)];
        columns.extend((0..self.lists).map(|k| column(&|code| on(code, k))));
        columns.extend(pairs.iter().map(|&(a, b)| column(&|code| on(code, a) * on(code, b))));
        if columns.len() > cells.len() {
            return None;
        }
        let y: Vec<f64> = cells.iter().map(|&code| counts[code]).collect();
        let mut eta: Vec<f64> = y.iter().map(|y| (y + 0.5).ln()).collect();
        let mut before = f64::INFINITY;
        for _ in 0..200 {
            let halves: Vec<f64> = eta.iter().map(|eta| (eta / 2.0).exp()).collect();
            let scaled: Vec<Vec<f64>> = columns
                .iter()
                .map(|column| column.iter().zip(&halves).map(|(x, h)| x * h).collect())
                .collect();
            let basis = orthonormal(&scaled);
            if basis.kept.len() < columns.len() {
                return None;
            }
            let response: Vec<f64> = (0..y.len())
                .map(|i| {
                    let mean = halves[i] * halves[i];
                    halves[i] * (eta[i] + (y[i] - mean) / mean)
                })
                .collect();
            let right: Vec<f64> = scaled.iter().map(|column| dot(column, &response)).collect();
            let beta = basis.solve_normal(&right);
            eta = (0..y.len())
                .map(|i| columns.iter().zip(&beta).map(|(column, b)| column[i] * b).sum())
                .collect();
            // A cell of nobody sinks without end; what it adds is nothing long before.
            eta.iter_mut().for_each(|eta: &mut f64| *eta = eta.clamp(-30.0, 50.0));
            let deviance = y.iter().zip(&eta).map(|(y, eta)| deviance(*y, *eta)).sum::<f64>();
            if (deviance - before).abs() < 1e-10 * (deviance.abs() + 0.1) {
                let mut first = vec![0.0; columns.len()];
                first[0] = 1.0;
                let variance_of_constant = basis.solve_normal(&first)[0];
                let mut means: Vec<f64> = eta.iter().map(|eta| eta.exp()).collect();
                if !all {
                    means.insert(0, beta[0].exp());
                }
                return Some(Fit { means, deviance, variance_of_constant });
            }
            before = deviance;
        }
        None
    }

    /// Multinomial likelihood of N people, the model's parameters at their best.
    fn likelihood(&self, pairs: &[(usize, usize)], unseen: f64) -> f64 {
        let mut counts: Vec<f64> = self.counts.iter().map(|&people| people as f64).collect();
        counts[0] = unseen;
        let people: f64 = counts.iter().sum();
        let Some(fit) = self.fit(&counts, pairs, true) else { return f64::NAN };
        let cells = counts.iter().zip(&fit.means).filter(|(count, _)| **count > 0.0);
        let fitted: f64 = cells.map(|(count, mean)| count * (mean / people).ln()).sum();
        lgamma(people + 1.0) - lgamma(unseen + 1.0) + fitted
    }

    fn profile(&self, model: &ListsModel, level: f64) -> (f64, f64) {
        let seen = self.seen() as f64;
        let at = |unseen: f64| self.likelihood(&model.pairs, unseen);
        // The likelihood is single-peaked in N: golden section about the estimate, in logs.
        let centre = (model.people - seen + 1.0).ln();
        let (mut low, mut high) = (0.0f64.min(centre - 3.0).max(-5.0), centre + 3.0);
        let golden = (5f64.sqrt() - 1.0) / 2.0;
        let of = |log: f64| at((log.exp() - 1.0).max(0.0));
        for _ in 0..60 {
            let (a, b) = (high - golden * (high - low), low + golden * (high - low));
            if of(a) < of(b) {
                low = a;
            } else {
                high = b;
            }
        }
        let peak = ((low + high) / 2.0).exp() - 1.0;
        let peak = peak.max(0.0);
        let z = normal_quantile(0.5 + level / 2.0);
        let cut = at(peak) - z * z / 2.0;
        let edge = |mut inside: f64, mut outside: f64| {
            for _ in 0..80 {
                let middle = (inside + outside) / 2.0;
                if at(middle) >= cut { inside = middle } else { outside = middle }
            }
            (inside + outside) / 2.0
        };
        let low = if at(0.0) >= cut { 0.0 } else { edge(peak, 0.0) };
        let mut far = 2.0 * peak + 10.0;
        while at(far) >= cut && far < 1e9 {
            far *= 2.0;
        }
        let high = if far >= 1e9 { f64::INFINITY } else { edge(peak, far) };
        (seen + low, seen + high)
    }
}

impl ListsModel {
    fn by(&self, choice: Choice) -> f64 {
        match choice {
            Choice::Aic => self.aic,
            Choice::Bic => self.bic,
        }
    }
}

struct Fit {
    /// By pattern.
    means: Vec<f64>,
    deviance: f64,
    variance_of_constant: f64,
}

fn deviance(y: f64, eta: f64) -> f64 {
    let mean = eta.exp();
    let log = if y == 0.0 { 0.0 } else { y * (y / mean).ln() };
    2.0 * (log - (y - mean))
}

fn best(models: Vec<ListsModel>, choice: Choice) -> ListsModel {
    let order = |a: &ListsModel, b: &ListsModel| {
        a.by(choice).total_cmp(&b.by(choice)).then(a.pairs.len().cmp(&b.pairs.len()))
    };
    models.into_iter().min_by(order).expect("there is a model")
}

/// Of sorted values, the inverse of their distribution at both tails.
pub(crate) fn percentiles(sorted: &[f64], level: f64) -> (f64, f64) {
    let at = |share: f64| {
        let place = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(place.clamp(1, sorted.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
    };
    (at((1.0 - level) / 2.0), at((1.0 + level) / 2.0))
}

fn check_level(level: f64) -> Result<(), Problem> {
    let message = || format!("{level}; confidence lies between 0 and 1, such as 0.95");
    if level > 0.0 && level < 1.0 { Ok(()) } else { Err(Problem::of("level", message())) }
}
