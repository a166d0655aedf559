//! A replication package: one archive with the answers, what they mean, the form and the workbook it was made of, how
//! to read and make all of it again, and a checksum of each file. Same answers, same bytes.

use std::io::{Cursor, Write};

use anyhow::{Context, Result};
use base::{Refusal, Site};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Data, codebook, files, geojson, parquet, sav};
use crate::instrument;

/// The archive of a round.
pub async fn write(site: &Site, data: &Data) -> Result<Vec<u8>, Refusal> {
    let pool = &site.storage.pool;
    let (id, number) = (&data.round.instrument, data.round.number);
    let missing = || Refusal::not_found("no-instrument", id);
    let version = instrument::version(pool, id, number).await?.ok_or_else(missing)?;
    let sources = instrument::sources(pool, id, number).await?.ok_or_else(missing)?;
    let attached = instrument::files(pool, id, number).await?;
    let mut all = made(data)?;
    all.push(("form/form.xml".into(), sources.xform.into_bytes()));
    if !sources.item_sets.is_empty() {
        all.push(("form/itemsets.csv".into(), sources.item_sets.into_bytes()));
    }
    let workbook = format!("form/{}", plain(&version.file_name));
    all.push((workbook.clone(), sources.workbook));
    all.extend(
        attached.into_iter().map(|it| (format!("form/media/{}", plain(&it.name)), it.bytes)),
    );
    all.push(("README.md".into(), readme(data, &workbook).into_bytes()));
    Ok(zipped(&data.round.id, all)?)
}

/// What is made of the answers.
fn made(data: &Data) -> Result<Vec<(String, Vec<u8>)>> {
    let codes = files::Style::default();
    let language = data.languages.first().map_or("default", String::as_str);
    let mut all = Vec::new();
    for table in &data.tables {
        let name = plain(&table.name);
        all.push((format!("data/{name}.csv"), files::csv(table, &codes)?));
        all.push((format!("data/{name}.parquet"), parquet::write(data, table)?));
        let title = format!("{}: {}", data.round.title, table.name);
        let sav = sav::write(table, language, &title, &data.round.from_day)?;
        all.push((format!("data/{name}.sav"), sav));
    }
    if !data.design.anonymous
        && geojson::has_places(&data.tables)
        && let Ok(places) = geojson::write(data, None)
    {
        all.push(("data/places.geojson".into(), places.to_string().into_bytes()));
    }
    all.push(("codebook/codebook.csv".into(), codebook::csv(data)?));
    all.push(("codebook/codebook.xml".into(), codebook::ddi(data).into_bytes()));
    Ok(all)
}

/// A name that means the same in every folder.
fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' })
        .collect();
    let plain = plain.trim_matches('.');
    if plain.is_empty() { "file".to_owned() } else { plain.chars().take(100).collect() }
}

fn zipped(folder: &str, mut all: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>> {
    all.sort();
    let sums: String = all
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", base::chance::in_hex(&Sha256::digest(bytes))))
        .collect();
    all.push(("SHA256SUMS".into(), sums.into_bytes()));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the archive's own first day stands in every entry.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in all {
        archive.start_file(format!("{folder}/{name}"), options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish().context("an archive in memory can be ended")?.into_inner())
}

fn readme(data: &Data, workbook: &str) -> String {
    let round = &data.round;
    let until = if round.until_day.is_empty() { "its closing" } else { &round.until_day };
    let asked = match data.design.asked {
        Some(count) => format!("{count} were asked"),
        None => "a shared address, so that nobody knows how many were asked".into(),
    };
    let kind = match data.design.anonymous {
        true => {
            "Anonymous: the numbers of the records were drawn by lot, times are days, and places are left out."
        }
        false => {
            "Not anonymous: respondents are named in `_respondent`. Treat the files accordingly."
        }
    };
    let held_back = match data.held_back {
        0 => String::new(),
        count => format!(
            "\n{count} answers (words that nobody has yet read and found to name nobody, and places) are held back.\n"
        ),
    };
    let stage = if round.closed_at.is_some() {
        "closed: nothing was added later"
    } else {
        "still open when this was made: a later package may hold more"
    };
    let tables: String = data
        .tables
        .iter()
        .map(|it| format!("| `{}` | {} | {} |\n", plain(&it.name), it.rows, it.columns.len()))
        .collect();
    format!(
        "# {title}

Round `{id}` of the questionnaire `{instrument}`, version {number}. Asked from {from} to {until}; {asked}; {answered} records count.
{kind} The round was {stage}.
{held_back}
Rejected records and earlier versions of corrected ones are left out.

| table | rows | columns |
|---|---|---|
{tables}
Each table is there as `.csv` (UTF-8, codes as stored; what a spreadsheet would run as a formula is led by an apostrophe),
`.parquet` and `.sav` (SPSS, with labels). Repeated groups are joined to `answers` by `_record`. `codebook/` says what each
column and code means, as a table and as DDI Codebook 2.5.

## Whether it is whole

    sha256sum -c SHA256SUMS

## Read it

    # R
    answers <- arrow::read_parquet(\"data/answers.parquet\")   # or haven::read_sav(\"data/answers.sav\")

    # Python
    import pandas; answers = pandas.read_parquet(\"data/answers.parquet\")

## Make it again

The form follows from the workbook, byte for byte:

    throughcare convert {workbook} -o again.xml && cmp again.xml form/form.xml

Any client of ODK fills `form/form.xml`; `throughcare fill form/form.xml answers.json` checks one record as each of these was
checked when it arrived. Weighted tables with intervals: `throughcare estimate data/answers.csv --design design.toml`.
",
        title = round.title,
        id = round.id,
        instrument = round.instrument,
        number = round.number,
        from = round.from_day,
        answered = data.design.answered,
    )
}
