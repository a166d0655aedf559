//! Who may do what in a body on one day: the memberships of that day with the table of rights as it
//! stood then. A membership that a source first names on a later day gives no right on this one; one
//! that a source names without any date does, and the page says that it is undated.

use std::collections::BTreeSet;

use sqlx::AnyPool;

use crate::bodies::{self, Body, Membership, Standing};
use crate::groups::Seat;
use crate::{day, rights};

/// The kind whose rights somebody has who sits in their own name: takes part in the work, and decides
/// nothing unless the table says so.
const IN_OWN_NAME: &str = "participant";

pub struct Franchise {
    members: Vec<(Membership, Body)>,
    rights: Vec<(String, String)>,
}

impl Franchise {
    /// As of the end of `day`.
    pub async fn on(pool: &AnyPool, body: &str, day: &str) -> sqlx::Result<Franchise> {
        let mut members = bodies::memberships(pool, body).await?;
        members.retain(|(membership, _)| match membership.on(day) {
            Standing::Confirmed | Standing::Since(_) => true,
            Standing::Unknown(first) => first.is_empty(),
            Standing::Not => false,
        });
        Ok(Franchise { members, rights: rights::on(pool, body, day::end(day)).await? })
    }

    /// Every body that belongs on the day, with the kind of its membership.
    pub fn members(&self) -> impl Iterator<Item = (&Body, &str)> {
        self.members.iter().map(|(membership, member)| (member, membership.kind.as_str()))
    }

    /// Whether all that is known of a body is that it belongs, without a day.
    pub fn is_undated(&self, body: &str) -> bool {
        let mut of_body = self.members.iter().filter(|(it, _)| it.member == body);
        of_body.any(|(it, _)| it.from_day.is_empty() && it.known_on.is_empty())
    }

    /// Whether a kind of membership has this right.
    pub fn allows(&self, kind: &str, right: &str) -> bool {
        self.rights.iter().any(|(of, may)| of == kind && may == right)
    }

    /// The kind by which a body has this right, if it has.
    pub fn kind_with(&self, body: &str, right: &str) -> Option<&str> {
        let mut kinds = self.members().filter(|(member, _)| member.id == body);
        kinds.find(|(_, kind)| self.allows(kind, right)).map(|(_, kind)| kind)
    }

    /// The kind by which a seat has this right. An observer's seat has an observer's rights, whoever
    /// it is held for.
    pub fn seat_with(&self, seat: &Seat, right: &str) -> Option<&str> {
        let of_kind = |kind: &'static str| self.allows(kind, right).then_some(kind);
        match (seat.seat.as_str(), seat.body.as_str()) {
            ("observer", _) => of_kind("observer"),
            (_, "") => of_kind(IN_OWN_NAME),
            (_, body) => self.kind_with(body, right),
        }
    }

    /// The bodies that have this right.
    pub fn entitled(&self, right: &str) -> BTreeSet<&str> {
        let members = self.members().filter(|(_, kind)| self.allows(kind, right));
        members.map(|(member, _)| member.id.as_str()).collect()
    }
}
