//! What a file is, by its content. Only what people work with is taken; what a browser could run, or a
//! file that is two things at once, is refused by name.

/// What is taken: ending, media type.
const KINDS: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
];

/// Bytes from the start by which a content is told; a zip names its first entries here.
const HEAD: usize = 8 * 1024;
/// Bytes of the end that are looked at: the longest end of a zip archive with its comment.
const TAIL: usize = 22 + 0xffff;
/// What would run in a browser, in lower case. None of these stands in a picture or a film by chance.
const RUNS: &[&[u8]] = &[
    b"<script",
    b"<html",
    b"<!doctype html",
    b"<svg",
    b"<iframe",
    b"<object",
    b"<embed",
    b"<?php",
    b"<foreignobject",
    b"javascript:",
];
const LONGEST_RUN: usize = 15;

/// Why a file is not taken, as the key of a message.
pub type Fault = &'static str;

/// Looks at a content as it passes by, and holds no more of it than its two ends.
#[derive(Default)]
pub struct Look {
    head: Vec<u8>,
    tail: Vec<u8>,
    size: u64,
    /// The last bytes in lower case: what runs may stand across two pieces.
    seam: Vec<u8>,
    runs: bool,
    /// Whether there are bytes that no text has.
    controls: bool,
}

impl Look {
    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn see(&mut self, piece: &[u8]) {
        self.size += piece.len() as u64;
        let wanted = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..wanted]);
        self.tail.extend_from_slice(&piece[piece.len().saturating_sub(TAIL)..]);
        let over = self.tail.len().saturating_sub(TAIL);
        self.tail.drain(..over);
        let control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0c".contains(byte);
        self.controls |= piece.iter().any(control);
        if !self.runs {
            self.seam.extend(piece.iter().map(u8::to_ascii_lowercase));
            self.runs = runs(&self.seam);
            let over = self.seam.len().saturating_sub(LONGEST_RUN - 1);
            self.seam.drain(..over);
        }
    }

    /// The media type, where the content is what the name's ending says.
    pub fn verdict(&self, name: &str) -> Result<&'static str, Fault> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let ending = if ending == "jpeg" { "jpg" } else { &ending };
        let Some((_, media)) = KINDS.iter().find(|(known, _)| *known == ending) else {
            return Err("file-kind");
        };
        if self.size == 0 {
            return Err("file-empty");
        }
        let found = infer::get(&self.head).map_or("", |found| found.extension());
        match ending {
            "csv" | "txt" => self.text_is_plain(found),
            "pdf" if !self.head.starts_with(b"%PDF-") => Err("file-not-what-it-says"),
            "pdf" => self.pdf_ends_where_it_ends(),
            "png" | "jpg" | "gif" | "webp" | "mp3" | "mp4" => self.is_nothing_else(found == ending),
            _ => self.archive_is_whole(ending, found),
        }?;
        Ok(media)
    }

    fn text_is_plain(&self, found: &str) -> Result<(), Fault> {
        match () {
            () if self.runs => Err("file-runs"),
            // Older spreadsheets write Windows' letters; none of them write NUL.
            () if !found.is_empty() || self.controls => Err("file-not-what-it-says"),
            () => Ok(()),
        }
    }

    /// A PDF begins at its first byte, is no page to whoever sniffs its beginning, and ends with its mark
    /// (ISO 32000-2, 7.5.5), so that no archive hangs on it.
    fn pdf_ends_where_it_ends(&self) -> Result<(), Fault> {
        let begin = &self.head[..self.head.len().min(1024)];
        if runs(&begin.to_ascii_lowercase()) {
            return Err("file-runs");
        }
        let end = self.tail.trim_ascii_end();
        if !end.ends_with(b"%%EOF") || self.ends_as_archive() {
            return Err("file-two-things");
        }
        Ok(())
    }

    fn is_nothing_else(&self, is: bool) -> Result<(), Fault> {
        let begin = &self.head[..self.head.len().min(1024)];
        match () {
            () if !is => Err("file-not-what-it-says"),
            () if self.runs => Err("file-runs"),
            () if contains(begin, b"%PDF-") || self.ends_as_archive() => Err("file-two-things"),
            () => Ok(()),
        }
    }

    /// An office document is an archive from its first byte to its last, and says what it is.
    fn archive_is_whole(&self, ending: &str, found: &str) -> Result<(), Fault> {
        let says = match ending {
            "docx" => self.names(b"word/"),
            "xlsx" => self.names(b"xl/"),
            "pptx" => self.names(b"ppt/"),
            _ => found == ending,
        };
        // A macro runs in an office; such a document has another ending, and is not taken under this one.
        let macros = self.names(b"vbaProject.bin");
        match () {
            () if !self.head.starts_with(b"PK\x03\x04") || !says => Err("file-not-what-it-says"),
            () if macros => Err("file-runs"),
            () if !self.ends_as_archive() => Err("file-two-things"),
            () => Ok(()),
        }
    }

    /// Whether an archive names an entry so: its list stands at the end.
    fn names(&self, entry: &[u8]) -> bool {
        contains(&self.tail, entry) || contains(&self.head, entry)
    }

    /// Whether the end is that of a zip archive whose comment reaches exactly to the last byte
    /// (APPNOTE 6.3.10, 4.3.16).
    fn ends_as_archive(&self) -> bool {
        let ends = |at: usize| {
            let record = &self.tail[at..];
            record.starts_with(b"PK\x05\x06")
                && record.len() >= 22
                && record.len() == 22 + usize::from(u16::from_le_bytes([record[20], record[21]]))
        };
        (0..self.tail.len().saturating_sub(21)).rev().any(ends)
    }
}

