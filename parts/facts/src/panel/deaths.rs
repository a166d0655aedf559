//! Deaths in prison, with the exact interval that small counts need.

use base::Panel;
use base::document::Block;

use super::{Asked, Line};
use crate::shown;

const FIGURES: &[&str] = &[
    "deaths_prison",
    "death_rate_prison",
    "suicides_prison",
    "suicide_rate_prison",
    "homicides_prison",
    "deaths_natural_prison",
    "overdose_deaths_prison",
    "overdose_deaths_after_release",
];

const ALWAYS: &[&str] =
    &["deaths_prison", "overdose_deaths_prison", "overdose_deaths_after_release"];

pub fn section(asked: &Asked<'_>, panel: &mut Panel) {
    let mut blocks = vec![Block::Figures { title: None, figures: asked.figures(FIGURES, ALWAYS) }];
    let title = match asked.usable("death_rate_prison") {
        Some(rate) => {
            let interval =
                shown::interval(asked.words, rate.low, rate.high, shown::decimals(&rate));
            let [value, year] = asked.args(&rate);
            asked.say_with("deaths-title", &[value, year, ("interval", interval.into())])
        }
        None => asked.say("deaths-title-plain"),
    };
    blocks.extend(asked.trend(
        "death-rate",
        &title,
        &[Line { indicator: "death_rate_prison", hue: chart::Hue::Inside }],
    ));
    panel.sections.push(asked.section(25, "deaths", blocks));
}
