//! Everything in force, held once for all pages until an import changes it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use base::{Refusal, Site};

use crate::derive::{Figure, Figures};
use crate::fact::Fact;
use crate::place::{Place, places};
use crate::store;

/// All facts in force, by place.
pub struct Known {
    facts: Vec<Fact>,
    of_place: BTreeMap<String, Range<usize>>,
}

impl Known {
    /// The facts as the database has them now.
    pub async fn of(site: &Site) -> Result<Arc<Known>, Refusal> {
        site.memo(|| async { Ok(Known::new(store::all_current(&site.storage).await?)) }).await
    }

    /// From facts sorted by place.
    pub fn new(facts: Vec<Fact>) -> Known {
        let mut of_place: BTreeMap<String, Range<usize>> = BTreeMap::new();
        for (at, fact) in facts.iter().enumerate() {
            of_place.entry(fact.place.clone()).or_insert(at..at).end = at + 1;
        }
        Known { facts, of_place }
    }

    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// How many figures are in force.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// The facts of one place.
    pub fn facts_of(&self, place: &str) -> &[Fact] {
        self.of_place.get(place).map_or(&[], |range| &self.facts[range.clone()])
    }

    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The figures of one place, reported and computed.
    pub fn figures_of(&self, place: &str) -> Figures<'_> {
        Figures::new(self.facts_of(place))
    }

    /// Places that have any figure, with their records, in order of code.
    pub fn places(&self) -> Vec<&'static Place> {
        self.of_place.keys().filter_map(|code| places().get(code)).collect()
    }

    /// The latest figure of an indicator in each place that has one.
    pub fn latest(&self, indicator: &str, group: &str) -> Vec<(&'static Place, Figure<'_>)> {
        self.places()
            .into_iter()
            .filter_map(|place| {
                Some((place, self.figures_of(&place.code).latest(&place.code, indicator, group)?))
            })
            .collect()
    }

    /// The median over member states of the latest figures that may be used, from the year on, and
    /// how many they are. None for fewer than five: a median of three says little.
    pub fn median(&self, indicator: &str, from_year: i32) -> Option<(f64, usize)> {
        let mut values: Vec<f64> = self
            .latest(indicator, "total")
            .into_iter()
            .filter(|(place, figure)| {
                place.council_of_europe() && figure.usable() && figure.year >= from_year
            })
            .map(|(_, figure)| figure.value)
            .collect();
        if values.len() < 5 {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let median = if values.len() % 2 == 1 {
            values[middle]
        } else {
            f64::midpoint(values[middle - 1], values[middle])
        };
        Some((median, values.len()))
    }
}
