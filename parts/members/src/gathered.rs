//! The groups and meetings that come with the program: what was read of real ones, with its source,
//! and one example that says of itself that it is made up.

use anyhow::Result;
use base::storage::Transaction;
use serde::Deserialize;

use crate::bodies::rows;
use crate::decisions::Decision;
use crate::groups::Group;
use crate::meetings::{Item, Meeting};
use crate::{decisions, groups, meetings};

/// What `data/bodies` says of groups and meetings. Ids of meetings are those of the files and are
/// given anew when they are loaded.
pub struct Shipped {
    groups: Vec<Group>,
    meetings: Vec<ShippedMeeting>,
    agenda: Vec<Item>,
    /// (meeting, body that was there)
    attendance: Vec<(i64, String)>,
    decisions: Vec<ShippedDecision>,
}

/// A meeting without its rules, which are those of its group.
#[derive(Deserialize)]
struct ShippedMeeting {
    id: i64,
    group: String,
    title_en: String,
    title_fr: String,
    place: String,
    zone: String,
    starts: String,
    ends: String,
    state: String,
    source: String,
    made_up: i64,
}

#[derive(Deserialize)]
struct ShippedDecision {
    meeting: i64,
    /// The place of its item on the agenda, from 1.
    position: i64,
    text_en: String,
    text_fr: String,
}

pub fn shipped() -> Result<Shipped> {
    Ok(Shipped {
        groups: rows("groups.csv", include_str!("../../../data/bodies/groups.csv"))?,
        meetings: rows("meetings.csv", include_str!("../../../data/bodies/meetings.csv"))?,
        agenda: rows("agenda.csv", include_str!("../../../data/bodies/agenda.csv"))?,
        attendance: rows("attendance.csv", include_str!("../../../data/bodies/attendance.csv"))?,
        decisions: rows("decisions.csv", include_str!("../../../data/bodies/decisions.csv"))?,
    })
}

/// Loads groups that are not there yet, and the meetings of those groups. Gives how many rows were new.
pub async fn load(change: &mut Transaction, shipped: &Shipped, now: i64) -> sqlx::Result<u64> {
    let mut new = 0;
    for group in &shipped.groups {
        if !groups::insert(change, group).await? {
            continue;
        }
        new += 1;
        for meeting in shipped.meetings.iter().filter(|meeting| meeting.group == group.id) {
            new += load_meeting(change, shipped, group, meeting, now).await?;
        }
    }
    Ok(new)
}

async fn load_meeting(
    change: &mut Transaction,
    shipped: &Shipped,
    group: &Group,
    meeting: &ShippedMeeting,
    now: i64,
) -> sqlx::Result<u64> {
    let row = Meeting {
        id: 0,
        group: group.id.clone(),
        title_en: meeting.title_en.clone(),
        title_fr: meeting.title_fr.clone(),
        place: meeting.place.clone(),
        zone: meeting.zone.clone(),
        starts: meeting.starts.clone(),
        ends: meeting.ends.clone(),
        link: String::new(),
        state: meeting.state.clone(),
        quorum: group.quorum.clone(),
        remind_days: 7,
        sequence: 0,
        changed_at: now,
        source: meeting.source.clone(),
        made_up: meeting.made_up,
    };
    let id = meetings::insert(change, &row).await?;
    let mut new = 1;
    let mut items = Vec::new();
    for item in shipped.agenda.iter().filter(|item| item.meeting == meeting.id) {
        let row = Item { meeting: id, ..item.clone() };
        items.push((item.position, meetings::insert_item(change, &row).await?));
        new += 1;
    }
    let present = shipped.attendance.iter().filter(|(of, _)| *of == meeting.id);
    let present: Vec<_> = present.map(|(_, body)| (body.clone(), 0)).collect();
    meetings::insert_attendance(change, id, &present, now).await?;
    new += present.len() as u64;
    for decision in shipped.decisions.iter().filter(|it| it.meeting == meeting.id) {
        let item = items.iter().find(|(position, _)| *position == decision.position);
        let row = Decision {
            id: 0,
            meeting: id,
            item: item.map_or(0, |(_, id)| *id),
            text_en: decision.text_en.clone(),
            text_fr: decision.text_fr.clone(),
            rule: group.decides.clone(),
            state: "open".into(),
            settled_at: None,
        };
        decisions::insert(change, &row).await?;
        new += 1;
    }
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bodies, quorum, zones};

    #[test]
    fn the_shipped_files_are_whole() {
        let shipped = shipped().expect("readable");
        let bodies = bodies::shipped().expect("readable").bodies;
        for group in &shipped.groups {
            assert!(bodies.iter().any(|body| body.id == group.body), "{group:?}");
            assert!(groups::KINDS.contains(&group.kind.as_str()), "{group:?}");
            assert!(groups::DECIDES.contains(&group.decides.as_str()), "{group:?}");
            assert!(quorum::SHARES.contains(&group.quorum.quorum.as_str()), "{group:?}");
            assert!(quorum::OVER.contains(&group.quorum.quorum_over.as_str()), "{group:?}");
            assert!(!group.source.is_empty() && !group.name_fr.is_empty(), "{group:?}");
        }
        for meeting in &shipped.meetings {
            assert!(shipped.groups.iter().any(|group| group.id == meeting.group));
            assert!(zones::moment(&meeting.starts, &meeting.zone).is_some(), "{}", meeting.starts);
            assert!(!meeting.source.is_empty() && meeting.starts <= meeting.ends);
        }
        for (_, body) in &shipped.attendance {
            assert!(bodies.iter().any(|known| known.id == *body), "{body}");
        }
    }
}
