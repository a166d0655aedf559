//! Rounds as drawings: the latest on a map, the years of every group, and how much each group changed. Only released figures are
//! drawn, and a place whose figure is withheld is hatched like one that nobody asked.

use base::document::Drawing;
use base::{Refusal, Site, Table, Words};
use chart::{
    Atlas, DotRow, DotValue, Dots, Frame, Hue, Map, MapValue, Multiples, Panel, Point, Series,
    Trend,
};

use crate::rounds::{Compared, Round, figure, label, signed, with_unit};
use crate::tabled::Figured;

/// Groups whose lines can still be told apart in one drawing; more are drawn as small multiples.
const MOST_LINES: usize = 5;
/// More panels or rows than this are not drawn: nobody could read them.
const MOST_DRAWN: usize = 60;

/// The outlines that the site was given, read once.
struct Ground(Option<Atlas>);

fn ground(site: &Site) -> Option<Atlas> {
    let asset = (site.equipment.assets)("outlines.json")?;
    match Atlas::read(&asset.bytes) {
        Ok(atlas) => Some(atlas),
        Err(error) => {
            tracing::error!(%error, "outlines.json cannot be read; maps are left out");
            None
        }
    }
}

/// The latest round on a map, where it has figures of two places at least and the site has outlines.
pub async fn map(
    site: &Site,
    words: &Words,
    compared: &Compared,
    id: &str,
) -> Result<Option<Drawing>, Refusal> {
    let Some(latest) = compared.latest() else { return Ok(None) };
    let Some(places) = &latest.tabled.places else { return Ok(None) };
    let ground = site.memo(|| async { Ok(Ground(ground(site))) }).await?;
    let Some(atlas) = &ground.0 else { return Ok(None) };
    let tabled = &latest.tabled;
    let mut map = Map::new(&atlas.outlines);
    for cell in &tabled.cells {
        // Of all people of a place: totals over every other column.
        let others = cell.groups.iter().enumerate().filter(|(at, _)| *at != places.at);
        if others.clone().any(|(_, group)| group.is_some()) {
            continue;
        }
        let (Some(Some(name)), Some(figure)) = (cell.groups.get(places.at), &cell.figure) else {
            continue;
        };
        let Some(code) = places.code(name).filter(|code| atlas.positions.contains_key(*code))
        else {
            continue;
        };
        let value = MapValue {
            name: name.clone(),
            value: tabled.scaled(figure.value),
            when: latest.period.clone(),
            flagged: !figure.weak.is_empty(),
            note: tabled.interval(words, figure),
            href: None,
        };
        map.values.insert(code.to_owned(), value);
        if !atlas.outlines.shapes.iter().any(|shape| shape.code == code)
            && let Some(at) = atlas.positions.get(code)
        {
            let (code, label) = (code.to_owned(), name.clone());
            map.places.push(chart::Place { code, label, at: *at });
        }
    }
    if map.values.len() < 2 {
        return Ok(None);
    }
    let values = |weak: bool| -> Vec<f64> {
        map.values.values().filter(|one| weak || !one.flagged).map(|one| one.value).collect()
    };
    // Classes go by what can be leant on; where nothing can, all would have one colour.
    let firm = Some(values(false)).filter(|values| values.len() > 1);
    map.edges = chart::round_edges(&firm.unwrap_or_else(|| values(true)), 5);
    map.near = true;
    map.no_data = words.say("explore-map-none");
    map.flagged = words.say("explore-map-weak");
    let title = words.say_with("explore-map-title", &[("what", tabled.label.as_str().into())]);
    let subtitle = marked(words, compared, latest);
    let draw = |frame: &Frame| map.draw(frame);
    Ok(Some(drawing(words, compared, id, title, subtitle, 720.0, &draw)))
}

/// The years of every group, where two rounds say when they asked.
pub fn trend(words: &Words, compared: &Compared, id: &str) -> Option<Drawing> {
    let dated: Vec<(f64, &Round)> =
        compared.rounds.iter().filter_map(|round| Some((round.year()?, round))).collect();
    let latest = compared.latest()?;
    let tabled = &latest.tabled;
    let gaps = dated.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let step_years = gaps.fold(0.0, f64::max);
    if dated.len() < 2 || step_years <= 0.0 {
        return None;
    }
    let series: Vec<(String, Vec<Point>)> = compared
        .groups()
        .into_iter()
        .map(|groups| {
            let points = dated.iter().filter_map(|(year, round)| {
                let figure = figure(&round.tabled, &groups)?;
                Some(point(words, round, figure, *year))
            });
            (label(words, tabled, &groups), points.collect())
        })
        .filter(|(_, points): &(String, Vec<Point>)| points.len() > 1)
        .take(MOST_DRAWN)
        .collect();
    if series.is_empty() {
        return None;
    }
    let title = compared.finding(words)?;
    let subtitle = marked(words, compared, latest);
    if series.len() <= MOST_LINES {
        let series = series.into_iter().enumerate().map(|(at, (label, points))| Series {
            label,
            hue: if at == 0 { Hue::Inside } else { Hue::Accent(at as u8 - 1) },
            points,
        });
        let unit = tabled.value_head(words);
        let trend = Trend { series: series.collect(), unit, step_years, ..Trend::default() };
        let draw = |frame: &Frame| trend.draw(frame);
        return Some(drawing(words, compared, id, title, subtitle, 720.0, &draw));
    }
    let panels = series.into_iter().map(|(title, points)| Panel {
        title,
        href: None,
        series: vec![Series { label: String::new(), hue: Hue::Inside, points }],
    });
    let no_data = words.say("withheld-protected");
    let multiples =
        Multiples { panels: panels.collect(), step_years, no_data, ..Multiples::default() };
    let draw = |frame: &Frame| multiples.draw(frame);
    Some(drawing(words, compared, id, title, subtitle, 1000.0, &draw))
}

