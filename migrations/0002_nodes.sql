-- The running gateways. A node raises `beats` while it lives; the others watch it rise, each by its own clock.
CREATE TABLE nodes (
    id TEXT PRIMARY KEY,          -- the name a load balancer knows it by
    run BIGINT NOT NULL,          -- raised each time the node starts
    beats BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    stopped_at BIGINT             -- it stopped in good order and has given its rooms up
);

-- Who runs the visit's room, under the visit's `epoch`; nobody when empty.
ALTER TABLE visits ADD COLUMN node TEXT;
CREATE INDEX visits_by_node ON visits (node);
