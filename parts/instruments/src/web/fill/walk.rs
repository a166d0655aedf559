//! The walk through a draft: a page is shown, what was answered is kept, and at the end the record is taken.

use axum::extract::{Path, Request, State};
use axum::response::Response;
use base::access::see_other;
use base::{App, Reader, Refusal, Site};
use minijinja::context;

use super::sent::{self, Sent};
use super::session::Session;
use super::{framed, left_open, moment};
use crate::compiled::lang_of;
use crate::filling::{sheet, typed};
use crate::record::{self, Arrival, Taken};
use crate::{anonymous, day, draft, draft_files, identity};

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
    request: Request,
) -> Result<Response, Refusal> {
    let mut session = Session::open(&site, &secret).await?;
    let slow = sent::has_files(&request);
    let mut sent = sent::read(request, &site, session.takes_files()).await?;
    if slow {
        // Files take their time on the way; somebody may have gone on meanwhile.
        session = Session::open(&site, &secret).await?;
    }
    let asked = reader.asked("page").pop().unwrap_or_default();
    if asked == "end" {
        return send(&site, session).await;
    }
    let index = asked.parse::<usize>().unwrap_or(1).max(1) - 1;
    let Some(page) = session.pages.get(index).cloned() else {
        return Ok(see_other(&session.address(None)));
    };
    let before: Vec<String> = session.references(&page);
    let Sent { fields, .. } = &sent;
    let mut wrong = typed::take(&mut session.filling, &page, fields);
    let go = fields.one("go").to_owned();
    let (what, which) = go.split_once(':').unwrap_or((&go, ""));
    let fields = fields.clone();
    if what == "drop"
        && let Some(node) = session.filling.find(which)
        && session.filling.control(node) == Some("upload")
    {
        session.filling.set(node, "");
    }
    let (files, unfit) = session.take_files(&page, &mut sent)?;
    wrong.extend(unfit);
    if let Some(language) = fields.one("language").split('\n').next().filter(|it| !it.is_empty())
        && session.compiled.languages().iter().any(|known| known == language)
    {
        session.draft.language = language.to_owned();
        session.filling.set_language(language);
    }
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
    session.keep(&site, &files).await?;
    if !wrong.is_empty() {
        return session.show(&site, index, &wrong, what == "next", false);
    }
    match what {
        "back" => {
            let to = session.open_before(index).unwrap_or(index);
            Ok(see_other(&session.address(Some(to))))
        }
        "next" => {
            let after = session.references(&page);
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
        "add" | "remove" | "drop" => {
            let hash = format!("{}#{}", session.address(Some(index)), sheet::id_of(which));
            Ok(see_other(&hash))
        }
        _ => Ok(see_other(&session.address(Some(index)))),
    }
}

/// Takes the record. The receipt is shown after it is in the database.
async fn send(site: &Site, mut session: Session) -> Result<Response, Refusal> {
    // What cannot be given here is said on its page, and holds nobody up.
    let violations = session.filling.violations();
    let blocking = violations.into_iter().any(|(node, _)| session.given_here(node));
    if blocking {
        return session.end(site);
    }
    let now = site.now();
    let anonymous = session.round.as_ref().is_some_and(|round| round.anonymous);
    session.filling.finish(moment(site, anonymous)?);
    let record = session.filling.submission();
    let mut change = site.storage.change().await?;
    // Two clicks are one answer: whoever takes the draft away has sent it.
    let mine = match &session.round {
        Some(round) if round.keeps_files() => draft::hold(&mut *change, &session.secret).await?,
        _ => draft::end(&mut *change, &session.secret).await?,
    };
    if !mine {
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
            let (from, files) = (&session.secret, session.files_to_send());
            draft_files::send(&mut change, from, &round.id, &number, &files).await?;
            draft::end(&mut *change, from).await?;
        }
    }
    change.commit().await?;
    if let Some(round) = &session.round {
        anonymous::tidy(&site.storage, round).await;
    }
    let values = context! {
        title => session.title.clone(), trial => session.round.is_none(), number,
        anonymous => session.round.as_ref().is_some_and(|round| round.anonymous),
        form_lang => lang_of(&session.draft.language),
    };
    framed(site, session.words, "instruments/receipt.html", values)
}
