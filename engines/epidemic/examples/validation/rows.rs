//! The rows: for each publication its setting, its question, and what is to be said of the answer.

use epidemic::{Flow, Parameters, Phase, YearTally};

use crate::page::{Finding, Source, Verdict};
use crate::tools::{AS_IT_IS, Runs, flow, hiv_prevalence, less, no_excess, over, setting};
use crate::{hepatitis, prison};

type Row = fn(usize) -> Source;

pub const ALL: &[(&str, Row)] = &[
    ("altice", altice),
    ("stone-2018", stone_2018),
    ("scotland", hepatitis::scotland),
    ("new-south-wales", hepatitis::new_south_wales),
    ("stop-c", hepatitis::stop_c),
    ("ward", prison::ward),
    ("kyiv", kyiv),
    ("jias", jias),
    ("tijuana", tijuana),
    ("release", prison::release),
    ("held", prison::held),
];

fn altice(draws: usize) -> Source {
    let country = setting("ukraine");
    let runs = Runs {
        country: &country,
        draws,
        before: 8,
        years: 15,
        prepare: &AS_IT_IS,
        start: Some((hiv_prevalence, 0.22)),
    };
    let averted =
        over(runs.arms(&[&no_excess]).iter().map(|arms| {
            less(flow(&arms[0], Flow::HivInfection), flow(&arms[1], Flow::HivInfection))
        }));
    Source {
        name: "Altice et al. 2016 (Ukraine)",
        address: "Lancet 388:1228, PMC5087988. A transmission model fitted to bio-behavioural surveys.",
        went_in: "In: half of people who inject ever imprisoned (assumed), HIV 22 % (sharing scaled to it). The ratios of Stone 2018 for \
                  recent and past imprisonment go in as well, and are a pool over many countries in which Ukraine is one: so the row is not wholly independent.",
        findings: vec![Finding::held(
            "new HIV infections in 15 years attributable to the heightened risk of those now or formerly in prison, %",
            "28–55",
            (28.0, 55.0),
            averted,
            1,
            "Counterfactual: from one day on nobody runs a higher risk for imprisonment, recent or past. The published model is \
             fitted to Ukraine's own surveys, in which the formerly imprisoned share much more often; here only the pooled ratios \
             act (1.81 recently, 1.25 past), which are smaller, and prison itself carries no excess (sharing inside 0.6 of outside). A smaller fraction follows.",
        )],
    }
}

fn stone_2018(draws: usize) -> Source {
    let country = setting("MDA");
    let ratio = |disease: usize, phases: &[Phase], years: &[Vec<YearTally>]| {
        let rate = |phases: &[Phase]| {
            let (mut infections, mut risk) = (0.0, 0.0);
            for year in years {
                for &phase in phases {
                    infections += year[0].infections_by_phase[disease][phase as usize];
                    risk += year[0].risk_by_phase[disease][phase as usize];
                }
            }
            infections / risk
        };
        rate(phases) / rate(&[Phase::NeverImprisoned])
    };
    let runs =
        Runs { country: &country, draws, before: 2, years: 8, prepare: &AS_IT_IS, start: None };
    let arms = runs.arms(&[]);
    let recent = [Phase::Weeks1To2, Phase::Weeks3To4, Phase::Weeks5To26];
    let of = |disease, phases: &[Phase]| over(arms.iter().map(|a| ratio(disease, phases, &a[0])));
    let why = "The multiplier goes in. What comes out is the crude ratio after OAT, intensity and the wearing out of susceptible \
               people have acted; that it stays near says only that nothing in between undoes it.";
    let row =
        |what, published, found| Finding::shown(Verdict::Input, what, published, found, 2, why);
    Source {
        name: "Stone et al. 2018",
        address: "Lancet Infect Dis 18:1397, PMC6280039. A meta-analysis of cohorts.",
        went_in: "In: all four ratios, as rows of the evidence table. Country: Moldova.",
        findings: vec![
            row("HIV, recently imprisoned against never", "1.81 (1.40–2.34)", of(0, &recent)),
            row("HCV, recently imprisoned against never", "1.62 (1.28–2.05)", of(1, &recent)),
            row("HIV, imprisoned longer ago", "1.25 (0.94–1.65)", of(0, &[Phase::Past])),
            row("HCV, imprisoned longer ago", "1.21 (1.02–1.43)", of(1, &[Phase::Past])),
        ],
    }
}

