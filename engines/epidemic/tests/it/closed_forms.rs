//! Closed forms, inside Monte Carlo error: what can be written on paper must come out of the engine.

use epidemic::{Flow, Injecting, Parameters, Prison, Span, Stock};

use crate::worlds::{at_end, near, near_share, run, still, time, total, year};

const N: f64 = 40_000.0;

#[test]
fn survival_under_a_constant_hazard_is_exponential() {
    let world = run(&Parameters { other_death_rate: 0.07, ..still(N) }, &[], 1, 10.0);
    for (index, years) in [(0, 1.0), (4, 5.0), (9, 10.0)] {
        let alive = year(&world, index).stock(Stock::All) / N;
        near_share(alive, (-0.07_f64 * years).exp(), N);
    }
}

#[test]
fn person_years_are_the_integral_of_the_living() {
    let world = run(&Parameters { other_death_rate: 0.3, ..still(N) }, &[], 2, 5.0);
    // ∫₀⁵ e^{−0.3t} dt, standard deviation of one truncated life about 1.8 years.
    near(time(&world, Span::All) / N, (1.0 - (-1.5_f64).exp()) / 0.3, 1.8 / N.sqrt());
}

#[test]
fn life_spans_follow_gompertz() {
    let p = Parameters {
        death_at_40_men: 0.01,
        death_at_40_women: 0.01,
        death_growth: 0.08,
        start_age_mean: 30.0,
        ..still(N)
    };
    let world = run(&p, &[], 3, 40.0);
    let at_30 = 0.01 * (-0.8_f64).exp();
    for years in [10.0_f64, 25.0, 40.0] {
        let alive = year(&world, years as usize - 1).stock(Stock::All) / N;
        near_share(alive, (-at_30 / 0.08 * ((0.08 * years).exp() - 1.0)).exp(), N);
    }
}

#[test]
fn competing_deaths_divide_by_their_hazards() {
    let p =
        Parameters { other_death_rate: 0.06, overdose_rate: 0.4, overdose_fatal: 0.1, ..still(N) };
    let world = run(&p, &[], 4, 60.0);
    let (other, overdose) = (total(&world, Flow::DeathOther), total(&world, Flow::DeathOverdose));
    near_share(overdose / (other + overdose), 0.4, N);
}

#[test]
fn overdoses_survived_are_to_fatal_ones_as_the_odds() {
    let p = Parameters { overdose_rate: 0.5, overdose_fatal: 0.04, ..still(N) };
    let world = run(&p, &[], 5, 10.0);
    let fatal = total(&world, Flow::DeathOverdose);
    let survived = time(&world, Span::OverdosesSurvived);
    near(fatal, survived * 0.04 / 0.96, fatal.sqrt());
}

#[test]
fn oat_settles_at_the_coverage_asked_for() {
    let p = Parameters { oat_community: 0.4, oat_leave_rate: 0.8, ..still(N) };
    let world = run(&p, &[], 6, 10.0);
    near_share(at_end(&world, Stock::Oat) / N, 0.4, N);
    // Leaving is what people on it do: 0.8 a year.
    let left = total(&world, Flow::OatStopped);
    near(left / time(&world, Span::Oat), 0.8, 0.8 / left.sqrt());
}

#[test]
fn injecting_stops_and_returns_in_balance() {
    let p = Parameters { stop_rate: 0.2, relapse_rate: 0.3, ..still(N) };
    let world = run(&p, &[], 7, 30.0);
    near_share(at_end(&world, Stock::Current) / N, 0.6, N);
}

#[test]
fn prison_holds_what_entries_and_stays_make() {
    // Two states in balance: share inside = stay·arrest / (1 + stay·arrest), stay = remand + P(sentence)·sentence.
    let p = Parameters {
        arrest_rate: 0.2,
        remand_length: 0.25,
        sentenced: 0.5,
        sentence_drug: 2.0,
        sentence_other: 1.0,
        drug_offences: 0.5,
        ..still(N)
    };
    let world = run(&p, &[Prison::only(1.0)], 8, 25.0);
    let stay = 0.25 + 0.5 * 1.5;
    let inside = world.years()[24][1].stock(Stock::All) / N;
    near_share(inside, 0.2 * stay / (1.0 + 0.2 * stay), N);
    let entries = total(&world, Flow::Arrested);
    let free = world.years().iter().map(|y| y[0].span(Span::All)).sum::<f64>();
    near(entries / free, 0.2, 0.2 / entries.sqrt());
}

#[test]
fn si_with_turnover_reaches_its_endemic_level() {
    // S → I at rate β I/N, everybody replaced at rate μ by susceptible newcomers: I/N = 1 − μ/β.
    let (beta, mu) = (0.5, 0.2);
    let p = Parameters {
        shares_low: 1.0,
        hiv_per_share: beta,
        hiv_start: 0.3,
        injecting_years_mean: 5.0,
        other_death_rate: mu,
        new_people: mu * N,
        ..still(N)
    };
    let world = run(&p, &[], 9, 60.0);
    let share = |index: usize| {
        let all = year(&world, index);
        all.stock(Stock::Hiv) / all.stock(Stock::All)
    };
    let late = (40..60).map(share).sum::<f64>() / 20.0;
    // The level wanders by about √(μ/β / N) around its mean, with a memory of some 3 years.
    near(late, 1.0 - mu / beta, (mu / beta / N).sqrt());
}

