-- What changed, one row for each act that changed published records. Its last number is also the
-- site's revision: pages made before it are made anew.
CREATE TABLE changes (
    number  BIGINT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    part    TEXT   NOT NULL,
    message TEXT   NOT NULL,
    args    TEXT   NOT NULL,
    href    TEXT   NOT NULL
);
