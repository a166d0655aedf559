//! Passkeys: a key pair in a telephone, a computer or a security key, bound to this site's name, so that
//! there is nothing to be given away to a site that only looks like it. WebAuthn, level 3.

use base::storage::Transaction;
use base::{Refusal, Site};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, CreationChallengeResponse, CredentialID, DiscoverableAuthentication,
    Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};
use webauthn_rs_proto::ResidentKeyRequirement;

use crate::asked::{self, Kind};
use crate::people::Person;

/// The most that one person may have: several telephones and keys.
pub const MOST: usize = 20;

/// A passkey as its owner sees it.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    /// The credential's id, in URL-safe base 64.
    pub id: String,
    pub name: String,
    pub made_at: i64,
    pub used_at: Option<i64>,
    #[serde(skip)]
    handle: Uuid,
    #[serde(skip)]
    person: i64,
    #[serde(skip)]
    passkey: Passkey,
}

/// What this site is to authenticators. `None` where its address (the setting `public_url`) is a number, or
/// is read without https elsewhere than on this machine: browsers then know no passkeys.
pub fn party(site: &Site) -> Option<Webauthn> {
    let address = Url::parse(&site.settings.public_url()).ok()?;
    let host = address.domain()?;
    if address.scheme() != "https" && host != "localhost" {
        return None;
    }
    let name = format!("Throughcare ({host})");
    WebauthnBuilder::new(host, &address).ok()?.rp_name(&name).build().ok()
}

/// What waits for a new passkey.
#[derive(Serialize, Deserialize)]
struct Begun {
    handle: Uuid,
    registration: PasskeyRegistration,
}

/// Asks a browser for a new passkey of this person: what the browser is told, and the secret by which
/// its answer is known.
pub async fn begin(
    site: &Site,
    party: &Webauthn,
    person: &Person,
) -> Result<(CreationChallengeResponse, String), Refusal> {
    let there = of_person(&site.storage.pool, person.id).await?;
    let handle = there.first().map_or_else(new_handle, |kept| Ok(kept.handle))?;
    let known: Vec<CredentialID> =
        there.iter().map(|kept| kept.passkey.cred_id().clone()).collect();
    let (mut challenge, registration) = party
        .start_passkey_registration(handle, &person.email, &person.name, Some(known))
        .map_err(Refusal::broken)?;
    // One that names its owner, so that nobody has to type an address to sign in.
    if let Some(wanted) = &mut challenge.public_key.authenticator_selection {
        wanted.resident_key = Some(ResidentKeyRequirement::Required);
        wanted.require_resident_key = true;
    }
    let begun = Begun { handle, registration };
    let secret = asked::keep(site, Kind::NewPasskey, person.id, &begun).await?;
    Ok((challenge, secret))
}

/// A version 4 UUID.
fn new_handle() -> Result<Uuid, Refusal> {
    let hex = base::chance::hex(16)?;
    let bytes = u128::from_str_radix(&hex, 16).map_err(Refusal::broken)?;
    Ok(uuid::Builder::from_random_bytes(bytes.to_be_bytes()).into_uuid())
}

/// Keeps a new passkey; `false` where the answer does not fit what was asked, or the passkey is known.
pub async fn add(
    change: &mut Transaction,
    party: &Webauthn,
    person: i64,
    name: &str,
    answer: &Answer<'_>,
    now: i64,
) -> Result<bool, Refusal> {
    let begun: Option<Begun> =
        asked::answered(change, Kind::NewPasskey, person, answer.secret, now).await?;
    let given: Result<RegisterPublicKeyCredential, _> = serde_json::from_str(answer.json);
    let (Some(begun), Ok(given)) = (begun, given) else { return Ok(false) };
    let Ok(passkey) = party.finish_passkey_registration(&given, &begun.registration) else {
        return Ok(false);
    };
    let sql = "INSERT INTO passkeys (id, person, handle, name, state, made_at)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
    let added = sqlx::query(sql)
        .bind(in_text(passkey.cred_id()))
        .bind(person)
        .bind(begun.handle.to_string())
        .bind(name)
        .bind(serde_json::to_string(&passkey).map_err(Refusal::broken)?)
        .bind(now)
        .execute(&mut **change)
        .await?;
    Ok(added.rows_affected() == 1)
}

/// What a browser answered.
pub struct Answer<'a> {
    /// Which question it answers.
    pub secret: &'a str,
    pub json: &'a str,
}

