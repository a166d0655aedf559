//! Interviews as text: comma, semicolon, tab or bar between the cells, in UTF-8 or whatever else can be told from the bytes.

use encoding_rs::Encoding;

use super::{Bounds, Gather, Kind, Sheet};
use crate::problem::Problem;

pub fn read(place: &str, bytes: &[u8], bounds: &Bounds) -> Result<Sheet, Vec<Problem>> {
    let one = |problem| vec![problem];
    let (text, guessed) = decode(bytes).ok_or_else(|| one(Problem::of(place, "not-text")))?;
    let heading = text.lines().next().unwrap_or_default();
    let separator = *b",;\t|"
        .iter()
        .rev()
        .max_by_key(|separator| heading.bytes().filter(|byte| byte == *separator).count())
        .unwrap_or(&b',');
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut gather = None;
    let mut record = csv::StringRecord::new();
    loop {
        match lines.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let row = error.position().map_or(0, csv::Position::line) as usize;
                return Err(one(Problem::of(place, "broken-line").at(row)));
            }
        }
        let row = record.position().map_or(0, csv::Position::line) as u32;
        match &mut gather {
            None => gather = Some(Gather::new(place, record.iter(), bounds)?),
            Some(gather) => gather.take(row, record.len(), record.iter())?,
        }
    }
    let mut sheet = gather.map(Gather::finish).unwrap_or_else(|| Err(Vec::new()))?;
    sheet.kind = Kind::Text;
    if let Some(encoding) = guessed {
        sheet.notes.push(Problem::of(place, "encoding-guessed").with("encoding", encoding));
    }
    Ok(sheet)
}

/// The text, and the encoding's name where it had to be guessed. `None` where it is not text.
fn decode(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!broken).then(|| (text.into_owned(), None));
    }
    if bytes.contains(&0) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.to_owned(), None));
    }
    let encoding = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Some((text.into_owned(), Some(encoding.name())))
}

/// The encoding that bytes of no declared encoding are most likely in.
pub fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}
