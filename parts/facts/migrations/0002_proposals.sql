-- Figures that somebody asks to be put into a country's file, and what became of each.
CREATE TABLE fact_proposals (
    batch            TEXT   NOT NULL,
    number           BIGINT NOT NULL,
    place            TEXT   NOT NULL,
    indicator        TEXT   NOT NULL,
    period           TEXT   NOT NULL,
    grp              TEXT   NOT NULL,
    year             BIGINT NOT NULL,
    value            DOUBLE PRECISION NOT NULL,
    low              DOUBLE PRECISION,
    high             DOUBLE PRECISION,
    source           TEXT   NOT NULL,
    locator          TEXT   NOT NULL,
    flag             TEXT   NOT NULL,
    reasons          TEXT   NOT NULL,
    note             TEXT   NOT NULL,
    -- The source as it is recorded when the figure is taken (JSON).
    new_source       TEXT   NOT NULL,
    -- The record elsewhere on which it rests: kind and id, and where it is read.
    origin_kind      TEXT   NOT NULL,
    origin           TEXT   NOT NULL,
    origin_label     TEXT   NOT NULL,
    origin_href      TEXT   NOT NULL,
    -- waiting, taken, refused, withdrawn
    state            TEXT   NOT NULL,
    decision         TEXT   NOT NULL,
    made_at          BIGINT NOT NULL,
    made_by          TEXT   NOT NULL,
    decided_at       BIGINT,
    decided_by       TEXT,
    PRIMARY KEY (batch, number)
);
CREATE INDEX fact_proposals_by_state ON fact_proposals (state);

-- On which record a figure in force rests.
CREATE TABLE fact_origins (
    place     TEXT   NOT NULL,
    indicator TEXT   NOT NULL,
    period    TEXT   NOT NULL,
    grp       TEXT   NOT NULL,
    source    TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    record    TEXT   NOT NULL,
    label     TEXT   NOT NULL,
    href      TEXT   NOT NULL,
    PRIMARY KEY (place, indicator, period, grp, source)
);
CREATE INDEX fact_origins_by_record ON fact_origins (kind, record);
