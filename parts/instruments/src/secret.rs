//! What lets somebody in without an account: drawn by lot, shown once, kept as a hash.

use anyhow::Result;
use base::chance;
use sha2::{Digest, Sha256};

/// A new secret for an address.
pub fn draw() -> Result<String> {
    chance::hex(16)
}

/// As it is kept.
pub fn hash(secret: &str) -> String {
    chance::in_hex(&Sha256::digest(secret.as_bytes()))
}

/// A seed for the engine, from the system's own chance: it names records, so it must not repeat.
pub fn seed() -> Result<u64> {
    Ok(u64::from_str_radix(&chance::hex(8)?, 16)?)
}

/// A number for an anonymous answer: positive, in 31 bits.
pub fn lot() -> Result<i64> {
    Ok(i64::from_str_radix(&chance::hex(4)?, 16)? & 0x7fff_ffff)
}
