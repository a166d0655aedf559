-- Sheets of paper that are being keyed in. What was typed lies in `paper_entries` until the sheet is taken as
-- a record; then it is gone, and of an anonymous round nothing leads from a sheet to an answer.
CREATE TABLE paper_sheets (
    round TEXT NOT NULL REFERENCES rounds (id),
    -- The record number written on the paper.
    sheet TEXT NOT NULL,
    -- begun, once, differs, taken
    state TEXT NOT NULL,
    language TEXT NOT NULL,
    -- 0 where nobody is named
    respondent BIGINT NOT NULL,
    -- The record that was made of it; empty in anonymous rounds.
    instance TEXT NOT NULL,
    PRIMARY KEY (round, sheet)
);

-- What a clerk typed: the first time, and a second time by somebody who does not see the first.
CREATE TABLE paper_entries (
    round TEXT NOT NULL,
    sheet TEXT NOT NULL,
    pass BIGINT NOT NULL,
    clerk TEXT NOT NULL,
    -- JSON: what was typed, and what was marked, by path
    typed TEXT NOT NULL,
    marked TEXT NOT NULL,
    done BIGINT NOT NULL,
    PRIMARY KEY (round, sheet, pass),
    FOREIGN KEY (round, sheet) REFERENCES paper_sheets (round, sheet)
);
