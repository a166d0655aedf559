//! The run: one person's next event after the other, from the calendar, with the infections that the forces bring in between.
//! Everything a life needs to know is read here; what happens in it is in `life`.

use crate::calendar::Calendar;
use crate::chance::{Draw, Seed, Stream};
use crate::force::{Forces, Standing};
use crate::ledger::{Ledger, YearTally};
use crate::mortality::LifeTable;
use crate::parameters::Parameters;
use crate::person::{AT_AGE_DEATH, AT_OAT_PHASE_END, AT_PHASE_END, CLOCKS, Clock, Hiv, Person};
use crate::place::Prison;
use crate::rates::{HCV, HIV, Rates, Row};
use crate::setting::Setting;
use crate::time::{LONGEST_RUN_YEARS, NEVER, TICKS_PER_YEAR, Tick, after, ticks, years, years_f32};

/// A country's people from the start of a run to its end. A clone is a fork: both go on from the same moment with the same fate.
#[derive(Debug, Clone)]
pub struct World {
    pub(crate) seed: Seed,
    pub(crate) now: Tick,
    pub(crate) end: Tick,
    pub(crate) people: Vec<Person>,
    /// How often each clock of a person has rung: with the clock's number the key of its next budget.
    pub(crate) occurrence: Vec<Occurrence>,
    pub(crate) rates: Rates,
    pub(crate) prisons: Vec<Prison>,
    pub(crate) ledger: Ledger,
    pub(crate) life_table: LifeTable,
    forces: Forces,
    calendar: Calendar,
    free_slots: Vec<u32>,
    next_id: u32,
    arrivals: Arrivals,
    events: u64,
}

/// Half a cache line, and never in two of them.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(32))]
pub(crate) struct Occurrence([u16; CLOCKS]);

/// When new people begin to inject: a unit-exponential clock on the cumulative number expected.
#[derive(Debug, Clone)]
struct Arrivals {
    at: Tick,
    /// How many were expected by `at`.
    expected: f64,
    index: u32,
    /// In the first year, and its growth: fixed for the run, so that both arms have the same newcomers.
    per_year: f64,
    growth: f64,
}

impl Arrivals {
    fn advance(&mut self, seed: Seed) {
        if self.per_year <= 0.0 {
            self.at = NEVER;
            return;
        }
        let draw = Draw::new(seed, self.index, Stream::Arrivals as u32, 0);
        self.index += 1;
        self.expected += f64::from(draw.budget());
        // ∫ n e^{gt} dt = n (e^{gt} − 1) / g, inverted.
        let x = self.expected / self.per_year;
        let at = match self.growth {
            g if g.abs() < 1e-9 => x,
            g if 1.0 + g * x <= 0.0 => f64::INFINITY,
            g => libm::log1p(g * x) / g,
        };
        self.at = ticks(at);
    }
}

impl World {
    /// A world at its start, to be run for at most `length_years` (1 to 100; more is cut).
    pub fn new(
        parameters: &Parameters,
        prisons: &[Prison],
        seed: Seed,
        length_years: f64,
    ) -> World {
        let end = ticks(length_years.clamp(0.0, LONGEST_RUN_YEARS));
        let mut arrivals = Arrivals {
            at: NEVER,
            expected: 0.0,
            index: 0,
            per_year: parameters.new_people,
            growth: parameters.new_people_growth,
        };
        arrivals.advance(seed);
        let mut world = World {
            seed,
            now: 0,
            end,
            people: Vec::new(),
            occurrence: Vec::new(),
            rates: Rates::new(Setting::plain(parameters.clone()), prisons),
            prisons: prisons.to_vec(),
            ledger: Ledger::new(prisons.len() + 1),
            life_table: LifeTable::new(parameters),
            forces: Forces::new(prisons.len(), end, parameters.like_with_like),
            // 256 pages a year: some tens of events on each for a country like Moldova.
            calendar: Calendar::new(end, 17),
            free_slots: Vec::new(),
            next_id: 0,
            arrivals,
            events: 0,
        };
        let roster = crate::start::roster(parameters);
        let all: usize = roster.iter().map(|&(people, _)| people as usize).sum();
        // Room for newcomers too, so that a large population is never moved: room that is not used takes no memory.
        let room = all + all.min(arrivals_expected(parameters, length_years) as usize);
        world.people.reserve_exact(room);
        world.occurrence.reserve_exact(room);
        for (people, injecting) in roster {
            for _ in 0..people {
                let person = crate::start::at_start(&world, world.next_id, injecting);
                world.enter_at(person, 0);
            }
        }
        world.forces.recount(&world.people, &world.rates, parameters.like_with_like, 0);
        world
    }

