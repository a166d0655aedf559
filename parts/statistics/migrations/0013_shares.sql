-- Who besides its owner and the data stewards sees a data set: accounts by number, groups by id.
CREATE TABLE statistics_shares (
    data TEXT NOT NULL,
    -- person, group
    kind TEXT NOT NULL,
    shared_with TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    PRIMARY KEY (data, kind, shared_with)
);
