-- Long work that was asked for. The id is a hash of kind, version and input, so that a question has
-- one row however often it is asked. Times are UTC seconds.
CREATE TABLE jobs (
    id           TEXT   NOT NULL PRIMARY KEY,
    kind         TEXT   NOT NULL,
    input        TEXT   NOT NULL,
    -- Who asked first; empty for somebody without an account.
    asked_by     TEXT   NOT NULL,
    asked_at     BIGINT NOT NULL,
    -- waiting, running, done, failed, cancelled
    state        TEXT   NOT NULL,
    -- Not taken before this moment: a failed try waits.
    ready_at     BIGINT NOT NULL,
    -- Tries since the last checkpoint, and how many there may be.
    tries        BIGINT NOT NULL,
    tries_most   BIGINT NOT NULL,
    -- Who works on it, as a random word of that very try, and until when without a sign of life.
    worker       TEXT   NOT NULL,
    lease_until  BIGINT NOT NULL,
    started_at   BIGINT,
    ended_at     BIGINT,
    done         BIGINT NOT NULL,
    total        BIGINT NOT NULL,
    -- A message that says what is being done; empty for none.
    saying       TEXT   NOT NULL,
    cancelling   BIGINT NOT NULL,
    -- Why the last try failed; empty for none.
    error        TEXT   NOT NULL
);
CREATE INDEX jobs_by_state ON jobs (state, asked_at);

-- What a running job has finished so far, in its own form. BYTEA is a blob on SQLite too.
CREATE TABLE job_checkpoints (
    job   TEXT  NOT NULL PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    bytes BYTEA NOT NULL
);

CREATE TABLE job_results (
    job    TEXT NOT NULL PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    result TEXT NOT NULL
);
