//! Chance as an argument: a generator that the caller makes from a seed he keeps, so that a selection can be drawn again in front of anyone.
//! The same seed gives the same numbers on every machine.

/// SplitMix64: Steele, Lea and Flood 2014, *Fast splittable pseudorandom number generators*, OOPSLA.
///
/// Good for drawing samples and replicates; not for secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chance(u64);

impl Chance {
    /// Starts from a seed. Keep it beside what was drawn.
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    /// The next 64 bits.
    ///
    /// ```
    /// // The published test vector of seed 1234567.
    /// let mut chance = survey::Chance::new(1234567);
    /// assert_eq!(chance.bits(), 6457827717110365317);
    /// assert_eq!(chance.bits(), 3203168211198807973);
    /// ```
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but not, 1, in steps of 2⁻⁵³.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A whole number below `limit`, each equally likely (Lemire 2019, by rejection); 0 for a limit of 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        if limit == 0 {
            return 0;
        }
        let threshold = limit.wrapping_neg() % limit;
        loop {
            let wide = u128::from(self.bits()) * u128::from(limit);
            if wide as u64 >= threshold {
                return (wide >> 64) as u64;
            }
        }
    }
}
