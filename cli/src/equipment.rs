//! What only the executable has: the browser's files and the typesetter.

use std::sync::OnceLock;

use anyhow::{Context, Result};
use base::Settings;
use base::asset::Asset;
use base::site::{Equipment, Letter, Sheet};
use print::{Day, Fonts, Paper};

pub const EQUIPMENT: Equipment = Equipment {
    assets: asset,
    assets_version: client::version,
    typeset: Some(typeset),
    raster: Some(raster),
    post: Some(post),
    now: || jiff::Timestamp::now().as_second(),
};

fn asset(path: &str) -> Option<Asset> {
    client::asset(path).map(|file| Asset { bytes: file.bytes, mime: file.mime })
}

pub fn typeset(sheet: &Sheet) -> Result<Vec<u8>> {
    let day: jiff::civil::Date =
        sheet.day.parse().with_context(|| format!("{:?} is not a day", sheet.day))?;
    Ok(print::pdf(&Paper {
        template: sheet.template,
        data: &sheet.data,
        drawings: &sheet.drawings,
        fonts: fonts()?,
        title: &sheet.title,
        language: &sheet.language,
        date: Day { year: day.year().into(), month: day.month() as u8, day: day.day() as u8 },
        version: env!("CARGO_PKG_VERSION"),
    })?)
}

fn post(settings: &Settings, letter: &Letter) -> Result<()> {
    let way = settings.mail.as_deref().context("no way to send letters is set (mail)")?;
    let letter = mail::Letter {
        to_name: &letter.to_name,
        to: &letter.to,
        subject: &letter.subject,
        text: &letter.text,
        html: &letter.html,
    };
    mail::send(way, &settings.mail_from, &letter)
}

fn raster(svg: &str, pixels: u32) -> Result<Vec<u8>> {
    Ok(print::png(svg, pixels, fonts()?)?)
}

/// Read once, at the first paper: a site that prints nothing should not hold fonts in memory.
fn fonts() -> Result<&'static Fonts> {
    static FONTS: OnceLock<Result<Fonts, String>> = OnceLock::new();
    FONTS
        .get_or_init(|| Fonts::new(client::paper_fonts()).map_err(|error| error.to_string()))
        .as_ref()
        .map_err(|error| anyhow::anyhow!("{error}"))
}
