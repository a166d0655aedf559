//! The world as Typst sees it: the template, the report style, the data and the drawings, and
//! nothing else. Packages, files and today's date do not exist unless they were given.

use serde_json::Value as Json;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart, Str, Value};
use typst::model::DocumentElem;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontFamily, FontList, Lang, Region, TextElem};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::{Day, Paper, PrintError, REPORT};

pub(crate) struct PaperWorld<'a> {
    paper: &'a Paper<'a>,
    library: LazyHash<Library>,
    main: Source,
    data: Bytes,
    date: Datetime,
}

impl<'a> PaperWorld<'a> {
    pub fn new(paper: &'a Paper<'a>) -> Result<PaperWorld<'a>, PrintError> {
        let Day { year, month, day } = paper.date;
        let date =
            Datetime::from_ymd(year, month, day).ok_or(PrintError::Date { year, month, day })?;
        let path = VirtualPath::new("main.typ").expect("a plain file name");
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        Ok(PaperWorld {
            paper,
            library: LazyHash::new(library(paper, date)?),
            main: Source::new(id, paper.template.to_owned()),
            data: Bytes::from_string(printable(paper.data).to_string()),
            date,
        })
    }

    fn name(id: FileId) -> Option<&'static str> {
        let path = id.get();
        matches!(path.root(), VirtualRoot::Project).then(|| path.vpath().get_without_slash())
    }
}

impl World for PaperWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.paper.fonts.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match Self::name(id) {
            Some("main.typ") => Ok(self.main.clone()),
            Some("report.typ") => Ok(Source::new(id, REPORT.to_owned())),
            _ => Err(not_given(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match Self::name(id) {
            Some("main.typ") => Ok(Bytes::from_string(self.main.clone())),
            Some("report.typ") => Ok(Bytes::from_string(REPORT)),
            Some("data.json") => Ok(self.data.clone()),
            Some(name) => (self.paper.drawings.iter())
                .find(|(given, _)| given == name)
                .map(|(_, svg)| Bytes::from_string(svg.clone()))
                .ok_or_else(|| not_given(id)),
            None => Err(not_given(id)),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.paper.fonts.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Some(self.date)
    }
}

fn not_given(id: FileId) -> FileError {
    let name = id.get().vpath().get_without_slash();
    FileError::Other(Some(
        format!("“{name}” was not given: a template reads data.json, report.typ and its drawings")
            .into(),
    ))
}

/// The data without signs that are never drawn and that PDF/UA forbids: controls but for tab and
/// line end, and the mark of byte order. They come with pasted and exported tables, and one of them
/// must not stop a country's brief.
fn printable(data: &Json) -> Json {
    match data {
        Json::String(text) => Json::String(without_controls(text)),
        Json::Array(items) => items.iter().map(printable).collect(),
        Json::Object(entries) => {
            entries.iter().map(|(name, value)| (name.clone(), printable(value))).collect()
        }
        other => other.clone(),
    }
}

fn without_controls(text: &str) -> String {
    let drawn = |c: &char| matches!(c, '\t' | '\n') || !(c.is_control() || *c == '\u{feff}');
    text.chars().filter(drawn).collect()
}

/// The standard library with what every document is told: title, language, date and paper size as
/// defaults that a template cannot forget, and the same as `sys.inputs` for its footer.
fn library(paper: &Paper, date: Datetime) -> Result<Library, PrintError> {
    let wrong = || PrintError::Language(paper.language.to_owned());
    let mut subtags = paper.language.split('-');
    let language = subtags.next().unwrap_or_default();
    if !language.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(wrong());
    }
    let language: Lang = language.parse().map_err(|_| wrong())?;
    let region: Option<Region> =
        subtags.find(|tag| tag.len() == 2).and_then(|tag| tag.parse().ok());

    let Day { year, month, day } = paper.date;
    let title = without_controls(paper.title);
    let inputs: Dict = [
        ("title", title.clone()),
        ("language", paper.language.to_owned()),
        ("date", format!("{year}-{month:02}-{day:02}")),
        ("version", paper.version.to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (Str::from(name), Value::Str(value.into())))
    .collect();

    let mut library = Library::builder().with_inputs(inputs).build();
    let styles = &mut library.styles;
    styles.set(DocumentElem::title, Some(TextElem::packed(title)));
    styles.set(DocumentElem::date, Smart::Custom(Some(date)));
    // Typst's own default is a family that we do not have, and a letter that neither the families
    // nor the fallback know would then vanish without a box or a word.
    let families = paper.fonts.families().into_iter().map(FontFamily::new).collect();
    styles.set(TextElem::font, FontList(families));
    styles.set(TextElem::lang, language);
    styles.set(TextElem::region, region);
    Ok(library)
}
