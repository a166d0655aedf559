//! Sizes of hidden populations against published worked examples, and by simulation where the truth is known.

use survey::*;

fn hepatitis() -> Lists {
    let counts =
        [("111", 28), ("110", 21), ("101", 17), ("011", 18), ("100", 69), ("010", 55), ("001", 63)];
    Lists::from_patterns(&counts).expect("lists")
}

/// Spina bifida in upstate New York, 1969 to 1974: birth certificates, death certificates, rehabilitation files. Hook, Albright and Cross 1980,
/// *American Journal of Epidemiology* 112:750–758.
fn spina_bifida() -> Lists {
    let counts = [
        ("111", 4),
        ("110", 142),
        ("101", 112),
        ("011", 12),
        ("100", 247),
        ("010", 49),
        ("001", 60),
    ];
    Lists::from_patterns(&counts).expect("lists")
}

fn with<'a>(models: &'a [ListsModel], pairs: &[(usize, usize)]) -> &'a ListsModel {
    models.iter().find(|model| model.pairs == pairs).expect("the model")
}

#[test]
fn hepatitis_a_in_taiwan_as_published() {
    // Chao et al. 2001, *Statistics in Medicine* 20:3123–3157: 388 where the lists are taken as independent, at a deviance of 24.36
    // on three degrees of freedom, and 1313 where each two depend; standard errors by R's `glm`.
    let models = hepatitis().models(Scope::Pairs).expect("models");
    assert_eq!(models.len(), 8);
    for (pairs, people, se, deviance, df) in [
        (vec![], 388.483495, 21.553092, 24.356835, 3),
        (vec![(0, 1)], 416.0, 30.942856, 21.144258, 2),
        (vec![(0, 1), (1, 2)], 526.705882, 78.021745, 13.202620, 1),
        (vec![(0, 1), (0, 2), (1, 2)], 1312.764706, 517.978062, 0.0, 0),
    ] {
        let model = with(&models, &pairs);
        assert!((model.people / people - 1.0).abs() < 1e-6, "{model:?}");
        assert!((model.se / se - 1.0).abs() < 1e-6, "{model:?}");
        assert!((model.deviance - deviance).abs() < 1e-5 && model.df == df, "{model:?}");
    }
    // Both criteria choose what fits whatever comes; its interval says how little it knows.
    let (model, size) = hepatitis().estimate(Scope::Pairs, Choice::Bic, 0.95).expect("a size");
    assert_eq!(model.pairs.len(), 3);
    assert!(size.bounds.0 < 700.0 && size.bounds.1 > 2500.0, "{size:?}");
    let (_, size) = hepatitis().estimate(Scope::Independent, Choice::Bic, 0.95).expect("a size");
    // By R, the same likelihood maximised and solved: 350.31364 to 435.41397.
    assert!(
        (size.bounds.0 - 350.31364).abs() < 1e-3 && (size.bounds.1 - 435.41397).abs() < 1e-3,
        "{size:?}"
    );
}

#[test]
fn spina_bifida_in_new_york_as_published() {
    let lists = spina_bifida();
    assert_eq!(lists.seen(), 626);
    let models = lists.models(Scope::Pairs).expect("models");
    // The negative dependence of death certificates and rehabilitation: people, by R 741.841; birth certificates then list 68 %, death
    // certificates 28 % and rehabilitation 25 % of all, as the paper says (about 68, 27 and 25).
    let model = with(&models, &[(1, 2)]);
    assert!(
        (model.people - 741.841085).abs() < 1e-5 && (model.se - 18.250590).abs() < 1e-5,
        "{model:?}"
    );
    assert_eq!(
        [505.0, 207.0, 188.0].map(|on| (100.0 * on / model.people).round()),
        [68.0, 28.0, 25.0]
    );
    // Of models with degrees of freedom left, AIC takes BC–MR beside it and BIC nearly the one alone.
    let left = || models.iter().filter(|model| model.df > 0);
    let best = left().min_by(|a, b| a.aic.total_cmp(&b.aic)).expect("a model");
    assert_eq!(best.pairs, [(0, 2), (1, 2)]);
}

#[test]
fn the_bootstrap_counts_the_choice_of_the_model_and_repeats() {
    let draw = |seed| {
        spina_bifida()
            .bootstrap(Scope::Pairs, Choice::Bic, 0.95, 200, &mut Chance::new(seed))
            .expect("a size")
            .1
    };
    let size = draw(7);
    assert_eq!(size, draw(7));
    assert!(size.bounds.0 < size.people && size.people < size.bounds.1, "{size:?}");
    assert!(
        spina_bifida().bootstrap(Scope::Pairs, Choice::Bic, 0.95, 10, &mut Chance::new(1)).is_err()
    );
}

