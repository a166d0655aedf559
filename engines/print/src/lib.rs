//! Typesets paper: a Typst template, data and drawings become a tagged PDF, and a drawing becomes
//! a PNG. Nothing is read from disk, network or clock: all that a page shows is an argument.
//!
//! A template is Typst source. It reads its data with `json("data.json")`, its drawings by their
//! names with `image("hiv.svg")`, and the house's report style with `#import "report.typ": *`. Data
//! stays data: a string in it may hold `#`, `$` or `*` and is set as those very signs.
//!
//! ```
//! # fn read_fonts() -> Vec<Vec<u8>> { client::paper_fonts().into_iter().map(|f| f.into_owned()).collect() }
//! use print::{Day, Fonts, Paper, pdf};
//!
//! let fonts = Fonts::new(read_fonts())?;
//! let bytes = pdf(&Paper {
//!     template: r#"= #json("data.json").country"#,
//!     data: &serde_json::json!({ "country": "Moldova" }),
//!     drawings: &[],
//!     fonts: &fonts,
//!     title: "Health in prisons: Moldova",
//!     language: "en",
//!     date: Day { year: 2026, month: 3, day: 1 },
//!     version: "0.1.0",
//! })?;
//! assert!(bytes.starts_with(b"%PDF"));
//! # Ok::<(), print::PrintError>(())
//! ```

mod drawing;
mod error;
mod fonts;
mod world;

use typst::comemo;
use typst::diag::Warned;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use drawing::png;
pub use error::{Place, PrintError, Problem};
pub use fonts::Fonts;
use world::PaperWorld;

/// The house's report style, as templates import it: for reading, and for a tool that lists files.
pub const REPORT: &str = include_str!("report.typ");

/// Everything that a document is made from.
#[derive(Clone, Copy)]
pub struct Paper<'a> {
    /// Typst source, known to errors as `main.typ`.
    pub template: &'a str,
    /// What the template reads as `data.json`. Control characters in it are left out.
    pub data: &'a serde_json::Value,
    /// Name and SVG text: (`hiv.svg`, `<svg …>`). Typst remembers every name for as long as the
    /// program runs, so a name says what is drawn and does not count documents.
    pub drawings: &'a [(String, String)],
    pub fonts: &'a Fonts,
    /// Title of the document, in its metadata and in the footer of the report style.
    pub title: &'a str,
    /// BCP 47, as `en`, `ro` or `sr-Cyrl`: steers hyphenation, quotes, and the voice of a screen reader.
    pub language: &'a str,
    /// The day that the document says it was made.
    pub date: Day,
    /// Version of the product or of the data, for the footer.
    pub version: &'a str,
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Sets the paper and writes it as PDF 1.7 that conforms to PDF/UA-1: tagged, with language, title
/// and alternative texts. The same paper gives the same bytes.
///
/// Fails where the template does not compile or warns (a family of fonts that is not there, a
/// layout that does not settle), where a picture has no alternative text, and where a character has
/// no glyph: a brief with holes in it must not leave the building. [`Fonts::missing`] tells
/// beforehand.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PrintError> {
    let bytes = set(paper);
    // Typst keeps what it computed for the next compilation of the same document. Ours differ, and
    // a server prints for months: everything goes, and memory stays what one document needs.
    comemo::evict(0);
    bytes
}

fn set(paper: &Paper) -> Result<Vec<u8>, PrintError> {
    for (name, svg) in paper.drawings {
        drawing::check(name, svg, paper.fonts)?;
    }
    let world = PaperWorld::new(paper)?;
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    let document = output.map_err(|problems| error::template(&world, &problems))?;
    if let Some(missing) = fonts::without_glyph(&document) {
        return Err(PrintError::MissingGlyph { shown_in: "the document".into(), missing });
    }
    if !warnings.is_empty() {
        return Err(error::template(&world, &warnings));
    }
    let Day { year, month, day } = paper.date;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Throughcare".into())),
        timestamp: Datetime::from_ymd_hms(year, month, day, 0, 0, 0).map(Timestamp::new_utc),
        page_ranges: None,
        standards: PdfStandards::new(&[PdfStandard::V_1_7, PdfStandard::Ua_1])
            .expect("PDF/UA-1 is defined on PDF 1.7"),
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(&document, &options).map_err(|problems| error::template(&world, &problems))
}
