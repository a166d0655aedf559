-- How many tables of the data were out when this one was held against them; -1 where nobody wrote it down.
ALTER TABLE statistics_tables ADD COLUMN against BIGINT NOT NULL DEFAULT -1;
-- The version of the data it was made of, and which version of this table it is.
ALTER TABLE statistics_tables ADD COLUMN of_version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE statistics_tables ADD COLUMN edition BIGINT NOT NULL DEFAULT 1;
-- A table that was withdrawn is shown no more; it was read, so later ones are still held against it.
ALTER TABLE statistics_tables ADD COLUMN withdrawn_at BIGINT;
ALTER TABLE statistics_tables ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT '';
ALTER TABLE statistics_tables ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';
-- Records elsewhere that rest on a table: kind and id, and where each is read.
CREATE TABLE statistics_links (
    release TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    label TEXT NOT NULL,
    href TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (release, kind, record)
);
