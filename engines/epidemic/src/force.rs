//! Infection as a clock run by the force in one's surroundings: each mixing group's cumulative force rises, and who is susceptible falls when it reaches his or her threshold.
//! Sellke 1983, J Appl Prob 20:390. Sums are whole numbers, so that a person who comes and goes leaves them as they were.

use crate::calendar::Calendar;
use crate::person::{Injecting, Person, PlaceIndex};
use crate::place::COMMUNITY;
use crate::rates::{HCV, HIV, Rates};
use crate::time::{NEVER, Tick};

/// Community, low and high intensity; then one group for each prison.
pub(crate) const COMMUNITY_GROUPS: usize = 2;

/// Weights are kept in 65,536ths of a sharing event a year.
const SCALE: f32 = 65_536.0;

#[inline]
pub(crate) fn group_of(place: PlaceIndex, injecting: Injecting) -> u8 {
    if place == COMMUNITY { (injecting == Injecting::High) as u8 } else { place + 1 }
}

/// What a person is to the groups: where, how much contact, how infectious, how susceptible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Standing {
    pub group: u8,
    contact: [i64; 2],
    infectious: [i64; 2],
    pub susceptibility: [f32; 2],
}

impl Standing {
    pub const GONE: Standing =
        Standing { group: 0, contact: [0; 2], infectious: [0; 2], susceptibility: [0.0; 2] };

    #[inline]
    pub fn of(p: &Person, rates: &Rates) -> Standing {
        let contact = rates.contact(p);
        let infectious = rates.infectiousness(p);
        let weight = |d: usize| (contact[d] * SCALE) as i64;
        let spreads = |d: usize| (contact[d] * infectious[d] * SCALE) as i64;
        Standing {
            group: group_of(p.place, p.injecting),
            contact: [weight(HIV), weight(HCV)],
            infectious: [spreads(HIV), spreads(HCV)],
            susceptibility: rates.susceptibility(p, contact),
        }
    }
}

/// One infection in one group. Force is the infectious share of contacts, 0 to 1; its integral is in ticks.
#[derive(Debug, Clone)]
struct Force {
    contact: i64,
    infectious: i64,
    force: f64,
    cumulative: f64,
    read_at: Tick,
    /// Who falls at which cumulative force.
    falls: Calendar,
}

#[derive(Debug, Clone)]
pub(crate) struct Forces {
    all: Vec<Force>,
    /// When each next needs attention: someone falls, or its calendar must turn a page.
    next: Vec<Tick>,
    like_with_like: f64,
}

#[inline]
fn place_of(group: u8, disease: usize) -> usize {
    usize::from(group) * 2 + disease
}

impl Forces {
    pub fn new(prisons: usize, end: Tick, like_with_like: f64) -> Forces {
        let groups = COMMUNITY_GROUPS + prisons;
        let all = (0..groups * 2)
            .map(|index| Force {
                contact: 0,
                infectious: 0,
                force: 0.0,
                cumulative: 0.0,
                read_at: 0,
                // Pages of 1/128 and 1/16 of a contact-year: some tens of people on each.
                falls: Calendar::new(end, if index < COMMUNITY_GROUPS * 2 { 18 } else { 21 }),
            })
            .collect();
        Forces { all, next: vec![NEVER; groups * 2], like_with_like }
    }

    /// What the thresholds take in memory.
    pub fn bytes(&self) -> usize {
        self.all.iter().map(|force| force.falls.bytes()).sum()
    }

    /// Drops thresholds that no longer hold, once they are more than those that may.
    pub fn tidy(&mut self, people: &[Person]) {
        for disease in [HIV, HCV] {
            let forces = self.all.iter().skip(disease).step_by(2);
            if forces.map(|force| force.falls.waiting()).sum::<usize>() > people.len() {
                let valid = |at: Tick, slot: u32| people[slot as usize].falls_at[disease] == at;
                self.all.iter_mut().skip(disease).step_by(2).for_each(|f| f.falls.tidy(valid));
            }
        }
    }

    /// The first moment at which a force needs attention, and which.
    #[inline]
    pub fn first(&self) -> (Tick, usize) {
        let mut best = (NEVER, 0);
        for (index, &at) in self.next.iter().enumerate() {
            if at < best.0 {
                best = (at, index);
            }
        }
        best
    }

    /// At `now`, who falls to the force `which`, if somebody does.
    pub fn falling(&mut self, which: usize, now: Tick, people: &[Person]) -> Option<u32> {
        let disease = which & 1;
        let force = &mut self.all[which];
        force.advance(now);
        // Half a tick of grace for rounding of the sum.
        let reached = (force.cumulative + 0.5) as Tick;
        let valid = |at: Tick, slot: u32| people[slot as usize].falls_at[disease] == at;
        let found = match force.falls.first(reached, valid) {
            Some((at, slot)) if at <= reached => {
                force.falls.take(at, slot);
                Some(slot)
            }
            _ => None,
        };
        if found.is_none() {
            self.look_ahead(which, now, people);
            // Always forward, were rounding to leave the page unturned.
            self.next[which] = self.next[which].max(now.saturating_add(1));
        }
        found
    }

