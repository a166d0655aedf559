//! A country's numbers on the command line: a file from figures, a databook from the file, the file again.

use product_tests::Desk;

#[test]
fn a_country_is_made_checked_written_out_and_read_back() {
    let desk = Desk::new();
    let report = desk.run(&["country", "new", "GEO"]).worked().out;
    assert!(report.contains("people_current") && report.contains("unaids-gam 2017"), "{report}");
    assert!(report.contains("numbers are assumed: replace them by your own"), "{report}");
    let checked = desk.run(&["country", "check", "GEO.toml"]).worked().out;
    assert!(checked.starts_with("Georgia: "), "{checked}");
    desk.run(&["country", "book", "GEO.toml"]).worked();
    desk.run(&["country", "read", "GEO.xlsx", "-o", "again.toml"]).worked();
    desk.run(&["country", "book", "again.toml", "-o", "again.xlsx"]).worked();
    assert!(
        desk.read("GEO.xlsx") == desk.read("again.xlsx"),
        "the databook of the databook is the same"
    );
    let again = desk.run(&["country", "check", "again.toml"]).worked().out;
    assert_eq!(again, checked);
}

#[test]
fn nothing_is_overwritten_and_nothing_guessed() {
    let desk = Desk::new();
    desk.run(&["country", "book", "MDA"]).worked();
    desk.run(&["country", "book", "MDA"]).failed(&["MDA.xlsx is there already"]);
    desk.run(&["country", "new", "XYZ"]).failed(&["there is no place"]);
    desk.run(&["country", "new", "KGZ"]).failed(&["without it there is no model"]);
    let nowhere = ["no country that ships", "there is no such file"];
    desk.run(&["country", "book", "nowhere.toml"]).failed(&nowhere);
    desk.run(&["country", "read", "nowhere.xlsx"]).failed(&["nowhere.xlsx cannot be read"]);
    desk.put("letter.xlsx", "Dear colleague");
    desk.run(&["country", "read", "letter.xlsx"])
        .failed(&["not a workbook", "nothing was written"]);
}
