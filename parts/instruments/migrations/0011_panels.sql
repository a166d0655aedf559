-- A list of respondents that is kept for later rounds.
CREATE TABLE panels (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL
);

CREATE TABLE panel_members (
    panel TEXT NOT NULL REFERENCES panels (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    email TEXT NOT NULL,
    -- JSON object: prison, weight, and whatever else the list said of them
    details TEXT NOT NULL,
    -- 1 where the member is asked no more.
    ended BIGINT NOT NULL,
    PRIMARY KEY (panel, number)
);

-- What a list said of a respondent besides name, country and address: the prison, the weight of a sample.
CREATE TABLE respondent_details (
    round TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (round, number, name),
    FOREIGN KEY (round, number) REFERENCES respondents (round, number)
);

-- Which member of a panel a respondent is, so that a later round can begin with the answers of an earlier one.
CREATE TABLE respondent_members (
    round TEXT NOT NULL,
    number BIGINT NOT NULL,
    panel TEXT NOT NULL,
    member BIGINT NOT NULL,
    PRIMARY KEY (round, number),
    FOREIGN KEY (round, number) REFERENCES respondents (round, number),
    FOREIGN KEY (panel, member) REFERENCES panel_members (panel, number)
);

-- The earlier round whose answers respondents of a round may begin with.
CREATE TABLE round_starts (
    round TEXT NOT NULL PRIMARY KEY REFERENCES rounds (id),
    earlier TEXT NOT NULL REFERENCES rounds (id)
);
