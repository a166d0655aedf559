//! Who may do what: roles with a scope, and what a route demands. Everything is denied that is not
//! named; a route that names nobody cannot be written.

use crate::audit::By;

/// What a person is to the programme. The words are those of the table of routes and of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Runs the site: people, roles, the audit chain.
    Administrator,
    /// Runs the programme: bodies, meetings, assessments.
    Secretariat,
    /// Speaks for a state between meetings.
    Correspondent,
    /// Co-ordinates a programme in a country.
    Coordinator,
    /// Answers for health in a service or an establishment.
    HealthOfficer,
    /// Answers for an establishment.
    Manager,
    Researcher,
    Trainer,
    Learner,
    Translator,
    Reviewer,
    Moderator,
    /// Answers for data: what comes in, what may leave.
    DataSteward,
}

impl Role {
    /// Every role with its word, in reading order.
    pub const ALL: [(Role, &'static str); 13] = [
        (Role::Administrator, "administrator"),
        (Role::Secretariat, "secretariat"),
        (Role::Correspondent, "correspondent"),
        (Role::Coordinator, "coordinator"),
        (Role::HealthOfficer, "health-officer"),
        (Role::Manager, "manager"),
        (Role::Researcher, "researcher"),
        (Role::Trainer, "trainer"),
        (Role::Learner, "learner"),
        (Role::Translator, "translator"),
        (Role::Reviewer, "reviewer"),
        (Role::Moderator, "moderator"),
        (Role::DataSteward, "data-steward"),
    ];

    pub fn word(self) -> &'static str {
        Role::ALL.iter().find(|(role, _)| *role == self).map_or("", |(_, word)| word)
    }

    /// The role with this word.
    pub fn named(word: &str) -> Option<Role> {
        Role::ALL.iter().find(|(_, known)| *known == word).map(|(role, _)| *role)
    }
}

/// Over what a role is held: everything, or one record such as `country MDA` or `group 4`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// Empty for everything.
    pub kind: String,
    pub id: String,
}

impl Scope {
    pub fn everything() -> Scope {
        Scope { kind: String::new(), id: String::new() }
    }

    pub fn of(kind: &str, id: &str) -> Scope {
        Scope { kind: kind.into(), id: id.into() }
    }

    /// Whether a role held over this reaches a record that lies in `other`.
    fn reaches(&self, other: &Scope) -> bool {
        self.kind.is_empty() || self == other
    }
}

/// Somebody who is signed in, as of this request: a role that ended is not among the roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    pub person: i64,
    pub name: String,
    pub roles: Vec<(Role, Scope)>,
    pub means: Means,
}

/// By what somebody showed who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// A session in a browser.
    Session,
    /// A program's token, which may read and no more.
    ReadingToken,
    /// A program's token that may also change.
    WritingToken,
}

impl Who {
    /// As records and the audit chain name the person.
    pub fn id(&self) -> String {
        format!("person:{}", self.person)
    }

    /// The first of `roles` that this person holds, over anything.
    pub fn holds(&self, roles: &[Role]) -> Option<Role> {
        roles.iter().copied().find(|role| self.roles.iter().any(|(held, _)| held == role))
    }

    /// The first of `roles` that this person holds over a record that lies in `scopes`: a prison's
    /// record lies in the prison, in its country, in its body.
    pub fn holds_over(&self, roles: &[Role], scopes: &[Scope]) -> Option<Role> {
        roles.iter().copied().find(|role| {
            self.roles.iter().any(|(held, over)| {
                held == role
                    && (over.kind.is_empty() || scopes.iter().any(|scope| over.reaches(scope)))
            })
        })
    }

    /// As the audit chain writes it, in this role.
    pub fn by(&self, role: Option<Role>) -> By {
        By::new(self.id(), role.map_or("person", Role::word))
    }
}

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Anyone, signed in or not: published figures and their sources.
    Anyone,
    /// Anyone with an account: one's own page.
    SignedIn,
    /// Who holds one of these roles over anything; over which record, the route asks itself.
    Only(&'static [Role]),
    /// Who holds one of these roles over everything: the site's own affairs.
    Everywhere(&'static [Role]),
}

impl May {
    /// Whether `who` may.
    pub fn admits(self, who: Option<&Who>) -> bool {
        match self {
            May::Anyone => true,
            May::SignedIn => who.is_some(),
            May::Only(roles) => who.is_some_and(|who| who.holds(roles).is_some()),
            May::Everywhere(roles) => who.is_some_and(|who| who.holds_over(roles, &[]).is_some()),
        }
    }

    /// As the table of routes prints it.
    pub fn words(self) -> String {
        let words =
            |roles: &[Role]| roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", ");
        match self {
            May::Anyone => "anyone".into(),
            May::SignedIn => "signed in".into(),
            May::Only(roles) => words(roles),
            May::Everywhere(roles) => format!("{}, over everything", words(roles)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna(roles: &[(Role, Scope)]) -> Who {
        Who { person: 1, name: "Anna".into(), roles: roles.to_vec(), means: Means::Session }
    }

    #[test]
    fn a_role_reaches_its_own_record_and_no_other() {
        let moldova = Scope::of("country", "MDA");
        let who = anna(&[(Role::Coordinator, moldova.clone())]);
        assert_eq!(
            who.holds_over(&[Role::Coordinator], std::slice::from_ref(&moldova)),
            Some(Role::Coordinator)
        );
        assert_eq!(who.holds_over(&[Role::Coordinator], &[Scope::of("country", "UKR")]), None);
        assert_eq!(who.holds_over(&[Role::Coordinator], &[Scope::of("prison", "MDA")]), None);
        assert_eq!(who.holds_over(&[Role::Coordinator], &[]), None);
        assert_eq!(who.holds_over(&[Role::Administrator], std::slice::from_ref(&moldova)), None);
        let everywhere = anna(&[(Role::Secretariat, Scope::everything())]);
        assert_eq!(
            everywhere.holds_over(&[Role::Secretariat], &[moldova]),
            Some(Role::Secretariat)
        );
        assert_eq!(everywhere.holds_over(&[Role::Secretariat], &[]), Some(Role::Secretariat));
    }

    #[test]
    fn nobody_is_admitted_where_somebody_is_named() {
        let may = May::Only(&[Role::Administrator]);
        assert!(!may.admits(None));
        assert!(!may.admits(Some(&anna(&[]))));
        assert!(!may.admits(Some(&anna(&[(Role::Secretariat, Scope::everything())]))));
        assert!(may.admits(Some(&anna(&[(Role::Administrator, Scope::everything())]))));
        let in_moldova = anna(&[(Role::Administrator, Scope::of("country", "MDA"))]);
        assert!(may.admits(Some(&in_moldova)));
        assert!(!May::Everywhere(&[Role::Administrator]).admits(Some(&in_moldova)));
        assert!(!May::SignedIn.admits(None));
        assert!(May::SignedIn.admits(Some(&anna(&[]))));
    }
}
