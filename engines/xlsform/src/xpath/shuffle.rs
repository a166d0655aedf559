//! Random order from a seed, the same in every client: the generator of Park and Miller 1988
//! (CACM 31:1192–1201) and the "inside-out" shuffle.

const MODULUS: i64 = 2_147_483_647;

pub(crate) fn shuffled<T: Copy>(items: &[T], mut draw: impl FnMut() -> f64) -> Vec<T> {
    let mut out: Vec<T> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let at = ((draw() * (index + 1) as f64) as usize).min(index);
        if at == index {
            out.push(*item);
        } else {
            out.push(out[at]);
            out[at] = *item;
        }
    }
    out
}

/// Draws in [0, 1) from a whole number.
pub(crate) fn seeded(seed: i64) -> impl FnMut() -> f64 {
    let mut state = seed % MODULUS;
    if state <= 0 {
        state += MODULUS - 1;
    }
    move || {
        state = state * 16_807 % MODULUS;
        (state - 1) as f64 / (MODULUS - 1) as f64
    }
}

/// A seed that is text: the first eight bytes of its SHA-256, as a signed number.
pub(crate) fn seed_of(text: &str) -> i64 {
    let hash = super::hash("sha-256", text.as_bytes()).unwrap_or_default();
    let mut bytes = [0; 8];
    bytes.copy_from_slice(hash.get(..8).unwrap_or(&[0; 8]));
    i64::from_be_bytes(bytes)
}
