//! The cells and one step of them: behaviour and gates first, then infections, care and disease, then newcomers.
//! Every flow is a share of a cell's row, so that all its tallies move together.

use crate::ledger::{Flow, Span, Stock, YearTally};
use crate::mean_field::disease::Disease;
use crate::mean_field::held::{Held, SEXES};
use crate::mean_field::start;
use crate::mortality::hazard;
use crate::parameters::Parameters;
use crate::person::{Clock, Hcv, HcvCare, Hiv, HivCare, Injecting, Liver, Oat, Phase};
use crate::place::Prison;
use crate::rates::{Behaviour, HCV, HIV, PlaceRates, Rates};
use crate::setting::Setting;
use crate::time::DAYS_PER_YEAR;

/// injecting (4) · OAT (4) · phase (8) · needles (2) · sex (2).
pub(super) const CELLS: usize = 512;

/// HIV: free, then six stages in four states of care.
pub(super) const HIV_LANES: usize = 25;
/// Hepatitis C: never; past, acute (aware or not) and chronic (three of care), each in seven stages of the liver.
const HCV_LANES: usize = 43;
pub(super) const HCV_FROM: usize = HIV_LANES;
/// Who has naloxone.
pub(super) const NALOXONE: usize = HIV_LANES + HCV_LANES;
/// Where a step puts those who die, until they are counted.
pub(super) const DEAD_OF_AIDS: usize = NALOXONE + 1;
pub(super) const DEAD_OF_LIVER: usize = NALOXONE + 2;
/// A whole number of vector registers.
pub(super) const LANES: usize = 72;

pub(super) type Row = [f64; LANES];

pub(super) fn hiv_lane(stage: Hiv, care: HivCare) -> usize {
    if stage == Hiv::Free { 0 } else { 1 + (stage as usize - 1) * 4 + care as usize }
}

pub(super) fn hcv_lane(hcv: Hcv, liver: Liver, care: HcvCare) -> usize {
    let liver = liver as usize;
    HCV_FROM
        + match hcv {
            Hcv::Never => 0,
            Hcv::Past => 1 + liver,
            Hcv::Acute => 8 + liver * 2 + (care as usize).min(1),
            Hcv::Chronic => 22 + liver * 3 + care as usize,
        }
}

pub(super) fn cell(b: &Behaviour) -> usize {
    b.injecting as usize
        | (b.oat as usize) << 2
        | (b.phase as usize) << 4
        | usize::from(b.needles) << 7
        | (b.sex as usize) << 8
}

/// Without naloxone, which is a lane.
pub(super) fn behaviour(cell: usize) -> Behaviour {
    crate::rates::behaviour_of(cell & 255 | (cell >> 8 & 1) << 9)
}

/// The community; then men and women, on remand and sentenced.
pub(super) const PLACES: usize = 5;

pub(super) fn place(b: &Behaviour) -> usize {
    match b.phase {
        Phase::Remand => 1 + b.sex as usize,
        phase if phase.held() => 3 + b.sex as usize,
        _ => 0,
    }
}

const GROUPS: usize = PLACES + 1;

pub(super) struct Cells {
    pub rows: Vec<Row>,
    /// People by year of age at the start of the run (from −[`start::LATEST`]), for death of age; by sex.
    pub ages: [Vec<f64>; 2],
    pub time: f64,
    pub held: Held,
    /// For everybody whom no rule names.
    pub p: Parameters,
    setting: Setting,
    rates: Vec<PlaceRates>,
    /// The ways out of each cell, as long as no policy changes.
    ways: Vec<Ways>,
    /// What disease does in a step in each place, and until when that is used: the share with HIV moves slowly.
    diseases: Vec<Disease>,
    diseases_until: f64,
    /// Hazard of death at each year of age, by sex; time multiplies all of them.
    age_hazards: [Vec<f64>; 2],
    transmission: [f64; 2],
    hiv_infectious: [f64; HIV_LANES],
    /// The year that runs: community, prisons.
    year: [YearTally; 2],
    new_people: (f64, f64),
}

