//! A form as pages: the questions of one group to a page, a repeat with all its instances on one,
//! long groups in several. The layout depends on the form alone, so that page 7 stays page 7.

use xlsform::fill::{Asked, XForm};

/// Questions on one page at most, unless the author asked for one page (`field-list`): a phone
/// shows three at once, and an error must be found again.
const MOST: usize = 20;

/// Groups with no more than so many questions, and groups within, stand on one page.
const SMALL: usize = 8;

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The groups around it, outermost first: its heading.
    pub within: Vec<Vec<String>>,
    pub items: Vec<Item>,
}

/// What stands on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Names from the root.
    pub path: Vec<String>,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Question(Question),
    Group { items: Vec<Item>, one_page: bool },
    Repeat { items: Vec<Item>, counted: bool },
}

/// What a question's control says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub control: String,
    pub data_type: String,
    pub appearance: Vec<String>,
    pub bounds: Option<(f64, f64)>,
    pub step: Option<f64>,
    /// What kind of file is asked for, and which in particular: `image/*`, `.pdf,.jpg`.
    pub media: String,
    pub accept: String,
}

/// The pages of a form, in order. A form that asks nothing has none.
pub fn pages(form: &XForm) -> Vec<Page> {
    let mut pages = Vec::new();
    split(&tree(form), &[], &mut pages);
    pages
}

/// Everything that a form asks on one page: for paper, and for whoever keys it in.
pub fn tree(form: &XForm) -> Vec<Item> {
    let asked: Vec<Asked<'_>> = form.outline().collect();
    let root = asked.first().map(|first| first.path[..first.path.len().min(1)].to_vec());
    let mut at = 0;
    let mut repeats = false;
    children(&asked, &mut at, &root.unwrap_or_default(), &mut repeats)
}

/// What lies in `container`, from `at` on.
fn children(
    asked: &[Asked<'_>],
    at: &mut usize,
    container: &[String],
    is_repeat: &mut bool,
) -> Vec<Item> {
    let mut items = Vec::new();
    while let Some(here) = asked.get(*at).filter(|here| here.path.starts_with(container)) {
        *at += 1;
        if here.path == container {
            // The repeat within its own group, or a group that only lays out.
            *is_repeat |= here.control == "repeat";
            continue;
        }
        let path = here.path.to_vec();
        let kind = match here.control {
            "group" | "repeat" => {
                let mut repeat = here.control == "repeat";
                let one_page = here.appearance.iter().any(|word| word == "field-list");
                let items = children(asked, at, here.path, &mut repeat);
                if repeat {
                    Kind::Repeat { items, counted: here.counted }
                } else {
                    Kind::Group { items, one_page }
                }
            }
            control => Kind::Question(Question {
                control: control.to_owned(),
                data_type: here.data_type.to_owned(),
                appearance: here.appearance.to_vec(),
                bounds: here.bounds,
                step: here.step,
                media: here.media.unwrap_or_default().to_owned(),
                accept: here.accept.unwrap_or_default().to_owned(),
            }),
        };
        items.push(Item { path, kind });
    }
    items
}

fn split(items: &[Item], within: &[Vec<String>], pages: &mut Vec<Page>) {
    let mut run: Vec<Item> = Vec::new();
    let page = |items: Vec<Item>| Page { within: within.to_vec(), items };
    for item in items {
        if let Kind::Question(_) = item.kind {
            run.push(item.clone());
            if run.len() == MOST {
                pages.push(page(std::mem::take(&mut run)));
            }
            continue;
        }
        if !run.is_empty() {
            pages.push(page(std::mem::take(&mut run)));
        }
        match &item.kind {
            Kind::Group { items, one_page } if !one_page && !fits(items) => {
                let mut inner = within.to_vec();
                inner.push(item.path.clone());
                split(items, &inner, pages);
            }
            _ => pages.push(page(vec![item.clone()])),
        }
    }
    if !run.is_empty() {
        pages.push(page(run));
    }
}

/// Whether a group stands on one page by itself.
fn fits(items: &[Item]) -> bool {
    let plain = items.iter().all(|item| matches!(item.kind, Kind::Question(_)));
    let count = count(items);
    (plain && count <= MOST) || (count <= SMALL && !has_repeat(items))
}

fn count(items: &[Item]) -> usize {
    items
        .iter()
        .map(|item| match &item.kind {
            Kind::Question(_) => 1,
            Kind::Group { items, .. } | Kind::Repeat { items, .. } => count(items),
        })
        .sum()
}

fn has_repeat(items: &[Item]) -> bool {
    items.iter().any(|item| match &item.kind {
        Kind::Question(_) => false,
        Kind::Repeat { .. } => true,
        Kind::Group { items, .. } => has_repeat(items),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiled::compile;

    fn shown(text: &str) -> String {
        let (compiled, problems) = compile(text.as_bytes(), "f.md", &Default::default());
        let compiled = compiled.unwrap_or_else(|| panic!("{problems:?}"));
        fn inner(item: &Item) -> String {
            let name = item.path.last().cloned().unwrap_or_default();
            let of = |items: &[Item]| items.iter().map(inner).collect::<Vec<_>>().join(" ");
            match &item.kind {
                Kind::Question(_) => name,
                Kind::Group { items, .. } => format!("{name}({})", of(items)),
                Kind::Repeat { items, .. } => format!("{name}*({})", of(items)),
            }
        }
        pages(&compiled.xform)
            .iter()
            .map(|page| page.items.iter().map(inner).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    #[test]
    fn a_group_is_a_page_and_a_repeat_is_one() {
        let form = "| survey | | | |
            | | type | name | label |
            | | text | a | A |
            | | begin_group | g | G |
            | | text | b | B |
            | | text | c | C |
            | | end_group | | |
            | | begin_repeat | r | R |
            | | text | d | D |
            | | end_repeat | | |
            | | text | e | E |";
        assert_eq!(shown(form), "a | g(b c) | r*(d) | e");
    }

    #[test]
    fn a_long_form_is_cut() {
        let mut form = "| survey | | | |\n| | type | name | label |\n".to_owned();
        for number in 0..45 {
            form += &format!("| | text | q{number} | Q |\n");
        }
        assert_eq!(shown(&form).split(" | ").count(), 3);
    }
}
