//! The second pair of eyes: figures that somebody asked to be put into a country's file, as the reviewer sees them, beside what stands
//! there now; taken or refused with a reason that stays.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer::{self, Form};
use base::audit::{self, Act};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Fields, Reader, Refusal, Role, Scope, Site, Table, Who};
use facts::proposal::{self, Proposal};
use facts::{indicators, places};
use minijinja::context;
use serde::Serialize;
use serde_json::json;
use statistics::entries::{self, Link};

/// Who may put reviewed figures into the file of a country: those who answer for data, for the programme, or speak for the state.
pub const REVIEWS: &[Role] = &[Role::DataSteward, Role::Secretariat, Role::Correspondent];

/// Whether this person may decide on figures of a place.
fn may_decide(who: &Who, place: &str) -> bool {
    who.holds_over(REVIEWS, &[Scope::of("country", place)]).is_some()
}

/// A figure as the reviewer sees it.
#[derive(Serialize)]
struct Row {
    number: i64,
    place: String,
    href: String,
    indicator: String,
    period: String,
    group: String,
    value: String,
    interval: String,
    note: String,
    doubt: String,
    /// What stands in the file now, from this source or the one that speaks first.
    before: String,
    state: String,
    decision: String,
    waits: bool,
    mine: bool,
}

/// `/proposals`: every batch, those that wait first.
pub async fn list(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader).await?;
    let empty = table.rows.is_empty();
    let head = Head::titled(reader.say("proposals"))
        .about(reader.say("proposals-lead"))
        .under(reader.say("way-countries"), "/countries");
    let values = context! { view => value(table.view(&reader)), empty };
    answer::page(&site, &reader, "web/proposals.html", head, values)
}

pub async fn list_file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let table = list_table(&site, &reader).await?;
    answer::table(table, &reader, Form::of(&format!("proposals.{form}")).1)
}

async fn list_table(site: &Site, reader: &Reader) -> Result<Table, Refusal> {
    let words = &reader.words;
    let mut batches: Vec<(String, Vec<Proposal>)> = Vec::new();
    for one in proposal::all(&site.storage.pool).await? {
        match batches.iter_mut().find(|(batch, _)| *batch == one.batch) {
            Some((_, all)) => all.push(one),
            None => batches.push((one.batch.clone(), vec![one])),
        }
    }
    let rows = batches
        .into_iter()
        .map(|(batch, all)| {
            let count = |state: &str| all.iter().filter(|one| one.state == state).count();
            let number = |count: usize| Cell::number(count as f64, words.number(count as f64, 0));
            let origin = all.first().map(|one| one.proposed.origin.label.clone());
            let made_at = all.first().map_or(0, |one| one.made_at);
            vec![
                Cell::text(origin.unwrap_or_default()).href(format!("/proposals/{batch}")),
                Cell::text(day(made_at)),
                number(count("waiting")),
                number(count("taken")),
                number(count("refused")),
                number(count("withdrawn")),
            ]
        })
        .collect();
    Ok(Table {
        id: "proposals".into(),
        caption: words.say("proposals"),
        columns: vec![
            Column::text("from", words.say("proposals-from")),
            Column::text("day", words.say("proposals-day")),
            Column::number("waiting", words.say("proposal-waiting")),
            Column::number("taken", words.say("proposal-taken")),
            Column::number("refused", words.say("proposal-refused")),
            Column::number("withdrawn", words.say("proposal-withdrawn")),
        ],
        rows,
        note: None,
        sources: Vec::new(),
    })
}

/// `/proposals/{batch}`: what was asked together.
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(batch): Path<String>,
) -> Result<Response, Refusal> {
    show(&site, &reader, &who, &batch, None).await
}

async fn show(
    site: &App,
    reader: &Reader,
    who: &Who,
    batch: &str,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let all = proposal::of_batch(&site.storage.pool, batch).await?;
    let known = facts::known::Known::of(site).await?;
    let rows: Vec<Row> = all
        .iter()
        .map(|one| {
            let fact = &one.proposed.fact;
            let place = places().get(&fact.place);
            let name = place.map_or(fact.place.as_str(), |place| place.name(words.language.tag()));
            let decimals = u8::from(fact.value.fract() != 0.0);
            let number = |value: f64| words.number(value, decimals);
            let figures = known.figures_of(&fact.place);
            let best = figures.best(&fact.place, &fact.indicator, &fact.group, fact.year);
            let latest = best.or_else(|| figures.latest(&fact.place, &fact.indicator, &fact.group));
            let before = latest.map_or_else(
                || words.say("proposal-none-before"),
                |figure| format!("{} ({})", words.number(figure.value, 1), figure.period),
            );
            let waits = one.state == "waiting";
            let id = indicators().get(&fact.indicator);
            Row {
                number: one.number,
                place: name.to_owned(),
                href: format!(
                    "/figures/{}/{}/{}/{}",
                    fact.place, fact.indicator, fact.period, fact.group
                ),
                indicator: id.map_or_else(String::new, |id| words.say(&id.key("name"))),
                period: fact.period.clone(),
                group: words.say(&format!("group-{}", fact.group)),
                value: number(fact.value),
                interval: match (fact.low, fact.high) {
                    (Some(low), Some(high)) => format!("{}–{}", number(low), number(high)),
                    _ => words.say("none-given"),
                },
                note: fact.note.clone(),
                doubt: fact
                    .reasons
                    .iter()
                    .map(|reason| said(words, reason))
                    .collect::<Vec<_>>()
                    .join(" "),
                before,
                state: words.say(&format!("proposal-{}", one.state)),
                decision: one.decision.clone(),
                waits,
                mine: waits && one.made_by != who.id() && may_decide(who, &fact.place),
            }
        })
        .collect();
    let origin = all.first().map(|one| one.proposed.origin.clone());
    let source = all.first().map(|one| one.proposed.source.clone());
    let head = Head::titled(reader.say("proposal-title"))
        .under(reader.say("way-countries"), "/countries")
        .under(reader.say("proposals"), "/proposals");
    let own = all.iter().any(|one| one.state == "waiting" && one.made_by == who.id());
    let may = rows.iter().any(|row| row.mine);
    let values = context! {
        batch, rows => value(&rows), may, own, fault, nothing => rows.is_empty(),
        origin => origin.map(|origin| (origin.label, origin.href)),
        source => source.map(|source| (source.title, source.publisher, source.url)),
    };
    answer::page(site, reader, "web/proposal.html", head, values)
}