impl Cells {
    pub fn new(p: &Parameters, prisons: &[Prison]) -> Cells {
        let mut cells = Cells {
            rows: vec![[0.0; LANES]; CELLS],
            ages: [vec![], vec![]],
            time: 0.0,
            held: Held::new(prisons),
            p: p.clone(),
            setting: Setting::plain(p.clone()),
            rates: Vec::new(),
            ways: Vec::new(),
            diseases: Vec::new(),
            diseases_until: 0.0,
            age_hazards: [vec![], vec![]],
            transmission: [0.0; 2],
            hiv_infectious: [0.0; HIV_LANES],
            year: [YearTally::EMPTY, YearTally::EMPTY],
            new_people: (p.new_people, p.new_people_growth),
        };
        cells.read_rates();
        start::fill(&mut cells);
        cells
    }

    pub fn change(&mut self, setting: Setting) {
        if self.setting != setting {
            self.p = setting.general().clone();
            self.setting = setting;
            self.read_rates();
        }
    }

    fn read_rates(&mut self) {
        let p = &self.p;
        self.rates = (0..PLACES)
            .map(|place| {
                let offers = (place > 0).then_some(&self.held.offers[place]);
                PlaceRates::new(&self.setting, 0, offers)
            })
            .collect();
        self.ways = (0..CELLS).map(|index| self.ways(index)).collect();
        self.age_hazards = SEXES.map(|sex| {
            let age = |index: usize| index as f64 + 0.5 - start::LATEST;
            (0..start::AGES).map(|index| hazard(p, sex, age(index))).collect()
        });
        self.diseases_until = self.time;
        let common = Rates::new(self.setting.clone(), &[]);
        self.transmission = common.transmission.map(f64::from);
        for stage in Hiv::ALL {
            for care in HivCare::ALL {
                let index = stage as usize | (care as usize) << 3;
                self.hiv_infectious[hiv_lane(stage, care)] =
                    f64::from(common.hiv_infectious[index]);
            }
        }
    }

    /// Chance to be reached by needle exchange on arrival.
    pub fn needles_reached(&self, b: &Behaviour) -> f64 {
        f64::from(self.rates[place(b)].needles_reached_of(b))
    }

    /// What is in force for the people of a cell.
    fn parameters_of(&self, b: &Behaviour) -> &Parameters {
        &self.setting.sets()[self.rates[place(b)].set_of(b)]
    }

    pub fn step(&mut self, step: f64) {
        const MONTH: f64 = 1.0 / 12.0;
        if self.time + step / 2.0 > self.diseases_until {
            let hiv = self.hiv_shares();
            self.diseases = (0..PLACES)
                .flat_map(|k| (0..self.setting.sets().len()).map(move |set| (k, set)))
                .map(|(k, set)| Disease::new(&self.p, &self.rates[k], set, hiv[k], step))
                .collect();
            self.diseases_until = self.time + MONTH;
        }
        let forces = self.forces();
        self.infect_and_treat(step, &forces);
        self.behave(step);
        self.arrive(step);
        self.time += step;
    }

    /// People of a cell.
    fn people(row: &Row) -> f64 {
        row[..HIV_LANES].iter().sum()
    }

    /// The infectious share of contacts, for each group and infection.
    fn forces(&self) -> [[f64; 2]; GROUPS] {
        let mut contact = [[0.0; 2]; GROUPS];
        let mut infectious = [[0.0; 2]; GROUPS];
        for (index, row) in self.rows.iter().enumerate() {
            let b = behaviour(index);
            let weights = self.rates[place(&b)].contact_of(&b);
            if weights == [0.0; 2] {
                continue;
            }
            let group = self.held.group(&b);
            let hiv: f64 = (0..HIV_LANES).map(|l| row[l] * self.hiv_infectious[l]).sum();
            let hcv: f64 = (0..HCV_LANES - 8)
                .filter(|l| l + 8 < 22 || (l + 8 - 22) % 3 != HcvCare::OnDaa as usize)
                .map(|l| row[HCV_FROM + 8 + l])
                .sum();
            for (d, spreading) in [(HIV, hiv), (HCV, hcv)] {
                contact[group][d] += Cells::people(row) * f64::from(weights[d]);
                infectious[group][d] += spreading * f64::from(weights[d]);
            }
        }
        let share = |i: f64, c: f64| if c > 0.0 { i / c } else { 0.0 };
        let mut forces = [[0.0; 2]; GROUPS];
        let like = self.p.like_with_like;
        for d in [HIV, HCV] {
            let mixed = share(infectious[0][d] + infectious[1][d], contact[0][d] + contact[1][d]);
            for group in 0..GROUPS {
                let own = share(infectious[group][d], contact[group][d]);
                forces[group][d] = if group < 2 { like * own + (1.0 - like) * mixed } else { own };
            }
        }
        forces
    }

