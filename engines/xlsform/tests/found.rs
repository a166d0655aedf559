//! Workbooks, forms and expressions that random ones have shown to go wrong, each in its shortest form.

use xlsform::workbook::{Format, Limits};
use xlsform::{Form, Options, Problem, Workbook, compile};

fn compiled(text: &str) -> (Option<Form>, Vec<Problem>) {
    let workbook =
        Workbook::read_as(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap();
    compile(&workbook, &Options::default())
}

#[test]
fn a_label_without_language_gives_way_to_the_default_one_in_any_order() {
    let (form, _) = compiled(
        "| survey |
         | | type | name | label | label:Klingon | label:Română (ro) |
         | | text | a | nameless | nuq | cum |
         | settings |
         | | default_language |
         | | Română (ro) |",
    );
    let form = form.unwrap();
    assert!(form.xml().contains("<value>cum</value>"), "{}", form.xml());
    assert!(!form.xml().contains("nameless"));
}

#[test]
fn a_loop_over_choices_that_are_no_names_is_refused() {
    let (form, problems) = compiled(
        "| survey |
         | | type | name | label |
         | | begin loop over l | a | A |
         | | text | b | B |
         | | end loop | | |
         | choices |
         | | list_name | name | label |
         | | l | 2.5 | X |",
    );
    assert!(form.is_none());
    assert!(problems.iter().any(|it| it.message.starts_with("The 'name' value is invalid.")));
}

#[test]
fn attached_lists_show_nothing_and_set_nothing() {
    let (form, _) = compiled(
        "| survey |
         | | type | name | label | default | image |
         | | csv-external | towns | | uuid() | b.png |
         | | text | b | B | | |",
    );
    let form = form.unwrap();
    assert!(!form.xml().contains("b.png") && !form.xml().contains("setvalue"), "{}", form.xml());
}

#[test]
fn an_entity_without_any_place_is_told() {
    let (form, problems) = compiled(
        "| survey |
         | | type | name | label | save_to |
         | | text | a | A | height |
         | | begin repeat | r | R | |
         | | text | b | B | |
         | | end repeat | | | |
         | entities |
         | | list_name | label |
         | | trees | ${b} |",
    );
    assert!(form.is_some(), "{problems:?}");
    assert!(problems.iter().any(|it| it.message.contains("'trees' is not saved")), "{problems:?}");
}
