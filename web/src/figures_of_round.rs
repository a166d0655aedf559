//! The same joint for a closed round of an instrument: what approved answers say of a whole country (people held, places, who is on
//! treatment) is asked for here, reviewed by another person, and then stands in that country's file with the round as its source.

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::page::{Head, value};
use base::{App, Fields, Reader, Refusal, Site, answer};
use facts::indicator::{GROUPS, Setting, Unit};
use facts::proposal::{Origin, Proposed};
use facts::read::NewSource;
use facts::{Fact, Indicator, Place, Reason, indicators, places};
use instruments::national::{self, How, National};
use instruments::{Closed, Round};
use minijinja::context;
use serde::Serialize;

use crate::figures_in::{ASKS, send};

/// A count of people in prison below this could be about persons whom a reader knows: as many as disclosure control leaves uncertain.
const LEAST_PEOPLE: f64 = 3.0;

/// A figure of the round as the page shows it.
#[derive(Serialize)]
struct Row {
    at: usize,
    place: String,
    indicator: String,
    group: String,
    value: String,
    rests_on: String,
    partial: bool,
}

async fn closed(site: &Site, id: &str) -> Result<Closed<Round>, Refusal> {
    match instruments::closed(site, id).await? {
        Some(round) => Ok(round),
        None => Err(Refusal::conflict("round-not-closed-yet")),
    }
}

/// What of the round can stand in a file, in a fixed order; the rest is left out with the reason.
fn usable(found: Vec<National>) -> (Vec<Usable>, Vec<(String, &'static str)>) {
    let (mut usable, mut left) = (Vec::new(), Vec::new());
    for one in found {
        let label = format!("{} {} {}", one.country, one.indicator, one.group);
        let place = places().get(&one.country).or_else(|| places().find_name(&one.country));
        let indicator = indicators().get(&one.indicator);
        let group = GROUPS.iter().find(|group| **group == one.group);
        let (Some(place), Some(indicator), Some(group)) = (place, indicator, group) else {
            let why = if place.is_none() { "facts-in-unknown-place" } else { "facts-in-no-group" };
            left.push((label, why));
            continue;
        };
        let is_few = indicator.unit == Unit::People
            && indicator.setting == Setting::Inside
            && one.value > 0.0
            && one.value < LEAST_PEOPLE;
        match is_few {
            true => left.push((label, "round-facts-few")),
            false => usable.push(Usable { one, place, indicator, group }),
        }
    }
    (usable, left)
}

struct Usable {
    one: National,
    place: &'static Place,
    indicator: &'static Indicator,
    group: &'static str,
}

pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let round = closed(&site, &id).await?;
    let found = national::figures(&site, &round).await?;
    show(&site, &reader, &round, found, None)
}

fn show(
    site: &App,
    reader: &Reader,
    round: &Round,
    found: Vec<National>,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let (usable, left) = usable(found);
    let rows: Vec<Row> = usable
        .iter()
        .enumerate()
        .map(|(at, usable)| Row {
            at,
            place: usable.place.name(words.language.tag()).to_owned(),
            indicator: words.say(&usable.indicator.key("name")),
            group: words.say(&format!("group-{}", usable.group)),
            value: match usable.indicator.unit {
                Unit::YesNo => words.say(if usable.one.value > 0.0 { "yes" } else { "no" }),
                _ => words.number(usable.one.value, u8::from(usable.one.value.fract() != 0.0)),
            },
            rests_on: words.say_with(
                "round-facts-add",
                &[
                    ("asked", words.number(usable.one.asked as f64, 0).into()),
                    ("answered", words.number(usable.one.answered as f64, 0).into()),
                ],
            ),
            partial: is_partial(&usable.one),
        })
        .collect();
    let left: Vec<(String, String)> =
        left.into_iter().map(|(label, why)| (label, reader.say(why))).collect();
    let head = Head::titled(reader.say("round-facts-title"))
        .under(reader.say("rounds"), "/rounds")
        .under(round.title.clone(), format!("/rounds/{}", round.id));
    let year = year_of(round).map(|year| year.to_string()).unwrap_or_default();
    let values = context! { id => round.id.as_str(), title => round.title.as_str(), rows => value(rows), left, year, fault };
    answer::page(site, reader, "web/figures_of_round.html", head, values)
}

fn is_partial(one: &National) -> bool {
    one.how != How::Country && one.answered < one.asked
}

fn year_of(round: &Round) -> Option<i32> {
    let day = if round.until_day.is_empty() { &round.from_day } else { &round.until_day };
    day.get(..4)?.parse().ok()
}

/// Asks that the chosen figures go into the files of their countries.
pub async fn ask(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let round = closed(&site, &id).await?;
    let found = national::figures(&site, &round).await?;
    let year = fields.one("year").parse::<i32>().ok().filter(|year| (1950..=2100).contains(year));
    let Some(year) = year else {
        return show(&site, &reader, &round, found, Some("facts-in-choose-year"));
    };
    let publisher: String = fields.one("publisher").chars().take(300).collect();
    if publisher.is_empty() {
        return show(&site, &reader, &round, found, Some("round-facts-publisher-missing"));
    }
    let chosen: Vec<usize> = fields.all("figure").iter().filter_map(|at| at.parse().ok()).collect();
    let figures: Vec<Proposed> = usable(found.clone())
        .0
        .iter()
        .enumerate()
        .filter(|(at, _)| chosen.contains(at))
        .map(|(_, usable)| proposed(&site, &round, usable, year, &publisher))
        .collect();
    if figures.is_empty() {
        return show(&site, &reader, &round, found, Some("facts-in-choose-figures"));
    }
    let by = who.by(who.holds(ASKS));
    let batch = send(&site, &by, &figures, &format!("round:{id}")).await?;
    Ok(see_other(&format!("/proposals/{batch}")))
}

fn proposed(site: &Site, round: &Round, usable: &Usable, year: i32, publisher: &str) -> Proposed {
    let one = &usable.one;
    let mut fact =
        Fact::new(&usable.place.code, &usable.indicator.id, year, usable.group, one.value);
    fact.source = format!("survey-round-{}", round.id);
    fact.locator = format!("round {}, question {}", round.id, one.question);
    let english = one.labels.iter().find(|(language, _)| language.starts_with("English"));
    let asked = english.or(one.labels.first()).map_or("", |(_, label)| label.as_str());
    let how = match one.how {
        How::Sum => "added up over approved answers",
        How::Any => "whether any approved answer has it",
        How::Country => "one approved answer for the country",
    };
    fact.note = format!("“{asked}”: {how}, {} of {} asked", one.answered, one.asked);
    if is_partial(one) {
        let reason = Reason::new("part-of-prisons");
        fact.mark(reason.with("answered", one.answered).with("asked", one.asked));
    }
    let url = format!("{}/rounds/{}", site.settings.public_url(), round.id);
    Proposed {
        source: NewSource {
            id: fact.source.clone(),
            title: round.title.clone(),
            publisher: publisher.to_owned(),
            year: Some(year),
            url,
            licence: String::new(),
        },
        origin: Origin {
            kind: "round".into(),
            record: round.id.clone(),
            label: round.title.clone(),
            href: format!("/rounds/{}", round.id),
        },
        fact,
    }
}
