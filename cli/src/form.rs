//! `throughcare convert` and `throughcare fill`: the engine of questionnaires without a site or a
//! database, for whoever writes a form or checks records on their own machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use xlsform::fill::{Attachments, Filling, Remark, Start, Violation, XForm};
use xlsform::workbook::Limits;
use xlsform::{Form, Options, Problem, Workbook};

use crate::get;

pub const CONVERT_HELP: &str = "\
Examples:
  throughcare convert survey.xlsx -o survey.xml
  throughcare convert survey.xlsx -o survey.xml --questions questions.csv

Problems are told by sheet, row and column; with an error no form is written. Exit code 1 says so.";

pub const FILL_HELP: &str = "\
Examples:
  throughcare fill survey.xml answers.json -o record.xml
  throughcare fill survey.xlsx answers.json --files lists --seed 1

answers.json: {\"age\": 41, \"uses\": \"no\", \"colours\": [\"red\", \"blue\"],
               \"child\": [{\"name\": \"A\"}, {\"name\": \"B\"}]}
A name stands for the question of that name, a path (/data/person/age) for exactly one; a list of
objects for a repeat. Answers that break the form's own rules are told, and the exit code is 1; the record
is written all the same.";

/// Compiles a workbook.
pub fn convert(
    workbook: &Path,
    output: Option<&Path>,
    questions: Option<&Path>,
    item_sets: Option<&Path>,
) -> Result<()> {
    let form = compiled(workbook)?;
    let shown = workbook.display();
    // A form that this engine cannot fill is still one that others may.
    let xform = XForm::read(form.xml(), &Attachments::new());
    for remark in xform.iter().flat_map(XForm::remarks) {
        match remark {
            // Nothing is attached yet.
            Remark::NoFile { file, list } => eprintln!(
                "{shown}: remark: The list '{list}' comes from the file '{file}': give it along where the form is published."
            ),
            other => eprintln!("{shown}: remark: {other}"),
        }
    }
    put(output, form.xml().as_bytes())?;
    if let Some(path) = questions {
        put(Some(path), &list(&form)?)?;
    }
    match (item_sets, form.item_sets()) {
        (Some(path), Some(text)) => put(Some(path), text.as_bytes())?,
        (Some(_), None) => eprintln!("This form has no external choices; no list was written."),
        (None, Some(_)) => eprintln!(
            "This form has external choices: clients need the list beside it (--item-sets itemsets.csv)."
        ),
        (None, None) => {}
    }
    Ok(())
}

fn compiled(path: &Path) -> Result<Form> {
    let shown = path.display();
    let bytes = fs::read(path).with_context(|| format!("{shown} cannot be read"))?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let (form, problems) = match Workbook::read(&bytes, &name, &Limits::default()) {
        Ok(workbook) => xlsform::compile(&workbook, &Options::default()),
        Err(problem) => (None, vec![problem]),
    };
    for problem in &problems {
        eprintln!("{}", said(&shown.to_string(), problem));
    }
    for lacks in form.iter().flat_map(Form::unworded) {
        eprintln!("{shown}: remark: {lacks}");
    }
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    form.with_context(|| format!("{shown} makes no form: {errors} error(s), told above"))
}

/// As compilers say it, so that editors find the place: `survey.xlsx: survey: row 4: column relevant: …`.
fn said(file: &str, problem: &Problem) -> String {
    let mut out = file.to_owned();
    for part in [
        problem.sheet.clone(),
        problem.row.map(|row| format!("row {row}")),
        problem.column.as_ref().map(|column| format!("column {column}")),
        (!problem.is_error()).then(|| "remark".to_owned()),
    ]
    .into_iter()
    .flatten()
    {
        let _ = write!(out, ": {part}");
    }
    format!("{out}: {}", problem.message)
}

fn list(form: &Form) -> Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut head = vec!["path", "name", "type", "list"];
    let languages: Vec<String> = form
        .questions()
        .iter()
        .flat_map(|question| &question.labels)
        .map(|(language, _)| language.clone())
        .fold(Vec::new(), |mut all, language| {
            if !all.contains(&language) {
                all.push(language);
            }
            all
        });
    head.extend(languages.iter().map(String::as_str));
    out.write_record(&head)?;
    for question in form.questions() {
        let mut row = vec![
            question.path.as_str(),
            &question.name,
            &question.type_name,
            question.list.as_deref().unwrap_or(""),
        ];
        row.extend(languages.iter().map(|language| {
            let found = question.labels.iter().find(|(known, _)| known == language);
            found.map_or("", |(_, text)| text.as_str())
        }));
        out.write_record(&row)?;
    }
    Ok(out.into_inner()?)
}

