//! An attacker subtracts, solves and compares; what was withheld must stay as uncertain as was promised.

use proptest::prelude::*;
use survey::*;

/// The inner cells of a crossing, with all margins added.
fn with_totals(groups: &[usize], inner: &[f64]) -> Vec<f64> {
    let sizes: Vec<usize> = groups.iter().map(|count| count + 1).collect();
    let cells: usize = sizes.iter().product();
    let mut counts = vec![0.0; cells];
    for (index, &count) in inner.iter().enumerate() {
        let mut rest = index;
        let places: Vec<usize> = groups
            .iter()
            .rev()
            .map(|size| {
                let place = rest % size;
                rest /= size;
                place
            })
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        // Each factor either keeps its place or goes to its total.
        for subset in 0..1usize << groups.len() {
            let cell = places.iter().enumerate().fold(0, |cell, (k, place)| {
                cell * sizes[k] + if subset >> k & 1 == 1 { sizes[k] - 1 } else { *place }
            });
            counts[cell] += count;
        }
    }
    counts
}

#[test]
fn one_small_cell_takes_three_others_along() {
    let counts = with_totals(&[3, 3], &[2.0, 40.0, 50.0, 30.0, 20.0, 60.0, 70.0, 35.0, 25.0]);
    let links = Links::crossing(&[3, 3]);
    let mut sensitive = vec![false; counts.len()];
    sensitive[0] = true;
    let (low, high) = attack(&Cells::of(&counts, &counts, &sensitive, 5.0), &links, &sensitive, 0)
        .expect("bounds");
    assert!(
        (high - low).abs() < 1e-6 && (low - 2.0).abs() < 1e-6,
        "alone, it follows by subtraction"
    );
    let pattern = protect(&Cells::of(&counts, &counts, &sensitive, 5.0), &links, Effort::default())
        .expect("a pattern");
    assert_eq!(pattern.withheld.iter().filter(|withheld| **withheld).count(), 4);
    assert_eq!(pattern.lost, 30.0 + 20.0 + 40.0);
    let (_, low, high) = pattern.bounds[0];
    assert!(low <= 1e-6 && high >= 7.0 - 1e-6, "{low} to {high}");
}

#[test]
fn a_table_that_cannot_hide_and_one_that_does_not_add_up() {
    let links = Links::new(2).adds_up(1, &[0]);
    let told = protect(
        &Cells::of(&[2.0, 2.0], &[1.0, f64::MAX / 4.0], &[true, false], 5.0),
        &links,
        Effort::default(),
    );
    assert!(told.expect("the total can go too").withheld[1]);
    let told =
        protect(&Cells::of(&[2.0, 3.0], &[1.0; 2], &[true, false], 5.0), &links, Effort::default())
            .expect_err("2 is not 3");
    assert_eq!(told[0].to_string(), "cell 1: 3 where its parts add up to 2; add them up again");
    let alone = Links::new(3).adds_up(2, &[0, 1]).adds_up(1, &[]);
    let told = protect(
        &Cells::of(&[2.0, 0.0, 2.0], &[1.0; 3], &[true, true, false], 5.0),
        &alone,
        Effort::default(),
    );
    assert!(told.is_err(), "an empty sum is zero, whatever is withheld: {told:?}");
}

fn figure(n: u64, yes: u64) -> Estimate {
    let flags: Vec<u8> = (0..n).map(|i| u8::from(i < yes)).collect();
    let design = Design::new(&Plan::simple(), flags.len());
    let design = design.unwrap_or_else(|problems| panic!("{problems:?}"));
    let everybody = Domains::all(flags.len());
    let table = Table::new(&design, &everybody).expect("a table");
    let figures =
        estimate(&table, Statistic::Proportion(Values::Flags(&flags)), &Options::default());
    figures.expect("an estimate").remove(0)
}

#[test]
fn rules_judge_people_and_not_weights() {
    let rules = Rules::default();
    assert_eq!(judge(&figure(9, 4), &rules), Some(Withheld::FewAnswers));
    assert_eq!(judge(&figure(40, 2), &rules), Some(Withheld::FewAlike));
    assert_eq!(judge(&figure(40, 38), &rules), Some(Withheld::FewAlike));
    assert_eq!(judge(&figure(40, 0), &rules), Some(Withheld::AllAlike));
    assert_eq!(judge(&figure(40, 40), &rules), Some(Withheld::AllAlike));
    assert_eq!(judge(&figure(40, 12), &rules), None);
    assert_eq!(dominated(&[90.0, 5.0, 5.0], &rules), Some(Withheld::Dominated));
    assert_eq!(dominated(&[50.0, 47.0, 3.0], &rules), Some(Withheld::Dominated));
    assert_eq!(dominated(&[40.0, 35.0, 25.0], &rules), None);
}

