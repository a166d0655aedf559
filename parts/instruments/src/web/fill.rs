//! Filling: the start behind a link, one page of questions after another, a look at the whole, and
//! the receipt. Everything is kept at each step; nothing needs a script.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base::access::see_other;
use base::page::value;
use base::{App, Fields, Reader, Refusal, Site, Words};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use minijinja::context;
use xlsform::fill::{Filling, Start};

use crate::compiled::{self, Compiled, name_of, tag_of};
use crate::draft::Draft;
use crate::filling::layout::{self, Page};
use crate::filling::sheet::{self, Fault, Standing};
use crate::filling::{typed, words};
use crate::identity;
use crate::instrument::{self, Version};
use crate::record::{self, Arrival, State as Review, Taken};
use crate::round::{self, Respondent, Round, Stage};
use crate::{anonymous, carried, day, draft, secret, shipped};

/// What stands behind an address that somebody was given.
pub(super) enum Behind {
    Shared(Round),
    Link(Round, Respondent),
}

impl Behind {
    fn round(&self) -> &Round {
        match self {
            Behind::Shared(round) | Behind::Link(round, _) => round,
        }
    }
}

pub(super) async fn behind(site: &Site, address: &str) -> Result<Behind, Refusal> {
    let pool = &site.storage.pool;
    if let Some(round) = round::with_address(pool, address).await? {
        return Ok(Behind::Shared(round));
    }
    let found = round::with_link(pool, address).await?;
    let (round, respondent) = found.ok_or_else(|| Refusal::not_found("no-link", ""))?;
    Ok(Behind::Link(round, respondent))
}

fn only_open(site: &Site, round: &Round) -> Result<(), Refusal> {
    match round.stage(&day::of(site.now())) {
        Stage::Open => Ok(()),
        Stage::Ahead => Err(Refusal::conflict("round-ahead")),
        Stage::Over | Stage::Closed => Err(Refusal::conflict("round-over")),
    }
}

async fn version_of(site: &Site, id: &str, number: i64) -> Result<Version, Refusal> {
    let version = instrument::version(&site.storage.pool, id, number).await?;
    version.ok_or_else(|| Refusal::not_found("no-instrument", id))
}

/// `/ask/{secret}`: what this is, until when, who will see it, in which languages.
pub async fn start(
    State(site): State<App>,
    reader: Reader,
    Path(address): Path<String>,
) -> Result<Response, Refusal> {
    let behind = behind(&site, &address).await?;
    let round = behind.round();
    only_open(&site, round)?;
    let version = version_of(&site, &round.instrument, round.number).await?;
    let compiled = instrument::ready(&site.storage.pool, &version).await?;
    let languages = compiled.languages();
    let asked = reader.asked("in").pop();
    let preferred = preferred(&compiled, asked.as_deref(), &reader);
    let words =
        words::of(if preferred == "default" { reader.words.language.tag() } else { &preferred });
    let earlier = match &behind {
        Behind::Link(round, who) if who.spent && !round.anonymous => {
            record::of_respondent(&site.storage.pool, &round.id, who.number).await?
        }
        _ => None,
    };
    let spent = matches!(&behind, Behind::Link(_, who) if who.spent);
    let correct = earlier.as_ref().is_some_and(|it| it.state == Review::Issues);
    let name = match &behind {
        Behind::Link(round, who) if !round.anonymous => who.name.clone(),
        _ => String::new(),
    };
    let last = match &behind {
        Behind::Link(round, who) if !spent && !round.anonymous => {
            carried::offered(&site, round, who).await?.map(|it| day::of(it.received_at))
        }
        _ => None,
    };
    let begun = draft::find(&site.storage.pool, &address).await?.is_some();
    let choices: Vec<_> = languages
        .iter()
        .filter(|name| *name != "default")
        .map(|it| {
            let is_draft = shipped::is_draft(&round.instrument, tag_of(it));
            (it.clone(), name_of(it).to_owned(), tag_of(it).to_owned(), *it == preferred, is_draft)
        })
        .collect();
    let values = context! {
        title => round.title.clone(), name, until => round.until_day.clone(),
        anonymous => round.anonymous, single => matches!(behind, Behind::Link(..)),
        questions => version.questions, choices, address, spent, correct,
        last => last.filter(|_| !begun), remarks => earlier.is_some(),
        note => earlier.map(|it| it.note).unwrap_or_default(),
        exchanged => round.anonymous && matches!(behind, Behind::Link(..)),
    };
    framed(&site, words, "instruments/start.html", values)
}

