//! The evidence by API: the wire types, and the same records that the pages show.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::{Path, State};
use axum::response::Response;
use base::language::Words;
use base::{App, Reader, Refusal, answer};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::effect::{Effect, Estimate, Verified};
use crate::library::Library;
use crate::source::Source;
use crate::vocabulary::{Setting, Topic, UnknownWord};
use crate::worded;

#[derive(OpenApi)]
#[openapi(paths(effects, effect, sources, source))]
struct Evidence;

/// The paths of this part.
pub fn description() -> utoipa::openapi::OpenApi {
    Evidence::openapi()
}

/// A word of a fixed list.
#[derive(Serialize, ToSchema)]
pub struct EvidenceWord {
    id: String,
    /// In the reader's language.
    label: String,
}

/// One effect as it leaves.
#[derive(Serialize, ToSchema)]
pub struct WireEffect {
    id: String,
    /// What it says, in the reader's language.
    sentence: String,
    topic: EvidenceWord,
    intervention: EvidenceWord,
    setting: EvidenceWord,
    outcome: EvidenceWord,
    detail: Option<EvidenceWord>,
    population: EvidenceWord,
    place: Option<EvidenceWord>,
    /// The years of the data, as printed.
    years: Option<String>,
    /// What is compared with what.
    comparison: Option<String>,
    /// `with-over-without`, `without-over-with`, `with` or `without`: whose figure it is.
    arm: Option<&'static str>,
    measure: EvidenceWord,
    /// As published, in the unit of the measure; absent where the finding is in words.
    estimate: Option<f64>,
    /// Ends of the 95 % interval; absent where the source gives none.
    low: Option<f64>,
    high: Option<f64>,
    /// For a count: out of how many.
    out_of: Option<u64>,
    /// For a ratio: the group with the intervention over the group without it.
    with_over_without: Option<f64>,
    /// The finding as printed, where it was printed in words.
    words: Option<String>,
    direction: EvidenceWord,
    adjusted: Option<bool>,
    studies: Option<u64>,
    participants: Option<u64>,
    i2_percent: Option<f64>,
    grade: Option<EvidenceWord>,
    /// Id of the source.
    source: String,
    locator: Option<String>,
    /// Where the figure was read.
    address: String,
    verified: bool,
    /// Why it is not verified.
    doubt: Option<EvidenceWord>,
    /// Whether a model may start from it.
    usable_as_default: bool,
    /// As recorded, in English.
    parameter: String,
    population_published: String,
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct WireEffects {
    /// Effects that match.
    total: usize,
    effects: Vec<WireEffect>,
}

/// One source as it leaves.
#[derive(Serialize, ToSchema)]
pub struct WireSource {
    id: String,
    /// "MacArthur 2012".
    short: String,
    kind: EvidenceWord,
    title: String,
    year: Option<i32>,
    publisher: Option<String>,
    /// In the reader's language, plain text.
    citation: String,
    doi: Option<String>,
    link: Option<String>,
    terms: EvidenceWord,
    /// The terms as an imported file states them; nobody checked.
    terms_stated: Option<String>,
    /// The line that the publisher asks for.
    credit: Option<String>,
    /// The day it was read (ISO 8601); absent where nobody wrote it down.
    read_on: Option<String>,
    holds: Option<String>,
    defects: Option<String>,
    /// Whether it came with the product; if not, an imported file brought it.
    shipped: bool,
    /// Ids of the effects that rest on it.
    effects: Vec<String>,
}

#[derive(Serialize, ToSchema)]
pub struct WireSources {
    total: usize,
    sources: Vec<WireSource>,
}

/// Published effects, filtered.
#[utoipa::path(
    get, path = "/api/effects",
    params(
        ("topic" = Option<String>, Query, description = "Id of a topic, such as opioid-agonist-treatment"),
        ("intervention" = Option<String>, Query, description = "Id of an intervention, such as oat-prison"),
        ("setting" = Option<String>, Query, description = "prison, release, community or mixed"),
        ("verified" = Option<String>, Query, description = "yes or no")
    ),
    responses((status = 200, body = WireEffects), (status = 422, description = "A filter cannot be understood"))
)]
pub async fn effects(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let topic: Option<Topic> = asked(&reader, "topic")?;
    let setting: Option<Setting> = asked(&reader, "setting")?;
    let verified: Option<YesOrNo> = asked(&reader, "verified")?;
    let intervention = reader.asked("intervention").pop().filter(|id| !id.is_empty());
    if let Some(id) = &intervention
        && library.intervention(id).is_none()
    {
        let known = library.interventions.iter().map(|one| one.id.as_str());
        return Err(unknown("intervention", id, &known.collect::<Vec<_>>().join(", ")));
    }
    let effects: Vec<WireEffect> = library
        .effects
        .iter()
        .filter(|e| topic.is_none_or(|topic| e.topic == topic))
        .filter(|e| setting.is_none_or(|setting| e.setting == setting))
        .filter(|e| intervention.as_ref().is_none_or(|id| e.intervention.id == *id))
        .filter(|e| {
            verified.is_none_or(|yes| (e.verified == Verified::Yes) == (yes == YesOrNo::Yes))
        })
        .map(|e| wire_effect(&reader.words, e))
        .collect();
    Ok(answer::json(&WireEffects { total: effects.len(), effects }))
}

