//! What happened and how long people were in which state, kept exactly: every reading of a person's clocks adds its time to three tables.
//! At the end of each year the tables fold into one `YearTally` for each place.

use crate::parameters::Parameters;
use crate::person::{Hcv, HcvCare, Hiv, HivCare, Liver, Person, Phase, PlaceIndex};
use crate::rates::{
    BEHAVIOURS, HCV, HCV_STATES, HIV, HIV_STATES, PlaceRates, Rates, behaviour_index, behaviour_of,
    hcv_index, hiv_index, overdose_fatality,
};

macro_rules! flows {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal;)+) => {
        /// What is counted when it happens, by place and year.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Flow { $($(#[doc = $doc])* $name,)+ }

        impl Flow {
            pub const ALL: &[Flow] = &[$(Flow::$name),+];

            /// The name of its column.
            pub fn word(self) -> &'static str {
                match self { $(Flow::$name => $word,)+ }
            }
        }
    };
}

flows! {
    /// New people who inject.
    Began "people_began";
    Stopped "people_stopped_injecting";
    Relapsed "people_relapsed";
    Arrested "imprisonments";
    Diverted "diverted";
    Released "released";
    /// Released while on OAT and kept on it.
    ReleasedOnOat "released_kept_on_oat";
    /// Given naloxone at release.
    NaloxoneGiven "naloxone_given";
    OatStarted "oat_started";
    OatStopped "oat_stopped";
    /// Off OAT because of the gate, not by leaving it.
    OatBroken "oat_broken_at_gate";
    HivInfection "hiv_infections";
    /// By sex, within the count above.
    HivBySex "hiv_infections_by_sex";
    HivDiagnosed "hiv_diagnosed";
    ArtStarted "art_started";
    HcvInfection "hcv_infections";
    /// In people who had it before, within the count above.
    HcvReinfection "hcv_reinfections";
    HcvDiagnosed "hcv_diagnosed";
    DaaStarted "daa_started";
    HcvCured "hcv_cured";
    DeathOverdose "deaths_overdose";
    /// Overdose deaths in the four weeks after release, within the count above.
    DeathOverdoseReleased "deaths_overdose_4_weeks";
    /// All deaths in the four weeks after release.
    DeathReleased "deaths_4_weeks";
    DeathAids "deaths_aids";
    DeathLiver "deaths_liver";
    DeathOther "deaths_other";
    DeathAge "deaths_age";
}

pub(crate) const FLOWS: usize = Flow::ALL.len();

macro_rules! spans {
    ($($(#[doc = $doc:literal])* $name:ident $word:literal;)+) => {
        /// Person-years in a state, by place and year.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Span { $($(#[doc = $doc])* $name,)+ }

        impl Span {
            pub const ALL: &[Span] = &[$(Span::$name),+];

            /// The name of its column.
            pub fn word(self) -> &'static str {
                match self { $(Span::$name => $word,)+ }
            }
        }
    };
}

spans! {
    /// Alive and in the model.
    All "py_all";
    /// Injecting now.
    Current "py_current";
    Oat "py_oat";
    /// On OAT and still injecting.
    OatCurrent "py_oat_current";
    Needles "py_needles";
    /// Reached by psychosocial treatment in prison: the share in force of the time held.
    Psychosocial "py_psychosocial";
    /// In the four weeks after release.
    JustReleased "py_4_weeks";
    /// In the four weeks after release and on OAT.
    JustReleasedOat "py_4_weeks_oat";
    Hiv "py_hiv";
    /// HIV without ART, CD4 above 200.
    HivUntreated "py_hiv_untreated";
    Art "py_art";
    /// AIDS or CD4 below 200, without ART.
    Aids "py_aids";
    Viraemic "py_viraemic";
    Daa "py_daa";
    Cirrhosis "py_cirrhosis";
    Decompensated "py_decompensated";
    Cancer "py_cancer";
    /// At risk of HIV by sharing.
    RiskHiv "py_risk_hiv";
    /// At risk of HCV by sharing.
    RiskHcv "py_risk_hcv";
    /// Not time but events: overdoses survived, expected from the hazard and the time under it.
    OverdosesSurvived "overdoses_survived";
}

pub(crate) const SPANS: usize = Span::ALL.len();

macro_rules! stocks {
    ($($name:ident $word:literal;)+) => {
        /// People in a state at the end of the year, by place.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Stock { $($name,)+ }

        impl Stock {
            pub const ALL: &[Stock] = &[$(Stock::$name),+];

            pub fn word(self) -> &'static str {
                match self { $(Stock::$name => $word,)+ }
            }
        }
    };
}

