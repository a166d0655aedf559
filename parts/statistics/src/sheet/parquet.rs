//! Interviews as Parquet, which R, Python and databases write: flat columns of any type. Labels of codes do not travel in it, so a
//! codebook may come beside it. What a page promises to unfold into is added up before the first is unfolded.

use ::parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use ::parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::schema::types::ColumnDescriptor;
use bytes::Bytes;

use super::{Bounds, Cell, Gather, Kind, MOST_COLUMNS, Sheet, damaged, day, moment, number};
use crate::problem::Problem;

/// Rows taken at once.
const BATCH: usize = 8_192;
/// One page unfolded. Writers make pages of about a megabyte.
const LARGEST_PAGE: u64 = 256 << 20;

pub fn read(place: &str, bytes: &[u8], bounds: &Bounds) -> Result<Sheet, Vec<Problem>> {
    let broken = |error: ParquetError| damaged(place, error);
    if !bytes.ends_with(b"PAR1") {
        return Err(vec![Problem::of(place, "truncated").with("bytes", bytes.len())]);
    }
    let file = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).map_err(broken)?;
    let metadata = file.metadata();
    let schema = metadata.file_metadata().schema_descr();
    let columns = schema.num_columns();
    if columns > MOST_COLUMNS {
        return Err(vec![super::too_many_columns(place, columns)]);
    }
    let nested: Vec<Problem> = schema
        .columns()
        .iter()
        .filter(|column| column.max_rep_level() > 0 || column.path().parts().len() > 1)
        .map(|column| Problem::of(&column.path().string(), "nested-column"))
        .collect();
    if !nested.is_empty() {
        return Err(nested);
    }
    let most = bounds.cells / columns.max(1);
    let promised: i64 = metadata.row_groups().iter().map(|group| group.num_rows().max(0)).sum();
    if usize::try_from(promised).unwrap_or(usize::MAX) > most {
        return Err(vec![super::too_many_rows(place, most)]);
    }
    let mut unfolded = 0;
    for group in metadata.row_groups() {
        for column in group.columns() {
            let (at, length) = (
                column.dictionary_page_offset().unwrap_or(column.data_page_offset()),
                column.compressed_size(),
            );
            let part = usize::try_from(at).ok().zip(usize::try_from(length).ok());
            let part = part.and_then(|(at, length)| bytes.get(at..at.checked_add(length)?));
            let part = part.ok_or_else(|| damaged(place, "a column lies outside it"))?;
            let pages = Pages(part).promised();
            let pages = pages.ok_or_else(|| damaged(place, "a page cannot be read"))?;
            unfolded += pages;
            if unfolded > bounds.unfolded {
                let problem = Problem::of(place, "unfolds-too-far");
                return Err(vec![problem.with("most", (bounds.unfolded >> 20) as usize)]);
            }
        }
    }
    // Column by column, so that one is unfolded at a time; the rows are told by the first.
    let names: Vec<&str> = schema.columns().iter().map(|column| column.name()).collect();
    let mut gather = Gather::new(place, names.into_iter(), bounds)?;
    for row in 1..=promised {
        gather.begin(u32::try_from(row).unwrap_or(u32::MAX))?;
    }
    for at in 0..file.num_row_groups() {
        let group = file.get_row_group(at).map_err(broken)?;
        let rows = group.metadata().num_rows().max(0) as usize;
        for at in 0..columns {
            let pages = group.get_column_page_reader(at).map_err(broken)?;
            let column = schema.column(at);
            let reader = get_column_reader(column.clone(), pages);
            let read = take(&mut gather, at, &column, reader, rows).map_err(broken)?;
            if read != rows {
                let problem = Problem::of(&column.path().string(), "rows-missing");
                return Err(vec![problem.with("count", read).with("promised", rows.to_string())]);
            }
        }
    }
    Ok(Sheet { kind: Kind::Parquet, ..gather.finish()? })
}

/// Puts a column's cells of one group of rows; gives how many there were.
fn take(
    gather: &mut Gather,
    at: usize,
    column: &ColumnDescriptor,
    reader: ColumnReader,
    rows: usize,
) -> Result<usize, ParquetError> {
    let level = column.max_def_level();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let scale = column.type_scale();
    let decimal = matches!(column.logical_type_ref(), Some(LogicalType::Decimal(_)))
        || column.converted_type() == ConvertedType::DECIMAL;
    let mut put = |cell: Cell| gather.put(at, cell);
    let whole = |put: &mut dyn FnMut(Cell), value: i64| {
        put(Cell::Number(value as u64, &|| whole(column, value)));
    };
    match reader {
        ColumnReader::BoolColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&bool>| {
                put(Cell::Text(value.map_or("", |is| if *is { "1" } else { "0" })));
            })
        }
        ColumnReader::Int32ColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&i32>| match value {
                Some(value) if is_unsigned(column) => whole(&mut put, i64::from(*value as u32)),
                Some(value) => whole(&mut put, i64::from(*value)),
                None => put(Cell::Text("")),
            })
        }
        ColumnReader::Int64ColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&i64>| match value {
                Some(value) => whole(&mut put, *value),
                None => put(Cell::Text("")),
            })
        }
        ColumnReader::Int96ColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&Int96>| match value {
                Some(value) => put(Cell::Text(&moment(value.to_millis().div_euclid(1_000)))),
                None => put(Cell::Text("")),
            })
        }
        ColumnReader::FloatColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&f32>| match value {
                // As short as it reads back: 0.1, not 0.10000000149011612.
                Some(value) if value.is_finite() => {
                    put(Cell::Number(u64::from(value.to_bits()), &|| value.to_string()));
                }
                _ => put(Cell::Text("")),
            })
        }
        ColumnReader::DoubleColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&f64>| match value {
                Some(value) => put(Cell::Number(value.to_bits(), &|| number(*value))),
                None => put(Cell::Text("")),
            })
        }
        ColumnReader::ByteArrayColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&ByteArray>| match value {
                Some(value) if decimal => put(Cell::Text(&decimal_text(value.data(), scale))),
                Some(value) => put(Cell::Text(&text(value.data()))),
                None => put(Cell::Text("")),
            })
        }
        ColumnReader::FixedLenByteArrayColumnReader(mut reader) => {
            each(&mut reader, level, rows, |value: Option<&FixedLenByteArray>| match value {
                Some(value) if decimal => put(Cell::Text(&decimal_text(value.data(), scale))),
                Some(value) => put(Cell::Text(&text(value.data()))),
                None => put(Cell::Text("")),
            })
        }
    }
}

