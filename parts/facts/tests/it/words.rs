//! Every fixed list is worded, in English and in French, with the same keys and arguments.

use std::collections::BTreeSet;

use facts::derive::Method;
use facts::indicator::{Basis, GROUPS, Unit};
use facts::place::Region;
use facts::read::quality::RULES;
use facts::{Flag, indicators, places};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

const LANGUAGES: [(&str, [&str; 3]); 2] = [
    (
        "en",
        [
            include_str!("../../locale/en/indicators.ftl"),
            include_str!("../../locale/en/words.ftl"),
            include_str!("../../locale/en/proposals.ftl"),
        ],
    ),
    (
        "fr",
        [
            include_str!("../../locale/fr/indicators.ftl"),
            include_str!("../../locale/fr/words.ftl"),
            include_str!("../../locale/fr/proposals.ftl"),
        ],
    ),
];

fn bundle(language: usize) -> FluentBundle<FluentResource> {
    let (tag, files) = LANGUAGES[language];
    let mut bundle = FluentBundle::new(vec![tag.parse().unwrap()]);
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new(file.into()).expect("valid Fluent");
        bundle.add_resource(resource).expect("no key twice");
    }
    bundle
}

fn say(bundle: &FluentBundle<FluentResource>, key: &str, args: &[(&str, &str)]) -> String {
    let message = bundle.get_message(key).unwrap_or_else(|| panic!("{key} is not worded"));
    let args: FluentArgs = args.iter().copied().collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(message.value().unwrap(), Some(&args), &mut errors);
    assert!(errors.is_empty(), "{key}: {errors:?}");
    text.into_owned()
}

#[test]
fn everything_is_worded_in_both_languages() {
    for language in 0..LANGUAGES.len() {
        let bundle = bundle(language);
        let say = |key: &str| assert!(!say(&bundle, key, &[]).is_empty());
        for i in indicators().all() {
            ["name", "short", "definition"].iter().for_each(|text| say(&i.key(text)));
            assert_eq!(bundle.has_message(&i.key("question")), i.question, "{}", i.id);
            let differs = i.compare_basis == Some(Basis::Differs);
            assert_eq!(bundle.has_message(&i.key("basis")), differs, "{}", i.id);
        }
        Region::ALL.iter().for_each(|r| say(&format!("region-{}", r.id())));
        Unit::ALL.iter().for_each(|u| say(&format!("unit-{}", u.id())));
        GROUPS.iter().for_each(|g| say(&format!("group-{g}")));
        for flag in Flag::ALL {
            say(&format!("flag-{}", flag.id()));
            say(&format!("flag-{}-means", flag.id()));
        }
        let notes = places().all().iter().filter_map(|p| p.footnote.as_ref());
        notes.for_each(|n| say(&format!("footnote-{n}")));
    }
}

#[test]
fn every_reason_and_method_takes_the_arguments_it_is_given() {
    let args = |rule: &str| -> Vec<(&str, &str)> {
        match rule {
            "zero-may-be-missing" => vec![("year", "2017")],
            "counting-rule" => {
                vec![("value", "902"), ("held", "1411"), ("share", "64"), ("limit", "40")]
            }
            "scope-doubtful" => {
                vec![
                    ("value", "207144"),
                    ("held", "6990"),
                    ("year", "2018"),
                    ("perperson", "29.6"),
                    ("limit", "12"),
                ]
            }
            "sharp-change" => {
                vec![("from", "51"), ("fromyear", "2017"), ("to", "25.5"), ("toyear", "2018")]
            }
            "disagrees" => vec![("value", "1"), ("other", "2"), ("source", "UNODC")],
            "part-exceeds-whole" => {
                vec![("value", "46"), ("whole", "Deaths"), ("wholevalue", "35")]
            }
            "second-hand" => vec![("publisher", "SPACE I")],
            "not-whole" => vec![("value", "7202.1")],
            _ => vec![("flag", "provisional")],
        }
    };
    for language in 0..LANGUAGES.len() {
        let bundle = bundle(language);
        let others = ["second-hand", "not-whole", "publisher-flag"];
        for rule in RULES.into_iter().chain(others) {
            say(&bundle, &format!("reason-{rule}"), &args(rule));
        }
        for method in [Method::Reported, Method::Ratio, Method::RatioWilson, Method::RatioGarwood] {
            let parts = [("numerator", "a"), ("denominator", "b")];
            say(&bundle, &format!("method-{}", method.id()), &parts);
        }
    }
    let english = say(&bundle(0), "reason-publisher-flag", &[("flag", "provisional")]);
    assert_eq!(english, "Marked as provisional by the publisher.");
}

#[test]
fn both_languages_have_the_same_keys() {
    let keys = |language: usize| -> BTreeSet<String> {
        let lines = LANGUAGES[language].1.iter().flat_map(|f| f.lines());
        let keys = lines.filter(|l| l.starts_with(char::is_alphabetic));
        keys.filter_map(|l| Some(l.split_once(" =")?.0.to_string())).collect()
    };
    assert_eq!(keys(0), keys(1));
}

#[test]
fn people_come_first() {
    // "Prisoner", "inmate" and the like may stand in a publisher's title, never in our words.
    for (_, files) in LANGUAGES {
        for line in files.iter().flat_map(|f| f.lines()) {
            let lower = line.to_lowercase();
            for word in
                ["prisoner", "inmate", "addict", "toxicoman", "détenus", "drug user", "abuse"]
            {
                assert!(!lower.contains(word), "“{word}” in: {line}");
            }
        }
    }
}
