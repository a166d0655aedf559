//! Whether a meeting may decide: how many of those who count are there, against the rule that was
//! written down for it. The rule and its source are shown beside the count.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::franchise::Franchise;
use crate::groups::{Rule, Seat};

/// What a rule may ask for: nothing, more than a half, a third or two thirds at least, or a number.
pub const SHARES: [&str; 5] = ["none", "third", "majority", "two-thirds", "count"];
/// Over whom: bodies entitled to vote on the day, or seats of chair and members.
pub const OVER: [&str; 2] = ["bodies", "seats"];

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Quorum {
    /// How many count on that day.
    pub entitled: usize,
    /// How many of them must be there.
    pub needed: usize,
    /// How many of them are.
    pub present: usize,
}

impl Quorum {
    pub fn is_met(&self) -> bool {
        self.present >= self.needed
    }
}

/// How many of `entitled` the rule asks for. A rule over nobody is never met.
pub fn needed(rule: &Rule, entitled: usize) -> usize {
    match rule.quorum.as_str() {
        "none" => 0,
        "third" => entitled.div_ceil(3).max(1),
        "majority" => entitled / 2 + 1,
        "two-thirds" => (2 * entitled).div_ceil(3).max(1),
        _ => usize::try_from(rule.quorum_count).unwrap_or(usize::MAX).max(1),
    }
}

/// Counts those present, as (body, person; 0 for a delegation), on the day of `franchise`. A seat
/// for a body and a delegation of which no person is named both make the body present; somebody at
/// an observer's seat makes nobody present.
pub fn count(
    rule: &Rule,
    franchise: &Franchise,
    seats: &[Seat],
    present: &[(String, i64)],
) -> Quorum {
    let observes = |person: i64, body: &str| {
        let mut held = seats.iter().filter(|seat| seat.person == person && seat.body == body);
        person != 0 && held.clone().next().is_some() && held.all(|seat| seat.seat == "observer")
    };
    let (entitled, there) = match rule.quorum_over.as_str() {
        "seats" => {
            let sitting = || seats.iter().filter(|seat| seat.seat != "observer");
            let there = sitting().filter(|seat| {
                present.iter().any(|(body, person)| {
                    *body == seat.body
                        && (*person == seat.person || (*person == 0 && !body.is_empty()))
                })
            });
            (sitting().count(), there.count())
        }
        _ => {
            let entitled = franchise.entitled("vote");
            let there: BTreeSet<&str> = present
                .iter()
                .filter(|(body, person)| {
                    entitled.contains(body.as_str()) && !observes(*person, body)
                })
                .map(|(body, _)| body.as_str())
                .collect();
            (entitled.len(), there.len())
        }
    };
    Quorum { entitled, needed: needed(rule, entitled), present: there }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(share: &str, count: i64) -> Rule {
        Rule {
            quorum: share.into(),
            quorum_count: count,
            quorum_over: "bodies".into(),
            quorum_source: String::new(),
        }
    }

    #[test]
    fn a_majority_is_more_than_half() {
        let needed = |share, entitled| needed(&rule(share, 5), entitled);
        assert_eq!([needed("majority", 40), needed("majority", 41)], [21, 21]);
        assert_eq!([needed("two-thirds", 40), needed("two-thirds", 42)], [27, 28]);
        assert_eq!([needed("third", 40), needed("third", 39)], [14, 13]);
        assert_eq!([needed("count", 40), needed("none", 40)], [5, 0]);
        for share in ["third", "majority", "two-thirds", "count"] {
            assert!(needed(share, 0) > 0, "nobody is no quorum: {share}");
        }
    }
}
