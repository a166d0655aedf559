//! What a form takes from around it: attached files, the client's properties, the moment it is finished; and what an
//! author is told of formulas.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use xlsform::fill::{Attachments, Filling, Start, XForm};
use xlsform::workbook::{Format, Limits};
use xlsform::xml::{Document, parse};
use xlsform::xpath::{Expression, Fixed};
use xlsform::{Options, Problem, Workbook, compile};

fn start() -> Start {
    Start { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC, seed: 7, language: None }
}

fn form(text: &str, files: &Attachments) -> (XForm, Vec<Problem>) {
    let workbook =
        Workbook::read_as(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap();
    let (form, problems) = compile(&workbook, &Options::default());
    (XForm::read(form.unwrap().xml(), files).unwrap(), problems)
}

const PLACES: &str = "| survey |
    | | type | name | label |
    | | select_one_from_file places.geojson | place | Where? |";

#[test]
fn choices_come_from_a_geojson_file() {
    let file = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": "fs87b", "properties": {"title": "Ward", "beds": 12.50},
         "geometry": {"type": "Point", "coordinates": [0.5, 102]}},
        {"type": "Feature", "properties": {"id": 8, "title": "Yard"},
         "geometry": {"type": "LineString", "coordinates": [[0, 1], [2, 3]]}}]}"#;
    let files = Attachments::from([("jr://file/places.geojson".to_owned(), file.to_owned())]);
    let (form, _) = form(PLACES, &files);
    assert_eq!(form.remarks(), []);
    let filling = Filling::new(Arc::new(form), start()).unwrap();
    let choices = filling.choices(filling.find("/data/place").unwrap());
    let shown = choices.iter().map(|it| (it.value.as_str(), it.label.as_str())).collect::<Vec<_>>();
    assert_eq!(shown, [("fs87b", "Ward"), ("8", "Yard")]);
}

#[test]
fn a_geojson_file_that_is_none_is_refused_with_the_feature() {
    let text = "| survey |\n| | type | name | label |\n\
                | | select_one_from_file places.geojson | place | Where? |";
    let workbook =
        Workbook::read_as(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap();
    let xml = compile(&workbook, &Options::default()).0.unwrap();
    for (file, words) in [
        ("", "jr://file/places.geojson"),
        ("{}", "FeatureCollection"),
        (
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1]}}]}"#,
            "feature 1",
        ),
    ] {
        let name = "jr://file/places.geojson".to_owned();
        let error = XForm::read(xml.xml(), &Attachments::from([(name, file.to_owned())]));
        let error = error.unwrap_err();
        assert!(error.message.contains(words), "{error}");
    }
}

#[test]
fn a_file_that_is_not_attached_is_told() {
    let (form, _) = form(PLACES, &Attachments::new());
    let told: Vec<String> = form.remarks().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["The file 'places.geojson' is not attached to the form: the list 'places' is empty."]
    );
}

#[test]
fn the_client_tells_who_and_when() {
    let (form, _) = form(
        "| survey |
         | | type | name | label | calculation |
         | | username | who | | |
         | | end | end | | |
         | | calculate | again | | concat(${who}, '!', property('email')) |",
        &Attachments::new(),
    );
    let mut filling = Filling::new(Arc::new(form), start()).unwrap();
    let known = [("username", "nurse"), ("email", "n@x")];
    let known = known.map(|(name, value)| (name.to_owned(), value.to_owned()));
    filling.set_properties(BTreeMap::from(known));
    filling.finish("2026-01-02T03:04:05Z".parse().unwrap());
    let record = filling.submission();
    assert!(record.contains("<who>nurse</who>"), "{record}");
    assert!(record.contains("<again>nurse!n@x</again>"), "{record}");
    assert!(record.contains("<end>2026-01-02T03:04:05.000+00:00</end>"), "{record}");
}

#[test]
fn places_lie_in_shapes_and_lines_cross() {
    let mut document = Document::new();
    let root = parse(&mut document, "<a/>").unwrap();
    let yes =
        |text: &str| Expression::parse(text).unwrap().test(&document, root, &Fixed::utc()).unwrap();
    let square = "0 0 0 0;0 10 0 0;10 10 0 0;10 0 0 0;0 0 0 0";
    assert!(yes(&format!("geofence('5 5 0 0', '{square}')")));
    assert!(!yes(&format!("geofence('15 5 0 0', '{square}')")));
    assert!(!yes("geofence('5 5', '0 0;0 10;10 10')"), "an open shape encloses nothing");
    assert!(!yes(&format!("geofence('', '{square}')")));
    assert!(!yes(&format!("intersects('{square}')")));
    assert!(yes("intersects('0 0;10 10;0 10;10 0')"));
    assert!(!yes("intersects('0 0;1 1')"));
    assert!(!yes("intersects('')"));
}

#[test]
fn a_formula_that_cannot_be_read_is_told_by_its_cell() {
    let text = "| survey |
        | | type | name | label | relevant | calculation |
        | | integer | age | Age? | | |
        | | text | why | Why? | ${age} > 18 and ( | |
        | | begin group | g | G | | |
        | | end group | | | | |
        | | calculate | a | | | ${b} + 1 |
        | | calculate | b | | | ${a} + 1 |";
    let workbook =
        Workbook::read_as(text.as_bytes(), Format::Markdown, &Limits::default()).unwrap();
    let (form, problems) = compile(&workbook, &Options::default());
    assert!(form.is_some());
    let place = |part: &str| {
        let problem = problems.iter().find(|problem| problem.message.contains(part));
        let problem = problem.unwrap_or_else(|| panic!("no '{part}' in {problems:?}"));
        (problem.row, problem.column.clone(), problem.is_error())
    };
    assert_eq!(place("'relevant' of 'why'"), (Some(3), Some("relevant".to_owned()), false));
    assert_eq!(place("asks nothing"), (Some(4), Some("type".to_owned()), false));
    let (_, column, error) = place("Calculations go in a circle: a → b → a.");
    assert_eq!((column.as_deref(), error), (Some("calculation"), false));
}
