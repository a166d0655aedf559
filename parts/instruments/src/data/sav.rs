//! Answers as a system file of SPSS (.sav), in UTF-8, with the labels of variables and values, levels of
//! measurement, and sets of several answers. After the description of the format by GNU PSPP ("System File Format",
//! PSPP Developers' Guide), since the format has no public standard.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use super::Table;
use super::typed::{self, Cell, Field, Part, Type};

/// A variable of the file.
struct Variable<'a> {
    field: &'a Field<'a>,
    /// As SPSS shows it: a letter first, at most 64 bytes.
    name: String,
    label: String,
    /// Bytes of a text; 0 for a number.
    width: usize,
    /// Type, width and decimals of the format in which it is shown.
    format: (u8, usize, usize),
    /// 1 nominal, 3 scale.
    measure: i32,
    /// Values with their labels.
    labels: Vec<(Value, String)>,
}

enum Value {
    Number(f64),
    Text(String),
}

/// Codes of formats.
const A: u8 = 1;
const F: u8 = 5;
const TIME: u8 = 21;
const DATETIME: u8 = 22;
const SDATE: u8 = 39;

/// The most bytes that a text of SPSS may have.
const MOST: usize = 32_767;
/// Seconds from the first day of the Gregorian calendar, where SPSS begins to count, to 1970.
const EPOCH: f64 = 12_219_379_200.0;
const MISSING: f64 = f64::MIN;

/// Words that cannot name a variable.
const RESERVED: [&str; 13] =
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"];

/// A table as a system file: `title` says what it is, `day` (`2026-11-24`) when it began; both stand in its head.
pub fn write(table: &Table, language: &str, title: &str, day: &str) -> Result<Vec<u8>> {
    let fields = typed::fields(table, true);
    let variables = variables(&fields, table.rows, language);
    ensure!(!variables.is_empty(), "a table without columns cannot be written");
    let mut out = Vec::new();
    head(&mut out, &variables, table.rows, title, day)?;
    let mut short = Vec::new();
    let mut number = 0;
    for variable in &variables {
        short.push(number + 1);
        for (at, width) in segments(variable.width).into_iter().enumerate() {
            number += 1;
            record(&mut out, variable, &short_name(number), width, at == 0)?;
        }
    }
    value_labels(&mut out, &variables)?;
    extensions(&mut out, &variables, &short, table.rows)?;
    int(&mut out, 999);
    int(&mut out, 0);
    cases(&mut out, &variables, table.rows);
    Ok(out)
}

fn variables<'a>(fields: &'a [Field<'a>], rows: usize, language: &str) -> Vec<Variable<'a>> {
    let mut taken = BTreeSet::new();
    fields
        .iter()
        // Of several answers the yes and no of each are enough: SPSS counts them as one set.
        .filter(|field| {
            let several = field.column.kind == super::Kind::Several;
            !(several && matches!(field.part, Part::Whole) && !field.column.choices.is_empty())
        })
        .map(|field| variable(field, rows, language, &mut taken))
        .collect()
}

fn variable<'a>(
    field: &'a Field<'a>,
    rows: usize,
    language: &str,
    taken: &mut BTreeSet<String>,
) -> Variable<'a> {
    let column = field.column;
    // Codes that are numbers become numbers, as whoever wrote them meant.
    let codes: Vec<Option<f64>> = column.choices.iter().map(|it| code(&it.value)).collect();
    let numbers = field.of == Type::Code
        && codes.iter().all(Option::is_some)
        && column.values.iter().flatten().all(|value| code(value).is_some());
    let text = match field.of {
        Type::Code => !numbers,
        Type::Text => true,
        _ => false,
    };
    let longest = || {
        let of_values = column.values.iter().flatten().map(String::len);
        let of_codes = column.choices.iter().map(|it| it.value.len());
        of_values.chain(of_codes).max().unwrap_or(0).clamp(1, MOST)
    };
    let width = if text { longest() } else { 0 };
    let format = match field.of {
        _ if text => (A, width.min(255), 0),
        Type::Day => (SDATE, 10, 0),
        Type::Moment => (DATETIME, 20, 0),
        Type::Time => (TIME, 8, 0),
        Type::Number => (F, 16, decimals(field, rows)),
        Type::Flag => (F, 1, 0),
        _ => (F, 12, 0),
    };
    let labels = match (field.of, numbers) {
        (Type::Flag, _) => vec![(Value::Number(0.0), "0".into()), (Value::Number(1.0), "1".into())],
        (Type::Code, _) => {
            let value = |at: usize, text: &str| match codes[at] {
                Some(number) if numbers => Value::Number(number),
                _ => Value::Text(text.to_owned()),
            };
            let items = column.choices.iter().enumerate();
            items
                .map(|(at, it)| (value(at, &it.value), field.worded(&it.value, language)))
                .collect()
        }
        _ => Vec::new(),
    };
    let measure = match field.of {
        Type::Code | Type::Flag | Type::Text => 1,
        _ => 3,
    };
    let (name, label) = (name(&field.name, taken), field.label(language));
    Variable { field, name, label, width, format, measure, labels }
}

