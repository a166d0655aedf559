//! Lists of respondents as people have them: typed or pasted, CSV, a workbook, the sample that was drawn on the page of
//! samples. A first line with known words names the columns; without one, a line is `name; country; e-mail`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{Data, Reader};

/// Somebody to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// ISO 3166-1 alpha-3, or empty.
    pub country: String,
    pub email: String,
    /// What else the list says: `prison`, `weight`, `chance` …
    pub details: BTreeMap<String, String>,
}

/// What is wrong with a list: the message that says it, the line, the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub key: &'static str,
    pub line: usize,
    pub value: String,
}

impl Problem {
    fn of(key: &'static str, line: usize, value: &str) -> Problem {
        let value: String = value.chars().filter(|c| !c.is_control()).take(80).collect();
        Problem { key, line, value }
    }
}

/// Lines of a list: every prison of Europe several times over.
const MOST: usize = 20_000;
/// Problems that are told at once.
const MOST_PROBLEMS: usize = 50;
/// Characters of a cell.
const LONGEST: usize = 300;
/// Bytes of a workbook once it is unfolded.
const UNFOLDED: u64 = 64 << 20;

/// What a column may be called, and what it is then.
const HEADS: [(&str, &[&str]); 9] = [
    ("name", &["name", "respondent", "nom", "répondant"]),
    ("country", &["country", "pays", "iso3", "iso 3"]),
    ("email", &["email", "e-mail", "mail", "courriel", "adresse électronique"]),
    ("prison", &["prison", "establishment", "établissement", "etablissement"]),
    ("held", &["people held", "personnes détenues", "held"]),
    ("to_ask", &["ask", "interroger", "to ask", "à interroger"]),
    ("chance", &["chance", "chance of being drawn", "probabilité de tirage", "probability"]),
    ("weight", &["weight", "weight of an interview", "poids", "poids d’un entretien"]),
    ("region", &["region", "région"]),
];

/// Details that are numbers above zero.
const NUMBERS: [&str; 4] = ["held", "to_ask", "chance", "weight"];

/// Reads a file: a workbook by its first bytes, else text.
pub fn read_file(bytes: &[u8]) -> Result<Vec<Entry>, Vec<Problem>> {
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return entries(workbook(bytes).map_err(|problem| vec![problem])?);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => read_text(text),
        Err(error) => {
            let before = &bytes[..error.valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(vec![Problem::of("list-encoding", line, "")])
        }
    }
}

/// Reads what was typed or pasted.
pub fn read_text(text: &str) -> Result<Vec<Entry>, Vec<Problem>> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    for sign in [b'\t', b';', b','] {
        let mut head = csv_reader(first, sign);
        let head: Vec<String> = match head.records().next() {
            Some(Ok(record)) => record.iter().map(str::to_owned).collect(),
            _ => continue,
        };
        if names(&head).is_some() {
            return entries(delimited(text, sign)?);
        }
    }
    let mut found = Vec::new();
    let lines = text.lines().enumerate();
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let mut parts = line.split([';', '\t']).map(str::trim);
        let name = parts.next().unwrap_or("").to_owned();
        let (mut country, mut email) = (String::new(), String::new());
        for part in parts.filter(|part| !part.is_empty()) {
            if part.contains('@') { email = part.to_owned() } else { country = part.to_owned() }
        }
        let entry = Entry { name, country, email, details: BTreeMap::new() };
        found.push((at + 1, entry));
    }
    checked(found)
}

fn csv_reader(text: &str, sign: u8) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(sign).trim(csv::Trim::All);
    builder.from_reader(text.as_bytes())
}

type Lines = Vec<(usize, Vec<String>)>;

fn delimited(text: &str, sign: u8) -> Result<Lines, Vec<Problem>> {
    let mut rows = Vec::new();
    for record in csv_reader(text, sign).records() {
        let record = record.map_err(|_| vec![Problem::of("list-broken", rows.len() + 1, "")])?;
        let line = record.position().map_or(0, |at| at.line() as usize);
        rows.push((line, record.iter().map(str::to_owned).collect()));
        if rows.len() > MOST + 1 {
            return Err(vec![Problem::of("list-long", MOST + 1, "")]);
        }
    }
    Ok(rows)
}

