//! Equivalence of care: each service's coverage inside over its coverage outside, with its interval
//! and what the ratio rests on; where a side is missing, the question that would fill the gap.
//!
//! The two sides are rarely counted over the same people. For services meant for people who inject
//! or depend on opioids, publishers count everyone held inside and people who inject outside. The
//! ratio of the two is then a floor: it would be the truth only if everyone held needed the service.
//! Where a published share of people in prison who inject exists for the region, that share turns
//! the floor into an estimate, and half to double the share into its range.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base::document::{Block, Drawing, Hue, Known, Pair, SourceMark};
use base::language::Arg;
use base::table::{Cell, Column};
use base::{Panel, Table};
use chart::{Frame, Ratio, RatioRow, Reading};
use serde::Deserialize;

use super::Asked;
use crate::derive::{self, Figure};
use crate::indicator::{Basis, Indicator, Section, indicators};
use crate::shown;

pub fn section(asked: &Asked<'_>, panel: &mut Panel) {
    let compared: Vec<Compared<'_>> =
        services().into_iter().map(|service| compare(asked, service)).collect();
    let known = compared.iter().filter(|one| one.ratio.is_some()).count();
    let inside_missing = compared.iter().filter(|one| one.inside.is_none()).count();
    if compared.iter().all(|one| one.inside.is_none() && one.outside.is_none()) {
        panel.findings.push(asked.finding(
            0.85,
            "equivalence",
            asked.say_with("finding-equivalence-none", &[("services", compared.len().into())]),
        ));
    } else {
        let args = [
            ("known", known.into()),
            ("services", compared.len().into()),
            ("missing", inside_missing.into()),
        ];
        panel.findings.push(asked.finding(
            0.85,
            "equivalence",
            asked.say_with("finding-equivalence", &args),
        ));
    }
    // Services of which nothing at all is known are named together, at the end of the section: a
    // row of empty cards would hide the two that say something.
    let services = compared.len();
    let (some, none): (Vec<_>, Vec<_>) =
        compared.into_iter().partition(|one| one.inside.is_some() || one.outside.is_some());
    let mut blocks = Vec::new();
    if !some.is_empty() {
        blocks.push(drawing(asked, &some, services));
        blocks.push(Block::Pairs { pairs: some.iter().map(|one| pair(asked, one)).collect() });
    }
    if !none.is_empty() {
        let names: Vec<String> = none.iter().map(|one| service_name(asked, one.service)).collect();
        blocks.push(Block::Note {
            text: asked.say_with(
                "equivalence-nothing",
                &[("services", names.join(", ").into()), ("count", names.len().into())],
            ),
        });
    }
    panel.sections.push(asked.section(40, "equivalence", blocks));
}

/// The services that are compared: those of the care section with a counterpart outside. Where two
/// indicators share a counterpart, the one that counts the same people goes first.
fn services() -> Vec<&'static Indicator> {
    let mut by_counterpart: BTreeMap<&str, Vec<&Indicator>> = BTreeMap::new();
    let mut order = Vec::new();
    for indicator in indicators().all().iter().filter(|i| i.section == Section::Care) {
        let Some(counterpart) = indicator.compare_with.as_deref() else { continue };
        let same = by_counterpart.entry(counterpart).or_default();
        if same.is_empty() {
            order.push(counterpart);
        }
        same.push(indicator);
    }
    order
        .into_iter()
        .filter_map(|counterpart| by_counterpart[counterpart].first().copied())
        .collect()
}

/// Indicators that measure the same service inside, best first.
fn measures(service: &Indicator) -> Vec<&'static Indicator> {
    let mut all: Vec<&Indicator> = indicators()
        .all()
        .iter()
        .filter(|i| i.section == Section::Care && i.compare_with == service.compare_with)
        .collect();
    all.sort_by_key(|i| i.compare_basis != Some(Basis::Same));
    all
}

/// One service, as far as it is known.
pub struct Compared<'a> {
    pub service: &'static Indicator,
    pub inside: Option<Figure<'a>>,
    pub outside: Option<Figure<'a>>,
    pub ratio: Option<Rating>,
    /// Why there is no ratio though both sides are known: a message.
    pub held_back: Option<&'static str>,
}

/// Inside over outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Rating {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// The value is the least that it can be, not an estimate.
    pub floor: bool,
    /// The assumption on which it rests, if any.
    pub assumed: Option<&'static Assumption>,
}

