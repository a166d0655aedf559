//! Where the recorded cases lie, and how a reader is told that they are absent.

use std::io::Read;

use serde_json::Value;

/// Prints a figure, and notes it where `make test` finds it: runners hide what passing tests print.
pub fn note(name: &str, figure: &str) {
    eprintln!("{figure}");
    let folder = format!("{}/agreement", env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(format!("{folder}/xlsform-{name}.txt"), format!("{figure}\n")).unwrap();
}

/// The records of one folder of the shared cases; empty, with a loud remark, where it is absent.
pub fn read(folder: &str) -> Vec<Value> {
    let path =
        format!("{}/../../../shared/cases/{folder}/cases.jsonl.gz", env!("CARGO_MANIFEST_DIR"));
    let Ok(bytes) = std::fs::read(&path) else {
        note(
            folder,
            &format!(
                "SKIPPED: {path} is absent; the recorded cases of '{folder}' were NOT replayed"
            ),
        );
        return Vec::new();
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
