//! Writes the shipped figures from the publishers' files:
//! `cargo run -p throughcare-facts --example ship -- FOLDER-OF-RAW-FILES data/facts YEAR`

use std::path::{Path, PathBuf};

use facts::Kind;
use facts::read::ship::ship;

#[allow(clippy::print_stdout)] // A command's own words.
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [raw, out, year] = args.as_slice() else { panic!("usage: ship RAW OUT YEAR") };
    let file = |path: &str| PathBuf::from(raw).join(path);
    let files = [
        (Kind::Unodc, file("raw/unodc/data_cts_prisons_and_prisoners.xlsx")),
        (Kind::Unaids, file("unaids/unaids_prisoners_pwid.csv")),
        (Kind::Eurostat, file("raw/eurostat/estat_crim_pris_age_en.csv")),
        (Kind::Space, file("raw/dw_covid_prisons.xlsx")),
        (Kind::Space, file("space/space_i_2021_stock_legal_status_capacity.csv")),
    ];
    let shipped = ship(&files, Path::new(out), year.parse().expect("a year")).expect("readable");
    for (reading, (_, path)) in shipped.readings.iter().zip(&files) {
        let facts = reading.facts.len();
        println!("{}: {} rows, {facts} facts", path.display(), reading.rows_read);
        println!("  refused {}, flagged {}", reading.refused, reading.flagged);
        reading.skipped.iter().for_each(|(reason, n)| println!("  skipped {n}: {reason}"));
        reading.problems.iter().take(12).for_each(|p| {
            println!("  {} row {} {} “{}”: {}", p.sheet, p.row, p.column, p.value, p.message)
        });
    }
    shipped.written.iter().for_each(|(kind, n)| println!("{kind}.csv: {n} facts"));
}
