//! What is in force at one moment: the parameters for everybody, and those for groups of people or for one prison where a policy makes a difference.
//! A group is told by what does not change without an event (sex, intensity, legal status), so that its hazards are constant between events; age is not.

use std::collections::BTreeMap;

use crate::parameters::Parameters;
use crate::person::{Injecting, Phase, PlaceIndex, Sex};
use crate::rates::{BEHAVIOURS, Behaviour, behaviour_of};

/// Legal status of people in prison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Remand,
    /// For a drug offence or another.
    Sentenced,
    SentencedDrugOffence,
}

/// For whom an intervention is; [`Who::EVERYBODY`] leaves everything open. What is named must all hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Who {
    pub sex: Option<Sex>,
    /// Low or high.
    pub intensity: Option<Injecting>,
    pub status: Option<Status>,
}

/// The words of a policy file.
const WORDS: [(&str, Who); 7] = [
    ("men", Who { sex: Some(Sex::Man), ..Who::EVERYBODY }),
    ("women", Who { sex: Some(Sex::Woman), ..Who::EVERYBODY }),
    ("low intensity", Who { intensity: Some(Injecting::Low), ..Who::EVERYBODY }),
    ("high intensity", Who { intensity: Some(Injecting::High), ..Who::EVERYBODY }),
    ("remand", Who { status: Some(Status::Remand), ..Who::EVERYBODY }),
    ("sentenced", Who { status: Some(Status::Sentenced), ..Who::EVERYBODY }),
    (
        "sentenced for a drug offence",
        Who { status: Some(Status::SentencedDrugOffence), ..Who::EVERYBODY },
    ),
];

impl Who {
    pub const EVERYBODY: Who = Who { sex: None, intensity: None, status: None };

    /// # Errors
    /// A word that is not known, or two that exclude each other.
    pub fn from_words(words: &[String]) -> Result<Who, String> {
        let mut who = Who::EVERYBODY;
        for word in words {
            let Some((_, with)) = WORDS.iter().find(|(known, _)| known == word) else {
                let known: Vec<_> = WORDS.iter().map(|(known, _)| *known).collect();
                return Err(format!("{word:?} is no group; groups are {}", known.join(", ")));
            };
            let twice = (with.sex.is_some() && who.sex.is_some())
                || (with.intensity.is_some() && who.intensity.is_some())
                || (with.status.is_some() && who.status.is_some());
            if twice {
                return Err(format!(
                    "{word:?} and what is named before it exclude each other; write two interventions"
                ));
            }
            who = Who {
                sex: who.sex.or(with.sex),
                intensity: who.intensity.or(with.intensity),
                status: who.status.or(with.status),
            };
        }
        Ok(who)
    }

    pub fn words(&self) -> Vec<&'static str> {
        let one = |named: &Who| {
            (named.sex.is_some() && named.sex == self.sex)
                || (named.intensity.is_some() && named.intensity == self.intensity)
                || (named.status.is_some() && named.status == self.status)
        };
        WORDS.iter().filter(|(_, named)| one(named)).map(|(word, _)| *word).collect()
    }

    pub(crate) fn has(&self, b: &Behaviour) -> bool {
        self.sex.is_none_or(|sex| sex == b.sex)
            && self.intensity.is_none_or(|intensity| intensity == b.injecting)
            && self.status.is_none_or(|status| match status {
                Status::Remand => b.phase == Phase::Remand,
                Status::Sentenced => b.phase.held() && b.phase != Phase::Remand,
                Status::SentencedDrugOffence => b.phase == Phase::SentencedDrugOffence,
            })
    }
}

/// A difference that a policy makes: for whom, and in which prison alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    pub who: Who,
    pub place: Option<PlaceIndex>,
}

/// More differences in one policy than this are refused when it is read.
pub const MOST_RULES: usize = 16;

/// Parameters in force, by group and place.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The first is for everybody whom no rule names.
    sets: Vec<Parameters>,
    rules: Vec<Rule>,
    /// Which set is for people to whom these rules apply (a bit each).
    by_rules: BTreeMap<u32, u8>,
}

impl Setting {
    /// The same for everybody.
    pub fn plain(parameters: Parameters) -> Setting {
        Setting { sets: vec![parameters], rules: Vec::new(), by_rules: BTreeMap::from([(0, 0)]) }
    }

    /// `parameters` gives what is in force for those to whom these rules apply (a bit each).
    pub(crate) fn by_rules(
        rules: Vec<Rule>,
        places: usize,
        parameters: impl Fn(u32) -> Parameters,
    ) -> Setting {
        let mut setting =
            Setting { sets: vec![parameters(0)], rules, by_rules: BTreeMap::from([(0, 0)]) };
        for place in 0..places as PlaceIndex {
            for index in 0..BEHAVIOURS {
                let mask = setting.mask(place, &behaviour_of(index));
                // 255 sets are never reached: a person is of one sex, intensity, status and place.
                if !setting.by_rules.contains_key(&mask) && setting.sets.len() < 255 {
                    setting.by_rules.insert(mask, setting.sets.len() as u8);
                    setting.sets.push(parameters(mask));
                }
            }
        }
        setting
    }

    /// For everybody whom no rule names.
    pub fn general(&self) -> &Parameters {
        &self.sets[0]
    }

    pub(crate) fn sets(&self) -> &[Parameters] {
        &self.sets
    }

    pub(crate) fn set_of(&self, place: PlaceIndex, b: &Behaviour) -> u8 {
        if self.rules.is_empty() {
            return 0;
        }
        self.by_rules.get(&self.mask(place, b)).copied().unwrap_or(0)
    }

    fn mask(&self, place: PlaceIndex, b: &Behaviour) -> u32 {
        let applies = |rule: &Rule| rule.place.is_none_or(|only| only == place) && rule.who.has(b);
        self.rules
            .iter()
            .enumerate()
            .fold(0, |mask, (i, rule)| mask | u32::from(applies(rule)) << i)
    }
}
