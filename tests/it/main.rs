//! The product as a whole.

mod laws;
