-- How a visit went, for staff: the paths between people, and what happened on their pages. Stable words and numbers; nothing clinical, no address.
CREATE TABLE visit_paths (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    first_seat TEXT NOT NULL REFERENCES seats (id),
    second_seat TEXT NOT NULL REFERENCES seats (id),
    at BIGINT NOT NULL,
    level TEXT NOT NULL,          -- lost, weak, fair, good
    points BIGINT NOT NULL,       -- 0 to 100
    cause TEXT,                   -- delay, jitter, loss, narrow, picture, sound; absent where nothing is wrong
    side TEXT,                    -- the seat whose end it is
    round_trip_ms BIGINT,
    loss_permille BIGINT          -- of the worse way
);
CREATE INDEX visit_paths_by_visit ON visit_paths (visit_id, at);

CREATE TABLE visit_happenings (
    visit_id TEXT NOT NULL REFERENCES visits (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    at BIGINT NOT NULL,
    what TEXT NOT NULL            -- as the wire spells it: stall, path_back, picture_paused, ...
);
CREATE INDEX visit_happenings_by_visit ON visit_happenings (visit_id, at);
