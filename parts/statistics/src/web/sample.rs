//! Planning a sample: how many people, in how many prisons, which ones. All that was asked stays in the address, the seed too, so that
//! anyone can draw again; the list leaves as a paper and as files, with the design by which the interviews are estimated afterwards.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::document::{Block, Section};
use base::language::Arg;
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Reader, Refusal, Table, Words};
use minijinja::context;

use crate::problem::{Problem, short};
use crate::sampling::{self, Plan, Sample};
use crate::shown;

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

/// What was asked: the fields as they were typed, the plan, the answer.
struct Asked {
    fields: Vec<(&'static str, String)>,
    list: String,
    plan: Plan,
    answer: Result<Sample, Vec<String>>,
}

fn asked(reader: &Reader) -> Asked {
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
                let number = |value: f64| Arg::Number(value, u8::from(value.fract() != 0.0));
                let problem = Problem::of(&words.say(&format!("sample-{name}")), "out-of-range");
                let problem = problem.with("value", short(&text)).with("least", number(*least));
                problems.push(problem.with("most", number(*most)).say(words));
                *usual
            }
        };
        fields.push((*name, text));
    }
    let [prevalence, margin, level, response, per_prison, correlation, seed] = given;
    let plan = Plan {
        prevalence: prevalence / 100.0,
        margin: margin / 100.0,
        level: level / 100.0,
        response: response / 100.0,
        per_prison,
        correlation,
        seed: seed as u64,
    };
    let list = reader.asked("prisons").pop().unwrap_or_default();
    let in_words = |found: Vec<Problem>| found.iter().map(|one| one.say(words)).collect::<Vec<_>>();
    let prisons = match sampling::read_list(&list) {
        Ok(prisons) => prisons,
        Err(found) => {
            problems.extend(in_words(found));
            Vec::new()
        }
    };
    let answer = sampling::plan(&plan, &prisons).map_err(in_words);
    let answer = match (problems.is_empty(), answer) {
        (true, answer) => answer,
        (false, Ok(_)) => Err(problems),
        (false, Err(more)) => {
            problems.extend(more);
            Err(problems)
        }
    };
    Asked { fields, list, plan, answer }
}

pub async fn page(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let words = &reader.words;
    let asked = asked(&reader);
    let fields: Vec<_> = asked
        .fields
        .iter()
        .map(|(name, text)| {
            let label = words.say(&format!("sample-{name}"));
            (*name, label, words.say(&format!("sample-{name}-hint")), text.clone())
        })
        .collect();
    let head = Head::titled(reader.say("sample-title"))
        .about(reader.say("sample-lead"))
        .under(reader.say("statistics"), "/statistics");
    let problems = asked.answer.as_ref().err().cloned().unwrap_or_default();
    let sample = asked.answer.as_ref().ok();
    let drawn = sample.filter(|sample| !sample.chosen.is_empty());
    let at = |path: &str| {
        let here = Reader { path: path.into(), ..reader.clone() };
        here.here_with("lang", Some(words.language.tag()))
    };
    let downloads: Vec<_> = [("PDF", "pdf"), ("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json")]
        .iter()
        .map(|(name, form)| ((*name).to_owned(), at(&format!("/statistics/sample.{form}"))))
        .chain([("design.toml".to_owned(), at("/statistics/sample/design.toml"))])
        .collect();
    let values = context! {
        fields, list => asked.list, problems,
        answer => sample.map(|sample| answer_words(words, sample)),
        expected => sample.map(|sample| value(expected_table(words, &asked.plan, sample))),
        short_of => sample.and_then(|sample| sample.short).map(|reached| words.say_with("sample-short", &[("reached", Arg::Number(reached, 0))])),
        drawn => drawn.map(|sample| value(list_table(words, &asked.plan, sample))),
        strata => drawn.filter(|sample| sample.has_strata()).map(|sample| value(strata_table(words, sample))),
        link => reader.here_with("page", None), downloads,
    };
    answer::page(&site, &reader, "statistics/sample.html", head, values)
}

