-- Who stands in for whom, in which role, from and until which day. The role stays its holder's: a deputy has it
-- only while the holder does.
CREATE TABLE deputies (
    id        BIGINT NOT NULL PRIMARY KEY,
    role      BIGINT NOT NULL REFERENCES roles (id),
    person    BIGINT NOT NULL REFERENCES people (id),
    from_day  TEXT   NOT NULL,
    until_day TEXT   NOT NULL,
    made_at   BIGINT NOT NULL,
    ended_at  BIGINT
);
CREATE INDEX deputies_by_person ON deputies (person);
CREATE INDEX deputies_by_role ON deputies (role);
