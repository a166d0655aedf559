-- What reviewers and respondents write to each other about a record or one answer in it.
CREATE TABLE remarks (
    round TEXT NOT NULL REFERENCES rounds (id),
    number BIGINT NOT NULL,
    -- The respondent, so that the thread stays when a record is corrected; 0 where a device sent it.
    respondent BIGINT NOT NULL,
    -- The version of the record of which it was said.
    record BIGINT NOT NULL,
    -- The answer, as a path with positions; empty for the whole record.
    path TEXT NOT NULL,
    -- `person:4`, or empty for the respondent.
    author TEXT NOT NULL,
    words TEXT NOT NULL,
    at BIGINT NOT NULL,
    settled BIGINT NOT NULL,
    PRIMARY KEY (round, number)
);