/// One published effect.
#[utoipa::path(
    get, path = "/api/effects/{id}", params(("id" = String, Path)),
    responses((status = 200, body = WireEffect), (status = 404, description = "No effect has this id"))
)]
pub async fn effect(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let effect = library.effect(&id).ok_or_else(|| Refusal::not_found("no-effect", &id))?;
    Ok(answer::json(&wire_effect(&reader.words, effect)))
}

/// All sources.
#[utoipa::path(get, path = "/api/sources", responses((status = 200, body = WireSources)))]
pub async fn sources(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let sources = library.sources.iter().map(|source| wire_source(&reader.words, &library, source));
    Ok(answer::json(&WireSources { total: library.sources.len(), sources: sources.collect() }))
}

/// One source.
#[utoipa::path(
    get, path = "/api/sources/{id}", params(("id" = String, Path)),
    responses((status = 200, body = WireSource), (status = 404, description = "No source has this id"))
)]
pub async fn source(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let source = library.source(&id).ok_or_else(|| Refusal::not_found("no-source", &id))?;
    Ok(answer::json(&wire_source(&reader.words, &library, source)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum YesOrNo {
    Yes,
    No,
}

impl FromStr for YesOrNo {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<YesOrNo, UnknownWord> {
        match word {
            "yes" => Ok(YesOrNo::Yes),
            "no" => Ok(YesOrNo::No),
            _ => Err(UnknownWord { word: word.to_owned(), known: vec!["yes", "no"] }),
        }
    }
}

/// A filter, if it was given.
fn asked<T: FromStr<Err = UnknownWord>>(
    reader: &Reader,
    name: &'static str,
) -> Result<Option<T>, Refusal> {
    let given = reader.asked(name).pop().filter(|text| !text.is_empty());
    let read = |text: String| {
        text.parse().map_err(|error: UnknownWord| unknown(name, &text, &error.known.join(", ")))
    };
    given.map(read).transpose()
}

fn unknown(name: &str, value: &str, known: &str) -> Refusal {
    let mut refusal = Refusal::bad_input("unknown-word", name, value);
    refusal.args.push(("known", known.into()));
    refusal
}

fn word(words: &Words, id: impl Display, message: &str) -> EvidenceWord {
    EvidenceWord { id: id.to_string(), label: words.say(message) }
}

fn wire_effect(words: &Words, effect: &Effect) -> WireEffect {
    let interval = effect.interval();
    let out_of = match effect.estimate {
        Estimate::Number { of, .. } => of,
        Estimate::Words(_) => None,
    };
    let doubt = match effect.verified {
        Verified::Yes => None,
        Verified::No(doubt) => Some(word(words, doubt.id(), doubt.message())),
    };
    let direction = effect.direction().message();
    let intervention = &effect.intervention;
    WireEffect {
        id: effect.id.clone(),
        sentence: worded::effect(words, effect),
        topic: word(words, effect.topic.id(), effect.topic.message()),
        intervention: word(words, &intervention.id, &intervention.message()),
        setting: word(words, effect.setting.id(), effect.setting.message()),
        outcome: word(words, effect.outcome.id(), effect.outcome.message()),
        detail: effect.detail.map(|one| word(words, one.id(), one.message())),
        population: word(words, effect.population.id(), effect.population.message()),
        place: effect.place.map(|one| word(words, one.id(), one.message())),
        years: effect.years.clone(),
        comparison: effect.contrast.map(|contrast| contrast.comparison.id().to_owned()),
        arm: effect.contrast.map(|contrast| contrast.arm.id()),
        measure: word(words, effect.measure.id(), effect.measure.message()),
        estimate: effect.number(),
        low: interval.map(|interval| interval.low),
        high: interval.map(|interval| interval.high),
        out_of,
        with_over_without: effect.with_over_without().map(|(ratio, _)| ratio),
        words: effect.words.clone(),
        direction: word(words, direction.trim_start_matches("direction-"), direction),
        adjusted: effect.adjusted,
        studies: effect.studies,
        participants: effect.participants,
        i2_percent: effect.i2_percent,
        grade: effect.grade.map(|one| word(words, one.id(), one.message())),
        source: effect.source.clone(),
        locator: effect.locator.clone(),
        address: effect.address.clone(),
        verified: effect.verified == Verified::Yes,
        doubt,
        usable_as_default: effect.usable_as_default(),
        parameter: effect.parameter.clone(),
        population_published: effect.population_published.clone(),
        note: effect.note.clone(),
    }
}

fn wire_source(words: &Words, library: &Library, source: &Source) -> WireSource {
    WireSource {
        id: source.id.clone(),
        short: source.short(),
        kind: word(words, source.kind.id(), source.kind.message()),
        title: source.title.clone(),
        year: source.year,
        publisher: source.publisher.clone(),
        citation: source.citation(words.language.tag()).text.clone(),
        doi: source.doi.clone(),
        link: source.link.clone(),
        terms: word(words, source.terms.id(), source.terms.message()),
        terms_stated: source.terms_stated.clone(),
        credit: source.credit.clone(),
        read_on: source.read_on.map(|day| day.to_string()),
        holds: source.holds.as_deref().map(|message| words.say(message)),
        defects: source.defects.as_deref().map(|message| words.say(message)),
        shipped: source.shipped,
        effects: library.effects_of_source(&source.id).map(|effect| effect.id.clone()).collect(),
    }
}
