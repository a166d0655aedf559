//! Interventions: the services, and the exposures, whose effects are recorded.
//! The list is short and is a file, so that a new service needs a line and two wordings, not code.

use std::collections::BTreeSet;

use crate::table::{self, Problem};
use crate::vocabulary::{InterventionKind, Topic};

/// The columns of the interventions table.
pub const INTERVENTION_COLUMNS: &[&str] = &["id", "kind", "topic"];

/// A service such as opioid agonist treatment, an exposure such as imprisonment, or `none`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intervention {
    /// The id in links and tables.
    pub id: String,
    /// Service, exposure, or none.
    pub kind: InterventionKind,
    /// Its home topic; none for `none`, whose effects each name their own.
    pub topic: Option<Topic>,
    /// Its place in the list, from 0: the reading order on pages.
    pub position: usize,
}

impl Intervention {
    /// The message that holds its name in each language.
    pub fn message(&self) -> String {
        format!("intervention-{}", self.id)
    }

    /// The message that names it in few words, for a narrow place.
    pub fn short_message(&self) -> String {
        format!("intervention-{}-short", self.id)
    }
}

/// Reads the interventions table. Lines that are not understood are left out and reported.
///
/// ```
/// let text = "id,kind,topic\nnaloxone,service,harm-reduction\nwonder,drug,\n";
/// let (interventions, problems) = evidence::read_interventions("mine.csv", text.as_bytes());
/// assert_eq!(interventions.len(), 1);
/// assert_eq!(
///     problems[0].to_string(),
///     "mine.csv, line 3, column kind: \"drug\" is not known here; use one of: service, exposure, none",
/// );
/// ```
pub fn read_interventions(file: &str, bytes: &[u8]) -> (Vec<Intervention>, Vec<Problem>) {
    let table = table::read(file, bytes, INTERVENTION_COLUMNS);
    let mut problems = table.problems;
    let mut interventions = Vec::new();
    let mut seen = BTreeSet::new();
    for mut row in table.rows {
        let id = row.id("id");
        let kind = row.required("kind");
        let topic = row.optional("topic");
        if let Some(id) = &id
            && !seen.insert(id.clone())
        {
            row.problem("id", format!("\"{id}\" stands twice; ids must differ"));
        }
        if let (Some(id), Some(kind), true) = (id, kind, row.problems.is_empty()) {
            interventions.push(Intervention { id, kind, topic, position: interventions.len() });
        }
        problems.append(&mut row.problems);
    }
    (interventions, problems)
}
