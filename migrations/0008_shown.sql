-- What became of a piece of the record after it was offered; never what is in it.
ALTER TABLE snippets ADD COLUMN gone_at BIGINT;          -- taken from every screen
ALTER TABLE snippets ADD COLUMN keep BIGINT NOT NULL DEFAULT 0; -- "yours to keep": the patient may save a copy
ALTER TABLE snippet_audience ADD COLUMN kept_at BIGINT;  -- a copy was saved on this person's phone
