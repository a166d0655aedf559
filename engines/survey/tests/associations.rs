//! Rao and Scott's test against R `survey` 4.1-1: `svychisq(~a + b, svydesign(~cl, strata = ~st, weights = ~w, data = d))`, with the
//! columns computed as below.

use survey::*;

#[test]
fn r_gives_the_same_test_of_independence() {
    let column = |of: fn(i64) -> i64| Groups::from_numbers((0..120).map(of));
    let (cluster, stratum) = (column(|i| i % 12), column(|i| i % 12 % 3));
    let (a, b) = (column(|i| (i * 7 + i / 5) % 2), column(|i| (i * 11 + i / 7) % 3));
    let weights: Vec<f64> = (0..120).map(|i| f64::from(1 + i % 4)).collect();
    let plan = Plan {
        weights: Weights::Given(&weights),
        stages: vec![Stage {
            clusters: Clusters::Groups(&cluster),
            strata: Some(&stratum),
            population: Population::Unlimited,
        }],
        ..Plan::simple()
    };
    let design = Design::new(&plan, 120).expect("a design");
    let found = association(&design, &a, &b).expect("a test");
    for (ours, r) in [
        (found.chi_squared, 0.489337027253399),
        (found.f, 0.19761352666221),
        (found.df.0, 1.55377691913285),
        (found.df.1, 13.98399227219561),
        (found.p, 0.768544780008672),
    ] {
        assert!((ours / r - 1.0).abs() < 1e-9, "{ours} where R says {r}: {found:?}");
    }
    let same = Groups::from_text(std::iter::repeat_n("x", 120));
    let told = association(&design, &same, &b).expect_err("one group");
    assert_eq!(
        told[0].to_string(),
        "first column: fewer than two groups; there is nothing to compare"
    );
}
