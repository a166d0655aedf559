//! The databook: out and in without loss, and whatever a person may do to a cell is either taken as meant or said.

use calamine::{Data, Reader, Xlsx};
use epidemic::databook::{Databook, file_text, read, write};
use epidemic::distribution::{Distribution, Scale};
use epidemic::parameters::{SPECS, Unit};
use epidemic::{Basis, Country, Given, Measure, Prison, Target};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use rust_xlsxwriter::{Formula, Workbook};

use crate::moldova::{effects, moldova};

/// A country without the places in files where its numbers stood: these differ between a file and a workbook.
fn placeless(mut country: Country) -> Country {
    for given in &mut country.given {
        (given.file, given.line) = (String::new(), 0);
    }
    country
}

/// Out as a workbook, in again, out as a file, in again.
fn there_and_back(country: &Country) -> Country {
    let bytes = write(country, &effects()).expect("writes");
    let book = read(&bytes, &effects());
    assert_eq!(book.problems, vec![]);
    assert_eq!(book.remarks, vec![]);
    let from_book = placeless(book.country.expect("no problems"));
    assert_eq!(file_text(&from_book, &effects()), file_text(country, &effects()));
    let find = |name: &str| (name == "all.toml").then(|| book.text.clone());
    let (from_text, problems) = Country::read("all.toml", &find, &effects());
    assert_eq!(problems, vec![]);
    assert_eq!(placeless(from_text.expect("no problems")), from_book);
    from_book
}

#[test]
fn moldova_goes_out_and_comes_back() {
    let moldova = moldova();
    assert_eq!(there_and_back(&moldova), placeless(moldova.clone()));
    assert_eq!(write(&moldova, &effects()), write(&moldova, &effects()), "same bytes");
}

/// A text as people write it, with what breaks formats; without spaces at its ends, which cells lose.
fn text() -> impl Strategy<Value = String> {
    "[a-zA-Zéșțșћ0-9][ -~éșțћ–≥“”\t]{0,30}[a-zA-Z0-9=\"\\\\'%]"
}

fn number_of(index: usize) -> impl Strategy<Value = Given> {
    let spec = &SPECS[index];
    let top = spec.high.min(spec.low.abs().max(1e-6) + 5e4);
    let inside = prop::array::uniform3(0.000_1..0.999_9f64).prop_map(move |mut shares| {
        shares.sort_by(f64::total_cmp);
        shares.map(|s| spec.low + (top - spec.low) * s)
    });
    let kind = 0..4usize;
    let basis = (0..3usize, text(), prop::option::of(1950..2030i32), prop::option::of(text()));
    (inside, kind, basis, prop::option::of(text()), any::<bool>(), any::<bool>()).prop_map(
        move |([low, value, high], kind, (which, source, year, locator), note, over, unchecked)| {
            let usual = if spec.unit == Unit::Proportion { Scale::Logit } else { Scale::Log };
            let distribution = match kind {
                0 => Distribution::Fixed(value),
                1 => Distribution::Uniform { low, high },
                2 => Distribution::Spread { scale: Scale::Plain, value, low, high },
                _ if low > 0.0 && (spec.unit != Unit::Proportion || high < 1.0) => {
                    Distribution::Spread { scale: usual, value, low, high }
                }
                _ => Distribution::Fixed(value),
            };
            let basis = match which {
                0 if kind > 0 && !distribution.certain() => Basis::Assumed,
                1 => Basis::Design,
                _ => Basis::Source { source, year, locator },
            };
            let unchecked = unchecked && matches!(basis, Basis::Source { .. });
            let (file, line) = (String::new(), 0);
            Given { distribution, basis, carried_over: over, unchecked, note, file, line }
        },
    )
}

