//! Safe microdata: which columns a person chose to give out and how coarse, what the engine had to suppress so that nobody is alone with
//! what others may know of him, and what that cost. Only what the engine calls safe is ever written.

use std::fmt::Write;

use base::table::harmless;
use serde::{Deserialize, Serialize};
use survey::{
    Anonymity, Content, Diversity, Groups, Loss, Recoding, RecordColumn, RecordRisk, Records, Role,
    SafeRecords, SafeValue, record_risk, safe_records,
};

use crate::indicator::Measure;
use crate::problem::{Problem, of_engine, short};
use crate::question::Microdata;
use crate::sheet::Column;

/// What is written for a value that is not told.
pub const SUPPRESSED: &str = "*";

/// How a file is made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    pub columns: Vec<Chosen>,
    /// People who share each combination of keys, at least.
    pub k: u64,
    /// Different sensitive answers in each combination, at least; 0 for none asked.
    pub distinct: u64,
    /// How far the answers of a combination may be from those of all, as a share.
    pub closeness: Option<f64>,
}

/// What is done with a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chosen {
    pub name: String,
    /// `key`, `sensitive`, `other`, `left-out`.
    pub role: String,
    /// Of a key, from 1: the lower, the sooner suppressed.
    pub importance: u8,
    /// Where each band but the lowest begins.
    pub bands: Vec<f64>,
    pub least: Option<f64>,
    pub most: Option<f64>,
    pub round: Option<f64>,
    /// Old label, broader label.
    pub merge: Vec<(String, String)>,
}

/// The roles, in the order of the form.
pub const ROLES: [&str; 4] = ["left-out", "key", "sensitive", "other"];

/// Counts that tell nothing of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    pub records: u64,
    pub unique: u64,
    pub below_k: u64,
    pub not_diverse: u64,
    pub not_close: u64,
    pub at_risk: u64,
    pub greatest: f64,
    pub expected: f64,
}

/// What was lost in a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lost {
    pub column: String,
    pub suppressed: u64,
    pub values_before: usize,
    pub values_after: usize,
    pub share_change: Option<f64>,
    pub mean: Option<(f64, f64)>,
    pub sd: Option<(f64, f64)>,
}

/// Risk as collected, once recoded, and of what is written; and the losses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub collected: Risk,
    pub recoded: Risk,
    pub written: Risk,
    pub losses: Vec<Lost>,
}

/// A safe file, ready to be looked at.
pub struct Made {
    pub report: Report,
    pub rows: usize,
    pub records: String,
    pub codebook: String,
    pub ddi: String,
}

impl Recipe {
    /// What a form sends: for each column its role and how coarse it is.
    pub fn of_form(
        columns: &[Column],
        field: impl Fn(&str) -> String,
    ) -> Result<Recipe, Vec<Problem>> {
        let mut problems = Vec::new();
        let whole = |name: &str, usual: u64, problems: &mut Vec<Problem>| {
            let text = field(name);
            match text.trim().parse::<u64>() {
                _ if text.trim().is_empty() => usual,
                Ok(number) if number <= 1_000 => number,
                _ => {
                    problems.push(Problem::of(name, "safe-number").with("value", short(&text)));
                    usual
                }
            }
        };
        let usual = Anonymity::default();
        let (k, distinct) =
            (whole("k", usual.k, &mut problems), whole("distinct", 2, &mut problems));
        // Two who share all keys know each other's answers; that is no file for anybody.
        if k < 3 {
            problems.push(Problem::of("k", "safe-k"));
        }
        let closeness = number(&field("closeness"), "closeness", &mut problems);
        let columns = columns.iter().map(|column| {
            let name = &column.name;
            let given = |what: &str| field(&format!("{what}-{name}"));
            let mut chosen = Chosen {
                name: name.clone(),
                role: Some(given("role"))
                    .filter(|role| ROLES.contains(&role.as_str()))
                    .unwrap_or_else(|| "left-out".into()),
                importance: given("importance").trim().parse().unwrap_or(5).clamp(1, 255),
                ..Chosen::default()
            };
            if chosen.role == "left-out" {
                return chosen;
            }
            for part in given("bands").split([',', ';', ' ']).filter(|part| !part.is_empty()) {
                chosen.bands.extend(number(part, name, &mut problems));
            }
            chosen.bands.sort_by(f64::total_cmp);
            chosen.bands.dedup();
            chosen.least = number(&given("least"), name, &mut problems);
            chosen.most = number(&given("most"), name, &mut problems);
            chosen.round = number(&given("round"), name, &mut problems).filter(|step| *step > 0.0);
            for line in given("merge").lines().filter(|line| !line.trim().is_empty()) {
                match line.split_once('=') {
                    Some((old, new)) if !old.trim().is_empty() && !new.trim().is_empty() => {
                        chosen.merge.push((old.trim().into(), new.trim().into()));
                    }
                    _ => problems.push(Problem::of(name, "safe-merge").with("value", short(line))),
                }
            }
            chosen
        });
        let recipe = Recipe { columns: columns.collect(), k, distinct, closeness };
        if problems.is_empty() { Ok(recipe) } else { Err(problems) }
    }