    /// The cumulative force on a group, in ticks.
    #[inline]
    pub fn cumulative(&mut self, group: u8, disease: usize, now: Tick) -> Tick {
        let force = &mut self.all[place_of(group, disease)];
        force.advance(now);
        force.cumulative as Tick
    }

    #[inline]
    pub fn wait(&mut self, group: u8, disease: usize, falls_at: Tick, slot: u32) {
        self.all[place_of(group, disease)].falls.put(falls_at, slot);
    }

    /// Somebody's standing changes. Sums only; [`Forces::look_ahead`] follows when thresholds are set.
    #[inline]
    pub fn shift(&mut self, before: &Standing, after: &Standing, disease: usize, now: Tick) {
        for (standing, sign) in [(before, -1), (after, 1)] {
            if standing.contact[disease] == 0 && standing.infectious[disease] == 0 {
                continue;
            }
            let force = &mut self.all[place_of(standing.group, disease)];
            force.contact += sign * standing.contact[disease];
            force.infectious += sign * standing.infectious[disease];
        }
        for standing in [before, after] {
            self.renew(standing.group, disease, now);
            if before.group == after.group {
                break;
            }
        }
    }

    /// Does this change of standing change any force?
    #[inline]
    pub fn moves(before: &Standing, after: &Standing, disease: usize) -> bool {
        before.contact[disease] != after.contact[disease]
            || before.infectious[disease] != after.infectious[disease]
            || (before.group != after.group && after.contact[disease] != 0)
    }

    #[inline]
    fn renew(&mut self, group: u8, disease: usize, now: Tick) {
        if usize::from(group) >= COMMUNITY_GROUPS {
            let force = &mut self.all[place_of(group, disease)];
            force.advance(now);
            force.force = share(force.infectious, force.contact);
            return;
        }
        let (low, high) = (place_of(0, disease), place_of(1, disease));
        let of = |index: usize| (self.all[index].infectious, self.all[index].contact);
        let ((low_infectious, low_contact), (high_infectious, high_contact)) = (of(low), of(high));
        let mixed = share(low_infectious + high_infectious, low_contact + high_contact);
        for (index, own) in [
            (low, share(low_infectious, low_contact)),
            (high, share(high_infectious, high_contact)),
        ] {
            let force = &mut self.all[index];
            force.advance(now);
            force.force = self.like_with_like * own + (1.0 - self.like_with_like) * mixed;
        }
    }

    /// Finds anew when the groups that a change of `group` touches next need attention.
    #[inline]
    pub fn look_ahead_around(&mut self, group: u8, disease: usize, now: Tick, people: &[Person]) {
        if usize::from(group) < COMMUNITY_GROUPS {
            self.look_ahead(place_of(0, disease), now, people);
            self.look_ahead(place_of(1, disease), now, people);
        } else {
            self.look_ahead(place_of(group, disease), now, people);
        }
    }

    #[inline]
    fn look_ahead(&mut self, which: usize, now: Tick, people: &[Person]) {
        let disease = which & 1;
        let force = &mut self.all[which];
        if force.force <= 0.0 {
            self.next[which] = NEVER;
            return;
        }
        let valid = |at: Tick, slot: u32| people[slot as usize].falls_at[disease] == at;
        let reached = (force.cumulative + 0.5) as Tick;
        let threshold = match force.falls.first(reached, valid) {
            Some((at, _)) => at,
            None => force.falls.horizon(),
        };
        let wait = (f64::from(threshold) - force.cumulative) / force.force;
        self.next[which] = if threshold == NEVER {
            NEVER
        } else {
            // `as` saturates: beyond the scale is never.
            now.saturating_add(wait.max(0.0) as Tick).saturating_add((wait > 0.0) as Tick)
        };
    }

    /// All sums anew, after a change of policy. Everybody's thresholds have been read before.
    pub fn recount(&mut self, people: &[Person], rates: &Rates, like_with_like: f64, now: Tick) {
        self.like_with_like = like_with_like;
        for force in &mut self.all {
            force.advance(now);
            (force.contact, force.infectious) = (0, 0);
        }
        for p in people.iter().filter(|p| p.alive) {
            let standing = Standing::of(p, rates);
            for d in [HIV, HCV] {
                let force = &mut self.all[place_of(standing.group, d)];
                force.contact += standing.contact[d];
                force.infectious += standing.infectious[d];
            }
        }
        let groups = self.all.len() / 2;
        for group in 0..groups as u8 {
            for d in [HIV, HCV] {
                self.renew(group, d, now);
            }
        }
        for which in 0..self.all.len() {
            self.look_ahead(which, now, people);
        }
    }
}

impl Force {
    #[inline]
    fn advance(&mut self, now: Tick) {
        self.cumulative += self.force * f64::from(now - self.read_at);
        self.read_at = now;
    }
}

#[inline]
fn share(infectious: i64, contact: i64) -> f64 {
    if contact > 0 { infectious as f64 / contact as f64 } else { 0.0 }
}
