//! Meetings of a group: called for a time and a place, with an agenda, invitations and answers, who
//! was there, minutes, and what somebody promised to do.

use base::audit::{self, Act, By};
use base::storage::Transaction;
use base::{Refusal, Site};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};

use crate::groups::{Rule, either};
use crate::{groups, zones};

/// What an item of the agenda is there for.
pub const PURPOSES: [&str; 3] = ["information", "discussion", "decision"];
/// What one can answer to an invitation.
pub const ANSWERS: [&str; 3] = ["comes", "online", "declines"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub id: i64,
    #[serde(rename = "grp")]
    pub group: String,
    pub title_en: String,
    pub title_fr: String,
    pub place: String,
    /// IANA name.
    pub zone: String,
    /// What the clock shows there, to the minute; a day alone for the whole day.
    pub starts: String,
    pub ends: String,
    pub link: String,
    /// draft, called, then held or cancelled.
    pub state: String,
    #[serde(flatten)]
    pub quorum: Rule,
    pub remind_days: i64,
    pub sequence: i64,
    pub changed_at: i64,
    pub source: String,
    pub made_up: i64,
}

impl Meeting {
    pub fn title(&self, french: bool) -> &str {
        either(&self.title_en, &self.title_fr, french)
    }

    /// The day on which it begins, where it is held: the day by which rights are asked.
    pub fn day(&self) -> &str {
        self.starts.get(..10).unwrap_or(&self.starts)
    }

    /// UTC seconds at which it begins.
    pub fn begins_at(&self) -> i64 {
        zones::moment(&self.starts, &self.zone).unwrap_or_default()
    }

    pub fn is_open(&self) -> bool {
        matches!(self.state.as_str(), "draft" | "called")
    }

    /// A meeting that was called off or held keeps what was written in it.
    pub fn must_be(&self, states: &[&str]) -> Result<(), Refusal> {
        match states.contains(&self.state.as_str()) {
            true => Ok(()),
            false => Err(Refusal::conflict("meeting-over")),
        }
    }
}

const MEETING: &str = "SELECT id, grp, title_en, title_fr, place, zone, starts, ends, link, state, quorum,
    quorum_count, quorum_over, quorum_source, remind_days, sequence, changed_at, source, made_up FROM meetings";

/// Every meeting, the latest first.
pub async fn all(pool: &AnyPool) -> sqlx::Result<Vec<Meeting>> {
    let sql = sqlx::AssertSqlSafe(format!("{MEETING} ORDER BY id"));
    let rows = sqlx::query(sql).fetch_all(pool).await?;
    let mut all: Vec<Meeting> = rows.iter().map(meeting).collect::<sqlx::Result<_>>()?;
    all.sort_by_cached_key(|meeting| (-meeting.begins_at(), meeting.id));
    Ok(all)
}

pub async fn find(pool: &AnyPool, id: i64) -> Result<Meeting, Refusal> {
    let sql = sqlx::AssertSqlSafe(format!("{MEETING} WHERE id = $1"));
    let row = sqlx::query(sql).bind(id).fetch_optional(pool).await?;
    let found = row.as_ref().map(meeting).transpose()?;
    found.ok_or_else(|| Refusal::not_found("no-meeting", &id.to_string()))
}

fn meeting(row: &AnyRow) -> sqlx::Result<Meeting> {
    Ok(Meeting {
        id: row.try_get(0)?,
        group: row.try_get(1)?,
        title_en: row.try_get(2)?,
        title_fr: row.try_get(3)?,
        place: row.try_get(4)?,
        zone: row.try_get(5)?,
        starts: row.try_get(6)?,
        ends: row.try_get(7)?,
        link: row.try_get(8)?,
        state: row.try_get(9)?,
        quorum: Rule {
            quorum: row.try_get(10)?,
            quorum_count: row.try_get(11)?,
            quorum_over: row.try_get(12)?,
            quorum_source: row.try_get(13)?,
        },
        remind_days: row.try_get(14)?,
        sequence: row.try_get(15)?,
        changed_at: row.try_get(16)?,
        source: row.try_get(17)?,
        made_up: row.try_get(18)?,
    })
}

