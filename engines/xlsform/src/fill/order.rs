//! The order of calculations: each after what it reads.

use std::collections::BTreeMap;

use super::xform::{Bind, XForm};

impl XForm {
    /// Calculations before those that read them. In a circle the order of the form decides.
    pub(super) fn sort_binds(&mut self) {
        let writes = |bind: &Bind| bind.calculate.is_some() || bind.relevant.is_some();
        let reads = |bind: &Bind| {
            let rules = [&bind.relevant, &bind.calculate];
            let paths = rules.into_iter().flatten().flat_map(|rule| rule.reads.paths.clone());
            paths.collect::<Vec<_>>()
        };
        let mut writers: BTreeMap<&[String], usize> = BTreeMap::new();
        for (index, bind) in self.binds.iter().enumerate() {
            if writes(bind) {
                writers.insert(&bind.path, index);
            }
        }
        // A node also waits for the conditions of the groups around it.
        let before = |index: usize| {
            let bind = &self.binds[index];
            let mut found = Vec::new();
            for path in reads(bind).iter().chain(std::iter::once(&bind.path)) {
                for length in 1..=path.len() {
                    found.extend(writers.get(&path[..length]).copied());
                }
                let below = writers.range(path.as_slice()..).take_while(|(other, _)| {
                    other.len() >= path.len() && other[..path.len()] == path[..]
                });
                if *path != bind.path {
                    found.extend(below.map(|(_, index)| *index));
                }
            }
            found.retain(|other| *other != index);
            found
        };
        let mut state = vec![0_u8; self.binds.len()];
        let mut order = Vec::new();
        for start in 0..self.binds.len() {
            // Depth first without recursion: chains can be as long as the form.
            let mut open = vec![(start, None::<std::vec::IntoIter<usize>>)];
            while let Some((index, waiting)) = open.last_mut() {
                let index = *index;
                if waiting.is_none() {
                    if state[index] != 0 {
                        open.pop();
                        continue;
                    }
                    state[index] = 1;
                }
                let waiting = waiting.get_or_insert_with(|| before(index).into_iter());
                match waiting.find(|next| state[*next] == 0) {
                    Some(next) => open.push((next, None)),
                    None => {
                        order.push(index);
                        open.pop();
                    }
                }
            }
        }
        let sorted = order.into_iter().map(|index| self.binds[index].clone()).collect::<Vec<_>>();
        self.by_path =
            sorted.iter().enumerate().map(|(index, bind)| (bind.path.clone(), index)).collect();
        self.binds = sorted;
    }
}
