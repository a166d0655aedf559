//! Data sets as anyone sees them, once something of them is out: terms, citation, versions, released tables and files; the same for
//! other catalogues; and the form in which those who hold the data write it down.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use base::access::{Asker, SignedIn, see_other};
use base::answer::{self, Form};
use base::audit::{self, Act};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Site, Table, Who};
use minijinja::context;
use serde_json::json;

use super::ROLES;
use crate::about::{self, About, LICENCES};
use crate::catalogue::{Catalogue, Entry, File, Format, schema_org};
use crate::entries::{self, Registered};
use crate::safe_files::{self, SafeFile};
use crate::shares;
use crate::shown;
use crate::store::{self, DataSet};
use crate::tabled::Tabled;

/// A data set that is out, with its tables.
struct Public {
    set: DataSet,
    about: About,
    /// The newest first.
    tables: Vec<(Registered, Tabled)>,
    /// Safe microdata that are out.
    files: Vec<SafeFile>,
}

/// Data sets of which a table or a file is out, by title.
async fn all(site: &Site) -> Result<Vec<Public>, Refusal> {
    let mut tables: BTreeMap<String, Vec<(Registered, Tabled)>> = BTreeMap::new();
    for entry in entries::tables(&site.storage.pool).await? {
        if entry.is_published() {
            let tabled = serde_json::from_str(&entry.content).map_err(Refusal::broken)?;
            tables.entry(entry.data.clone()).or_default().push((entry, tabled));
        }
    }
    let mut files: BTreeMap<String, Vec<SafeFile>> = BTreeMap::new();
    for file in safe_files::all(&site.storage.pool).await? {
        if file.is_published() {
            files.entry(file.data.clone()).or_default().push(file);
        }
    }
    let mut found = Vec::new();
    for set in store::data_sets(&site.storage.pool).await? {
        let tables = tables.remove(&set.id).unwrap_or_default();
        let files = files.remove(&set.id).unwrap_or_default();
        if !tables.is_empty() || !files.is_empty() {
            let about = about::of(&site.storage.pool, &set.id).await?;
            found.push(Public { set, about, tables, files });
        }
    }
    found.sort_by(|a, b| a.set.title.cmp(&b.set.title).then(a.set.id.cmp(&b.set.id)));
    Ok(found)
}

async fn one_of(site: &Site, id: &str) -> Result<Public, Refusal> {
    let found = all(site).await?.into_iter().find(|one| one.set.id == id);
    found.ok_or_else(|| Refusal::not_found("no-set", id))
}

impl Public {
    fn address(&self, site: &Site) -> String {
        format!("{}/statistics/sets/{}", site.settings.public_url(), self.set.id)
    }

    /// What other catalogues are told.
    fn entry(&self, site: &Site, reader: &Reader) -> Entry {
        let (words, url) = (&reader.words, site.settings.public_url());
        let address = self.address(site);
        let mut places: Vec<String> = self
            .tables
            .iter()
            .filter_map(|(_, tabled)| tabled.places.as_ref())
            .flat_map(|places| &places.codes)
            .map(|(_, code)| code.clone())
            .filter(|code| code.len() == 3)
            .collect();
        places.sort();
        places.dedup();
        let mut keywords: Vec<String> =
            vec![words.say("set-keyword-prison"), words.say("set-keyword-health")];
        for (_, tabled) in &self.tables {
            if !keywords.contains(&tabled.label) {
                keywords.push(tabled.label.clone());
            }
        }
        if self.set.synthetic {
            keywords.push(words.say("synthetic-short"));
        }
        let mark = self.set.synthetic.then(|| words.say("synthetic-mark"));
        let description = [mark, Some(self.set.about.clone()), Some(words.say("set-described"))];
        let description: Vec<String> =
            description.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        let files = self.tables.iter().flat_map(|(entry, tabled)| {
            let page = format!("{url}/statistics/tables/{}", entry.id);
            [(Format::Csv, "csv"), (Format::Json, "json")].map(|(format, ending)| File {
                title: tabled.title(words),
                address: format!("{page}.{ending}"),
                page: page.clone(),
                format,
                issued: shown::day(entry.released_at()),
            })
        });
        let microdata =
            self.files.iter().filter(|file| file.audience == "public").flat_map(|file| {
                let page = format!("{url}/statistics/files/{}", file.id);
                [(Format::Csv, "data.csv"), (Format::Xml, "codebook.xml")].map(|(format, name)| {
                    File {
                        title: file.title.clone(),
                        address: format!("{page}/{name}"),
                        page: page.clone(),
                        format,
                        issued: shown::day(file.decided_at.unwrap_or(file.made_at)),
                    }
                })
            });
        let of_files = self.files.iter().map(|file| file.decided_at.unwrap_or(file.made_at));
        let days = self.tables.iter().map(|(entry, _)| entry.released_at());
        let days = days.chain(of_files).map(shown::day);
        let or_period = |day: &str| match day.is_empty() {
            true => self.set.period.clone(),
            false => day.to_owned(),
        };
        Entry {
            title: self.set.title.clone(),
            description: description.join(" "),
            language: words.language.tag().into(),
            publisher: self.about.publisher.clone(),
            creators: self.about.creators().into_iter().map(str::to_owned).collect(),
            contact: self.about.contact.clone(),
            licence: self.about.licence_address().map(str::to_owned),
            citation: self.about.cited(words, &self.set, &address),
            version: self.set.version.to_string(),
            from: or_period(&self.about.from_day),
            until: or_period(&self.about.until_day),
            issued: days.clone().min().unwrap_or_default(),
            modified: days.max().unwrap_or_default(),
            places,
            keywords,
            methods: self.about.methods.clone(),
            series: (!self.set.series.is_empty()).then(|| {
                (
                    format!("{url}/statistics/sets#series-{}", self.set.series),
                    self.set.title.clone(),
                )
            }),
            files: files.chain(microdata).collect(),
            address,
        }
    }
}

pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("sets"))
        .about(reader.say("sets-lead"))
        .under(reader.say("statistics"), "/statistics");
    let values = context! { view => value(table.view(&reader)), empty };
    answer::page(&site, &reader, "statistics/sets.html", head, values)
}

pub async fn list_file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader).await?;
    answer::table(table, &reader, Form::of(&format!("sets.{form}")).1)
}

async fn list_table(site: &App, reader: &Reader) -> Result<Table, Refusal> {
    let words = &reader.words;
    let rows = all(site)
        .await?
        .iter()
        .map(|one| {
            let count = one.tables.len() as f64;
            let of_files = one.files.iter().map(|file| file.decided_at.unwrap_or(file.made_at));
            let modified =
                one.tables.iter().map(|(entry, _)| entry.released_at()).chain(of_files).max();
            vec![
                Cell::text(one.set.title.clone()).href(format!("/statistics/sets/{}", one.set.id)),
                Cell::text(one.set.period.clone()),
                Cell::text(one.about.publisher.clone()),
                Cell::text(licence(words, &one.about)),
                Cell::number(count, words.number(count, 0)),
                Cell::text(modified.map(shown::day).unwrap_or_default()),
                Cell::text(if one.set.synthetic {
                    words.say("synthetic-short")
                } else {
                    String::new()
                }),
            ]
        })
        .collect();
    Ok(Table {
        id: "sets".into(),
        caption: words.say("sets"),
        columns: vec![
            Column::text("title", words.say("data-title")),
            Column::text("period", words.say("head-round")),
            Column::text("publisher", words.say("present-publisher")),
            Column::text("licence", words.say("present-licence")),
            Column::number("tables", words.say("sets-tables")),
            Column::text("modified", words.say("sets-modified")),
            Column::text("mark", words.say("register-mark")),
        ],
        rows,
        note: None,
        sources: Vec::new(),
    })
}

fn licence(words: &base::Words, about: &About) -> String {
    let word = if about.licence.is_empty() { "none" } else { &about.licence };
    words.say(&format!("licence-{}", word.replace('.', "-").to_lowercase()))
}

/// A data set's page, and with an ending the same for programs: `.jsonld`, `.ttl`.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = match name.rsplit_once('.') {
        Some((id, form @ ("jsonld" | "ttl"))) => (id, form),
        _ => (name.as_str(), ""),
    };
    let public = one_of(&site, id).await?;
    let words = &reader.words;
    let entry = public.entry(&site, &reader);
    if !form.is_empty() {
        return Ok(statements(&Catalogue::of_one(&entry), form));
    }
    let rounds = match public.set.series.is_empty() {
        true => Vec::new(),
        false => store::rounds_of(&site.storage.pool, &public.set.series).await?,
    };
    let published = all(&site).await?;
    let rounds: Vec<_> = rounds
        .into_iter()
        .filter(|round| round.id != id && published.iter().any(|one| one.set.id == round.id))
        .map(|round| {
            (
                format!("{} · {}", round.title, round.period),
                format!("/statistics/sets/{}", round.id),
            )
        })
        .collect();
    let tables: Vec<_> = public
        .tables
        .iter()
        .map(|(entry, tabled)| {
            (
                tabled.title(words),
                format!("/statistics/tables/{}", entry.id),
                shown::day(entry.released_at()),
                entry.edition,
            )
        })
        .collect();
    let files: Vec<_> = public
        .files
        .iter()
        .map(|file| {
            let href = format!("/statistics/files/{}", file.id);
            (file.title.clone(), href, words.say(&format!("safe-audience-{}", file.audience)))
        })
        .collect();
    let catalogue = format!("{}/statistics/catalogue.jsonld", site.settings.public_url());
    // In a script element only a tag could end it.
    let found = schema_org(&entry, &catalogue).to_string().replace('<', "\\u003c");
    let head = Head::titled(public.set.title.clone())
        .about(entry.description.clone())
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("sets"), "/statistics/sets");
    let works = works(&who);
    let values = context! {
        id, about => public.set.about.clone(), synthetic => public.set.synthetic, period => public.set.period.clone(),
        edition => public.set.version, citation => entry.citation, publisher => public.about.publisher.clone(),
        creators => value(public.about.creators()), contact => public.about.contact.clone(), methods => public.about.methods.clone(),
        from => public.about.from_day.clone(), until => public.about.until_day.clone(), licence => licence(words, &public.about),
        licence_address => public.about.licence_address(), tables, files, rounds, works, found,
    };
    answer::page(&site, &reader, "statistics/set.html", head, values)
}

