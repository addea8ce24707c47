-- Somebody asks a technician for help before a visit; a visit has one open request at most.
-- Takes the place of `visits.help_asked_at`, which stays for a gateway of the version before that still runs.
CREATE TABLE help_requests (
    id TEXT PRIMARY KEY,
    facility_id TEXT NOT NULL REFERENCES facilities (id),
    visit_id TEXT NOT NULL REFERENCES visits (id), -- the clinical visit
    open_for TEXT UNIQUE,         -- the visit once more while the request is open, empty afterwards
    asked_by TEXT NOT NULL,       -- patient, check, staff, technician
    screen TEXT,                  -- the name of the patient's screen
    cause TEXT,                   -- a verdict's word
    asked_at BIGINT NOT NULL,
    state TEXT NOT NULL,          -- asked, claimed, testing, done, withdrawn
    holder TEXT REFERENCES staff (id), -- the technician who has it
    claimed_at BIGINT,
    texted_at BIGINT,             -- the steps went out as a text message
    closed_at BIGINT,
    outcome TEXT,                 -- of a done one: ready, use_the_phone, needs_another_device
    note TEXT
);
CREATE INDEX help_requests_by_visit ON help_requests (visit_id, asked_at);
CREATE INDEX help_requests_by_day ON help_requests (facility_id, closed_at);

INSERT INTO help_requests (id, facility_id, visit_id, open_for, asked_by, asked_at, state)
SELECT id, facility_id, id, id, 'staff', help_asked_at, 'asked' FROM visits WHERE help_asked_at IS NOT NULL AND state = 'booked';

-- When the window of the desk was last heard of, on the computer of this sign-in.
ALTER TABLE staff_sessions ADD COLUMN desk_at BIGINT;

-- Who failed for the same cause before: the patient's earlier visits, and others lately.
CREATE INDEX visits_by_patient ON visits (patient_id, starts_at);
CREATE INDEX equipment_tests_by_cause ON equipment_tests (cause, finished_at);
