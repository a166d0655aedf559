//! Looks whether `dist/` has been built and hands its version to the crate. Cargo builds no
//! JavaScript: `make client` does, and this stops with one sentence where it has not been run.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=dist/manifest.json");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let Ok(manifest) = fs::read_to_string(Path::new(&root).join("dist/manifest.json")) else {
        return stop(
            "client/dist is missing: run `make client` (or `npm ci && node build.mjs` in client/) and build again.",
        );
    };
    // One known line of a file of our own: a JSON reader would be a dependency for one string.
    let version = manifest.split('"').skip_while(|part| *part != "version").nth(2);
    match version {
        Some(version) => println!("cargo::rustc-env=CLIENT_VERSION={version}"),
        None => {
            stop("client/dist/manifest.json names no version: run `make client` and build again.")
        }
    }
}

/// Cargo shows this line as the error itself; a panic or an exit code would add a page of noise.
fn stop(sentence: &str) {
    println!("cargo::error={sentence}");
}
