//! Who sees a data set: whoever brought it, data stewards and administrators, and the people and groups that it was shared with. Nobody
//! else, whatever their role; what ships with the program speaks of nobody and is there for every researcher.

use std::collections::BTreeSet;

use base::audit::{self, Act, By};
use base::{Refusal, Role, Site, Who};
use serde_json::json;
use sqlx::{AnyPool, Row};

use crate::store::{self, DataSet};

/// Who answers for all data, whoever brought them.
const ALL: &[Role] = &[Role::DataSteward, Role::Administrator];

/// What somebody sees.
pub struct Sight {
    all: bool,
    own: String,
    shared: BTreeSet<String>,
}

impl Sight {
    pub async fn of(site: &Site, who: &Who) -> Result<Sight, Refusal> {
        let groups = match site.parts.iter().find_map(|part| part.sits) {
            Some(sits) => sits(site, who.person).await?,
            None => Vec::new(),
        };
        let mut shared = BTreeSet::new();
        let person = std::iter::once(("person", who.person.to_string()));
        for (kind, with) in person.chain(groups.into_iter().map(|group| ("group", group))) {
            let sql = "SELECT data FROM statistics_shares WHERE kind = $1 AND shared_with = $2";
            let data = sqlx::query_scalar(sql).bind(kind).bind(with);
            shared.extend(data.fetch_all(&site.storage.pool).await?);
        }
        Ok(Sight { all: who.holds_over(ALL, &[]).is_some(), own: who.id(), shared })
    }

    pub fn sees(&self, set: &DataSet) -> bool {
        let ships = set.synthetic && set.made_by == By::operator().who;
        self.may_change(set) || ships || self.shared.contains(&set.id)
    }

    /// Its owner, data stewards and administrators decide on a data set.
    pub fn may_change(&self, set: &DataSet) -> bool {
        self.all || set.made_by == self.own
    }

    /// Of a data set by its id; of one that was deleted, those who see all.
    pub async fn sees_id(&self, pool: &AnyPool, id: &str) -> Result<bool, Refusal> {
        let found = store::data_set_with(pool, id).await?;
        Ok(found.map_or(self.all, |set| self.sees(&set)))
    }
}

/// A data set that this person sees; to anyone else it is not there.
pub async fn seen(site: &Site, who: &Who, id: &str) -> Result<DataSet, Refusal> {
    let found = store::data_set_with(&site.storage.pool, id).await?;
    let sight = Sight::of(site, who).await?;
    let found = found.filter(|set| sight.sees(set));
    found.ok_or_else(|| Refusal::not_found("no-data-set", id))
}

/// A data set on which this person decides.
pub async fn owned(site: &Site, who: &Who, id: &str) -> Result<DataSet, Refusal> {
    let set = seen(site, who, id).await?;
    match Sight::of(site, who).await?.may_change(&set) {
        true => Ok(set),
        false => Err(Refusal::forbidden("not-your-data")),
    }
}

/// Whom a data set is shared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum With {
    Person(i64),
    Group(String),
}

impl With {
    fn kept(&self) -> (&'static str, String) {
        match self {
            With::Person(person) => ("person", person.to_string()),
            With::Group(group) => ("group", group.clone()),
        }
    }
}

pub async fn of(pool: &AnyPool, data: &str) -> sqlx::Result<Vec<With>> {
    let sql = "SELECT kind, shared_with FROM statistics_shares WHERE data = $1 ORDER BY kind, added_at, shared_with";
    let rows = sqlx::query(sql).bind(data).fetch_all(pool).await?;
    let with = |row: &sqlx::any::AnyRow| {
        let (kind, with): (String, String) = (row.try_get("kind")?, row.try_get("shared_with")?);
        Ok(match kind.as_str() {
            "person" => With::Person(with.parse().unwrap_or_default()),
            _ => With::Group(with),
        })
    };
    rows.iter().map(with).collect()
}

/// Shares a data set, or no longer; twice is once.
pub async fn set(site: &Site, by: &By, data: &str, with: &With, may: bool) -> Result<(), Refusal> {
    let now = site.now();
    let (kind, id) = with.kept();
    let mut change = audit::begin(&site.storage).await?;
    if may {
        sqlx::query(
            "INSERT INTO statistics_shares (data, kind, shared_with, added_at, added_by) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (data, kind, shared_with) DO NOTHING",
        )
        .bind(data)
        .bind(kind)
        .bind(&id)
        .bind(now)
        .bind(&by.who)
        .execute(&mut *change)
        .await?;
    } else {
        let sql =
            "DELETE FROM statistics_shares WHERE data = $1 AND kind = $2 AND shared_with = $3";
        sqlx::query(sql).bind(data).bind(kind).bind(&id).execute(&mut *change).await?;
    }
    let act = if may { "data.shared" } else { "data.unshared" };
    let detail = json!({ "with": kind, "id": id });
    audit::write(&mut change, by, Act { act, kind: "data", record: data, detail }, now).await?;
    change.commit().await?;
    Ok(())
}
