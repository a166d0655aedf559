//! The generator against its authors' known answers, and budgets against the law they follow.

use epidemic::Seed;
use epidemic::chance::{Draw, philox};

/// Random123's known answers for philox4x32-10 (Salmon et al. 2011, file kat_vectors).
#[test]
fn philox_gives_the_known_answers() {
    assert_eq!(philox([0; 4], [0; 2]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    assert_eq!(
        philox([u32::MAX; 4], [u32::MAX; 2]),
        [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
    );
    assert_eq!(
        philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
        [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
    );
}

#[test]
fn budgets_are_unit_exponential_and_independent_of_their_neighbours() {
    let n = 200_000;
    let budgets: Vec<f64> =
        (0..n).map(|person| f64::from(Draw::new(Seed(1), person, 6, 0).budget())).collect();
    let n = f64::from(n);
    let mean = budgets.iter().sum::<f64>() / n;
    let square = budgets.iter().map(|b| b * b).sum::<f64>() / n;
    assert!((mean - 1.0).abs() < 4.0 / n.sqrt(), "{mean}");
    assert!((square - 2.0).abs() < 4.0 * (20.0 / n).sqrt(), "{square}");
    assert!(budgets.iter().all(|&b| b > 0.0 && b < 23.0));
    // Next person, next occurrence: no correlation.
    let correlation = |other: &dyn Fn(u32) -> f64| {
        budgets.iter().zip(0..).map(|(b, i)| (b - 1.0) * (other(i) - 1.0)).sum::<f64>() / n
    };
    let next_person = correlation(&|i| f64::from(Draw::new(Seed(1), i + 1, 6, 0).budget()));
    let next_ring = correlation(&|i| f64::from(Draw::new(Seed(1), i, 6, 1).budget()));
    assert!(next_person.abs() < 4.0 / n.sqrt() && next_ring.abs() < 4.0 / n.sqrt());
}
