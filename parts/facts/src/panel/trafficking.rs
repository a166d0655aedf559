//! Trafficking and drug-law offences: the other side of drug policy, in the prison's books.

use base::Panel;
use base::document::Block;

use super::{Asked, Line};

const FIGURES: &[&str] = &[
    "persons_held_drug_acts",
    "drug_law_share",
    "persons_held_drug_trafficking",
    "drug_trafficking_share",
    "persons_held_drug_possession",
    "persons_entering_drug_trafficking",
    "persons_entering_drug_possession",
    "drug_law_offences",
    "drug_seizures_prison",
];

const ALWAYS: &[&str] =
    &["persons_held_drug_trafficking", "drug_law_offences", "drug_seizures_prison"];

pub fn section(asked: &Asked<'_>, panel: &mut Panel) {
    let mut blocks = vec![Block::Figures { title: None, figures: asked.figures(FIGURES, ALWAYS) }];
    blocks.extend(asked.trend(
        "trafficking-held",
        &asked.say("trafficking-title"),
        &[
            Line { indicator: "persons_held_drug_trafficking", hue: chart::Hue::Accent(3) },
            Line { indicator: "persons_held_drug_possession", hue: chart::Hue::Accent(0) },
        ],
    ));
    panel.sections.push(asked.section(50, "trafficking", blocks));
}
