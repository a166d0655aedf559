//! The joint by which the programme's own figures come into a country's file: figures of a released table, and answers of a reviewed
//! round, are asked for by one person, looked at by another, and taken with the record on which they rest. Where that record is withdrawn,
//! they are marked. It has no figures of its own and invents none.

use axum::extract::{Path, State};
use axum::response::Response;
use base::access::{SignedIn, see_other};
use base::audit::{self, Act};
use base::page::{Head, value};
use base::{App, Fields, Reader, Refusal, Role, Site, answer, chance};
use facts::indicator::{GROUPS, IndicatorKind, Setting, Unit};
use facts::proposal::{self, Origin, Proposed};
use facts::read::NewSource;
use facts::{Fact, Reason, indicators, places};
use minijinja::context;
use serde::Serialize;
use serde_json::json;
use statistics::offer::{self, Offer, Release};

/// Who may ask that figures go into a file: of a table whoever may of a round.
pub const ASKS: &[Role] = &instruments::PROPOSES;

/// What a column of a survey is likely to measure, by a word in its name: the first that fits stands chosen on the page.
const LIKELY: [(&str, &str); 14] = [
    ("injected_ever", "injected_ever_prison"),
    ("ever_injected", "injected_ever_prison"),
    ("inject", "injecting_in_prison"),
    ("hiv_test", "hiv_testing_prison"),
    ("hcv_test", "hcv_testing_prison"),
    ("hcv_treat", "hcv_treatment_prison"),
    ("hbv_vacc", "hbv_vaccination_prison"),
    ("hiv", "hiv_prevalence_prison"),
    ("hcv", "hcv_prevalence_prison"),
    ("hbv", "hbv_prevalence_prison"),
    ("tb", "tb_prevalence_prison"),
    ("naloxone", "naloxone_at_release"),
    ("depend", "drug_dependence_prison"),
    ("stigma", "stigma_avoided_care_prison"),
];

/// Groups of people as surveys write them, and as the files of countries name them.
const GROUP_WORDS: [(&str, &str); 20] = [
    ("men", "male"),
    ("man", "male"),
    ("male", "male"),
    ("males", "male"),
    ("hommes", "male"),
    ("homme", "male"),
    ("women", "female"),
    ("woman", "female"),
    ("female", "female"),
    ("females", "female"),
    ("femmes", "female"),
    ("femme", "female"),
    ("transgender", "transgender"),
    ("adults", "adult"),
    ("adult", "adult"),
    ("juvenile", "juvenile"),
    ("under 25", "under-25"),
    ("25 and over", "25-plus"),
    ("25 and older", "25-plus"),
    ("foreign", "foreign"),
];

/// A figure as it could go into a file.
#[derive(Serialize)]
struct Row {
    cell: usize,
    place: String,
    place_code: String,
    group: String,
    value: String,
    interval: String,
    n: u64,
    weak: bool,
    chosen: bool,
}

/// A figure that has no place in a file, and why.
#[derive(Serialize)]
struct Left {
    group: String,
    why: String,
}

/// `/statistics/tables/{id}/facts`: which figures, as which indicator, of which year.
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let release = usable(&site, &reader, &id).await?;
    show(&site, &reader, &release, None)
}

/// The release, if its figures may go into a file at all.
async fn usable(site: &Site, reader: &Reader, id: &str) -> Result<Release, Refusal> {
    let release = offer::release(site, &reader.words, id).await?;
    if release.synthetic {
        return Err(Refusal::conflict("facts-synthetic"));
    }
    if release.publisher.is_empty() {
        return Err(Refusal::conflict("facts-no-publisher"));
    }
    Ok(release)
}