/// The language asked for, else the reader's, else the form's first.
fn preferred(compiled: &Compiled, asked: Option<&str>, reader: &Reader) -> String {
    let languages = compiled.languages();
    let known = asked.filter(|it| languages.iter().any(|known| known == it)).map(str::to_owned);
    known
        .or_else(|| compiled::language_for(&languages, reader.words.language.tag()).cloned())
        .unwrap_or_else(|| languages[0].clone())
}

/// A page of its own frame: whoever answers has nothing to look for elsewhere.
pub(super) fn framed(
    site: &Site,
    words: &Arc<Words>,
    template: &str,
    values: minijinja::Value,
) -> Result<Response, Refusal> {
    let values = context! {
        assets => (site.equipment.assets_version)(), lang => words.language.tag(), ..values
    };
    Ok(Html(site.pages.set_alone(words, template, values)?).into_response())
}

/// Begins, or goes on with what a named respondent began.
pub async fn begin(
    State(site): State<App>,
    reader: Reader,
    Path(address): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let behind = behind(&site, &address).await?;
    let round = behind.round().clone();
    only_open(&site, &round)?;
    let pool = &site.storage.pool;
    let version = version_of(&site, &round.instrument, round.number).await?;
    let compiled = instrument::ready(pool, &version).await?;
    let language = preferred(&compiled, Some(fields.one("language")), &reader);
    let start = start_of(&site, round.anonymous, &language)?;
    let mut draft = Draft {
        round: round.id.clone(),
        instrument: round.instrument.clone(),
        number: round.number,
        respondent: 0,
        record: String::new(),
        language,
        day: day::of(site.now()),
    };
    let fresh = |start| {
        Filling::new(compiled.xform.clone(), start)
            .map(|filling| filling.draft())
            .map_err(Refusal::broken)
    };
    match &behind {
        Behind::Shared(_) => {
            draft.record = fresh(start)?;
            let secret = secret::draw()?;
            draft::keep(pool, &secret, &draft).await?;
            Ok(see_other(&format!("/fill/{secret}?page=1")))
        }
        Behind::Link(round, who) if round.anonymous => {
            draft.record = fresh(start)?;
            let secret = secret::draw()?;
            let mut change = site.storage.change().await?;
            let engine = site.storage.engine;
            if !anonymous::spend(&mut change, engine, &round.id, who.number).await? {
                return Err(Refusal::conflict("link-spent"));
            }
            draft::keep(&mut *change, &secret, &draft).await?;
            change.commit().await?;
            anonymous::tidy(&site.storage, round).await;
            // The link is exchanged either way: what a tablet sends must not lie beside its name.
            Ok(see_other(&match fields.one("go") {
                "offline" => format!("/offline/{secret}"),
                _ => format!("/fill/{secret}?page=1"),
            }))
        }
        Behind::Link(round, who) => {
            if draft::find(pool, &address).await?.is_none() {
                let earlier = record::of_respondent(pool, &round.id, who.number).await?;
                draft.respondent = who.number;
                draft.record = match earlier {
                    None => {
                        let last = match fields.one("from") {
                            "last" => carried::offered(&site, round, who).await?,
                            _ => None,
                        };
                        match last {
                            Some(last) => carried::begin(compiled.xform.clone(), &last.xml, start)
                                .map_err(Refusal::broken)?
                                .draft(),
                            None => fresh(start)?,
                        }
                    }
                    Some(earlier) if earlier.state == Review::Issues => {
                        Filling::edit(compiled.xform.clone(), &earlier.xml, start)
                            .map_err(Refusal::broken)?
                            .draft()
                    }
                    Some(_) => return Err(Refusal::conflict("link-spent")),
                };
                draft::keep(pool, &address, &draft).await?;
            }
            Ok(see_other(&format!("/fill/{address}?page=1")))
        }
    }
}