#[test]
fn profile_intervals_hold_the_truth_that_often() {
    // 600 people, four lists, the first two dependent; the model is known. 95 % is to mean 95 %.
    let (mut held, mut fitted) = (0, 0);
    let mut chance = Chance::new(20_260_302);
    for _ in 0..300 {
        let mut columns: Vec<Vec<u8>> = vec![Vec::new(); 4];
        for _ in 0..600 {
            let first = chance.share() < 0.30;
            let second = chance.share() < if first { 0.45 } else { 0.25 };
            let on = [first, second, chance.share() < 0.25, chance.share() < 0.35];
            columns.iter_mut().zip(on).for_each(|(column, on)| column.push(u8::from(on)));
        }
        let columns: Vec<&[u8]> = columns.iter().map(Vec::as_slice).collect();
        let lists = Lists::from_columns(&columns).expect("lists");
        let (model, size) = lists.estimate(Scope::Pairs, Choice::Bic, 0.95).expect("a size");
        fitted += 1;
        held += i32::from(size.bounds.0 <= 600.0 && 600.0 <= size.bounds.1);
        assert!(model.people > 300.0 && model.people < 2000.0, "{model:?}");
    }
    let share = f64::from(held) / f64::from(fitted);
    eprintln!("capture–recapture, model chosen by BIC: {:.1} %", 100.0 * share);
    // Choosing the model costs what the profile does not know of.
    assert!(share > 0.80, "{share}");
}

#[test]
fn lists_that_cannot_be() {
    let told =
        |counts: &[(&str, u64)]| Lists::from_patterns(counts).expect_err("refused").to_string();
    assert!(told(&[("11", 3)]).contains("2 lists; give three to eight"));
    assert!(told(&[("111", 3), ("000", 3)]).contains("patterns, row 2: “000”"));
    assert!(told(&[("111", 3), ("1x1", 3)]).contains("patterns, row 2: “1x1”"));
    assert!(told(&[("110", 3), ("100", 3), ("010", 2)]).contains("nobody is on list 3"));
    let apart = Lists::from_patterns(&[("100", 30), ("010", 20), ("001", 10)]).expect("lists");
    let found = apart.estimate(Scope::Independent, Choice::Aic, 0.95);
    // Nobody is on two lists: the size has no upper end, and either is said.
    assert!(
        found.as_ref().is_err()
            || found
                .as_ref()
                .is_ok_and(|(model, size)| model.people > 1e4 || size.bounds.1.is_infinite()),
        "{found:?}"
    );
}

/// A sample by referral from a group of two kinds that mostly know their own; the truth is one half of each.
fn referred(chance: &mut Chance) -> (Vec<Option<usize>>, Vec<f64>, Vec<u8>) {
    let (mut by, mut known, mut kind): (Vec<Option<usize>>, Vec<f64>, Vec<u8>) =
        (Vec::new(), Vec::new(), Vec::new());
    let mut next = 0;
    let degree = |chance: &mut Chance| 4.0 + chance.below(12) as f64;
    for _ in 0..8 {
        by.push(None);
        kind.push(u8::from(chance.share() < 0.5));
        known.push(degree(chance));
    }
    while by.len() < 400 {
        if next == by.len() {
            by.push(None);
            kind.push(u8::from(chance.share() < 0.5));
            known.push(degree(chance));
        }
        for _ in 0..chance.below(4) {
            by.push(Some(next));
            let is_alike = chance.share() < 0.7;
            kind.push(if is_alike { kind[next] } else { 1 - kind[next] });
            known.push(degree(chance));
        }
        next += 1;
    }
    (by, known, kind)
}

#[test]
fn tree_bootstrap_holds_the_truth_and_plain_resampling_does_not() {
    let mut chance = Chance::new(11);
    let (mut held, mut plain) = (0, 0);
    let samples = 200;
    for _ in 0..samples {
        let (by, known, kind) = referred(&mut chance);
        let found = referral_bootstrap(&by, &known, Values::Flags(&kind), 300, 0.95, &mut chance)
            .expect("a mean");
        held += i32::from(found.bounds.0 <= 0.5 && 0.5 <= found.bounds.1);
        let alone = vec![None; by.len()];
        let found =
            referral_bootstrap(&alone, &known, Values::Flags(&kind), 300, 0.95, &mut chance)
                .expect("a mean");
        plain += i32::from(found.bounds.0 <= 0.5 && 0.5 <= found.bounds.1);
    }
    let share = |held: i32| f64::from(held) / f64::from(samples);
    eprintln!(
        "referral: trees {:.1} %, people alone {:.1} %",
        100.0 * share(held),
        100.0 * share(plain)
    );
    // Baraff et al. find it to hold its level or more; people taken one by one are taken to know more than they do.
    assert!(share(held) >= 0.93, "{}", share(held));
    assert!(share(plain) < 0.90, "{}", share(plain));
}

#[test]
fn referrals_that_cannot_be() {
    let told = |by: &[Option<usize>], known: &[f64]| {
        let flags = vec![1; by.len()];
        let found =
            referral_bootstrap(by, known, Values::Flags(&flags), 200, 0.95, &mut Chance::new(1));
        found.expect_err("refused")[0].to_string()
    };
    assert!(told(&[None, Some(5)], &[2.0, 2.0]).contains("brought by, row 2: brought by row 6"));
    assert!(told(&[None, Some(2), Some(1)], &[2.0; 3]).contains("goes in a circle"));
    assert!(told(&[None, Some(0)], &[2.0, 0.0]).contains("knows 0 people"));
}

/// The multiplier method as UNAIDS and WHO 2010, *Guidelines on estimating the size of populations most at risk to HIV*, lay it out: those
/// counted at the service over the share who say they were there.
#[test]
fn multiplier_bounds_are_ratios() {
    let size = multiplier(1_000.0, 0.0, 0.25, 0.025, 0.95).expect("a size");
    assert_eq!(size.people, 4_000.0);
    let (low, high) = size.bounds;
    assert!(
        (low * high - 16_000_000.0).abs() < 1e-3 && (high / 4_000.0).ln() - 1.959964 * 0.1 < 1e-6
    );
}
