//! Holds the compiler to what pyxform made of the same workbooks: `agree FOLDER`, where FOLDER has the
//! workbooks and `answers.jsonl`. Prints a table and the first differences; `make bench-peers` runs it.

#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::Value;
use xlsform::workbook::Limits;
use xlsform::{Form, Options, Problem, Workbook, compile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("give the folder with answers.jsonl")?;
    let wanted: f64 = arguments.next().map_or(Ok(99.0), |text| text.parse())?;
    let text = std::fs::read_to_string(format!("{folder}/answers.jsonl"))?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut ours, mut theirs, mut shown) = (0.0, 0.0, 0);
    let limit = std::env::var("SHOW").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let (mut all, mut forms, mut remarks) = (0, 0, 0);
    for line in text.lines() {
        let answer: Value = serde_json::from_str(line)?;
        let file = answer["file"].as_str().ok_or("a line without a file")?;
        let bytes = std::fs::read(format!("{folder}/{file}"))?;
        let begin = Instant::now();
        let (form, problems) = match Workbook::read(&bytes, file, &Limits::default()) {
            Ok(workbook) => compile(&workbook, &Options::default()),
            Err(problem) => (None, vec![problem]),
        };
        let read = Workbook::read(&bytes, file, &Limits::default());
        let texts = format!("{:?}", read.map(|workbook| workbook.sheets));
        ours += begin.elapsed().as_secs_f64();
        theirs += answer["seconds"].as_f64().unwrap_or(0.0);
        all += 1;
        let outcome = outcome(&answer, form.as_ref(), &problems, &texts);
        *counts.entry(outcome).or_default() += 1;
        if form.is_some() && (outcome == SAME || outcome == ORDER) {
            forms += 1;
            let theirs = answer["warnings"].as_array().into_iter().flatten();
            let told = theirs
                .filter_map(Value::as_str)
                .all(|text| problems.iter().any(|it| words(&it.message) == words(text)));
            remarks += usize::from(told);
            if !told && std::env::var("REMARKS").is_ok() {
                println!("{file}: {:?}\n   {}", problems, answer["warnings"]);
            }
        }
        if outcome == DIFFERENT && shown < limit {
            shown += 1;
            show(file, &answer, form.as_ref(), &problems);
        }
    }
    let count = |outcome: &str| counts.get(outcome).copied().unwrap_or(0);
    println!("{all} random workbooks (.md, .csv, .xlsx) beside pyxform:");
    for outcome in [SAME, REFUSED, ORDER, LETTERS, UNREADABLE, CRASH, DIFFERENT] {
        println!("  {:<72} {:>6}", outcome, count(outcome));
    }
    println!(
        "  {:<72} {remarks:>6} of {forms}",
        "of the forms, those with every remark that pyxform makes"
    );
    let judged = all - count(CRASH) - count(ORDER) - count(LETTERS) - count(UNREADABLE);
    let agreed = count(SAME) + count(REFUSED);
    let share = 100.0 * agreed as f64 / judged.max(1) as f64;
    println!("  agreement apart from the written differences: {share:.2} % (wanted: {wanted} %)");
    println!(
        "  seconds: Throughcare {ours:.2}, pyxform {theirs:.2}; {:.0} times as fast",
        theirs / ours
    );
    if share < wanted {
        return Err(format!("agreement with pyxform is {share:.2} %").into());
    }
    Ok(())
}

const SAME: &str = "byte-identical XForm";
const REFUSED: &str = "refused with the same words";
const ORDER: &str = "the same but for the order of texts that pyxform takes from a set";
const LETTERS: &str = "refused by pyxform for a letter from À to Ö (a slip)";
const UNREADABLE: &str =
    "the same but for an attribute of which pyxform makes XML that nobody can read";
const CRASH: &str = "pyxform itself ends in a Python exception";
const DIFFERENT: &str = "different";

fn outcome(answer: &Value, form: Option<&Form>, problems: &[Problem], texts: &str) -> &'static str {
    if answer["crash"].is_string() {
        return CRASH;
    }
    if let Some(error) = answer["error"].as_str() {
        let mut errors = problems.iter().filter(|problem| problem.is_error());
        let said = errors.any(|it| {
            it.message == error
                || error.lines().all(|line| problems.iter().any(|it| it.message == line))
                || words(&it.message) == words(error)
                // pyxform forgets where on the entities sheet it was.
                || (error == "PyXForm reference - parsing failed"
                    && it.message.contains("Reference variables must start with"))
        });
        let letters = error.contains("Names must begin with a letter") && texts.contains("\"Ärger");
        return match (form.is_none() && said, letters) {
            (true, _) => REFUSED,
            (_, true) => LETTERS,
            _ => DIFFERENT,
        };
    }
    let (Some(form), Some(xml)) = (form, answer["xform"].as_str()) else { return DIFFERENT };
    let sorted = |xml: &str| {
        let mut lines = xml.split('<').collect::<Vec<_>>().join("\n<");
        lines.retain(|c| c != '\r');
        let mut lines = lines.lines().map(str::to_owned).collect::<Vec<_>>();
        lines.sort();
        lines
    };
    let xml = &plain_quotes(xml);
    if form.xml() == xml {
        SAME
    } else if form.xml() == without_unusable(xml, problems) {
        UNREADABLE
    } else if sorted(form.xml()) == sorted(xml) {
        ORDER
    } else {
        DIFFERENT
    }
}

/// Without the attributes of columns that were left out since their prefix stands for nothing.
fn without_unusable(xml: &str, problems: &[Problem]) -> String {
    let left_out = problems.iter().filter(|it| it.message.contains("stands for nothing"));
    let columns = left_out.filter_map(|it| it.column.as_deref()?.rsplit("::").next());
    columns.fold(xml.to_owned(), |xml, attribute| {
        let begin = format!(" {attribute}=\"");
        let mut parts = xml.split(&begin);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |out, part| out + part.split_once('"').map_or(part, |(_, rest)| rest))
    })
}

/// The words of a message. Lists that pyxform takes from a set come in any order.
fn words(text: &str) -> Vec<&str> {
    let words = text.split_whitespace().map(|word| word.trim_end_matches([',', '.']));
    let mut words = words.collect::<Vec<_>>();
    words.sort_unstable();
    words
}

/// Python before 3.13 writes `&quot;` also in texts; later ones only in attributes, as we do.
fn plain_quotes(xml: &str) -> String {
    let part = |(at, part): (usize, &str)| match part.split_once('>') {
        Some((tag, text)) if at > 0 => format!("<{tag}>{}", text.replace("&quot;", "\"")),
        _ if at > 0 => format!("<{part}"),
        _ => part.to_owned(),
    };
    xml.split('<').enumerate().map(part).collect()
}

fn show(file: &str, answer: &Value, form: Option<&Form>, problems: &[Problem]) {
    println!("--- {file}");
    match (form, answer["xform"].as_str()) {
        (Some(form), Some(xml)) => {
            let xml = plain_quotes(xml);
            let pair =
                form.xml().split('<').zip(xml.split('<')).find(|(ours, theirs)| ours != theirs);
            if let Some((ours, theirs)) = pair {
                println!("  ours   <{ours}\n  theirs <{theirs}");
            } else {
                println!("  one is longer: {} and {} bytes", form.xml().len(), xml.len());
            }
        }
        _ => {
            for problem in problems.iter().filter(|problem| problem.is_error()) {
                println!("  ours   {problem}");
            }
            println!("  theirs {}", answer["error"].as_str().unwrap_or("(a form)"));
        }
    }
}
