-- A signed decision that an alert need not climb further for a while. The deadline that it moved is kept, and the climb goes
-- on by it when new facts come.
ALTER TABLE alert ADD COLUMN held_from_at BIGINT;
ALTER TABLE proposal ADD COLUMN until_at BIGINT;
CREATE TABLE not_escalating (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL REFERENCES alert (id),
  level BIGINT NOT NULL,
  reason TEXT NOT NULL,
  decided_by {uuid} NOT NULL,
  signed_by {uuid},
  decided_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  CHECK (level BETWEEN 1 AND 3),
  CHECK (level < 3 OR signed_by IS NOT NULL),
  CHECK (signed_by IS NULL OR signed_by <> decided_by)
);
CREATE INDEX not_escalating_alert ON not_escalating (alert_id, decided_at);
