-- Files that people brought. The content stands in a folder or in S3 under `key`, which is chance: a file
-- is found by its row, never by its name. Who: as in the audit chain.
CREATE TABLE files (
    id      BIGINT NOT NULL PRIMARY KEY,
    key     TEXT   NOT NULL UNIQUE,
    name    TEXT   NOT NULL,
    type    TEXT   NOT NULL,
    size    BIGINT NOT NULL,
    sha256  TEXT   NOT NULL,
    who     TEXT   NOT NULL,
    kept_at BIGINT NOT NULL
);
