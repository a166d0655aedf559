//! A draft that is open on the desk: its form, its pages, its answers and its files.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use base::page::value;
use base::{Refusal, Site, Words};
use minijinja::context;
use xlsform::fill::Filling;
use xlsform::xml::NodeId;

use super::sent::Sent;
use super::{framed, only_open, start_of, version_of};
use crate::aside::Aside;
use crate::compiled::{Compiled, lang_of, name_of};
use crate::draft::{self, Draft};
use crate::draft_files::{self, Kept};
use crate::filling::layout::{self, Page};
use crate::filling::sheet::{self, Fault, Shown, Standing, megabytes};
use crate::filling::typed::{self, Told, Wrong};
use crate::filling::upload::{self, Given, Unfit, Wanted};
use crate::filling::words;
use crate::openrosa::MOST;
use crate::round::{self, Round};
use crate::{day, instrument};

/// A draft that is open on the desk.
pub(super) struct Session {
    pub(super) secret: String,
    pub(super) draft: Draft,
    pub(super) round: Option<Round>,
    pub(super) title: String,
    pub(super) compiled: Arc<Compiled>,
    pub(super) pages: Vec<Page>,
    pub(super) filling: Filling,
    pub(super) words: &'static Arc<Words>,
    /// The files that are kept with it.
    kept: Vec<Kept>,
}

impl Session {
    pub(super) async fn open(site: &Site, secret: &str) -> Result<Session, Refusal> {
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
        let kept = draft_files::of(pool, secret).await?;
        Ok(Session {
            secret: secret.to_owned(),
            draft,
            round,
            title,
            compiled,
            pages,
            filling,
            words,
            kept,
        })
    }

    fn is_open(&self, index: usize) -> bool {
        self.pages.get(index).is_some_and(|page| sheet::is_open(&self.filling, page))
    }

    /// The first page from `index` on that has something to answer or read.
    pub(super) fn open_from(&self, index: usize) -> Option<usize> {
        (index..self.pages.len()).find(|index| self.is_open(*index))
    }

