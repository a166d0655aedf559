//! Answers taken away: every file of a round by its name. What leaves, and to whom, is decided at the door
//! (`data::door`); here it only gets its form.

use base::{Reader, Refusal, Site, Who};
use minijinja::context;

use crate::compiled::tag_of;
use crate::data::door::{self, Taker};
use crate::data::{self, Data, Table, codebook, files, geojson, package, parquet, sav};
use crate::instrument;
use crate::round::Round;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a file of answers is made with.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The tag or name of a language, for labels in place of codes.
    pub labels: Option<String>,
    /// Whether a column of 0 and 1 follows for each choice.
    pub split: bool,
}

impl Wish {
    /// `?labels=fr` writes labels in place of codes, `?split=1` a column for each choice.
    pub fn asked(reader: &Reader) -> Wish {
        Wish {
            labels: reader.asked("labels").pop().filter(|it| !it.is_empty()),
            split: reader.asked("split").pop().is_some_and(|it| it == "1"),
        }
    }
}

pub const JSON: &str = "application/json";

/// A file of answers by its name, with its kind.
pub async fn made(
    site: &Site,
    round: &Round,
    taker: Taker<'_>,
    file: &str,
    wish: &Wish,
) -> Result<(Vec<u8>, &'static str), Refusal> {
    let missing = || Refusal::not_found("no-form", file);
    let (stem, ending) = file.rsplit_once('.').ok_or_else(missing)?;
    let data = door::open(site, round, taker).await?;
    let style = files::Style { language: language(&data, wish), split: wish.split };
    let shown = style.language.clone();
    let language = shown.as_deref().or(data.languages.first().map(String::as_str)).unwrap_or("");
    let table = || -> Result<&Table, Refusal> {
        data.tables.iter().find(|table| table.name == stem).ok_or_else(missing)
    };
    // Each file by its ending; a repeat may bear any name, so the names of the site come first.
    let made = match (stem, ending) {
        ("answers", "xlsx") => (files::xlsx(&data, &style)?, XLSX),
        ("answers", "json") => (files::json(&data).to_string().into_bytes(), JSON),
        ("codebook", "csv") => (codebook::csv(&data)?, "text/csv; charset=utf-8"),
        ("codebook", "xml") => (codebook::ddi(&data).into_bytes(), "text/xml; charset=utf-8"),
        ("places", "geojson") => {
            let places = geojson::write(&data, shown.as_deref())?;
            (places.to_string().into_bytes(), "application/geo+json")
        }
        ("package", "zip") => (package::write(site, &data).await?, "application/zip"),
        (_, "csv") => (files::csv(table()?, &style)?, "text/csv; charset=utf-8"),
        (_, "parquet") => (parquet::write(&data, table()?)?, "application/vnd.apache.parquet"),
        (_, "sav") => {
            let title = format!("{}: {stem}", round.title);
            let bytes = sav::write(table()?, language, &title, &round.from_day)?;
            (bytes, "application/x-spss-sav")
        }
        _ => return Err(missing()),
    };
    door::taken(site, round, taker, file).await?;
    Ok(made)
}

/// The language of the form that was wished for; its first where it has none of that tag.
fn language(data: &Data, wish: &Wish) -> Option<String> {
    let tag = wish.labels.as_ref()?;
    let known = data.languages.iter().find(|it| tag_of(it) == tag || *it == tag);
    known.or(data.languages.first()).cloned()
}

/// What the page of a round offers to take away.
pub async fn shown(site: &Site, who: &Who, round: &Round) -> Result<minijinja::Value, Refusal> {
    let pool = &site.storage.pool;
    let missing = || Refusal::not_found("no-instrument", &round.instrument);
    let version = instrument::version(pool, &round.instrument, round.number).await?;
    let compiled = instrument::ready(pool, &version.ok_or_else(missing)?).await?;
    let early = round.anonymous && round.closed_at.is_none();
    let tables = if early { Vec::new() } else { data::empty_tables(&compiled, &[]) };
    let has_places = geojson::has_places(&tables);
    let tables: Vec<String> = tables.into_iter().map(|table| table.name).collect();
    let languages = compiled.languages();
    let takings = match round.anonymous {
        true => door::takings(pool, &round.id).await?,
        false => Vec::new(),
    };
    Ok(context! {
        tables, has_places, takings, may_take => door::may(round, Some(who)),
        odata => format!("{}/api/odata/{}", site.settings.public_url(), round.id),
        first_tag => languages.first().map(|it| tag_of(it).to_owned()),
    })
}
