-- Times are UTC milliseconds, ids and words are text, flags are 0 or 1: the same on SQLite and PostgreSQL.

CREATE TABLE facilities (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    phone TEXT NOT NULL,
    emergency_number TEXT NOT NULL,
    join_window_minutes BIGINT NOT NULL,
    languages TEXT NOT NULL,      -- JSON: ["en","es"]
    reasons TEXT NOT NULL,        -- JSON: [{"code":"follow_up","en":"Follow-up","es":"Seguimiento"}]
    relay_only BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    facility_id TEXT NOT NULL REFERENCES facilities (id),
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,           -- clinician, support, admin
    password_hash TEXT NOT NULL,
    bookings BIGINT NOT NULL DEFAULT 0, -- touched by every booking, so that two bookings of one clinician queue up
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

CREATE TABLE staff_sessions (
    token_hash TEXT PRIMARY KEY,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);

CREATE TABLE patients (
    id TEXT PRIMARY KEY,
    facility_id TEXT NOT NULL REFERENCES facilities (id),
    name TEXT NOT NULL,
    born TEXT NOT NULL,           -- YYYY-MM-DD
    phone TEXT,
    mail TEXT,
    language TEXT NOT NULL,
    record_id TEXT,               -- FHIR Patient id in the record source
    created_at BIGINT NOT NULL
);
CREATE INDEX patients_by_facility ON patients (facility_id, name);

CREATE TABLE visits (
    id TEXT PRIMARY KEY,
    facility_id TEXT NOT NULL REFERENCES facilities (id),
    kind TEXT NOT NULL,           -- clinical, test_call
    reason TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    patient_id TEXT NOT NULL REFERENCES patients (id),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    state TEXT NOT NULL,          -- booked, cancelled, ended
    moved_from BIGINT,            -- the start before the last move
    for_visit TEXT REFERENCES visits (id), -- a test call's clinical visit
    late_minutes BIGINT NOT NULL DEFAULT 0,
    help_asked_at BIGINT,         -- a technician was asked to help; empty again once one has
    consent TEXT NOT NULL DEFAULT 'not_asked',
    epoch BIGINT NOT NULL DEFAULT 0, -- raised each time a node takes the room up
    outcome TEXT,                 -- of a test call: ready, use_the_phone, needs_another_device
    note TEXT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX visits_by_day ON visits (facility_id, starts_at);
CREATE INDEX visits_by_staff ON visits (staff_id, starts_at);
CREATE INDEX visits_for_visit ON visits (for_visit);

CREATE TABLE seats (
    id TEXT PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id),
    role TEXT NOT NULL,           -- patient, clinician, caregiver, interpreter, support
    name TEXT NOT NULL,           -- shown to those who are admitted
    staff_id TEXT REFERENCES staff (id),
    patient_id TEXT REFERENCES patients (id),
    state TEXT NOT NULL DEFAULT 'expected', -- expected, waiting, admitted, left, denied, removed
    waiting_since BIGINT,
    admitted_at BIGINT,
    live_session TEXT,            -- the session that holds the seat
    birth_tries BIGINT NOT NULL DEFAULT 0,
    asked_at BIGINT,              -- the person asked the clinic to let them in
    vouched_at BIGINT             -- staff knows who it is: no date of birth is asked
);
CREATE INDEX seats_by_visit ON seats (visit_id);

CREATE TABLE join_links (
    ref TEXT PRIMARY KEY,         -- the path of the link; says nothing about anybody
    seat_id TEXT NOT NULL REFERENCES seats (id),
    secret_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    superseded_at BIGINT
);
CREATE INDEX join_links_by_seat ON join_links (seat_id);

-- A device's hold of a seat.
CREATE TABLE seat_sessions (
    id TEXT PRIMARY KEY,
    seat_id TEXT NOT NULL REFERENCES seats (id),
    device_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    identified_at BIGINT,
    ended_at BIGINT,
    UNIQUE (seat_id, device_hash)
);

CREATE TABLE equipment_tests (
    id TEXT PRIMARY KEY,
    seat_id TEXT NOT NULL REFERENCES seats (id),
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    mode TEXT,                    -- video, low_video, sound_only, phone
    cause TEXT,                   -- a stable word; absent when nothing is wrong
    checks TEXT,                  -- JSON
    device TEXT                   -- JSON
);
CREATE INDEX equipment_tests_by_seat ON equipment_tests (seat_id, finished_at);

CREATE TABLE snippets (
    id TEXT PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id),
    kind TEXT NOT NULL,
    item TEXT NOT NULL,           -- names the item in the record source; never its content
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    state TEXT NOT NULL,          -- prepared, held, offered, shown, withdrawn, rejected
    prepared_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX snippets_by_visit ON snippets (visit_id);

CREATE TABLE snippet_audience (
    snippet_id TEXT NOT NULL REFERENCES snippets (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    shown_at BIGINT,
    seen_at BIGINT,
    PRIMARY KEY (snippet_id, seat_id)
);

-- Commands already carried out, so that repeating one after a lost connection changes nothing.
CREATE TABLE commands (
    seat_id TEXT NOT NULL REFERENCES seats (id),
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seat_id, id)
);

CREATE TABLE replays (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    key TEXT NOT NULL,            -- the Idempotency-Key header
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, key)
);

CREATE TABLE feedback (
    seat_id TEXT PRIMARY KEY REFERENCES seats (id),
    rating BIGINT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    facility_id TEXT,
    visit_id TEXT,
    seat_id TEXT,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_by_visit ON audit (visit_id, seq);

-- The newest entry. Appending updates this one row first, so writers queue up and no two take the same number.
CREATE TABLE audit_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, '');
