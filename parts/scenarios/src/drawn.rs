//! An answer drawn: the course of infections and deaths with and without the policy, each with its band and the table behind it.

use base::Table;
use base::document::Drawing;
use base::language::{Arg, Words};
use base::table::{Cell, Column};
use chart::{Frame, Hue, Point, Reach, Series, Trend};

use crate::answer::{Answer, COURSES, Course, Range, Year};
use crate::shown;

/// Drawings stand two beside each other on a desk and one on a phone: one width serves both.
const WIDTH: f64 = 440.0;

/// The courses of an answer.
pub fn courses(words: &Words, answer: &Answer) -> Vec<Drawing> {
    COURSES.iter().filter_map(|id| course(words, answer, id)).collect()
}

/// The course of one outcome, as a page's drawing.
pub fn course(words: &Words, answer: &Answer, id: &str) -> Option<Drawing> {
    let course = answer.course(id)?;
    let title = title(words, answer, course);
    let mut subtitle = words.say_with(&format!("course-{id}"), &[("draws", answer.draws.into())]);
    if !answer.calibrated {
        subtitle = format!("{subtitle} {}", words.say("scenario-not-fitted"));
    }
    let number = |value: f64| words.number(value, 0);
    let frame = Frame {
        width: WIDTH,
        description: &subtitle,
        reach: Reach::Whole,
        ..Frame::new(id, &title, &number)
    };
    let svg = trend(words, answer, course).draw(&frame);
    Some(Drawing {
        id: id.into(),
        alt: format!("{title}. {subtitle}"),
        svg,
        narrow: None,
        table: table(words, answer, course, id, &title),
        note: None,
        sources: Vec::new(),
        title,
        subtitle,
    })
}

/// The same for a file: wider, with what it rests on, which stands elsewhere on the page.
pub fn course_alone(words: &Words, answer: &Answer, id: &str) -> Option<Drawing> {
    let course = answer.course(id)?;
    let drawing = self::course(words, answer, id)?;
    let number = |value: f64| words.number(value, 0);
    let frame = Frame { width: 760.0, ..Frame::new(id, &drawing.title, &number) };
    let svg = trend(words, answer, course).draw(&frame);
    Some(Drawing { svg, note: Some(rests_on(words, answer)), ..drawing })
}

/// "20 draws, 10 % of the people, seed 1, Throughcare 0.1.0, inputs 3f2a…".
/// Where the model is not fitted, that comes first: no interval leaves without it.
pub fn rests_on(words: &Words, answer: &Answer) -> String {
    let rests_on = words.say_with(
        "scenario-rests-on",
        &[
            ("draws", answer.draws.into()),
            ("people", words.number(answer.people, u8::from(answer.people.fract() != 0.0)).into()),
            ("followed", words.number((answer.followed / 100.0).round() * 100.0, 0).into()),
            ("seed", Arg::Name(answer.seed as i64)),
            ("version", answer.version.as_str().into()),
            ("inputs", answer.inputs.as_str().into()),
        ],
    );
    if answer.calibrated {
        return rests_on;
    }
    format!("{} {rests_on}", words.say("scenario-not-fitted"))
}

/// A file of bare columns has no note: its headings say whether the model is fitted.
fn interval_heading(words: &Words, answer: &Answer) -> String {
    words.say(if answer.calibrated { "interval" } else { "scenario-interval-not-fitted" })
}

fn trend(words: &Words, answer: &Answer, course: &Course) -> Trend {
    let line = |label: &str, hue: Hue, of: &dyn Fn(&Year) -> Range| Series {
        label: words.say(label),
        hue,
        points: course
            .years
            .iter()
            .map(|year| {
                let range = of(year);
                Point {
                    year: year.year.into(),
                    value: range.median,
                    low: Some(range.low),
                    high: Some(range.high),
                    ..Point::default()
                }
            })
            .collect(),
    };
    let mut series = vec![line("arm-status-quo", Hue::Neutral, &|year| year.expected)];
    if !answer.is_status_quo() {
        let from = answer.first;
        let mut policy = line("arm-policy", Hue::Accent(0), &|year| year.with_policy);
        // Before it begins there is one country.
        policy.points.retain(|point| point.year >= f64::from(from - 1));
        series.push(policy);
    }
    Trend { series, from_zero: true, height: 190.0, ..Trend::default() }
}

