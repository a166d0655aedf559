//! A person in 128 bytes, two cache lines: one with the state and the fixed dates, one with the budgets of the sixteen clocks.
//! States are small enums; what a clock does when it rings is in the file of its process.

use crate::time::{NEVER, Tick};

pub(crate) const CLOCKS: usize = 16;

/// The clocks of a person, in the order of their lanes. The number is also the stream of chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Clock {
    /// Runs on the cumulative force of the group, not on time.
    HivInfection = 0,
    /// Runs on the cumulative force of the group, not on time.
    HcvInfection = 1,
    /// A fatal overdose.
    Overdose = 2,
    /// Death by another cause than age, overdose, AIDS or the liver: the excess of people who inject.
    OtherDeath = 3,
    /// Starting, stopping, relapse.
    Injecting = 4,
    /// From low to high intensity and back.
    Intensity = 5,
    Arrest = 6,
    /// The end of remand or of the sentence.
    Custody = 7,
    /// Starting or leaving opioid agonist treatment.
    Oat = 8,
    /// Reached by needle exchange, or lost to it.
    Needles = 9,
    /// HIV test, ART start, loss of ART.
    HivCare = 10,
    /// Acute → CD4 bands → AIDS → death.
    HivStage = 11,
    /// Acute hepatitis C resolves; then the liver's stages.
    Liver = 12,
    Transfer = 13,
    /// HCV test, DAA start, end of the DAA course.
    HcvCare = 14,
    /// HIV by sex, at the country's own rate.
    HivSex = 15,
}

/// What may be next in a life beside the clocks: dates that are fixed once known.
pub(crate) const AT_AGE_DEATH: u8 = 16;
pub(crate) const AT_PHASE_END: u8 = 17;
pub(crate) const AT_OAT_PHASE_END: u8 = 18;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Sex {
    Man = 0,
    Woman = 1,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Injecting {
    NotYet = 0,
    Low = 1,
    High = 2,
    Former = 3,
}

impl Injecting {
    pub fn current(self) -> bool {
        matches!(self, Injecting::Low | Injecting::High)
    }
}

/// Where a person stands with the prison gate: before it, behind it, or how long since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    NeverImprisoned = 0,
    /// The first two weeks after release.
    Weeks1To2 = 1,
    Weeks3To4 = 2,
    /// Until six months after release.
    Weeks5To26 = 3,
    /// Imprisoned longer ago.
    Past = 4,
    Remand = 5,
    SentencedDrugOffence = 6,
    SentencedOther = 7,
}

impl Phase {
    pub fn held(self) -> bool {
        self as u8 >= Phase::Remand as u8
    }

    /// Four weeks after release at most.
    pub fn just_released(self) -> bool {
        matches!(self, Phase::Weeks1To2 | Phase::Weeks3To4)
    }
}

/// Opioid agonist treatment, with the first weeks on and off apart, for their risks differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Oat {
    /// Never, or stopped longer ago.
    Off = 0,
    FirstWeeksOn = 1,
    On = 2,
    FirstWeeksOff = 3,
}