/// Asks a browser for any passkey of this site.
pub async fn ask(
    site: &Site,
    party: &Webauthn,
) -> Result<(RequestChallengeResponse, String), Refusal> {
    let (mut challenge, state) =
        party.start_discoverable_authentication().map_err(Refusal::broken)?;
    // A button is pressed: the browser shows its window at once.
    challenge.mediation = None;
    let secret = asked::keep(site, Kind::Passkey, 0, &state).await?;
    Ok((challenge, secret))
}

/// Who answers with a passkey of theirs, after their finger, face or PIN was looked at (user
/// verification), which makes it worth password and code together.
pub async fn who(
    change: &mut Transaction,
    party: &Webauthn,
    answer: &Answer<'_>,
    now: i64,
) -> Result<Option<i64>, Refusal> {
    let state: Option<DiscoverableAuthentication> =
        asked::answered(change, Kind::Passkey, 0, answer.secret, now).await?;
    let given: Result<PublicKeyCredential, _> = serde_json::from_str(answer.json);
    let (Some(state), Ok(given)) = (state, given) else { return Ok(None) };
    let Ok((handle, id)) = party.identify_discoverable_authentication(&given) else {
        return Ok(None);
    };
    let Some(mut kept) = with_id(change, &in_text(id)).await? else { return Ok(None) };
    if kept.handle != handle {
        return Ok(None);
    }
    let Ok(result) = party.finish_discoverable_authentication_v2(&given, state, &kept.passkey)
    else {
        return Ok(None);
    };
    note(change, &mut kept, &result, now).await?;
    Ok(Some(kept.person))
}

/// Keeps the counter of the authenticator, by which a copy of it would be noticed.
async fn note(
    change: &mut Transaction,
    kept: &mut Kept,
    result: &AuthenticationResult,
    now: i64,
) -> Result<(), Refusal> {
    kept.passkey.update_credential(result);
    let state = serde_json::to_string(&kept.passkey).map_err(Refusal::broken)?;
    let sql = "UPDATE passkeys SET state = $1, used_at = $2 WHERE id = $3";
    sqlx::query(sql).bind(state).bind(now).bind(&kept.id).execute(&mut **change).await?;
    Ok(())
}

const COLUMNS: &str =
    "passkeys.id, passkeys.person, handle, passkeys.name, state, passkeys.made_at, used_at";

/// The passkey with this id, of somebody whose account has not ended.
async fn with_id(change: &mut Transaction, id: &str) -> Result<Option<Kept>, Refusal> {
    let sql = format!(
        "SELECT {COLUMNS} FROM passkeys JOIN people ON people.id = passkeys.person
         WHERE passkeys.id = $1 AND people.ended_at IS NULL"
    );
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&mut **change).await?;
    row.as_ref().map(read).transpose()
}

/// The person's passkeys, the oldest first.
pub async fn of_person(pool: &AnyPool, person: i64) -> Result<Vec<Kept>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM passkeys WHERE person = $1 ORDER BY made_at, id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person).fetch_all(pool).await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Kept, Refusal> {
    let (handle, state): (String, String) = (row.try_get(2)?, row.try_get(4)?);
    Ok(Kept {
        id: row.try_get(0)?,
        person: row.try_get(1)?,
        handle: handle.parse().map_err(Refusal::broken)?,
        name: row.try_get(3)?,
        passkey: serde_json::from_str(&state).map_err(Refusal::broken)?,
        made_at: row.try_get(5)?,
        used_at: row.try_get(6)?,
    })
}

/// Takes one of the person's own passkeys away; `false` where there is none with this id.
pub async fn remove(change: &mut Transaction, person: i64, id: &str) -> sqlx::Result<bool> {
    let sql = "DELETE FROM passkeys WHERE person = $1 AND id = $2";
    let removed = sqlx::query(sql).bind(person).bind(id).execute(&mut **change).await?;
    Ok(removed.rows_affected() == 1)
}

/// URL-safe base 64 without padding (RFC 4648, section 5): also fit for an address.
fn in_text(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..three.len()].copy_from_slice(three);
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for at in 0..=three.len() {
            text.push(char::from(LETTERS[(bits >> (18 - at * 6)) as usize & 63]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn ids_as_text() {
        for (bytes, text) in
            [(&b""[..], ""), (b"f", "Zg"), (b"fo", "Zm8"), (b"foo", "Zm9v"), (&[0xfb, 0xff], "-_8")]
        {
            assert_eq!(in_text(bytes), text);
        }
    }
}
