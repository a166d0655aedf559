//! Random answers to random forms, with what our engine says of every node after each: `walk SEED COUNT FOLDER`
//! reads the workbooks of FOLDER that compile and prints one line of JSON a form. Another engine can replay it.

use std::io::Write;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use xlsform::fill::{Attachments, Filling, Start, Violation, XForm};
use xlsform::workbook::Limits;
use xlsform::xml::{NodeId, NodeKind};
use xlsform::{Options, Workbook, compile};

const NOW: &str = "2026-03-14T09:26:53Z";

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % count.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let [seed, count, folder] = arguments.as_slice() else {
        return Err("give a seed, the number of forms and the folder of the workbooks".into());
    };
    let (seed, count): (u64, usize) = (seed.parse()?, count.parse()?);
    let mut files = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort();
    let mut out = std::io::stdout().lock();
    let mut done = 0;
    for (at, path) in files.iter().enumerate() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if done == count || !["md", "csv", "xlsx"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let Ok(workbook) = Workbook::read(&std::fs::read(path)?, &name, &Limits::default()) else {
            continue;
        };
        let (Some(form), _) = compile(&workbook, &Options::default()) else { continue };
        let mut chance = Chance(seed ^ (at as u64) << 20);
        if let Some(record) = walk(form.xml(), &name, &mut chance) {
            writeln!(out, "{record}")?;
            done += 1;
        }
    }
    Ok(())
}

/// Files that the form asks for, with a few rows in them.
fn attachments(xml: &str) -> Attachments {
    let mut found = Attachments::new();
    for part in xml.split("src=\"jr://").skip(1) {
        let Some((name, _)) = part.split_once('"') else { continue };
        let rows = [("a", "Alpha", "1"), ("b", "Beta", "2"), ("c", "Gamma", "30")];
        let text = if name.ends_with(".csv") {
            let rows = rows
                .map(|(id, label, cost)| format!("{id},{label},{id},{label},{cost},{cost},g1\n"));
            format!("name,label,code,title,id,cost,group\n{}", rows.concat())
        } else if name.ends_with(".geojson") {
            let rows = rows.map(|(id, label, cost)| {
                format!(
                    "{{\"type\":\"Feature\",\"id\":\"{id}\",\"geometry\":{{\"type\":\"Point\",\
                     \"coordinates\":[{cost},50.5]}},\"properties\":{{\"title\":\"{label}\",\
                     \"code\":\"{id}\",\"cost\":{cost}}}}}"
                )
            });
            format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", rows.join(","))
        } else if name.ends_with(".xml") {
            let rows = rows.map(|(id, label, _)| {
                format!(
                    "<item><name>{id}</name><label>{label}</label><code>{id}</code>\
                     <title>{label}</title></item>"
                )
            });
            format!("<root>{}</root>", rows.concat())
        } else {
            continue;
        };
        found.insert(format!("jr://{name}"), text);
    }
    found
}

fn walk(xml: &str, name: &str, chance: &mut Chance) -> Option<Value> {
    let files = attachments(xml);
    let open = || {
        let form = XForm::read(xml, &files).map_err(|error| error.to_string())?;
        let now = NOW.parse::<Timestamp>().map_err(|error| error.to_string())?;
        let start = Start { now, zone: TimeZone::UTC, seed: 1, language: None };
        Filling::new(Arc::new(form), start).map_err(|error| error.to_string())
    };
    let mut filling = match open() {
        Ok(filling) => filling,
        Err(message) => {
            return Some(json!({ "file": name, "xml": xml, "files": files, "refused": message }));
        }
    };
    let mut steps = vec![step(&filling, json!({ "op": "open" }))];
    for _ in 0..12 {
        // Hundreds of instances say nothing that three do not.
        if elements(&filling).len() > 200 {
            break;
        }
        let Some(made) = act(&mut filling, chance) else { break };
        if elements(&filling).len() > 400 {
            break;
        }
        steps.push(step(&filling, made));
    }
    Some(json!({ "file": name, "xml": xml, "files": files, "now": NOW, "steps": steps }))
}

