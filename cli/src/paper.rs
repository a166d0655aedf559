//! `throughcare print-form`: a questionnaire as pages to be filled in with a pen, without a site or a
//! database.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use instruments::paper::{Loose, of_workbook};

use crate::{equipment, form, get};

pub const HELP: &str = "\
Examples:
  throughcare print-form survey.xlsx -o survey.pdf
  throughcare print-form survey.xlsx --language ro --copies 5 --anonymous -o sondaj.pdf

The PDF bears boxes, lines to write on, the skips in words, and on each page the code by which whoever keys it
in finds the version. A site prints the same with the title of a round: /rounds/ID/paper.pdf.";

/// What is to be printed, and how.
#[derive(clap::Args)]
pub struct PrintForm {
    /// The workbook: .xlsx, .xls, .ods, .csv or .md
    workbook: PathBuf,
    /// Where to write the PDF [default: standard output]
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// Language of the form, by its tag or name, such as ro [default: the form's first]
    #[arg(long)]
    language: Option<String>,
    /// Blocks that each repeat is printed in
    #[arg(long, default_value_t = instruments::paper::COPIES)]
    copies: usize,
    /// Leave no place for a name, and ask for none
    #[arg(long)]
    anonymous: bool,
    /// A folder with the lists that the form asks for (cities.csv)
    #[arg(long, value_name = "FOLDER")]
    files: Option<PathBuf>,
}

pub fn print(line: &PrintForm) -> Result<()> {
    let shown = line.workbook.display();
    let bytes = fs::read(&line.workbook).with_context(|| format!("{shown} cannot be read"))?;
    let name = line.workbook.file_name().map(|it| it.to_string_lossy()).unwrap_or_default();
    let today = jiff::tz::TimeZone::system().to_datetime(jiff::Timestamp::now()).date().to_string();
    let (sheet, problems) = of_workbook(&Loose {
        bytes: &bytes,
        file_name: &name,
        files: &form::attached(line.files.as_deref())?,
        language: line.language.as_deref(),
        anonymous: line.anonymous,
        copies: line.copies,
        day: &today,
    });
    for problem in problems {
        eprintln!("{shown}: {problem}");
    }
    let pdf = equipment::typeset(&sheet.with_context(|| format!("{shown} cannot be printed"))?)?;
    put(line.output.as_deref(), &pdf)
}

fn put(path: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match path {
        Some(path) => {
            fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
        }
        None => get::write(bytes),
    }
}