/// The finding: the last year with the policy and without.
fn title(words: &Words, answer: &Answer, course: &Course) -> String {
    let Some(last) = course.years.last() else { return String::new() };
    // As the drawing writes them at its ends.
    let number = |range: &Range| words.number(range.median, 0);
    let args: [(&str, Arg); 4] = [
        ("what", words.say(&format!("result-{}", course.id)).into()),
        ("year", Arg::Name(last.year.into())),
        ("expected", number(&last.expected).into()),
        ("policy", number(&last.with_policy).into()),
    ];
    let key = match () {
        _ if answer.is_status_quo() => "course-title-status-quo",
        _ if number(&last.expected) == number(&last.with_policy) => "course-title-same",
        _ => "course-title",
    };
    words.say_with(key, &args)
}

fn table(words: &Words, answer: &Answer, course: &Course, id: &str, title: &str) -> Table {
    let policy = !answer.is_status_quo();
    let mut columns = vec![Column::text("year", words.say("period"))];
    let mut arm = |key: &str, label: &str| {
        columns.push(Column::number(key, words.say(label)));
        columns.push(Column::text(&format!("{key}-interval"), interval_heading(words, answer)));
    };
    arm("expected", "arm-status-quo");
    if policy {
        arm("with-policy", "arm-policy");
    }
    let rows = course
        .years
        .iter()
        .map(|year| {
            let mut row = vec![Cell::text(year.year.to_string())];
            for range in
                [Some(&year.expected), policy.then_some(&year.with_policy)].into_iter().flatten()
            {
                row.push(Cell::number(range.median, shown::count(words, range)));
                row.push(Cell::text(shown::interval(words, range)));
            }
            row
        })
        .collect();
    Table {
        id: format!("course-{id}"),
        caption: title.into(),
        columns,
        rows,
        note: Some(rests_on(words, answer)),
        sources: Vec::new(),
    }
}

/// Every outcome and place of an answer as one table: what a page lists and a file carries.
pub fn outcomes(words: &Words, answer: &Answer) -> Table {
    let mut columns = vec![
        Column::text("outcome", words.say("scenario-outcome")),
        Column::text("place", words.say("scenario-place")),
        Column::number("expected", words.say("arm-status-quo")),
        Column::text("interval", interval_heading(words, answer)),
    ];
    let policy = !answer.is_status_quo();
    if policy {
        columns.extend([
            Column::number("with-policy", words.say("arm-policy")),
            Column::text("policy-interval", interval_heading(words, answer)),
            Column::number("change", words.say("scenario-change")),
            Column::text("change-interval", interval_heading(words, answer)),
        ]);
    }
    let rows = answer
        .outcomes
        .iter()
        .map(|one| {
            let hue = match one.place.as_str() {
                "prison" => base::document::Hue::Inside,
                "community" => base::document::Hue::Outside,
                _ => base::document::Hue::Neutral,
            };
            let number = |range: &Range| Cell::number(range.median, shown::count(words, range));
            let mut row = vec![
                Cell::text(words.say(&format!("result-{}", one.id))),
                Cell { hue, ..Cell::text(words.say(&format!("result-in-{}", one.place))) },
                number(&one.expected),
                Cell::text(shown::interval(words, &one.expected)),
            ];
            if policy {
                // What is taken away is shown as a change: fewer is below zero.
                let change = Range {
                    median: 0.0 - one.averted.median,
                    low: 0.0 - one.averted.high,
                    high: 0.0 - one.averted.low,
                    mean: 0.0 - one.averted.mean,
                };
                row.extend([
                    number(&one.with_policy),
                    Cell::text(shown::interval(words, &one.with_policy)),
                    number(&change),
                    Cell::text(shown::interval(words, &change)),
                ]);
            }
            row
        })
        .collect();
    Table {
        id: format!("scenario-{}", answer.country),
        caption: words.say_with(
            "scenario-table",
            &[("first", Arg::Name(answer.first.into())), ("until", Arg::Name(answer.until.into()))],
        ),
        columns,
        rows,
        note: Some(rests_on(words, answer)),
        sources: Vec::new(),
    }
}
