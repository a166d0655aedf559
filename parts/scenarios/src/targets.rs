//! Figures of the site as targets: what the programme has measured and published itself can be what the model is held against.

use base::{Refusal, Site};
use epidemic::country::Target;
use epidemic::{Country, Measure};
use evidence::Library;
use facts::Fact;
use facts::derive::{Figure, Figures};
use facts::known::Known;
use serde::Serialize;

use crate::country_new::sampled;

/// What the model gives of itself, by the indicator that counts the same. What is measured of women or of men alone is
/// another figure.
const MEASURED: [(&str, Measure); 7] = [
    ("hiv_prevalence_pwid", Measure::HivAmongCurrent),
    ("hcv_prevalence_pwid", Measure::AntibodyAmongCurrent),
    ("hiv_prevalence_prison", Measure::HivAmongHeld),
    ("hcv_prevalence_prison", Measure::AntibodyAmongHeld),
    ("oat_people_prison", Measure::OatInPrison),
    ("oat_coverage_community", Measure::OatCoverage),
    ("people_who_inject", Measure::Injecting),
];

/// A count without an interval may be this many times too small or too large, as in the files that ship.
const COUNTED_WITHIN: f64 = 1.5;

/// A figure of the site that the model can be held against.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Offered {
    pub indicator: String,
    pub year: i32,
    /// In the unit of the measure: shares of 0 to 1, or people.
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// No interval was published with it; this one is assumed.
    pub interval_assumed: bool,
    /// [`Measure::word`].
    pub measure: String,
    /// Id of the source record.
    pub source: String,
    /// `/figures/MDA/hcv_prevalence_prison/2026/total`.
    pub href: String,
    /// The value of the target whose place it would take.
    pub replaces: Option<f64>,
}

impl Offered {
    /// As an address and the command line name it: `hcv_prevalence_prison/2026`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.indicator, self.year)
    }

    fn target(&self) -> Target {
        let how = match self.interval_assumed {
            true => "its interval was not published with it and is assumed",
            false => "interval as published",
        };
        Target {
            measure: Measure::from_word(&self.measure).expect("it was made of a measure"),
            year: self.year,
            value: self.value,
            low: self.low,
            high: self.high,
            source: self.source.clone(),
            note: Some(format!("figure of {}, {}; {how}", self.year, self.href)),
        }
    }
}

/// The figures of the country from the start of its runs on that may be used and are no targets yet, the latest first within
/// each indicator.
pub fn offered(country: &Country, facts: &[Fact]) -> Vec<Offered> {
    let figures = Figures::new(facts);
    let of_indicator = |(id, measure): &(&str, Measure)| {
        let series = figures.series(&country.code, id, "total");
        let usable = series.iter().rev().filter(|f| f.usable() && f.year >= country.start);
        usable.filter_map(|figure| offer(country, figure, *measure)).collect::<Vec<_>>()
    };
    MEASURED.iter().flat_map(of_indicator).collect()
}

fn offer(country: &Country, figure: &Figure, measure: Measure) -> Option<Offered> {
    let fact = figure.rests_on.first()?;
    let scale = if measure.is_share() { 0.01 } else { 1.0 };
    let value = figure.value * scale;
    if !(value > 0.0 && (value < 1.0 || !measure.is_share())) {
        return None;
    }
    let published = figure.low.zip(figure.high).map(|(low, high)| (low * scale, high * scale));
    let published = published.filter(|(low, high)| *low < value && value < *high);
    let (low, high) = published.unwrap_or_else(|| match measure.is_share() {
        true => {
            let (_, low, high) = sampled(value);
            (low, high.min(1.0))
        }
        false => (value / COUNTED_WITHIN, value * COUNTED_WITHIN),
    });
    let of_year = country.targets.iter().find(|t| t.measure == measure && t.year == figure.year);
    if of_year.is_some_and(|target| target.source == fact.source) {
        return None;
    }
    Some(Offered {
        indicator: figure.indicator.id.clone(),
        year: figure.year,
        value,
        low,
        high,
        interval_assumed: published.is_none(),
        measure: measure.word().into(),
        source: fact.source.clone(),
        href: format!("/figures/{}/{}/{}/{}", fact.place, fact.indicator, fact.period, fact.group),
        replaces: of_year.map(|target| target.value),
    })
}

/// What was asked for is no figure that the model can be held against.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    pub asked: String,
    /// The names of those that there are.
    pub known: String,
}

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Unknown { asked, known } = self;
        write!(f, "{asked:?} is no figure that the model can be held against; ")?;
        match known.is_empty() {
            true => write!(f, "the site has none of this country that is not a target already"),
            false => write!(f, "there are: {known}"),
        }
    }
}

/// The one that is asked for by `hcv_prevalence_prison` (its latest) or `hcv_prevalence_prison/2026`.
fn named<'a>(offered: &'a [Offered], asked: &str) -> Result<&'a Offered, Unknown> {
    let is = |one: &&Offered| one.name() == asked || one.indicator == asked;
    offered.iter().find(is).ok_or_else(|| {
        let known: Vec<String> = offered.iter().map(Offered::name).collect();
        let asked = asked.chars().take(80).collect();
        Unknown { asked, known: known.join(", ") }
    })
}

/// The country held also against figures of the site, by name.
///
/// # Errors
/// The figures of the site cannot be read.
pub async fn held_against(
    site: &Site,
    country: &Country,
    names: &[String],
) -> Result<Result<Country, Unknown>, Refusal> {
    let known = Known::of(site).await?;
    let library = evidence::library(&site.storage).await?;
    let offered = offered(country, known.facts_of(&country.code));
    let chosen: Result<Vec<_>, Unknown> =
        names.iter().map(|asked| named(&offered, asked)).collect();
    Ok(chosen.map(|chosen| with(country, &chosen, &library)))
}

/// The country held against further figures. One of the same measure and year takes the place of the target that was there;
/// its source is cited as the site's library does.
fn with(country: &Country, chosen: &[&Offered], library: &Library) -> Country {
    let mut country = country.clone();
    for one in chosen {
        let target = one.target();
        country.targets.retain(|old| (old.measure, old.year) != (target.measure, target.year));
        country.targets.push(target);
        let cited = library.source(&one.source).map(|source| match &source.publisher {
            Some(publisher) => format!("{publisher}: {}", source.title),
            None => source.title.clone(),
        });
        let cited = cited.unwrap_or_else(|| one.source.clone());
        country.sources.entry(one.source.clone()).or_insert(cited);
    }
    country
}