    /// Where to begin with a data set: what says who somebody is is a key, yes and no is sensitive, what names a person or a prison is
    /// left out. A person must look at each.
    pub fn suggested(data: &Microdata) -> Recipe {
        let rows = data.sheet.rows.len();
        let drawn: Vec<&String> = data
            .described
            .stages
            .iter()
            .flat_map(|stage| [&stage.clusters, &stage.strata, &stage.population, &stage.fraction])
            .chain([&data.described.weights, &data.described.probabilities])
            .flatten()
            .collect();
        let known =
            ["country", "sex", "gender", "age", "nationality", "education", "sentence", "region"];
        let columns = data.sheet.columns.iter().map(|column| {
            let name = column.name.to_lowercase();
            let is_known = known.iter().any(|word| name.contains(word));
            let many = column.texts.len() * 5 > rows.max(1) && column.texts.len() > 20;
            let role = match data.measure(column) {
                _ if drawn.contains(&&column.name) || many && !is_known => "left-out",
                _ if is_known => "key",
                Some(Measure::Share { .. }) => "sensitive",
                Some(_) => "other",
                None => "left-out",
            };
            Chosen {
                name: column.name.clone(),
                role: role.into(),
                importance: if name.contains("age") { 3 } else { 7 },
                bands: if name == "age" { vec![25.0, 35.0, 45.0] } else { Vec::new() },
                ..Chosen::default()
            }
        });
        Recipe { columns: columns.collect(), k: 5, distinct: 2, closeness: None }
    }

    pub fn recodings(&self) -> Vec<Recoding> {
        let mut all = Vec::new();
        for one in self.columns.iter().filter(|one| one.role != "left-out") {
            let column = one.name.clone();
            if let Some(least) = one.least {
                all.push(Recoding::AtLeast { column: column.clone(), least });
            }
            if let Some(most) = one.most {
                all.push(Recoding::AtMost { column: column.clone(), most });
            }
            if let Some(to) = one.round {
                all.push(Recoding::Round { column: column.clone(), to });
            }
            if !one.bands.is_empty() {
                let starts = one.bands.clone();
                all.push(Recoding::Bands { column: column.clone(), starts });
            }
            if !one.merge.is_empty() {
                all.push(Recoding::Merge { column, into: one.merge.clone() });
            }
        }
        all
    }

    pub fn asked(&self) -> Anonymity {
        let diversity = match self.distinct {
            0 | 1 => Diversity::None,
            least => Diversity::Distinct(least),
        };
        Anonymity { k: self.k, diversity, closeness: self.closeness, ..Anonymity::default() }
    }
}

fn number(text: &str, place: &str, problems: &mut Vec<Problem>) -> Option<f64> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match text.replace(',', ".").parse::<f64>() {
        Ok(number) if number.is_finite() => Some(number),
        _ => {
            problems.push(Problem::of(place, "not-a-number").with("value", short(text)));
            None
        }
    }
}

/// What a column holds, owned: the engine borrows it.
pub enum Held {
    Labels(Groups),
    Numbers(Vec<f64>),
}

/// Every column of the data, as the engine takes it.
pub fn held(data: &Microdata) -> Result<Vec<Held>, Vec<Problem>> {
    let one = |column: &Column| {
        let is_number = data.measure(column) == Some(Measure::Mean);
        Ok(match is_number {
            true => Held::Numbers(data.codes.numbers(column, &data.sheet.rows)?),
            false => Held::Labels(data.codes.groups(column)),
        })
    };
    data.sheet.columns.iter().map(one).collect()
}

