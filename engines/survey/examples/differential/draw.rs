//! Random designs of the kinds that surveys of prisons have, with all that goes wrong in them: strata of one prison, domains
//! without an answer, weights of zero, shares of 0 and 100 %.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use survey::Chance;

/// The columns of designs.csv. The totals are the population's by group (`ps`, `pt`) and of the measure `x`.
const HEAD: &str = "id,stages,strata,inner_strata,fpc,lonely,in_domains,adjust,replicates,psA,psB,psC,ptA,ptB,people,x";
const LONELY: [&str; 5] = ["fail", "remove", "certainty", "adjust", "average"];
const ADJUST: [&str; 12] = [
    "none",
    "none",
    "post",
    "none",
    "rake",
    "greg",
    "none",
    "rakecal",
    "logitcal",
    "linear_bounds",
    "raking_bounds",
    "together",
];
const REPLICATES: [&str; 7] = ["BRR", "Fay", "bootstrap", "ACS", "JK1", "JKn", "other"];

pub fn designs(folder: &Path, count: usize, seed: u64) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let mut chance = Chance::new(seed);
    let mut specs = format!("{HEAD}\n");
    for index in 0..count {
        let id = format!("d{index:03}");
        let kind = Kind::of(index, &mut chance);
        let (text, totals) = kind.rows(&mut chance);
        fs::write(folder.join(format!("{id}.csv")), text)?;
        let flag = |is: bool| u8::from(is);
        write!(
            specs,
            "{id},{},{},{},{},{},{},{},{}",
            kind.stages,
            flag(kind.strata > 0),
            flag(kind.inner_strata),
            flag(kind.fpc),
            kind.lonely,
            flag(kind.in_domains),
            kind.adjust,
            kind.replicates
        )?;
        for total in totals {
            write!(specs, ",{total}")?;
        }
        specs.push('\n');
    }
    let designs = folder.join("designs.csv");
    // Designs that another hand has put there (those of R's own data) stay, before ours.
    let before = fs::read_to_string(&designs).unwrap_or_default();
    let after: String = specs.lines().skip(1).map(|line| format!("{line}\n")).collect();
    let all = if before.is_empty() { specs } else { before + &after };
    Ok(fs::write(designs, all)?)
}

struct Kind {
    stages: usize,
    /// Zero: none.
    strata: u64,
    inner_strata: bool,
    fpc: bool,
    has_lonely: bool,
    lonely: &'static str,
    in_domains: bool,
    adjust: &'static str,
    replicates: &'static str,
    zero_weights: bool,
    missing: bool,
    /// Weights alike within a primary unit.
    even_weights: bool,
    prevalence: f64,
    /// A group of `g` in which nobody answered, one in which all say yes.
    odd_groups: bool,
}

impl Kind {
    /// Every combination comes up because the periods have no common divisor, not because chance wills it.
    fn of(index: usize, chance: &mut Chance) -> Kind {
        let lonely = LONELY[index % 5];
        let adjust = ADJUST[index / 2 % 12];
        let stages = 1 + index % 3;
        Kind {
            stages,
            strata: if index % 11 < 3 { 0 } else { 1 + chance.below(6) },
            inner_strata: stages > 1 && index % 13 < 4,
            fpc: index.is_multiple_of(2),
            has_lonely: lonely != "fail",
            lonely,
            in_domains: index / 5 % 2 == 1,
            adjust,
            replicates: REPLICATES[index % 7],
            // R divides by the weight where it calibrates and stops at zero; where it post-stratifies it gives people of weight
            // zero their stratum's residual.
            zero_weights: index % 4 == 1 && adjust == "none",
            missing: !index.is_multiple_of(3),
            even_weights: adjust == "together" || index.is_multiple_of(17),
            prevalence: [0.3, 0.02, 0.6, 0.1, 0.97][index / 3 % 5],
            odd_groups: index % 4 >= 2,
        }
    }

