//! Safe files: a researcher chooses what leaves and how coarse and sees risk and loss before and after; a data steward decides; whoever
//! may take the file finds it with its codebook and with what was done to it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{Asker, SignedIn, see_other};
use base::answer;
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Role, Table, Who, Words, chance};
use minijinja::context;

use super::explorer::described;
use super::{ROLES, said, worked, works_with};
use crate::given_away::{self, Told};
use crate::indicator::Measure;
use crate::out::Out;
use crate::problem::Problem;
use crate::question::Microdata;
use crate::safe::{self, Chosen, Made, Recipe, Report, Risk};
use crate::safe_files::{self, Held, SafeFile};
use crate::shares;
use crate::shown;
use crate::store::{self, DataSet};

pub async fn page(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let data = described(&site, &set).await?;
    let recipe = Recipe::suggested(&data);
    show(&site, &reader, &set, &data, &recipe, Shown::default(), StatusCode::OK).await
}

/// What stands above the form.
#[derive(Default)]
struct Shown {
    problems: Vec<Problem>,
    made: Option<Made>,
    fault: Option<&'static str>,
    title: String,
    reason: String,
    audience: String,
    /// Withheld cells of released tables that the file would tell.
    told: Vec<Told>,
}

async fn show(
    site: &App,
    reader: &Reader,
    set: &DataSet,
    data: &Microdata,
    recipe: &Recipe,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let columns: Vec<_> = data
        .sheet
        .columns
        .iter()
        .map(|column| {
            let usual = Chosen { role: "left-out".into(), importance: 5, ..Chosen::default() };
            let chosen = recipe.columns.iter().find(|one| one.name == column.name).unwrap_or(&usual);
            let is_number = data.measure(column) == Some(Measure::Mean);
            let list = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
            let maybe = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
            let merge: Vec<String> = chosen.merge.iter().map(|(old, new)| format!("{old} = {new}")).collect();
            let groups = data.codes.groups(column);
            let labels: Vec<String> = groups.names().iter().take(30).cloned().collect();
            context! {
                name => column.name.as_str(), label => data.codes.label(&column.name), answers => column.texts.len(), is_number,
                roles => safe::ROLES.iter().map(|role| (*role, words.say(&format!("safe-role-{role}")), chosen.role == *role)).collect::<Vec<_>>(),
                importance => chosen.importance, bands => list(&chosen.bands), least => maybe(chosen.least), most => maybe(chosen.most),
                round => maybe(chosen.round), merge => merge.join("\n"), labels => labels.join(", "), role => chosen.role.as_str(),
            }
        })
        .collect();
    let tables = shown.made.as_ref().map(|made| {
        context! {
            risk => value(risk_table(words, &made.report)), losses => value(loss_table(words, &made.report)),
            rows => made.rows,
        }
    });
    let head = Head::titled(words.say("safe-title"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("data-sets"), "/statistics/data")
        .under(set.title.clone(), format!("/statistics/data/{}", set.id));
    let told: Vec<_> = shown
        .told
        .iter()
        .map(|told| (format!("/statistics/tables/{}", told.table), told.what.clone(), told.cells))
        .collect();
    let title = if shown.title.is_empty() { set.title.clone() } else { shown.title };
    let values = context! {
        id => set.id.as_str(), columns, k => recipe.k, distinct => recipe.distinct,
        closeness => recipe.closeness.map(|number| number.to_string()).unwrap_or_default(),
        problems => said(reader, &shown.problems), fault => shown.fault, told, made => tables, title, reason => shown.reason,
        audience => if shown.audience.is_empty() { "named" } else { &shown.audience }, synthetic => set.synthetic,
    };
    let mut page = answer::page(site, reader, "statistics/safe.html", head, values)?;
    *page.status_mut() = status;
    Ok(page)
}

/// Shows risk and loss of what is chosen, or sends it to a data steward.
pub async fn make(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let set = shares::seen(&site, &who, &id).await?;
    let data = described(&site, &set).await?;
    let given = |name: &str| fields.one(name).to_owned();
    let mut above = Shown {
        title: given("title"),
        reason: given("reason"),
        audience: given("audience"),
        ..Shown::default()
    };
    let recipe = match Recipe::of_form(&data.sheet.columns, given) {
        Ok(recipe) => recipe,
        Err(problems) => {
            above.problems = problems;
            let recipe = Recipe::suggested(&data);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&site, &reader, &set, &data, &recipe, above, status).await;
        }
    };
    let (with, asked, title) = (data.clone(), recipe.clone(), above.title.clone());
    let out = Out::of(&site, &set, data.clone(), None).await?;
    let version = set.version;
    let made = worked(move || {
        let made = safe::make(&with, &asked, &title)?;
        Ok::<_, Vec<Problem>>((made, given_away::by_file(version, &asked, &out)?))
    });
    let made = match made.await? {
        Ok((made, told)) => {
            above.told = told;
            made
        }
        Err(problems) => {
            above.problems = problems;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&site, &reader, &set, &data, &recipe, above, status).await;
        }
    };
    if fields.one("do") != "send" {
        above.made = Some(made);
        return show(&site, &reader, &set, &data, &recipe, above, StatusCode::OK).await;
    }
    if !above.told.is_empty() {
        above.made = Some(made);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&site, &reader, &set, &data, &recipe, above, status).await;
    }
    if above.title.is_empty()
        || above.reason.is_empty()
        || !["public", "named"].contains(&above.audience.as_str())
    {
        above.fault = Some("safe-incomplete");
        above.made = Some(made);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&site, &reader, &set, &data, &recipe, above, status).await;
    }
    let by = who.by(who.holds(ROLES));
    let file = SafeFile {
        id: chance::hex(6)?,
        data: set.id.clone(),
        of_version: set.version,
        title: above.title,
        audience: above.audience,
        recipe: serde_json::to_string(&recipe).map_err(Refusal::broken)?,
        report: serde_json::to_string(&made.report).map_err(Refusal::broken)?,
        row_count: made.rows as i64,
        state: "waiting".into(),
        reason: above.reason,
        decision: String::new(),
        made_at: site.now(),
        made_by: by.who.clone(),
        decided_at: None,
        withdrawn_at: None,
        withdrawn_reason: String::new(),
    };
    let held = Held { records: made.records, codebook: made.codebook, ddi: made.ddi };
    safe_files::add(&site, &by, &file, &held).await?;
    Ok(see_other(&format!("/statistics/files/{}", file.id)))
}

