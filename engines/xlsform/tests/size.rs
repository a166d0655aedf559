//! Questionnaires as large as the largest we know: a real spreadsheet of 1,000 questions in five
//! languages, and a form of 3,000 questions of which one is answered.

use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::Workbook as Spreadsheet;
use xlsform::fill::{Attachments, Filling, Start, XForm};
use xlsform::workbook::Limits;
use xlsform::{Options, Workbook, compile};

const LANGUAGES: [&str; 5] =
    ["English (en)", "Français (fr)", "Română (ro)", "Русский (ru)", "Українська (uk)"];

fn spreadsheet(questions: u32) -> Vec<u8> {
    let mut book = Spreadsheet::new();
    let survey = book.add_worksheet();
    survey.set_name("survey").unwrap();
    for (column, name) in ["type", "name", "relevant", "constraint"].iter().enumerate() {
        survey.write(0, column as u16, *name).unwrap();
    }
    for (column, language) in (4..).zip(LANGUAGES) {
        survey.write(0, column, format!("label::{language}")).unwrap();
        survey.write(0, column + 5, format!("hint::{language}")).unwrap();
    }
    for row in 1..=questions {
        let kind = if row % 3 == 0 { "select_one yes_no" } else { "integer" };
        survey.write(row, 0, kind).unwrap();
        survey.write(row, 1, format!("q{row}")).unwrap();
        if row > 1 {
            survey.write(row, 2, format!("${{q{}}} != 7", row - 1)).unwrap();
        }
        survey.write(row, 3, ". < 1000").unwrap();
        for (column, language) in (4..).zip(LANGUAGES) {
            survey.write(row, column, format!("Question {row} in {language}")).unwrap();
            survey.write(row, column + 5, format!("Hint {row} in {language}")).unwrap();
        }
    }
    let choices = book.add_worksheet();
    choices.set_name("choices").unwrap();
    choices.write(0, 0, "list_name").unwrap();
    choices.write(0, 1, "name").unwrap();
    for (column, language) in (2..).zip(LANGUAGES) {
        choices.write(0, column, format!("label::{language}")).unwrap();
        for (row, name) in (1..).zip(["yes", "no"]) {
            choices.write(row, 0, "yes_no").unwrap();
            choices.write(row, 1, name).unwrap();
            choices.write(row, column, format!("{name} {language}")).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_thousand_questions_in_five_languages() {
    let bytes = spreadsheet(1_000);
    let begin = Instant::now();
    let workbook = Workbook::read(&bytes, "survey.xlsx", &Limits::default()).unwrap();
    let read = begin.elapsed();
    let begin = Instant::now();
    let (form, problems) = compile(&workbook, &Options::default());
    let compiled = begin.elapsed();
    assert_eq!(problems, []);
    let form = form.unwrap();
    assert_eq!(form.id(), "survey");
    assert_eq!(form.languages(), LANGUAGES);
    eprintln!(
        "1,000 questions in five languages: read in {read:.1?}, compiled in {compiled:.1?}, {} \
         bytes of XML",
        form.xml().len()
    );
    assert!(compiled.as_millis() < 500, "compiled in {compiled:?}");
}

#[test]
fn one_answer_among_three_thousand_questions() {
    let bytes = spreadsheet(3_000);
    let workbook = Workbook::read(&bytes, "survey.xlsx", &Limits::default()).unwrap();
    let (form, _) = compile(&workbook, &Options::default());
    let begin = Instant::now();
    let form = XForm::read(form.unwrap().xml(), &Attachments::new()).unwrap();
    let read = begin.elapsed();
    let start = Start {
        now: Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        seed: 1,
        language: Some("Română (ro)".to_owned()),
    };
    let begin = Instant::now();
    let mut filling = Filling::new(Arc::new(form), start).unwrap();
    let opened = begin.elapsed();
    let question = filling.find("/data/q1500").unwrap();
    let next = filling.find("/data/q1501").unwrap();
    assert_eq!(filling.label(question).unwrap(), "Question 1500 in Română (ro)");
    let begin = Instant::now();
    filling.set(question, "7");
    let answered = begin.elapsed();
    assert_eq!(filling.value(question), "");
    filling.set(filling.find("/data/q1").unwrap(), "7");
    assert!(!filling.state(filling.find("/data/q2").unwrap()).relevant);
    assert!(filling.state(next).relevant);
    eprintln!(
        "3,000 questions: form read in {read:.1?}, opened in {opened:.1?}, one answer in \
         {answered:.1?}"
    );
    assert!(answered.as_millis() < 200, "answered in {answered:?}");
}