    /// Goes on to `at_years` after the start, closing every year that ends on the way.
    pub fn run_until(&mut self, at_years: f64) {
        let goal = ticks(at_years).min(self.end);
        while self.now < goal {
            let year = self.now / TICKS_PER_YEAR as Tick + 1;
            let year_end = year.saturating_mul(TICKS_PER_YEAR as Tick);
            let stop = goal.min(year_end);
            self.run_to(stop);
            self.now = stop;
            if stop == year_end {
                self.book_everyone();
                self.ledger.close_year(&self.people, &self.rates);
                self.forces.tidy(&self.people);
            }
        }
    }

    /// From now on these parameters. Clocks keep what is left of their budgets and go on at the new speed;
    /// who is not touched by the change is not touched at all, so that no change is exactly no change.
    pub fn change(&mut self, parameters: &Parameters) {
        self.change_to(Setting::plain(parameters.clone()));
    }

    /// The same, with differences between people or prisons.
    pub fn change_to(&mut self, setting: Setting) {
        if setting == self.rates.setting {
            return;
        }
        let new = Rates::new(setting, &self.prisons);
        let now = self.now;
        self.book_everyone();
        self.ledger.settle_policy(&self.rates);
        let old = std::mem::replace(&mut self.rates, new);
        for slot in 0..self.people.len() {
            let mut p = self.people[slot];
            if !p.alive {
                continue;
            }
            let (before, after) = (Standing::of(&p, &old), Standing::of(&p, &self.rates));
            for d in [HIV, HCV] {
                if before.susceptibility[d] != after.susceptibility[d] {
                    self.set_threshold(&mut p, slot as u32, &before, &after, d, now);
                }
            }
            let (old_row, row) = (old.of(&p), self.rates.of(&p));
            if old_row != row {
                read_clocks(&mut p, &old_row, now);
                schedule(&mut p, &row, now);
                self.calendar.put(p.next_at, slot as u32);
            }
            self.people[slot] = p;
        }
        let like_with_like = self.rates.parameters().like_with_like;
        self.forces.recount(&self.people, &self.rates, like_with_like, now);
    }

    /// Years since the start.
    pub fn time(&self) -> f64 {
        years(self.now)
    }

    /// Events so far: everything that changed somebody's state.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// What the people, their counters and the calendars take in memory: nearly all there is.
    pub fn bytes(&self) -> usize {
        self.people.len() * (size_of::<Person>() + size_of::<Occurrence>())
            + self.calendar.bytes()
            + self.forces.bytes()
            + self.rates.places.len() * crate::rates::PLACE_BYTES
    }

    /// Years closed so far, each with the community first and the prisons in their order.
    pub fn years(&self) -> &[Vec<YearTally>] {
        &self.ledger.years
    }

    /// The years alone, when the run is over.
    pub(crate) fn into_years(self) -> Vec<Vec<YearTally>> {
        self.ledger.years
    }

    /// Nobody, nowhere: what is left where a world was taken from.
    pub(crate) fn empty() -> World {
        World::new(&Parameters::still(), &[], Seed(0), 0.0)
    }

