//! All tests of facts: one binary, one way in for each kind of question.

mod lists;
