//! The register as people see it: published tables for anyone, those that wait for who answers for them.

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{Asker, SignedIn, see_other};
use base::answer::{self, Form};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Role, Table, Who};
use minijinja::context;

use super::ROLES;
use crate::register::{self, Weaker};
use crate::shown;
use crate::store::{self, Registered};
use crate::tabled::{self, Tabled};

pub async fn list(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader, works(&who)).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("statistics")).about(reader.say("statistics-lead"));
    let mut view = table.view(&reader);
    for (name, href) in &mut view.downloads {
        *href = format!("/statistics/tables.{}", name.to_lowercase());
    }
    let values = context! { view => value(view), empty, works => works(&who) };
    answer::page(&site, &reader, "statistics/tables.html", head, values)
}

pub async fn list_file(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader, works(&who)).await?;
    answer::table(table, &reader, Form::of(&format!("tables.{form}")).1)
}

fn works(who: &Option<Who>) -> bool {
    who.as_ref().is_some_and(|who| who.holds_over(ROLES, &[]).is_some())
}

async fn list_table(site: &App, reader: &Reader, works: bool) -> Result<Table, Refusal> {
    let words = &reader.words;
    let mut rows = Vec::new();
    for entry in store::tables(&site.storage.pool).await? {
        if entry.state != "published" && !works {
            continue;
        }
        let tabled = content(&entry)?;
        let withheld = tabled.cells.iter().filter(|cell| cell.figure.is_none()).count();
        rows.push(vec![
            Cell::text(tabled.title(words)).href(format!("/statistics/tables/{}", entry.id)),
            Cell::text(words.say(&format!("state-{}", entry.state))),
            Cell::number(tabled.cells.len() as f64, words.number(tabled.cells.len() as f64, 0)),
            Cell::number(withheld as f64, words.number(withheld as f64, 0)),
            Cell::text(shown::day(entry.made_at)),
            Cell::text(if tabled.synthetic { words.say("synthetic-short") } else { String::new() }),
        ]);
    }
    Ok(Table {
        id: "statistics".into(),
        caption: words.say("register-caption"),
        columns: vec![
            Column::text("table", words.say("register-table")),
            Column::text("state", words.say("register-state")),
            Column::number("cells", words.say("register-cells")),
            Column::number("withheld", words.say("register-withheld")),
            Column::text("day", words.say("register-day")),
            Column::text("mark", words.say("register-mark")),
        ],
        rows,
        note: None,
        sources: Vec::new(),
    })
}

fn content(entry: &Registered) -> Result<Tabled, Refusal> {
    serde_json::from_str(&entry.content).map_err(Refusal::broken)
}

/// What is out, or waits and may be seen by this person.
async fn seen(site: &App, who: &Option<Who>, id: &str) -> Result<Registered, Refusal> {
    let found = store::table_with(&site.storage.pool, id).await?;
    let open = |entry: &Registered| entry.state == "published" || works(who);
    found.filter(open).ok_or_else(|| Refusal::not_found("no-table", id))
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&name);
    let entry = seen(&site, &who, id).await?;
    let tabled = content(&entry)?;
    let words = &reader.words;
    let set = store::data_set_with(&site.storage.pool, &entry.data).await?;
    let title = set.map(|set| set.title).unwrap_or_default();
    match form {
        Form::Page => {}
        Form::Json => {
            return Ok(answer::json(
                &serde_json::json!({ "data": title, "released": shown::day(entry.made_at), "table": tabled }),
            ));
        }
        Form::Csv => {
            let bytes = tabled::csv(std::slice::from_ref(&tabled)).into_bytes();
            return Ok(answer::file(bytes, "text/csv; charset=utf-8", &format!("{id}.csv")));
        }
        Form::Pdf => {
            let day = shown::day(entry.decided_at.unwrap_or(entry.made_at));
            let document = shown::document(&site, words, &tabled, &title, id, &day);
            return answer::paper(&site, &reader, document, &format!("{id}.pdf")).await;
        }
        form => return answer::table(shown::table(words, &tabled, id), &reader, form),
    }
    let drawing = shown::drawing(words, &tabled, "figures", 720.0);
    let steward = who.as_ref().is_some_and(|who| {
        who.holds_over(&[Role::DataSteward], &[]).is_some() && who.id() != entry.made_by
    });
    let weaker: Option<Weaker> = serde_json::from_str(&entry.rules).ok();
    let at = format!("/statistics/tables/{id}");
    let lang = words.language.tag();
    let downloads: Vec<_> = ["csv", "xlsx", "json", "pdf"]
        .iter()
        .map(|form| (form.to_uppercase(), format!("{at}.{form}?lang={lang}")))
        .collect();
    let head = Head::titled(shown::finding(words, &tabled))
        .about(tabled.title(words))
        .under(reader.say("statistics"), "/statistics");
    let values = context! {
        id, title, state => entry.state.as_str(), day => shown::day(entry.made_at), drawing => value(&drawing), table => value(&drawing.table),
        notes => tabled.notes(words), subtitle => tabled.title(words), synthetic => tabled.synthetic, downloads, at,
        waits => entry.state == "waiting", may_decide => steward && entry.state == "waiting",
        least_n => weaker.map(|weaker| weaker.least_n), least_either => weaker.map(|weaker| weaker.least_either),
        reason => entry.reason, decision => entry.decision, works => works(&who),
    };
    answer::page(&site, &reader, "statistics/table.html", head, values)
}

pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let entry = seen(&site, &who, &id).await?;
    let tabled = content(&entry)?;
    let (chart, form) = Form::of(&name);
    if chart != "figures" {
        return Err(Refusal::not_found("no-table", chart));
    }
    let drawing = shown::drawing(&reader.words, &tabled, "figures", 760.0);
    answer::drawing(&site, &reader, &drawing, form, &format!("{id}-figures")).await
}

/// A data steward publishes or refuses what was asked for under weaker rules; the reason is kept.
pub async fn decide(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let entry = seen(&site, &Some(who.clone()), &id).await?;
    let (decision, reason) = (fields.one("decision"), fields.one("reason"));
    if reason.is_empty() || !["publish", "refuse"].contains(&decision) {
        return Err(Refusal::bad_input("decision", "reason", reason));
    }
    let by = who.by(Some(Role::DataSteward));
    register::decide(&site, &by, &entry, decision == "publish", reason).await?;
    Ok(see_other(&format!("/statistics/tables/{id}")))
}