/// A published figure of a region that stands in for a country's missing one.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Assumption {
    pub id: String,
    /// Regions for which it was published, separated by spaces.
    pub regions: String,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub unit: String,
    pub source: String,
    pub locator: String,
    /// `assumption-<reason>` words why this and this range.
    pub reason: String,
}

/// The rows of `data/assumptions.csv`.
pub fn assumptions() -> &'static [Assumption] {
    static ROWS: OnceLock<Vec<Assumption>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../../../data/assumptions.csv");
        let rows =
            csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>();
        rows.expect("data/assumptions.csv is compiled in and tested")
    })
}

/// Compares one service inside and outside.
pub fn compare<'a>(asked: &Asked<'a>, service: &'static Indicator) -> Compared<'a> {
    let outside = service.compare_with.as_deref().and_then(|id| asked.latest(id));
    let inside = measures(service).into_iter().find_map(|measure| asked.latest(&measure.id));
    let service = inside.as_ref().map_or(service, |inside| inside.indicator);
    let mut compared = Compared { service, inside, outside, ratio: None, held_back: None };
    if let (Some(inside), Some(outside)) = (&compared.inside, &compared.outside) {
        if !inside.usable() || !outside.usable() {
            compared.held_back = Some("equivalence-flagged");
        } else if outside.value <= 0.0 {
            compared.held_back = Some("equivalence-zero");
        } else {
            compared.ratio = Some(rate(asked, inside, outside));
        }
    }
    compared
}

fn rate(asked: &Asked<'_>, inside: &Figure<'_>, outside: &Figure<'_>) -> Rating {
    let above = (inside.value, inside.low, inside.high);
    let below = (outside.value, outside.low, outside.high);
    if inside.indicator.compare_basis == Some(Basis::Same) {
        let interval = derive::ratio(above, below);
        return Rating {
            value: inside.value / outside.value,
            low: interval.map(|i| i.0),
            high: interval.map(|i| i.1),
            floor: false,
            assumed: None,
        };
    }
    let floor = inside.value / outside.value;
    match need_share(asked).filter(|_| counted_over_everyone(inside.indicator)) {
        // Share of everyone held ÷ share who need it = share of those who need it.
        Some(need) => Rating {
            value: floor / (need.value / 100.0),
            // The range of the assumption, widened by the interval of the count inside.
            low: Some(
                inside.low.unwrap_or(inside.value)
                    / outside.high.unwrap_or(outside.value)
                    / (need.high / 100.0),
            ),
            high: Some(
                inside.high.unwrap_or(inside.value)
                    / outside.low.unwrap_or(outside.value)
                    / (need.low / 100.0),
            ),
            floor: false,
            assumed: Some(need),
        },
        None => Rating {
            value: floor,
            low: None,
            high: None,
            floor: counted_over_everyone(inside.indicator),
            assumed: None,
        },
    }
}

/// Whether the figure inside is counted over everyone held though only some need the service.
fn counted_over_everyone(indicator: &Indicator) -> bool {
    indicator.denominator.as_deref() == Some("persons_held")
}

