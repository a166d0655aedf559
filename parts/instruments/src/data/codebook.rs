//! The codebook: every column with what was asked and what could be chosen, as rows and as DDI
//! Codebook 2.5 (ddialliance.org), which archives and statistics programs read.

use anyhow::Context;
use base::table::harmless;

use super::{Column, Data, Kind};
use crate::compiled::{label, tag_of};

/// The codebook as rows, the first of them its head: one for each column, one for each choice.
pub fn rows(data: &Data) -> Vec<Vec<String>> {
    let mut head = vec!["table".to_owned(), "column".into(), "kind".into(), "choice".into()];
    head.extend(data.languages.iter().cloned());
    let mut rows = vec![head];
    for table in &data.tables {
        for column in &table.columns {
            let texts = |labels: &[(String, String)]| -> Vec<String> {
                let of = |language: &String| {
                    let found = labels.iter().find(|(known, _)| known == language);
                    found.map(|(_, text)| text.clone()).unwrap_or_default()
                };
                data.languages.iter().map(of).collect()
            };
            let key = column.key.clone();
            let mut row =
                vec![table.name.clone(), key.clone(), column.kind.word().into(), String::new()];
            row.extend(texts(&column.labels));
            rows.push(row);
            for item in &column.choices {
                let mut row =
                    vec![table.name.clone(), key.clone(), String::new(), item.value.clone()];
                row.extend(texts(&item.labels));
                rows.push(row);
            }
        }
    }
    rows
}

/// The same rows as CSV.
pub fn csv(data: &Data) -> anyhow::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows(data) {
        out.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    out.into_inner().context("a codebook in memory can be written")
}

/// The codebook as DDI Codebook 2.5.
pub fn ddi(data: &Data) -> String {
    let round = &data.round;
    let title = escape(&round.title);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out += &format!(
        "<codeBook xmlns=\"ddi:codebook:2_5\" version=\"2.5\">\n<stdyDscr><citation><titlStmt><titl>{title}</titl><IDNo>{}</IDNo></titlStmt></citation>\n",
        escape(&round.id)
    );
    out += &format!(
        "<stdyInfo><sumDscr><collDate date=\"{}\" event=\"start\"/>",
        escape(&round.from_day)
    );
    if !round.until_day.is_empty() {
        out += &format!("<collDate date=\"{}\" event=\"end\"/>", escape(&round.until_day));
    }
    out += "</sumDscr></stdyInfo>\n";
    let asked = data.design.asked.map_or("not known (shared address)".into(), |n| n.to_string());
    out += &format!(
        "<method><dataColl><sampProc>Asked: {asked}; answered: {}</sampProc></dataColl></method></stdyDscr>\n",
        data.design.answered
    );
    for (at, table) in data.tables.iter().enumerate() {
        out += &format!(
            "<fileDscr ID=\"F{}\"><fileTxt><fileName>{}.csv</fileName><dimensns><caseQnty>{}</caseQnty><varQnty>{}</varQnty></dimensns></fileTxt></fileDscr>\n",
            at + 1,
            escape(&table.name),
            table.rows,
            table.columns.len()
        );
    }
    out += "<dataDscr>\n";
    for (at, table) in data.tables.iter().enumerate() {
        for (number, column) in table.columns.iter().enumerate() {
            out += &variable(at + 1, number + 1, column);
        }
    }
    out += "</dataDscr>\n</codeBook>\n";
    out
}

fn variable(file: usize, number: usize, column: &Column) -> String {
    let kind =
        if matches!(column.kind, Kind::Whole | Kind::Number) { "contin" } else { "discrete" };
    let mut out = format!(
        "<var ID=\"F{file}V{number}\" name=\"{}\" files=\"F{file}\" intrvl=\"{kind}\">",
        escape(&column.key)
    );
    out += &format!("<labl>{}</labl>", escape(label(&column.labels, "").unwrap_or(&column.key)));
    for (language, text) in &column.labels {
        let tag = escape(tag_of(language));
        let lang = if tag == "default" { String::new() } else { format!(" xml:lang=\"{tag}\"") };
        out += &format!("<qstn{lang}><qstnLit>{}</qstnLit></qstn>", escape(text));
    }
    let missing = column.values.iter().filter(|value| value.is_none()).count();
    out += &format!(
        "<sumStat type=\"vald\">{}</sumStat><sumStat type=\"invd\">{missing}</sumStat>",
        column.values.len() - missing
    );
    for item in &column.choices {
        let count = column
            .values
            .iter()
            .flatten()
            .filter(|value| value.split_whitespace().any(|it| it == item.value))
            .count();
        out += &format!(
            "<catgry><catValu>{}</catValu><labl>{}</labl><catStat type=\"freq\">{count}</catStat></catgry>",
            escape(&item.value),
            escape(label(&item.labels, "").unwrap_or(&item.value))
        );
    }
    let format = if kind == "contin" { "numeric" } else { "character" };
    out += &format!("<varFormat type=\"{format}\"/></var>\n");
    out
}

fn escape(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars()
        .filter(allowed)
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
