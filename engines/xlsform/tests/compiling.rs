//! pyxform's own assertions and its own output, replayed on our compiler.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use xlsform::workbook::{Format, Limits, Sheet};
use xlsform::xml::{Document, parse};
use xlsform::xpath::{Environment, Expression};
use xlsform::{Form, Options, Problem, Severity, Workbook, compile};

fn workbook(case: &Value) -> Option<Workbook> {
    if let Some(text) = case["md"].as_str() {
        return Workbook::read_as(text.as_bytes(), Format::Markdown, &Limits::default()).ok();
    }
    let sheets = case["ss_structure"].as_object()?;
    let sheet = |(name, rows): (&String, &Value)| Sheet {
        name: name.clone(),
        header: Vec::new(),
        rows: rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let cells = row.as_object().unwrap().iter();
                cells.map(|(k, v)| (k.clone(), v.as_str().unwrap().to_owned())).collect()
            })
            .collect(),
    };
    let sheets = sheets.iter().map(sheet).collect::<Vec<_>>();
    let sheet_names = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    Some(Workbook { sheets, sheet_names, file_stem: None })
}

fn compiled(case: &Value, workbook: &Workbook) -> (Option<Form>, Vec<Problem>) {
    let root_name = case["name"].as_str().unwrap_or("test_name").to_owned();
    compile(workbook, &Options { root_name, ..Options::default() })
}

#[test]
fn the_output_is_that_of_pyxform() {
    let (mut same, mut all) = (0, 0);
    let show = std::env::var("SHOW").is_ok();
    for case in super::cases::read("xlsform") {
        let Some(workbook) = workbook(&case) else { continue };
        all += 1;
        let (form, problems) = compiled(&case, &workbook);
        let messages = problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>();
        let agreed = match (case["oracle_xform"].as_str(), case["oracle_error"].as_str()) {
            (Some(xml), _) => form.as_ref().is_some_and(|form| form.xml() == xml),
            (_, Some(error)) => form.is_none() && messages.contains(&error),
            _ => true,
        };
        same += i32::from(agreed);
        if !agreed && show {
            eprintln!("=== {} {}", case["test"], case["call"]);
            eprintln!("{}", case["md"].as_str().unwrap_or_default());
            if let (Some(xml), Some(form)) = (case["oracle_xform"].as_str(), &form) {
                for (ours, theirs) in form.xml().lines().zip(xml.lines()) {
                    if ours != theirs {
                        eprintln!("  ours   {ours}\n  theirs {theirs}");
                        break;
                    }
                }
            } else {
                eprintln!("  ours   {messages:?}\n  theirs {}", case["oracle_error"]);
            }
        }
    }
    super::cases::note("output", &format!("pyxform output: {same} of {all} cases agree"));
    assert!(all == 0 || same >= 793, "agreement fell to {same} of {all}");
}

/// The prefixes of pyxform's own assertions.
struct Assertions;

impl Environment for Assertions {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn zone(&self) -> TimeZone {
        TimeZone::UTC
    }

