//! Every message exists in both languages, and every effect makes a whole sentence in both.

use std::collections::BTreeMap;
use std::path::Path;

use evidence::*;
use expect_test::{expect, expect_file};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// The part's own wording in one language, as the site will load it.
pub struct Wording {
    bundle: FluentBundle<FluentResource>,
    /// Decimal separator, as the site's number formatter would set it.
    decimal: char,
}

impl Wording {
    pub fn load(language: &str) -> Wording {
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
        bundle.set_use_isolating(false);
        for (file, text) in files(language) {
            let resource = FluentResource::try_new(text)
                .unwrap_or_else(|(_, errors)| panic!("{language}/{file}: {errors:?}"));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("{language}/{file}: {errors:?}"));
        }
        let decimal = if language == "fr" { ',' } else { '.' };
        Wording { bundle, decimal }
    }

    pub fn has(&self, message: &str) -> bool {
        self.bundle.has_message(message)
    }

    pub fn say(&self, sentence: &Sentence) -> String {
        let message = self
            .bundle
            .get_message(&sentence.message)
            .unwrap_or_else(|| panic!("no message {}", sentence.message));
        let mut args = FluentArgs::new();
        for (name, argument) in &sentence.arguments {
            let value: FluentValue<'static> = match argument {
                Argument::Number(value, decimals) => {
                    let digits = format!("{value:.*}", usize::from(*decimals));
                    digits.replace('.', &self.decimal.to_string()).into()
                }
                Argument::Text(text) => text.clone().into(),
                Argument::Wording(message) => self.say(&Sentence::plain(message.clone())).into(),
            };
            args.set(*name, value);
        }
        let mut errors = Vec::new();
        let pattern = message.value().expect("a message with a value");
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        assert!(errors.is_empty(), "{}: {errors:?}: {text}", sentence.message);
        text
    }
}

fn files(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locale").join(language);
    std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| {
            let name = file.file_name().into_string().unwrap();
            (name, std::fs::read_to_string(file.path()).unwrap())
        })
        .collect()
}

/// The ids that stand at the beginning of a line before ` =`.
fn ids(language: &str) -> Vec<String> {
    files(language)
        .values()
        .flat_map(|text| text.lines())
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
        .collect()
}

#[test]
fn english_and_french_have_the_same_messages_in_the_same_order() {
    assert!(ids("en").len() > 200);
    assert_eq!(ids("en"), ids("fr"));
}

#[test]
fn every_word_of_every_list_has_its_wording() {
    fn messages<T: Copy>(all: &[T], message: fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|word| message(*word).to_owned()).collect()
    }
    let mut needed = Vec::new();
    needed.extend(messages(Topic::ALL, Topic::message));
    needed.extend(messages(Setting::ALL, Setting::message));
    needed.extend(messages(InterventionKind::ALL, InterventionKind::message));
    needed.extend(messages(Outcome::ALL, Outcome::message));
    needed.extend(messages(Detail::ALL, Detail::message));
    needed.extend(messages(Population::ALL, Population::message));
    needed.extend(messages(Place::ALL, Place::message));
    needed.extend(messages(Measure::ALL, Measure::message));
    needed.extend(messages(Grade::ALL, Grade::message));
    needed.extend(messages(Doubt::ALL, Doubt::message));
    needed.extend(messages(SourceKind::ALL, SourceKind::message));
    needed.extend(messages(Terms::ALL, Terms::message));
    needed.extend(messages(TypedBy::ALL, TypedBy::message));
    for comparison in Comparison::ALL {
        needed.push(format!("{}-with", comparison.message()));
        needed.push(format!("{}-without", comparison.message()));
    }
    let library = shipped();
    needed.extend(library.interventions.iter().map(Intervention::message));
    needed.extend(library.interventions.iter().map(Intervention::short_message));
    for source in &library.sources {
        needed.extend(source.holds.clone());
        needed.extend(source.defects.clone());
    }
    for effect in &library.effects {
        needed.push(effect.direction().message().to_owned());
        needed.push(effect.verified.message().to_owned());
    }
    for language in ["en", "fr"] {
        let wording = Wording::load(language);
        let missing: Vec<_> = needed.iter().filter(|id| !wording.has(id)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
    }
}

#[test]
fn every_effect_makes_a_sentence_in_both_languages() {
    for (language, file) in [
        ("en", expect_file!["snapshots/sentences-en.txt"]),
        ("fr", expect_file!["snapshots/sentences-fr.txt"]),
    ] {
        let wording = Wording::load(language);
        let mut text = String::new();
        for effect in &shipped().effects {
            let sentence = wording.say(&sentence(effect));
            assert!(!sentence.contains("none"), "{}: {sentence}", effect.id);
            assert!(!sentence.contains("  "), "{}: {sentence}", effect.id);
            text.push_str(&format!("{}\n  {sentence}\n", effect.id));
        }
        file.assert_eq(&text);
    }
}

#[test]
fn a_reduction_is_said_in_percent_and_a_great_rise_in_times() {
    let say = |language: &str, id: &str| {
        Wording::load(language).say(&sentence(shipped().effect(id).unwrap()))
    };
    let check = |id: &str, english: expect_test::Expect, french: expect_test::Expect| {
        english.assert_eq(&say("en", id));
        french.assert_eq(&say("fr", id));
    };
    check(
        "oat-hiv-macarthur-2012",
        expect![
            "New HIV infection: rate 54 % lower on opioid agonist treatment than off it (between 33 % and 68 % lower), among people who inject drugs."
        ],
        expect![
            "Nouvelle infection par le VIH : taux plus bas de 54 % sous TAO que hors TAO (entre 33 % et 68 % de moins), chez les personnes qui injectent des drogues."
        ],
    );
    check(
        "release-weeks-1-2-drug-death-united-kingdom-merrall-2010",
        expect![
            "Drug-related death: risk 7.5 times as high in weeks 1 and 2 after release as in weeks 3 to 12 (between 5.7 and 9.9 times), among people released from prison (United Kingdom)."
        ],
        expect![
            "Décès lié aux drogues : risque multiplié par 7,5 durant les semaines 1 et 2 après la libération plutôt que durant les semaines 3 à 12 (entre 5,7 et 9,9), chez les personnes libérées de prison (Royaume-Uni)."
        ],
    );
    check(
        "nsp-high-hcv-platt-2018",
        expect![
            "New hepatitis C infection: risk 21 % lower with high coverage of needles and syringes than with little or no coverage, but this is not certain (from 61 % lower to 61 % higher), among people who inject drugs (all regions studied)."
        ],
        expect![
            "Nouvelle infection par le virus de l’hépatite C : risque plus bas de 21 % avec une couverture élevée en seringues que sans couverture ou avec une faible couverture, mais ce n’est pas certain (de 61 % de moins à 61 % de plus), chez les personnes qui injectent des drogues (toutes les régions étudiées)."
        ],
    );
}

#[test]
fn a_group_that_is_said_first_or_alone_needs_no_it() {
    let wording = Wording::load("en");
    for effect in &shipped().effects {
        let Some(contrast) = effect.contrast else { continue };
        if matches!(contrast.arm, Arm::Without | Arm::WithoutOverWith) {
            let group = format!("{}-without", contrast.comparison.message());
            let said = wording.say(&Sentence::plain(group));
            assert!(!said.ends_with(" it") && !said.ends_with(" them"), "{}: {said}", effect.id);
        }
    }
}