fn is_steward(who: &Option<Who>) -> bool {
    who.as_ref().is_some_and(|who| who.holds_over(&[Role::DataSteward], &[]).is_some())
}

/// A file that is or was out, or waits and may be seen by this person; and whether they work with its interviews.
async fn seen(site: &App, who: &Option<Who>, id: &str) -> Result<(SafeFile, bool), Refusal> {
    let no_file = || Refusal::not_found("no-safe-file", id);
    let file = safe_files::with(&site.storage.pool, id).await?.ok_or_else(no_file)?;
    let works = works_with(site, who, &file.data).await?;
    match ["published", "withdrawn"].contains(&file.state.as_str()) || works {
        true => Ok((file, works)),
        false => Err(no_file()),
    }
}

pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let (file, works) = seen(&site, &who, &id).await?;
    let report: Report = serde_json::from_str(&file.report).map_err(Refusal::broken)?;
    let recipe: Recipe = serde_json::from_str(&file.recipe).map_err(Refusal::broken)?;
    let set = store::data_set_with(&site.storage.pool, &file.data).await?;
    let (set_title, synthetic) = set.map(|set| (set.title, set.synthetic)).unwrap_or_default();
    let readers = safe_files::readers(&site.storage.pool, &id).await?;
    let steward = is_steward(&who);
    let may_take = may_take(&file, &who, &readers, works);
    let is_own = who.as_ref().is_some_and(|who| who.id() == file.made_by);
    let columns: Vec<_> = recipe
        .columns
        .iter()
        .filter(|one| one.role != "left-out")
        .map(|one| (one.name.clone(), words.say(&format!("safe-role-{}", one.role))))
        .collect();
    let head = Head::titled(file.title.clone())
        .about(words.say("safe-about"))
        .under(reader.say("statistics"), "/statistics")
        .under(reader.say("sets"), "/statistics/sets");
    let values = context! {
        id, state => file.state.clone(), audience => file.audience.clone(), rows => file.row_count, k => recipe.k, distinct => recipe.distinct,
        risk => value(risk_table(words, &report)), losses => value(loss_table(words, &report)), columns, may_take,
        set => format!("/statistics/sets/{}", file.data), set_title, synthetic,
        day => shown::day(file.decided_at.unwrap_or(file.made_at)), reason => file.reason.clone(), decision => file.decision.clone(),
        works, may_decide => steward && !is_own && file.state == "waiting", is_own,
        may_withdraw => steward && file.is_published(), may_name => steward && file.audience == "named" && file.is_published(),
        readers => if steward { readers } else { Vec::new() }, withdrawn => file.withdrawn_at.map(shown::day), withdrawn_reason => file.withdrawn_reason.clone(),
    };
    answer::page(&site, &reader, "statistics/safe_file.html", head, values)
}

