//! Delimited text as people save it: any of the usual encodings and separators, with the quotes
//! that programs forget to escape. It is read line by line, so that a gigabyte takes no memory.

use std::collections::VecDeque;
use std::io::{self, Read, SeekFrom};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{MAX_ROWS, ReadError, Source};

/// A longer line is no table: a picture, or a file without line ends.
const MAX_LINE_BYTES: usize = 1 << 20;
/// A quoted field may run over this many lines before its quote counts as a slip.
const MAX_FIELD_LINES: usize = 20;
/// What is looked at to tell the encoding.
const SAMPLE_BYTES: u64 = 16 << 20;

/// What is done with a row: its number, its cells, and whether a quote in it was not escaped.
pub(super) type EachRow<'f> = dyn FnMut(u64, &[String], bool) -> Result<(), ReadError> + 'f;

pub(super) struct Text<'a> {
    name: String,
    lines: Lines<'a>,
    separator: char,
}

impl<'a> Text<'a> {
    pub fn open(name: &str, input: &'a mut dyn Source) -> Result<Text<'a>, ReadError> {
        let encoding = detect(input)?;
        let one_byte = encoding != UTF_16LE && encoding != UTF_16BE;
        if one_byte && is_bytes(input)? {
            let what = "it is not text".to_string();
            return Err(ReadError::NotATable { name: name.into(), what });
        }
        input.seek(SeekFrom::Start(0))?;
        let mut lines = Lines {
            name: name.into(),
            input,
            decoder: encoding.new_decoder_with_bom_removal(),
            encoding,
            raw: vec![0; 64 << 10],
            text: String::new(),
            at: 0,
            finished: false,
            damaged: false,
            waiting: VecDeque::new(),
        };
        let separator = separator(&mut lines)?;
        Ok(Text { name: name.into(), lines, separator })
    }

    /// Calls `each` for every row that is not empty, with its number from 1 and whether a quote
    /// in it was not escaped. Says at the end whether some characters could not be read.
    pub fn rows(&mut self, each: &mut EachRow<'_>) -> Result<Option<&'static str>, ReadError> {
        let mut row = 0;
        let mut cells = Vec::new();
        while let Some(line) = self.lines.next()? {
            row += 1;
            if row > MAX_ROWS {
                return Err(ReadError::TooManyRows { name: self.name.clone() });
            }
            let slip = self.split(&line, &mut cells)?;
            if cells.iter().any(|c| !c.trim().is_empty()) {
                each(row, &cells, slip)?;
            }
        }
        Ok(self.lines.damaged.then(|| self.lines.encoding.name()))
    }

    /// Splits a line into cells; a quoted cell left open takes in the lines that follow, unless
    /// it finds no end, and then its quote is taken as a letter.
    fn split(&mut self, line: &str, cells: &mut Vec<String>) -> Result<bool, ReadError> {
        if let Split::Closed { slip } = split(line, self.separator, true, cells) {
            return Ok(slip);
        }
        let mut joined = line.to_string();
        for ahead in 0..MAX_FIELD_LINES {
            let Some(next) = self.lines.peek(ahead)? else { break };
            joined.push('\n');
            joined.push_str(next);
            if let Split::Closed { slip: false } = split(&joined, self.separator, true, cells) {
                self.lines.waiting.drain(..=ahead);
                return Ok(false);
            }
        }
        split(line, self.separator, false, cells);
        Ok(true)
    }
}

enum Split {
    Closed {
        slip: bool,
    },
    /// The line ended inside quotes.
    Open,
}

/// Splits one record (RFC 4180). `slip` tells of a quote that was not escaped and is kept as it
/// stands. With `quotes` off every quote is a letter.
fn split(line: &str, separator: char, quotes: bool, cells: &mut Vec<String>) -> Split {
    cells.clear();
    let mut slip = false;
    let mut rest = line;
    loop {
        let mut cell = String::new();
        if quotes && rest.starts_with('"') {
            rest = &rest[1..];
            loop {
                let Some(end) = rest.find('"') else { return Split::Open };
                cell.push_str(&rest[..end]);
                rest = &rest[end + 1..];
                if rest.starts_with('"') {
                    cell.push('"');
                    rest = &rest[1..];
                } else if rest.is_empty() || rest.starts_with(separator) {
                    break;
                } else {
                    slip = true;
                    cell.push('"');
                }
            }
        } else {
            let end = rest.find(separator).unwrap_or(rest.len());
            slip |= rest[..end].contains('"');
            cell.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        cells.push(cell);
        match rest.chars().next() {
            Some(c) => rest = &rest[c.len_utf8()..],
            None => return Split::Closed { slip },
        }
    }
}

struct Lines<'a> {
    name: String,
    input: &'a mut dyn Source,
    decoder: Decoder,
    encoding: &'static Encoding,
    raw: Vec<u8>,
    /// Decoded and not yet given out, from `at`.
    text: String,
    at: usize,
    finished: bool,
    /// Some bytes meant nothing in this encoding.
    damaged: bool,
    waiting: VecDeque<String>,
}

impl Lines<'_> {
    fn next(&mut self) -> Result<Option<String>, ReadError> {
        match self.waiting.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.fetch(),
        }
    }