/// The drawn prisons as a paper or a file.
pub async fn file(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let asked = asked(&reader);
    let sample = drawn(&asked)?;
    let words = &reader.words;
    match Form::of(&format!("sample.{form}")).1 {
        Form::Csv => Ok(answer::file(
            sample.csv().into_bytes(),
            "text/csv; charset=utf-8",
            &format!("prisons-seed-{}.csv", asked.plan.seed),
        )),
        Form::Json => Ok(answer::json(&json(&asked.plan, sample))),
        form @ Form::Xlsx => answer::table(list_table(words, &asked.plan, sample), &reader, form),
        Form::Pdf => {
            let mut list = list_table(words, &asked.plan, sample);
            let note = list.note.take().unwrap_or_default();
            let mut blocks = vec![
                Block::Text { text: answer_words(words, sample) },
                Block::Table { table: list },
            ];
            if sample.has_strata() {
                blocks.push(Block::Table { table: strata_table(words, sample) });
            }
            blocks.push(Block::Table { table: expected_table(words, &asked.plan, sample) });
            blocks.push(Block::Note { text: note });
            let section = Section {
                order: 10,
                id: "sample".into(),
                title: words.say("sample-list"),
                lead: None,
                blocks,
            };
            let day = shown::day(site.now());
            let title = words.say("sample-paper");
            let address = reader.here_with("lang", None).replacen(".pdf", "", 1);
            let paper = shown::paper(&site, words, "sample", &title, vec![section], &day, &address);
            answer::paper(&site, &reader, paper, "prisons.pdf").await
        }
        _ => Err(Refusal::not_found("no-form", &reader.path)),
    }
}

/// `design.toml`, as `throughcare estimate` takes it.
pub async fn design(reader: Reader) -> Result<Response, Refusal> {
    let asked = asked(&reader);
    let text = drawn(&asked)?.design(&asked.plan);
    Ok(answer::file(text.into_bytes(), "application/toml", "design.toml"))
}

/// A sample planned and drawn.
#[utoipa::path(
    get, path = "/api/statistics/sample",
    params(
        ("prevalence" = Option<f64>, Query, description = "Expected, in percent"),
        ("margin" = Option<f64>, Query, description = "Half the interval, in percentage points"),
        ("level" = Option<f64>, Query, description = "Confidence, in percent"),
        ("response" = Option<f64>, Query, description = "Who answers, in percent"),
        ("per_prison" = Option<f64>, Query, description = "People asked in each prison"),
        ("correlation" = Option<f64>, Query, description = "Intraclass correlation"),
        ("seed" = Option<u64>, Query, description = "The same seed draws the same prisons"),
        ("prisons" = Option<String>, Query, description = "A line for each: name, people held, stratum")
    ),
    responses((status = 200, description = "People, prisons, design effect, the drawn prisons with chances and weights, expected intervals"), (status = 422, description = "Something given cannot be used"))
)]
pub async fn api(reader: Reader) -> Result<Response, Refusal> {
    let asked = asked(&reader);
    match &asked.answer {
        Ok(sample) => Ok(answer::json(&json(&asked.plan, sample))),
        Err(problems) => Err(Refusal::bad_input("sample", "sample", &problems.join(" "))),
    }
}

fn json(plan: &Plan, sample: &Sample) -> serde_json::Value {
    serde_json::json!({ "seed": plan.seed, "level": plan.level, "sample": sample, "design": sample.design(plan) })
}

/// The drawn prisons, or why there are none.
fn drawn(asked: &Asked) -> Result<&Sample, Refusal> {
    match &asked.answer {
        Ok(sample) if !sample.chosen.is_empty() => Ok(sample),
        Ok(_) => Err(Refusal::bad_input("sample-no-list", "prisons", "")),
        Err(problems) => Err(Refusal::bad_input("sample", "sample", &problems.join(" "))),
    }
}

