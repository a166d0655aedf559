-- Meetings of a group. Begin and end are what the clock on the wall shows (ISO 8601, to the minute) in
-- the time zone named: should a state change its summer time, the meeting keeps its hour.
CREATE TABLE meetings (
    id            BIGINT NOT NULL PRIMARY KEY,
    grp           TEXT   NOT NULL REFERENCES groups (id),
    title_en      TEXT   NOT NULL,
    title_fr      TEXT   NOT NULL,
    place         TEXT   NOT NULL,
    zone          TEXT   NOT NULL,
    starts        TEXT   NOT NULL,
    ends          TEXT   NOT NULL,
    -- Where to take part from afar; shown to those invited.
    link          TEXT   NOT NULL,
    -- draft, called, held, cancelled.
    state         TEXT   NOT NULL,
    -- The rules of the group as they stood when the meeting was prepared.
    quorum        TEXT   NOT NULL,
    quorum_count  BIGINT NOT NULL,
    quorum_over   TEXT   NOT NULL,
    quorum_source TEXT   NOT NULL,
    remind_days   BIGINT NOT NULL,
    -- SEQUENCE of RFC 5545: raised by each change that a calendar must notice.
    sequence      BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    source        TEXT   NOT NULL,
    made_up       BIGINT NOT NULL
);
CREATE INDEX meetings_by_group ON meetings (grp);

CREATE TABLE agenda (
    id         BIGINT NOT NULL PRIMARY KEY,
    meeting    BIGINT NOT NULL REFERENCES meetings (id),
    position   BIGINT NOT NULL,
    title_en   TEXT   NOT NULL,
    title_fr   TEXT   NOT NULL,
    -- information, discussion, decision.
    purpose    TEXT   NOT NULL
);
CREATE INDEX agenda_by_meeting ON agenda (meeting);

CREATE TABLE invitations (
    meeting     BIGINT NOT NULL REFERENCES meetings (id),
    person      BIGINT NOT NULL REFERENCES people (id),
    body        TEXT   NOT NULL,
    -- comes, online, declines; empty until answered.
    answer      TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    invited_at  BIGINT NOT NULL,
    answered_at BIGINT,
    PRIMARY KEY (meeting, person)
);

-- Who was there. Person 0 is a delegation of which no person is named.
CREATE TABLE attendance (
    meeting    BIGINT NOT NULL REFERENCES meetings (id),
    body       TEXT   NOT NULL,
    person     BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (meeting, body, person)
);

CREATE TABLE decisions (
    id         BIGINT NOT NULL PRIMARY KEY,
    meeting    BIGINT NOT NULL REFERENCES meetings (id),
    item       BIGINT NOT NULL,
    text_en    TEXT   NOT NULL,
    text_fr    TEXT   NOT NULL,
    rule       TEXT   NOT NULL,
    -- open, adopted, rejected.
    state      TEXT   NOT NULL,
    settled_at BIGINT
);
CREATE INDEX decisions_by_meeting ON decisions (meeting);

-- One position for each body (person 0), or for each person who sits in their own name.
CREATE TABLE positions (
    decision   BIGINT NOT NULL REFERENCES decisions (id),
    body       TEXT   NOT NULL,
    person     BIGINT NOT NULL,
    -- supports, abstains, objects, reserves.
    position   TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    -- The kind of membership by which it was allowed on that day.
    kind       TEXT   NOT NULL,
    noted_by   TEXT   NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (decision, body, person)
);

CREATE TABLE minutes (
    meeting    BIGINT NOT NULL PRIMARY KEY REFERENCES meetings (id),
    text_en    TEXT   NOT NULL,
    text_fr    TEXT   NOT NULL,
    adopted_at BIGINT,
    changed_at BIGINT NOT NULL
);

CREATE TABLE actions (
    id         BIGINT NOT NULL PRIMARY KEY,
    meeting    BIGINT NOT NULL REFERENCES meetings (id),
    text       TEXT   NOT NULL,
    owner      BIGINT NOT NULL REFERENCES people (id),
    due        TEXT   NOT NULL,
    done_at    BIGINT
);
CREATE INDEX actions_by_owner ON actions (owner);

-- The secret address of a person's calendar; only a hash is kept.
CREATE TABLE calendars (
    person     BIGINT NOT NULL PRIMARY KEY REFERENCES people (id),
    hash       TEXT   NOT NULL,
    made_at    BIGINT NOT NULL
);
