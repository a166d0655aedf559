//! Workbooks (.xlsx), row by row. The archive is measured before it is opened, because a few
//! kilobytes can unfold into gigabytes; the size a sheet states of itself is never believed.

use std::io::{self, Read, SeekFrom};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;
use zip::result::ZipError;

use super::text::EachRow;
use super::{MAX_ROWS, ReadError, Source};

/// All parts of a workbook unfolded; a full sheet of 1,048,576 rows with 13 columns takes 480 MB.
const MAX_UNFOLDED_BYTES: u64 = 768 << 20;
/// The table of texts, which is held in memory.
const MAX_TEXTS_BYTES: u64 = 128 << 20;
/// Columns read; a cell further right is left unread.
const MAX_COLUMNS: u32 = 500;

pub(super) struct Workbook<'a> {
    name: String,
    inner: Xlsx<&'a mut dyn Source>,
}

impl<'a> Workbook<'a> {
    pub fn open(name: &str, input: &'a mut dyn Source) -> Result<Workbook<'a>, ReadError> {
        measure(name, input)?;
        input.seek(SeekFrom::Start(0))?;
        let inner = Xlsx::new(input).map_err(|e| broken(name, &e))?;
        Ok(Workbook { name: name.into(), inner })
    }

    pub fn sheets(&self) -> Vec<String> {
        self.inner.sheet_names()
    }

    /// Calls `each` for every row that is not empty, with its number from 1.
    pub fn rows(&mut self, sheet: &str, each: &mut EachRow<'_>) -> Result<(), ReadError> {
        let name = self.name.clone();
        let mut cells = self.inner.worksheet_cells_reader(sheet).map_err(|e| broken(&name, &e))?;
        let mut row: Vec<String> = Vec::new();
        let mut at: Option<u32> = None;
        let mut given = 0;
        let mut give = |at: Option<u32>, row: &mut Vec<String>| -> Result<(), ReadError> {
            if let Some(at) = at.filter(|_| row.iter().any(|c| !c.trim().is_empty())) {
                given += 1;
                if given > MAX_ROWS {
                    return Err(ReadError::TooManyRows { name: name.clone() });
                }
                each(u64::from(at) + 1, row, false)?;
            }
            row.clear();
            Ok(())
        };
        loop {
            let cell = match cells.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                Err(e) => return Err(broken(&self.name, &e)),
            };
            let (r, c) = cell.get_position();
            if at != Some(r) {
                give(at, &mut row)?;
                at = Some(r);
            }
            if c < MAX_COLUMNS {
                let c = c as usize;
                if row.len() <= c {
                    row.resize(c + 1, String::new());
                }
                row[c] = text_of(cell.get_value());
            }
        }
        give(at, &mut row)
    }
}

/// A cell as text: a number in its shortest form, a date as `2020-01-31`.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_string(),
        DataRef::Float(f) => crate::fact::number(*f),
        DataRef::Int(i) => i.to_string(),
        DataRef::Bool(b) => if *b { "1" } else { "0" }.into(),
        DataRef::DateTime(d) => {
            let (year, month, day, ..) = d.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(s) => s.get(..10).unwrap_or(s).to_string(),
        DataRef::DurationIso(s) => s.clone(),
        DataRef::Error(e) => e.to_string(),
    }
}

/// Unfolds every part once into nothing, which finds a truncated or damaged archive as well.
fn measure(name: &str, input: &mut dyn Source) -> Result<(), ReadError> {
    input.seek(SeekFrom::Start(0))?;
    let damaged = |what: String| ReadError::Damaged { name: name.into(), what };
    let mut archive = match ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(ZipError::Io(e)) if e.kind() != io::ErrorKind::UnexpectedEof => return Err(e.into()),
        Err(e) => return Err(damaged(e.to_string())),
    };
    if let Some(what) = other_than_workbook(
        &archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect::<Vec<_>>(),
    ) {
        return Err(ReadError::NotATable { name: name.into(), what: what.into() });
    }
    let mut unfolded = 0;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(|e| damaged(e.to_string()))?;
        let part_name = part.name().map(|n| n.into_owned()).unwrap_or_default();
        let is_sheet = part_name.starts_with("xl/worksheets/");
        let room = MAX_UNFOLDED_BYTES - unfolded;
        let limit = if is_sheet { room } else { room.min(MAX_TEXTS_BYTES) };
        let size = io::copy(&mut part.take(limit + 1), &mut io::sink())
            .map_err(|e| damaged(format!("{part_name}: {e}")))?;
        if size > limit {
            return Err(ReadError::UnfoldsTooFar { name: name.into(), part: part_name });
        }
        unfolded += size;
    }
    Ok(())
}

/// What an archive is whose parts are not those of a workbook.
fn other_than_workbook(parts: &[String]) -> Option<&'static str> {
    let has = |start: &str| parts.iter().any(|part| part.starts_with(start));
    if has("xl/workbook.bin") {
        Some("it is a binary workbook (.xlsb)")
    } else if has("xl/") {
        None
    } else if has("content.xml") && has("mimetype") {
        Some("it is an OpenDocument file (.ods)")
    } else if has("word/") {
        Some("it is a Word document")
    } else {
        Some("it is an archive without a workbook; unpack it first")
    }
}

fn broken(name: &str, error: &XlsxError) -> ReadError {
    let what = match error {
        XlsxError::FileNotFound(part) => format!("its part {part} is missing"),
        XlsxError::Password => "it is locked with a password; save a copy without one".into(),
        other => other.to_string(),
    };
    ReadError::Damaged { name: name.into(), what }
}
