//! Which languages of which questionnaire somebody has checked: `data/instruments/languages.csv` says so for
//! those that ship, and every page that shows a language asks here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../data/instruments/languages.csv");

/// Whether somebody who speaks the language checked it, by questionnaire and tag of the language.
static CHECKED: LazyLock<BTreeMap<(String, String), bool>> = LazyLock::new(|| {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(FILE.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| {
        let key = (row.get(0)?.to_owned(), row.get(1)?.to_owned());
        Some((key, row.get(2)? == "checked"))
    })
    .collect()
});

/// Whether a language of a questionnaire is still a draft for review: every one of a questionnaire that ships, unless
/// the file says that it was checked. Of those that people upload nothing is known, and nothing is said.
pub fn is_draft(instrument: &str, tag: &str) -> bool {
    let ships = CHECKED.keys().any(|(known, _)| known == instrument);
    ships && CHECKED.get(&(instrument.to_owned(), tag.to_owned())) != Some(&true)
}

/// Every language that the file names, for tests.
pub fn named() -> impl Iterator<Item = (&'static str, &'static str)> {
    CHECKED.keys().map(|(instrument, tag)| (instrument.as_str(), tag.as_str()))
}
