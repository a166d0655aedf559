//! Labels that one language of a form lacks: told by language, with the names, and no more than ten of them.

use xlsform::workbook::{Format, Limits};
use xlsform::{Options, Workbook, compile};

fn told(text: &str) -> Vec<String> {
    let workbook = Workbook::read_as(text.as_bytes(), Format::Markdown, &Limits::default())
        .expect("a workbook");
    let (form, problems) = compile(&workbook, &Options::default());
    let form = form.unwrap_or_else(|| panic!("{problems:?}"));
    form.unworded().iter().map(ToString::to_string).collect()
}

#[test]
fn what_a_language_lacks_is_named() {
    let mut form = "| survey |
        | | type | name | label::English (en) | label::French (fr) |
        | | begin_group | g | A group | |
        | | select_one yn | one | One | Un |
        | | text | only_fr | | Seulement |\n"
        .to_owned();
    for number in 0..11 {
        form += &format!("| | text | q{number} | Question | |\n");
    }
    form += "| | end_group | g | | |
        | choices |
        | | list_name | name | label::English (en) | label::French (fr) |
        | | yn | y | Yes | Oui |
        | | yn | n | No | |\n";
    assert_eq!(
        told(&form),
        [
            "one question has no label in English (en): only_fr",
            "12 questions have no label in French (fr): g, q0, q1, q2, q3, q4, q5, q6, q7, q8, …; \
             one choice has no label in French (fr): yn/n",
        ]
    );
}

#[test]
fn a_form_in_one_language_lacks_nothing() {
    let form = "| survey |\n| | type | name | label |\n| | text | a | A |\n| | text | b | B |\n";
    assert_eq!(told(form), [] as [&str; 0]);
}
