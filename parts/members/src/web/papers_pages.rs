//! Papers of a group: read by those who sit in it, or by everybody once published; each version kept.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{Asker, SignedIn, see_other};
use base::answer;
use base::audit;
use base::page::{Head, value};
use base::{App, Fields, Reader, Refusal, Site, Who};
use minijinja::{Value, context};

use super::groups_pages::{known_languages, names, needed, one_of, place, private};
use super::is_french;
use crate::groups::{self, Group, Place};
use crate::papers::{self, Paper, Version};
use crate::{day, meetings};

/// Papers of the group that this reader may see.
pub async fn shown_papers(
    site: &Site,
    reader: &Reader,
    group: &Group,
    names: &BTreeMap<i64, String>,
    reads: bool,
) -> Result<Vec<Value>, Refusal> {
    let pool = &site.storage.pool;
    let languages = papers::languages(pool, &group.id).await?;
    let mut all = papers::of_group(pool, &group.id).await?;
    all.retain(|paper| reads || paper.published);
    Ok(all.iter().map(|paper| paper_shown(reader, paper, &languages, names, reads)).collect())
}

pub fn paper_shown(
    reader: &Reader,
    paper: &Paper,
    languages: &[(i64, String)],
    names: &BTreeMap<i64, String>,
    reads: bool,
) -> Value {
    let languages: Vec<&str> =
        languages.iter().filter(|(id, _)| *id == paper.id).map(|(_, tag)| tag.as_str()).collect();
    context! {
        href => format!("/papers/{}", paper.id), title => paper.title.clone(), item => paper.item,
        kind => reader.say(&format!("paper-{}", paper.kind)), languages => languages.join(", "),
        by => if reads { names.get(&paper.made_by).cloned() } else { None },
        day => day::of(paper.made_at), published => paper.published,
    }
}

/// Whether somebody may add a paper of this kind: notes are speech, the rest are proposals.
pub fn speaks(place: &Place, kind: &str) -> bool {
    place.runs() || place.may(if kind == "note" { "speak" } else { "propose" })
}

/// Adds a paper with its first version.
pub async fn add_paper(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (_, place) = place(&site, &id, &who).await?;
    let kind = one_of(&fields, "kind", &papers::KINDS)?;
    if !speaks(&place, &kind) {
        return Err(Refusal::forbidden(if place.reads() { "speaks-not" } else { "group-closed" }));
    }
    let (meeting, item) = paper_belongs(&site, &id, &fields).await?;
    let now = site.now();
    let title: String = needed(&fields, "title")?.chars().take(300).collect();
    let paper = Paper {
        id: 0,
        group: id.clone(),
        meeting,
        item,
        kind,
        title,
        published: false,
        made_by: who.person,
        made_at: now,
    };
    let version = version(&site, &fields, &who)?;
    let mut change = audit::begin(&site.storage).await?;
    let by = place.by(&who);
    let paper = papers::add(&mut change, &paper, &by, now).await?;
    papers::add_version(&mut change, paper, &version, &by, now).await?;
    change.commit().await?;
    Ok(see_other(&format!("/papers/{paper}")))
}

/// The meeting and item of a paper, both of this group.
async fn paper_belongs(site: &Site, group: &str, fields: &Fields) -> Result<(i64, i64), Refusal> {
    let number = |name| match fields.one(name) {
        "" => Ok(0),
        text => text.parse::<i64>().map_err(|_| Refusal::not_found("no-item", text)),
    };
    let (meeting, item) = (number("meeting")?, number("item")?);
    if meeting == 0 {
        return Ok((0, 0));
    }
    let found = meetings::find(&site.storage.pool, meeting).await?;
    let agenda = meetings::agenda(&site.storage.pool, meeting).await?;
    if found.group != group || (item != 0 && agenda.iter().all(|known| known.id != item)) {
        return Err(Refusal::not_found("no-item", fields.one("item")));
    }
    Ok((meeting, item))
}

fn version(site: &Site, fields: &Fields, who: &Who) -> Result<Version, Refusal> {
    let language = fields.one("language");
    if site.languages.get(language).is_none() {
        return Err(Refusal::bad_input("no-choice", "language", language));
    }
    let file = fields.one("file");
    if !file.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') || file.len() > 80 {
        return Err(Refusal::bad_input("no-file-id", "file", file));
    }
    if fields.one("text").is_empty() == file.is_empty() {
        return Err(Refusal::bad_input("text-or-file", "text", ""));
    }
    Ok(Version {
        language: language.into(),
        number: 0,
        text: fields.one("text").into(),
        file: file.into(),
        made_by: who.person,
        made_at: site.now(),
    })
}

