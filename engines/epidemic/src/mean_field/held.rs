//! Where people are held, read from the engine's own choice of a prison: who mixes with whom, what is offered, which moves lead elsewhere.

use crate::mean_field::cells::{PLACES, place};
use crate::person::{Injecting, Phase, Sex};
use crate::place::{Arrival, Offers, Prison, choose};
use crate::rates::Behaviour;

/// Where people are held, as the gate sees it: who mixes with whom, how often a move is to another prison, what is offered.
pub(super) struct Held {
    /// A group of mixing for each place; the community's two are 0 and 1.
    group: [usize; PLACES],
    pub offers: [Offers; PLACES],
    /// Sentencing moves to another prison, by sex.
    pub sentence_moves: [f64; 2],
    /// A transfer leads to another prison, by place.
    pub transfer_moves: [f64; PLACES],
    pub any: bool,
}

pub(super) const SEXES: [Sex; 2] = [Sex::Man, Sex::Woman];

impl Held {
    pub fn new(prisons: &[Prison]) -> Held {
        // Readings of the engine's own choice: equal shares of [0, 1).
        const READINGS: usize = 64;
        let places = |sex: Sex, phase: Phase| -> Vec<usize> {
            (0..READINGS)
                .filter_map(|i| {
                    let share = (i as f32 + 0.5) / READINGS as f32;
                    let arrival = Arrival { sex, phase, child: false, ill: false };
                    choose(prisons, &arrival, share).map(usize::from)
                })
                .collect()
        };
        let mut reach: [Vec<usize>; PLACES] = Default::default();
        for sex in SEXES {
            reach[1 + sex as usize] = places(sex, Phase::Remand);
            reach[3 + sex as usize] = places(sex, Phase::SentencedOther);
        }
        let apart = |a: &[usize], b: &[usize]| {
            let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x != y) as u8));
            let (mut different, mut all) = (0.0, 0.0);
            pairs.for_each(|d| (different, all) = (different + f64::from(d), all + 1.0));
            if all > 0.0 { different / all } else { 0.0 }
        };
        let mut group = [0; PLACES];
        for (place, group) in group.iter_mut().enumerate().skip(1) {
            *group = 1 + place;
        }
        // Twice over, so that a chain of shared prisons becomes one group.
        for _ in 0..2 {
            for a in 1..PLACES {
                for b in 1..PLACES {
                    if reach[a].iter().any(|place| reach[b].contains(place)) {
                        (group[a], group[b]) = (group[a].min(group[b]), group[a].min(group[b]));
                    }
                }
            }
        }
        let offers = |place: usize| {
            let n = reach[place].len() as f64;
            if place == 0 || n == 0.0 {
                return Offers::EVERYTHING;
            }
            let mean = |of: fn(&Offers) -> f64| {
                reach[place].iter().map(|&p| of(&prisons[p - 1].offers)).sum::<f64>() / n
            };
            Offers {
                oat: mean(|o| o.oat),
                needles: mean(|o| o.needles),
                hiv_care: mean(|o| o.hiv_care),
                hcv_care: mean(|o| o.hcv_care),
            }
        };
        Held {
            group,
            offers: std::array::from_fn(offers),
            sentence_moves: SEXES.map(|s| apart(&reach[1 + s as usize], &reach[3 + s as usize])),
            transfer_moves: std::array::from_fn(|place| apart(&reach[place], &reach[place])),
            any: !reach[1].is_empty(),
        }
    }

    pub fn group(&self, b: &Behaviour) -> usize {
        match place(b) {
            0 => usize::from(b.injecting == Injecting::High),
            held => self.group[held],
        }
    }
}
