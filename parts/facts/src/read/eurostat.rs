//! Eurostat `crim_pris_*`: SDMX-CSV with or without labels, and the classic TSV with years side
//! by side. Flags of the publisher become ours.
//! <https://ec.europa.eu/eurostat/web/crime/database>

use super::gather::{Gather, is_missing};
use super::table::{Book, Column, Header, Row};
use super::{NewSource, ReadError};
use crate::fact::{Fact, Flag, Reason};
use crate::place::{Named, fold};

const GEO: usize = 0;
const UNIT: usize = 1;
const TIME: usize = 2;
const VALUE: usize = 3;
const FLAG: usize = 4;
const AGE: usize = 5;
const SEX: usize = 6;
const CAPACITY: usize = 7;
const CITIZEN: usize = 8;
const STATUS: usize = 9;
const DATASET: usize = 10;
const GEO_LABEL: usize = 11;
const STATUS_LABEL: usize = 12;

const SDMX: &[Column] = &[
    Column::required(&["geo", "geo Geopolitical*"]),
    Column::required(&["unit", "unit Unit*"]),
    Column::required(&["TIME_PERIOD", "TIME_PERIOD Time"]),
    Column::required(&["OBS_VALUE", "OBS_VALUE Observation*"]),
    Column::optional(&["OBS_FLAG", "OBS_FLAG Observation*"]),
    Column::optional(&["age", "age Age*"]),
    Column::optional(&["sex", "sex Sex"]),
    Column::optional(&["indic_cr", "indic_cr*"]),
    Column::optional(&["citizen", "citizen Country*"]),
    Column::optional(&["leg_stat", "leg_stat*"]),
    Column::optional(&["STRUCTURE_ID", "DATAFLOW"]),
    Column::optional(&["Geopolitical entity (reporting)"]),
    Column::optional(&["Legal status", "Legal status of persons"]),
];

pub(super) fn is_header(row: &[String]) -> bool {
    Header::of(row, SDMX).is_some() || wide_dimensions(row).is_some()
}

pub(super) fn read(mut book: Book<'_>, gather: &mut Gather) -> Result<(), ReadError> {
    let mut found = false;
    let mut preamble = Vec::new();
    for sheet in book.sheets() {
        let find = |row: &[String]| match wide_dimensions(row) {
            // The dimensions stand in the first cell; the others are years.
            Some(_) => Header::of(row, &[]),
            None => Header::of(row, SDMX),
        };
        let table =
            book.table_by(
                &sheet,
                &sheet,
                &find,
                gather,
                &mut |row, gather| match wide_dimensions(&row.header.cells) {
                    Some(dimensions) => wide_row(row, &dimensions, gather),
                    None => long_row(row, gather),
                },
            )?;
        found |= table.found;
        preamble.extend(table.preamble);
    }
    if found { Ok(()) } else { Err(book.no_header(gather.kind, SDMX, &preamble)) }
}

/// The dimensions of a classic table, if its first cell reads `freq,age,sex,unit,geo\TIME_PERIOD`.
fn wide_dimensions(row: &[String]) -> Option<Vec<String>> {
    let (dimensions, time) = row.first()?.split_once('\\')?;
    let time = time.trim().to_lowercase();
    (time == "time_period" || time == "time")
        .then(|| dimensions.split(',').map(|d| d.trim().to_lowercase()).collect())
}

/// What one observation says of itself. A code may carry its label: `AL:Albania`.
struct Observation<'a> {
    geo: &'a str,
    geo_label: &'a str,
    unit: &'a str,
    age: Option<&'a str>,
    sex: Option<&'a str>,
    capacity: Option<&'a str>,
    citizen: Option<&'a str>,
    status: Option<&'a str>,
    year: &'a str,
    value: &'a str,
    flags: &'a str,
    /// Header of the column in which the value stands.
    column: &'a str,
}

