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
  throughcare estimate interviews.csv --of age --by sex --format csv

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
    /// Interviews, a row each: CSV or XLSX
    data: PathBuf,
    /// How the sample was drawn (TOML); without it every row counts as drawn alone
    #[arg(long, value_name = "FILE")]
    design: Option<PathBuf>,
    /// What the columns mean (CSV or XLSX) [default: the one that the design names]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Indicators: yes-or-no columns, numbers, or COLUMN=ANSWER
    #[arg(long, value_name = "A,B", required = true, value_delimiter = ',')]
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
}

pub fn estimate(settings: &Settings, line: Estimate) -> Result<()> {
    let languages = web::languages(settings)?;
    let asked = Asked {
        data: line.data,
        design: line.design,
        codebook: line.codebook,
        of: line.of,
        by: line.by,
        method: line.method,
        level: line.level,
        format: match line.format {
            Form::Table => Format::Table,
            Form::Csv => Format::Csv,
            Form::Json => Format::Json,
        },
        internal: line.internal,
    };
    get::print(&statistics::command::estimate(known_language(&languages, &line.lang)?, &asked)?)
}