impl Oat {
    pub fn on(self) -> bool {
        matches!(self, Oat::FirstWeeksOn | Oat::On)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Hiv {
    Free = 0,
    Acute = 1,
    Above500 = 2,
    From350 = 3,
    From200 = 4,
    Below200 = 5,
    Aids = 6,
}

impl Hiv {
    pub(crate) const ALL: [Hiv; 7] = [
        Hiv::Free,
        Hiv::Acute,
        Hiv::Above500,
        Hiv::From350,
        Hiv::From200,
        Hiv::Below200,
        Hiv::Aids,
    ];

    /// The next stage; none after AIDS, where the clock is death's.
    pub fn next(self) -> Option<Hiv> {
        Hiv::ALL.get(self as usize + 1).copied().filter(|_| self != Hiv::Free)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum HivCare {
    Unaware = 0,
    Diagnosed = 1,
    OnArt = 2,
    Suppressed = 3,
}

impl HivCare {
    pub(crate) const ALL: [HivCare; 4] =
        [HivCare::Unaware, HivCare::Diagnosed, HivCare::OnArt, HivCare::Suppressed];

    pub fn on_art(self) -> bool {
        matches!(self, HivCare::OnArt | HivCare::Suppressed)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Hcv {
    Never = 0,
    Acute = 1,
    Chronic = 2,
    /// Cleared or cured, and susceptible again.
    Past = 3,
}

impl Hcv {
    pub(crate) const ALL: [Hcv; 4] = [Hcv::Never, Hcv::Acute, Hcv::Chronic, Hcv::Past];

    pub fn viraemic(self) -> bool {
        matches!(self, Hcv::Acute | Hcv::Chronic)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Liver {
    F0 = 0,
    F1 = 1,
    F2 = 2,
    F3 = 3,
    F4 = 4,
    Decompensated = 5,
    Cancer = 6,
}

impl Liver {
    pub(crate) const ALL: [Liver; 7] = [
        Liver::F0,
        Liver::F1,
        Liver::F2,
        Liver::F3,
        Liver::F4,
        Liver::Decompensated,
        Liver::Cancer,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum HcvCare {
    Unaware = 0,
    Diagnosed = 1,
    OnDaa = 2,
}

impl HcvCare {
    pub(crate) const ALL: [HcvCare; 3] = [HcvCare::Unaware, HcvCare::Diagnosed, HcvCare::OnDaa];
}

/// 0 is the community, *k* the *k*-th prison of the country's list.
pub type PlaceIndex = u8;

#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Person {
    /// Number of arrival into the model; with the seed it is the key to all chance of this life.
    pub(crate) id: u32,
    /// When the clocks were last read.
    pub(crate) read_at: Tick,
    /// Until when the time is booked in the ledger.
    pub(crate) booked_at: Tick,
    pub(crate) next_at: Tick,
    pub(crate) dies_of_age_at: Tick,
    pub(crate) phase_ends_at: Tick,
    pub(crate) oat_phase_ends_at: Tick,
    /// The cumulative force, in ticks, at which the person falls; [`NEVER`] when not at risk.
    pub(crate) falls_at: [Tick; 2],
    /// Years before the start of the run (negative: born after it).
    pub(crate) age_at_start: f32,
    /// The cumulative force, in ticks, at which the infection budgets were last read.
    pub(crate) force_read_at: [Tick; 2],
    pub(crate) next: u8,
    pub(crate) place: PlaceIndex,
    pub(crate) imprisonments: u8,
    pub(crate) sex: Sex,
    pub(crate) injecting: Injecting,
    pub(crate) phase: Phase,
    pub(crate) oat: Oat,
    pub(crate) needles: bool,
    pub(crate) naloxone: bool,
    pub(crate) hiv: Hiv,
    pub(crate) hiv_care: HivCare,
    pub(crate) hcv: Hcv,
    pub(crate) liver: Liver,
    pub(crate) hcv_care: HcvCare,
    pub(crate) drug_offence: bool,
    pub(crate) alive: bool,
    /// What is left of each clock's unit-exponential budget.
    pub(crate) budget: Budgets,
}

/// On a cache line of their own, where the sixteen are read and written together.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Budgets(pub [f32; CLOCKS]);

const _: () = assert!(size_of::<Person>() == 128, "a person must stay two cache lines");

impl Person {
    pub(crate) fn blank(id: u32) -> Person {
        Person {
            id,
            read_at: 0,
            booked_at: 0,
            next_at: NEVER,
            dies_of_age_at: NEVER,
            phase_ends_at: NEVER,
            oat_phase_ends_at: NEVER,
            falls_at: [NEVER; 2],
            age_at_start: 30.0,
            force_read_at: [0; 2],
            next: AT_AGE_DEATH,
            place: 0,
            imprisonments: 0,
            sex: Sex::Man,
            injecting: Injecting::Low,
            phase: Phase::NeverImprisoned,
            oat: Oat::Off,
            needles: false,
            naloxone: false,
            hiv: Hiv::Free,
            hiv_care: HivCare::Unaware,
            hcv: Hcv::Never,
            liver: Liver::F0,
            hcv_care: HcvCare::Unaware,
            drug_offence: false,
            alive: true,
            budget: Budgets([f32::MAX; CLOCKS]),
        }
    }

    pub fn hiv(&self) -> Hiv {
        self.hiv
    }

    pub fn hcv(&self) -> Hcv {
        self.hcv
    }

    pub fn place(&self) -> PlaceIndex {
        self.place
    }

    pub fn injecting(&self) -> Injecting {
        self.injecting
    }

    pub fn oat(&self) -> Oat {
        self.oat
    }

    pub fn sex(&self) -> Sex {
        self.sex
    }

    pub fn alive(&self) -> bool {
        self.alive
    }

    pub fn imprisonments(&self) -> u8 {
        self.imprisonments
    }
}
