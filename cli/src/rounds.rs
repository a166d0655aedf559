//! Rounds from the command line: which there are, how far each is, and their answers as files.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use base::{App, Refusal};
use clap::Subcommand;
use serde_json::Value;

use crate::get;

pub const HELP: &str = "\
Examples:
  throughcare rounds list
  throughcare rounds progress 1a2b3c4d
  throughcare rounds progress 1a2b3c4d --json
  throughcare rounds answers 1a2b3c4d answers.sav -o answers.sav
  throughcare rounds answers 1a2b3c4d answers.csv --labels fr --split
  throughcare rounds answers 1a2b3c4d package.zip -o round.zip";

#[derive(Subcommand)]
pub enum Line {
    /// Every round: id, stage, asked, answered, title
    #[command(after_help = "Example:\n  throughcare rounds list")]
    List {
        #[arg(long)]
        json: bool,
    },
    /// How far a round is, by country and prison
    #[command(after_help = "Example:\n  throughcare rounds progress 1a2b3c4d")]
    Progress {
        /// Its id, as `throughcare rounds list` shows it
        round: String,
        #[arg(long)]
        json: bool,
    },
    /// The answers of a round as a file
    #[command(after_help = "Examples:
  throughcare rounds answers 1a2b3c4d answers.parquet -o answers.parquet
  throughcare rounds answers 1a2b3c4d answers.csv --labels fr

Files: answers.csv .parquet .sav, the same of each repeat by its name; answers.xlsx, answers.json,
places.geojson, codebook.csv, codebook.xml, package.zip.")]
    Answers {
        round: String,
        /// Such as answers.csv, answers.sav, child.parquet, package.zip
        file: String,
        /// Where to write it [default: standard output]
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// A language of the form, such as fr: labels in place of codes
        #[arg(long)]
        labels: Option<String>,
        /// A column of 0 and 1 for each choice
        #[arg(long)]
        split: bool,
    },
}

pub async fn rounds(site: &App, what: Line) -> Result<()> {
    match what {
        Line::List { json } => {
            let all = instruments::rounds_in_words(site).await.map_err(|it| worded(site, &it))?;
            get::print(&if json { pretty(&all)? } else { list(&all) })
        }
        Line::Progress { round, json } => {
            let found = instruments::progress_in_words(site, &round).await;
            let progress = found.map_err(|it| worded(site, &it))?;
            get::print(&if json { pretty(&progress)? } else { told(&progress) })
        }
        Line::Answers { round, file, output, labels, split } => {
            let made = instruments::taken(site, &round, &file, labels, split).await;
            put(&made.map_err(|it| worded(site, &it))?, output.as_deref())
        }
    }
}

fn put(bytes: &[u8], output: Option<&Path>) -> Result<()> {
    match output {
        Some(path) => get::save(bytes, path),
        None => get::write(bytes),
    }
}

pub fn worded(site: &App, refusal: &Refusal) -> anyhow::Error {
    let (what, next) = refusal.sentences(site.languages.default());
    anyhow!("{what} {next}")
}

fn pretty(value: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn list(all: &Value) -> String {
    let mut out =
        format!("{:<10} {:<7} {:>7} {:>9}  {}\n", "id", "stage", "asked", "answered", "title");
    for round in all.as_array().into_iter().flatten() {
        let asked = match round["shared"].as_bool() {
            Some(true) => "·".to_owned(),
            _ => text(&round["counts"]["asked"]),
        };
        out += &format!(
            "{:<10} {:<7} {asked:>7} {:>9}  {}\n",
            text(&round["id"]),
            text(&round["stage"]),
            text(&round["counts"]["answered"]),
            text(&round["title"])
        );
    }
    out
}

fn told(progress: &Value) -> String {
    let counts = &progress["counts"];
    let mut out = format!(
        "{} ({}): {} of {} answered\n",
        text(&progress["title"]),
        text(&progress["stage"]),
        text(&counts["answered"]),
        text(&counts["asked"])
    );
    let prisons = progress["prisons"].as_array().filter(|it| !it.is_empty());
    let groups = prisons.or(progress["countries"].as_array());
    for group in groups.into_iter().flatten() {
        let (country, prison) = (text(&group["country"]), group["prison"].as_str().unwrap_or(""));
        let counts = &group["counts"];
        out += &format!(
            "{:<4} {prison:<40} {:>6} of {:>6}\n",
            if country.is_empty() { "·" } else { &country },
            text(&counts["answered"]),
            text(&counts["asked"])
        );
    }
    out
}