fn any_country() -> impl Strategy<Value = Country> {
    let given: Vec<_> = (0..SPECS.len()).map(number_of).collect();
    let target = (
        0..Measure::ALL.len(),
        0..40i32,
        prop::array::uniform3(0.001..0.999f64),
        prop::option::of(text()),
    );
    let prison = (text(), 0.0..1e4f64, 0.0..=1.0f64);
    (
        given,
        text(),
        prop::collection::vec(target, 0..4),
        prop::collection::vec(prison, 0..4),
        text(),
    )
        .prop_map(|(given, name, targets, prisons, citation)| {
            let mut country = Country { name, given, ..moldova() };
            // Nobody at all is refused, whatever the rest.
            country.given[0].distribution = Distribution::Fixed(1000.0);
            if country.given[0].basis == Basis::Assumed {
                country.given[0].basis = Basis::Design;
            }
            for given in &country.given {
                if let Basis::Source { source, .. } = &given.basis {
                    country.sources.insert(source.clone(), citation.clone());
                }
            }
            country.targets = targets
                .into_iter()
                .map(|(measure, years, mut shares, note)| {
                    shares.sort_by(f64::total_cmp);
                    let [low, value, high] = [shares[0], shares[1] + 1e-6, shares[2] + 2e-6];
                    let (measure, year) = (Measure::ALL[measure], country.start + years);
                    Target { measure, year, value, low, high, source: "assumed".into(), note }
                })
                .collect();
            country.prisons = prisons
                .into_iter()
                .map(|(name, capacity, share)| {
                    let mut prison = Prison { name, ..Prison::only(capacity) };
                    prison.offers.oat = share;
                    prison
                })
                .collect();
            country
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_country_goes_out_and_comes_back(country in any_country()) {
        let back = there_and_back(&country);
        prop_assert_eq!(back, placeless(country));
    }

    #[test]
    fn any_bytes_are_met_with_words(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let book = read(&bytes, &effects());
        prop_assert!(book.country.is_none() && book.problems.len() == 1);
    }
}

/// What a person does to a cell.
enum Doing {
    Number(f64),
    Text(&'static str),
    Formula(&'static str, &'static str),
    Empty,
    Truth,
}

/// Moldova's databook with one cell changed: by sheet, id of the row and heading of the column.
fn changed(sheet: &str, id: &str, column: &str, doing: &Doing) -> Databook {
    let bytes = write(&moldova(), &effects()).expect("writes");
    let mut from: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("reads");
    let mut book = Workbook::new();
    for name in from.sheet_names() {
        let to = book.add_worksheet();
        to.set_name(&name).expect("a name");
        let range = from.worksheet_range(&name).expect("a sheet");
        let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        let at = rows.iter().find_map(|r| r.iter().position(|c| *c == *column));
        let end = rows.iter().find_map(|r| r.iter().position(|c| *c == "id"));
        for (i, row) in rows.iter().enumerate() {
            let this = name == sheet && end.is_some_and(|end| row[end] == *id);
            for (j, cell) in row.iter().enumerate() {
                let (i, j) = (i as u32, j as u16);
                if this && at == Some(usize::from(j)) {
                    match doing {
                        Doing::Number(number) => to.write(i, j, *number),
                        Doing::Text(text) => to.write(i, j, *text),
                        Doing::Formula(formula, result) => {
                            to.write(i, j, Formula::new(*formula).set_result(*result))
                        }
                        Doing::Empty => continue,
                        Doing::Truth => to.write(i, j, true),
                    }
                    .expect("a cell");
                    continue;
                }
                match cell {
                    Data::Float(number) => to.write(i, j, *number).map(|_| ()),
                    Data::Int(number) => to.write(i, j, *number as f64).map(|_| ()),
                    Data::String(text) => to.write(i, j, text).map(|_| ()),
                    _ => Ok(()),
                }
                .expect("a cell");
            }
        }
    }
    read(&book.save_to_buffer().expect("saves"), &effects())
}

fn check(sheet: &str, id: &str, column: &str, doing: Doing, expected: Expect) {
    let book = changed(sheet, id, column, &doing);
    assert_eq!(book.country.is_none(), !book.problems.is_empty());
    let said: Vec<String> =
        book.problems.iter().chain(&book.remarks).map(|p| format!("{p}\n")).collect();
    expected.assert_eq(&said.concat());
}

#[test]
fn a_number_that_was_changed_is_taken() {
    let book = changed("prison", "persons_held", "value", &Doing::Number(6500.0));
    assert_eq!(book.problems, vec![]);
    assert_eq!(book.country.expect("right").central().persons_held, 6500.0);
}

#[test]
fn a_unit_may_be_changed_with_its_number() {
    let book = changed("prison", "remand_length", "unit", &Doing::Text("months"));
    assert_eq!(book.problems, vec![]);
    assert!((book.country.expect("right").central().remand_length - 0.34 / 12.0).abs() < 1e-12);
}

#[test]
fn text_in_place_of_a_number_is_met_with_what_may_be_meant() {
    check(
        "costs",
        "cost_oat",
        "value",
        Doing::Text("512,50"),
        expect![[r#"
        costs, row 13, value: the cell holds the text "512,50", expected a number; is 512.5 meant? Type it as a number
    "#]],
    );
}

#[test]
fn a_formula_is_taken_at_its_result_and_said() {
    check(
        "costs",
        "cost_oat",
        "value",
        Doing::Formula("=10*50", "500"),
        expect![[r#"
        costs, row 13, value: =10*50 was taken at its result, 500
    "#]],
    );
}

#[test]
fn a_formula_without_a_result_is_refused() {
    check(
        "costs",
        "cost_oat",
        "value",
        Doing::Formula("=B2/0", "#DIV/0!"),
        expect![[r#"
            costs, row 13, value: =B2/0 has no number as its result; write the number, or open and save the workbook so that it is computed
        "#]],
    );
}

#[test]
fn an_empty_value_is_refused() {
    check(
        "care",
        "oat_prison",
        "value",
        Doing::Empty,
        expect![[r#"
        care, row 8: oat_prison has no value
    "#]],
    );
}

#[test]
fn half_an_interval_is_refused() {
    check(
        "care",
        "oat_prison",
        "low",
        Doing::Empty,
        expect![[r#"
        care, row 8: oat_prison has one end of an interval; give low and high
    "#]],
    );
}

#[test]
fn a_share_above_one_is_refused() {
    check(
        "infection",
        "hiv_start",
        "value",
        Doing::Number(13.9),
        expect![[r#"
            infection, row 17: hiv_start: value 13.9 proportion is outside 0 to 1; 13.9 % is typed as 13.9% or as 0.139
        "#]],
    );
}

#[test]
fn an_interval_turned_round_is_refused() {
    check(
        "infection",
        "hiv_start",
        "low",
        Doing::Number(0.5),
        expect![[r#"
        infection, row 17: hiv_start: low 0.5, value 0.139, high 0.17 are not in this order
    "#]],
    );
}

#[test]
fn a_unit_that_does_not_fit_is_refused() {
    check(
        "people",
        "stop_rate",
        "unit",
        Doing::Text("years"),
        expect![[r#"
        people, row 17: stop_rate: unit "years" does not fit; it counts in per year, per month, per week, per day, per 100 person-years or per 1000 person-years
    "#]],
    );
}

#[test]
fn a_source_that_is_not_among_the_sources_is_refused() {
    check(
        "people",
        "stop_rate",
        "source",
        Doing::Text("our survey"),
        expect![[r#"
            people, row 17: source "our survey" is not on the sheet “sources”; add it there with its citation
        "#]],
    );
}

#[test]
fn an_effect_that_was_changed_needs_a_source_of_its_own() {
    check(
        "infection",
        "oat_effect_hiv",
        "value",
        Doing::Number(0.4),
        expect![[r#"
        infection, row 9, source: the number was changed, and is no longer that of effect: oat-hiv-macarthur-2012; write the source of the new number, or “assumed”
    "#]],
    );
}

#[test]
fn a_truth_is_no_number() {
    check(
        "care",
        "oat_prison",
        "value",
        Doing::Truth,
        expect![[r#"
        care, row 8, value: the cell holds TRUE, expected a number
    "#]],
    );
}

#[test]
fn a_row_that_lost_its_id_is_missed_by_name() {
    check(
        "care",
        "oat_prison",
        "id",
        Doing::Text("oat_prisons"),
        expect![[r#"
        care, row 8, id: there is no number "oat_prisons"; the nearest name is "oat_prison"
    "#]],
    );
}

#[test]
fn a_target_in_the_past_is_refused() {
    check(
        "targets",
        "on_oat_in_prison",
        "year",
        Doing::Number(2010.0),
        expect![[r#"
        targets, row 8: target 4: year 2010 is before the start of the run, 2018
    "#]],
    );
}

#[test]
fn a_year_with_a_fraction_is_refused() {
    check(
        "country",
        "start",
        "value",
        Doing::Number(2018.5),
        expect![[r#"
        country, row 8, value: 2018.5 is no year
    "#]],
    );
}

#[test]
fn a_country_without_a_currency_is_said_once() {
    check(
        "country",
        "currency",
        "value",
        Doing::Empty,
        expect![[r#"
        country, row 7, value: currency is empty
    "#]],
    );
}

#[test]
fn a_target_with_a_refused_cell_is_said_once() {
    check(
        "targets",
        "on_oat_in_prison",
        "value",
        Doing::Text("about 60"),
        expect![[r#"
        targets, row 8, value: the cell holds the text "about 60", expected a number
    "#]],
    );
}

#[test]
fn a_workbook_of_something_else_is_met_with_its_sheets() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "hello").expect("a cell");
    let book = read(&book.save_to_buffer().expect("saves"), &effects());
    expect!["care: the workbook has no sheet of this name; its sheets are Sheet1"]
        .assert_eq(&book.problems[0].to_string());
    assert!(book.country.is_none());
}