    /// The living, in no particular order.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|p| p.alive)
    }

    /// The parameters in force now for everybody whom the policy does not name.
    pub fn parameters(&self) -> &Parameters {
        self.rates.parameters()
    }

    fn run_to(&mut self, stop: Tick) {
        loop {
            let (force_at, which) = self.forces.first();
            let limit = stop.min(force_at).min(self.arrivals.at);
            let (people, occurrence) = (&self.people, &self.occurrence);
            let first = self.calendar.first_warm(
                limit,
                |at, slot| people[slot as usize].next_at == at,
                |slot| {
                    people[slot as usize].budget.0[0].to_bits()
                        ^ u32::from(occurrence[slot as usize].0[0])
                },
            );
            if let Some((at, slot)) = first
                && at <= limit
            {
                if at >= stop {
                    return;
                }
                self.calendar.take(at, slot);
                self.person_event(slot, at);
            } else if limit >= stop {
                return;
            } else if force_at <= limit {
                if let Some(slot) = self.forces.falling(which, force_at, &self.people) {
                    self.infect(slot, which & 1, force_at);
                }
            } else {
                self.arrive();
            }
        }
    }

    fn person_event(&mut self, slot: u32, now: Tick) {
        self.events += 1;
        let mut p = self.people[slot as usize];
        let before = Standing::of(&p, &self.rates);
        self.read(&mut p, now, &before);
        self.happen(&mut p, slot, now);
        self.settle(slot, p, &before, now);
    }

    fn infect(&mut self, slot: u32, disease: usize, now: Tick) {
        self.events += 1;
        let mut p = self.people[slot as usize];
        let before = Standing::of(&p, &self.rates);
        self.read(&mut p, now, &before);
        self.infected(&mut p, slot, disease, now);
        self.settle(slot, p, &before, now);
    }

    fn arrive(&mut self) {
        let now = self.arrivals.at;
        self.events += 1;
        let person = crate::start::newcomer(self, self.next_id, now);
        self.ledger.count(person.place, crate::ledger::Flow::Began);
        self.enter_at(person, now);
        self.arrivals.advance(self.seed);
    }

    /// Gives a person a slot, thresholds and a next event.
    fn enter_at(&mut self, mut person: Person, now: Tick) {
        self.next_id = self.next_id.max(person.id + 1);
        (person.read_at, person.booked_at) = (now, now);
        for clock in 0..CLOCKS {
            person.budget.0[clock] = Draw::new(self.seed, person.id, clock as u32, 0).budget();
        }
        let slot = match self.free_slots.pop() {
            Some(slot) => {
                self.people[slot as usize] = person;
                self.occurrence[slot as usize] = Occurrence([0; CLOCKS]);
                slot
            }
            None => {
                self.people.push(person);
                self.occurrence.push(Occurrence([0; CLOCKS]));
                (self.people.len() - 1) as u32
            }
        };
        self.settle(slot, person, &Standing::GONE, now);
    }

    /// Reads the clocks and books the time.
    #[inline]
    fn read(&mut self, p: &mut Person, now: Tick, standing: &Standing) {
        let row = self.rates.of(p);
        read_clocks(p, &row, now);
        self.book(p, now, &standing.susceptibility);
    }

    /// Books the time since the last booking as spent in the present state.
    #[inline]
    fn book(&mut self, p: &mut Person, now: Tick, susceptibility: &[f32; 2]) {
        let at_risk = [susceptibility[HIV] > 0.0, susceptibility[HCV] > 0.0];
        self.ledger.time(p, years(now - p.booked_at), at_risk);
        p.booked_at = now;
    }

    /// Books everybody's time; the clocks run on unread.
    fn book_everyone(&mut self) {
        let mut people = std::mem::take(&mut self.people);
        for p in people.iter_mut().filter(|p| p.alive) {
            let susceptibility = self.rates.susceptibility(p, self.rates.contact(p));
            self.book(p, self.now, &susceptibility);
        }
        self.people = people;
    }

    /// After something happened: forces, thresholds and the next event follow the new state.
    #[inline]
    fn settle(&mut self, slot: u32, mut p: Person, before: &Standing, now: Tick) {
        let after = if p.alive { Standing::of(&p, &self.rates) } else { Standing::GONE };
        let mut look = [false; 2];
        for d in [HIV, HCV] {
            if Forces::moves(before, &after, d) {
                self.forces.shift(before, &after, d, now);
                look[d] = true;
            }
            let moved = before.group != after.group && after.susceptibility[d] > 0.0;
            // One who was just infected has an untouched threshold in `falls_at`; a new one follows.
            if moved || before.susceptibility[d] != after.susceptibility[d] {
                self.set_threshold(&mut p, slot, before, &after, d, now);
                look[d] = true;
            }
        }
        if p.alive {
            let row = self.rates.of(&p);
            schedule(&mut p, &row, now);
            self.calendar.put(p.next_at, slot);
        } else {
            p.next_at = NEVER;
            self.free_slots.push(slot);
        }
        self.people[slot as usize] = p;
        for d in [HIV, HCV] {
            if look[d] {
                self.forces.look_ahead_around(before.group, d, now, &self.people);
                if after.group != before.group {
                    self.forces.look_ahead_around(after.group, d, now, &self.people);
                }
            }
        }
    }

    /// Reads the infection budget under the old standing and sets the threshold under the new.
    fn set_threshold(
        &mut self,
        p: &mut Person,
        slot: u32,
        before: &Standing,
        after: &Standing,
        d: usize,
        now: Tick,
    ) {
        if before.susceptibility[d] > 0.0 && p.falls_at[d] != FALLEN {
            let cumulative = self.forces.cumulative(before.group, d, now);
            let met = years_f32(cumulative.saturating_sub(p.force_read_at[d]));
            p.budget.0[d] = (p.budget.0[d] - before.susceptibility[d] * met).max(0.0);
        }
        p.falls_at[d] = NEVER;
        if after.susceptibility[d] > 0.0 {
            let cumulative = self.forces.cumulative(after.group, d, now);
            p.force_read_at[d] = cumulative;
            p.falls_at[d] = after_force(cumulative, p.budget.0[d] / after.susceptibility[d]);
            self.forces.wait(after.group, d, p.falls_at[d], slot);
        }
    }

    /// The next draw of a person's clock: a fresh budget, and chance for what goes with the ring.
    #[inline]
    pub(crate) fn ring(&mut self, p: &mut Person, slot: u32, clock: usize) -> Draw {
        let occurrence = &mut self.occurrence[slot as usize].0[clock];
        *occurrence = occurrence.wrapping_add(1);
        let draw = Draw::new(self.seed, p.id, clock as u32, u32::from(*occurrence));
        p.budget.0[clock] = draw.budget();
        draw
    }
}

