//! What disease and its care do to the tallies of a cell within one step: shares that move from lane to lane, and what is counted of them.
//! The same for everybody in one place for whom the same parameters are in force.

use crate::ledger::Flow;
use crate::mean_field::cells::{
    DEAD_OF_AIDS, DEAD_OF_LIVER, LANES, Row, chance, hcv_lane, hiv_lane,
};
use crate::parameters::Parameters;
use crate::person::{Clock, Hcv, HcvCare, Hiv, HivCare, Liver};
use crate::rates::{self, PlaceRates, liver_hazards, stage_hazards};

/// What disease and its care do in one place within one step.
pub(super) struct Disease {
    /// From a lane to a lane, and the share of it.
    pub moves: Vec<(u8, u8, f64)>,
    /// What is counted of it: the share of each lane.
    pub counted: [(Flow, Row); 5],
}

impl Disease {
    pub fn new(
        p: &Parameters,
        rates: &PlaceRates,
        set: usize,
        with_hiv: f64,
        step: f64,
    ) -> Disease {
        let counted = [
            Flow::HivDiagnosed,
            Flow::ArtStarted,
            Flow::HcvDiagnosed,
            Flow::DaaStarted,
            Flow::HcvCured,
        ];
        let mut disease =
            Disease { moves: Vec::new(), counted: counted.map(|flow| (flow, [0.0; LANES])) };
        for stage in Hiv::ALL.into_iter().skip(1) {
            for care in HivCare::ALL {
                disease.hiv(p, rates.hiv_of(set, stage, care), stage, care, step);
            }
        }
        for liver in Liver::ALL {
            let unaware = HcvCare::Unaware;
            let mut add = |hcv, care| {
                let turn = rates.hcv_of(set, hcv, liver, care).0[Clock::HcvCare as usize];
                disease.liver(p, f64::from(turn), (hcv, liver, care), with_hiv, step);
            };
            add(Hcv::Past, unaware);
            [unaware, HcvCare::Diagnosed].into_iter().for_each(|care| add(Hcv::Acute, care));
            HcvCare::ALL.into_iter().for_each(|care| add(Hcv::Chronic, care));
        }
        disease
    }

    fn add(&mut self, from: usize, to: usize, share: f64, count: Option<Flow>) {
        if share <= 0.0 {
            return;
        }
        self.moves.push((from as u8, to as u8, share));
        for (_, shares) in self.counted.iter_mut().filter(|(flow, _)| Some(*flow) == count) {
            shares[from] += share;
        }
    }

    fn hiv(&mut self, p: &Parameters, row: &rates::Row, stage: Hiv, care: HivCare, step: f64) {
        let [on, back] = stage_hazards(p, stage, care);
        let turn = f64::from(row.0[Clock::HivCare as usize]);
        let all = on + back + turn;
        let [on, back, turn] = [on, back, turn].map(|hazard| part(hazard, all, step));
        let from = hiv_lane(stage, care);
        let lane = |care| hiv_lane(stage, care);
        self.add(from, stage.next().map_or(DEAD_OF_AIDS, |next| hiv_lane(next, care)), on, None);
        if back > 0.0 {
            self.add(from, hiv_lane(Hiv::ALL[stage as usize - 1], care), back, None);
        }
        match care {
            HivCare::Unaware => {
                self.add(from, lane(HivCare::Diagnosed), turn, Some(Flow::HivDiagnosed));
            }
            HivCare::Diagnosed => {
                let (suppressed, started) = (p.art_suppressed, Some(Flow::ArtStarted));
                self.add(from, lane(HivCare::Suppressed), turn * suppressed, started);
                self.add(from, lane(HivCare::OnArt), turn * (1.0 - suppressed), started);
            }
            _ => self.add(from, lane(HivCare::Diagnosed), turn, None),
        }
    }

    fn liver(
        &mut self,
        p: &Parameters,
        turn: f64,
        (hcv, liver, care): (Hcv, Liver, HcvCare),
        with_hiv: f64,
        step: f64,
    ) {
        let (free, ill) = (liver_hazards(p, hcv, liver, false), liver_hazards(p, hcv, liver, true));
        let ways: [f64; 4] =
            std::array::from_fn(|way| free[way] * (1.0 - with_hiv) + ill[way] * with_hiv);
        let all = ways.iter().sum::<f64>() + turn;
        let from = hcv_lane(hcv, liver, care);
        let [resolves, on, cancer, death] = ways.map(|hazard| part(hazard, all, step));
        let chronic = hcv_lane(Hcv::Chronic, liver, care);
        let past = hcv_lane(Hcv::Past, liver, HcvCare::Unaware);
        self.add(from, past, resolves * p.hcv_clears, None);
        self.add(from, chronic, resolves * (1.0 - p.hcv_clears), None);
        if let Some(&next) = Liver::ALL.get(liver as usize + 1) {
            self.add(from, hcv_lane(hcv, next, care), on, None);
        }
        self.add(from, hcv_lane(hcv, Liver::Cancer, care), cancer, None);
        self.add(from, DEAD_OF_LIVER, death, None);
        let turn = part(turn, all, step);
        let diagnosed = hcv_lane(hcv, liver, HcvCare::Diagnosed);
        match care {
            HcvCare::Unaware => self.add(from, diagnosed, turn, Some(Flow::HcvDiagnosed)),
            HcvCare::Diagnosed => {
                let on_daa = hcv_lane(hcv, liver, HcvCare::OnDaa);
                self.add(from, on_daa, turn, Some(Flow::DaaStarted));
            }
            HcvCare::OnDaa => {
                self.add(from, past, turn * p.daa_cures, Some(Flow::HcvCured));
                self.add(from, diagnosed, turn * (1.0 - p.daa_cures), None);
            }
        }
    }
}

/// The chance to leave in a step by one of several ways.
fn part(hazard: f64, of_all: f64, step: f64) -> f64 {
    if of_all > 0.0 { chance(of_all, step) * hazard / of_all } else { 0.0 }
}
