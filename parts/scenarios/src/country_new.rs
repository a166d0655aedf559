//! `country new XXX`: a country file for the model, made from the published figures and the region's assumptions.
//! Every number of it says from which figure it comes, or that it is assumed; a figure that cannot be true is left out and said.

#[path = "country_text.rs"]
mod text;

use std::collections::BTreeSet;
use std::fmt::Write;

use epidemic::parameters::SPECS;
use epidemic::{Basis, Country, Given};
use facts::derive::{Figure, Figures, wilson};
use facts::{Fact, places};

use crate::model;
use text::{brief, locator};

/// Share of people held who need what people who inject need, and its range: data/assumptions.csv.
const NEED: (f64, f64, f64) = (0.173, 0.0865, 0.346);

/// The size of a survey whose interval was not published with its figure; a cluster design of some 800 people.
const EFFECTIVE_SAMPLE: f64 = 400.0;

/// The year at whose beginning a run starts. UNAIDS's figures in `data/facts` end in 2018.
const START: i32 = 2018;

/// Figures of later years are of another time, the pandemic's among them.
const LATEST: i32 = 2019;

/// A country file and what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCountry {
    /// The text of `XXX.toml`; it includes `region.toml`.
    pub file: String,
    /// One line for each number of the model, in the order of its list.
    pub numbers: Vec<Number>,
    /// Figures that were there and were not used, each with the reason.
    pub left_out: Vec<String>,
}

/// One number of the model and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    pub name: &'static str,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub unit: &'static str,
    /// `unaids-gam 2017 (unaids.csv row 2288)`, `assumed, region.toml`.
    pub basis: String,
    pub assumed: bool,
}

impl NewCountry {
    /// How many numbers rest on no source.
    pub fn assumed(&self) -> usize {
        self.numbers.iter().filter(|n| n.assumed).count()
    }

    /// The report that the command prints.
    pub fn report(&self) -> String {
        let mut text = String::new();
        for n in &self.numbers {
            let interval = if n.low < n.high {
                format!(" ({} to {})", brief(n.low), brief(n.high))
            } else {
                String::new()
            };
            let value = format!("{}{interval} {}", brief(n.value), n.unit);
            let _ = writeln!(text, "{:<28} {value:<44} {}", n.name, n.basis);
        }
        for reason in &self.left_out {
            let _ = writeln!(text, "not used: {reason}");
        }
        let (assumed, all) = (self.assumed(), self.numbers.len());
        let _ = writeln!(text, "{assumed} of {all} numbers are assumed: replace them by your own");
        text
    }
}

/// Makes the file of a country (`MDA`) from facts.
///
/// # Errors
/// The place is not known, or one of the figures is missing without which there is no model of it; both are named.
pub fn country_new(code: &str, facts: &[Fact]) -> Result<NewCountry, String> {
    let Some(place) = places().get(code) else {
        return Err(format!(
            "there is no place {code:?}; give a code of three letters, such as MDA"
        ));
    };
    let of_place: Vec<Fact> = facts.iter().filter(|f| f.place == code).cloned().collect();
    let mut new = Making::new(Figures::new(&of_place), code);
    let basics = new.basics(&place.name_en)?;
    if !place.focus {
        new.left_out.push(format!(
            "{} lies outside eastern Europe and the Balkans, whose assumptions region.toml holds: replace them first",
            place.name_en
        ));
    }
    new.people(&basics);
    new.justice(&basics);
    new.services(&basics);
    new.infection(&basics);
    let file = new.text(&place.name_en);
    let left_out = new.left_out;
    let numbers = numbers(code, &file)?;
    Ok(NewCountry { file, numbers, left_out })
}

/// What every file needs.
struct Basics {
    people: f64,
    held: f64,
    women: f64,
}

struct Making<'a> {
    figures: Figures<'a>,
    code: &'a str,
    prisons: Vec<(&'static str, &'static str, f64)>,
    /// Heading or parameter, as it stands in the file.
    rows: Vec<String>,
    targets: Vec<String>,
    left_out: Vec<String>,
    sources: BTreeSet<String>,
}

