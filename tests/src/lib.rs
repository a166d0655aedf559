//! What whole-product tests share: where the repository stands and how the executable is run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The executable as `make test` built it.
pub fn executable() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug/throughcare")
}

/// Runs `throughcare` with a database of its own in `folder`.
pub fn throughcare(folder: &Path, line: &[&str]) -> Output {
    Command::new(executable())
        .args(line)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .env("THROUGHCARE_LOG", "error")
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}; `make test` builds it first", executable().display()))
}
