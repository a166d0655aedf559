//! UNODC, Crime Trends Survey, "Prisons and prisoners": one long sheet, a row for each figure,
//! two rows of title above. <https://dataunodc.un.org/dp-prisons-persons-held>

use std::collections::{BTreeMap, BTreeSet};

use super::gather::Gather;
use super::table::{Book, Column, Header, Row};
use super::{NewSource, ReadError};
use crate::fact::Fact;

const CODE: usize = 0;
const COUNTRY: usize = 1;
const INDICATOR: usize = 2;
const DIMENSION: usize = 3;
const CATEGORY: usize = 4;
const SEX: usize = 5;
const AGE: usize = 6;
const YEAR: usize = 7;
const UNIT: usize = 8;
const VALUE: usize = 9;
const SOURCE: usize = 10;

const COLUMNS: &[Column] = &[
    Column::required(&["Iso3_code", "iso3", "iso code"]),
    Column::required(&["Country", "area", "name"]),
    Column::required(&["Indicator"]),
    Column::required(&["Dimension"]),
    Column::required(&["Category"]),
    Column::required(&["Sex"]),
    Column::required(&["Age"]),
    Column::required(&["Year"]),
    Column::required(&["Unit of measurement", "unit"]),
    Column::required(&["VALUE"]),
    Column::optional(&["Source"]),
];

/// The rate per inhabitant is kept for the total only: the others follow from the counts.
const RATE: &str = "rate per 100 000 population";

pub(super) fn is_header(row: &[String]) -> bool {
    Header::of(row, COLUMNS).is_some()
}

pub(super) fn read(mut book: Book<'_>, gather: &mut Gather) -> Result<(), ReadError> {
    gather.source(source());
    // Texts alike but for case and hyphens, as "Drug trafficking" and "Drug Trafficking".
    let mut spellings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // Some 250 combinations stand for all rows.
    let mut meanings: BTreeMap<String, Meaning> = BTreeMap::new();
    let mut found = false;
    let mut preamble = Vec::new();
    for sheet in book.sheets() {
        let table = book.table(&sheet, COLUMNS, gather, &mut |row, gather| {
            let key = [INDICATOR, DIMENSION, CATEGORY, SEX, AGE, UNIT].map(|c| row.get(c));
            let key_text = key.join("\u{1f}");
            if let Some(known) = meanings.get(&key_text) {
                return one_row(row, *known, gather);
            }
            let new = meaning(key);
            meanings.insert(key_text, new);
            let letters = row.get(CATEGORY).chars().filter(|c| c.is_alphanumeric());
            let folded: String = letters.flat_map(char::to_lowercase).collect();
            spellings.entry(folded).or_default().insert(row.get(CATEGORY).to_string());
            one_row(row, new, gather)
        })?;
        found |= table.found;
        preamble.extend(table.preamble);
    }
    if !found {
        return Err(book.no_header(gather.kind, COLUMNS, &preamble));
    }
    for twins in spellings.values().filter(|s| s.len() > 1) {
        let twins: Vec<String> = twins.iter().map(|s| format!("“{s}”")).collect();
        gather.whole_file(
            "",
            &format!("one category is written {}; read as one", twins.join(" and ")),
        );
    }
    Ok(())
}

fn one_row(row: &Row<'_>, meaning: Meaning, gather: &mut Gather) -> Result<(), ReadError> {
    let (indicator, group) = match meaning {
        Meaning::Figure(indicator, group) => (indicator, group),
        Meaning::Other(reason) => {
            gather.skip(reason);
            return Ok(());
        }
        Meaning::UnknownGroup => {
            let value = format!("{} / {}", row.get(SEX), row.get(AGE));
            gather.refused(row, row.title(SEX), &value, "this sex and age are not known here");
            return Ok(());
        }
        Meaning::New => {
            let value = [INDICATOR, DIMENSION, CATEGORY].map(|c| row.get(c)).join(" / ");
            let message =
                "this category is new; it was left out. Tell the maintainers if it matters";
            gather.flagged(row, row.title(INDICATOR), &value, message);
            return Ok(());
        }
    };
    // A code outside ISO ("GBR_E_W") names a part of a country; the name is only a fallback.
    let place = match crate::places().get(row.get(CODE)) {
        Some(place) => place,
        None => {
            let known = crate::places().find_name(row.get(CODE)).is_some();
            let column = if known { CODE } else { COUNTRY };
            match gather.place(row, row.title(column), row.get(column)) {
                Some(place) => place,
                None => return Ok(()),
            }
        }
    };
    let Some(year) = gather.year(row, row.title(YEAR), row.get(YEAR)) else { return Ok(()) };
    let Some(value) = gather.number(row, row.title(VALUE), row.get(VALUE)) else { return Ok(()) };
    let mut fact = Fact::new(&place.code, indicator, year, group, value);
    fact.source = "unodc-cts".into();
    fact.locator = match row.get(SOURCE) {
        "" => format!("row {}", row.number),
        told_by => format!("row {}, {told_by}", row.number),
    };
    gather.fact(row, row.title(VALUE), fact)
}

