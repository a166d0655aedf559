//! What a run is asked for: infections, deaths, treatment, DALYs and money by year, with discounting.
//! DALYs are years lived with disability by additive weights, and years of life lost at the model's own life expectancy.

use crate::ledger::{Flow, Span, Stock, YearTally};
use crate::parameters::Parameters;

macro_rules! quantities {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal;)+) => {
        /// A yearly figure of a run. Those marked discounted are worth, at the start of the run, what later years bring.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Quantity { $($(#[doc = $doc])* $name,)+ }

        impl Quantity {
            pub const ALL: &[Quantity] = &[$(Quantity::$name),+];

            /// The name of its column.
            pub fn word(self) -> &'static str {
                match self { $(Quantity::$name => $word,)+ }
            }
        }
    };
}

quantities! {
    HivInfections "hiv_infections";
    HcvInfections "hcv_infections";
    /// HIV infections for 100 person-years at risk, of people who share.
    HivIncidence "hiv_incidence_per_100";
    HcvIncidence "hcv_incidence_per_100";
    /// Among people who inject, at the end of the year.
    HivPrevalence "hiv_prevalence";
    HcvPrevalence "hcv_viraemic_prevalence";
    HcvCured "hcv_cured";
    OatYears "person_years_on_oat";
    ArtYears "person_years_on_art";
    Overdoses "overdoses";
    OverdoseDeaths "deaths_overdose";
    /// Of overdose, in the four weeks after release.
    OverdoseDeaths4Weeks "deaths_overdose_4_weeks";
    AidsDeaths "deaths_aids";
    LiverDeaths "deaths_liver";
    Deaths "deaths";
    Imprisonments "imprisonments";
    PrisonYears "person_years_in_prison";
    /// Discounted.
    Dalys "dalys";
    /// Discounted.
    Cost "cost";
    /// What services cost, within the cost above: without prison, and without the care of AIDS and of the liver. Discounted.
    ServiceCost "cost_services";
}

pub(crate) const QUANTITIES: usize = Quantity::ALL.len();

/// What one unit in a year of the run (from 0) is worth at its start: payments fall in the middle of the year.
pub(crate) fn worth(p: &Parameters, year: usize) -> f64 {
    libm::exp(-libm::log1p(p.discount) * (year as f64 + 0.5))
}

/// All quantities of one place and year of the run (from 0). `prison` says whose prices and places these are.
pub(crate) fn read(t: &YearTally, p: &Parameters, year: usize, prison: bool) -> [f64; QUANTITIES] {
    let worth = worth(p, year);
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let mut values = [0.0; QUANTITIES];
    for &quantity in Quantity::ALL {
        values[quantity as usize] = match quantity {
            Quantity::HivInfections => t.flow(Flow::HivInfection),
            Quantity::HcvInfections => t.flow(Flow::HcvInfection),
            Quantity::HivIncidence => {
                100.0 * share(t.infections_by_phase[0].iter().sum(), t.span(Span::RiskHiv))
            }
            Quantity::HcvIncidence => {
                100.0 * share(t.infections_by_phase[1].iter().sum(), t.span(Span::RiskHcv))
            }
            Quantity::HivPrevalence => share(t.stock(Stock::CurrentHiv), t.stock(Stock::Current)),
            Quantity::HcvPrevalence => {
                share(t.stock(Stock::CurrentViraemic), t.stock(Stock::Current))
            }
            Quantity::HcvCured => t.flow(Flow::HcvCured),
            Quantity::OatYears => t.span(Span::Oat),
            Quantity::ArtYears => t.span(Span::Art),
            Quantity::Overdoses => t.span(Span::OverdosesSurvived) + t.flow(Flow::DeathOverdose),
            Quantity::OverdoseDeaths => t.flow(Flow::DeathOverdose),
            Quantity::OverdoseDeaths4Weeks => t.flow(Flow::DeathOverdoseReleased),
            Quantity::AidsDeaths => t.flow(Flow::DeathAids),
            Quantity::LiverDeaths => t.flow(Flow::DeathLiver),
            Quantity::Deaths => t.deaths(),
            Quantity::Imprisonments => t.flow(Flow::Arrested),
            Quantity::PrisonYears => {
                if prison {
                    t.span(Span::All)
                } else {
                    0.0
                }
            }
            Quantity::Dalys => worth * (disability(t, p) + t.life_years_lost),
            Quantity::Cost => worth * (services(t, p, prison) + care(t, p, prison)),
            Quantity::ServiceCost => worth * services(t, p, prison),
        };
    }
    values
}

/// Years lived with disability. Weights add: a person with two conditions loses both, which overstates a little.
fn disability(t: &YearTally, p: &Parameters) -> f64 {
    (t.span(Span::Current) - t.span(Span::OatCurrent)) * p.weight_injecting
        + t.span(Span::Oat) * p.weight_oat
        + t.span(Span::HivUntreated) * p.weight_hiv
        + t.span(Span::Art) * p.weight_art
        + t.span(Span::Aids) * p.weight_aids
        + t.span(Span::Cirrhosis) * p.weight_cirrhosis
        + t.span(Span::Decompensated) * p.weight_decompensated
        + t.span(Span::Cancer) * p.weight_cancer
}

/// What somebody pays for on purpose.
fn services(t: &YearTally, p: &Parameters, prison: bool) -> f64 {
    let oat = if prison { p.cost_oat_prison } else { p.cost_oat };
    t.span(Span::Oat) * oat
        + t.span(Span::Psychosocial) * p.cost_psychosocial
        + t.span(Span::Needles) * p.cost_needles
        + t.span(Span::Art) * p.cost_art
        + t.flow(Flow::HivDiagnosed) * p.cost_hiv_test
        + t.flow(Flow::HcvDiagnosed) * p.cost_hcv_test
        + t.flow(Flow::DaaStarted) * p.cost_daa
        + t.flow(Flow::NaloxoneGiven) * p.cost_naloxone
        + t.flow(Flow::Diverted) * p.cost_diversion
}

/// What has to be paid when nothing is done.
fn care(t: &YearTally, p: &Parameters, prison: bool) -> f64 {
    t.span(Span::All) * if prison { p.cost_prison } else { 0.0 }
        + t.span(Span::Aids) * p.cost_aids
        + (t.span(Span::Decompensated) + t.span(Span::Cancer)) * p.cost_liver
}
