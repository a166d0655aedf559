//! Hazards as tables: a person's sixteen hazards are the sum of three rows, for behaviour, HIV and hepatitis C.
//! The tables follow from the parameters in force and the place; they are rebuilt when a policy moves a lever.

use crate::parameters::Parameters;
use crate::person::{
    CLOCKS, Clock, Hcv, HcvCare, Hiv, HivCare, Injecting, Liver, Oat, Person, Phase, PlaceIndex,
    Sex,
};
use crate::place::{Offers, Prison};
use crate::setting::Setting;

pub(crate) const HIV: usize = 0;
pub(crate) const HCV: usize = 1;

/// Hazards by clock, per year.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Row(pub [f32; CLOCKS]);

impl Row {
    const ZERO: Row = Row([0.0; CLOCKS]);
}

pub(crate) const BEHAVIOURS: usize = 1 << 10;
pub(crate) const HIV_STATES: usize = 1 << 5;
pub(crate) const HCV_STATES: usize = 1 << 8;

#[inline]
pub(crate) fn behaviour_index(p: &Person) -> usize {
    p.injecting as usize
        | (p.oat as usize) << 2
        | (p.phase as usize) << 4
        | (p.needles as usize) << 7
        | (p.naloxone as usize) << 8
        | (p.sex as usize) << 9
}

#[inline]
pub(crate) fn hiv_index(p: &Person) -> usize {
    p.hiv as usize | (p.hiv_care as usize) << 3
}

#[inline]
pub(crate) fn hcv_index(p: &Person) -> usize {
    p.hcv as usize
        | (p.liver as usize) << 2
        | (p.hcv_care as usize) << 5
        | ((p.hiv != Hiv::Free) as usize) << 7
}

/// What a behaviour index stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Behaviour {
    pub injecting: Injecting,
    pub oat: Oat,
    pub phase: Phase,
    pub needles: bool,
    pub naloxone: bool,
    pub sex: Sex,
}

impl Behaviour {
    fn index(&self) -> usize {
        self.injecting as usize
            | (self.oat as usize) << 2
            | (self.phase as usize) << 4
            | usize::from(self.needles) << 7
            | usize::from(self.naloxone) << 8
            | (self.sex as usize) << 9
    }
}

pub(crate) fn behaviour_of(index: usize) -> Behaviour {
    const INJECTING: [Injecting; 4] =
        [Injecting::NotYet, Injecting::Low, Injecting::High, Injecting::Former];
    const OAT: [Oat; 4] = [Oat::Off, Oat::FirstWeeksOn, Oat::On, Oat::FirstWeeksOff];
    const PHASE: [Phase; 8] = [
        Phase::NeverImprisoned,
        Phase::Weeks1To2,
        Phase::Weeks3To4,
        Phase::Weeks5To26,
        Phase::Past,
        Phase::Remand,
        Phase::SentencedDrugOffence,
        Phase::SentencedOther,
    ];
    Behaviour {
        injecting: INJECTING[index & 3],
        oat: OAT[index >> 2 & 3],
        phase: PHASE[index >> 4 & 7],
        needles: index >> 7 & 1 == 1,
        naloxone: index >> 8 & 1 == 1,
        sex: if index >> 9 & 1 == 1 { Sex::Woman } else { Sex::Man },
    }
}

/// What the tables of one place take, about.
pub(crate) const PLACE_BYTES: usize =
    size_of::<Row>() * (BEHAVIOURS + HIV_STATES + HCV_STATES) + 12 * BEHAVIOURS;

/// All hazards of one place.
#[derive(Debug, Clone)]
pub(crate) struct PlaceRates {
    behaviour: Vec<Row>,
    hiv: Vec<Row>,
    hcv: Vec<Row>,
    /// Sharing weight by behaviour, for HIV and HCV: events a year, effects of services applied.
    contact: Vec<[f32; 2]>,
    /// All overdoses a year by behaviour, fatal or not.
    pub overdoses: Vec<f32>,
    /// Chance to be reached by needle exchange on arrival, by set of parameters.
    needles_reached: Vec<f32>,
    /// How much of OAT, HIV care and HCV care this place offers.
    pub offers: Offers,
    /// Which set of parameters is for whom, by behaviour.
    set_of: Vec<u8>,
}

#[derive(Debug, Clone)]
pub(crate) struct Rates {
    pub setting: Setting,
    pub places: Vec<PlaceRates>,
    /// Hazard of infection for each unit of contact when all contacts are most infectious.
    pub transmission: [f32; 2],
    pub hiv_infectious: [f32; HIV_STATES],
}