/// The first sheet of a workbook. The archive is unfolded once, to nowhere, before anything is believed of it.
fn workbook(bytes: &[u8]) -> Result<Lines, Problem> {
    let broken = || Problem::of("list-workbook", 0, "");
    if bytes.starts_with(b"PK") {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        let mut left = UNFOLDED;
        for at in 0..archive.len() {
            let file = archive.by_index(at).map_err(|_| broken())?;
            let size = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
            let size = size.map_err(|_| broken())?;
            left = left.checked_sub(size).ok_or_else(|| Problem::of("list-large", 0, ""))?;
        }
    }
    let mut book =
        calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let sheet = book.worksheet_range_at(0).ok_or_else(broken)?.map_err(|_| broken())?;
    let (first, _) = sheet.start().unwrap_or((0, 0));
    if sheet.height() > MOST + 1 || sheet.width() > 200 {
        return Err(Problem::of("list-long", MOST + 1, ""));
    }
    let text = |cell: &Data| match cell {
        Data::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => other.to_string(),
    };
    let rows = sheet.rows().enumerate();
    Ok(rows.map(|(at, row)| (at + first as usize + 1, row.iter().map(text).collect())).collect())
}

/// What each column is; nothing where the line names no respondents.
fn names(head: &[String]) -> Option<Vec<String>> {
    let mut taken = BTreeSet::new();
    let of = |cell: &String| {
        let plain = cell.trim().to_lowercase().replace('\'', "’");
        let known = HEADS.iter().find(|(_, words)| words.contains(&plain.as_str()));
        known.map_or_else(|| detail(&plain), |(name, _)| (*name).to_owned())
    };
    let names: Vec<String> = head
        .iter()
        .map(|cell| {
            let name = of(cell);
            if taken.insert(name.clone()) { name } else { String::new() }
        })
        .collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    (has("name") || has("prison")).then_some(names)
}

/// The name of a column that nobody foresaw.
fn detail(head: &str) -> String {
    let plain: String =
        head.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).take(40).collect();
    plain.trim_matches('_').to_owned()
}

fn entries(rows: Lines) -> Result<Vec<Entry>, Vec<Problem>> {
    let is_empty = |row: &[String]| row.iter().all(|cell| cell.trim().is_empty());
    let mut rows = rows.into_iter().filter(|(_, row)| !is_empty(row));
    let Some((line, head)) = rows.next() else {
        return Err(vec![Problem::of("list-empty", 0, "")]);
    };
    let names =
        names(&head).ok_or_else(|| vec![Problem::of("list-heads", line, &head.join(", "))])?;
    let mut found = Vec::new();
    for (line, row) in rows {
        let mut entry = Entry::default();
        for (name, cell) in names.iter().zip(&row) {
            let cell = cell.trim().to_owned();
            match name.as_str() {
                "" => {}
                "name" => entry.name = cell,
                "country" => entry.country = cell,
                "email" => entry.email = cell,
                _ if cell.is_empty() => {}
                _ => {
                    entry.details.insert(name.clone(), cell);
                }
            }
        }
        if entry.name.is_empty() {
            entry.name = entry.details.get("prison").cloned().unwrap_or_default();
        }
        found.push((line, entry));
    }
    checked(found)
}

