-- Taken from one person's screen while the others keep it.
ALTER TABLE snippet_audience ADD COLUMN gone_at BIGINT;

-- For the export across visits.
CREATE INDEX snippet_audience_by_time ON snippet_audience (shown_at, snippet_id, seat_id);