    fn peek(&mut self, ahead: usize) -> Result<Option<&str>, ReadError> {
        while self.waiting.len() <= ahead {
            match self.fetch()? {
                Some(line) => self.waiting.push_back(line),
                None => return Ok(None),
            }
        }
        Ok(Some(&self.waiting[ahead]))
    }

    fn fetch(&mut self) -> Result<Option<String>, ReadError> {
        let mut searched = self.at;
        loop {
            if let Some(end) = self.text[searched..].find('\n').map(|i| i + searched) {
                let line = self.text[self.at..end].trim_end_matches('\r').to_string();
                self.at = end + 1;
                return Ok(Some(line));
            }
            if self.finished {
                let line = self.text[self.at..].trim_end_matches('\r').to_string();
                let left = self.at < self.text.len();
                self.at = self.text.len();
                return Ok(left.then_some(line));
            }
            self.text.drain(..self.at);
            self.at = 0;
            searched = self.text.len();
            if searched > MAX_LINE_BYTES {
                return Err(ReadError::NotATable {
                    name: self.name.clone(),
                    what: "it has a line of more than a million characters".into(),
                });
            }
            self.decode()?;
        }
    }

    fn decode(&mut self) -> Result<(), ReadError> {
        let n = loop {
            match self.input.read(&mut self.raw) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.finished = n == 0;
        let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(n * 3 + 16);
        self.text.reserve(room);
        let (_, _, damaged) =
            self.decoder.decode_to_string(&self.raw[..n], &mut self.text, self.finished);
        self.damaged |= damaged;
        Ok(())
    }
}

/// The byte order mark decides; then whether all of it is UTF-8; then letters' frequencies.
fn detect(input: &mut dyn Source) -> io::Result<&'static Encoding> {
    input.seek(SeekFrom::Start(0))?;
    let mut sample = Vec::new();
    (&mut *input).take(SAMPLE_BYTES).read_to_end(&mut sample)?;
    if let Some((encoding, _)) = Encoding::for_bom(&sample) {
        return Ok(encoding);
    }
    let head = &sample[..sample.len().min(1_000)];
    // UTF-16 without a mark: digits and commas leave every second byte zero.
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    if zeros(1) * 4 > head.len() && zeros(0) * 10 < head.len() {
        return Ok(UTF_16LE);
    }
    if zeros(0) * 4 > head.len() && zeros(1) * 10 < head.len() {
        return Ok(UTF_16BE);
    }
    match std::str::from_utf8(&sample) {
        Ok(_) => return Ok(UTF_8),
        // The sample may end within a letter.
        Err(e) if e.error_len().is_none() => return Ok(UTF_8),
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// Whether the file begins like a program, a film or an empty disk: one byte in twenty is a
/// control character that no table has.
fn is_bytes(input: &mut dyn Source) -> io::Result<bool> {
    let mut head = Vec::new();
    input.seek(SeekFrom::Start(0))?;
    (&mut *input).take(512).read_to_end(&mut head)?;
    let controls = head.iter().filter(|b| matches!(b, 0..=8 | 14..=25 | 28..=31)).count();
    Ok(controls * 20 > head.len())
}

/// The separator found in every one of the first lines, the rarer in words first; failing that
/// (a title above the table has none), the one found most often in a line.
fn separator(lines: &mut Lines<'_>) -> Result<char, ReadError> {
    const SEPARATORS: [char; 3] = ['\t', ';', ','];
    let mut fewest = [usize::MAX; 3];
    let mut most = [0; 3];
    for ahead in 0..20 {
        let Some(line) = lines.peek(ahead)? else { break };
        if line.trim().is_empty() {
            continue;
        }
        let mut quoted = false;
        let mut here = [0; 3];
        for c in line.chars() {
            quoted ^= c == '"';
            if let Some(i) = SEPARATORS.iter().position(|s| *s == c && !quoted) {
                here[i] += 1;
            }
        }
        for i in 0..3 {
            fewest[i] = fewest[i].min(here[i]);
            most[i] = most[i].max(here[i]);
        }
    }
    let everywhere = (0..3).find(|&i| most[i] > 0 && fewest[i] > 0);
    let most_often = (0..3).rev().max_by_key(|&i| most[i]).unwrap_or(2);
    Ok(SEPARATORS[everywhere.unwrap_or(most_often)])
}
