//! A questionnaire as large as the largest we know, as a real spreadsheet in five languages.

use rust_xlsxwriter::Workbook;

pub const LANGUAGES: [&str; 5] =
    ["English (en)", "Français (fr)", "Română (ro)", "Русский (ru)", "Українська (uk)"];

pub fn spreadsheet(mut book: Workbook, questions: u32) -> Vec<u8> {
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
