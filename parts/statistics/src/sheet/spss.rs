//! Interviews as SPSS keeps them (.sav, .zsav): the dictionary with its labels and missing values, and the cases. Written from the
//! description of the format in GNU PSPP's manual, “System File Format”; docs/decisions/0080 says why no crate reads it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use flate2::read::ZlibDecoder;

use super::{Bounds, Cell, Gather, Kind, Sheet, day, moment, number, too_many_columns};
use super::{MOST_COLUMNS, damaged};
use crate::codebook::Entry;
use crate::plan::Described;
use crate::problem::Problem;

/// 14 October 1582, from which SPSS counts seconds, in days before 1970.
const EPOCH_DAYS: i64 = -141_428;
/// Bytes of one segment of a very long text.
const SEGMENT: usize = 255;

pub fn read(place: &str, bytes: &[u8], bounds: &Bounds) -> Result<Sheet, Vec<Problem>> {
    let mut source = Source { place, bytes, at: 0, big_endian: false };
    let dictionary = Dictionary::read(&mut source)?;
    let variables = dictionary.variables(place)?;
    let names: Vec<&str> = variables.iter().map(|it| it.name.as_str()).collect();
    let mut gather = Gather::new(place, names.into_iter(), bounds)?;
    dictionary.cases(&mut source, &variables, &mut gather, bounds)?;
    let mut sheet = gather.finish()?;
    sheet.kind = Kind::Spss;
    for variable in &variables {
        sheet.own.set(&variable.name, variable.entry.clone());
    }
    let weight = variables.iter().find(|it| it.slot + 1 == dictionary.weight);
    sheet.drawn =
        weight.map(|it| Described { weights: Some(it.name.clone()), ..Described::default() });
    if dictionary.is_guessed {
        let encoding = dictionary.encoding.name();
        sheet.notes.push(Problem::of(place, "encoding-guessed").with("encoding", encoding));
    }
    Ok(sheet)
}

/// The file's bytes, read from the front; what is not there is a truncated file.
struct Source<'a> {
    place: &'a str,
    bytes: &'a [u8],
    at: usize,
    big_endian: bool,
}

impl<'a> Source<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Vec<Problem>> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(|| {
            vec![Problem::of(self.place, "truncated").with("bytes", self.bytes.len())]
        })?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn int(&mut self) -> Result<i32, Vec<Problem>> {
        let bytes = self.take(4)?;
        Ok(int_of(bytes, self.big_endian))
    }

    /// A number of things, each of which takes at least `each` bytes.
    fn count(&mut self, each: usize) -> Result<usize, Vec<Problem>> {
        let count = self.int()?;
        let most = (self.bytes.len() - self.at) / each.max(1);
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= most)
            .ok_or_else(|| damaged(self.place, format!("it promises {count} entries")))
    }

    fn float(&mut self) -> Result<f64, Vec<Problem>> {
        let bytes = self.take(8)?;
        Ok(float_of(bytes, self.big_endian))
    }

    fn long(&mut self) -> Result<u64, Vec<Problem>> {
        let bytes = self.take(8)?;
        let bytes: [u8; 8] = bytes.try_into().unwrap_or_default();
        Ok(if self.big_endian { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) })
    }
}

fn int_of(bytes: &[u8], big_endian: bool) -> i32 {
    let bytes: [u8; 4] = bytes.try_into().unwrap_or_default();
    if big_endian { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) }
}

fn float_of(bytes: &[u8], big_endian: bool) -> f64 {
    let bytes: [u8; 8] = bytes.try_into().unwrap_or_default();
    if big_endian { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) }
}

/// One slot of eight bytes as the dictionary describes it.
#[derive(Default)]
struct Slot {
    /// Bytes of a text; 0 for a number.
    width: usize,
    is_continued: bool,
    label: Vec<u8>,
    missing: Missing,
    /// The kind of display, such as a date.
    format: u8,
    name: Vec<u8>,
}

#[derive(Default)]
struct Missing {
    range: Option<(f64, f64)>,
    /// Eight bytes each, a number or a text.
    values: Vec<[u8; 8]>,
}

