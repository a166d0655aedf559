//! Which grouping column is of places, so that figures can stand on a map and go to the country they speak of.

use crate::question::Microdata;
use crate::tabled::Places;

/// Names that a column of countries usually has.
const NAMES: [&str; 7] = ["country", "pays", "place", "countries", "iso3", "nation", "state"];

/// The first grouping column whose answers are codes of places (`MDA`, `GBR-SCT`) or whose name says that they are countries.
pub fn of(data: &Microdata, by: &[String]) -> Option<Places> {
    by.iter().enumerate().find_map(|(at, name)| {
        let column = data.sheet.column(name).ok()?;
        let answers: Vec<&String> =
            column.texts.iter().filter(|text| !data.codes.is_missing(name, text)).collect();
        let coded = !answers.is_empty() && answers.iter().all(|text| is_code(text));
        let named = NAMES.contains(&name.to_lowercase().as_str());
        (coded || named).then(|| Places {
            at,
            codes: answers
                .iter()
                .map(|text| {
                    let code = if is_code(text) { text.as_str() } else { "" };
                    (data.codes.words(name, text).to_owned(), code.to_owned())
                })
                .collect(),
        })
    })
}

/// ISO 3166-1 alpha-3, or a part of such a state with its own prison service.
fn is_code(text: &str) -> bool {
    let three = |part: &str| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_uppercase());
    match text.split_once('-') {
        Some((state, part)) => three(state) && three(part),
        None => three(text),
    }
}
