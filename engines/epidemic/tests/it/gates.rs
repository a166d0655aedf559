//! Who is held where, who comes with an infection, and CD4 that comes back on treatment.

use epidemic::ensemble::ArmResult;
use epidemic::mean_field::reading;
use epidemic::place::{Offers, PrisonKind};
use epidemic::{
    Country, Flow, Hiv, Parameters, Prison, Quantity, Scenario, Seed, Stock, Where, World, simulate,
};

use crate::moldova::{moldova, read, text};
use crate::worlds::{at_end, near_share, run, still, total};

fn prison(name: &str, kind: PrisonKind) -> Prison {
    Prison { name: name.into(), kind, capacity: 100.0, offers: Offers::EVERYTHING }
}

#[test]
fn children_and_the_ill_are_held_apart_where_there_is_a_place() {
    let prisons = [
        prison("all", PrisonKind::General),
        prison("children", PrisonKind::Juvenile),
        prison("hospital", PrisonKind::Hospital),
    ];
    let p = Parameters {
        arrest_rate: 2.0,
        remand_length: 1.0,
        sentenced: 1.0,
        sentence_drug: 2.0,
        sentence_other: 2.0,
        ..still(2_000.0)
    };
    let held = |p: &Parameters, prisons: &[Prison]| {
        let world = run(p, prisons, 61, 1.0);
        world.years()[0].iter().map(|t| t.stock(Stock::All)).collect::<Vec<_>>()
    };
    let adults = held(&p, &prisons);
    assert!(adults[1] > 500.0 && adults[2] == 0.0 && adults[3] == 0.0, "{adults:?}");
    let children = held(&Parameters { start_age_mean: 15.0, ..p.clone() }, &prisons);
    assert!(children[2] > 500.0 && children[1] == 0.0, "{children:?}");
    let ill = Parameters {
        hiv_start: 1.0,
        injecting_years_mean: 0.0,
        hiv_acute_length: 1e-6,
        hiv_above_500_length: 1e-6,
        hiv_350_500_length: 1e-6,
        hiv_200_350_length: 1e-6,
        hiv_below_200_length: 1e-6,
        ..p.clone()
    };
    let ill = held(&ill, &prisons);
    assert!(ill[3] > 0.9 * (ill[1] + ill[3]), "{ill:?}");
    // Without such places they are held with the others; and nobody else is put into them.
    assert!(held(&Parameters { start_age_mean: 15.0, ..p.clone() }, &prisons[..1])[1] > 500.0);
    let only_children = run(&p, &prisons[1..2], 61, 1.0);
    assert_eq!(total(&only_children, Flow::Arrested), 0.0);
}

#[test]
fn newcomers_may_come_with_an_infection() {
    let p = Parameters {
        new_people: 5_000.0,
        hiv_entry: 0.1,
        hcv_entry: 0.4,
        hcv_clears: 0.25,
        ..still(0.0)
    };
    let world = run(&p, &[], 62, 2.0);
    let n = at_end(&world, Stock::All);
    near_share(at_end(&world, Stock::Hiv) / n, 0.1, n);
    near_share(at_end(&world, Stock::Antibody) / n, 0.4, n);
    near_share(at_end(&world, Stock::Viraemic) / n, 0.3, n);
    assert_eq!(total(&world, Flow::HivInfection) + total(&world, Flow::HcvInfection), 0.0);
}

/// A birth–death walk over four CD4 bands in balance: with hazards on a and back b, each band has a/b of the one above it.
#[test]
fn cd4_comes_back_on_suppressive_treatment() {
    let lengths = 4.0;
    let p = Parameters {
        hiv_start: 1.0,
        injecting_years_mean: 0.0,
        hiv_diagnosed_start: 1.0,
        art_start: 1.0,
        art_suppressed: 1.0,
        hiv_acute_length: 1e-3,
        hiv_above_500_length: lengths,
        hiv_350_500_length: lengths,
        hiv_200_350_length: lengths,
        hiv_progress_suppressed: 0.5,
        cd4_recovery: 0.25,
        ..still(20_000.0)
    };
    let mut world = World::new(&p, &[], Seed(63), 100.0);
    world.run_until(100.0);
    // On: 0.5/4 a year; back: 0.25. So each band has half of the one above; the last (below 200 never ends) is a band too.
    let band = |stage: Hiv| world.people().filter(|p| p.hiv() == stage).count() as f64;
    let all = 1.0 + 0.5 + 0.25 + 0.125;
    for (stage, share) in
        [(Hiv::Above500, 1.0), (Hiv::From350, 0.5), (Hiv::From200, 0.25), (Hiv::Below200, 0.125)]
    {
        near_share(band(stage) / 20_000.0, share / all, 20_000.0);
    }
}

#[test]
fn the_mean_field_knows_newcomers_and_recovery() {
    let country = Country { prisons: vec![Prison::only(1.0)], ..moldova() };
    let p = Parameters {
        death_at_40_men: 0.0,
        death_at_40_women: 0.0,
        injecting_years_mean: 0.0,
        hiv_entry: 0.2,
        hcv_entry: 0.3,
        cd4_recovery: 0.5,
        ..country.central().sampled(2.0)
    };
    let arm = Scenario::status_quo();
    let engine =
        ArmResult::new(&simulate(&country, std::slice::from_ref(&arm), &p, Seed(64), 8)[0], &p);
    let field = reading(&country, &arm, &p, 8).limit;
    for q in [Quantity::HcvInfections, Quantity::HivInfections, Quantity::ArtYears] {
        let of = |r: &ArmResult| r.total(q, Where::Everywhere);
        let (a, b) = (of(&engine), of(&field));
        assert!((a - b).abs() < 4.0 * a.sqrt() + 0.01 * a, "{}: {a} against {b}", q.word());
    }
}

#[test]
fn what_a_file_need_not_say_has_a_default_and_may_be_said() {
    let country = moldova();
    let index = epidemic::parameters::index_of("hcv_entry").unwrap();
    assert_eq!(country.given[index].distribution.median(), country.central().hcv_entry);
    let with = text("MDA.toml").replacen(
        "[parameters]\n",
        "[parameters]\nhcv_entry = { value = 5, unit = \"percent\", low = 1, high = 10, source = \"assumed\" }\n",
        1,
    );
    let file = |name: &str| Some(if name == "MDA.toml" { with.clone() } else { text(name) });
    let (country, problems) = read("MDA.toml", &file);
    assert_eq!(problems, vec![]);
    assert_eq!(country.unwrap().central().hcv_entry, 0.05);
}
