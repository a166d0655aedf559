//! The library: every instrument with its versions, questions and languages; uploads with their problems
//! shown where they are; what changed from version to version.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{Asker, SignedIn, see_other};
use base::answer::{self, Form};
use base::language::Arg;
use base::page::{Head, value};
use base::table::{Cell, Column, Table};
use base::{App, Fields, Reader, Refusal, Site, Who};
use minijinja::context;
use serde::Serialize;
use xlsform::fill::Remark;
use xlsform::{Problem, Unworded};

use super::{ASKS, fill, may_ask};
use crate::compiled::{Compiled, label, language_for, name_of, tag_of};
use crate::data::{self, Design};
use crate::difference::{self, Change};
use crate::instrument::{self, Instrument, Saved, Status, Upload, Version};
use crate::round::Round;
use crate::{day, multipart, shipped};

/// Bytes of a workbook with its lists and pictures.
const MOST: u64 = 40 << 20;

pub async fn list(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    list_page(&site, &reader, who.as_ref(), &[], "", StatusCode::OK).await
}

async fn list_page(
    site: &Site,
    reader: &Reader,
    who: Option<&Who>,
    problems: &[Problem],
    file_name: &str,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let table = list_table(site, reader, who).await?;
    let empty = table.rows.is_empty();
    let problems: Vec<Shown> = problems.iter().map(Shown::of).collect();
    let head = Head::titled(reader.say("instruments")).about(reader.say("instruments-lead"));
    let values = context! {
        view => value(table.view(reader)), empty, may_ask => may_ask(who),
        problems => value(problems), file_name,
    };
    let mut page = answer::page(site, reader, "instruments/instruments.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

/// A problem of a workbook, by its place.
#[derive(Serialize)]
struct Shown {
    sheet: String,
    row: String,
    column: String,
    message: String,
    error: bool,
}

impl Shown {
    fn of(problem: &Problem) -> Shown {
        Shown {
            sheet: problem.sheet.clone().unwrap_or_default(),
            row: problem.row.map(|row| row.to_string()).unwrap_or_default(),
            column: problem.column.clone().unwrap_or_default(),
            message: problem.message.clone(),
            error: problem.is_error(),
        }
    }
}

pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader, who.as_ref()).await?;
    answer::table(table, &reader, Form::of(&format!("x.{form}")).1)
}

async fn list_table(site: &Site, reader: &Reader, who: Option<&Who>) -> Result<Table, Refusal> {
    let pool = &site.storage.pool;
    let mut rows = Vec::new();
    for it in instrument::all(pool).await? {
        if it.status == Status::Draft && !may_ask(who) {
            continue;
        }
        let Some(latest) = instrument::versions(pool, &it.id).await?.into_iter().next() else {
            continue;
        };
        let (names, drafts) = marked(reader, &it.id, &latest.languages);
        let languages = match drafts {
            Drafts::All => {
                reader.words.say_with("language-drafts", &[("names", names.join(", ").into())])
            }
            _ => names.join(", "),
        };
        rows.push(vec![
            Cell::text(it.title.clone()).href(format!("/instruments/{}", it.id)),
            Cell::text(reader.say(&format!("status-{}", it.status.word()))),
            Cell::number(latest.questions as f64, latest.questions.to_string()),
            Cell::text(languages),
            Cell::number(latest.number as f64, latest.number.to_string()),
            Cell::text(day::of(latest.made_at)),
        ]);
    }
    Ok(Table {
        id: "instruments".into(),
        caption: reader.say("instruments"),
        columns: vec![
            Column::text("title", reader.say("instrument")),
            Column::text("status", reader.say("instrument-status")),
            Column::number("questions", reader.say("instrument-questions")),
            Column::text("languages", reader.say("instrument-languages")),
            Column::number("version", reader.say("instrument-version")),
            Column::text("day", reader.say("instrument-day")),
        ],
        rows,
        ..Table::default()
    })
}

