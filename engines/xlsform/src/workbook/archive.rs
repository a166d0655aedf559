//! An archive is measured before it is unpacked, so that a file of a few kilobytes cannot ask for gigabytes:
//! what it unpacks to, and what its sheets claim to hold.

use std::io::{BufRead, BufReader, Cursor, Read};

use super::Limits;
use super::excel::unreadable;
use crate::Problem;

/// Cells of one sheet once it is spread out, empty ones included.
pub(super) const MAX_CELLS: u64 = 4_000_000;
/// Shared texts for which room is made, and spaces in a row in one cell.
const MAX_CLAIM: u64 = 2_000_000;

/// Counts what the archive would unpack to, by unpacking it into nothing: a header can lie.
pub(super) fn measure(bytes: &[u8], limits: &Limits) -> Result<(), Problem> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > 10_000 {
        return Err(unreadable("it holds more than 10,000 files"));
    }
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(unreadable)?;
        let name = file.name().map_err(unreadable)?.into_owned();
        // Pictures and the like are never unpacked.
        if !(name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".bin")) {
            continue;
        }
        let mut claims = Claims::default();
        let mut reader = BufReader::with_capacity(1 << 16, file.take(left + 1));
        let mut tag = Vec::new();
        let (mut read, mut run) = (0, 0);
        loop {
            tag.clear();
            // A tag and the text after it, or as much as any tag needs.
            let length =
                (&mut reader).take(1 << 16).read_until(b'>', &mut tag).map_err(unreadable)?;
            if length == 0 {
                break;
            }
            read += length as u64;
            run = if tag.contains(&b'<') { 0 } else { run + length };
            if run > MAX_TEXT {
                return Err(unreadable("a cell holds more than a megabyte of text"));
            }
            claims.note(&tag)?;
        }
        if read > left {
            return Err(Problem::error(format!(
                "The workbook unpacks to more than {} bytes; it is not read. Remove empty rows \
                 and columns that carry formatting.",
                limits.unpacked_bytes
            )));
        }
        left -= read;
    }
    Ok(())
}

/// Bytes of text between two tags. Excel itself stops at 32,767 characters in a cell.
const MAX_TEXT: usize = 1 << 20;

/// What the tags of one part claim.
#[derive(Default)]
struct Claims {
    /// Rows so far, the last that holds anything, and the widest.
    rows: u64,
    repeated: u64,
    columns: u64,
    filled: u64,
    last: u64,
    widest: u64,
    texts: u64,
}

impl Claims {
    fn note(&mut self, text: &[u8]) -> Result<(), Problem> {
        let Some(at) = text.iter().rposition(|byte| *byte == b'<') else { return Ok(()) };
        let tag = &text[at..];
        let too_much = |what: &str| Err(unreadable(format!("it claims to hold {what}")));
        if tag.starts_with(b"<sst") || tag.windows(5).any(|part| part == b":sst ") {
            if number(tag, b"niqueCount").is_some_and(|count| count > MAX_CLAIM) {
                return too_much("millions of texts");
            }
        } else if tag.starts_with(b"<si>") || tag.starts_with(b"<si ") || tag.starts_with(b"<si/") {
            self.texts += 1;
            if self.texts > MAX_CLAIM / 2 {
                return too_much("millions of texts");
            }
        } else if tag.starts_with(b"<text:s ") {
            if number(tag, b"text:c").is_some_and(|count| count > MAX_CLAIM / 10) {
                return too_much("a cell of nothing but spaces");
            }
        } else if tag.starts_with(b"<table:table-row") {
            self.repeated = number(tag, b"number-rows-repeated").unwrap_or(1);
            (self.columns, self.filled) = (0, 0);
            if tag.ends_with(b"/>") {
                self.rows = self.rows.saturating_add(self.repeated);
            }
        } else if tag.starts_with(b"<table:table-cell")
            || tag.starts_with(b"<table:covered-table-cell")
        {
            let repeated = number(tag, b"number-columns-repeated").unwrap_or(1);
            self.columns = self.columns.saturating_add(repeated);
            if !tag.ends_with(b"/>") || tag.windows(12).any(|part| part == b"office:value") {
                self.filled = self.columns;
            }
        } else if tag.starts_with(b"</table:table-row") {
            self.rows = self.rows.saturating_add(self.repeated);
            if self.filled > 0 {
                self.last = self.rows;
                self.widest = self.widest.max(self.filled.min(16_384));
            }
            if self.last.saturating_mul(self.widest) > MAX_CELLS {
                return too_much("millions of cells");
            }
        } else if tag.starts_with(b"<table:table ") {
            *self = Self::default();
        }
        Ok(())
    }
}

/// The number of the attribute whose name ends so.
fn number(tag: &[u8], name: &[u8]) -> Option<u64> {
    let at = tag.windows(name.len()).position(|part| part == name)?;
    let rest = tag[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let digits = rest.get(1..)?.iter().copied().map(char::from).take_while(char::is_ascii_digit);
    let digits = digits.collect::<String>();
    Some(digits.parse().unwrap_or(if digits.is_empty() { 0 } else { u64::MAX }))
}
