//! The fixed list of indicators: what each measures, over what, in which unit, which way is
//! better, and with what it is to be compared outside. Names and questions are worded in Fluent.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// One thing that is measured. A row of `data/indicators.csv`.
///
/// Words live under `indicator-<id>-name`, `-short`, `-definition`; and for indicators whose
/// absence must be named, `-question`: what to ask a ministry to fill the gap.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Indicator {
    pub id: String,
    /// Place in the brief, from first to last; unique.
    pub order: u32,
    pub section: Section,
    pub topic: Topic,
    pub setting: Setting,
    pub unit: Unit,
    pub better: Better,
    pub kind: IndicatorKind,
    /// The community counterpart, where there is one.
    pub compare_with: Option<String>,
    /// Whether the counterpart counts over the same kind of people.
    pub compare_basis: Option<Basis>,
    /// For a computed indicator, the indicator counted above the line.
    pub numerator: Option<String>,
    /// For a computed indicator, the indicator counted below the line.
    pub denominator: Option<String>,
    /// Whether the wording has a question that would fill a gap.
    #[serde(deserialize_with = "crate::place::yes_no")]
    pub question: bool,
}

impl Indicator {
    /// The Fluent key of one of its texts: `name`, `short`, `definition`, `question`, `basis`.
    pub fn key(&self, text: &str) -> String {
        format!("indicator-{}-{text}", self.id)
    }
}

/// The part of a country's brief in which an indicator stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    Situation,
    Infection,
    Care,
    Mortality,
    Trafficking,
}

/// The programme's topics; one scheme for facts, evidence, plans and courses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    Prevention,
    TreatmentRehabilitation,
    OpioidAgonistTreatment,
    HarmReduction,
    Alternatives,
    Stigma,
    Infection,
    Mortality,
    Justice,
    Trafficking,
}

impl Topic {
    pub const ALL: [Topic; 10] = [
        Topic::Prevention,
        Topic::TreatmentRehabilitation,
        Topic::OpioidAgonistTreatment,
        Topic::HarmReduction,
        Topic::Alternatives,
        Topic::Stigma,
        Topic::Infection,
        Topic::Mortality,
        Topic::Justice,
        Topic::Trafficking,
    ];

    /// The word used in data files; `topic-<id>` is its Fluent key.
    pub fn id(self) -> &'static str {
        match self {
            Topic::Prevention => "prevention",
            Topic::TreatmentRehabilitation => "treatment-rehabilitation",
            Topic::OpioidAgonistTreatment => "opioid-agonist-treatment",
            Topic::HarmReduction => "harm-reduction",
            Topic::Alternatives => "alternatives",
            Topic::Stigma => "stigma",
            Topic::Infection => "infection",
            Topic::Mortality => "mortality",
            Topic::Justice => "justice",
            Topic::Trafficking => "trafficking",
        }
    }
}

/// Where the people counted are. Inside and outside keep their two colours everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    Inside,
    Outside,
    /// Counts of the justice system itself, which have no counterpart outside.
    Justice,
}

/// What a value is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    People,
    Places,
    Facilities,
    Deaths,
    Items,
    Events,
    /// 0 to 100, except occupancy, which may pass 100.
    Percent,
    /// People per 100,000 inhabitants.
    Per100kInhabitants,
    /// Deaths in a year per 1,000 people held on the day of the count.
    Per1000Held,
    /// Items, or people, per person, in a year.
    PerPerson,
    /// 1 for yes, 0 for no.
    YesNo,
}

impl Unit {
    pub const ALL: [Unit; 11] = [
        Unit::People,
        Unit::Places,
        Unit::Facilities,
        Unit::Deaths,
        Unit::Items,
        Unit::Events,
        Unit::Percent,
        Unit::Per100kInhabitants,
        Unit::Per1000Held,
        Unit::PerPerson,
        Unit::YesNo,
    ];

    /// The word used in data files and the template; `unit-<id>` is its Fluent key.
    pub fn id(self) -> &'static str {
        match self {
            Unit::People => "people",
            Unit::Places => "places",
            Unit::Facilities => "facilities",
            Unit::Deaths => "deaths",
            Unit::Items => "items",
            Unit::Events => "events",
            Unit::Percent => "percent",
            Unit::Per100kInhabitants => "per100k-inhabitants",
            Unit::Per1000Held => "per1000-held",
            Unit::PerPerson => "per-person",
            Unit::YesNo => "yes-no",
        }
    }

    /// Whether a value must be a whole number.
    pub fn is_count(self) -> bool {
        matches!(
            self,
            Unit::People
                | Unit::Places
                | Unit::Facilities
                | Unit::Deaths
                | Unit::Items
                | Unit::Events
                | Unit::YesNo
        )
    }
}

/// Which direction is better for the health and rights of people in prison. `Neither` where a
/// change says nothing by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    Higher,
    Lower,
    Neither,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorKind {
    /// Read from a source.
    Reported,
    /// Computed here from reported figures; see [`crate::derive`].
    Computed,
}

/// What a comparison with the community rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Both sides count the same service over the same kind of people.
    Same,
    /// The two sides count over different people; `indicator-<id>-basis` says how.
    Differs,
}

/// The groups of people a figure may speak of; `group-<id>` is the Fluent key.
pub const GROUPS: [&str; 13] = [
    "total",
    "female",
    "male",
    "transgender",
    "adult",
    "juvenile",
    "female-adult",
    "male-adult",
    "female-juvenile",
    "male-juvenile",
    "under-25",
    "25-plus",
    "foreign",
];

pub struct Indicators {
    list: Vec<Indicator>,
    by_id: BTreeMap<String, usize>,
}

/// The list shipped in `data/indicators.csv`, in the order of the brief.
pub fn indicators() -> &'static Indicators {
    static INDICATORS: OnceLock<Indicators> = OnceLock::new();
    INDICATORS.get_or_init(|| {
        let text = include_str!("../../../data/indicators.csv");
        let mut list: Vec<Indicator> = csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .expect("data/indicators.csv is compiled in and tested");
        list.sort_by_key(|i| i.order);
        let by_id = list.iter().enumerate().map(|(n, i)| (i.id.clone(), n)).collect();
        Indicators { list, by_id }
    })
}

impl Indicators {
    /// Every indicator, in the order of the brief.
    pub fn all(&self) -> &[Indicator] {
        &self.list
    }

    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.by_id.get(id).map(|&i| &self.list[i])
    }

    /// The community counterpart of an indicator.
    pub fn counterpart(&self, id: &str) -> Option<&Indicator> {
        self.get(self.get(id)?.compare_with.as_deref()?)
    }
}