    /// The share of people with HIV in each place, of those ever infected with hepatitis C or at risk: all.
    fn hiv_shares(&self) -> [f64; PLACES] {
        let (mut all, mut hiv) = ([0.0; PLACES], [0.0; PLACES]);
        for (index, row) in self.rows.iter().enumerate() {
            let place = place(&behaviour(index));
            all[place] += Cells::people(row);
            hiv[place] += row[1..HIV_LANES].iter().sum::<f64>();
        }
        std::array::from_fn(|i| if all[i] > 0.0 { hiv[i] / all[i] } else { 0.0 })
    }

    fn infect_and_treat(&mut self, step: f64, forces: &[[f64; 2]; GROUPS]) {
        for index in 0..CELLS {
            let people = Cells::people(&self.rows[index]);
            if people <= 0.0 {
                continue;
            }
            let b = behaviour(index);
            let k = place(&b);
            let year = &mut self.year[usize::from(k > 0)];
            let weights = self.rates[k].contact_of(&b);
            let row = &mut self.rows[index];
            let before = *row;
            let mut add = |span: Span, people: f64| year.spans[span as usize] += people * step;
            add(Span::All, people);
            if b.oat.on() {
                add(Span::Oat, people);
            }
            let on_art: f64 = (1..HIV_LANES).filter(|l| (l - 1) % 4 >= 2).map(|l| row[l]).sum();
            add(Span::Art, on_art);
            let free_of_hcv: f64 = row[HCV_FROM..HCV_FROM + 8].iter().sum();
            if weights[HIV] > 0.0 {
                add(Span::RiskHiv, row[0]);
            }
            if weights[HCV] > 0.0 {
                add(Span::RiskHcv, free_of_hcv);
            }
            // HIV: by sharing and by sex.
            let group = self.held.group(&b);
            let by_sharing = f64::from(weights[HIV]) * self.transmission[HIV] * forces[group][HIV];
            let hazard = by_sharing + self.p.hiv_sex_rate;
            let infected = before[0] * chance(hazard, step);
            row[0] -= infected;
            row[hiv_lane(Hiv::Acute, HivCare::Unaware)] += infected;
            year.flows[Flow::HivInfection as usize] += infected;
            year.infections_by_phase[HIV][b.phase as usize] += infected;
            // Hepatitis C.
            let hazard = f64::from(weights[HCV]) * self.transmission[HCV] * forces[group][HCV];
            let chance = chance(hazard, step);
            for lane in 0..8_usize {
                let liver = Liver::ALL[lane.saturating_sub(1)];
                let moved = before[HCV_FROM + lane] * chance;
                row[HCV_FROM + lane] -= moved;
                row[hcv_lane(Hcv::Acute, liver, HcvCare::Unaware)] += moved;
                year.flows[Flow::HcvInfection as usize] += moved;
                year.infections_by_phase[HCV][b.phase as usize] += moved;
            }
            let sets = self.setting.sets().len();
            let disease = &self.diseases[k * sets + self.rates[k].set_of(&b)];
            for &(from, to, share) in &disease.moves {
                let moved = before[usize::from(from)] * share;
                row[usize::from(from)] -= moved;
                row[usize::from(to)] += moved;
            }
            for (flow, shares) in &disease.counted {
                let moved: f64 = before.iter().zip(shares).map(|(people, s)| people * s).sum();
                year.flows[*flow as usize] += moved;
            }
            let (dead_of_aids, dead_of_liver) = (row[DEAD_OF_AIDS], row[DEAD_OF_LIVER]);
            (row[DEAD_OF_AIDS], row[DEAD_OF_LIVER]) = (0.0, 0.0);
            year.flows[Flow::DeathAids as usize] += dead_of_aids;
            year.flows[Flow::DeathLiver as usize] += dead_of_liver;
            // The other tallies of the cell lose the same people.
            let (aids, liver) = (1.0 - dead_of_aids / people, 1.0 - dead_of_liver / people);
            row[..HIV_LANES].iter_mut().for_each(|x| *x *= liver);
            row[HCV_FROM..NALOXONE].iter_mut().for_each(|x| *x *= aids);
            row[NALOXONE] *= aids * liver;
        }
    }

