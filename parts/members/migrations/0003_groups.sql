-- Rights as they stood at any moment: each setting of the table is kept whole. What was set before this
-- table began counts from the beginning.
CREATE TABLE rights_sets (
    body       TEXT   NOT NULL REFERENCES bodies (id),
    set_at     BIGINT NOT NULL,
    PRIMARY KEY (body, set_at)
);
CREATE TABLE rights_kept (
    body       TEXT   NOT NULL REFERENCES bodies (id),
    set_at     BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    may        TEXT   NOT NULL,
    PRIMARY KEY (body, set_at, kind, may)
);
INSERT INTO rights_sets (body, set_at) SELECT DISTINCT body, 0 FROM rights;
INSERT INTO rights_kept (body, set_at, kind, may) SELECT body, 0, kind, may FROM rights;

-- Groups that work under a body: permanent correspondents, experts, regional networks, project teams.
CREATE TABLE groups (
    id            TEXT   NOT NULL PRIMARY KEY,
    body          TEXT   NOT NULL REFERENCES bodies (id),
    kind          TEXT   NOT NULL,
    name_en       TEXT   NOT NULL,
    name_fr       TEXT   NOT NULL,
    -- Terms of reference, Markdown.
    terms_en      TEXT   NOT NULL,
    terms_fr      TEXT   NOT NULL,
    -- When a meeting may decide: the share or number that must be present, counted over member
    -- bodies entitled to vote or over seats, and where the rule is written.
    quorum        TEXT   NOT NULL,
    quorum_count  BIGINT NOT NULL,
    quorum_over   TEXT   NOT NULL,
    quorum_source TEXT   NOT NULL,
    -- How it decides: consensus, majority, two-thirds.
    decides       TEXT   NOT NULL,
    from_day      TEXT   NOT NULL,
    until_day     TEXT   NOT NULL,
    source        TEXT   NOT NULL,
    -- 1 for an example that nobody should take for a record.
    made_up       BIGINT NOT NULL
);

-- Who sits in a group, for which body (empty: in their own name), as what, from which day until which.
CREATE TABLE seats (
    id         BIGINT NOT NULL PRIMARY KEY,
    grp        TEXT   NOT NULL REFERENCES groups (id),
    person     BIGINT NOT NULL REFERENCES people (id),
    body       TEXT   NOT NULL,
    seat       TEXT   NOT NULL,
    from_day   TEXT   NOT NULL,
    until_day  TEXT   NOT NULL,
    given_by   TEXT   NOT NULL,
    given_at   BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE INDEX seats_by_group ON seats (grp);
CREATE INDEX seats_by_person ON seats (person);

-- Documents, notes and outputs of a group; meeting and item are 0 where a paper belongs to neither.
CREATE TABLE papers (
    id         BIGINT NOT NULL PRIMARY KEY,
    grp        TEXT   NOT NULL REFERENCES groups (id),
    meeting    BIGINT NOT NULL,
    item       BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    published  BIGINT NOT NULL,
    made_by    BIGINT NOT NULL,
    made_at    BIGINT NOT NULL
);
CREATE INDEX papers_by_group ON papers (grp);

-- A version holds text (Markdown) or the id of a file; earlier ones stay.
CREATE TABLE paper_versions (
    paper      BIGINT NOT NULL REFERENCES papers (id),
    language   TEXT   NOT NULL,
    number     BIGINT NOT NULL,
    text       TEXT   NOT NULL,
    file       TEXT   NOT NULL,
    made_by    BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    PRIMARY KEY (paper, language, number)
);
