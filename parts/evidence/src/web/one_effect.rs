//! One effect with everything that is recorded of it: the sentence, the figure as published, the
//! original wording, and whether anyone checked it.

use axum::extract::{Path, State};
use axum::response::Response;
use base::language::Words;
use base::page::{Head, value};
use base::{App, Reader, Refusal, answer};
use minijinja::context;
use serde::Serialize;

use crate::effect::{Effect, Estimate, Verified};
use crate::library::Library;
use crate::worded;
use crate::words::decimals;

/// One line of the record.
#[derive(Serialize)]
struct Field {
    label: String,
    text: String,
    href: Option<String>,
}

/// `/effects/oat-hiv-macarthur-2012`.
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let effect = library.effect(&id).ok_or_else(|| Refusal::not_found("no-effect", &id))?;
    let words = &reader.words;
    let sentence = worded::effect(words, effect);
    let topic = words.say(effect.topic.message());
    let head = Head::titled(subject(words, effect))
        .about(sentence.clone())
        .under(reader.say("way-evidence"), "/evidence")
        .under(topic, format!("/evidence/{}", effect.topic.id()));
    let siblings: Vec<(String, String)> = library
        .effects
        .iter()
        .filter(|other| {
            other.id != effect.id && effect.group.is_some() && other.group == effect.group
        })
        .map(|other| (worded::effect(words, other), format!("/effects/{}", other.id)))
        .collect();
    let values = context! {
        sentence,
        siblings,
        verified => effect.verified == Verified::Yes,
        checked => words.say(effect.verified.message()),
        usable => effect.usable_as_default(),
        turned => effect.is_turned_round(),
        about => value(about(words, &library, effect)),
        figure => value(figure(words, effect)),
        original => value(original(words, effect)),
        citation => library.source(&effect.source).map(|s| s.citation(words.language.tag()).html.clone()),
        source => effect.source.clone(),
        api => format!("/api/effects/{}", effect.id),
    };
    answer::page(&site, &reader, "evidence/effect.html", head, values)
}

fn subject(words: &Words, effect: &Effect) -> String {
    let outcome = words.say(effect.outcome.message());
    let intervention = words.say(&effect.intervention.message());
    let args = [("outcome", outcome.into()), ("intervention", intervention.into())];
    words.say_with("evidence-subject", &args)
}

fn about(words: &Words, library: &Library, effect: &Effect) -> Vec<Field> {
    let intervention = words.say(&effect.intervention.message());
    let short = words.say(&effect.intervention.short_message());
    let source =
        library.source(&effect.source).map_or_else(|| effect.source.clone(), |s| s.short());
    let mut fields = Fields { words, fields: Vec::new() };
    fields.link(
        "evidence-topic",
        words.say(effect.topic.message()),
        format!("/evidence/{}", effect.topic.id()),
    );
    fields.link("evidence-intervention", intervention, super::effects_of_intervention(&short));
    fields.add("evidence-setting", words.say(effect.setting.message()));
    fields.add("evidence-outcome", words.say(effect.outcome.message()));
    fields.message("evidence-detail", effect.detail.map(|word| word.message()));
    fields.add("evidence-people", words.say(effect.population.message()));
    fields.message("evidence-place", effect.place.map(|word| word.message()));
    fields.maybe("evidence-years", effect.years.clone());
    fields.add("evidence-direction", words.say(effect.direction().message()));
    fields.link("source", source, format!("/sources/{}", effect.source));
    fields.maybe("evidence-locator", effect.locator.clone());
    fields.link("evidence-address", effect.address.clone(), effect.address.clone());
    fields.fields
}

fn figure(words: &Words, effect: &Effect) -> Vec<Field> {
    let written = |value: f64| words.number(value, decimals(value));
    let count =
        |message: &str, count: u64| words.say_with(message, &[("count", (count as usize).into())]);
    let mut fields = Fields { words, fields: Vec::new() };
    fields.add("evidence-measure", words.say(effect.measure.message()));
    match effect.estimate {
        Estimate::Number { value, interval, of } => {
            fields.add("evidence-estimate", written(value));
            if let Some(of) = of {
                fields.add("evidence-whole", written(of as f64));
            }
            let interval = interval.map(|i| format!("{}–{}", written(i.low), written(i.high)));
            let interval = interval.unwrap_or_else(|| words.say("evidence-no-interval"));
            fields.add("evidence-interval", interval);
        }
        Estimate::Words(_) => fields.add("evidence-estimate", words.say("evidence-in-words-only")),
    }
    if effect.is_turned_round()
        && let Some((value, interval)) = effect.with_over_without()
    {
        let short = |value: f64| words.number(value, 2);
        let interval = interval.map(|i| format!(" ({}–{})", short(i.low), short(i.high)));
        fields.add("evidence-turned", short(value) + &interval.unwrap_or_default());
    }
    fields.message(
        "evidence-adjustment",
        effect.adjusted.map(|yes| if yes { "effect-adjusted" } else { "effect-unadjusted" }),
    );
    fields.maybe("evidence-studies", effect.studies.map(|n| count("effect-studies", n)));
    fields.maybe(
        "evidence-participants",
        effect.participants.map(|n| count("effect-participants", n)),
    );
    fields.maybe(
        "evidence-heterogeneity",
        effect
            .i2_percent
            .map(|i2| words.say_with("effect-heterogeneity", &[("value", written(i2).into())])),
    );
    fields.message("evidence-grade", effect.grade.map(|word| word.message()));
    fields.fields
}

/// What was recorded in English, kept as it stands.
fn original(words: &Words, effect: &Effect) -> Vec<Field> {
    let mut fields = Fields { words, fields: Vec::new() };
    fields.add("evidence-parameter", effect.parameter.clone());
    fields.add("evidence-population", effect.population_published.clone());
    fields.maybe("effect-as-published", effect.words.clone());
    fields.maybe("evidence-note", effect.note.clone());
    fields.add("evidence-id", effect.id.clone());
    fields.fields
}

struct Fields<'a> {
    words: &'a Words,
    fields: Vec<Field>,
}

impl Fields<'_> {
    fn add(&mut self, label: &str, text: String) {
        self.fields.push(Field { label: self.words.say(label), text, href: None });
    }
    fn link(&mut self, label: &str, text: String, href: String) {
        self.fields.push(Field { label: self.words.say(label), text, href: Some(href) });
    }
    fn maybe(&mut self, label: &str, text: Option<String>) {
        if let Some(text) = text {
            self.add(label, text);
        }
    }
    fn message(&mut self, label: &str, message: Option<&str>) {
        self.maybe(label, message.map(|message| self.words.say(message)));
    }
}
