//! Groups that work under a body, and who sits in them: permanent correspondents, experts, regional
//! networks, project teams. A seat has a term, and rights that follow from the body it is held for.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use base::{Refusal, Role, Scope, Who};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::day;
use crate::franchise::Franchise;

/// Kinds of group, in reading order.
pub const KINDS: [&str; 5] = ["ministers", "correspondents", "experts", "network", "project"];
/// As what somebody sits in a group.
pub const SEATS: [&str; 3] = ["chair", "member", "observer"];
/// How a group decides.
pub const DECIDES: [&str; 3] = ["consensus", "majority", "two-thirds"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub id: String,
    pub body: String,
    pub kind: String,
    pub name_en: String,
    pub name_fr: String,
    /// Terms of reference, Markdown.
    pub terms_en: String,
    pub terms_fr: String,
    #[serde(flatten)]
    pub quorum: Rule,
    pub decides: String,
    pub from_day: String,
    pub until_day: String,
    pub source: String,
    /// 1 for an example that nobody should take for a record.
    pub made_up: i64,
}

impl Group {
    pub fn name(&self, french: bool) -> &str {
        either(&self.name_en, &self.name_fr, french)
    }

    pub fn terms(&self, french: bool) -> &str {
        either(&self.terms_en, &self.terms_fr, french)
    }

    /// In which scopes the group lies: who runs one of them runs the group.
    fn scopes(&self) -> [Scope; 2] {
        [Scope::of("group", &self.id), Scope::of("body", &self.body)]
    }
}

/// What must be present for a meeting to decide, and where that is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// One of [`crate::quorum::SHARES`].
    pub quorum: String,
    /// The number, for `count`.
    pub quorum_count: i64,
    /// One of [`crate::quorum::OVER`].
    pub quorum_over: String,
    pub quorum_source: String,
}

/// The French text where French is read and there is one.
pub fn either<'a>(english: &'a str, french_text: &'a str, french: bool) -> &'a str {
    if (french && !french_text.is_empty()) || english.is_empty() { french_text } else { english }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seat {
    pub id: i64,
    pub group: String,
    pub person: i64,
    /// The body it is held for; empty for somebody in their own name.
    pub body: String,
    pub seat: String,
    pub from_day: String,
    /// The last day; empty for open.
    pub until_day: String,
    pub ended_at: Option<i64>,
}

impl Seat {
    /// Whether it is held on this day. A seat that was ended early counts until the day before.
    pub fn held_on(&self, day: &str) -> bool {
        self.from_day.as_str() <= day
            && (self.until_day.is_empty() || day <= self.until_day.as_str())
            && self.ended_at.is_none_or(|at| day < day::of(at).as_str())
    }
}

const GROUP: &str =
    "SELECT id, body, kind, name_en, name_fr, terms_en, terms_fr, quorum, quorum_count,
    quorum_over, quorum_source, decides, from_day, until_day, source, made_up FROM groups";
const SEAT: &str = "SELECT id, grp, person, body, seat, from_day, until_day, ended_at FROM seats";

/// Every group, by kind and name.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Group>> {
    let rows = sqlx::query(GROUP).fetch_all(pool).await?;
    let mut groups: Vec<Group> = rows.iter().map(group).collect::<sqlx::Result<_>>()?;
    groups.sort_by_cached_key(|group| {
        (KINDS.iter().position(|kind| *kind == group.kind), group.name_en.clone())
    });
    Ok(groups)
}

pub async fn find(pool: &AnyPool, id: &str) -> Result<Group, Refusal> {
    let sql = sqlx::AssertSqlSafe(format!("{GROUP} WHERE id = $1"));
    let row = sqlx::query(sql).bind(id).fetch_optional(pool).await?;
    let found = row.as_ref().map(group).transpose()?;
    found.ok_or_else(|| Refusal::not_found("no-group", id))
}

