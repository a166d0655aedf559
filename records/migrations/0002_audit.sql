-- Who did what to which record, when and from which role. Rows are only added: each carries the hash of
-- itself and of the one before, so that a change, a gap or another order shows. Persons are named by
-- number, never by name. Time is UTC seconds.
CREATE TABLE audit (
    number BIGINT NOT NULL PRIMARY KEY,
    at     BIGINT NOT NULL,
    who    TEXT   NOT NULL,
    role   TEXT   NOT NULL,
    act    TEXT   NOT NULL,
    kind   TEXT   NOT NULL,
    record TEXT   NOT NULL,
    detail TEXT   NOT NULL,
    hash   TEXT   NOT NULL
);
CREATE INDEX audit_by_record ON audit (kind, record);
CREATE INDEX audit_by_who ON audit (who);

-- The end of the chain, one row. Its lock is what lets writers stand in a queue.
CREATE TABLE audit_head (
    one    BIGINT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash   TEXT   NOT NULL
);
INSERT INTO audit_head (one, number, hash) VALUES (1, 0, '');
