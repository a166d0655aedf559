//! Where records are kept and never lost: the database, the queue of long work, the chain of what
//! was done by whom. It knows no page, no language and no subject; `base` shows it to the parts.

pub mod audit;
pub mod backup;
pub mod chance;
pub mod jobs;
pub mod storage;
pub mod who;

use storage::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0001_jobs", sql: include_str!("../migrations/0001_jobs.sql") },
    Migration { name: "0002_audit", sql: include_str!("../migrations/0002_audit.sql") },
];