/// Adds a meeting within an audited change; its id, where 0 is given, is the next that is free.
pub async fn add(change: &mut Transaction, new: &Meeting, by: &By, now: i64) -> sqlx::Result<i64> {
    let id = insert(change, new).await?;
    told(change, by, "meeting.added", id, json!({ "group": new.group }), now).await?;
    Ok(id)
}

/// The same without an entry, for what is shipped. A row has more fields than one statement may bind
/// well, so the rules are set by a second one.
pub async fn insert(change: &mut Transaction, new: &Meeting) -> sqlx::Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO meetings (id, grp, title_en, title_fr, place, zone, starts, ends, link, state,
             quorum, quorum_count, quorum_over, quorum_source, remind_days, sequence, changed_at, source, made_up)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, '', 0, '', '', $10, 0, $11, $12, $13
         FROM meetings RETURNING id",
    )
    .bind(&new.group)
    .bind(&new.title_en)
    .bind(&new.title_fr)
    .bind(&new.place)
    .bind(&new.zone)
    .bind(&new.starts)
    .bind(&new.ends)
    .bind(&new.link)
    .bind(&new.state)
    .bind(new.remind_days)
    .bind(new.changed_at)
    .bind(&new.source)
    .bind(new.made_up)
    .fetch_one(&mut **change)
    .await?;
    sqlx::query(
        "UPDATE meetings SET quorum = $1, quorum_count = $2, quorum_over = $3, quorum_source = $4 WHERE id = $5",
    )
    .bind(&new.quorum.quorum)
    .bind(new.quorum.quorum_count)
    .bind(&new.quorum.quorum_over)
    .bind(&new.quorum.quorum_source)
    .bind(id)
    .execute(&mut **change)
    .await?;
    Ok(id)
}

/// Sets what a calendar shows of a meeting: title, place, zone, begin and end, link.
pub async fn set(change: &mut Transaction, it: &Meeting, by: &By, now: i64) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE meetings SET title_en = $1, title_fr = $2, place = $3, zone = $4, starts = $5, ends = $6,
             link = $7, remind_days = $8, sequence = sequence + 1, changed_at = $9 WHERE id = $10",
    )
    .bind(&it.title_en)
    .bind(&it.title_fr)
    .bind(&it.place)
    .bind(&it.zone)
    .bind(&it.starts)
    .bind(&it.ends)
    .bind(&it.link)
    .bind(it.remind_days)
    .bind(now)
    .bind(it.id)
    .execute(&mut **change)
    .await?;
    let detail = json!({ "starts": it.starts, "ends": it.ends, "zone": it.zone });
    told(change, by, "meeting.changed", it.id, detail, now).await
}

/// Moves a meeting from one of these states into another; `false` where it is in none of them.
pub async fn set_state(
    change: &mut Transaction,
    id: i64,
    from: &str,
    to: &str,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE meetings SET state = $1, sequence = sequence + 1, changed_at = $2 WHERE id = $3 AND state = $4";
    let done =
        sqlx::query(sql).bind(to).bind(now).bind(id).bind(from).execute(&mut **change).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    told(change, by, &format!("meeting.{to}"), id, json!({ "from": from }), now).await?;
    Ok(true)
}

/// An item of the agenda.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    pub id: i64,
    pub meeting: i64,
    pub position: i64,
    pub title_en: String,
    pub title_fr: String,
    pub purpose: String,
}

impl Item {
    pub fn title(&self, french: bool) -> &str {
        either(&self.title_en, &self.title_fr, french)
    }
}

