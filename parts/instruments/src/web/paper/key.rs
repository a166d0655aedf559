//! One sheet on one page: what a clerk types is kept at every step, and said back: skips, faults, one more copy.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::access::{SignedIn, see_other};
use base::answer;
use base::page::{Head, value};
use base::{App, Fields, Reader, Refusal, Site, Who};
use minijinja::context;
use serde::Serialize;
use serde_json::json;

use super::settle::compare;
use super::version_of;
use crate::compiled::{Compiled, lang_of, name_of};
use crate::filling::sheet::{id_of, plain};
use crate::instrument::{self, Version};
use crate::paper;
use crate::paper::entry::{self, Entry, State as Stand};
use crate::paper::keyed::{self, Keyed, Line};
use crate::round::Round;
use crate::web::fill::{only_open, start_of};
use crate::web::rounds::found;

/// A sheet that is open on the desk.
pub(super) struct Open {
    pub(super) round: Round,
    version: Version,
    pub(super) compiled: Arc<Compiled>,
    pub(super) sheet: entry::Sheet,
    entry: Entry,
    /// Whether this person typed it the first time, too.
    both: bool,
}

async fn open(
    site: &Site,
    who: &Who,
    id: &str,
    number: &str,
) -> Result<Result<Open, Response>, Refusal> {
    let pool = &site.storage.pool;
    let round = found(site, id).await?;
    only_open(site, &round)?;
    let sheet = entry::sheet(pool, &round.id, number).await?;
    let sheet = sheet.ok_or_else(|| Refusal::not_found("no-sheet", number))?;
    match sheet.state {
        Stand::Taken => return Err(Refusal::conflict("sheet-taken")),
        Stand::Differs => {
            let address = format!("/rounds/{}/paper/{number}/differences", round.id);
            return Ok(Err(see_other(&address)));
        }
        Stand::Begun | Stand::Once => {}
    }
    let entries = entry::of_sheet(pool, &round.id, number).await?;
    let me = who.id();
    let both = entries.iter().any(|it| it.done && it.clerk == me);
    let going = entries.iter().find(|it| !it.done);
    if going.is_some_and(|it| it.clerk != me) {
        return Err(Refusal::conflict("sheet-elsewhere"));
    }
    let pass = entries.iter().filter(|it| it.done).count() as i64 + 1;
    let entry = going.cloned().unwrap_or(Entry { pass, clerk: me, ..Entry::default() });
    let version = version_of(site, &round).await?;
    let compiled = instrument::ready(pool, &version).await?;
    Ok(Ok(Open { round, version, compiled, sheet, entry, both }))
}

/// A sheet as it is understood.
pub(super) async fn understood(
    site: &Site,
    round: &Round,
    compiled: &Arc<Compiled>,
    sheet: &entry::Sheet,
    entry: &Entry,
    copies: BTreeMap<String, usize>,
) -> Result<Keyed, Refusal> {
    let start = start_of(site, round.anonymous, &sheet.language)?;
    let (compiled, language) = (compiled.clone(), sheet.language.clone());
    let (typed, marked) = (entry.typed.clone(), entry.marked.clone());
    let work = move || keyed::fill(&compiled, &language, start, &typed, &marked, &copies);
    // A form of thousands of questions is work for a core; the pages must go on meanwhile.
    tokio::task::spawn_blocking(work).await.map_err(Refusal::broken)?.map_err(Refusal::broken)
}

/// `/rounds/{id}/paper/{sheet}`: the whole sheet on one page.
pub async fn key(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let open = match open(&site, &who, &id, &number).await? {
        Ok(open) => open,
        Err(elsewhere) => return Ok(elsewhere),
    };
    key_page(&site, &reader, &open, BTreeMap::new(), false).await
}

/// A row of the page, for the template.
#[derive(Default, Serialize)]
struct Row {
    is: &'static str,
    number: usize,
    name: String,
    id: String,
    label: String,
    level: usize,
    copy: usize,
    /// Of the last copy: the repeat to which one more may be added.
    more: String,
    choices: Vec<(usize, String)>,
    typed: String,
    skipped: bool,
    marked: bool,
    /// Whether other questions hang on this one.
    leads: bool,
    /// Whether one key is a whole answer, so that the cursor goes on by itself.
    single: bool,
    fault: String,
    hint: String,
}

