//! The answers of an earlier round as a start for a later one: for the same member of a panel, else the same name in
//! the same country. Only what the form still asks is carried over; files and calculations are not.

use std::collections::BTreeMap;
use std::sync::Arc;

use base::audit::{self, By};
use base::storage::Storage;
use base::{Refusal, Site};
use serde_json::json;
use sqlx::AnyPool;
use xlsform::fill::{Filling, FormError, Start, XForm};
use xlsform::xml::{self, Document, NodeId};

use crate::record::{self, Record, State};
use crate::round::{self, Respondent, Round, told};

/// The round whose answers respondents of this one may begin with.
pub async fn earlier(pool: &AnyPool, round: &str) -> sqlx::Result<Option<String>> {
    let sql = "SELECT earlier FROM round_starts WHERE round = $1";
    sqlx::query_scalar(sql).bind(round).fetch_optional(pool).await
}

/// Whether a round can give its answers to another as a start.
pub fn fits(round: &Round, earlier: &Round) -> bool {
    let with_names = |it: &Round| !it.anonymous && it.shared.is_empty();
    round.id != earlier.id
        && round.instrument == earlier.instrument
        && with_names(round)
        && with_names(earlier)
        && earlier.made_at <= round.made_at
}

/// Sets it; an empty id takes it away.
pub async fn set(
    storage: &Storage,
    round: &Round,
    earlier: &str,
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let mut change = audit::begin(storage).await?;
    sqlx::query("DELETE FROM round_starts WHERE round = $1")
        .bind(&round.id)
        .execute(&mut *change)
        .await?;
    if !earlier.is_empty() {
        let sql = "INSERT INTO round_starts (round, earlier) VALUES ($1, $2)";
        sqlx::query(sql).bind(&round.id).bind(earlier).execute(&mut *change).await?;
    }
    told(&mut change, by, "round.start", &round.id, json!({ "earlier": earlier }), now).await?;
    change.commit().await
}

/// What a respondent answered in the earlier round, where this round offers it.
pub async fn offered(
    site: &Site,
    round: &Round,
    who: &Respondent,
) -> Result<Option<Record>, Refusal> {
    let pool = &site.storage.pool;
    let Some(id) = earlier(pool, &round.id).await? else { return Ok(None) };
    let Some(earlier) = round::find(pool, &id).await?.filter(|it| fits(round, it)) else {
        return Ok(None);
    };
    let same_member = "SELECT past.number FROM respondent_members AS past
               JOIN respondent_members AS here ON here.panel = past.panel AND here.member = past.member
               WHERE past.round = $1 AND here.round = $2 AND here.number = $3 ORDER BY past.number";
    let mut found: Vec<i64> = sqlx::query_scalar(same_member)
        .bind(&earlier.id)
        .bind(&round.id)
        .bind(who.number)
        .fetch_all(pool)
        .await?;
    if found.is_empty() {
        let same = |it: &Respondent| {
            it.country == who.country && it.name.to_lowercase() == who.name.to_lowercase()
        };
        let people = round::respondents(pool, &earlier.id).await?;
        found = people.iter().filter(|it| same(it)).map(|it| it.number).collect();
    }
    // Two of one name could each be given the other's answers.
    let [number] = found.as_slice() else { return Ok(None) };
    let record = record::of_respondent(pool, &earlier.id, *number).await?;
    Ok(record.filter(|it| it.state != State::Rejected))
}

/// A new record that begins with earlier answers.
pub fn begin(form: Arc<XForm>, record: &str, start: Start) -> Result<Filling, FormError> {
    // A repeat is asked twice under one path: as the group that names it, and as what is repeated.
    let mut asked: BTreeMap<Vec<String>, bool> = BTreeMap::new();
    for it in form.outline().filter(|it| it.path.len() > 1) {
        *asked.entry(it.path.to_vec()).or_default() |= it.control == "repeat";
    }
    let no_file = |path: &[String]| {
        form.outline().any(|it| it.path == path && !["upload", "group"].contains(&it.control))
    };
    let mut filling = Filling::new(form.clone(), start)?;
    let mut document = Document::new();
    let Ok(root) = xml::parse(&mut document, record) else { return Ok(filling) };
    let Some(data) = document.elements(root).next() else { return Ok(filling) };
    for node in document.descendants(data) {
        let path = names(&document, root, node);
        let Some(is_repeat) = asked.get(&path) else { continue };
        let reference = reference(&document, root, node, &asked);
        if *is_repeat {
            if filling.find(&reference).is_none() {
                filling.add_repeat(&reference);
            }
            continue;
        }
        let text = document.text(node);
        if text.is_empty() || document.elements(node).next().is_some() || !no_file(&path) {
            continue;
        }
        if let Some(here) = filling.find(&reference) {
            carry(&mut filling, here, &text);
        }
    }
    Ok(filling)
}

/// Puts an answer where it still belongs.
fn carry(filling: &mut Filling, node: NodeId, text: &str) {
    let state = filling.state(node);
    if !state.relevant || state.read_only {
        return;
    }
    let known = |filling: &Filling, value: &str| {
        filling.choices(node).iter().any(|choice| choice.value == value)
    };
    match filling.control(node) {
        Some("select1") if !known(filling, text) => {}
        Some("select" | "rank") => {
            let kept: Vec<&str> =
                text.split_whitespace().filter(|value| known(filling, value)).collect();
            if !kept.is_empty() {
                filling.set(node, &kept.join(" "));
            }
        }
        _ => filling.set(node, text),
    }
}

fn names(document: &Document, root: NodeId, node: NodeId) -> Vec<String> {
    let mut names = Vec::new();
    let mut here = Some(node);
    while let Some(id) = here.filter(|id| *id != root) {
        names.push(document.local_name(id).to_owned());
        here = document.parent(id);
    }
    names.reverse();
    names
}

/// The path of a node with positions where repeats are.
fn reference(
    document: &Document,
    root: NodeId,
    node: NodeId,
    asked: &BTreeMap<Vec<String>, bool>,
) -> String {
    let mut steps = Vec::new();
    let mut here = Some(node);
    while let Some(id) = here.filter(|id| *id != root) {
        let name = document.local_name(id).to_owned();
        let path = names(document, root, id);
        let is_repeat = asked.get(&path).is_some_and(|repeat| *repeat);
        let parent = document.parent(id);
        steps.push(match parent.filter(|_| is_repeat) {
            Some(parent) => {
                let same = document.elements(parent).filter(|it| document.local_name(*it) == name);
                let at = same.take_while(|it| *it != id).count() + 1;
                format!("{name}[{at}]")
            }
            None => name,
        });
        here = parent;
    }
    steps.reverse();
    format!("/{}", steps.join("/"))
}
