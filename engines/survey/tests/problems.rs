//! Bad input is normal: each case names the column, the row and what to do, and none brings the program down.

use survey::*;

fn plan<'a>(weights: &'a [f64], clusters: &'a Groups, strata: Option<&'a Groups>) -> Plan<'a> {
    let stage =
        Stage { clusters: Clusters::Groups(clusters), strata, population: Population::Unlimited };
    Plan { weights: Weights::Given(weights), stages: vec![stage], ..Plan::simple() }
}

fn told(plan: &Plan, rows: usize) -> String {
    let problems = Design::new(plan, rows).expect_err("the design must be refused");
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn weights_that_cannot_be() {
    let prisons = Groups::from_text(["a", "b", "c", "d"]);
    let text = told(&plan(&[1.0, f64::NAN, -2.0, f64::INFINITY], &prisons, None), 4);
    assert!(text.contains("weights, row 2: a weight of NaN"), "{text}");
    assert!(text.contains("weights, row 3: a weight of -2"), "{text}");
    assert!(text.contains("weights, row 4: a weight of inf"), "{text}");
    let text = told(&plan(&[0.0; 4], &prisons, None), 4);
    assert!(text.contains("nobody is represented"), "{text}");
    let text = told(&plan(&[1.0; 3], &prisons, None), 4);
    assert!(text.contains("weights: has 3 rows where the design has 4"), "{text}");
}

#[test]
fn a_column_wrong_from_top_to_bottom_is_told_in_a_few_lines() {
    let labels: Vec<String> = (0..1000).map(|i| i.to_string()).collect();
    let prisons = Groups::from_text(labels.iter().map(String::as_str));
    let text = told(&plan(&[f64::NAN; 1000], &prisons, None), 1000);
    assert!(text.lines().count() < 10, "{text}");
    assert!(text.contains("995 more rows"), "{text}");
}

#[test]
fn one_sampled_prison_shows_no_variance() {
    let prisons = Groups::from_text(["a"; 4]);
    let weights = [1.0; 4];
    let one = plan(&weights, &prisons, None);
    let text = told(&one, 4);
    assert!(text.contains("strata of stage 1: 1 of 1 hold a single sampled unit"), "{text}");
    let design = Design::new(&Plan { lonely: Lonely::Remove, ..one }, 4)
        .expect("a person took it on himself");
    let domains = Domains::all(4);
    let table = Table::new(&design, &domains).expect("a table");
    let figures =
        estimate(&table, Statistic::Proportion(Values::Flags(&[0, 1, 1, 0])), &Options::default());
    let figure = &figures.expect("an estimate")[0];
    assert_eq!((figure.df, figure.bounds), (0.0, None));
}

#[test]
fn clusters_that_cross_strata_and_rows_without_labels() {
    let prisons = Groups::from_text(["1", "2", "1", ""]);
    let strata = Groups::from_text(["north", "north", "south", "south"]);
    let weights = [1.0; 4];
    let text = told(&plan(&weights, &prisons, Some(&strata)), 4);
    assert!(text.contains("clusters of stage 1, row 4: no label"), "{text}");
    let prisons = Groups::from_text(["1", "2", "1", "2"]);
    let text = told(&plan(&weights, &prisons, Some(&strata)), 4);
    assert!(text.contains("row 3: cluster 1 is in strata north and south"), "{text}");
    let restart = Plan { numbers_restart: true, ..plan(&weights, &prisons, Some(&strata)) };
    assert_eq!(Design::new(&restart, 4).expect("numbers restart").degrees_of_freedom(), 2.0);
}

#[test]
fn populations_smaller_than_their_sample_or_at_odds() {
    let sizes = [2.0, 2.0, 2.0, 5.0];
    let stage =
        Stage { clusters: Clusters::Rows, strata: None, population: Population::Sizes(&sizes) };
    let text = told(&Plan { stages: vec![stage], ..Plan::simple() }, 4);
    assert!(text.contains("population of stage 1, row 1: 2 units, but 4 were sampled"), "{text}");
    assert!(text.contains("row 4: 5 units where other rows of its stratum say 2"), "{text}");
}

#[test]
fn answers_that_cannot_be() {
    let design = Design::new(&Plan::simple(), 3).expect("a design");
    let domains = Domains::all(3);
    let table = Table::new(&design, &domains).expect("a table");
    let told = |statistic| {
        let problems =
            estimate(&table, statistic, &Options::default()).expect_err("it must be refused");
        problems[0].to_string()
    };
    let text = told(Statistic::Proportion(Values::Numbers(&[0.0, 2.0, 1.0])));
    assert_eq!(
        text,
        "values, row 2: 2 in a proportion; code yes as 1 and no as 0, or ask for a mean"
    );
    assert!(
        told(Statistic::Mean(Values::Numbers(&[0.0, f64::INFINITY, 1.0])))
            .contains("row 2: an infinite value")
    );
    assert!(
        told(Statistic::Mean(Values::Numbers(&[0.0])))
            .contains("has 1 rows where the design has 3")
    );
    let nobody = [f64::NAN; 3];
    let figure = &estimate(&table, Statistic::Mean(Values::Numbers(&nobody)), &Options::default())
        .expect("no problem")[0];
    assert!(figure.value.is_nan() && figure.bounds.is_none());
    assert_eq!((figure.n, figure.missing), (0, 3));
    let q = &quantile(&table, Values::Numbers(&nobody), 0.5, &Options::default())
        .expect("no problem")[0];
    assert!(q.value.is_nan() && q.low.is_none());
}

#[test]
fn margins_that_contradict_each_other() {
    let design = || Design::new(&Plan::simple(), 4).expect("a design");
    let sex = Groups::from_text(["men", "men", "women", "women"]);
    let age = Groups::from_text(["old", "young", "old", "young"]);
    let margins = [
        Known { groups: &sex, totals: &[100.0, 10.0] },
        Known { groups: &age, totals: &[50.0, 50.0] },
    ];
    let text =
        design().raked(&margins, &Raking::default()).expect_err("they differ")[0].to_string();
    assert!(text.contains("they add up to between 100 and 110 people"), "{text}");
    let auxiliary =
        Auxiliary::new().people(4, 100.0).values("age", vec![20.0, 30.0, 40.0, 50.0], 9_000.0);
    let bounds = Distance::Logit { lower: 0.5, upper: 2.0 };
    let text = design().calibrated(&auxiliary, bounds).expect_err("nobody is 90")[0].to_string();
    assert!(text.contains("no weights give the total of"), "{text}");
}
