//! The plain twin: the same world as a slow, obvious, time-stepped loop, written from the parameters' meanings and not from the engine.
//! As its step shrinks, its means must come to the engine's.

use epidemic::{Flow, Parameters, Prison, Span, Stock};

use crate::worlds::{at_end, run, time, total};

#[derive(Clone, Copy, PartialEq)]
enum Injects {
    Low,
    High,
    Former,
}

#[derive(Clone)]
struct Somebody {
    age: f64,
    woman: bool,
    injects: Injects,
    held: bool,
    sentenced: bool,
    drug_offence: bool,
    ever_held: bool,
    since_release: f64,
    on_oat: bool,
    since_oat_change: f64,
    needles: bool,
    naloxone: bool,
    /// 0 free, 1 acute, 2–5 by CD4, 6 AIDS.
    hiv: usize,
    /// 0 unaware, 1 diagnosed, 2 on ART, 3 suppressed.
    hiv_care: usize,
    /// 0 never, 1 acute, 2 chronic, 3 past.
    hcv: usize,
    /// 0–4 fibrosis, 5 decompensated, 6 cancer.
    liver: usize,
    /// 0 unaware, 1 diagnosed, 2 on DAA.
    hcv_care: usize,
}

/// SplitMix64 (Steele, Lea & Flood 2014): another generator than the engine's, on purpose.
struct Dice(u64);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn yes(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Does something of this hazard happen within a step?
    fn rings(&mut self, hazard: f64, step: f64) -> bool {
        hazard > 0.0 && self.unit() < 1.0 - (-hazard * step).exp()
    }
}

#[derive(Default, Debug)]
struct Totals {
    hiv: f64,
    hcv: f64,
    overdose: f64,
    overdose_4_weeks: f64,
    aids: f64,
    liver: f64,
    imprisonments: f64,
    cured: f64,
    oat_years: f64,
    held_at_end: f64,
    hiv_at_end: f64,
    viraemic_at_end: f64,
    alive_at_end: f64,
}

impl Totals {
    fn list(&self) -> [(&'static str, f64); 13] {
        [
            ("HIV infections", self.hiv),
            ("HCV infections", self.hcv),
            ("overdose deaths", self.overdose),
            ("overdose deaths in 4 weeks", self.overdose_4_weeks),
            ("AIDS deaths", self.aids),
            ("liver deaths", self.liver),
            ("imprisonments", self.imprisonments),
            ("cured", self.cured),
            ("person-years on OAT", self.oat_years),
            ("held at the end", self.held_at_end),
            ("HIV at the end", self.hiv_at_end),
            ("viraemic at the end", self.viraemic_at_end),
            ("alive at the end", self.alive_at_end),
        ]
    }
}

const WEEK: f64 = 7.0 / 365.25;

fn per_year(length: f64) -> f64 {
    if length > 0.0 { 1.0 / length } else { 0.0 }
}

fn somebody(p: &Parameters, dice: &mut Dice, at_start: bool) -> Somebody {
    let hiv = at_start && dice.yes(p.hiv_start);
    let antibody = at_start && dice.yes(p.hcv_start);
    let cleared = dice.yes(p.hcv_clears);
    Somebody {
        age: p.start_age_mean,
        woman: dice.yes(p.women),
        injects: if dice.yes(p.high_intensity) { Injects::High } else { Injects::Low },
        held: false,
        sentenced: false,
        drug_offence: false,
        ever_held: false,
        since_release: 99.0,
        on_oat: at_start && dice.yes(p.oat_community),
        since_oat_change: 99.0,
        needles: dice.yes(p.needles_community),
        naloxone: false,
        hiv: hiv as usize,
        hiv_care: 0,
        hcv: if antibody { if cleared { 3 } else { 2 } } else { 0 },
        liver: 0,
        hcv_care: 0,
    }
}

impl Somebody {
    fn current(&self) -> bool {
        self.injects != Injects::Former
    }

