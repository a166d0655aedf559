//! `throughcare estimate`: takes the words of the line to the part that reads and estimates.

use std::path::PathBuf;

use anyhow::Result;
use base::Settings;
use clap::{Args, ValueEnum};
use statistics::command::{Asked, Format};

use crate::{get, known_language};

pub const HELP: &str = "\
Examples:
  throughcare synthetic > interviews.csv
  throughcare estimate interviews.csv --design data/statistics/design.toml --of hcv,hiv --by country,sex
  throughcare estimate survey.sav --of hcv --by country --format csv
  throughcare estimate interviews.csv --of 'ratio(injections,injects),median(months)' --by country
  throughcare estimate survey.dta --of 'total(hcv)' --by country --format parquet > figures.parquet

Data may be CSV, XLSX, SPSS (.sav, .zsav), Stata (.dta) or Parquet; a file is known by its content. Labels and missing values of
SPSS and Stata files are their codebook; the weight of an SPSS file, or what svyset says in a Stata file, is the design where
no --design is given.

The design is a small file that names columns:
  weights = \"weight\"                        how many people a row stands for
  codebook = \"codebook.csv\"                 variable,label,values (1=yes|0=no),missing (8|9)
  [[stage]]                                 the first drawing; more stages may follow
  clusters = \"prison\"
  strata = \"stratum\"
  population = \"prisons_in_stratum\"         units in the stratum, where that is known

Without --internal only figures leave from which nobody can be recognised: at least 10 answers, at least 3 who said
yes and 3 who said no, and nothing that could be worked out from the totals.";

#[derive(Args)]
pub struct Estimate {
    /// Interviews, a row each: CSV, XLSX, SPSS, Stata or Parquet
    data: PathBuf,
    /// How the sample was drawn (TOML) [default: what the file says; else every row counts as drawn alone]
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
    /// What the columns mean (CSV or XLSX) [default: the one that the design names, or the file's own]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Indicators: yes-or-no columns, numbers, COLUMN=ANSWER, total(COLUMN) for how many, ratio(COLUMN,COLUMN), median(COLUMN), quantile(COLUMN,0.9)
    #[arg(long, value_name = "A,B", required = true)]
    of: Vec<String>,
    /// Groups to cross
    #[arg(long, value_name = "X,Y", value_delimiter = ',')]
    by: Vec<String>,
    /// Interval of a share: logit, beta, likelihood, arcsine, xlogit, wilson, mean
    #[arg(long, default_value = "logit")]
    method: String,
    /// Confidence
    #[arg(long, default_value_t = 0.95)]
    level: f64,
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
    /// Show every figure, marked as not for release
    #[arg(long)]
    internal: bool,
    /// Language of the words, such as fr
    #[arg(long, default_value = "en")]
    lang: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Table,
    Csv,
    Json,
    Parquet,
}

pub fn estimate(settings: &Settings, line: Estimate) -> Result<()> {
    let languages = web::languages(settings)?;
    let asked = Asked {
        data: line.data,
        design: line.design,
        codebook: line.codebook,
        of: statistics::command::indicators(&line.of),
        by: line.by,
        method: line.method,
        level: line.level,
        format: match line.format {
            Form::Table => Format::Table,
            Form::Csv => Format::Csv,
            Form::Json => Format::Json,
            Form::Parquet => Format::Parquet,
        },
        internal: line.internal,
    };
    get::write(&statistics::command::estimate(known_language(&languages, &line.lang)?, &asked)?)
}

pub const READ_HELP: &str = "\
Examples:
  throughcare interviews survey.sav > interviews.csv
  throughcare interviews survey.dta --codebook codebook.csv --design design.toml > interviews.csv

What it writes is what throughcare estimate reads: fill in what the codebook and the design do not say yet.";

#[derive(Args)]
pub struct Interviews {
    /// CSV, XLSX, SPSS, Stata or Parquet
    file: PathBuf,
    /// Write what the file says of its columns
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Write what the file says of its sample
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
    /// Language of the words, such as fr
    #[arg(long, default_value = "en")]
    lang: String,
}

pub fn interviews(settings: &Settings, line: &Interviews) -> Result<()> {
    let languages = web::languages(settings)?;
    let read = statistics::command::read(known_language(&languages, &line.lang)?, &line.file)?;
    if let Some(path) = &line.codebook {
        get::save(read.codebook.as_bytes(), path)?;
    }
    if let Some(path) = &line.design {
        get::save(read.design.as_bytes(), path)?;
    }
    for note in &read.notes {
        eprintln!("{note}");
    }
    get::print(&read.interviews)
}
