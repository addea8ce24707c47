-- Texts and mail on their way to people, and what became of them.
CREATE TABLE notices (
    id TEXT PRIMARY KEY,          -- what the receiver knows it by, however often it is sent
    once TEXT NOT NULL UNIQUE,    -- what it is about: the same is never queued twice
    facility_id TEXT NOT NULL REFERENCES facilities (id),
    visit_id TEXT NOT NULL REFERENCES visits (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    message TEXT NOT NULL,        -- booked, link, moved, cancelled, late, steps, call_back
    channel TEXT NOT NULL,        -- text, mail
    state TEXT NOT NULL,          -- waiting, sent, failed, dropped
    key_id TEXT NOT NULL,         -- names the key that `sealed` is sealed with
    sealed TEXT,                  -- to whom, and the words, join link included; empty as soon as it is sent or given up
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,   -- what it says is of no use after this
    tries BIGINT NOT NULL DEFAULT 0,
    holder TEXT,                  -- the node that is sending it, until `held_until`
    held_until BIGINT NOT NULL DEFAULT 0,
    ended_at BIGINT,
    why TEXT                      -- a stable word for the last thing that went wrong
);
CREATE INDEX notices_due ON notices (state, channel, due_at);
CREATE INDEX notices_by_seat ON notices (seat_id, created_at);
CREATE INDEX notices_by_visit ON notices (visit_id);

-- How a caregiver or an interpreter is reached; a patient's stand with the patient.
ALTER TABLE seats ADD COLUMN phone TEXT;
ALTER TABLE seats ADD COLUMN mail TEXT;