async fn found_paper(site: &Site, id: &str) -> Result<Paper, Refusal> {
    let number = id.parse().map_err(|_| Refusal::not_found("no-paper", id))?;
    let found = papers::find(&site.storage.pool, number).await?;
    found.ok_or_else(|| Refusal::not_found("no-paper", id))
}

/// A paper in the reader's language, or in another that it has; `?language=` and `?version=` choose.
pub async fn paper(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let paper = found_paper(&site, &id).await?;
    let group = groups::find(pool, &paper.group).await?;
    let today = day::of(site.now());
    let place = Place::of(pool, &group, who.as_ref(), &today).await?;
    if !paper.published {
        // Who has no account is asked to sign in; who has, is told that it is not for them.
        if who.is_none() {
            return Err(Refusal::sign_in("sign-in"));
        }
        place.must_read()?;
    }
    let versions = papers::versions(pool, paper.id).await?;
    let asked = |name: &str| reader.asked(name).pop().unwrap_or_default();
    let (language, number) = (asked("language"), asked("version").parse::<i64>().ok());
    // A paper that was published shows its newest versions only; earlier ones are the group's.
    let fits =
        |version: &&Version| number.is_none_or(|number| version.number == number && place.reads());
    let mut chosen = versions.iter().filter(fits);
    let own = reader.words.language.tag();
    let shown = chosen
        .clone()
        .find(|version| version.language == language)
        .or_else(|| chosen.clone().find(|version| version.language == own))
        .or_else(|| chosen.next());
    let shown = shown.ok_or_else(|| Refusal::not_found("no-paper-version", &asked("version")))?;
    let names = names(pool, &reader).await?;
    let list: Vec<Value> = versions
        .iter()
        .filter(|version| place.reads() || is_newest(&versions, version))
        .map(|version| {
            context! {
                href => format!("/papers/{id}?language={}&version={}", version.language, version.number),
                language => version.language.clone(), number => version.number,
                day => day::moment(version.made_at), here => std::ptr::eq(version, shown),
                by => if place.reads() { names.get(&version.made_by).cloned() } else { None },
            }
        })
        .collect();
    let name = group.name(is_french(&reader)).to_owned();
    let head = Head::titled(paper.title.clone())
        .under(reader.say("groups"), "/groups")
        .under(name, format!("/groups/{}", group.id));
    let values = context! {
        paper => value(&paper), kind => reader.say(&format!("paper-{}", paper.kind)), list,
        text => papers::to_html(&shown.text), file => shown.file.clone(), raw => shown.text.clone(),
        language => shown.language.clone(), number => shown.number, languages_known => known_languages(&site),
        writes => speaks(&place, &paper.kind), runs => place.runs(),
    };
    let page = answer::page(&site, &reader, "members/paper.html", head, values)?;
    Ok(private(page, who.as_ref()))
}

fn is_newest(versions: &[Version], version: &Version) -> bool {
    versions.iter().all(|it| it.language != version.language || it.number <= version.number)
}

pub async fn add_version(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let paper = found_paper(&site, &id).await?;
    let (_, place) = place(&site, &paper.group, &who).await?;
    place.must_read()?;
    if !speaks(&place, &paper.kind) {
        return Err(Refusal::forbidden("speaks-not"));
    }
    let version = version(&site, &fields, &who)?;
    let mut change = audit::begin(&site.storage).await?;
    papers::add_version(&mut change, paper.id, &version, &place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/papers/{id}?language={}", version.language)))
}

/// Publishes a paper, or takes it back.
pub async fn publish(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let paper = found_paper(&site, &id).await?;
    let (_, place) = place(&site, &paper.group, &who).await?;
    place.must_run()?;
    let published = fields.one("published") == "yes";
    let mut change = audit::begin(&site.storage).await?;
    papers::publish(&mut change, paper.id, published, &place.by(&who), site.now()).await?;
    change.commit().await?;
    Ok(see_other(&format!("/papers/{id}")))
}
