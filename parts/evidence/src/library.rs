//! The library that the product ships: the four files of `data/`, compiled in and read once.
//! A test holds that they read without a problem, so the pages need not ask.

use std::sync::LazyLock;

use crate::effect::Effect;
use crate::effects_file::read_effects;
use crate::intervention::{Intervention, read_interventions};
use crate::source::{Source, read_sources};
use crate::table::Problem;
use crate::vocabulary::Topic;

/// Sources, interventions and effects that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// In order of id.
    pub sources: Vec<Source>,
    /// In reading order.
    pub interventions: Vec<Intervention>,
    /// In the order of the file.
    pub effects: Vec<Effect>,
}

/// The bytes of the four files.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    pub sources_yml: &'a [u8],
    pub sources_csv: &'a [u8],
    pub interventions_csv: &'a [u8],
    pub effects_csv: &'a [u8],
}

impl Files<'static> {
    /// The files that the product ships.
    pub const SHIPPED: Files<'static> = Files {
        sources_yml: include_bytes!("../../../data/sources.yml"),
        sources_csv: include_bytes!("../../../data/sources.csv"),
        interventions_csv: include_bytes!("../../../data/interventions.csv"),
        effects_csv: include_bytes!("../../../data/effects.csv"),
    };
}

/// The library that the product ships, read at the first call.
pub fn shipped() -> &'static Library {
    static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::read(Files::SHIPPED).0);
    &LIBRARY
}

impl Library {
    /// Reads the four files together, since effects name sources and interventions.
    pub fn read(files: Files<'_>) -> (Library, Vec<Problem>) {
        let (sources, mut problems) =
            read_sources("sources.yml", files.sources_yml, "sources.csv", files.sources_csv);
        let (interventions, more) =
            read_interventions("interventions.csv", files.interventions_csv);
        problems.extend(more);
        let (effects, more) =
            read_effects("effects.csv", files.effects_csv, &interventions, &sources);
        problems.extend(more);
        let library = Library { sources, interventions, effects };
        (library, problems)
    }

    /// The effect with this id.
    pub fn effect(&self, id: &str) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.id == id)
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// The intervention with this id.
    pub fn intervention(&self, id: &str) -> Option<&Intervention> {
        self.interventions.iter().find(|one| one.id == id)
    }

    /// The effects of one topic, in the order of the file.
    pub fn effects_of_topic(&self, topic: Topic) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(move |e| e.topic == topic)
    }

    /// The effects that rest on one source, in the order of the file.
    pub fn effects_of_source<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Effect> {
        self.effects.iter().filter(move |e| e.source == id)
    }
}