pub fn columns<'a>(
    data: &'a Microdata,
    recipe: &Recipe,
    held: &'a [Held],
) -> Vec<RecordColumn<'a>> {
    let role = |name: &str| {
        let chosen = recipe.columns.iter().find(|one| one.name == name);
        match chosen.map_or("left-out", |one| one.role.as_str()) {
            "key" => Role::Key(chosen.map_or(5, |one| one.importance)),
            "sensitive" => Role::Sensitive,
            "other" => Role::Other,
            _ => Role::LeftOut,
        }
    };
    let column = |(column, held): (&'a Column, &'a Held)| RecordColumn {
        name: &column.name,
        content: match held {
            Held::Labels(groups) => Content::Labels(groups),
            Held::Numbers(numbers) => Content::Numbers(numbers),
        },
        role: role(&column.name),
    };
    data.sheet.columns.iter().zip(held).map(column).collect()
}

pub fn text_of(value: SafeValue) -> String {
    match value {
        SafeValue::None => String::new(),
        SafeValue::Suppressed => SUPPRESSED.into(),
        SafeValue::Label(label) => harmless(label),
        SafeValue::Number(number) => number.to_string(),
    }
}

/// Makes a safe file of the data by the recipe, and says what it cost.
pub fn make(data: &Microdata, recipe: &Recipe, title: &str) -> Result<Made, Vec<Problem>> {
    let held = held(data)?;
    let columns = columns(data, recipe, &held);
    let weighted = data.described.weights.is_some() || data.described.probabilities.is_some();
    let records = Records { columns, weights: weighted.then(|| data.design.weights()) };
    let in_rows = |problems| of_engine(problems, &data.sheet.rows);
    let asked = recipe.asked();
    let collected = record_risk(&records, &[], &asked).map_err(in_rows)?;
    let safe = safe_records(&records, &recipe.recodings(), &asked).map_err(in_rows)?;
    let report = Report {
        collected: risk(&collected),
        recoded: risk(safe.risk_before()),
        written: risk(safe.risk()),
        losses: safe.losses().iter().map(lost).collect(),
    };
    let variables = variables(data, recipe, &safe);
    Ok(Made {
        report,
        rows: safe.rows(),
        records: csv_of(&safe),
        codebook: codebook(&variables, &safe),
        ddi: ddi(&variables, &safe, title),
    })
}

fn risk(risk: &RecordRisk) -> Risk {
    Risk {
        records: risk.records,
        unique: risk.unique,
        below_k: risk.below_k,
        not_diverse: risk.not_diverse,
        not_close: risk.not_close,
        at_risk: risk.at_risk,
        greatest: risk.greatest,
        expected: risk.expected,
    }
}

fn lost(loss: &Loss) -> Lost {
    Lost {
        column: loss.column.clone(),
        suppressed: loss.suppressed,
        values_before: loss.groups.0,
        values_after: loss.groups.1,
        share_change: loss.share_change,
        mean: loss.mean,
        sd: loss.sd,
    }
}