/// Holds each to what a respondent must be, and tells all that is wrong.
fn checked(found: Vec<(usize, Entry)>) -> Result<Vec<Entry>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for (line, mut entry) in found {
        entry.country = entry.country.to_uppercase();
        let problem = |key, value: &str| Some(Problem::of(key, line, value));
        let wrong = NUMBERS.iter().find_map(|name| {
            let value = entry.details.get(*name)?;
            let number = value.replace([' ', '\u{a0}', '\u{202f}'], "").replace(',', ".");
            let fits = number.parse::<f64>().is_ok_and(|it| it.is_finite() && it > 0.0);
            (!fits).then(|| value.clone())
        });
        let unfit =
            |cell: &String| cell.chars().count() > LONGEST || cell.chars().any(char::is_control);
        let long = unfit(&entry.name) || unfit(&entry.email) || entry.details.values().any(unfit);
        let letters = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        let found = match () {
            () if entry.name.is_empty() => problem("list-no-name", ""),
            () if long => problem("list-cell", &entry.name),
            () if !entry.country.is_empty() && !letters(&entry.country) => {
                problem("list-country", &entry.country)
            }
            () if !entry.email.is_empty() && !is_address(&entry.email) => {
                problem("list-email", &entry.email)
            }
            () if wrong.is_some() => problem("list-number", &wrong.unwrap_or_default()),
            () if !seen.insert((
                entry.name.to_lowercase(),
                entry.country.clone(),
                entry.email.to_lowercase(),
            )) =>
            {
                problem("list-twice", &entry.name)
            }
            () => None,
        };
        match found {
            Some(problem) => problems.push(problem),
            None => {
                for name in NUMBERS {
                    if let Some(value) = entry.details.get_mut(name) {
                        *value = value.replace([' ', '\u{a0}', '\u{202f}'], "").replace(',', ".");
                    }
                }
                entries.push(entry);
            }
        }
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
    }
    if entries.len() > MOST {
        return Err(vec![Problem::of("list-long", MOST + 1, "")]);
    }
    if entries.is_empty() && problems.is_empty() {
        problems.push(Problem::of("list-empty", 0, ""));
    }
    if problems.is_empty() { Ok(entries) } else { Err(problems) }
}

/// Whether letters can be sent there: one @ with something on both sides, a dot behind it, no space.
fn is_address(text: &str) -> bool {
    let Some((before, after)) = text.split_once('@') else { return false };
    let plain = !text.contains(|c: char| c.is_whitespace() || "<>,;\"".contains(c));
    plain
        && !before.is_empty()
        && after.contains('.')
        && !after.contains('@')
        && !after.starts_with('.')
        && !after.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        match read_text(text) {
            Ok(all) => all
                .iter()
                .map(|it| format!("{}|{}|{}|{:?}", it.name, it.country, it.email, it.details))
                .collect(),
            Err(problems) => {
                problems.iter().map(|it| format!("{} {} {}", it.key, it.line, it.value)).collect()
            }
        }
    }

    #[test]
    fn lines_name_somebody_and_maybe_where_and_how_to_write() {
        assert_eq!(
            said("Prison 13, Chișinău; mda; anna@example.org\n\nMoldova\tMDA"),
            ["Prison 13, Chișinău|MDA|anna@example.org|{}", "Moldova|MDA||{}"]
        );
        assert_eq!(said("  "), ["list-empty 0 "]);
        assert_eq!(said("; MDA"), ["list-no-name 1 "]);
        assert_eq!(said("A; Moldova"), ["list-country 1 MOLDOVA"]);
        assert_eq!(said("A; MDA; a@b"), ["list-email 1 a@b"]);
        assert_eq!(said("A\nB\nA"), ["list-twice 3 A"]);
    }

    #[test]
    fn a_drawn_sample_is_pasted_as_it_was_downloaded() {
        let csv = "\u{feff}Prison,People held,Ask,Chance of being drawn,Weight of an interview\n\"Prison 1, North\",300,40,0.5,15\n";
        assert_eq!(
            said(csv),
            [
                "Prison 1, North|||{\"chance\": \"0.5\", \"held\": \"300\", \"prison\": \"Prison 1, North\", \"to_ask\": \"40\", \"weight\": \"15\"}"
            ]
        );
        let french = "Prison;Poids d'un entretien\nP;1,5\n";
        assert_eq!(said(french), ["P|||{\"prison\": \"P\", \"weight\": \"1.5\"}"]);
        assert_eq!(said("Name,Weight\nA,heavy\n"), ["list-number 2 heavy"]);
    }

    #[test]
    fn files_that_are_no_lists_are_told_so() {
        let key = |bytes: &[u8]| read_file(bytes).expect_err("no list")[0].key;
        assert_eq!(key(b"PK\x03\x04 and then nothing"), "list-workbook");
        assert_eq!(key(b"Name\nCaf\xe9\n"), "list-encoding");
        assert_eq!(key(b""), "list-empty");
        assert_eq!(key(b"Name\n"), "list-empty");
    }
}
