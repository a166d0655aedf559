-- Letters that were sent for a round: to whom and on which day, never when in the day.
CREATE TABLE letters (
    round TEXT NOT NULL,
    respondent BIGINT NOT NULL,
    day TEXT NOT NULL,
    -- 1 for the letter that asks, 2 and more for reminders
    turn BIGINT NOT NULL,
    email TEXT NOT NULL,
    PRIMARY KEY (round, respondent, day),
    FOREIGN KEY (round, respondent) REFERENCES respondents (round, number)
);

-- What whoever asks adds to the letters of a round, in their own words.
CREATE TABLE letter_words (
    round TEXT NOT NULL PRIMARY KEY REFERENCES rounds (id),
    words TEXT NOT NULL
);
