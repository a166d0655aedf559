//! Workbooks, forms and expressions from people who mean harm: refused quickly, with words.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use super::spent::timed;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use xlsform::fill::{Attachments, Filling, Start, XForm};
use xlsform::workbook::{Format, Limits};
use xlsform::xml::{Document, parse};
use xlsform::xpath::{EvaluationError, Expression, Fixed};
use xlsform::{Options, Workbook, compile};

/// Runs and demands an answer within the second that a server has for a stranger.
pub fn within_a_second<T>(run: impl FnOnce() -> T) -> T {
    let (result, took) = timed(run);
    assert!(took < Duration::from_secs(1), "it took {took:?}");
    result
}

fn start() -> Start {
    Start { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC, seed: 7, language: None }
}

fn form(model: &str, body: &str) -> String {
    format!(
        "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\" \
         xmlns:jr=\"http://openrosa.org/javarosa\"><h:head><h:title>t</h:title><model>{model}\
         </model></h:head><h:body>{body}</h:body></h:html>"
    )
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..200 {
        archive.write_all(&zeros).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let problem =
        within_a_second(|| Workbook::read(&bytes, "bomb.xlsx", &Limits::default()).unwrap_err());
    assert!(problem.message.contains("more than"), "{problem}");
}

#[test]
fn entities_and_depth_in_xml_are_refused() {
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
    let external = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>";
    let deep = "<a>".repeat(1_000_000);
    for text in [laughs, external, &deep] {
        let error = within_a_second(|| parse(&mut Document::new(), text).unwrap_err());
        assert!(!error.message.is_empty());
    }
}

#[test]
fn deep_and_long_expressions_are_refused_or_evaluated() {
    let deep = format!("{}1{}", "(".repeat(50_000), ")".repeat(50_000));
    let error = within_a_second(|| Expression::parse(&deep).unwrap_err());
    assert!(error.message.contains("deep"), "{error}");
    let predicates = format!("a{}", "[a".repeat(20_000));
    within_a_second(|| Expression::parse(&predicates).unwrap_err());

    let long = format!("1{}", "+1".repeat(60_000));
    let mut document = Document::new();
    let root = parse(&mut document, "<a/>").unwrap();
    let sum = within_a_second(|| {
        Expression::parse(&long).unwrap().number(&document, root, &Fixed::utc()).unwrap()
    });
    assert_eq!(sum, 60_001.0);
}

#[test]
fn an_expression_that_multiplies_its_work_is_stopped() {
    let mut document = Document::new();
    let root = parse(&mut document, &format!("<a>{}</a>", "<b/>".repeat(2_000))).unwrap();
    let expression = Expression::parse("count(//b[count(//b[count(//b) > 0]) > 0])").unwrap();
    let (error, took) = timed(|| expression.evaluate(&document, root, &Fixed::utc()).unwrap_err());
    assert_eq!(error, EvaluationError::Budget);
    assert!(took < Duration::from_secs(10), "it took {took:?}");
}

#[test]
fn a_pattern_cannot_take_exponential_time() {
    let mut document = Document::new();
    let root = parse(&mut document, "<a/>").unwrap();
    let text = format!("regex('{}!', '^(a+)+$')", "a".repeat(5_000));
    let expression = Expression::parse(&text).unwrap();
    let matched = within_a_second(|| expression.test(&document, root, &Fixed::utc()).unwrap());
    assert!(!matched);
}

#[test]
fn groups_without_end_are_reported_once_each() {
    let mut text = String::from("| survey |\n| | type | name | label |\n");
    for at in 0..20_000 {
        text.push_str(&format!("| | begin group | g{at} | G |\n"));
    }
    let workbook =
        Workbook::read_as(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap();
    let (form, problems) = within_a_second(|| compile(&workbook, &Options::default()));
    assert!(form.is_none());
    assert!(problems.iter().any(|problem| problem.message.contains("Flatten")));
}

#[test]
fn calculations_in_a_circle_come_to_an_end() {
    let model = "<instance><data id=\"c\"><a/><b/></data></instance>\
                 <bind nodeset=\"/data/a\" calculate=\"coalesce(/data/b, 0) + 1\"/>\
                 <bind nodeset=\"/data/b\" calculate=\"coalesce(/data/a, 0) + 1\"/>";
    let form = XForm::read(&form(model, ""), &Attachments::new()).unwrap();
    within_a_second(|| Filling::new(Arc::new(form), start()).unwrap());
}

#[test]
fn a_repeat_cannot_be_asked_for_a_thousand_million_times() {
    let model = "<instance><data id=\"r\"><n>1000000000</n><r><q/></r></data></instance>";
    let body = "<group ref=\"/data/r\"><repeat nodeset=\"/data/r\" jr:count=\"/data/n\">\
                <input ref=\"/data/r/q\"/></repeat></group>";
    let form = XForm::read(&form(model, body), &Attachments::new()).unwrap();
    let filling = Filling::new(Arc::new(form), start()).unwrap();
    assert!(filling.submission().len() < 1 << 20);
}
