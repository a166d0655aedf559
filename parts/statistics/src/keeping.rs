//! What becomes of a data set, for pages, API and command alike: it comes as a file or from a closed round, is corrected, and ends.

use std::sync::Arc;

use base::audit::{self, Act, By};
use base::{Refusal, Site, Words, chance};
use instruments::Round;
use serde_json::json;

use crate::alike::mostly_the_same;
use crate::codebook::Codebook;
use crate::incoming::{self, Incoming};
use crate::plan::Described;
use crate::problem::{Problem, short};
use crate::question::Microdata;
use crate::sheet::{self, Bounds};
use crate::store::{self, DataSet};
use crate::{entries, round, safe_files};

/// What is said of a data set when it comes.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub title: String,
    pub about: String,
    pub period: String,
    /// The data set of which it is another round.
    pub round_of: String,
    pub synthetic: bool,
}

/// Why interviews were not taken.
pub enum Untaken {
    Wrong(Vec<Problem>),
    /// The same interviews, most of them, or the same round, are here already.
    Here(Box<DataSet>),
    Refused(Refusal),
}

impl<E: Into<Refusal>> From<E> for Untaken {
    fn from(error: E) -> Untaken {
        Untaken::Refused(error.into())
    }
}

async fn worked<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Vec<Problem>> + Send + 'static,
) -> Result<T, Untaken> {
    let done = tokio::task::spawn_blocking(work).await.map_err(Refusal::broken)?;
    done.map_err(Untaken::Wrong)
}

fn missing(words: &Words, name: &str) -> Untaken {
    Untaken::Wrong(vec![Problem::of(&words.say(name), "not-given")])
}

/// Takes interviews and their codebook, whole or not at all.
pub async fn take_file(
    site: &Site,
    words: &Words,
    by: &By,
    typed: &Typed,
    interviews: Option<Vec<u8>>,
    codebook: Option<Vec<u8>>,
) -> Result<DataSet, Untaken> {
    if typed.title.is_empty() {
        return Err(missing(words, "data-title"));
    }
    let interviews = interviews.ok_or_else(|| missing(words, "data-interviews"))?;
    let incoming = worked(move || incoming::read(&interviews, codebook.as_deref())).await?;
    keep(site, words, by, typed, incoming, None).await
}

/// Takes a closed round as interviews; one that was taken is here already.
pub async fn take_round(site: &Site, words: &Words, by: &By, id: &str) -> Result<DataSet, Untaken> {
    let found = instruments::closed(site, id).await?;
    let closed = found.ok_or_else(|| Refusal::not_found("no-closed-round", id))?;
    if let Some(set) = store::data_set_of_round(&site.storage.pool, id).await? {
        return Err(Untaken::Here(Box::new(set)));
    }
    let data = instruments::data::of_closed(site, &closed).await?;
    let language = data
        .languages
        .iter()
        .find(|name| instruments::compiled::tag_of(name) == words.language.tag())
        .or(data.languages.first())
        .cloned()
        .unwrap_or_default();
    let asked = words.say("take-round-asked");
    let incoming = worked(move || {
        let sheet = round::sheet(&data, &language, &asked)?;
        Ok(Incoming { kind: "round", ..incoming::taken(sheet)? })
    });
    let typed = Typed {
        title: closed.title.clone(),
        about: words.say("take-round-about"),
        period: closed.from_day.get(..7).unwrap_or_default().to_owned(),
        ..Typed::default()
    };
    keep(site, words, by, &typed, incoming.await?, Some(&closed)).await
}

/// Keeps interviews as a data set, and the series that it belongs to.
async fn keep(
    site: &Site,
    words: &Words,
    by: &By,
    typed: &Typed,
    incoming: Incoming,
    round: Option<&Round>,
) -> Result<DataSet, Untaken> {
    if !typed.period.is_empty() && !is_period(&typed.period) {
        let problem = Problem::of(&words.say("data-period-short"), "period-form");
        return Err(Untaken::Wrong(vec![problem.with("value", short(&typed.period))]));
    }
    if let Some(set) = of_the_same_people(site, &incoming.interviews).await? {
        return Err(Untaken::Here(Box::new(set)));
    }
    let mut change = audit::begin(&site.storage).await?;
    if let Some(set) = store::data_set_of_hash(&mut change, &incoming.hash).await? {
        return Err(Untaken::Here(Box::new(set)));
    }
    let mut series = String::new();
    if let Some(mut other) = store::data_set_with(&site.storage.pool, &typed.round_of).await? {
        if other.series.is_empty() {
            other.series = other.id.clone();
            store::set_about(&mut change, &other).await?;
        }
        series = other.series;
    }
    let set = DataSet {
        id: chance::hex(6).map_err(Refusal::broken)?,
        title: typed.title.clone(),
        about: typed.about.clone(),
        synthetic: typed.synthetic,
        codebook: incoming.codebook,
        design: String::new(),
        made_at: site.now(),
        made_by: by.who.clone(),
        series,
        period: typed.period.clone(),
        version: 1,
        kind: incoming.kind.into(),
        hash: incoming.hash,
        round: round.map_or(String::new(), |round| round.id.clone()),
        offered: incoming.offered.text(),
        notes: noted(words, &incoming.notes),
        interview_count: incoming.rows as i64,
    };
    store::add_data(&mut change, &set, &incoming.interviews).await?;
    let detail = json!({
        "title": set.title, "kind": set.kind, "interviews": incoming.rows, "columns": incoming.columns, "hash": set.hash, "round": set.round,
    });
    let act = Act { act: "data.added", kind: "data", record: &set.id, detail };
    audit::write(&mut change, by, act, site.now()).await?;
    change.commit().await?;
    Ok(set)
}

