//! Decisions of a meeting and who supported, abstained, objected or entered a reservation. Who may is
//! asked of the table of rights as of the day of the meeting, whoever writes it down.

use axum::http::StatusCode;
use base::Refusal;
use base::audit::By;
use base::language::Arg;
use base::storage::Transaction;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::franchise::Franchise;
use crate::groups::{Seat, either};
use crate::meetings::told;
use crate::quorum::Quorum;

/// Each position with the right that it needs: to stand aside or in favour is a vote; who may object
/// may also agree with a reservation.
pub const POSITIONS: [(&str, &str); 4] =
    [("supports", "vote"), ("abstains", "vote"), ("objects", "object"), ("reserves", "object")];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decision {
    pub id: i64,
    pub meeting: i64,
    pub item: i64,
    pub text_en: String,
    pub text_fr: String,
    /// One of [`crate::groups::DECIDES`].
    pub rule: String,
    /// open, adopted, rejected.
    pub state: String,
    pub settled_at: Option<i64>,
}

impl Decision {
    pub fn text(&self, french: bool) -> &str {
        either(&self.text_en, &self.text_fr, french)
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Position {
    pub decision: i64,
    pub body: String,
    /// Somebody in their own name; 0 for a body.
    pub person: i64,
    pub position: String,
    /// The words of a reservation or objection.
    pub text: String,
    pub kind: String,
}

const DECISION: &str =
    "SELECT id, meeting, item, text_en, text_fr, rule, state, settled_at FROM decisions";

pub async fn of_meeting(pool: &AnyPool, meeting: i64) -> sqlx::Result<Vec<Decision>> {
    let sql = sqlx::AssertSqlSafe(format!("{DECISION} WHERE meeting = $1 ORDER BY id"));
    sqlx::query(sql).bind(meeting).fetch_all(pool).await?.iter().map(decision).collect()
}

pub async fn find(pool: &AnyPool, id: i64) -> Result<Decision, Refusal> {
    let sql = sqlx::AssertSqlSafe(format!("{DECISION} WHERE id = $1"));
    let row = sqlx::query(sql).bind(id).fetch_optional(pool).await?;
    let found = row.as_ref().map(decision).transpose()?;
    found.ok_or_else(|| Refusal::not_found("no-decision", &id.to_string()))
}

fn decision(row: &AnyRow) -> sqlx::Result<Decision> {
    Ok(Decision {
        id: row.try_get(0)?,
        meeting: row.try_get(1)?,
        item: row.try_get(2)?,
        text_en: row.try_get(3)?,
        text_fr: row.try_get(4)?,
        rule: row.try_get(5)?,
        state: row.try_get(6)?,
        settled_at: row.try_get(7)?,
    })
}

/// Positions on all decisions of a meeting, by decision, then body.
pub async fn positions(pool: &AnyPool, meeting: i64) -> sqlx::Result<Vec<Position>> {
    let rows = sqlx::query(
        "SELECT p.decision, p.body, p.person, p.position, p.text, p.kind FROM positions p
         JOIN decisions d ON d.id = p.decision WHERE d.meeting = $1 ORDER BY p.decision, p.body, p.person",
    )
    .bind(meeting)
    .fetch_all(pool)
    .await?;
    rows.iter().map(position).collect()
}

async fn positions_on(change: &mut Transaction, id: i64) -> sqlx::Result<Vec<Position>> {
    let sql =
        "SELECT decision, body, person, position, text, kind FROM positions WHERE decision = $1";
    sqlx::query(sql).bind(id).fetch_all(&mut **change).await?.iter().map(position).collect()
}

fn position(row: &AnyRow) -> sqlx::Result<Position> {
    Ok(Position {
        decision: row.try_get(0)?,
        body: row.try_get(1)?,
        person: row.try_get(2)?,
        position: row.try_get(3)?,
        text: row.try_get(4)?,
        kind: row.try_get(5)?,
    })
}

pub async fn add(change: &mut Transaction, new: &Decision, by: &By, now: i64) -> sqlx::Result<i64> {
    let id = insert(change, new).await?;
    told(change, by, "decision.proposed", new.meeting, json!({ "decision": id }), now).await?;
    Ok(id)
}

pub async fn insert(change: &mut Transaction, new: &Decision) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO decisions (id, meeting, item, text_en, text_fr, rule, state)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, 'open' FROM decisions RETURNING id",
    )
    .bind(new.meeting)
    .bind(new.item)
    .bind(&new.text_en)
    .bind(&new.text_fr)
    .bind(&new.rule)
    .fetch_one(&mut **change)
    .await
}

/// The right that a position needs; refused where there is no such position.
pub fn right_for(position: &str) -> Result<&'static str, Refusal> {
    let known = POSITIONS.iter().find(|(word, _)| *word == position);
    known
        .map(|(_, right)| *right)
        .ok_or_else(|| Refusal::bad_input("no-position", "position", position))
}

/// By which kind of membership a seat may take a position on the day of `franchise`; refused in
/// words where it may not.
pub fn kind_of_seat(franchise: &Franchise, seat: &Seat, position: &str) -> Result<String, Refusal> {
    let right = right_for(position)?;
    let kind = franchise.seat_with(seat, right).map(str::to_owned);
    kind.ok_or_else(|| may_not(franchise, seat.seat == "observer", &seat.body, right))
}