    /// Deaths that do not follow from infection, injecting, the gate and services.
    fn behave(&mut self, step: f64) {
        let old = std::mem::replace(&mut self.rows, vec![[0.0; LANES]; CELLS]);
        let all_ways = std::mem::take(&mut self.ways);
        let of_age = self.deaths_of_age();
        for (index, row) in old.iter().enumerate() {
            let people = Cells::people(row);
            if people <= 0.0 {
                continue;
            }
            let b = behaviour(index);
            let ways = &all_ways[index];
            let naloxone = row[NALOXONE] / people;
            let overdose = ways.overdose[0] * (1.0 - naloxone) + ways.overdose[1] * naloxone;
            let aged = of_age[b.sex as usize];
            let out = ways.out + overdose + aged;
            let leaving = chance(out, step);
            add(&mut self.rows[index], row, 1.0 - leaving);
            if out <= 0.0 {
                continue;
            }
            let year = &mut self.year[usize::from(place(&b) > 0)];
            year.flows[Flow::DeathOverdose as usize] += people * leaving * overdose / out;
            year.flows[Flow::DeathAge as usize] += people * leaving * aged / out;
            for way in &ways.list {
                self.leave(row, people, leaving * way.hazard / out, way.to, &b);
            }
        }
        self.ways = all_ways;
        self.age(step);
    }

    /// Every way out of a cell and its hazard, but for death of age.
    fn ways(&self, index: usize) -> Ways {
        let b = &behaviour(index);
        let p = self.parameters_of(b);
        let k = place(b);
        let row = |naloxone| self.rates[k].behaviour_of(&Behaviour { naloxone, ..*b });
        let hazard = |clock: Clock| f64::from(row(false).0[clock as usize]);
        let mut ways = Ways {
            from: index,
            list: Vec::new(),
            out: 0.0,
            overdose: [false, true]
                .map(|naloxone| f64::from(row(naloxone).0[Clock::Overdose as usize])),
        };
        let exits = &mut ways;
        exits.add(hazard(Clock::OtherDeath), To::OtherDeath);
        let turn = hazard(Clock::Injecting);
        let to = |b: Behaviour| To::Cell(cell(&b));
        if b.injecting.current() {
            exits.add(turn, to(Behaviour { injecting: Injecting::Former, ..*b }));
        } else {
            let (high, low) = (p.high_intensity, 1.0 - p.high_intensity);
            exits.add(turn * high, to(Behaviour { injecting: Injecting::High, ..*b }));
            exits.add(turn * low, to(Behaviour { injecting: Injecting::Low, ..*b }));
        }
        let other = if b.injecting == Injecting::Low { Injecting::High } else { Injecting::Low };
        exits.add(hazard(Clock::Intensity), to(Behaviour { injecting: other, ..*b }));
        exits.add(hazard(Clock::Needles), to(Behaviour { needles: !b.needles, ..*b }));
        let oat = if b.oat.on() { Oat::FirstWeeksOff } else { Oat::FirstWeeksOn };
        exits.add(hazard(Clock::Oat), to(Behaviour { oat, ..*b }));
        let weeks = DAYS_PER_YEAR / 28.0;
        match b.oat {
            Oat::FirstWeeksOn => exits.add(weeks, to(Behaviour { oat: Oat::On, ..*b })),
            Oat::FirstWeeksOff => exits.add(weeks, to(Behaviour { oat: Oat::Off, ..*b })),
            _ => {}
        }
        match b.phase {
            Phase::Weeks1To2 => {
                exits.add(2.0 * weeks, to(Behaviour { phase: Phase::Weeks3To4, ..*b }));
            }
            Phase::Weeks3To4 => {
                exits.add(2.0 * weeks, to(Behaviour { phase: Phase::Weeks5To26, ..*b }));
            }
            Phase::Weeks5To26 => {
                let rest = DAYS_PER_YEAR / (DAYS_PER_YEAR / 2.0 - 28.0);
                exits.add(rest, to(Behaviour { phase: Phase::Past, ..*b }));
            }
            _ => {}
        }
        let drug = p.drug_offences;
        let gate = |gate: Gate| To::Gate(gate);
        if !b.phase.held() {
            if self.held.any {
                let kept = 1.0 - drug * p.diverted_at_arrest;
                exits.add(hazard(Clock::Arrest) * kept, gate(Gate::Arrest));
            }
            return ways;
        }
        let custody = hazard(Clock::Custody);
        if b.phase == Phase::Remand {
            // Of those on remand: who was diverted at arrest is not among them.
            let kept = drug * (1.0 - p.diverted_at_arrest);
            let drug = if kept > 0.0 { kept / (kept + 1.0 - drug) } else { 0.0 };
            let by_drug = p.sentenced * drug * (1.0 - p.diverted_at_sentence);
            let by_other = p.sentenced * (1.0 - drug);
            exits.add(custody * by_drug, gate(Gate::Sentence(Phase::SentencedDrugOffence)));
            exits.add(custody * by_other, gate(Gate::Sentence(Phase::SentencedOther)));
            exits.add(custody * (1.0 - by_drug - by_other), gate(Gate::Release));
        } else {
            exits.add(custody, gate(Gate::Release));
        }
        let transfer = hazard(Clock::Transfer) * self.held.transfer_moves[k];
        exits.add(transfer, gate(Gate::Transfer));
        ways
    }

