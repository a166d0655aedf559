//! Interviews as Stata keeps them (.dta, every release): labels, missing values with their letters, and what `svyset` says of the
//! sample. Before the reader takes a part whose length the file only promises, the promise is held against the bytes that are there.

use std::cell::Cell as Shared;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::characteristic::CharacteristicTarget;
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::header::Header;
use dta::stata::dta::value::Value;
use dta::stata::dta::value_label::ValueLabelSet;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_float::StataFloat;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use encoding_rs::{Encoding, WINDOWS_1252};

use super::{Bounds, Cell, Gather, Kind, MOST_COLUMNS, Sheet, damaged, day, moment, number};
use crate::codebook::Entry;
use crate::plan::{Described, DescribedStage};
use crate::problem::Problem;

/// 1 January 1960, from which Stata counts, in days before 1970.
const EPOCH_DAYS: i64 = -3_653;
/// `.` as a value that may have a label; `.a` follows.
const NOTHING: i64 = 2_147_483_621;

/// By the first bytes: the mark of releases from 13 on, or a number of a release and a byte order.
pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"<stata_dta>")
        || matches!(bytes, [102..=116, 1 | 2, 1, 0, ..] if bytes.len() > 60)
}

pub fn read(place: &str, bytes: &[u8], bounds: &Bounds) -> Result<Sheet, Vec<Problem>> {
    let sheet = read_in(place, bytes, bounds, None)?;
    // Releases before 14 do not say how letters are written, and not everybody writes western European.
    let unsaid = !matches!(bytes.get(..67), Some(head) if is_unicode(head));
    let mut letters = Vec::new();
    for text in sheet
        .own
        .texts()
        .chain(sheet.columns.iter().flat_map(|column| column.texts.iter().map(String::as_str)))
    {
        if !text.is_ascii() && letters.len() < 1 << 20 {
            letters.extend_from_slice(&WINDOWS_1252.encode(text).0);
            letters.push(b'\n');
        }
    }
    if !unsaid || letters.is_empty() {
        return Ok(sheet);
    }
    let encoding = super::text::guess(&letters);
    let mut sheet = if encoding == WINDOWS_1252 {
        sheet
    } else {
        read_in(place, bytes, bounds, Some(encoding))?
    };
    sheet.notes.push(Problem::of(place, "encoding-guessed").with("encoding", encoding.name()));
    Ok(sheet)
}

/// Releases 118 and 119 are UTF-8.
fn is_unicode(head: &[u8]) -> bool {
    head.windows(12).any(|at| at == b"<release>118" || at == b"<release>119")
}

