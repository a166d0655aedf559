//! What could be done, in a country's brief: the standard policies as they were computed beforehand, each with its interval and a way
//! to the explorer.

use base::document::{Block, Drawing, Figure, Finding, Hue};
use base::language::{Arg, Words};
use base::part::Pending;
use base::table::{Cell, Column};
use base::{Panel, Reader, Refusal, Section, Site, Table};
use chart::{Bar, Bars, Frame};

use crate::answer::{Answer, Range};
use crate::elimination::{self, Row, Told};
use crate::kept::{self, Policies};
use crate::model::{Model, model};
use crate::{shown, simulation};

const SECTION: &str = "what-could-be-done";
const ORDER: u32 = 70;
/// Below the country's own figures, above the general evidence.
const WEIGHT: f64 = 0.78;

/// The section of a country that has a model.
pub fn panel<'a>(_: &'a Site, reader: &'a Reader, code: &'a str) -> Pending<'a, Panel> {
    Box::pin(async move {
        let Some(model) = model(code) else { return Ok(Panel::default()) };
        let words = &reader.words;
        let mut blocks = Vec::new();
        let mut findings = Vec::new();
        match of(model)? {
            Some(policies) => {
                if let Some(note) = earlier(words, model, &policies) {
                    blocks.push(Block::Note { text: note });
                }
                findings.extend(finding(words, &policies));
                blocks
                    .push(Block::Drawing { drawing: gained(words, &policies, "policies-gained") });
                blocks.push(Block::Table { table: table(words, &policies) });
                blocks.push(match elimination(words, &policies) {
                    Some(table) => Block::Table { table },
                    None => elimination_asked(words, &policies.country),
                });
                blocks.push(Block::Note { text: made(words, &policies) });
            }
            None => blocks.push(Block::Note { text: words.say("policies-none") }),
        }
        let section = Section {
            order: ORDER,
            id: SECTION.into(),
            title: words.say("section-what-could-be-done"),
            lead: Some(words.say("section-what-could-be-done-lead")),
            blocks,
        };
        Ok(Panel { findings, sections: vec![section] })
    })
}

/// The kept policies of a country.
///
/// # Errors
/// The file that ships cannot be read; a test holds that it can.
pub fn of(model: &Model) -> Result<Option<Policies>, Refusal> {
    kept::policies(&model.country.code).map_err(Refusal::broken)
}

/// What is said where figures or model have changed since they were computed.
pub fn earlier(words: &Words, model: &'static Model, policies: &Policies) -> Option<String> {
    let day = policies.day.as_str();
    (!policies.belong_to(model)).then(|| words.say_with("policies-earlier", &[("day", day.into())]))
}

/// Day, draws, seed, version and inputs of the run.
pub fn made(words: &Words, policies: &Policies) -> String {
    let calibrated = policies.policies.first().is_some_and(|one| one.answer.calibrated);
    let (assumed, parameters) =
        policies.policies.first().map_or((0, 0), |one| (one.answer.assumed, one.answer.parameters));
    let fitted =
        words.say(if calibrated { "scenarios-calibrated" } else { "scenarios-not-calibrated" });
    let run = words.say_with(
        "policies-made",
        &[
            ("day", policies.day.as_str().into()),
            ("draws", policies.draws.into()),
            ("people", words.number(policies.people, 0).into()),
            ("seed", Arg::Name(policies.seed as i64)),
            ("version", policies.version.as_str().into()),
            ("inputs", policies.inputs.as_str().into()),
        ],
    );
    let rests = words.say_with(
        "scenario-assumed",
        &[("assumed", assumed.into()), ("parameters", parameters.into())],
    );
    format!("{run} {fitted} {rests}")
}

fn name(words: &Words, id: &str) -> String {
    words.say(&format!("policy-{id}"))
}

/// The policy of one service that gains most, in one sentence.
fn finding(words: &Words, policies: &Policies) -> Option<Finding> {
    let gained = |answer: &Answer| answer.outcome("dalys").map(|one| one.averted);
    let best = policies
        .policies
        .iter()
        .filter(|one| one.id != "together")
        .filter_map(|one| Some((one, gained(&one.answer)?)))
        .filter(|(_, averted)| averted.low > 0.0)
        .max_by(|a, b| a.1.mean.total_cmp(&b.1.mean))?;
    let (policy, averted) = best;
    let answer = &policy.answer;
    let text = words.say_with(
        "finding-policies",
        &[
            ("policy", name(words, &policy.id).into()),
            ("n", shown::count(words, &averted).into()),
            ("interval", shown::interval(words, &averted).into()),
            ("first", Arg::Name(answer.first.into())),
            ("until", Arg::Name(answer.until.into())),
        ],
    );
    Some(Finding {
        weight: WEIGHT,
        text,
        section: SECTION.into(),
        caution: Some(words.say("finding-policies-caution")),
    })
}

