//! What whole-product tests share: a person's desk with a database of its own, the site served to
//! it, and the files that people bring. The executable is run as a person would run it.

mod desk;
pub mod files;
mod server;

pub use desk::{Desk, Said, State};
pub use server::{Answer, Server};

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The executable: the one that `THROUGHCARE_BIN` names, or as `make test` built it.
pub fn executable() -> PathBuf {
    if let Some(named) = std::env::var_os("THROUGHCARE_BIN") {
        return named.into();
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("debug/throughcare")
}

/// Whether this test runs as root, by the owner of its own process.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// Says on the screen that a test could not show what it is for, and why.
#[macro_export]
macro_rules! skipped {
    ($($why:tt)*) => {
        eprintln!("SKIPPED {}:{}: {}", file!(), line!(), format!($($why)*))
    };
}
