-- People who have an account. An e-mail address is kept in lower case. Who leaves is ended, never
-- deleted; who is erased loses name and address, and the number stays for the audit chain.
CREATE TABLE people (
    id       BIGINT NOT NULL PRIMARY KEY,
    name     TEXT   NOT NULL,
    email    TEXT   NOT NULL UNIQUE,
    language TEXT   NOT NULL,
    made_at  BIGINT NOT NULL,
    ended_at BIGINT
);

-- What a person is to the programme, over what, from and until which day (ISO 8601; empty for open).
CREATE TABLE roles (
    id         BIGINT NOT NULL PRIMARY KEY,
    person     BIGINT NOT NULL REFERENCES people (id),
    role       TEXT   NOT NULL,
    scope_kind TEXT   NOT NULL,
    scope_id   TEXT   NOT NULL,
    from_day   TEXT   NOT NULL,
    until_day  TEXT   NOT NULL,
    given_by   TEXT   NOT NULL,
    given_at   BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE INDEX roles_by_person ON roles (person);

CREATE TABLE passwords (
    person     BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    hash       TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Codes from an app (RFC 6238). The last step used is kept, so that a code is worth something once.
CREATE TABLE code_apps (
    person       BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    secret       TEXT   NOT NULL,
    confirmed_at BIGINT,
    last_step    BIGINT NOT NULL
);

-- Links that work once. Only a hash is kept: who reads the database cannot use them. Person 0 is
-- whoever comes first and becomes the administrator.
CREATE TABLE links (
    hash    TEXT   NOT NULL PRIMARY KEY,
    person  BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE sessions (
    hash    TEXT   NOT NULL PRIMARY KEY,
    person  BIGINT NOT NULL REFERENCES people (id),
    made_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    device  TEXT   NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person);

CREATE TABLE tokens (
    hash    TEXT   NOT NULL PRIMARY KEY,
    person  BIGINT NOT NULL REFERENCES people (id),
    name    TEXT   NOT NULL,
    writes  BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX tokens_by_person ON tokens (person);

-- Failed tries to sign in, by who was tried from where, for a quarter of an hour.
CREATE TABLE tries (
    what TEXT   NOT NULL,
    at   BIGINT NOT NULL
);
CREATE INDEX tries_by_what ON tries (what, at);
