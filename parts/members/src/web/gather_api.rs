//! Groups and meetings as programs read them. What only the group may see is absent for others.

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::Asker;
use base::answer;
use base::{App, Reader, Refusal, Who};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::groups_pages::private;
use super::is_french;
use super::meetings_pages::{Seen, known};
use crate::decisions::Tally;
use crate::groups;
use crate::quorum::Quorum;

#[derive(OpenApi)]
#[openapi(paths(groups_api, meetings_api, meeting_api))]
struct Described;

pub fn description() -> utoipa::openapi::OpenApi {
    Described::openapi()
}

/// A group as programs read it.
#[derive(Serialize, ToSchema)]
pub struct GroupWire {
    id: String,
    body: String,
    /// `ministers`, `correspondents`, `experts`, `network`, `project`.
    kind: String,
    name: String,
    /// Terms of reference, Markdown.
    terms: String,
    /// `none`, `third`, `majority`, `two-thirds`, `count`.
    quorum: String,
    /// `bodies` entitled to vote, or `seats`.
    quorum_over: String,
    quorum_source: String,
    /// `consensus`, `majority`, `two-thirds`.
    decides: String,
    from: Option<String>,
    until: Option<String>,
    source: String,
    /// An example that nobody should take for a record.
    made_up: bool,
}

/// All groups.
#[utoipa::path(get, path = "/api/groups", responses((status = 200, body = [GroupWire])))]
pub async fn groups_api(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let french = is_french(&reader);
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    let groups: Vec<GroupWire> = groups::all(&site.storage.pool)
        .await?
        .into_iter()
        .map(|group| GroupWire {
            name: group.name(french).to_owned(),
            terms: group.terms(french).to_owned(),
            id: group.id,
            body: group.body,
            kind: group.kind,
            quorum: group.quorum.quorum,
            quorum_over: group.quorum.quorum_over,
            quorum_source: group.quorum.quorum_source,
            decides: group.decides,
            from: some(group.from_day),
            until: some(group.until_day),
            source: group.source,
            made_up: group.made_up != 0,
        })
        .collect();
    Ok(answer::json(&groups))
}

/// A meeting as programs read it. What only the group may see is absent for others.
#[derive(Serialize, ToSchema)]
pub struct MeetingWire {
    id: i64,
    group: String,
    title: String,
    place: String,
    /// IANA name of the time zone.
    zone: String,
    /// By the clock in that zone; a day alone for the whole day.
    starts: String,
    ends: String,
    /// UTC seconds.
    starts_at: i64,
    /// `draft`, `called`, `held`, `cancelled`.
    state: String,
    agenda: Vec<ItemWire>,
    quorum: Quorum,
    quorum_rule: String,
    quorum_source: String,
    /// Bodies that were there.
    present: Vec<String>,
    decisions: Vec<DecisionWire>,
    /// Markdown, once adopted.
    minutes: Option<String>,
    source: String,
    made_up: bool,
}

#[derive(Serialize, ToSchema)]
pub struct ItemWire {
    title: String,
    /// `information`, `discussion`, `decision`.
    purpose: String,
}

#[derive(Serialize, ToSchema)]
pub struct DecisionWire {
    id: i64,
    text: String,
    rule: String,
    /// `open`, `adopted`, `rejected`.
    state: String,
    tally: Tally,
    positions: Vec<PositionWire>,
}

#[derive(Serialize, ToSchema)]
pub struct PositionWire {
    /// Empty for somebody in their own name.
    body: String,
    /// The kind of membership by which it was allowed.
    kind: String,
    /// `supports`, `abstains`, `objects`, `reserves`.
    position: String,
    text: String,
}

/// The meetings that were called, held or called off, the latest first.
#[utoipa::path(get, path = "/api/meetings", responses((status = 200, body = [MeetingWire])))]
pub async fn meetings_api(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
) -> Result<Response, Refusal> {
    let mut wires = Vec::new();
    for (meeting, _) in known(&site, who.as_ref()).await? {
        let seen = Seen::of(&site, who.as_ref(), &meeting.id.to_string()).await?;
        wires.push(wire(&seen, who.as_ref(), is_french(&reader)));
    }
    Ok(private(answer::json(&wires), who.as_ref()))
}

/// One meeting.
#[utoipa::path(get, path = "/api/meetings/{id}", params(("id" = i64, Path, description = "A meeting, by its number")), responses((status = 200, body = MeetingWire), (status = 404, description = "No such meeting")))]
pub async fn meeting_api(
    State(site): State<App>,
    reader: Reader,
    Asker(who): Asker,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let seen = Seen::of(&site, who.as_ref(), &id).await?;
    let wire = wire(&seen, who.as_ref(), is_french(&reader));
    Ok(private(answer::json(&wire), who.as_ref()))
}

pub fn wire(seen: &Seen, who: Option<&Who>, french: bool) -> MeetingWire {
    let meeting = &seen.meeting;
    let open = seen.reads(who) || seen.is_public();
    let decisions = seen.decisions.iter().filter(|_| open).map(|decision| DecisionWire {
        id: decision.id,
        text: decision.text(french).to_owned(),
        rule: decision.rule.clone(),
        state: decision.state.clone(),
        tally: seen.tally(decision),
        positions: seen
            .positions
            .iter()
            .filter(|it| it.decision == decision.id)
            .map(|it| PositionWire {
                body: it.body.clone(),
                kind: it.kind.clone(),
                position: it.position.clone(),
                text: it.text.clone(),
            })
            .collect(),
    });
    let mut present: Vec<String> =
        seen.attendance.iter().map(|(body, _)| body.clone()).filter(|it| !it.is_empty()).collect();
    present.dedup();
    let minutes = seen.minutes.as_ref().filter(|it| it.adopted_at.is_some());
    MeetingWire {
        id: meeting.id,
        group: meeting.group.clone(),
        title: meeting.title(french).to_owned(),
        place: meeting.place.clone(),
        zone: meeting.zone.clone(),
        starts: meeting.starts.clone(),
        ends: meeting.ends.clone(),
        starts_at: meeting.begins_at(),
        state: meeting.state.clone(),
        agenda: seen
            .agenda
            .iter()
            .map(|item| ItemWire {
                title: item.title(french).to_owned(),
                purpose: item.purpose.clone(),
            })
            .collect(),
        quorum: seen.quorum.clone(),
        quorum_rule: meeting.quorum.quorum.clone(),
        quorum_source: meeting.quorum.quorum_source.clone(),
        present,
        decisions: decisions.collect(),
        minutes: minutes.map(|it| it.text(french).to_owned()),
        source: meeting.source.clone(),
        made_up: meeting.made_up != 0,
    }
}