/// Fills a form and checks the record.
pub fn fill(
    form: &Path,
    answers: &Path,
    output: Option<&Path>,
    files: Option<&Path>,
    seed: Option<u64>,
) -> Result<()> {
    let xml = match form.extension().and_then(|it| it.to_str()) {
        Some("xml") => fs::read_to_string(form)
            .with_context(|| format!("{} cannot be read", form.display()))?,
        _ => compiled(form)?.xml().to_owned(),
    };
    let xform = XForm::read(&xml, &attached(files)?)
        .with_context(|| format!("{} cannot be filled", form.display()))?;
    for remark in xform.remarks() {
        eprintln!("{}: remark: {remark}", form.display());
    }
    let shown = answers.display();
    let text = fs::read_to_string(answers).with_context(|| format!("{shown} cannot be read"))?;
    let given: Value =
        serde_json::from_str(&text).with_context(|| format!("{shown} is no JSON"))?;
    let Some(given) = given.as_object() else {
        bail!("{shown} must be an object of answers by name, such as {{\"age\": 41}}");
    };
    let drawn = || Timestamp::now().as_nanosecond() as u64;
    let start = Start {
        now: Timestamp::now(),
        zone: TimeZone::system(),
        seed: seed.unwrap_or_else(drawn),
        language: None,
    };
    let names = names(&xform);
    let mut filling = Filling::new(Arc::new(xform), start)?;
    let mut unknown = Vec::new();
    give(&mut filling, &names, "", given, &mut unknown);
    filling.finish(Timestamp::now());
    put(output, filling.submission().as_bytes())?;
    for name in &unknown {
        eprintln!("{shown}: {name}: the form has no such question, or it cannot take this answer");
    }
    let violations = filling.violations();
    for (node, violation) in &violations {
        let words = filling.message(*node, *violation).unwrap_or_else(|| {
            match violation {
                Violation::Required => "an answer is required",
                Violation::Constraint => "the answer breaks the constraint of the form",
            }
            .to_owned()
        });
        eprintln!("{shown}: {}: {words}", filling.reference(*node));
    }
    if violations.is_empty() && unknown.is_empty() {
        return Ok(());
    }
    bail!("{} answer(s) do not fit the form, told above", violations.len() + unknown.len())
}

/// Lists of a folder by the address that forms ask for.
pub fn attached(folder: Option<&Path>) -> Result<Attachments> {
    let mut found = Attachments::new();
    let Some(folder) = folder else { return Ok(found) };
    let entries = fs::read_dir(folder)
        .with_context(|| format!("the folder {} cannot be read", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kind = match path.extension().and_then(|it| it.to_str()) {
            Some("csv") => "file-csv",
            Some("xml" | "geojson") => "file",
            _ => continue,
        };
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read as text", path.display()))?;
        found.insert(format!("jr://{kind}/{name}"), text);
    }
    Ok(found)
}

/// Each name with the paths that bear it, shortest first.
fn names(form: &XForm) -> BTreeMap<String, Vec<String>> {
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for asked in form.outline() {
        let path = format!("/{}", asked.path.join("/"));
        let known = names.entry(asked.path.last().cloned().unwrap_or_default()).or_default();
        if !known.contains(&path) {
            known.push(path);
        }
    }
    names
}

/// Gives the answers of one level; `within` is the instance of a repeat that they belong to.
fn give(
    filling: &mut Filling,
    names: &BTreeMap<String, Vec<String>>,
    within: &str,
    given: &serde_json::Map<String, Value>,
    unknown: &mut Vec<String>,
) {
    for (name, value) in given {
        let Some(reference) = reference(names, within, name) else {
            unknown.push(format!("{within}/{name}"));
            continue;
        };
        if let Some(instances) = value.as_array().filter(|it| it.iter().any(Value::is_object)) {
            for (at, instance) in instances.iter().enumerate() {
                let here = format!("{reference}[{}]", at + 1);
                if filling.find(&here).is_none() {
                    filling.add_repeat(&reference);
                }
                match (filling.find(&here), instance.as_object()) {
                    (Some(_), Some(answers)) => give(filling, names, &here, answers, unknown),
                    _ => unknown.push(here),
                }
            }
            continue;
        }
        let text = text_of(value);
        match filling.find(&reference) {
            Some(node) => {
                filling.set(node, &text);
                // What is not asked keeps no answer, and that is no fault of the answer.
                let lost = filling.value(node).is_empty() && filling.state(node).relevant;
                if lost && !text.is_empty() {
                    unknown.push(reference);
                }
            }
            None => unknown.push(reference),
        }
    }
}

/// The node that a name or path means, in this instance.
fn reference(names: &BTreeMap<String, Vec<String>>, within: &str, name: &str) -> Option<String> {
    if name.starts_with('/') {
        return Some(name.to_owned());
    }
    let plain: String = {
        let mut depth = 0;
        within
            .chars()
            .filter(|c| {
                if *c == '[' {
                    depth += 1;
                }
                let keep = depth == 0;
                if *c == ']' {
                    depth -= 1;
                }
                keep
            })
            .collect()
    };
    let path = names.get(name)?.iter().find(|path| path.starts_with(&format!("{plain}/")))?;
    Some(format!("{within}{}", &path[plain.len()..]))
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn put(path: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match path {
        Some(path) => {
            fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
        }
        None => get::write(bytes),
    }
}
