-- Who took answers away, once a day for each form: answers of an anonymous round speak of people who cannot ask.
CREATE TABLE takings (
    round TEXT NOT NULL REFERENCES rounds (id),
    day TEXT NOT NULL,
    who TEXT NOT NULL,
    -- `answers.sav`, `odata` …
    file TEXT NOT NULL,
    PRIMARY KEY (round, day, who, file)
);
