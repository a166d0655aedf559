//! Rounding that adds up and is right on average; noise with the distribution it claims, drawn exactly.

use proptest::prelude::*;
use survey::*;

fn table(groups: &[usize], inner: impl Fn(usize) -> u64) -> (Vec<u64>, Links) {
    let links = Links::crossing(groups);
    let sizes: Vec<usize> = groups.iter().map(|size| size + 1).collect();
    let mut counts: Vec<u64> = (0..sizes.iter().product()).map(inner).collect();
    // Totals of the last factor first: equations come by factor, so that later ones add up what earlier ones set.
    for (total, parts) in links.equations() {
        counts[*total] = parts.iter().map(|&part| counts[part]).sum();
    }
    (counts, links)
}

fn adds_up(counts: &[u64], links: &Links) -> bool {
    links
        .equations()
        .iter()
        .all(|(total, parts)| counts[*total] == parts.iter().map(|&part| counts[part]).sum::<u64>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn rounded_together_it_still_adds_up(seed in any::<u64>(), base in 2u64..8, shape in 0usize..4) {
        let shape: &[usize] = [&[7][..], &[4, 5], &[3, 3, 3], &[2, 3, 2, 2]][shape];
        let mut chance = Chance::new(seed);
        let numbers: Vec<u64> = (0..500).map(|_| chance.below(23)).collect();
        let (counts, links) = table(shape, |cell| numbers[cell]);
        let rounded = round_together(&counts, &links, base, &mut chance).expect("a rounding");
        prop_assert!(adds_up(&rounded.counts, &links));
        for (was, is) in counts.iter().zip(&rounded.counts) {
            prop_assert!(is % base == 0);
            let most = if rounded.is_unbiased { base - 1 } else { 2 * base - 1 };
            prop_assert!(was.abs_diff(*is) <= most, "{} became {}", was, is);
        }
        if shape.len() <= 2 {
            prop_assert!(rounded.is_unbiased, "in two dimensions there always is one");
        }
    }
}

/// Means over many draws, within five standard errors.
#[test]
fn rounding_is_right_on_average() {
    let (counts, links) = table(&[3, 3], |cell| (cell as u64 * 7 + 3) % 11);
    let mut chance = Chance::new(5);
    let draws = 20_000;
    let (mut together, mut alone) = (vec![0.0; counts.len()], vec![0.0; counts.len()]);
    for _ in 0..draws {
        let rounded = round_together(&counts, &links, 5, &mut chance).expect("a rounding");
        together.iter_mut().zip(&rounded.counts).for_each(|(sum, count)| *sum += *count as f64);
        let rounded = round_randomly(&counts, 5, &mut chance);
        alone.iter_mut().zip(&rounded).for_each(|(sum, count)| *sum += *count as f64);
    }
    for sums in [together, alone] {
        for (sum, &count) in sums.iter().zip(&counts) {
            let mean = sum / f64::from(draws);
            // The largest standard deviation of a count between two multiples of five is 2.5.
            let five = 5.0 * 2.5 / f64::from(draws).sqrt();
            assert!((mean - count as f64).abs() < five, "{mean} for {count}");
        }
    }
}

/// Pearson's χ² of draws against chances, over the cells that are not too rare.
fn chi_squared(draws: &[i64], chance_of: impl Fn(i64) -> f64) -> (f64, f64) {
    let all: f64 = (-2000..=2000).map(&chance_of).sum();
    let (mut sum, mut cells) = (0.0, 0.0);
    for y in -2000i64..=2000 {
        let expected = chance_of(y) / all * draws.len() as f64;
        if expected >= 20.0 {
            let seen = draws.iter().filter(|&&draw| draw == y).count() as f64;
            sum += (seen - expected) * (seen - expected) / expected;
            cells += 1.0;
        }
    }
    (sum, cells)
}

#[test]
fn noise_has_the_distribution_it_claims() {
    let mut chance = Chance::new(2020);
    let mut bits = || chance.bits();
    // ε of 0.5, 1 and 2: scales of 2, 1 and 1/2.
    for thousandths in [500u64, 1000, 2000] {
        let draws: Vec<i64> =
            (0..40_000).map(|_| discrete_laplace(1000, thousandths, &mut bits)).collect();
        let epsilon = thousandths as f64 / 1000.0;
        let (sum, cells) = chi_squared(&draws, |y| (-epsilon * y.abs() as f64).exp());
        // Five standard deviations above the mean of χ².
        assert!(sum < cells + 5.0 * (2.0 * cells).sqrt(), "ε {epsilon}: {sum} over {cells} cells");
    }
    for (up, down) in [(1u64, 2u64), (3, 1), (50, 1)] {
        let draws: Vec<i64> = (0..40_000).map(|_| discrete_gaussian(up, down, &mut bits)).collect();
        let variance = up as f64 / down as f64;
        let (sum, cells) = chi_squared(&draws, |y| (-(y * y) as f64 / (2.0 * variance)).exp());
        assert!(
            sum < cells + 5.0 * (2.0 * cells).sqrt(),
            "σ² {variance}: {sum} over {cells} cells"
        );
    }
}

#[test]
fn a_budget_is_spent_once() {
    let mut chance = Chance::new(1);
    let mut bits = || chance.bits();
    let mut budget = Budget::new(Mechanism::Geometric, 1000);
    let first = budget.counts(&[0, 5, 1000], 2, 600, &mut bits).expect("enough");
    assert_eq!((first.len(), budget.left()), (3, 400));
    let told = budget.counts(&[1], 1, 401, &mut bits).expect_err("too much");
    assert_eq!(
        told[0].to_string(),
        "budget: 401 thousandths asked where 400 are left; ask for 1 to 400, or publish nothing more of these people"
    );
    assert!(budget.counts(&[1], 0, 100, &mut bits).is_err());
    assert_eq!(budget.left(), 400, "what was refused costs nothing");
    // ρ = 0.1 at δ = 10⁻⁶: 0.1 + 2 √(0.1 · 13.8155).
    let gaussian = Budget::new(Mechanism::Gaussian, 100);
    assert!((gaussian.epsilon(1e-6) - 2.4508).abs() < 1e-4);
    // The same bits, the same noise.
    let draw = |seed| {
        let mut chance = Chance::new(seed);
        let mut budget = Budget::new(Mechanism::Gaussian, 100);
        budget.counts(&[10; 50], 1, 50, &mut || chance.bits()).expect("enough")
    };
    assert_eq!(draw(7), draw(7));
    assert_ne!(draw(7), draw(8));
}