fn read_in(
    place: &str,
    bytes: &[u8],
    bounds: &Bounds,
    encoding: Option<&'static Encoding>,
) -> Result<Sheet, Vec<Problem>> {
    let broken = |error: dta::stata::dta::dta_error::DtaError| damaged(place, error);
    let at = Rc::new(Shared::new(0));
    let source = Source { bytes, at: at.clone() };
    let reader = match encoding {
        Some(encoding) => DtaReader::new().encoding(encoding),
        None => DtaReader::new(),
    };
    let schema = reader.from_reader(source).read_header().map_err(broken)?;
    let header = schema.header().clone();
    let promises = Promises { place, bytes, at, header: &header };
    if header.variable_count() as usize > MOST_COLUMNS {
        return Err(vec![super::too_many_columns(place, header.variable_count() as usize)]);
    }
    let mut told = schema.read_schema().map_err(broken)?;
    let mut survey = Vec::new();
    loop {
        promises.characteristic()?;
        let Some(one) = told.read_characteristic().map_err(broken)? else { break };
        if matches!(one.target(), CharacteristicTarget::Dataset) {
            survey.push((one.name().to_owned(), one.value().to_owned()));
        }
    }
    let mut records = told.into_record_reader().map_err(broken)?;
    let variables = records.schema().variables().to_vec();
    promises.rows(&variables)?;
    // A long text (strL) lies elsewhere in the file; it is in nobody's table.
    let kept: Vec<usize> = (0..variables.len())
        .filter(|at| variables[*at].variable_type() != VariableType::LongString)
        .collect();
    let names = kept.iter().map(|at| variables[*at].name());
    let mut gather = Gather::new(place, names, bounds)?;
    let mut row = 0;
    while let Some(record) = records.read_lazy_record().map_err(broken)? {
        row += 1;
        gather.begin(row)?;
        for (to, from) in kept.iter().enumerate() {
            let value = record.value(*from).map_err(broken)?;
            put(&mut gather, to, &value, variables[*from].format());
        }
    }
    let mut sheet = gather.finish()?;
    sheet.kind = Kind::Stata;
    let mut sets: Vec<ValueLabelSet> = Vec::new();
    let mut labels = records.seek_value_labels().map_err(broken)?;
    loop {
        promises.labels()?;
        let Some(set) = labels.read_value_label_set().map_err(broken)? else { break };
        sets.push(set);
    }
    for at in &kept {
        let variable = &variables[*at];
        let mut entry =
            Entry { label: variable.label().trim().into(), others: true, ..Entry::default() };
        let set = sets.iter().find(|set| {
            !variable.value_label_name().is_empty() && set.name() == variable.value_label_name()
        });
        for one in set.iter().flat_map(|set| set.entries()) {
            // Stata writes the label of `.` and of `.a` to `.z` at the values above all others.
            let code = match u8::try_from(i64::from(one.value()) - NOTHING) {
                Ok(0) => ".".into(),
                Ok(letter @ 1..=26) => format!(".{}", char::from(b'a' + letter - 1)),
                _ => one.value().to_string(),
            };
            entry.values.push((code, one.label().trim().into()));
        }
        let column = &sheet.columns[kept.iter().position(|it| it == at).unwrap_or_default()];
        let is_letter = |text: &&String| {
            matches!(text.as_bytes(), [b'.', b'a'..=b'z'])
                && !matches!(variable.variable_type(), VariableType::FixedString(_))
        };
        entry.missing = column.texts.iter().filter(is_letter).cloned().collect();
        entry.missing.sort();
        sheet.own.set(variable.name(), entry);
    }
    if kept.len() < variables.len() {
        let left = variables.len() - kept.len();
        sheet.notes.push(Problem::of(place, "long-text-left").with("count", left));
    }
    sheet.drawn = drawn(&survey);
    Ok(sheet)
}

fn put(gather: &mut Gather, at: usize, value: &Value, format: &str) {
    let figure = match value {
        Value::Byte(StataByte::Present(value)) => f64::from(*value),
        Value::Int(StataInt::Present(value)) => f64::from(*value),
        Value::Long(StataLong::Present(value)) => f64::from(*value),
        Value::Double(StataDouble::Present(value)) => *value,
        Value::Float(StataFloat::Present(value)) => {
            // As short as it reads back: 0.1, not 0.10000000149011612.
            let write = || if value.is_finite() { value.to_string() } else { String::new() };
            return gather.put(at, Cell::Number(f64::from(*value).to_bits(), &write));
        }
        Value::Byte(StataByte::Missing(missing))
        | Value::Int(StataInt::Missing(missing))
        | Value::Long(StataLong::Missing(missing))
        | Value::Double(StataDouble::Missing(missing))
        | Value::Float(StataFloat::Missing(missing)) => {
            return gather.put(at, Cell::Text(&missing.to_string()));
        }
        Value::String(text) => return gather.put(at, Cell::Text(text)),
        Value::LongStringRef(_) => return gather.put(at, Cell::Text("")),
    };
    gather.put(at, Cell::Number(figure.to_bits(), &|| shown(figure, format)));
}

/// A number as its display says: a date as a date.
fn shown(value: f64, format: &str) -> String {
    let format = format.trim_start_matches('%').trim_start_matches('-');
    let whole = value.floor() as i64;
    if format.starts_with("td") || format.starts_with('d') {
        day(whole.saturating_add(EPOCH_DAYS))
    } else if format.starts_with("tc") || format.starts_with("tC") {
        moment((whole / 1_000).saturating_add(EPOCH_DAYS * 86_400))
    } else {
        number(value)
    }
}

