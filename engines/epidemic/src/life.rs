//! What happens in a life when a clock rings: injecting, arrest and release, treatment, infection, death.
//! Each function says who may be in that state, changes it, and counts it; hazards and forces follow by themselves.

use crate::chance::Draw;
use crate::ledger::Flow;
use crate::person::{
    AT_AGE_DEATH, AT_OAT_PHASE_END, AT_PHASE_END, Clock, Hcv, HcvCare, Hiv, HivCare, Injecting,
    Liver, Oat, Person, Phase, PlaceIndex,
};
use crate::place::{Arrival, COMMUNITY, choose};
use crate::rates::{HIV, liver_hazards, stage_hazards};
use crate::time::{DAYS_PER_YEAR, NEVER, TICKS_PER_YEAR, Tick, years};
use crate::world::{FALLEN, World};

/// Streams of the gate, one occurrence for each imprisonment.
const ENTERING: u32 = 0x40;
const ENTERING_SERVICES: u32 = 0x41;
const LEAVING: u32 = 0x42;
const LEAVING_SERVICES: u32 = 0x43;
const MOVING: u32 = 0x44;

const fn days(days: f64) -> Tick {
    (days / DAYS_PER_YEAR * TICKS_PER_YEAR) as Tick
}

/// The windows of risk after release: Merrall et al. 2010, Addiction 105:1545 (weeks 1–2, 3–4);
/// six months as "recent" in Stone et al. 2018, Lancet Infect Dis 18:1397.
const TWO_WEEKS: Tick = days(14.0);
const HALF_YEAR: Tick = days(DAYS_PER_YEAR / 2.0);

/// The first weeks on and off OAT: Sordo et al. 2017, BMJ 357:j1550.
pub(crate) const FOUR_WEEKS: Tick = days(28.0);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    Overdose,
    Aids,
    Liver,
    Other,
    Age,
}

impl World {
    /// What the person's next event is, happens.
    #[inline]
    pub(crate) fn happen(&mut self, p: &mut Person, slot: u32, now: Tick) {
        match p.next {
            AT_AGE_DEATH => self.dies(p, Cause::Age, now),
            AT_PHASE_END => next_phase(p),
            AT_OAT_PHASE_END => {
                p.oat = if p.oat == Oat::FirstWeeksOn { Oat::On } else { Oat::Off };
                p.oat_phase_ends_at = NEVER;
            }
            _ => {
                let clock = p.clock();
                let draw = self.ring(p, slot, clock);
                self.rings(p, slot, clock, draw, now);
            }
        }
    }

    fn rings(&mut self, p: &mut Person, slot: u32, clock: usize, draw: Draw, now: Tick) {
        const OVERDOSE: usize = Clock::Overdose as usize;
        const OTHER_DEATH: usize = Clock::OtherDeath as usize;
        const INJECTING: usize = Clock::Injecting as usize;
        const INTENSITY: usize = Clock::Intensity as usize;
        const ARREST: usize = Clock::Arrest as usize;
        const CUSTODY: usize = Clock::Custody as usize;
        const OAT: usize = Clock::Oat as usize;
        const NEEDLES: usize = Clock::Needles as usize;
        const HIV_CARE: usize = Clock::HivCare as usize;
        const HIV_STAGE: usize = Clock::HivStage as usize;
        const LIVER: usize = Clock::Liver as usize;
        const TRANSFER: usize = Clock::Transfer as usize;
        const HCV_CARE: usize = Clock::HcvCare as usize;
        const HIV_SEX: usize = Clock::HivSex as usize;
        match clock {
            OVERDOSE => self.dies(p, Cause::Overdose, now),
            OTHER_DEATH => self.dies(p, Cause::Other, now),
            INJECTING => self.starts_or_stops(p, draw),
            INTENSITY => {
                p.injecting =
                    if p.injecting == Injecting::Low { Injecting::High } else { Injecting::Low }
            }
            ARREST => self.arrested(p, draw, now),
            CUSTODY => self.custody_ends(p, draw, now),
            OAT => self.oat_starts_or_stops(p, now),
            NEEDLES => p.needles = !p.needles,
            HIV_CARE => self.hiv_care(p, draw),
            HIV_STAGE => self.hiv_stage(p, draw, now),
            LIVER => self.liver(p, draw, now),
            TRANSFER => self.transferred(p, draw, now),
            HCV_CARE => self.hcv_care(p, draw),
            HIV_SEX if p.free_of_hiv() => {
                self.ledger.count(p.place, Flow::HivBySex);
                self.infected(p, slot, HIV, now);
            }
            _ => {}
        }
    }

