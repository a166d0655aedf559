//! What the engine notices of a form that can be filled all the same, for whoever publishes it.

use std::fmt;

/// One remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A list comes from a file that is not attached: it is empty.
    NoFile { file: String, list: String },
    /// An expression names a list that the form does not have: it is taken to be empty.
    NoList { list: String },
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::NoFile { file, list } => write!(
                f,
                "The file '{file}' is not attached to the form: the list '{list}' is empty."
            ),
            Remark::NoList { list } => {
                write!(f, "The form has no list '{list}': it is taken to be empty.")
            }
        }
    }
}
