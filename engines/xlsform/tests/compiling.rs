//! pyxform's own assertions and its own output, replayed on our compiler.

use serde_json::Value;
use xlsform::workbook::{Format, Limits, Sheet};
use xlsform::{Form, Options, Problem, Workbook, compile};

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
    eprintln!("pyxform output: {same} of {all} agree");
    assert!(all == 0 || same >= 793, "agreement fell to {same} of {all}");
}
