//! The figures that come with the product: `data/facts`, compiled in, so that one binary is enough.

use crate::fact::{Fact, FactsError, read_facts};

const FILES: [&[u8]; 4] = [
    include_bytes!("../../../data/facts/eurostat.csv"),
    include_bytes!("../../../data/facts/space.csv"),
    include_bytes!("../../../data/facts/unaids.csv"),
    include_bytes!("../../../data/facts/unodc.csv"),
];

/// Every shipped fact. Fails only where the program was built from broken files; a test reads them.
pub fn shipped() -> Result<Vec<Fact>, FactsError> {
    let mut facts = Vec::new();
    for file in FILES {
        facts.extend(read_facts(file)?);
    }
    Ok(facts)
}
