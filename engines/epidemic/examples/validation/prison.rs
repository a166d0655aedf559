//! Prison itself: what it costs, who dies after it, and who is in it.

use epidemic::ensemble::Interval;
use epidemic::{Flow, Measure, Parameters, Prison, Seed, Span, World, YearTally};

use crate::page::{Finding, Source, Verdict};
use crate::tools::{AS_IT_IS, Runs, flow, less, over, setting, span};

/// What prison and care cost over twenty years, discounted by 3 % a year: (prison, care).
fn costs(years: &[Vec<YearTally>], p: &Parameters) -> (f64, f64) {
    let (mut prison, mut care) = (0.0, 0.0);
    for (at, year) in years.iter().enumerate() {
        let worth = 1.03_f64.powi(-(at as i32));
        let inside = |span: Span| year[1..].iter().map(|t| t.span(span)).sum::<f64>();
        let all = |span: Span| year.iter().map(|t| t.span(span)).sum::<f64>();
        prison += worth * inside(Span::All) * p.cost_prison;
        care += worth
            * (inside(Span::Oat) * p.cost_oat_prison
                + year[0].span(Span::Oat) * p.cost_oat
                + all(Span::Art) * p.cost_art);
    }
    (prison, care)
}

pub fn ward(draws: usize) -> Source {
    // Two large countries, followed whole: what is read is a mean over many people, and few draws tell its range.
    let draws = draws.min(12);
    let mut findings = Vec::new();
    let places = [
        (
            "BLR",
            "share of the cost that is imprisonment, Belarus, %",
            "saved by decriminalisation by 2040, Belarus, % of the cost",
            "17.0 (EUR 431 of 2,535 million)",
            17.0,
        ),
        (
            "KAZ",
            "share of the cost that is imprisonment, Kazakhstan, %",
            "saved by decriminalisation by 2040, Kazakhstan, % of the cost",
            "18.7 (EUR 773 of 4,129 million)",
            18.7,
        ),
    ];
    for (code, share, saved, published, figure) in places {
        let country = setting(code);
        let start = None;
        let runs =
            Runs { country: &country, draws, before: 2, years: 20, prepare: &AS_IT_IS, start };
        let fewer = |p: &mut Parameters| p.arrest_rate *= 1.0 - 0.248;
        let arms = runs.arms(&[&fewer]);
        let of = |draw: usize, arm: usize| {
            costs(&arms[draw][arm], &country.draw(Seed(2024), draw as u32))
        };
        let part = over((0..draws).map(|draw| {
            let (prison, care) = of(draw, 0);
            100.0 * prison / (prison + care)
        }));
        let less = over((0..draws).map(|draw| {
            let (before, after) = (of(draw, 0), of(draw, 1));
            less(before.0 + before.1, after.0 + after.1)
        }));
        findings.push(Finding::held(
            share,
            "74.8–95.8 (four places)",
            (74.8, 95.8),
            part,
            1,
            PRICES,
        ));
        findings.push(Finding::point(saved, published, figure, less, 1, SAVED));
    }
    findings.push(Finding::without(
        Verdict::Input,
        "decriminalisation lowers imprisonment of people who inject",
        "24.8 % (46.4 % in St Petersburg)",
        "Put in as 24.8 % fewer arrests.",
    ));
    findings.push(Finding::without(
        Verdict::NotTried,
        "savings by 2040 in money",
        "EUR 38–773 million",
        "Prices of the four places are not at hand; the share of the cost that is saved, above, does not need their level.",
    ));
    Source {
        name: "Ward et al. 2022",
        address: "Lancet HIV, 10.1016/S2352-3018(21)00274-5. A model of decriminalisation in Belarus, Kazakhstan, Kyrgyzstan and St Petersburg.",
        went_in: "In: the countries' own files, not fitted; 24.8 % fewer arrests; prices assumed; imprisonment, OAT and HIV treatment counted, 3 % a year discounted, as in the publication. At most 12 draws.",
        findings,
    }
}

const PRICES: &str = "Prices are assumed (a year in prison 4,500 USD), so this tests their proportion and how many are inside. The publication has three in ten \
    people who inject in prison at a time in both countries (34.6 and 30.0 %); the files, from the share of people held who inject, have fewer.";

const SAVED: &str = "Nearly the row above times 24.8 %; less, because those who are inside at the start serve their sentences while the \
    first years weigh most, and because people who stay outside cost something in care.";

