//! Bodies, what they rest on, and who belongs to them on any day. Where a source was not read, a
//! membership is said to be unknown on that day, never guessed.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

/// A state, ministry, organisation or group of states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub id: String,
    pub kind: String,
    pub name_en: String,
    pub name_fr: String,
    /// ISO 3166 of a state; empty otherwise.
    pub country: String,
    pub parent: String,
    pub from_day: String,
    pub until_day: String,
    pub source: String,
}

impl Body {
    pub fn name(&self, french: bool) -> &str {
        if french { &self.name_fr } else { &self.name_en }
    }
}

/// A letter, resolution or statute on which a body rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    pub id: String,
    pub body: String,
    pub kind: String,
    pub day: String,
    pub title_en: String,
    pub title_fr: String,
    pub text_en: String,
    pub text_fr: String,
    pub follows: String,
    pub source: String,
}

/// Kinds of membership, from the fullest to the slightest.
pub const KINDS: [&str; 5] = ["member", "participant", "observer", "partner", "guest"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub body: String,
    pub member: String,
    pub kind: String,
    /// The day of accession; empty where it was not read.
    pub from_day: String,
    /// The first day on which it was no longer so; empty where no end was read.
    pub until_day: String,
    /// Days on which a source names the member, separated by spaces.
    pub known_on: String,
    pub source: String,
    pub note_en: String,
    pub note_fr: String,
}

/// Whether somebody belonged on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A source says so, or says so of days before and after.
    Confirmed,
    /// A source says so of this earlier day, and none was read that it ended.
    Since(String),
    /// The first source names the member on this later day; when it joined was not read.
    Unknown(String),
    Not,
}

impl Membership {
    /// How the membership stood on this day.
    pub fn on(&self, day: &str) -> Standing {
        let from = self.from_day.as_str();
        if (!from.is_empty() && day < from)
            || (!self.until_day.is_empty() && day >= self.until_day.as_str())
        {
            return Standing::Not;
        }
        let shown = self.known_on.split_whitespace().chain((!from.is_empty()).then_some(from));
        let (Some(first), Some(last)) = (shown.clone().min(), shown.max()) else {
            // Neither joined nor named on any day: a source says only that it is so.
            return Standing::Unknown(String::new());
        };
        match () {
            () if day < first => Standing::Unknown(first.to_owned()),
            () if day <= last || !self.until_day.is_empty() => Standing::Confirmed,
            () => Standing::Since(last.to_owned()),
        }
    }
}

/// How many members a source counts on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub body: String,
    pub day: String,
    pub count: i64,
    pub source: String,
}

/// All bodies, groups of states first, then by name.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Body>> {
    let sql = "SELECT id, kind, name_en, name_fr, country, parent, from_day, until_day, source FROM bodies
               ORDER BY CASE WHEN kind = 'group' THEN 0 WHEN kind = 'state' THEN 2 ELSE 1 END, name_en";
    sqlx::query(sql).fetch_all(pool).await?.iter().map(read).collect()
}

pub async fn find(pool: &AnyPool, id: &str) -> sqlx::Result<Option<Body>> {
    let sql = "SELECT id, kind, name_en, name_fr, country, parent, from_day, until_day, source FROM bodies WHERE id = $1";
    sqlx::query(sql).bind(id).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// What a body rests on, the oldest first.
pub async fn mandates(pool: &AnyPool, body: &str) -> sqlx::Result<Vec<Mandate>> {
    let rows = sqlx::query(
        "SELECT id, body, kind, day, title_en, title_fr, text_en, text_fr, follows, source
         FROM mandates WHERE body = $1 ORDER BY day, id",
    )
    .bind(body)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Mandate {
                id: row.try_get(0)?,
                body: row.try_get(1)?,
                kind: row.try_get(2)?,
                day: row.try_get(3)?,
                title_en: row.try_get(4)?,
                title_fr: row.try_get(5)?,
                text_en: row.try_get(6)?,
                text_fr: row.try_get(7)?,
                follows: row.try_get(8)?,
                source: row.try_get(9)?,
            })
        })
        .collect()
}

/// Every membership of a body, with the member.
pub async fn memberships(pool: &AnyPool, body: &str) -> sqlx::Result<Vec<(Membership, Body)>> {
    let rows = sqlx::query(
        "SELECT b.id, b.kind, b.name_en, b.name_fr, b.country, b.parent, b.from_day, b.until_day, b.source,
             m.body, m.member, m.kind, m.from_day, m.until_day, m.known_on, m.source, m.note_en, m.note_fr
         FROM memberships m JOIN bodies b ON b.id = m.member WHERE m.body = $1 ORDER BY b.name_en",
    )
    .bind(body)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            let membership = Membership {
                body: row.try_get(9)?,
                member: row.try_get(10)?,
                kind: row.try_get(11)?,
                from_day: row.try_get(12)?,
                until_day: row.try_get(13)?,
                known_on: row.try_get(14)?,
                source: row.try_get(15)?,
                note_en: row.try_get(16)?,
                note_fr: row.try_get(17)?,
            };
            Ok((membership, read(row)?))
        })
        .collect()
}