stocks! {
    All "people";
    Current "people_injecting";
    CurrentHiv "people_injecting_hiv";
    CurrentAntibody "people_injecting_hcv_antibody";
    CurrentViraemic "people_injecting_viraemic";
    CurrentOat "people_injecting_on_oat";
    Oat "people_on_oat";
    Hiv "people_hiv";
    HivDiagnosed "people_hiv_diagnosed";
    Art "people_on_art";
    Antibody "people_hcv_antibody";
    Viraemic "people_viraemic";
    HcvDiagnosed "people_hcv_diagnosed";
    Cirrhosis "people_cirrhosis_or_worse";
    EverImprisoned "people_ever_imprisoned";
}

pub(crate) const STOCKS: usize = Stock::ALL.len();

/// One year of one place.
#[derive(Debug, Clone, PartialEq)]
pub struct YearTally {
    pub flows: [f64; FLOWS],
    pub spans: [f64; SPANS],
    pub stocks: [f64; STOCKS],
    /// Infections by where people stood with the gate (order of [`Phase`]), HIV and HCV.
    pub infections_by_phase: [[f64; 8]; 2],
    /// Person-years at risk by the same.
    pub risk_by_phase: [[f64; 8]; 2],
    /// Years of life lost in this year's deaths: remaining life expectancy at the age of death, discounted to the death.
    pub life_years_lost: f64,
}

impl YearTally {
    pub const EMPTY: YearTally = YearTally {
        flows: [0.0; FLOWS],
        spans: [0.0; SPANS],
        stocks: [0.0; STOCKS],
        infections_by_phase: [[0.0; 8]; 2],
        risk_by_phase: [[0.0; 8]; 2],
        life_years_lost: 0.0,
    };

    pub fn flow(&self, flow: Flow) -> f64 {
        self.flows[flow as usize]
    }

    pub fn span(&self, span: Span) -> f64 {
        self.spans[span as usize]
    }

    pub fn stock(&self, stock: Stock) -> f64 {
        self.stocks[stock as usize]
    }

    pub fn add(&mut self, other: &YearTally) {
        let pairs = |a: &mut [f64], b: &[f64]| a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
        pairs(&mut self.flows, &other.flows);
        pairs(&mut self.spans, &other.spans);
        pairs(&mut self.stocks, &other.stocks);
        for d in [HIV, HCV] {
            pairs(&mut self.infections_by_phase[d], &other.infections_by_phase[d]);
            pairs(&mut self.risk_by_phase[d], &other.risk_by_phase[d]);
        }
        self.life_years_lost += other.life_years_lost;
    }

    /// Every count and time multiplied: from a sample of the people to all of them.
    pub fn scaled(mut self, factor: f64) -> YearTally {
        let times = |values: &mut [f64]| values.iter_mut().for_each(|v| *v *= factor);
        times(&mut self.flows);
        times(&mut self.spans);
        times(&mut self.stocks);
        for d in [HIV, HCV] {
            times(&mut self.infections_by_phase[d]);
            times(&mut self.risk_by_phase[d]);
        }
        self.life_years_lost *= factor;
        self
    }

