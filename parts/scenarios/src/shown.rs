//! An answer in words: each figure no finer than its doubt allows, the change first, and nothing called clear that is not.

use base::language::{Arg, Words};
use serde::Serialize;

use crate::answer::{Answer, Outcome, Range};
use crate::lever::{Lever, Scale};

/// One figure of an answer as a page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    pub id: String,
    pub label: String,
    /// A few letters, for a narrow strip.
    pub short: String,
    /// `better`, `worse`, `unclear` or `none`: a mark and a word, never a colour alone.
    pub way: &'static str,
    pub value: String,
    pub interval: String,
    pub note: String,
}

/// Those that a reader looks for first.
const CARDS: [&str; 5] =
    ["hcv-infections", "hiv-infections", "overdose-deaths", "release-deaths", "dalys"];
/// Those that the headline names.
const HEADLINE: [&str; 3] = ["hcv-infections", "hiv-infections", "overdose-deaths"];

/// The step to which figures of this interval are worth rounding: 1 or 5 of a decade, a quarter of half its width at most.
/// 1,234 (812–1,630) is read as 1,200 (800–1,600).
pub fn step(low: f64, high: f64) -> f64 {
    let most = (high - low).abs() / 8.0;
    if most < 1.0 {
        return 1.0;
    }
    let decade = 10_f64.powf(most.log10().floor());
    if most >= 5.0 * decade { 5.0 * decade } else { decade }
}

fn whole(words: &Words, value: f64, step: f64) -> String {
    words.number((value / step).round() * step + 0.0, 0)
}

/// "800 to 1,600", by the interval's own step.
pub fn interval(words: &Words, range: &Range) -> String {
    let step = step(range.low, range.high);
    between(words, &whole(words, range.low, step), &whole(words, range.high, step))
}

pub fn between(words: &Words, low: &str, high: &str) -> String {
    words.say_with("scenario-between", &[("low", low.into()), ("high", high.into())])
}

/// A count, rounded as its interval allows.
pub fn count(words: &Words, range: &Range) -> String {
    whole(words, range.median, step(range.low, range.high))
}

/// Whether the policy takes away, adds, changes nothing or nothing clear.
pub fn way(averted: &Range) -> &'static str {
    match averted {
        Range { low, high, .. } if *low == 0.0 && *high == 0.0 => "none",
        Range { low, .. } if *low > 0.0 => "fewer",
        Range { high, .. } if *high < 0.0 => "more",
        _ => "unclear",
    }
}

/// "about 1,200 fewer (800 to 1,600)": the change alone and its interval.
pub fn change(words: &Words, averted: &Range) -> (String, String) {
    let way = way(averted);
    let step = step(averted.low, averted.high);
    let n = |value: f64| whole(words, value.abs(), step);
    let value = words.say_with(&format!("scenario-{way}"), &[("n", n(averted.median).into())]);
    let ends = match way {
        "none" => String::new(),
        "fewer" => between(words, &n(averted.low), &n(averted.high)),
        "more" => between(words, &n(averted.high), &n(averted.low)),
        _ => {
            let (fewer, more) = (averted.high.max(0.0), averted.low.min(0.0));
            // An end that rounds to nothing is not worth a word.
            let key = match ((fewer / step).round() == 0.0, (more / step).round() == 0.0) {
                (false, true) => "scenario-up-to-fewer",
                (true, false) => "scenario-up-to-more",
                _ => "scenario-either-way",
            };
            words.say_with(key, &[("fewer", n(fewer).into()), ("more", n(more).into())])
        }
    };
    (value, ends)
}

/// The cards of an answer, always in the same order, so that nothing jumps under a moving hand.
pub fn cards(words: &Words, answer: &Answer) -> Vec<Card> {
    let mut cards: Vec<Card> =
        CARDS.iter().filter_map(|id| answer.outcome(id)).map(|one| card(words, one)).collect();
    cards.push(cost(words, answer));
    cards.push(per_daly(words, answer));
    cards
}

fn card(words: &Words, outcome: &Outcome) -> Card {
    let (value, interval) = change(words, &outcome.averted);
    let expected = &outcome.expected;
    let mut args: Vec<(&str, Arg)> = vec![
        ("expected", count(words, expected).into()),
        ("interval", self::interval(words, expected).into()),
    ];
    let clear = matches!(way(&outcome.averted), "fewer" | "more");
    let share = 100.0 * outcome.averted.mean.abs() / expected.mean.max(f64::MIN_POSITIVE);
    let key = if clear && expected.mean > 0.0 {
        "scenario-of-expected-share"
    } else {
        "scenario-of-expected"
    };
    args.push(("share", words.number(share, u8::from(share < 9.5)).into()));
    Card {
        id: outcome.id.clone(),
        label: words.say(&format!("result-{}", outcome.id)),
        short: words.say(&format!("result-{}-short", outcome.id)),
        way: mark(way(&outcome.averted)),
        value,
        interval,
        note: words.say_with(key, &args),
    }
}