/// What sources count, the newest first.
pub async fn counts(pool: &AnyPool, body: &str) -> sqlx::Result<Vec<Count>> {
    let sql =
        "SELECT body, day, count, source FROM member_counts WHERE body = $1 ORDER BY day DESC";
    let rows = sqlx::query(sql).bind(body).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Count {
                body: row.try_get(0)?,
                day: row.try_get(1)?,
                count: row.try_get(2)?,
                source: row.try_get(3)?,
            })
        })
        .collect()
}

fn read(row: &AnyRow) -> sqlx::Result<Body> {
    Ok(Body {
        id: row.try_get(0)?,
        kind: row.try_get(1)?,
        name_en: row.try_get(2)?,
        name_fr: row.try_get(3)?,
        country: row.try_get(4)?,
        parent: row.try_get(5)?,
        from_day: row.try_get(6)?,
        until_day: row.try_get(7)?,
        source: row.try_get(8)?,
    })
}

/// The bodies that come with the program, as its files say.
pub struct Shipped {
    pub bodies: Vec<Body>,
    pub mandates: Vec<Mandate>,
    pub memberships: Vec<Membership>,
    pub counts: Vec<Count>,
    pub gathered: crate::gathered::Shipped,
}

/// Reads `data/bodies`. Fails naming the file and line that is wrong.
pub fn shipped() -> anyhow::Result<Shipped> {
    Ok(Shipped {
        bodies: rows("bodies.csv", include_str!("../../../data/bodies/bodies.csv"))?,
        mandates: rows("mandates.csv", include_str!("../../../data/bodies/mandates.csv"))?,
        memberships: rows("memberships.csv", include_str!("../../../data/bodies/memberships.csv"))?,
        counts: rows("counts.csv", include_str!("../../../data/bodies/counts.csv"))?,
        gathered: crate::gathered::shipped()?,
    })
}

pub(crate) fn rows<T: for<'a> Deserialize<'a>>(file: &str, text: &str) -> anyhow::Result<Vec<T>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| anyhow::anyhow!("data/bodies/{file}: {error}"))
}

/// Loads what is shipped within a change; what is there already stays as it is, with what people
/// changed. Gives how many rows were new.
pub async fn load(change: &mut Transaction, shipped: &Shipped, now: i64) -> sqlx::Result<u64> {
    let mut new = 0;
    for body in &shipped.bodies {
        let added = sqlx::query(
            "INSERT INTO bodies (id, kind, name_en, name_fr, country, parent, from_day, until_day, source)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
        )
        .bind(&body.id)
        .bind(&body.kind)
        .bind(&body.name_en)
        .bind(&body.name_fr)
        .bind(&body.country)
        .bind(&body.parent)
        .bind(&body.from_day)
        .bind(&body.until_day)
        .bind(&body.source)
        .execute(&mut **change)
        .await?;
        new += added.rows_affected();
        if added.rows_affected() == 1 && body.kind == "group" {
            crate::rights::begin(change, &body.id).await?;
        }
    }
    for mandate in &shipped.mandates {
        let added = sqlx::query(
            "INSERT INTO mandates (id, body, kind, day, title_en, title_fr, text_en, text_fr, follows, source)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
        )
        .bind(&mandate.id)
        .bind(&mandate.body)
        .bind(&mandate.kind)
        .bind(&mandate.day)
        .bind(&mandate.title_en)
        .bind(&mandate.title_fr)
        .bind(&mandate.text_en)
        .bind(&mandate.text_fr)
        .bind(&mandate.follows)
        .bind(&mandate.source)
        .execute(&mut **change)
        .await?;
        new += added.rows_affected();
    }
    for membership in &shipped.memberships {
        new += add(change, membership).await?;
    }
    for count in &shipped.counts {
        let sql = "INSERT INTO member_counts (body, day, count, source) VALUES ($1, $2, $3, $4) ON CONFLICT (body, day) DO NOTHING";
        let added = sqlx::query(sql)
            .bind(&count.body)
            .bind(&count.day)
            .bind(count.count)
            .bind(&count.source)
            .execute(&mut **change)
            .await?;
        new += added.rows_affected();
    }
    new += crate::gathered::load(change, &shipped.gathered, now).await?;
    if new > 0 {
        let detail = json!({ "rows": new });
        let act = Act { act: "import.taken", kind: "import", record: "bodies", detail };
        audit::write(change, &By::operator(), act, now).await?;
    }
    Ok(new)
}

