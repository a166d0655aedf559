//! One page of a form as it stands: labels in the form's language, answers so far, errors beside
//! their questions. Only what is relevant is on it.

use serde::Serialize;
use xlsform::fill::{Filling, Violation};
use xlsform::xml::NodeId;

use super::layout::{Item, Kind, Page, Question};
use super::typed::{self, Wrong};
use super::upload::{self, Wanted};
use crate::draft_files::Kept;
use base::Words;
use base::language::Arg;

/// Choices up to which all are shown; longer lists fold.
const CHOICES_SHOWN: usize = 15;
/// Answers of a range up to which each is a button.
const RANGE_SHOWN: f64 = 11.0;

/// Something on the page, for the template.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shown {
    /// `question`, `note`, `group`, `repeat`, `instance`.
    pub is: &'static str,
    /// The field's name: its path, with positions.
    pub name: String,
    /// The same as an id in the page.
    pub id: String,
    pub label: String,
    /// Label and hint as HTML: their author's emphasis and line breaks, and nothing else of theirs.
    pub html: String,
    pub hint: String,
    /// `line`, `lines`, `number`, `one`, `several`, `list`, `rank`, `tick`, `file`,
    /// `anonymous` (a file that is not taken), `device`, `value`.
    pub control: &'static str,
    /// Of an input: `text`, `date`, `time` …
    pub input: &'static str,
    /// The keyboard that a phone shows.
    pub keys: &'static str,
    pub value: String,
    pub required: bool,
    pub least: String,
    pub most: String,
    pub step: String,
    pub choices: Vec<Offered>,
    /// Of a file: what the browser offers, from which camera, and what is kept.
    pub accept: String,
    pub capture: &'static str,
    pub file: Option<Held>,
    pub error: String,
    pub inner: Vec<Shown>,
    /// Of a repeat: whether one may add; of an instance, whether one may take it away.
    pub may_change: bool,
    /// Of an instance: which one.
    pub number: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Offered {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A file that is kept as an answer.
#[derive(Clone, Debug, Serialize)]
pub struct Held {
    pub name: String,
    /// Its size in words; empty where the file itself is not here.
    pub size: String,
}

/// An error, to be listed at the top with a link.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    pub id: String,
    pub label: String,
    pub message: String,
}

/// What a page must know to be shown.
pub struct Standing<'a> {
    pub filling: &'a Filling,
    pub words: &'a Words,
    pub wrong: &'a [Wrong],
    /// What the form's rules find, to be said after somebody went on, not before.
    pub violations: &'a [(NodeId, Violation)],
    /// The files that are kept with the draft; none where files are not taken at all.
    pub files: Option<&'a [Kept]>,
}

/// Megabytes of a file as they are said: no file has none.
pub fn megabytes(size: u64) -> f64 {
    (size as f64 / f64::from(1 << 20)).max(0.1)
}