/// A code that is a whole number written as one writes it.
fn code(text: &str) -> Option<f64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text && number.abs() < 1 << 53).then_some(number as f64)
}

/// Digits after the point that show every value, six at most.
fn decimals(field: &Field, rows: usize) -> usize {
    let of = |value: &str| value.split_once('.').map_or(0, |(_, rest)| rest.len());
    let whole = matches!(field.part, Part::Whole);
    let most = (0..rows).filter_map(|row| field.raw(row)).map(of).max().unwrap_or(0);
    if whole { most.min(6) } else { 6 }
}

fn name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = wanted.trim_matches('_');
    let plain = match plain.chars().next() {
        Some(first) if first.is_alphabetic() => plain.to_owned(),
        _ => format!("v_{plain}"),
    };
    let plain = cut(&plain, 60).trim_end_matches('_');
    let reserved = RESERVED.contains(&plain.to_uppercase().as_str());
    let plain = if reserved { format!("{plain}_") } else { plain.to_owned() };
    let mut name = plain.clone();
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{plain}_{number}");
        number += 1;
    }
    name
}

/// As many whole characters as fit into so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A text of more than 255 bytes lies in several variables, each 255 wide, of which the format counts 252.
fn segments(width: usize) -> Vec<usize> {
    if width <= 255 {
        return vec![width];
    }
    let count = width.div_ceil(252);
    let mut widths = vec![255; count - 1];
    widths.push(width - (count - 1) * 252);
    widths
}

/// Eights of bytes that a variable of this width takes in a case.
fn eights(width: usize) -> usize {
    width.div_ceil(8).max(1)
}

fn short_name(number: usize) -> String {
    format!("V{number:05}")
}

