-- The facilities that a technician helps beside their own: one help desk for several clinics.
CREATE TABLE staff_facilities (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    facility_id TEXT NOT NULL REFERENCES facilities (id),
    since BIGINT NOT NULL,
    PRIMARY KEY (staff_id, facility_id)
);