/// A trial of an instrument, of which nothing is kept in the end.
pub async fn begin_trial(
    site: &Site,
    reader: &Reader,
    version: &Version,
) -> Result<Response, Refusal> {
    let compiled = instrument::ready(&site.storage.pool, version).await?;
    let language = preferred(&compiled, None, reader);
    let start = start_of(site, false, &language)?;
    let filling = Filling::new(compiled.xform.clone(), start).map_err(Refusal::broken)?;
    let secret = secret::draw()?;
    let draft = Draft {
        round: String::new(),
        instrument: version.instrument.clone(),
        number: version.number,
        respondent: 0,
        record: filling.draft(),
        language,
        day: day::of(site.now()),
    };
    draft::end_trials(&site.storage.pool, &day::after(&draft.day, -1)).await?;
    draft::keep(&site.storage.pool, &secret, &draft).await?;
    Ok(see_other(&format!("/fill/{secret}?page=1")))
}

/// What the engine is given: in anonymous rounds no time finer than a day.
fn start_of(site: &Site, anonymous: bool, language: &str) -> Result<Start, Refusal> {
    Ok(Start {
        now: moment(site, anonymous)?,
        zone: TimeZone::UTC,
        seed: secret::seed()?,
        language: Some(language.to_owned()).filter(|it| it != "default"),
    })
}

/// The time as a form may know it.
fn moment(site: &Site, anonymous: bool) -> Result<Timestamp, Refusal> {
    let now = if anonymous { day::midnight(site.now()) } else { site.now() };
    Timestamp::from_second(now).map_err(Refusal::broken)
}

/// A draft that is open on the desk.
struct Session {
    secret: String,
    draft: Draft,
    round: Option<Round>,
    title: String,
    compiled: Arc<Compiled>,
    pages: Vec<Page>,
    filling: Filling,
    words: &'static Arc<Words>,
}

impl Session {
    async fn open(site: &Site, secret: &str) -> Result<Session, Refusal> {
        let pool = &site.storage.pool;
        let found = draft::find(pool, secret).await?;
        let draft = found.ok_or_else(|| Refusal::not_found("no-draft", ""))?;
        let round = match draft.round.as_str() {
            "" => None,
            id => round::find(pool, id).await?,
        };
        if let Some(round) = &round {
            only_open(site, round)?;
        }
        let version = version_of(site, &draft.instrument, draft.number).await?;
        let compiled = instrument::ready(pool, &version).await?;
        let anonymous = round.as_ref().is_some_and(|round| round.anonymous);
        let start = start_of(site, anonymous, &draft.language)?;
        let filling = Filling::resume(compiled.xform.clone(), &draft.record, start)
            .map_err(Refusal::broken)?;
        let words = words::of(&draft.language);
        let title = round.as_ref().map_or(version.title.clone(), |round| round.title.clone());
        let pages = layout::pages(&compiled.xform);
        Ok(Session {
            secret: secret.to_owned(),
            draft,
            round,
            title,
            compiled,
            pages,
            filling,
            words,
        })
    }

    fn is_open(&self, index: usize) -> bool {
        self.pages.get(index).is_some_and(|page| sheet::is_open(&self.filling, page))
    }

    /// The first page from `index` on that has something to answer or read.
    fn open_from(&self, index: usize) -> Option<usize> {
        (index..self.pages.len()).find(|index| self.is_open(*index))
    }

