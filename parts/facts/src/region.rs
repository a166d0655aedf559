//! The region compared: one indicator over all places, with ranks that admit their doubt, a map,
//! and the years behind it; or several indicators side by side.

use base::document::{Drawing, SourceMark};
use base::language::Words;
use base::table::{Cell, Column};
use base::{Refusal, Site, Table};
use chart::{
    Atlas, Axis, DotRow, DotValue, Dots, Frame, Map, MapValue, Multiples, Series, Sparkline,
};

use crate::derive::{Figure, Figures};
use crate::indicator::Indicator;
use crate::known::Known;
use crate::panel::{chart_hue, point};
use crate::place::{Place, PlaceKind};
use crate::shown;

/// One indicator in one place.
pub struct Standing<'a> {
    pub place: &'static Place,
    pub figure: Figure<'a>,
    pub series: Vec<Figure<'a>>,
    /// The least and the most that the place's own sources say: the interval, or what the last
    /// three years and all sources give.
    pub spread: (f64, f64),
    /// First and last rank that the spreads allow; 1 is the highest value. None for a figure that
    /// must not be ranked.
    pub rank: Option<(usize, usize)>,
}

/// Years over which a figure without an interval is let vary.
const SPREAD_YEARS: i32 = 3;

/// One indicator in all of `places` that have a figure, highest first; doubtful ones last.
pub fn standings<'a>(
    known: &'a Known,
    indicator: &Indicator,
    places: &[&'static Place],
) -> Vec<Standing<'a>> {
    let mut all: Vec<Standing<'a>> = places
        .iter()
        .filter_map(|place| {
            let figures = known.figures_of(&place.code);
            let figure = figures.latest(&place.code, &indicator.id, "total")?;
            let series = figures.series(&place.code, &indicator.id, "total");
            let spread = spread(&figures, &figure, &series);
            Some(Standing { place, figure, series, spread, rank: None })
        })
        .collect();
    let ranges: Vec<(f64, f64)> =
        all.iter().filter(|one| one.figure.usable()).map(|one| one.spread).collect();
    for one in all.iter_mut().filter(|one| one.figure.usable()) {
        one.rank = Some(rank(one.spread, &ranges));
    }
    all.sort_by(|a, b| {
        (!a.figure.usable())
            .cmp(&!b.figure.usable())
            .then(b.figure.value.total_cmp(&a.figure.value))
            .then(a.place.code.cmp(&b.place.code))
    });
    all
}

/// The ranks that `own` can take among `all` (itself included) when every value may lie anywhere in
/// its range: above it stand at least those that are wholly higher, below it those wholly lower.
///
/// ```
/// use facts::region::rank;
/// let all = [(10.0, 12.0), (11.0, 13.0), (1.0, 2.0)];
/// assert_eq!(rank(all[0], &all), (1, 2));
/// assert_eq!(rank(all[2], &all), (3, 3));
/// ```
pub fn rank(own: (f64, f64), all: &[(f64, f64)]) -> (usize, usize) {
    let higher = all.iter().filter(|other| other.0 > own.1).count();
    let lower = all.iter().filter(|other| other.1 < own.0).count();
    (higher + 1, all.len() - lower)
}

