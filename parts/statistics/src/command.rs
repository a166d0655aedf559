//! `throughcare estimate`: files in, one answer out, by the same reading and the same rules as the pages.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base::Words;
use survey::Rules;

use crate::codebook::Codebook;
use crate::columns;
use crate::plan::Described;
use crate::problem::Problem;
use crate::question::{Estimated, Microdata, Question};
use crate::sheet::{self, Bounds};
use crate::tabled::{self, Beside, Tabled};

/// What is asked on the command line.
pub struct Asked {
    pub data: PathBuf,
    pub design: Option<PathBuf>,
    pub codebook: Option<PathBuf>,
    pub of: Vec<String>,
    pub by: Vec<String>,
    pub method: String,
    pub level: f64,
    pub format: Format,
    /// Everything, marked as not for release.
    pub internal: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Table,
    Csv,
    Json,
    Parquet,
}

/// Indicators as a line names them, apart at the commas that do not stand within brackets: `hcv,ratio(injections,injects)`.
pub fn indicators(named: &[String]) -> Vec<String> {
    let mut found = vec![String::new()];
    for text in named {
        let mut depth = 0usize;
        for sign in text.chars() {
            match sign {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            match (sign, depth) {
                (',', 0) => found.push(String::new()),
                (sign, _) => found.last_mut().into_iter().for_each(|last| last.push(sign)),
            }
        }
        found.push(String::new());
    }
    found.retain(|name| !name.is_empty());
    found
}

/// A larger file is not read: it would not fit beside the program in a small machine's memory.
const LARGEST_BYTES: u64 = 2 << 30;

/// Reads, estimates, and writes. Fails with every problem in words, each with its place.
pub fn estimate(words: &Words, asked: &Asked) -> Result<Vec<u8>> {
    let in_words = |problems: Vec<Problem>| {
        let mut text = words.say_with("problems-found", &[("count", problems.len().into())]);
        for problem in &problems {
            let _ = write!(text, "\n  {}", problem.say(words));
        }
        anyhow::anyhow!(text)
    };
    let mut data = sheet::read(&name(&asked.data), &bytes(&asked.data)?, &Bounds::COMMAND)
        .map_err(in_words)?;
    let described = match (&asked.design, data.drawn.take()) {
        (Some(path), _) => {
            let text = String::from_utf8(bytes(path)?)
                .with_context(|| format!("{}: a design is a text in UTF-8", path.display()))?;
            Described::read(&name(path), &text).map_err(in_words)?
        }
        (None, Some(drawn)) => {
            let said = drawn.text().lines().map(str::trim).collect::<Vec<_>>().join("; ");
            data.notes.push(Problem::of(&name(&asked.data), "design-of-file").with("text", said));
            drawn
        }
        (None, None) => Described::default(),
    };
    let beside = |file: &String| {
        asked.design.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).join(file)
    };
    let codes = match asked.codebook.clone().or_else(|| described.codebook.as_ref().map(beside)) {
        Some(path) => Codebook::read(&name(&path), &bytes(&path)?, &data).map_err(in_words)?,
        None => data.own.clone(),
    };
    let data = Microdata::new(data, codes, described).map_err(in_words)?;
    let question = Question::read(&data, &asked.of, &asked.by, &asked.method, asked.level);
    let question = question.map_err(in_words)?;
    let answers = question.answer(&data).map_err(in_words)?;
    let design = data.described.findings(&data.sheet, &data.codes, &data.design);
    let beside =
        Beside { question: &question, design: &design, synthetic: data.described.synthetic };
    let rules = Rules::default();
    let table = |one: &Estimated| match asked.internal {
        true => Tabled::internal(one, &one.internal(), &rules, &beside),
        false => Tabled::of(one, &one.released(&rules), &beside),
    };
    let tables: Vec<Tabled> = answers.iter().map(table).collect();
    Ok(match asked.format {
        Format::Table => {
            let mut text: Vec<String> = tables.iter().map(|table| table.text(words)).collect();
            text.extend(data.sheet.notes.iter().map(|note| format!("{}\n", note.say(words))));
            text.join("\n").into_bytes()
        }
        Format::Csv => tabled::csv(&tables).into_bytes(),
        Format::Json => {
            let notes: Vec<String> = data.sheet.notes.iter().map(|note| note.say(words)).collect();
            format!("{:#}\n", serde_json::json!({ "tables": tables, "notes": notes })).into_bytes()
        }
        Format::Parquet => columns::parquet(words, &tables)?,
    })
}

/// A file of interviews as anyone can read it.
pub struct Read {
    pub interviews: String,
    pub codebook: String,
    pub design: String,
    pub notes: Vec<String>,
}

/// Reads a file of interviews of any kind, with what it says of its columns and of its sample.
pub fn read(words: &Words, path: &Path) -> Result<Read> {
    let in_words = |problems: Vec<Problem>| {
        let said: Vec<String> = problems.iter().map(|problem| problem.say(words)).collect();
        anyhow::anyhow!(said.join("\n"))
    };
    let sheet = sheet::read(&name(path), &bytes(path)?, &Bounds::COMMAND).map_err(in_words)?;
    Ok(Read {
        interviews: sheet.csv(),
        codebook: sheet.own.csv(&sheet),
        design: sheet.drawn.as_ref().map(Described::text).unwrap_or_default(),
        notes: sheet.notes.iter().map(|note| note.say(words)).collect(),
    })
}

fn name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    let size = std::fs::metadata(path).with_context(|| path.display().to_string())?.len();
    if size > LARGEST_BYTES {
        bail!(
            "{}: {size} bytes; at most {LARGEST_BYTES} are read. Keep only the columns that are asked for",
            path.display()
        );
    }
    std::fs::read(path).with_context(|| path.display().to_string())
}
