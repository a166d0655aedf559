//! Calibration finds what made the figures, says what it could not meet, and is kept to the last bit.

use epidemic::calibration::read_draws;
use epidemic::distribution::Distribution;
use epidemic::parameters::{SPECS, index_of};
use epidemic::{Calibration, Country, Measure, Posterior, Seed, Target, World};

use crate::moldova::moldova;

const LEARNT: [&str; 3] = ["shares_low", "hcv_per_share", "in_prison_start"];

fn calibrated(country: &Country) -> Posterior {
    let mut calibration = Calibration::new(country, &LEARNT, Seed(1)).unwrap();
    (calibration.first, calibration.each_round, calibration.most_rounds) = (120, 70, 4);
    (calibration.keep, calibration.share) = (100, 0.07);
    calibration.run(&|_| true)
}

/// Targets made by the model itself from parameters that are known.
fn figures_of(truth: (f64, f64)) -> Country {
    let mut country = moldova();
    // What is not learnt is known here: otherwise its own spread is the larger part of what is left.
    for (given, spec) in country.given.iter_mut().zip(SPECS) {
        if !LEARNT.contains(&spec.name) {
            given.distribution = Distribution::Fixed(given.distribution.median());
        }
    }
    let mut p = country.central();
    (p.shares_low, p.hcv_per_share) = truth;
    let mut world = World::new(&p, &country.prisons, Seed(99), 6.0);
    world.run_until(6.0);
    country.targets =
        [Measure::HivAmongCurrent, Measure::AntibodyAmongCurrent, Measure::ViraemicAmongCurrent]
            .map(|measure| {
                let value = measure.read(&world.years()[5], &p);
                Target {
                    measure,
                    year: 2023,
                    value,
                    low: value * 0.96,
                    high: value * 1.04,
                    source: "assumed".into(),
                    note: None,
                }
            })
            .into();
    country
}

#[test]
fn it_finds_the_parameter_that_made_the_figures() {
    let country = figures_of((30.0, 0.02));
    let posterior = calibrated(&country);
    let infecting = |p: &epidemic::Parameters| p.shares_low.ln() + p.hcv_per_share.ln();
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let spread = |values: &[f64]| {
        let m = mean(values.to_vec());
        mean(values.iter().map(|v| (v - m) * (v - m)).collect()).sqrt()
    };
    let after: Vec<f64> = posterior.draws().iter().map(infecting).collect();
    let before: Vec<f64> = (0..200).map(|i| infecting(&country.draw(Seed(3), i))).collect();
    let truth = 30.0_f64.ln() + 0.02_f64.ln();
    assert!((mean(after.clone()) - truth).abs() < (mean(before.clone()) - truth).abs());
    assert!(
        spread(&after) < 0.8 * spread(&before),
        "{} against {}",
        spread(&after),
        spread(&before)
    );
    assert!(posterior.effective > 10.0, "{}", posterior.effective);
    assert!(posterior.fits.iter().all(|f| f.met), "{:?}", posterior.fits);
}

#[test]
fn what_cannot_be_met_is_said() {
    let mut country = moldova();
    country.targets.truncate(1);
    country.targets[0] = Target { value: 0.9, low: 0.88, high: 0.92, ..country.targets[0].clone() };
    let posterior = calibrated(&country);
    assert!(!posterior.fits[0].met);
}

#[test]
fn a_posterior_is_kept_to_the_last_bit() {
    let country = moldova();
    let mut calibration = Calibration::new(&country, &["shares_low"], Seed(4)).unwrap();
    (calibration.first, calibration.most_rounds, calibration.keep, calibration.share) =
        (20, 0, 10, 0.01);
    let posterior = calibration.run(&|_| true);
    assert_eq!(read_draws(&posterior.csv()).unwrap(), posterior.draws());
    assert!(read_draws("a,b\n1,2\n").unwrap_err().contains("calibrate again"));
    let index = index_of("women").unwrap();
    let mut lines: Vec<String> = posterior.csv().lines().map(String::from).collect();
    let mut cells: Vec<&str> = lines[1].split(',').collect();
    cells[index] = "1.5";
    lines[1] = cells.join(",");
    assert_eq!(
        read_draws(&lines.join("\n")).unwrap_err(),
        "line 2: women is \"1.5\", expected 0 to 1"
    );
}

#[test]
fn what_is_certain_is_not_learnt() {
    let country = moldova();
    let error = Calibration::new(&country, &["discount"], Seed(1)).unwrap_err();
    assert!(error.contains("discount is certain"), "{error}");
}