/// Whether something that runs stands in these bytes, which are in lower case.
fn runs(bytes: &[u8]) -> bool {
    let begins = |at: &usize| matches!(bytes[*at], b'<' | b'j');
    (0..bytes.len()).filter(begins).any(|at| RUNS.iter().any(|run| bytes[at..].starts_with(run)))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A name as it is kept: its last part, without what a file system or a header could stumble over.
/// `None` where nothing is left.
pub fn name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next()?;
    // Turned round, a name could show another ending than it has.
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && !turns(*c))
        .map(|c| if "<>:\"|?*;%".contains(c) { '-' } else { c })
        .collect();
    let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, ending) = plain.rsplit_once('.')?;
    let stem: String = stem.chars().take(120).collect();
    (!stem.is_empty() && !ending.is_empty() && ending.chars().count() <= 10)
        .then(|| format!("{stem}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(name: &str, content: &[u8]) -> Result<&'static str, Fault> {
        let mut look = Look::default();
        // In pieces of an odd length, as a network brings them.
        for piece in content.chunks(7) {
            look.see(piece);
        }
        look.verdict(name)
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82";
    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n";
    const ZIP_END: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    fn with(begin: &[u8], more: &[&[u8]]) -> Vec<u8> {
        more.iter().fold(begin.to_vec(), |sum, more| [&sum, *more].concat())
    }

    #[test]
    fn what_people_work_with_is_taken() {
        assert_eq!(verdict("a.pdf", PDF), Ok("application/pdf"));
        assert_eq!(verdict("a.PNG", PNG), Ok("image/png"));
        assert_eq!(verdict("a.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0"), Ok("image/jpeg"));
        assert_eq!(verdict("a.txt", "un café; 5 < 6\n".as_bytes()), Ok("text/plain"));
        assert_eq!(verdict("a.csv", b"country,prisons\r\nMDA,17\r\n"), Ok("text/csv"));
        let docx = with(b"PK\x03\x04", &[b"word/document.xml", ZIP_END]);
        assert!(verdict("a.docx", &docx).expect("taken").ends_with("wordprocessingml.document"));
    }

    #[test]
    fn what_runs_in_a_browser_is_refused() {
        for name in
            ["a.html", "a.svg", "a.xhtml", "a.xml", "a.js", "a.exe", "a", ".htaccess", "a.pdf.html"]
        {
            assert_eq!(verdict(name, b"<html>"), Err("file-kind"), "{name}");
        }
        let page: &[u8] = b"<!DOCTYPE html><script>alert(1)</script>";
        let svg: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        for content in [page, svg] {
            for name in ["a.png", "a.jpg", "a.gif", "a.pdf", "a.docx"] {
                assert_eq!(verdict(name, content), Err("file-not-what-it-says"), "{name}");
            }
            for name in ["a.txt", "a.csv"] {
                assert_eq!(verdict(name, content), Err("file-runs"), "{name}");
            }
        }
    }

    #[test]
    fn two_things_at_once_are_refused() {
        // A picture that is a page to whoever reads it as one.
        let gif = with(b"GIF89a\x01\0\x01\0\0\0\0", &[b"/*<ScRiPt>alert(1)</script>*/;"]);
        assert_eq!(verdict("a.gif", &gif), Err("file-runs"));
        let far = with(PNG, &[&vec![0; 20_000], b"<SVG onload=x>"]);
        assert_eq!(verdict("a.png", &far), Err("file-runs"), "far behind");
        // A picture with an archive at its end, a PDF with one, a PDF behind a picture.
        assert_eq!(verdict("a.png", &with(PNG, &[ZIP_END])), Err("file-two-things"));
        assert_eq!(verdict("a.pdf", &with(PDF, &[ZIP_END])), Err("file-two-things"));
        let comment: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0%%EOF";
        assert_eq!(verdict("a.pdf", &with(PDF, &[comment])), Err("file-two-things"));
        assert_eq!(verdict("a.png", &with(PNG, &[PDF])), Err("file-two-things"));
        assert_eq!(verdict("a.pdf", &with(b"\n", &[PDF])), Err("file-not-what-it-says"));
        assert_eq!(verdict("a.pdf", &with(b"%PDF-1.7\n<html>", &[PDF])), Err("file-runs"));
        // An archive behind something else, or with something behind it.
        let docx = with(b"PK\x03\x04", &[b"word/document.xml", ZIP_END]);
        assert_eq!(verdict("a.docx", &with(b"MZ", &[&docx])), Err("file-not-what-it-says"));
        assert_eq!(verdict("a.docx", &with(&docx, &[b"<html>"])), Err("file-two-things"));
        let macros = with(b"PK\x03\x04", &[b"word/vbaProject.bin", ZIP_END]);
        assert_eq!(verdict("a.docx", &macros), Err("file-runs"));
        assert_eq!(verdict("a.xlsx", &docx), Err("file-not-what-it-says"));
        assert_eq!(verdict("a.pdf", PNG), Err("file-not-what-it-says"));
        assert_eq!(verdict("a.txt", PNG), Err("file-not-what-it-says"));
        assert_eq!(verdict("a.txt", b""), Err("file-empty"));
    }

    #[test]
    fn names_are_made_harmless() {
        for (given, kept) in [
            ("minutes.pdf", Some("minutes.pdf")),
            ("Procès-verbal № 3.pdf", Some("Procès-verbal № 3.pdf")),
            ("../../etc/passwd.txt", Some("passwd.txt")),
            ("C:\\Users\\ana\\a.pdf", Some("a.pdf")),
            ("a\r\nSet-Cookie: x=y.pdf", Some("aSet-Cookie- x=y.pdf")),
            ("a\".pdf", Some("a-.pdf")),
            ("invoice\u{202e}fdp.exe.pdf", Some("invoicefdp.exe.pdf")),
            ("...pdf", None),
            (".htaccess", None),
            ("pdf", None),
            ("", None),
            ("a.", None),
            ("a.\0", None),
        ] {
            assert_eq!(name(given).as_deref(), kept, "{given:?}");
        }
        assert!(name(&format!("{}.pdf", "ж".repeat(400))).expect("short").len() < 255);
    }
}