    fn namespace(&self, prefix: &str) -> Option<&str> {
        Some(match prefix {
            "x" => "http://www.w3.org/2002/xforms",
            "h" => "http://www.w3.org/1999/xhtml",
            "ev" => "http://www.w3.org/2001/xml-events",
            "xsd" => "http://www.w3.org/2001/XMLSchema",
            "jr" => "http://openrosa.org/javarosa",
            "orx" => "http://openrosa.org/xforms",
            "odk" => "http://www.opendatakit.org/xforms",
            "entities" => "http://www.opendatakit.org/xforms/entities",
            _ => return None,
        })
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// The same XML with the attributes of each tag in alphabetical order, as pyxform's harness has it.
fn sorted(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let Some(length) = rest[at..].find('>') else { break };
        out.push_str(&rest[..at]);
        let tag = &rest[at..=at + length];
        rest = &rest[at + length + 1..];
        let (end, inside) = match tag.strip_suffix("/>") {
            Some(inside) => ("/>", inside),
            None => (">", &tag[..tag.len() - 1]),
        };
        let mut parts = inside.split("\" ").map(|part| part.trim_end_matches('"'));
        let first = parts.next().unwrap_or_default();
        let (name, first) = first.split_once(' ').unwrap_or((first, ""));
        let mut attributes = std::iter::once(first).chain(parts).collect::<Vec<_>>();
        attributes.retain(|attribute| !attribute.is_empty());
        // Names with a prefix come after those without, as in canonical XML.
        attributes.sort_by_key(|attribute| {
            let name = attribute.split('=').next().unwrap_or_default();
            (name.contains(':'), attribute.to_owned())
        });
        out.push_str(name);
        for attribute in attributes {
            out.push_str(&format!(" {attribute}\""));
        }
        out.push_str(end);
    }
    out.push_str(rest);
    out
}

/// What of pyxform's own assertions does not hold; empty when all do.
fn broken(case: &Value, form: Option<&Form>, problems: &[Problem]) -> Vec<String> {
    let mut broken = Vec::new();
    let mut claim = |holds: bool, what: String| {
        if !holds {
            broken.push(what);
        }
    };
    let said = |severity: Severity| {
        let of = problems.iter().filter(move |p| p.severity == severity);
        of.map(|p| p.message.as_str()).collect::<Vec<_>>()
    };
    let (errors, warnings) = (said(Severity::Error).join("\n"), said(Severity::Warning));
    if case["errored"] == true {
        claim(form.is_none(), "an error was expected".to_owned());
    }
    for text in texts(&case["error__contains"]) {
        claim(errors.contains(text), format!("error: {text}"));
    }
    for text in texts(&case["error__not_contains"]) {
        // Some were made on a form whose recording has been cut: pyxform breaks them itself.
        let cut = case["oracle_error"].as_str().is_some_and(|said| said.contains(text));
        claim(cut || !errors.contains(text), format!("no error: {text}"));
    }
    for text in texts(&case["warnings__contains"]) {
        claim(warnings.iter().any(|said| said.contains(text)), format!("warning: {text}"));
    }
    for text in texts(&case["warnings__not_contains"]) {
        claim(!warnings.iter().any(|said| said.contains(text)), format!("no warning: {text}"));
    }
    if let Some(count) = case["warnings_count"].as_u64() {
        claim(warnings.len() as u64 == count, format!("{count} warnings: {warnings:?}"));
    }
    let Some(form) = form else { return broken };
    let xml = form.xml();
    let part = |open: &str, close: &str| {
        let start = xml.find(open).unwrap_or(0);
        let end = xml[start..].find(close).map_or(xml.len(), |end| start + end);
        &xml[start..end]
    };
    let lines = |text: &str| text.lines().map(str::trim).collect::<String>();
    for (key, whole) in [
        ("xml", xml),
        ("model", part("<model", "</model>")),
        ("instance", part("<instance>", "</instance>")),
        ("itext", part("<itext>", "</itext>")),
    ] {
        let sorted = sorted(whole);
        let has = |text: &str| {
            whole.contains(text)
                || lines(whole).contains(&lines(text))
                || sorted.contains(text)
                || lines(&sorted).contains(&lines(text))
        };
        for text in texts(&case[format!("{key}__contains")]) {
            claim(has(text), format!("{key} contains {text}"));
        }
        for text in texts(&case[format!("{key}__excludes")]) {
            claim(!has(text), format!("{key} excludes {text}"));
        }
    }
    let mut document = Document::new();
    let root = parse(&mut document, xml).unwrap();
    let count = |path: &str| {
        let expression = Expression::parse(path).unwrap();
        match expression.evaluate(&document, root, &Assertions).unwrap() {
            xlsform::xpath::Value::Nodes(nodes) => nodes.len() as u64,
            value => u64::from(value.boolean()),
        }
    };
    for path in texts(&case["xml__xpath_match"]) {
        claim(count(path) == 1, format!("{} matches of {path}", count(path)));
    }
    for pair in case["xml__xpath_count"].as_array().into_iter().flatten() {
        let (path, wanted) = (pair[0].as_str().unwrap(), pair[1].as_u64().unwrap());
        claim(count(path) == wanted, format!("{} instead of {wanted}: {path}", count(path)));
    }
    broken
}

#[test]
fn the_assertions_of_pyxform_hold() {
    let (mut held, mut all) = (0, 0);
    for case in super::cases::read("xlsform") {
        let Some(workbook) = workbook(&case) else { continue };
        // These test that pyxform's own harness notices a failure.
        if case["test"].as_str().unwrap().contains("test_pyxform_test_case") {
            continue;
        }
        all += 1;
        let (form, problems) = compiled(&case, &workbook);
        let broken = broken(&case, form.as_ref(), &problems);
        held += i32::from(broken.is_empty());
        if !broken.is_empty() && std::env::var("SHOW").is_ok() {
            eprintln!("=== {} {}\n   {broken:?}", case["test"], case["call"]);
        }
    }
    super::cases::note(
        "assertions",
        &format!("pyxform's own assertions: {held} of {all} cases hold"),
    );
    assert!(all == 0 || held * 100 >= all * 98, "assertions fell to {held} of {all}");
}
