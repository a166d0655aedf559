//! UNAIDS, Global AIDS Monitoring. Three shapes: a row for each figure, a column for each
//! indicator, and a folder of tables with a column for one indicator and areas by number.
//! <https://aidsinfo.unaids.org>

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::gather::{Gather, is_missing};
use super::table::{Book, Column, Header, Row};
use super::{NewSource, ReadError};
use crate::fact::Fact;
use crate::place::fold;

const AREA: usize = 0;
const YEAR: usize = 1;
const INDICATOR: usize = 2;
const VALUE: usize = 3;
const SUBGROUP: usize = 4;

/// A long table has all of the first four; a wide one has indicators in place of the last two.
const COLUMNS: &[Column] = &[
    Column::required(&["area_name", "country", "area", "entity"]),
    Column::required(&["year", "time period", "time"]),
    Column::optional(&["indicator", "indicator_name"]),
    Column::optional(&["value", "data value", "data_value"]),
    Column::optional(&["subgroup", "sub group", "disaggregation"]),
];

const ENTITIES: &[Column] = &[Column::required(&["area"]), Column::required(&["name"])];
const ENTITIES_FILE: &str = "ddf--entities--area.csv";

type Areas = BTreeMap<String, String>;

pub(super) fn is_header(row: &[String]) -> bool {
    header(row).is_some()
        // Other publishers have such columns too, and more.
        && !row.iter().any(|c| ["source_publisher", "OBS_VALUE", "Dimension"].contains(&c.trim()))
}

fn header(row: &[String]) -> Option<Header> {
    let header = Header::of(row, COLUMNS)?;
    let long = header.has(INDICATOR) && header.has(VALUE);
    let wide = || row.iter().any(|cell| meaning(cell, "").is_some());
    (long || wide()).then_some(header)
}

/// Reads a folder of tables, or one table that needs the list of areas beside it. False when the
/// path is neither, and is to be read as any file.
pub(super) fn read_path(path: &Path, gather: &mut Gather) -> Result<bool, ReadError> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new(".")) };
    let is_points = |name: &str| name.starts_with("ddf--datapoints--") && name.ends_with(".csv");
    let name_of = |p: &Path| p.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut tables = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            tables.push(entry?.path());
        }
        tables.retain(|p| is_points(&name_of(p)));
        tables.sort();
        if tables.is_empty() {
            let why = "the folder holds no table of figures".to_string();
            let missing = "files named ddf--datapoints--….csv".to_string();
            return Err(ReadError::Needs { name: name_of(path), missing, why });
        }
    } else if is_points(&name_of(path)) {
        tables.push(path.to_path_buf());
    } else {
        return Ok(false);
    }
    let list = folder.join(ENTITIES_FILE);
    if !list.is_file() {
        return Err(needs_areas(&name_of(path)));
    }
    let areas = areas(&list)?;
    for table in tables {
        let mut input = BufReader::new(File::open(&table)?);
        read(Book::open(&name_of(&table), &mut input)?, Some(&areas), gather)?;
    }
    Ok(true)
}

fn areas(path: &Path) -> Result<Areas, ReadError> {
    let mut input = BufReader::new(File::open(path)?);
    let mut book = Book::open(ENTITIES_FILE, &mut input)?;
    let mut areas = Areas::new();
    let mut ignore = Gather::new(super::Kind::Unaids, ENTITIES_FILE, 9999);
    book.only_table("", ENTITIES, &mut ignore, &mut |row, _| {
        areas.insert(row.get(0).into(), row.get(1).into());
        Ok(())
    })?;
    Ok(areas)
}

pub(super) fn read(
    mut book: Book<'_>,
    areas: Option<&Areas>,
    gather: &mut Gather,
) -> Result<(), ReadError> {
    sources().into_iter().for_each(|s| gather.source(s));
    // An interval's ends may come before the estimate they belong to.
    let mut ends: Vec<(Fact, bool)> = Vec::new();
    let mut preamble = Vec::new();
    let mut found = false;
    let name = book.name.clone();
    for sheet in book.sheets() {
        // A table of a folder is a sheet by its file name.
        let shown = if areas.is_some() { &name } else { &sheet };
        let table = book.table_by(&sheet, shown, &header, gather, &mut |row, gather| {
            let long = row.header.has(INDICATOR) && row.header.has(VALUE);
            if !long && areas.is_none() && row.get(AREA).parse::<u32>().is_ok() {
                return Err(needs_areas(&name));
            }
            let area = areas.and_then(|a| a.get(row.get(AREA))).map_or(row.get(AREA), |n| n);
            match row.header.position(VALUE).filter(|_| long) {
                Some(at) => figure(row, area, row.get(INDICATOR), at, &mut ends, gather),
                None => wide_row(row, area, &mut ends, gather),
            }
        })?;
        found |= table.found;
        preamble.extend(table.preamble);
    }
    if !found {
        return Err(book.no_header(gather.kind, COLUMNS, &preamble));
    }
    for (end, is_low) in ends {
        let value = Some(end.value);
        let (low, high) = if is_low { (value, None) } else { (None, value) };
        if !gather.bound(&end, low, high) {
            gather.skip("the end of an interval without an estimate inside it");
        }
    }
    Ok(())
}