fn group(row: &AnyRow) -> sqlx::Result<Group> {
    Ok(Group {
        id: row.try_get(0)?,
        body: row.try_get(1)?,
        kind: row.try_get(2)?,
        name_en: row.try_get(3)?,
        name_fr: row.try_get(4)?,
        terms_en: row.try_get(5)?,
        terms_fr: row.try_get(6)?,
        quorum: Rule {
            quorum: row.try_get(7)?,
            quorum_count: row.try_get(8)?,
            quorum_over: row.try_get(9)?,
            quorum_source: row.try_get(10)?,
        },
        decides: row.try_get(11)?,
        from_day: row.try_get(12)?,
        until_day: row.try_get(13)?,
        source: row.try_get(14)?,
        made_up: row.try_get(15)?,
    })
}

/// Every seat of every group that there ever was, in the order in which they were given.
pub async fn seats(pool: &AnyPool) -> sqlx::Result<Vec<Seat>> {
    let sql = sqlx::AssertSqlSafe(format!("{SEAT} ORDER BY id"));
    sqlx::query(sql).fetch_all(pool).await?.iter().map(seat).collect()
}

pub async fn seats_of(pool: &AnyPool, group: &str) -> sqlx::Result<Vec<Seat>> {
    let sql = sqlx::AssertSqlSafe(format!("{SEAT} WHERE grp = $1 ORDER BY id"));
    sqlx::query(sql).bind(group).fetch_all(pool).await?.iter().map(seat).collect()
}

pub async fn seats_of_person(pool: &AnyPool, person: i64) -> sqlx::Result<Vec<Seat>> {
    let sql = sqlx::AssertSqlSafe(format!("{SEAT} WHERE person = $1 ORDER BY id"));
    sqlx::query(sql).bind(person).fetch_all(pool).await?.iter().map(seat).collect()
}

fn seat(row: &AnyRow) -> sqlx::Result<Seat> {
    Ok(Seat {
        id: row.try_get(0)?,
        group: row.try_get(1)?,
        person: row.try_get(2)?,
        body: row.try_get(3)?,
        seat: row.try_get(4)?,
        from_day: row.try_get(5)?,
        until_day: row.try_get(6)?,
        ended_at: row.try_get(7)?,
    })
}

/// What somebody is to a group on a day.
pub struct Place {
    /// The role by which they run every group of its kind, if they do.
    pub office: Option<Role>,
    /// The seats they hold on the day.
    pub seats: Vec<Seat>,
    pub franchise: Franchise,
}

impl Place {
    pub async fn of(
        pool: &AnyPool,
        group: &Group,
        who: Option<&Who>,
        day: &str,
    ) -> sqlx::Result<Place> {
        let franchise = Franchise::on(pool, &group.body, day).await?;
        let Some(who) = who else {
            return Ok(Place { office: None, seats: Vec::new(), franchise });
        };
        let mut seats = seats_of(pool, &group.id).await?;
        seats.retain(|seat| seat.person == who.person && seat.held_on(day));
        let office = who.holds_over(&[Role::Administrator, Role::Secretariat], &group.scopes());
        Ok(Place { office, seats, franchise })
    }

    /// Whether they prepare the group's meetings: the secretariat, and whoever is in the chair.
    pub fn runs(&self) -> bool {
        self.office.is_some() || self.seats.iter().any(|seat| seat.seat == "chair")
    }

    /// Whether a seat of theirs has this right.
    pub fn may(&self, right: &str) -> bool {
        self.seats.iter().any(|seat| self.franchise.seat_with(seat, right).is_some())
    }

    /// Whether they see what the group works on.
    pub fn reads(&self) -> bool {
        self.office.is_some() || self.may("read")
    }

    /// The audit's name for them here.
    pub fn by(&self, who: &Who) -> By {
        match (self.office, self.seats.first()) {
            (None, Some(seat)) => By::new(who.id(), seat.seat.as_str()),
            (office, _) => who.by(office),
        }
    }

    pub fn must_run(&self) -> Result<(), Refusal> {
        if self.runs() { Ok(()) } else { Err(Refusal::forbidden("runs-not")) }
    }

    pub fn must_be_office(&self) -> Result<(), Refusal> {
        if self.office.is_some() { Ok(()) } else { Err(Refusal::forbidden("forbidden")) }
    }