    pub(super) fn open_before(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|index| self.is_open(*index))
    }

    pub(super) fn address(&self, index: Option<usize>) -> String {
        match index {
            Some(index) => format!("/fill/{}?page={}", self.secret, index + 1),
            None => format!("/fill/{}?page=end", self.secret),
        }
    }

    /// Keeps the draft as it stands, with new files, in one change.
    pub(super) async fn keep(&mut self, site: &Site, files: &[Aside]) -> Result<(), Refusal> {
        self.draft.record = self.filling.draft();
        self.draft.day = day::of(site.now());
        if files.is_empty() && self.kept.is_empty() {
            draft::keep(&site.storage.pool, &self.secret, &self.draft).await?;
            return Ok(());
        }
        let mut change = site.storage.change().await?;
        draft::keep(&mut *change, &self.secret, &self.draft).await?;
        for file in files {
            draft_files::put(&mut change, &self.secret, file, self.round.is_none()).await?;
        }
        draft_files::keep_only(&mut change, &self.secret, &self.named(|_| true)).await?;
        change.commit().await?;
        self.kept = draft_files::of(&site.storage.pool, &self.secret).await?;
        Ok(())
    }

    /// Whether a file can be an answer. A trial takes files as a round would, and keeps none.
    pub(super) fn takes_files(&self) -> bool {
        self.round.as_ref().is_none_or(Round::keeps_files)
    }

    /// The files that answers name, of the nodes that are wanted.
    fn named(&self, wanted: impl Fn(NodeId) -> bool) -> BTreeSet<String> {
        let uploads = self.compiled.xform.outline().filter(|it| it.control == "upload");
        let nodes = uploads.flat_map(|it| self.filling.nodes(None, it.path));
        nodes.filter(|it| wanted(*it)).map(|it| self.filling.value(it)).collect()
    }

    /// The files that go with the record: not those of questions that later answers left out.
    pub(super) fn files_to_send(&self) -> BTreeSet<String> {
        self.named(|node| self.filling.state(node).relevant)
    }

    /// Whether a question can be answered on a page at all.
    pub(super) fn given_here(&self, node: NodeId) -> bool {
        let asked = self.filling.asked(node).filter(|it| it.control == "upload");
        let media = asked.map(|it| it.media.unwrap_or_default());
        media.is_none_or(|media| self.takes_files() && !media.starts_with("osm"))
    }

    /// Everything on a page that can be answered here now.
    pub(super) fn references(&self, page: &Page) -> Vec<String> {
        let mut open = typed::open(&self.filling, page);
        open.extend(typed::uploads(&self.filling, page));
        open.retain(|it| self.given_here(it.node));
        open.into_iter().map(|open| open.reference).collect()
    }

    /// Takes the files of a page as answers: those to be kept, and what cannot be an answer.
    pub(super) fn take_files(
        &mut self,
        page: &Page,
        sent: &mut Sent,
    ) -> Result<(Vec<Aside>, Vec<Wrong>), Refusal> {
        let (mut taken, mut wrong): (Vec<Aside>, Vec<Wrong>) = (Vec::new(), Vec::new());
        for open in typed::uploads(&self.filling, page) {
            let Some(mut file) = sent.file(&open.reference) else { continue };
            let before = self.filling.value(open.node);
            let named = self.named(|node| node != open.node);
            let kept = self.kept.iter().filter(|it| named.contains(&it.name)).map(|it| it.size);
            let room = MOST.saturating_sub(kept.chain(taken.iter().map(|it| it.size)).sum());
            let given =
                Given { name: &file.name, mime: &file.mime, size: file.size, head: &file.head };
            let lot = base::chance::hex(3)?;
            let judged = match file.size > room || !file.whole {
                true => Err(too_large(&file, room)),
                false => upload::judge(open.question, &given, &lot).map_err(|it| {
                    let accept = Told::Word(upload::accept(open.question).to_owned());
                    unfit(&file, &it, accept)
                }),
            };
            match judged {
                Ok(_) if self.kept.iter().any(|it| it.name == before && it.hash == file.hash) => {}
                Ok(name) => {
                    self.filling.set(open.node, &name);
                    file.name = name;
                    taken.push(file);
                }
                Err((message, told)) => wrong.push(Wrong {
                    reference: open.reference,
                    message,
                    bounds: None,
                    told,
                    typed: before,
                }),
            }
        }
        Ok((taken, wrong))
    }

    fn standing<'a>(
        &'a self,
        wrong: &'a [Wrong],
        violations: &'a [(NodeId, xlsform::fill::Violation)],
    ) -> Standing<'a> {
        let files = self.takes_files().then_some(self.kept.as_slice());
        Standing { filling: &self.filling, words: self.words, wrong, violations, files }
    }

    /// The page as it stands.
    pub(super) fn show(
        &self,
        site: &Site,
        index: usize,
        wrong: &[Wrong],
        judged: bool,
        more: bool,
    ) -> Result<Response, Refusal> {
        let violations = if judged { self.filling.violations() } else { Vec::new() };
        let page = &self.pages[index];
        let standing = self.standing(wrong, &violations);
        let open: Vec<usize> = (0..self.pages.len()).filter(|it| self.is_open(*it)).collect();
        let place = open.iter().position(|it| *it == index).map_or(0, |place| place + 1);
        let faults = standing.faults(page);
        let status =
            if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let items = standing.page(page);
        let values = context! {
            title => self.title.clone(), headings => standing.headings(page),
            files => has_file(&items), items => value(items), faults => value(faults), more,
            action => self.address(Some(index)), place, pages => open.len(),
            back => self.open_before(index).is_some(),
            form_lang => lang_of(&self.draft.language), languages => self.languages(),
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
            (it.clone(), name_of(it).to_owned(), lang_of(it).to_owned(), here)
        };
        if all.len() < 2 { Vec::new() } else { all.iter().map(of).collect() }
    }

    /// The last page: what is still open, and the button that sends.
    pub(super) fn end(&self, site: &Site) -> Result<Response, Refusal> {
        let violations = self.filling.violations();
        let standing = self.standing(&[], &violations);
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
            form_lang => lang_of(&self.draft.language), trial => self.round.is_none(),
            anonymous => self.round.as_ref().is_some_and(|round| round.anonymous),
        };
        let mut response = framed(site, self.words, "instruments/end.html", values)?;
        *response.status_mut() = status;
        Ok(response)
    }
}

/// Whether a page has a field for a file.
fn has_file(items: &[Shown]) -> bool {
    items.iter().any(|it| it.control == "file" || has_file(&it.inner))
}

type Said = (&'static str, Vec<(&'static str, Told)>);

fn too_large(file: &Aside, room: u64) -> Said {
    let size = |bytes: u64| Told::Number((bytes as f64 / f64::from(1 << 20) * 10.0).floor() / 10.0);
    let told = vec![
        ("name", Told::Word(upload::shown(&file.name))),
        ("size", Told::Number(megabytes(file.size))),
        ("most", size(MOST)),
        ("left", size(room)),
    ];
    ("fill-file-large", told)
}

fn unfit(file: &Aside, unfit: &Unfit, accept: Told) -> Said {
    let name = ("name", Told::Word(upload::shown(&file.name)));
    match unfit {
        Unfit::Empty => ("fill-file-empty", vec![name]),
        Unfit::Kind(wanted) => {
            let kind = match accept {
                // Its author asks for something more particular than the kind says.
                Told::Word(ref words) if !words.is_empty() && !words.ends_with("/*") => {
                    Wanted::Other
                }
                _ => *wanted,
            };
            let told = vec![name, ("kind", Told::Word(kind.word().to_owned())), ("accept", accept)];
            ("fill-file-kind", told)
        }
    }
}