/// Preventable drug-related deaths as the publication counts them: overdose, HIV, hepatitis C, suicide and injury. The last two are
/// here the deaths above those of age that have none of the other causes.
fn preventable(years: &[Vec<YearTally>]) -> f64 {
    [Flow::DeathOverdose, Flow::DeathAids, Flow::DeathLiver, Flow::DeathOther]
        .iter()
        .map(|&f| flow(years, f))
        .sum()
}

fn kyiv(draws: usize) -> Source {
    let country = setting("kyiv");
    let runs = Runs {
        country: &country,
        draws,
        before: 5,
        years: 20,
        prepare: &AS_IT_IS,
        start: Some((hiv_prevalence, 0.22)),
    };
    let none = |p: &mut Parameters| (p.oat_community, p.oat_prison) = (0.0, 0.0);
    let more = |p: &mut Parameters| (p.oat_community, p.oat_prison) = (0.4, 0.0);
    let longer = |p: &mut Parameters| {
        // People begin as often as at 40 % before, outside and inside, and stay two years: more are on it.
        let begin = 0.4 / 0.6 * p.oat_leave_rate;
        p.oat_leave_rate = 0.5;
        p.oat_community = begin / (begin + p.oat_leave_rate);
        let sentence =
            p.drug_offences * p.sentence_drug + (1.0 - p.drug_offences) * p.sentence_other;
        let leaving = p.oat_leave_rate * p.oat_leave_prison
            + 1.0 / (p.remand_length + p.sentenced * sentence);
        p.oat_prison = begin / (begin + leaving);
        (p.oat_kept_at_arrest, p.oat_kept_at_release) = (1.0, 1.0);
    };
    let arms = runs.arms(&[&none, &more, &longer]);
    let averted =
        |arm: usize| over(arms.iter().map(|a| less(preventable(&a[1]), preventable(&a[arm]))));
    let part = |of: Flow| over(arms.iter().map(|a| 100.0 * flow(&a[0], of) / preventable(&a[0])));
    let (overdose, hcv) = (part(Flow::DeathOverdose), part(Flow::DeathLiver));
    Source {
        name: "Stone et al. 2021 (Kyiv)",
        address: "Lancet Psychiatry, PMC8255389. A model of drug-related deaths in Kyiv, Tehran and Perry County.",
        went_in: "In: the setting of Ukraine; people stay on OAT 4 to 14 months, as in the publication's settings; overdose at the world's rate (Colledge 2019, Mathers 2013), treatment's effects (Sordo 2017, Santo 2021).",
        findings: vec![
            Finding::held(
                "overdose among preventable drug-related deaths 2020–40, %",
                "27–47 (three settings)",
                (27.0, 47.0),
                overdose,
                1,
                "Of overdose, AIDS, liver and the excess that is none of these (suicide, injury); deaths at the rates of age are left out. The setting's HIV, 22 % with treatment at the region's assumed rates, brings more AIDS deaths than the publication's Kyiv, where treatment grew fast after 2015; and the world's rate of overdose goes in, not Kyiv's.",
            ),
            Finding::held(
                "hepatitis C among them, %",
                "2–18 (three settings)",
                (2.0, 18.0),
                hcv,
                1,
                "Liver deaths.",
            ),
            Finding::held(
                "deaths averted by OAT at 40 % outside, %",
                "12–24 (three settings)",
                (12.0, 24.0),
                averted(2),
                1,
                "Of the same deaths over twenty years, against nobody on OAT. AIDS deaths, which OAT lowers little here (nobody starts HIV treatment more often for being on OAT, as they do in fact), dilute what it does to overdose.",
            ),
            Finding::held(
                "with two years in treatment and in prison as well, %",
                "27–48 (three settings)",
                (27.0, 48.0),
                averted(3),
                1,
                "People begin as often as is needed for 40 % at the former length of treatment, outside and inside, and stay two years, so that more than 40 % are on it; all go on at arrest and release. As above for AIDS.",
            ),
        ],
    }
}

