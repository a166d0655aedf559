//! Interviews that nobody gave: a survey of 60 prisons in eight countries made from published figures, so that every page can be
//! shown without a single real answer. The same seed gives the same file; everything made of it is marked as synthetic.
//!
//! From `data/statistics/margins.csv`, each row with its source: people held and women among them, HIV in prison by country; injecting in
//! prison and hepatitis C antibodies for the region. Invented, since nothing is published: in each country 12 prisons for men, of which
//! 5 or 6 are drawn, and 3 for women, of which 2 are; prisons that differ by 0.35 on the logit scale; people who have injected carry hepatitis C
//! 6 times and HIV 8 times as often; women inject 0.7 times as often; 4 % of answers are missing. Invented too is what changes between the
//! two rounds, 2023 and 2026: other prisons are drawn, injecting falls by a quarter, hepatitis C antibodies by a fifth, HIV not at all,
//! and treatment of those who have injected rises from 22 to 34 %.

use std::collections::BTreeMap;
use std::fmt::Write;

use survey::Chance;
use survey::distribution::normal_quantile;

/// The seed of the first round that ships.
pub const SEED: u64 = 20_260_101;

/// One time that the survey was held.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    pub period: &'static str,
    pub seed: u64,
    /// Beside the published shares.
    injecting: f64,
    hcv: f64,
    /// Of those who have injected, the share on opioid agonist treatment.
    treated: f64,
    /// By how many prisons the drawing is moved on in each stratum.
    moved_on: u32,
}

/// The rounds that ship, the earlier first.
pub const ROUNDS: [Round; 2] = [
    Round { period: "2023", seed: SEED, injecting: 1.0, hcv: 1.0, treated: 0.22, moved_on: 0 },
    Round {
        period: "2026",
        seed: 20_260_102,
        injecting: 0.75,
        hcv: 0.8,
        treated: 0.34,
        moved_on: 5,
    },
];

/// The codebook of the data.
pub const CODEBOOK: &str = include_str!("../../../data/statistics/codebook.csv");
/// How the synthetic sample is drawn.
pub const DESIGN: &str = include_str!("../../../data/statistics/design.toml");
const MARGINS: &str = include_str!("../../../data/statistics/margins.csv");

const MEN_PRISONS: u32 = 12;
const WOMEN_PRISONS: u32 = 3;
/// Standard deviation between prisons on the logit scale.
const BETWEEN_PRISONS: f64 = 0.35;
/// How much more often hepatitis C, and HIV, are found in people who have injected.
const HCV_RATIO: f64 = 6.0;
const HIV_RATIO: f64 = 8.0;
const WOMEN_INJECT: f64 = 0.7;
const MISSING: f64 = 0.04;
/// Of those who ever injected, the share who did so in prison; chosen with [`EVER_OVER_INSIDE`] to keep the published share.
const EVER_OVER_INSIDE: f64 = 1.6;

/// Writes the interviews of the first round as CSV: about 4,000 rows.
pub fn interviews(seed: u64) -> String {
    interviews_of(&Round { seed, ..ROUNDS[0] })
}

/// Writes the interviews of a round as CSV.
pub fn interviews_of(round: &Round) -> String {
    let margins = margins();
    let of = |place: &str, indicator: &str, group: &str| {
        margins.get(&(place.into(), indicator.into(), group.into())).copied()
    };
    let share = |indicator: &str| of("region", indicator, "total").unwrap_or(0.0) / 100.0;
    let inside = share("injecting_in_prison") * round.injecting;
    let hcv = share("hcv_prevalence_prison") * round.hcv;
    let mut places: Vec<&String> = margins.keys().map(|(place, ..)| place).collect();
    places.retain(|place| *place != "region");
    places.dedup();
    let mut out = String::from(
        "interview,country,stratum,prison,prisons_in_stratum,sex,age,weight,injected_ever,injected_in_prison,hcv,hiv,on_treatment,nights_unsafe\n",
    );
    let mut chance = Chance::new(round.seed);
    let mut number = 0;
    for (at, place) in places.iter().enumerate() {
        let held = of(place, "persons_held", "total").unwrap_or(0.0);
        let women = of(place, "persons_held", "female").unwrap_or(0.0);
        let hiv = of(place, "hiv_prevalence_prison", "total").unwrap_or(0.0) / 100.0;
        for (sex, people, prisons, drawn) in
            [("1", held - women, MEN_PRISONS, 5 + at as u32 % 2), ("2", women, WOMEN_PRISONS, 2)]
        {
            let wanted = if sex == "1" { 80.0 } else { 30.0 };
            let stratum = format!("{place}-{}", if sex == "1" { "men" } else { "women" });
            for at in 0..drawn {
                let prison = (at + round.moved_on) % prisons + 1;
                let share = people / f64::from(drawn);
                // Small prisons are asked in full; elsewhere the number reached varies by a quarter.
                let asked = (wanted * (0.8 + 0.5 * chance.share())).min(share * 0.8).round();
                let weight = share / asked;
                let shift = BETWEEN_PRISONS * normal(&mut chance);
                for _ in 0..asked as usize {
                    number += 1;
                    let age = 18 + chance.below(25) + chance.below(22);
                    let injecting = if sex == "2" { WOMEN_INJECT } else { 1.0 };
                    let p_ever = shifted(inside * EVER_OVER_INSIDE * injecting, shift);
                    let ever = chance.share() < p_ever;
                    let in_prison = ever && chance.share() < 1.0 / EVER_OVER_INSIDE;
                    let share_ever = inside * EVER_OVER_INSIDE;
                    let has_hcv =
                        chance.share() < shifted(among(hcv, share_ever, HCV_RATIO, ever), shift);
                    let has_hiv =
                        chance.share() < shifted(among(hiv, share_ever, HIV_RATIO, ever), shift);
                    let treated = ever && chance.share() < round.treated;
                    let unsafe_nights = chance.below(7) + chance.below(7);
                    let mut answer = |is: bool| match (chance.share() < MISSING, is) {
                        (true, _) => "9",
                        (_, true) => "1",
                        (_, false) => "0",
                    };
                    let (a, b, c, d, e) = (
                        answer(ever),
                        answer(in_prison),
                        answer(has_hcv),
                        answer(has_hiv),
                        answer(treated),
                    );
                    let _ = writeln!(
                        out,
                        "{number},{place},{stratum},{stratum}-{prison:02},{prisons},{sex},{age},{weight:.4},{a},{b},{c},{d},{e},{unsafe_nights}"
                    );
                }
            }
        }
    }
    out
}

/// A published share kept, though those who have injected carry it `ratio` times as often as the others.
fn among(share: f64, injected: f64, ratio: f64, has_injected: bool) -> f64 {
    let others = share / (1.0 - injected + ratio * injected);
    if has_injected { (others * ratio).min(0.95) } else { others }
}

fn shifted(share: f64, by: f64) -> f64 {
    if share <= 0.0 {
        return 0.0;
    }
    let odds = share / (1.0 - share) * by.exp();
    odds / (1.0 + odds)
}

fn normal(chance: &mut Chance) -> f64 {
    normal_quantile(chance.share().clamp(1e-9, 1.0 - 1e-9))
}

type Margins = BTreeMap<(String, String, String), f64>;

fn margins() -> Margins {
    let mut lines = csv::Reader::from_reader(MARGINS.as_bytes());
    let row = |record: csv::StringRecord| {
        let text = |at: usize| record.get(at).unwrap_or_default().to_owned();
        Some(((text(0), text(2), text(3)), text(4).parse().ok()?))
    };
    lines.records().filter_map(|record| row(record.ok()?)).collect()
}
