//! A country's brief: the panels of all parts, joined into one document with numbered sources, and
//! set as a page, a paper, JSON or a table of its figures.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::answer::{self, Form};
use base::document::{Block, Document, Figure, Known, Made};
use base::page::{Head, value};
use base::table::{Cell, Column};
use base::{App, Finding, Panel, Reader, Refusal, Site, Table, change};
use jiff::Timestamp;
use minijinja::context;

/// Sentences on page one: what a minister reads standing.
const FINDINGS: usize = 6;

/// The brief of the place with this code. Fails with `no-country` where there is none.
pub async fn brief(site: &Site, reader: &Reader, code: &str) -> Result<Document, Refusal> {
    let place = facts::place::asked(code)?;
    let mut whole = Panel::default();
    for part in site.parts {
        if let Some(panel) = part.panel {
            let panel = panel(site, reader, code).await?;
            whole.findings.extend(panel.findings);
            whole.sections.extend(panel.sections);
        }
    }
    whole.sections.sort_by_key(|section| section.order);
    whole.findings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    whole.findings.truncate(FINDINGS);
    let latest = change::recent(&site.storage.pool, 1).await?.pop();
    let mut document = Document {
        id: format!("brief-{code}"),
        language: reader.words.language.tag().to_owned(),
        kind: reader.say("brief-kind"),
        title: place.name(reader.words.language.tag()).to_owned(),
        local_title: Some(place.name_local.clone())
            .filter(|local| !local.is_empty() && *local != place.name(reader.words.language.tag())),
        subtitle: reader.say("brief-subtitle"),
        footnote: place.footnote.as_deref().map(|key| reader.say(&format!("footnote-{key}"))),
        findings: whole.findings,
        sections: whole.sections,
        sources: Vec::new(),
        made: Made {
            figures_of: day(latest.as_ref().map_or(0, |change| change.at)),
            revision: latest.map_or(0, |change| change.number),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            address: format!("{}/countries/{code}", site.settings.public_url()),
        },
    };
    let ids = document.source_ids();
    document.cite(site.cite(reader, &ids).await?);
    Ok(document)
}

/// `/countries/MDA`, and with an ending the same as `.pdf`, `.json`, `.csv`, `.xlsx`.
pub async fn country(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (code, form) = Form::of(&name);
    if let Some(right) = right_code(code) {
        let path = format!("/countries/{right}{}", &name[code.len()..]);
        let to = Reader { path, ..reader }.here_with("", None);
        return Ok((StatusCode::PERMANENT_REDIRECT, [("location", to)]).into_response());
    }
    let document = brief(&site, &reader, code).await?;
    match form {
        Form::Page => page(&site, &reader, code, document),
        Form::Json => Ok(answer::json(&document)),
        Form::Csv | Form::Xlsx => answer::table(figures(&reader, &document), &reader, form),
        Form::Pdf => {
            let name = format!("{}-{}.pdf", document.id, document.language);
            answer::paper(&site, &reader, document, &name).await
        }
        Form::Svg | Form::Png => Err(Refusal::not_found("no-form", &name)),
    }
}

/// The brief as JSON.
#[utoipa::path(
    get, path = "/api/countries/{code}/brief",
    params(("code" = String, Path, description = "ISO 3166-1 alpha-3 code, or a jurisdiction such as GBR-SCT"), ("lang" = Option<String>, Query)),
    responses((status = 200, body = Document), (status = 404, description = "No place has this code"))
)]
pub async fn api(
    State(site): State<App>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    Ok(answer::json(&brief(&site, &reader, &code).await?))
}

/// One drawing of the brief: `/countries/MDA/charts/prison-rate.svg`, `.png`, or `.csv` of its table.
pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&name);
    let document = brief(&site, &reader, &code).await?;
    let drawing = document.drawing(id).ok_or_else(|| Refusal::not_found("no-chart", id))?;
    answer::drawing(&site, &reader, drawing, form, &format!("{code}-{id}")).await
}