    fn open_before(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|index| self.is_open(*index))
    }

    fn address(&self, index: Option<usize>) -> String {
        match index {
            Some(index) => format!("/fill/{}?page={}", self.secret, index + 1),
            None => format!("/fill/{}?page=end", self.secret),
        }
    }

    async fn keep(&mut self, site: &Site) -> Result<(), Refusal> {
        self.draft.record = self.filling.draft();
        self.draft.day = day::of(site.now());
        draft::keep(&site.storage.pool, &self.secret, &self.draft).await?;
        Ok(())
    }

    /// The page as it stands.
    fn show(
        &self,
        site: &Site,
        index: usize,
        wrong: &[typed::Wrong],
        judged: bool,
        more: bool,
    ) -> Result<Response, Refusal> {
        let violations = if judged { self.filling.violations() } else { Vec::new() };
        let page = &self.pages[index];
        let standing =
            Standing { filling: &self.filling, words: self.words, wrong, violations: &violations };
        let open: Vec<usize> = (0..self.pages.len()).filter(|it| self.is_open(*it)).collect();
        let place = open.iter().position(|it| *it == index).map_or(0, |place| place + 1);
        let faults = standing.faults(page);
        let status =
            if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let values = context! {
            title => self.title.clone(), headings => standing.headings(page),
            items => value(standing.page(page)), faults => value(faults), more,
            action => self.address(Some(index)), place, pages => open.len(),
            back => self.open_before(index).is_some(),
            form_lang => tag_of(&self.draft.language), languages => self.languages(),
            trial => self.round.is_none(),
        };
        let mut response = framed(site, self.words, "instruments/fill.html", values)?;
        *response.status_mut() = status;
        Ok(response)
    }

    fn languages(&self) -> Vec<(String, String, String, bool)> {
        let all = self.compiled.languages();
        let of = |it: &String| {
            let here = *it == self.draft.language;
            (it.clone(), name_of(it).to_owned(), tag_of(it).to_owned(), here)
        };
        if all.len() < 2 { Vec::new() } else { all.iter().map(of).collect() }
    }

    /// The last page: what is still open, and the button that sends.
    fn end(&self, site: &Site) -> Result<Response, Refusal> {
        let violations = self.filling.violations();
        let standing = Standing {
            filling: &self.filling,
            words: self.words,
            wrong: &[],
            violations: &violations,
        };
        let mut faults: Vec<(String, Fault)> = Vec::new();
        for (index, page) in self.pages.iter().enumerate() {
            let of_page = standing.faults(page).into_iter();
            faults.extend(of_page.map(|fault| {
                (format!("{}&look=1#{}", self.address(Some(index)), fault.id), fault)
            }));
        }
        let status =
            if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let last = self.open_before(self.pages.len());
        let values = context! {
            title => self.title.clone(), faults => value(faults),
            action => self.address(None), back => last.map(|index| self.address(Some(index))),
            form_lang => tag_of(&self.draft.language), trial => self.round.is_none(),
            anonymous => self.round.as_ref().is_some_and(|round| round.anonymous),
        };
        let mut response = framed(site, self.words, "instruments/end.html", values)?;
        *response.status_mut() = status;
        Ok(response)
    }
}

/// `/fill/{secret}?page=3`, or `?page=end`.
pub async fn page(
    State(site): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
) -> Result<Response, Refusal> {
    let session = Session::open(&site, &secret).await?;
    let asked = reader.asked("page").pop().unwrap_or_default();
    let index = asked.parse::<usize>().unwrap_or(1).max(1) - 1;
    match session.open_from(index).filter(|_| asked != "end") {
        Some(index) => session.show(&site, index, &[], !reader.asked("look").is_empty(), false),
        None => session.end(&site),
    }
}

