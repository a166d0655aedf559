-- To what records are sealed on a tablet before they leave the hands of whoever asked: one key for each
-- round. The drawn bytes are the private half; a copy of them opens what waits on a tablet, and no more.
CREATE TABLE offline_keys (
    round TEXT NOT NULL PRIMARY KEY REFERENCES rounds (id),
    drawn TEXT NOT NULL
);

-- Which records of anonymous rounds have come from tablets, so that a second sending is not a second
-- answer. The mark is a hash of the record's identity, which only the tablet knew and which it forgets when
-- it is told that the record is here; the proof is a hash of what was sent under that identity. Neither can be
-- made from an answer. The number is drawn by lot, so that the rows keep no order.
CREATE TABLE offline_taken (
    number INTEGER PRIMARY KEY,
    round TEXT NOT NULL,
    mark TEXT NOT NULL,
    proof TEXT NOT NULL
);
CREATE UNIQUE INDEX offline_taken_by_mark ON offline_taken (round, mark);
