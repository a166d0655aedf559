//! Where entities belong: each in the deepest group or repeat that its values come from, no two in one.

use indexmap::{IndexMap, IndexSet};

use super::entities::{Declaration, Entities, Mention, Path, Request, invalid_declaration};
use crate::Problem;

impl Entities {
    pub(super) fn allocate(&self) -> Result<IndexMap<Path, String>, Problem> {
        let mut scopes: IndexMap<Path, Vec<Request>> = IndexMap::new();
        let unmentioned = self.declarations.keys().filter(|list| !self.mentioned.contains(*list));
        for list in self.mentioned.iter().chain(unmentioned) {
            let request = request(list, &self.declarations[list])?;
            scopes.entry(request.scope.clone()).or_default().push(request);
        }
        let survey = Path::survey();
        if let [(scope, requests)] = scopes.iter().collect::<Vec<_>>().as_slice()
            && **scope == survey
            && let [only] = requests.as_slice()
        {
            return Ok(IndexMap::from_iter([(survey, only.list.clone())]));
        }

        let mut placed: IndexMap<Path, String> = IndexMap::new();
        let mut reserved: IndexMap<Path, String> = IndexMap::new();
        for (scope, mut requests) in scopes {
            requests.sort_by_key(|request| request.row);
            for request in requests {
                self.allocate_one(&request, &scope, &mut placed, &mut reserved)?;
            }
        }
        Ok(placed)
    }

    /// As low as the request allows, else further up to its scope.
    fn allocate_one(
        &self,
        request: &Request,
        scope: &Path,
        placed: &mut IndexMap<Path, String>,
        reserved: &mut IndexMap<Path, String>,
    ) -> Result<(), Problem> {
        let mut conflict = None;
        for depth in (scope.len()..=request.wanted.len()).rev() {
            let path = request.wanted.up_to(depth);
            if let Some(other) = placed.get(&path).or_else(|| reserved.get(&path)) {
                conflict = Some(other.clone());
                let holder = request.lineages.iter().find_map(|lineage| reserved.get(lineage));
                if let Some(holder) = holder {
                    conflict = Some(holder.clone());
                    break;
                }
                continue;
            }
            for lineage in &request.lineages {
                for length in (path.len()..=lineage.len()).rev() {
                    reserved.insert(lineage.up_to(length), request.list.clone());
                }
            }
            placed.insert(path.clone(), request.list.clone());
            reserved.insert(path, request.list.clone());
            return Ok(());
        }
        // Without any place to try, the published allocation saves nothing.
        let Some(conflict) = conflict else { return Ok(()) };
        let other_row = self.declarations[&conflict].row;
        Err(invalid_declaration(
            request.row,
            &format!(
                "Each container (survey, group, repeat) may have only one entity declaration, \
                 but there are no valid containers available in the scope: '{scope}', which has \
                 been allocated to the entity on row '{other_row}'. Please either: check which \
                 entities are referred to from the 'survey' sheetin the 'save_to' column, or \
                 check which questions are being referred to from the 'entities' sheet with \
                 variable references (such as in the 'label')."
            ),
        ))
    }
}

/// The place a declaration wants: where its properties come from, else where its variables do.
fn request(list: &str, declaration: &Declaration) -> Result<Request, Problem> {
    let survey = Path::survey();
    let mut deepest: Option<(&Mention, Path)> = None;
    let mut deepest_any: Option<&Mention> = None;
    let mut deepest_saved: Option<&Mention> = None;
    let mut lineages: IndexSet<Path> = IndexSet::new();
    for mention in &declaration.mentions {
        let scope = mention.path.scope();
        let below = mention.path.below_scope();
        if deepest.as_ref().is_none_or(|(_, best)| scope.repeats() > best.repeats()) {
            deepest_any = Some(mention);
            if mention.property.is_some() {
                deepest_saved = Some(mention);
            }
            deepest = Some((mention, scope.clone()));
        }
        let in_deepest = deepest.as_ref().is_some_and(|(_, best)| *best == scope);
        let deeper = |than: Option<&Mention>| {
            than.is_none_or(|than| in_deepest && below > than.path.below_scope())
        };
        if deeper(deepest_any) {
            deepest_any = Some(mention);
        }
        if mention.property.is_some() {
            lineages.insert(mention.path.clone());
            if deeper(deepest_saved) {
                deepest_saved = Some(mention);
            }
        }
    }
    let Some((deepest_mention, deepest_scope)) = deepest else {
        return Ok(Request {
            list: list.to_owned(),
            row: declaration.row,
            scope: survey.clone(),
            wanted: survey,
            lineages,
        });
    };
    let best = deepest_saved.or(deepest_any);
    let mut wanted = best.map_or(survey, |mention| mention.path.clone());
    if let Some(saved) = deepest_saved
        && !lineages.is_empty()
    {
        let common = common(&lineages);
        wanted = if lineages.len() > 1 {
            let scope = saved.path.scope();
            let rank = |path: &Path| (path.repeats(), path.below_scope());
            if rank(&common) > rank(&scope) { common } else { scope }
        } else {
            common
        };
    }
    let wanted_scope = wanted.scope();
    for mention in &declaration.mentions {
        let scope = mention.path.scope();
        let outside =
            scope.len() > deepest_scope.len() || deepest_scope.0[..scope.len()] != scope.0[..];
        if outside {
            return Err(conflict(list, declaration, mention, &deepest_mention.path));
        }
        if mention.property.is_some() && wanted_scope != scope {
            return Err(conflict(list, declaration, mention, &wanted));
        }
    }
    Ok(Request {
        list: list.to_owned(),
        row: declaration.row,
        scope: deepest_scope,
        wanted,
        lineages,
    })
}

/// What all the paths begin with.
fn common(paths: &IndexSet<Path>) -> Path {
    let first = &paths[0];
    let shortest = paths.iter().map(Path::len).min().unwrap_or(1);
    let agree = |at: usize| paths.iter().all(|path| path.0[at] == first.0[at]);
    // The last disagreement counts, as the published allocation has it.
    let mut length = shortest;
    for at in 0..shortest {
        if !agree(at) {
            length = at;
        }
    }
    first.up_to(length.max(1))
}

fn conflict(list: &str, declaration: &Declaration, mention: &Mention, other: &Path) -> Problem {
    let scope = &mention.path;
    if mention.property.is_some() {
        return Problem::in_cell(
            "survey",
            mention.row,
            "save_to",
            &format!(
                "The entity list name '{list}' has a reference in container scope '{other}' \
                 which is not compatible with this 'save_to' reference in scope '{scope}'. \
                 Please either: check the spelling of the list name in the 'save_to', or copy \
                 either value into the desired container scope with a 'calculate' question then \
                 use that 'calculate' for the 'save_to'."
            ),
        );
    }
    invalid_declaration(
        declaration.row,
        &format!(
            "The entity list name '{list}' has a reference in container scope '{other}' which is \
             not compatible with the variable reference to '{}' in scope '{scope}'. Please \
             either: check the spelling of the variable references, or copy either value into \
             the desired container scope with a 'calculate' question then use that 'calculate' \
             for the 'save_to'.",
            mention.question
        ),
    )
}