impl Standing<'_> {
    /// The heading: labels of the groups around the page.
    pub fn headings(&self, page: &Page) -> Vec<String> {
        let label = |path: &Vec<String>| {
            let node = self.filling.nodes(None, path).into_iter().next()?;
            self.filling.label(node).filter(|label| !label.is_empty())
        };
        page.within.iter().filter_map(label).collect()
    }

    pub fn page(&self, page: &Page) -> Vec<Shown> {
        self.items(None, 0, &page.items)
    }

    /// Everything wrong on a page, in order.
    pub fn faults(&self, page: &Page) -> Vec<Fault> {
        fn gather(shown: &[Shown], faults: &mut Vec<Fault>) {
            for it in shown {
                if !it.error.is_empty() {
                    let (id, label, message) = (it.id.clone(), it.label.clone(), it.error.clone());
                    faults.push(Fault { id, label, message });
                }
                gather(&it.inner, faults);
            }
        }
        let mut faults = Vec::new();
        gather(&self.page(page), &mut faults);
        faults
    }

    fn items(&self, below: Option<NodeId>, depth: usize, items: &[Item]) -> Vec<Shown> {
        let mut found = Vec::new();
        for item in items {
            let nodes = self.filling.nodes(below, &item.path[depth..]);
            match &item.kind {
                Kind::Question(question) => {
                    let relevant = nodes.iter().filter(|node| self.filling.state(**node).relevant);
                    found.extend(relevant.map(|node| self.question(*node, question)));
                }
                Kind::Group { items, .. } => {
                    for node in nodes.iter().filter(|node| self.filling.state(**node).relevant) {
                        let inner = self.items(Some(*node), item.path.len(), items);
                        if !inner.is_empty() {
                            found.push(Shown { inner, ..self.named(*node, "group") });
                        }
                    }
                }
                Kind::Repeat { items, counted } => {
                    found.extend(self.repeat(below, &nodes, item, items, *counted));
                }
            }
        }
        found
    }

    fn repeat(
        &self,
        below: Option<NodeId>,
        nodes: &[NodeId],
        item: &Item,
        items: &[Item],
        counted: bool,
    ) -> Option<Shown> {
        if nodes.first().is_some_and(|node| !self.filling.state(*node).relevant) {
            return None;
        }
        let outer = below.map(|node| self.filling.reference(node)).unwrap_or_default();
        let above = if outer.is_empty() {
            format!("/{}", item.path[..item.path.len() - 1].join("/"))
        } else {
            outer
        };
        let name = format!("{above}/{}", item.path.last().cloned().unwrap_or_default());
        let label = nodes.first().and_then(|node| self.filling.label(*node)).unwrap_or_default();
        let instances = nodes.iter().enumerate().map(|(at, node)| Shown {
            number: at + 1,
            may_change: !counted && nodes.len() > 1,
            inner: self.items(Some(*node), item.path.len(), items),
            ..self.named(*node, "instance")
        });
        Some(Shown {
            is: "repeat",
            id: id_of(&name),
            inner: instances.collect(),
            name,
            html: rich(&label),
            label: plain(&label),
            may_change: !counted,
            ..Shown::default()
        })
    }

    fn named(&self, node: NodeId, is: &'static str) -> Shown {
        let name = self.filling.reference(node);
        let label = self.filling.label(node).unwrap_or_default();
        Shown {
            is,
            id: id_of(&name),
            html: rich(&label),
            label: plain(&label),
            hint: rich(&self.filling.hint(node).unwrap_or_default()),
            name,
            ..Shown::default()
        }
    }

    fn question(&self, node: NodeId, question: &Question) -> Shown {
        let state = self.filling.state(node);
        let mut shown = Shown {
            value: self.filling.value(node),
            required: state.required,
            ..self.named(node, "question")
        };
        let has = |word: &str| question.appearance.iter().any(|it| it == word);
        let numeric = ["int", "decimal"].contains(&&*question.data_type);
        if state.read_only {
            shown.is = "note";
            if has("thousands-sep") && numeric {
                shown.value = grouped(&shown.value);
            }
            return shown;
        }
        if let Some((least, most)) = question.bounds {
            (shown.least, shown.most) = (least.to_string(), most.to_string());
            shown.step = question.step.map(|step| step.to_string()).unwrap_or_default();
        }
        let answers = question.bounds.zip(question.step).map(|((l, m), step)| (m - l) / step + 1.0);
        shown.control = match &*question.control {
            "select1" | "select" | "rank" => {
                let chosen: Vec<&str> = shown.value.split_whitespace().collect();
                let offered = self.filling.choices(node).into_iter().map(|choice| Offered {
                    chosen: chosen.contains(&&*choice.value),
                    value: choice.value,
                    label: choice.label,
                });
                shown.choices = offered.collect();
                let folds = shown.choices.len() > CHOICES_SHOWN || has("minimal");
                match &*question.control {
                    "rank" => "rank",
                    "select" => "several",
                    _ if folds => "list",
                    _ => "one",
                }
            }
            "range" if answers.is_some_and(|answers| answers <= RANGE_SHOWN) => {
                shown.choices = range(question, &shown.value);
                "one"
            }
            "trigger" => "tick",
            "upload" => self.file(&mut shown, question),
            _ if numeric => "number",
            _ if has("multiline") => "lines",
            _ => "line",
        };
        (shown.input, shown.keys) = match &*question.data_type {
            "date" if has("month-year") => ("month", ""),
            "date" if has("year") => ("text", "numeric"),
            "date" => ("date", ""),
            "time" => ("time", ""),
            "dateTime" => ("datetime-local", ""),
            "int" => ("text", "numeric"),
            "decimal" => ("text", "decimal"),
            _ => ("text", ""),
        };
        shown.value = in_the_field(shown.input, &question.data_type, has("year"), shown.value);
        if has("thousands-sep") && numeric {
            shown.value = grouped(&shown.value);
        }
        if let Some(wrong) = self.wrong.iter().find(|wrong| wrong.reference == shown.name) {
            if question.control != "upload" {
                shown.value.clone_from(&wrong.typed);
            }
            let bound = |it: Option<f64>| it.map(|it| it.to_string()).unwrap_or_default();
            let (least, most) = wrong.bounds.unzip();
            let mut args: Vec<(&str, Arg)> =
                vec![("least", bound(least).into()), ("most", bound(most).into())];
            args.extend(wrong.told.iter().map(|(name, told)| (*name, told.into())));
            shown.error = self.words.say_with(wrong.message, &args);
        } else if !["anonymous", "device"].contains(&shown.control) {
            shown.error = self.violation(node).unwrap_or_default();
        }
        shown
    }

    /// A question for a file; it is not required where no file can be given.
    fn file(&self, shown: &mut Shown, question: &Question) -> &'static str {
        let Some(kept) = self.files else {
            shown.required = false;
            return "anonymous";
        };
        if Wanted::of(question) == Wanted::Device {
            shown.required = false;
            return "device";
        }
        shown.accept = upload::accept(question).to_owned();
        shown.capture = upload::capture(question);
        if !shown.value.is_empty() {
            let size = kept.iter().find(|it| it.name == shown.value).map(|it| {
                let size = Arg::Number(megabytes(it.size), 1);
                self.words.say_with("fill-file-size", &[("size", size)])
            });
            shown.file = Some(Held { name: shown.value.clone(), size: size.unwrap_or_default() });
        }
        "file"
    }

    fn violation(&self, node: NodeId) -> Option<String> {
        let (_, violation) = *self.violations.iter().find(|(found, _)| *found == node)?;
        let own = self.filling.message(node, violation).filter(|message| !message.is_empty());
        Some(own.unwrap_or_else(|| {
            self.words.say(match violation {
                Violation::Required => "fill-required",
                Violation::Constraint => "fill-constraint",
            })
        }))
    }
}

