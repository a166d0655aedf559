-- Files of answers that are being given on the web page. They go where their draft goes: into a record, or away.
CREATE TABLE draft_files (
    secret_hash TEXT NOT NULL REFERENCES drafts (secret_hash) ON DELETE CASCADE,
    -- As the record names it.
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (secret_hash, name)
);

-- The same pieces as those of a record, so that one becomes the other within the database. Of a trial there are none.
CREATE TABLE draft_pieces (
    secret_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    piece BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (secret_hash, name, piece),
    FOREIGN KEY (secret_hash, name) REFERENCES draft_files (secret_hash, name) ON DELETE CASCADE
);