fn need_share(asked: &Asked<'_>) -> Option<&'static Assumption> {
    let region = asked.place.region.id();
    assumptions()
        .iter()
        .find(|row| row.id == "need_share_prison" && row.regions.split(' ').any(|r| r == region))
}

fn service_name(asked: &Asked<'_>, service: &Indicator) -> String {
    let key =
        service.compare_with.as_deref().and_then(|id| indicators().get(id)).unwrap_or(service);
    asked
        .words
        .try_say(&format!("service-{}", key.id), &[])
        .unwrap_or_else(|| asked.say(&service.key("short")))
}

fn pair(asked: &Asked<'_>, one: &Compared<'_>) -> Pair {
    let words = asked.words;
    let show = |figure: &Option<Figure<'_>>, indicator: &'static Indicator| {
        let mut shown_figure = shown::bare(words, indicator);
        match figure {
            Some(figure) => shown_figure.known = Some(shown::known(words, &asked.figures, figure)),
            None => shown_figure.missing = Some(words.say("figure-missing")),
        }
        shown_figure
    };
    let counterpart = one
        .service
        .compare_with
        .as_deref()
        .and_then(|id| indicators().get(id))
        .unwrap_or(one.service);
    let lacking = match (&one.inside, &one.outside) {
        (None, _) => measures(one.service).into_iter().find(|measure| measure.question),
        (_, None) => Some(counterpart),
        _ if one.held_back.is_some() => Some(one.service)
            .filter(|service| service.question)
            .or_else(|| measures(one.service).into_iter().find(|m| m.question)),
        _ => measures(one.service)
            .into_iter()
            .find(|measure| measure.question && measure.compare_basis == Some(Basis::Same)),
    };
    Pair {
        id: counterpart.id.clone(),
        service: service_name(asked, one.service),
        inside: show(&one.inside, one.service),
        outside: show(&one.outside, counterpart),
        ratio: ratio_figure(asked, one),
        says: says(asked, one),
        rests_on: rests_on(asked, one),
        question: lacking
            .filter(|indicator| indicator.question)
            .map(|indicator| words.say(&indicator.key("question"))),
    }
}

fn ratio_figure(asked: &Asked<'_>, one: &Compared<'_>) -> base::Figure {
    let words = asked.words;
    let mut figure = base::Figure {
        label: words.say("equivalence-ratio"),
        definition: None,
        href: Some("/about#equivalence".into()),
        hue: Hue::Neutral,
        known: None,
        missing: Some(words.say(one.held_back.unwrap_or("equivalence-one-side"))),
    };
    if let (Some(rating), Some(inside), Some(outside)) = (&one.ratio, &one.inside, &one.outside) {
        let decimals = decimals(rating.value);
        let number = words.number(rating.value, decimals);
        figure.missing = None;
        figure.known = Some(Known {
            number: rating.value,
            text: if rating.floor {
                words.say_with("equivalence-at-least", &[("value", number.into())])
            } else {
                number
            },
            unit: String::new(),
            low: rating.low,
            high: rating.high,
            interval: shown::interval(words, rating.low, rating.high, decimals),
            period: if inside.year == outside.year {
                inside.year.to_string()
            } else {
                format!("{} ÷ {}", inside.year, outside.year)
            },
            group: None,
            source: SourceMark::of(
                &rating
                    .assumed
                    .map_or(&inside.rests_on[0].source, |assumed| &assumed.source)
                    .clone(),
            ),
            locator: words.say("equivalence-computed"),
            flag: None,
            note: None,
            href: None,
            others: Vec::new(),
        });
    }
    figure
}

fn decimals(value: f64) -> u8 {
    if value < 10.0 { if value < 1.0 { 2 } else { 1 } } else { 0 }
}

/// One sentence that says what the comparison shows.
fn says(asked: &Asked<'_>, one: &Compared<'_>) -> String {
    let words = asked.words;
    let Some(rating) = &one.ratio else {
        let key = match (&one.inside, &one.outside) {
            _ if one.held_back.is_some() => one.held_back.unwrap_or_default(),
            (None, None) => "equivalence-says-nothing",
            (None, _) => "equivalence-says-no-inside",
            (_, None) => "equivalence-says-no-outside",
            _ => "equivalence-one-side",
        };
        return words.say(&format!("{key}-sentence"));
    };
    let key = match (rating.low, rating.high) {
        _ if rating.floor => "equivalence-says-floor",
        (Some(low), Some(high)) if low <= 1.0 && high >= 1.0 => "equivalence-says-unsure",
        _ if rating.value < 0.95 => "equivalence-says-less",
        _ if rating.value > 1.05 => "equivalence-says-more",
        _ => "equivalence-says-equal",
    };
    let number = |value: f64| Arg::Number(value, decimals(value));
    words.say_with(
        key,
        &[
            ("value", number(rating.value)),
            ("low", number(rating.low.unwrap_or(rating.value))),
            ("high", number(rating.high.unwrap_or(rating.value))),
        ],
    )
}

fn rests_on(asked: &Asked<'_>, one: &Compared<'_>) -> String {
    let words = asked.words;
    let mut sentences = Vec::new();
    if let Some(rating) = &one.ratio {
        if let Some(assumed) = rating.assumed {
            sentences.push(words.say_with(
                &format!("assumption-{}", assumed.reason),
                &[
                    ("value", Arg::Number(assumed.value, 1)),
                    ("low", Arg::Number(assumed.low, 0)),
                    ("high", Arg::Number(assumed.high, 0)),
                ],
            ));
        } else if one.service.compare_basis == Some(Basis::Differs) {
            sentences.extend(words.try_say(&one.service.key("basis"), &[]));
        }
    }
    if let (Some(inside), Some(outside)) = (&one.inside, &one.outside)
        && inside.year != outside.year
    {
        sentences.push(words.say_with(
            "equivalence-years",
            &[
                ("inside", Arg::Name(inside.year.into())),
                ("outside", Arg::Name(outside.year.into())),
            ],
        ));
    }
    if one.held_back == Some("equivalence-flagged") {
        let flags = [&one.inside, &one.outside]
            .into_iter()
            .flatten()
            .filter(|figure| !figure.usable())
            .filter_map(|figure| shown::flag(words, figure));
        sentences.extend(flags.map(|flag| flag.reason));
    }
    sentences.join(" ")
}

/// The ratios of those of all `services` of which something is known.
fn drawing(asked: &Asked<'_>, compared: &[Compared<'_>], services: usize) -> Block {
    let words = asked.words;
    let rows: Vec<RatioRow> = compared
        .iter()
        .map(|one| RatioRow {
            label: service_name(asked, one.service),
            note: String::new(),
            href: Some(format!(
                "#service-{}",
                one.service.compare_with.as_deref().unwrap_or(&one.service.id)
            )),
            reading: match &one.ratio {
                Some(rating) if rating.floor => Reading::AtLeast(rating.value),
                Some(rating) => {
                    Reading::Ratio { value: rating.value, low: rating.low, high: rating.high }
                }
                None => Reading::Missing(words.say(match (&one.inside, &one.outside) {
                    _ if one.held_back.is_some() => "equivalence-short-held-back",
                    (None, _) => "equivalence-short-no-inside",
                    _ => "equivalence-short-no-outside",
                })),
            },
            flagged: false,
        })
        .collect();
    let behind = compared
        .iter()
        .map(|one| {
            let side = |figure: &Option<Figure<'_>>| {
                figure.as_ref().map_or_else(
                    || Cell::missing(words.say("figure-missing")),
                    |f| Cell::number(f.value, shown::value(words, f)).aside(f.period),
                )
            };
            let ratio = one.ratio.as_ref().map_or_else(
                || Cell::missing(words.say("equivalence-one-side")),
                |r| Cell::number(r.value, words.number(r.value, decimals(r.value))),
            );
            let interval = one.ratio.as_ref().map_or_else(String::new, |r| {
                shown::interval(words, r.low, r.high, decimals(r.value))
            });
            vec![
                Cell::text(service_name(asked, one.service)),
                side(&one.inside),
                side(&one.outside),
                ratio,
                Cell::text(interval),
            ]
        })
        .collect();
    let sources: Vec<SourceMark> =
        sources(compared).into_iter().map(|id| SourceMark::of(&id)).collect();
    let title = asked.say_with(
        "equivalence-title",
        &[
            ("known", compared.iter().filter(|one| one.ratio.is_some()).count().into()),
            ("services", services.into()),
        ],
    );
    let subtitle = asked.say("equivalence-subtitle");
    let drawn = Ratio {
        rows,
        less: words.say("equivalence-less"),
        equal: words.say("equivalence-equal"),
        more: words.say("equivalence-more"),
    };
    let number = |value: f64| words.number(value, decimals(value));
    let draw = |id: &str, width: f64| {
        let mut frame = Frame::new(id, &title, &number);
        frame.description = &subtitle;
        frame.width = width;
        drawn.draw(&frame)
    };
    let columns = vec![
        Column::text("service", words.say("equivalence-service")),
        Column::number("inside", words.say("inside")),
        Column::number("outside", words.say("outside")),
        Column::number("ratio", words.say("inside-over-outside")),
        Column::text("interval", words.say("interval")),
    ];
    let table = Table {
        id: "equivalence-of-care".into(),
        caption: title.clone(),
        columns,
        rows: behind,
        note: None,
        sources: sources.clone(),
    };
    Block::Drawing {
        drawing: Drawing {
            id: "equivalence-of-care".into(),
            alt: format!("{title}. {subtitle}"),
            svg: draw("equivalence-of-care", 720.0),
            narrow: Some(draw("equivalence-of-care-narrow", 340.0)),
            note: None,
            title,
            subtitle,
            table,
            sources,
        },
    }
}

fn sources(compared: &[Compared<'_>]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for one in compared {
        let facts = [&one.inside, &one.outside]
            .into_iter()
            .flatten()
            .flat_map(|figure| &figure.rests_on)
            .map(|fact| fact.source.clone());
        let assumed = one
            .ratio
            .as_ref()
            .and_then(|rating| rating.assumed)
            .map(|assumed| assumed.source.clone());
        for id in facts.chain(assumed) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}
