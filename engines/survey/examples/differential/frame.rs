//! A CSV file by columns, and what one row of designs.csv says.

use std::collections::BTreeMap;
use std::path::Path;

use survey::Groups;

/// A file by columns.
pub struct Frame(BTreeMap<String, Vec<String>>);

impl Frame {
    pub fn read(path: &Path) -> Result<Frame, Box<dyn std::error::Error>> {
        let mut reader = csv::Reader::from_path(path)?;
        let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for record in reader.records() {
            for (name, field) in names.iter().zip(record?.iter()) {
                let field = if field == "NA" { "" } else { field };
                columns.entry(name.clone()).or_default().push(field.to_owned());
            }
        }
        Ok(Frame(columns))
    }

    pub fn rows(&self) -> usize {
        self.0["w"].len()
    }

    pub fn numbers(&self, name: &str) -> Vec<f64> {
        self.0[name].iter().map(|text| text.parse().unwrap_or(f64::NAN)).collect()
    }

    pub fn groups(&self, name: &str) -> Groups {
        Groups::from_text(self.0[name].iter().map(String::as_str))
    }

    /// The columns `r1`, `r2`, …
    pub fn replicates(&self) -> Vec<Vec<f64>> {
        (1..)
            .map(|k| format!("r{k}"))
            .take_while(|name| self.0.contains_key(name))
            .map(|name| self.numbers(&name))
            .collect()
    }
}

/// One row of designs.csv; every field is a word or a number.
pub struct Spec(BTreeMap<String, String>);

impl Spec {
    pub fn read_all(path: &Path) -> Result<Vec<Spec>, Box<dyn std::error::Error>> {
        let mut reader = csv::Reader::from_path(path)?;
        let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let spec = |record: csv::StringRecord| {
            Spec(names.iter().cloned().zip(record.iter().map(str::to_owned)).collect())
        };
        Ok(reader.into_records().collect::<Result<Vec<_>, _>>()?.into_iter().map(spec).collect())
    }

    pub fn word(&self, name: &str) -> &str {
        &self.0[name]
    }

    pub fn number(&self, name: &str) -> f64 {
        self.0[name].parse().unwrap_or(f64::NAN)
    }

    pub fn is(&self, name: &str) -> bool {
        self.0[name] == "1"
    }
}