fn show(
    site: &App,
    reader: &Reader,
    release: &Release,
    fault: Option<&str>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    let language = words.language.tag();
    let by_places = release.offers.iter().any(|offer| offer.place.is_some());
    let (mut rows, mut left) = (Vec::new(), Vec::new());
    for offer in &release.offers {
        let place = placed(offer);
        let group = grouped(offer);
        let why = match (&place, &group) {
            (_, Err(key)) | (Err(key), _) if by_places || group.is_err() => Some(*key),
            _ => None,
        };
        if let Some(key) = why {
            left.push(Left { group: offer.group.clone(), why: reader.say(key) });
            continue;
        }
        let place = place.ok();
        let name = place.map_or_else(String::new, |place| place.name(language).to_owned());
        let decimals = u8::from(offer.value.fract() != 0.0);
        let bound = |bound: Option<f64>| bound.map_or("·".into(), |b| words.number(b, decimals));
        rows.push(Row {
            cell: offer.cell,
            place_code: place.map_or_else(String::new, |place| place.code.clone()),
            place: name,
            group: reader.say(&format!("group-{}", group.unwrap_or("total"))),
            value: words.number(offer.value, decimals),
            interval: format!("{}–{}", bound(offer.low), bound(offer.high)),
            n: offer.n,
            weak: offer.weak,
            chosen: !offer.weak,
        });
    }
    let likely = LIKELY.iter().find(|(word, _)| release.of.to_lowercase().contains(word));
    let likely = likely.map_or("", |(_, indicator)| *indicator);
    let choices: Vec<_> = fitting(release)
        .map(|indicator| {
            let name = reader.say(&indicator.key("name"));
            (indicator.id.clone(), name, indicator.id == likely)
        })
        .collect();
    let all_places: Vec<_> = match by_places {
        true => Vec::new(),
        false => {
            let area = places().all().iter().filter(|place| place.area);
            area.map(|place| (place.code.clone(), place.name(language).to_owned())).collect()
        }
    };
    let head = Head::titled(reader.say("facts-in-title"))
        .under(reader.say("statistics"), "/statistics")
        .under(release.title.clone(), format!("/statistics/tables/{}", release.id));
    let year = release.period.get(..4).unwrap_or_default();
    let values = context! {
        id => release.id.as_str(), title => release.title.as_str(), data => release.data_title.as_str(), rows => value(rows), left => value(left),
        indicators => choices, places => all_places, year, fault, percent => release.unit == "share",
    };
    answer::page(site, reader, "web/figures_in.html", head, values)
}

/// Indicators that such a figure can be: reported ones of prisons, shares for shares.
fn fitting(release: &Release) -> impl Iterator<Item = &'static facts::Indicator> {
    let share = release.unit == "share";
    indicators().all().iter().filter(move |indicator| {
        indicator.kind == IndicatorKind::Reported
            && indicator.setting != Setting::Outside
            && (indicator.unit == Unit::Percent) == share
            && indicator.unit != Unit::YesNo
    })
}

fn placed(offer: &Offer) -> Result<&'static facts::Place, &'static str> {
    let (name, code) = offer.place.as_ref().ok_or("facts-in-no-place")?;
    let by_code = code.as_ref().and_then(|code| places().get(code));
    by_code.or_else(|| places().find_name(name)).ok_or("facts-in-unknown-place")
}

/// One of [`GROUPS`].
fn grouped(offer: &Offer) -> Result<&'static str, &'static str> {
    let word = |group: &str| {
        let plain = group.trim().to_lowercase();
        GROUP_WORDS.iter().find(|(word, _)| *word == plain).map(|(_, group)| *group)
    };
    match offer.others.as_slice() {
        [] => Ok("total"),
        [(_, one)] => word(one).ok_or("facts-in-no-group"),
        [(_, one), (_, two)] => {
            let pair = (word(one), word(two));
            let joined = match pair {
                (Some(sex @ ("male" | "female")), Some(age @ ("adult" | "juvenile")))
                | (Some(age @ ("adult" | "juvenile")), Some(sex @ ("male" | "female"))) => {
                    format!("{sex}-{age}")
                }
                _ => return Err("facts-in-no-group"),
            };
            GROUPS.iter().find(|group| **group == joined).copied().ok_or("facts-in-no-group")
        }
        _ => Err("facts-in-no-group"),
    }
}

/// Asks that the chosen figures go into the files of their countries.
pub async fn ask(
    State(site): State<App>,
    reader: Reader,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let release = usable(&site, &reader, &id).await?;
    let indicator = fitting(&release).find(|indicator| indicator.id == fields.one("indicator"));
    let Some(indicator) = indicator else {
        return show(&site, &reader, &release, Some("facts-in-choose-indicator"));
    };
    let year = fields.one("year").parse::<i32>().ok().filter(|year| (1950..=2100).contains(year));
    let Some(year) = year else {
        return show(&site, &reader, &release, Some("facts-in-choose-year"));
    };
    let cells: Vec<usize> =
        fields.all("cell").iter().filter_map(|cell| cell.parse().ok()).collect();
    let named = places().get(fields.one("place"));
    let mut figures = Vec::new();
    for offer in release.offers.iter().filter(|offer| cells.contains(&offer.cell)) {
        let by_table = placed(offer).ok();
        let is_of_all = offer.place.is_none();
        let place = by_table.or(named.filter(|_| is_of_all));
        let (Some(place), Ok(group)) = (place, grouped(offer)) else {
            return show(&site, &reader, &release, Some("facts-in-choose-place"));
        };
        figures.push(proposed(&site, &release, offer, place, &indicator.id, group, year));
    }
    if figures.is_empty() {
        return show(&site, &reader, &release, Some("facts-in-choose-figures"));
    }
    let by = who.by(who.holds(ASKS));
    let batch = send(&site, &by, &figures, &format!("release:{id}")).await?;
    Ok(see_other(&format!("/proposals/{batch}")))
}

