//! The text of a new country file: rows, targets and sources as they are written, and how numbers and places in sources are put.
//! What stands in the rows is decided in `country_new.rs`.

use std::fmt::Write;

use epidemic::parameters::index_of;
use facts::Fact;
use facts::derive::Figure;

use super::{Making, START};

impl Making<'_> {
    pub(super) fn cite(&mut self, source: &str) {
        self.sources.insert(source.to_string());
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.rows.push(format!("\n# {text}."));
    }

    pub(super) fn figure_row(
        &mut self,
        name: &str,
        v: (f64, f64, f64),
        unit: &str,
        f: &Figure,
        note: &str,
    ) {
        let source = f.rests_on[0].source.clone();
        self.cite(&source);
        self.push(name, v, unit, &source, Some(f.year), Some(&locator(f)), note);
    }

    pub(super) fn exact_row(&mut self, name: &str, value: f64, unit: &str, f: &Figure) {
        let source = f.rests_on[0].source.clone();
        self.cite(&source);
        let (year, at) = (f.year, locator(f));
        self.rows.push(format!(
            "{name} = {{ value = {}, unit = {unit:?}, source = {source:?}, year = {year}, locator = {at:?} }}",
            brief(value)
        ));
    }

    pub(super) fn assumed_row(&mut self, name: &str, v: (f64, f64, f64), unit: &str, note: &str) {
        self.push(name, v, unit, "assumed", None, None, note);
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of one row, in their order")]
    pub(super) fn push(
        &mut self,
        name: &str,
        (value, low, high): (f64, f64, f64),
        unit: &str,
        source: &str,
        year: Option<i32>,
        at: Option<&str>,
        note: &str,
    ) {
        debug_assert!(index_of(name).is_some(), "{name}");
        let (value, low, high) = (brief(value), brief(low), brief(high));
        let mut row = format!(
            "{name} = {{ value = {value}, low = {low}, high = {high}, unit = {unit:?}, source = {source:?}"
        );
        if let Some(year) = year {
            let _ = write!(row, ", year = {year}");
        }
        if let Some(at) = at {
            let _ = write!(row, ", locator = {at:?}");
        }
        let _ = write!(row, ", note = {} }}", quoted(note));
        self.rows.push(row);
    }

    pub(super) fn figure_target(
        &mut self,
        measure: &str,
        v: (f64, f64, f64),
        f: &Figure,
        note: &str,
    ) {
        let source = f.rests_on[0].source.clone();
        self.cite(&source);
        let note = format!("figure of {}, {}; {note}", f.year, locator(f));
        self.target(measure, f.year.max(START), v, &source, &note);
    }

    pub(super) fn target(
        &mut self,
        measure: &str,
        year: i32,
        v: (f64, f64, f64),
        source: &str,
        note: &str,
    ) {
        let (value, low, high) = (brief(v.0), brief(v.1), brief(v.2));
        self.targets.push(format!(
            "[[target]]\nmeasure = {measure:?}\nyear = {year}\nvalue = {value}\nlow = {low}\nhigh = {high}\nsource = {source:?}\nnote = {}\n",
            quoted(note)
        ));
    }

    pub(super) fn text(&self, name: &str) -> String {
        let mut text = format!(
            "# {name}: made by `throughcare country new {}` from the figures in data/facts. What no figure says of the\n# country stands in region.toml, and is assumed there. Correct a number here with its source, and it is yours.\n",
            self.code
        );
        for reason in &self.left_out {
            let _ = writeln!(text, "# Not used: {reason}.");
        }
        let _ = write!(
            text,
            "include = [\"region.toml\"]\n\n[country]\ncode = {:?}\nname = {}\nstart = {START}\ncurrency = \"USD\"\n\n[sources]\n",
            self.code,
            quoted(name)
        );
        for source in &self.sources {
            let _ = writeln!(text, "{source} = {}", quoted(&citation(source)));
        }
        text.push_str(
            "\n# National totals by kind; the list of real prisons is not among the figures.\n",
        );
        for (name, kind, capacity) in &self.prisons {
            let _ = write!(
                text,
                "[[prison]]\nname = {name:?}\nkind = {kind:?}\ncapacity = {}\n\n",
                brief(*capacity)
            );
        }
        text.push_str("[parameters]\n");
        text.push_str(self.rows.join("\n").trim_start());
        text.push('\n');
        text.push_str("\n# What the model is held against.\n");
        text.push_str(&self.targets.join("\n"));
        text
    }
}

/// Where a figure stands: `unaids.csv row 2288`.
pub(super) fn locator(figure: &Figure) -> String {
    let one = |fact: &Fact| {
        let file = match fact.source.split('-').next() {
            Some("unaids") => "unaids.csv ",
            Some("unodc") => "unodc.csv ",
            Some("eurostat") => "eurostat.csv ",
            Some("space") => "SPACE ",
            _ => "",
        };
        let at = fact.locator.split(", CTS").next().unwrap_or_default();
        format!("{file}{at}")
    };
    figure.rests_on.iter().map(|f| one(f)).collect::<Vec<_>>().join(" over ")
}

fn citation(source: &str) -> String {
    match source {
        "unaids-gam" => "UNAIDS, AIDSinfo: Global AIDS Monitoring",
        "unaids-gam-hepatitis" => {
            "UNAIDS, AIDSinfo: Global AIDS Monitoring, viral hepatitis in prison"
        }
        "unodc-cts" => "UNODC, Crime Trends Survey: prisons and prisoners",
        "eurostat-crim-pris-age" => "Eurostat, crim_pris_age",
        "space-i-2020" => "Council of Europe, SPACE I 2020 (second-hand)",
        "space-i-2021" => "Council of Europe, SPACE I 2021 (second-hand)",
        "moazen-2018" => "Moazen et al. 2018, Epidemiol Rev 40:58",
        other => other,
    }
    .to_string()
}

/// Three digits that say something; whole numbers whole.
pub(super) fn brief(x: f64) -> String {
    if x == 0.0 || (x.fract() == 0.0 && x.abs() < 1e9) {
        return format!("{x}");
    }
    let digits = 2 - x.abs().log10().floor() as i32;
    if digits <= 0 {
        return format!("{}", x.round());
    }
    let text = format!("{x:.*}", digits as usize);
    let text = text.trim_end_matches('0');
    text.trim_end_matches('.').to_string()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
