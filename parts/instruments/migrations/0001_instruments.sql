-- Questionnaires. The id is the form_id of the workbook, so that a corrected workbook is a new version.
CREATE TABLE instruments (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    -- draft, published, closed
    status TEXT NOT NULL,
    shipped BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

-- Each upload as it came, with what it was compiled to on that day.
CREATE TABLE instrument_versions (
    instrument TEXT NOT NULL REFERENCES instruments (id),
    number BIGINT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    workbook BYTEA NOT NULL,
    xform TEXT NOT NULL,
    item_sets TEXT NOT NULL,
    -- JSON arrays
    languages TEXT NOT NULL,
    remarks TEXT NOT NULL,
    questions BIGINT NOT NULL,
    -- MD5 of the XForm, as OpenRosa names a version
    hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    PRIMARY KEY (instrument, number)
);

-- Lists and pictures that go with a version.
CREATE TABLE instrument_files (
    instrument TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (instrument, number, name),
    FOREIGN KEY (instrument, number) REFERENCES instrument_versions (instrument, number)
);

-- An instrument asked of somebody between two days.
CREATE TABLE rounds (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    instrument TEXT NOT NULL,
    number BIGINT NOT NULL,
    anonymous BIGINT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    -- The shared address; empty where each respondent has a link.
    shared TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    closed_at BIGINT,
    FOREIGN KEY (instrument, number) REFERENCES instrument_versions (instrument, number)
);

-- Of whom a round is asked. In an anonymous round `spent` says that the link was used, and no
-- more: not when, not for which answer.
CREATE TABLE respondents (
    round TEXT NOT NULL REFERENCES rounds (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    email TEXT NOT NULL,
    link_hash TEXT NOT NULL,
    spent BIGINT NOT NULL,
    reminded_day TEXT NOT NULL,
    PRIMARY KEY (round, number)
);
CREATE UNIQUE INDEX respondents_by_link ON respondents (link_hash);

-- Answers that are being given. `respondent` is 0 in anonymous rounds and in trials.
CREATE TABLE drafts (
    secret_hash TEXT NOT NULL PRIMARY KEY,
    round TEXT NOT NULL,
    instrument TEXT NOT NULL,
    number BIGINT NOT NULL,
    respondent BIGINT NOT NULL,
    record TEXT NOT NULL,
    language TEXT NOT NULL,
    day TEXT NOT NULL
);

-- Answers of rounds that are not anonymous, each version of each record.
CREATE TABLE submissions (
    round TEXT NOT NULL REFERENCES rounds (id),
    number BIGINT NOT NULL,
    instance TEXT NOT NULL,
    record TEXT NOT NULL,
    hash TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    respondent BIGINT NOT NULL,
    device BIGINT NOT NULL,
    -- received, issues, approved, rejected
    state TEXT NOT NULL,
    note TEXT NOT NULL,
    -- JSON array of what the form's own rules find
    violations TEXT NOT NULL,
    -- The record that corrected this one; empty while it counts.
    replaced_by TEXT NOT NULL,
    PRIMARY KEY (round, number)
);
CREATE UNIQUE INDEX submissions_by_instance ON submissions (round, instance);

CREATE TABLE submission_files (
    round TEXT NOT NULL,
    instance TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    PRIMARY KEY (round, instance, name)
);

-- A file in pieces, so that none is ever whole in memory.
CREATE TABLE submission_pieces (
    round TEXT NOT NULL,
    instance TEXT NOT NULL,
    name TEXT NOT NULL,
    piece BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (round, instance, name, piece)
);

-- Answers of anonymous rounds. The number is drawn by lot, and on SQLite it is also the row's place
-- in the file, so that not even the order of arrival is kept. A day, and nothing else, is known.
CREATE TABLE anonymous_answers (
    number INTEGER PRIMARY KEY,
    round TEXT NOT NULL,
    record TEXT NOT NULL,
    day TEXT NOT NULL
);
CREATE INDEX anonymous_answers_by_round ON anonymous_answers (round);

-- Words that somebody has read and found to name nobody.
CREATE TABLE cleared_texts (
    answer INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (answer, path)
);

-- Phones and tablets that may fetch the form of a round and send answers to it.
CREATE TABLE devices (
    round TEXT NOT NULL REFERENCES rounds (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    username TEXT NOT NULL,
    -- MD5 of username:realm:password (RFC 7616, 3.4.2), which Basic and Digest both can be held to.
    secret TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (round, number)
);
CREATE UNIQUE INDEX devices_by_username ON devices (username);
CREATE UNIQUE INDEX devices_by_token ON devices (token_hash);

-- Signs the challenges of Digest, the same for all processes of the site.
CREATE TABLE challenge_key (
    one BIGINT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL
);