/// Writes a batch down, with its entry in the chain. Where all of it was there before, the batch is empty and its page says so.
pub async fn send(
    site: &Site,
    by: &audit::By,
    figures: &[Proposed],
    record: &str,
) -> Result<String, Refusal> {
    let now = site.now();
    let batch = chance::hex(6)?;
    let mut change = audit::begin(&site.storage).await?;
    let asked = proposal::ask(&mut change, &batch, figures, &by.who, now).await?;
    let detail =
        json!({ "from": record, "new": asked.new, "there": asked.there, "waiting": asked.waiting });
    let act = Act { act: "figures.asked", kind: "proposal", record: &batch, detail };
    audit::write(&mut change, by, act, now).await?;
    change.commit().await?;
    Ok(batch)
}

fn proposed(
    site: &Site,
    release: &Release,
    offer: &Offer,
    place: &facts::Place,
    indicator: &str,
    group: &str,
    year: i32,
) -> Proposed {
    let mut fact = Fact::new(&place.code, indicator, year, group, offer.value);
    (fact.low, fact.high) = (offer.low, offer.high);
    fact.source = format!("survey-{}", release.data);
    fact.locator = format!("table {}, released {}", release.id, release.day);
    fact.note = offer.note.clone();
    if offer.weak {
        let effective = offer.effective_n.unwrap_or(offer.n as f64).round();
        let reason = Reason::new("weak-estimate").with("n", offer.n).with("effective", effective);
        fact.mark(reason);
    }
    let title = match release.period.is_empty() || release.data_title.contains(&release.period) {
        true => release.data_title.clone(),
        false => format!("{} ({})", release.data_title, release.period),
    };
    Proposed {
        source: NewSource {
            id: fact.source.clone(),
            title,
            publisher: release.publisher.clone(),
            year: release.period.get(..4).and_then(|year| year.parse().ok()).or(Some(year)),
            url: format!("{}/statistics/sets/{}", site.settings.public_url(), release.data),
            licence: release.licence.clone(),
        },
        origin: Origin {
            kind: "release".into(),
            record: release.id.clone(),
            label: release.title.clone(),
            href: format!("/statistics/tables/{}", release.id),
        },
        fact,
    }
}

/// Withdraws a released table, and marks every figure in force that rests on it: all in one change, or nothing.
pub async fn withdraw(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let reason = fields.one("reason");
    if reason.is_empty() {
        return Err(Refusal::bad_input("decision", "reason", reason));
    }
    let entry = offer::published(&site, &id).await?;
    let now = site.now();
    let by = who.by(who.holds(&[Role::DataSteward]));
    let mut change = audit::begin(&site.storage).await?;
    statistics::register::withdraw(&mut change, &by, &entry, reason, now).await?;
    let marked = proposal::withdraw(&mut change, "release", &id, &by.who, now).await?;
    if marked > 0 {
        let detail = json!({ "release": id, "figures": marked });
        let act = Act { act: "figures.marked", kind: "table", record: &id, detail };
        audit::write(&mut change, &by, act, now).await?;
    }
    change.commit().await?;
    site.changed();
    Ok(see_other(&format!("/statistics/tables/{id}")))
}

/// Names a person who may take a safe file, by the address of their account, or no longer lets them.
pub async fn readers(
    State(site): State<App>,
    SignedIn(who): SignedIn,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let found = statistics::safe_files::with(&site.storage.pool, &id).await?;
    let file = found.filter(|file| file.is_published() && file.audience == "named");
    let file = file.ok_or_else(|| Refusal::not_found("no-safe-file", &id))?;
    let by = who.by(Some(Role::DataSteward));
    let add = fields.one("do") == "add";
    let person = match add {
        true => members::account_of(&site, fields.one("email")).await?,
        false => fields.one("person").parse().ok(),
    };
    let email = fields.one("email");
    let person = person.ok_or_else(|| Refusal::bad_input("no-such-account", "email", email))?;
    statistics::safe_files::set_reader(&site, &by, &file.id, person, add).await?;
    Ok(see_other(&format!("/statistics/files/{id}")))
}
