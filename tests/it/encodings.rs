//! The same national table as different offices save it: UTF-16 from an old Excel, Windows-1251
//! from an older one, semicolons and decimal commas, tabs. Letters and numbers arrive unharmed.

use encoding_rs::WINDOWS_1251;
use product_tests::{Desk, files};
use serde_json::{Value, json};

const NOTE: &str = "Подсчёт на 31 декабря; «без колоний»";

/// Three countries by the names that they use for themselves, a decimal, an interval and a note.
fn table() -> String {
    files::national(&[
        "Україна,hiv_prevalence_prison,2022,,\"5,2\",\"4,8\",\"5,7\",percent,Звіт про здоров'я,Центр здоров'я,2023,,7,",
        &format!("Србија,oat_people_prison,2022,,315,,,,Извештај,Управа,2023,,8,{NOTE}"),
        "Беларусь,oat_people_prison,2022,,0,,,,Отчёт о лечении,Министерство,2023,,9,",
    ])
}

/// Imports these bytes and holds that all of it arrived.
fn arrives(name: &str, bytes: impl AsRef<[u8]>) {
    let desk = Desk::new();
    desk.put(name, bytes);
    desk.run(&["import", "template", name]).worked().line_with(&[
        "3 rows read",
        "3 figures added",
        "0 rows refused",
    ]);
    let facts = desk.facts("");
    let of = |place: &str, key: &str| -> Value {
        facts
            .iter()
            .find(|fact| fact["place"] == place)
            .map_or(Value::Null, |fact| fact[key].clone())
    };
    assert_eq!(of("UKR", "value"), json!(5.2), "{name}");
    assert_eq!((of("UKR", "low"), of("UKR", "high")), (json!(4.8), json!(5.7)), "{name}");
    assert_eq!(of("SRB", "value"), json!(315.0), "{name}");
    assert_eq!(of("SRB", "note"), json!(NOTE), "{name}");
    assert_eq!(of("BLR", "value"), json!(0.0), "{name}");
    let brief = desk.run(&["get", "/countries/UKR"]).worked().out;
    assert!(brief.contains("Звіт про здоров"), "{name}: the source is cited in its own letters");
}

#[test]
fn utf_8_with_and_without_a_mark() {
    arrives("plain.csv", table());
    arrives("marked.csv", format!("\u{feff}{}", table()));
}

#[test]
fn utf_16_of_either_order() {
    let units: Vec<u16> = std::iter::once(0xFEFF).chain(table().encode_utf16()).collect();
    arrives("little.csv", units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<u8>>());
    arrives("big.csv", units.iter().flat_map(|unit| unit.to_be_bytes()).collect::<Vec<u8>>());
    // Excel's "Unicode text": tabs and the lines' ends of Windows.
    let tabs = table()
        .replace("\"5,2\",\"4,8\",\"5,7\"", "5§2,4§8,5§7")
        .replace(',', "\t")
        .replace('§', ",")
        .replace('\n', "\r\n");
    let units = std::iter::once(0xFEFF).chain(tabs.encode_utf16());
    arrives("unicode.txt", units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
}

#[test]
fn windows_1251() {
    let text = table();
    let (bytes, _, lost) = WINDOWS_1251.encode(&text);
    assert!(!lost, "the table can be written in Windows-1251");
    arrives("old.csv", bytes);
}

#[test]
fn semicolons_and_decimal_commas() {
    let text = table()
        .replace("31 декабря; «", "31 декабря§ «")
        .replace("\"5,2\",\"4,8\",\"5,7\"", "5|2,4|8,5|7")
        .replace(',', ";")
        .replace('|', ",")
        .replace(
            "Подсчёт на 31 декабря§ «без колоний»",
            "\"Подсчёт на 31 декабря; «без колоний»\"",
        );
    arrives("semicolons.csv", text);
}

#[test]
fn a_number_that_reads_in_two_ways_is_asked_back() {
    let desk = Desk::new();
    let row = |year: i32, value: &str| files::oat(year, &format!("\"{value}\""));
    let rows = [row(2020, "1,234"), row(2021, "1 234"), row(2022, "1.234,0"), row(2023, "1,234.0")];
    desk.put("figures.csv", files::national(&rows.each_ref().map(String::as_str)));
    let said = desk.run(&["import", "template", "figures.csv"]).worked();
    said.line_with(&["4 rows read", "3 figures added", "1 row refused"]);
    said.line_with(&["row 2", "“1,234” can be read in two ways", "without the comma"]);
    for fact in desk.facts("") {
        assert_eq!(fact["value"], json!(1234.0), "{fact}");
    }
}

#[test]
fn letters_that_make_no_sense_are_reported() {
    let desk = Desk::new();
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(
        files::national(&[&files::oat(2023, "66")])
            .replace("Prison health report", "Raport X")
            .bytes(),
    );
    let at = bytes.windows(8).position(|eight| eight == b"Raport X").expect("the title") + 7;
    bytes[at] = 0xFF;
    desk.put("figures.csv", bytes);
    let said = desk.run(&["import", "template", "figures.csv"]).worked();
    said.line_with(&["1 figure added"]);
    said.line_with(&["some letters make no sense as UTF-8", "save the file as UTF-8"]);
}
