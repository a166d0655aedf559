//! Models and t tests against R `survey` 4.1-1 on its schools, and what is told where there is nothing to fit. Random designs are
//! held to R in `make bench-peers`.

use survey::*;

use crate::reference::{cases, design};

fn near(ours: f64, theirs: f64, what: &str) {
    assert!((ours / theirs - 1.0).abs() < 1e-9, "{what}: {ours}, R has {theirs}");
}

/// `svyglm(answer ~ ell + meals + stype, design)`: coefficients and standard errors.
type Fitted = (&'static str, Family, [f64; 5], [f64; 5]);

const STRATIFIED: [Fitted; 3] = [
    (
        "api00",
        Family::Gaussian,
        [
            865.99120420474,
            -0.56279562729499,
            -3.42693687723662,
            -128.294282217617,
            -60.4594177815063,
        ],
        [
            8.53541666076982,
            0.344881655113842,
            0.237894319708685,
            10.4014435720077,
            9.76373743544331,
        ],
    ),
    (
        "awards=='Yes'",
        Family::Binomial,
        [
            1.28560193067234,
            0.000211362685050226,
            -0.00560366735303857,
            -1.87565523484527,
            -1.11207622287508,
        ],
        [
            0.412429144667371,
            0.0113649540470758,
            0.00887149541985379,
            0.409631531229983,
            0.361797834714548,
        ],
    ),
    (
        "enroll",
        Family::Poisson,
        [
            5.83438282819102,
            0.00297532556496911,
            0.00222651982112249,
            1.2384920499663,
            0.724782153472931,
        ],
        [
            0.0679231358761723,
            0.00209648290823195,
            0.00149952817681315,
            0.082001088904517,
            0.0748441504192589,
        ],
    ),
];
const CLUSTERED: [Fitted; 3] = [
    (
        "api00",
        Family::Gaussian,
        [
            845.393569883747,
            -0.911269385758827,
            -3.19203220009874,
            -93.223890722227,
            -55.7732330344834,
        ],
        [14.323309428708, 0.38941896055542, 0.256756877899227, 21.7298177853718, 15.559710511756],
    ),
    (
        "awards=='Yes'",
        Family::Binomial,
        [
            1.05441657627298,
            0.0359882993144844,
            -0.0160059884401423,
            -1.28709983891001,
            -1.09742739263814,
        ],
        [
            0.33568917971975,
            0.0149432263004424,
            0.00622680504023093,
            0.683701499867378,
            0.5554278843867,
        ],
    ),
    (
        "enroll",
        Family::Poisson,
        [
            6.02184895247161,
            0.00595361376968365,
            -0.00247452124489929,
            1.01040439801845,
            0.747806436890687,
        ],
        [
            0.150691233448614,
            0.00549124877905315,
            0.00261291479929697,
            0.263652760656807,
            0.103042164794351,
        ],
    ),
];

#[test]
fn models_as_in_r() {
    let Some(folder) = cases() else { return };
    for (name, fitted, df, wald, covariance) in [
        ("strat", STRATIFIED, 193.0, (79.9932498809051, 4.98452841784015e-26), -0.0635109498691755),
        ("clus1", CLUSTERED, 10.0, (10.0633401774896, 0.00402942987442362), -0.0673118725713858),
    ] {
        let (frame, design) = design(&folder, name);
        let (ell, meals) = (frame.numbers("ell"), frame.numbers("meals"));
        let terms = Terms::constant(frame.rows())
            .values("ell", Values::Numbers(&ell))
            .values("meals", Values::Numbers(&meals))
            .groups("stype", &frame.groups("stype"));
        for (answer, family, coefficients, errors) in fitted {
            let (numbers, flags);
            let answers = if answer.contains("==") {
                flags = frame.flags(answer);
                Values::Flags(&flags)
            } else {
                numbers = frame.numbers(answer);
                Values::Numbers(&numbers)
            };
            let model = fit_model(&design, answers, &terms, family, 0.95).expect("a model");
            for ((ours, value), se) in model.coefficients.iter().zip(coefficients).zip(errors) {
                near(ours.value, value, &format!("{name} {answer} {}", ours.name));
                near(ours.se, se, &format!("{name} {answer} {} se", ours.name));
            }
            assert_eq!(model.df, df);
            if family == Family::Gaussian {
                let test = model.wald("stype").expect("there are degrees of freedom");
                near(test.f, wald.0, "F");
                near(test.p, wald.1, "p");
                near(model.covariance[1][2], covariance, "covariance");
            }
        }
    }
}

#[test]
fn t_test_as_in_r() {
    let Some(folder) = cases() else { return };
    for (name, theirs) in [
        (
            "strat",
            [
                40.9899300351764,
                2.08424329551705,
                0.0384341879512073,
                2.20466400155799,
                79.7751960687948,
            ],
        ),
        (
            "clus1",
            [
                15.506015037594,
                0.925067242997282,
                0.371784794638103,
                -20.7061729167871,
                51.7182029919751,
            ],
        ),
    ] {
        let (frame, design) = design(&folder, name);
        let api = frame.numbers("api00");
        let test = t_test(&design, Values::Numbers(&api), &frame.groups("comp.imp"), 0.95)
            .expect("a test");
        let (low, high) = test.bounds.expect("bounds");
        for (ours, theirs) in
            [test.value, test.t, test.p.expect("p"), low, high].into_iter().zip(theirs)
        {
            near(ours, theirs, name);
        }
    }
}

#[test]
fn models_that_cannot_be() {
    let design = Design::new(&Plan::simple(), 4).expect("a design");
    let told = |answers: &[f64], terms: &Terms, family| {
        let problems =
            fit_model(&design, Values::Numbers(answers), terms, family, 0.95).expect_err("refused");
        problems[0].to_string()
    };
    let constant = Terms::constant(4);
    assert_eq!(
        told(&[0.0, 2.0, 1.0, 0.0], &constant, Family::Binomial),
        "answers, row 2: 2 in a yes or no; code yes as 1 and no as 0"
    );
    assert!(
        told(&[0.0, -1.0, 1.0, 0.0], &constant, Family::Poisson).contains("row 2: -1 in a count")
    );
    assert!(
        told(&[0.0, 1.0], &constant, Family::Gaussian)
            .contains("has 2 rows where the design has 4")
    );
    assert!(told(&[0.0; 4], &Terms::none(), Family::Gaussian).contains("no column"));
    assert!(told(&[f64::NAN; 4], &constant, Family::Gaussian).contains("nobody has an answer"));
    // A column that says what another says has no coefficient, and the others are as without it.
    let (x, twice) = ([1.0, 2.0, 3.0, 5.0], [2.0, 4.0, 6.0, 10.0]);
    let terms = Terms::constant(4)
        .values("x", Values::Numbers(&x))
        .values("twice", Values::Numbers(&twice));
    let answers = [1.0, 2.0, 2.0, 4.0];
    let model = fit_model(&design, Values::Numbers(&answers), &terms, Family::Gaussian, 0.95)
        .expect("a model");
    assert!(model.coefficients[2].value.is_nan() && model.wald("twice").is_none());
    // Σ (x − 2.75)(y − 2.25) / Σ (x − 2.75)² = 6.25 / 8.75.
    assert!((model.coefficients[1].value - 6.25 / 8.75).abs() < 1e-12);
    assert_eq!((model.df, model.n), (2.0, 4));
}