/// Many imprisonments, so that the four weeks after release are many person-years.
pub fn release(draws: usize) -> Source {
    let country = setting("MDA");
    let deaths = |draw: u32, kept: bool| {
        let p = Parameters {
            people_current: 12_000.0,
            people_former: 0.0,
            new_people: 0.0,
            arrest_rate: 0.4,
            arrest_again: 1.0,
            remand_length: 0.2,
            sentenced: 0.5,
            sentence_drug: 0.5,
            sentence_other: 0.5,
            // Infections are rare or slow beside overdose where the registers are.
            hiv_start: 0.01,
            hiv_per_share: 0.0,
            hiv_sex_rate: 0.0,
            oat_community: 0.0,
            oat_prison: if kept { 0.9 } else { 0.0 },
            oat_kept_at_release: if kept { 1.0 } else { 0.0 },
            ..country.draw(Seed(2024), draw)
        };
        let mut world = World::new(&p, &[Prison::only(1.0)], Seed(u64::from(draw)), 8.0);
        world.run_until(8.0);
        let years = world.years();
        let time = span(years, Span::JustReleased);
        (flow(years, Flow::DeathReleased) / time, span(years, Span::JustReleasedOat) / time)
    };
    let runs: Vec<(f64, f64)> = (0..draws as u32)
        .map(|draw| {
            let ((off, _), (mixed, on)) = (deaths(draw, false), deaths(draw, true));
            // With a share m on OAT, (1 − m)·off + m·treated = mixed.
            (off, (mixed - (1.0 - on) * off) / on / off)
        })
        .collect();
    let off: Interval = over(runs.iter().map(|r| 1_000.0 * r.0));
    let ratio = over(runs.iter().map(|r| r.1));
    Source {
        name: "Marsden 2017, Degenhardt 2014 (deaths after release)",
        address: "10.1111/add.13779 (England); Drug Alcohol Depend (New South Wales). Registers of people released, on and off OAT: measured.",
        went_in: "In: overdose on and off methadone (Sordo 2017), the peak after release (Merrall 2010), overdose and its deaths of all who inject (Colledge 2019, Mathers 2013). Nothing of these two studies.",
        findings: vec![
            Finding::held(
                "deaths in the first four weeks, on OAT against off",
                "0.25 (0.10–0.64); 0.25 (0.12–0.53)",
                (0.12, 0.53),
                ratio,
                2,
                "Held to the narrower of the two intervals. Deaths of all causes. HIV is set to 1 %, as it is rare where the registers are; with Moldova's own 14 % \
             the ratio is 0.56 (0.44 to 0.73 over six draws), since AIDS takes no notice of methadone. The model stays nearer to one than the studies: overdose falls to \
             a fifth on treatment (Sordo 2017), other deaths to a half (Santo 2021), deaths of age not at all.",
            ),
            Finding::point(
                "deaths off OAT in the first four weeks, per 1,000 person-years",
                "36.7 (England and New South Wales alike)",
                36.7,
                off,
                1,
                "People who inject here, people with opioid dependence there; in the model everybody released injects, which is more risk than a register's average.",
            ),
        ],
    }
}

pub fn held(draws: usize) -> Source {
    let mut findings = Vec::new();
    let prevalence = |name: &str, measure: Measure, year: usize| {
        let country = setting(name);
        let runs = Runs {
            country: &country,
            draws,
            before: 1,
            years: year + 1,
            prepare: &AS_IT_IS,
            start: None,
        };
        let arms = runs.arms(&[]);
        over((0..draws).map(|draw| {
            let p = country.draw(Seed(2024), draw as u32);
            100.0 * measure.read(&arms[draw][0][year], &p)
        }))
    };
    findings.push(Finding::held(
        "hepatitis C antibodies among all people held, eastern Europe and central Asia (Dolan 2016), %",
        "20.2 (11.8–30.1)",
        (11.8, 30.1),
        prevalence("MDA", Measure::AntibodyAmongHeld, 2),
        1,
        "Moldova's file: the share of people held who inject (Moazen 2018), their antibodies, and 4 % of the others (assumed). Nothing of Dolan 2016.",
    ));
    findings.push(Finding::point(
        "HIV among all people held, worldwide (Dolan 2016), %",
        "3.8",
        3.8,
        prevalence("MDA", Measure::HivAmongHeld, 2),
        1,
        "A world's mean beside Moldova, whose own figure is also 3.8 % and is a target of its calibration; here the file is used uncalibrated.",
    ));
    findings.push(Finding::held(
        "HIV among 402 people soon to be released in Ukraine (Azbel 2014), %",
        "19.4 (15.7–23.5, Wilson)",
        (15.7, 23.5),
        prevalence("ukraine", Measure::HivAmongHeld, 2),
        1,
        "Measured. The model counts people who inject and did, at 1 % HIV among the rest (assumed).",
    ));
    findings.push(Finding::without(
        Verdict::Input,
        "of them not aware (Azbel 2014), %",
        "50.7",
        "Taken for the share diagnosed at the start (0.5) in the region's file.",
    ));
    findings.push(Finding::without(
        Verdict::Input,
        "went on with methadone after release in Kyrgyzstan (Bachireddy 2021), %",
        "19.8",
        "Taken for treatment kept at release (0.2) in the region's file.",
    ));
    findings.push(Finding::without(
        Verdict::NotTried,
        "first injected in prison, of those who inject, Kyrgyzstan (Azbel 2018), %",
        "34.8",
        "Beginning to inject inside needs people who do not inject yet; the shipped files follow people who inject only.",
    ));
    Source {
        name: "Dolan 2016, Azbel 2014 and 2018, Bachireddy 2021 (prevalence and care in prison)",
        address: "Lancet 388:1089; PMC4161962; Kyrgyzstan. Surveys: measured.",
        went_in: "In: the countries' files, uncalibrated.",
        findings,
    }
}
