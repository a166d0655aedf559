//! B1 in ixa: SIS by events. Who is infectious meets somebody at rate β and recovers at rate γ; each is a plan.
//! Prints: name, CPU-seconds of the run, share infected at the end, plans carried out.

use std::cell::Cell;

use ixa::prelude::*;
use rand_distr::Exp;

const BETA: f64 = 0.02;
const GAMMA: f64 = 0.01;

define_entity!(Person);
define_property!(struct Infectious(bool), Person, default_const = Infectious(false));
define_rng!(Chance);

thread_local! {
    static PLANS: Cell<u64> = const { Cell::new(0) };
    static INFECTED: Cell<u64> = const { Cell::new(0) };
    static END: Cell<f64> = const { Cell::new(0.0) };
}

fn count<const BY: i64>() {
    INFECTED.with(|c| c.set(c.get().wrapping_add_signed(BY)));
}

fn wait(context: &Context, rate: f64) -> f64 {
    context.get_current_time() + context.sample_distr(Chance, Exp::new(rate).unwrap())
}

fn plan(context: &mut Context, at: f64, what: impl FnOnce(&mut Context) + 'static) {
    if at < END.get() {
        context.add_plan(at, move |context| {
            PLANS.with(|c| c.set(c.get() + 1));
            what(context);
        });
    }
}

fn infect(context: &mut Context, person: PersonId) {
    context.set_property(person, Infectious(true));
    count::<1>();
    let recovers = wait(context, GAMMA);
    plan(context, recovers, move |context| {
        context.set_property(person, Infectious(false));
        count::<-1>();
    });
    meet(context, recovers);
}

/// The next meeting of somebody infectious until `recovers`.
fn meet(context: &mut Context, recovers: f64) {
    let at = wait(context, BETA);
    if at < recovers {
        plan(context, at, move |context| {
            let other: PersonId = context.sample_entity(Chance, Person).unwrap();
            let Infectious(already) = context.get_property(other);
            if !already {
                infect(context, other);
            }
            meet(context, recovers);
        });
    }
}

fn main() {
    let number = |n: usize| std::env::args().nth(n).and_then(|a| a.parse::<u64>().ok()).unwrap();
    let (people, days) = (number(1), number(2));
    let begun = cpu_seconds();
    END.set(days as f64);
    let mut context = Context::new();
    context.init_random(1);
    let all: Vec<PersonId> = (0..people).map(|_| context.add_entity(Person).unwrap()).collect();
    for &person in all.iter().take(people as usize / 10) {
        infect(&mut context, person);
    }
    context.execute();
    let share = INFECTED.get() as f64 / people as f64;
    println!("ixa 4.0.0\t{}\t{share}\t{}", cpu_seconds() - begun, PLANS.get());
}

/// CPU time of this process from the kernel. Linux only.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}