/// A row with a column for each indicator.
fn wide_row(
    row: &Row<'_>,
    area: &str,
    ends: &mut Vec<(Fact, bool)>,
    gather: &mut Gather,
) -> Result<(), ReadError> {
    for at in 0..row.header.cells.len() {
        if Some(at) != row.header.position(AREA) && Some(at) != row.header.position(YEAR) {
            let title = row.header.cells[at].clone();
            if !is_missing(row.cell(at)) && meaning(&title, "").is_some() {
                figure(row, area, &title, at, ends, gather)?;
            }
        }
    }
    Ok(())
}

/// One figure: the cell at a position, of the indicator by that title.
fn figure(
    row: &Row<'_>,
    area: &str,
    title: &str,
    at: usize,
    ends: &mut Vec<(Fact, bool)>,
    gather: &mut Gather,
) -> Result<(), ReadError> {
    let Some((id, group, part)) = meaning(title, row.get(SUBGROUP)) else {
        gather.skip("not an indicator of the programme");
        return Ok(());
    };
    let Some(place) = gather.place(row, row.title(AREA), area) else { return Ok(()) };
    let Some(year) = gather.year(row, row.title(YEAR), row.get(YEAR)) else { return Ok(()) };
    let column = row.header.cells[at].clone();
    let Some(value) = gather.number(row, &column, row.cell(at)) else { return Ok(()) };
    let mut fact = Fact::new(&place.code, id, year, group, value);
    let hepatitis = fold(title).starts_with("viral hepatitis among prisoners");
    fact.source = if hepatitis { "unaids-gam-hepatitis" } else { "unaids-gam" }.into();
    fact.locator = match row.sheet {
        "" => format!("row {}", row.number),
        sheet => format!("{sheet}, row {}", row.number),
    };
    match part {
        Part::Estimate => gather.fact(row, &column, fact)?,
        Part::Low => ends.push((fact, true)),
        Part::High => ends.push((fact, false)),
    }
    Ok(())
}

enum Part {
    Estimate,
    Low,
    High,
}

/// What each indicator of UNAIDS is here, by the beginning of its title or id. The longer stands
/// before the shorter that it begins with.
const TITLES: [(&str, &str); 19] = [
    ("antiretroviral therapy coverage among prisoners", "art_coverage_prison"),
    ("antiretroviral therapy coverage among people who inject drugs", "art_coverage_community"),
    ("clean needles distributed to prisoners", "needles_given_prison"),
    ("condoms distributed to prisoners", "condoms_given_prison"),
    ("coverage of opioid substitution therapy", "oat_coverage_community"),
    ("coverage of opioid agonist", "oat_coverage_community"),
    ("hepatitis c hcv infection among prisoners", "hcv_prevalence_prison"),
    ("hepatitis b hbv infection among prisoners", "hbv_prevalence_prison"),
    ("viral hepatitis among prisoners hepatitis c", "hcv_prevalence_prison"),
    ("viral hepatitis among prisoners hepatitis b", "hbv_prevalence_prison"),
    ("tuberculosis tb infection among prisoners", "tb_prevalence_prison"),
    ("hiv prevalence among prisoners", "hiv_prevalence_prison"),
    ("hiv prevalence among people who inject drugs", "hiv_prevalence_pwid"),
    ("viral hepatitis among people who inject drugs hepatitis c", "hcv_prevalence_pwid"),
    ("viral hepatitis among people who inject drugs hepatitis b", "hbv_prevalence_pwid"),
    ("needles and syringes distributed per person who inject", "needles_per_person_community"),
    ("people who inject drugs population size estimate", "people_who_inject"),
    ("prisoners population size estimate", "persons_held"),
    ("prisoners receiving opioid substitution therapy", "oat_people_prison"),
];

/// Our indicator, group and part of the interval.
fn meaning(title: &str, subgroup: &str) -> Option<(&'static str, &'static str, Part)> {
    // "< 25" would lose its sign.
    let plain = |text: &str| fold(&text.replace('<', " lt "));
    let title = plain(title);
    let (start, id) = TITLES.iter().find(|(start, _)| title.starts_with(start))?;
    let rest = title[start.len()..].trim();
    let rest = if rest.is_empty() { plain(subgroup) } else { rest.to_string() };
    let words: Vec<&str> = rest.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    let part = match () {
        _ if has("lower") => Part::Low,
        _ if has("upper") => Part::High,
        _ => Part::Estimate,
    };
    let group = match () {
        _ if has("females") || has("female") => "female",
        _ if has("males") || has("male") => "male",
        _ if has("transgender") => "transgender",
        _ if has("below25") || has("lt") => "under-25",
        _ if has("25plus") || has("25") => "25-plus",
        _ => "total",
    };
    Some((id, group, part))
}

fn needs_areas(name: &str) -> ReadError {
    let why = "the table gives areas by number; import the folder that has both".to_string();
    ReadError::Needs { name: name.into(), missing: ENTITIES_FILE.into(), why }
}

fn sources() -> [NewSource; 2] {
    let source = |id: &str, title: &str| NewSource {
        id: id.into(),
        title: title.into(),
        publisher: "Joint United Nations Programme on HIV/AIDS (UNAIDS)".into(),
        year: None,
        url: "https://aidsinfo.unaids.org".into(),
        licence: "May be reproduced with the credit “UNAIDS” and the year".into(),
    };
    [
        source("unaids-gam", "AIDSinfo: Global AIDS Monitoring"),
        source(
            "unaids-gam-hepatitis",
            "AIDSinfo: Global AIDS Monitoring, indicator “Viral hepatitis among prisoners”",
        ),
    ]
}