    /// Sharing a year, for HIV and HCV.
    fn shares(&self, p: &Parameters) -> [f64; 2] {
        let base = match self.injects {
            Injects::Low => p.shares_low,
            Injects::High => p.shares_high,
            Injects::Former => return [0.0; 2],
        } * if self.held { p.shares_prison } else { 1.0 };
        let (recent, past) = (
            !self.held && self.ever_held && self.since_release < 0.5,
            !self.held && self.ever_held && self.since_release >= 0.5,
        );
        let effects = [
            [p.oat_effect_hiv, p.needles_effect_hiv, p.recent_release_hiv, p.past_release_hiv],
            [p.oat_effect_hcv, p.needles_effect_hcv, p.recent_release_hcv, p.past_release_hcv],
        ];
        effects.map(|[oat, needles, at_release, later]| {
            base * if self.on_oat { oat } else { 1.0 }
                * if self.needles { needles } else { 1.0 }
                * if recent { at_release } else { 1.0 }
                * if past { later } else { 1.0 }
        })
    }

    /// Infectiousness for HIV (chronic 1) and HCV (viraemic 1).
    fn infectious(&self, p: &Parameters) -> [f64; 2] {
        let hiv = match (self.hiv, self.hiv_care) {
            (0, _) => 0.0,
            (_, 3) => p.hiv_suppressed_infectivity,
            (1, _) => p.hiv_acute_infectivity,
            _ => 1.0,
        };
        [hiv, if matches!(self.hcv, 1 | 2) && self.hcv_care != 2 { 1.0 } else { 0.0 }]
    }

    fn overdose_hazard(&self, p: &Parameters) -> f64 {
        let early = self.since_oat_change < 4.0 * WEEK;
        p.overdose_rate
            * p.overdose_fatal
            * if self.naloxone { p.naloxone_effect } else { 1.0 }
            * match self.injects {
                Injects::Low => 1.0,
                Injects::High => p.overdose_high_intensity,
                Injects::Former => p.overdose_former,
            }
            * if self.held {
                p.overdose_prison
            } else if self.ever_held && self.since_release < 2.0 * WEEK {
                p.overdose_weeks_1_2
            } else if self.ever_held && self.since_release < 4.0 * WEEK {
                p.overdose_weeks_3_4
            } else {
                1.0
            }
            * match (self.on_oat, early) {
                (true, true) => p.overdose_on_oat * p.overdose_oat_first_weeks,
                (true, false) => p.overdose_on_oat,
                (false, true) => p.overdose_oat_after,
                (false, false) => 1.0,
            }
    }

