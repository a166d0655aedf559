//! Letters that nobody can guess, from the system's own source of chance: for leases, one-time links
//! and sessions. Nothing that is computed or shown draws from here.

/// `bytes` random bytes in hexadecimal. Fails where the system has no source of chance.
pub fn hex(bytes: usize) -> anyhow::Result<String> {
    let mut drawn = vec![0; bytes];
    getrandom::fill(&mut drawn)
        .map_err(|error| anyhow::anyhow!("this system gives no random bytes: {error}"))?;
    Ok(in_hex(&drawn))
}

/// Bytes in lower-case hexadecimal.
pub fn in_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