/// ∫ n e^{gt} dt over the run.
fn arrivals_expected(p: &Parameters, years: f64) -> f64 {
    let (n, g, years) = (p.new_people, p.new_people_growth, years.clamp(0.0, LONGEST_RUN_YEARS));
    if g.abs() < 1e-9 { n * years } else { n * libm::expm1(g * years) / g }
}

/// In `falls_at` of one who has just been infected: the budget is fresh and has met no force.
pub(crate) const FALLEN: Tick = NEVER - 1;

/// A threshold; never the two marks.
#[inline]
fn after_force(cumulative: Tick, wait: f32) -> Tick {
    after(cumulative, wait).min(FALLEN - 1)
}

/// Takes off each budget what the hazard has used since the last reading.
#[inline]
fn read_clocks(p: &mut Person, row: &Row, now: Tick) {
    let elapsed = years_f32(now - p.read_at);
    for (budget, hazard) in p.budget.0.iter_mut().zip(&row.0) {
        // Rounding may pass 0 by a hair; a budget may not.
        *budget = (*budget - hazard * elapsed).max(0.0);
    }
    p.read_at = now;
}

/// The next event: the clock that rings first at these hazards, or a fixed date before it.
#[inline]
fn schedule(p: &mut Person, row: &Row, now: Tick) {
    let mut wait = [0.0_f32; CLOCKS];
    for (wait, (budget, hazard)) in wait.iter_mut().zip(p.budget.0.iter().zip(&row.0)) {
        // A hazard of 0 gives infinity; the hair keeps 0/0 out.
        *wait = (budget + 1e-30) / hazard;
    }
    let mut least = wait[0];
    for &other in &wait[1..] {
        least = if other < least { other } else { least };
    }
    let lane = wait.iter().position(|&w| w == least).unwrap_or(0);
    (p.next_at, p.next) = (after(now, least), lane as u8);
    for (at, what) in [
        (p.phase_ends_at, AT_PHASE_END),
        (p.oat_phase_ends_at, AT_OAT_PHASE_END),
        (p.dies_of_age_at, AT_AGE_DEATH),
    ] {
        if at <= p.next_at && at != NEVER {
            (p.next_at, p.next) = (at, what);
        }
    }
    // The past is no place for an event.
    p.next_at = p.next_at.max(now);
}

impl Person {
    /// The infection this person has caught by sex is HIV; named for the reader of `life`.
    pub(crate) fn free_of_hiv(&self) -> bool {
        self.hiv == Hiv::Free
    }

    pub(crate) fn clock(&self) -> usize {
        debug_assert!(usize::from(self.next) < CLOCKS);
        usize::from(self.next)
    }
}

const _: () = assert!(Clock::HivSex as usize == CLOCKS - 1);