    pub fn deaths(&self) -> f64 {
        [Flow::DeathOverdose, Flow::DeathAids, Flow::DeathLiver, Flow::DeathOther, Flow::DeathAge]
            .iter()
            .map(|&f| self.flow(f))
            .sum()
    }
}

/// The tables of the year that runs, for one place.
#[derive(Debug, Clone)]
struct Open {
    behaviour: Vec<f64>,
    hiv: [f64; HIV_STATES],
    hcv: Vec<f64>,
    tally: YearTally,
}

#[derive(Debug, Clone)]
pub(crate) struct Ledger {
    places: Vec<Open>,
    /// Closed years, each with its places.
    pub years: Vec<Vec<YearTally>>,
}

impl Ledger {
    pub fn new(places: usize) -> Ledger {
        let open = Open {
            behaviour: vec![0.0; BEHAVIOURS],
            hiv: [0.0; HIV_STATES],
            hcv: vec![0.0; HCV_STATES],
            tally: YearTally::EMPTY,
        };
        Ledger { places: vec![open; places], years: Vec::new() }
    }

    /// A person was as they are for so many years.
    #[inline]
    pub fn time(&mut self, p: &Person, years: f64, at_risk: [bool; 2]) {
        let open = &mut self.places[p.place as usize];
        open.behaviour[behaviour_index(p)] += years;
        open.hiv[hiv_index(p)] += years;
        open.hcv[hcv_index(p)] += years;
        for d in [HIV, HCV] {
            open.tally.risk_by_phase[d][p.phase as usize] += if at_risk[d] { years } else { 0.0 };
        }
    }

    #[inline]
    pub fn count(&mut self, place: PlaceIndex, flow: Flow) {
        self.places[place as usize].tally.flows[flow as usize] += 1.0;
    }

    pub fn infection(&mut self, place: PlaceIndex, phase: Phase, disease: usize) {
        self.places[place as usize].tally.infections_by_phase[disease][phase as usize] += 1.0;
    }

    pub fn life_lost(&mut self, place: PlaceIndex, years: f64) {
        self.places[place as usize].tally.life_years_lost += years;
    }

    /// Folds the tables into a year, with the people as they are now.
    pub fn close_year(&mut self, people: &[Person], rates: &Rates) {
        let mut year: Vec<YearTally> = self
            .places
            .iter()
            .zip(&rates.places)
            .map(|(open, place)| fold(open, place, rates))
            .collect();
        for p in people.iter().filter(|p| p.alive) {
            census(&mut year[p.place as usize].stocks, p);
        }
        self.years.push(year);
        for open in &mut self.places {
            open.behaviour.fill(0.0);
            open.hiv.fill(0.0);
            open.hcv.fill(0.0);
            open.tally = YearTally::EMPTY;
        }
    }

    /// Before the policy changes: the overdoses survived and the people reached under what ends now.
    pub fn settle_policy(&mut self, rates: &Rates) {
        for (open, place) in self.places.iter_mut().zip(&rates.places) {
            let survived = overdoses_survived(open, &place.overdoses, rates.parameters());
            open.tally.spans[Span::OverdosesSurvived as usize] += survived;
            // The time is still to be folded; what the hazard made of it is not to be counted twice.
            for (index, years) in open.behaviour.iter_mut().enumerate() {
                add_behaviour(
                    &mut open.tally.spans,
                    index,
                    *years,
                    psychosocial(rates, place, index),
                );
                *years = 0.0;
            }
        }
    }
}

fn overdoses_survived(open: &Open, overdoses: &[f32], p: &Parameters) -> f64 {
    open.behaviour
        .iter()
        .enumerate()
        .map(|(index, years)| {
            let fatal = overdose_fatality(p, behaviour_of(index).naloxone);
            years * f64::from(overdoses[index]) * (1.0 - fatal)
        })
        .sum()
}

/// The share of these people whom psychosocial treatment in prison reaches.
fn psychosocial(rates: &Rates, place: &PlaceRates, index: usize) -> f64 {
    rates.setting.sets()[place.set_of_index(index)].psychosocial_prison
}

