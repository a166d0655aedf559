//! Places: the community, and the prisons of a country with what each offers.
//! Who is held where follows from sex, legal status and capacity.

use crate::person::{Hiv, Liver, Person, Phase, PlaceIndex, Sex};
use crate::time::{Tick, years};

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
    /// For those under 18 when they arrive, of either sex; they leave it when they are next moved.
    Juvenile,
    /// For those with AIDS, decompensated cirrhosis or liver cancer when they arrive or are moved.
    Hospital,
}

/// Who is younger is a child. Convention on the Rights of the Child 1989, article 1; kept apart from adults: article 37(c).
const ADULT: f64 = 18.0;

impl PrisonKind {
    pub fn word(self) -> &'static str {
        match self {
            PrisonKind::Remand => "remand",
            PrisonKind::Sentenced => "sentenced",
            PrisonKind::Women => "women",
            PrisonKind::General => "general",
            PrisonKind::Juvenile => "juvenile",
            PrisonKind::Hospital => "hospital",
        }
    }

    pub fn from_word(word: &str) -> Option<PrisonKind> {
        Some(match word {
            "remand" => PrisonKind::Remand,
            "sentenced" => PrisonKind::Sentenced,
            "women" => PrisonKind::Women,
            "general" => PrisonKind::General,
            "juvenile" => PrisonKind::Juvenile,
            "hospital" => PrisonKind::Hospital,
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

/// Somebody at a prison's gate, as far as it matters for where he or she is held.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    pub sex: Sex,
    pub phase: Phase,
    pub child: bool,
    pub ill: bool,
}

impl Arrival {
    pub fn of(p: &Person, phase: Phase, now: Tick) -> Arrival {
        Arrival {
            sex: p.sex,
            phase,
            child: f64::from(p.age_at_start) + years(now) < ADULT,
            ill: p.hiv == Hiv::Aids || p.liver as u8 >= Liver::Decompensated as u8,
        }
    }
}

/// Where somebody is held: the ill in a hospital, children apart, women apart, wherever there is such a prison; then by legal
/// status. `share` of [0, 1) chooses among prisons by capacity. [`None`] when no prison can hold the person.
pub(crate) fn choose(prisons: &[Prison], who: &Arrival, share: f32) -> Option<PlaceIndex> {
    let apart = [
        (who.ill, PrisonKind::Hospital),
        (who.child, PrisonKind::Juvenile),
        (who.sex == Sex::Woman, PrisonKind::Women),
    ];
    for (_, kind) in apart.into_iter().filter(|(applies, _)| *applies) {
        let place = pick(prisons, |p| p.kind == kind, share);
        if place.is_some() {
            return place;
        }
    }
    let fits = |p: &Prison| match p.kind {
        PrisonKind::Remand => who.phase == Phase::Remand,
        PrisonKind::Sentenced => who.phase != Phase::Remand,
        PrisonKind::General => true,
        _ => false,
    };
    let any = |p: &Prison| {
        matches!(p.kind, PrisonKind::Remand | PrisonKind::Sentenced | PrisonKind::General)
    };
    pick(prisons, fits, share).or_else(|| pick(prisons, any, share))
}

fn pick(prisons: &[Prison], may: impl Fn(&Prison) -> bool, share: f32) -> Option<PlaceIndex> {
    let may = |p: &Prison| p.capacity > 0.0 && may(p);
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
