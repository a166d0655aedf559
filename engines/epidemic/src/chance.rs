//! Chance as an argument: Philox4x32-10, a counter-based generator, so that the draw for (person, process, occurrence) is the same in every arm.
//! No state is kept, hence nothing depends on the order in which people are visited or on how many threads there are.

/// The seed of one run: all that happens follows from it and from the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seed(pub u64);

impl Seed {
    /// A seed of its own for draw number `draw` of an ensemble.
    pub fn of_draw(self, draw: u64) -> Seed {
        let [a, b, ..] =
            philox([draw as u32, (draw >> 32) as u32, 0, Stream::Draw as u32], self.key());
        Seed(u64::from(a) << 32 | u64::from(b))
    }

    pub(crate) fn key(self) -> [u32; 2] {
        [self.0 as u32, (self.0 >> 32) as u32]
    }
}

/// The named streams that do not belong to a clock of a person. Clocks use their own number (0 to 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Stream {
    /// What a person is like: sex, ages, life span.
    Person = 0x100,
    /// What a person's situation is when the run begins.
    Start = 0x101,
    /// When new people begin to inject.
    Arrivals = 0x102,
    /// Seeds of the draws of an ensemble.
    Draw = 0x103,
    /// Values of uncertain parameters.
    Parameter = 0x104,
    /// Calibration's own choices.
    Calibration = 0x105,
    /// Resamples of draws, for a certificate.
    Bootstrap = 0x106,
}

/// Four independent words for one occurrence of one process of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw([u32; 4]);

impl Draw {
    pub fn new(seed: Seed, person: u32, process: u32, occurrence: u32) -> Draw {
        Draw(philox([person, process, occurrence, 0], seed.key()))
    }

    /// A unit-exponential budget, from the first word; never 0, at most 22.9.
    pub fn budget(self) -> f32 {
        // (w + ½) / 2³² lies strictly between 0 and 1.
        -libm::log((f64::from(self.0[0]) + 0.5) * (1.0 / 4_294_967_296.0)) as f32
    }

    /// A number of [0, 1) from word 1, 2 or 3, for the choices that go with an event.
    pub fn share(self, word: usize) -> f32 {
        // 24 bits: exact in f32 and below 1.
        (self.0[word] >> 8) as f32 * (1.0 / 16_777_216.0)
    }

    /// A number strictly between 0 and 1 with 53 bits, of words 2 and 3.
    pub fn unit(self) -> f64 {
        let bits = (u64::from(self.0[2]) << 32 | u64::from(self.0[3])) >> 11;
        (bits as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }

    pub fn words(self) -> [u32; 4] {
        self.0
    }
}

/// Philox4x32-10. Salmon, Moraes, Dror & Shaw 2011, Proc SC'11, doi:10.1145/2063384.2063405.
#[inline]
pub fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    const M0: u64 = 0xD251_1F53;
    const M1: u64 = 0xCD9E_8D57;
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    for _ in 0..10 {
        let p0 = M0 * u64::from(c0);
        let p1 = M1 * u64::from(c2);
        (c0, c1, c2, c3) =
            ((p1 >> 32) as u32 ^ c1 ^ k0, p1 as u32, (p0 >> 32) as u32 ^ c3 ^ k1, p0 as u32);
        k0 = k0.wrapping_add(0x9E37_79B9);
        k1 = k1.wrapping_add(0xBB67_AE85);
    }
    [c0, c1, c2, c3]
}