fn spread(figures: &Figures<'_>, figure: &Figure<'_>, series: &[Figure<'_>]) -> (f64, f64) {
    if let (Some(low), Some(high)) = (figure.low, figure.high) {
        return (low, high);
    }
    let recent = figure.year - SPREAD_YEARS + 1..=figure.year;
    let of_series =
        series.iter().filter(|one| one.usable() && recent.contains(&one.year)).map(|one| one.value);
    let of_sources = figures
        .all(figure.place, &figure.indicator.id)
        .filter(|fact| fact.usable() && fact.group == figure.group && recent.contains(&fact.year))
        .map(|fact| fact.value);
    of_series
        .chain(of_sources)
        .fold((figure.value, figure.value), |(low, high), value| (low.min(value), high.max(value)))
}

/// The table of one indicator: place, value, interval, year, rank, trend, source, doubt.
pub fn table(
    words: &Words,
    indicator: &Indicator,
    standings: &[Standing<'_>],
    without: &[&'static Place],
    label: &dyn Fn(&str) -> String,
) -> Table {
    let language = words.language.tag();
    let columns = vec![
        Column::text("place", words.say("place")),
        Column::number(
            "value",
            format!(
                "{} ({})",
                words.say(&indicator.key("short")),
                shown::unit(words, indicator.unit)
            ),
        ),
        Column::text("interval", words.say("interval")),
        Column::text("period", words.say("period")),
        Column::number("rank", words.say("rank")).help(words.say("rank-help")),
        Column::mark("trend", words.say("trend")),
        Column::text("source", words.say("source")),
        Column::text("flag", words.say("flag")),
    ];
    let mut rows: Vec<Vec<Cell>> = standings
        .iter()
        .map(|one| {
            let flag = shown::flag(words, &one.figure);
            let name = one.place.name(language);
            vec![
                Cell::text(name).href(format!("/countries/{}", one.place.code)),
                Cell {
                    flagged: flag.as_ref().is_some_and(|flag| !flag.usable),
                    hue: shown::hue(indicator),
                    ..Cell::number(one.figure.value, shown::value(words, &one.figure))
                },
                Cell::text(shown::interval(
                    words,
                    one.figure.low,
                    one.figure.high,
                    shown::decimals(&one.figure),
                )),
                Cell::text(one.figure.period),
                match one.rank {
                    Some((first, last)) => Cell::number(
                        f64::midpoint(first as f64, last as f64),
                        if first == last { first.to_string() } else { format!("{first}–{last}") },
                    ),
                    None => Cell::missing(words.say("rank-none")),
                },
                Cell { svg: Some(sparkline(indicator, &one.series)), ..Cell::default() },
                Cell::text(label(&one.figure.rests_on[0].source))
                    .href(format!("/sources/{}", one.figure.rests_on[0].source)),
                flag.map_or_else(Cell::default, |flag| Cell::text(flag.label).title(flag.reason)),
            ]
        })
        .collect();
    rows.extend(without.iter().map(|place| {
        let missing = || Cell::missing(words.say("figure-missing"));
        vec![
            Cell::text(place.name(language)).href(format!("/countries/{}", place.code)),
            missing(),
            Cell::text("·"),
            Cell::text("·"),
            Cell::text("·"),
            Cell::default(),
            Cell::text("·"),
            Cell::default(),
        ]
    }));
    Table {
        id: indicator.id.clone(),
        caption: words.say(&indicator.key("name")),
        columns,
        rows,
        note: Some(words.say("rank-note")),
        sources: sources(standings),
    }
}

/// Several indicators side by side: one column each.
pub fn side_by_side(
    words: &Words,
    known: &Known,
    indicators: &[&'static Indicator],
    places: &[&'static Place],
) -> Table {
    let language = words.language.tag();
    let mut columns = vec![Column::text("place", words.say("place"))];
    columns.extend(indicators.iter().map(|i| {
        Column::number(
            &i.id,
            format!("{} ({})", words.say(&i.key("short")), shown::unit(words, i.unit)),
        )
        .help(words.say(&i.key("definition")))
    }));
    let mut marks: Vec<SourceMark> = Vec::new();
    let rows = places
        .iter()
        .map(|place| {
            let figures = known.figures_of(&place.code);
            let mut row =
                vec![Cell::text(place.name(language)).href(format!("/countries/{}", place.code))];
            row.extend(indicators.iter().map(|indicator| {
                let Some(figure) = figures.latest(&place.code, &indicator.id, "total") else {
                    return Cell::missing(words.say("figure-missing"));
                };
                let source = &figure.rests_on[0].source;
                if !marks.iter().any(|mark| mark.id == *source) {
                    marks.push(SourceMark::of(source));
                }
                let flag = shown::flag(words, &figure);
                Cell {
                    flagged: flag.as_ref().is_some_and(|flag| !flag.usable),
                    title: flag.map(|flag| format!("{}: {}", flag.label, flag.reason)),
                    hue: shown::hue(indicator),
                    ..Cell::number(figure.value, shown::value(words, &figure))
                        .aside(figure.year.to_string())
                }
            }));
            row
        })
        .collect();
    Table {
        id: "region".into(),
        caption: words.say("region-table"),
        columns,
        rows,
        note: Some(words.say("region-table-note")),
        sources: marks,
    }
}

fn sparkline(indicator: &Indicator, series: &[Figure<'_>]) -> String {
    let points = series
        .iter()
        .filter(|figure| figure.usable())
        .map(|figure| chart::Point {
            year: f64::from(figure.year),
            value: figure.value,
            ..chart::Point::default()
        })
        .collect();
    Sparkline {
        series: Series { label: String::new(), hue: chart_hue(shown::hue(indicator)), points },
        width: 90.0,
        height: 22.0,
        ..Sparkline::default()
    }
    .draw()
}

/// The sources of all figures, each once.
pub fn sources(standings: &[Standing<'_>]) -> Vec<SourceMark> {
    let mut marks: Vec<SourceMark> = Vec::new();
    for fact in standings.iter().flat_map(|one| &one.figure.rests_on) {
        if !marks.iter().any(|mark| mark.id == fact.source) {
            marks.push(SourceMark::of(&fact.source));
        }
    }
    marks
}

/// The finding of a comparison: highest and lowest that may be compared, and the middle.
pub fn title(words: &Words, indicator: &Indicator, standings: &[Standing<'_>]) -> String {
    let usable: Vec<_> = standings.iter().filter(|one| one.figure.usable()).collect();
    let name = words.say(&indicator.key("short"));
    let (Some(high), Some(low)) = (usable.first(), usable.last()) else {
        return words.say_with("region-title-none", &[("indicator", name.into())]);
    };
    if usable.len() < 2 {
        return words.say_with(
            "region-title-one",
            &[("indicator", name.into()), ("place", high.place.name(words.language.tag()).into())],
        );
    }
    let unit = shown::unit(words, indicator.unit);
    let value = |one: &Standing<'_>| shown::value(words, &one.figure);
    // A sign stands at each number; words for a unit only once.
    let low_value = if unit == "%" { format!("{}\u{a0}%", value(low)) } else { value(low) };
    words.say_with(
        "region-title",
        &[
            ("indicator", name.into()),
            ("low", low_value.into()),
            ("high", format!("{}\u{a0}{unit}", value(high)).into()),
            ("lowest", low.place.name(words.language.tag()).into()),
            ("highest", high.place.name(words.language.tag()).into()),
            ("count", usable.len().into()),
        ],
    )
}

/// The map of one indicator, where the site has outlines.
pub async fn map(
    site: &Site,
    words: &Words,
    indicator: &Indicator,
    standings: &[Standing<'_>],
    id: &str,
) -> Result<Option<Drawing>, Refusal> {
    let ground = site.memo(|| async { Ok(Ground(atlas(site))) }).await?;
    let Some(Atlas { outlines, positions }) = &ground.0 else { return Ok(None) };
    let language = words.language.tag();
    let mut map = Map::new(outlines);
    let usable: Vec<f64> =
        standings.iter().filter(|one| one.figure.usable()).map(|one| one.figure.value).collect();
    map.edges = chart::round_edges(&usable, 6);
    map.no_data = words.say("map-no-data");
    map.flagged = words.say("map-flagged");
    for one in standings {
        let flag = shown::flag(words, &one.figure);
        let value = MapValue {
            name: one.place.name(language).into(),
            value: one.figure.value,
            when: one.figure.period.into(),
            flagged: !one.figure.usable(),
            note: flag.map(|flag| flag.label).unwrap_or_default(),
            href: Some(format!("/countries/{}", one.place.code)),
        };
        map.values.insert(one.place.code.clone(), value);
        if one.place.kind == PlaceKind::Jurisdiction
            && let Some(at) = positions.get(&one.place.code)
        {
            map.places.push(chart::Place {
                code: one.place.code.clone(),
                label: one.place.short_name(language).into(),
                at: *at,
            });
        }
    }
    let title = words
        .say_with("region-map-title", &[("indicator", words.say(&indicator.key("short")).into())]);
    let subtitle = shown::measured(words, indicator);
    let unit = shown::unit(words, indicator.unit);
    let number = |value: f64| {
        let decimals = u8::from(value.fract() != 0.0 && value.abs() < 100.0);
        let text = words.number(value, decimals);
        if unit == "%" { format!("{text} %") } else { text }
    };
    let draw = |id: &str, width: f64| {
        let mut frame = Frame::new(id, &title, &number);
        frame.description = &subtitle;
        frame.width = width;
        map.draw(&frame)
    };
    let narrow = draw(&format!("{id}-narrow"), 340.0);
    let svg = draw(id, 720.0);
    Ok(Some(drawing(words, indicator, standings, id, title, subtitle, svg, Some(narrow))))
}

/// Every place's figure with its interval, highest first.
pub fn dots(words: &Words, indicator: &Indicator, standings: &[Standing<'_>], id: &str) -> Drawing {
    let rows = standings
        .iter()
        .map(|one| DotRow {
            label: one.place.name(words.language.tag()).into(),
            href: Some(format!("/countries/{}", one.place.code)),
            values: vec![DotValue {
                hue: chart_hue(shown::hue(indicator)),
                value: one.figure.value,
                low: Some(one.spread.0)
                    .filter(|low| *low < one.figure.value || one.spread.1 > one.figure.value),
                high: Some(one.spread.1)
                    .filter(|high| *high > one.figure.value || one.spread.0 < one.figure.value),
                flagged: !one.figure.usable(),
                note: one.figure.period.into(),
            }],
            missing: String::new(),
        })
        .collect();
    let dots = Dots { rows, names: vec![], axis: Axis::Linear, reference: None, from_zero: true };
    let title = words
        .say_with("region-dots-title", &[("indicator", words.say(&indicator.key("short")).into())]);
    let subtitle =
        format!("{}. {}", shown::unit(words, indicator.unit), words.say("region-dots-subtitle"));
    let number =
        |value: f64| words.number(value, u8::from(value.fract() != 0.0 && value.abs() < 100.0));
    let draw = |id: &str, width: f64| {
        let mut frame = Frame::new(id, &title, &number);
        frame.description = &subtitle;
        frame.width = width;
        dots.draw(&frame)
    };
    let narrow = draw(&format!("{id}-narrow"), 340.0);
    let svg = draw(id, 720.0);
    drawing(words, indicator, standings, id, title, subtitle, svg, Some(narrow))
}

/// The years of every place, on one scale.
pub fn multiples(
    words: &Words,
    indicator: &Indicator,
    standings: &[Standing<'_>],
    id: &str,
) -> Option<Drawing> {
    let panels: Vec<chart::Panel> = standings
        .iter()
        .filter(|one| one.series.iter().filter(|figure| figure.usable()).count() >= 2)
        .map(|one| chart::Panel {
            title: one.place.name(words.language.tag()).into(),
            href: Some(format!("/countries/{}", one.place.code)),
            series: vec![Series {
                label: String::new(),
                hue: chart_hue(shown::hue(indicator)),
                points: one.series.iter().map(|figure| point(words, figure)).collect(),
            }],
        })
        .collect();
    if panels.len() < 2 {
        return None;
    }
    let multiples =
        Multiples { panels, no_data: words.say("figure-missing"), ..Multiples::default() };
    let title = words.say_with(
        "region-years-title",
        &[("indicator", words.say(&indicator.key("short")).into())],
    );
    let subtitle =
        format!("{}. {}", shown::unit(words, indicator.unit), words.say("region-years-subtitle"));
    let number =
        |value: f64| words.number(value, u8::from(value.fract() != 0.0 && value.abs() < 100.0));
    let draw = |id: &str, width: f64| {
        let mut frame = Frame::new(id, &title, &number);
        frame.description = &subtitle;
        frame.width = width;
        multiples.draw(&frame)
    };
    let narrow = draw(&format!("{id}-narrow"), 340.0);
    let svg = draw(id, 1000.0);
    Some(drawing(words, indicator, standings, id, title, subtitle, svg, Some(narrow)))
}

#[expect(clippy::too_many_arguments, reason = "one call site shape for three drawings")]
fn drawing(
    words: &Words,
    indicator: &Indicator,
    standings: &[Standing<'_>],
    id: &str,
    title: String,
    subtitle: String,
    svg: String,
    narrow: Option<String>,
) -> Drawing {
    let table = table(words, indicator, standings, &[], &str::to_owned);
    Drawing {
        id: id.into(),
        alt: format!("{title}. {subtitle}"),
        title,
        subtitle,
        svg,
        narrow,
        sources: table.sources.clone(),
        table: Table { note: None, ..table },
        note: None,
    }
}

/// The outlines that the site was given, read once.
struct Ground(Option<Atlas>);

fn atlas(site: &Site) -> Option<Atlas> {
    let asset = (site.equipment.assets)("outlines.json")?;
    match Atlas::read(&asset.bytes) {
        Ok(atlas) => Some(atlas),
        Err(error) => {
            tracing::error!(%error, "outlines.json cannot be read; maps are left out");
            None
        }
    }
}
