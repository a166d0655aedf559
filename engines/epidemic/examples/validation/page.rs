//! The report as a page: a table of all rows, then each with what went in, what came out, and why.

use std::fmt::Write;

use epidemic::ensemble::Interval;

/// What may be said of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The middle of the draws lies in the published interval, which nothing in the run was taken from.
    Reproduced,
    /// The draws' interval and the published one meet, but the middle lies outside it.
    Meets,
    Missed,
    /// The published figure comes without an interval, and lies in that of the draws.
    Holds,
    /// The figure, or one that gives it, goes into the model: no test of it.
    Input,
    /// Parameters were chosen until it fitted: no test of it.
    Tuned,
    NotTried,
}

impl Verdict {
    /// From the two intervals.
    pub fn of(found: Interval, low: f64, high: f64) -> Verdict {
        if (low..=high).contains(&found.median) {
            Verdict::Reproduced
        } else if found.low <= high && found.high >= low {
            Verdict::Meets
        } else {
            Verdict::Missed
        }
    }

    fn word(self) -> &'static str {
        match self {
            Verdict::Reproduced => "**reproduced**",
            Verdict::Meets => "intervals meet",
            Verdict::Missed => "**not reproduced**",
            Verdict::Holds => "holds the figure",
            Verdict::Input => "an input",
            Verdict::Tuned => "tuned",
            Verdict::NotTried => "not tried",
        }
    }
}

/// One published result beside the model's.
pub struct Finding {
    pub what: &'static str,
    /// As published, with its interval.
    pub published: &'static str,
    pub found: Option<(Interval, usize)>,
    pub verdict: Verdict,
    /// Why it is so, in words an epidemiologist accepts or can reject.
    pub why: String,
}

impl Finding {
    /// A result of draws, with so many decimals, held against an interval.
    pub fn held(
        what: &'static str,
        published: &'static str,
        (low, high): (f64, f64),
        found: Interval,
        decimals: usize,
        why: impl Into<String>,
    ) -> Finding {
        let verdict = Verdict::of(found, low, high);
        Finding { what, published, found: Some((found, decimals)), verdict, why: why.into() }
    }

    /// A result held against a figure without an interval.
    pub fn point(
        what: &'static str,
        published: &'static str,
        figure: f64,
        found: Interval,
        decimals: usize,
        why: impl Into<String>,
    ) -> Finding {
        let holds = (found.low..=found.high).contains(&figure);
        let verdict = if holds { Verdict::Holds } else { Verdict::Missed };
        Finding { what, published, found: Some((found, decimals)), verdict, why: why.into() }
    }

    /// A result that is shown and not held to anything.
    pub fn shown(
        verdict: Verdict,
        what: &'static str,
        published: &'static str,
        found: Interval,
        decimals: usize,
        why: impl Into<String>,
    ) -> Finding {
        Finding { what, published, found: Some((found, decimals)), verdict, why: why.into() }
    }

    /// A row that was not run.
    pub fn without(
        verdict: Verdict,
        what: &'static str,
        published: &'static str,
        why: impl Into<String>,
    ) -> Finding {
        Finding { what, published, found: None, verdict, why: why.into() }
    }
}

/// The rows of one publication.
pub struct Source {
    pub name: &'static str,
    pub address: &'static str,
    /// What of it went in, and how the setting was made.
    pub went_in: &'static str,
    pub findings: Vec<Finding>,
}

pub fn page(sources: &[Source], draws: usize, cpu: f64) -> String {
    let mut text = String::from(HEAD);
    let all: Vec<&Finding> = sources.iter().flat_map(|s| &s.findings).collect();
    let count = |v: Verdict| all.iter().filter(|f| f.verdict == v).count();
    let _ = writeln!(
        text,
        "{} results of {} publications: {} reproduced, {} whose intervals meet, {} that hold a figure without interval, {} not reproduced, {} inputs, {} tuned, {} not tried.\nMade with {draws} draws a row, seed 2024, in {cpu:.0} CPU-seconds.\n",
        all.len(),
        sources.len(),
        count(Verdict::Reproduced),
        count(Verdict::Meets),
        count(Verdict::Holds),
        count(Verdict::Missed),
        count(Verdict::Input),
        count(Verdict::Tuned),
        count(Verdict::NotTried),
    );
    text.push_str("| source | result | published | the model | |\n|---|---|---|---|---|\n");
    for source in sources {
        for f in &source.findings {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                source.name,
                f.what,
                f.published,
                figure(f),
                f.verdict.word()
            );
        }
    }
    for source in sources {
        let _ =
            write!(text, "\n## {}\n\n{}\n\n{}\n\n", source.name, source.address, source.went_in);
        for f in &source.findings {
            let _ = writeln!(text, "- **{}**: {} → {}. {}", f.what, f.published, figure(f), f.why);
        }
    }
    text
}

fn figure(f: &Finding) -> String {
    match f.found {
        None => "–".into(),
        Some((i, d)) => {
            let number = |x: f64| format!("{x:.d$}").replace('-', "−");
            format!("{} ({} to {})", number(i.median), number(i.low), number(i.high))
        }
    }
}

const HEAD: &str = "# Published results the model is held against

Made by `cargo run --release -p throughcare-epidemic --example validation > docs/validation.md`; do not edit by hand.

For each published result the model is set to the population it speaks of (`engines/epidemic/examples/settings`), with what
the publication's abstract says of it and wide assumptions for the rest; the same question is put to it, and the answer set
beside the published one. Intervals of the model are the middle 95 % over draws of all uncertain parameters.

How to read the last column: *reproduced* means that the middle of the draws lies in the published interval and nothing of the
result went in. *Intervals meet* is weaker: wide assumptions alone can bring it about. *Holds the figure* is as weak: the publication's
abstract gives no interval, and the figure lies in the model's. *An input* and *tuned* are no tests at
all: the figure, or parameters chosen to give it, went in; they are listed so that nobody takes the agreement for evidence.
Most publications are themselves models. To agree with them says that two models of one kind agree, not that either is right;
the measured rows (deaths after release, prevalence in prison) weigh more. None of the settings is a fit to the data behind the
publication: these are not in this repository.

";