/// What somebody pressed: on, back, keep, send, another language, one more, one less.
pub async fn answer(
    State(site): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let mut session = Session::open(&site, &secret).await?;
    let asked = reader.asked("page").pop().unwrap_or_default();
    if asked == "end" {
        return send(&site, session).await;
    }
    let index = asked.parse::<usize>().unwrap_or(1).max(1) - 1;
    let Some(page) = session.pages.get(index).cloned() else {
        return Ok(see_other(&session.address(None)));
    };
    let before: Vec<String> = references(&session.filling, &page);
    let wrong = typed::take(&mut session.filling, &page, &fields);
    if let Some(language) = fields.one("language").split('\n').next().filter(|it| !it.is_empty())
        && session.compiled.languages().iter().any(|known| known == language)
    {
        session.draft.language = language.to_owned();
        session.filling.set_language(language);
    }
    let go = fields.one("go").to_owned();
    let (what, which) = go.split_once(':').unwrap_or((&go, ""));
    match what {
        "add" => {
            session.filling.add_repeat(which);
        }
        "remove" => {
            if let Some(node) = session.filling.find(which) {
                session.filling.remove_repeat(node);
            }
        }
        _ => {}
    }
    session.keep(&site).await?;
    if !wrong.is_empty() {
        return session.show(&site, index, &wrong, what == "next", false);
    }
    match what {
        "back" => {
            let to = session.open_before(index).unwrap_or(index);
            Ok(see_other(&session.address(Some(to))))
        }
        "next" => {
            let after = references(&session.filling, &page);
            let judged = session.filling.violations();
            let here = |reference: &String| {
                let node = session.filling.find(reference);
                judged.iter().any(|(found, _)| Some(*found) == node)
            };
            let blocked = after.iter().any(here);
            // An answer opened further questions on this page: they are shown before going on.
            let more = after.iter().any(|reference| !before.contains(reference));
            if more || blocked {
                // Questions that were not there yet are not reproached with being empty.
                let judge = blocked && !more;
                return session.show(&site, index, &[], judge, more);
            }
            Ok(see_other(&session.address(session.open_from(index + 1))))
        }
        "add" | "remove" => {
            let hash = format!("{}#{}", session.address(Some(index)), sheet::id_of(which));
            Ok(see_other(&hash))
        }
        _ => Ok(see_other(&session.address(Some(index)))),
    }
}

fn references(filling: &Filling, page: &Page) -> Vec<String> {
    typed::open(filling, page).into_iter().map(|open| open.reference).collect()
}

/// Takes the record. The receipt is shown after it is in the database.
async fn send(site: &Site, mut session: Session) -> Result<Response, Refusal> {
    let blocking = session.filling.violations().into_iter().any(|(node, _)| {
        // What needs a telephone cannot be given here, and is said on its page.
        session.filling.control(node) != Some("upload")
    });
    if blocking {
        return session.end(site);
    }
    let now = site.now();
    let anonymous = session.round.as_ref().is_some_and(|round| round.anonymous);
    session.filling.finish(moment(site, anonymous)?);
    let record = session.filling.submission();
    let mut change = site.storage.change().await?;
    // Two clicks are one answer: whoever takes the draft away has sent it.
    if !draft::end(&mut *change, &session.secret).await? {
        return Err(Refusal::not_found("no-draft", ""));
    }
    let mut number = String::new();
    match &session.round {
        None => {}
        Some(round) if round.anonymous => {
            let record = anonymous::strip(&session.compiled, &record)?;
            let engine = site.storage.engine;
            anonymous::take(&mut change, engine, &round.id, &record, &day::of(now)).await?;
        }
        Some(round) => {
            let identity = identity::of(&record)?;
            let violations = left_open(&session.filling);
            let arrival = Arrival {
                round: &round.id,
                instance: &identity.instance,
                deprecates: &identity.deprecates,
                xml: &record,
                respondent: session.draft.respondent,
                device: 0,
                violations: &violations,
            };
            match record::take(&mut change, &arrival, now).await? {
                Taken::New | Taken::Again => number.clone_from(&identity.instance),
                _ => return Err(Refusal::conflict("record-conflict")),
            }
        }
    }
    change.commit().await?;
    if let Some(round) = &session.round {
        anonymous::tidy(&site.storage, round).await;
    }
    let values = context! {
        title => session.title.clone(), trial => session.round.is_none(), number,
        anonymous => session.round.as_ref().is_some_and(|round| round.anonymous),
        form_lang => tag_of(&session.draft.language),
    };
    framed(site, session.words, "instruments/receipt.html", values)
}

/// What the rules of a form find in a record, as (path, words).
pub fn left_open(filling: &Filling) -> Vec<(String, String)> {
    let words = words::of("en");
    filling
        .violations()
        .into_iter()
        .map(|(node, violation)| {
            let own = filling.message(node, violation).filter(|message| !message.is_empty());
            let said = own.unwrap_or_else(|| {
                words.say(match violation {
                    xlsform::fill::Violation::Required => "fill-required",
                    xlsform::fill::Violation::Constraint => "fill-constraint",
                })
            });
            (filling.reference(node), said)
        })
        .collect()
}
