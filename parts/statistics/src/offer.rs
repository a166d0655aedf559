//! What a released table gives to whoever keeps country figures: each figure with the groups it speaks of, rounded as it is shown, and
//! everything that must stand beside it. Nothing is offered that is not published, and nothing synthetic.

use base::{Refusal, Site, Words};

use crate::about;
use crate::entries::{self, Registered};
use crate::rounds::label;
use crate::shown;
use crate::store;
use crate::tabled::{Figured, Tabled};

/// A published table, ready to be used elsewhere.
#[derive(Clone, Debug)]
pub struct Release {
    pub id: String,
    /// "HIV: share of people, by Country, Sex".
    pub title: String,
    /// The column that was measured, and its words.
    pub of: String,
    pub label: String,
    /// `share`, `mean`, `total`, `ratio`, `median` or `quantile`.
    pub unit: String,
    pub data: String,
    pub data_title: String,
    pub publisher: String,
    pub licence: String,
    /// When people were asked, as far as somebody said.
    pub period: String,
    /// The day on which it was released.
    pub day: String,
    pub synthetic: bool,
    pub offers: Vec<Offer>,
}

/// One figure that is shown.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Its place among the cells.
    pub cell: usize,
    /// "Armenia · men".
    pub group: String,
    /// The place as the data name it and its code; none where the table is not by places, or for all of them together.
    pub place: Option<(String, Option<String>)>,
    /// The other groups: column, group.
    pub others: Vec<(String, String)>,
    /// A share in percent, a mean as it is; rounded as it is shown.
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub n: u64,
    pub effective_n: Option<f64>,
    pub weak: bool,
    /// "n 512, effective n 310; logit interval; 60 sampled units …": what must be read with it.
    pub note: String,
}

/// The table with this id, if anyone may read it.
pub async fn release(site: &Site, words: &Words, id: &str) -> Result<Release, Refusal> {
    let entry = published(site, id).await?;
    let tabled: Tabled = serde_json::from_str(&entry.content).map_err(Refusal::broken)?;
    let set = store::data_set_with(&site.storage.pool, &entry.data).await?;
    let set = set.ok_or_else(|| Refusal::not_found("no-data-set", &entry.data))?;
    let about = about::of(&site.storage.pool, &entry.data).await?;
    let design: Vec<String> = tabled.design.iter().map(|finding| finding.say(words)).collect();
    let offers = tabled.cells.iter().enumerate().filter_map(|(at, cell)| {
        let figure = cell.figure.as_ref()?;
        let places = tabled.places.as_ref();
        let group = |at: usize| cell.groups.get(at).cloned().flatten();
        let place = places.and_then(|places| {
            let name = group(places.at).filter(|name| !name.is_empty())?;
            let code = places.code(&name).map(str::to_owned);
            Some((name, code))
        });
        let of_places = places.map(|places| places.at);
        let others = (0..tabled.by.len())
            .filter(|at| Some(*at) != of_places)
            .filter_map(|at| Some((tabled.by[at].clone(), group(at)?)));
        Some(Offer {
            cell: at,
            group: label(words, &tabled, &cell.groups),
            place,
            others: others.collect(),
            value: rounded(&tabled, figure.value, figure),
            low: figure.low.map(|low| rounded(&tabled, low, figure)),
            high: figure.high.map(|high| rounded(&tabled, high, figure)),
            n: figure.n,
            effective_n: figure.effective_n,
            weak: !figure.weak.is_empty(),
            note: note(words, &tabled, figure, &design),
        })
    });
    Ok(Release {
        id: entry.id.clone(),
        title: tabled.title(words),
        of: tabled.of.clone(),
        label: tabled.label.clone(),
        unit: tabled.unit.clone(),
        data: entry.data.clone(),
        data_title: set.title.clone(),
        publisher: about.publisher,
        licence: about.licence,
        period: set.period.clone(),
        day: shown::day(entry.released_at()),
        synthetic: tabled.synthetic || set.synthetic,
        offers: offers.collect(),
    })
}

/// The entry of a published table.
pub async fn published(site: &Site, id: &str) -> Result<Registered, Refusal> {
    let found = entries::table_with(&site.storage.pool, id).await?;
    found.filter(Registered::is_published).ok_or_else(|| Refusal::not_found("no-table", id))
}

/// As [`Tabled::number`] shows it.
fn rounded(tabled: &Tabled, value: f64, figure: &Figured) -> f64 {
    let tens = 10f64.powi(i32::from(tabled.decimals(value, figure.se)));
    (tabled.scaled(value) * tens).round() / tens
}

fn note(words: &Words, tabled: &Tabled, figure: &Figured, design: &[String]) -> String {
    let effective = figure.effective_n.map_or("–".into(), |n| words.number(n, 0));
    let mut text = words.say_with(
        "offer-note",
        &[
            ("n", words.number(figure.n as f64, 0).into()),
            ("effective", effective.into()),
            ("level", words.number(tabled.level * 100.0, 0).into()),
            ("method", tabled.method_words(words).into()),
        ],
    );
    for finding in design {
        text.push(' ');
        text.push_str(finding);
    }
    text
}