/// The agenda in order.
pub async fn agenda(pool: &AnyPool, meeting: i64) -> sqlx::Result<Vec<Item>> {
    let rows = sqlx::query(
        "SELECT id, meeting, position, title_en, title_fr, purpose FROM agenda
         WHERE meeting = $1 ORDER BY position, id",
    )
    .bind(meeting)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Item {
                id: row.try_get(0)?,
                meeting: row.try_get(1)?,
                position: row.try_get(2)?,
                title_en: row.try_get(3)?,
                title_fr: row.try_get(4)?,
                purpose: row.try_get(5)?,
            })
        })
        .collect()
}

/// Adds an item at the end of the agenda.
pub async fn add_item(
    change: &mut Transaction,
    new: &Item,
    by: &By,
    now: i64,
) -> sqlx::Result<i64> {
    let id = insert_item(change, new).await?;
    told(change, by, "agenda.added", new.meeting, json!({ "item": id }), now).await?;
    Ok(id)
}

pub async fn insert_item(change: &mut Transaction, new: &Item) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "INSERT INTO agenda (id, meeting, position, title_en, title_fr, purpose)
         SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM agenda), $1,
             (SELECT COALESCE(MAX(position), 0) + 1 FROM agenda WHERE meeting = $1), $2, $3, $4
         RETURNING id",
    )
    .bind(new.meeting)
    .bind(&new.title_en)
    .bind(&new.title_fr)
    .bind(&new.purpose)
    .fetch_one(&mut **change)
    .await
}

/// Puts an item one place earlier.
pub async fn item_up(
    change: &mut Transaction,
    agenda: &[Item],
    id: i64,
    by: &By,
    now: i64,
) -> Result<(), Refusal> {
    let at = agenda.iter().position(|item| item.id == id);
    let at = at.ok_or_else(|| Refusal::not_found("no-item", &id.to_string()))?;
    if at == 0 {
        return Ok(());
    }
    let (earlier, item) = (&agenda[at - 1], &agenda[at]);
    for (position, id) in [(earlier.position, item.id), (item.position, earlier.id)] {
        let sql = "UPDATE agenda SET position = $1 WHERE id = $2";
        sqlx::query(sql).bind(position).bind(id).execute(&mut **change).await?;
    }
    told(change, by, "agenda.moved", item.meeting, json!({ "item": id }), now).await?;
    Ok(())
}

#[derive(Clone, Debug, Serialize)]
pub struct Invitation {
    pub person: i64,
    /// For whom they come; empty in their own name.
    pub body: String,
    pub answer: String,
    pub note: String,
}

pub async fn invitations(pool: &AnyPool, meeting: i64) -> sqlx::Result<Vec<Invitation>> {
    let rows = sqlx::query(
        "SELECT person, body, answer, note FROM invitations WHERE meeting = $1 ORDER BY body, person",
    )
    .bind(meeting)
    .fetch_all(pool)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Invitation {
                person: row.try_get(0)?,
                body: row.try_get(1)?,
                answer: row.try_get(2)?,
                note: row.try_get(3)?,
            })
        })
        .collect()
}

/// Ids of the meetings to which a person is invited.
pub async fn invited_to(pool: &AnyPool, person: i64) -> sqlx::Result<Vec<i64>> {
    let sql = "SELECT meeting FROM invitations WHERE person = $1 ORDER BY meeting";
    sqlx::query_scalar(sql).bind(person).fetch_all(pool).await
}

/// Invites a person; `false` where they are already.
pub async fn invite(
    change: &mut Transaction,
    meeting: i64,
    person: i64,
    body: &str,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "INSERT INTO invitations (meeting, person, body, answer, note, invited_at)
               VALUES ($1, $2, $3, '', '', $4) ON CONFLICT DO NOTHING";
    let added = sqlx::query(sql)
        .bind(meeting)
        .bind(person)
        .bind(body)
        .bind(now)
        .execute(&mut **change)
        .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = json!({ "person": person, "body": body });
    told(change, by, "meeting.invited", meeting, detail, now).await?;
    Ok(true)
}

