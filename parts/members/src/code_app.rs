//! Six digits from an app on a telephone, beside the password: RFC 6238 with SHA-1 and steps of 30
//! seconds, which is what every such app speaks.

use base::storage::Transaction;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sqlx::{AnyPool, Row};

const STEP_SECONDS: i64 = 30;
/// RFC 4648, section 6.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a person set up.
#[derive(Clone, Debug)]
pub struct App {
    /// In base 32, as the app takes it.
    pub secret: String,
    pub confirmed: bool,
    last_step: i64,
}

/// The code of a step. RFC 4226, section 5.3; RFC 6238, section 4.
fn code(secret: &[u8], step: i64) -> u32 {
    let mut mac = match Hmac::<Sha1>::new_from_slice(secret) {
        Ok(mac) => mac,
        // A key of any length fits HMAC.
        Err(_) => return u32::MAX,
    };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let four = [hash[at], hash[at + 1], hash[at + 2], hash[at + 3]];
    (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
}

/// The step whose code this is: now, one before or one after, since clocks differ; and later than
/// the last that was used, so that a code looked at over a shoulder is worth nothing.
pub fn step_of(app: &App, typed: &str, now: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let typed: u32 = if typed.len() == 6 { typed.parse().ok()? } else { return None };
    let secret = decode(&app.secret)?;
    let here = now.div_euclid(STEP_SECONDS);
    (here - 1..=here + 1).find(|step| *step > app.last_step && code(&secret, *step) == typed)
}

/// What a telephone reads from the square of dots.
pub fn address(secret: &str, email: &str, site: &str) -> String {
    let encode = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    let (site, email) = (encode(site), encode(email));
    format!("otpauth://totp/{site}:{email}?secret={secret}&issuer={site}")
}

/// A new secret of 20 bytes (RFC 4226, section 4: at least 16).
pub fn new_secret() -> anyhow::Result<String> {
    let hex = base::chance::hex(20)?;
    let bytes: Vec<u8> =
        (0..20).filter_map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).ok()).collect();
    Ok(encode(&bytes))
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for five in bytes.chunks(5) {
        let mut group = [0; 5];
        group[..five.len()].copy_from_slice(five);
        let bits = group.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        for at in 0..(five.len() * 8).div_ceil(5) {
            text.push(char::from(LETTERS[(bits >> (35 - at * 5)) as usize & 31]));
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|known| *known == letter)? as u32;
        bits = bits << 5 | value;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    Some(bytes)
}

pub async fn of_person(pool: &AnyPool, person: i64) -> sqlx::Result<Option<App>> {
    let sql = "SELECT secret, confirmed_at, last_step FROM code_apps WHERE person = $1";
    let row = sqlx::query(sql).bind(person).fetch_optional(pool).await?;
    row.map(|row| {
        let confirmed_at: Option<i64> = row.try_get(1)?;
        Ok(App {
            secret: row.try_get(0)?,
            confirmed: confirmed_at.is_some(),
            last_step: row.try_get(2)?,
        })
    })
    .transpose()
}

/// Begins: a secret that counts once a first code has confirmed it. A confirmed one stays.
pub async fn begin(change: &mut Transaction, person: i64, secret: &str) -> sqlx::Result<()> {
    let sql = "INSERT INTO code_apps (person, secret, last_step) VALUES ($1, $2, 0)
               ON CONFLICT (person) DO UPDATE SET secret = excluded.secret WHERE code_apps.confirmed_at IS NULL";
    sqlx::query(sql).bind(person).bind(secret).execute(&mut **change).await?;
    Ok(())
}

/// Marks a step as used; `false` where another request was faster with the same code.
pub async fn used(
    change: &mut Transaction,
    person: i64,
    step: i64,
    now: i64,
) -> sqlx::Result<bool> {
    let sql = "UPDATE code_apps SET last_step = $1, confirmed_at = COALESCE(confirmed_at, $2)
               WHERE person = $3 AND last_step < $1";
    let done = sqlx::query(sql).bind(step).bind(now).bind(person).execute(&mut **change).await?;
    Ok(done.rows_affected() == 1)
}

pub async fn remove(change: &mut Transaction, person: i64) -> sqlx::Result<()> {
    let sql = "DELETE FROM code_apps WHERE person = $1";
    sqlx::query(sql).bind(person).execute(&mut **change).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the rows for SHA-1; six digits of the eight.
    #[test]
    fn the_codes_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code(secret, seconds / STEP_SECONDS), expected, "{seconds}");
        }
    }

    /// RFC 4648, section 10, without padding.
    #[test]
    fn base_32_of_the_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).expect("letters"), plain.as_bytes());
        }
        assert_eq!(decode("M1"), None);
    }

    #[test]
    fn a_code_is_worth_something_once_and_for_a_minute() {
        let app = App { secret: encode(b"12345678901234567890"), confirmed: true, last_step: 0 };
        assert_eq!(step_of(&app, "287 082", 59), Some(1));
        assert_eq!(step_of(&app, "287082", 59 + 30), Some(1), "a clock that is late");
        assert_eq!(step_of(&app, "287082", 59 + 61), None);
        let used = App { last_step: 1, ..app.clone() };
        assert_eq!(step_of(&used, "287082", 59), None, "a code used again");
        for wrong in ["", "28708", "2870822", "28708x", "+87082", "000000"] {
            assert_eq!(step_of(&app, wrong, 59), None, "{wrong}");
        }
    }
}
