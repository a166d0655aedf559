-- Sources, interventions and effects, every field of them; words of fixed lists stand as their ids.

-- `shipped` is 1 for a source that came with the product: its `entry` is the bibliographic record
-- (a hayagriva entry as JSON). It is 0 for one that an imported file brought, which
-- has no record but title, publisher, year and address, and states its terms in its own words.
CREATE TABLE sources (
    id           TEXT   NOT NULL PRIMARY KEY,
    shipped      BIGINT NOT NULL,
    kind         TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    year         BIGINT,
    publisher    TEXT,
    terms        TEXT   NOT NULL,
    terms_stated TEXT,
    credit       TEXT,
    link         TEXT,
    read_on      TEXT,
    typed_by     TEXT,
    holds        TEXT,
    defects      TEXT,
    entry        TEXT
);

CREATE TABLE interventions (
    id           TEXT   NOT NULL PRIMARY KEY,
    kind         TEXT   NOT NULL,
    topic        TEXT,
    position     BIGINT NOT NULL
);

-- `arm` tells how the figure stands to its comparison: with-over-without, without-over-with, with,
-- without. `value` is empty where the finding is in `words`; `verified` is 1, or 0 with a `doubt`.
CREATE TABLE effects (
    id                   TEXT   NOT NULL PRIMARY KEY,
    position             BIGINT NOT NULL,
    collection_row       BIGINT NOT NULL,
    breath               TEXT,
    topic                TEXT   NOT NULL,
    intervention         TEXT   NOT NULL,
    outcome              TEXT   NOT NULL,
    detail               TEXT,
    parameter            TEXT   NOT NULL,
    population_published TEXT   NOT NULL,
    population           TEXT   NOT NULL,
    place                TEXT,
    years                TEXT,
    setting              TEXT   NOT NULL,
    comparison           TEXT,
    arm                  TEXT,
    measure              TEXT   NOT NULL,
    adjusted             BIGINT,
    value                DOUBLE PRECISION,
    low                  DOUBLE PRECISION,
    high                 DOUBLE PRECISION,
    out_of               BIGINT,
    finding              TEXT,
    words                TEXT,
    studies              BIGINT,
    participants         BIGINT,
    i2_percent           DOUBLE PRECISION,
    grade                TEXT,
    source               TEXT   NOT NULL,
    locator              TEXT,
    address              TEXT   NOT NULL,
    verified             BIGINT NOT NULL,
    doubt                TEXT,
    note                 TEXT
);