    fn leave(&mut self, row: &Row, people: f64, share: f64, to: To, b: &Behaviour) {
        match to {
            To::OtherDeath => {
                let inside = usize::from(place(b) > 0);
                self.year[inside].flows[Flow::DeathOther as usize] += people * share;
            }
            To::Cell(cell) => add(&mut self.rows[cell], row, share),
            To::Gate(gate) => self.pass(row, people, share, gate, b),
        }
    }

    /// Through a gate: where to, on OAT still or not, reached by needle exchange or not, and what becomes of courses and naloxone.
    fn pass(&mut self, row: &Row, people: f64, share: f64, gate: Gate, b: &Behaviour) {
        // The gate is the prison's: on the way in as on the way out.
        let inside = match gate {
            Gate::Arrest => Behaviour { phase: Phase::Remand, ..*b },
            Gate::Sentence(phase) => Behaviour { phase, ..*b },
            Gate::Transfer | Gate::Release => *b,
        };
        let p = self.parameters_of(&inside);
        let sex = b.sex as usize;
        let (phase, kept, moves) = match gate {
            Gate::Arrest => (Phase::Remand, p.oat_kept_at_arrest, 1.0),
            Gate::Sentence(phase) => (phase, p.oat_kept_at_transfer, self.held.sentence_moves[sex]),
            Gate::Transfer => (b.phase, p.oat_kept_at_transfer, 1.0),
            Gate::Release => (Phase::Weeks1To2, p.oat_kept_at_release, 1.0),
        };
        let there = Behaviour { phase, ..*b };
        let k = place(&there);
        let (art, daa) = match gate {
            Gate::Arrest => (p.art_kept_at_arrest, p.daa_kept_at_gate),
            Gate::Release => (p.art_kept_at_release, p.daa_kept_at_gate),
            _ => (1.0, 1.0),
        };
        let mut moved = *row;
        moved.iter_mut().for_each(|x| *x *= share);
        for stage in 0..6 {
            let care = &mut moved[1 + stage * 4..5 + stage * 4];
            let broken = (care[2] + care[3]) * (1.0 - art);
            (care[1], care[2], care[3]) = (care[1] + broken, care[2] * art, care[3] * art);
        }
        for liver in 0..7 {
            let care = &mut moved[HCV_FROM + 22 + liver * 3..HCV_FROM + 25 + liver * 3];
            let broken = care[2] * (1.0 - daa);
            (care[1], care[2]) = (care[1] + broken, care[2] - broken);
        }
        match gate {
            Gate::Arrest => moved[NALOXONE] = 0.0,
            Gate::Release if b.injecting != Injecting::NotYet => {
                moved[NALOXONE] = people * share * p.naloxone_at_release;
            }
            _ => {}
        }
        let reached = if b.injecting.current() { self.needles_reached(&there) } else { 0.0 };
        let on = if b.oat.on() { kept * self.held.offers[k].oat } else { 1.0 };
        let off = Behaviour { oat: Oat::FirstWeeksOff, ..there };
        for (needles, part) in [(true, reached), (false, 1.0 - reached)] {
            add(&mut self.rows[cell(&Behaviour { needles, ..there })], &moved, moves * part * on);
            let broken = moves * part * (1.0 - on);
            add(&mut self.rows[cell(&Behaviour { needles, ..off })], &moved, broken);
        }
        add(&mut self.rows[cell(&there)], &moved, 1.0 - moves);
        if gate == Gate::Arrest {
            self.year[1].flows[Flow::Arrested as usize] += people * share;
        }
    }

