//! What both explorers show of the rounds they were asked for, and the same as files: the researcher's over interviews, and everyone's
//! over the register.

use axum::response::Response;
use base::answer::{self, Form};
use base::document::{Block, Document, Drawing, Section};
use base::page::value;
use base::{App, Reader, Refusal, Words};
use minijinja::{Value, context};

use crate::rounds::{Compared, label, long_table};
use crate::tabled::{self, Tabled};
use crate::{drawn, shown};

/// Where a picture stands: its address, and what the address asks.
pub struct Here<'a> {
    pub path: &'a str,
    pub query: &'a str,
}

/// A group without a figure, and why in words.
#[derive(serde::Serialize)]
pub struct Empty {
    pub group: String,
    pub round: String,
    pub why: String,
    /// The rule, for those who hold the data.
    pub rule: Option<String>,
}

/// Every indicator: its drawings, its table, its notes, and of each empty cell why.
pub async fn results(
    site: &App,
    words: &Words,
    all: &[Compared],
    rules: &[Vec<Option<&'static str>>],
) -> Result<Vec<Value>, Refusal> {
    let mut results = Vec::new();
    for (at, compared) in all.iter().enumerate() {
        let Some(latest) = compared.latest() else { continue };
        let drawings = drawings(site, words, compared, at).await?;
        let empties = empties(words, compared, rules.get(at).map_or(&[], Vec::as_slice));
        results.push(context! {
            title => title(words, compared),
            table => value(compared.table(words, &format!("table-{at}"))),
            drawings => value(&drawings),
            notes => compared.notes(words),
            empties => value(empties),
            several => compared.rounds.len() > 1,
            of => latest.tabled.of.as_str(),
            tables => compared.rounds.iter().filter(|round| !round.table.is_empty())
                .map(|round| (format!("{} ({})", round.title, round.name()), format!("/statistics/tables/{}", round.table)))
                .collect::<Vec<_>>(),
        });
    }
    Ok(results)
}

/// The finding: of one round from low to high, of several what changed.
pub fn title(words: &Words, compared: &Compared) -> String {
    let of_one = || compared.latest().map(|latest| shown::finding(words, &latest.tabled));
    compared.finding(words).or_else(of_one).unwrap_or_default()
}

async fn drawings(
    site: &App,
    words: &Words,
    compared: &Compared,
    at: usize,
) -> Result<Vec<Drawing>, Refusal> {
    let mut drawings = Vec::new();
    drawings.extend(drawn::trend(words, compared, &format!("trend-{at}")));
    drawings.extend(drawn::changes(words, compared, &format!("change-{at}")));
    if let Some(latest) = compared.latest() {
        let mut dots = shown::drawing(words, &latest.tabled, &format!("figures-{at}"), 720.0);
        if compared.rounds.len() > 1 {
            dots.subtitle = format!("{}. {}", latest.name(), dots.subtitle);
        }
        drawings.push(dots);
    }
    drawings.extend(drawn::map(site, words, compared, &format!("map-{at}")).await?);
    Ok(drawings)
}

/// Of each empty cell, why.
pub fn empties(words: &Words, compared: &Compared, rules: &[Option<&'static str>]) -> Vec<Empty> {
    let mut empties = Vec::new();
    for (back, round) in compared.rounds.iter().rev().enumerate() {
        for (place, cell) in round.tabled.cells.iter().enumerate() {
            if cell.figure.is_some() {
                continue;
            }
            let key = cell.withheld.as_deref().unwrap_or("withheld-protected");
            // Rules are known of the latest round alone.
            let rule = rules.get(place).copied().flatten().filter(|_| back == 0);
            empties.push(Empty {
                group: label(words, &round.tabled, &cell.groups),
                round: if compared.rounds.len() > 1 { round.name().into() } else { String::new() },
                why: words.say(&format!("{key}-why")),
                rule: rule.filter(|rule| *rule != "withheld-empty").map(|rule| words.say(rule)),
            });
        }
    }
    empties
}

/// The downloads of a picture: name and address.
pub fn downloads(words: &Words, here: &Here) -> Vec<(String, String)> {
    let lang = words.language.tag();
    let one = |form: &&str| {
        (form.to_uppercase(), format!("{}.{form}?{}&lang={lang}", here.path, here.query))
    };
    ["csv", "xlsx", "json", "pdf"].iter().map(one).collect()
}

/// The picture as a file.
pub async fn file(
    site: &App,
    reader: &Reader,
    all: &[Compared],
    form: Form,
    here: &Here<'_>,
) -> Result<Response, Refusal> {
    let words = &reader.words;
    match form {
        Form::Csv => {
            let rounds = all.iter().flat_map(|compared| &compared.rounds);
            let several = all.iter().any(|compared| compared.rounds.len() > 1);
            let rows: Vec<(&str, &Tabled)> = rounds
                .map(|round| (if several { round.name() } else { "" }, &round.tabled))
                .collect();
            let bytes = tabled::csv_of_rounds(&rows).into_bytes();
            Ok(answer::file(bytes, "text/csv; charset=utf-8", "figures.csv"))
        }
        Form::Json => Ok(answer::json(&json(all))),
        Form::Xlsx => answer::table(long_table(words, all, "figures"), reader, form),
        Form::Pdf => {
            let document = paper(site, words, all, here).await?;
            answer::paper(site, reader, document, "figures.pdf").await
        }
        _ => Err(Refusal::not_found("no-form", &reader.path)),
    }
}

/// One drawing of the picture: `map-0.svg`.
pub async fn chart(
    site: &App,
    reader: &Reader,
    all: &[Compared],
    name: &str,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(name);
    let missing = || Refusal::not_found("no-figure-drawing", name);
    let at: usize = id.rsplit_once('-').and_then(|(_, at)| at.parse().ok()).ok_or_else(missing)?;
    let compared = all.get(at).ok_or_else(missing)?;
    let drawings = drawings(site, &reader.words, compared, at).await?;
    let drawing = drawings.iter().find(|drawing| drawing.id == id).ok_or_else(missing)?;
    answer::drawing(site, reader, drawing, form, id).await
}

/// What a program reads: each indicator with its rounds and their differences.
pub fn json(all: &[Compared]) -> serde_json::Value {
    let one = |compared: &Compared| {
        let rounds: Vec<_> = compared
            .rounds
            .iter()
            .map(|round| {
                serde_json::json!({
                    "data": round.data, "title": round.title, "period": round.period,
                    "release": round.table, "table": round.tabled,
                })
            })
            .collect();
        serde_json::json!({ "rounds": rounds, "differences": compared.differences() })
    };
    serde_json::json!({ "results": all.iter().map(one).collect::<Vec<_>>() })
}

async fn paper(
    site: &App,
    words: &Words,
    all: &[Compared],
    here: &Here<'_>,
) -> Result<Document, Refusal> {
    let mut sections = Vec::new();
    for (at, compared) in all.iter().enumerate() {
        let Some(latest) = compared.latest() else { continue };
        let mut blocks: Vec<Block> = drawings(site, words, compared, at)
            .await?
            .into_iter()
            .map(|drawing| Block::Drawing { drawing: Drawing { note: None, ..drawing } })
            .collect();
        let mut table = compared.table(words, &format!("table-{at}"));
        table.note = None;
        blocks.push(Block::Table { table });
        blocks.extend(compared.notes(words).into_iter().map(|text| Block::Note { text }));
        sections.push(Section {
            order: 10 + at as u32,
            id: format!("figures-{at}"),
            title: latest.tabled.title(words),
            lead: Some(title(words, compared)),
            blocks,
        });
    }
    let heading = match all {
        [only] => title(words, only),
        _ => words.say("statistics"),
    };
    let synthetic = all.iter().flat_map(|one| &one.rounds).any(|round| round.tabled.synthetic);
    let address = format!("{}?{}", here.path, here.query);
    let day = shown::day(site.now());
    Ok(Document {
        footnote: synthetic.then(|| words.say("synthetic-mark")),
        ..shown::paper(site, words, "figures", &heading, sections, &day, &address)
    })
}