/// Years of healthy life that each policy gains.
pub fn gained(words: &Words, policies: &Policies, id: &str) -> Drawing {
    let bars: Vec<Bar> = policies
        .policies
        .iter()
        .enumerate()
        .filter_map(|(at, one)| {
            let averted = one.answer.outcome("dalys")?.averted;
            Some(Bar {
                label: name(words, &one.id),
                value: averted.median,
                low: Some(averted.low),
                high: Some(averted.high),
                hue: simulation::hue(at + 1),
                ..Bar::default()
            })
        })
        .collect();
    let (first, until) =
        policies.policies.first().map_or((0, 0), |one| (one.answer.first, one.answer.until));
    let years = [("first", Arg::Name(first.into())), ("until", Arg::Name(until.into()))];
    let title = title(words, policies);
    let subtitle = words.say_with("policies-gained-of", &years);
    let number = |value: f64| shown::two_digits(words, value);
    let bars = Bars { bars };
    let draw = |id: &str, width: f64| {
        bars.draw(&Frame { width, description: &subtitle, ..Frame::new(id, &title, &number) })
    };
    Drawing {
        id: id.into(),
        alt: format!("{title}. {subtitle}"),
        svg: draw(id, 720.0),
        narrow: Some(draw(&format!("{id}-narrow"), 340.0)),
        table: table(words, policies),
        note: Some(words.say_with(
            "policies-source",
            &[("version", policies.version.as_str().into()), ("day", policies.day.as_str().into())],
        )),
        sources: Vec::new(),
        title,
        subtitle,
    }
}

fn title(words: &Words, policies: &Policies) -> String {
    let clear = policies
        .policies
        .iter()
        .filter(|one| one.answer.outcome("dalys").is_some_and(|o| o.averted.low > 0.0))
        .count();
    words.say_with(
        "policies-gained-title",
        &[("clear", clear.into()), ("all", policies.policies.len().into())],
    )
}

/// Every policy with what it takes away and what it costs.
pub fn table(words: &Words, policies: &Policies) -> Table {
    const SHOWN: [&str; 4] = ["hcv-infections", "hiv-infections", "overdose-deaths", "dalys"];
    let mut columns = vec![Column::text("policy", words.say("simulate-policy"))];
    columns.extend(SHOWN.iter().map(|id| Column::number(id, words.say(&format!("result-{id}")))));
    columns.push(Column::number("cost", words.say("result-cost")));
    columns.push(Column::number("per-daly", words.say("result-per-daly")));
    let rows = policies
        .policies
        .iter()
        .map(|one| {
            let answer = &one.answer;
            let href = format!("/scenarios/{}?{}", policies.country, explorer_query(&one.query));
            let mut row = vec![Cell::text(name(words, &one.id)).href(href)];
            row.extend(SHOWN.iter().map(|id| match answer.outcome(id) {
                Some(outcome) => change(words, &outcome.averted),
                None => Cell::missing(words.say("scenario-no-ratio")),
            }));
            let extra = &answer.money.extra;
            let currency = &answer.money.currency;
            let step = shown::step(extra.low, extra.high);
            let money = |value: f64| shown::money(words, value, step, currency);
            row.push(
                Cell::number(extra.median, money(extra.median))
                    .aside(shown::money_between(words, extra.low, extra.high, step, currency)),
            );
            row.push(match &answer.money.per_daly {
                Some(range) if range.high < 0.0 => Cell {
                    number: Some(range.median),
                    ..Cell::text(words.say("scenario-saves-both"))
                },
                Some(range) => {
                    let step = shown::step(range.low, range.high);
                    let money = |value: f64| shown::money(words, value, step, currency);
                    Cell::number(range.median, money(range.median))
                        .aside(shown::money_between(words, range.low, range.high, step, currency))
                }
                None => Cell::missing(words.say("scenario-no-ratio")),
            });
            row
        })
        .collect();
    Table {
        id: format!("policies-{}", policies.country),
        caption: words.say_with(
            "policies-caption",
            &policies.policies.first().map_or(
                [("first", Arg::Name(0)), ("until", Arg::Name(0))],
                |one| {
                    [
                        ("first", Arg::Name(one.answer.first.into())),
                        ("until", Arg::Name(one.answer.until.into())),
                    ]
                },
            ),
        ),
        columns,
        rows,
        note: Some(words.say("policies-table-note")),
        sources: Vec::new(),
    }
}

/// Each policy against WHO's target for new hepatitis C infections; none where the kept policies were not asked for it.
fn elimination(words: &Words, policies: &Policies) -> Option<Table> {
    let mut rows: Vec<Row> = Vec::new();
    for one in &policies.policies {
        let answer = &one.answer;
        let at = format!("/scenarios/{}/elimination", policies.country);
        let row = Row {
            name: words.say("policy-status-quo"),
            href: Some(at.clone()),
            elimination: answer.elimination.as_ref()?,
            with_policy: false,
            first: answer.first,
            until: answer.until,
            draws: answer.draws,
            calibrated: answer.calibrated,
        };
        if rows.is_empty() {
            rows.push(row.clone());
        }
        let (name, href) = (name(words, &one.id), Some(format!("{at}?policy={}", one.id)));
        rows.push(Row { name, href, with_policy: true, ..row });
    }
    (!rows.is_empty()).then(|| elimination::table(words, &rows, Told::First, &policies.country))
}

/// The way to the question where its answer was not computed beforehand.
fn elimination_asked(words: &Words, code: &str) -> Block {
    let figure = Figure {
        label: words.say("elimination-brief"),
        definition: None,
        href: Some(format!("/scenarios/{code}/elimination")),
        hue: Hue::Neutral,
        known: None,
        missing: Some(words.say("elimination-brief-missing")),
    };
    Block::Figures { title: None, figures: vec![figure] }
}

/// The explorer asks the same with its own, quicker sample.
fn explorer_query(query: &str) -> String {
    let sample = ["draws=", "people=", "seed="];
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !sample.iter().any(|name| pair.starts_with(name))).collect();
    kept.join("&")
}

/// "1,200 fewer", with its interval beside it.
fn change(words: &Words, averted: &Range) -> Cell {
    let (value, interval) = shown::change(words, averted);
    Cell::number(averted.median, value).aside(interval)
}
