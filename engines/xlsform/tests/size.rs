//! Questionnaires as large as the largest we know: a real spreadsheet of 1,000 questions in five
//! languages, and a form of 3,000 questions of which one is answered.

use std::sync::Arc;

use super::large::{LANGUAGES, spreadsheet};
use super::spent::timed;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::Workbook as Spreadsheet;
use xlsform::fill::{Attachments, Filling, Start, XForm};
use xlsform::workbook::Limits;
use xlsform::{Options, Workbook, compile};

#[test]
fn a_thousand_questions_in_five_languages() {
    let bytes = spreadsheet(Spreadsheet::new(), 1_000);
    let (workbook, read) =
        timed(|| Workbook::read(&bytes, "survey.xlsx", &Limits::default()).unwrap());
    let ((form, problems), compiled) = timed(|| compile(&workbook, &Options::default()));
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
    let bytes = spreadsheet(Spreadsheet::new(), 3_000);
    let workbook = Workbook::read(&bytes, "survey.xlsx", &Limits::default()).unwrap();
    let (form, _) = compile(&workbook, &Options::default());
    let (form, read) = timed(|| XForm::read(form.unwrap().xml(), &Attachments::new()).unwrap());
    let start = Start {
        now: Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        seed: 1,
        language: Some("Română (ro)".to_owned()),
    };
    let (mut filling, opened) = timed(|| Filling::new(Arc::new(form), start).unwrap());
    let question = filling.find("/data/q1500").unwrap();
    let next = filling.find("/data/q1501").unwrap();
    assert_eq!(filling.label(question).unwrap(), "Question 1500 in Română (ro)");
    let ((), answered) = timed(|| filling.set(question, "7"));
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