/// One random thing that a person could do.
fn act(filling: &mut Filling, chance: &mut Chance) -> Option<Value> {
    let nodes = elements(filling);
    for _ in 0..40 {
        let node = nodes[chance.below(nodes.len())];
        let reference = filling.reference(node);
        let state = filling.state(node);
        let Some(control) = filling.control(node).map(str::to_owned) else { continue };
        if !state.relevant || state.read_only {
            continue;
        }
        if control == "repeat" {
            if chance.below(3) == 0 {
                if !filling.remove_repeat(node) {
                    continue;
                }
                return Some(json!({ "op": "remove", "ref": reference }));
            }
            let range = reference.rsplit_once('[').map_or(&reference[..], |(path, _)| path);
            if filling.add_repeat(range).is_none() {
                continue;
            }
            return Some(json!({ "op": "add", "ref": range }));
        }
        let Some(answer) = answer(filling, node, &control, chance) else { continue };
        filling.set(node, &answer);
        return Some(json!({ "op": "set", "ref": reference, "control": control, "value": answer }));
    }
    None
}

fn answer(filling: &Filling, node: NodeId, control: &str, chance: &mut Chance) -> Option<String> {
    let choices = filling.choices(node);
    let offered = choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>();
    let text = match control {
        "select1" if !offered.is_empty() => chance.pick(&offered).to_owned(),
        "select" if !offered.is_empty() => {
            let chosen = offered.iter().filter(|_| chance.below(2) == 0).copied();
            chosen.collect::<Vec<_>>().join(" ")
        }
        "range" => {
            let asked = filling.asked(node)?;
            let (least, most) = asked.bounds?;
            let step = asked.step.unwrap_or(1.0);
            let steps = ((most - least) / step).floor() as usize;
            let value = least + step * chance.below(steps + 1) as f64;
            format!("{}", (value * 1e6).round() / 1e6)
        }
        "trigger" => chance.pick(&["OK", ""]).to_owned(),
        "input" => match filling.asked(node)?.data_type {
            "int" => chance.pick(&["", "0", "1", "7", "42", "-3", "100"]).to_owned(),
            "decimal" => chance.pick(&["", "0.5", "2.25", "-1.5", "100", "3"]).to_owned(),
            "date" => chance.pick(&["", "2024-02-29", "1999-12-31", "2026-03-14"]).to_owned(),
            "time" => chance.pick(&["", "10:00:00", "23:59:59.000"]).to_owned(),
            "dateTime" => chance.pick(&["", "2024-02-29T10:00:00.000+00:00"]).to_owned(),
            "geopoint" => chance.pick(&["", "51.5 -0.12 10 5", "-33.9 18.4 0 0"]).to_owned(),
            "string" | "barcode" => {
                chance.pick(&["", "a", "yes", "x1", "abc", "5", "ключ", "two words"]).to_owned()
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(text)
}

fn elements(filling: &Filling) -> Vec<NodeId> {
    let document = filling.document();
    let root = filling.nodes(None, &[]);
    let all = root.first().map(|root| document.descendants(*root)).unwrap_or_default();
    all.into_iter().filter(|id| document.kind(*id) == NodeKind::Element).collect()
}

/// What holds after a step.
fn step(filling: &Filling, mut made: Value) -> Value {
    let violations = filling.violations();
    let mut states = Map::new();
    for node in elements(filling) {
        let state = filling.state(node);
        let broken =
            violations.iter().find(|(id, _)| *id == node).map(|(_, violation)| match violation {
                Violation::Required => "required",
                Violation::Constraint => "constraint",
            });
        let leaf = filling.document().elements(node).next().is_none();
        let choices = filling.control(node).is_some_and(|control| control.starts_with("select"));
        let offered = choices.then(|| {
            let choices = filling.choices(node);
            choices
                .into_iter()
                .map(|choice| json!([choice.value, choice.label]))
                .collect::<Vec<_>>()
        });
        let value = leaf.then(|| filling.value(node));
        let shown = json!({
            "relevant": state.relevant, "required": state.required, "readonly": state.read_only,
            "violation": broken, "value": value, "label": filling.label(node), "choices": offered,
        });
        states.insert(filling.reference(node), shown);
    }
    made["states"] = Value::Object(states);
    made["submission"] = filling.submission().into();
    made
}