/// What `svyset` left in the file.
fn drawn(survey: &[(String, String)]) -> Option<Described> {
    let told = |name: &str| {
        let found = survey.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let column = |name: &str| told(name).filter(|name| !name.starts_with('_'));
    let stages: Vec<DescribedStage> = (1..=4)
        .map(|at| DescribedStage {
            clusters: column(&format!("_svy_su{at}")),
            strata: column(&format!("_svy_strata{at}")),
            population: column(&format!("_svy_fpc{at}")),
            fraction: None,
        })
        .take_while(|stage| *stage != DescribedStage::default())
        .collect();
    let lonely = match told("_svy_singleunit").as_deref() {
        Some("certainty") => "certainty",
        Some("centered") => "adjust",
        Some("scaled") => "average",
        _ => "",
    };
    let weights = column("_svy_wvar");
    (weights.is_some() || !stages.is_empty()).then(|| Described {
        weights,
        stages,
        lonely: lonely.into(),
        ..Described::default()
    })
}

/// The bytes, and how far the reader has come.
#[derive(Debug)]
struct Source<'a> {
    bytes: &'a [u8],
    at: Rc<Shared<usize>>,
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let rest = self.bytes.get(self.at.get()..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at.set(self.at.get() + count);
        Ok(count)
    }
}

impl Seek for Source<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Start(to) = to else {
            return Err(io::Error::other("is sought from the front only"));
        };
        self.at.set(usize::try_from(to).unwrap_or(usize::MAX));
        Ok(to)
    }
}

/// Lengths that the file promises, looked at before the reader makes room for them.
struct Promises<'a> {
    place: &'a str,
    bytes: &'a [u8],
    at: Rc<Shared<usize>>,
    header: &'a Header,
}

impl Promises<'_> {
    /// The next bytes after an opening mark, if that is there.
    fn ahead(&self, mark: &[u8]) -> &[u8] {
        let rest = self.bytes.get(self.at.get()..).unwrap_or_default();
        rest.strip_prefix(mark).unwrap_or(rest)
    }

    fn length(&self, at: &[u8], size: usize) -> Result<(), Vec<Problem>> {
        let Some(bytes) = at.get(..size) else { return Ok(()) };
        let little = matches!(self.header.byte_order(), ByteOrder::LittleEndian);
        let place = |(at, byte): (usize, &u8)| {
            u64::from(*byte) << (8 * if little { at } else { size - 1 - at })
        };
        let promised: u64 = bytes.iter().enumerate().map(place).sum();
        match promised > at.len() as u64 {
            true => Err(damaged(self.place, format!("it promises {promised} bytes and ends"))),
            false => Ok(()),
        }
    }

    fn characteristic(&self) -> Result<(), Vec<Problem>> {
        if self.header.release().is_xml_like() {
            match self.ahead(b"<characteristics>").strip_prefix(b"<ch>") {
                Some(length) => self.length(length, 4),
                None => Ok(()),
            }
        } else {
            // A byte of its kind, then its length: two bytes before release 110, four since.
            let size = if self.bytes[0] < 110 { 2 } else { 4 };
            self.length(self.ahead(b"").get(1..).unwrap_or_default(), size)
        }
    }

    fn labels(&self) -> Result<(), Vec<Problem>> {
        if self.header.release().is_xml_like() {
            match self.ahead(b"<value_labels>").strip_prefix(b"<lbl>") {
                Some(length) => self.length(length, 4),
                None => Ok(()),
            }
        } else if self.bytes[0] >= 108 {
            self.length(self.ahead(b""), 4)
        } else {
            Ok(())
        }
    }

    /// The rows that the header promises must be in the file.
    fn rows(&self, variables: &[dta::stata::dta::variable::Variable]) -> Result<(), Vec<Problem>> {
        let width = |variable: &dta::stata::dta::variable::Variable| match variable.variable_type()
        {
            VariableType::Byte => 1,
            VariableType::Int => 2,
            VariableType::Long | VariableType::Float => 4,
            VariableType::Double | VariableType::LongString => 8,
            VariableType::FixedString(width) => u64::from(width),
        };
        let row: u64 = variables.iter().map(width).sum();
        let there = self.ahead(b"<data>").len() as u64 / row.max(1);
        let promised = self.header.observation_count();
        if promised > there {
            let problem = Problem::of(self.place, "rows-missing").with("count", there as usize);
            return Err(vec![problem.with("promised", promised.to_string())]);
        }
        Ok(())
    }
}