/// Adds a membership; 0 where the same body has the same member in that kind.
pub async fn add(change: &mut Transaction, new: &Membership) -> sqlx::Result<u64> {
    let added = sqlx::query(
        "INSERT INTO memberships (body, member, kind, from_day, until_day, known_on, source, note_en, note_fr)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (body, member, kind) DO NOTHING",
    )
    .bind(&new.body)
    .bind(&new.member)
    .bind(&new.kind)
    .bind(&new.from_day)
    .bind(&new.until_day)
    .bind(&new.known_on)
    .bind(&new.source)
    .bind(&new.note_en)
    .bind(&new.note_fr)
    .execute(&mut **change)
    .await?;
    Ok(added.rows_affected())
}

/// What can be corrected of a membership once a source was read.
pub struct Dates<'a> {
    pub from_day: &'a str,
    pub until_day: &'a str,
    pub source: &'a str,
}

/// Sets the dates of a membership within an audited change; `false` where there is none.
pub async fn set_dates(
    change: &mut Transaction,
    of: (&str, &str, &str),
    dates: &Dates<'_>,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let (body, member, kind) = of;
    let done = sqlx::query(
        "UPDATE memberships SET from_day = $1, until_day = $2, source = $3
         WHERE body = $4 AND member = $5 AND kind = $6",
    )
    .bind(dates.from_day)
    .bind(dates.until_day)
    .bind(dates.source)
    .bind(body)
    .bind(member)
    .bind(kind)
    .execute(&mut **change)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({
        "member": member, "kind": kind, "from": dates.from_day, "until": dates.until_day, "source": dates.source,
    });
    let act = Act { act: "membership.dated", kind: "body", record: body, detail };
    audit::write(change, by, act, now).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn membership(from: &str, until: &str, known_on: &str) -> Membership {
        Membership {
            body: "group".into(),
            member: "state".into(),
            kind: "member".into(),
            from_day: from.into(),
            until_day: until.into(),
            known_on: known_on.into(),
            source: String::new(),
            note_en: String::new(),
            note_fr: String::new(),
        }
    }

    #[test]
    fn a_day_without_a_source_is_unknown() {
        let named = membership("", "", "2000-03-08 2005-01-01");
        assert_eq!(named.on("1999-12-31"), Standing::Unknown("2000-03-08".into()));
        assert_eq!(named.on("2000-03-08"), Standing::Confirmed);
        assert_eq!(named.on("2003-01-01"), Standing::Confirmed);
        assert_eq!(named.on("2020-01-01"), Standing::Since("2005-01-01".into()));
    }

    #[test]
    fn a_known_accession_and_end_bound_a_membership() {
        let bounded = membership("2020-01-01", "2022-03-16", "");
        assert_eq!(bounded.on("2019-12-31"), Standing::Not);
        assert_eq!(bounded.on("2020-01-01"), Standing::Confirmed);
        assert_eq!(bounded.on("2022-03-15"), Standing::Confirmed);
        assert_eq!(bounded.on("2022-03-16"), Standing::Not);
        assert_eq!(membership("", "", "").on("2022-03-16"), Standing::Unknown(String::new()));
    }

    #[test]
    fn the_shipped_files_are_whole() {
        let shipped = shipped().expect("readable");
        let known = |id: &str| shipped.bodies.iter().any(|body| body.id == id);
        for membership in &shipped.memberships {
            assert!(known(&membership.body) && known(&membership.member), "{membership:?}");
            assert!(KINDS.contains(&membership.kind.as_str()), "{membership:?}");
            let days = [&membership.from_day, &membership.until_day];
            let days = days.into_iter().map(String::as_str).chain(membership.known_on.split(' '));
            for day in days.filter(|day| !day.is_empty()) {
                assert_eq!(crate::day::read(day).as_deref(), Some(day), "{membership:?}");
            }
        }
        for mandate in &shipped.mandates {
            assert!(known(&mandate.body) && !mandate.source.is_empty(), "{mandate:?}");
        }
        // Ministers' Deputies, 701st meeting, 8 March 2000: thirty-one states are listed.
        let on_day = shipped
            .memberships
            .iter()
            .filter(|it| it.kind == "member" && it.on("2000-03-08") == Standing::Confirmed);
        assert_eq!(on_day.count(), 31);
    }
}
