//! What large forms cost: `measure write FILE QUESTIONS` makes a workbook, `measure compile FILE` reads and
//! compiles it, `measure fill QUESTIONS` opens a form and answers questions. CPU time, best of five; peak memory.

#![allow(clippy::print_stdout)]

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::Workbook as Spreadsheet;
use xlsform::fill::{Attachments, Filling, Start, XForm};
use xlsform::workbook::Limits;
use xlsform::{Options, Workbook, compile};

#[path = "../tests/large.rs"]
mod large;
#[path = "../tests/spent.rs"]
mod spent;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", path, questions] => {
            Ok(std::fs::write(path, large::spreadsheet(Spreadsheet::new(), questions.parse()?))?)
        }
        ["compile", path] => {
            let bytes = std::fs::read(path)?;
            let mut size = 0;
            let best = best(|| {
                let workbook = Workbook::read(&bytes, "large.xlsx", &Limits::default()).unwrap();
                let (form, _) = compile(&workbook, &Options::default());
                size = form.map_or(0, |form| form.xml().len());
            });
            row("Throughcare: read and compile the large workbook", best, "≤ 50 ms");
            println!("  {:<60} {:>8} kB of XForm", "", size / 1024);
            Ok(())
        }
        ["fill", questions] => {
            fill(questions.parse()?);
            Ok(())
        }
        _ => Err("give: write FILE QUESTIONS, compile FILE, or fill QUESTIONS".into()),
    }
}

fn fill(questions: u32) {
    let bytes = large::spreadsheet(Spreadsheet::new(), questions);
    let workbook = Workbook::read(&bytes, "large.xlsx", &Limits::default()).unwrap();
    let form = compile(&workbook, &Options::default()).0.unwrap();
    let xml = form.xml();
    let read = best(|| {
        XForm::read(xml, &Attachments::new()).unwrap();
    });
    row(&format!("{questions} questions: read the XForm"), read, "");
    let form = Arc::new(XForm::read(xml, &Attachments::new()).unwrap());
    let start = Start { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC, seed: 1, language: None };
    let open = best(|| {
        Filling::new(Arc::clone(&form), start.clone()).unwrap();
    });
    row(&format!("{questions} questions: open a new record"), open, "");
    let mut filling = Filling::new(form, start).unwrap();
    let node = filling.find(&format!("/data/q{}", questions / 2)).unwrap();
    let mut answers = ["7", "8"].into_iter().cycle();
    let answer = best(|| filling.set(node, answers.next().unwrap_or("7")));
    row(&format!("{questions} questions: one answer"), answer, "≤ 16 ms");
    let nodes = (1..=questions).filter_map(|at| filling.find(&format!("/data/q{at}")));
    let nodes = nodes.collect::<Vec<_>>();
    let show = best(|| {
        for node in &nodes {
            let _ = (filling.state(*node), filling.label(*node), filling.control(*node));
        }
    });
    row(&format!("{questions} questions: state, label and control of all"), show, "");
    let submit = best(|| {
        let _ = (filling.violations().len(), filling.submission().len());
    });
    row(&format!("{questions} questions: check and write the record"), submit, "");
}

/// Milliseconds on the processor, the best of five.
fn best(mut run: impl FnMut()) -> f64 {
    let times = (0..5).map(|_| spent::timed(&mut run).1.as_secs_f64() * 1e3);
    times.fold(f64::INFINITY, f64::min)
}

fn row(what: &str, milliseconds: f64, wanted: &str) {
    let peak = spent::peak().map_or_else(String::new, |peak| format!("{peak} MB"));
    println!("  {what:<60} {milliseconds:>8.1} ms {peak:>8}   {wanted}");
}
