//! A stratum of one prison, treated in each way there is, over all and by domain, with R `survey` 4.1-1's answers beside it.

use survey::*;

const STRATA: [i64; 10] = [1, 1, 1, 1, 2, 2, 3, 3, 3, 3];
const PRISONS: [i64; 10] = [1, 1, 2, 3, 4, 4, 5, 5, 6, 6];
const WEIGHTS: [f64; 10] = [2.0, 3.0, 1.5, 4.0, 5.0, 2.0, 1.0, 2.0, 3.0, 2.5];
const ANSWERS: [u8; 10] = [1, 0, 1, 1, 0, 1, 0, 0, 1, 1];
const SIZES: [f64; 10] = [8.0, 8.0, 8.0, 8.0, 5.0, 5.0, 4.0, 4.0, 4.0, 4.0];

/// Standard errors of the mean, of its two domains, and of the total.
fn errors(lonely: Lonely, in_domains: bool, is_limited: bool) -> [f64; 4] {
    let (strata, prisons) = (Groups::from_numbers(STRATA), Groups::from_numbers(PRISONS));
    let population = if is_limited { Population::Sizes(&SIZES) } else { Population::Unlimited };
    let stage = Stage { clusters: Clusters::Groups(&prisons), strata: Some(&strata), population };
    let plan = Plan {
        weights: Weights::Given(&WEIGHTS),
        stages: vec![stage],
        lonely,
        lonely_in_domains: in_domains,
        ..Plan::simple()
    };
    let design = Design::new(&plan, 10).expect("a design");
    let groups = Groups::from_text(["a", "a", "b", "b", "a", "b", "a", "b", "b", "b"]);
    let (all, by) = (Domains::all(10), Domains::crossing(&[("g", &groups)]).expect("g"));
    let se = |domains: &Domains, statistic| -> Vec<f64> {
        let table = Table::new(&design, domains).expect("a table");
        estimate(&table, statistic, &Options::default())
            .expect("figures")
            .iter()
            .map(|figure| figure.se)
            .collect()
    };
    let values = Values::Flags(&ANSWERS);
    let by = se(&by, Statistic::Mean(values));
    [se(&all, Statistic::Mean(values))[0], by[0], by[1], se(&all, Statistic::Total(values))[0]]
}

#[test]
fn lonely_strata_as_in_r() {
    let nan = f64::NAN;
    let silent = [0.178332681887201, 0.100541529426417, 0.167361514522335, 5.95818764390649];
    let silent_limited =
        [0.129738397947829, 0.0792699425340945, 0.118852538575858, 4.29025057543263];
    let adjusted = [0.194806253901008, 0.130148890479534, 0.168303077588991, 6.28490254498827];
    let adjusted_limited =
        [0.147477445075371, 0.108387413624826, 0.119911489991989, 4.64825235975845];
    let average = [0.218412037542857, 0.123137722526871, 0.204975156579559, 7.29725975966321];
    let average_limited =
        [0.158896437509165, 0.0970854555741383, 0.145564037072654, 5.25446238924593];
    let with = |base: [f64; 4], first| [base[0], first, base[2], base[3]];
    let cases = [
        (Lonely::Remove, false, silent, silent_limited),
        (Lonely::Certainty, false, silent, silent_limited),
        (Lonely::Adjust, false, adjusted, adjusted_limited),
        (Lonely::Average, false, average, average_limited),
        (Lonely::Remove, true, silent, silent_limited),
        (
            Lonely::Adjust,
            true,
            with(adjusted, 0.148760330578512),
            with(adjusted_limited, 0.122302880883874),
        ),
        // Every stratum is lonely in the first domain, so none can speak for the others.
        (Lonely::Average, true, with(average, nan), with(average_limited, nan)),
    ];
    for (lonely, in_domains, unlimited, limited) in cases {
        for (is_limited, theirs) in [(false, unlimited), (true, limited)] {
            let ours = errors(lonely, in_domains, is_limited);
            for (our, their) in ours.iter().zip(theirs) {
                let is_near = (our.is_nan() && their.is_nan()) || (our / their - 1.0).abs() < 1e-12;
                assert!(
                    is_near,
                    "{lonely:?} {in_domains} {is_limited}: {ours:?}, R has {theirs:?}"
                );
            }
        }
    }
}