/// The data set that holds mostly the same interviews, if one does.
async fn of_the_same_people(site: &Site, interviews: &str) -> Result<Option<DataSet>, Untaken> {
    let pool = &site.storage.pool;
    let interviews: Arc<str> = interviews.into();
    for set in store::data_sets(pool).await? {
        let (here, new) = (store::interviews_of(pool, &set.id).await?, interviews.clone());
        if worked(move || Ok(mostly_the_same(&new, &here))).await? {
            return Ok(Some(set));
        }
    }
    Ok(None)
}

fn noted(words: &Words, notes: &[Problem]) -> String {
    notes.iter().map(|note| note.say(words)).collect::<Vec<_>>().join("\n")
}

/// Whether something of the data is or was out.
pub async fn is_out(site: &Site, id: &str) -> Result<bool, Refusal> {
    let pool = &site.storage.pool;
    let tables = entries::out_of(pool, id).await?;
    Ok(!tables.is_empty() || !safe_files::out_of(pool, id).await?.is_empty())
}

/// Takes a corrected file. The design holds on where it holds of the new rows, and must be described again where not.
pub async fn correct(
    site: &Site,
    words: &Words,
    by: &By,
    set: DataSet,
    interviews: Option<Vec<u8>>,
    codebook: Option<Vec<u8>>,
    because: &str,
) -> Result<DataSet, Untaken> {
    let bytes = interviews.ok_or_else(|| missing(words, "data-interviews"))?;
    if because.is_empty() {
        return Err(missing(words, "version-because"));
    }
    let before = set.clone();
    let (incoming, codebook, design) = worked(move || {
        let incoming = incoming::read(&bytes, codebook.as_deref())?;
        if incoming.hash == before.hash {
            return Err(vec![Problem::of("", "same-interviews")]);
        }
        let sheet = sheet::read("", incoming.interviews.as_bytes(), &Bounds::PAGE)?;
        // A codebook that came before is the one that holds, unless another comes now.
        let codes = match codebook.is_none() && !before.codebook.is_empty() {
            true => Codebook::read("codebook", before.codebook.as_bytes(), &sheet),
            false => Codebook::read("codebook", incoming.codebook.as_bytes(), &sheet),
        }?;
        let codebook = codes.csv(&sheet);
        let design = Described::read("design.toml", &before.design).unwrap_or_default();
        let holds = !before.design.is_empty() && Microdata::new(sheet, codes, design).is_ok();
        Ok((incoming, codebook, if holds { before.design } else { String::new() }))
    })
    .await?;
    let next = DataSet {
        codebook,
        design,
        kind: incoming.kind.into(),
        hash: incoming.hash.clone(),
        offered: incoming.offered.text(),
        notes: noted(words, &incoming.notes),
        interview_count: incoming.rows as i64,
        version: set.version + 1,
        ..set
    };
    let mut change = audit::begin(&site.storage).await?;
    let (kept, now) = (&incoming.interviews, site.now());
    if !store::replace(&mut change, &next, kept, because, &by.who, now).await? {
        return Err(Refusal::conflict("version-moved").into());
    }
    let detail = json!({
        "version": next.version, "because": because, "interviews": incoming.rows, "hash": next.hash, "described": !next.design.is_empty(),
    });
    let act = Act { act: "data.version", kind: "data", record: &next.id, detail };
    audit::write(&mut change, by, act, now).await?;
    change.commit().await?;
    Ok(next)
}

/// Deletes the interviews for good. What was published stays.
pub async fn delete(site: &Site, by: &By, set: &DataSet) -> Result<(), Refusal> {
    let mut change = audit::begin(&site.storage).await?;
    store::remove(&mut change, &set.id, site.now()).await?;
    let detail = json!({ "title": set.title, "version": set.version, "hash": set.hash });
    let act = Act { act: "data.deleted", kind: "data", record: &set.id, detail };
    audit::write(&mut change, by, act, site.now()).await?;
    change.commit().await?;
    Ok(())
}

/// A year, a month or a day.
pub fn is_period(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(parts[0], 4) && parts.len() <= 3 && parts[1..].iter().all(|part| digits(part, 2))
}