/// Writes down an answer; `false` where the person is not invited.
pub async fn answer(
    change: &mut Transaction,
    meeting: i64,
    person: i64,
    answer: (&str, &str),
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE invitations SET answer = $1, note = $2, answered_at = $3 WHERE meeting = $4 AND person = $5";
    let done = sqlx::query(sql)
        .bind(answer.0)
        .bind(answer.1)
        .bind(now)
        .bind(meeting)
        .bind(person)
        .execute(&mut **change)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    told(change, by, "meeting.answered", meeting, json!({ "answer": answer.0 }), now).await?;
    Ok(true)
}

/// Who was there, as (body, person; 0 for a delegation of which nobody is named).
pub async fn attendance(pool: &AnyPool, meeting: i64) -> sqlx::Result<Vec<(String, i64)>> {
    let sql = "SELECT body, person FROM attendance WHERE meeting = $1 ORDER BY body, person";
    sqlx::query_as(sql).bind(meeting).fetch_all(pool).await
}

/// Replaces the list of who was there.
pub async fn set_attendance(
    change: &mut Transaction,
    meeting: i64,
    present: &[(String, i64)],
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let sql = "DELETE FROM attendance WHERE meeting = $1";
    sqlx::query(sql).bind(meeting).execute(&mut **change).await?;
    insert_attendance(change, meeting, present, now).await?;
    told(change, by, "meeting.attendance-set", meeting, json!({ "present": present }), now).await
}

pub async fn insert_attendance(
    change: &mut Transaction,
    meeting: i64,
    present: &[(String, i64)],
    now: i64,
) -> sqlx::Result<()> {
    for (body, person) in present {
        let sql = "INSERT INTO attendance (meeting, body, person, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let row = sqlx::query(sql).bind(meeting).bind(body).bind(person).bind(now);
        row.execute(&mut **change).await?;
    }
    Ok(())
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Minutes {
    pub text_en: String,
    pub text_fr: String,
    pub adopted_at: Option<i64>,
    pub changed_at: i64,
}

impl Minutes {
    pub fn text(&self, french: bool) -> &str {
        either(&self.text_en, &self.text_fr, french)
    }
}

pub async fn minutes(pool: &AnyPool, meeting: i64) -> sqlx::Result<Option<Minutes>> {
    let sql = "SELECT text_en, text_fr, adopted_at, changed_at FROM minutes WHERE meeting = $1";
    let row = sqlx::query(sql).bind(meeting).fetch_optional(pool).await?;
    row.map(|row| {
        Ok(Minutes {
            text_en: row.try_get(0)?,
            text_fr: row.try_get(1)?,
            adopted_at: row.try_get(2)?,
            changed_at: row.try_get(3)?,
        })
    })
    .transpose()
}

/// Writes the draft of the minutes; `false` where they were adopted and stay as they are.
pub async fn write_minutes(
    change: &mut Transaction,
    meeting: i64,
    text: (&str, &str),
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "INSERT INTO minutes (meeting, text_en, text_fr, changed_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (meeting) DO UPDATE SET text_en = EXCLUDED.text_en, text_fr = EXCLUDED.text_fr,
                   changed_at = EXCLUDED.changed_at WHERE minutes.adopted_at IS NULL";
    let row = sqlx::query(sql).bind(meeting).bind(text.0).bind(text.1).bind(now);
    if row.execute(&mut **change).await?.rows_affected() == 0 {
        return Ok(false);
    }
    told(change, by, "minutes.written", meeting, json!({}), now).await?;
    Ok(true)
}

/// Adopts the draft: from then on it is what everybody may read, and nobody may change. `false`
/// where there is no draft.
pub async fn adopt_minutes(
    change: &mut Transaction,
    meeting: i64,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE minutes SET adopted_at = $1 WHERE meeting = $2 AND adopted_at IS NULL";
    let done = sqlx::query(sql).bind(now).bind(meeting).execute(&mut **change).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    told(change, by, "minutes.adopted", meeting, json!({}), now).await?;
    Ok(true)
}

/// What somebody promised to do, until when.
#[derive(Clone, Debug, Serialize)]
pub struct Action {
    pub id: i64,
    pub meeting: i64,
    pub text: String,
    pub owner: i64,
    /// The last day, ISO 8601.
    pub due: String,
    pub done_at: Option<i64>,
}

const ACTION: &str = "SELECT id, meeting, text, owner, due, done_at FROM actions";

pub async fn actions(pool: &AnyPool, meeting: i64) -> sqlx::Result<Vec<Action>> {
    let sql = sqlx::AssertSqlSafe(format!("{ACTION} WHERE meeting = $1 ORDER BY due, id"));
    sqlx::query(sql).bind(meeting).fetch_all(pool).await?.iter().map(action).collect()
}

/// What a person has still to do, the most urgent first.
pub async fn open_actions(pool: &AnyPool, person: i64) -> sqlx::Result<Vec<Action>> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{ACTION} WHERE owner = $1 AND done_at IS NULL ORDER BY due, id"
    ));
    sqlx::query(sql).bind(person).fetch_all(pool).await?.iter().map(action).collect()
}

