-- Data sets of one series are rounds of one survey; the period sorts them.
ALTER TABLE statistics_data ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE statistics_data ADD COLUMN period TEXT NOT NULL DEFAULT '';
-- A corrected file is a new version under the same id; the tables that are out stay held against it.
ALTER TABLE statistics_data ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- csv, xlsx, spss, stata, parquet, round
ALTER TABLE statistics_data ADD COLUMN kind TEXT NOT NULL DEFAULT 'csv';
-- SHA-256 of the interviews as kept, so that the same file is known when it comes again.
ALTER TABLE statistics_data ADD COLUMN hash TEXT NOT NULL DEFAULT '';
-- The closed round that it was taken from; empty for a file.
ALTER TABLE statistics_data ADD COLUMN round TEXT NOT NULL DEFAULT '';
-- What the file, its column names or the round say of the drawing (TOML), until somebody has described it.
ALTER TABLE statistics_data ADD COLUMN offered TEXT NOT NULL DEFAULT '';
-- What was guessed or left out on the way in, a line each, in the language of whoever sent it.
ALTER TABLE statistics_data ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE statistics_data ADD COLUMN interview_count BIGINT NOT NULL DEFAULT 0;
-- When its interviews were deleted; what was published from them stays.
ALTER TABLE statistics_data ADD COLUMN removed_at BIGINT;
CREATE TABLE statistics_data_versions (
    data TEXT NOT NULL,
    version BIGINT NOT NULL,
    interviews TEXT NOT NULL,
    codebook TEXT NOT NULL,
    design TEXT NOT NULL,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    -- What the next version changes, in the words of who sent it.
    replaced_because TEXT NOT NULL,
    replaced_at BIGINT NOT NULL,
    replaced_by TEXT NOT NULL,
    PRIMARY KEY (data, version)
);
