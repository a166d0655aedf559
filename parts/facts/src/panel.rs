//! What the facts add to a country's brief: situation, infection, care, equivalence of care,
//! deaths, trafficking, and what is not known.

mod care;
mod deaths;
pub mod equivalence;
mod infection;
mod situation;
mod trafficking;
mod unknown;

use base::document::{Block, Drawing, Hue, SourceMark};
use base::language::{Arg, Words};
use base::part::Pending;
use base::table::{Cell, Column};
use base::{Figure, Finding, Panel, Reader, Section, Site, Table};
use chart::{Frame, Point, Series, Trend};

use crate::derive::Figures;
use crate::indicator::{Indicator, indicators};
use crate::known::Known;
use crate::place::{Place, places};
use crate::shown;

/// All facts sections of a country's brief.
pub fn panel<'a>(site: &'a Site, reader: &'a Reader, code: &'a str) -> Pending<'a, Panel> {
    Box::pin(async move {
        let known = Known::of(site).await?;
        let Some(place) = places().get(code) else { return Ok(Panel::default()) };
        let asked = Asked {
            words: &reader.words,
            known: &known,
            figures: known.figures_of(&place.code),
            place,
        };
        let mut panel = Panel::default();
        for section in [
            situation::section,
            infection::section,
            deaths::section,
            care::section,
            equivalence::section,
            trafficking::section,
            unknown::section,
        ] {
            section(&asked, &mut panel);
        }
        Ok(panel)
    })
}

/// One place, asked in one language.
pub struct Asked<'a> {
    pub words: &'a Words,
    pub known: &'a Known,
    pub figures: Figures<'a>,
    pub place: &'static Place,
}

