-- What a data set's own page says of it: who made it, on which terms, how to cite it.
CREATE TABLE statistics_about (
    data TEXT NOT NULL PRIMARY KEY,
    publisher TEXT NOT NULL,
    creators TEXT NOT NULL,
    licence TEXT NOT NULL,
    citation TEXT NOT NULL,
    contact TEXT NOT NULL,
    methods TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
