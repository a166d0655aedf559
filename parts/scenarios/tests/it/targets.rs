//! Figures of the site as targets of the model.

use axum::http::StatusCode;
use base::site::Equipment;
use base::testing::{TestSite, databases};
use epidemic::{Country, Measure};
use facts::store::{self, Import};

use crate::moldova;

/// A site that holds what ships of Moldova.
async fn with_figures(url: &str) -> TestSite {
    static PARTS: &[&base::Part] = &[&facts::PART, &evidence::PART, &scenarios::PART];
    let site = TestSite::open(url, PARTS, Equipment::BARE).await;
    let of_moldova = facts::shipped().expect("figures").into_iter().filter(|f| f.place == "MDA");
    let mut change = site.app.storage.change().await.expect("a change");
    evidence::load_shipped(&mut change, 0).await.expect("sources");
    let plan = store::plan(&mut change, of_moldova.collect()).await.expect("a plan");
    let import = Import { kind: "shipped", file: "data/facts", refused: 0, now: 0 };
    store::take(&mut change, &plan, &import).await.expect("taken");
    change.commit().await.expect("kept");
    site.app.changed();
    site
}

#[tokio::test]
async fn a_figure_of_the_site_becomes_a_target_of_the_countrys_file() {
    for url in databases().await {
        let site = with_figures(&url).await;
        let offered = site.get("/api/scenarios/MDA/targets").await.json();
        let one = offered.as_array().expect("a list").iter();
        let one = one.clone().find(|one| one["indicator"] == "hcv_prevalence_prison");
        let one = one.expect("Moldova has a figure of hepatitis C in prison").clone();
        assert_eq!((one["year"].as_i64(), one["value"].as_f64()), (Some(2018), Some(0.038)));
        assert_eq!(one["interval_assumed"], true, "UNAIDS publishes none");
        let page = site.get("/scenarios/MDA/calibration").await.text().replace("&#x2f;", "/");
        assert!(page.contains("name=\"figure\" value=\"hcv_prevalence_prison/2018\""), "{page}");

        let file = site.get("/scenarios/MDA/country.toml?figure=hcv_prevalence_prison/2018").await;
        assert_eq!(file.status, StatusCode::OK);
        let country = read(&file.text());
        let mut wanted = moldova().country.targets.clone();
        assert_eq!(country.targets.len(), wanted.len() + 1);
        let added = country.targets.last().expect("targets").clone();
        assert_eq!((added.measure, added.year), (Measure::AntibodyAmongHeld, 2018));
        assert!(added.low < added.value && added.value < added.high, "{added:?}");
        assert!(country.sources["unaids-gam"].contains("UNAIDS"));
        wanted.push(added);
        assert_eq!(country.targets, wanted, "the others are as they were");
        let basis = scenarios::basis(&country);
        assert_ne!(basis, moldova().basis, "draws of one are not taken for draws of the other");
        let plain = site.get("/scenarios/MDA/country.toml?figure=").await.text();
        assert_eq!(scenarios::basis(&read(&plain)), moldova().basis);
    }
}

#[tokio::test]
async fn a_figure_that_is_none_is_answered_with_those_that_are() {
    let url = format!("sqlite:{}", base::testing::folder().join("test.db").display());
    let site = with_figures(&url).await;
    for asked in ["hcv_prevalence_prison/1999", "persons_held", "%22%3E%3Cscript%3E", "/"] {
        let answer = site.get(&format!("/scenarios/MDA/country.toml?figure={asked}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{asked}");
        let text = answer.text().replace("&#x2f;", "/");
        assert!(
            text.contains("hcv_prevalence_prison/2018") && !text.contains("<script>"),
            "{text}"
        );
    }
    for address in ["/scenarios/XXX/country.toml", "/api/scenarios/XXX/targets"] {
        assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

fn read(text: &str) -> Country {
    let file = |name: &str| (name == "MDA.toml").then(|| text.to_owned());
    let effects = scenarios::effects().expect("the table of effects");
    let (country, problems) = Country::read("MDA.toml", &file, effects);
    country.unwrap_or_else(|| panic!("{problems:?}"))
}