    pub fn must_read(&self) -> Result<(), Refusal> {
        if self.reads() { Ok(()) } else { Err(Refusal::forbidden("group-closed")) }
    }
}

/// Adds a group within an audited change; `false` where there is one of this id.
pub async fn add(change: &mut Transaction, new: &Group, by: &By, now: i64) -> sqlx::Result<bool> {
    if !insert(change, new).await? {
        return Ok(false);
    }
    told(change, by, "group.added", &new.id, json!({ "body": new.body, "kind": new.kind }), now)
        .await?;
    Ok(true)
}

/// The same without an entry, for what is shipped.
pub async fn insert(change: &mut Transaction, new: &Group) -> sqlx::Result<bool> {
    let added = sqlx::query(
        "INSERT INTO groups (id, body, kind, name_en, name_fr, terms_en, terms_fr, quorum, quorum_count,
             quorum_over, quorum_source, decides, from_day, until_day, source, made_up)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(&new.id)
    .bind(&new.body)
    .bind(&new.kind)
    .bind(&new.name_en)
    .bind(&new.name_fr)
    .bind(&new.terms_en)
    .bind(&new.terms_fr)
    .bind(&new.quorum.quorum)
    .bind(new.quorum.quorum_count)
    .bind(&new.quorum.quorum_over)
    .bind(&new.quorum.quorum_source)
    .bind(&new.decides)
    .bind(&new.from_day)
    .bind(&new.until_day)
    .bind(&new.source)
    .bind(new.made_up)
    .execute(&mut **change)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Replaces terms of reference and rules. Meetings that were prepared before keep the rules they had.
pub async fn set_terms(
    change: &mut Transaction,
    group: &Group,
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE groups SET terms_en = $1, terms_fr = $2, quorum = $3, quorum_count = $4,
             quorum_over = $5, quorum_source = $6, decides = $7 WHERE id = $8",
    )
    .bind(&group.terms_en)
    .bind(&group.terms_fr)
    .bind(&group.quorum.quorum)
    .bind(group.quorum.quorum_count)
    .bind(&group.quorum.quorum_over)
    .bind(&group.quorum.quorum_source)
    .bind(&group.decides)
    .bind(&group.id)
    .execute(&mut **change)
    .await?;
    let detail = json!({ "rule": group.quorum, "decides": group.decides });
    told(change, by, "group.terms-set", &group.id, detail, now).await
}

/// Gives a seat within an audited change. `seat.id` is not looked at; gives the new one.
pub async fn give_seat(
    change: &mut Transaction,
    seat: &Seat,
    by: &By,
    now: i64,
) -> sqlx::Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO seats (id, grp, person, body, seat, from_day, until_day, given_by, given_at)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM seats RETURNING id",
    )
    .bind(&seat.group)
    .bind(seat.person)
    .bind(&seat.body)
    .bind(&seat.seat)
    .bind(&seat.from_day)
    .bind(&seat.until_day)
    .bind(&by.who)
    .bind(now)
    .fetch_one(&mut **change)
    .await?;
    let detail = json!({
        "id": id, "person": seat.person, "body": seat.body, "seat": seat.seat,
        "from": seat.from_day, "until": seat.until_day,
    });
    told(change, by, "seat.given", &seat.group, detail, now).await?;
    Ok(id)
}

/// Ends a seat of this group as of now; `false` where there is none that goes on.
pub async fn end_seat(
    change: &mut Transaction,
    group: &str,
    id: i64,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE seats SET ended_at = $1 WHERE id = $2 AND grp = $3 AND ended_at IS NULL";
    let ended = sqlx::query(sql).bind(now).bind(id).bind(group).execute(&mut **change).await?;
    if ended.rows_affected() == 0 {
        return Ok(false);
    }
    told(change, by, "seat.ended", group, json!({ "id": id }), now).await?;
    Ok(true)
}

async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    group: &str,
    detail: serde_json::Value,
    now: i64,
) -> sqlx::Result<()> {
    audit::write(change, by, Act { act, kind: "group", record: group, detail }, now).await?;
    Ok(())
}
