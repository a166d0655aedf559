//! What two clerks typed of one sheet, held against each other and settled with the sheet in hand; and the record that
//! a sheet becomes.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::answer;
use base::page::{Head, value};
use base::storage::Transaction;
use base::{App, Fields, Reader, Refusal, Site};
use minijinja::context;
use serde::Serialize;

use super::key::{Open, understood};
use super::version_of;
use crate::compiled::{Compiled, lang_of};
use crate::filling::sheet::{id_of, plain};
use crate::filling::words;
use crate::paper::entry::{self, Entry, State as Stand};
use crate::paper::keyed::{self, Keyed};
use crate::record::{self, Arrival, Taken};
use crate::round::Round;
use crate::web::fill::{left_open, moment, only_open};
use crate::web::rounds::found;
use crate::{anonymous, day, identity, instrument, paper};

/// Holds the two entries of a sheet against each other: what is the same is taken.
pub(super) async fn compare(site: &Site, open: &Open) -> Result<(), Refusal> {
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
pub(super) async fn take(
    site: &Site,
    change: &mut Transaction,
    round: &Round,
    compiled: &Arc<Compiled>,
    sheet: &entry::Sheet,
    from: Stand,
    agreed: &Entry,
) -> Result<(), Refusal> {
    let mut keyed = understood(site, round, compiled, sheet, agreed, BTreeMap::new()).await?;
    let now = site.now();
    // `end` and its like are of the keying: when a sheet was filled in, only the sheet knows.
    keyed.filling.finish(moment(site, round.anonymous)?);
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
    let words = words::of("en");
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
        count => found.len(), found => value(found), fault, form_lang => lang_of(&sheet.language),
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
