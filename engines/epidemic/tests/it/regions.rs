//! Countries together: the sum of the countries, the same on any number of threads; large ones in provinces; what cannot be added is refused.

use epidemic::{Country, Plan, Quantity, Region, Scenario, Seed, Where};

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

fn named(code: &str, name: &str) -> Country {
    Country { code: code.into(), name: name.into(), ..moldova() }
}

fn plan<'a>(country: &'a Country, arms: &'a [Scenario], people: f64) -> Plan<'a> {
    let mut plan = Plan::prior(country, arms, Seed(31), 6, 2);
    let share = people / 36_900.0;
    plan.draws.iter_mut().for_each(|p| *p = p.sampled(share));
    plan
}

fn additive(q: Quantity) -> bool {
    let rates = [
        Quantity::HivIncidence,
        Quantity::HcvIncidence,
        Quantity::HivPrevalence,
        Quantity::HcvPrevalence,
    ];
    !rates.contains(&q)
}

#[test]
fn a_region_is_the_sum_of_its_countries_on_any_number_of_threads() {
    let (a, b, c) = (named("AAA", "A"), named("BBB", "B"), named("CCC", "C"));
    let arms = [Scenario::status_quo(), oat_in_prison(&a, 0.4)];
    let plans = || vec![plan(&a, &arms, 900.0), plan(&b, &arms, 2_500.0), plan(&c, &arms, 300.0)];
    let region = |plans| Region::new("The three", plans).unwrap();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| region(plans()).run(&|_, _| true))
    };
    let all = on(1);
    assert_eq!(all.csv(), on(3).csv());
    assert!(all.complete && all.draws.len() == 2);
    let alone: Vec<_> =
        plans().into_iter().map(|plan| region(vec![plan]).run(&|_, _| true)).collect();
    for &q in Quantity::ALL {
        let parts: Vec<f64> =
            alone.iter().map(|e| e.draws[1].arms[1].in_year(q, Where::Prison, 4)).collect();
        let sum = all.draws[1].arms[1].in_year(q, Where::Prison, 4);
        if additive(q) {
            assert!((sum - parts.iter().sum::<f64>()).abs() <= 1e-9 * sum.abs(), "{}", q.word());
        } else {
            let (low, high) = (
                parts.iter().copied().fold(f64::INFINITY, f64::min),
                parts.iter().copied().fold(0.0, f64::max),
            );
            assert!((low..=high).contains(&sum), "{}: a mean of the countries'", q.word());
        }
    }
    // Two countries of the same file do not have the same accidents.
    assert_ne!(
        alone[0].draws[0].arms[0],
        region(vec![plan(&b, &arms, 900.0)]).run(&|_, _| true).draws[0].arms[0]
    );
}

#[test]
fn provinces_together_are_the_country_but_for_chance() {
    let country = moldova();
    let arms = [Scenario::status_quo()];
    let mut region = Region::new("one", vec![plan(&country, &arms, 24_000.0)]).unwrap();
    region.plans[0].draws = vec![country.central().sampled(24_000.0 / 36_900.0); 2];
    let whole = region.run(&|_, _| true);
    region.most_people = 4_000.0;
    assert_eq!(region.worlds(0, 0), 6);
    let provinces = region.run(&|_, _| true);
    for q in [Quantity::HcvInfections, Quantity::OverdoseDeaths, Quantity::Imprisonments] {
        let of = |e: &epidemic::Ensemble| e.total(0, q, Where::Everywhere).unwrap().mean;
        let (a, b) = (of(&whole), of(&provinces));
        // Two draws each; infections come in clusters, so their chance is wider than that of counts.
        assert!((a - b).abs() < 6.0 * a.sqrt(), "{}: {a} against {b}", q.word());
    }
}

#[test]
fn what_cannot_be_added_is_refused_and_stopping_keeps_whole_draws() {
    let (a, b) = (named("AAA", "A"), Country { currency: "EUR".into(), ..named("BBB", "B") });
    let arms = [Scenario::status_quo()];
    let error = |plans| Region::new("x", plans).unwrap_err();
    assert_eq!(error(vec![]), "x has no country");
    assert_eq!(
        error(vec![plan(&a, &arms, 10.0), plan(&b, &arms, 10.0)]),
        "A and B cannot be added: their money is USD and EUR"
    );
    let later = Country { start: 2020, ..named("CCC", "C") };
    assert!(
        error(vec![plan(&a, &arms, 10.0), plan(&later, &arms, 10.0)]).contains("2018 and 2020")
    );
    let b = named("BBB", "B");
    let region = Region::new("x", vec![plan(&a, &arms, 50.0), plan(&b, &arms, 50.0)]);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let stopped = pool.install(|| region.unwrap().run(&|done, _| done < 3));
    assert_eq!((stopped.draws.len(), stopped.complete), (1, false));
}
