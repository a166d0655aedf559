//! Remarks between reviewer and respondent: on the page of a record for who reads answers, behind the link for who
//! gave them.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::audit::By;
use base::{App, Fields, Reader, Refusal, Site};
use minijinja::context;
use xlsform::xml::{self, Document};

use super::fill::{Behind, behind, framed};
use super::records::{compiled, record_of};
use super::rounds::found;
use crate::compiled::{Compiled, label, language_for};
use crate::data::door::READS;
use crate::day;
use crate::filling::words;
use crate::record::{self, Record};
use crate::remark::{self, New, Remark};
use crate::round::{Respondent, Round};

/// Characters of a remark.
const LONGEST: usize = 4_000;

/// The answers of a record by their place: path with positions, the question.
pub fn places(compiled: &Compiled, record: &Record, language: &str) -> Vec<(String, String)> {
    let mut document = Document::new();
    let Ok(root) = xml::parse(&mut document, &record.xml) else { return Vec::new() };
    let mut found: Vec<(String, String)> = Vec::new();
    for node in document.descendants(root) {
        let (mut names, mut steps) = (Vec::new(), Vec::new());
        let mut here = Some(node);
        while let Some(id) = here.filter(|id| *id != root) {
            let name = document.local_name(id).to_owned();
            let parent = document.parent(id);
            let same =
                |parent| document.elements(parent).filter(|it| document.local_name(*it) == name);
            let count = parent.map_or(0, |parent| same(parent).count());
            let at = parent.map_or(0, |parent| same(parent).take_while(|it| *it != id).count());
            steps.push(if count > 1 { format!("{name}[{}]", at + 1) } else { name.clone() });
            names.push(name);
            here = parent;
        }
        names.reverse();
        steps.reverse();
        let path = format!("/{}", names.join("/"));
        let question = compiled.form.questions().iter().find(|it| it.path == path);
        let Some(question) =
            question.filter(|it| !["group", "repeat", "note"].contains(&&*it.type_name))
        else {
            continue;
        };
        if question.path.contains("/meta/") || document.elements(node).next().is_some() {
            continue;
        }
        let asked = label(&question.labels, language).unwrap_or(&question.name).replace("**", "");
        found.push((format!("/{}", steps.join("/")), asked));
    }
    found
}

/// A thread as a page shows it.
pub fn shown(
    thread: &[Remark],
    places: &[(String, String)],
    respondent: &str,
    reviewer: &str,
) -> Vec<minijinja::Value> {
    let of = |it: &Remark| {
        let about =
            places.iter().find(|(path, _)| *path == it.path).map(|(_, asked)| asked.clone());
        context! {
            number => it.number, record => it.record, settled => it.settled, day => day::of(it.at),
            words => it.words.clone(), mine => it.author.is_empty(),
            author => if it.author.is_empty() { respondent } else { reviewer },
            about => about.or_else(|| Some(it.path.clone()).filter(|path| !path.is_empty())),
        }
    };
    thread.iter().map(of).collect()
}

/// A remark by who reviews.
pub async fn write(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let record = record_of(&site, &round, &number).await?;
    let by = who.by(who.holds_over(&READS, &[]));
    let author = who.id();
    keep(&site, &round, &record, &fields, &author, &by).await?;
    Ok(see_other(&format!("/rounds/{id}/records/{number}#remarks")))
}

async fn keep(
    site: &Site,
    round: &Round,
    record: &Record,
    fields: &Fields,
    author: &str,
    by: &By,
) -> Result<(), Refusal> {
    if round.closed_at.is_some() {
        return Err(Refusal::conflict("round-closed"));
    }
    let said = fields.one("words");
    if said.is_empty() || said.chars().count() > LONGEST {
        return Err(Refusal::bad_input("remark-words", "words", said));
    }
    let compiled = compiled(site, round).await?;
    let path = fields.one("path");
    let known = path.is_empty() || places(&compiled, record, "").iter().any(|(it, _)| it == path);
    if !known {
        return Err(Refusal::bad_input("remark-place", "path", path));
    }
    let new = New { path, words: said, author };
    Ok(remark::write(&site.storage, &round.id, record, &new, by, site.now()).await?)
}

/// Settles a remark, or opens it again.
pub async fn settle(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    if round.closed_at.is_some() {
        return Err(Refusal::conflict("round-closed"));
    }
    let missing = || Refusal::not_found("no-remark", &number);
    let at = number.parse().map_err(|_| missing())?;
    let by = who.by(who.holds_over(&READS, &[]));
    let settled = fields.one("settled") == "1";
    if !remark::settle(&site.storage, &round.id, at, settled, &by, site.now()).await? {
        return Err(missing());
    }
    let record: i64 = fields.one("record").parse().unwrap_or(1);
    Ok(see_other(&format!("/rounds/{id}/records/{record}#remarks")))
}

/// The named respondent behind a link, with what they sent last.
async fn sender(site: &Site, secret: &str) -> Result<(Round, Respondent, Record), Refusal> {
    let missing = || Refusal::not_found("no-link", "");
    let Behind::Link(round, who) = behind(site, secret).await? else { return Err(missing()) };
    if round.anonymous {
        return Err(missing());
    }
    let record = record::of_respondent(&site.storage.pool, &round.id, who.number).await?;
    Ok((round, who, record.ok_or_else(missing)?))
}

/// `/ask/{secret}/remarks`
pub async fn of_respondent(
    State(site): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    page(&site, &reader, &secret, None).await
}

async fn page(
    site: &Site,
    reader: &Reader,
    secret: &str,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let (round, who, record) = sender(site, secret).await?;
    let compiled = compiled(site, &round).await?;
    let languages = compiled.languages();
    let language = language_for(&languages, reader.words.language.tag()).cloned();
    let language = language.unwrap_or_else(|| languages[0].clone());
    let words = match language.as_str() {
        "default" => words::of(reader.words.language.tag()),
        known => words::of(known),
    };
    let places = places(&compiled, &record, &language);
    let thread = remark::of(&site.storage.pool, &round.id, &record).await?;
    let thread = shown(
        &thread,
        &places,
        &words.say("fill-remarks-you"),
        &words.say("fill-remarks-reviewer"),
    );
    let values = context! {
        title => round.title.clone(), name => who.name, thread, places, address => secret, fault,
        open => round.closed_at.is_none(),
    };
    let mut page = framed(site, words, "instruments/remarks.html", values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

/// A reply by who gave the answers.
pub async fn reply(
    State(site): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (round, who, record) = sender(&site, &secret).await?;
    if fields.one("words").is_empty() {
        return page(&site, &reader, &secret, Some("fill-remarks-empty")).await;
    }
    let by = By::new(format!("respondent:{}", who.number), "respondent");
    keep(&site, &round, &record, &fields, "", &by).await?;
    Ok(see_other(&format!("/ask/{secret}/remarks")))
}
