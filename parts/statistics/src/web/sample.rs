//! Planning a sample: how many people, in how many prisons, which ones. The seed stays in the address, so that anyone can draw again.

use axum::extract::State;
use axum::response::Response;
use base::answer;
use base::language::Arg;
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Table};
use minijinja::context;
use survey::{Chance, Wanted, cluster_effect, draw_by_size, people_to_ask};

use crate::problem::{Problem, short};

/// Lines of a list of prisons that are read.
const MOST_PRISONS: usize = 1_000;

/// The fields with what stands in them at first: name, value, least, most.
/// A correlation of 0.03 within prisons lies in the middle of what surveys of infections report for clusters (0.01 to 0.05;
/// Killip, Mahfoud and Pearce 2004, *Annals of Family Medicine* 2:204–208, give the range for health surveys).
const FIELDS: [(&str, f64, f64, f64); 7] = [
    ("prevalence", 20.0, 0.1, 99.9),
    ("margin", 5.0, 0.5, 40.0),
    ("level", 95.0, 50.0, 99.9),
    ("response", 80.0, 1.0, 100.0),
    ("per_prison", 40.0, 1.0, 5_000.0),
    ("correlation", 0.03, 0.0, 1.0),
    ("seed", 1.0, 0.0, 9e15),
];

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let words = &reader.words;
    let mut problems = Vec::new();
    let mut given = [0.0; FIELDS.len()];
    let mut fields = Vec::new();
    for (at, (name, usual, least, most)) in FIELDS.iter().enumerate() {
        let typed = reader.asked(name).pop().filter(|text| !text.trim().is_empty());
        let text = typed.unwrap_or_else(|| usual.to_string());
        given[at] = match text.trim().replace(',', ".").parse::<f64>() {
            Ok(number) if (*least..=*most).contains(&number) => number,
            _ => {
                let number =
                    |value: f64| Arg::Number(value, if value.fract() == 0.0 { 0 } else { 1 });
                let problem = Problem::of(&words.say(&format!("sample-{name}")), "out-of-range");
                let problem = problem.with("value", short(&text)).with("least", number(*least));
                problems.push(problem.with("most", number(*most)).say(words));
                *usual
            }
        };
        let label = words.say(&format!("sample-{name}"));
        fields.push((*name, label, words.say(&format!("sample-{name}-hint")), text));
    }
    let [prevalence, margin, level, response, per_prison, correlation, seed] = given;
    let list = reader.asked("prisons").pop().unwrap_or_default();
    let prisons = prisons(&list, &mut problems, words);
    let effect = cluster_effect(per_prison * response / 100.0, correlation);
    let population: f64 = prisons.iter().map(|prison| prison.1).sum();
    let wanted = Wanted {
        prevalence: prevalence / 100.0,
        margin: margin / 100.0,
        level: level / 100.0,
        design_effect: effect,
        response: response / 100.0,
        population: (population > 0.0).then_some(population),
    };
    let people = people_to_ask(&wanted).map_err(Refusal::broken)? as f64;
    let needed = (people / per_prison).ceil().max(2.0);
    let mut drawn_table = None;
    if problems.is_empty() && !prisons.is_empty() {
        let sizes: Vec<f64> = prisons.iter().map(|prison| prison.1).collect();
        let open = sizes.iter().filter(|size| **size > 0.0).count();
        let count = (needed as usize).min(open);
        match draw_by_size(&sizes, count, &mut Chance::new(seed as u64)) {
            Ok(drawn) => {
                let each = (people / count as f64).ceil();
                drawn_table = Some(drawn_list(words, &prisons, &drawn, each, seed));
            }
            Err(found) => problems.extend(found.iter().map(ToString::to_string)),
        }
    }
    let short_of = !prisons.is_empty() && (needed as usize) > prisons.len();
    let bounds = survey::wilson(
        (prevalence / 100.0 * people * wanted.response / effect).round() as u64,
        (people * wanted.response / effect).round() as u64,
    );
    let interval = bounds.filter(|_| level == 95.0).map(|(low, high)| {
        format!("{}–{}", words.number(low * 100.0, 1), words.number(high * 100.0, 1))
    });
    let head = Head::titled(reader.say("sample-title"))
        .about(reader.say("sample-lead"))
        .under(reader.say("statistics"), "/statistics");
    let answer_words = words.say_with(
        "sample-answer",
        &[
            ("people", Arg::Number(people, 0)),
            ("prisons", Arg::Number(needed, 0)),
            ("effect", Arg::Number(effect, 2)),
        ],
    );
    let values = context! {
        fields, list, problems, answer => answer_words, interval, short_of,
        link => reader.here_with("page", None),
        drawn => drawn_table.map(value),
    };
    answer::page(&site, &reader, "statistics/sample.html", head, values)
}

/// Lines of `name, people`; the number is what stands after the last comma, semicolon or tab.
fn prisons(list: &str, problems: &mut Vec<String>, words: &base::Words) -> Vec<(String, f64)> {
    let mut prisons = Vec::new();
    for (at, line) in
        list.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).take(MOST_PRISONS)
    {
        let parts = line.rsplit_once([',', ';', '\t']);
        let size = parts.and_then(|(_, size)| size.trim().parse::<f64>().ok());
        match (parts, size) {
            (Some((name, _)), Some(size)) if size.is_finite() && size >= 0.0 => {
                prisons.push((name.trim().to_owned(), size));
            }
            _ => {
                let problem = Problem::of("", "prison-line").at(at + 1).with("value", short(line));
                problems.push(problem.say(words));
            }
        }
    }
    prisons
}

fn drawn_list(
    words: &base::Words,
    prisons: &[(String, f64)],
    drawn: &[survey::Drawn],
    each: f64,
    seed: f64,
) -> Table {
    let rows = drawn
        .iter()
        .map(|one| {
            let (name, size) = &prisons[one.index];
            let ask = each.min(*size);
            vec![
                Cell::text(name.clone()),
                Cell::number(*size, words.number(*size, 0)),
                Cell::number(ask, words.number(ask, 0)),
                Cell::number(one.chance, words.number(one.chance, 3)),
                Cell::number(
                    one.base_weight * size / ask,
                    words.number(one.base_weight * size / ask, 2),
                ),
            ]
        })
        .collect();
    Table {
        id: "sample".into(),
        caption: words.say("sample-list"),
        columns: vec![
            Column::text("prison", words.say("sample-prison")),
            Column::number("held", words.say("sample-held")),
            Column::number("ask", words.say("sample-ask")),
            Column::number("chance", words.say("sample-chance")),
            Column::number("weight", words.say("sample-weight")),
        ],
        rows,
        note: Some(words.say_with("sample-list-note", &[("seed", Arg::Name(seed as i64))])),
        sources: Vec::new(),
    }
}
