//! Paper: the questionnaire as PDF, and the desk at which sheets are keyed in: the list of sheets, one sheet on
//! one page, and what two clerks typed differently.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::access::{SignedIn, see_other};
use base::answer;
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site, Who};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use minijinja::context;
use serde::Serialize;
use serde_json::json;
use xlsform::fill::Start;

use super::MAY_ASK;
use super::fill::left_open;
use super::rounds::found;
use crate::compiled::{Compiled, name_of, tag_of};
use crate::filling::sheet::{id_of, plain};
use crate::instrument::{self, Version};
use crate::paper::entry::{self, Entry, State as Stand};
use crate::paper::keyed::{self, Keyed, Line};
use crate::paper::{self, Wanted};
use crate::record::{self, Arrival, Taken};
use crate::round::{self, Round, Stage};
use crate::{anonymous, day, identity, secret};

/// A version as paper: `paper.pdf?in=ro&copies=5`.
pub async fn of_version(
    site: &Site,
    reader: &Reader,
    version: &Version,
    round: Option<&Round>,
) -> Result<Response, Refusal> {
    let typeset = site.equipment.typeset.ok_or(Refusal::unavailable("no-typesetter"))?;
    let compiled = instrument::ready(&site.storage.pool, version).await?;
    let asked = reader.asked("in").pop().filter(|it| !it.is_empty());
    let tag = reader.words.language.tag();
    let language = match &asked {
        Some(asked) => paper::language_of(&compiled, Some(asked))
            .map_err(|_| Refusal::bad_input("no-form-language", "in", asked))?,
        None => paper::language_of(&compiled, Some(tag))
            .or_else(|_| paper::language_of(&compiled, None))?,
    };
    let copies = reader.asked("copies").pop().and_then(|it| it.parse().ok());
    let title = round.map_or(&version.title, |round| &round.title);
    let wanted = Wanted {
        compiled: &compiled,
        language: &language,
        title,
        kicker: if round.is_some_and(|it| it.title != version.title) { &version.title } else { "" },
        version: &version.version,
        code: &paper::code(&version.hash),
        anonymous: round.is_none_or(|round| round.anonymous),
        copies: copies.unwrap_or(paper::COPIES),
        day: &day::of(version.made_at),
    };
    let sheet = paper::sheet(&wanted)?;
    let set = move || typeset(&sheet);
    // Setting type is work for a core; the pages must go on meanwhile.
    let bytes = tokio::task::spawn_blocking(set).await.map_err(Refusal::broken)?;
    let bytes = bytes.map_err(|error| {
        // A sign that no font of the house has: said to the operator, and no hole is printed.
        tracing::warn!(%error, instrument = version.instrument, "a form cannot be printed");
        Refusal::unavailable("paper-not-set")
    })?;
    let name = format!("{}-{}.pdf", version.instrument, tag_of(&language));
    Ok(answer::file(bytes, "application/pdf", &name))
}

async fn version_of(site: &Site, round: &Round) -> Result<Version, Refusal> {
    let version = instrument::version(&site.storage.pool, &round.instrument, round.number).await?;
    version.ok_or_else(|| Refusal::not_found("no-instrument", &round.instrument))
}

/// `/rounds/{id}/paper.pdf?in=ro&copies=5`
pub async fn print(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let version = version_of(&site, &round).await?;
    of_version(&site, &reader, &version, Some(&round)).await
}

/// `/rounds/{id}/paper`: print, key in, and where every sheet stands.
pub async fn desk(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    desk_page(&site, &reader, &who, &round, None, &Fields::default()).await
}