/// The answers of a short range, each as a choice.
fn range(question: &Question, value: &str) -> Vec<Offered> {
    let (Some((least, most)), Some(step)) = (question.bounds, question.step) else {
        return Vec::new();
    };
    let count = ((most - least) / step).round() as usize;
    (0..=count)
        .map(|at| {
            // Written as a decimal with as few places as the step has.
            let number = (least + at as f64 * step) * 1e6;
            let number = (number.round() / 1e6).to_string();
            let chosen = value.parse::<f64>().ok() == number.parse().ok() && !value.is_empty();
            Offered { label: number.clone(), value: number, chosen }
        })
        .collect()
}

/// A stored answer as a browser's field takes it.
fn in_the_field(input: &str, data_type: &str, year: bool, stored: String) -> String {
    let first = |count: usize| stored.chars().take(count).collect::<String>();
    match (input, data_type) {
        ("month", _) => first(7),
        ("text", "date") if year => first(4),
        ("time", _) => first(5),
        ("datetime-local", _) => first(16),
        (_, "decimal") => stored.strip_suffix(".0").unwrap_or(&stored).to_owned(),
        _ => stored,
    }
}

/// A number with a thin space between its thousands (`thousands-sep`): read alike in every language, and taken back
/// as it is shown. What is no number stays as it is.
fn grouped(text: &str) -> String {
    let (sign, rest) = text.split_at(usize::from(text.starts_with('-')));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |it| (it.0, Some(it.1)));
    if whole.is_empty() || !whole.bytes().all(|it| it.is_ascii_digit()) {
        return text.to_owned();
    }
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |fraction| format!("{out}.{fraction}"))
}

/// An author's text as HTML: `**strong**`, `*emphasis*`, line breaks; everything else as written.
fn rich(text: &str) -> String {
    let escaped = text
        .trim()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    let strong = paired(&escaped, "**", "strong");
    let mut lines = strong.lines().map(|line| line.trim_start_matches('#').trim());
    let first = lines.next().unwrap_or("").to_owned();
    lines.fold(paired(&first, "*", "em"), |all, line| {
        format!("{all}<br>{}", paired(line, "*", "em"))
    })
}

/// Puts an element where a mark stands before and after a word.
fn paired(text: &str, mark: &str, element: &str) -> String {
    let parts: Vec<&str> = text.split(mark).collect();
    if parts.len() < 3 || parts.len().is_multiple_of(2) {
        return text.to_owned();
    }
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        match at % 2 {
            1 => out += &format!("<{element}>{part}</{element}>"),
            _ => out += part,
        }
    }
    out
}

/// The same without its marks, for lists and titles.
pub fn plain(text: &str) -> String {
    text.trim().replace("**", "").trim_start_matches('#').trim().to_owned()
}

/// A path as an id: `/data/person[2]/age` → `q-data-person-2-age`.
pub fn id_of(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    format!("q{plain}").replace("--", "-")
}

/// Whether something on this page can be read or answered now.
pub fn is_open(filling: &Filling, page: &Page) -> bool {
    if !typed::open(filling, page).is_empty() {
        return true;
    }
    fn any(filling: &Filling, below: Option<NodeId>, depth: usize, items: &[Item]) -> bool {
        items.iter().any(|item| {
            let nodes = filling.nodes(below, &item.path[depth..]);
            let mut relevant = nodes.iter().filter(|node| filling.state(**node).relevant);
            match &item.kind {
                Kind::Question(_) => relevant.next().is_some(),
                // A repeat without instances still offers to add one.
                Kind::Repeat { counted, .. } => {
                    relevant.next().is_some() || (nodes.is_empty() && !counted)
                }
                Kind::Group { items, .. } => {
                    relevant.any(|node| any(filling, Some(*node), item.path.len(), items))
                }
            }
        })
    }
    any(filling, None, 0, &page.items)
}

#[cfg(test)]
mod tests {
    use super::{grouped, rich};

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped("1234567.5"), "1\u{202f}234\u{202f}567.5");
        assert_eq!(grouped("-1234"), "-1\u{202f}234");
        for text in ["123", "", "many", "1e5", "2026-01-01"] {
            assert_eq!(grouped(text), text);
        }
    }

    #[test]
    fn emphasis_is_shown_and_nothing_runs() {
        assert_eq!(rich("**Last** week\n# now"), "<strong>Last</strong> week<br>now");
        assert_eq!(rich("5 * 3"), "5 * 3");
        assert_eq!(rich("<script>"), "&lt;script&gt;");
    }
}
