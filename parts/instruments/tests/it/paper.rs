//! Paper: what a form becomes on a printed page, in its words and numbers. The PDF itself is looked at by the
//! tests of the whole product.

use instruments::filling::words;
use instruments::paper::{Loose, of_workbook};
use serde_json::Value;

const SKIPS: &str = "
| settings | | |
| | form_title | form_id |
| | Skips | skips |
| survey | | | | | | |
| | type | name | label | relevant | constraint | appearance |
| | note | hello | Welcome | | | |
| | select_one yn | uses | Do you use it? | | | |
| | text | why | Why? | ${uses} = 'y' | | |
| | integer | often | How often, after ${why}? | ${uses} = 'y' | . >= 1 and . < 100 | |
| | select_multiple colour | colours | Which colours? | | | |
| | begin_group | g | Reds | selected(${colours}, 'red') | | |
| | text | shade | Which shade? | | | |
| | end_group | | | | | |
| | text | late | And later? | ${often} > 3 and ${uses} = 'y' | | |
| | text | odd | Odd one | string-length(${why}) mod 2 = 1 | | |
| | select_one yn | end1 | Shall we end? | | | |
| | text | more | What more? | ${end1} != 'y' | | |
| choices | | | |
| | list_name | name | label |
| | yn | y | Yes |
| | yn | n | No |
| | colour | red | Red |
| | colour | blue | Blue |
";

fn paper(workbook: &str, language: Option<&str>) -> Value {
    let (sheet, problems) = of_workbook(&Loose {
        bytes: workbook.as_bytes(),
        file_name: "form.md",
        files: &Default::default(),
        language,
        anonymous: true,
        copies: 2,
        day: "2026-11-24",
    });
    sheet.unwrap_or_else(|error| panic!("{error:#} {problems:?}")).data
}

fn text(label: &Value) -> String {
    let lines = label.as_array().into_iter().flatten();
    let runs = lines.flat_map(|line| line.as_array().into_iter().flatten());
    runs.filter_map(|run| run["text"].as_str()).collect()
}

/// One line for each piece: number, label, filter, answers with their arrows, rule.
fn told(items: &Value, into: &mut Vec<String>) {
    for it in items.as_array().into_iter().flatten() {
        let mut line =
            format!("{} {} {}", it["is"].as_str().unwrap_or(""), it["number"], text(&it["label"]));
        for part in ["filter", "control", "rule"] {
            if let Some(words) = it[part].as_str().filter(|it| !it.is_empty()) {
                line += &format!(" | {words}");
            }
        }
        for answer in it["answers"].as_array().into_iter().flatten() {
            let go = answer["go"].as_str().filter(|it| !it.is_empty());
            let go = go.map(|go| format!(" → {go}")).unwrap_or_default();
            line += &format!(" [{} {}{go}]", answer["key"], answer["label"].as_str().unwrap_or(""));
        }
        into.push(line);
        told(&it["rows"], into);
    }
}

#[test]
fn skips_are_arrows_where_they_can_be_and_words_where_not() {
    let mut lines = Vec::new();
    told(&paper(SKIPS, None)["items"], &mut lines);
    let expected = [
        "note 0 Welcome",
        "question 1 Do you use it? | one [1 Yes] [2 No → go to 4]",
        // The arrow of question 1 says it.
        "question 2 Why? | lines",
        "question 3 How often, after (answer to question 2)? | digits | From 1 to 99.",
        "question 4 Which colours? | several [1 Red] [2 Blue]",
        "section 0 Reds | Only if question 4 is “Red”.",
        "question 5 Which shade? | lines",
        "question 6 And later? | Only if question 3 is more than 3 and question 1 is “Yes”. | lines",
        "question 7 Odd one | Whether this is asked depends on question 2. Leave it out where it does not apply to you. | lines",
        "question 8 Shall we end? | one [1 Yes → go to the end] [2 No]",
        "question 9 What more? | lines",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn shipped_forms_are_paper_in_each_of_their_languages() {
    for (name, bytes) in instruments::shipped::workbooks().expect("read") {
        let workbook = String::from_utf8(bytes).expect("text");
        let (compiled, _) =
            instruments::compiled::compile(workbook.as_bytes(), &name, &Default::default());
        for language in compiled.expect("it compiles").languages() {
            let data = paper(&workbook, Some(&language));
            let mut lines = Vec::new();
            told(&data["items"], &mut lines);
            let all = lines.join("\n");
            assert!(!all.contains('⟦') && !all.contains("${"), "{name} {language}: {all}");
            let numbers: Vec<i64> = numbers(&data["items"]);
            let wanted: Vec<i64> = (1..=numbers.len() as i64).collect();
            assert!(!numbers.is_empty() && numbers == wanted, "{name}: {numbers:?}");
        }
    }
}

fn numbers(items: &Value) -> Vec<i64> {
    let mut found = Vec::new();
    for it in items.as_array().into_iter().flatten() {
        found.extend(it["number"].as_i64().filter(|it| *it > 0));
        // The copies of a block bear the same numbers.
        if it["is"] != "copy" || it["last"] == true {
            found.extend(numbers(&it["rows"]));
        }
    }
    found
}

#[test]
fn a_scale_is_a_table_and_a_repeat_is_blocks() {
    let (_, bytes) = instruments::shipped::workbooks()
        .expect("read")
        .into_iter()
        .find(|(name, _)| name == "stigma_scale.md")
        .expect("it ships");
    let data = paper(&String::from_utf8(bytes).expect("text"), Some("ro"));
    let tables: Vec<&Value> =
        data["items"].as_array().expect("items").iter().filter(|it| it["is"] == "table").collect();
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0]["rows"].as_array().map(Vec::len), Some(10));
    assert_eq!(tables[0]["answers"][4]["label"], "Acord total");
    let data = paper(super::TOWN, Some("French"));
    let copies: Vec<String> = data["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter(|it| it["is"] == "copy")
        .map(|it| text(&it["label"]))
        .collect();
    assert_eq!(copies, ["Enfant 1", "Enfant 2"]);
    assert_eq!(data["language"], "French");
}

#[test]
fn an_unknown_language_is_told_with_those_there_are() {
    let (sheet, _) = of_workbook(&Loose {
        bytes: super::TOWN.as_bytes(),
        file_name: "form.md",
        files: &Default::default(),
        language: Some("tlh"),
        anonymous: false,
        copies: 1,
        day: "2026-11-24",
    });
    let error = sheet.err().expect("no such language").to_string();
    assert!(error.contains("English (en), French (fr)"), "{error}");
}

#[test]
fn every_language_of_respondents_has_the_words_of_paper() {
    let english = words::of("en");
    let text = include_str!("../../filling/en/paper.ftl");
    let keys: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key)
        .filter(|key| *key != "paper-stands")
        .collect();
    assert!(keys.len() > 40 && keys.iter().all(|key| english.has(key)));
    for language in words::all() {
        let missing: Vec<_> = keys.iter().filter(|key| !language.has(key)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", language.language.tag());
    }
}
