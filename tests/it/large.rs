//! A gigabyte arrives: by mistake, or because somebody exported everything. It is read in little
//! memory, the figure at its end is found, and what is too much is refused with what to do.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use product_tests::{Desk, files};

const GIGABYTE: u64 = 1 << 30;
/// What an import may hold at most, however large the file is.
const MOST_MEMORY: u64 = 300 << 20;

/// The most memory in bytes that the child ever held, asked until it ends.
fn peak_memory(child: &mut Child) -> u64 {
    let path = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("its state").is_none() {
        let status = std::fs::read_to_string(&path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or(0) << 10);
        std::thread::sleep(Duration::from_millis(5));
    }
    peak
}

/// Runs an import and holds that it keeps to its memory and to a minute. Returns status and words.
fn import(desk: &Desk, kind: &str, name: &str) -> (Option<i32>, String) {
    let mut command = desk.command(&["import", kind, name]);
    let started = Instant::now();
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the import starts");
    let peak = peak_memory(&mut child);
    let output = child.wait_with_output().expect("its words");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    eprintln!("{name}: {} MB of memory, {:.1} s", peak >> 20, started.elapsed().as_secs_f64());
    assert!(peak > 1 << 20, "the memory of the import was not measured");
    assert!(peak < MOST_MEMORY, "{name}: {} MB held", peak >> 20);
    assert!(started.elapsed() < Duration::from_secs(60), "{name}: {:?}", started.elapsed());
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code(), said)
}

#[test]
fn the_figure_at_the_end_of_a_gigabyte_is_found_in_little_memory() {
    let desk = Desk::new();
    let mut file = BufWriter::new(File::create(desk.path("everything.csv")).expect("a file"));
    writeln!(file, "area_name,indicator,unit,year,value,remark").expect("written");
    let row = format!(
        "Republic of Moldova,Condom use at last high-risk sex,Percent,2017,3.8,{}\n",
        "as told by the office. ".repeat(60)
    );
    let rows = GIGABYTE / row.len() as u64 + 1;
    for _ in 0..rows {
        file.write_all(row.as_bytes()).expect("written");
    }
    writeln!(file, "Republic of Moldova,HIV prevalence among prisoners Total,Percent,2017,3.8,")
        .expect("written");
    file.into_inner().expect("flushed");
    let (status, said) = import(&desk, "unaids", "everything.csv");
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains(&format!("{} rows read: 1 figure added", rows + 1)), "{said}");
    assert_eq!(desk.facts("place=MDA&indicator=hiv_prevalence_prison").len(), 1);
}

#[test]
fn more_rows_than_any_table_has_are_refused() {
    let desk = Desk::new();
    let mut file = BufWriter::new(File::create(desk.path("rows.csv")).expect("a file"));
    writeln!(file, "{}", files::NATIONAL).expect("written");
    for _ in 0..2_000_001 {
        file.write_all(b"Atlantis,oat_people_prison,2024,,1,,,,Report,Ministry,,,,\n")
            .expect("written");
    }
    file.into_inner().expect("flushed");
    let (status, said) = import(&desk, "template", "rows.csv");
    assert_eq!(status, Some(1), "{said}");
    for word in ["rows.csv was not imported", "more than 2,000,000 rows", "Split it"] {
        assert!(said.contains(word), "{said}");
    }
    assert_eq!(desk.facts("").len(), 0);
}

#[test]
fn a_gigabyte_without_lines_is_refused_at_once() {
    let desk = Desk::new();
    // Room that a broken download set aside: zeros, which take no place on the disk.
    let file = File::create(desk.path("download.csv")).expect("a file");
    file.set_len(GIGABYTE).expect("its size");
    let (status, said) = import(&desk, "unodc", "download.csv");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("download.csv is no table"), "{said}");
}
