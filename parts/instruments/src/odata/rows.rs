//! Rows as the JSON of OData: filtered, in order, page by page, with the rows that lie within them.

use std::cmp::Ordering;

use serde_json::{Map, Value as Json, json};

use super::Wrong;
use super::query::{Expanded, Query};
use super::service::{Service, Set};
use super::value::Value;
use crate::data::typed::{self, Cell, Field};

/// How numbers are written.
#[derive(Clone, Copy, Default)]
pub struct Style {
    /// Whole numbers of 64 bits as texts, for clients that have none (`IEEE754Compatible=true`).
    pub as_text: bool,
}

/// A page of rows.
pub struct Page {
    pub rows: Vec<Json>,
    /// All rows that fit, where that was asked.
    pub count: Option<usize>,
    /// Where the next page begins, and how many of `$top` are left then.
    pub next: Option<(String, Option<usize>)>,
}

/// The page that is asked of these rows of a set.
pub fn page(
    service: &Service,
    set: usize,
    rows: Vec<usize>,
    query: &Query,
    most: usize,
    style: Style,
) -> Result<Page, Wrong> {
    let fitting = chosen(service, set, rows, query);
    let count = query.count.then_some(fitting.len());
    let from = match &query.token {
        None => query.skip,
        Some(token) => from_token(&service.sets[set], &fitting, token)?,
    };
    let wanted = query.top.unwrap_or(usize::MAX);
    let here = fitting.get(from..).unwrap_or(&[]);
    let taken = &here[..here.len().min(wanted).min(most)];
    let more = here.len().min(wanted) > taken.len();
    let next = taken.last().filter(|_| more).map(|last| {
        let key = service.sets[set].key_of(*last).join("~");
        (format!("{}~{key}", from + taken.len()), query.top.map(|top| top - taken.len()))
    });
    let rows = taken.iter().map(|row| Json::Object(row_of(service, set, *row, query, style)));
    Ok(Page { rows: rows.collect(), count, next })
}

/// The rows that fit, in order.
pub fn chosen(service: &Service, set: usize, rows: Vec<usize>, query: &Query) -> Vec<usize> {
    let mut found: Vec<usize> = rows
        .into_iter()
        .filter(|row| match &query.filter {
            None => true,
            Some(filter) => filter.work_out(service, &mut vec![(set, *row)]).is_true(),
        })
        .collect();
    if !query.order.is_empty() {
        let keys = |row: &usize| -> Vec<Value> {
            let of = |it: &(super::expression::Expression, bool)| {
                it.0.work_out(service, &mut vec![(set, *row)])
            };
            query.order.iter().map(of).collect()
        };
        found.sort_by_cached_key(|row| {
            let down = query.order.iter().map(|(_, down)| *down).collect();
            Ordered { values: keys(row), down }
        });
    }
    found
}

struct Ordered {
    values: Vec<Value>,
    down: Vec<bool>,
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.values.iter().zip(&other.values).zip(&self.down);
        pairs
            .map(|((a, b), down)| if *down { b.in_order(a) } else { a.in_order(b) })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ordered {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ordered {}

/// After the last row of the page before; where that is gone, as many rows on as it was.
fn from_token(set: &Set, rows: &[usize], token: &str) -> Result<usize, Wrong> {
    let wrong = || Wrong::query("the $skiptoken is none of ours; begin again without it".into());
    let (place, key) = token.split_once('~').ok_or_else(wrong)?;
    let place: usize = place.parse().map_err(|_| wrong())?;
    let key: Vec<&str> = key.split('~').collect();
    let found = rows.iter().position(|row| set.key_of(*row) == key);
    Ok(found.map_or(place, |at| at + 1).min(rows.len()))
}

/// One row with what was selected and expanded.
pub fn row_of(
    service: &Service,
    set: usize,
    row: usize,
    query: &Query,
    style: Style,
) -> Map<String, Json> {
    let here = &service.sets[set];
    let mut out = Map::new();
    for (at, field) in here.fields.iter().enumerate() {
        if query.select.as_ref().is_none_or(|select| select.contains(&at)) {
            out.insert(field.name.clone(), cell(service, field, row, style));
        }
    }
    for expanded in &query.expand {
        within(service, set, row, expanded, style, &mut out);
    }
    out
}

fn within(
    service: &Service,
    set: usize,
    row: usize,
    expanded: &Expanded,
    style: Style,
    out: &mut Map<String, Json>,
) {
    let query = &expanded.query;
    if !expanded.down {
        let above = service.above(set, row);
        let above = above.map(|(set, row)| Json::Object(row_of(service, set, row, query, style)));
        out.insert(expanded.way.clone(), above.unwrap_or(Json::Null));
        return;
    }
    let fitting = chosen(service, expanded.set, service.below(expanded.set, row).to_vec(), query);
    if query.count {
        out.insert(format!("{}@odata.count", expanded.way), json!(fitting.len()));
    }
    let rows = fitting.iter().skip(query.skip).take(query.top.unwrap_or(usize::MAX));
    let rows = rows.map(|row| Json::Object(row_of(service, expanded.set, *row, query, style)));
    out.insert(expanded.way.clone(), Json::Array(rows.collect()));
}

/// A cell as JSON.
pub fn cell(service: &Service, field: &Field, row: usize, style: Style) -> Json {
    match field.cell(row) {
        Cell::Nothing => Json::Null,
        Cell::Whole(number) if style.as_text => json!(number.to_string()),
        Cell::Whole(number) => json!(number),
        Cell::Number(number) => json!(number),
        Cell::Day(days) => json!(typed::day_text(days)),
        Cell::Moment(at) => json!(typed::moment_text(at)),
        Cell::Time(at) => json!(typed::time_text(at)),
        Cell::Flag(chosen) => json!(i64::from(chosen)),
        Cell::Text(text) => json!(service.worded(field, &text)),
    }
}