async fn desk_page(
    site: &Site,
    reader: &Reader,
    who: &Who,
    round: &Round,
    fault: Option<&str>,
    fields: &Fields,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let version = version_of(site, round).await?;
    let compiled = instrument::ready(pool, &version).await?;
    let sheets = entry::sheets(pool, &round.id).await?;
    let entries = entry::of_round(pool, &round.id).await?;
    let count = |state: Stand| sheets.iter().filter(|it| it.state == state).count();
    let chosen = Some(fields.one("language")).filter(|it| !it.is_empty()).map(str::to_owned);
    let chosen = chosen.or_else(|| reader.asked("in").pop());
    let form_languages: Vec<_> = compiled
        .languages()
        .into_iter()
        .map(|it| (chosen.as_ref() == Some(&it), name_of(&it).to_owned(), it))
        .collect();
    let people: Vec<_> = match round.shared.is_empty() && !round.anonymous {
        true => round::respondents(pool, &round.id)
            .await?
            .into_iter()
            .map(|it| (it.number, it.name))
            .collect(),
        false => Vec::new(),
    };
    let done = reader.asked("done").pop();
    let number = Some(fields.one("sheet").to_owned()).filter(|it| !it.is_empty());
    let number = number.or_else(|| done.as_deref().and_then(entry::next)).unwrap_or_default();
    let batch: usize = reader.asked("batch").pop().and_then(|it| it.parse().ok()).unwrap_or(0);
    let table = sheets_table(reader, round, &sheets, &entries, &who.id());
    let head = Head::titled(reader.say("paper-desk"))
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    let values = context! {
        id => round.id.clone(), code => paper::code(&version.hash), form_languages, people, number,
        batch, done, fault, anonymous => round.anonymous, empty => sheets.is_empty(),
        open => round.stage(&day::of(site.now())) == Stage::Open,
        once => count(Stand::Once), differs => count(Stand::Differs), taken => count(Stand::Taken),
        begun => count(Stand::Begun), copies => paper::COPIES, may_ask => MAY_ASK.admits(Some(who)),
        view => value(table.view(reader)), code_typed => fields.one("code"),
    };
    let mut page = answer::page(site, reader, "instruments/paper.html", head, values)?;
    if fault.is_some() {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

fn sheets_table(
    reader: &Reader,
    round: &Round,
    sheets: &[entry::Sheet],
    entries: &BTreeMap<String, Vec<Entry>>,
    me: &str,
) -> Table {
    let rows = sheets.iter().map(|sheet| {
        let address = format!("/rounds/{}/paper/{}", round.id, sheet.number);
        let typed = entries.get(&sheet.number).map_or(&[][..], Vec::as_slice);
        let mine = typed.iter().any(|it| it.clerk == me);
        let number = Cell::text(sheet.number.clone());
        vec![
            match sheet.state {
                Stand::Taken => number,
                Stand::Differs => number.href(format!("{address}/differences")),
                _ => number.href(address),
            },
            Cell::text(reader.say(&format!("sheet-{}", sheet.state.word()))),
            if mine {
                Cell::text(reader.say("sheet-mine"))
            } else {
                Cell::missing(reader.say("sheet-not-mine"))
            },
        ]
    });
    Table {
        id: format!("{}-sheets", round.id),
        caption: reader.say("sheets"),
        columns: vec![
            Column::text("sheet", reader.say("sheet")),
            Column::text("state", reader.say("sheet-state")),
            Column::text("mine", reader.say("sheet-clerk")),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// `/rounds/{id}/paper.csv` and its like: where every sheet stands.
pub async fn file(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let round = found(&site, &id).await?;
    let pool = &site.storage.pool;
    let sheets = entry::sheets(pool, &round.id).await?;
    let entries = entry::of_round(pool, &round.id).await?;
    let table = sheets_table(&reader, &round, &sheets, &entries, &who.id());
    answer::table(table, &reader, answer::Form::of(&format!("x.{form}")).1)
}

fn only_open(site: &Site, round: &Round) -> Result<(), Refusal> {
    match round.stage(&day::of(site.now())) {
        Stage::Open => Ok(()),
        Stage::Ahead => Err(Refusal::conflict("round-ahead")),
        Stage::Over | Stage::Closed => Err(Refusal::conflict("round-over")),
    }
}

/// Takes the number on a sheet and opens it; or takes all that were keyed once, as they are.
pub async fn begin(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let round = found(&site, &id).await?;
    only_open(&site, &round)?;
    let version = version_of(&site, &round).await?;
    if fields.one("go") == "take-once" {
        if !MAY_ASK.admits(Some(&who)) {
            return Err(Refusal::forbidden("forbidden"));
        }
        let compiled = instrument::ready(pool, &version).await?;
        let waiting = entry::sheets(pool, &round.id).await?;
        for sheet in waiting.into_iter().filter(|it| it.state == Stand::Once) {
            let entries = entry::of_sheet(pool, &round.id, &sheet.number).await?;
            let Some(first) = entries.first().filter(|_| entries.len() == 1) else { continue };
            let mut change = site.storage.change().await?;
            take(&site, &mut change, &round, &compiled, &sheet, Stand::Once, first).await?;
            change.commit().await?;
        }
        anonymous::tidy(&site.storage, &round).await;
        return Ok(see_other(&format!("/rounds/{}/paper", round.id)));
    }
    let again = async |fault| desk_page(&site, &reader, &who, &round, Some(fault), &fields).await;
    let code = fields.one("code");
    if !code.is_empty() && paper::code_typed(code) != paper::code(&version.hash) {
        return again("paper-other-version").await;
    }
    let Some(number) = entry::number_of(fields.one("sheet")) else {
        return again("paper-no-number").await;
    };
    let compiled = instrument::ready(pool, &version).await?;
    let languages = compiled.languages();
    let language =
        languages.iter().find(|it| *it == fields.one("language")).unwrap_or(&languages[0]);
    let mut respondent = 0;
    if round.shared.is_empty() && !round.anonymous {
        let people = round::respondents(pool, &round.id).await?;
        let chosen = people.iter().find(|it| it.number.to_string() == fields.one("respondent"));
        let known = entry::sheet(pool, &round.id, &number).await?;
        match (chosen, known) {
            (Some(chosen), _) => respondent = chosen.number,
            // The second clerk need not say again for whom it was filled in.
            (None, Some(known)) => respondent = known.respondent,
            (None, None) => return again("paper-no-respondent").await,
        }
    }
    entry::begin(&site.storage, &round.id, &number, language, respondent).await?;
    let batch: usize = fields.one("batch").parse().unwrap_or(0);
    Ok(see_other(&format!("/rounds/{}/paper/{number}?batch={batch}", round.id)))
}

/// A sheet that is open on the desk.
struct Open {
    round: Round,
    version: Version,
    compiled: Arc<Compiled>,
    sheet: entry::Sheet,
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

/// What the engine is given: in anonymous rounds no time finer than a day.
fn start_of(site: &Site, anonymous: bool, language: &str) -> Result<Start, Refusal> {
    let now = if anonymous { day::midnight(site.now()) } else { site.now() };
    Ok(Start {
        now: Timestamp::from_second(now).map_err(Refusal::broken)?,
        zone: TimeZone::UTC,
        seed: secret::seed()?,
        language: Some(language.to_owned()).filter(|it| it != "default"),
    })
}

async fn understood(
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
        form_lang => tag_of(&open.sheet.language), form_language => name_of(&open.sheet.language),
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

/// Holds the two entries of a sheet against each other: what is the same is taken.
async fn compare(site: &Site, open: &Open) -> Result<(), Refusal> {
    let entries = entry::of_sheet(&site.storage.pool, &open.round.id, &open.sheet.number).await?;
    let [first, second] = entries.as_slice() else { return Ok(()) };
    let mut change = site.storage.change().await?;
    if entry::differences(first, second).is_empty() {
        let mut agreed = first.clone();
        agreed.marked.extend(second.marked.iter().cloned());
        take(site, &mut change, &open.round, &open.compiled, &open.sheet, Stand::Once, &agreed)
            .await?;
    } else {
        let (round, number) = (&open.round.id, &open.sheet.number);
        entry::set(&mut change, round, number, Stand::Once, Stand::Differs, "").await?;
    }
    change.commit().await?;
    anonymous::tidy(&site.storage, &open.round).await;
    Ok(())
}

/// Makes a record of what a sheet says, within a change.
async fn take(
    site: &Site,
    change: &mut base::storage::Transaction,
    round: &Round,
    compiled: &Arc<Compiled>,
    sheet: &entry::Sheet,
    from: Stand,
    agreed: &Entry,
) -> Result<(), Refusal> {
    let keyed = understood(site, round, compiled, sheet, agreed, BTreeMap::new()).await?;
    let now = site.now();
    let record = paper::of_paper(&keyed.filling.submission())?;
    if round.anonymous {
        let record = anonymous::strip(compiled, &record)?;
        let engine = site.storage.engine;
        if !entry::set(change, &round.id, &sheet.number, from, Stand::Taken, "").await? {
            return Err(Refusal::conflict("sheet-taken"));
        }
        anonymous::take(change, engine, &round.id, &record, &day::of(now)).await?;
        return Ok(());
    }
    let identity = identity::of(&record)?;
    if !entry::set(change, &round.id, &sheet.number, from, Stand::Taken, &identity.instance).await?
    {
        return Err(Refusal::conflict("sheet-taken"));
    }
    let mut violations = left_open(&keyed.filling);
    let words = crate::filling::words::of("en");
    violations.extend(
        keyed.remarks.into_iter().map(|(path, typed)| {
            (path, words.say_with("paper-stands", &[("typed", typed.into())]))
        }),
    );
    let arrival = Arrival {
        round: &round.id,
        instance: &identity.instance,
        deprecates: "",
        xml: &record,
        respondent: sheet.respondent,
        device: 0,
        violations: &violations,
    };
    match record::take(change, &arrival, now).await? {
        Taken::New | Taken::Again => Ok(()),
        _ => Err(Refusal::conflict("record-conflict")),
    }
}

/// A difference, for the template.
#[derive(Serialize)]
struct Difference {
    number: usize,
    name: String,
    id: String,
    label: String,
    first: String,
    second: String,
    /// The same in words, where they are choices.
    first_words: String,
    second_words: String,
    chosen: String,
    other: String,
}

/// `/rounds/{id}/paper/{sheet}/differences`: what two clerks typed differently, to be settled with the sheet in hand.
pub async fn differences(
    State(site): State<App>,
    reader: Reader,
    SignedIn(_): SignedIn,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    differences_page(&site, &reader, &id, &number, &Fields::default(), false).await
}

async fn differences_page(
    site: &Site,
    reader: &Reader,
    id: &str,
    number: &str,
    fields: &Fields,
    fault: bool,
) -> Result<Response, Refusal> {
    let (round, compiled, sheet, first, second) = differing(site, id, number).await?;
    let one = understood(site, &round, &compiled, &sheet, &first, BTreeMap::new()).await?;
    let two = understood(site, &round, &compiled, &sheet, &second, BTreeMap::new()).await?;
    let numbers: BTreeMap<Vec<String>, usize> =
        paper::numbered(&compiled).into_iter().map(|it| (it.path, it.number)).collect();
    let found = entry::differences(&first, &second).into_iter().map(|(path, first, second)| {
        let of = |keyed: &Keyed| {
            let node = keyed.filling.find(&path)?;
            let label = plain(&keyed.filling.label(node).unwrap_or_default());
            let names: Vec<String> = path
                .split('/')
                .filter(|it| !it.is_empty())
                .map(|it| it.split('[').next().unwrap_or_default().to_owned())
                .collect();
            Some((label, names))
        };
        let (label, names) = of(&one).or_else(|| of(&two)).unwrap_or_default();
        let choices = keyed::printed(&compiled, &one.filling, &sheet.language, &names);
        let in_words = |typed: &str| {
            let keys = typed.split_whitespace().filter_map(|it| it.parse::<usize>().ok());
            let labels =
                keys.filter_map(|it| choices.get(it.checked_sub(1)?)).map(|it| it.1.clone());
            labels.collect::<Vec<_>>().join("; ")
        };
        Difference {
            number: numbers.get(&names).copied().unwrap_or_default(),
            id: id_of(&path),
            label,
            first_words: in_words(&first),
            second_words: in_words(&second),
            first,
            second,
            chosen: fields.one(&path).to_owned(),
            other: fields.one(&format!("{path} other")).to_owned(),
            name: path,
        }
    });
    let found: Vec<Difference> = found.collect();
    let title = reader.words.say_with("key-differences-title", &[("sheet", number.into())]);
    let head = Head::titled(title)
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id))
        .under(reader.say("paper-desk"), format!("/rounds/{}/paper", round.id));
    let values = context! {
        action => format!("/rounds/{}/paper/{number}/differences", round.id),
        count => found.len(), found => value(found), fault, form_lang => tag_of(&sheet.language),
    };
    let mut page = answer::page(site, reader, "instruments/key-differences.html", head, values)?;
    if fault {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(page)
}

type Differing = (Round, Arc<Compiled>, entry::Sheet, Entry, Entry);

async fn differing(site: &Site, id: &str, number: &str) -> Result<Differing, Refusal> {
    let pool = &site.storage.pool;
    let round = found(site, id).await?;
    only_open(site, &round)?;
    let sheet = entry::sheet(pool, &round.id, number).await?;
    let sheet = sheet.ok_or_else(|| Refusal::not_found("no-sheet", number))?;
    if sheet.state != Stand::Differs {
        return Err(Refusal::conflict("sheet-settled"));
    }
    let entries = entry::of_sheet(pool, &round.id, number).await?;
    let [first, second] =
        <[Entry; 2]>::try_from(entries).map_err(|_| Refusal::conflict("sheet-settled"))?;
    let version = version_of(site, &round).await?;
    let compiled = instrument::ready(pool, &version).await?;
    Ok((round, compiled, sheet, first, second))
}

/// Takes the sheet as it was settled: for each difference the first, the second, or what is typed now.
pub async fn settle(
    State(site): State<App>,
    reader: Reader,
    SignedIn(_): SignedIn,
    Path((id, number)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (round, compiled, sheet, first, second) = differing(&site, &id, &number).await?;
    let mut agreed = first.clone();
    agreed.marked.extend(second.marked.iter().cloned());
    for (path, one, two) in entry::differences(&first, &second) {
        let settled = match fields.one(&path) {
            "first" => one,
            "second" => two,
            "other" => fields.one(&format!("{path} other")).to_owned(),
            _ => return differences_page(&site, &reader, &id, &number, &fields, true).await,
        };
        agreed.typed.insert(path, settled);
    }
    // What fits nowhere was looked at twice and settled: it stands so on the paper.
    let keyed = understood(&site, &round, &compiled, &sheet, &agreed, BTreeMap::new()).await?;
    agreed.marked.extend(keyed.faults.into_iter().map(|it| it.reference));
    let mut change = site.storage.change().await?;
    take(&site, &mut change, &round, &compiled, &sheet, Stand::Differs, &agreed).await?;
    change.commit().await?;
    anonymous::tidy(&site.storage, &round).await;
    Ok(see_other(&format!("/rounds/{}/paper?done={number}", round.id)))
}
