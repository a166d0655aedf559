//! The seal of a finished record: HPKE (RFC 9180) to the key of its round. Who holds the tablet,
//! with or without its passphrase, cannot open it; the site can.

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, Serializable};
use serde::{Deserialize, Serialize};
use sqlx::AnyPool;

/// What the seal is for; no other use of the same key can be taken for it.
const PURPOSE: &[u8] = b"throughcare offline record 1";

/// Bytes of chance from which the key of a round is derived: as many as the private key has.
const DRAWN_BYTES: usize = 32;

/// A sealed record, as it waits on the tablet, is sent, and is exported. Published once, read for ever: a
/// tablet may come back after a year.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Sealed {
    pub v: u32,
    /// The round to whose key it is sealed; bound to the content.
    pub round: String,
    /// The sender's half of the exchange, and the content, in base 64.
    pub enc: String,
    pub sealed: String,
}

/// What lies under the seal. Spaces may follow: lengths tell nothing.
#[derive(Debug, Deserialize)]
pub struct Content {
    pub record: String,
}

/// The public half for a round, in base 64; drawn when it is first asked for.
pub async fn public(pool: &AnyPool, round: &str) -> Result<String> {
    let drawn = match drawn(pool, round).await? {
        Some(drawn) => drawn,
        None => {
            let sql = "INSERT INTO offline_keys (round, drawn) VALUES ($1, $2) ON CONFLICT (round) DO NOTHING";
            let fresh = base::chance::hex(DRAWN_BYTES)?;
            sqlx::query(sql).bind(round).bind(fresh).execute(pool).await?;
            self::drawn(pool, round).await?.context("the key of the round was not kept")?
        }
    };
    let (_, public) = DhP256HkdfSha256::derive_keypair(drawn.as_bytes());
    Ok(STANDARD.encode(public.to_bytes()))
}

/// Opens a record. Fails where it was sealed for another site, or is not whole.
pub async fn open(pool: &AnyPool, sealed: &Sealed) -> Result<Content> {
    if sealed.v != 1 {
        bail!("seal of version {}, of which this site knows nothing", sealed.v);
    }
    let drawn = drawn(pool, &sealed.round).await?;
    let drawn = drawn.with_context(|| format!("round {:?} has no key here", sealed.round))?;
    let (private, _) = DhP256HkdfSha256::derive_keypair(drawn.as_bytes());
    let enc = STANDARD.decode(&sealed.enc).context("enc is not base 64")?;
    let content = STANDARD.decode(&sealed.sealed).context("sealed is not base 64")?;
    let wrong = |error: hpke::HpkeError| anyhow!("the seal does not open: {error}");
    let enc = <DhP256HkdfSha256 as Kem>::EncappedKey::from_bytes(&enc).map_err(wrong)?;
    let mut context = hpke::setup_receiver::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
        &OpModeR::Base,
        &private,
        &enc,
        PURPOSE,
    )
    .map_err(wrong)?;
    let bytes = context.open(&content, sealed.round.as_bytes()).map_err(wrong)?;
    serde_json::from_slice(&bytes).context("what lies under the seal is no record")
}

async fn drawn(pool: &AnyPool, round: &str) -> sqlx::Result<Option<String>> {
    let sql = "SELECT drawn FROM offline_keys WHERE round = $1";
    sqlx::query_scalar(sql).bind(round).fetch_optional(pool).await
}
