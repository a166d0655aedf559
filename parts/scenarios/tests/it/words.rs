//! Words: every lever, outcome, policy and figure of the model has its own in both languages, and nothing is said in hard words.

use epidemic::Measure;
use epidemic::parameters::SPECS;
use scenarios::{Group, LEVERS, OUTCOMES, POLICIES};

use crate::on_sqlite;

#[tokio::test]
async fn everything_on_a_fixed_list_is_worded_in_both_languages() {
    let site = on_sqlite().await;
    let mut keys: Vec<String> = Vec::new();
    for lever in LEVERS {
        keys.extend([format!("lever-{}", lever.id), format!("lever-{}-help", lever.id)]);
    }
    keys.extend(Group::ALL.iter().map(|group| format!("levers-{}", group.id())));
    keys.extend(OUTCOMES.iter().map(|(id, ..)| format!("result-{id}")));
    keys.extend(POLICIES.iter().map(|policy| format!("policy-{}", policy.id)));
    keys.extend(SPECS.iter().map(|spec| format!("parameter-{}", spec.name)));
    keys.extend(Measure::ALL.iter().map(|measure| format!("measure-{}", measure.word())));
    for language in ["en", "fr"] {
        let words = site.app.languages.get(language).expect("a language");
        let missing: Vec<&String> = keys.iter().filter(|key| !words.has(key)).collect();
        assert_eq!(missing, Vec::<&String>::new(), "{language}");
    }
}

/// A list sorted by name puts a figure away from the one before it: each must be understood alone.
#[tokio::test]
async fn no_two_figures_of_the_model_are_called_the_same() {
    let site = on_sqlite().await;
    for language in ["en", "fr"] {
        let words = site.app.languages.get(language).expect("a language");
        let mut names: Vec<String> =
            SPECS.iter().map(|spec| words.say(&format!("parameter-{}", spec.name))).collect();
        names.sort();
        let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert_eq!(twice, Vec::<&[String]>::new(), "{language}");
    }
}

#[test]
fn people_first() {
    let messages = (scenarios::PART.words)();
    for file in messages.iter().filter(|file| file.language == "en") {
        for word in ["inmate", "prisoner", "addict", "drug user", "abuse", "offender"] {
            let at = file.text.to_lowercase().find(word);
            assert_eq!(
                at.map(|at| &file.text[at.saturating_sub(40)..at + 20]),
                None,
                "{}",
                file.file
            );
        }
    }
}
