-- The person waits and wants a text when they are let in: since when. Empty again once it went out.
ALTER TABLE seats ADD COLUMN text_at BIGINT;
