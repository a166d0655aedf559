//! Everything that is held about a person, in one list of tables: what its owner is given (GDPR, articles 15
//! and 20), what an erasure takes away, and what it must leave (article 17, 3), with the reason. A test holds
//! the list to the tables of the site.

use base::storage::Transaction;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::{AnyPool, AssertSqlSafe, Row};

/// What an erasure does to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erased {
    /// Its rows about the person go.
    Gone,
    /// Its rows stay, with the person's number in them and nothing that names the person. The reason is
    /// the message `held-TABLE-why`.
    Numbered,
    /// What names the person in its row is made empty; the number stays.
    Emptied,
}

/// A table that speaks of persons.
pub struct Table {
    pub name: &'static str,
    /// The columns by which a person is found: the number, or `person:NUMBER`.
    pub found_by: &'static [&'static str],
    /// What its owner is given. No secret and no hash of one is among them.
    pub given: &'static [&'static str],
    pub erased: Erased,
}

/// In the order in which the owner reads them.
pub const TABLES: &[Table] = &[
    Table {
        name: "people",
        found_by: &["id"],
        given: &["id", "name", "email", "language", "made_at", "ended_at"],
        erased: Erased::Emptied,
    },
    Table {
        name: "roles",
        found_by: &["person", "given_by"],
        given: &[
            "id",
            "person",
            "role",
            "scope_kind",
            "scope_id",
            "from_day",
            "until_day",
            "given_by",
            "given_at",
            "ended_at",
        ],
        erased: Erased::Numbered,
    },
    Table {
        name: "deputies",
        found_by: &["person"],
        given: &["id", "role", "from_day", "until_day", "made_at", "ended_at"],
        erased: Erased::Numbered,
    },
    Table {
        name: "passwords",
        found_by: &["person"],
        given: &["changed_at"],
        erased: Erased::Gone,
    },
    Table {
        name: "code_apps",
        found_by: &["person"],
        given: &["confirmed_at"],
        erased: Erased::Gone,
    },
    Table {
        name: "passkeys",
        found_by: &["person"],
        given: &["id", "name", "made_at", "used_at"],
        erased: Erased::Gone,
    },
    Table {
        name: "sessions",
        found_by: &["person"],
        given: &["device", "made_at", "used_at", "ends_at"],
        erased: Erased::Gone,
    },
    Table {
        name: "tokens",
        found_by: &["person"],
        given: &["name", "writes", "made_at", "used_at", "ends_at"],
        erased: Erased::Gone,
    },
    Table {
        name: "links",
        found_by: &["person"],
        given: &["made_at", "ends_at", "used_at"],
        erased: Erased::Gone,
    },
    Table {
        name: "asked",
        found_by: &["person"],
        given: &["kind", "ends_at"],
        erased: Erased::Gone,
    },
    Table {
        name: "seats",
        found_by: &["person", "given_by"],
        given: &[
            "id",
            "grp",
            "person",
            "body",
            "seat",
            "from_day",
            "until_day",
            "given_by",
            "given_at",
            "ended_at",
        ],
        erased: Erased::Numbered,
    },
    Table {
        name: "invitations",
        found_by: &["person"],
        given: &["meeting", "body", "answer", "note", "invited_at", "answered_at"],
        erased: Erased::Numbered,
    },
    Table {
        name: "attendance",
        found_by: &["person"],
        given: &["meeting", "body", "at"],
        erased: Erased::Numbered,
    },
    Table {
        name: "positions",
        found_by: &["person", "noted_by"],
        given: &["decision", "body", "person", "position", "text", "kind", "noted_by", "at"],
        erased: Erased::Numbered,
    },
    Table {
        name: "actions",
        found_by: &["owner"],
        given: &["id", "meeting", "text", "due", "done_at"],
        erased: Erased::Numbered,
    },
    Table {
        name: "papers",
        found_by: &["made_by"],
        given: &["id", "grp", "meeting", "title", "made_at"],
        erased: Erased::Numbered,
    },
    Table {
        name: "paper_versions",
        found_by: &["made_by"],
        given: &["paper", "language", "number", "made_at"],
        erased: Erased::Numbered,
    },
    Table { name: "calendars", found_by: &["person"], given: &["made_at"], erased: Erased::Gone },
    Table {
        name: "files",
        found_by: &["who"],
        given: &["id", "name", "type", "size", "sha256", "kept_at"],
        erased: Erased::Numbered,
    },
    Table {
        name: "jobs",
        found_by: &["asked_by"],
        given: &["id", "kind", "input", "asked_at", "state"],
        erased: Erased::Numbered,
    },
    Table {
        name: "audit",
        found_by: &["who"],
        given: &["number", "at", "who", "role", "act", "kind", "record", "detail"],
        erased: Erased::Numbered,
    },
];

/// A table with the person's rows.
#[derive(Debug, Serialize)]
pub struct About {
    pub table: &'static str,
    pub rows: Vec<Map<String, Value>>,
}

/// Everything held about a person, by table.
pub async fn about(pool: &AnyPool, person: i64) -> sqlx::Result<Vec<About>> {
    let mut all = Vec::new();
    for table in TABLES {
        all.push(About { table: table.name, rows: rows(pool, table, person).await? });
    }
    Ok(all)
}

async fn rows(pool: &AnyPool, table: &Table, person: i64) -> sqlx::Result<Vec<Map<String, Value>>> {
    // As text, whatever its type: one comparison serves the number and the word.
    let mut found: Vec<String> =
        table.found_by.iter().map(|column| format!("CAST({column} AS TEXT) IN ($1, $2)")).collect();
    if table.name == "audit" {
        found.push("(kind = 'person' AND record = $1)".into());
    }
    let (columns, found) = (table.given.join(", "), found.join(" OR "));
    let sql = format!("SELECT {columns} FROM {} WHERE {found} ORDER BY {columns}", table.name);
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(person.to_string())
        .bind(format!("person:{person}"))
        .fetch_all(pool)
        .await?;
    rows.iter()
        .map(|row| {
            let mut values = Map::new();
            for (at, column) in table.given.iter().enumerate() {
                let number = row.try_get::<Option<i64>, _>(at).ok().map(|it| it.map(Value::from));
                let value = match number {
                    Some(value) => value,
                    None => row.try_get::<Option<String>, _>(at)?.map(Value::from),
                };
                values.insert((*column).to_owned(), value.unwrap_or(Value::Null));
            }
            Ok(values)
        })
        .collect()
}

/// Takes away everything that is to go, within the change that erases the person.
pub async fn forget(change: &mut Transaction, person: i64) -> sqlx::Result<()> {
    for table in TABLES.iter().filter(|table| table.erased == Erased::Gone) {
        let sql = format!("DELETE FROM {} WHERE person = $1", table.name);
        sqlx::query(AssertSqlSafe(sql)).bind(person).execute(&mut **change).await?;
    }
    Ok(())
}
