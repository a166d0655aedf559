//! Workbooks, forms and expressions that random ones have shown to go wrong, each in its shortest form.

use std::sync::Arc;

use xlsform::fill::{Attachments, Filling, Start, XForm};
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

/// Found by mutation: a column whose header is no name became an element that nobody could read.
#[test]
fn a_column_of_choices_that_cannot_be_a_name_is_left_out_and_told() {
    let (form, problems) = compiled(
        "| survey |
         | | type | name | label |
         | | select_one l | a | A |
         | choices |
         | | list_name | name | label | by=\"district |
         | | l | x | X | north |",
    );
    let form = form.unwrap();
    assert!(!form.xml().contains("district"), "{}", form.xml());
    assert!(problems.iter().any(|it| it.message.contains("'by=\"district'")), "{problems:?}");
}

/// Found by mutation: a form whose record could be written, and then not be read.
#[test]
fn an_element_with_a_sign_in_its_name_is_refused() {
    let xml = "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><model><instance><data*r id=\"a\"/></instance></model></h:head><h:body/></h:html>";
    let said = xlsform::fill::XForm::read(xml, &Default::default()).expect_err("refused");
    assert!(said.message.contains("'data*r' cannot be a name"), "{said}");
}

/// Found by mutation: a prefix that nobody declares is no namespace.
#[test]
fn a_column_of_choices_with_an_undeclared_prefix_is_left_out_and_told() {
    let sheet = "| survey |
         | | type | name | label |
         | | select_one l | a | A |
         | choices |
         | | list_name | name | label::English (en) | geo:district |
         | | l | x | X | north |";
    let (form, problems) = compiled(sheet);
    assert!(!form.unwrap().xml().contains("geo:district"));
    assert!(problems.iter().any(|it| it.message.contains("'geo:district'")), "{problems:?}");
    let declared = "
         | settings |
         | | namespaces |
         | | geo=\"http://example.org/geo\" |";
    let (form, problems) = compiled(&format!("{sheet}{declared}"));
    assert!(form.unwrap().xml().contains("<geo:district>north"), "{problems:?}");
}

/// Found by mutation: copies of such a repeat had a name that no record can have.
#[test]
fn a_repeat_whose_path_is_none_is_refused() {
    let xml = "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:head><model><instance><data id=\"a\"/></instance></model></h:head><h:body><repeat nodeset=\"/data#r\"/></h:body></h:html>";
    for path in ["/data#r", "/other", "/data", "/da::p", "/other/r"] {
        let said = XForm::read(&xml.replace("/data#r", path), &Attachments::new());
        let said = said.err().unwrap_or_else(|| panic!("{path} was taken"));
        assert!(said.message.contains(&format!("'{path}' is no path")), "{said}");
    }
}

#[test]
fn a_name_with_a_prefix_that_stands_for_nothing_is_refused() {
    let (form, problems) = compiled("| survey |\n| | type | name | label |\n| | text | ex:a | A |");
    assert!(form.is_none());
    assert!(problems.iter().any(|it| it.message.contains("The prefix 'ex' stands for nothing")));
}

#[test]
fn an_attribute_of_which_no_xml_can_be_made_is_left_out_and_told() {
    for (column, setting) in [
        ("instance::ex:duration", "version"),
        ("body::ex:flow", "version"),
        ("body::a$b", "version"),
        ("hint", "attribute::ex:duration"),
    ] {
        let (form, problems) = compiled(&format!(
            "| survey |
             | | type | name | label | {column} |
             | | text | a | A | other |
             | settings |
             | | {setting} |
             | | 10 |"
        ));
        let form = form.unwrap();
        XForm::read(form.xml(), &Attachments::new()).unwrap();
        assert!(problems.iter().any(|it| it.message.contains("left out")), "{column} {setting}");
    }
    let (form, _) = compiled(
        "| survey |
         | | type | name | label | instance::ex:duration |
         | | text | a | A | 10 |
         | settings |
         | | namespaces |
         | | ex=\"http://example.com/xforms\" |",
    );
    assert!(form.unwrap().xml().contains("ex:duration=\"10\""));
}

#[test]
fn a_namespace_that_is_none_is_left_out_and_told() {
    for part in ["a://b.c=\"d\"", "xmlns=\"e\"", "f=\"\"", "=g", "h:i=\"j\"", "k"] {
        let (form, problems) = compiled(&format!(
            "| survey |
             | | type | name | label |
             | | text | a | A |
             | settings |
             | | namespaces |
             | | esri=\"http://esri.com/xforms\" {part} |"
        ));
        let form = form.unwrap();
        assert!(form.xml().contains("xmlns:esri"), "{part}");
        XForm::read(form.xml(), &Attachments::new()).unwrap();
        assert!(problems.iter().any(|it| it.message.contains("is left out")), "{part}");
    }
}

#[test]
fn a_day_beyond_all_calendars_is_no_date() {
    let form =
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>
        <h:head><model><instance><data id='d'><a/></data></instance>
        <bind nodeset='/data/a' calculate=\"'2018-06-2' &lt; '2018-06-2533333313333318'\"/>
        </model></h:head><h:body/></h:html>";
    let form = XForm::read(form, &Attachments::new()).unwrap();
    let filling = Filling::new(Arc::new(form), start()).unwrap();
    assert!(filling.submission().contains("<a>false</a>"), "{}", filling.submission());
}

#[test]
fn a_record_whose_answers_make_a_calculation_impossible_is_read_again() {
    let form =
        "<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml'>
        <h:head><model><instance><data id='d'><how>MD5</how><sum/></data></instance>
        <bind nodeset='/data/sum' calculate=\"digest('x', /data/how)\"/>
        </model></h:head><h:body><input ref='/data/how'/></h:body></h:html>";
    let form = Arc::new(XForm::read(form, &Attachments::new()).unwrap());
    let mut filling = Filling::new(Arc::clone(&form), start()).unwrap();
    let how = filling.nodes(None, &["data".into(), "how".into()])[0];
    filling.set(how, "ROT13");
    let again = Filling::resume(form, &filling.submission(), start()).unwrap();
    assert!(again.submission().contains("<how>ROT13</how><sum/>"), "{}", again.submission());
}

fn start() -> Start {
    let (now, zone) = (jiff::Timestamp::UNIX_EPOCH, jiff::tz::TimeZone::UTC);
    Start { now, zone, seed: 1, language: None }
}