impl<'a> Asked<'a> {
    fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    fn say_with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.say_with(key, args)
    }

    fn latest(&self, id: &str) -> Option<crate::derive::Figure<'a>> {
        self.figures.latest(&self.place.code, id, "total")
    }

    /// The latest figure if it may be used in a sentence.
    fn usable(&self, id: &str) -> Option<crate::derive::Figure<'a>> {
        self.latest(id).filter(crate::derive::Figure::usable)
    }

    /// The figure's value and year as arguments of a message: `$value`, `$year`.
    fn args(&self, figure: &crate::derive::Figure<'_>) -> [(&'static str, Arg); 2] {
        [
            ("value", shown::value(self.words, figure).into()),
            ("year", Arg::Name(figure.year.into())),
        ]
    }

    /// Figures of these indicators; those without a value only where `always` names them.
    fn figures(&self, ids: &[&str], always: &[&str]) -> Vec<Figure> {
        ids.iter()
            .filter_map(|id| indicators().get(id))
            .map(|indicator| {
                (indicator, shown::latest(self.words, &self.figures, &self.place.code, indicator))
            })
            .filter(|(indicator, figure)| {
                figure.known.is_some() || always.contains(&indicator.id.as_str())
            })
            .map(|(_, figure)| figure)
            .collect()
    }

    fn finding(&self, weight: f64, section: &str, text: String) -> Finding {
        Finding { weight, text, section: section.into(), caution: None }
    }

    fn section(&self, order: u32, id: &str, blocks: Vec<Block>) -> Section {
        let lead = self.words.try_say(&format!("section-{id}-lead"), &[]);
        Section { order, id: id.into(), title: self.say(&format!("section-{id}")), lead, blocks }
    }

    /// A line over the years of one or more indicators, where any has two years or more.
    fn trend(&self, id: &str, title: &str, lines: &[Line<'_>]) -> Option<Block> {
        let words = self.words;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut sources: Vec<SourceMark> = Vec::new();
        let mut series = Vec::new();
        let mut longest = 0;
        let mut unit = String::new();
        for line in lines {
            let Some(indicator) = indicators().get(line.indicator) else { continue };
            let points = self.figures.series(&self.place.code, line.indicator, "total");
            if points.is_empty() {
                continue;
            }
            longest = longest.max(points.len());
            unit = shown::unit(words, indicator.unit);
            let label = words.say(&indicator.key("short"));
            for figure in &points {
                let source = &figure.rests_on[0].source;
                if !sources.iter().any(|mark| mark.id == *source) {
                    sources.push(SourceMark::of(source));
                }
                rows.push(row(words, &label, figure));
            }
            series.push(Series {
                label,
                hue: line.hue,
                points: points.iter().map(|figure| point(words, figure)).collect(),
            });
        }
        if longest < 2 {
            return None;
        }
        // Of one line the subtitle says what it is and in which unit; several are named where they
        // end, and the axis says the unit.
        let only = lines.first().and_then(|line| indicators().get(line.indicator))?;
        let (subtitle, unit) = match series.len() {
            1 => (shown::measured(words, only), String::new()),
            _ => (String::new(), unit),
        };
        let trend = Trend { series, from_zero: true, unit, ..Trend::default() };
        let number =
            |value: f64| words.number(value, u8::from(value.abs() < 10.0 && value.fract() != 0.0));
        let mut frame = Frame::new(id, title, &number);
        frame.description = &subtitle;
        let svg = trend.draw(&Frame { width: 720.0, ..frame });
        let narrow_id = format!("{id}-narrow");
        let mut frame = Frame::new(&narrow_id, title, &number);
        frame.description = &subtitle;
        let narrow = trend.draw(&Frame { width: 340.0, ..frame });
        let columns = vec![
            Column::text("figure", words.say("figure")),
            Column::text("period", words.say("period")),
            Column::number("value", words.say("value")),
            Column::text("interval", words.say("interval")),
            Column::text("source", words.say("source")),
            Column::text("flag", words.say("flag")),
        ];
        let table = Table {
            id: id.into(),
            caption: title.into(),
            columns,
            rows,
            note: None,
            sources: sources.clone(),
        };
        Some(Block::Drawing {
            drawing: Drawing {
                id: id.into(),
                title: title.into(),
                subtitle: subtitle.clone(),
                alt: [title, &subtitle].map(str::trim).join(". ").trim_end_matches(". ").to_owned(),
                svg,
                narrow: Some(narrow),
                table,
                note: None,
                sources,
            },
        })
    }
}

/// A line of a trend.
pub struct Line<'a> {
    pub indicator: &'a str,
    pub hue: chart::Hue,
}

/// The drawing's colour for a document's.
pub fn chart_hue(hue: Hue) -> chart::Hue {
    match hue {
        Hue::Inside => chart::Hue::Inside,
        Hue::Outside => chart::Hue::Outside,
        Hue::Neutral => chart::Hue::Neutral,
    }
}

/// A figure as a point of a trend.
pub fn point(words: &Words, figure: &crate::derive::Figure<'_>) -> Point {
    let flag = shown::flag(words, figure);
    Point {
        year: f64::from(figure.year),
        value: figure.value,
        low: figure.low,
        high: figure.high,
        flagged: !figure.usable(),
        note: flag.map(|flag| format!("{}: {}", flag.label, flag.reason)).unwrap_or_default(),
        href: None,
    }
}

fn row(words: &Words, label: &str, figure: &crate::derive::Figure<'_>) -> Vec<Cell> {
    let flag = shown::flag(words, figure);
    vec![
        Cell::text(label),
        Cell::text(figure.period),
        Cell::number(figure.value, shown::value(words, figure)),
        Cell::text(shown::interval(words, figure.low, figure.high, shown::decimals(figure))),
        Cell::text(&figure.rests_on[0].source),
        Cell::text(flag.map(|flag| flag.label).unwrap_or_default()),
    ]
}

/// A short name for an indicator in a sentence.
pub fn short(words: &Words, indicator: &Indicator) -> String {
    words.say(&indicator.key("short"))
}
