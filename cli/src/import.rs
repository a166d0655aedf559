//! Bringing files in from the command line, and saying in words what that did.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, bail};
use base::{App, Settings};
use clap::ValueEnum;
use facts::Kind;
use facts::read::Severity;
use web::import::{Intent, Outcome};

use crate::{get, known_language, now};

pub const HELP: &str = "\
Files as the publishers give them out:
  unodc     UNODC data portal, \"Prisons and prisoners\" (XLSX)
  unaids    UNAIDS AIDSinfo tables (CSV; or the folder of tables)
  eurostat  Eurostat crim_pris_* (SDMX-CSV or TSV)
  space     Council of Europe SPACE I (XLSX or CSV)
  template  national figures in our own form; `throughcare template` writes an empty one

Examples:
  throughcare import unodc data_cts_prisons_and_prisoners.xlsx --dry-run
  throughcare import template national-figures.xlsx

Nothing is half imported: either every good row is taken, or, after any failure, none.
The same file twice adds nothing. A row that cannot be used is named with sheet and row.";

#[derive(Clone, Copy, ValueEnum)]
pub enum Source {
    Unodc,
    Unaids,
    Eurostat,
    Space,
    Template,
}

impl Source {
    fn kind(self) -> Kind {
        match self {
            Source::Unodc => Kind::Unodc,
            Source::Unaids => Kind::Unaids,
            Source::Eurostat => Kind::Eurostat,
            Source::Space => Kind::Space,
            Source::Template => Kind::Template,
        }
    }
}

/// Rows of each kind shown on the screen; the count of the rest follows.
const SHOWN: usize = 15;

pub async fn import(site: &App, source: Source, file: &Path, dry_run: bool) -> Result<()> {
    let started = std::time::Instant::now();
    let intent = if dry_run { Intent::Try } else { Intent::Take };
    let outcome = web::import::import(site, source.kind(), file, intent, now()).await?;
    let mut text = report(&outcome, intent);
    let _ = writeln!(text, "({} ms)", started.elapsed().as_millis());
    get::print(&text)?;
    let (plan, refused) = (&outcome.plan, outcome.reading.refused);
    if refused > 0 && plan.added.is_empty() && plan.changed.is_empty() && plan.same == 0 {
        bail!("no row of {} could be used; the reasons stand above", file.display());
    }
    Ok(())
}

pub fn template(settings: &Settings, output: &Path, lang: &str) -> Result<()> {
    let languages = web::languages(settings)?;
    let words = known_language(&languages, lang)?;
    let shown = output.display();
    let is = |ending: &str| output.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
    let csv = is("csv");
    if !csv && !is("xlsx") {
        bail!("{shown} is neither a workbook nor a CSV by its name; name it .xlsx or .csv");
    }
    if output.exists() {
        bail!("{shown} is there already, perhaps filled in; choose another name with --output");
    }
    let bytes = if csv {
        facts::read::template::csv()
    } else {
        facts::read::template::xlsx(&|key| words.say(key))?
    };
    get::save(&bytes, output)?;
    eprintln!("{shown}: fill it in, then `throughcare import template {shown} --dry-run`");
    Ok(())
}

fn report(outcome: &Outcome, intent: Intent) -> String {
    let Outcome { reading, plan, .. } = outcome;
    let mut text = String::new();
    let would = if intent == Intent::Try { "would be " } else { "" };
    let _ = writeln!(
        text,
        "{} rows read: {} {would}added, {} {would}changed, {} as they were; {} refused, {} flagged",
        reading.rows_read,
        counted(plan.added.len(), "figure", "figures"),
        plan.changed.len(),
        plan.same,
        counted(reading.refused as usize, "row", "rows"),
        reading.flagged
    );
    if reading.rows_read == 0 {
        let _ = writeln!(
            text,
            "The file has the right headers and no row below them; nothing was changed."
        );
    }
    let changed: Vec<String> = plan
        .changed
        .iter()
        .map(|changed| {
            let fact = &changed.after;
            format!(
                "{} {} {} {}: {} → {}",
                fact.place,
                fact.indicator,
                fact.period,
                fact.group,
                changed.before.value,
                fact.value
            )
        })
        .collect();
    list(&mut text, "Changed", &changed, changed.len() as u64);
    for (title, severity, all) in [
        ("Refused", Severity::Refused, reading.refused),
        ("Flagged", Severity::Flagged, reading.flagged),
    ] {
        let lines: Vec<String> = reading
            .problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .map(ToString::to_string)
            .collect();
        list(&mut text, title, &lines, all);
    }
    for (reason, rows) in &reading.skipped {
        let _ = writeln!(text, "Skipped {rows} rows: {reason}");
    }
    if intent == Intent::Try {
        let _ = writeln!(text, "Nothing was changed (--dry-run).");
    }
    text
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn list(text: &mut String, title: &str, lines: &[String], all: u64) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}:");
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(text, "  {line}");
    }
    if all > SHOWN as u64 {
        let _ = writeln!(text, "  … and {} more", all - SHOWN as u64);
    }
    text.push('\n');
}