fn add_behaviour(spans: &mut [f64; SPANS], index: usize, years: f64, psychosocial: f64) {
    let b = behaviour_of(index);
    if b.phase.held() {
        spans[Span::Psychosocial as usize] += years * psychosocial;
    }
    let mut add = |span: Span, when: bool| spans[span as usize] += if when { years } else { 0.0 };
    add(Span::All, true);
    add(Span::Current, b.injecting.current());
    add(Span::Oat, b.oat.on());
    add(Span::OatCurrent, b.oat.on() && b.injecting.current());
    add(Span::Needles, b.needles);
    add(Span::JustReleased, b.phase.just_released());
    add(Span::JustReleasedOat, b.phase.just_released() && b.oat.on());
}

fn fold(open: &Open, place: &PlaceRates, rates: &Rates) -> YearTally {
    let mut year = open.tally.clone();
    year.spans[Span::OverdosesSurvived as usize] +=
        overdoses_survived(open, &place.overdoses, rates.parameters());
    for (index, &years) in open.behaviour.iter().enumerate() {
        add_behaviour(&mut year.spans, index, years, psychosocial(rates, place, index));
    }
    let spans = &mut year.spans;
    for stage in Hiv::ALL.into_iter().filter(|&stage| stage != Hiv::Free) {
        for care in HivCare::ALL {
            let years = open.hiv[stage as usize | (care as usize) << 3];
            spans[Span::Hiv as usize] += years;
            let span = match (care.on_art(), stage) {
                (true, _) => Span::Art,
                (false, Hiv::Below200 | Hiv::Aids) => Span::Aids,
                _ => Span::HivUntreated,
            };
            spans[span as usize] += years;
        }
    }
    for (index, &years) in open.hcv.iter().enumerate() {
        let (hcv, liver, care) = (index & 3, index >> 2 & 7, index >> 5 & 3);
        let mut add = |span: Span, when: bool| {
            spans[span as usize] += if when { years } else { 0.0 };
        };
        add(Span::Viraemic, hcv == Hcv::Acute as usize || hcv == Hcv::Chronic as usize);
        add(Span::Daa, care == HcvCare::OnDaa as usize);
        add(Span::Cirrhosis, liver == Liver::F4 as usize);
        add(Span::Decompensated, liver == Liver::Decompensated as usize);
        add(Span::Cancer, liver == Liver::Cancer as usize);
    }
    spans[Span::RiskHiv as usize] = year.risk_by_phase[HIV].iter().sum();
    spans[Span::RiskHcv as usize] = year.risk_by_phase[HCV].iter().sum();
    year
}

fn census(stocks: &mut [f64; STOCKS], p: &Person) {
    let mut add = |stock: Stock, when: bool| stocks[stock as usize] += f64::from(when as u8);
    let current = p.injecting.current();
    let hiv = p.hiv != Hiv::Free;
    let antibody = p.hcv != Hcv::Never;
    let viraemic = p.hcv.viraemic();
    add(Stock::All, true);
    add(Stock::Current, current);
    add(Stock::CurrentHiv, current && hiv);
    add(Stock::CurrentAntibody, current && antibody);
    add(Stock::CurrentViraemic, current && viraemic);
    add(Stock::CurrentOat, current && p.oat.on());
    add(Stock::Oat, p.oat.on());
    add(Stock::Hiv, hiv);
    add(Stock::HivDiagnosed, hiv && p.hiv_care != HivCare::Unaware);
    add(Stock::Art, p.hiv_care.on_art());
    add(Stock::Antibody, antibody);
    add(Stock::Viraemic, viraemic);
    add(Stock::HcvDiagnosed, viraemic && p.hcv_care != HcvCare::Unaware);
    add(Stock::Cirrhosis, p.liver as u8 >= Liver::F4 as u8);
    add(Stock::EverImprisoned, p.phase != Phase::NeverImprisoned);
}
