//! Who may do what. Every route says it here, in words that a person can read; a route that says
//! nothing cannot be written, since [`crate::Route`] asks for it.

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Anyone, signed in or not: published figures and their sources.
    Anyone,
}

impl May {
    /// As the table of routes prints it.
    pub fn words(self) -> &'static str {
        match self {
            May::Anyone => "anyone",
        }
    }
}
