//! The fonts that paper is set in, read once and shared by every document. No font of the machine
//! is ever looked at: the same document must come out the same on every machine.

use std::{collections::BTreeSet, sync::Arc};

use resvg::usvg::fontdb::{Database, Source};
use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst_layout::PagedDocument;

use crate::PrintError;

/// Fonts for documents and drawings. Cheap to share between threads.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
    /// The same faces as `resvg` wants them, for [`crate::png`].
    pub(crate) database: Arc<Database>,
}

impl Fonts {
    /// Reads TrueType or OpenType files. Fails on bytes that are neither, naming which.
    pub fn new<T>(files: impl IntoIterator<Item = T>) -> Result<Fonts, PrintError>
    where
        T: AsRef<[u8]> + Send + Sync + 'static,
    {
        let mut faces = Vec::new();
        let mut database = Database::new();
        for (index, file) in files.into_iter().enumerate() {
            let bytes = Bytes::new(file);
            let before = faces.len();
            faces.extend(Font::iter(bytes.clone()));
            if faces.len() == before {
                return Err(PrintError::Font { number: index + 1 });
            }
            database.load_font_source(Source::Binary(Arc::new(bytes)));
        }
        database.set_serif_family("Noto Serif");
        database.set_sans_serif_family("Noto Sans");
        database.set_monospace_family("Noto Sans");
        let book = LazyHash::new(FontBook::from_fonts(&faces));
        Ok(Fonts { book, faces, database: Arc::new(database) })
    }

    /// Families in the order in which they were given, for text that asks for none.
    pub(crate) fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = Vec::new();
        for face in &self.faces {
            let family = face.info().family.as_str();
            if !families.contains(&family) {
                families.push(family);
            }
        }
        families
    }

    /// The characters of a text that no font has, each once, in order of code point. Signs that are
    /// never drawn (line ends, joiners, the soft hyphen) are not missed.
    pub fn missing(&self, text: &str) -> Vec<char> {
        let absent: BTreeSet<char> =
            text.chars().filter(|&c| !is_invisible(c) && !self.covers(c)).collect();
        absent.into_iter().collect()
    }

    fn covers(&self, c: char) -> bool {
        self.faces.iter().any(|face| face.info().coverage.contains(c as u32))
    }
}

/// White space, controls, and the default-ignorable signs that European texts hold.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// The characters that were set as an empty box, which is glyph 0 of every font, each once; `None`
/// where all is well.
pub(crate) fn without_glyph(document: &PagedDocument) -> Option<String> {
    let mut found = BTreeSet::new();
    document.pages().iter().for_each(|page| collect(&page.frame, &mut found));
    let names: Vec<_> = found.iter().map(|&c| name(c)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn collect(frame: &Frame, found: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, found),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let range = glyph.range.start.into()..glyph.range.end.into();
                    found.extend(text.text.get(range).unwrap_or_default().chars());
                }
            }
            _ => {}
        }
    }
}

/// A character as a message shows it: itself, and its code point for one that has no glyph here either.
pub(crate) fn name(c: char) -> String {
    match c.is_control() {
        true => format!("U+{:04X}", c as u32),
        false => format!("“{c}” (U+{:04X})", c as u32),
    }
}
