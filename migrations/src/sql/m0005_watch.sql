-- What the auditor looks through: each question has an index that holds only what it asks about.
CREATE INDEX alert_standing ON alert (climb_state, level, due_at) WHERE closed_at IS NULL;
CREATE INDEX alert_timeless ON alert (opened_at)
  WHERE climb_state <> 'closed' AND (due_at IS NULL OR deadline_at IS NULL OR closed_at IS NOT NULL);
CREATE INDEX growth_alert ON growth_entry (at, alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX attempt_ended ON delivery_attempt (ended_at) WHERE ended_at IS NOT NULL;
ALTER TABLE finding ADD COLUMN severity TEXT NOT NULL DEFAULT 'note';
ALTER TABLE finding ADD COLUMN paged_at BIGINT;
CREATE INDEX finding_open ON finding (kind, subject) WHERE closed_at IS NULL;
-- Which version of each engine works on this database.
CREATE TABLE engine_version (
  module TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);