fn answer_words(words: &Words, sample: &Sample) -> String {
    words.say_with(
        "sample-answer",
        &[
            ("people", Arg::Number(sample.people, 0)),
            ("prisons", Arg::Number(sample.prisons, 0)),
            ("effect", Arg::Number(sample.design_effect, 2)),
        ],
    )
}

fn list_table(words: &Words, plan: &Plan, sample: &Sample) -> Table {
    let strata = sample.has_strata();
    let mut columns = vec![
        Column::number("number", words.say("sample-number")),
        Column::text("prison", words.say("sample-prison")),
    ];
    if strata {
        columns.push(Column::text("stratum", words.say("sample-stratum")));
    }
    columns.extend([
        Column::number("held", words.say("sample-held")),
        Column::number("ask", words.say("sample-ask")),
        Column::number("chance", words.say("sample-chance")),
        Column::number("base-weight", words.say("sample-base-weight")),
        Column::number("weight", words.say("sample-weight")),
    ]);
    let number = |value: f64, decimals: u8| Cell::number(value, words.number(value, decimals));
    let rows = sample
        .chosen
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let mut row = vec![number(at as f64 + 1.0, 0), Cell::text(one.prison.clone())];
            if strata {
                row.push(Cell::text(one.stratum.clone()));
            }
            row.extend([
                number(one.people, 0),
                number(one.ask, 0),
                number(one.chance, 3),
                number(one.base_weight, 3),
                number(one.weight, 2),
            ]);
            row
        })
        .collect();
    Table {
        id: "sample".into(),
        caption: words.say("sample-list"),
        columns,
        rows,
        note: Some(words.say_with("sample-list-note", &[("seed", Arg::Name(plan.seed as i64))])),
        sources: Vec::new(),
    }
}

fn strata_table(words: &Words, sample: &Sample) -> Table {
    let number = |value: f64| Cell::number(value, words.number(value, 0));
    let rows = sample.strata.iter().map(|one| {
        vec![
            Cell::text(one.name.clone()),
            number(one.prisons as f64),
            number(one.people),
            number(one.drawn as f64),
            number(one.asked),
        ]
    });
    Table {
        id: "strata".into(),
        caption: words.say("sample-strata"),
        columns: vec![
            Column::text("stratum", words.say("sample-stratum")),
            Column::number("prisons", words.say("sample-there")),
            Column::number("held", words.say("sample-held")),
            Column::number("drawn", words.say("sample-drawn")),
            Column::number("ask", words.say("sample-ask")),
        ],
        rows: rows.collect(),
        note: None,
        sources: Vec::new(),
    }
}

fn expected_table(words: &Words, plan: &Plan, sample: &Sample) -> Table {
    let number = |value: f64, decimals: u8| Cell::number(value, words.number(value, decimals));
    let rows = sample.expected.iter().map(|one| {
        let part = match one.part {
            1.0 => words.say("sample-part-all"),
            part => words.say_with("sample-part", &[("part", Arg::Number(part * 100.0, 0))]),
        };
        vec![
            Cell::text(part),
            number(one.answers, 0),
            number(one.effective, 0),
            Cell::text(format!(
                "{}–{}",
                words.number(one.low * 100.0, 1),
                words.number(one.high * 100.0, 1)
            )),
        ]
    });
    Table {
        id: "expected".into(),
        caption: words.say_with(
            "sample-expected",
            &[("prevalence", Arg::Number(plan.prevalence * 100.0, 1))],
        ),
        columns: vec![
            Column::text("part", words.say("sample-of-whom")),
            Column::number("answers", words.say("sample-answers")),
            Column::number("effective-n", words.say("head-effective-n")),
            Column::text(
                "interval",
                words.say_with("head-interval", &[("level", Arg::Number(plan.level * 100.0, 0))]),
            ),
        ],
        rows: rows.collect(),
        note: Some(words.say("sample-expected-note")),
        sources: Vec::new(),
    }
}
