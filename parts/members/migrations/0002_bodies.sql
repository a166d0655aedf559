-- Bodies: states, ministries, organisations, groups of states. A day is ISO 8601; empty says that no
-- source was read for it.
CREATE TABLE bodies (
    id         TEXT NOT NULL PRIMARY KEY,
    kind       TEXT NOT NULL,
    name_en    TEXT NOT NULL,
    name_fr    TEXT NOT NULL,
    -- ISO 3166 of a state; empty otherwise.
    country    TEXT NOT NULL,
    -- The body that it is part of; empty for none.
    parent     TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    until_day  TEXT NOT NULL,
    source     TEXT NOT NULL
);

-- What a body rests on: letters, resolutions, statutes.
CREATE TABLE mandates (
    id         TEXT NOT NULL PRIMARY KEY,
    body       TEXT NOT NULL REFERENCES bodies (id),
    kind       TEXT NOT NULL,
    day        TEXT NOT NULL,
    title_en   TEXT NOT NULL,
    title_fr   TEXT NOT NULL,
    text_en    TEXT NOT NULL,
    text_fr    TEXT NOT NULL,
    -- The mandate that this one followed.
    follows    TEXT NOT NULL,
    source     TEXT NOT NULL
);

-- Who belongs to a body, as what, since when. Where the day of accession was not read, `known_on` lists
-- days on which a source names the member.
CREATE TABLE memberships (
    body       TEXT NOT NULL REFERENCES bodies (id),
    member     TEXT NOT NULL REFERENCES bodies (id),
    kind       TEXT NOT NULL,
    from_day   TEXT NOT NULL,
    until_day  TEXT NOT NULL,
    known_on   TEXT NOT NULL,
    source     TEXT NOT NULL,
    note_en    TEXT NOT NULL,
    note_fr    TEXT NOT NULL,
    PRIMARY KEY (body, member, kind)
);

-- How many members a source counts on a day, beside the list.
CREATE TABLE member_counts (
    body       TEXT   NOT NULL REFERENCES bodies (id),
    day        TEXT   NOT NULL,
    count      BIGINT NOT NULL,
    source     TEXT   NOT NULL,
    PRIMARY KEY (body, day)
);

-- What a kind of membership may do in a body; a row is a right.
CREATE TABLE rights (
    body       TEXT NOT NULL REFERENCES bodies (id),
    kind       TEXT NOT NULL,
    may        TEXT NOT NULL,
    PRIMARY KEY (body, kind, may)
);
