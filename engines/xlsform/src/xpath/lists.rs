//! Functions over lists: answers that are counted and weighed, choices in a random order, instances of repeats,
//! rows of attached files.

use super::eval::Outcome;
use super::functions::{Call, fail};
use super::shuffle;
use super::value::Value;
use crate::xml::NodeKind;

impl Call<'_> {
    pub(super) fn checklist(&self) -> Outcome {
        self.count(2, usize::MAX)?;
        let (least, most) = (self.number(0)?, self.number(1)?);
        let mut count = 0;
        for index in 2..self.arguments.len() {
            count += self.truths(index)?.into_iter().filter(|yes| *yes).count();
        }
        let count = count as f64;
        Ok(Value::Boolean((least < 0.0 || count >= least) && (most < 0.0 || count <= most)))
    }

    pub(super) fn weighted_checklist(&self) -> Outcome {
        self.count(2, usize::MAX)?;
        let (least, most) = (self.number(0)?, self.number(1)?);
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        for index in (2..self.arguments.len().saturating_sub(1)).step_by(2) {
            values.extend(self.truths(index)?);
            match self.value(index + 1)? {
                Value::Nodes(nodes) => {
                    weights.extend(nodes.iter().map(|id| self.evaluator.node_number(*id)));
                }
                value => weights.push(self.evaluator.number(&value)),
            }
        }
        let chosen = values.iter().zip(weights).filter(|(yes, _)| **yes);
        let sum: f64 = chosen.map(|(_, weight)| if weight.is_nan() { 0.0 } else { weight }).sum();
        Ok(Value::Boolean((least < 0.0 || sum >= least) && (most < 0.0 || sum <= most)))
    }

    pub(super) fn randomize(&self) -> Outcome {
        self.count(1, 2)?;
        let nodes = self.nodes(0)?;
        self.evaluator.spend(nodes.len())?;
        if self.arguments.len() == 1 {
            let environment = self.evaluator.environment;
            return Ok(Value::Nodes(shuffle::shuffled(&nodes, || environment.draw())));
        }
        let seed = self.value(1)?;
        let number = self.evaluator.number(&seed);
        // Forms seed by text as well; a literal text is a mistake.
        let seed = if number.is_nan() && matches!(seed, Value::Nodes(_)) {
            shuffle::seed_of(&self.evaluator.text(&seed))
        } else if number.fract() == 0.0 {
            number as i64
        } else {
            return fail("the seed of randomize() must be a whole number");
        };
        Ok(Value::Nodes(shuffle::shuffled(&nodes, shuffle::seeded(seed))))
    }

    /// `indexed-repeat(node, repeat, index[, repeat, index]…)`.
    pub(super) fn indexed_repeat(&self) -> Outcome {
        if self.arguments.len() < 3 || self.arguments.len().is_multiple_of(2) {
            return fail("indexed-repeat() takes a node, then a repeat and an index, once or more");
        }
        let document = self.evaluator.document;
        let mut nodes = self.nodes(0)?;
        for pair in (1..self.arguments.len()).step_by(2) {
            let index = self.number(pair + 1)?;
            // All instances of the repeat, counted anew inside each parent.
            let repeats = self.nodes(pair)?;
            let mut wanted = Vec::new();
            for repeat in repeats {
                let same =
                    document.parent(repeat).map_or(&[][..], |parent| document.children(parent));
                let place = same[..document.index(repeat).min(same.len())]
                    .iter()
                    .filter(|id| document.name(**id) == document.name(repeat))
                    .count();
                self.evaluator.spend(same.len())?;
                if (place + 1) as f64 == index {
                    wanted.push(repeat);
                }
            }
            nodes.retain(|id| {
                std::iter::successors(Some(*id), |id| document.parent(*id))
                    .any(|above| wanted.contains(&above))
            });
        }
        Ok(Value::Nodes(nodes))
    }

    /// `pulldata('file', 'column wanted', 'column known', value)`.
    pub(super) fn pulldata(&self) -> Outcome {
        self.count(4, 4)?;
        let (file, wanted, known) = (self.text(0)?, self.text(1)?, self.text(2)?);
        let value = self.text(3)?;
        let Some(root) = self.evaluator.environment.instance(&file) else {
            return fail(format!("pulldata() finds no attached file '{file}'"));
        };
        let document = self.evaluator.document;
        let tops = if document.kind(root) == NodeKind::Root {
            document.elements(root).collect()
        } else {
            vec![root]
        };
        let items = tops
            .iter()
            .flat_map(|top| {
                let inner = document.elements(*top).filter(|id| document.local_name(*id) == "root");
                std::iter::once(*top).chain(inner)
            })
            .flat_map(|top| document.elements(top));
        for item in items {
            self.evaluator.spend(1)?;
            let cell = |name: &str| document.child(item, name).map(|id| document.text(id));
            if cell(&known).is_some_and(|cell| cell == value) {
                return Ok(Value::Text(cell(&wanted).unwrap_or_default()));
            }
        }
        Ok(Value::Text(String::new()))
    }
}