fn works(who: &Option<Who>) -> bool {
    who.as_ref().is_some_and(|who| who.holds_over(ROLES, &[]).is_some())
}

/// Every data set, for other catalogues: `/statistics/catalogue.jsonld`, `.ttl`.
pub async fn catalogue(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    if !["jsonld", "ttl"].contains(&form.as_str()) {
        return Err(Refusal::not_found("no-form", &form));
    }
    let entries: Vec<Entry> =
        all(&site).await?.iter().map(|one| one.entry(&site, &reader)).collect();
    let words = &reader.words;
    let (title, lead) = (words.say("catalogue-title"), words.say("sets-lead"));
    let tag = words.language.tag();
    let catalogue = Catalogue::new(&site.settings.public_url(), &title, &lead, tag, &entries);
    Ok(statements(&catalogue, &form))
}

fn statements(catalogue: &Catalogue, form: &str) -> Response {
    match form {
        "ttl" => {
            ([(CONTENT_TYPE, "text/turtle; charset=utf-8")], catalogue.turtle()).into_response()
        }
        _ => {
            let text = format!("{:#}\n", catalogue.json_ld());
            ([(CONTENT_TYPE, "application/ld+json")], text).into_response()
        }
    }
}

/// Data sets of which something is out.
#[utoipa::path(get, path = "/api/statistics/sets", responses((status = 200, description = "DCAT-AP 3 as JSON-LD: data sets, terms, citations, files")))]
pub async fn api(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let entries: Vec<Entry> =
        all(&site).await?.iter().map(|one| one.entry(&site, &reader)).collect();
    let words = &reader.words;
    let (title, lead) = (words.say("catalogue-title"), words.say("sets-lead"));
    let tag = words.language.tag();
    let catalogue = Catalogue::new(&site.settings.public_url(), &title, &lead, tag, &entries);
    Ok(answer::json(&catalogue.json_ld()))
}

/// The form in which those who hold the data say what it is.
pub async fn form(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let about = about::of(&site.storage.pool, &id).await?;
    let words = &reader.words;
    let licences: Vec<_> = LICENCES
        .iter()
        .map(|(word, _)| {
            let one = About { licence: (*word).into(), ..About::default() };
            (*word, licence(words, &one), about.licence == *word)
        })
        .collect();
    let head = Head::titled(words.say("present-title"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data")
        .under(set.title.clone(), format!("/statistics/data/{id}"));
    let address = format!("{}/statistics/sets/{id}", site.settings.public_url());
    let values = context! {
        id, licences, publisher => about.publisher.as_str(), creators => about.creators.as_str(), contact => about.contact.as_str(),
        citation => about.citation.as_str(), methods => about.methods.as_str(), from_day => about.from_day.as_str(),
        until_day => about.until_day.as_str(), cited => about.cited(words, &set, &address),
    };
    answer::page(&site, &reader, "statistics/presentation.html", head, values)
}

pub async fn keep(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let about = About::of_form(&fields);
    let by = who.by(who.holds(ROLES));
    let mut change = audit::begin(&site.storage).await?;
    about::keep(&mut change, &set.id, &about, site.now()).await?;
    let detail = json!({ "publisher": about.publisher, "licence": about.licence });
    let act = Act { act: "data.presented", kind: "data", record: &set.id, detail };
    audit::write(&mut change, &by, act, site.now()).await?;
    change.commit().await?;
    let is_public = all(&site).await?.iter().any(|one| one.set.id == id);
    let path = if is_public { "sets" } else { "data" };
    Ok(see_other(&format!("/statistics/{path}/{id}")))
}