impl<'a> Making<'a> {
    fn new(figures: Figures<'a>, code: &'a str) -> Making<'a> {
        Making {
            figures,
            code,
            prisons: Vec::new(),
            rows: Vec::new(),
            targets: Vec::new(),
            left_out: Vec::new(),
            sources: BTreeSet::new(),
        }
    }

    /// The latest figure that may be used, of the years that count. A zero that may stand for "not measured" is none.
    fn latest(&self, indicator: &str, group: &str) -> Option<Figure<'a>> {
        let series = self.figures.series(self.code, indicator, group);
        series.into_iter().rfind(|f| f.usable() && f.year <= LATEST)
    }

    fn basics(&mut self, name: &str) -> Result<Basics, String> {
        let missing = |what: &str, id: &str| {
            format!(
                "{name} has no usable figure of {what} ({id}): without it there is no model of the country"
            )
        };
        let people = self.latest("people_who_inject", "total");
        let people = people.ok_or_else(|| missing("people who inject", "people_who_inject"))?;
        let held = self.latest("persons_held", "total");
        let held = held.ok_or_else(|| missing("people held", "persons_held"))?;
        let women = self.women();
        self.heading("People");
        let others: Vec<f64> = self
            .figures
            .series(self.code, "people_who_inject", "total")
            .iter()
            .filter(|f| f.usable() && (people.year - 6..=LATEST).contains(&f.year))
            .map(|f| f.value)
            .collect();
        let low = others.iter().copied().fold(0.75 * people.value, f64::min);
        let high = others.iter().copied().fold(1.35 * people.value, f64::max);
        let note = "the estimate's own interval is not published with it; this one reaches from 0.75 to 1.35 times and over the estimates of six years";
        self.figure_row("people_current", (people.value, low, high), "persons", &people, note);
        let basics = Basics { people: people.value, held: held.value, women: women.unwrap_or(0.2) };
        self.exact_row("persons_held", held.value, "persons", &held);
        Ok(basics)
    }

    /// The share of women, where HIV is published of women, of men and of all: all is the mean of the two.
    fn women(&self) -> Option<f64> {
        let series = self.figures.series(self.code, "hiv_prevalence_pwid", "total");
        series.iter().rev().filter(|f| f.usable() && f.year <= LATEST).find_map(|all| {
            let of = |group| self.figures.best(self.code, "hiv_prevalence_pwid", group, all.year);
            let (women, men) = (of("female")?, of("male")?);
            let both = women.usable() && men.usable() && (women.value - men.value).abs() > 1.0;
            let share = (all.value - men.value) / (women.value - men.value);
            (both && (0.03..0.5).contains(&share)).then_some(share)
        })
    }

    fn people(&mut self, b: &Basics) {
        if self.women().is_some() {
            let s = b.women;
            let note = "from HIV in women, in men and in all people who inject, in the survey of hiv_start or the one before";
            self.assumed_row("women", (s, 0.6 * s, (1.6 * s).min(0.6)), "proportion", note);
        }
        let n = b.people;
        let note = "two for five who inject, as in the model of Moldova; not counted anywhere";
        self.assumed_row("people_former", (0.4 * n, 0.2 * n, 0.8 * n), "persons", note);
        let note = "about what keeps the number of people who inject: six new for a hundred";
        self.assumed_row("new_people", (0.06 * n, 0.035 * n, 0.095 * n), "persons per year", note);
    }

    fn justice(&mut self, b: &Basics) {
        self.heading("Justice");
        let inside = NEED.0 * b.held;
        let share = inside / b.people;
        let note = format!(
            "17.3 % (eastern Europe and central Asia) of {} held, over {} who inject; interval: half to twice",
            brief(b.held),
            brief(b.people)
        );
        self.cite("moazen-2018");
        let (low, high) = (share / 2.0, (share * 2.0).min(0.9));
        self.push(
            "in_prison_start",
            (share, low, high),
            "proportion",
            "moazen-2018",
            Some(2018),
            None,
            &note,
        );

        let unsentenced = self.latest("persons_unsentenced", "total");
        let entering = self.latest("persons_entering_unsentenced", "total");
        let mut remand = 0.4;
        if let (Some(stock), Some(flow)) = (&unsentenced, &entering)
            && flow.value > 0.0
        {
            remand = (stock.value / flow.value).clamp(0.05, 2.0);
            let note = format!(
                "{} held unsentenced ({}) over {} entering unsentenced in {}; interval assumed",
                brief(stock.value),
                stock.year,
                brief(flow.value),
                flow.year
            );
            let range = (remand, 0.6 * remand, 1.7 * remand);
            self.figure_row("remand_length", range, "years", stock, &note);
        }
        let mut stay = remand + 0.75 * 2.0;
        if let Some(flow) = self.latest("persons_entering", "total")
            && let Some(stock) = self.best_near("persons_held", flow.year)
            && flow.value > 0.0
        {
            let all = stock.value / flow.value;
            let sentence = ((all - remand) / 0.75).clamp(0.15, 6.0);
            stay = remand + 0.75 * sentence;
            let note = format!(
                "{} held over {} entering in {} is a mean stay of {} years, remand included; three in four on remand are sentenced",
                brief(stock.value),
                brief(flow.value),
                flow.year,
                brief(all)
            );
            let range = (sentence, 0.5 * sentence, 1.9 * sentence);
            self.assumed_row("sentence_drug", range, "years", &note);
            self.assumed_row("sentence_other", range, "years", "as for drug offences");
        }
        // Entries of people who inject, over those who can be arrested, as each is likely to be: three in ten were
        // imprisoned before and are arrested three times as often, women 0.35 times, people who stopped 0.3 times.
        let at_risk = (b.people - inside).max(0.3 * b.people) + 0.3 * 0.4 * b.people;
        let rate = inside / stay / (at_risk * 1.6 * (1.0 - 0.65 * b.women));
        let note = format!(
            "what keeps {} people who inject in prison at a mean stay of {} years",
            brief(inside),
            brief(stay)
        );
        self.assumed_row("arrest_rate", (rate, rate / 2.0, rate * 2.0), "per year", &note);
        if let Some(drug) = self.latest("drug_law_share", "total").filter(|f| f.value > 0.0) {
            let s = drug.value / 100.0;
            let note = format!(
                "{} % of people held in {} for drug acts; half as many again among people who inject",
                brief(drug.value),
                drug.year
            );
            let range = ((1.5 * s).min(0.7), (0.8 * s).min(0.5), (3.0 * s).min(0.9));
            self.assumed_row("drug_offences", range, "proportion", &note);
        }
        self.prisons = self.kinds(b, unsentenced.as_ref());
        let note = format!("17.3 % of {} held; range of the assumption", brief(b.held));
        let t = (inside, NEED.1 * b.held, NEED.2 * b.held);
        self.target("modelled_people_in_prison", START, t, "moazen-2018", &note);
    }

    /// National totals by kind, as sizes of places.
    fn kinds(
        &self,
        b: &Basics,
        unsentenced: Option<&Figure>,
    ) -> Vec<(&'static str, &'static str, f64)> {
        let women = self.latest("persons_held", "female").map(|f| f.value).filter(|&w| w > 0.0);
        let remand = unsentenced.map(|f| f.value).filter(|r| (1.0..b.held).contains(r));
        let mut kinds = Vec::new();
        let rest = b.held - women.unwrap_or(0.0) - remand.unwrap_or(0.0);
        match remand {
            Some(remand) if rest > 0.0 => {
                kinds.push(("Remand prisons", "remand", remand));
                kinds.push(("Prisons for sentenced men", "sentenced", rest));
            }
            _ => kinds.push(("All prisons", "general", b.held - women.unwrap_or(0.0))),
        }
        if let Some(women) = women {
            kinds.push(("Women's prisons", "women", women));
        }
        kinds
    }

    fn services(&mut self, b: &Basics) {
        self.heading("Services");
        if let Some(f) = self.latest("oat_coverage_community", "total").filter(|f| f.value > 0.0) {
            let s = (f.value / 100.0).min(0.9);
            let range = (s, 0.8 * s, (1.25 * s).min(0.93));
            let note = "a register over an estimate; interval assumed";
            self.figure_row("oat_community", range, "proportion", &f, note);
            self.figure_target("oat_among_current", range, &f, note);
        }
        if let Some(f) = self.latest("oat_people_prison", "total").filter(|f| f.value > 0.0) {
            let inside = NEED.0 * b.held;
            let s = (f.value / inside).min(0.85);
            let note = format!(
                "{} people on treatment over 17.3 % of {} held; may count all of a year, not of a day; half to twice",
                brief(f.value),
                brief(b.held)
            );
            let range = (s, s / 2.0, (s * 2.0).min(0.93));
            self.figure_row("oat_prison", range, "proportion", &f, &note);
            let n = f.value;
            let note = "a count of one year; interval assumed";
            self.figure_target("on_oat_in_prison", (n, n / 1.5, n * 1.5), &f, note);
        }
        if let Some(f) =
            self.latest("needles_per_person_community", "total").filter(|f| f.value > 0.0)
        {
            let s = (f.value / 200.0).clamp(0.01, 0.8);
            let note = format!(
                "{} needles a person in {}, over the 200 that WHO calls high",
                brief(f.value),
                f.year
            );
            let range = (s, s / 2.0, (1.6 * s).min(0.93));
            self.assumed_row("needles_community", range, "proportion", &note);
        }
    }

    fn infection(&mut self, b: &Basics) {
        self.heading("Infection, at the start");
        let hiv = self.hiv_outside(b);
        if let Some((share, ref f, ref how)) = hiv {
            let range = sampled(share);
            self.figure_row("hiv_start", range, "proportion", f, how);
            self.figure_target("hiv_among_current", range, f, how);
        } else {
            let note =
                "surveys report none found; a prevalence of less than 1 % is what they can miss";
            self.assumed_row("hiv_start", (0.003, 0.0005, 0.012), "proportion", note);
        }
        let hiv = hiv.map_or(0.003, |(share, ..)| share);
        let hcv = self.hcv_outside(hiv);
        let hcv = hcv.unwrap_or(0.5);
        self.held("hiv_prevalence_prison", "hiv_among_held", Some("hiv_held_others"), hiv);
        self.held("hcv_prevalence_prison", "hcv_antibody_among_held", None, hcv);
        let n = b.people;
        let note = "as many as at the start; no later estimate is among the facts";
        self.target("people_injecting", START + 4, (n, 0.75 * n, 1.35 * n), "assumed", note);
    }

    /// HIV among people who inject: of all, or of women and men together where a later survey gives only these.
    fn hiv_outside(&self, b: &Basics) -> Option<(f64, Figure<'a>, String)> {
        let id = "hiv_prevalence_pwid";
        let plain = "the survey's interval is not published with it; as of a sample of 400";
        let all = self.latest(id, "total").filter(|f| f.value > 0.0);
        let (women, men) = (self.latest(id, "female"), self.latest(id, "male"));
        if let (Some(women), Some(men)) = (women, men)
            && women.year == men.year
            && all.as_ref().is_none_or(|f| f.year < men.year)
        {
            let share = (b.women * women.value + (1.0 - b.women) * men.value) / 100.0;
            let how = format!(
                "{} % in women, {} % in men, no figure of all: {} % women; {plain}",
                brief(women.value),
                brief(men.value),
                brief(100.0 * b.women)
            );
            return Some((share, men, how));
        }
        all.map(|f| (f.value / 100.0, f, plain.to_string()))
    }

    /// HCV among people who inject, if it can be. Gives what was taken.
    fn hcv_outside(&mut self, hiv: f64) -> Option<f64> {
        let f = self.latest("hcv_prevalence_pwid", "total").filter(|f| f.value > 0.0)?;
        let share = f.value / 100.0;
        if share <= hiv || share < 0.05 {
            self.left_out.push(format!(
                "hepatitis C among people who inject, {} % in {} ({}): sharing passes it on some ten times as easily as HIV ({} %), so a lower or near-zero figure counts something else, such as both infections together",
                brief(f.value),
                f.year,
                locator(&f),
                brief(100.0 * hiv)
            ));
            return None;
        }
        let mut range = sampled(share);
        let mut note =
            "the survey's interval is not published with it; as of a sample of 400".to_string();
        for other in self.figures.series(self.code, "hcv_prevalence_pwid", "total") {
            let other_share = other.value / 100.0;
            if other.usable() && other.year < f.year && other_share > hiv.max(0.05) {
                range.1 = range.1.min(other_share);
                range.2 = range.2.max(other_share);
                let _ = write!(note, "; reaches the {} % of {}", brief(other.value), other.year);
            }
        }
        self.figure_row("hcv_start", range, "proportion", &f, &note);
        self.figure_target("hcv_antibody_among_current", range, &f, &note);
        Some(share)
    }

    /// A prevalence of everyone held as a target, if people who inject alone do not bring in more.
    fn held(&mut self, id: &str, measure: &str, others: Option<&'static str>, outside: f64) {
        let Some(f) = self.latest(id, "total").filter(|f| f.value > 0.0) else { return };
        let share = f.value / 100.0;
        let least = NEED.1 * outside;
        if share < least {
            self.left_out.push(format!(
                "{id}, {} % in {} ({}): people held who inject bring in {} % alone, at the lowest share of them; it may count those tested or treated",
                brief(f.value),
                f.year,
                locator(&f),
                brief(100.0 * least)
            ));
            return;
        }
        let mut range = sampled(share);
        let mut note = "interval assumed, as of a sample of 400".to_string();
        for other in self.figures.all(self.code, id).filter(|o| o.group == "total" && o.usable()) {
            let other_share = other.value / 100.0;
            if (f.year - 3..=LATEST).contains(&other.year) && other_share > least {
                range.1 = range.1.min(other_share);
                range.2 = range.2.max(other_share);
            }
            if other_share != share && (range.1 == other_share || range.2 == other_share) {
                let _ = write!(note, "; reaches the {} % of {}", brief(other.value), other.year);
            }
        }
        self.figure_target(measure, range, &f, &note);
        let rest = (share - NEED.0 * outside) / (1.0 - NEED.0);
        if let Some(others) = others
            && rest > 0.0005
        {
            let note = "what is left of the prevalence in prison when 17.3 % held have that of people who inject";
            self.assumed_row(others, (rest, rest / 3.0, (rest * 2.0).min(0.3)), "proportion", note);
        }
    }

    fn best_near(&self, id: &str, year: i32) -> Option<Figure<'a>> {
        let series = self.figures.series(self.code, id, "total");
        series.into_iter().filter(Figure::usable).min_by_key(|f| (f.year - year).abs())
    }
}

