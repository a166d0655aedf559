//! Devices: a phone or tablet that may fetch the form of one round and send answers to it, until it
//! is ended. It shows a user name and password, or an address that is the key.

use std::io::Write;

use anyhow::{Context, Result};
use base::Refusal;
use base::audit::By;
use base::storage::Storage;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use qrcode::QrCode;
use qrcode::render::svg;
use serde_json::json;
use sqlx::{AnyPool, Row};

use crate::compiled::digest;
use crate::round::{Round, told};
use crate::secret;

pub const REALM: &str = "Throughcare";

#[derive(Clone, Debug)]
pub struct Device {
    pub round: String,
    pub number: i64,
    pub name: String,
    pub username: String,
    /// MD5 of username:realm:password.
    pub secret: String,
    pub ended_at: Option<i64>,
}

/// A new device with what is shown this once.
pub struct Made {
    pub username: String,
    pub password: String,
    /// The part of the address that is the key.
    pub token: String,
}

pub async fn make(
    storage: &Storage,
    round: &Round,
    name: &str,
    by: &By,
    now: i64,
) -> Result<Made, Refusal> {
    let made = Made {
        username: format!("{}-{}", round.id, base::chance::hex(3)?),
        password: base::chance::hex(12)?,
        token: secret::draw()?,
    };
    let mut change = base::audit::begin(storage).await?;
    let sql = "INSERT INTO devices (round, number, name, username, secret, token_hash)
               SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 FROM devices WHERE round = $1";
    sqlx::query(sql)
        .bind(&round.id)
        .bind(name)
        .bind(&made.username)
        .bind(in_digest(&made.username, &made.password))
        .bind(secret::hash(&made.token))
        .execute(&mut *change)
        .await?;
    told(&mut change, by, "round.device", &round.id, json!({ "name": name }), now).await?;
    change.commit().await?;
    Ok(made)
}

/// What is kept of a password.
pub fn in_digest(username: &str, password: &str) -> String {
    digest(format!("{username}:{REALM}:{password}").as_bytes())
}

pub async fn end(
    storage: &Storage,
    round: &str,
    number: i64,
    by: &By,
    now: i64,
) -> sqlx::Result<()> {
    let mut change = base::audit::begin(storage).await?;
    let sql =
        "UPDATE devices SET ended_at = $1 WHERE round = $2 AND number = $3 AND ended_at IS NULL";
    sqlx::query(sql).bind(now).bind(round).bind(number).execute(&mut *change).await?;
    told(&mut change, by, "round.device-ended", round, json!({ "device": number }), now).await?;
    change.commit().await
}

pub async fn all(pool: &AnyPool, round: &str) -> sqlx::Result<Vec<Device>> {
    let sql = "SELECT round, number, name, username, secret, ended_at FROM devices WHERE round = $1 ORDER BY number";
    sqlx::query(sql).bind(round).fetch_all(pool).await?.iter().map(read).collect()
}

/// The device with this name of a user, unless ended.
pub async fn with_username(pool: &AnyPool, username: &str) -> sqlx::Result<Option<Device>> {
    let sql = "SELECT round, number, name, username, secret, ended_at FROM devices WHERE username = $1 AND ended_at IS NULL";
    sqlx::query(sql).bind(username).fetch_optional(pool).await?.as_ref().map(read).transpose()
}

/// The device with this key, unless ended.
pub async fn with_token(pool: &AnyPool, token: &str) -> sqlx::Result<Option<Device>> {
    let sql = "SELECT round, number, name, username, secret, ended_at FROM devices WHERE token_hash = $1 AND ended_at IS NULL";
    let row = sqlx::query(sql).bind(secret::hash(token)).fetch_optional(pool).await?;
    row.as_ref().map(read).transpose()
}

/// The square that sets ODK Collect up: its settings as JSON, deflated, in base 64
/// (docs.getodk.org/collect-import-export).
pub fn square(round: &Round, server: &str, made: &Made) -> Result<String> {
    let settings = json!({
        "general": {
            "protocol": "odk_default",
            "server_url": server,
            "username": made.username,
            "password": made.password,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
        },
        "project": { "name": round.title },
        "admin": {},
    });
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(settings.to_string().as_bytes())?;
    let code = QrCode::new(STANDARD.encode(deflate.finish()?)).context("too long for a square")?;
    Ok(code.render::<svg::Color>().min_dimensions(260, 260).build())
}

fn read(row: &sqlx::any::AnyRow) -> sqlx::Result<Device> {
    Ok(Device {
        round: row.try_get(0)?,
        number: row.try_get(1)?,
        name: row.try_get(2)?,
        username: row.try_get(3)?,
        secret: row.try_get(4)?,
        ended_at: row.try_get(5)?,
    })
}
