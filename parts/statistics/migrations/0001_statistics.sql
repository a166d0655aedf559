-- Interviews as they were sent: for those who hold the data, and for nobody else.
CREATE TABLE statistics_data (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    synthetic INTEGER NOT NULL,
    interviews TEXT NOT NULL,
    codebook TEXT NOT NULL,
    -- TOML; empty until somebody described the sample.
    design TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL
);
-- The register: every table that is out, waits for a decision, or was refused.
CREATE TABLE statistics_tables (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    asked TEXT NOT NULL,
    -- published, waiting, refused
    state TEXT NOT NULL,
    -- The table as it is shown (JSON).
    content TEXT NOT NULL,
    -- By cell, 1 where its figure is shown.
    shown TEXT NOT NULL,
    -- Rules that were asked to be weaker, and why; empty where the rules of the house hold.
    rules TEXT NOT NULL,
    reason TEXT NOT NULL,
    decision TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT
);
CREATE INDEX statistics_tables_data ON statistics_tables (data, state);
