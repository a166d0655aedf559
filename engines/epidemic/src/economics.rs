//! What money buys: the cost-effectiveness plane, net benefit, acceptability, and the policies that are not dominated.
//! Everything is read draw by draw, so that two policies are always compared in the same fate and with the same parameters.

use crate::ensemble::{Ensemble, Interval, Plan, Where, interval};
use crate::outcome::Quantity;

/// One draw on the cost-effectiveness plane: to the right averts, upward costs more than the first arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanePoint {
    pub draw: usize,
    pub averted: f64,
    pub extra_cost: f64,
}

/// Shares of draws in the four quarters of the plane. Black 1990, Med Decis Making 10:212.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quarters {
    /// Averts and saves: better on both counts.
    pub dominates: f64,
    /// Averts and costs more.
    pub costs_more: f64,
    /// Averts less and saves.
    pub averts_less: f64,
    /// Averts less and costs more.
    pub dominated: f64,
}

/// A policy that is worth choosing at some willingness to pay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Efficient {
    pub arm: usize,
    /// Against the first arm, means over draws.
    pub extra_cost: f64,
    pub averted: f64,
    /// What each further unit costs when going on from the efficient policy before this one: the incremental
    /// cost-effectiveness ratio. None for the first.
    pub ratio: Option<f64>,
}

/// At one willingness to pay: how often each arm is the best of all, and which is best on average.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptability {
    pub willingness_to_pay: f64,
    /// By arm, of 1 in all.
    pub best: Vec<f64>,
    /// The arm of greatest mean net benefit: the frontier. Fenwick, Claxton & Sculpher 2001, Health Econ 10:779.
    pub optimal: usize,
}

impl Plan<'_> {
    /// The same plan with costs and health discounted at this rate a year (0.03 is 3 %), whatever the country's file says.
    pub fn discounted(mut self, rate: f64) -> Self {
        self.draws.iter_mut().for_each(|p| p.discount = rate.clamp(0.0, 0.2));
        self
    }
}

impl Ensemble {
    /// What the first arm has more than this one in one year, paired by draw.
    pub fn averted_in_year(
        &self,
        arm: usize,
        quantity: Quantity,
        place: Where,
        year: usize,
    ) -> Option<Interval> {
        let of = |d: &crate::ensemble::DrawResult, arm: usize| {
            d.arms[arm].in_year(quantity, place, year)
        };
        interval(self.draws.iter().map(|d| of(d, 0) - of(d, arm)).collect())
    }

    /// Extra cost for each unit averted: ratio of means, the usual estimate. None when nothing is averted.
    /// Stinnett & Mullahy 1998, Med Decis Making 18:S68, say why the mean of ratios is not.
    pub fn cost_per_averted(&self, arm: usize, quantity: Quantity) -> Option<f64> {
        let averted = self.averted(arm, quantity, Where::Everywhere)?.mean;
        let saved = self.averted(arm, Quantity::Cost, Where::Everywhere)?.mean;
        (averted > 0.0).then(|| -saved / averted)
    }

    /// Every draw of an arm on the plane.
    pub fn plane(&self, arm: usize, averted: Quantity) -> Vec<PlanePoint> {
        let health = self.averted_by_draw(arm, averted, Where::Everywhere);
        let saved = self.averted_by_draw(arm, Quantity::Cost, Where::Everywhere);
        let points = self.draws.iter().zip(health.into_iter().zip(saved));
        points
            .map(|(d, (averted, saved))| PlanePoint { draw: d.index, averted, extra_cost: -saved })
            .collect()
    }

    /// None without draws. A draw on an axis counts with the better side.
    pub fn quarters(&self, arm: usize, averted: Quantity) -> Option<Quarters> {
        let points = self.plane(arm, averted);
        let share = |test: fn(&PlanePoint) -> bool| {
            points.iter().filter(|p| test(p)).count() as f64 / points.len() as f64
        };
        (!points.is_empty()).then(|| Quarters {
            dominates: share(|p| p.averted >= 0.0 && p.extra_cost <= 0.0),
            costs_more: share(|p| p.averted >= 0.0 && p.extra_cost > 0.0),
            averts_less: share(|p| p.averted < 0.0 && p.extra_cost <= 0.0),
            dominated: share(|p| p.averted < 0.0 && p.extra_cost > 0.0),
        })
    }

