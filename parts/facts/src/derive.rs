//! From facts to the figures a page shows: which source speaks where several do, which year is
//! the latest, and the indicators computed here, each with the facts it rests on.

use std::collections::BTreeMap;

use crate::fact::{Fact, Flag};
use crate::indicator::{Indicator, IndicatorKind, Unit, indicators};

/// Which source speaks first where several give a figure. A survey of the programme says how it
/// measured; national figures are nearest to the counting; UNODC's reach furthest back and most
/// places; Eurostat's follow one definition; SPACE's may be second-hand; UNAIDS's of people held are
/// sizes for a programme, not counts.
pub const SOURCE_ORDER: [&str; 6] =
    ["survey-", "national-", "unodc-", "eurostat-", "space-", "unaids-"];

/// One figure ready to be shown, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure<'a> {
    pub indicator: &'static Indicator,
    pub place: &'a str,
    pub group: &'a str,
    pub year: i32,
    pub period: &'a str,
    /// In the indicator's unit.
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub method: Method,
    /// The gravest flag of the facts it rests on.
    pub flag: Flag,
    /// The fact itself, or numerator and denominator.
    pub rests_on: Vec<&'a Fact>,
}

impl Figure<'_> {
    pub fn usable(&self) -> bool {
        self.flag.usable()
    }
}

/// How the value and its interval came about; `method-<id>` is the Fluent key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As the source gives it, interval included.
    Reported,
    /// Numerator over denominator of a full count: no interval.
    Ratio,
    /// With the interval of Wilson 1927.
    RatioWilson,
    /// With the exact Poisson interval of Garwood 1936 around the deaths.
    RatioGarwood,
}

impl Method {
    pub fn id(self) -> &'static str {
        match self {
            Method::Reported => "reported",
            Method::Ratio => "ratio",
            Method::RatioWilson => "ratio-wilson",
            Method::RatioGarwood => "ratio-garwood",
        }
    }
}

/// Facts of one or many places, to be asked.
pub struct Figures<'a> {
    by_name: BTreeMap<(&'a str, &'a str), Vec<&'a Fact>>,
}

impl<'a> Figures<'a> {
    pub fn new(facts: &'a [Fact]) -> Figures<'a> {
        let mut by_name: BTreeMap<(&str, &str), Vec<&Fact>> = BTreeMap::new();
        for fact in facts {
            by_name.entry((&fact.place, &fact.indicator)).or_default().push(fact);
        }
        Figures { by_name }
    }

    /// The figure of a year, reported or computed. A usable figure goes before one that is not,
    /// then [`SOURCE_ORDER`], then the later count of the year.
    pub fn best(&self, place: &str, id: &str, group: &str, year: i32) -> Option<Figure<'a>> {
        let indicator = indicators().get(id)?;
        match indicator.kind {
            IndicatorKind::Reported => {
                let of_year = |f: &&Fact| f.group == group && f.year == year;
                let fact = self.facts(place, id).filter(of_year).min_by_key(|f| rank(f))?;
                Some(reported(indicator, fact))
            }
            IndicatorKind::Computed if group == "total" => self.computed(indicator, place, year),
            IndicatorKind::Computed => None,
        }
    }