fn page(site: &Site, reader: &Reader, code: &str, document: Document) -> Result<Response, Refusal> {
    let head = Head::titled(document.title.clone())
        .about(
            document
                .findings
                .first()
                .map(|finding: &Finding| finding.text.clone())
                .unwrap_or_default(),
        )
        .under(reader.say("way-countries"), "/countries");
    let place = facts::place::asked(code)?;
    let related: Vec<_> = facts::places()
        .all()
        .iter()
        .filter(|other| {
            other.parent.as_deref() == Some(code)
                || place.parent.as_deref() == Some(other.code.as_str())
        })
        .map(|other| {
            (
                other.name(reader.words.language.tag()).to_owned(),
                format!("/countries/{}", other.code),
            )
        })
        .collect();
    let forms: Vec<_> = ["pdf", "xlsx", "csv", "json"]
        .iter()
        .map(|form| {
            let here = Reader { path: format!("{}.{form}", reader.path), ..reader.clone() };
            (form.to_uppercase(), here.here_with("lang", Some(reader.words.language.tag())))
        })
        .collect();
    let values = context! { doc => value(&document), code, forms, related, charts => format!("/countries/{code}/charts") };
    answer::page(site, reader, "web/brief.html", head, values)
}

/// All figures of the brief as one table.
fn figures(reader: &Reader, document: &Document) -> Table {
    let words = |key: &str| reader.say(key);
    let columns = vec![
        Column::text("section", words("brief-section")),
        Column::text("figure", words("figure")),
        Column::number("value", words("value")),
        Column::text("unit", words("brief-unit")),
        Column::number("low", words("brief-low")),
        Column::number("high", words("brief-high")),
        Column::text("period", words("period")),
        Column::text("group", words("brief-group")),
        Column::text("source", words("source")),
        Column::text("locator", words("brief-locator")),
        Column::text("flag", words("brief-flag")),
        Column::text("note", words("brief-note")),
    ];
    let mut rows = Vec::new();
    for section in &document.sections {
        for block in &section.blocks {
            let figures: Vec<&Figure> = match block {
                Block::Figures { figures, .. } => figures.iter().collect(),
                Block::Pairs { pairs } => pairs
                    .iter()
                    .flat_map(|pair| [&pair.inside, &pair.outside, &pair.ratio])
                    .collect(),
                _ => continue,
            };
            rows.extend(figures.into_iter().map(|figure| row(&section.title, figure)));
        }
    }
    let sources = document
        .sources
        .iter()
        .map(|source| base::document::SourceMark {
            id: source.id.clone(),
            label: format!("{} {}", source.text, source.licence),
            number: source.number,
        })
        .collect();
    Table {
        id: document.id.clone(),
        caption: format!("{} · {}", document.title, document.kind),
        columns,
        rows,
        note: Some(words("not-official")),
        sources,
    }
}

fn row(section: &str, figure: &Figure) -> Vec<Cell> {
    let bound =
        |bound: Option<f64>| bound.map_or(Cell::text("·"), |b| Cell::number(b, b.to_string()));
    let Some(known) = &figure.known else {
        let mut row = vec![Cell::text(section), Cell::text(&figure.label)];
        row.extend((0..9).map(|_| Cell::text("·")));
        row.push(Cell::text(figure.missing.clone().unwrap_or_default()));
        return row;
    };
    let Known { number, text, unit, low, high, period, group, source, locator, flag, note, .. } =
        known;
    vec![
        Cell::text(section),
        Cell::text(&figure.label),
        Cell::number(*number, text),
        Cell::text(unit),
        bound(*low),
        bound(*high),
        Cell::text(period),
        Cell::text(group.clone().unwrap_or_default()),
        Cell::text(&source.label),
        Cell::text(locator),
        Cell::text(
            flag.as_ref()
                .map(|flag| format!("{}: {}", flag.label, flag.reason))
                .unwrap_or_default(),
        ),
        Cell::text(note.clone().unwrap_or_default()),
    ]
}

/// `mda`, `md` and `Moldova` mean `MDA`: an address typed by hand opens.
fn right_code(code: &str) -> Option<String> {
    // The list knows a code in any case and a name in any spelling; the page has one address.
    let right = &facts::places().find_name(code)?.code;
    (right != code).then(|| right.clone())
}

fn day(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .strftime("%Y-%m-%d")
        .to_string()
}
