//! A job killed in the middle: nothing finished is run again or lost, and the table is the same; other bytes are refused and named.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use epidemic::checkpoint::{Refused, checkpoint_record};
use epidemic::{Checkpoint, Country, Ensemble, Plan, Scenario, Seed};
use expect_test::expect;

use crate::coupling::oat_in_prison;
use crate::moldova::moldova;

fn arms(country: &Country) -> [Scenario; 2] {
    [Scenario::status_quo(), oat_in_prison(country, 0.4)]
}

fn plan<'a>(country: &'a Country, arms: &'a [Scenario]) -> Plan<'a> {
    let mut plan = Plan::prior(country, arms, Seed(12), 9, 7);
    plan.share = 0.02;
    plan
}

/// Runs until `draws` are on disk, as a job would, and then is no more.
fn killed_after(plan: &Plan, draws: usize, file: &Mutex<Vec<u8>>) -> Ensemble {
    let checkpoint = Checkpoint::read(plan, &file.lock().unwrap()).unwrap();
    {
        let mut file = file.lock().unwrap();
        if file.is_empty() {
            file.extend(plan.checkpoint_head());
        } else {
            file.truncate(checkpoint.whole_bytes);
        }
    }
    let done = AtomicUsize::new(0);
    plan.resume(checkpoint, &|draw| {
        file.lock().unwrap().extend(checkpoint_record(draw));
        done.fetch_add(1, Ordering::Relaxed) + 1 < draws
    })
}

#[test]
fn a_job_killed_twice_gives_the_table_of_one_that_was_not() {
    let country = moldova();
    let arms = arms(&country);
    let plan = plan(&country, &arms);
    let whole = plan.run(&|_| true);
    let file = Mutex::new(Vec::new());
    assert!(!killed_after(&plan, 2, &file).complete);
    // kill -9 in the middle of a write.
    let cut = file.lock().unwrap().len() - 1000;
    file.lock().unwrap().truncate(cut);
    let kept = Checkpoint::read(&plan, &file.lock().unwrap()).unwrap();
    assert!(kept.finished() >= 1 && kept.torn_bytes > 0);
    let two = killed_after(&plan, 2, &file);
    assert!(!two.complete && two.draws.len() > kept.finished());
    let finished = Checkpoint::read(&plan, &file.lock().unwrap()).unwrap().finished();
    let run_again = AtomicUsize::new(0);
    let checkpoint = Checkpoint::read(&plan, &file.lock().unwrap()).unwrap();
    let last = plan.resume(checkpoint, &|_| {
        run_again.fetch_add(1, Ordering::Relaxed);
        true
    });
    assert_eq!(run_again.load(Ordering::Relaxed), 7 - finished, "finished draws are not run again");
    assert_eq!(last, whole);
    assert_eq!(last.csv(), whole.csv());
    assert!(file.lock().unwrap().len() <= plan.outcome_bytes() + plan.checkpoint_head().len());
}

#[test]
fn a_part_of_a_plan_is_its_own_plan() {
    let country = moldova();
    let arms = arms(&country);
    let plan = plan(&country, &arms);
    let part = plan.part(3, 5);
    let mut bytes = part.checkpoint_head();
    let done = part.run(&|_| true);
    done.draws.iter().for_each(|draw| bytes.extend(checkpoint_record(draw)));
    let read = Checkpoint::read(&part, &bytes).unwrap();
    assert_eq!(part.resume(read, &|_| panic!("nothing is left to run")), done);
    assert!(matches!(Checkpoint::read(&plan, &bytes), Err(Refused::OtherPlan { .. })));
}

#[test]
fn what_is_not_of_this_plan_is_refused_and_named() {
    let country = moldova();
    let arms = arms(&country);
    let plan = plan(&country, &arms);
    let mut bytes = plan.checkpoint_head();
    let draws = plan.part(0, 2).run(&|_| true).draws;
    draws.iter().for_each(|draw| bytes.extend(checkpoint_record(draw)));
    assert_eq!(Checkpoint::read(&plan, &bytes).unwrap().finished(), 2);
    let text = String::from_utf8_lossy(&plan.checkpoint_head()).into_owned();
    let refused = |bytes: &[u8]| Checkpoint::read(&plan, bytes).unwrap_err();
    let mut said = String::new();
    let mut damaged = bytes.clone();
    damaged[plan.checkpoint_head().len() + 40] ^= 1;
    for bytes in [
        b"PAR1".to_vec(),
        text.replace("ensemble 1", "ensemble 9").into_bytes(),
        text.replace("engine 0", "engine 9").into_bytes(),
        text.replace("plan ", "plan 0").into_bytes(),
        damaged,
    ] {
        said.push_str(&format!("{}\n", refused(&bytes)));
    }
    let said = said.replace(&plan.hash().to_string(), "<hash>");
    expect![[r#"
        this is not a checkpoint of an ensemble: remove it and run from the start
        the checkpoint has format 9, this version reads 1: finish it with the version that wrote it, or run from the start
        the checkpoint is of engine 9.1.0 (results 2), this is 0.1.0 (results 2), which may give other figures: run from the start
        the checkpoint is of plan 0<hash>, this is plan <hash>: another country, policy, seed, set of draws or number of years; give it another name, or run from the start
        record 1 of the checkpoint does not agree with its checksum: the file was damaged; run from the start
    "#]].assert_eq(&said);
    // Any change of what went in is another plan.
    let mut other = plan.clone();
    other.draws[6].hcv_per_share *= 1.0 + 1e-15;
    assert_ne!(other.hash(), plan.hash());
    assert_ne!(Plan { years: 10, ..plan.clone() }.hash(), plan.hash());
    assert_ne!(Plan { seed: Seed(13), ..plan.clone() }.hash(), plan.hash());
    assert_eq!(plan.clone().hash(), plan.hash());
}

#[test]
fn a_scenario_reads_back_from_its_own_text() {
    let country = moldova();
    let mut scenario = oat_in_prison(&country, 0.4);
    scenario.name = "quotes \" and \\ and é\nand a line".into();
    let (again, problems) = Scenario::read("again.toml", &scenario.toml(), &country);
    assert_eq!(problems, vec![]);
    assert_eq!(again.unwrap(), scenario);
}