    /// The latest year's figure that may be used; failing any, the latest, to be shown with its
    /// flag.
    pub fn latest(&self, place: &str, id: &str, group: &str) -> Option<Figure<'a>> {
        let series = self.series(place, id, group);
        let usable = series.iter().rposition(Figure::usable);
        let at = usable.or_else(|| series.len().checked_sub(1))?;
        series.into_iter().nth(at)
    }

    /// One figure for each year that has one, oldest first.
    pub fn series(&self, place: &str, id: &str, group: &str) -> Vec<Figure<'a>> {
        let Some(indicator) = indicators().get(id) else { return Vec::new() };
        let counted = match &indicator.numerator {
            Some(part) => part.split(':').next().unwrap_or(part),
            None => id,
        };
        let mut years: Vec<i32> = self.facts(place, counted).map(|f| f.year).collect();
        years.sort_unstable();
        years.dedup();
        years.into_iter().filter_map(|year| self.best(place, id, group, year)).collect()
    }

    /// Indicators with a question of their own for which the place has no figure, in the order of
    /// the brief.
    pub fn missing(&self, place: &str) -> Vec<&'static Indicator> {
        let asked = indicators().all().iter().filter(|i| i.question);
        asked.filter(|i| self.facts(place, &i.id).next().is_none()).collect()
    }

    /// Every fact of an indicator in a place, from all sources.
    pub fn all(&self, place: &str, id: &str) -> impl Iterator<Item = &'a Fact> + use<'a> {
        self.facts(place, id)
    }

    fn facts(&self, place: &str, id: &str) -> impl Iterator<Item = &'a Fact> + use<'a> {
        let list = self.by_name.get(&(place, id)).cloned().unwrap_or_default();
        list.into_iter()
    }

    /// Numerator over denominator of one year: of one source and one day where there are such,
    /// else each from the source that speaks first.
    fn computed(
        &self,
        indicator: &'static Indicator,
        place: &str,
        year: i32,
    ) -> Option<Figure<'a>> {
        let part = |spec: &str| -> Vec<&'a Fact> {
            let (id, group) = spec.split_once(':').unwrap_or((spec, "total"));
            self.facts(place, id).filter(|f| f.group == group && f.year == year).collect()
        };
        let above = part(indicator.numerator.as_deref()?);
        let below = part(indicator.denominator.as_deref()?);
        let pairs = above.iter().flat_map(|n| below.iter().map(move |d| (*n, *d)));
        let (n, d) = pairs.filter(|(_, d)| d.value > 0.0).min_by_key(|(n, d)| {
            let usable = n.usable() && d.usable();
            let (source, period) = (n.source == d.source, n.period == d.period);
            (!usable, !source, !period, rank(n), rank(d))
        })?;
        let (value, interval, method) = over(indicator, n.value, d.value);
        Some(Figure {
            indicator,
            place: &n.place,
            group: "total",
            year,
            period: if n.period == d.period { &n.period } else { year_of(&n.period) },
            value,
            low: interval.map(|i| i.0),
            high: interval.map(|i| i.1),
            method,
            flag: n.flag.max(d.flag),
            rests_on: vec![n, d],
        })
    }
}

fn reported<'a>(indicator: &'static Indicator, fact: &'a Fact) -> Figure<'a> {
    Figure {
        indicator,
        place: &fact.place,
        group: &fact.group,
        year: fact.year,
        period: &fact.period,
        value: fact.value,
        low: fact.low,
        high: fact.high,
        method: Method::Reported,
        flag: fact.flag,
        rests_on: vec![fact],
    }
}

/// Smaller goes first.
fn rank(fact: &Fact) -> (bool, usize, bool, std::cmp::Reverse<&str>, &str) {
    let publisher = SOURCE_ORDER.iter().position(|s| fact.source.starts_with(s));
    let publisher = publisher.unwrap_or(SOURCE_ORDER.len());
    let second_hand = fact.flag == Flag::SecondHand;
    let later = std::cmp::Reverse(fact.period.as_str());
    (!fact.usable(), publisher, second_hand, later, &fact.source)
}

fn year_of(period: &str) -> &str {
    period.get(..4).unwrap_or(period)
}

fn over(indicator: &Indicator, n: f64, d: f64) -> (f64, Option<(f64, f64)>, Method) {
    match indicator.unit {
        Unit::Per1000Held => {
            let scale = 1_000.0 / d;
            // A yearly average of deaths is no count, and has no exact interval.
            let interval = (n.fract() == 0.0).then(|| garwood(n as u64));
            (n * scale, interval.map(|(l, h)| (l * scale, h * scale)), Method::RatioGarwood)
        }
        // People on treatment are a state of one day that another day would have given otherwise;
        // remand, sex and offence are full counts, in which nothing was drawn.
        Unit::Percent if indicator.id == "oat_share_prison" => {
            let interval = wilson(n.round() as u64, d.round() as u64);
            let percent = interval.map(|(l, h)| (l * 100.0, h * 100.0));
            (100.0 * n / d, percent, Method::RatioWilson)
        }
        Unit::Percent => (100.0 * n / d, None, Method::Ratio),
        _ => (n / d, None, Method::Ratio),
    }
}