fn csv_of(safe: &SafeRecords) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut heads: Vec<String> = safe.columns().map(|(name, _)| harmless(name)).collect();
    if safe.weights().is_some() {
        heads.push("weight".into());
    }
    // Writing to memory cannot fail.
    let _ = out.write_record(&heads);
    let columns = safe.columns().count();
    for row in 0..safe.rows() {
        let mut cells: Vec<String> =
            (0..columns).map(|column| text_of(safe.value(row, column))).collect();
        if let Some(weights) = safe.weights() {
            cells.push(format!("{:.4}", weights[row]));
        }
        let _ = out.write_record(&cells);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A column as its codebook describes it.
struct Variable {
    name: String,
    label: String,
    role: String,
    change: String,
    /// Of labels: each with how often it stands in the file.
    values: Vec<(String, usize)>,
    numbers: Option<(f64, f64)>,
    missing: usize,
    suppressed: usize,
}

fn variables(data: &Microdata, recipe: &Recipe, safe: &SafeRecords) -> Vec<Variable> {
    safe.columns()
        .enumerate()
        .map(|(at, (name, _))| {
            let chosen = recipe.columns.iter().find(|one| one.name == name);
            let mut variable = Variable {
                name: name.to_owned(),
                label: data.codes.label(name).to_owned(),
                role: chosen.map_or_else(String::new, |one| one.role.clone()),
                change: chosen.map(change).unwrap_or_default(),
                values: Vec::new(),
                numbers: None,
                missing: 0,
                suppressed: 0,
            };
            for row in 0..safe.rows() {
                match safe.value(row, at) {
                    SafeValue::None => variable.missing += 1,
                    SafeValue::Suppressed => variable.suppressed += 1,
                    SafeValue::Number(number) => {
                        let (low, high) = variable.numbers.unwrap_or((number, number));
                        variable.numbers = Some((low.min(number), high.max(number)));
                    }
                    SafeValue::Label(label) => {
                        match variable.values.iter_mut().find(|(known, _)| known == label) {
                            Some((_, count)) => *count += 1,
                            None => variable.values.push((label.to_owned(), 1)),
                        }
                    }
                }
            }
            variable
        })
        .collect()
}

/// In English, as codebooks are: "banded at 25, 35; values above 60 given as 60".
fn change(one: &Chosen) -> String {
    let mut said = Vec::new();
    let list = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    if let Some(least) = one.least {
        said.push(format!("values below {least} given as {least}"));
    }
    if let Some(most) = one.most {
        said.push(format!("values above {most} given as {most}"));
    }
    if let Some(to) = one.round {
        said.push(format!("rounded to {to}"));
    }
    if !one.bands.is_empty() {
        said.push(format!("banded at {}", list(&one.bands)));
    }
    if !one.merge.is_empty() {
        let pairs: Vec<String> =
            one.merge.iter().map(|(old, new)| format!("{old} → {new}")).collect();
        said.push(format!("merged: {}", pairs.join(", ")));
    }
    said.join("; ")
}

fn codebook(variables: &[Variable], safe: &SafeRecords) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let _ = out.write_record([
        "variable",
        "label",
        "values",
        "missing",
        "role",
        "change",
        "suppressed",
    ]);
    for one in variables {
        let values: Vec<String> =
            one.values.iter().map(|(label, _)| format!("{label}={label}")).collect();
        let range = one.numbers.map(|(low, high)| format!("{low} to {high}"));
        let _ = out.write_record([
            harmless(&one.name),
            harmless(&one.label),
            if values.is_empty() { range.unwrap_or_default() } else { values.join("|") },
            SUPPRESSED.to_owned(),
            one.role.clone(),
            one.change.clone(),
            one.suppressed.to_string(),
        ]);
    }
    if safe.weights().is_some() {
        let label = "How many people the row stands for: the mean of all who share its keys";
        let _ = out.write_record(["weight", label, "", "", "weight", "", "0"]);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// DDI Codebook 2.5 (DDI Alliance 2014): what archives and statistical programs read.
fn ddi(variables: &[Variable], safe: &SafeRecords, title: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<codeBook xmlns=\"ddi:codebook:2_5\" version=\"2.5\">\n",
    );
    let _ = writeln!(
        xml,
        "  <stdyDscr><citation><titlStmt><titl>{}</titl></titlStmt></citation></stdyDscr>",
        escaped(title)
    );
    let _ = writeln!(
        xml,
        "  <fileDscr><fileTxt><fileName>data.csv</fileName><dimensns><caseQnty>{}</caseQnty><varQnty>{}</varQnty></dimensns></fileTxt></fileDscr>",
        safe.rows(),
        variables.len() + usize::from(safe.weights().is_some())
    );
    xml.push_str("  <dataDscr>\n");
    for one in variables {
        let kind = if one.numbers.is_some() { "contin" } else { "discrete" };
        let _ = writeln!(
            xml,
            "    <var ID=\"{id}\" name=\"{name}\" intrvl=\"{kind}\">\n      <labl>{label}</labl>",
            id = escaped(&identifier(&one.name)),
            name = escaped(&one.name),
            label = escaped(&one.label),
        );
        if let Some((low, high)) = one.numbers {
            let _ = writeln!(xml, "      <valrng><range min=\"{low}\" max=\"{high}\"/></valrng>");
        }
        let _ = writeln!(
            xml,
            "      <sumStat type=\"invd\">{}</sumStat>",
            one.missing + one.suppressed
        );
        for (label, count) in &one.values {
            let label = escaped(label);
            let _ = writeln!(
                xml,
                "      <catgry><catValu>{label}</catValu><labl>{label}</labl><catStat type=\"freq\">{count}</catStat></catgry>"
            );
        }
        if one.suppressed > 0 {
            let _ = writeln!(
                xml,
                "      <catgry missing=\"Y\"><catValu>{SUPPRESSED}</catValu><labl>suppressed</labl><catStat type=\"freq\">{}</catStat></catgry>",
                one.suppressed
            );
        }
        if !one.change.is_empty() {
            let _ = writeln!(xml, "      <codInstr>{}</codInstr>", escaped(&one.change));
        }
        xml.push_str("    </var>\n");
    }
    if safe.weights().is_some() {
        xml.push_str("    <var ID=\"weight\" name=\"weight\" wgt=\"wgt\" intrvl=\"contin\"><labl>How many people the row stands for</labl></var>\n");
    }
    xml.push_str("  </dataDscr>\n</codeBook>\n");
    xml
}

fn identifier(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("v_{plain}")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
