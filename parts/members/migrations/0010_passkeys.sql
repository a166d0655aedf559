-- Passkeys (WebAuthn, level 3): public halves only. The handle is what the authenticator knows its owner
-- by: chance, not a number of ours.
CREATE TABLE passkeys (
    id      TEXT   NOT NULL PRIMARY KEY,
    person  BIGINT NOT NULL REFERENCES people (id),
    handle  TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    state   TEXT   NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkeys_by_person ON passkeys (person);

-- What was asked of a browser and is waited for: a passkey, or another site's word for somebody. Used up by
-- the first answer. Person 0 is whoever signs in.
CREATE TABLE asked (
    hash    TEXT   NOT NULL PRIMARY KEY,
    kind    TEXT   NOT NULL,
    person  BIGINT NOT NULL,
    state   TEXT   NOT NULL,
    ends_at BIGINT NOT NULL
);