fn long_row(row: &Row<'_>, gather: &mut Gather) -> Result<(), ReadError> {
    let structure = row.get(DATASET).to_lowercase();
    if !structure.is_empty() && !structure.contains("crim_pris") {
        gather.skip("another table than crim_pris");
        return Ok(());
    }
    let code = |column: usize| {
        row.header.has(column).then(|| row.get(column).split(':').next().unwrap_or("").trim())
    };
    let status = match row.get(STATUS_LABEL) {
        "" => code(STATUS),
        label => Some(label),
    };
    take(
        row,
        &Observation {
            geo: code(GEO).unwrap_or(""),
            geo_label: match row.get(GEO_LABEL) {
                "" => row.get(GEO).split_once(':').map_or("", |(_, label)| label),
                label => label,
            },
            unit: code(UNIT).unwrap_or(""),
            age: code(AGE),
            sex: code(SEX),
            capacity: code(CAPACITY),
            citizen: code(CITIZEN),
            status,
            year: row.get(TIME),
            value: row.get(VALUE),
            flags: row.get(FLAG),
            column: row.title(VALUE),
        },
        gather,
    )
}

fn wide_row(row: &Row<'_>, dimensions: &[String], gather: &mut Gather) -> Result<(), ReadError> {
    let codes: Vec<&str> = row.cell(0).split(',').map(str::trim).collect();
    if codes.len() != dimensions.len() {
        let message = format!("expected {} codes: {}", dimensions.len(), dimensions.join(","));
        gather.refused(row, &row.header.cells[0], row.cell(0), &message);
        return Ok(());
    }
    let code = |name: &str| dimensions.iter().position(|d| d == name).map(|at| codes[at]);
    for at in 1..row.header.cells.len() {
        // `101 b`, `: c`, `:z`: a value or a colon, then letters.
        let cell = row.cell(at);
        let end = cell.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(cell.len());
        let (value, flags) = (cell[..end].trim(), cell[end..].trim());
        let observation = Observation {
            geo: code("geo").unwrap_or(""),
            geo_label: "",
            unit: code("unit").unwrap_or(""),
            age: code("age"),
            sex: code("sex"),
            capacity: code("indic_cr"),
            citizen: code("citizen"),
            status: code("leg_stat"),
            year: row.header.cells[at].trim(),
            value,
            flags,
            column: row.header.cells[at].trim(),
        };
        take(row, &observation, gather)?;
    }
    Ok(())
}

fn take(row: &Row<'_>, of: &Observation<'_>, gather: &mut Gather) -> Result<(), ReadError> {
    if is_missing(of.value) {
        gather.skip("no value given");
        return Ok(());
    }
    let (dataset, indicator, group) = match meaning(of) {
        Meaning::Figure(dataset, indicator, group) => (dataset, indicator, group),
        Meaning::Follows(why) => {
            gather.skip(why);
            return Ok(());
        }
        Meaning::Unknown(dimension, code) => {
            let message = format!("the code “{code}” of {dimension} is not known here; left out");
            gather.refused(row, dimension, code, &message);
            return Ok(());
        }
    };
    let unknown = crate::places().look_up(of.geo) == Named::Unknown;
    let name = if unknown && !of.geo_label.is_empty() { of.geo_label } else { of.geo };
    let Some(place) = gather.place(row, "geo", name) else { return Ok(()) };
    let Some(year) = gather.year(row, "TIME_PERIOD", of.year) else { return Ok(()) };
    let Some(value) = gather.number(row, of.column, of.value) else { return Ok(()) };
    let mut fact = Fact::new(&place.code, indicator, year, group, value);
    let source = source(dataset);
    fact.source = source.id.clone();
    gather.source(source);
    fact.locator = format!("row {}", row.number);
    mark(&mut fact, of.flags);
    gather.fact(row, of.column, fact)
}