impl Rates {
    pub fn new(setting: Setting, prisons: &[Prison]) -> Rates {
        let p = setting.general();
        let mut places = vec![PlaceRates::new(&setting, 0, None)];
        places.extend(prisons.iter().enumerate().map(|(index, prison)| {
            PlaceRates::new(&setting, index as PlaceIndex + 1, Some(&prison.offers))
        }));
        let mut hiv_infectious = [0.0; HIV_STATES];
        for stage in Hiv::ALL {
            for care in HivCare::ALL {
                let against_chronic = match (stage, care) {
                    (Hiv::Free, _) => 0.0,
                    (_, HivCare::Suppressed) => p.hiv_suppressed_infectivity,
                    (Hiv::Acute, _) => p.hiv_acute_infectivity,
                    _ => 1.0,
                };
                hiv_infectious[stage as usize | (care as usize) << 3] =
                    (against_chronic / p.hiv_acute_infectivity) as f32;
            }
        }
        Rates {
            transmission: [
                (p.hiv_per_share * p.hiv_acute_infectivity) as f32,
                p.hcv_per_share as f32,
            ],
            hiv_infectious,
            places,
            setting,
        }
    }

    /// What is in force for everybody whom a policy does not name.
    #[inline]
    pub fn parameters(&self) -> &Parameters {
        self.setting.general()
    }

    /// What is in force for this person, where he or she is.
    #[inline]
    pub fn parameters_of(&self, p: &Person) -> &Parameters {
        self.parameters_at(p.place, p)
    }

    /// What is in force for this person at another place.
    #[inline]
    pub fn parameters_at(&self, place: PlaceIndex, p: &Person) -> &Parameters {
        let set = self.places[place as usize].set_of[behaviour_index(p)];
        &self.setting.sets()[usize::from(set)]
    }

    /// Chance that needle exchange reaches this person on arrival where he or she is.
    #[inline]
    pub fn needles_reached(&self, p: &Person) -> f32 {
        let place = &self.places[p.place as usize];
        place.needles_reached[usize::from(place.set_of[behaviour_index(p)])]
    }

    #[inline]
    pub fn of(&self, p: &Person) -> Row {
        let place = &self.places[p.place as usize];
        let behaviour = behaviour_index(p);
        let set = usize::from(place.set_of[behaviour]);
        let (a, b, c) = (
            &place.behaviour[behaviour].0,
            &place.hiv[set * HIV_STATES + hiv_index(p)].0,
            &place.hcv[set * HCV_STATES + hcv_index(p)].0,
        );
        let mut sum = Row::ZERO;
        for lane in 0..CLOCKS {
            sum.0[lane] = a[lane] + b[lane] + c[lane];
        }
        sum
    }

    /// A person's sharing, for each infection.
    #[inline]
    pub fn contact(&self, p: &Person) -> [f32; 2] {
        self.places[p.place as usize].contact[behaviour_index(p)]
    }

    /// Hazard of infection with every contact most infectious; 0 for who has it.
    #[inline]
    pub fn susceptibility(&self, p: &Person, contact: [f32; 2]) -> [f32; 2] {
        let hiv = if p.hiv == Hiv::Free { contact[HIV] * self.transmission[HIV] } else { 0.0 };
        let hcv = if p.hcv.viraemic() { 0.0 } else { contact[HCV] * self.transmission[HCV] };
        [hiv, hcv]
    }

    /// Infectiousness against the greatest there is.
    #[inline]
    pub fn infectiousness(&self, p: &Person) -> [f32; 2] {
        let hcv = p.hcv.viraemic() && p.hcv_care != HcvCare::OnDaa;
        [self.hiv_infectious[hiv_index(p)], hcv as u8 as f32]
    }
}

/// A mean length as a hazard; a length of 0 says that it does not end.
fn per_year(length: f64) -> f64 {
    if length > 0.0 { 1.0 / length } else { 0.0 }
}

/// The hazard of joining at which joining and leaving balance at `coverage`.
/// In balance join·(1 − c) = leave·c.
fn joining(coverage: f64, leaving: f64) -> f64 {
    leaving * coverage / (1.0 - coverage)
}

impl PlaceRates {
    pub fn behaviour_of(&self, b: &Behaviour) -> &Row {
        &self.behaviour[b.index()]
    }

    pub fn contact_of(&self, b: &Behaviour) -> [f32; 2] {
        self.contact[b.index()]
    }

