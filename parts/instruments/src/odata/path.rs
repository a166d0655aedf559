//! What an address of a service names: a set, a row, a property, a number of rows.

use super::Wrong;
use super::service::{Service, UP};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Document,
    Metadata,
    /// Rows of a set.
    Rows(usize, Vec<usize>),
    /// How many.
    Count(usize, Vec<usize>),
    Row(usize, usize),
    /// A property of a row; its bare value where `$value` follows.
    Property {
        set: usize,
        row: usize,
        field: usize,
        bare: bool,
    },
}

/// Reads the path behind the root: `answers(3)/child/$count`.
pub fn read(service: &Service, path: &str) -> Result<Target, Wrong> {
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let Some(first) = steps.next() else { return Ok(Target::Document) };
    if first == "$metadata" {
        return Ok(Target::Metadata);
    }
    if let Some(word) = first.strip_prefix('$') {
        return Err(Wrong::not_done(format!("this service does not do ${word}")));
    }
    let (name, key) = keyed(first)?;
    let set = service.set(name);
    let set = set.ok_or_else(|| Wrong::nothing(format!("there is no entity set {name}")))?;
    let all = (0..service.sets[set].rows).collect();
    let mut here = narrowed(service, set, all, key)?;
    for step in steps {
        here = stepped(service, here, step)?;
    }
    Ok(here)
}

fn stepped(service: &Service, here: Target, step: &str) -> Result<Target, Wrong> {
    match (here, step) {
        (Target::Rows(set, rows), "$count") => Ok(Target::Count(set, rows)),
        (Target::Property { set, row, field, bare: false }, "$value") => {
            Ok(Target::Property { set, row, field, bare: true })
        }
        (Target::Row(set, row), UP) => match service.above(set, row) {
            Some((set, row)) => Ok(Target::Row(set, row)),
            None => Err(Wrong::nothing(format!("{UP} leads nowhere from here"))),
        },
        (Target::Row(set, row), _) => {
            let (name, key) = keyed(step)?;
            let here = &service.sets[set];
            if let Some((_, child)) = here.children.iter().find(|(way, _)| way == name) {
                return narrowed(service, *child, service.below(*child, row).to_vec(), key);
            }
            match here.fields.iter().position(|field| field.name == name) {
                Some(field) if key.is_none() => {
                    Ok(Target::Property { set, row, field, bare: false })
                }
                _ => Err(Wrong::nothing(format!("{} has no property {name}", here.name))),
            }
        }
        (_, step) => Err(Wrong::nothing(format!("{step} leads nowhere from here"))),
    }
}

/// `answers(3)` → (`answers`, `3`).
fn keyed(step: &str) -> Result<(&str, Option<&str>), Wrong> {
    match step.split_once('(') {
        None => Ok((step, None)),
        Some((name, rest)) => match rest.strip_suffix(')') {
            Some("") => Ok((name, None)),
            Some(key) => Ok((name, Some(key))),
            None => Err(Wrong::query(format!("a bracket is not closed in {step}"))),
        },
    }
}

fn narrowed(
    service: &Service,
    set: usize,
    rows: Vec<usize>,
    key: Option<&str>,
) -> Result<Target, Wrong> {
    let Some(key) = key else { return Ok(Target::Rows(set, rows)) };
    let here = &service.sets[set];
    let names: Vec<&str> = here.keys().iter().map(|at| here.fields[*at].name.as_str()).collect();
    let plain = |text: &str| text.trim().trim_matches('\'').to_owned();
    let mut wanted = vec![None; names.len()];
    for (at, part) in key.split(',').enumerate() {
        match part.split_once('=') {
            Some((name, value)) => {
                let at = names.iter().position(|known| *known == name.trim());
                let at = at.ok_or_else(|| {
                    Wrong::query(format!("the key of {} is {}", here.name, names.join(", ")))
                })?;
                wanted[at] = Some(plain(value));
            }
            None if at == 0 && names.len() == 1 => wanted[0] = Some(plain(part)),
            None => {
                let names = names.join("=…,");
                return Err(Wrong::query(format!("the key of {} is written {names}=…", here.name)));
            }
        }
    }
    let Some(wanted) = wanted.into_iter().collect::<Option<Vec<String>>>() else {
        return Err(Wrong::query(format!("the key of {} is {}", here.name, names.join(", "))));
    };
    let row = rows.into_iter().find(|row| here.key_of(*row) == wanted);
    let row = row.ok_or_else(|| Wrong::nothing(format!("{} has no row {key}", here.name)))?;
    Ok(Target::Row(set, row))
}
