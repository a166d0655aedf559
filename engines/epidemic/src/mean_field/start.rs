//! Who is in which cell when the mean field begins, and where newcomers enter: the expectations of what the engine draws person by person.

use crate::distribution::normal_quantile;
use crate::mean_field::cells::{
    Cells, HCV_FROM, LANES, NALOXONE, Row, cell, hcv_lane, hiv_lane, place,
};
use crate::parameters::Parameters;
use crate::person::{Hcv, HcvCare, Hiv, HivCare, Injecting, Liver, Oat, Phase, Sex};
use crate::rates::{Behaviour, liver_hazards};
use crate::start::YOUNGEST;

/// Years of age at the start of the run are counted from this far below 0: newcomers of a long run are born after it.
pub(super) const LATEST: f64 = 100.0;

pub(super) const AGES: usize = 220;

pub(super) fn fill(cells: &mut Cells) {
    let p = cells.p.clone();
    cells.ages = [vec![0.0; AGES], vec![0.0; AGES]];
    let groups = [
        (libm::round(p.people_current), true, Injecting::Low),
        (libm::round(p.people_former), false, Injecting::Former),
        (libm::round(p.people_not_yet), false, Injecting::NotYet),
    ];
    for (people, current, injecting) in groups {
        for (sex, of_sex) in [(Sex::Man, 1.0 - p.women), (Sex::Woman, p.women)] {
            let intensities: &[(Injecting, f64)] =
                &[(Injecting::High, p.high_intensity), (Injecting::Low, 1.0 - p.high_intensity)];
            let intensities = if current { intensities } else { &[(injecting, 1.0)] };
            for &(injecting, part) in intensities {
                settle(cells, &p, people * of_sex * part, sex, injecting);
            }
            ages_at_start(cells, &p, people * of_sex, sex);
        }
    }
}

/// Gate and services of so many people.
fn settle(cells: &mut Cells, p: &Parameters, people: f64, sex: Sex, injecting: Injecting) {
    let held = if cells.held.any { p.in_prison_start } else { 0.0 };
    let sentence = |drug: bool| p.sentenced * if drug { p.sentence_drug } else { p.sentence_other };
    let on_remand = |drug: bool| match p.remand_length + sentence(drug) {
        length if length > 0.0 => p.remand_length / length,
        _ => 0.0,
    };
    let (drug, other) = (p.drug_offences, 1.0 - p.drug_offences);
    let phases = [
        (Phase::NeverImprisoned, (1.0 - held) * (1.0 - p.ever_imprisoned_start)),
        (Phase::Past, (1.0 - held) * p.ever_imprisoned_start),
        (Phase::Remand, held * (drug * on_remand(true) + other * on_remand(false))),
        (Phase::SentencedDrugOffence, held * drug * (1.0 - on_remand(true))),
        (Phase::SentencedOther, held * other * (1.0 - on_remand(false))),
    ];
    for (phase, part) in phases {
        let b = Behaviour { injecting, oat: Oat::Off, phase, needles: false, naloxone: false, sex };
        let k = place(&b);
        let current = injecting.current();
        let oat = match (current, k) {
            (false, _) => 0.0,
            (true, 0) => p.oat_community,
            (true, k) => p.oat_prison * cells.held.offers[k].oat,
        };
        let needles = if current { cells.needles_reached(&b) } else { 0.0 };
        let mut row = diseases(p, injecting);
        row[NALOXONE] =
            if k > 0 || injecting == Injecting::NotYet { 0.0 } else { p.naloxone_community };
        for (oat, of_oat) in [(Oat::On, oat), (Oat::Off, 1.0 - oat)] {
            for (needles, of_needles) in [(true, needles), (false, 1.0 - needles)] {
                let to = &mut cells.rows[cell(&Behaviour { oat, needles, ..b })];
                let share = people * part * of_oat * of_needles;
                to.iter_mut().zip(&row).for_each(|(to, from)| *to += from * share);
            }
        }
    }
}