    /// Infection, by force or by sex.
    pub(crate) fn infected(&mut self, p: &mut Person, slot: u32, disease: usize, _now: Tick) {
        self.ledger.infection(p.place, p.phase, disease);
        if disease == HIV {
            p.hiv = Hiv::Acute;
            p.hiv_care = HivCare::Unaware;
            self.ledger.count(p.place, Flow::HivInfection);
        } else {
            if p.hcv == Hcv::Past {
                self.ledger.count(p.place, Flow::HcvReinfection);
            }
            p.hcv = Hcv::Acute;
            p.hcv_care = HcvCare::Unaware;
            self.ledger.count(p.place, Flow::HcvInfection);
        }
        let clock = if disease == HIV { Clock::HivInfection } else { Clock::HcvInfection };
        self.ring(p, slot, clock as usize);
        p.falls_at[disease] = FALLEN;
    }

    fn dies(&mut self, p: &mut Person, cause: Cause, now: Tick) {
        let flow = match cause {
            Cause::Overdose => Flow::DeathOverdose,
            Cause::Aids => Flow::DeathAids,
            Cause::Liver => Flow::DeathLiver,
            Cause::Other => Flow::DeathOther,
            Cause::Age => Flow::DeathAge,
        };
        self.ledger.count(p.place, flow);
        if p.phase.just_released() {
            self.ledger.count(p.place, Flow::DeathReleased);
            if cause == Cause::Overdose {
                self.ledger.count(p.place, Flow::DeathOverdoseReleased);
            }
        }
        let age = f64::from(p.age_at_start) + years(now);
        self.ledger.life_lost(p.place, self.life_table.years_ahead(p.sex, age));
        p.alive = false;
        p.falls_at = [NEVER; 2];
    }

    fn starts_or_stops(&mut self, p: &mut Person, draw: Draw) {
        let often = f64::from(draw.share(1)) < self.rates.parameters().high_intensity;
        let begins = if often { Injecting::High } else { Injecting::Low };
        let (state, flow) = match p.injecting {
            Injecting::NotYet => (begins, Flow::Began),
            Injecting::Former => (begins, Flow::Relapsed),
            _ => (Injecting::Former, Flow::Stopped),
        };
        p.injecting = state;
        self.ledger.count(p.place, flow);
    }

    fn arrested(&mut self, p: &mut Person, draw: Draw, now: Tick) {
        let q = self.rates.parameters_of(p);
        p.drug_offence = f64::from(draw.share(1)) < q.drug_offences;
        if p.drug_offence && f64::from(draw.share(2)) < q.diverted_at_arrest {
            self.ledger.count(p.place, Flow::Diverted);
            return;
        }
        let Some(place) = choose(&self.prisons, &Arrival::of(p, Phase::Remand, now), draw.share(3))
        else {
            // No prison can hold anyone: the arrest ends at the station.
            self.ledger.count(p.place, Flow::Diverted);
            return;
        };
        p.imprisonments = p.imprisonments.saturating_add(1);
        self.ledger.count(place, Flow::Arrested);
        let coins = Draw::new(self.seed, p.id, ENTERING, u32::from(p.imprisonments));
        let services = Draw::new(self.seed, p.id, ENTERING_SERVICES, u32::from(p.imprisonments));
        p.phase = Phase::Remand;
        // The gate is the prison's.
        let q = self.rates.parameters_at(place, p);
        let (kept, art, daa) = (q.oat_kept_at_arrest, q.art_kept_at_arrest, q.daa_kept_at_gate);
        p.phase_ends_at = NEVER;
        p.naloxone = false;
        self.moves(p, place, kept, coins, now);
        keeps_courses(p, art, daa, services);
    }

