//! All 83 rows of the collection are represented, and every number in our table is the
//! collection's. Where the collection is not beside the repository, this says so and skips.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::{Effect, Estimate, Measure, Verified, shipped};

/// One row of the collection: heading to cell.
type Origin = BTreeMap<String, String>;

fn collection() -> Option<Vec<Origin>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/effects.csv");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("SKIPPED: {} is not there, so numbers were not compared", path.display());
        return None;
    };
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    Some(reader.deserialize().map(Result::unwrap).collect())
}

/// Every number that is printed in a text: "2.6 in; 12.7 out" has 2.6 and 12.7.
fn numbers(text: &str) -> Vec<f64> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|part| part.parse().ok())
        .collect()
}

fn own_numbers(effect: &Effect) -> Vec<f64> {
    let Estimate::Number { value, interval, .. } = effect.estimate else {
        return Vec::new();
    };
    let ends = interval.into_iter().flat_map(|i| [i.low, i.high]);
    std::iter::once(value).chain(ends).collect()
}

#[test]
fn every_row_from_1_to_83_has_an_effect() {
    let rows: Vec<u64> = shipped().effects.iter().map(|effect| effect.row).collect();
    assert_eq!(rows.len(), 86, "83 rows, three of which hold two figures");
    let mut distinct = rows.clone();
    distinct.dedup();
    assert_eq!(distinct, (1..=83).collect::<Vec<_>>());
}

#[test]
fn numbers_words_people_and_verdicts_equal_the_collection() {
    let Some(collection) = collection() else { return };
    assert_eq!(collection.len(), 83);
    let mut people_above = String::new();
    for (index, origin) in collection.iter().enumerate() {
        let row = index as u64 + 1;
        let effects: Vec<_> = shipped().effects.iter().filter(|e| e.row == row).collect();
        let printed = &origin["estimate"];
        let mut expected = numbers(printed);
        expected.extend(numbers(&origin["ci_low"]));
        expected.extend(numbers(&origin["ci_high"]));
        let mut own: Vec<f64> = effects.iter().flat_map(|e| own_numbers(e)).collect();
        if let Estimate::Number { of: Some(of), .. } = effects[0].estimate
            && printed.contains(&of.to_string())
        {
            own.push(of as f64);
        }
        own.sort_by(f64::total_cmp);
        expected.sort_by(f64::total_cmp);
        assert_eq!(own, expected, "row {row}: {printed}");

        let stated = &origin["population"];
        if !stated.starts_with("as above") {
            people_above = stated.clone();
        }
        for effect in effects {
            let in_words = printed.parse::<f64>().is_err();
            assert_eq!(effect.words.is_some(), in_words, "row {row}");
            if let Some(words) = &effect.words {
                assert_eq!(words, printed, "row {row}");
            }
            assert_eq!(effect.parameter, origin["parameter"], "row {row}");
            let people = &effect.population_published;
            let same_study = people_above.split(" (").next().unwrap();
            assert!(people == stated || people.starts_with(same_study), "row {row}: {people}");
            assert!(origin["address"].starts_with(&effect.address), "row {row}");
            let verified = origin["verified"] == "yes";
            assert_eq!(effect.verified == Verified::Yes, verified, "row {row}");
            assert_measure(effect, &origin["measure"]);
        }
    }
}

/// Our kind of number against the collection's free text.
fn assert_measure(effect: &Effect, printed: &str) {
    let words = match effect.measure {
        Measure::RateRatio => "rate ratio",
        Measure::RiskRatio => "risk ratio",
        Measure::HazardRatio => "hazard ratio",
        Measure::OddsRatio => "odds ratio",
        Measure::PrevalenceRatio => "prevalence ratio",
        Measure::RelativeRisk => "relative risk",
        Measure::PooledRatio => "pooled effect (ratio)",
        Measure::Percent => "percent",
        Measure::Proportion if printed.starts_with("share") => "share",
        Measure::Proportion => "proportion",
        Measure::RatePer100Py => "per 100 person-years",
        Measure::RatePer1000Py => "per 1000 person-years",
        Measure::RatePer100000 => "per 100000 inhabitants",
        Measure::Probability => "probability",
        Measure::Per10000Exposures => "per 10000 exposures",
        Measure::Count => "countries",
        Measure::Narrative => "narrative",
    };
    assert!(printed.contains(words), "{}: {printed} is not {words}", effect.id);
    let reversed = printed.contains("(out/in)");
    assert_eq!(effect.is_turned_round(), reversed, "{}", effect.id);
    let adjusted = match printed {
        p if p.contains("unadjusted") => Some(false),
        p if p.contains("adjusted") => Some(true),
        _ => effect.adjusted.filter(|adjusted| !adjusted),
    };
    assert_eq!(effect.adjusted, adjusted, "{}", effect.id);
}
