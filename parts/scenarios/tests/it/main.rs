//! Scenarios, asked in the way that their readers ask.