enum Meaning<'a> {
    /// Dataset, indicator, group.
    Figure(&'static str, &'static str, &'static str),
    /// No need to keep it, and why.
    Follows(&'static str),
    /// A dimension and its code, unheard of.
    Unknown(&'static str, &'a str),
}

fn meaning<'a>(of: &Observation<'a>) -> Meaning<'a> {
    let is_rate = match of.unit {
        "NR" => false,
        "P_HTHAB" => true,
        other => return Meaning::Unknown("unit", other),
    };
    let rate_follows = Meaning::Follows("a rate that follows from the counts");
    if let Some(capacity) = of.capacity {
        return match (capacity, is_rate) {
            ("PRIS_ACT_CAP", false) => Meaning::Figure("cap", "persons_held", "total"),
            ("PRIS_ACT_CAP", true) => Meaning::Figure("cap", "prison_rate", "total"),
            ("PRIS_OFF_CAP", false) => Meaning::Figure("cap", "official_capacity", "total"),
            ("PRIS_OFF_CAP", true) => rate_follows,
            (other, _) => Meaning::Unknown("indic_cr", other),
        };
    }
    if let Some(citizen) = of.citizen {
        return match (citizen, is_rate) {
            (_, true) => rate_follows,
            ("FOR", _) => Meaning::Figure("ctz", "persons_held_foreign", "total"),
            ("TOTAL", _) => Meaning::Figure("ctz", "persons_held", "total"),
            _ => Meaning::Follows("citizens of one country or group: the rest after foreigners"),
        };
    }
    if let Some(status) = of.status {
        return match (legal_status(status), is_rate) {
            (Some(_), true) => rate_follows,
            (Some(indicator), false) => Meaning::Figure("tri", indicator, "total"),
            (None, _) => Meaning::Unknown("leg_stat", status),
        };
    }
    let sex = match of.sex {
        None | Some("T") => "total",
        Some("F") => "female",
        Some("M") => "male",
        Some(other) => return Meaning::Unknown("sex", other),
    };
    let group = match (of.age, sex) {
        (None | Some("TOTAL"), sex) => sex,
        (Some("ADULT"), "female") => "female-adult",
        (Some("ADULT"), "male") => "male-adult",
        (Some("ADULT"), _) => "adult",
        (Some("JUVENILE"), "female") => "female-juvenile",
        (Some("JUVENILE"), "male") => "male-juvenile",
        (Some("JUVENILE"), _) => "juvenile",
        (Some(other), _) => return Meaning::Unknown("age", other),
    };
    match (is_rate, group) {
        (false, group) => Meaning::Figure("age", "persons_held", group),
        (true, "total") => Meaning::Figure("age", "prison_rate", "total"),
        (true, _) => rate_follows,
    }
}

/// The trial status by its label, or by a code that says it.
fn legal_status(text: &str) -> Option<&'static str> {
    let text = fold(text);
    let says = |words: &[&str]| words.iter().any(|w| text.contains(w));
    match () {
        _ if text == "total" => Some("persons_held"),
        _ if says(&["unsentenced", "not sentenced", "awaiting", "pre trial", "untried"]) => {
            Some("persons_unsentenced")
        }
        _ if says(&["sentenced", "convicted"]) => Some("persons_sentenced"),
        _ => None,
    }
}

/// Eurostat's letters, which may come several together: `bp`.
fn mark(fact: &mut Fact, flags: &str) {
    for letter in flags.chars().filter(char::is_ascii_alphabetic) {
        let flag = match letter.to_ascii_lowercase() {
            'b' => Flag::BreakInSeries,
            'd' => Flag::DefinitionDiffers,
            'e' | 's' | 'i' => Flag::Estimated,
            'p' | 'f' => Flag::Provisional,
            'u' => Flag::LowReliability,
            // n: not significant; r: revised; c, z: with no value.
            _ => continue,
        };
        fact.mark(Reason::new("publisher-flag").with("flag", flag.id()));
    }
}

fn source(dataset: &str) -> NewSource {
    let title = match dataset {
        "cap" => "Prison capacity and number of persons held",
        "ctz" => "Prisoners by citizenship",
        "tri" => "Prisoners by legal status of the trial process",
        _ => "Prisoners by age and sex",
    };
    let code = format!("crim_pris_{dataset}");
    NewSource {
        id: format!("eurostat-{}", code.replace('_', "-")),
        title: format!("{title} ({code})"),
        publisher: "Eurostat".into(),
        year: None,
        url: format!("https://ec.europa.eu/eurostat/databrowser/product/view/{code}"),
        licence: "CC BY 4.0".into(),
    }
}