async fn key_page(
    site: &Site,
    reader: &Reader,
    open: &Open,
    copies: BTreeMap<String, usize>,
    judged: bool,
) -> Result<Response, Refusal> {
    let keyed =
        understood(site, &open.round, &open.compiled, &open.sheet, &open.entry, copies).await?;
    let rows = rows(reader, open, &keyed, judged);
    let faults: Vec<(String, usize, String)> = rows
        .iter()
        .filter(|row| !row.fault.is_empty())
        .map(|row| (row.id.clone(), row.number, row.fault.clone()))
        .collect();
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = reader.words.say_with("key-title", &[("sheet", open.sheet.number.clone().into())]);
    let head = Head::titled(title)
        .under(reader.say("rounds"), "/rounds")
        .under(open.round.title.clone(), format!("/rounds/{}", open.round.id))
        .under(reader.say("paper-desk"), format!("/rounds/{}/paper", open.round.id));
    let batch: usize = reader.asked("batch").pop().and_then(|it| it.parse().ok()).unwrap_or(0);
    let values = context! {
        action => format!("/rounds/{}/paper/{}?batch={batch}", open.round.id, open.sheet.number),
        code => paper::code(&open.version.hash), sheet => open.sheet.number.clone(),
        rows => value(rows), faults, second => open.entry.pass > 1, both => open.both, batch,
        form_lang => lang_of(&open.sheet.language), form_language => name_of(&open.sheet.language),
    };
    let mut page = answer::page(site, reader, "instruments/key.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

fn rows(reader: &Reader, open: &Open, keyed: &Keyed, judged: bool) -> Vec<Row> {
    let compiled = &open.compiled;
    let numbers: BTreeMap<Vec<String>, usize> =
        paper::numbered(compiled).into_iter().map(|it| (it.path, it.number)).collect();
    let mut read: BTreeSet<Vec<String>> = BTreeSet::new();
    for it in compiled.xform.outline() {
        read.extend(compiled.xform.rules(it.path).reads);
    }
    let faults: BTreeMap<&str, &str> =
        keyed.faults.iter().map(|it| (it.reference.as_str(), it.message)).collect();
    let filling = &keyed.filling;
    let label = |node| plain(&filling.label(node).unwrap_or_default());
    let mut rows = Vec::new();
    for line in &keyed.lines {
        rows.push(match line {
            Line::Heading { node, level } => {
                let label = node.map(label).unwrap_or_default();
                if label.is_empty() {
                    continue;
                }
                Row { is: "heading", label, level: *level, ..Row::default() }
            }
            Line::Copy { reference, node, number, more } => Row {
                is: "copy",
                id: id_of(&filling.reference(*node)),
                label: label(*node),
                copy: *number,
                more: if *more { reference.clone() } else { String::new() },
                ..Row::default()
            },
            Line::File { node, path } => Row {
                is: "file",
                number: numbers.get(path).copied().unwrap_or_default(),
                label: label(*node),
                ..Row::default()
            },
            Line::Question(asked) => {
                let choices = match &*asked.question.control {
                    "select1" | "select" | "rank" => {
                        keyed::printed(compiled, filling, &open.sheet.language, &asked.path)
                    }
                    "trigger" => vec![(String::new(), reader.say("key-tick"))],
                    _ => Vec::new(),
                };
                let long = choices.len() > 60;
                let single = asked.question.control == "select1" && choices.len() < 10;
                let fault = faults.get(asked.reference.as_str()).filter(|_| judged);
                Row {
                    is: "question",
                    number: numbers.get(&asked.path).copied().unwrap_or_default(),
                    id: id_of(&asked.reference),
                    name: asked.reference.clone(),
                    label: label(asked.node),
                    choices: if long {
                        Vec::new()
                    } else {
                        choices.into_iter().enumerate().map(|(at, it)| (at + 1, it.1)).collect()
                    },
                    typed: open.entry.typed.get(&asked.reference).cloned().unwrap_or_default(),
                    skipped: asked.skipped,
                    marked: open.entry.marked.contains(&asked.reference),
                    leads: read.contains(&asked.path),
                    single,
                    fault: fault.map(|key| reader.say(key)).unwrap_or_default(),
                    hint: reader.say(
                        match (&*asked.question.control, &*asked.question.data_type) {
                            ("select", _) => "key-hint-several",
                            ("rank", _) => "key-hint-rank",
                            ("select1", _) if long => "key-hint-words",
                            ("select1" | "trigger", _) => "key-hint-one",
                            (_, "int" | "decimal") => "key-hint-number",
                            (_, "date") => "key-hint-day",
                            (_, "time") => "key-hint-time",
                            _ => "key-hint-words",
                        },
                    ),
                    ..Row::default()
                }
            }
        });
    }
    rows
}

/// Keeps what was typed; then says what is skipped now, adds a copy, or finishes the sheet.
pub async fn typed(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path((id, number)): Path<(String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    let mut open = match open(&site, &who, &id, &number).await? {
        Ok(open) => open,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let desk = format!("/rounds/{}/paper", open.round.id);
    let go = fields.one("go").to_owned();
    if go == "forget" {
        let mut change = site.storage.change().await?;
        if open.entry.pass == 1 {
            entry::forget(&mut change, &open.round.id, &number).await?;
        }
        change.commit().await?;
        return Ok(see_other(&desk));
    }
    open.entry.marked = fields.all("mark").into_iter().map(str::to_owned).collect();
    open.entry.typed = names(&fields)
        .into_iter()
        .map(|name| (name.clone(), fields.one(&name).to_owned()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for (name, count) in fields.all("copies").iter().filter_map(|it| it.split_once(' ')) {
        if let Ok(count) = count.parse::<usize>() {
            copies.insert(name.to_owned(), count.min(200));
        }
    }
    if let Some(repeat) = go.strip_prefix("more:") {
        *copies.entry(repeat.to_owned()).or_insert(1) += 1;
    }
    let done = go == "done";
    let keyed =
        understood(&site, &open.round, &open.compiled, &open.sheet, &open.entry, copies.clone())
            .await?;
    let finished = done && keyed.faults.is_empty();
    open.entry.done = finished;
    let mut change = site.storage.change().await?;
    entry::keep(&mut change, &open.round.id, &number, &open.entry).await?;
    if !finished {
        change.commit().await?;
        let wants = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
        if wants.contains("application/json") {
            let rows = rows(&reader, &open, &keyed, true);
            let asked = rows.iter().filter(|it| it.is == "question");
            let skipped: Vec<&str> =
                asked.clone().filter(|it| it.skipped).map(|it| it.id.as_str()).collect();
            let faults: BTreeMap<&str, &str> = asked
                .filter(|it| !it.fault.is_empty())
                .map(|it| (it.id.as_str(), it.fault.as_str()))
                .collect();
            let told = json!({ "skipped": skipped, "faults": faults });
            return Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(told)).into_response());
        }
        return key_page(&site, &reader, &open, copies, done).await;
    }
    if open.entry.pass == 1 {
        entry::set(&mut change, &open.round.id, &number, Stand::Begun, Stand::Once, "").await?;
        change.commit().await?;
    } else {
        change.commit().await?;
        compare(&site, &open).await?;
        let sheet = entry::sheet(&site.storage.pool, &open.round.id, &number).await?;
        if sheet.is_some_and(|it| it.state == Stand::Differs) {
            return Ok(see_other(&format!("{desk}/{number}/differences")));
        }
    }
    let batch: usize = reader.asked("batch").pop().and_then(|it| it.parse().ok()).unwrap_or(0);
    let language = url::form_urlencoded::byte_serialize(open.sheet.language.as_bytes());
    let language: String = language.collect();
    Ok(see_other(&format!("{desk}?done={number}&batch={}&in={language}", batch + 1)))
}

/// The questions of which a page sent something: it lists them in `q`.
fn names(fields: &Fields) -> Vec<String> {
    fields.all("q").into_iter().filter(|it| it.starts_with('/')).map(str::to_owned).collect()
}
