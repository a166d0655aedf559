//! What works, in a country's brief: the two forests that a prison service acts on, short enough to
//! be read, and one sentence for each other topic.

use base::document::{Block, Drawing, Finding};
use base::language::Words;
use base::part::Pending;
use base::table::{Cell, Column};
use base::{Panel, Reader, Section, Site, Table};

use crate::effect::{Direction, Effect, Verified};
use crate::forest::{self, Scale, forest_of};
use crate::library::Library;
use crate::vocabulary::{InterventionKind, Outcome, Setting, Topic};
use crate::{drawn, lists, worded};

/// The section of the brief, and its place in it.
const SECTION: &str = "what-works";
const ORDER: u32 = 60;

/// Rows to a forest here: as many as stand on half a page. The topic's own page shows all.
const ROWS: usize = 12;

/// Weights of the findings: below the country's own figures.
const WEIGHTS: [f64; 2] = [0.72, 0.6];

/// The section "what works" of any country: the evidence is the same for all.
pub fn panel<'a>(site: &'a Site, reader: &'a Reader, _code: &'a str) -> Pending<'a, Panel> {
    Box::pin(async move {
        let library = worded::held(site).await?;
        let words = &reader.words;
        if library.effects.is_empty() {
            return Ok(Panel::default());
        }
        let mut blocks = Vec::new();
        for (topic, also) in DRAWN {
            let drawing = drawing(words, &library, topic, also);
            blocks.extend(drawing.map(|drawing| Block::Drawing { drawing }));
        }
        blocks.push(Block::Table { table: other_topics(words, &library) });
        let section = Section {
            order: ORDER,
            id: SECTION.into(),
            title: words.say("section-what-works"),
            lead: Some(words.say("section-what-works-lead")),
            blocks,
        };
        Ok(Panel { findings: findings(words, &library), sections: vec![section] })
    })
}

/// The topics drawn here, each with a service of another topic that belongs beside it for a reader
/// in prison health: curing hepatitis C prevents it, as clean needles do.
const DRAWN: [(Topic, Option<&str>); 2] =
    [(Topic::OpioidAgonistTreatment, None), (Topic::HarmReduction, Some("daa-prison"))];

/// The ratios of a topic's services: prison first, then release, then community, up to [`ROWS`].
fn drawing(words: &Words, library: &Library, topic: Topic, also: Option<&str>) -> Option<Drawing> {
    let wanted = library
        .effects
        .iter()
        .filter(|e| e.measure.is_ratio() && e.is_about_a_service())
        .filter(|e| e.topic == topic || also.is_some_and(|id| e.intervention.id == id));
    let mut forest = forest_of(topic, wanted);
    let panel = forest.panels.iter_mut().find(|panel| panel.scale == Scale::Ratio)?;
    shorten(panel);
    Some(drawn::forest(words, library, topic, panel, &format!("evidence-{}", topic.id())))
}

fn shorten(panel: &mut forest::Panel<'_>) {
    let mut room = ROWS;
    for section in &mut panel.sections {
        section.rows.truncate(room);
        room -= section.rows.len();
    }
    panel.sections.retain(|section| !section.rows.is_empty());
}

/// One line for each topic that is not drawn: what is surest of it.
fn other_topics(words: &Words, library: &Library) -> Table {
    let columns = vec![
        Column::text("topic", words.say("evidence-topic")),
        Column::text("effect", words.say("evidence-effect")),
        Column::text("setting", words.say("evidence-setting")),
        Column::text("source", words.say("source")),
    ];
    let mut sources = Vec::new();
    let rows = Topic::ALL
        .iter()
        .filter(|topic| !DRAWN.iter().any(|(drawn, _)| drawn == *topic))
        .map(|topic| {
            let name =
                Cell::text(words.say(topic.message())).href(format!("/evidence/{}", topic.id()));
            let Some(effect) = surest(library, *topic) else {
                let none = words.say("evidence-none-for-topic");
                let no = || Cell::missing(none.clone());
                return vec![name, Cell::text(&none), no(), no()];
            };
            let mark = lists::source_mark(library, &effect.source);
            let source = Cell::text(&mark.label).href(format!("/sources/{}", mark.id));
            sources.push(mark);
            vec![
                name,
                Cell::text(worded::effect(words, effect)).href(format!("/effects/{}", effect.id)),
                Cell {
                    hue: lists::hue(effect.setting),
                    ..Cell::text(words.say(effect.setting.message()))
                },
                source,
            ]
        })
        .collect();
    Table {
        id: "evidence-topics".into(),
        caption: words.say("evidence-other-topics"),
        columns,
        rows,
        note: None,
        sources,
    }
}

/// The effect of a topic of which least is in doubt: verified, a number before words, a clear
/// comparison before a level, prison before release before community, a service before an exposure; then the interval whose
/// nearer end is furthest from no difference.
pub fn surest(library: &Library, topic: Topic) -> Option<&Effect> {
    let checked = library.effects_of_topic(topic).filter(|e| e.verified == Verified::Yes);
    checked.min_by(|a, b| {
        let rank = |e: &Effect| {
            let clear = matches!(e.direction(), Direction::Favours | Direction::Harms);
            (
                e.number().is_none(),
                !clear,
                e.setting,
                e.intervention.kind != InterventionKind::Service,
            )
        };
        rank(a).cmp(&rank(b)).then(near(a).total_cmp(&near(b)))
    })
}

/// How near the interval comes to no difference, as a ratio of at most 1; smaller is surer. An
/// effect without an interval comes last.
fn near(effect: &Effect) -> f64 {
    match effect.with_over_without() {
        Some((_, Some(interval))) if interval.high < 1.0 => interval.high,
        Some((_, Some(interval))) if interval.low > 1.0 => 1.0 / interval.low,
        Some((_, Some(_))) => 1.0,
        _ => f64::INFINITY,
    }
}

/// Page one says what saves lives and what prevents infection: of each, the service given in prison
/// or at release whose benefit is surest.
fn findings(words: &Words, library: &Library) -> Vec<Finding> {
    const DEATH: [Outcome; 4] = [
        Outcome::AllCauseDeath,
        Outcome::DrugDeath,
        Outcome::OverdoseDeath,
        Outcome::PoisoningDeath,
    ];
    const INFECTION: [Outcome; 4] = [
        Outcome::HivAcquisition,
        Outcome::HcvAcquisition,
        Outcome::HcvPrimaryInfection,
        Outcome::HcvReinfection,
    ];
    [DEATH, INFECTION]
        .into_iter()
        .zip(WEIGHTS)
        .filter_map(|(outcomes, weight)| {
            let effect = library
                .effects
                .iter()
                .filter(|e| e.usable_as_default() && e.is_about_a_service())
                .filter(|e| matches!(e.setting, Setting::Prison | Setting::Release))
                .filter(|e| outcomes.contains(&e.outcome) && e.direction() == Direction::Favours)
                .min_by(|a, b| near(a).total_cmp(&near(b)))?;
            let text = worded::say(words, &crate::words::benefit(effect)?);
            Some(Finding { weight, text, section: SECTION.into(), caution: None })
        })
        .collect()
}