pub async fn find_action(pool: &AnyPool, id: i64) -> Result<Action, Refusal> {
    let sql = sqlx::AssertSqlSafe(format!("{ACTION} WHERE id = $1"));
    let row = sqlx::query(sql).bind(id).fetch_optional(pool).await?;
    let found = row.as_ref().map(action).transpose()?;
    found.ok_or_else(|| Refusal::not_found("no-action", &id.to_string()))
}

fn action(row: &AnyRow) -> sqlx::Result<Action> {
    Ok(Action {
        id: row.try_get(0)?,
        meeting: row.try_get(1)?,
        text: row.try_get(2)?,
        owner: row.try_get(3)?,
        due: row.try_get(4)?,
        done_at: row.try_get(5)?,
    })
}

pub async fn add_action(
    change: &mut Transaction,
    new: &Action,
    by: &By,
    now: i64,
) -> sqlx::Result<i64> {
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO actions (id, meeting, text, owner, due)
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4 FROM actions RETURNING id",
    )
    .bind(new.meeting)
    .bind(&new.text)
    .bind(new.owner)
    .bind(&new.due)
    .fetch_one(&mut **change)
    .await?;
    let detail = json!({ "action": id, "owner": new.owner, "due": new.due });
    told(change, by, "action.added", new.meeting, detail, now).await?;
    Ok(id)
}

/// Says that an action is done; `false` where it was already.
pub async fn end_action(
    change: &mut Transaction,
    action: &Action,
    by: &By,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE actions SET done_at = $1 WHERE id = $2 AND done_at IS NULL";
    let done = sqlx::query(sql).bind(now).bind(action.id).execute(&mut **change).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    told(change, by, "action.done", action.meeting, json!({ "action": action.id }), now).await?;
    Ok(true)
}

pub async fn told(
    change: &mut Transaction,
    by: &By,
    act: &str,
    meeting: i64,
    detail: serde_json::Value,
    now: i64,
) -> sqlx::Result<()> {
    let record = meeting.to_string();
    audit::write(change, by, Act { act, kind: "meeting", record: &record, detail }, now).await?;
    Ok(())
}

/// The meetings that concern a person: of groups in which they sit on the day, and those to which they
/// are invited. Drafts are not among them.
pub async fn of_person(site: &Site, person: i64, day: &str) -> sqlx::Result<Vec<Meeting>> {
    let pool = &site.storage.pool;
    let seats = groups::seats_of_person(pool, person).await?;
    let invited = invited_to(pool, person).await?;
    let mut meetings = all(pool).await?;
    meetings.retain(|meeting| {
        meeting.state != "draft"
            && (invited.contains(&meeting.id)
                || seats.iter().any(|seat| seat.group == meeting.group && seat.held_on(day)))
    });
    Ok(meetings)
}
