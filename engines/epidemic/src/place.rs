//! Places: the community, and the prisons of a country with what each offers.
//! Who is held where follows from sex, legal status and capacity.

use crate::person::{Phase, PlaceIndex, Sex};

pub const COMMUNITY: PlaceIndex = 0;

/// More prisons than this do not fit a person's bytes and a country's table; put small ones together.
pub const MOST_PRISONS: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrisonKind {
    Remand,
    Sentenced,
    Women,
    /// Remand and sentenced together.
    General,
}

impl PrisonKind {
    pub fn word(self) -> &'static str {
        match self {
            PrisonKind::Remand => "remand",
            PrisonKind::Sentenced => "sentenced",
            PrisonKind::Women => "women",
            PrisonKind::General => "general",
        }
    }

    pub fn from_word(word: &str) -> Option<PrisonKind> {
        Some(match word {
            "remand" => PrisonKind::Remand,
            "sentenced" => PrisonKind::Sentenced,
            "women" => PrisonKind::Women,
            "general" => PrisonKind::General,
            _ => return None,
        })
    }
}

/// A prison, or all prisons of one kind taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Prison {
    pub name: String,
    pub kind: PrisonKind,
    /// Its size against the others: who is held goes where there is room in this proportion. 0: nobody goes there.
    pub capacity: f64,
    /// Share of people held whom each service can reach here, times the country's coverage in prison.
    pub offers: Offers,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offers {
    pub oat: f64,
    pub needles: f64,
    pub hiv_care: f64,
    pub hcv_care: f64,
}

impl Offers {
    pub const EVERYTHING: Offers = Offers { oat: 1.0, needles: 1.0, hiv_care: 1.0, hcv_care: 1.0 };
}

impl Prison {
    /// One prison for everybody, with every service.
    pub fn only(capacity: f64) -> Prison {
        Prison {
            name: "prison".into(),
            kind: PrisonKind::General,
            capacity,
            offers: Offers::EVERYTHING,
        }
    }
}

/// Where somebody of this sex and status is held; `share` of [0, 1) chooses among prisons by capacity.
/// [`None`] when no prison can hold anyone.
pub(crate) fn choose(prisons: &[Prison], sex: Sex, phase: Phase, share: f32) -> Option<PlaceIndex> {
    let fits = |kind: PrisonKind| match kind {
        PrisonKind::Women => sex == Sex::Woman,
        PrisonKind::Remand => phase == Phase::Remand,
        PrisonKind::Sentenced => phase != Phase::Remand,
        PrisonKind::General => true,
    };
    let own_women = sex == Sex::Woman
        && prisons.iter().any(|p| p.kind == PrisonKind::Women && p.capacity > 0.0);
    let first = |p: &Prison| {
        p.capacity > 0.0 && fits(p.kind) && (!own_women || p.kind == PrisonKind::Women)
    };
    let any = |p: &Prison| p.capacity > 0.0 && p.kind != PrisonKind::Women;
    pick(prisons, first, share).or_else(|| pick(prisons, any, share))
}

fn pick(prisons: &[Prison], may: impl Fn(&Prison) -> bool, share: f32) -> Option<PlaceIndex> {
    let total: f64 = prisons.iter().filter(|p| may(p)).map(|p| p.capacity).sum();
    let mut left = f64::from(share) * total;
    let mut last = None;
    for (index, prison) in prisons.iter().enumerate().filter(|(_, p)| may(p)) {
        last = Some(index as PlaceIndex + 1);
        left -= prison.capacity;
        if left < 0.0 {
            break;
        }
    }
    last
}