    fn through_the_gate(&mut self, dice: &mut Dice, oat: f64, art: f64, daa: f64, needles: f64) {
        if self.on_oat && !dice.yes(oat) {
            self.on_oat = false;
            self.since_oat_change = 0.0;
        }
        if self.hiv_care >= 2 && !dice.yes(art) {
            self.hiv_care = 1;
        }
        if self.hcv_care == 2 && !dice.yes(daa) {
            self.hcv_care = 1;
        }
        self.needles = dice.yes(needles) && self.current();
    }
}

fn twin(p: &Parameters, years: f64, steps_per_year: usize, seed: u64) -> Totals {
    let mut dice = Dice(seed);
    let step = 1.0 / steps_per_year as f64;
    let mut people: Vec<Somebody> =
        (0..p.people_current as usize).map(|_| somebody(p, &mut dice, true)).collect();
    let mut t = Totals::default();
    for _ in 0..(years * steps_per_year as f64) as usize {
        // Forces: by place, and outside also by intensity.
        let mut sums = [[[0.0; 2]; 2]; 3];
        for s in &people {
            let group = if s.held { 2 } else { (s.injects == Injects::High) as usize };
            let (shares, infectious) = (s.shares(p), s.infectious(p));
            for d in 0..2 {
                sums[group][d][0] += shares[d];
                sums[group][d][1] += shares[d] * infectious[d];
            }
        }
        let share = |pair: [f64; 2]| if pair[0] > 0.0 { pair[1] / pair[0] } else { 0.0 };
        let force = |group: usize, d: usize| {
            if group == 2 {
                return share(sums[2][d]);
            }
            let both = [sums[0][d][0] + sums[1][d][0], sums[0][d][1] + sums[1][d][1]];
            p.like_with_like * share(sums[group][d]) + (1.0 - p.like_with_like) * share(both)
        };
        let mut staying = Vec::with_capacity(people.len());
        for mut s in people {
            if lives_on(&mut s, p, step, &force, &mut dice, &mut t) {
                staying.push(s);
            }
        }
        people = staying;
        let expected = p.new_people * step;
        let newcomers = expected as usize + dice.yes(expected.fract()) as usize;
        people.extend((0..newcomers).map(|_| somebody(p, &mut dice, false)));
    }
    t.alive_at_end = people.len() as f64;
    t.held_at_end = people.iter().filter(|s| s.held).count() as f64;
    t.hiv_at_end = people.iter().filter(|s| s.hiv > 0).count() as f64;
    t.viraemic_at_end = people.iter().filter(|s| matches!(s.hcv, 1 | 2)).count() as f64;
    t
}

/// One step of one life; false when it ends. What is so at the step's beginning decides on all of it.
fn lives_on(
    s: &mut Somebody,
    p: &Parameters,
    step: f64,
    force: &impl Fn(usize, usize) -> f64,
    dice: &mut Dice,
    t: &mut Totals,
) -> bool {
    let was = s.clone();
    t.oat_years += if was.on_oat { step } else { 0.0 };
    let at_40 = if was.woman { p.death_at_40_women } else { p.death_at_40_men };
    if dice.rings(at_40 * (p.death_growth * (was.age - 40.0)).exp(), step) {
        return false;
    }
    if dice.rings(was.overdose_hazard(p), step) {
        t.overdose += 1.0;
        if !was.held && was.ever_held && was.since_release < 4.0 * WEEK {
            t.overdose_4_weeks += 1.0;
        }
        return false;
    }
    let other = p.other_death_rate
        * if was.current() { 1.0 } else { p.other_death_former }
        * if was.on_oat { p.other_death_on_oat } else { 1.0 }
        * if was.held { p.other_death_prison } else { 1.0 };
    if dice.rings(other, step) {
        return false;
    }
    // Infection.
    let group = if was.held { 2 } else { (was.injects == Injects::High) as usize };
    let shares = was.shares(p);
    if was.hiv == 0 && dice.rings(shares[0] * p.hiv_per_share * force(group, 0), step) {
        (s.hiv, s.hiv_care) = (1, 0);
        t.hiv += 1.0;
    }
    if !matches!(was.hcv, 1 | 2) && dice.rings(shares[1] * p.hcv_per_share * force(group, 1), step)
    {
        (s.hcv, s.hcv_care) = (1, 0);
        t.hcv += 1.0;
    }
    // HIV: stages and care.
    if was.hiv > 0 {
        let lengths = [
            p.hiv_acute_length,
            p.hiv_above_500_length,
            p.hiv_350_500_length,
            p.hiv_200_350_length,
            p.hiv_below_200_length,
            p.aids_length,
        ];
        let slowed = if was.hiv_care == 3 { p.hiv_progress_suppressed } else { 1.0 };
        if dice.rings(per_year(lengths[was.hiv - 1]) * slowed, step) {
            if was.hiv == 6 {
                t.aids += 1.0;
                return false;
            }
            s.hiv += 1;
        }
        let hazard = match (was.hiv_care, was.held) {
            (0, false) => p.hiv_test_rate,
            (0, true) => p.hiv_test_rate_prison,
            (1, false) => p.art_start_rate,
            (1, true) => p.art_start_rate_prison,
            _ => p.art_loss_rate,
        };
        if dice.rings(hazard, step) {
            s.hiv_care = match was.hiv_care {
                0 => 1,
                1 => 2 + dice.yes(p.art_suppressed) as usize,
                _ => 1,
            };
        }
    }
    // Hepatitis C: the liver and care.
    if was.hcv == 1 && dice.rings(per_year(p.hcv_acute_length), step) {
        s.hcv = if dice.yes(p.hcv_clears) { 3 } else { 2 };
        s.hcv_care = if s.hcv == 3 { 0 } else { s.hcv_care };
    }
    let scars = [p.liver_0_1, p.liver_1_2, p.liver_2_3, p.liver_3_4];
    let late = if matches!(was.hcv, 1 | 2) { 1.0 } else { p.liver_after_cure };
    let ever = was.hcv != 0;
    let fibrosis = if was.hiv > 0 { p.liver_with_hiv } else { 1.0 };
    if was.liver < 4 && was.hcv == 2 && dice.rings(scars[was.liver] * fibrosis, step) {
        s.liver += 1;
    }
    if ever && was.liver == 4 && dice.rings(p.liver_decompensates * late, step) {
        s.liver = 5;
    }
    if ever && matches!(was.liver, 4 | 5) && dice.rings(p.liver_cancer * late, step) {
        s.liver = 6;
    }
    let dying = [p.liver_death_decompensated, p.liver_death_cancer];
    if was.liver >= 5 && dice.rings(dying[was.liver - 5], step) {
        t.liver += 1.0;
        return false;
    }
    if matches!(was.hcv, 1 | 2) {
        let hazard = match (was.hcv_care, was.held) {
            (0, false) => p.hcv_test_rate,
            (0, true) => p.hcv_test_rate_prison,
            (1, _) if was.hcv == 1 => 0.0,
            (1, false) => p.daa_start_rate,
            (1, true) => p.daa_start_rate_prison,
            _ => per_year(p.daa_length),
        };
        if dice.rings(hazard, step) && s.hcv == was.hcv {
            match was.hcv_care {
                2 if dice.yes(p.daa_cures) => {
                    (s.hcv, s.hcv_care) = (3, 0);
                    t.cured += 1.0;
                }
                2 => s.hcv_care = 1,
                care => s.hcv_care = care + 1,
            }
        }
    }
    // Injecting and services.
    let on_oat = was.on_oat;
    let stop = p.stop_rate * if on_oat { p.stop_on_oat } else { 1.0 };
    let half_year = !was.held && was.ever_held && was.since_release < 0.5;
    let relapse = p.relapse_rate * if half_year { p.relapse_after_release } else { 1.0 };
    match was.injects {
        Injects::Former if dice.rings(relapse, step) => {
            s.injects = if dice.yes(p.high_intensity) { Injects::High } else { Injects::Low };
        }
        Injects::Former => {}
        _ if dice.rings(stop, step) => s.injects = Injects::Former,
        Injects::Low if dice.rings(p.intensify_rate, step) => s.injects = Injects::High,
        Injects::High if dice.rings(p.ease_rate, step) => s.injects = Injects::Low,
        _ => {}
    }
    let sentence = p.drug_offences * p.sentence_drug + (1.0 - p.drug_offences) * p.sentence_other;
    let leave = p.oat_leave_rate * if was.held { p.oat_leave_prison } else { 1.0 };
    let (coverage, turnover) = if was.held {
        (p.oat_prison, leave + per_year(p.remand_length + p.sentenced * sentence))
    } else {
        (p.oat_community, leave)
    };
    let join = if was.current() { turnover * coverage / (1.0 - coverage) } else { 0.0 };
    s.since_oat_change += step;
    if dice.rings(if on_oat { leave } else { join }, step) {
        s.on_oat = !on_oat;
        s.since_oat_change = 0.0;
    }
    let reach = if was.held { p.needles_prison } else { p.needles_community };
    let reached = if was.current() { p.needles_leave_rate * reach / (1.0 - reach) } else { 0.0 };
    if dice.rings(if was.needles { p.needles_leave_rate } else { reached }, step) {
        s.needles = !was.needles;
    }
    // Justice.
    s.since_release += step;
    s.age += step;
    if was.held {
        let length = match (was.sentenced, was.drug_offence) {
            (false, _) => p.remand_length,
            (true, true) => p.sentence_drug,
            (true, false) => p.sentence_other,
        };
        if dice.rings(per_year(length), step) {
            if !was.sentenced && dice.yes(p.sentenced) {
                s.sentenced = true;
            } else {
                (s.held, s.since_release) = (false, 0.0);
                s.naloxone = dice.yes(p.naloxone_at_release);
                let (oat, art) = (p.oat_kept_at_release, p.art_kept_at_release);
                s.through_the_gate(dice, oat, art, p.daa_kept_at_gate, p.needles_community);
            }
        }
        return true;
    }
    let arrest = p.arrest_rate
        * if was.woman { p.arrest_women } else { 1.0 }
        * if was.ever_held { p.arrest_again } else { 1.0 }
        * if was.current() { 1.0 } else { p.arrest_not_injecting }
        * if on_oat { p.arrest_on_oat } else { 1.0 };
    if dice.rings(arrest, step) {
        s.drug_offence = dice.yes(p.drug_offences);
        (s.held, s.sentenced, s.ever_held, s.naloxone) = (true, false, true, false);
        let (oat, art) = (p.oat_kept_at_arrest, p.art_kept_at_arrest);
        s.through_the_gate(dice, oat, art, p.daa_kept_at_gate, p.needles_prison);
        t.imprisonments += 1.0;
    }
    true
}

/// A world in which everything happens often, so that small samples show it.
fn eventful() -> Parameters {
    let moldova = crate::moldova::moldova().central();
    Parameters {
        people_current: 4_000.0,
        people_former: 0.0,
        new_people: 270.0,
        start_age_sd: 0.0,
        injecting_years_mean: 0.0,
        in_prison_start: 0.0,
        ever_imprisoned_start: 0.0,
        hiv_diagnosed_start: 0.0,
        hcv_diagnosed_start: 0.0,
        naloxone_community: 0.0,
        naloxone_at_release: 0.5,
        psychosocial_prison: 0.0,
        hiv_sex_rate: 0.0,
        diverted_at_arrest: 0.0,
        diverted_at_sentence: 0.0,
        arrest_rate: 0.15,
        oat_community: 0.2,
        oat_prison: 0.3,
        overdose_fatal: 0.06,
        hcv_test_rate: 0.4,
        hcv_test_rate_prison: 0.8,
        daa_start_rate: 0.5,
        daa_start_rate_prison: 0.5,
        liver_0_1: 0.8,
        liver_1_2: 0.8,
        liver_2_3: 0.8,
        liver_3_4: 0.8,
        liver_decompensates: 0.3,
        liver_cancer: 0.1,
        ..moldova
    }
}

#[test]
fn the_engine_and_its_plain_twin_agree_as_the_step_shrinks() {
    let (furthest, nearer) = compare(5, 104);
    assert!(furthest < 4.0, "{furthest} standard errors");
    assert!(nearer, "a finer step comes nearer");
}

/// The figure that certificates carry ([`epidemic::certificate::Twin::STORED`]): sixty runs, some CPU-minutes.
#[test]
#[ignore = "some CPU-minutes; prints the figure that certificates carry"]
fn the_stored_figure_is_this_one() {
    let stored = epidemic::certificate::Twin::STORED;
    let (furthest, _) = compare(stored.runs as u64, stored.steps_per_year);
    eprintln!("furthest of {} quantities: {furthest:.2} standard errors", stored.quantities);
    assert!((furthest - stored.furthest).abs() < 0.05, "store {furthest:.2}");
    assert!(furthest < stored.by_chance, "more than chance");
}

/// The largest distance of a mean in standard errors at so many steps a year, and whether they are nearer than quarters of a year.
fn compare(runs: u64, steps: usize) -> (f64, bool) {
    let p = eventful();
    let years = 8.0;
    let engine: Vec<[f64; 13]> = (0..runs)
        .map(|seed| {
            let world = run(&p, &[Prison::only(1.0)], 50 + seed, years);
            [
                total(&world, Flow::HivInfection),
                total(&world, Flow::HcvInfection),
                total(&world, Flow::DeathOverdose),
                total(&world, Flow::DeathOverdoseReleased),
                total(&world, Flow::DeathAids),
                total(&world, Flow::DeathLiver),
                total(&world, Flow::Arrested),
                total(&world, Flow::HcvCured),
                time(&world, Span::Oat),
                world.years()[7][1].stock(Stock::All),
                at_end(&world, Stock::Hiv),
                at_end(&world, Stock::Viraemic),
                at_end(&world, Stock::All),
            ]
        })
        .collect();
    // With five runs the bias of half weeks is below the noise; with sixty it is not, and days are needed.
    let coarse: Vec<_> = (0..runs).map(|s| twin(&p, years, 4, 900 + s).list()).collect();
    let fine: Vec<_> = (0..runs).map(|s| twin(&p, years, steps, 500 + s).list()).collect();
    let (mut apart, mut furthest) = ([0.0; 2], 0.0_f64);
    for quantity in 0..13 {
        let of = |values: Vec<f64>| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
            (mean, squares / (values.len() - 1) as f64)
        };
        let (ours, variance) = of(engine.iter().map(|e| e[quantity]).collect());
        let (theirs, other) = of(fine.iter().map(|l| l[quantity].1).collect());
        let (rough, _) = of(coarse.iter().map(|l| l[quantity].1).collect());
        let name = fine[0][quantity].0;
        // Few runs tell a standard error badly; a count's own is a floor.
        let error = ((variance + other).max(ours) / runs as f64).sqrt();
        eprintln!(
            "{name}: engine {ours:.1}, twin {theirs:.1} at {steps} steps a year, {rough:.1} at quarters; error {error:.1}"
        );
        furthest = furthest.max((ours - theirs).abs() / error);
        apart[0] += ((ours - theirs) / error).powi(2);
        apart[1] += ((ours - rough) / error).powi(2);
    }
    (furthest, apart[0] < apart[1])
}
