//! The evidence table as the model uses it: an effect by its id, with its interval and the setting it was found in.
//! Columns are those of `data/effects.csv`; others are left alone.

use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
    pub setting: String,
    pub source: String,
    pub verified: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Effects(BTreeMap<String, Effect>);

impl Effects {
    /// Reads the table; rows without three numbers (narrative findings) are not for the model.
    ///
    /// # Errors
    /// The text is no CSV, or a column is missing: its name is in the message.
    pub fn read(text: &str) -> Result<Effects, String> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|e| e.to_string())?.clone();
        let column = |name: &str| {
            headers
                .iter()
                .position(|h| h == name)
                .ok_or_else(|| format!("the table of effects has no column {name:?}"))
        };
        let [id, estimate, low, high] =
            [column("id")?, column("estimate")?, column("ci_low")?, column("ci_high")?];
        let [setting, source, verified] =
            [column("setting")?, column("source")?, column("verified")?];
        let mut effects = BTreeMap::new();
        for row in reader.records() {
            let row = row.map_err(|e| e.to_string())?;
            let number = |column: usize| row.get(column).and_then(|t| t.parse::<f64>().ok());
            let text = |column: usize| row.get(column).unwrap_or_default().to_string();
            if let (Some(estimate), Some(low), Some(high)) =
                (number(estimate), number(low), number(high))
            {
                let effect = Effect {
                    estimate,
                    low,
                    high,
                    setting: text(setting),
                    source: text(source),
                    verified: row.get(verified) == Some("yes"),
                };
                effects.insert(text(id), effect);
            }
        }
        Ok(Effects(effects))
    }

    pub fn get(&self, id: &str) -> Option<&Effect> {
        self.0.get(id)
    }
}
