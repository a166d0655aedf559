//! What every part stands on.
