-- Microdata made safe: what was asked, what it cost, and the file itself, as it left the engine.
CREATE TABLE statistics_files (
    id TEXT NOT NULL PRIMARY KEY,
    data TEXT NOT NULL,
    of_version BIGINT NOT NULL,
    title TEXT NOT NULL,
    -- public, named
    audience TEXT NOT NULL,
    -- Roles, recodings and demands (JSON).
    recipe TEXT NOT NULL,
    -- Risk before and after, and what was lost (JSON).
    report TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    records TEXT NOT NULL,
    codebook TEXT NOT NULL,
    ddi TEXT NOT NULL,
    -- waiting, published, refused, withdrawn
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    decision TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT NOT NULL DEFAULT '',
    withdrawn_at BIGINT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX statistics_files_data ON statistics_files (data, state);
-- Who may take a file that is for named people: accounts, by number.
CREATE TABLE statistics_file_readers (
    file TEXT NOT NULL,
    person BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (file, person)
);