    /// The end of remand (sentence, diversion or release) or of the sentence.
    fn custody_ends(&mut self, p: &mut Person, draw: Draw, now: Tick) {
        let q = self.rates.parameters_of(p);
        if p.phase == Phase::Remand && f64::from(draw.share(1)) < q.sentenced {
            let diverted = p.drug_offence && f64::from(draw.share(2)) < q.diverted_at_sentence;
            if !diverted {
                p.phase = if p.drug_offence {
                    Phase::SentencedDrugOffence
                } else {
                    Phase::SentencedOther
                };
                let place = choose(&self.prisons, &Arrival::of(p, p.phase, now), draw.share(3))
                    .unwrap_or(p.place);
                if place != p.place {
                    let kept = self.rates.parameters_at(place, p).oat_kept_at_transfer;
                    let coins = Draw::new(self.seed, p.id, MOVING, u32::from(p.imprisonments));
                    self.moves(p, place, kept, coins, now);
                }
                return;
            }
            self.ledger.count(p.place, Flow::Diverted);
        }
        self.released(p, now);
    }

    fn released(&mut self, p: &mut Person, now: Tick) {
        let q = self.rates.parameters_of(p);
        let coins = Draw::new(self.seed, p.id, LEAVING, u32::from(p.imprisonments));
        let services = Draw::new(self.seed, p.id, LEAVING_SERVICES, u32::from(p.imprisonments));
        let (kept, art, daa) = (q.oat_kept_at_release, q.art_kept_at_release, q.daa_kept_at_gate);
        self.ledger.count(p.place, Flow::Released);
        if f64::from(services.share(2)) < q.naloxone_at_release && p.injecting != Injecting::NotYet
        {
            p.naloxone = true;
            self.ledger.count(p.place, Flow::NaloxoneGiven);
        }
        let was_on = p.oat.on();
        let from = p.place;
        p.phase = Phase::Weeks1To2;
        p.phase_ends_at = now.saturating_add(TWO_WEEKS);
        self.moves(p, COMMUNITY, kept, coins, now);
        keeps_courses(p, art, daa, services);
        if was_on && p.oat.on() {
            self.ledger.count(from, Flow::ReleasedOnOat);
        }
    }

    fn transferred(&mut self, p: &mut Person, draw: Draw, now: Tick) {
        let arrival = Arrival::of(p, p.phase, now);
        let Some(place) = choose(&self.prisons, &arrival, draw.share(1)) else { return };
        if place != p.place {
            let kept = self.rates.parameters_at(place, p).oat_kept_at_transfer;
            self.moves(p, place, kept, draw, now);
        }
    }

    /// Through a gate: OAT is kept by chance and offer, needle exchange is what the new place reaches.
    /// Uses words 2 and 3 of the coins.
    fn moves(&mut self, p: &mut Person, place: PlaceIndex, kept: f64, coins: Draw, now: Tick) {
        let from = p.place;
        p.place = place;
        let there = &self.rates.places[place as usize];
        if p.oat.on() && f64::from(coins.share(2)) >= kept * there.offers.oat {
            p.oat = Oat::FirstWeeksOff;
            p.oat_phase_ends_at = now.saturating_add(FOUR_WEEKS);
            self.ledger.count(from, Flow::OatBroken);
        }
        p.needles = coins.share(3) < self.rates.needles_reached(p) && p.injecting.current();
    }

    fn oat_starts_or_stops(&mut self, p: &mut Person, now: Tick) {
        let (state, flow) = if p.oat.on() {
            (Oat::FirstWeeksOff, Flow::OatStopped)
        } else {
            (Oat::FirstWeeksOn, Flow::OatStarted)
        };
        p.oat = state;
        p.oat_phase_ends_at = now.saturating_add(FOUR_WEEKS);
        self.ledger.count(p.place, flow);
    }

