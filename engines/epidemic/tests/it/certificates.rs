//! The certificate: what more draws would change, checked against more draws; the mean field beside the engine; what went in.

use epidemic::certificate::KEY;
use epidemic::mean_field::QUANTITIES;
use epidemic::{Certificate, Plan, Quantity, Scenario, Seed, Where};

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

#[test]
fn the_certificate_says_what_went_in_and_how_steady_it_is() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.4)];
    let mut plan = Plan::prior(&country, &arms, Seed(21), 12, 24);
    plan.share = 0.05;
    let ensemble = plan.run(&|_| true);
    let certificate = Certificate::of(&plan, &ensemble);
    assert_eq!(certificate, Certificate::of(&plan, &ensemble), "the same bytes each time");
    assert_eq!((certificate.draws, certificate.draws_asked, certificate.seed), (24, 24, 21));
    let names: Vec<&str> = certificate.inputs.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(
        names,
        ["engine", "country", "parameters", "run", "policy status quo", "policy OAT in prison"]
    );
    assert_eq!(certificate.steadiness.len(), KEY.len());
    for s in &certificate.steadiness {
        assert!(s.low_moves >= 0.0 && s.low_moves <= s.averted.high - s.averted.low);
        assert!(s.mean_moves <= s.standard_error && s.averted.low <= s.averted.high);
    }
    assert_eq!(certificate.mean_field.len(), 2 * QUANTITIES.len());
    for a in &certificate.mean_field {
        // The sample is small: its chance, and what the mean field leaves out.
        assert!((a.engine - a.mean_field).abs() < 5.0 * a.noise + 0.1 * a.engine, "{a:?}");
        let (coarse, fine) = (a.at_coarse_steps - a.mean_field, a.at_fine_steps - a.mean_field);
        assert!((coarse - 2.0 * fine).abs() < 1e-6 * a.mean_field.max(1.0));
    }
    assert!(certificate.assumed.contains(&"weight_injecting") || !certificate.assumed.is_empty());
}

/// The promise itself: over many ensembles, the mean of twice the draws is as far from the mean of once as the certificate said.
#[test]
fn twice_the_draws_move_the_mean_as_far_as_was_said() {
    let country = moldova();
    let arms = [Scenario::status_quo(), oat_in_prison(&country, 0.6)];
    let mut plan = Plan::prior(&country, &arms, Seed(22), 5, 192);
    plan.share = 0.005;
    let all = plan.run(&|_| true);
    let (mut said, mut moved) = (0.0, 0.0);
    for part in 0..12 {
        let of = |from: usize, to: usize| {
            let mut e = all.clone();
            e.draws = all.draws[from..to].to_vec();
            e
        };
        let (once, twice) = (of(part * 16, part * 16 + 8), of(part * 16, part * 16 + 16));
        let q = Quantity::OatYears;
        let mean = |e: &epidemic::Ensemble| e.averted(1, q, Where::Everywhere).unwrap().mean;
        let values = once.averted_by_draw(1, q, Where::Everywhere);
        let m = values.iter().sum::<f64>() / 8.0;
        said += values.iter().map(|v| (v - m) * (v - m)).sum::<f64>() / 7.0 / 8.0 / 2.0;
        moved += (mean(&twice) - mean(&once)).powi(2);
    }
    // A ratio of two variances with 12 and many degrees of freedom: F at 99.9 %.
    assert!((0.2..3.3).contains(&(moved / said)), "{moved} against {said}");
}
