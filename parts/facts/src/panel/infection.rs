//! Infection: HIV, viral hepatitis and tuberculosis among people in prison, beside people who
//! inject outside.

use base::Panel;
use base::Table;
use base::document::{Block, Drawing, SourceMark};
use base::table::{Cell, Column};
use chart::{Axis, DotRow, DotValue, Dots, Frame};

use super::{Asked, chart_hue};
use crate::indicator::indicators;
use crate::shown;

const FIGURES: &[&str] = &[
    "people_who_inject",
    "injected_ever_prison",
    "injecting_in_prison",
    "drug_dependence_prison",
    "hiv_prevalence_prison",
    "hiv_prevalence_pwid",
    "hcv_prevalence_prison",
    "hcv_prevalence_pwid",
    "hbv_prevalence_prison",
    "hbv_prevalence_pwid",
    "tb_prevalence_prison",
    "tb_prevalence_community",
];

const ALWAYS: &[&str] = &[
    "people_who_inject",
    "injected_ever_prison",
    "hiv_prevalence_prison",
    "hiv_prevalence_pwid",
    "hcv_prevalence_prison",
    "hcv_prevalence_pwid",
    "tb_prevalence_prison",
];

/// Infections that are drawn: (message of its name, inside, outside).
const DRAWN: &[(&str, &str, &str)] = &[
    ("infection-hiv", "hiv_prevalence_prison", "hiv_prevalence_pwid"),
    ("infection-hcv", "hcv_prevalence_prison", "hcv_prevalence_pwid"),
    ("infection-hbv", "hbv_prevalence_prison", "hbv_prevalence_pwid"),
    ("infection-tb", "tb_prevalence_prison", "tb_prevalence_community"),
];

pub fn section(asked: &Asked<'_>, panel: &mut Panel) {
    let mut blocks = vec![Block::Figures { title: None, figures: asked.figures(FIGURES, ALWAYS) }];
    blocks.extend(drawing(asked));
    panel.sections.push(asked.section(20, "infection", blocks));
    if let Some(hiv) = asked.usable("hiv_prevalence_prison") {
        let [value, year] = asked.args(&hiv);
        let text = match asked.usable("hiv_prevalence_pwid") {
            Some(outside) => {
                let [there, there_year] = asked.args(&outside);
                asked.say_with(
                    "finding-hiv",
                    &[value, year, ("outside", there.1), ("outside_year", there_year.1)],
                )
            }
            None => asked.say_with("finding-hiv-alone", &[value, year]),
        };
        panel.findings.push(asked.finding(0.75, "infection", text));
    }
}

fn drawing(asked: &Asked<'_>) -> Option<Block> {
    let words = asked.words;
    let mut rows = Vec::new();
    let mut behind = Vec::new();
    let mut sources: Vec<SourceMark> = Vec::new();
    let mut reported: Vec<(f64, &str)> = Vec::new();
    for (name, inside, outside) in DRAWN {
        let mut values = Vec::new();
        for id in [inside, outside] {
            let (Some(indicator), Some(figure)) = (indicators().get(id), asked.latest(id)) else {
                continue;
            };
            let source = &figure.rests_on[0].source;
            if !sources.iter().any(|mark| mark.id == *source) {
                sources.push(SourceMark::of(source));
            }
            if figure.usable() && id == inside {
                reported.push((figure.value, name));
            }
            let flag = shown::flag(words, &figure);
            values.push(DotValue {
                hue: chart_hue(shown::hue(indicator)),
                value: figure.value,
                low: figure.low,
                high: figure.high,
                flagged: !figure.usable(),
                note: format!(
                    "{}{}",
                    figure.period,
                    flag.as_ref().map(|flag| format!(" · {}", flag.label)).unwrap_or_default()
                ),
            });
            behind.push(vec![
                Cell::text(words.say(&indicator.key("name"))),
                Cell::number(figure.value, shown::value(words, &figure)),
                Cell::text(shown::interval(
                    words,
                    figure.low,
                    figure.high,
                    shown::decimals(&figure),
                )),
                Cell::text(figure.period),
                Cell::text(flag.map(|flag| flag.label).unwrap_or_default()),
            ]);
        }
        rows.push(DotRow {
            label: words.say(name),
            href: None,
            values,
            missing: words.say("figure-missing"),
        });
    }
    let title = title(asked, reported)?;
    let subtitle = asked.say("infection-subtitle");
    let dots = Dots {
        rows,
        names: vec![
            (chart::Hue::Inside, words.say("people-in-prison")),
            (chart::Hue::Outside, words.say("people-outside")),
        ],
        axis: Axis::Linear,
        reference: None,
        from_zero: true,
    };
    let number = |value: f64| words.number(value, u8::from(value.fract() != 0.0));
    let draw = |id: &str, width: f64| {
        let mut frame = Frame::new(id, &title, &number);
        frame.description = &subtitle;
        frame.width = width;
        dots.draw(&frame)
    };
    let columns = vec![
        Column::text("figure", words.say("figure")),
        Column::number("value", words.say("unit-percent")),
        Column::text("interval", words.say("interval")),
        Column::text("period", words.say("period")),
        Column::text("flag", words.say("flag")),
    ];
    let table = Table {
        id: "infection-shares".into(),
        caption: title.clone(),
        columns,
        rows: behind,
        note: None,
        sources: sources.clone(),
    };
    Some(Block::Drawing {
        drawing: Drawing {
            id: "infection-shares".into(),
            alt: format!("{title}. {subtitle}"),
            svg: draw("infection-shares", 720.0),
            narrow: Some(draw("infection-narrow", 340.0)),
            note: Some(asked.say("infection-note")),
            title,
            subtitle,
            table,
            sources,
        },
    })
}

/// The finding: the infection reported most inside, or the two that stand within a tenth of each
/// other. None where no figure inside may be used.
fn title(asked: &Asked<'_>, mut reported: Vec<(f64, &str)>) -> Option<String> {
    const AS_MUCH: f64 = 0.9;
    reported.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (most, first) = reported.first()?;
    let first = ("infection", asked.say(first).into());
    Some(match reported.get(1) {
        Some((value, second)) if *value >= AS_MUCH * most => {
            let second = ("second", asked.say(&format!("{second}-within")).into());
            asked.say_with("infection-title-two", &[first, second])
        }
        _ => asked.say_with("infection-title", &[first]),
    })
}