#[test]
fn hepatitis_c_with_treatment_and_reinfection_reaches_its_endemic_level() {
    // Susceptible again after clearing or cure. With D the mean infectious time of an infection, balance asks
    // S/N = 1/(βD); of the rest, infectious people are to people on a course as D to (1 − clears)·course.
    let (beta, acute, clears, test, start, course) = (3.0, 0.5, 0.26, 2.0, 4.0, 0.25);
    let p = Parameters {
        shares_low: 10.0,
        hcv_per_share: beta / 10.0,
        hcv_start: 0.5,
        injecting_years_mean: 5.0,
        hcv_acute_length: acute,
        hcv_clears: clears,
        hcv_test_rate: test,
        daa_start_rate: start,
        daa_length: course,
        daa_cures: 1.0,
        ..still(N)
    };
    let world = run(&p, &[], 10, 40.0);
    // A test may come while the infection is still acute; the start waits for it to become chronic.
    let until_start = {
        // Acute ends at 1/acute; tested meanwhile with probability t/(t + 1/acute).
        let tested_before = test / (test + 1.0 / acute);
        (1.0 - tested_before) / test + 1.0 / start
    };
    let infectious = acute + (1.0 - clears) * until_start;
    let susceptible = 1.0 / (beta * infectious);
    let expected = (1.0 - susceptible) * infectious / (infectious + (1.0 - clears) * course);
    let late: f64 = (20..40)
        .map(|y| {
            let all = year(&world, y);
            (all.span(Span::Viraemic) - all.span(Span::Daa)) / all.span(Span::All)
        })
        .sum::<f64>()
        / 20.0;
    near(late, expected, (susceptible / N).sqrt());
}

#[test]
fn an_epidemic_ends_at_its_final_size() {
    // SIR by hepatitis C that clears once; those who cleared no longer share is not in the world, so the
    // removed are those who die: final size of S solves ln(s) = −R₀(1 − s) when infectious people leave at γ.
    // AIDS death right after infection gives exactly that with HIV: acute → … → death in stages of length L.
    let (beta, stages, length) = (1.8, 6.0, 0.2);
    let p = Parameters {
        shares_low: 1.0,
        hiv_per_share: beta,
        hiv_start: 0.01,
        injecting_years_mean: 0.0,
        hiv_acute_length: length,
        hiv_above_500_length: length,
        hiv_350_500_length: length,
        hiv_200_350_length: length,
        hiv_below_200_length: length,
        aids_length: length,
        ..still(N)
    };
    let world = run(&p, &[], 11, 80.0);
    let left = at_end(&world, Stock::All) / N;
    // Frequency-dependent contact with removal by death: dS/dI is exact, S(∞) solves
    // s = s₀ (n(s))^{…}; the mean-field equations below are integrated in steps of a thousandth of a year.
    let expected = {
        let (mut s, mut i) = (0.99_f64, [0.01, 0.0, 0.0, 0.0, 0.0, 0.0]);
        let dt = 1e-3;
        for _ in 0..80_000 {
            let infected: f64 = i.iter().sum();
            let new = beta * s * infected / (s + infected) * dt;
            s -= new;
            let mut arriving = new;
            for stage in &mut i {
                let leaving = *stage / length * dt;
                *stage += arriving - leaving;
                arriving = leaving;
            }
        }
        s
    };
    assert!(stages * length > 1.0 / beta, "above threshold");
    near(left, expected, 2.0 * (expected * (1.0 - expected) / N).sqrt());
}

#[test]
fn sellke_thresholds_do_not_depend_on_the_groups_they_pass_through() {
    // Between community and prison with the same sharing, where everybody infected stays infectious and
    // infection comes from outside at no rate: two places with the same prevalence are one.
    let p = Parameters {
        shares_low: 1.0,
        hiv_per_share: 0.1,
        hiv_start: 0.5,
        injecting_years_mean: 0.0,
        arrest_rate: 2.0,
        remand_length: 0.5,
        ..still(N)
    };
    let world = run(&p, &[Prison::only(1.0)], 12, 20.0);
    let found = at_end(&world, Stock::Hiv) / N;
    let odds = (0.1_f64 * 20.0).exp();
    near(found, odds / (1.0 + odds), 2.0 * (found * (1.0 - found) / N).sqrt());
}

#[test]
fn time_on_treatment_is_exponential_and_counts_once() {
    let p = Parameters { oat_community: 0.5, oat_leave_rate: 2.0, ..still(N) };
    let world = run(&p, &[], 13, 4.0);
    let on = world.people().filter(|person| person.oat().on()).count() as f64;
    assert_eq!(on, at_end(&world, Stock::Oat));
    near(time(&world, Span::Oat) / time(&world, Span::All), 0.5, 0.5 / N.sqrt());
    assert!(world.people().all(|person| person.injecting() == Injecting::Low));
}