/// Takes a workbook. Problems are shown on the same page, each at its place; nothing is kept of a
/// workbook that makes no form, since its author has it.
pub async fn upload(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    request: Request,
) -> Result<Response, Refusal> {
    let sent = multipart::small(request, MOST).await?;
    let (mut workbooks, files): (Vec<_>, Vec<_>) =
        sent.into_iter().partition(|(field, _, _)| field == "workbook");
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Some((_, file_name, bytes)) = workbooks.pop() else {
        let problem = Problem::error(reader.say("upload-none"));
        return list_page(&site, &reader, Some(&who), &[problem], "", refused).await;
    };
    let upload = Upload {
        file_name: &file_name,
        bytes: &bytes,
        files: files.into_iter().map(|(_, name, bytes)| (name, bytes)).collect(),
        shipped: false,
    };
    let by = who.by(who.holds_over(&ASKS, &[]));
    match instrument::save(&site.storage, upload, &by, site.now()).await? {
        Saved::Refused(problems) => {
            list_page(&site, &reader, Some(&who), &problems, &file_name, refused).await
        }
        Saved::New { id, .. } => Ok(see_other(&format!("/instruments/{id}?said=new"))),
        Saved::Same { id, .. } => Ok(see_other(&format!("/instruments/{id}?said=same"))),
    }
}

/// The instrument, unless it is a draft and somebody else asks.
async fn found(site: &Site, id: &str, who: Option<&Who>) -> Result<Instrument, Refusal> {
    let it = instrument::find(&site.storage.pool, id).await?;
    let it = it.filter(|it| it.status != Status::Draft || may_ask(who));
    it.ok_or_else(|| Refusal::not_found("no-instrument", id))
}

async fn version(site: &Site, id: &str, number: &str) -> Result<Version, Refusal> {
    let missing = || Refusal::not_found("no-version", number);
    let number = number.parse().map_err(|_| missing())?;
    instrument::version(&site.storage.pool, id, number).await?.ok_or_else(missing)
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    let (id, form) = Form::of(&name);
    let it = found(&site, id, who.as_ref()).await?;
    let versions = instrument::versions(pool, id).await?;
    let latest = versions.first().ok_or_else(|| Refusal::not_found("no-instrument", id))?;
    let compiled = instrument::ready(pool, latest).await?;
    let language = language_for(&compiled.languages(), reader.words.language.tag()).cloned();
    let questions = questions_table(&reader, &compiled, language.as_deref().unwrap_or(""));
    if form != Form::Page {
        return answer::table(questions, &reader, form);
    }
    let compared = compared(&site, &reader, &versions).await?;
    let rows: Vec<_> = versions
        .iter()
        .map(|it| {
            (it.number, it.version.clone(), day::of(it.made_at), it.questions, it.file_name.clone())
        })
        .collect();
    let statuses: Vec<_> = Status::ALL
        .iter()
        .map(|(status, word)| (*word, reader.say(&format!("status-{word}")), *status == it.status))
        .collect();
    let (tongues, drafts) = marked(&reader, id, &latest.languages);
    let remarks = if may_ask(who.as_ref()) { latest.remarks.clone() } else { Vec::new() };
    let notices = if may_ask(who.as_ref()) { notices(&reader, &compiled) } else { Vec::new() };
    let head = Head::titled(it.title.clone()).under(reader.say("instruments"), "/instruments");
    let values = context! {
        id, shipped => it.shipped, status => reader.say(&format!("status-{}", it.status.word())),
        statuses, tongues, some_drafts => drafts == Drafts::Some, count => latest.questions, versions => rows,
        number => latest.number, view => value(questions.view(&reader)),
        compared, remarks, notices, may_ask => may_ask(who.as_ref()),
        published => it.status == Status::Published, today => day::of(site.now()),
        said => reader.asked("said").pop().filter(|it| ["new", "same"].contains(&it.as_str())),
    };
    answer::page(&site, &reader, "instruments/instrument.html", head, values)
}

/// What the engine noticed of a form that can be asked all the same: files and lists that are missing, labels that
/// one of its languages lacks.
fn notices(reader: &Reader, compiled: &Compiled) -> Vec<String> {
    let say = |key: &str, args: &[(&str, Arg)]| reader.words.say_with(key, args);
    let text = |text: &str| Arg::Text(text.to_owned());
    let remarks = compiled.xform.remarks().iter().map(|remark| match remark {
        Remark::NoFile { file, list } => {
            say("notice-no-file", &[("file", text(file)), ("list", text(list))])
        }
        Remark::NoList { list } => say("notice-no-list", &[("list", text(list))]),
    });
    let mut found: Vec<String> = remarks.collect();
    for lacks in compiled.form.unworded() {
        for (key, names) in [
            ("notice-unworded-questions", &lacks.questions),
            ("notice-unworded-choices", &lacks.choices),
        ] {
            if !names.is_empty() {
                let args = [
                    ("count", names.len().into()),
                    ("language", text(name_of(&lacks.language))),
                    ("names", text(&Unworded::some(names))),
                ];
                found.push(say(key, &args));
            }
        }
    }
    found
}

