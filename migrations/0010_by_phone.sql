-- The visit went on by telephone, since then; empty again where it came back.
ALTER TABLE visits ADD COLUMN by_phone_at BIGINT;
