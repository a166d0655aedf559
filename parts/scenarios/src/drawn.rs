//! An answer drawn: the course of infections and deaths with and without the policy, each with its band and the table behind it.

use base::Table;
use base::document::Drawing;
use base::language::{Arg, Words};
use base::table::{Cell, Column};
use chart::{Frame, Heading, Hue, Point, Reach, Series, Size, Trend};

use crate::answer::{Answer, COURSES, Course, Range, Year};
use crate::elimination::{Goal, Row, Target};
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
    let mut subtitle = words.say_with(
        &format!("course-{id}"),
        &[("draws", answer.draws.into()), ("first", Arg::Name(answer.first.into()))],
    );
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
fn interval_heading(words: &Words, calibrated: bool) -> String {
    words.say(if calibrated { "interval" } else { "scenario-interval-not-fitted" })
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
    let args: [(&str, Arg); 5] = [
        ("first", Arg::Name(answer.first.into())),
        ("what", words.say(&format!("result-{}", course.id)).into()),
        ("year", Arg::Name(last.year.into())),
        ("expected", number(&last.expected).into()),
        ("policy", number(&last.with_policy).into()),
    ];
    let clear = answer.outcome(&course.id).is_some_and(|one| one.averted.clear());
    let key = match () {
        _ if answer.is_status_quo() => "title-status-quo",
        // Few deaths: two middles that differ say nothing where their difference does not.
        _ if course.added_up && !clear => "title-unclear",
        _ if number(&last.expected) == number(&last.with_policy) => "title-same",
        _ => "title",
    };
    let kind = if course.added_up { "added-up" } else { "course" };
    words.say_with(&format!("{kind}-{key}"), &args)
}

fn table(words: &Words, answer: &Answer, course: &Course, id: &str, title: &str) -> Table {
    let policy = !answer.is_status_quo();
    let mut columns = vec![Column::text("year", words.say("period"))];
    let mut arm = |key: &str, label: &str| {
        columns.push(Column::number(key, words.say(label)));
        columns.push(Column::text(
            &format!("{key}-interval"),
            interval_heading(words, answer.calibrated),
        ));
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
        Column::text("interval", interval_heading(words, answer.calibrated)),
    ];
    let policy = !answer.is_status_quo();
    if policy {
        columns.extend([
            Column::number("with-policy", words.say("arm-policy")),
            Column::text("policy-interval", interval_heading(words, answer.calibrated)),
            Column::number("change", words.say("scenario-change")),
            Column::text("change-interval", interval_heading(words, answer.calibrated)),
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

/// New infections year by year, as the country goes on and with one policy, against WHO's target; with its source where it stands alone.
pub fn incidence(words: &Words, row: &Row, goal: &Goal, source: Option<&str>) -> Option<Drawing> {
    let target = row.elimination.target(goal.id)?;
    if target.years.is_empty() {
        return None;
    }
    let line = |label: String, hue: Hue, policy: bool| Series {
        label,
        hue,
        points: target
            .years
            .iter()
            .filter(|year| !policy || year.year >= row.first - 1)
            .map(|year| {
                let range = if policy { year.with_policy } else { year.expected };
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
    let mut series = vec![line(words.say("arm-status-quo"), Hue::Neutral, false)];
    if row.with_policy {
        series.push(line(row.name.clone(), Hue::Accent(0), true));
    }
    let number = |value: f64| words.number(value, u8::from(value.abs() < 10.0 && value != 0.0));
    let label = words.say_with(
        "elimination-target",
        &[("most", words.number(target.most, u8::from(target.most.fract() != 0.0)).into())],
    );
    let trend = Trend {
        series,
        from_zero: true,
        height: 260.0,
        target: Some((target.most, label)),
        ..Trend::default()
    };
    let stand = row.stand(goal.id)?;
    let title = words.say_with(
        &format!("goal-{}-title", goal.id),
        &[
            ("policy", row.name.as_str().into()),
            ("draws", words.number((100.0 * stand.met).round(), 0).into()),
            ("year", Arg::Name(row.elimination.year.into())),
        ],
    );
    let mut subtitle =
        words.say_with(&format!("goal-{}-subtitle", goal.id), &[("draws", row.draws.into())]);
    if !row.calibrated {
        subtitle = format!("{subtitle} {}", words.say("scenario-not-fitted"));
    }
    let draw = |id: &str, width: f64| {
        let frame = Frame { width, description: &subtitle, ..Frame::new(id, &title, &number) };
        match source {
            None => trend.draw(&frame),
            Some(source) => trend.draw(&Frame {
                heading: Some(Heading { subtitle: &subtitle, source }),
                size: Size::Fixed,
                ..frame
            }),
        }
    };
    Some(Drawing {
        id: goal.id.into(),
        alt: format!("{title}. {subtitle}"),
        svg: draw(goal.id, 720.0),
        narrow: source.is_none().then(|| draw(&format!("{}-narrow", goal.id), 340.0)),
        table: years_table(words, row, target, &title),
        note: Some(words.say(&format!("goal-{}-source", goal.id))),
        sources: Vec::new(),
        title,
        subtitle,
    })
}

fn years_table(words: &Words, row: &Row, target: &Target, title: &str) -> Table {
    let mut columns = vec![Column::text("year", words.say("period"))];
    let mut arm = |key: &str, label: String| {
        columns.push(Column::number(key, label));
        columns.push(Column::text(
            &format!("{key}-interval"),
            interval_heading(words, row.calibrated),
        ));
    };
    arm("expected", words.say("arm-status-quo"));
    if row.with_policy {
        arm("with-policy", row.name.clone());
    }
    let rows = target
        .years
        .iter()
        .map(|year| {
            let mut cells = vec![Cell::text(year.year.to_string())];
            let arms = [Some(year.expected), row.with_policy.then_some(year.with_policy)];
            for range in arms.into_iter().flatten() {
                cells.push(Cell::number(range.median, words.number(range.median, 1)));
                let (low, high) = (words.number(range.low, 1), words.number(range.high, 1));
                cells.push(Cell::text(shown::between(words, &low, &high)));
            }
            cells
        })
        .collect();
    Table {
        id: format!("elimination-years-{}", target.id),
        caption: title.into(),
        columns,
        rows,
        note: None,
        sources: Vec::new(),
    }
}