    fn arrive(&mut self, step: f64) {
        let (per_year, growth) = self.new_people;
        // ∫ n e^{gt} dt over the step, by its middle.
        let people = per_year * libm::exp(growth * (self.time + step / 2.0)) * step;
        if people > 0.0 {
            start::newcomers(self, people);
        }
    }

    /// The hazard of death of age, by sex: that of each age grows by e^{bt} (Gompertz).
    fn deaths_of_age(&self) -> [f64; 2] {
        let older = libm::exp(self.p.death_growth * self.time);
        [0, 1].map(|sex| {
            let (ages, hazards) = (&self.ages[sex], &self.age_hazards[sex]);
            let all: f64 = ages.iter().sum();
            let dying: f64 = ages.iter().zip(hazards).map(|(people, h)| people * h).sum();
            if all > 0.0 { older * dying / all } else { 0.0 }
        })
    }

    /// The ages of those left: age takes the old, everything else takes all alike.
    fn age(&mut self, step: f64) {
        let older = libm::exp(self.p.death_growth * self.time);
        let mut now = [0.0; 2];
        for (index, row) in self.rows.iter().enumerate() {
            now[behaviour(index).sex as usize] += Cells::people(row);
        }
        for sex in [0, 1] {
            for (people, hazard) in self.ages[sex].iter_mut().zip(&self.age_hazards[sex]) {
                *people *= (1.0 - older * hazard * step).max(0.0);
            }
            let left: f64 = self.ages[sex].iter().sum();
            if left > 0.0 {
                self.ages[sex].iter_mut().for_each(|people| *people *= now[sex] / left);
            }
        }
    }

    pub fn close_year(&mut self) -> Vec<YearTally> {
        for (index, row) in self.rows.iter().enumerate() {
            let b = behaviour(index);
            let stocks = &mut self.year[usize::from(place(&b) > 0)].stocks;
            let people = Cells::people(row);
            let viraemic: f64 = row[HCV_FROM + 8..NALOXONE].iter().sum();
            let mut add = |stock: Stock, people: f64| stocks[stock as usize] += people;
            add(Stock::All, people);
            add(Stock::Hiv, people - row[0]);
            add(Stock::Viraemic, viraemic);
            if b.oat.on() {
                add(Stock::Oat, people);
            }
            if b.injecting.current() {
                add(Stock::Current, people);
                add(Stock::CurrentHiv, people - row[0]);
                add(Stock::CurrentViraemic, viraemic);
                add(Stock::CurrentAntibody, people - row[HCV_FROM]);
            }
        }
        let fresh = [YearTally::EMPTY, YearTally::EMPTY];
        std::mem::replace(&mut self.year, fresh).into()
    }
}

/// The chance to leave in a step at a constant hazard.
pub(super) fn chance(hazard: f64, step: f64) -> f64 {
    -libm::expm1(-hazard * step)
}

fn add(to: &mut Row, row: &Row, share: f64) {
    if share > 0.0 {
        to.iter_mut().zip(row).for_each(|(to, from)| *to += from * share);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Gate {
    Arrest,
    Sentence(Phase),
    Transfer,
    Release,
}

#[derive(Clone, Copy)]
enum To {
    Cell(usize),
    Gate(Gate),
    OtherDeath,
}

struct Way {
    hazard: f64,
    to: To,
}

struct Ways {
    from: usize,
    list: Vec<Way>,
    /// Their sum.
    out: f64,
    /// Fatal, without naloxone and with it.
    overdose: [f64; 2],
}

impl Ways {
    fn add(&mut self, hazard: f64, to: To) {
        if hazard > 0.0 && !matches!(to, To::Cell(cell) if cell == self.from) {
            self.list.push(Way { hazard, to });
            self.out += hazard;
        }
    }
}
