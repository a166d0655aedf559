-- Which records phones have sent, with a lot for a key, so that the rows keep no order of arrival.
CREATE TABLE anonymous_marks (
    number INTEGER PRIMARY KEY,
    round TEXT NOT NULL REFERENCES rounds (id),
    mark TEXT NOT NULL
);
CREATE UNIQUE INDEX anonymous_marks_by_mark ON anonymous_marks (round, mark);
INSERT INTO anonymous_marks (number, round, mark)
    SELECT ROW_NUMBER() OVER (ORDER BY mark), round, mark FROM anonymous_seen;
DROP TABLE anonymous_seen;
