-- Every figure that was ever read, with its versions: an import that says otherwise adds a version
-- and the one before stays readable. `import` is the number of the change that brought it.
CREATE TABLE facts (
    place     TEXT   NOT NULL,
    indicator TEXT   NOT NULL,
    period    TEXT   NOT NULL,
    grp       TEXT   NOT NULL,
    source    TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    current   BIGINT NOT NULL,
    year      BIGINT NOT NULL,
    value     DOUBLE PRECISION NOT NULL,
    low       DOUBLE PRECISION,
    high      DOUBLE PRECISION,
    locator   TEXT   NOT NULL,
    flag      TEXT   NOT NULL,
    reasons   TEXT   NOT NULL,
    note      TEXT   NOT NULL,
    import    BIGINT NOT NULL,
    PRIMARY KEY (place, indicator, period, grp, source, version)
);
CREATE INDEX facts_by_source ON facts (source, current);

-- One row for each import that changed something.
CREATE TABLE imports (
    number  BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    kind    TEXT   NOT NULL,
    file    TEXT   NOT NULL,
    added   BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    same    BIGINT NOT NULL,
    refused BIGINT NOT NULL
);