    /// Net monetary benefit: DALYs averted at what a country pays for one, less the extra cost.
    pub fn net_benefit(&self, arm: usize) -> Option<Interval> {
        interval(self.net_benefit_by_draw(arm, None))
    }

    /// Share of draws in which the arm is worth its cost against the first, at a given willingness to pay for a DALY averted.
    pub fn acceptable(&self, arm: usize, willingness_to_pay: f64) -> Option<f64> {
        let benefits = self.net_benefit_by_draw(arm, Some(willingness_to_pay));
        let good = benefits.iter().filter(|&&b| b > 0.0).count() as f64;
        (!benefits.is_empty()).then(|| good / benefits.len() as f64)
    }

    /// All arms against each other over a range of willingness to pay: the acceptability curves and their frontier.
    /// Equal benefits count for the earlier arm. None without draws.
    pub fn acceptability(&self, willingness_to_pay: &[f64]) -> Option<Vec<Acceptability>> {
        let n = self.draws.len();
        let at = |&willingness_to_pay: &f64| {
            let benefits: Vec<Vec<f64>> = (0..self.arms.len())
                .map(|arm| self.net_benefit_by_draw(arm, Some(willingness_to_pay)))
                .collect();
            let greatest = |of: &dyn Fn(usize) -> f64| {
                (1..self.arms.len())
                    .fold(0, |best, arm| if of(arm) > of(best) { arm } else { best })
            };
            let mut best = vec![0.0; self.arms.len()];
            for draw in 0..n {
                best[greatest(&|arm| benefits[arm][draw])] += 1.0 / n as f64;
            }
            let optimal = greatest(&|arm| benefits[arm].iter().sum());
            Acceptability { willingness_to_pay, best, optimal }
        };
        (n > 0 && !self.arms.is_empty()).then(|| willingness_to_pay.iter().map(at).collect())
    }

    /// The policies that are neither dominated (another averts more for less) nor dominated by a mix of two others,
    /// with what each further unit averted costs. Johannesson & Weinstein 1993, J Health Econ 12:459.
    pub fn efficient(&self, averted: Quantity) -> Vec<Efficient> {
        let mut all: Vec<Efficient> = (0..self.arms.len())
            .filter_map(|arm| {
                let saved = self.averted(arm, Quantity::Cost, Where::Everywhere)?.mean;
                let averted = self.averted(arm, averted, Where::Everywhere)?.mean;
                Some(Efficient { arm, extra_cost: -saved, averted, ratio: None })
            })
            .collect();
        all.sort_by(|a, b| {
            a.extra_cost.total_cmp(&b.extra_cost).then(b.averted.total_cmp(&a.averted))
        });
        let slope =
            |a: &Efficient, b: &Efficient| (b.extra_cost - a.extra_cost) / (b.averted - a.averted);
        let mut kept: Vec<Efficient> = Vec::new();
        for next in all {
            if kept.last().is_some_and(|last| next.averted <= last.averted) {
                continue;
            }
            // A bend the wrong way: the one in the middle is beaten by a mix of its neighbours.
            while let [.., before, last] = kept.as_slice()
                && slope(before, last) >= slope(last, &next)
            {
                kept.pop();
            }
            kept.push(next);
        }
        for i in 1..kept.len() {
            kept[i].ratio = Some(slope(&kept[i - 1], &kept[i]));
        }
        kept
    }

    fn net_benefit_by_draw(&self, arm: usize, willingness_to_pay: Option<f64>) -> Vec<f64> {
        let dalys = self.averted_by_draw(arm, Quantity::Dalys, Where::Everywhere);
        let saved = self.averted_by_draw(arm, Quantity::Cost, Where::Everywhere);
        self.draws
            .iter()
            .zip(dalys.iter().zip(&saved))
            .map(|(d, (dalys, saved))| {
                dalys * willingness_to_pay.unwrap_or(d.willingness_to_pay) + saved
            })
            .collect()
    }
}
