//! Every number the model knows, in one list: name, unit, the range it may take, and what it means.
//! A parameter that an intervention may move over time is a lever, and has a setting (prison, community, gate).

/// What a number counts. Values arrive in these units; the reader of country files converts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Persons,
    PersonsPerYear,
    PerYear,
    Years,
    /// Of 0 to 1.
    Proportion,
    /// A multiplier, 1 when there is no effect.
    Ratio,
    /// Events for each person and year.
    EventsPerYear,
    /// Money of the country file's currency and year: for each event or person-year.
    Money,
}

impl Unit {
    pub fn word(self) -> &'static str {
        match self {
            Unit::Persons => "persons",
            Unit::PersonsPerYear => "persons per year",
            Unit::PerYear => "per year",
            Unit::Years => "years",
            Unit::Proportion => "proportion",
            Unit::Ratio => "ratio",
            Unit::EventsPerYear => "events per year",
            Unit::Money => "money",
        }
    }
}

/// What the list says of one parameter.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    pub name: &'static str,
    pub unit: Unit,
    pub low: f64,
    pub high: f64,
    /// Where an intervention finds it: (what, where).
    pub lever: Option<(&'static str, &'static str)>,
    /// What stands where a country's file says nothing; without it the file must say.
    pub default: Option<f64>,
    pub meaning: &'static str,
}

