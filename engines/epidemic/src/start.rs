//! Who there is when a run begins, and who comes later.
//! Everything about a person follows from the seed and the person's number.

use crate::chance::{Draw, Seed, Stream};
use crate::distribution::normal_quantile;
use crate::mortality::years_left;
use crate::parameters::Parameters;
use crate::person::{Hcv, HcvCare, Hiv, HivCare, Injecting, Liver, Oat, Person, Phase, Sex};
use crate::place::{Arrival, choose};
use crate::rates::liver_hazards;
use crate::time::{Tick, ticks, years};
use crate::world::World;

/// Nobody in the model is younger when injecting begins.
pub(crate) const YOUNGEST: f64 = 12.0;

/// Chance for one person, read in order; each reading has its own occurrence of the stream.
struct Lot {
    seed: Seed,
    person: u32,
    stream: Stream,
    read: u32,
}

impl Lot {
    fn unit(&mut self) -> f64 {
        self.read += 1;
        Draw::new(self.seed, self.person, self.stream as u32, self.read).unit()
    }

    fn yes(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    fn exponential(&mut self) -> f64 {
        -libm::log(self.unit())
    }
}

/// How many people there are at the start, those who inject first. They are made one by one, never all at once:
/// three million are half a gigabyte.
pub(crate) fn roster(p: &Parameters) -> [(u32, Injecting); 3] {
    [
        (p.people_current, Injecting::Low),
        (p.people_former, Injecting::Former),
        (p.people_not_yet, Injecting::NotYet),
    ]
    .map(|(people, injecting)| (libm::round(people) as u32, injecting))
}

/// Somebody who begins to inject at `now`.
pub(crate) fn newcomer(world: &World, id: u32, now: Tick) -> Person {
    let p = world.rates.parameters();
    let mut lot = Lot { seed: world.seed, person: id, stream: Stream::Person, read: 0 };
    let mut person = Person::blank(id);
    let age = born(&mut person, p, &mut lot, years(now), 0.0);
    person.injecting = intensity(p, &mut lot);
    let left = years_left(p, person.sex, age, lot.exponential());
    person.dies_of_age_at = now.saturating_add(ticks(left));
    person.naloxone = lot.yes(p.naloxone_community);
    person.needles = lot.yes(p.needles_community);
    let (hiv, hcv, clears) = (lot.yes(p.hiv_entry), lot.yes(p.hcv_entry), lot.yes(p.hcv_clears));
    // Infected before, some time ago, and not aware of it.
    if hiv {
        person.hiv = Hiv::Above500;
    }
    if hcv {
        person.hcv = if clears { Hcv::Past } else { Hcv::Chronic };
    }
    person
}

pub(crate) fn at_start(world: &World, id: u32, injecting: Injecting) -> Person {
    let p = world.rates.parameters();
    let mut lot = Lot { seed: world.seed, person: id, stream: Stream::Person, read: 0 };
    let mut person = Person::blank(id);
    let since = p.injecting_years_mean * lot.exponential();
    let age = born(&mut person, p, &mut lot, 0.0, since);
    person.injecting = if injecting.current() { intensity(p, &mut lot) } else { injecting };
    person.dies_of_age_at = ticks(years_left(p, person.sex, age, lot.exponential()));
    person.naloxone = lot.yes(p.naloxone_community) && injecting != Injecting::NotYet;
    let mut lot = Lot { seed: world.seed, person: id, stream: Stream::Start, read: 0 };
    custody(&mut person, world, &mut lot);
    services(&mut person, world, &mut lot);
    if injecting != Injecting::NotYet {
        hiv(&mut person, p, since, &mut lot);
        hcv(&mut person, p, since, &mut lot);
    }
    person
}

/// Sex and age; gives the age now.
fn born(person: &mut Person, p: &Parameters, lot: &mut Lot, now: f64, since: f64) -> f64 {
    person.sex = if lot.yes(p.women) { Sex::Woman } else { Sex::Man };
    let began = (p.start_age_mean + p.start_age_sd * normal(lot)).max(YOUNGEST);
    let age = began + since;
    person.age_at_start = (age - now) as f32;
    age
}

/// A standard normal number.
fn normal(lot: &mut Lot) -> f64 {
    normal_quantile(lot.unit())
}

fn intensity(p: &Parameters, lot: &mut Lot) -> Injecting {
    if lot.yes(p.high_intensity) { Injecting::High } else { Injecting::Low }
}

fn custody(person: &mut Person, world: &World, lot: &mut Lot) {
    let p = world.rates.parameters();
    let (held, before) = (lot.yes(p.in_prison_start), lot.yes(p.ever_imprisoned_start));
    let (drug, legal, where_to) = (lot.yes(p.drug_offences), lot.unit(), lot.unit() as f32);
    person.drug_offence = drug;
    if before {
        person.phase = Phase::Past;
    }
    if !held {
        return;
    }
    // In balance people are on remand for the part of a stay that remand takes.
    let sentence = p.sentenced * if drug { p.sentence_drug } else { p.sentence_other };
    let phase = if legal * (p.remand_length + sentence) < p.remand_length {
        Phase::Remand
    } else if drug {
        Phase::SentencedDrugOffence
    } else {
        Phase::SentencedOther
    };
    if let Some(place) =
        choose(&world.prisons, &Arrival::of(person, phase, 0), where_to.min(0.999_999_9))
    {
        person.phase = phase;
        person.place = place;
        person.imprisonments = 1;
        person.naloxone = false;
    }
}

fn services(person: &mut Person, world: &World, lot: &mut Lot) {
    let p = world.rates.parameters();
    let place = &world.rates.places[person.place as usize];
    let oat = if person.phase.held() { p.oat_prison * place.offers.oat } else { p.oat_community };
    let (oat, needles) = (lot.yes(oat), lot.yes(f64::from(world.rates.needles_reached(person))));
    if person.injecting.current() {
        person.oat = if oat { Oat::On } else { Oat::Off };
        person.needles = needles;
    }
}

/// Infected since when, if at all. With a constant force λ on people whose years of injecting are exponential
/// with mean m, the infected share is λm/(1 + λm); so λ = s/(m(1 − s)) gives the share s, and more among those who began long ago.
fn infected_years(share: f64, mean: f64, since: f64, lot: &mut Lot) -> Option<f64> {
    let (coin, wait) = (lot.unit(), lot.exponential());
    if share >= 1.0 {
        return Some(since);
    }
    if mean <= 0.0 {
        return (coin < share).then_some(0.0);
    }
    let force = share / (mean * (1.0 - share));
    let waited = if force > 0.0 { wait / force } else { f64::INFINITY };
    (waited < since).then_some(since - waited)
}

fn hiv(person: &mut Person, p: &Parameters, since: f64, lot: &mut Lot) {
    let infected = infected_years(p.hiv_start, p.injecting_years_mean, since, lot);
    let (diagnosed, art) = (lot.yes(p.hiv_diagnosed_start), lot.yes(p.art_start));
    let suppressed = lot.yes(p.art_suppressed);
    let Some(mut left) = infected else { return };
    person.hiv = Hiv::Acute;
    let lengths =
        [p.hiv_acute_length, p.hiv_above_500_length, p.hiv_350_500_length, p.hiv_200_350_length];
    // Who would have died since is not among the living: the walk ends below 200.
    for (index, length) in lengths.into_iter().enumerate() {
        left -= length * lot.exponential();
        if left < 0.0 {
            break;
        }
        person.hiv = Hiv::ALL[index + 2];
    }
    person.hiv_care = match (diagnosed, art, suppressed) {
        (false, ..) => HivCare::Unaware,
        (true, false, _) => HivCare::Diagnosed,
        (true, true, false) => HivCare::OnArt,
        (true, true, true) => HivCare::Suppressed,
    };
}

fn hcv(person: &mut Person, p: &Parameters, since: f64, lot: &mut Lot) {
    let infected = infected_years(p.hcv_start, p.injecting_years_mean, since, lot);
    let (clears, diagnosed) = (lot.yes(p.hcv_clears), lot.yes(p.hcv_diagnosed_start));
    let Some(mut left) = infected else { return };
    if clears {
        person.hcv = Hcv::Past;
        return;
    }
    person.hcv = Hcv::Chronic;
    person.hcv_care = if diagnosed { HcvCare::Diagnosed } else { HcvCare::Unaware };
    // The walk ends at cirrhosis: of those further on, few are living.
    for stage in &Liver::ALL[..4] {
        let hazard = liver_hazards(p, Hcv::Chronic, *stage, person.hiv != Hiv::Free)[1];
        left -= if hazard > 0.0 { lot.exponential() / hazard } else { f64::INFINITY };
        if left < 0.0 {
            break;
        }
        person.liver = Liver::ALL[*stage as usize + 1];
    }
}
