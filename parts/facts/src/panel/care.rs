//! Care: what is offered inside, beside what is offered outside.

use base::Panel;
use base::document::Block;

use super::Asked;

const FIGURES: &[&str] = &[
    "oat_programme_prison",
    "oat_people_prison",
    "oat_share_prison",
    "oat_coverage_prison",
    "oat_coverage_community",
    "oat_continued_after_release",
    "needles_programme_prison",
    "needles_given_prison",
    "needles_per_person_prison",
    "needles_per_person_community",
    "condoms_given_prison",
    "condoms_per_person_prison",
    "art_coverage_prison",
    "art_coverage_community",
    "hiv_testing_prison",
    "hiv_testing_community",
    "hcv_testing_prison",
    "hcv_testing_community",
    "hcv_treatment_prison",
    "hcv_treatment_community",
    "naloxone_at_release",
    "drug_treatment_prison",
];

const ALWAYS: &[&str] = &[
    "oat_people_prison",
    "oat_coverage_community",
    "needles_given_prison",
    "needles_per_person_community",
    "art_coverage_prison",
    "art_coverage_community",
    "hiv_testing_prison",
    "hiv_testing_community",
    "hcv_testing_prison",
    "hcv_treatment_prison",
    "naloxone_at_release",
];

pub fn section(asked: &Asked<'_>, panel: &mut Panel) {
    let blocks = vec![Block::Figures { title: None, figures: asked.figures(FIGURES, ALWAYS) }];
    panel.sections.push(asked.section(30, "care", blocks));
    if let (Some(people), Some(share)) =
        (asked.usable("oat_people_prison"), asked.usable("oat_share_prison"))
    {
        let [value, year] = asked.args(&people);
        let share = crate::shown::value(asked.words, &share);
        let text = match asked.usable("oat_coverage_community") {
            Some(outside) => {
                let [there, there_year] = asked.args(&outside);
                asked.say_with(
                    "finding-oat",
                    &[
                        value,
                        year,
                        ("share", share.into()),
                        ("outside", there.1),
                        ("outside_year", there_year.1),
                    ],
                )
            }
            None => asked.say_with("finding-oat-alone", &[value, year, ("share", share.into())]),
        };
        panel.findings.push(asked.finding(0.9, "care", text));
    } else if let Some(outside) = asked.usable("oat_coverage_community") {
        panel.findings.push(asked.finding(
            0.6,
            "care",
            asked.say_with("finding-oat-outside-only", &asked.args(&outside)),
        ));
    }
}