/// Values as eight bytes with their words, and the slots that they describe.
type Labels = (Vec<([u8; 8], Vec<u8>)>, Vec<usize>);

/// A value of a long text and what it stands for.
type LongLabel = (Vec<u8>, Vec<u8>);

/// The eight bytes of a value and what it stands for.
type Labelled = ([u8; 8], Vec<u8>);

struct Dictionary {
    slots: Vec<Slot>,
    labels: Vec<Labels>,
    /// By name in the file (upper case, eight bytes at most), the name that a person gave.
    long_names: Vec<(Vec<u8>, Vec<u8>)>,
    /// By name, the width of a text that takes several variables of the file.
    very_long: Vec<(Vec<u8>, usize)>,
    /// By name: values of long texts with their words.
    long_labels: Vec<(Vec<u8>, Vec<LongLabel>)>,
    long_missing: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
    compression: i32,
    bias: f64,
    /// Slot of the weight, from 1; 0 where there is none.
    weight: usize,
    promised: Option<u64>,
    nothing: f64,
    lowest: f64,
    encoding: &'static Encoding,
    is_guessed: bool,
    big_endian: bool,
}

/// A variable as a person sees it.
struct Variable {
    name: String,
    slot: usize,
    /// Bytes of text; 0 for a number.
    width: usize,
    format: u8,
    entry: Entry,
}

impl Dictionary {
    fn read(source: &mut Source) -> Result<Dictionary, Vec<Problem>> {
        source.take(64)?;
        let layout = source.take(4)?;
        source.big_endian = match (int_of(layout, false), int_of(layout, true)) {
            (2 | 3, _) => false,
            (_, 2 | 3) => true,
            _ => return Err(damaged(source.place, "its layout is none that SPSS writes")),
        };
        source.int()?;
        let compression = source.int()?;
        let weight = source.int()?;
        let promised = source.int()?;
        let bias = source.float()?;
        source.take(9 + 8 + 64 + 3)?;
        let mut dictionary = Dictionary {
            slots: Vec::new(),
            labels: Vec::new(),
            long_names: Vec::new(),
            very_long: Vec::new(),
            long_labels: Vec::new(),
            long_missing: Vec::new(),
            compression,
            bias,
            weight: usize::try_from(weight).unwrap_or(0),
            promised: u64::try_from(promised).ok(),
            nothing: -f64::MAX,
            lowest: f64::from_bits((-f64::MAX).to_bits() - 1),
            encoding: WINDOWS_1252,
            is_guessed: false,
            big_endian: source.big_endian,
        };
        let mut declared = None;
        loop {
            match source.int()? {
                2 => dictionary.slot(source)?,
                3 => dictionary.value_labels(source)?,
                6 => {
                    let lines = source.count(80)?;
                    source.take(80 * lines)?;
                }
                7 => dictionary.extension(source, &mut declared)?,
                999 => {
                    source.int()?;
                    break;
                }
                other => return Err(damaged(source.place, format!("a record of kind {other}"))),
            }
        }
        match declared {
            Some(encoding) => dictionary.encoding = encoding,
            None => dictionary.guess_encoding(),
        }
        Ok(dictionary)
    }

    fn slot(&mut self, source: &mut Source) -> Result<(), Vec<Problem>> {
        let width = source.int()?;
        let has_label = source.int()? == 1;
        let missing = source.int()?;
        let format = source.int()?;
        source.int()?;
        let name = source.take(8)?.to_vec();
        let mut slot = Slot {
            width: usize::try_from(width).unwrap_or(0),
            is_continued: width < 0,
            format: (format >> 16) as u8,
            name,
            ..Slot::default()
        };
        if has_label {
            let length = source.count(1)?;
            slot.label = source.take(length)?.to_vec();
            source.take(length.next_multiple_of(4) - length)?;
        }
        if missing < 0 {
            slot.missing.range = Some((source.float()?, source.float()?));
        }
        let single = match missing {
            0..=3 => missing,
            -3 => 1,
            -2 => 0,
            _ => return Err(damaged(source.place, format!("{missing} missing values"))),
        };
        for _ in 0..single {
            slot.missing.values.push(source.take(8)?.try_into().unwrap_or_default());
        }
        // A text of 32,767 bytes, the longest there is, takes 4,131 slots.
        if self.slots.len() > MOST_COLUMNS * 4_200 {
            return Err(vec![too_many_columns(source.place, self.slots.len())]);
        }
        self.slots.push(slot);
        Ok(())
    }