/// Takes or refuses the chosen figures of a batch.
pub async fn decide(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(batch): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let numbers: Vec<i64> = fields.all("number").iter().filter_map(|n| n.parse().ok()).collect();
    let (decision, reason) = (fields.one("decision"), fields.one("reason"));
    if !["take", "refuse"].contains(&decision) || reason.is_empty() {
        return show(&site, &reader, &who, &batch, Some("proposal-needs-reason")).await;
    }
    let mut chosen = proposal::of_batch(&site.storage.pool, &batch).await?;
    chosen.retain(|one| numbers.contains(&one.number) && one.state == "waiting");
    if chosen.is_empty() {
        return show(&site, &reader, &who, &batch, Some("proposal-needs-figures")).await;
    }
    if chosen.iter().any(|one| one.made_by == who.id()) {
        return Err(Refusal::forbidden("proposal-own"));
    }
    if chosen.iter().any(|one| !may_decide(&who, &one.proposed.fact.place)) {
        return Err(Refusal::forbidden("proposal-elsewhere"));
    }
    let by = who.by(who.holds(REVIEWS));
    match decision {
        "take" => take(&site, &by, &batch, &chosen, reason).await?,
        _ => refuse(&site, &by, &batch, &chosen, reason).await?,
    }
    Ok(see_other(&format!("/proposals/{batch}")))
}

/// Sources, figures, their origin, the links back, and the entry in the chain: all of it, or nothing.
async fn take(
    site: &Site,
    by: &audit::By,
    batch: &str,
    chosen: &[Proposal],
    reason: &str,
) -> Result<(), Refusal> {
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    // What it rests on may have been withdrawn while the reviewer read.
    for one in chosen.iter().filter(|one| one.proposed.origin.kind == "release") {
        statistics::offer::published(site, &one.proposed.origin.record).await?;
    }
    let mut sources: BTreeMap<String, evidence::NewSource> = BTreeMap::new();
    for one in chosen {
        let source = &one.proposed.source;
        sources.insert(source.id.clone(), crate::import::source(source));
    }
    evidence::record_sources(&mut change, &sources.into_values().collect::<Vec<_>>()).await?;
    let number = proposal::take(&mut change, chosen, reason, &by.who, now).await?;
    for one in chosen.iter().filter(|one| one.proposed.origin.kind == "release") {
        let fact = &one.proposed.fact;
        let record = format!("{}/{}/{}/{}", fact.place, fact.indicator, fact.period, fact.group);
        let name = places().get(&fact.place).map_or(fact.place.as_str(), |place| place.name("en"));
        let href = format!("/figures/{record}");
        let label = format!("{name}, {} {} ({})", fact.indicator, fact.period, fact.group);
        let link = Link { kind: "fact".into(), record, label, href };
        entries::link(&mut change, &one.proposed.origin.record, &link, now).await?;
    }
    let detail = json!({ "figures": chosen.len(), "reason": reason, "change": number });
    let act = Act { act: "figures.taken", kind: "proposal", record: batch, detail };
    audit::write(&mut change, by, act, now).await?;
    change.commit().await?;
    site.changed();
    Ok(())
}

async fn refuse(
    site: &Site,
    by: &audit::By,
    batch: &str,
    chosen: &[Proposal],
    reason: &str,
) -> Result<(), Refusal> {
    let now = site.now();
    let mut change = audit::begin(&site.storage).await?;
    proposal::refuse(&mut change, chosen, reason, &by.who, now).await?;
    let detail = json!({ "figures": chosen.len(), "reason": reason });
    let act = Act { act: "figures.refused", kind: "proposal", record: batch, detail };
    audit::write(&mut change, by, act, now).await?;
    change.commit().await?;
    Ok(())
}

fn said(words: &base::Words, reason: &facts::Reason) -> String {
    let args: Vec<(&str, base::language::Arg)> = reason
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), base::language::Arg::Text(value.clone())))
        .collect();
    words.say_with(&format!("reason-{}", reason.rule), &args)
}

fn day(at: i64) -> String {
    let moment = jiff::Timestamp::from_second(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%d").to_string()
}
