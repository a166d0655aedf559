//! What is known of respondents besides name and address: the prison, the weight of a sample. It stands beside
//! their answers in rounds that are not anonymous, as columns of its own.

use std::collections::{BTreeMap, BTreeSet};

use base::storage::Transaction;
use sqlx::{AnyPool, Row};

/// Details by respondent.
#[derive(Clone, Debug, Default)]
pub struct Known {
    names: BTreeSet<String>,
    values: BTreeMap<(i64, String), String>,
}

impl Known {
    /// The columns: `_prison`, `_weight` …
    pub fn keys(&self) -> Vec<String> {
        self.names.iter().map(|name| format!("_{name}")).collect()
    }

    /// The values of a respondent, one for each column.
    pub fn values_of(&self, respondent: i64) -> Vec<String> {
        let value = |name: &String| self.values.get(&(respondent, name.clone())).cloned();
        self.names.iter().map(|name| value(name).unwrap_or_default()).collect()
    }

    /// One value; empty where there is none.
    pub fn value(&self, respondent: i64, name: &str) -> &str {
        self.values.get(&(respondent, name.to_owned())).map_or("", String::as_str)
    }
}

/// What is known of the respondents of a round.
pub async fn known(pool: &AnyPool, round: &str) -> sqlx::Result<Known> {
    let sql = "SELECT number, name, value FROM respondent_details WHERE round = $1";
    let mut known = Known::default();
    for row in sqlx::query(sql).bind(round).fetch_all(pool).await? {
        let name: String = row.try_get(1)?;
        known.names.insert(name.clone());
        known.values.insert((row.try_get(0)?, name), row.try_get(2)?);
    }
    Ok(known)
}

/// Keeps what a list said of a respondent.
pub async fn keep(
    change: &mut Transaction,
    round: &str,
    number: i64,
    details: &BTreeMap<String, String>,
) -> sqlx::Result<()> {
    for (name, value) in details.iter().filter(|(_, value)| !value.is_empty()) {
        let sql =
            "INSERT INTO respondent_details (round, number, name, value) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (round, number, name) DO UPDATE SET value = excluded.value";
        sqlx::query(sql)
            .bind(round)
            .bind(number)
            .bind(name)
            .bind(value)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}
