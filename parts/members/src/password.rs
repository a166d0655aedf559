//! Passwords: kept as argon2id hashes, compared in the same time whether or not somebody is known.

use std::sync::OnceLock;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base::Refusal;
use base::storage::Transaction;
use sqlx::AnyPool;
use tokio::sync::Semaphore;

/// Characters that a password must have. NIST SP 800-63B-4, 3.1.1.2: fifteen where the password
/// stands alone; no rules about kinds of letters, since those make passwords worse.
pub const SHORTEST: usize = 15;
/// Longer ones cost time to hash and guard no better.
const LONGEST: usize = 256;

/// What is wrong with a new password, as the key of a message.
pub fn fault(password: &str, email: &str, name: &str) -> Option<&'static str> {
    let letters = password.chars().count();
    let low = password.to_lowercase();
    let user = email.split('@').next().unwrap_or("");
    let names_its_owner = [user, name]
        .iter()
        .flat_map(|text| text.split_whitespace())
        .any(|word| word.chars().count() >= 4 && low.contains(&word.to_lowercase()));
    let mut kinds: Vec<char> = low.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    match () {
        () if letters < SHORTEST => Some("password-short"),
        () if letters > LONGEST => Some("password-long"),
        () if kinds.len() < 6 => Some("password-plain"),
        () if names_its_owner => Some("password-names-you"),
        () => None,
    }
}

/// At once at most so many hashes: each takes 19 MB and a core for some hundredths of a second
/// (OWASP's least for argon2id: m = 19 MiB, t = 2, p = 1, the crate's default).
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// The hash of a password, with its own salt and parameters in it.
pub async fn hash(password: &str) -> Result<String, Refusal> {
    let password = password.to_owned();
    let _turn = AT_ONCE.acquire().await.map_err(Refusal::broken)?;
    tokio::task::spawn_blocking(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(Refusal::broken)
    })
    .await
    .map_err(Refusal::broken)?
}

/// Whether this is the password behind `hash`. Without a hash it takes as long and says no.
pub async fn is(password: &str, hash: Option<String>) -> Result<bool, Refusal> {
    let password = password.to_owned();
    let _turn = AT_ONCE.acquire().await.map_err(Refusal::broken)?;
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| nobodys().to_owned());
        let fits = Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok();
        fits && known
    })
    .await
    .map_err(Refusal::broken)
}

/// A hash that belongs to nobody, made with today's parameters.
fn nobodys() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let hash = Argon2::default().hash_password(b"nobody has this password");
        hash.map(|hash| hash.to_string()).unwrap_or_default()
    })
}

pub async fn of_person(pool: &AnyPool, person: i64) -> sqlx::Result<Option<String>> {
    let sql = "SELECT hash FROM passwords WHERE person = $1";
    sqlx::query_scalar(sql).bind(person).fetch_optional(pool).await
}

/// Keeps a new password's hash.
pub async fn set(change: &mut Transaction, person: i64, hash: &str, now: i64) -> sqlx::Result<()> {
    let sql = "INSERT INTO passwords (person, hash, changed_at) VALUES ($1, $2, $3)
               ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at";
    sqlx::query(sql).bind(person).bind(hash).bind(now).execute(&mut **change).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_password() {
        let fault = |password: &str| fault(password, "anna.popescu@example.org", "Anna Popescu");
        assert_eq!(fault("short"), Some("password-short"));
        assert_eq!(fault("aaaaaaaaaaaaaaaaaaaa"), Some("password-plain"));
        assert_eq!(fault("POPESCU 1234567890"), Some("password-names-you"));
        assert_eq!(fault(&"correct horse ".repeat(40)), Some("password-long"));
        assert_eq!(fault("correct horse battery staple"), None);
        assert_eq!(fault("правильний кінь батарея"), None);
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_and_no_other() {
        let hash = hash("correct horse battery").await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is("correct horse battery", Some(hash.clone())).await.expect("asked"));
        assert!(!is("correct horse batterY", Some(hash)).await.expect("asked"));
        assert!(!is("nobody has this password", None).await.expect("asked"));
        assert!(!is("anything", Some("not a hash".into())).await.expect("asked"));
    }
}