    /// Of the people for whom this set of parameters is.
    pub fn hiv_of(&self, set: usize, stage: Hiv, care: HivCare) -> &Row {
        &self.hiv[set * HIV_STATES + (stage as usize | (care as usize) << 3)]
    }

    pub fn hcv_of(&self, set: usize, hcv: Hcv, liver: Liver, care: HcvCare) -> &Row {
        let state = hcv as usize | (liver as usize) << 2 | (care as usize) << 5;
        &self.hcv[set * HCV_STATES + state]
    }

    pub fn set_of(&self, b: &Behaviour) -> usize {
        usize::from(self.set_of[b.index()])
    }

    pub fn set_of_index(&self, behaviour: usize) -> usize {
        usize::from(self.set_of[behaviour])
    }

    pub fn needles_reached_of(&self, b: &Behaviour) -> f32 {
        self.needles_reached[self.set_of(b)]
    }

    pub fn new(setting: &Setting, place: PlaceIndex, prison: Option<&Offers>) -> PlaceRates {
        let offers = prison.copied().unwrap_or(Offers::EVERYTHING);
        let held = prison.is_some();
        let sets = setting.sets();
        let mut behaviour = vec![Row::ZERO; BEHAVIOURS];
        let mut contact = vec![[0.0; 2]; BEHAVIOURS];
        let mut overdoses = vec![0.0; BEHAVIOURS];
        let mut set_of = vec![0; BEHAVIOURS];
        for index in 0..BEHAVIOURS {
            let b = behaviour_of(index);
            set_of[index] = setting.set_of(place, &b);
            let p = &sets[usize::from(set_of[index])];
            behaviour[index] = behaviour_row(p, &b, held, &offers);
            contact[index] = contacts(p, &b, held);
            overdoses[index] = overdose_hazard(p, &b) as f32;
        }
        let mut hiv = vec![Row::ZERO; HIV_STATES * sets.len()];
        let mut hcv = vec![Row::ZERO; HCV_STATES * sets.len()];
        for (set, p) in sets.iter().enumerate() {
            for stage in Hiv::ALL {
                for care in HivCare::ALL {
                    let index = stage as usize | (care as usize) << 3;
                    hiv[set * HIV_STATES + index] = hiv_row(p, stage, care, held, &offers);
                }
            }
            for state in Hcv::ALL {
                for liver in Liver::ALL {
                    for care in HcvCare::ALL {
                        for with_hiv in [false, true] {
                            let index = state as usize
                                | (liver as usize) << 2
                                | (care as usize) << 5
                                | (with_hiv as usize) << 7;
                            hcv[set * HCV_STATES + index] =
                                hcv_row(p, state, liver, care, with_hiv, held, &offers);
                        }
                    }
                }
            }
        }
        let reached = |p: &Parameters| {
            if held { p.needles_prison * offers.needles } else { p.needles_community }
        };
        PlaceRates {
            behaviour,
            hiv,
            hcv,
            contact,
            overdoses,
            needles_reached: sets.iter().map(|p| reached(p) as f32).collect(),
            offers,
            set_of,
        }
    }
}

/// Hazard of an overdose, fatal or not.
fn overdose_hazard(p: &Parameters, b: &Behaviour) -> f64 {
    let person = match b.injecting {
        Injecting::NotYet => 0.0,
        Injecting::Low => 1.0,
        Injecting::High => p.overdose_high_intensity,
        Injecting::Former => p.overdose_former,
    };
    let gate = match b.phase {
        Phase::Weeks1To2 => p.overdose_weeks_1_2,
        Phase::Weeks3To4 => p.overdose_weeks_3_4,
        held if held.held() => p.overdose_prison,
        _ => 1.0,
    };
    let treatment = match b.oat {
        Oat::Off => 1.0,
        Oat::FirstWeeksOn => p.overdose_on_oat * p.overdose_oat_first_weeks,
        Oat::On => p.overdose_on_oat,
        Oat::FirstWeeksOff => p.overdose_oat_after,
    };
    p.overdose_rate * person * gate * treatment
}

/// Share of overdoses that is fatal.
pub(crate) fn overdose_fatality(p: &Parameters, naloxone: bool) -> f64 {
    p.overdose_fatal * if naloxone { p.naloxone_effect } else { 1.0 }
}