    fn value_labels(&mut self, source: &mut Source) -> Result<(), Vec<Problem>> {
        let count = source.count(16)?;
        let mut values = Vec::with_capacity(count);
        for _ in 0..count {
            let value = source.take(8)?.try_into().unwrap_or_default();
            let length = usize::from(source.take(1)?[0]);
            let words = source.take(length)?.to_vec();
            source.take((length + 1).next_multiple_of(8) - length - 1)?;
            values.push((value, words));
        }
        if source.int()? != 4 {
            return Err(damaged(source.place, "value labels of no variable"));
        }
        let count = source.count(4)?;
        let mut slots = Vec::with_capacity(count);
        for _ in 0..count {
            slots.push(usize::try_from(source.int()?).unwrap_or(0));
        }
        self.labels.push((values, slots));
        Ok(())
    }

    fn extension(
        &mut self,
        source: &mut Source,
        declared: &mut Option<&'static Encoding>,
    ) -> Result<(), Vec<Problem>> {
        let kind = source.int()?;
        let size = source.count(1)?;
        let count = source.count(size)?;
        let data = source.take(size * count)?;
        let mut inner = Source { bytes: data, at: 0, ..*source };
        let pairs = || {
            data.split(|byte| *byte == b'\t').filter_map(|pair| {
                let at = pair.iter().position(|byte| *byte == b'=')?;
                Some((pair[..at].to_vec(), pair[at + 1..].to_vec()))
            })
        };
        match kind {
            // What the machine was; its eighth number is the code page.
            3 if count >= 8 && declared.is_none() => {
                let code = int_of(&data[28..32], self.big_endian);
                // 2 and 3 (“ASCII”) are written whatever the encoding is.
                let label = match code {
                    65_001 => Some("utf-8".to_owned()),
                    1_250..=1_258 => Some(format!("windows-{code}")),
                    28_591..=28_606 => Some(format!("iso-8859-{}", code - 28_590)),
                    _ => None,
                };
                *declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
            }
            4 if size == 8 && count >= 3 => {
                self.nothing = inner.float()?;
                inner.float()?;
                self.lowest = inner.float()?;
            }
            13 => self.long_names = pairs().collect(),
            14 => {
                let digits = |value: Vec<u8>| {
                    let digits: String =
                        value.iter().filter(|b| b.is_ascii_digit()).map(|&b| b as char).collect();
                    digits.parse().ok()
                };
                self.very_long = pairs()
                    .filter_map(|(name, width)| {
                        let name = name.iter().copied().filter(|byte| *byte != 0).collect();
                        Some((name, digits(width)?))
                    })
                    .collect();
            }
            16 if size == 8 && count >= 2 && self.promised.is_none() => {
                inner.long()?;
                self.promised = Some(inner.long()?);
            }
            20 => {
                let known = Encoding::for_label(data.trim_ascii());
                *declared = known.or(*declared);
            }
            21 => {
                while inner.at < data.len() {
                    let name = text(&mut inner)?;
                    inner.int()?;
                    let count = inner.count(8)?;
                    let mut values = Vec::with_capacity(count);
                    for _ in 0..count {
                        values.push((text(&mut inner)?, text(&mut inner)?));
                    }
                    self.long_labels.push((name, values));
                }
            }
            22 => {
                while inner.at < data.len() {
                    let name = text(&mut inner)?;
                    let count = inner.take(1)?[0];
                    let width = inner.count(1)?;
                    let mut values = Vec::new();
                    for at in 0..count {
                        // Some writers repeat the width before every value.
                        let ahead = inner.bytes.get(inner.at..inner.at + 4);
                        if at > 0
                            && ahead.is_some_and(|it| int_of(it, self.big_endian) == width as i32)
                        {
                            inner.int()?;
                        }
                        values.push(inner.take(width)?.to_vec());
                    }
                    self.long_missing.push((name, values));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Files of old programs do not say how letters are written; their labels show it.
    fn guess_encoding(&mut self) {
        let mut letters = Vec::new();
        for slot in &self.slots {
            letters.extend_from_slice(&slot.label);
            letters.push(b'\n');
        }
        for (values, _) in &self.labels {
            for (_, words) in values {
                letters.extend_from_slice(words);
                letters.push(b'\n');
            }
        }
        self.is_guessed = !letters.is_ascii();
        self.encoding = match std::str::from_utf8(&letters) {
            Ok(_) if self.is_guessed => UTF_8,
            Ok(_) => WINDOWS_1252,
            Err(_) => super::text::guess(&letters),
        };
    }

    fn words(&self, bytes: &[u8]) -> String {
        let end = bytes.iter().rposition(|byte| *byte != b' ' && *byte != 0).map_or(0, |at| at + 1);
        self.encoding.decode_without_bom_handling(&bytes[..end]).0.into_owned()
    }

    /// Variables in their order, with names, labels and missing values as a person gave them.
    fn variables(&self, place: &str) -> Result<Vec<Variable>, Vec<Problem>> {
        let labels_of = {
            let mut found: BTreeMap<usize, &[Labelled]> = BTreeMap::new();
            for (values, slots) in &self.labels {
                found.extend(slots.iter().map(|slot| (*slot, values.as_slice())));
            }
            found
        };
        let same = |a: &[u8], b: &[u8]| a.trim_ascii_end().eq_ignore_ascii_case(b.trim_ascii_end());
        let mut variables: Vec<Variable> = Vec::new();
        let mut segments_left = 0;
        for (at, slot) in self.slots.iter().enumerate() {
            if slot.is_continued {
                continue;
            }
            if segments_left > 0 {
                // The next part of a very long text: its bytes follow those of the first.
                segments_left -= 1;
                continue;
            }
            let mut width = slot.width;
            if let Some((_, whole)) = self.very_long.iter().find(|(name, _)| same(name, &slot.name))
                && width > 0
                && *whole > SEGMENT
            {
                segments_left = whole.div_ceil(252) - 1;
                width = *whole;
            }
            let long = self.long_names.iter().find(|(short, _)| same(short, &slot.name));
            let raw_name = long.map_or(slot.name.as_slice(), |(_, name)| name);
            let name = self.words(raw_name);
            let mut entry = Entry { label: self.words(&slot.label), ..Entry::default() };
            let value_of = |bytes: &[u8; 8]| match slot.width {
                0 => number(float_of(bytes, self.big_endian)),
                width => self.words(&bytes[..width.min(8)]),
            };
            for (value, words) in labels_of.get(&(at + 1)).copied().unwrap_or_default() {
                entry.values.push((value_of(value), self.words(words)));
            }
            let of_name = |known: &[u8]| same(known, raw_name) || same(known, &slot.name);
            for (_, values) in self.long_labels.iter().filter(|(known, _)| of_name(known)) {
                for (value, words) in values {
                    entry.values.push((self.words(value), self.words(words)));
                }
            }
            if let Some((low, high)) = slot.missing.range {
                let low = if low <= self.lowest { String::new() } else { number(low) };
                let high = if high == f64::MAX { String::new() } else { number(high) };
                entry.missing.push(format!("{low}..{high}"));
            }
            entry.missing.extend(slot.missing.values.iter().map(value_of));
            for (_, values) in self.long_missing.iter().filter(|(known, _)| of_name(known)) {
                entry.missing.extend(values.iter().map(|value| self.words(value)));
            }
            entry.others = true;
            variables.push(Variable { name, slot: at, width, format: slot.format, entry });
        }
        if variables.len() > MOST_COLUMNS {
            return Err(vec![too_many_columns(place, variables.len())]);
        }
        Ok(variables)
    }

    /// Reads the cases, which follow the dictionary.
    fn cases(
        &self,
        source: &mut Source,
        variables: &[Variable],
        gather: &mut Gather,
        bounds: &Bounds,
    ) -> Result<(), Vec<Problem>> {
        let place = source.place;
        let rest = &source.bytes[source.at..];
        let mut cases: Box<dyn Slots> = match self.compression {
            0 => Box::new(Plain(rest)),
            1 => Box::new(Codes::new(rest, self)),
            2 => Box::new(Codes::new(Blocks::read(source, bounds)?, self)),
            other => return Err(damaged(place, format!("compression of kind {other}"))),
        };
        let wanted: BTreeSet<usize> = variables.iter().map(|it| it.slot).collect();
        let mut case = vec![0u8; self.slots.len() * 8];
        let mut count: u64 = 0;
        while self.promised.is_none_or(|promised| count < promised) && !wanted.is_empty() {
            match cases.fill(&mut case).map_err(|error| damaged(place, error))? {
                Filled::Whole => {}
                Filled::Nothing => break,
                Filled::Part => return Err(cut(place, count, self.promised)),
            }
            count += 1;
            gather.begin(u32::try_from(count).unwrap_or(u32::MAX))?;
            for (at, variable) in variables.iter().enumerate() {
                let here = &case[variable.slot * 8..];
                if variable.width == 0 {
                    let value = float_of(&here[..8], self.big_endian);
                    let write = || self.shown(value, variable.format);
                    gather.put(at, Cell::Number(value.to_bits(), &write));
                } else {
                    gather.put(at, Cell::Text(&self.words(&text_at(here, variable.width))));
                }
            }
        }
        match self.promised {
            Some(promised) if count < promised => Err(cut(place, count, self.promised)),
            _ => Ok(()),
        }
    }

    /// A number as its display says: a date as a date.
    fn shown(&self, value: f64, format: u8) -> String {
        if value == self.nothing || !value.is_finite() {
            return String::new();
        }
        let whole = value as i64;
        match format {
            // DATE, ADATE, JDATE, MOYR, QYR, WKYR, EDATE, SDATE
            20 | 23 | 24 | 28 | 29 | 30 | 38 | 39 => day(whole.div_euclid(86_400) + EPOCH_DAYS),
            // DATETIME, YMDHMS
            22 | 41 => moment(whole.saturating_add(EPOCH_DAYS * 86_400)),
            // TIME, DTIME
            21 | 25 if whole >= 0 => {
                format!("{:02}:{:02}:{:02}", whole / 3_600, whole / 60 % 60, whole % 60)
            }
            _ => number(value),
        }
    }
}

/// A text that is led by its length.
fn text(source: &mut Source) -> Result<Vec<u8>, Vec<Problem>> {
    let length = source.count(1)?;
    Ok(source.take(length)?.to_vec())
}

/// The bytes of a text; one longer than 255 lies in segments of 255 that each fill whole slots.
fn text_at(here: &[u8], width: usize) -> Vec<u8> {
    if width <= SEGMENT {
        return here[..width.min(here.len())].to_vec();
    }
    let segments = here.chunks(SEGMENT + 1).map(|it| &it[..SEGMENT.min(it.len())]);
    segments.flatten().copied().take(width).collect()
}

fn cut(place: &str, count: u64, promised: Option<u64>) -> Vec<Problem> {
    let problem = Problem::of(place, "rows-missing").with("count", count as usize);
    vec![problem.with("promised", promised.unwrap_or(count + 1).to_string())]
}

enum Filled {
    Whole,
    Nothing,
    Part,
}

/// Cases, slot by slot.
trait Slots {
    fn fill(&mut self, case: &mut [u8]) -> std::io::Result<Filled>;
}

struct Plain<'a>(&'a [u8]);

impl Slots for Plain<'_> {
    fn fill(&mut self, case: &mut [u8]) -> std::io::Result<Filled> {
        fill(&mut self.0, case)
    }
}

/// Reads as much as there is.
fn fill(from: &mut impl Read, into: &mut [u8]) -> std::io::Result<Filled> {
    let mut filled = 0;
    while filled < into.len() {
        match from.read(&mut into[filled..])? {
            0 => return Ok(if filled == 0 { Filled::Nothing } else { Filled::Part }),
            more => filled += more,
        }
    }
    Ok(Filled::Whole)
}

/// Eight codes, then the slots that they announce in full.
struct Codes<R> {
    from: std::io::BufReader<R>,
    codes: [u8; 8],
    next: usize,
    bias: f64,
    nothing: f64,
    big_endian: bool,
}

impl<R: Read> Codes<R> {
    fn new(from: R, dictionary: &Dictionary) -> Self {
        Codes {
            from: std::io::BufReader::with_capacity(1 << 16, from),
            codes: [0; 8],
            next: 8,
            bias: dictionary.bias,
            nothing: dictionary.nothing,
            big_endian: dictionary.big_endian,
        }
    }
}

impl<R: Read> Slots for Codes<R> {
    fn fill(&mut self, case: &mut [u8]) -> std::io::Result<Filled> {
        let mut slots = case.chunks_exact_mut(8).enumerate();
        let Some((mut at, mut slot)) = slots.next() else { return Ok(Filled::Nothing) };
        loop {
            if self.next == 8 {
                match fill(&mut self.from, &mut self.codes)? {
                    Filled::Whole => self.next = 0,
                    Filled::Nothing if at == 0 => return Ok(Filled::Nothing),
                    _ => return Ok(Filled::Part),
                }
            }
            let code = self.codes[self.next];
            self.next += 1;
            let value = match code {
                0 => continue,
                252 => return Ok(if at == 0 { Filled::Nothing } else { Filled::Part }),
                253 => {
                    if !matches!(fill(&mut self.from, slot)?, Filled::Whole) {
                        return Ok(Filled::Part);
                    }
                    None
                }
                254 => {
                    slot.fill(b' ');
                    None
                }
                255 => Some(self.nothing),
                code => Some(f64::from(code) - self.bias),
            };
            if let Some(value) = value {
                let bytes = if self.big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
                slot.copy_from_slice(&bytes);
            }
            match slots.next() {
                Some(next) => (at, slot) = next,
                None => return Ok(Filled::Whole),
            }
        }
    }
}

/// The blocks of a .zsav, unfolded one after another.
struct Blocks<'a> {
    blocks: std::vec::IntoIter<&'a [u8]>,
    now: Option<ZlibDecoder<&'a [u8]>>,
    left: u64,
}

impl<'a> Blocks<'a> {
    fn read(source: &mut Source<'a>, bounds: &Bounds) -> Result<Blocks<'a>, Vec<Problem>> {
        let place = source.place;
        let wrong = |what: &str| damaged(place, what);
        source.long()?;
        let trailer = usize::try_from(source.long()?).map_err(|_| wrong("its blocks"))?;
        let begin = trailer.checked_add(20).filter(|at| *at <= source.bytes.len());
        source.at = begin.ok_or_else(|| {
            vec![Problem::of(place, "truncated").with("bytes", source.bytes.len())]
        })?;
        let count = source.count(24)?;
        let mut blocks = Vec::with_capacity(count);
        for _ in 0..count {
            source.long()?;
            let at = source.long()?;
            source.int()?;
            let size = source.int()?;
            let (at, size) = (usize::try_from(at), usize::try_from(size));
            let block = match (at, size) {
                (Ok(at), Ok(size)) => source.bytes.get(at..at.saturating_add(size)),
                _ => None,
            };
            blocks.push(block.ok_or_else(|| wrong("a block lies outside it"))?);
        }
        Ok(Blocks { blocks: blocks.into_iter(), now: None, left: bounds.unfolded })
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if let Some(now) = &mut self.now {
                match now.read(into)? {
                    0 if !into.is_empty() => self.now = None,
                    count if count as u64 > self.left => {
                        return Err(std::io::Error::other(
                            "it unfolds too far; keep fewer columns",
                        ));
                    }
                    count => {
                        self.left -= count as u64;
                        return Ok(count);
                    }
                }
            }
            match self.blocks.next() {
                Some(block) => self.now = Some(ZlibDecoder::new(block)),
                None => return Ok(0),
            }
        }
    }
}
