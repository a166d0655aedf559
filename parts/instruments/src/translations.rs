//! The languages of the instruments that come with the product. A language is a row in `languages.csv` and a file of
//! texts beside it, so that whoever translates or reviews opens one list and no program is changed.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

/// The column that a translation is of; those of `hint`, `required_message` and the like are named alike.
const ORIGINAL: &str = "English (en)";

/// One language that shipped instruments are asked in, beside those written into their own tables.
pub struct Language {
    pub tag: String,
    /// As the workbook heads its columns: `Romanian (ro)`.
    pub name: String,
    texts: BTreeMap<String, String>,
}

impl Language {
    /// Reads a file of `english,text`.
    pub fn read(tag: &str, name: &str, status: &str, texts: &[u8]) -> Result<Language> {
        if !["draft", "reviewed"].contains(&status) {
            anyhow::bail!("{tag}: the status is “{status}”; write draft or reviewed");
        }
        let mut all = BTreeMap::new();
        for row in csv::Reader::from_reader(texts).deserialize() {
            let (english, text): (String, String) =
                row.with_context(|| format!("words/{tag}.csv"))?;
            if all.insert(english.clone(), text).is_some() {
                anyhow::bail!("words/{tag}.csv has “{english}” twice; keep one row");
            }
        }
        Ok(Language { tag: tag.into(), name: name.into(), texts: all })
    }

    /// The texts that it translates, in order.
    pub fn originals(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// What an English text is in this language.
    pub fn text(&self, english: &str) -> Option<&str> {
        self.texts.get(english).map(String::as_str)
    }
}

/// A workbook in Markdown with a column for each language after those that say the same thing already (`label` in English,
/// `label` in French). What has no translation is left empty, and a form shows a dash there as XLSForm asks for.
pub fn with_languages(workbook: &str, languages: &[Language]) -> String {
    let mut out = String::with_capacity(workbook.len() * (1 + languages.len()));
    let mut columns: Option<Vec<Column>> = None;
    for line in workbook.lines() {
        let Some(cells) = cells(line) else {
            columns = None;
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let names_a_sheet = !cells[0].is_empty();
        let head = !names_a_sheet && columns.is_none();
        if head {
            columns = Some(columns_in_english(&cells));
        }
        let columns = columns.as_deref().unwrap_or_default();
        out.push('|');
        for (at, cell) in cells.iter().enumerate() {
            push(&mut out, cell);
            for column in columns.iter().filter(|it| it.last == at) {
                let english = cells[column.at];
                for language in languages {
                    let text = if head {
                        english.replace(ORIGINAL, &language.name)
                    } else {
                        language.text(english).unwrap_or_default().to_owned()
                    };
                    push(&mut out, &text);
                }
            }
        }
        out.push('\n');
    }
    out
}

/// Every text of a workbook in Markdown that can be translated, in the order of the workbook.
pub fn originals(workbook: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut columns: Option<Vec<Column>> = None;
    for line in workbook.lines() {
        match cells(line) {
            None => columns = None,
            Some(cells) if !cells[0].is_empty() => {}
            Some(cells) => match &columns {
                None => columns = Some(columns_in_english(&cells)),
                Some(of) => found.extend(
                    of.iter()
                        .filter_map(|column| cells.get(column.at))
                        .filter(|text| !text.is_empty())
                        .map(|text| text.to_string()),
                ),
            },
        }
    }
    found
}

/// A column in English, and the last of those that follow it and say the same in another language.
struct Column {
    at: usize,
    last: usize,
}

fn columns_in_english(head: &[&str]) -> Vec<Column> {
    let parts = |at: usize| head[at].split_once("::").unwrap_or((head[at], ""));
    (0..head.len())
        .filter(|at| parts(*at).1.trim() == ORIGINAL)
        .map(|at| {
            let same = (at + 1..head.len()).take_while(|next| parts(*next).0 == parts(at).0);
            Column { at, last: same.last().unwrap_or(at) }
        })
        .collect()
}

/// The cells of a row of a table; the first is the name of a sheet, or empty.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inside.split('|').map(str::trim).collect())
}

fn push(out: &mut String, cell: &str) {
    if cell.is_empty() {
        out.push_str(" |");
    } else {
        out.push(' ');
        out.push_str(cell);
        out.push_str(" |");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_added_after_those_that_say_the_same() {
        let language = Language::read("ro", "Romanian (ro)", "draft", b"english,text\nYes,Da\n")
            .expect("reads");
        let workbook = "| survey | | |\n| | type | label::English (en) | label::French (fr) | hint |\n| | note | Yes | Oui | |\n\n| settings | |\n| | title |\n| | Yes |\n";
        assert_eq!(
            with_languages(workbook, &[language]),
            "| survey | | |\n| | type | label::English (en) | label::French (fr) | label::Romanian (ro) | hint |\n| | note | Yes | Oui | Da | |\n\n| settings | |\n| | title |\n| | Yes |\n"
        );
        assert_eq!(originals(workbook), ["Yes"]);
    }

    #[test]
    fn a_text_that_is_there_twice_is_refused_by_name() {
        let read =
            Language::read("ro", "Romanian (ro)", "draft", b"english,text\nYes,Da\nYes,Sigur\n");
        let said = read.err().expect("refused").to_string();
        assert!(said.contains("“Yes” twice"), "{said}");
        let read = Language::read("ro", "Romanian (ro)", "done", b"english,text\n");
        assert!(read.err().expect("refused").to_string().contains("draft or reviewed"));
    }
}