/// The same for a delegation whose position the secretariat writes down.
pub fn kind_of_body(franchise: &Franchise, body: &str, position: &str) -> Result<String, Refusal> {
    let right = right_for(position)?;
    let kind = franchise.kind_with(body, right).map(str::to_owned);
    kind.ok_or_else(|| may_not(franchise, false, body, right))
}

fn may_not(franchise: &Franchise, observer: bool, body: &str, right: &str) -> Refusal {
    let kind = match franchise.members().find(|(member, _)| member.id == body) {
        _ if observer => "observer",
        Some((_, kind)) => kind,
        None => "none",
    };
    let args = vec![
        ("kind", Arg::Text(kind.into())),
        ("right", Arg::Text(right.into())),
        ("body", Arg::Text(if body.is_empty() { "–".into() } else { body.into() })),
    ];
    Refusal { status: StatusCode::FORBIDDEN, key: "may-not-decide", args }
}

/// Writes down a position, in place of an earlier one of the same body; `false` where the decision is
/// settled.
pub async fn take_position(
    change: &mut Transaction,
    decision: &Decision,
    position: &Position,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO positions (decision, body, person, position, text, kind, noted_by, at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE EXISTS (SELECT 1 FROM decisions WHERE id = $1 AND state = 'open')
         ON CONFLICT (decision, body, person) DO UPDATE SET position = EXCLUDED.position,
             text = EXCLUDED.text, kind = EXCLUDED.kind, noted_by = EXCLUDED.noted_by, at = EXCLUDED.at",
    )
    .bind(decision.id)
    .bind(&position.body)
    .bind(position.person)
    .bind(&position.position)
    .bind(&position.text)
    .bind(&position.kind)
    .bind(&by.who)
    .bind(now)
    .execute(&mut **change)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({
        "decision": decision.id, "body": position.body, "person": position.person,
        "position": position.position, "kind": position.kind,
    });
    told(change, by, "decision.position", decision.meeting, detail, now).await?;
    Ok(true)
}

/// How many took each position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Tally {
    pub supports: usize,
    pub abstains: usize,
    pub objects: usize,
    /// Agrees, with a reservation: counted with those in favour.
    pub reserves: usize,
}

pub fn tally<'a>(positions: impl Iterator<Item = &'a Position>) -> Tally {
    let mut tally = Tally::default();
    for position in positions {
        match position.position.as_str() {
            "supports" => tally.supports += 1,
            "abstains" => tally.abstains += 1,
            "objects" => tally.objects += 1,
            _ => tally.reserves += 1,
        }
    }
    tally
}

/// What comes of it. By consensus: adopted where nobody objects. By majority or two thirds: of those
/// who are for or against; abstentions are not votes cast.
pub fn is_adopted(rule: &str, tally: Tally) -> bool {
    let (fors, against) = (tally.supports + tally.reserves, tally.objects);
    match rule {
        "majority" => fors > against,
        "two-thirds" => fors > 0 && fors >= 2 * against,
        _ => against == 0,
    }
}

/// Settles an open decision by its rule. Refused without a quorum, or where it is settled already.
pub async fn settle(
    change: &mut Transaction,
    decision: &Decision,
    quorum: &Quorum,
    by: &By,
    now: i64,
) -> Result<(), Refusal> {
    if !quorum.is_met() {
        let count = |number: usize| Arg::Number(number as f64, 0);
        let args = vec![("present", count(quorum.present)), ("needed", count(quorum.needed))];
        return Err(Refusal { status: StatusCode::CONFLICT, key: "no-quorum", args });
    }
    let tally = tally(positions_on(change, decision.id).await?.iter());
    let state = if is_adopted(&decision.rule, tally) { "adopted" } else { "rejected" };
    let sql = "UPDATE decisions SET state = $1, settled_at = $2 WHERE id = $3 AND state = 'open'";
    let done =
        sqlx::query(sql).bind(state).bind(now).bind(decision.id).execute(&mut **change).await?;
    if done.rows_affected() == 0 {
        return Err(Refusal::conflict("decision-settled"));
    }
    let detail =
        json!({ "decision": decision.id, "state": state, "tally": tally, "quorum": quorum });
    told(change, by, "decision.settled", decision.meeting, detail, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_count_as_they_say() {
        let tally =
            |supports, objects, reserves| Tally { supports, abstains: 9, objects, reserves };
        assert!(is_adopted("consensus", tally(0, 0, 0)), "silence is consent");
        assert!(!is_adopted("consensus", tally(40, 1, 0)));
        assert!(is_adopted("majority", tally(1, 1, 1)) && !is_adopted("majority", tally(1, 1, 0)));
        assert!(
            is_adopted("two-thirds", tally(4, 2, 0)) && !is_adopted("two-thirds", tally(3, 2, 0))
        );
        assert!(!is_adopted("two-thirds", tally(0, 0, 0)), "no vote is no majority");
        assert!(!is_adopted("majority", tally(0, 0, 0)));
    }
}
