//! What a run can be held against: prevalences and numbers at the end of a year, as surveys and registers publish them.

use crate::ledger::{Stock, YearTally};
use crate::parameters::Parameters;

macro_rules! measures {
    ($($name:ident $word:literal $share:literal;)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Measure { $($name,)+ }

        impl Measure {
            pub const ALL: &[Measure] = &[$(Measure::$name),+];

            pub fn word(self) -> &'static str {
                match self { $(Measure::$name => $word,)+ }
            }

            /// A share of 0 to 1, not a number of people.
            pub fn is_share(self) -> bool {
                match self { $(Measure::$name => $share,)+ }
            }
        }
    };
}

measures! {
    HivAmongCurrent "hiv_among_current" true;
    AntibodyAmongCurrent "hcv_antibody_among_current" true;
    ViraemicAmongCurrent "hcv_viraemic_among_current" true;
    HivAmongHeld "hiv_among_held" true;
    AntibodyAmongHeld "hcv_antibody_among_held" true;
    OatInPrison "on_oat_in_prison" false;
    OatCoverage "oat_among_current" true;
    Injecting "people_injecting" false;
    InPrison "modelled_people_in_prison" false;
    EverImprisoned "ever_imprisoned_among_all" true;
}

impl Measure {
    pub fn from_word(word: &str) -> Option<Measure> {
        Measure::ALL.iter().copied().find(|m| m.word() == word)
    }

    /// Reads it from a year's places (the community first). Nothing to divide by: 0.
    pub fn read(self, year: &[YearTally], p: &Parameters) -> f64 {
        let all = |stock: Stock| year.iter().map(|t| t.stock(stock)).sum::<f64>();
        let held = |stock: Stock| year.iter().skip(1).map(|t| t.stock(stock)).sum::<f64>();
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        // Of everyone held: those in the model, and the rest, who never injected.
        let others = |modelled: f64| (p.persons_held - modelled).max(0.0);
        match self {
            Measure::HivAmongCurrent => share(all(Stock::CurrentHiv), all(Stock::Current)),
            Measure::AntibodyAmongCurrent => {
                share(all(Stock::CurrentAntibody), all(Stock::Current))
            }
            Measure::ViraemicAmongCurrent => {
                share(all(Stock::CurrentViraemic), all(Stock::Current))
            }
            Measure::HivAmongHeld => {
                let others = others(held(Stock::All));
                share(held(Stock::Hiv) + others * p.hiv_held_others, held(Stock::All) + others)
            }
            Measure::AntibodyAmongHeld => {
                let others = others(held(Stock::All));
                share(held(Stock::Antibody) + others * p.hcv_held_others, held(Stock::All) + others)
            }
            Measure::OatInPrison => held(Stock::Oat),
            Measure::OatCoverage => share(all(Stock::CurrentOat), all(Stock::Current)),
            Measure::Injecting => all(Stock::Current),
            Measure::InPrison => held(Stock::All),
            Measure::EverImprisoned => share(all(Stock::EverImprisoned), all(Stock::All)),
        }
    }
}