/// A share with the interval of a survey of [`EFFECTIVE_SAMPLE`] people.
pub(crate) fn sampled(share: f64) -> (f64, f64, f64) {
    let found = (share * EFFECTIVE_SAMPLE).round() as u64;
    let (low, high) = wilson(found, EFFECTIVE_SAMPLE as u64).unwrap_or((share / 2.0, share * 2.0));
    // Less than one in the sample: its own interval begins at 0, which no share on a log scale does.
    (share, low.min(share * 0.95).max(share / 10.0), high.max(share * 1.05))
}

/// Reads the file back, as every reader of it will, and says of each number where it comes from.
fn numbers(code: &str, file: &str) -> Result<Vec<Number>, String> {
    let name = format!("{code}.toml");
    let find = |wanted: &str| {
        if wanted == name { Some(file.to_string()) } else { model::text(wanted) }
    };
    let (country, problems) = Country::read(&name, &find, model::effects()?);
    let said = || problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let country = country.ok_or_else(said)?;
    let number = |(spec, given): (&epidemic::parameters::Spec, &Given)| {
        let d = given.distribution;
        Number {
            name: spec.name,
            value: d.median(),
            low: d.quantile(0.025),
            high: d.quantile(0.975),
            unit: spec.unit.word(),
            basis: basis(given),
            assumed: given.basis == Basis::Assumed,
        }
    };
    Ok(SPECS.iter().zip(&country.given).map(number).collect())
}

fn basis(given: &Given) -> String {
    match &given.basis {
        Basis::Source { source, year, locator } => {
            let mut text = source.clone();
            if let Some(year) = year {
                let _ = write!(text, " {year}");
            }
            if let Some(locator) = locator {
                let _ = write!(text, " ({locator})");
            }
            if given.unchecked {
                text.push_str(", from memory: check before release");
            }
            text
        }
        Basis::Effect { id, .. } => format!("effect {id}"),
        Basis::Design => "a choice of design".into(),
        Basis::Assumed => format!("assumed, {}", given.file),
    }
}