/// Answers of a simple sample, by two groups: each entry is (first group, second group, asked, yes).
fn crossed(parts: &[(&str, &str, u64, u64)]) -> (Crossing, Vec<u8>) {
    let rows = || parts.iter().flat_map(|part| (0..part.2).map(move |i| (part, i < part.3)));
    let flags: Vec<u8> = rows().map(|(_, yes)| u8::from(yes)).collect();
    let first = Groups::from_text(rows().map(|(part, _)| part.0));
    let second = Groups::from_text(rows().map(|(part, _)| part.1));
    let design = Design::new(&Plan::simple(), flags.len()).expect("a simple sample");
    let asked = Statistic::Proportion(Values::Flags(&flags));
    let crossing =
        cross(&design, &[("country", &first), ("sex", &second)], asked, &Options::default());
    (crossing.expect("a table"), flags)
}

#[test]
fn a_released_table_cannot_be_subtracted() {
    let (crossing, _) = crossed(&[
        ("A", "men", 60, 20),
        ("A", "women", 12, 2),
        ("B", "men", 70, 30),
        ("B", "women", 40, 15),
        ("C", "men", 80, 30),
        ("C", "women", 50, 15),
    ]);
    let released = release(&crossing, &Rules::default(), &Standard::default());
    let told: Vec<String> = released
        .cells()
        .iter()
        .map(|cell| {
            let groups: Vec<&str> =
                cell.groups.iter().map(|g| g.as_deref().unwrap_or("all")).collect();
            let said = match &cell.figure {
                Ok(figure) => figure.n.to_string(),
                Err(why) => format!("{why:?}"),
            };
            format!("{} {said}", groups.join(" "))
        })
        .collect();
    assert_eq!(
        told,
        [
            "A men Protected",
            "A women Protected",
            "A all 72",
            "B men Protected",
            "B women Protected",
            "B all 110",
            "C men 80",
            "C women 50",
            "C all 130",
            "all men 210",
            "all women 102",
            "all all 312"
        ]
    );
}

/// Two withheld cells whose sum is the total less what is shown are one cell of eight people, and that one is too small.
#[test]
fn what_is_left_of_a_total_is_a_cell_too() {
    let (crossing, _) = crossed(&[
        ("A", "men", 4, 2),
        ("B", "men", 4, 2),
        ("C", "men", 40, 18),
        ("D", "men", 60, 25),
    ]);
    let released = release(&crossing, &Rules::default(), &Standard::default());
    let withheld = |place: usize| released.cells()[2 * place].figure.is_err();
    assert!(withheld(0) && withheld(1), "too few by themselves");
    assert!(withheld(2), "and together, so the smallest of the others goes along");
    assert!(!withheld(3) && !withheld(4));
    // The same over two tables: nothing is left to hide.
    let groups = Groups::from_text(
        [("A", 4), ("B", 4), ("C", 40), ("D", 60)].iter().flat_map(|&(name, n)| [name].repeat(n)),
    );
    let flags: Vec<u8> = [(4, 2), (4, 2), (40, 18), (60, 25)]
        .iter()
        .flat_map(|&(n, yes)| (0..n).map(move |i| u8::from(i < yes)))
        .collect();
    let design = Design::new(&Plan::simple(), flags.len()).expect("a simple sample");
    let table = |shown: &[bool]| Shown { factors: vec![&groups], shown: shown.to_vec() };
    let rules = Rules::default();
    let found = |tables: &[Shown]| {
        differencing(&design, Values::Flags(&flags), tables, &rules).expect("an audit")
    };
    assert_eq!(found(&[table(&[false, false, false, true, true])]), Differencing::default());
    let eight = found(&[table(&[false, false, true, true, true])]);
    assert_eq!((eight.withhold, eight.already), (vec![2], vec![]));
    // The parts come out in two tables, each leaving more than eight.
    let first = table(&[false, false, true, false, true]);
    let second = table(&[false, false, false, true, true]);
    assert_eq!(found(&[first, second]).withhold, [3]);
}

#[test]
fn those_without_a_label_are_counted_in_the_totals() {
    let (crossing, _) = crossed(&[("A", "men", 40, 20), ("A", "", 30, 10), ("B", "men", 50, 25)]);
    let released = release(&crossing, &Rules::default(), &Standard::default());
    assert_eq!(released.factors()[1].groups, ["men", UNLABELLED]);
    let all = released.cells().last().expect("a total").figure.as_ref().expect("safe");
    assert_eq!(all.n, 120);
}

