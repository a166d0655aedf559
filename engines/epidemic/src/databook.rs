//! The databook: a country's file as an Excel workbook that a ministry can fill in, one row for each number, and the way back.
//! Out and in lose nothing; what is wrong on the way back is said by sheet, row and column.

#[path = "databook_cells.rs"]
mod cells;
#[path = "databook_file.rs"]
mod file;
#[path = "databook_in.rs"]
mod reading;
#[path = "databook_out.rs"]
mod writing;

pub use file::file_text;
pub use reading::{CellProblem, Databook, read};
pub use writing::write;

use crate::measure::Measure;
use crate::parameters::{SPECS, Spec, index_of};

/// A sheet of numbers, and the parameters with which it begins and ends in [`SPECS`].
pub(crate) struct Sheet {
    pub name: &'static str,
    pub title: &'static str,
    parts: &'static [(&'static str, &'static str)],
}

/// The sheets of numbers in their order. A test holds every parameter to one of them.
pub(crate) const SHEETS: [Sheet; 5] = [
    Sheet {
        name: "people",
        title: "People who inject: how many, how they begin and stop, and of what they die",
        parts: &[("people_current", "ease_rate"), ("overdose_rate", "death_growth")],
    },
    Sheet {
        name: "prison",
        title: "Arrest, prison and release; the rest of the people held",
        parts: &[("arrest_rate", "ever_imprisoned_start"), ("persons_held", "hcv_held_others")],
    },
    Sheet {
        name: "infection",
        title: "Sharing, HIV and hepatitis C: how they pass on and what they do",
        parts: &[
            ("shares_low", "past_release_hcv"),
            ("hiv_start", "cd4_recovery"),
            ("hcv_start", "liver_after_cure"),
        ],
    },
    Sheet {
        name: "care",
        title: "Treatment and harm reduction, outside, inside and across the gate",
        parts: &[
            ("psychosocial_prison", "stop_with_psychosocial"),
            ("oat_community", "needles_leave_rate"),
            ("hiv_test_rate", "art_start"),
            ("hcv_test_rate", "hcv_diagnosed_start"),
        ],
    },
    Sheet {
        name: "costs",
        title: "What care and prison cost, and the health that is lost in a year with an illness",
        parts: &[("weight_injecting", "willingness_to_pay")],
    },
];

impl Sheet {
    /// Its parameters, in the order of the list.
    pub fn specs(&self) -> impl Iterator<Item = (usize, &'static Spec)> + '_ {
        SPECS.iter().enumerate().filter(|(index, _)| {
            self.parts.iter().any(|(from, to)| {
                let (from, to) = (index_of(from), index_of(to));
                from.is_some_and(|from| from <= *index) && to.is_some_and(|to| *index <= to)
            })
        })
    }
}

/// The sheet on which a parameter stands.
pub(crate) fn sheet_of(name: &str) -> &'static str {
    SHEETS
        .iter()
        .find(|sheet| sheet.specs().any(|(_, spec)| spec.name == name))
        .map_or("people", |sheet| sheet.name)
}

/// Columns of a sheet of numbers: what stands above them, and how wide they are.
pub(crate) const COLUMNS: [(&str, f64); 13] = [
    ("name", 58.0),
    ("value", 12.0),
    ("low", 12.0),
    ("high", 12.0),
    ("unit", 16.0),
    ("source", 30.0),
    ("year", 8.0),
    ("note", 60.0),
    ("where in the source", 26.0),
    ("distribution", 13.0),
    ("carried over", 12.0),
    ("unchecked", 11.0),
    ("id", 28.0),
];

pub(crate) const TARGET_COLUMNS: [(&str, f64); 8] = [
    ("name", 58.0),
    ("value", 12.0),
    ("low", 12.0),
    ("high", 12.0),
    ("year", 8.0),
    ("source", 30.0),
    ("note", 60.0),
    ("id", 30.0),
];

pub(crate) const PRISON_COLUMNS: [(&str, f64); 7] = [
    ("name", 40.0),
    ("kind", 12.0),
    ("capacity", 12.0),
    ("oat", 10.0),
    ("needles", 10.0),
    ("hiv_care", 10.0),
    ("hcv_care", 10.0),
];

/// What a measure is, in words.
pub(crate) fn measure_in_words(measure: Measure) -> &'static str {
    match measure {
        Measure::HivAmongCurrent => "HIV among people who inject",
        Measure::AntibodyAmongCurrent => "Hepatitis C antibodies among people who inject",
        Measure::ViraemicAmongCurrent => "Hepatitis C virus (RNA) among people who inject",
        Measure::HivAmongHeld => "HIV among all people held",
        Measure::AntibodyAmongHeld => "Hepatitis C antibodies among all people held",
        Measure::OatInPrison => "People in prison on opioid agonist treatment",
        Measure::OatCoverage => "Share of people who inject on opioid agonist treatment",
        Measure::Injecting => "People who inject",
        Measure::InPrison => "People in prison who inject or did",
        Measure::EverImprisoned => "Share of people who inject, or did, who were ever in prison",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_stands_on_one_sheet() {
        for spec in SPECS {
            let sheets = SHEETS.iter().filter(|s| s.specs().any(|(_, t)| t.name == spec.name));
            assert_eq!(sheets.count(), 1, "{}", spec.name);
        }
    }
}