fn behaviour_row(p: &Parameters, b: &Behaviour, held: bool, offers: &Offers) -> Row {
    let mut row = [0.0; CLOCKS];
    // A row that nobody can be in (held outside, free inside) stays at rest.
    if b.phase.held() != held {
        return Row::ZERO;
    }
    let on_oat = b.oat.on();
    row[Clock::Overdose as usize] = overdose_hazard(p, b) * overdose_fatality(p, b.naloxone);
    row[Clock::OtherDeath as usize] = p.other_death_rate
        * match b.injecting {
            Injecting::NotYet => 0.0,
            Injecting::Former => p.other_death_former,
            _ => 1.0,
        }
        * if on_oat { p.other_death_on_oat } else { 1.0 }
        * if held { p.other_death_prison } else { 1.0 };
    let half_year = matches!(b.phase, Phase::Weeks1To2 | Phase::Weeks3To4 | Phase::Weeks5To26);
    row[Clock::Injecting as usize] = match b.injecting {
        Injecting::NotYet if held => p.start_rate_prison,
        Injecting::NotYet => p.start_rate,
        Injecting::Former => p.relapse_rate * if half_year { p.relapse_after_release } else { 1.0 },
        _ => {
            let reached = if held { p.psychosocial_prison } else { 0.0 };
            p.stop_rate
                * if on_oat { p.stop_on_oat } else { 1.0 }
                * (1.0 - reached + reached * p.stop_with_psychosocial)
        }
    };
    row[Clock::Intensity as usize] = match b.injecting {
        Injecting::Low => p.intensify_rate,
        Injecting::High => p.ease_rate,
        _ => 0.0,
    };
    if held {
        let early = if on_oat { p.early_release_rate } else { 0.0 };
        row[Clock::Custody as usize] = match b.phase {
            Phase::Remand => per_year(p.remand_length),
            Phase::SentencedDrugOffence => per_year(p.sentence_drug) + early,
            _ => per_year(p.sentence_other),
        };
        row[Clock::Transfer as usize] = p.transfer_rate;
    } else {
        row[Clock::Arrest as usize] = p.arrest_rate
            * if b.sex == Sex::Woman { p.arrest_women } else { 1.0 }
            * if b.phase == Phase::NeverImprisoned { 1.0 } else { p.arrest_again }
            * if b.injecting.current() { 1.0 } else { p.arrest_not_injecting }
            * if on_oat { p.arrest_on_oat } else { 1.0 };
    }
    let (leaving, coverage) = if held {
        // People leave prison as well as treatment: to hold a coverage inside, joining must make up for both.
        let stay = p.remand_length
            + p.sentenced
                * (p.drug_offences * p.sentence_drug + (1.0 - p.drug_offences) * p.sentence_other);
        (p.oat_leave_rate * p.oat_leave_prison + per_year(stay), p.oat_prison * offers.oat)
    } else {
        (p.oat_leave_rate, p.oat_community)
    };
    row[Clock::Oat as usize] = match (on_oat, b.injecting.current(), held) {
        (true, _, true) => p.oat_leave_rate * p.oat_leave_prison,
        (true, _, false) => p.oat_leave_rate,
        (false, true, _) => joining(coverage, leaving),
        (false, false, _) => 0.0,
    };
    let reach = if held { p.needles_prison * offers.needles } else { p.needles_community };
    row[Clock::Needles as usize] = match (b.needles, b.injecting.current()) {
        (true, _) => p.needles_leave_rate,
        (false, true) => joining(reach, p.needles_leave_rate),
        (false, false) => 0.0,
    };
    Row(row.map(|hazard| hazard as f32))
}

/// Sharing a year, with what services and imprisonment make of it.
fn contacts(p: &Parameters, b: &Behaviour, held: bool) -> [f32; 2] {
    let shares = match b.injecting {
        Injecting::Low => p.shares_low,
        Injecting::High => p.shares_high,
        _ => 0.0,
    } * if held { p.shares_prison } else { 1.0 };
    let effect = |oat: f64, needles: f64, recent: f64, past: f64| {
        shares
            * if b.oat.on() { oat } else { 1.0 }
            * if b.needles { needles } else { 1.0 }
            * match b.phase {
                Phase::Weeks1To2 | Phase::Weeks3To4 | Phase::Weeks5To26 => recent,
                Phase::Past => past,
                _ => 1.0,
            }
    };
    [
        effect(p.oat_effect_hiv, p.needles_effect_hiv, p.recent_release_hiv, p.past_release_hiv)
            as f32,
        effect(p.oat_effect_hcv, p.needles_effect_hcv, p.recent_release_hcv, p.past_release_hcv)
            as f32,
    ]
}

