//! What is asked of a set: which rows, which properties, in which order, how many; and the same of the sets within.

use super::Wrong;
use super::expression::{self, Expression};
use super::service::Service;
use super::value::Sort;

/// The options of a request or of one `$expand`.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub filter: Option<Expression>,
    /// Expressions with whether they run downwards.
    pub order: Vec<(Expression, bool)>,
    /// Places of the fields; `None` for all.
    pub select: Option<Vec<usize>>,
    pub expand: Vec<Expanded>,
    pub top: Option<usize>,
    pub skip: usize,
    pub count: bool,
    /// Where the last page ended.
    pub token: Option<String>,
}

/// Rows of another set to be written within each row.
#[derive(Clone, Debug)]
pub struct Expanded {
    pub way: String,
    /// The set; up to the row in which one lies, where not down.
    pub set: usize,
    pub down: bool,
    pub query: Query,
}

/// `$expand` within `$expand`: a form has no deeper groups than that.
const DEEPEST: usize = 8;

/// Reads the options of a request for rows of a set.
pub fn read(service: &Service, set: usize, options: &[(String, String)]) -> Result<Query, Wrong> {
    of(service, set, options, 0)
}

fn of(
    service: &Service,
    set: usize,
    options: &[(String, String)],
    depth: usize,
) -> Result<Query, Wrong> {
    let mut query = Query::default();
    let mut seen = std::collections::BTreeSet::new();
    for (name, value) in options {
        // What is not the standard's is not ours to judge.
        let Some(plain) = name.strip_prefix('$') else { continue };
        if !seen.insert(plain.to_owned()) {
            return Err(Wrong::query(format!("{name} is given twice")));
        }
        match plain {
            "filter" => {
                let (found, sort) = expression::read(service, set, value)?;
                if !sort.meets(Sort::Yes) {
                    let is = sort.word();
                    return Err(Wrong::query(format!(
                        "$filter wants true or false; {value} is {is}"
                    )));
                }
                query.filter = Some(found);
            }
            "orderby" => query.order = order(service, set, value)?,
            "select" => query.select = select(service, set, value)?,
            "expand" => query.expand = expand(service, set, value, depth)?,
            "top" => query.top = Some(number(name, value)?),
            "skip" => query.skip = number(name, value)?,
            "count" => {
                query.count = match value.as_str() {
                    "true" => true,
                    "false" => false,
                    _ => return Err(Wrong::query(format!("$count is true or false, not {value}"))),
                }
            }
            "skiptoken" if depth == 0 => query.token = Some(value.clone()),
            "format" if depth == 0 => {}
            "search" | "apply" | "compute" | "levels" | "deltatoken" | "index"
            | "schemaversion" => {
                return Err(Wrong::not_done(format!("this service does not do {name}")));
            }
            _ => return Err(Wrong::query(format!("{name} is no option of a query"))),
        }
    }
    Ok(query)
}

fn number(name: &str, value: &str) -> Result<usize, Wrong> {
    let wrong = |_| Wrong::query(format!("{name} is a whole number from 0 on, not {value}"));
    value.trim().parse().map_err(wrong)
}

fn order(service: &Service, set: usize, text: &str) -> Result<Vec<(Expression, bool)>, Wrong> {
    let mut all = Vec::new();
    for item in split(text, ',') {
        let item = item.trim();
        let (text, down) = match item.rsplit_once(' ') {
            Some((text, "desc")) => (text, true),
            Some((text, "asc")) => (text, false),
            _ => (item, false),
        };
        all.push((expression::read(service, set, text)?.0, down));
    }
    Ok(all)
}

fn select(service: &Service, set: usize, text: &str) -> Result<Option<Vec<usize>>, Wrong> {
    let here = &service.sets[set];
    let mut all = Vec::new();
    for name in text.split(',').map(str::trim) {
        if name == "*" {
            return Ok(None);
        }
        // A way to other rows is chosen by $expand; naming it here as well is no mistake.
        let way = here.children.iter().any(|(way, _)| way == name) || name == super::service::UP;
        match here.fields.iter().position(|field| field.name == name) {
            Some(at) => all.push(at),
            None if way => {}
            None => {
                return Err(Wrong::query(format!("{} has no property {name}", here.name)));
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(Some(all))
}

fn expand(service: &Service, set: usize, text: &str, depth: usize) -> Result<Vec<Expanded>, Wrong> {
    if depth >= DEEPEST {
        return Err(Wrong::query(format!("$expand goes at most {DEEPEST} deep")));
    }
    let here = &service.sets[set];
    let mut all: Vec<Expanded> = Vec::new();
    for item in split(text, ',') {
        let item = item.trim();
        if item == "*" {
            for (way, child) in &here.children {
                let query = Query::default();
                all.push(Expanded { way: way.clone(), set: *child, down: true, query });
            }
            continue;
        }
        let (way, inner) = match item.split_once('(') {
            None => (item, ""),
            Some((way, rest)) => {
                let missing = || Wrong::query(format!("a bracket is not closed in {item}"));
                (way.trim(), rest.strip_suffix(')').ok_or_else(missing)?)
            }
        };
        let child = here.children.iter().find(|(known, _)| known == way).map(|(_, set)| *set);
        let up = here.parent.filter(|_| way == super::service::UP);
        let (to, down) = match (child, up) {
            (Some(child), _) => (child, true),
            (None, Some(parent)) => (parent, false),
            (None, None) => {
                return Err(Wrong::query(format!("{} has no rows {way} to expand", here.name)));
            }
        };
        let options: Vec<(String, String)> = split(inner, ';')
            .into_iter()
            .filter(|it| !it.trim().is_empty())
            .map(|it| {
                let (name, value) = it.split_once('=').unwrap_or((it, ""));
                (name.trim().to_owned(), value.to_owned())
            })
            .collect();
        let query = of(service, to, &options, depth + 1)?;
        if all.iter().any(|it| it.way == way) {
            return Err(Wrong::query(format!("{way} is expanded twice")));
        }
        all.push(Expanded { way: way.to_owned(), set: to, down, query });
    }
    Ok(all)
}

/// Cuts at a sign that stands outside of brackets and apostrophes.
fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut from, mut depth, mut quoted) = (Vec::new(), 0, 0_usize, false);
    for (at, c) in text.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ if c == sign && depth == 0 && !quoted => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn commas_in_brackets_and_texts_cut_nothing() {
        assert_eq!(split("a,b(c,d),'e,''f'", ','), ["a", "b(c,d)", "'e,''f'"]);
        assert_eq!(split("", ','), [""]);
    }
}