/// Fewer infections, deaths and lost years are better.
fn mark(way: &'static str) -> &'static str {
    match way {
        "fewer" => "better",
        "more" => "worse",
        other => other,
    }
}

fn cost(words: &Words, answer: &Answer) -> Card {
    let extra = &answer.money.extra;
    let saved =
        Range { median: -extra.median, low: -extra.high, high: -extra.low, mean: -extra.mean };
    let way = way(&saved);
    let step = step(extra.low, extra.high);
    let m = |value: f64| money(words, value.abs(), step, &answer.money.currency);
    let value = words.say_with(&format!("scenario-cost-{way}"), &[("n", m(extra.median).into())]);
    let interval = match way {
        "none" => String::new(),
        "fewer" => money_between(words, -extra.high, -extra.low, step, &answer.money.currency),
        "more" => money_between(words, extra.low, extra.high, step, &answer.money.currency),
        _ => words.say_with(
            "scenario-cost-either-way",
            &[("less", m(extra.low.min(0.0)).into()), ("more", m(extra.high.max(0.0)).into())],
        ),
    };
    let yearly = extra.mean / answer.years() as f64;
    let note = words.say_with(
        "scenario-cost-yearly",
        &[("n", money(words, yearly, step / answer.years() as f64, &answer.money.currency).into())],
    );
    Card {
        id: "cost".into(),
        label: words.say("result-cost"),
        short: words.say("result-cost-short"),
        way: if way == "fewer" {
            "better"
        } else if way == "more" {
            "costs"
        } else {
            way
        },
        value,
        interval,
        note,
    }
}

fn per_daly(words: &Words, answer: &Answer) -> Card {
    let money_of = &answer.money;
    let pays = money(words, money_of.willingness, 1.0, &money_of.currency);
    let note = words.say_with(
        "scenario-worth",
        &[("share", words.number(100.0 * money_of.worth, 0).into()), ("pays", pays.into())],
    );
    let nothing = answer.is_status_quo();
    let (value, interval, way) = match &money_of.per_daly {
        _ if nothing => (words.say("scenario-none"), String::new(), "none"),
        Some(range) if range.high < 0.0 => {
            (words.say("scenario-saves-both"), String::new(), "better")
        }
        Some(range) => {
            let step = step(range.low, range.high);
            let m = |value: f64| money(words, value, step, &money_of.currency);
            let ends = money_between(words, range.low, range.high, step, &money_of.currency);
            (m(range.median), ends, "costs")
        }
        None => (words.say("scenario-no-ratio"), String::new(), "unclear"),
    };
    Card {
        id: "per-daly".into(),
        label: words.say("result-per-daly"),
        short: words.say("result-per-daly-short"),
        way,
        value,
        interval,
        note: if nothing { String::new() } else { note },
    }
}

/// "3.4 million USD", "170,000 USD": rounded to `step` and to three digits at most.
pub fn money(words: &Words, value: f64, step: f64, currency: &str) -> String {
    let size = value.abs();
    let digits = if size > 0.0 { 10_f64.powf(size.log10().floor() - 2.0) } else { 1.0 };
    let step = step.max(digits).max(1.0);
    let rounded = (value / step).round() * step + 0.0;
    let (key, shown, decimals) = match rounded.abs() {
        r if r >= 1e9 => ("money-billion", rounded / 1e9, if step >= 1e9 { 0 } else { 1 }),
        r if r >= 1e6 => ("money-million", rounded / 1e6, if step >= 1e6 { 0 } else { 1 }),
        _ => ("money-plain", rounded, 0),
    };
    words.say_with(
        key,
        &[("n", words.number(shown, decimals).into()), ("currency", currency.into())],
    )
}

/// "0.7 to 4.0 million USD": both ends in one unit, which is said once.
pub fn money_between(words: &Words, low: f64, high: f64, step: f64, currency: &str) -> String {
    let most = low.abs().max(high.abs());
    let (key, unit) = match most {
        m if m >= 1e9 => ("money-billion", 1e9),
        m if m >= 1e6 => ("money-million", 1e6),
        _ => ("money-plain", 1.0),
    };
    let digits = if most > 0.0 { 10_f64.powf(most.log10().floor() - 2.0) } else { 1.0 };
    let step = step.max(digits).max(1.0);
    let decimals = u8::from(unit > 1.0 && step < unit);
    let n = |value: f64| words.number(((value / step).round() * step + 0.0) / unit, decimals);
    let both = between(words, &n(low), &n(high));
    words.say_with(key, &[("n", both.into()), ("currency", currency.into())])
}

/// Two digits that count: for a label beside a bar whose whisker says the rest.
pub fn two_digits(words: &Words, value: f64) -> String {
    let size = value.abs();
    if size < 100.0 {
        return words.number(value, 0);
    }
    let step = 10_f64.powf(size.log10().floor() - 1.0);
    words.number((value / step).round() * step + 0.0, 0)
}

/// The message of the answer, in one sentence.
pub fn headline(words: &Words, answer: &Answer) -> String {
    let years = [
        ("years", Arg::from(answer.years())),
        ("first", Arg::Name(answer.first.into())),
        ("until", Arg::Name(answer.until.into())),
    ];
    if answer.is_status_quo() {
        return words.say_with("scenario-headline-status-quo", &years);
    }
    let clear: Vec<String> = HEADLINE
        .iter()
        .filter_map(|id| answer.outcome(id))
        .filter(|one| matches!(way(&one.averted), "fewer" | "more"))
        .map(|one| {
            let n = whole(words, one.averted.median.abs(), step(one.averted.low, one.averted.high));
            let what = words.say(&format!("result-{}-what", one.id));
            let key = format!("scenario-piece-{}", way(&one.averted));
            words.say_with(&key, &[("n", n.into()), ("what", what.into())])
        })
        .collect();
    let mut args = years.to_vec();
    if clear.is_empty() {
        return words.say_with("scenario-headline-unclear", &args);
    }
    args.push(("pieces", join(words, &clear).into()));
    let extra = &answer.money.extra;
    let amount =
        money(words, extra.median.abs(), step(extra.low, extra.high), &answer.money.currency);
    args.push(("money", amount.into()));
    let key = match way(extra) {
        "fewer" => "scenario-headline-costs",
        "more" => "scenario-headline-saves",
        _ => "scenario-headline",
    };
    words.say_with(key, &args)
}

/// How likely hepatitis C incidence meets WHO's target, with the policy and without; nothing where the run ends before its year.
pub fn eliminates(words: &Words, answer: &Answer) -> Option<String> {
    let elimination = answer.elimination.as_ref()?;
    let target = elimination.target("hcv-incidence")?;
    let draws = |share: f64| words.number((100.0 * share).round(), 0);
    let key = match () {
        _ if answer.is_status_quo() => "eliminates-status-quo",
        _ if target.expected.met == target.with_policy.met => "eliminates-same",
        _ => "eliminates-policy",
    };
    let args = [
        ("year", Arg::Name(elimination.year.into())),
        ("expected", draws(target.expected.met).into()),
        ("policy", draws(target.with_policy.met).into()),
    ];
    Some(words.say_with(key, &args))
}

/// The year from which a target stays met, with its interval: "2034", "2031 to after 2046", "not before 2046".
pub fn first_year(words: &Words, first: &[Option<i32>; 3], until: i32) -> (String, String) {
    let year = |year: Option<i32>| match year {
        Some(year) => year.to_string(),
        None => words.say_with("elimination-after", &[("until", Arg::Name(until.into()))]),
    };
    let [low, middle, high] = *first;
    let ends = if low == high { String::new() } else { between(words, &year(low), &year(high)) };
    (year(middle), ends)
}

/// How far the intervals would move with twice as many draws, for the outcome of which most is said.
pub fn steadiness(words: &Words, answer: &Answer) -> Option<String> {
    if answer.is_status_quo() || answer.draws < 2 {
        return None;
    }
    let one = answer.steadiness.iter().find(|one| one.id == "hcv-infections")?;
    let ends = one.low.max(one.high);
    let step = step(-ends, ends);
    let args = [
        ("what", words.say("result-hcv-infections").into()),
        ("middle", whole(words, one.middle, self::step(-one.middle, one.middle)).into()),
        ("ends", whole(words, ends, step).into()),
    ];
    Some(words.say_with("scenario-steady", &args))
}

/// "a, b and c".
pub fn join(words: &Words, pieces: &[String]) -> String {
    match pieces {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => words.say_with(
            "list-and",
            &[("before", before.join(", ").into()), ("last", last.as_str().into())],
        ),
    }
}

/// A lever's value with its unit: "40 %", "4 months".
pub fn setting(words: &Words, lever: &Lever, shown: f64) -> String {
    let n = words.number(shown, u8::from(shown.fract() != 0.0));
    let key = match lever.scale {
        Scale::Percent => "setting-percent",
        Scale::YearlyShare => "setting-yearly",
        Scale::Months => "setting-months",
    };
    words.say_with(key, &[("n", n.into())])
}

/// What was moved, in one line for each lever: "In prison: 6 % → 40 %, 2027 to 2030".
pub fn moves(words: &Words, answer: &Answer) -> Vec<String> {
    answer
        .moves
        .iter()
        .filter_map(|arm| {
            let lever = Lever::find(&arm.lever)?;
            let name = words.say(&format!("lever-{}", lever.id));
            let name = match &arm.prison {
                Some(prison) => words.say_with(
                    "lever-in-prison",
                    &[("name", name.into()), ("prison", prison.as_str().into())],
                ),
                None => name,
            };
            let args: [(&str, Arg); 5] = [
                ("name", name.into()),
                ("now", setting(words, lever, arm.now).into()),
                ("to", setting(words, lever, arm.to).into()),
                ("from", Arg::Name(arm.from.into())),
                ("by", Arg::Name(arm.by.into())),
            ];
            Some(words.say_with(if arm.by > arm.from { "move-line" } else { "move-step" }, &args))
        })
        .collect()
}
