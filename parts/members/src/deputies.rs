//! Deputies: somebody stands in for a holder of a role for a term. Nothing is copied: a deputy has the role
//! while the term lasts and the holder has it, so it ends by itself with either.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use base::{Role, Scope};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

/// The longest term in days: who is away longer has a successor.
pub const LONGEST_DAYS: i64 = 366;

/// One standing in for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deputy {
    pub id: i64,
    pub role: Role,
    pub scope: Scope,
    pub holder: i64,
    pub holder_name: String,
    pub person: i64,
    pub person_name: String,
    pub from_day: String,
    pub until_day: String,
    pub ended_at: Option<i64>,
    /// The role of the holder as it stands.
    role_ended_at: Option<i64>,
    role_from_day: String,
    role_until_day: String,
}

impl Deputy {
    pub fn in_force(&self, day: &str) -> bool {
        let within = |from: &str, until: &str| from <= day && (until.is_empty() || day <= until);
        self.ended_at.is_none()
            && self.role_ended_at.is_none()
            && within(&self.from_day, &self.until_day)
            && within(&self.role_from_day, &self.role_until_day)
    }

    /// Whether it may still come or go on.
    pub fn is_open(&self, day: &str) -> bool {
        self.ended_at.is_none() && self.role_ended_at.is_none() && day <= self.until_day.as_str()
    }
}

const COLUMNS: &str = "SELECT deputies.id, roles.role, roles.scope_kind, roles.scope_id, roles.person, holder.name,
       deputies.person, deputy.name, deputies.from_day, deputies.until_day, deputies.ended_at,
       roles.ended_at, roles.from_day, roles.until_day
     FROM deputies JOIN roles ON roles.id = deputies.role
     JOIN people holder ON holder.id = roles.person JOIN people deputy ON deputy.id = deputies.person";

/// All in which this person stands in for others, or others for them; the newest first.
pub async fn of_person(pool: &AnyPool, person: i64) -> sqlx::Result<Vec<Deputy>> {
    let sql = format!(
        "{COLUMNS} WHERE deputies.person = $1 OR roles.person = $1 ORDER BY deputies.id DESC"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person).fetch_all(pool).await?;
    rows.iter().filter_map(|row| read(row).transpose()).collect()
}

/// The roles that this person has as a deputy on this day.
pub async fn in_force(pool: &AnyPool, person: i64, day: &str) -> sqlx::Result<Vec<(Role, Scope)>> {
    let all = of_person(pool, person).await?;
    let mine = all.into_iter().filter(|it| it.person == person && it.in_force(day));
    Ok(mine.map(|it| (it.role, it.scope)).collect())
}

fn read(row: &AnyRow) -> sqlx::Result<Option<Deputy>> {
    let word: String = row.try_get(1)?;
    let Some(role) = Role::named(&word) else { return Ok(None) };
    Ok(Some(Deputy {
        id: row.try_get(0)?,
        role,
        scope: Scope { kind: row.try_get(2)?, id: row.try_get(3)? },
        holder: row.try_get(4)?,
        holder_name: row.try_get(5)?,
        person: row.try_get(6)?,
        person_name: row.try_get(7)?,
        from_day: row.try_get(8)?,
        until_day: row.try_get(9)?,
        ended_at: row.try_get(10)?,
        role_ended_at: row.try_get(11)?,
        role_from_day: row.try_get(12)?,
        role_until_day: row.try_get(13)?,
    }))
}

/// Who stands in, in which of the holder's roles, for how long.
pub struct Named<'a> {
    pub role: i64,
    pub person: i64,
    pub from_day: &'a str,
    pub until_day: &'a str,
}

/// Names a deputy within an audited change.
pub async fn name(
    change: &mut Transaction,
    named: &Named<'_>,
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO deputies (id, role, person, from_day, until_day, made_at)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5 FROM deputies RETURNING id",
    )
    .bind(named.role)
    .bind(named.person)
    .bind(named.from_day)
    .bind(named.until_day)
    .bind(now)
    .fetch_one(&mut **change)
    .await?;
    let detail = json!({
        "id": id, "role": named.role, "from": named.from_day, "until": named.until_day,
    });
    let record = named.person.to_string();
    let act = Act { act: "deputy.named", kind: "person", record: &record, detail };
    audit::write(change, by, act, now).await?;
    Ok(())
}

/// Ends one in which this person is the holder or the deputy; `false` where there is none, or it is over.
pub async fn end(
    change: &mut Transaction,
    person: i64,
    id: i64,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE deputies SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL
                 AND (person = $3 OR role IN (SELECT id FROM roles WHERE person = $3))";
    let ended = sqlx::query(sql).bind(now).bind(id).bind(person).execute(&mut **change).await?;
    if ended.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({ "id": id });
    let record = person.to_string();
    let act = Act { act: "deputy.ended", kind: "person", record: &record, detail };
    audit::write(change, by, act, now).await?;
    Ok(true)
}
