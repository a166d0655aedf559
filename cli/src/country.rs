//! A country's numbers from the command line: a file made from figures, checked, out as an Excel databook and back.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use epidemic::databook;
use epidemic::{Country, Effects};
use scenarios::country_new::country_new;

use crate::get;

pub const HELP: &str = "\
Examples:
  throughcare country new GEO                 GEO.toml from the shipped figures, and where each number comes from
  throughcare country check GEO.toml          what is wrong with it, by line
  throughcare country book GEO.toml           GEO.xlsx, for a ministry to fill in
  throughcare country book MDA                the same of a country that ships
  throughcare country read GEO.xlsx           GEO.toml again; what is wrong is said by sheet and row, and then nothing is written

A file may include region.toml and common.toml, which come with the program. No file is ever overwritten.";

#[derive(Subcommand)]
pub enum Line {
    /// Make a country's file from the shipped figures, and say of every number where it comes from
    New {
        /// ISO 3166 code, such as GEO
        code: String,
        /// Where to write it [default: GEO.toml]
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Read a country's file and say what is wrong, and how much of it is assumed
    Check { file: PathBuf },
    /// Write the Excel databook of a country that ships, or of a country's file
    Book {
        /// ISO 3166 code, or a file
        country: String,
        /// Where to write it [default: the code, .xlsx]
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
    /// Read a databook that was filled in, into a country's file
    Read {
        file: PathBuf,
        /// Where to write it [default: the code, .toml]
        #[arg(short, long)]
        output: Option<PathBuf>,
    },
}

pub fn country(line: Line) -> Result<()> {
    match line {
        Line::New { code, output } => new(&code, output),
        Line::Check { file } => check(&file),
        Line::Book { country, output } => book(&country, output),
        Line::Read { file, output } => read(&file, output),
    }
}

fn new(code: &str, output: Option<PathBuf>) -> Result<()> {
    let code = code.to_uppercase();
    let facts = facts::shipped().context("the figures that come with the program")?;
    let new = country_new(&code, &facts).map_err(anyhow::Error::msg)?;
    let path = output.unwrap_or_else(|| format!("{code}.toml").into());
    write_new(&path, new.file.as_bytes())?;
    get::print(&new.report())
}

fn check(file: &Path) -> Result<()> {
    let country = read_file(file, effects()?)?;
    let (assumed, unchecked) = (country.assumed().count(), country.unchecked().count());
    get::print(&format!(
        "{}: {} numbers, {assumed} of them assumed, {unchecked} still to be compared with their publication; {} targets, {} prisons\n",
        country.name,
        country.given.len(),
        country.targets.len(),
        country.prisons.len()
    ))
}

fn book(named: &str, output: Option<PathBuf>) -> Result<()> {
    let country = self::named(named)?;
    let bytes = databook::write(&country, effects()?).map_err(anyhow::Error::msg)?;
    let path = output.unwrap_or_else(|| format!("{}.xlsx", country.code).into());
    write_new(&path, &bytes)
}

/// A country that ships, by its code, or the one of a file.
pub fn named(code_or_file: &str) -> Result<Country> {
    match scenarios::model(&code_or_file.to_uppercase()) {
        Some(model) if !Path::new(code_or_file).exists() => Ok(model.country.clone()),
        _ => read_file(Path::new(code_or_file), effects()?),
    }
}

fn read(file: &Path, output: Option<PathBuf>) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let book = databook::read(&bytes, effects()?);
    for remark in &book.remarks {
        eprintln!("{remark}");
    }
    let Some(country) = book.country else {
        let said = to_correct(&book.problems);
        bail!("{}: {said}; nothing was written", file.display());
    };
    let path = output.unwrap_or_else(|| format!("{}.toml", country.code).into());
    write_new(&path, book.text.as_bytes())
}

pub fn effects() -> Result<&'static Effects> {
    scenarios::effects().map_err(|error| anyhow::anyhow!("data/effects.csv: {error}"))
}

/// A country's file; what it includes is looked for beside it, then among the files that ship.
fn read_file(file: &Path, effects: &Effects) -> Result<Country> {
    let Some(name) = file.file_name().map(|name| name.to_string_lossy().into_owned()) else {
        bail!("{} is no file", file.display());
    };
    if !file.is_file() {
        let known: Vec<&str> = scenarios::models().keys().map(String::as_str).collect();
        bail!(
            "{} is no country that ships ({}), and there is no such file",
            file.display(),
            known.join(", ")
        );
    }
    let beside = |name: &str| fs::read_to_string(file.with_file_name(name)).ok();
    let find = |name: &str| beside(name).or_else(|| scenarios::text(name));
    let (country, problems) = Country::read(&name, &find, effects);
    country.with_context(|| match &problems[..] {
        // It names the file itself, and the line.
        [only] => only.to_string(),
        several => format!("{}: {}", file.display(), to_correct(several)),
    })
}

/// One thing to correct is the sentence itself; several are listed before it.
fn to_correct<P: std::fmt::Display>(problems: &[P]) -> String {
    if let [only] = problems {
        return only.to_string();
    }
    for problem in problems {
        eprintln!("{problem}");
    }
    format!("{} things to correct", problems.len())
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write;
    let mut file = fs::File::create_new(path).with_context(|| {
        format!(
            "{} is there already, or cannot be made; choose another with --output",
            path.display()
        )
    })?;
    file.write_all(bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    eprintln!("wrote {}", path.display());
    Ok(())
}
