//! Reads a PDF back as a reader's program does: text through each font's own table from glyph to
//! letter, and the structure tree. Text is what stands in the file, not what we meant to write.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

pub struct Printed(Document);

impl Printed {
    pub fn read(bytes: &[u8]) -> Printed {
        Printed(Document::load_mem(bytes).expect("a PDF that can be read"))
    }

    /// All text, each run of white space as one space.
    pub fn text(&self) -> String {
        self.pages().join(" ")
    }

    pub fn pages(&self) -> Vec<String> {
        self.0.get_pages().values().map(|&page| squeeze(&self.page_text(page))).collect()
    }

    pub fn language(&self) -> String {
        string(self.catalog().get(b"Lang").expect("a language"))
    }

    pub fn is_marked(&self) -> bool {
        let info = self.resolve(self.catalog().get(b"MarkInfo").expect("MarkInfo"));
        let marked = info.as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap();
        marked && self.catalog().has(b"StructTreeRoot")
    }

    pub fn metadata(&self) -> String {
        let stream = self.resolve(self.catalog().get(b"Metadata").unwrap()).as_stream().unwrap();
        String::from_utf8(unpacked(stream)).unwrap()
    }

    /// Kinds of structure element, with how many there are of each.
    pub fn tags(&self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for element in self.elements() {
            let kind = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap());
            *found.entry(kind.into_owned()).or_default() += 1;
        }
        found
    }

    /// Alternative texts of pictures.
    pub fn alternatives(&self) -> Vec<String> {
        self.elements().filter_map(|element| element.get(b"Alt").ok()).map(string).collect()
    }

    pub fn outline_entries(&self) -> usize {
        self.0
            .objects
            .values()
            .filter(|o| o.as_dict().is_ok_and(|d| d.has(b"Title") && d.has(b"Dest")))
            .count()
    }

    fn elements(&self) -> impl Iterator<Item = &Dictionary> {
        (self.0.objects.values().filter_map(|object| object.as_dict().ok())).filter(|dict| {
            dict.get(b"S").is_ok_and(|kind| kind.as_name().is_ok()) && dict.has(b"P")
        })
    }

    fn catalog(&self) -> &Dictionary {
        self.0.catalog().unwrap()
    }

    fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.0.dereference(object).unwrap().1
    }

    fn page_text(&self, page: ObjectId) -> String {
        let (own, inherited) = self.0.get_page_resources(page).unwrap();
        let resources = own.unwrap_or_else(|| self.0.get_dictionary(inherited[0]).unwrap());
        let mut pen = Pen::default();
        self.show(&self.0.get_page_content(page), resources, IDENTITY, &mut pen);
        pen.text
    }

    /// Follows one stream of drawing operators, drawings inside it included.
    fn show(&self, content: &[u8], resources: &Dictionary, start: Matrix, pen: &mut Pen) {
        let named = |kind: &[u8], name: &[u8]| {
            let group = self.resolve(resources.get(kind).unwrap()).as_dict().unwrap();
            self.resolve(group.get(name).unwrap())
        };
        let (mut page, mut kept) = (start, Vec::new());
        let (mut line, mut font, mut size) = (IDENTITY, Font::default(), 0.0);
        for operation in Content::decode(content).unwrap().operations {
            match (operation.operator.as_str(), operation.operands.as_slice()) {
                // `ActualText` says what a group of glyphs means as a whole: ≠ drawn as = and a stroke.
                ("BMC" | "BDC", properties) => {
                    let said =
                        properties.get(1).and_then(|p| p.as_dict().ok()?.get(b"ActualText").ok());
                    pen.said.push(said.map(string));
                }
                ("EMC", _) => drop(pen.said.pop()),
                ("q", _) => kept.push(page),
                ("Q", _) => page = kept.pop().unwrap(),
                ("cm", numbers) => page = times(matrix(numbers), page),
                ("Tm", numbers) => line = matrix(numbers),
                ("Tf", [Object::Name(name), points]) => {
                    font = self.font(named(b"Font", name).as_dict().unwrap());
                    size = points.as_float().unwrap();
                }
                ("Tj", parts) => pen.write(parts, &font, size, times(line, page)),
                ("TJ", [Object::Array(parts)]) => pen.write(parts, &font, size, times(line, page)),
                ("Do", [Object::Name(name)]) => {
                    let form = named(b"XObject", name).as_stream().unwrap();
                    if let Ok(inner) = form.dict.get(b"Resources") {
                        let own = form.dict.get(b"Matrix").and_then(Object::as_array);
                        let own = own.map_or(IDENTITY, |numbers| matrix(numbers));
                        let inner = self.resolve(inner).as_dict().unwrap();
                        self.show(&unpacked(form), inner, times(own, page), pen);
                    }
                }
                _ => {}
            }
        }
    }

    fn font(&self, font: &Dictionary) -> Font {
        let table = self.resolve(font.get(b"ToUnicode").unwrap()).as_stream().unwrap();
        let below = self.resolve(font.get(b"DescendantFonts").unwrap()).as_array().unwrap();
        let below = self.resolve(&below[0]).as_dict().unwrap();
        let widths =
            below.get(b"W").map(|widths| self.resolve(widths).as_array().unwrap().as_slice());
        Font {
            letters: letters(&String::from_utf8(unpacked(table)).unwrap()),
            widths: self.widths(widths.unwrap_or_default()),
            usual_width: below.get(b"DW").map_or(1000.0, |width| width.as_float().unwrap()),
        }
    }

    /// `W`: a code and the widths from there on, or first code, last code, and the width of all.
    fn widths(&self, mut list: &[Object]) -> BTreeMap<u16, f32> {
        let mut widths = BTreeMap::new();
        while let [first, second, rest @ ..] = list {
            let first = first.as_i64().unwrap() as u16;
            match (self.resolve(second), rest) {
                (Object::Array(each), _) => {
                    widths.extend((first..).zip(each.iter().map(|w| w.as_float().unwrap())));
                    list = rest;
                }
                (last, [width, rest @ ..]) => {
                    let last = last.as_i64().unwrap() as u16;
                    widths.extend((first..=last).map(|code| (code, width.as_float().unwrap())));
                    list = rest;
                }
                _ => unreachable!("W ends after a range without its width"),
            }
        }
        widths
    }
}

