//! What a data set's own page says of it: who asked, on which terms it may be used, how to cite it. It is written by those who hold the
//! data; what they leave out is said to be missing, and never guessed.

use base::storage::Transaction;
use base::{Fields, Words};
use sqlx::{AnyPool, Row};

use crate::store::DataSet;

/// A data set as it is presented.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Who answers for it: a body.
    pub publisher: String,
    /// Who made it, one a line.
    pub creators: String,
    /// One of [`LICENCES`]; empty where nothing was decided.
    pub licence: String,
    /// How to cite it; made of the rest where it is empty.
    pub citation: String,
    /// An address for questions.
    pub contact: String,
    /// Who was asked, where and how.
    pub methods: String,
    /// First and last day of asking, ISO 8601.
    pub from_day: String,
    pub until_day: String,
}

/// Terms of use: the word, its address.
pub const LICENCES: [(&str, &str); 4] = [
    ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC-BY-NC-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    ("by-agreement", ""),
];

/// Longest text of a field.
const LONGEST: usize = 4_000;

impl About {
    pub fn of_form(fields: &Fields) -> About {
        let text = |name: &str| fields.one(name).chars().take(LONGEST).collect::<String>();
        let known = |word: &str| LICENCES.iter().any(|(known, _)| *known == word);
        About {
            publisher: text("publisher"),
            creators: text("creators"),
            licence: Some(text("licence")).filter(|word| known(word)).unwrap_or_default(),
            citation: text("citation"),
            contact: text("contact"),
            methods: text("methods"),
            from_day: day(&text("from_day")),
            until_day: day(&text("until_day")),
        }
    }

    /// The address of the terms, where they have one.
    pub fn licence_address(&self) -> Option<&'static str> {
        let found = LICENCES.iter().find(|(word, _)| *word == self.licence);
        found.map(|(_, address)| *address).filter(|address| !address.is_empty())
    }

    pub fn creators(&self) -> Vec<&str> {
        self.creators.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    /// "Institute. Survey of prisons, 2026. Version 2. Data set, Throughcare. https://…": its own words where it has them.
    pub fn cited(&self, words: &Words, set: &DataSet, address: &str) -> String {
        if !self.citation.is_empty() {
            return self.citation.clone();
        }
        let creators = self.creators();
        let who = match creators.is_empty() {
            false => creators.join("; "),
            true => self.publisher.clone(),
        };
        // Where nobody is named the title comes first.
        let cited = if who.is_empty() { "present-cited-title" } else { "present-cited" };
        words.say_with(
            cited,
            &[
                ("who", who.into()),
                ("title", set.title.as_str().into()),
                (
                    "period",
                    if set.period.is_empty() { "–".into() } else { set.period.as_str().into() },
                ),
                ("version", set.version.to_string().into()),
                ("address", address.into()),
            ],
        )
    }
}

/// A day, or nothing.
fn day(text: &str) -> String {
    text.parse::<jiff::civil::Date>().map(|day| day.to_string()).unwrap_or_default()
}

const COLUMNS: &str =
    "publisher, creators, licence, citation, contact, methods, from_day, until_day";

/// What is said of a data set; nothing where nobody wrote it yet.
pub async fn of(pool: &AnyPool, data: &str) -> sqlx::Result<About> {
    let sql = format!("SELECT {COLUMNS} FROM statistics_about WHERE data = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(data).fetch_optional(pool).await?;
    let Some(row) = row else { return Ok(About::default()) };
    Ok(About {
        publisher: row.try_get("publisher")?,
        creators: row.try_get("creators")?,
        licence: row.try_get("licence")?,
        citation: row.try_get("citation")?,
        contact: row.try_get("contact")?,
        methods: row.try_get("methods")?,
        from_day: row.try_get("from_day")?,
        until_day: row.try_get("until_day")?,
    })
}

pub async fn keep(
    change: &mut Transaction,
    data: &str,
    about: &About,
    now: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO statistics_about (data, publisher, creators, licence, citation, contact, methods, from_day, until_day, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (data) DO UPDATE SET publisher = excluded.publisher, creators = excluded.creators, licence = excluded.licence,
             citation = excluded.citation, contact = excluded.contact, methods = excluded.methods, from_day = excluded.from_day,
             until_day = excluded.until_day, changed_at = excluded.changed_at",
    )
    .bind(data)
    .bind(&about.publisher)
    .bind(&about.creators)
    .bind(&about.licence)
    .bind(&about.citation)
    .bind(&about.contact)
    .bind(&about.methods)
    .bind(&about.from_day)
    .bind(&about.until_day)
    .bind(now)
    .execute(&mut **change)
    .await?;
    Ok(())
}
