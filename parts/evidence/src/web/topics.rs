//! What works: all topics with the list of all effects, and each topic with its forest.

use axum::extract::{Path, State};
use axum::response::Response;
use base::answer::{self, Form};
use base::document::Drawing;
use base::language::Words;
use base::page::{Head, value};
use base::{App, Reader, Refusal, Table};
use minijinja::context;
use serde::Serialize;

use crate::forest::{Forest, forest};
use crate::library::Library;
use crate::vocabulary::{Setting, Topic};
use crate::{drawn, lists, panel, worded};

/// A topic as the page of all topics shows it.
#[derive(Serialize)]
struct Card {
    name: String,
    href: String,
    /// How many effects, and how many of them were measured in prison or in the weeks after release;
    /// nothing where there are none.
    count: Option<String>,
    /// What is surest of it, with its address.
    surest: Option<(String, String)>,
}

/// A sentence with the address of the effect that says it.
#[derive(Serialize)]
struct Line {
    text: String,
    href: String,
    setting: String,
    hue: base::document::Hue,
    verified: bool,
}

/// `/evidence`.
pub async fn all(State(site): State<App>, reader: Reader) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let words = &reader.words;
    let cards: Vec<Card> = Topic::ALL.iter().map(|topic| card(words, &library, *topic)).collect();
    let head = Head::titled(reader.say("evidence-title")).about(reader.say("evidence-lead"));
    let values = context! {
        cards => value(cards),
        count => library.effects.len(),
        sources => library.sources.len(),
        view => value(every_effect(words, &library).view(&reader)),
    };
    answer::page(&site, &reader, "evidence/evidence.html", head, values)
}

/// `/evidence.csv`, `.xlsx`, `.json`.
pub async fn all_as(
    State(site): State<App>,
    reader: Reader,
    Path(form): Path<String>,
) -> Result<Response, Refusal> {
    let library = worded::held(&site).await?;
    let (_, form) = Form::of(&format!("evidence.{form}"));
    answer::table(every_effect(&reader.words, &library), &reader, form)
}

/// `/evidence/mortality`, and with an ending the table of its effects.
pub async fn one(
    State(site): State<App>,
    reader: Reader,
    Path(name): Path<String>,
) -> Result<Response, Refusal> {
    let (id, form) = Form::of(&name);
    let topic = super::topic(id)?;
    let library = worded::held(&site).await?;
    let words = &reader.words;
    let table = effects_of_topic(words, &library, topic);
    if form != Form::Page {
        return answer::table(table, &reader, form);
    }
    let forest = forest(topic, &library.effects);
    let title =
        words.say_with("evidence-topic-title", &[("topic", words.say(topic.message()).into())]);
    let head = Head::titled(title)
        .about(
            panel::surest(&library, topic)
                .map(|effect| worded::effect(words, effect))
                .unwrap_or_default(),
        )
        .under(reader.say("way-evidence"), "/evidence");
    let count = table.rows.len();
    let others: Vec<(String, String)> = Topic::ALL
        .iter()
        .filter(|other| **other != topic)
        .map(|other| (words.say(other.message()), format!("/evidence/{}", other.id())))
        .collect();
    let values = context! {
        count,
        others,
        drawings => value(drawings(words, &library, &forest)),
        in_words => value(in_words(words, &forest)),
        charts => format!("/evidence/{}/charts", topic.id()),
        view => value(table.view(&reader)),
    };
    answer::page(&site, &reader, "evidence/topic.html", head, values)
}

/// `/evidence/mortality/charts/ratio.svg`, `.png`, `.csv`: the drawing of one scale.
pub async fn chart(
    State(site): State<App>,
    reader: Reader,
    Path((topic, name)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let topic = super::topic(&topic)?;
    let (id, form) = Form::of(&name);
    let library = worded::held(&site).await?;
    let forest = forest(topic, &library.effects);
    let drawings = drawings(&reader.words, &library, &forest);
    let drawing = drawings.iter().find(|drawing| drawing.id == id);
    let drawing = drawing.ok_or_else(|| Refusal::not_found("no-drawing", id))?;
    answer::drawing(&site, &reader, drawing, form, &format!("{}-{id}", topic.id())).await
}

fn card(words: &Words, library: &Library, topic: Topic) -> Card {
    let near_prison = [Setting::Prison, Setting::Release];
    let surest = panel::surest(library, topic);
    let effects = library.effects_of_topic(topic).count();
    let prison =
        library.effects_of_topic(topic).filter(|e| near_prison.contains(&e.setting)).count();
    let count = [("count", effects.into()), ("prison", worded::some(prison))];
    Card {
        name: words.say(topic.message()),
        href: format!("/evidence/{}", topic.id()),
        count: (effects > 0).then(|| words.say_with("evidence-count", &count)),
        surest: surest
            .map(|effect| (worded::effect(words, effect), format!("/effects/{}", effect.id))),
    }
}

fn every_effect(words: &Words, library: &Library) -> Table {
    lists::effects(words, library, "evidence", words.say("evidence-all"), library.effects.iter())
}

fn effects_of_topic(words: &Words, library: &Library, topic: Topic) -> Table {
    let mut effects: Vec<_> = library.effects_of_topic(topic).collect();
    effects.sort_by_key(|effect| (effect.setting, effect.intervention.position, effect.outcome));
    let caption =
        words.say_with("evidence-of-topic", &[("topic", words.say(topic.message()).into())]);
    lists::effects(words, library, topic.id(), caption, effects.into_iter())
}

fn drawings(words: &Words, library: &Library, forest: &Forest<'_>) -> Vec<Drawing> {
    let panels = forest.panels.iter();
    panels
        .map(|panel| drawn::forest(words, library, forest.topic, panel, panel.scale.id()))
        .collect()
}

fn in_words(words: &Words, forest: &Forest<'_>) -> Vec<Line> {
    let effects = forest.in_words.iter();
    effects
        .map(|effect| Line {
            text: worded::effect(words, effect),
            href: format!("/effects/{}", effect.id),
            setting: words.say(effect.setting.message()),
            hue: lists::hue(effect.setting),
            verified: effect.verified == crate::Verified::Yes,
        })
        .collect()
}
