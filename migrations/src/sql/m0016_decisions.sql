-- What is proposed, and what it rests on.
ALTER TABLE proposal ADD COLUMN kind TEXT NOT NULL DEFAULT 'lower';
ALTER TABLE proposal ADD COLUMN outcome TEXT;
ALTER TABLE proposal ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';
-- A close: how it ended, why, what it rests on, who signed, when somebody looks again. One is in force until new facts come.
CREATE TABLE closing (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL REFERENCES alert (id),
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  closed_by {uuid} NOT NULL,
  signed_by {uuid},
  closed_at BIGINT NOT NULL,
  recheck_at BIGINT,
  rechecked_at BIGINT,
  reopened_at BIGINT,
  CHECK (signed_by IS NULL OR signed_by <> closed_by)
);
CREATE INDEX closing_alert ON closing (alert_id, closed_at);
CREATE UNIQUE INDEX closing_in_force ON closing (alert_id) WHERE reopened_at IS NULL;
CREATE INDEX closing_recheck ON closing (recheck_at) WHERE rechecked_at IS NULL AND reopened_at IS NULL;
-- An alert that is offered to somebody: the owner stays the owner until it is accepted.
CREATE TABLE hand_over (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL REFERENCES alert (id),
  from_person {uuid} NOT NULL,
  to_person {uuid} NOT NULL,
  offered_by {uuid} NOT NULL,
  reason TEXT NOT NULL,
  offered_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  answered_at BIGINT,
  answer TEXT,
  CHECK (from_person <> to_person),
  CHECK ((answered_at IS NULL) = (answer IS NULL)),
  CHECK (answer IN ('accepted', 'refused', 'unanswered', 'void'))
);
CREATE UNIQUE INDEX hand_over_one_open ON hand_over (alert_id) WHERE answered_at IS NULL;
CREATE INDEX hand_over_due ON hand_over (due_at) WHERE answered_at IS NULL;
