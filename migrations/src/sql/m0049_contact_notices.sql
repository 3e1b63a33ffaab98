-- That a way in which somebody is reached was added, verified or removed, to each address at which he was reached before. The
-- address stands here: what was removed is told as well. A row goes when it was sent.
CREATE TABLE contact_notice (
  id {uuid} NOT NULL PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  change_kind TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  lease_until BIGINT,
  attempt BIGINT NOT NULL,
  last_error TEXT,
  CHECK (change_kind IN ('added', 'verified', 'removed'))
);
CREATE INDEX contact_notice_waiting ON contact_notice (created_at);