/// By how much each group changed between the last two rounds.
pub fn changes(words: &Words, compared: &Compared, id: &str) -> Option<Drawing> {
    let differences = compared.differences();
    let [.., earlier, later] = compared.rounds.as_slice() else { return None };
    if differences.is_empty() {
        return None;
    }
    let tabled = &later.tabled;
    let rows = compared.groups().into_iter().take(MOST_DRAWN).map(|groups| {
        let found = differences.iter().find(|one| one.groups == groups);
        let value = found.map(|one| DotValue {
            hue: Hue::Inside,
            value: tabled.scaled(one.value),
            low: one.low.map(|low| tabled.scaled(low)),
            high: one.high.map(|high| tabled.scaled(high)),
            flagged: false,
            note: String::new(),
        });
        DotRow {
            label: label(words, tabled, &groups),
            missing: if found.is_none() {
                words.say("rounds-no-difference")
            } else {
                String::new()
            },
            values: value.into_iter().collect(),
            ..DotRow::default()
        }
    });
    let reference = Some((0.0, words.say("rounds-no-change")));
    let dots = Dots { rows: rows.collect(), reference, ..Dots::default() };
    let key = if tabled.is_share() { "head-difference-points" } else { "head-difference" };
    let names = [("later", later.name().into()), ("earlier", earlier.name().into())];
    let subtitle = format!("{}. {}", tabled.title(words), words.say_with(key, &names));
    let title = compared.finding(words)?;
    let decimals = tabled.difference_decimals(differences[0].se);
    let number = |value: f64| signed(words, value, decimals);
    Some(drawn_with(words, compared, id, title, subtitle, 720.0, &number, &|frame| {
        dots.draw(frame)
    }))
}

fn point(words: &Words, round: &Round, figure: &Figured, year: f64) -> Point {
    let tabled = &round.tabled;
    let weak: Vec<String> = figure.weak.iter().map(|key| words.say(key)).collect();
    let mut note = with_unit(words, tabled, figure);
    if !weak.is_empty() {
        note = format!("{note}; {}", weak.join("; "));
    }
    Point {
        year,
        value: tabled.scaled(figure.value),
        low: figure.low.map(|low| tabled.scaled(low)),
        high: figure.high.map(|high| tabled.scaled(high)),
        flagged: !weak.is_empty(),
        note,
        href: None,
    }
}

/// What is measured, and that it is synthetic where it is.
fn marked(words: &Words, compared: &Compared, latest: &Round) -> String {
    let title = latest.tabled.title(words);
    match compared.rounds.iter().any(|round| round.tabled.synthetic) {
        true => format!("{title}. {}", words.say("synthetic-mark")),
        false => title,
    }
}

/// A number as an axis bears it: a decimal below ten and between whole numbers, two below one.
pub fn on_axis(words: &Words, value: f64) -> String {
    let decimals = match value.abs() {
        _ if value.fract() == 0.0 => 0,
        // A tick of 0.3 may be 0.30000000000000004.
        size if size < 1.0 => 1 + u8::from((value * 10.0 - (value * 10.0).round()).abs() > 1e-6),
        // Steps of a half: 40, 40.5, 41.
        size => u8::from(size < 10.0 || (value * 2.0).fract() == 0.0),
    };
    words.number(value, decimals)
}

fn drawing(
    words: &Words,
    compared: &Compared,
    id: &str,
    title: String,
    subtitle: String,
    width: f64,
    draw: &dyn Fn(&Frame) -> String,
) -> Drawing {
    let number = |value: f64| on_axis(words, value);
    drawn_with(words, compared, id, title, subtitle, width, &number, draw)
}

#[expect(clippy::too_many_arguments, reason = "one shape for three drawings")]
fn drawn_with(
    words: &Words,
    compared: &Compared,
    id: &str,
    title: String,
    subtitle: String,
    width: f64,
    number: &dyn Fn(f64) -> String,
    draw: &dyn Fn(&Frame) -> String,
) -> Drawing {
    let set = |id: &str, width: f64| {
        draw(&Frame { width, description: &subtitle, ..Frame::new(id, &title, number) })
    };
    Drawing {
        id: id.into(),
        alt: format!("{title}. {subtitle}"),
        svg: set(id, width),
        narrow: Some(set(&format!("{id}-narrow"), 340.0)),
        table: Table { note: None, ..compared.table(words, id) },
        note: Some(compared.notes(words).join(" ")),
        sources: Vec::new(),
        title: title.clone(),
        subtitle: subtitle.clone(),
    }
}
