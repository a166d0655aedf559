-- Records of anonymous rounds that phones have sent, by a hash of their identity: the same record again is one
-- answer. The answer itself keeps no identity, so nothing leads from here to it.
CREATE TABLE anonymous_seen (
    round TEXT NOT NULL REFERENCES rounds (id),
    mark TEXT NOT NULL,
    PRIMARY KEY (round, mark)
);