/// The 97.5th percentile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// 95 % interval for a proportion. Wilson 1927, JASA 22:209–212. None for more successes than
/// trials, or no trial.
///
/// ```
/// let (low, high) = facts::derive::wilson(8, 10).unwrap();
/// assert_eq!((format!("{low:.3}"), format!("{high:.3}")), ("0.490".into(), "0.943".into()));
/// ```
pub fn wilson(successes: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || successes > n {
        return None;
    }
    let (p, n, zz) = (successes as f64 / n as f64, n as f64, Z * Z);
    let middle = p + zz / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + zz / (4.0 * n * n)).sqrt();
    let scale = 1.0 + zz / n;
    Some((((middle - half) / scale).max(0.0), ((middle + half) / scale).min(1.0)))
}

/// 95 % interval for the mean of a Poisson count, exact. Garwood 1936, Biometrika 28:437–442.
///
/// ```
/// let (low, high) = facts::derive::garwood(10);
/// assert_eq!((format!("{low:.3}"), format!("{high:.3}")), ("4.795".into(), "18.390".into()));
/// ```
pub fn garwood(count: u64) -> (f64, f64) {
    const TAIL: f64 = 0.025;
    let far = count as f64 + 10.0 * (count as f64 + 1.0).sqrt() + 10.0;
    let high = bisect(0.0, far, |mean| poisson_at_most(count, mean) > TAIL);
    let low = match count {
        0 => 0.0,
        _ => bisect(0.0, count as f64, |mean| 1.0 - poisson_at_most(count - 1, mean) < TAIL),
    };
    (low, high)
}

/// Where `below` turns from true to false.
fn bisect(mut from: f64, mut to: f64, below: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..80 {
        let middle = f64::midpoint(from, to);
        *(if below(middle) { &mut from } else { &mut to }) = middle;
    }
    f64::midpoint(from, to)
}

/// P(X ≤ count) for X with a Poisson distribution of this mean, summed both ways from the
/// largest term: from the last one, a large count would begin with zero and stay there.
fn poisson_at_most(count: u64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 1.0;
    }
    let largest = (mean as u64).min(count);
    let log_factorial: f64 = (2..=largest).map(|i| (i as f64).ln()).sum();
    let peak = (largest as f64 * mean.ln() - mean - log_factorial).exp();
    let mut sum = peak;
    let mut term = peak;
    for i in (1..=largest).rev() {
        term *= i as f64 / mean;
        sum += term;
    }
    term = peak;
    for i in largest + 1..=count {
        term *= mean / i as f64;
        sum += term;
    }
    sum.min(1.0)
}

/// 95 % interval for the ratio of two figures from their own intervals, taken as independent: the
/// method of variance estimates recovery. Donner and Zou 2012, Statistical Methods in Medical
/// Research 21:347–359. A side without an interval is taken as exact; none if neither has one,
/// or the lower part is not above zero.
pub fn ratio(
    above: (f64, Option<f64>, Option<f64>),
    below: (f64, Option<f64>, Option<f64>),
) -> Option<(f64, f64)> {
    let (a, b) = (above.0, below.0);
    above.1.or(above.2).or(below.1).or(below.2)?;
    let (l1, u1) = (above.1.unwrap_or(a), above.2.unwrap_or(a));
    let (l2, u2) = (below.1.unwrap_or(b), below.2.unwrap_or(b));
    if l2 <= 0.0 || 2.0 * b <= u2 {
        return None;
    }
    let ab = a * b;
    let root = |x: f64| x.max(0.0).sqrt();
    let low =
        (ab - root(ab * ab - l1 * u2 * (2.0 * a - l1) * (2.0 * b - u2))) / (u2 * (2.0 * b - u2));
    let high =
        (ab + root(ab * ab - u1 * l2 * (2.0 * a - u1) * (2.0 * b - l2))) / (l2 * (2.0 * b - l2));
    Some((low.max(0.0), high))
}