    fn rows(&self, chance: &mut Chance) -> (String, [f64; 7]) {
        let mut text = String::from("s1,c1,s2,c2,c3,f1,f2,f3,w,y,z,b,g,h,x,k,ps,pt,q");
        (1..=8).for_each(|k| write!(text, ",r{k}").expect("text"));
        text.push('\n');
        let mut totals = [0.0; 7];
        let (mut row, mut prison) = (0u32, 0u32);
        for stratum in 0..self.strata.max(1) {
            let is_lonely = self.has_lonely && self.strata > 1 && stratum == 1;
            let prisons = if is_lonely { 1 } else { 2 + chance.below(4) };
            let prisons = if self.strata < 2 { prisons + 4 } else { prisons };
            let all_prisons =
                prisons + if chance.below(8) == 0 && !is_lonely { 0 } else { 1 + chance.below(12) };
            for _ in 0..prisons {
                prison += 1;
                let here = normal(chance);
                let weight = 1.0 + 40.0 * chance.share();
                let wings =
                    if self.stages > 2 || self.inner_strata { 2 + chance.below(3) } else { 1 };
                let wings = if self.has_lonely && chance.below(6) == 0 && !self.inner_strata {
                    1
                } else {
                    wings
                };
                let all_wings = wings + chance.below(5);
                let factors: Vec<f64> = (0..8).map(|_| 0.5 + chance.share()).collect();
                for wing in 0..wings {
                    let people = 2 + chance.below(7);
                    let people = if self.has_lonely && chance.below(9) == 0 { 1 } else { people };
                    let all_people = people + chance.below(30);
                    for _ in 0..people {
                        row += 1;
                        let mut w = if self.even_weights {
                            weight
                        } else {
                            weight * (0.5 + chance.share())
                        };
                        if self.zero_weights && chance.below(10) == 0 && !self.even_weights {
                            w = 0.0;
                        }
                        let x = 50.0 + 10.0 * normal(chance) + 3.0 * here;
                        let z = 5.0 + 20.0 * chance.share();
                        let y = 2.0 * z + 0.3 * x + 8.0 * normal(chance) + 2.0 * here;
                        let g = ["a", "a", "b", "c"][chance.below(4) as usize];
                        let logit = (self.prevalence / (1.0 - self.prevalence)).ln()
                            + 0.4 * here
                            + 0.02 * (x - 50.0);
                        let mut b =
                            u8::from(chance.share() < 1.0 / (1.0 + (-logit).exp())).to_string();
                        let mut y = format!("{y:.3}");
                        if self.missing && chance.below(10) == 0 {
                            y.clear();
                        }
                        if self.missing && chance.below(12) == 0 {
                            b.clear();
                        }
                        if self.odd_groups && g == "c" {
                            y.clear();
                            b = "1".into();
                        }
                        let k = poisson(chance, (0.4 + 0.02 * (x - 50.0)).exp());
                        let (ps, pt) = (chance.below(3) as usize, chance.below(2) as usize);
                        let h = chance.below(3);
                        let x = (x * 1000.0).round() / 1000.0;
                        let (s2, c2) = if self.inner_strata { (wing % 2, wing) } else { (0, wing) };
                        // Two at the least in each inner stratum, unless lonely ones are wanted.
                        let s2 = if wings < 4 && !self.has_lonely { 0 } else { s2 };
                        let (c2, f2) = if self.stages == 2 && !self.inner_strata {
                            (u64::from(row), all_people)
                        } else {
                            (c2, all_wings)
                        };
                        write!(
                            text,
                            "{stratum},{prison},{s2},{c2},{row},{all_prisons},{f2},{all_people},{w},{y},{z:.3},{b},{g},{h},{x},{k},{},{},{}",
                            ["A", "B", "C"][ps],
                            ["A", "B"][pt],
                            (z / 5.0).floor()
                        )
                        .expect("text");
                        for factor in &factors {
                            write!(text, ",{}", w * factor).expect("text");
                        }
                        text.push('\n');
                        totals[ps] += w;
                        totals[3 + pt] += w;
                        totals[5] += w;
                        totals[6] += w * x;
                    }
                }
            }
        }
        (text, self.known(totals, chance))
    }

    /// What is known of the population: near to what the sample says, and adding up.
    fn known(&self, sample: [f64; 7], chance: &mut Chance) -> [f64; 7] {
        let mut moved = || 0.9 + 0.2 * chance.share();
        let groups: Vec<f64> =
            sample[..3].iter().map(|people| (people * moved()).round()).collect();
        let people: f64 = groups.iter().sum();
        let first = (people * sample[3] / sample[5] * moved()).round();
        let x = people * sample[6] / sample[5] * (0.99 + 0.02 * chance.share());
        [groups[0], groups[1], groups[2], first, people - first, people, x]
    }
}

/// Box and Muller 1958.
fn normal(chance: &mut Chance) -> f64 {
    let radius = (-2.0 * (1.0 - chance.share()).ln()).sqrt();
    radius * (std::f64::consts::TAU * chance.share()).cos()
}

/// By counting up; means here are small.
fn poisson(chance: &mut Chance, mean: f64) -> u32 {
    let (mut count, mut left) = (0, chance.share());
    let mut term = (-mean).exp();
    while left > term && count < 1000 {
        left -= term;
        count += 1;
        term *= mean / f64::from(count);
    }
    count
}
