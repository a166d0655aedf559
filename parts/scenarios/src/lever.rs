//! What a hand can move: each lever of the model with a name for addresses, a group, and a scale that people read.
//! Rates are shown as the share of people reached within a year, durations in months.

use std::sync::OnceLock;

use epidemic::Country;
use epidemic::parameters::{SPECS, Spec};
use epidemic::scenario::INSIDE;

/// Which care or rule a lever belongs to; the order of the page.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    Oat,
    Overdose,
    Needles,
    Hcv,
    Hiv,
    Justice,
}

impl Group {
    pub const ALL: [Group; 6] =
        [Group::Oat, Group::Overdose, Group::Needles, Group::Hcv, Group::Hiv, Group::Justice];

    pub fn id(self) -> &'static str {
        ["oat", "overdose", "needles", "hcv", "hiv", "justice"][self as usize]
    }
}

/// How a lever's value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// A share, in per cent.
    Percent,
    /// A rate, as the per cent of people reached within a year: 100 (1 − e^−rate).
    YearlyShare,
    /// A duration, in months.
    Months,
}

/// A lever as it is offered.
#[derive(Debug, Clone, Copy)]
pub struct Lever {
    /// In addresses: `oat-prison`.
    pub id: &'static str,
    /// As the model names it: (what, where).
    what: (&'static str, &'static str),
    pub group: Group,
    pub scale: Scale,
    /// The greatest value shown.
    pub most: f64,
    /// Among the first on the page.
    pub main: bool,
}

impl Lever {
    pub fn find(id: &str) -> Option<&'static Lever> {
        LEVERS.iter().find(|lever| lever.id == id)
    }

    /// Its place in the model's list of parameters.
    pub fn spec(&self) -> usize {
        static SPECS_OF: OnceLock<Vec<usize>> = OnceLock::new();
        let found = SPECS_OF.get_or_init(|| {
            let of = |lever: &Lever| SPECS.iter().position(|spec| spec.lever == Some(lever.what));
            // A test holds the two lists to each other.
            LEVERS.iter().map(|lever| of(lever).unwrap_or_default()).collect()
        });
        LEVERS.iter().position(|lever| lever.id == self.id).map_or(0, |at| found[at])
    }

    pub fn parameter(&self) -> &'static Spec {
        &SPECS[self.spec()]
    }

    /// Whether moving it can change anything in this country: where nobody is moved between prisons, keeping treatment then cannot.
    pub fn matters(&self, country: &Country) -> bool {
        let central = country.central();
        self.id != "oat-kept-transfer" || central.transfer_rate > 0.0
    }

    /// Whether it can be moved in one prison alone: it is for people in prison, and there is more than one.
    pub fn by_prison(&self, country: &Country) -> bool {
        INSIDE.contains(&self.what.1) && country.prisons.len() > 1
    }

    /// As it is now, as shown: the middle of what is known, in whole steps.
    pub fn now(&self, country: &Country) -> f64 {
        self.shown(country.central().get(self.spec())).round().clamp(0.0, self.most)
    }

    /// From the model's unit to what is shown.
    pub fn shown(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Percent => value * 100.0,
            Scale::YearlyShare => (1.0 - (-value).exp()) * 100.0,
            Scale::Months => value * 12.0,
        }
    }

    /// From what is shown to the model's unit.
    pub fn value(&self, shown: f64) -> f64 {
        match self.scale {
            Scale::Percent => shown / 100.0,
            Scale::YearlyShare => -(1.0 - shown / 100.0).ln(),
            Scale::Months => shown / 12.0,
        }
    }
}

const fn percent(id: &'static str, what: (&'static str, &'static str), group: Group) -> Lever {
    Lever { id, what, group, scale: Scale::Percent, most: 100.0, main: false }
}

/// The model allows no more than 95 in a hundred on a service: someone is always just starting or leaving.
const fn coverage(id: &'static str, what: (&'static str, &'static str), group: Group) -> Lever {
    Lever { most: 95.0, ..percent(id, what, group) }
}

const fn yearly(id: &'static str, what: (&'static str, &'static str), group: Group) -> Lever {
    Lever { scale: Scale::YearlyShare, most: 99.0, ..percent(id, what, group) }
}

const fn main(lever: Lever) -> Lever {
    Lever { main: true, ..lever }
}

/// Every lever of the model, in reading order.
pub const LEVERS: &[Lever] = &[
    main(coverage("oat-prison", ("oat", "prison"), Group::Oat)),
    main(percent("oat-kept-release", ("oat kept", "release"), Group::Oat)),
    main(percent("oat-kept-arrest", ("oat kept", "arrest"), Group::Oat)),
    percent("oat-kept-transfer", ("oat kept", "transfer"), Group::Oat),
    main(coverage("oat-community", ("oat", "community"), Group::Oat)),
    percent("psychosocial-prison", ("psychosocial", "prison"), Group::Oat),
    main(percent("naloxone-release", ("naloxone", "release"), Group::Overdose)),
    main(coverage("needles-prison", ("needles", "prison"), Group::Needles)),
    main(coverage("needles-community", ("needles", "community"), Group::Needles)),
    main(yearly("hcv-testing-prison", ("hcv testing", "prison"), Group::Hcv)),
    main(yearly("daa-prison", ("daa", "prison"), Group::Hcv)),
    percent("daa-kept-gate", ("daa kept", "gate"), Group::Hcv),
    yearly("hcv-testing-community", ("hcv testing", "community"), Group::Hcv),
    yearly("daa-community", ("daa", "community"), Group::Hcv),
    main(yearly("hiv-testing-prison", ("hiv testing", "prison"), Group::Hiv)),
    main(yearly("art-prison", ("art", "prison"), Group::Hiv)),
    percent("art-kept-release", ("art kept", "release"), Group::Hiv),
    percent("art-kept-arrest", ("art kept", "arrest"), Group::Hiv),
    yearly("hiv-testing-community", ("hiv testing", "community"), Group::Hiv),
    yearly("art-community", ("art", "community"), Group::Hiv),
    main(percent("diversion-arrest", ("diversion at arrest", "gate"), Group::Justice)),
    main(percent("diversion-sentence", ("diversion at sentence", "gate"), Group::Justice)),
    Lever {
        id: "remand-months",
        what: ("remand length", "prison"),
        group: Group::Justice,
        scale: Scale::Months,
        most: 24.0,
        main: false,
    },
    yearly("early-release", ("early release", "prison"), Group::Justice),
];
