//! Every country that ships: it runs, stays near its own figures, says plainly where it is not fitted, and leaves as a databook.

use axum::http::StatusCode;
use epidemic::{Measure, Seed, World, databook};
use scenarios::{Model, Question, effects, models};

use crate::{SMALL, on_sqlite};

/// People followed and draws: a smoke test, not an estimate.
const FOLLOWED: f64 = 2_000.0;
const DRAWS: u32 = 5;

/// The median over some draws of what the model gives for a target, as the file draws its figures and nothing fitted.
fn found(model: &Model, measure: Measure, year: i32) -> f64 {
    let country = &model.country;
    let years = (year - country.start + 1) as usize;
    let mut found: Vec<f64> = (0..DRAWS)
        .map(|draw| {
            let p = country.draw(Seed(11), draw);
            let share = (FOLLOWED / p.people_current).min(1.0);
            let seed = Seed(11).of_draw(u64::from(draw));
            let mut world = World::new(&p.sampled(share), &country.prisons, seed, years as f64);
            world.run_until(years as f64);
            let places: Vec<_> =
                world.years()[years - 1].iter().map(|t| t.clone().scaled(1.0 / share)).collect();
            measure.read(&places, &p)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    found[found.len() / 2]
}

/// A file whose own figures lead elsewhere than its targets is mistaken in one of them. Of a few dozen people a sample may hold none.
#[test]
fn every_country_runs_and_stays_near_its_own_figures() {
    assert!(models().len() >= 14, "{:?}", models().keys());
    let mut far = Vec::new();
    for (code, model) in models() {
        assert!(!model.country.targets.is_empty(), "{code} has nothing to be held against");
        for target in &model.country.targets {
            let found = found(model, target.measure, target.year);
            let share = (FOLLOWED / model.country.central().people_current).min(1.0);
            let few = !target.measure.is_share() && target.low * share < 10.0;
            let low = if few { 0.0 } else { target.low / 2.0 };
            let near = (low..=target.high * 2.0).contains(&found);
            let word = target.measure.word();
            let line = format!("{code} {word} {}: {found:.4} for {}", target.year, target.value);
            eprintln!("{line}");
            if !near {
                far.push(line);
            }
        }
    }
    assert_eq!(far, Vec::<String>::new());
}

/// The slider answers as fast in a large country as in Moldova, and a small one is followed whole.
#[test]
fn a_quick_answer_follows_about_as_many_people_everywhere() {
    for (code, model) in models() {
        let question = Question::read(model, &[]).expect("nothing asked");
        let followed = model.country.central().people_current * question.people / 100.0;
        assert!(
            question.people == 100.0 || (2_000.0..4_500.0).contains(&followed),
            "{code}: {followed}"
        );
    }
    let too_much = [("people".to_owned(), "100".to_owned())];
    let refused = Question::read(&models()["UKR"], &too_much).expect_err("350,300 people 20 times");
    assert_eq!((refused.key, refused.high), ("scenario-too-big", 1.0));
}

/// The language, the mark on pages and drawings, the mark in the headings of files.
const MARKS: [(&str, &str, &str); 2] = [
    ("en", "Not fitted to this country’s surveys.", "model not fitted"),
    ("fr", "Non ajusté aux enquêtes de ce pays.", "modèle non ajusté"),
];

/// No interval leaves without the mark: not a page, not a part of a page, not a drawing, not a table.
#[tokio::test]
async fn where_the_model_is_not_fitted_every_page_and_file_says_so() {
    let site = on_sqlite().await;
    let asked = format!("{SMALL}&oat-prison=40");
    for (code, model) in models() {
        for (language, mark, _) in MARKS {
            let address = format!("/scenarios/{code}?{asked}&lang={language}");
            let answer = site.get(&address).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}");
            let page = answer.text();
            let head = page.find("<p class=\"headline\">").expect("a headline");
            let first = page.find(mark);
            assert_eq!(first.is_some(), model.calibrated.is_none(), "{address}");
            assert!(first.is_none_or(|first| first < head), "{address}: before the figures");
        }
    }
    let (code, _) = models().iter().find(|(_, m)| m.calibrated.is_none()).expect("not fitted");
    for (language, mark, heading) in MARKS {
        for path in [
            format!("/scenarios/{code}/answer?{asked}"),
            format!("/scenarios/{code}.csv?{asked}"),
            format!("/scenarios/{code}/charts/hcv-infections.svg?{asked}"),
            format!("/scenarios/{code}/charts/hcv-infections.csv?{asked}"),
            format!("/scenarios/{code}/compare?s=naloxone"),
            format!("/scenarios/{code}/compare.csv?s=naloxone"),
        ] {
            let answer = site.get(&format!("{path}&lang={language}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            let mark = if path.contains(".csv") { heading } else { mark };
            assert!(answer.text().contains(mark), "{path} in {language}: {}", answer.text());
        }
    }
    let json = site.get(&format!("/scenarios/{code}.json?{asked}")).await.json();
    assert_eq!(json["calibrated"], false);
}

#[tokio::test]
async fn the_databook_of_every_country_can_be_taken_away_and_read_again() {
    let site = on_sqlite().await;
    let effects = effects().expect("the table of effects");
    for (code, model) in models() {
        let page = site.get(&format!("/scenarios/{code}/inputs")).await.text();
        let address = format!("/scenarios/{code}/databook.xlsx");
        assert!(page.contains(&address), "{code}");
        let answer = site.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let book = databook::read(&answer.bytes, effects);
        assert_eq!(book.problems, [], "{code}");
        let country = book.country.expect("a country");
        assert_eq!(country.central(), model.country.central(), "{code}");
        assert_eq!(country.targets, model.country.targets, "{code}");
    }
    let nowhere = site.get("/scenarios/ZZZ/databook.xlsx").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
