-- The plan of a child, in versions; who signed which; what is done, and what came of it.
CREATE TABLE plan (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL,
  version BIGINT NOT NULL,
  level BIGINT NOT NULL,
  body TEXT NOT NULL,
  starts_at TEXT NOT NULL,
  written_by {uuid} NOT NULL,
  written_at BIGINT NOT NULL,
  CHECK (level BETWEEN 1 AND 4)
);
CREATE UNIQUE INDEX plan_version ON plan (student_id, version);
{append_only plan: OLD.version > 0}
CREATE TABLE plan_signature (
  plan_id {uuid} NOT NULL,
  seat TEXT NOT NULL,
  person_id {uuid} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (plan_id, seat),
  CHECK (seat IN ('writer', 'second'))
);
CREATE UNIQUE INDEX plan_signature_person ON plan_signature (plan_id, person_id);
{append_only plan_signature: OLD.at > 0}
CREATE TABLE plan_measure (
  id {uuid} NOT NULL PRIMARY KEY,
  plan_id {uuid} NOT NULL REFERENCES plan (id),
  seq BIGINT NOT NULL,
  owner_id {uuid} NOT NULL
);
CREATE INDEX plan_measure_plan ON plan_measure (plan_id, seq);
CREATE INDEX plan_measure_owner ON plan_measure (owner_id);
{append_only plan_measure: OLD.seq >= 0}
CREATE TABLE plan_progress (
  id {uuid} NOT NULL PRIMARY KEY,
  measure_id {uuid} NOT NULL REFERENCES plan_measure (id),
  said TEXT NOT NULL,
  done BOOLEAN NOT NULL,
  by_person {uuid} NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX plan_progress_measure ON plan_progress (measure_id, at);
{append_only plan_progress: OLD.at > 0}