/// Gives every value in its order, `None` where there is none.
fn each<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    level: i16,
    rows: usize,
    mut put: impl FnMut(Option<&T::T>),
) -> Result<usize, ParquetError> {
    let mut read = 0;
    while read < rows {
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        let wanted = BATCH.min(rows - read);
        let (records, ..) = reader.read_records(wanted, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            break;
        }
        if level == 0 {
            values.iter().for_each(|value| put(Some(value)));
        } else {
            let mut values = values.iter();
            for found in &levels {
                put(if *found == level { values.next() } else { None });
            }
        }
        read += records;
    }
    Ok(read)
}

fn is_unsigned(column: &ColumnDescriptor) -> bool {
    use ConvertedType as Old;
    [Old::UINT_8, Old::UINT_16, Old::UINT_32].contains(&column.converted_type())
}

/// A whole number as its type says: a date as a date, a decimal with its point.
fn whole(column: &ColumnDescriptor, value: i64) -> String {
    let per_second = match column.logical_type_ref() {
        Some(LogicalType::Date) => return day(value),
        Some(LogicalType::Timestamp(kind)) => match kind.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        },
        Some(LogicalType::Decimal(_)) => {
            return with_point(&value.to_string(), column.type_scale());
        }
        _ => match column.converted_type() {
            ConvertedType::DATE => return day(value),
            ConvertedType::DECIMAL => return with_point(&value.to_string(), column.type_scale()),
            ConvertedType::TIMESTAMP_MILLIS => 1_000,
            ConvertedType::TIMESTAMP_MICROS => 1_000_000,
            ConvertedType::UINT_64 => return (value as u64).to_string(),
            _ => return value.to_string(),
        },
    };
    moment(value.div_euclid(per_second))
}

/// A decimal in two's complement, the highest byte first.
fn decimal_text(bytes: &[u8], scale: i32) -> String {
    let Some(first) = bytes.first().filter(|_| bytes.len() <= 16) else { return String::new() };
    let begin = if first & 0x80 == 0 { 0i128 } else { -1 };
    let value = bytes.iter().fold(begin, |value, byte| value << 8 | i128::from(*byte));
    with_point(&value.to_string(), scale)
}

fn with_point(digits: &str, scale: i32) -> String {
    let scale = usize::try_from(scale).unwrap_or(0).min(60);
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (before, after) = digits.split_at(digits.len() - scale);
    let after = after.trim_end_matches('0');
    if after.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{after}") }
}

/// The pages of a column, of which only the headers are read: Thrift's compact protocol, `PageHeader` of parquet.thrift.
struct Pages<'a>(&'a [u8]);

impl Pages<'_> {
    /// Bytes that the pages promise to unfold into; `None` where that cannot be told or one page is too large.
    fn promised(mut self) -> Option<u64> {
        let mut promised = 0;
        while !self.0.is_empty() {
            let (mut unfolded, mut folded) = (None, None);
            let mut id = 0;
            loop {
                let kind = self.field(&mut id)?;
                match (id, kind) {
                    (_, 0) => break,
                    (2, 5) => unfolded = u64::try_from(self.zigzag()?).ok(),
                    (3, 5) => folded = usize::try_from(self.zigzag()?).ok(),
                    (_, kind) => self.skip(kind, 0)?,
                }
            }
            let unfolded = unfolded.filter(|size| *size <= LARGEST_PAGE)?;
            promised += unfolded;
            self.0 = self.0.get(folded?..)?;
        }
        Some(promised)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// The kind of the next field, 0 at the end of a structure.
    fn field(&mut self, id: &mut i64) -> Option<u8> {
        let byte = self.byte()?;
        let kind = byte & 0x0f;
        if kind != 0 {
            *id =
                if byte >> 4 == 0 { self.zigzag()? } else { id.checked_add(i64::from(byte >> 4))? };
        }
        Some(kind)
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        if depth > 8 {
            return None;
        }
        match kind {
            1 | 2 => {}
            3 => self.0 = self.0.get(1..)?,
            4..=6 => drop(self.varint()?),
            7 => self.0 = self.0.get(8..)?,
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.0 = self.0.get(length..)?;
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                if count > self.0.len() as u64 {
                    return None;
                }
                for _ in 0..count {
                    // Within a list a truth takes a byte.
                    self.skip(if head & 0x0f <= 2 { 3 } else { head & 0x0f }, depth + 1)?;
                }
            }
            12 => {
                let mut id = 0;
                loop {
                    match self.field(&mut id)? {
                        0 => break,
                        kind => self.skip(kind, depth + 1)?,
                    }
                }
            }
            _ => return None,
        }
        Some(())
    }
}