fn may_take(file: &SafeFile, who: &Option<Who>, readers: &[i64], works: bool) -> bool {
    let named = || who.as_ref().is_some_and(|who| readers.contains(&who.person));
    match file.state.as_str() {
        "published" => file.audience == "public" || named() || works,
        // Who reviews it must see it.
        _ => works,
    }
}

/// `data.csv`, `codebook.csv`, `codebook.xml`.
pub async fn file(
    State(site): State<App>,
    Asker(who): Asker,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (file, works) = seen(&site, &who, &id).await?;
    if file.state == "withdrawn" && !works {
        return Err(Refusal { status: StatusCode::GONE, key: "file-withdrawn", args: Vec::new() });
    }
    let readers = safe_files::readers(&site.storage.pool, &id).await?;
    if !may_take(&file, &who, &readers, works) {
        return Err(match who {
            None => Refusal::sign_in("sign-in"),
            Some(_) => Refusal::forbidden("file-not-named"),
        });
    }
    let held = safe_files::held(&site.storage.pool, &id).await?;
    let held = held.ok_or_else(|| Refusal::not_found("no-safe-file", &id))?;
    if file.audience == "named"
        && let Some(who) = &who
    {
        safe_files::taken(&site, &who.by(None), &id, &name).await?;
    }
    match name.as_str() {
        "data.csv" => Ok(answer::file(
            held.records.into_bytes(),
            "text/csv; charset=utf-8",
            &format!("{id}-data.csv"),
        )),
        "codebook.csv" => Ok(answer::file(
            held.codebook.into_bytes(),
            "text/csv; charset=utf-8",
            &format!("{id}-codebook.csv"),
        )),
        "codebook.xml" => Ok(answer::file(
            held.ddi.into_bytes(),
            "application/xml",
            &format!("{id}-codebook.xml"),
        )),
        _ => Err(Refusal::not_found("no-form", &name)),
    }
}

pub async fn decide(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (file, _) = seen(&site, &Some(who.clone()), &id).await?;
    let (decision, reason) = (fields.one("decision"), fields.one("reason"));
    if reason.is_empty() || !["publish", "refuse"].contains(&decision) {
        return Err(Refusal::bad_input("decision", "reason", reason));
    }
    let by = who.by(Some(Role::DataSteward));
    let publish = decision == "publish";
    // Tables may have gone out since it was made.
    let against = if publish { held_against(&site, &file).await? } else { 0 };
    safe_files::decide(&site, &by, &file, publish, reason, against).await?;
    Ok(see_other(&format!("/statistics/files/{id}")))
}

