//! Prints the sample brief of the tests to a file and says how long it took: for judging the page
//! by eye and the speed by clock. `cargo run -p throughcare-print --example brief -- out.pdf`

use std::{env, error::Error, fs, io::Write, time::Instant};

use print::{Day, Fonts, Paper, pdf, png};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::args().nth(1).unwrap_or_else(|| "brief.pdf".into());
    let mut say = std::io::stdout();
    let start = Instant::now();
    let fonts = Fonts::new(client::paper_fonts())?;
    writeln!(say, "fonts {:.3} s", start.elapsed().as_secs_f64())?;

    let template = include_str!("../tests/brief/brief.typ");
    let chart = include_str!("../tests/brief/coverage.svg");
    let data = serde_json::from_str(include_str!("../tests/brief/brief.json"))?;
    let drawings = [("coverage.svg".to_owned(), chart.to_owned())];
    let paper = Paper {
        template,
        data: &data,
        drawings: &drawings,
        fonts: &fonts,
        title: "Health and drugs in prisons: a sample brief",
        language: "en",
        date: Day { year: 2026, month: 11, day: 23 },
        version: "0.1.0",
    };
    for run in 1..=5 {
        let start = Instant::now();
        let bytes = pdf(&paper)?;
        writeln!(say, "pdf {run}: {:.3} s, {} bytes", start.elapsed().as_secs_f64(), bytes.len())?;
        fs::write(&out, bytes)?;
    }
    let start = Instant::now();
    let picture = png(chart, 1280, &fonts)?;
    writeln!(say, "png: {:.3} s, {} bytes", start.elapsed().as_secs_f64(), picture.len())?;
    fs::write(format!("{out}.png"), picture)?;
    Ok(())
}
