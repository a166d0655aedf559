//! What can go wrong on paper, in words that lead to the line to mend. Typst's own diagnostics
//! hold positions in bytes; here they become file, line and column.

use std::fmt;

use thiserror::Error;
use typst::diag::SourceDiagnostic;
use typst::syntax::{DiagSpan, FileId};
use typst::{World, WorldExt};

/// Why nothing was printed.
#[derive(Debug, Error)]
pub enum PrintError {
    /// The template does not compile, warns, or makes a PDF that a screen reader could not follow.
    #[error("{}", lines(.0))]
    Template(Vec<Problem>),
    /// No font has these characters.
    #[error(
        "{shown_in} holds characters that no font has: {missing}. Replace them, or add a font that has them"
    )]
    MissingGlyph { shown_in: String, missing: String },
    /// A drawing is not SVG that can be drawn.
    #[error("the drawing {name} cannot be drawn: {message}")]
    Drawing { name: String, message: String },
    #[error("{year}-{month:02}-{day:02} is not a day of the calendar")]
    Date { year: i32, month: u8, day: u8 },
    #[error("“{0}” is not a language: write a BCP 47 tag such as “en”, “ro” or “sr-Cyrl”")]
    Language(String),
    /// `number` counts from one, in the order in which the fonts were given.
    #[error("font file {number} is neither TrueType nor OpenType")]
    Font { number: usize },
}

/// One fault of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is; absent for what concerns the document as a whole.
    pub place: Option<Place>,
    /// The line of the template that led there, where the fault lies in an imported file.
    pub called_from: Option<Place>,
    pub message: String,
    /// What Typst advises.
    pub hints: Vec<String>,
}

/// A position in a file that the template is made of; both count from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `main.typ`, `report.typ`, `data.json` or the name of a drawing.
    pub file: String,
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} line {} column {}", self.file, self.line, self.column)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match (&self.called_from, &self.place) {
            (Some(caller), Some(place)) => write!(f, "{caller} (in {place}): ")?,
            (None, Some(place)) => write!(f, "{place}: ")?,
            (_, None) => {}
        }
        f.write_str(&self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, " ({hint})"))
    }
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

pub(crate) fn template(world: &dyn World, diagnostics: &[SourceDiagnostic]) -> PrintError {
    PrintError::Template(diagnostics.iter().map(|diagnostic| problem(world, diagnostic)).collect())
}

fn problem(world: &dyn World, diagnostic: &SourceDiagnostic) -> Problem {
    let of_template = |id: FileId| id == world.main();
    let place = place(world, diagnostic.span);
    let called_from = match diagnostic.span.id() {
        Some(id) if of_template(id) => None,
        _ => diagnostic
            .trace
            .iter()
            .filter(|step| step.span.id().is_some_and(of_template))
            .find_map(|step| self::place(world, step.span.into())),
    };
    Problem {
        place,
        called_from,
        message: diagnostic.message.to_string(),
        hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect(),
    }
}

fn place(world: &dyn World, span: DiagSpan) -> Option<Place> {
    let id = span.id()?;
    let start = world.range(span)?.start;
    let text = world.file(id).ok()?;
    let before = &text.as_slice()[..start.min(text.len())];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    Some(Place {
        file: id.get().vpath().get_without_slash().to_owned(),
        line: before.iter().filter(|&&byte| byte == b'\n').count() + 1,
        column: String::from_utf8_lossy(&before[line_start..]).chars().count() + 1,
    })
}