    fn hiv_care(&mut self, p: &mut Person, draw: Draw) {
        let suppressed = f64::from(draw.share(1)) < self.rates.parameters().art_suppressed;
        let (care, flow) = match p.hiv_care {
            HivCare::Unaware => (HivCare::Diagnosed, Some(Flow::HivDiagnosed)),
            HivCare::Diagnosed if suppressed => (HivCare::Suppressed, Some(Flow::ArtStarted)),
            HivCare::Diagnosed => (HivCare::OnArt, Some(Flow::ArtStarted)),
            _ => (HivCare::Diagnosed, None),
        };
        p.hiv_care = care;
        if let Some(flow) = flow {
            self.ledger.count(p.place, flow);
        }
    }

    /// On to the next stage, or back to the CD4 band above: chosen by their hazards.
    fn hiv_stage(&mut self, p: &mut Person, draw: Draw, now: Tick) {
        let [on, back] = stage_hazards(self.rates.parameters(), p.hiv, p.hiv_care);
        if f64::from(draw.share(1)) * (on + back) < back {
            p.hiv = Hiv::ALL[p.hiv as usize - 1];
            return;
        }
        match p.hiv.next() {
            Some(stage) => p.hiv = stage,
            None => self.dies(p, Cause::Aids, now),
        }
    }

    /// The liver's clock: which of its ways it ends in is chosen by their hazards.
    fn liver(&mut self, p: &mut Person, draw: Draw, now: Tick) {
        let q = self.rates.parameters();
        let ways = liver_hazards(q, p.hcv, p.liver, p.hiv != Hiv::Free);
        let mut left = f64::from(draw.share(1)) * ways.iter().sum::<f64>();
        let way = ways.iter().position(|hazard| {
            left -= hazard;
            left < 0.0
        });
        match way {
            Some(0) => {
                if f64::from(draw.share(2)) < q.hcv_clears {
                    p.hcv = Hcv::Past;
                    p.hcv_care = HcvCare::Unaware;
                } else {
                    p.hcv = Hcv::Chronic;
                }
            }
            Some(1) => p.liver = Liver::ALL[p.liver as usize + 1],
            Some(2) => p.liver = Liver::Cancer,
            Some(3) => self.dies(p, Cause::Liver, now),
            _ => {}
        }
    }

    fn hcv_care(&mut self, p: &mut Person, draw: Draw) {
        match p.hcv_care {
            HcvCare::Unaware => {
                p.hcv_care = HcvCare::Diagnosed;
                self.ledger.count(p.place, Flow::HcvDiagnosed);
            }
            HcvCare::Diagnosed => {
                p.hcv_care = HcvCare::OnDaa;
                self.ledger.count(p.place, Flow::DaaStarted);
            }
            HcvCare::OnDaa => {
                if f64::from(draw.share(1)) < self.rates.parameters().daa_cures {
                    p.hcv = Hcv::Past;
                    p.hcv_care = HcvCare::Unaware;
                    self.ledger.count(p.place, Flow::HcvCured);
                } else {
                    p.hcv_care = HcvCare::Diagnosed;
                }
            }
        }
    }
}

/// From the first two weeks to the fourth, to half a year, to "longer ago".
fn next_phase(p: &mut Person) {
    let now = p.phase_ends_at;
    (p.phase, p.phase_ends_at) = match p.phase {
        Phase::Weeks1To2 => (Phase::Weeks3To4, now.saturating_add(TWO_WEEKS)),
        Phase::Weeks3To4 => (Phase::Weeks5To26, now.saturating_add(HALF_YEAR - 2 * TWO_WEEKS)),
        _ => (Phase::Past, NEVER),
    };
}

/// ART and a DAA course go on through the gate, or break. Words 0 and 1.
fn keeps_courses(p: &mut Person, art: f64, daa: f64, coins: Draw) {
    if p.hiv_care.on_art() && f64::from(coins.share(0)) >= art {
        p.hiv_care = HivCare::Diagnosed;
    }
    if p.hcv_care == HcvCare::OnDaa && f64::from(coins.share(1)) >= daa {
        p.hcv_care = HcvCare::Diagnosed;
    }
}