/// Holds a file against everything that is out of its data; gives how much that is.
async fn held_against(site: &App, file: &SafeFile) -> Result<i64, Refusal> {
    let set = store::data_set_with(&site.storage.pool, &file.data).await?;
    let set = set.ok_or_else(|| Refusal::not_found("no-data-set", &file.data))?;
    let present = described(site, &set).await?;
    let out = Out::of(site, &set, present, Some(file.of_version)).await?;
    let recipe: Recipe = serde_json::from_str(&file.recipe).map_err(Refusal::broken)?;
    let (count, version) = (out.count(), file.of_version);
    let told = worked(move || given_away::by_file(version, &recipe, &out)).await?;
    match told.map_err(|_| Refusal::conflict("version-gone"))?.first() {
        None => Ok(count),
        Some(told) => Err(Refusal {
            status: StatusCode::CONFLICT,
            key: "file-tells",
            args: vec![("table", told.what.clone().into()), ("count", told.cells.into())],
        }),
    }
}

pub async fn withdraw(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (file, _) = seen(&site, &Some(who.clone()), &id).await?;
    let reason = fields.one("reason");
    if reason.is_empty() {
        return Err(Refusal::bad_input("decision", "reason", reason));
    }
    safe_files::withdraw(&site, &who.by(Some(Role::DataSteward)), &file, reason).await?;
    Ok(see_other(&format!("/statistics/files/{id}")))
}

fn risk_table(words: &Words, report: &Report) -> Table {
    let steps = [
        ("safe-collected", &report.collected),
        ("safe-recoded", &report.recoded),
        ("safe-written", &report.written),
    ];
    let number = |value: f64, decimals: u8| Cell::number(value, words.number(value, decimals));
    let rows = steps
        .iter()
        .map(|(key, risk): &(&str, &Risk)| {
            vec![
                Cell::text(words.say(key)),
                number(risk.records as f64, 0),
                number(risk.unique as f64, 0),
                number(risk.below_k as f64, 0),
                number(risk.not_diverse as f64, 0),
                number(risk.at_risk as f64, 0),
                number(risk.greatest * 100.0, 1),
                number(risk.expected, 1),
            ]
        })
        .collect();
    Table {
        id: "risk".into(),
        caption: words.say("safe-risk"),
        columns: vec![
            Column::text("step", words.say("safe-step")),
            Column::number("records", words.say("safe-records")),
            Column::number("unique", words.say("safe-unique")),
            Column::number("below-k", words.say("safe-below-k")),
            Column::number("not-diverse", words.say("safe-not-diverse")),
            Column::number("at-risk", words.say("safe-at-risk")),
            Column::number("greatest", words.say("safe-greatest")),
            Column::number("expected", words.say("safe-expected")),
        ],
        rows,
        note: Some(words.say("safe-risk-note")),
        sources: Vec::new(),
    }
}

fn loss_table(words: &Words, report: &Report) -> Table {
    let number = |value: f64, decimals: u8| Cell::number(value, words.number(value, decimals));
    let none = || Cell::missing(words.say("safe-not-so"));
    let rows = report
        .losses
        .iter()
        .map(|loss| {
            let pair = |pair: Option<(f64, f64)>| match pair {
                Some((before, after)) => {
                    Cell::text(format!("{} → {}", words.number(before, 2), words.number(after, 2)))
                }
                None => none(),
            };
            vec![
                Cell::text(loss.column.clone()),
                number(loss.suppressed as f64, 0),
                number(loss.values_before as f64, 0),
                number(loss.values_after as f64, 0),
                loss.share_change.map_or_else(none, |change| number(change * 100.0, 1)),
                pair(loss.mean),
                pair(loss.sd),
            ]
        })
        .collect();
    Table {
        id: "losses".into(),
        caption: words.say("safe-losses"),
        columns: vec![
            Column::text("column", words.say("column-name")),
            Column::number("suppressed", words.say("safe-suppressed")),
            Column::number("before", words.say("safe-values-before")),
            Column::number("after", words.say("safe-values-after")),
            Column::number("share", words.say("safe-share-change")),
            Column::text("mean", words.say("safe-mean")),
            Column::text("sd", words.say("safe-sd")),
        ],
        rows,
        note: None,
        sources: Vec::new(),
    }
}