fn hiv_row(p: &Parameters, stage: Hiv, care: HivCare, held: bool, offers: &Offers) -> Row {
    let mut row = [0.0; CLOCKS];
    if stage == Hiv::Free {
        row[Clock::HivSex as usize] = p.hiv_sex_rate;
        return Row(row.map(|hazard| hazard as f32));
    }
    row[Clock::HivStage as usize] = stage_hazards(p, stage, care).iter().sum();
    row[Clock::HivCare as usize] = match (care, held) {
        (HivCare::Unaware, false) => p.hiv_test_rate,
        (HivCare::Unaware, true) => p.hiv_test_rate_prison * offers.hiv_care,
        (HivCare::Diagnosed, false) => p.art_start_rate,
        (HivCare::Diagnosed, true) => p.art_start_rate_prison * offers.hiv_care,
        _ => p.art_loss_rate,
    };
    Row(row.map(|hazard| hazard as f32))
}

/// The ways the stage's clock may end, as hazards: (the next stage, or death of AIDS; back to the CD4 band above).
pub(crate) fn stage_hazards(p: &Parameters, stage: Hiv, care: HivCare) -> [f64; 2] {
    let length = match stage {
        Hiv::Free => 0.0,
        Hiv::Acute => p.hiv_acute_length,
        Hiv::Above500 => p.hiv_above_500_length,
        Hiv::From350 => p.hiv_350_500_length,
        Hiv::From200 => p.hiv_200_350_length,
        Hiv::Below200 => p.hiv_below_200_length,
        Hiv::Aids => p.aids_length,
    };
    let suppressed = care == HivCare::Suppressed;
    let slowed = if suppressed { p.hiv_progress_suppressed } else { 1.0 };
    let recovers = suppressed && stage as u8 > Hiv::Above500 as u8;
    [per_year(length) * slowed, if recovers { p.cd4_recovery } else { 0.0 }]
}

/// The ways the liver's clock may end, as hazards: (acute resolves, next stage, cancer, death).
pub(crate) fn liver_hazards(p: &Parameters, hcv: Hcv, liver: Liver, with_hiv: bool) -> [f64; 4] {
    let resolves = if hcv == Hcv::Acute { per_year(p.hcv_acute_length) } else { 0.0 };
    let fibrosis = if with_hiv { p.liver_with_hiv } else { 1.0 };
    let late = if hcv.viraemic() { 1.0 } else { p.liver_after_cure };
    // Scars grow while the virus is there and no longer new; a liver never infected stays as it is.
    let grows = if hcv == Hcv::Chronic { fibrosis } else { 0.0 };
    match liver {
        _ if hcv == Hcv::Never => [0.0; 4],
        Liver::F0 => [resolves, p.liver_0_1 * grows, 0.0, 0.0],
        Liver::F1 => [resolves, p.liver_1_2 * grows, 0.0, 0.0],
        Liver::F2 => [resolves, p.liver_2_3 * grows, 0.0, 0.0],
        Liver::F3 => [resolves, p.liver_3_4 * grows, 0.0, 0.0],
        Liver::F4 => [resolves, p.liver_decompensates * late, p.liver_cancer * late, 0.0],
        Liver::Decompensated => [resolves, 0.0, p.liver_cancer * late, p.liver_death_decompensated],
        Liver::Cancer => [resolves, 0.0, 0.0, p.liver_death_cancer],
    }
}

fn hcv_row(
    p: &Parameters,
    hcv: Hcv,
    liver: Liver,
    care: HcvCare,
    with_hiv: bool,
    held: bool,
    offers: &Offers,
) -> Row {
    let mut row = [0.0; CLOCKS];
    row[Clock::Liver as usize] = liver_hazards(p, hcv, liver, with_hiv).iter().sum();
    row[Clock::HcvCare as usize] = match (hcv.viraemic(), care, held) {
        (false, ..) => 0.0,
        (true, HcvCare::Unaware, false) => p.hcv_test_rate,
        (true, HcvCare::Unaware, true) => p.hcv_test_rate_prison * offers.hcv_care,
        // Acute infection is left to clear.
        (true, HcvCare::Diagnosed, _) if hcv == Hcv::Acute => 0.0,
        (true, HcvCare::Diagnosed, false) => p.daa_start_rate,
        (true, HcvCare::Diagnosed, true) => p.daa_start_rate_prison * offers.hcv_care,
        (true, HcvCare::OnDaa, _) => per_year(p.daa_length),
    };
    Row(row.map(|hazard| hazard as f32))
}