#[derive(Default)]
struct Font {
    /// Glyph code to letters.
    letters: BTreeMap<u16, String>,
    /// In thousandths of the size.
    widths: BTreeMap<u16, f32>,
    usual_width: f32,
}

/// Where the last letter ended, and all letters so far.
#[derive(Default)]
struct Pen {
    text: String,
    end: Option<(f32, f32)>,
    /// For each open group: the letters that it stands for, empty once written.
    said: Vec<Option<String>>,
}

impl Pen {
    /// Two bytes make a glyph's code; a number moves back by thousandths of the size. Spaces are
    /// letters in the file: one is added here only where the pen was lifted to another line or cell.
    fn write(&mut self, parts: &[Object], font: &Font, size: f32, at: Matrix) {
        let em = size * at[0].hypot(at[1]);
        if let Some((x, y)) = self.end {
            let (right, down) = (at[4] - x, at[5] - y);
            if down.abs() > 0.5 * em || !(-0.5 * em..0.2 * em).contains(&right) {
                self.text.push(' ');
            }
        }
        let mut advance = 0.0;
        for part in parts {
            let Object::String(codes, _) = part else {
                advance -= part.as_float().unwrap();
                continue;
            };
            for pair in codes.chunks_exact(2) {
                let code = u16::from_be_bytes([pair[0], pair[1]]);
                // Code 0 is the empty box that stands for a letter without glyph.
                assert_ne!(code, 0, "an empty box after {:?}", self.text);
                match self.said.iter_mut().flatten().next() {
                    Some(letters) => self.text.push_str(&std::mem::take(letters)),
                    None => self.text.push_str(&font.letters[&code]),
                }
                advance += font.widths.get(&code).unwrap_or(&font.usual_width);
            }
        }
        let right = advance / 1000.0 * size;
        self.end = Some((at[4] + right * at[0], at[5] + right * at[1]));
    }
}

/// `[a b c d e f]` as PDF writes it: 8.3.3 of ISO 32000-1.
type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn matrix(numbers: &[Object]) -> Matrix {
    let numbers: Vec<_> = numbers.iter().map(|number| number.as_float().unwrap()).collect();
    numbers.try_into().unwrap()
}

fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

fn unpacked(stream: &Stream) -> Vec<u8> {
    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone())
}

/// A `ToUnicode` table: glyph code to letters.
fn letters(table: &str) -> BTreeMap<u16, String> {
    let mut letters = BTreeMap::new();
    let mut kind = "";
    for line in table.lines().map(str::trim) {
        let hex: Vec<Vec<u16>> =
            line.split('<').skip(1).map(|part| units(part.split('>').next().unwrap())).collect();
        match line {
            line if line.ends_with("beginbfchar") => kind = "char",
            line if line.ends_with("beginbfrange") => kind = "range",
            line if line.starts_with("endbf") => kind = "",
            _ if kind == "char" => {
                letters.insert(hex[0][0], String::from_utf16(&hex[1]).unwrap());
            }
            _ if kind == "range" => {
                for (step, code) in (hex[0][0]..=hex[1][0]).enumerate() {
                    let mut unicode = hex[2].clone();
                    *unicode.last_mut().unwrap() += step as u16;
                    letters.insert(code, String::from_utf16(&unicode).unwrap());
                }
            }
            _ => {}
        }
    }
    letters
}

fn units(hex: &str) -> Vec<u16> {
    let digits: String = hex.chars().filter(|c| !c.is_whitespace()).collect();
    (0..digits.len())
        .step_by(4)
        .map(|at| u16::from_str_radix(&digits[at..at + 4], 16).unwrap())
        .collect()
}

/// A PDF string is UTF-16 with a mark, or one byte to a letter.
fn string(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => {
            let units: Vec<_> =
                rest.chunks_exact(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        None => bytes.iter().map(|&byte| byte as char).collect(),
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