/// One person's HIV and hepatitis C. With infection at a constant force and years of injecting exponential with mean m, the years
/// since infection of the infected are exponential with mean m too, so that a stage of hazard h is left with chance h/(h + 1/m).
fn diseases(p: &Parameters, injecting: Injecting) -> Row {
    let mut row = [0.0; LANES];
    if injecting == Injecting::NotYet {
        (row[0], row[HCV_FROM]) = (1.0, 1.0);
        return row;
    }
    let end =
        if p.injecting_years_mean > 0.0 { 1.0 / p.injecting_years_mean } else { f64::INFINITY };
    let left = |hazard: f64| {
        if hazard.is_infinite() {
            1.0
        } else if end.is_infinite() {
            0.0
        } else {
            hazard / (hazard + end)
        }
    };
    row[0] = 1.0 - p.hiv_start;
    let lengths =
        [p.hiv_acute_length, p.hiv_above_500_length, p.hiv_350_500_length, p.hiv_200_350_length];
    let mut reached = p.hiv_start;
    for (index, stage) in Hiv::ALL[1..6].iter().enumerate() {
        // The walk ends below 200.
        let on = lengths.get(index).map_or(0.0, |&length| left(1.0 / length));
        let here = reached * (1.0 - on);
        let (known, art) = (p.hiv_diagnosed_start, p.art_start);
        for (care, part) in [
            (HivCare::Unaware, 1.0 - known),
            (HivCare::Diagnosed, known * (1.0 - art)),
            (HivCare::OnArt, known * art * (1.0 - p.art_suppressed)),
            (HivCare::Suppressed, known * art * p.art_suppressed),
        ] {
            row[hiv_lane(*stage, care)] += here * part;
        }
        reached -= here;
    }
    row[HCV_FROM] = 1.0 - p.hcv_start;
    row[hcv_lane(Hcv::Past, Liver::F0, HcvCare::Unaware)] = p.hcv_start * p.hcv_clears;
    for (with_hiv, part) in [(true, p.hiv_start), (false, 1.0 - p.hiv_start)] {
        let mut reached = p.hcv_start * (1.0 - p.hcv_clears) * part;
        for stage in &Liver::ALL[..5] {
            let on = if *stage == Liver::F4 {
                0.0
            } else {
                left(liver_hazards(p, Hcv::Chronic, *stage, with_hiv)[1])
            };
            let here = reached * (1.0 - on);
            let known = p.hcv_diagnosed_start;
            row[hcv_lane(Hcv::Chronic, *stage, HcvCare::Unaware)] += here * (1.0 - known);
            row[hcv_lane(Hcv::Chronic, *stage, HcvCare::Diagnosed)] += here * known;
            reached -= here;
        }
    }
    row
}

/// People who begin to inject within a step: outside, with what the community gives them.
pub(super) fn newcomers(cells: &mut Cells, people: f64) {
    let p = cells.p.clone();
    for (sex, of_sex) in [(Sex::Man, 1.0 - p.women), (Sex::Woman, p.women)] {
        for (injecting, part) in
            [(Injecting::High, p.high_intensity), (Injecting::Low, 1.0 - p.high_intensity)]
        {
            for (needles, of_needles) in
                [(true, p.needles_community), (false, 1.0 - p.needles_community)]
            {
                let b = Behaviour {
                    injecting,
                    oat: Oat::Off,
                    phase: Phase::NeverImprisoned,
                    needles,
                    naloxone: false,
                    sex,
                };
                let row = &mut cells.rows[cell(&b)];
                let new = people * of_sex * part * of_needles;
                row[0] += new * (1.0 - p.hiv_entry);
                row[hiv_lane(Hiv::Above500, HivCare::Unaware)] += new * p.hiv_entry;
                row[HCV_FROM] += new * (1.0 - p.hcv_entry);
                let (cleared, care) = (p.hcv_entry * p.hcv_clears, HcvCare::Unaware);
                row[hcv_lane(Hcv::Past, Liver::F0, care)] += new * cleared;
                row[hcv_lane(Hcv::Chronic, Liver::F0, care)] += new * (p.hcv_entry - cleared);
                row[NALOXONE] += new * p.naloxone_community;
            }
        }
        for began in beginnings(&p) {
            book(cells, sex, began - cells.time, people * of_sex / BEGINNINGS as f64);
        }
    }
}

const BEGINNINGS: usize = 20;

/// Equally likely ages at which injecting begins.
fn beginnings(p: &Parameters) -> [f64; BEGINNINGS] {
    std::array::from_fn(|i| {
        let z = normal_quantile((i as f64 + 0.5) / BEGINNINGS as f64);
        (p.start_age_mean + p.start_age_sd * z).max(YOUNGEST)
    })
}

fn ages_at_start(cells: &mut Cells, p: &Parameters, people: f64, sex: Sex) {
    const SINCE: usize = 50;
    for began in beginnings(p) {
        for i in 0..SINCE {
            let since = -libm::log((i as f64 + 0.5) / SINCE as f64) * p.injecting_years_mean;
            book(cells, sex, began + since, people / (BEGINNINGS * SINCE) as f64);
        }
    }
}

fn book(cells: &mut Cells, sex: Sex, age_at_start: f64, people: f64) {
    let index = ((age_at_start + LATEST).max(0.0) as usize).min(AGES - 1);
    cells.ages[sex as usize][index] += people;
}