fn jias(draws: usize) -> Source {
    let country = setting("ukraine");
    let runs = Runs {
        country: &country,
        draws,
        before: 6,
        years: 24,
        prepare: &|p| (p.needles_community, p.oat_community) = (0.38, 0.02),
        start: Some((hiv_prevalence, 0.22)),
    };
    let none = |p: &mut Parameters| (p.needles_community, p.oat_community) = (0.0, 0.02);
    let averted = over(
        runs.arms(&[&none])
            .iter()
            .map(|a| less(flow(&a[1], Flow::HivInfection), flow(&a[0], Flow::HivInfection))),
    );
    Source {
        name: "Stone et al. 2023 (JIAS, Ukraine)",
        address: "J Int AIDS Soc, PMC10070931. A model of harm reduction by NGOs.",
        went_in: "In: the setting of Ukraine, 38 % reached (assumed), effect of needle exchange (Aspinall 2014).",
        findings: vec![Finding::held(
            "HIV infections averted by NGO harm reduction 1997–2021, %",
            "20.0 (13.3–26.1)",
            (13.3, 26.1),
            averted,
            1,
            "24 years with needle exchange against 24 without, from a prevalence of 22 %. The publication builds coverage up from nothing in 1997, and its epidemic was younger; here coverage stands from the first day, so the fraction is the effect at full coverage.",
        )],
    }
}

fn tijuana(draws: usize) -> Source {
    let country = setting("tijuana");
    let runs = Runs {
        country: &country,
        draws,
        before: 6,
        years: 13,
        prepare: &AS_IT_IS,
        start: Some((hiv_prevalence, 0.05)),
    };
    let less_prison = |p: &mut Parameters| p.arrest_rate *= 0.2;
    let treatment = |p: &mut Parameters| {
        p.arrest_rate *= 0.2;
        p.oat_community = 0.4;
    };
    let arms = runs.arms(&[&less_prison, &treatment]);
    let averted = |arm: usize| {
        over(
            arms.iter()
                .map(|a| less(flow(&a[0], Flow::HivInfection), flow(&a[arm], Flow::HivInfection))),
        )
    };
    Source {
        name: "Borquez et al. 2018 (Tijuana)",
        address: "Lancet Public Health, PMC6211569. A model of Mexico's drug-law reform.",
        went_in: "In: HIV 5 % (assumed; sharing scaled to it), four fifths fewer arrests; three quarters ever in prison, on average five times (the publication's cohort); lengths of stay assumed.",
        findings: vec![
            Finding::held(
                "HIV averted by 80 % less imprisonment, %",
                "9 (4–16)",
                (4.0, 16.0),
                averted(1),
                1,
                "Thirteen years. Excess after release by Stone 2018; sharing inside as outside, half to twice. How often people are arrested follows from what the cohort reports: three quarters were ever inside, on average five times. Larger than published, for three reasons that the abstract does not settle: here the fall is at once and for good, the publication's comes with enforcement; here the excess of risk is that of Stone 2018's pool, there that of the cohort; and sex passes on a part of HIV in Tijuana that prison does not touch, more than the setting's.",
            ),
            Finding::held(
                "with OAT instead, %",
                "21 (10–33)",
                (10.0, 33.0),
                averted(2),
                1,
                "OAT for two in five people who inject in place of imprisonment. What OAT adds is the difference to the row above. In the publication those who would have been arrested are referred; here coverage is set, and reaches others as well.",
            ),
            Finding::without(
                Verdict::NotTried,
                "the reform as it was carried out",
                "2 % (0.2–3.0)",
                "The reform hardly changed arrests, and by how much the abstract does not say; that nothing follows from nothing is no test.",
            ),
            Finding::without(
                Verdict::NotTried,
                "compulsory abstinence",
                "−2 % (−23 to 9)",
                "The model has no compulsory treatment, and the project does not want one.",
            ),
        ],
    }
}