macro_rules! parameters {
    ($($(#[doc = $doc:literal])+ $name:ident: $unit:ident [$low:literal, $high:literal] $(lever $what:literal $place:literal)? $(default $default:literal)?;)+) => {
        /// One value for each parameter. `Parameters::still()` is a world in which nothing happens.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Parameters {
            $($(#[doc = $doc])+ pub $name: f64,)+
        }

        /// The list, in reading order.
        pub const SPECS: &[Spec] = &[$(Spec {
            name: stringify!($name),
            unit: Unit::$unit,
            low: $low,
            high: $high,
            lever: parameters!(@lever $($what $place)?),
            default: parameters!(@default $($default)?),
            meaning: concat!($($doc),+),
        },)+];

        impl Parameters {
            /// All rates 0, all multipliers 1: the ground on which a test builds one process.
            pub fn still() -> Parameters {
                Parameters { $($name: if matches!(Unit::$unit, Unit::Ratio) { 1.0 } else { 0.0 },)+ }
            }

            pub fn get(&self, index: usize) -> f64 {
                [$(self.$name),+][index]
            }

            pub fn set(&mut self, index: usize, value: f64) {
                *[$(&mut self.$name),+][index] = value;
            }
        }
    };
    (@default) => { None };
    (@default $default:literal) => { Some($default) };
    (@lever) => { None };
    (@lever $what:literal $place:literal) => { Some(($what, $place)) };
}

impl Parameters {
    /// The same country with a share of its people: for a quick answer, at the price of more noise.
    /// What is counted in such a run is to be multiplied by 1/share ([`crate::YearTally::scaled`]).
    pub fn sampled(&self, share: f64) -> Parameters {
        let mut sampled = self.clone();
        for number in [
            &mut sampled.people_current,
            &mut sampled.people_former,
            &mut sampled.people_not_yet,
            &mut sampled.new_people,
        ] {
            *number *= share;
        }
        sampled
    }
}

/// The place of a parameter in the list.
pub fn index_of(name: &str) -> Option<usize> {
    SPECS.iter().position(|spec| spec.name == name)
}

parameters! {
    // People.
    /// People who inject at the start of the run, in the community and in prison together.
    people_current: Persons [0.0, 1e8];
    /// People who injected once and stopped, at the start.
    people_former: Persons [0.0, 1e8];
    /// People who may begin to inject (use drugs without injecting), at the start.
    people_not_yet: Persons [0.0, 1e8];
    /// Share of women among people who inject.
    women: Proportion [0.0, 1.0];
    /// Share of people who inject often (daily or more), when they begin.
    high_intensity: Proportion [0.0, 1.0];
    /// Age at which injecting begins, mean.
    start_age_mean: Years [10.0, 60.0];
    /// Its standard deviation.
    start_age_sd: Years [0.0, 20.0];
    /// Years since injecting began, mean, at the start of the run.
    injecting_years_mean: Years [0.0, 40.0];
    /// New people who inject in the first year.
    new_people: PersonsPerYear [0.0, 1e7];
    /// Yearly growth of that number.
    new_people_growth: PerYear [-0.5, 0.5];

    // Injecting.
    /// People who have not injected begin, in the community.
    start_rate: PerYear [0.0, 50.0];
    /// The same in prison.
    start_rate_prison: PerYear [0.0, 50.0];
    /// People who inject stop for long.
    stop_rate: PerYear [0.0, 50.0];
    /// People who stopped begin again.
    relapse_rate: PerYear [0.0, 50.0];
    /// Stopping on OAT, against off OAT.
    stop_on_oat: Ratio [0.0, 100.0];
    /// Relapse in the half year after release, against otherwise.
    relapse_after_release: Ratio [0.0, 100.0];
    /// From low to high intensity.
    intensify_rate: PerYear [0.0, 50.0];
    /// From high to low intensity.
    ease_rate: PerYear [0.0, 50.0];
    /// Psychosocial treatment and therapeutic communities in prison: share of people in prison reached.
    psychosocial_prison: Proportion [0.0, 1.0] lever "psychosocial" "prison";
    /// Stopping injecting when reached by it, against when not.
    stop_with_psychosocial: Ratio [0.0, 100.0];

    // Sharing.
    /// Injections with equipment used by another: low intensity, community.
    shares_low: EventsPerYear [0.0, 5000.0];
    /// The same, high intensity.
    shares_high: EventsPerYear [0.0, 5000.0];
    /// Sharing in prison, against the same person's outside.
    shares_prison: Ratio [0.0, 50.0];
    /// Share of partners of the same intensity by preference, beyond chance.
    like_with_like: Proportion [0.0, 1.0];
    /// HIV acquisition on OAT, against off.
    oat_effect_hiv: Ratio [0.0, 10.0];
    /// HCV acquisition on OAT, against off.
    oat_effect_hcv: Ratio [0.0, 10.0];
    /// HIV acquisition when reached by needle exchange.
    needles_effect_hiv: Ratio [0.0, 10.0];
    /// HCV acquisition when reached by needle exchange.
    needles_effect_hcv: Ratio [0.0, 10.0];
    /// HIV acquisition in the half year after release.
    recent_release_hiv: Ratio [0.0, 20.0];
    /// HCV acquisition in the half year after release.
    recent_release_hcv: Ratio [0.0, 20.0];
    /// HIV acquisition when imprisoned longer ago.
    past_release_hiv: Ratio [0.0, 20.0];
    /// HCV acquisition when imprisoned longer ago.
    past_release_hcv: Ratio [0.0, 20.0];

    // Justice.
    /// Arrest that leads to remand, people who inject, never imprisoned, men.
    arrest_rate: PerYear [0.0, 50.0];
    /// Women, against men.
    arrest_women: Ratio [0.0, 20.0];
    /// People imprisoned before, against never.
    arrest_again: Ratio [0.0, 50.0];
    /// People who stopped injecting or have not begun, against those who inject.
    arrest_not_injecting: Ratio [0.0, 20.0];
    /// On OAT, against off.
    arrest_on_oat: Ratio [0.0, 20.0];
    /// Share of arrests for a drug offence.
    drug_offences: Proportion [0.0, 1.0];
    /// Remand, mean length.
    remand_length: Years [0.0, 20.0] lever "remand length" "prison";
    /// Share of people on remand who are sentenced to prison.
    sentenced: Proportion [0.0, 1.0];
    /// Time served of a sentence for a drug offence, mean.
    sentence_drug: Years [0.0, 50.0];
    /// Time served of another sentence, mean.
    sentence_other: Years [0.0, 50.0];
    /// Drug offences diverted at arrest, instead of prison.
    diverted_at_arrest: Proportion [0.0, 1.0] lever "diversion at arrest" "gate";
    /// Drug offences diverted at sentence.
    diverted_at_sentence: Proportion [0.0, 1.0] lever "diversion at sentence" "gate";
    /// Early release to treatment of people sentenced for a drug offence who are on OAT.
    early_release_rate: PerYear [0.0, 50.0] lever "early release" "prison";
    /// Transfer between prisons.
    transfer_rate: PerYear [0.0, 50.0];
    /// People in prison at the start, of those who inject.
    in_prison_start: Proportion [0.0, 1.0];
    /// People ever imprisoned at the start, of those outside.
    ever_imprisoned_start: Proportion [0.0, 1.0];

    // Opioid agonist treatment.
    /// Share of people who inject on OAT when starting and leaving balance, community.
    oat_community: Proportion [0.0, 0.95] lever "oat" "community";
    /// The same in prison, turnover allowed for.
    oat_prison: Proportion [0.0, 0.95] lever "oat" "prison";
    /// Leaving OAT, community.
    oat_leave_rate: PerYear [0.0, 50.0];
    /// Leaving OAT in prison, against community.
    oat_leave_prison: Ratio [0.0, 20.0];
    /// Kept on OAT at arrest.
    oat_kept_at_arrest: Proportion [0.0, 1.0] lever "oat kept" "arrest";
    /// Kept on OAT at transfer.
    oat_kept_at_transfer: Proportion [0.0, 1.0] lever "oat kept" "transfer";
    /// Kept on OAT at release: throughcare.
    oat_kept_at_release: Proportion [0.0, 1.0] lever "oat kept" "release";

    // Needle exchange.
    /// Share reached, community.
    needles_community: Proportion [0.0, 0.95] lever "needles" "community";
    /// Share reached, prison.
    needles_prison: Proportion [0.0, 0.95] lever "needles" "prison";
    /// Being lost to it.
    needles_leave_rate: PerYear [0.0, 50.0];

    // Overdose and other deaths.
    /// Overdose, fatal or not, people who inject outside, off OAT.
    overdose_rate: PerYear [0.0, 20.0];
    /// Share that is fatal, without naloxone.
    overdose_fatal: Proportion [0.0, 1.0];
    /// High intensity, against low.
    overdose_high_intensity: Ratio [0.0, 50.0];
    /// Former, against current.
    overdose_former: Ratio [0.0, 10.0];
    /// In prison, against outside.
    overdose_prison: Ratio [0.0, 10.0];
    /// First two weeks after release.
    overdose_weeks_1_2: Ratio [0.0, 200.0];
    /// Third and fourth week.
    overdose_weeks_3_4: Ratio [0.0, 200.0];
    /// On OAT, against off.
    overdose_on_oat: Ratio [0.0, 10.0];
    /// First four weeks on OAT, against later.
    overdose_oat_first_weeks: Ratio [0.0, 50.0];
    /// First four weeks after leaving OAT, against later.
    overdose_oat_after: Ratio [0.0, 50.0];
    /// Fatality with naloxone at hand, against without.
    naloxone_effect: Ratio [0.0, 1.0];
    /// Has naloxone, at the start and of new people.
    naloxone_community: Proportion [0.0, 1.0];
    /// Given naloxone at release.
    naloxone_at_release: Proportion [0.0, 1.0] lever "naloxone" "release";
    /// Death beyond age, overdose, AIDS and liver: people who inject.
    other_death_rate: PerYear [0.0, 5.0];
    /// The same for former, against current.
    other_death_former: Ratio [0.0, 10.0];
    /// On OAT, against off.
    other_death_on_oat: Ratio [0.0, 10.0];
    /// In prison, against outside.
    other_death_prison: Ratio [0.0, 10.0];
    /// Death of the general population, men of 40. Grows with age by `death_growth`.
    death_at_40_men: PerYear [0.0, 1.0];
    /// Women of 40.
    death_at_40_women: PerYear [0.0, 1.0];
    /// Gompertz's slope.
    death_growth: PerYear [0.0, 0.3];

    // HIV.
    /// HIV among people who inject, at the start.
    hiv_start: Proportion [0.0, 1.0];
    /// HIV among people when they begin to inject.
    hiv_entry: Proportion [0.0, 1.0] default 0.0;
    /// Transmission for each shared injection, partner chronic.
    hiv_per_share: Proportion [0.0, 1.0];
    /// Infectivity when acute, against chronic.
    hiv_acute_infectivity: Ratio [1.0, 100.0];
    /// Infectivity when suppressed by ART, against chronic.
    hiv_suppressed_infectivity: Ratio [0.0, 1.0];
    /// HIV by sex, from outside the model.
    hiv_sex_rate: PerYear [0.0, 5.0];
    /// Acute infection lasts.
    hiv_acute_length: Years [0.0, 5.0];
    /// CD4 above 500 lasts, untreated.
    hiv_above_500_length: Years [0.0, 50.0];
    /// CD4 350–500.
    hiv_350_500_length: Years [0.0, 50.0];
    /// CD4 200–350.
    hiv_200_350_length: Years [0.0, 50.0];
    /// CD4 below 200, until AIDS.
    hiv_below_200_length: Years [0.0, 50.0];
    /// AIDS, until death, untreated.
    aids_length: Years [0.0, 50.0];
    /// Progression and death suppressed, against untreated.
    hiv_progress_suppressed: Ratio [0.0, 1.0];
    /// Back to the CD4 band above, when suppressed by ART.
    cd4_recovery: PerYear [0.0, 20.0] default 0.0;
    /// HIV testing of people unaware, community.
    hiv_test_rate: PerYear [0.0, 50.0] lever "hiv testing" "community";
    /// HIV testing in prison.
    hiv_test_rate_prison: PerYear [0.0, 50.0] lever "hiv testing" "prison";
    /// Diagnosed people start ART, community.
    art_start_rate: PerYear [0.0, 50.0] lever "art" "community";
    /// Diagnosed people start ART, prison.
    art_start_rate_prison: PerYear [0.0, 50.0] lever "art" "prison";
    /// ART reaches suppression.
    art_suppressed: Proportion [0.0, 1.0];
    /// Loss of ART.
    art_loss_rate: PerYear [0.0, 50.0];
    /// ART kept at release.
    art_kept_at_release: Proportion [0.0, 1.0] lever "art kept" "release";
    /// ART kept at arrest.
    art_kept_at_arrest: Proportion [0.0, 1.0] lever "art kept" "arrest";
    /// Diagnosed, of people with HIV at the start.
    hiv_diagnosed_start: Proportion [0.0, 1.0];
    /// On ART, of people diagnosed at the start.
    art_start: Proportion [0.0, 1.0];

    // Hepatitis C.
    /// HCV antibodies among people who inject, at the start.
    hcv_start: Proportion [0.0, 1.0];
    /// HCV antibodies among people when they begin to inject.
    hcv_entry: Proportion [0.0, 1.0] default 0.0;
    /// Transmission for each shared injection with a viraemic partner.
    hcv_per_share: Proportion [0.0, 1.0];
    /// Acute infection lasts.
    hcv_acute_length: Years [0.0, 5.0];
    /// Cleared without treatment.
    hcv_clears: Proportion [0.0, 1.0];
    /// F0 to F1.
    liver_0_1: PerYear [0.0, 20.0];
    /// F1 to F2.
    liver_1_2: PerYear [0.0, 20.0];
    /// F2 to F3.
    liver_2_3: PerYear [0.0, 20.0];
    /// F3 to F4.
    liver_3_4: PerYear [0.0, 20.0];
    /// F4 to decompensation.
    liver_decompensates: PerYear [0.0, 20.0];
    /// F4 or decompensation to cancer.
    liver_cancer: PerYear [0.0, 20.0];
    /// Death, decompensated.
    liver_death_decompensated: PerYear [0.0, 20.0];
    /// Death, liver cancer.
    liver_death_cancer: PerYear [0.0, 20.0];
    /// Fibrosis with HIV, against without.
    liver_with_hiv: Ratio [0.0, 20.0];
    /// Decompensation and cancer after cure, against viraemic.
    liver_after_cure: Ratio [0.0, 1.0];
    /// HCV testing of people unaware, community.
    hcv_test_rate: PerYear [0.0, 50.0] lever "hcv testing" "community";
    /// HCV testing in prison.
    hcv_test_rate_prison: PerYear [0.0, 50.0] lever "hcv testing" "prison";
    /// Diagnosed people start DAA, community.
    daa_start_rate: PerYear [0.0, 50.0] lever "daa" "community";
    /// Diagnosed people start DAA, prison.
    daa_start_rate_prison: PerYear [0.0, 50.0] lever "daa" "prison";
    /// A DAA course lasts.
    daa_length: Years [0.0, 2.0];
    /// Cured at the end of a course.
    daa_cures: Proportion [0.0, 1.0];
    /// Course kept when released or arrested in the middle of it.
    daa_kept_at_gate: Proportion [0.0, 1.0] lever "daa kept" "gate";
    /// Diagnosed, of people viraemic at the start.
    hcv_diagnosed_start: Proportion [0.0, 1.0];

    // The rest of the prison, for prevalences that are published of everyone held.
    /// Persons held, people who inject or not.
    persons_held: Persons [0.0, 1e7];
    /// HIV among people held who never injected.
    hiv_held_others: Proportion [0.0, 1.0];
    /// HCV antibodies among people held who never injected.
    hcv_held_others: Proportion [0.0, 1.0];

    // Health lost, of one year.
    /// Current injecting.
    weight_injecting: Proportion [0.0, 1.0];
    /// On OAT, instead.
    weight_oat: Proportion [0.0, 1.0];
    /// HIV, CD4 above 200, no ART.
    weight_hiv: Proportion [0.0, 1.0];
    /// HIV on ART.
    weight_art: Proportion [0.0, 1.0];
    /// AIDS or CD4 below 200, no ART.
    weight_aids: Proportion [0.0, 1.0];
    /// Cirrhosis.
    weight_cirrhosis: Proportion [0.0, 1.0];
    /// Decompensated cirrhosis.
    weight_decompensated: Proportion [0.0, 1.0];
    /// Liver cancer.
    weight_cancer: Proportion [0.0, 1.0];

    // Money.
    /// OAT, a person-year, community.
    cost_oat: Money [0.0, 1e9];
    /// OAT, a person-year, prison.
    cost_oat_prison: Money [0.0, 1e9];
    /// Needle exchange, a person-year.
    cost_needles: Money [0.0, 1e9];
    /// ART, a person-year.
    cost_art: Money [0.0, 1e9];
    /// HIV test that finds an infection, the negative ones with it.
    cost_hiv_test: Money [0.0, 1e9];
    /// HCV test that finds an infection, the negative ones with it.
    cost_hcv_test: Money [0.0, 1e9];
    /// A course of DAA.
    cost_daa: Money [0.0, 1e9];
    /// A naloxone kit and its training.
    cost_naloxone: Money [0.0, 1e9];
    /// Prison, a person-year.
    cost_prison: Money [0.0, 1e9];
    /// Diversion, a person.
    cost_diversion: Money [0.0, 1e9];
    /// Psychosocial treatment, a person-year.
    cost_psychosocial: Money [0.0, 1e9];
    /// Care of AIDS without ART, a person-year.
    cost_aids: Money [0.0, 1e9];
    /// Care of decompensated cirrhosis or cancer, a person-year.
    cost_liver: Money [0.0, 1e9];
    /// Discounting of costs and health.
    discount: PerYear [0.0, 0.2];
    /// What a country is taken to pay for a DALY averted.
    willingness_to_pay: Money [0.0, 1e9];
}