fn int(out: &mut Vec<u8>, number: i32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn count(out: &mut Vec<u8>, number: usize) -> Result<()> {
    int(out, i32::try_from(number)?);
    Ok(())
}

fn double(out: &mut Vec<u8>, number: f64) {
    out.extend_from_slice(&number.to_le_bytes());
}

/// A text filled up with spaces, or cut, to so many bytes.
fn padded(out: &mut Vec<u8>, text: &str, bytes: usize) {
    let text = cut(text, bytes);
    out.extend_from_slice(text.as_bytes());
    out.resize(out.len() + bytes - text.len(), b' ');
}

fn head(
    out: &mut Vec<u8>,
    variables: &[Variable],
    rows: usize,
    title: &str,
    day: &str,
) -> Result<()> {
    let width: usize = variables.iter().flat_map(|it| segments(it.width)).map(eights).sum();
    out.extend_from_slice(b"$FL2");
    let program = format!("@(#) SPSS DATA FILE - Throughcare {}", env!("CARGO_PKG_VERSION"));
    padded(out, &program, 60);
    int(out, 2);
    count(out, width)?;
    // Compressed by bytecode; no weight.
    int(out, 1);
    int(out, 0);
    count(out, rows)?;
    double(out, 100.0);
    let date = day.parse::<jiff::civil::Date>().map(|day| day.strftime("%d %b %y").to_string());
    padded(out, &date.unwrap_or_else(|_| "01 Jan 70".into()), 9);
    padded(out, "00:00:00", 8);
    padded(out, title, 64);
    out.extend_from_slice(&[0; 3]);
    Ok(())
}

fn record(
    out: &mut Vec<u8>,
    variable: &Variable,
    short: &str,
    width: usize,
    first: bool,
) -> Result<()> {
    let (kind, shown, decimals) = variable.format;
    let shown = if kind == A { width } else { shown };
    let format = i32::from(kind) << 16 | i32::try_from(shown)? << 8 | i32::try_from(decimals)?;
    let label = cut(&variable.label, 255);
    let labelled = first && !label.is_empty();
    int(out, 2);
    count(out, width)?;
    int(out, i32::from(labelled));
    int(out, 0);
    int(out, format);
    int(out, format);
    padded(out, short, 8);
    if labelled {
        count(out, label.len())?;
        padded(out, label, label.len().next_multiple_of(4));
    }
    for _ in 1..eights(width) {
        int(out, 2);
        int(out, -1);
        for _ in 0..4 {
            int(out, 0);
        }
        padded(out, "", 8);
    }
    Ok(())
}

/// Labels of values of numbers and of texts of at most eight bytes; longer ones have a record of their own.
fn value_labels(out: &mut Vec<u8>, variables: &[Variable]) -> Result<()> {
    let mut index = 1;
    for variable in variables {
        if !variable.labels.is_empty() && variable.width <= 8 {
            int(out, 3);
            count(out, variable.labels.len())?;
            for (value, label) in &variable.labels {
                match value {
                    Value::Number(number) => double(out, *number),
                    Value::Text(text) => padded(out, text, 8),
                }
                let label = cut(label, 120);
                out.push(label.len() as u8);
                padded(out, label, (label.len() + 1).next_multiple_of(8) - 1);
            }
            int(out, 4);
            int(out, 1);
            count(out, index)?;
        }
        index += segments(variable.width).into_iter().map(eights).sum::<usize>();
    }
    Ok(())
}

fn extension(out: &mut Vec<u8>, kind: i32, size: i32, bytes: &[u8]) -> Result<()> {
    int(out, 7);
    int(out, kind);
    int(out, size);
    count(out, bytes.len() / size as usize)?;
    out.extend_from_slice(bytes);
    Ok(())
}

fn extensions(
    out: &mut Vec<u8>,
    variables: &[Variable],
    short: &[usize],
    rows: usize,
) -> Result<()> {
    let mut bytes = Vec::new();
    // Version, machine, IEEE 754, compression, little-endian, UTF-8.
    for number in [1, 0, 0, -1, 1, 1, 2, 65001] {
        int(&mut bytes, number);
    }
    extension(out, 3, 4, &bytes)?;
    let mut bytes = Vec::new();
    for number in [MISSING, f64::MAX, f64::from_bits(0xffef_ffff_ffff_fffe)] {
        double(&mut bytes, number);
    }
    extension(out, 4, 8, &bytes)?;
    let sets = sets(variables, short);
    if !sets.is_empty() {
        extension(out, 7, 1, sets.as_bytes())?;
    }
    let mut bytes = Vec::new();
    for variable in variables {
        let text = variable.width > 0;
        for _ in segments(variable.width) {
            int(&mut bytes, variable.measure);
            int(&mut bytes, if text { variable.width.clamp(8, 40) as i32 } else { 12 });
            int(&mut bytes, if text { 0 } else { 1 });
        }
    }
    extension(out, 11, 4, &bytes)?;
    let names: Vec<String> = variables
        .iter()
        .zip(short)
        .map(|(it, short)| format!("{}={}", short_name(*short), it.name))
        .collect();
    extension(out, 13, 1, names.join("\t").as_bytes())?;
    let long: String = variables
        .iter()
        .zip(short)
        .filter(|(it, _)| it.width > 255)
        .map(|(it, short)| format!("{}={:05}\0\t", short_name(*short), it.width))
        .collect();
    if !long.is_empty() {
        extension(out, 14, 1, long.as_bytes())?;
    }
    let mut bytes = Vec::new();
    bytes.extend_from_slice(&1_i64.to_le_bytes());
    bytes.extend_from_slice(&i64::try_from(rows)?.to_le_bytes());
    extension(out, 16, 8, &bytes)?;
    extension(out, 20, 1, b"UTF-8")?;
    let long = long_labels(variables)?;
    if !long.is_empty() {
        extension(out, 21, 1, &long)?;
    }
    Ok(())
}

/// Questions with several answers as sets of yes and no: `$colours=D1 1 4 Text V00003 …`.
fn sets(variables: &[Variable], short: &[usize]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < variables.len() {
        let column = variables[at].field.column;
        let same = variables[at..].iter().take_while(|it| std::ptr::eq(it.field.column, column));
        let members = same.filter(|it| matches!(it.field.part, Part::Choice(_))).count();
        if members > 1 {
            let name: String = column
                .key
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
                .take(60)
                .collect();
            let label = crate::compiled::label(&column.labels, "").unwrap_or(&column.key);
            let label = cut(label, 120).replace(['\n', '\r'], " ");
            let names: Vec<String> =
                short[at..at + members].iter().map(|it| short_name(*it).to_lowercase()).collect();
            out += &format!("$v_{name}=D1 1 {} {label} {}\n", label.len(), names.join(" "));
        }
        at += members.max(1);
    }
    out
}

fn long_labels(variables: &[Variable]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    for variable in variables.iter().filter(|it| it.width > 8 && !it.labels.is_empty()) {
        count(&mut out, variable.name.len())?;
        out.extend_from_slice(variable.name.as_bytes());
        count(&mut out, variable.width)?;
        count(&mut out, variable.labels.len())?;
        for (value, label) in &variable.labels {
            let Value::Text(value) = value else { continue };
            let label = cut(label, 120);
            count(&mut out, variable.width)?;
            padded(&mut out, value, variable.width);
            count(&mut out, label.len())?;
            out.extend_from_slice(label.as_bytes());
        }
    }
    Ok(out)
}

/// Eights of bytes, each told by a code: a small whole number, spaces, missing, or as they are.
#[derive(Default)]
struct Packed {
    codes: Vec<u8>,
    bytes: Vec<u8>,
}

impl Packed {
    fn put(&mut self, out: &mut Vec<u8>, code: u8, bytes: &[u8]) {
        self.codes.push(code);
        self.bytes.extend_from_slice(bytes);
        if self.codes.len() == 8 {
            out.append(&mut self.codes);
            out.append(&mut self.bytes);
        }
    }

    fn number(&mut self, out: &mut Vec<u8>, number: f64) {
        if number.fract() == 0.0 && (-99.0..=151.0).contains(&number) && !number.is_sign_negative()
        {
            self.put(out, (number + 100.0) as u8, &[]);
        } else if number == MISSING {
            self.put(out, 255, &[]);
        } else {
            self.put(out, 253, &number.to_le_bytes());
        }
    }

    fn text(&mut self, out: &mut Vec<u8>, text: &[u8], bytes: usize) {
        for eight in 0..eights(bytes) {
            let mut chunk = [b' '; 8];
            let from = (eight * 8).min(text.len());
            let to = (from + 8).min(text.len());
            chunk[..to - from].copy_from_slice(&text[from..to]);
            match chunk == [b' '; 8] {
                true => self.put(out, 254, &[]),
                false => self.put(out, 253, &chunk),
            }
        }
    }

    fn end(mut self, out: &mut Vec<u8>) {
        if !self.codes.is_empty() {
            self.codes.resize(8, 0);
            out.append(&mut self.codes);
            out.append(&mut self.bytes);
        }
    }
}

fn cases(out: &mut Vec<u8>, variables: &[Variable], rows: usize) {
    let mut packed = Packed::default();
    for row in 0..rows {
        for variable in variables {
            if variable.width > 0 {
                let text = variable.field.raw(row).unwrap_or("");
                let text = cut(text, variable.width).as_bytes();
                for (at, width) in segments(variable.width).into_iter().enumerate() {
                    let from = (at * 255).min(text.len());
                    let to = (from + width).min(text.len());
                    packed.text(out, &text[from..to], width);
                }
                continue;
            }
            let number = match variable.field.cell(row) {
                Cell::Nothing => MISSING,
                Cell::Whole(number) => number as f64,
                Cell::Number(number) => number,
                Cell::Day(days) => f64::from(days) * 86_400.0 + EPOCH,
                Cell::Moment(at) => at as f64 / 1000.0 + EPOCH,
                Cell::Time(at) => at as f64 / 1000.0,
                Cell::Flag(chosen) => f64::from(u8::from(chosen)),
                // A code that is a number.
                Cell::Text(text) => text.parse().unwrap_or(MISSING),
            };
            packed.number(out, number);
        }
    }
    packed.end(out);
}