#[test]
fn what_cannot_hide_is_not_released_at_all() {
    let (crossing, _) = crossed(&[("A", "men", 40, 1)]);
    let released = release(&crossing, &Rules::default(), &Standard::default());
    assert!(released.cells().iter().all(|cell| cell.figure.is_err()));
    // Those who hold the data see everything, by a type that no page takes.
    let internal = reveal(&crossing, &Standard::default());
    assert!(internal.cells().iter().all(|cell| cell.figure.is_ok()));
}

#[test]
fn weak_figures_are_flagged() {
    let standard = Standard::default();
    assert_eq!(weaknesses(&figure(1000, 300), &Options::default(), &standard), []);
    assert_eq!(
        weaknesses(&figure(20, 8), &Options::default(), &standard),
        [Weakness::FewPeople, Weakness::WideInterval]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_sensitive_cell_is_recovered(
        inner in proptest::collection::vec(0u8..40, 24),
        three in any::<bool>(),
    ) {
        let groups: &[usize] = if three { &[2, 3, 4] } else { &[4, 6] };
        let inner: Vec<f64> = inner.into_iter().map(f64::from).collect();
        let counts = with_totals(groups, &inner);
        let links = Links::crossing(groups);
        let sensitive: Vec<bool> = counts.iter().map(|count| *count > 0.0 && *count < 4.0).collect();
        // Costs that grow slowly, so that totals are not always spared.
        let costs: Vec<f64> = counts.iter().map(|count| (1.0 + count).ln()).collect();
        let pattern = protect(&Cells::of(&counts, &costs, &sensitive, 5.0), &links, Effort::default()).expect("two dozen cells hide a few");
        for cell in (0..counts.len()).filter(|&cell| sensitive[cell]) {
            let (low, high) = attack(&Cells::of(&counts, &costs, &sensitive, 5.0), &links, &pattern.withheld, cell).expect("bounds");
            prop_assert!(low <= (counts[cell] - 5.0).max(0.0) + 1e-5, "cell {} of {}: {} to {}", cell, counts[cell], low, high);
            prop_assert!(high >= counts[cell] + 5.0 - 1e-5, "cell {} of {}: {} to {}", cell, counts[cell], low, high);
        }
    }
}

/// Which cells of a table are shown, as a register keeps it.
fn shown(released: &Released) -> Vec<bool> {
    released.cells().iter().map(|cell| cell.figure.is_ok()).collect()
}

/// Two tables of the same people by age, cut at 25 in one and at 26 in the other: each is safe, their difference is the people aged 25.
#[test]
fn two_safe_tables_do_not_make_an_unsafe_third() {
    let ages: Vec<u32> = (0..200)
        .map(|i| if i < 4 { 25 } else { 18 + i % 30 })
        .map(|age| if age == 25 { 24 } else { age })
        .collect();
    // Four people are 25; nobody else is.
    let ages: Vec<u32> =
        ages.into_iter().enumerate().map(|(i, age)| if i < 4 { 25 } else { age }).collect();
    let flags: Vec<u8> = (0..200).map(|i| u8::from(i == 1 || i % 3 == 0)).collect();
    let cut = |at: u32| {
        Groups::from_text(ages.iter().map(move |age| if *age < at { "younger" } else { "older" }))
    };
    let design = Design::new(&Plan::simple(), 200).expect("a simple sample");
    let values = Values::Flags(&flags);
    let (first, second) = (cut(25), cut(26));
    let rules = Rules::default();
    let table = |groups: &Groups| {
        let crossing =
            cross(&design, &[("age", groups)], Statistic::Proportion(values), &Options::default());
        release(&crossing.expect("a table"), &rules, &Standard::default())
    };
    let (one, two) = (table(&first), table(&second));
    assert!(shown(&one).iter().chain(&shown(&two)).all(|shown| *shown), "each is safe alone");
    let tables = [
        Shown { factors: vec![&first], shown: shown(&one) },
        Shown { factors: vec![&second], shown: shown(&two) },
    ];
    let found = differencing(&design, values, &tables, &rules).expect("an audit");
    assert!(!found.withhold.is_empty() && found.already.is_empty(), "{found:?}");
    let again = two.without(&found.withhold);
    let tables = [tables[0].clone(), Shown { factors: vec![&second], shown: shown(&again) }];
    assert_eq!(differencing(&design, values, &tables, &rules), Ok(Differencing::default()));
    // The same table once more tells nothing new.
    let twice = [tables[0].clone(), tables[0].clone()];
    assert_eq!(differencing(&design, values, &twice, &rules), Ok(Differencing::default()));
}
