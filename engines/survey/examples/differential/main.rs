//! One half of the live comparison with R's `survey`: draws random designs, and writes our figures of every design in a folder.
//! The other half, `tests/bench/survey/agreement.R`, computes the same figures from the same files and prints how far they are apart.
//!
//! ```text
//! differential draw FOLDER COUNT SEED    writes designs.csv and one file of rows for each design
//! differential figures FOLDER            reads them and writes ours.csv
//! ```

mod draw;
mod figures;
mod frame;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["draw", folder, count, seed] => {
            draw::designs(Path::new(folder), count.parse()?, seed.parse()?)
        }
        ["figures", folder] => figures::write(Path::new(folder)),
        _ => Err("differential draw FOLDER COUNT SEED, or differential figures FOLDER".into()),
    }
}