#[derive(Clone, Copy)]
enum Meaning {
    /// Our indicator and group.
    Figure(&'static str, &'static str),
    /// Outside the programme, or following from what is kept; counted by the reason.
    Other(&'static str),
    UnknownGroup,
    /// Unheard of.
    New,
}

/// What a row counts, by indicator, dimension, category, sex, age and unit.
fn meaning(texts: [&str; 6]) -> Meaning {
    let [indicator, dimension, category, sex, age, unit] = texts.map(crate::place::fold);
    let Some(group) = group(&sex, &age) else { return Meaning::UnknownGroup };
    if indicator.contains("regional estimate") {
        return Meaning::Other("the world or a group of countries");
    }
    if unit != "counts" {
        let persons_held = indicator == "persons held" && dimension == "total" && group == "total";
        return match unit == RATE && persons_held {
            true => Meaning::Figure("prison_rate", group),
            false => Meaning::Other("a rate that follows from the counts"),
        };
    }
    let id = match (indicator.as_str(), dimension.as_str(), category.as_str()) {
        ("persons held", "total", _) => "persons_held",
        ("persons held", "by citizenship", "foreign citizens") => "persons_held_foreign",
        ("persons held", "by status", "unsentenced") => "persons_unsentenced",
        ("persons held", "by status", "sentenced") => "persons_sentenced",
        ("persons held", _, "drug trafficking") => "persons_held_drug_trafficking",
        ("persons held", _, "drug possession") => "persons_held_drug_possession",
        ("persons held", "by type of criminal acts", c) if is_drug_acts(c) => {
            "persons_held_drug_acts"
        }
        ("persons held unsentenced", _, "unsentenced total") => "persons_unsentenced",
        ("persons held unsentenced", _, c) if c.ends_with("less than 6 months") => {
            "unsentenced_under_6_months"
        }
        ("persons held unsentenced", _, c) if c.ends_with("less than 12 months") => {
            "unsentenced_under_12_months"
        }
        ("persons held unsentenced", _, c) if c.ends_with("more than 12 months") => {
            "unsentenced_over_12_months"
        }
        ("persons entering prison", "total", _) => "persons_entering",
        ("persons entering prison", "by status", "unsentenced") => "persons_entering_unsentenced",
        ("persons entering prison", "by status", "sentenced") => "persons_entering_sentenced",
        ("persons entering prison", _, "drug trafficking") => "persons_entering_drug_trafficking",
        ("persons entering prison", _, "drug possession") => "persons_entering_drug_possession",
        ("persons entering prison", "by type of criminal acts", c) if is_drug_acts(c) => {
            "persons_entering_drug_acts"
        }
        ("persons held under other types of supervision", ..) => "persons_supervised",
        ("prisons facilities and capacity", _, "official prison capacity") => "official_capacity",
        ("prisons facilities and capacity", _, "number of facilities") => "prison_facilities",
        ("mortality in prison", "total", _) => "deaths_prison",
        ("mortality in prison", _, "deaths due to external causes") => "deaths_external_prison",
        ("mortality in prison", _, c) if c.ends_with("intentional homicide") => "homicides_prison",
        ("mortality in prison", _, c) if c.ends_with("suicide") => "suicides_prison",
        ("mortality in prison", _, c) if c.ends_with("accident or other causes") => {
            "deaths_accident_prison"
        }
        ("mortality in prison", _, "deaths due to natural causes") => "deaths_natural_prison",
        ("persons held", "by citizenship", "national citizens") => {
            return Meaning::Other("citizens of the country: the rest after foreign citizens");
        }
        (_, "by selected crime" | "by type of criminal acts", _) => {
            return Meaning::Other("not an indicator of the programme: other criminal acts");
        }
        _ => return Meaning::New,
    };
    Meaning::Figure(id, group)
}

fn is_drug_acts(category: &str) -> bool {
    category.starts_with("acts involving controlled psycho")
}

fn group(sex: &str, age: &str) -> Option<&'static str> {
    let age = if age.starts_with("juvenile") { "juvenile" } else { age };
    Some(match (sex, age) {
        ("total", "total") => "total",
        ("female", "total") => "female",
        ("male", "total") => "male",
        ("total", "adult") => "adult",
        ("total", "juvenile") => "juvenile",
        ("female", "adult") => "female-adult",
        ("male", "adult") => "male-adult",
        ("female", "juvenile") => "female-juvenile",
        ("male", "juvenile") => "male-juvenile",
        _ => return None,
    })
}

fn source() -> NewSource {
    NewSource {
        id: "unodc-cts".into(),
        title: "Crime Trends Survey: prisons and prisoners".into(),
        publisher: "United Nations Office on Drugs and Crime (UNODC)".into(),
        year: None,
        url: "https://dataunodc.un.org/dp-prisons-persons-held".into(),
        licence: "Credit “UNODC data portal”; terms not verified".into(),
    }
}