/// How many of a questionnaire's languages nobody has checked yet.
#[derive(PartialEq)]
enum Drafts {
    None,
    Some,
    All,
}

/// The languages of a questionnaire by name. Where some are drafts, those are marked; where all are, no name is.
fn marked(reader: &Reader, id: &str, languages: &[String]) -> (Vec<String>, Drafts) {
    let is_draft = |it: &String| shipped::is_draft(id, tag_of(it));
    let drafts = match languages.iter().filter(|it| is_draft(it)).count() {
        0 => Drafts::None,
        all if all == languages.len() => Drafts::All,
        _ => Drafts::Some,
    };
    let name = |it: &String| match drafts == Drafts::Some && is_draft(it) {
        true => format!("{} ({})", name_of(it), reader.say("language-draft")),
        false => name_of(it).to_owned(),
    };
    (languages.iter().map(name).collect(), drafts)
}

/// Whether a path is of what a form says of itself, and not of what it asks.
fn is_meta(path: &str) -> bool {
    path.split('/').any(|it| it == "meta")
}

fn questions_table(reader: &Reader, compiled: &Compiled, language: &str) -> Table {
    let rows = compiled.form.questions().iter().filter(|it| !is_meta(&it.path)).map(|it| {
        let list = it.list.as_ref().and_then(|list| compiled.lists.get(list));
        let choices: Vec<&str> =
            list.into_iter().flatten().filter_map(|item| label(&item.labels, language)).collect();
        vec![
            Cell::text(it.name.clone()),
            Cell::text(label(&it.labels, language).unwrap_or("").replace("**", "")),
            Cell::text(it.type_name.clone()),
            Cell::text(choices.join("; ")),
        ]
    });
    Table {
        id: format!("{}-questions", compiled.form.id()),
        caption: reader.say("instrument-questions"),
        columns: vec![
            Column::text("name", reader.say("question-name")),
            Column::text("label", reader.say("question")),
            Column::text("type", reader.say("question-type")),
            Column::text("choices", reader.say("question-choices")),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// What changed between two versions, in words: those asked for, else the last two.
async fn compared(
    site: &Site,
    reader: &Reader,
    versions: &[Version],
) -> Result<Option<minijinja::Value>, Refusal> {
    if versions.len() < 2 {
        return Ok(None);
    }
    let asked = |name: &str, default: i64| {
        let asked = reader.asked(name).pop().and_then(|it| it.parse().ok()).unwrap_or(default);
        versions.iter().find(|it| it.number == asked)
    };
    let (Some(from), Some(to)) =
        (asked("from", versions[1].number), asked("to", versions[0].number))
    else {
        return Ok(None);
    };
    let pool = &site.storage.pool;
    let before = instrument::ready(pool, from).await?;
    let after = instrument::ready(pool, to).await?;
    let changes: Vec<String> =
        difference::between(&before, &after).iter().map(|it| in_words(reader, it)).collect();
    Ok(Some(context! { from => from.number, to => to.number, changes }))
}

fn in_words(reader: &Reader, change: &Change) -> String {
    let say = |key: &str, args: &[(&str, &str)]| {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, (*text).into())).collect();
        reader.words.say_with(key, &args)
    };
    match change {
        Change::Added { name, label } => say("change-added", &[("name", name), ("label", label)]),
        Change::Removed { name, label } => {
            say("change-removed", &[("name", name), ("label", label)])
        }
        Change::Kind { name, before, after } => {
            say("change-kind", &[("name", name), ("before", before), ("after", after)])
        }
        Change::Words { name, language, before, after } => say(
            "change-words",
            &[
                ("name", name),
                ("language", name_of(language)),
                ("before", before),
                ("after", after),
            ],
        ),
        Change::Moved { name } => say("change-moved", &[("name", name)]),
        Change::ChoiceAdded { list, value } => {
            say("change-choice-added", &[("list", list), ("value", value)])
        }
        Change::ChoiceRemoved { list, value } => {
            say("change-choice-removed", &[("list", list), ("value", value)])
        }
        Change::ChoiceWords { list, value, language, before, after } => say(
            "change-choice-words",
            &[
                ("list", list),
                ("value", value),
                ("language", name_of(language)),
                ("before", before),
                ("after", after),
            ],
        ),
        Change::ListAdded { list } => say("change-list-added", &[("list", list)]),
        Change::ListRemoved { list } => say("change-list-removed", &[("list", list)]),
        Change::Hint { name, language, before, after } => say(
            "change-hint",
            &[
                ("name", name),
                ("language", name_of(language)),
                ("before", before),
                ("after", after),
            ],
        ),
        Change::Rule { name, rule, before, after } => {
            let rule = reader.say(&format!("change-rule-{rule}"));
            let key = match (before.is_empty(), after.is_empty()) {
                (true, _) => "change-rule-new",
                (_, true) => "change-rule-gone",
                _ => "change-rule",
            };
            say(key, &[("name", name), ("rule", &rule), ("before", before), ("after", after)])
        }
        Change::LanguageAdded { language } => {
            say("change-language-added", &[("language", name_of(language))])
        }
        Change::LanguageRemoved { language } => {
            say("change-language-removed", &[("language", name_of(language))])
        }
    }
}

pub async fn set_status(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let word = fields.one("status");
    let status =
        Status::named(word).ok_or_else(|| Refusal::bad_input("no-status", "status", word))?;
    let by = who.by(who.holds_over(&ASKS, &[]));
    if !instrument::set_status(&site.storage, &id, status, &by, site.now()).await? {
        return Err(Refusal::not_found("no-instrument", &id));
    }
    site.changed();
    Ok(see_other(&format!("/instruments/{id}")))
}

/// Begins a trial: the form as respondents see it, of which nothing is kept in the end.
pub async fn trial(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    found(&site, &id, who.as_ref()).await?;
    let version = version(&site, &id, fields.one("version")).await?;
    fill::begin_trial(&site, &reader, &version).await
}

/// What can be fetched of a version: `form.xml`, `workbook`, `codebook.csv`, `codebook.xml`.
pub async fn download(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path((id, number, file)): Path<(String, String, String)>,
) -> Result<Response, Refusal> {
    let pool = &site.storage.pool;
    found(&site, &id, who.as_ref()).await?;
    let version = version(&site, &id, &number).await?;
    let missing = || Refusal::not_found("no-form", &file);
    match file.as_str() {
        "paper.pdf" => super::paper::of_version(&site, &reader, &version, None).await,
        "form.xml" => {
            let sources = instrument::sources(pool, &id, version.number).await?;
            let xform = sources.ok_or_else(missing)?.xform.into_bytes();
            Ok(answer::file(xform, "text/xml; charset=utf-8", &format!("{id}.xml")))
        }
        "workbook" => {
            let sources = instrument::sources(pool, &id, version.number).await?;
            let workbook = sources.ok_or_else(missing)?.workbook;
            Ok(answer::file(workbook, "application/octet-stream", &version.file_name))
        }
        "codebook.csv" | "codebook.xml" => {
            let compiled = instrument::ready(pool, &version).await?;
            let empty = empty(&version, &compiled);
            if file == "codebook.xml" {
                let text = data::codebook::ddi(&empty).into_bytes();
                return Ok(answer::file(text, "text/xml; charset=utf-8", &format!("{id}-{file}")));
            }
            let bytes = data::codebook::csv(&empty)?;
            Ok(answer::file(bytes, "text/csv; charset=utf-8", &format!("{id}-{file}")))
        }
        _ => Err(missing()),
    }
}

/// The columns that answers will have, before anybody answered.
fn empty(version: &Version, compiled: &Compiled) -> data::Data {
    data::Data {
        round: Round {
            id: version.instrument.clone(),
            title: version.title.clone(),
            instrument: version.instrument.clone(),
            number: version.number,
            anonymous: false,
            from_day: day::of(version.made_at),
            until_day: String::new(),
            shared: String::new(),
            made_at: version.made_at,
            closed_at: None,
        },
        design: Design { asked: None, answered: 0, anonymous: false },
        languages: compiled.languages(),
        tables: data::empty_tables(compiled, &[]),
        held_back: 0,
    }
}
