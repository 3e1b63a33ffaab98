-- Students, observations, alerts, the growth file.
CREATE TABLE student (
  id {uuid} NOT NULL PRIMARY KEY,
  district_id {uuid} NOT NULL REFERENCES district (id),
  school_id {uuid} NOT NULL REFERENCES school (id),
  grade_id {uuid} NOT NULL REFERENCES grade (id),
  class_id {uuid} NOT NULL REFERENCES class (id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  seat TEXT,
  gender TEXT,
  birth_date TEXT,
  student_number TEXT,
  boards BOOLEAN NOT NULL,
  dormitory TEXT,
  bed TEXT,
  guardians TEXT NOT NULL,
  left_at BIGINT,
  import_id {uuid}
);
CREATE INDEX student_class ON student (class_id) WHERE left_at IS NULL;
CREATE INDEX student_school_name ON student (school_id, name_key) WHERE left_at IS NULL;
CREATE TABLE observation (
  id {uuid} NOT NULL PRIMARY KEY,
  reference TEXT NOT NULL,
  filed_by {uuid} NOT NULL,
  school_id {uuid} NOT NULL,
  received_at BIGINT NOT NULL
);
CREATE INDEX observation_filer ON observation (filed_by, received_at);
CREATE TABLE observation_version (
  observation_id {uuid} NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by {uuid} NOT NULL,
  PRIMARY KEY (observation_id, version)
){clustered};
CREATE TABLE observation_exclusion (
  observation_id {uuid} NOT NULL,
  person_id {uuid} NOT NULL,
  PRIMARY KEY (observation_id, person_id)
);
-- One student, one dated stream.
CREATE TABLE growth_entry (
  student_id {uuid} NOT NULL,
  at BIGINT NOT NULL,
  id {uuid} NOT NULL,
  kind TEXT NOT NULL,
  by_person {uuid},
  part TEXT,
  signs TEXT,
  observation_id {uuid},
  alert_id {uuid},
  body TEXT,
  restricted BOOLEAN NOT NULL,
  audience TEXT NOT NULL,
  PRIMARY KEY (student_id, at, id)
){clustered};
CREATE TABLE alert (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL,
  class_id {uuid} NOT NULL,
  grade_id {uuid} NOT NULL,
  school_id {uuid} NOT NULL,
  district_id {uuid} NOT NULL,
  level BIGINT NOT NULL,
  peak BIGINT NOT NULL,
  state TEXT NOT NULL,
  audience TEXT NOT NULL,
  owner_id {uuid},
  opened_at BIGINT NOT NULL,
  closed_at BIGINT,
  decision BIGINT NOT NULL,
  policy_id {uuid} NOT NULL REFERENCES policy (id),
  -- the climb
  climb_state TEXT NOT NULL,
  climb_version BIGINT NOT NULL,
  tier TEXT NOT NULL,
  rung BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  repeat_no BIGINT NOT NULL,
  due_at BIGINT,
  deadline_at BIGINT,
  resend_at BIGINT,
  last_seen BIGINT NOT NULL,
  late BOOLEAN NOT NULL,
  custody BOOLEAN NOT NULL,
  assessed BOOLEAN NOT NULL,
  reached TEXT NOT NULL,
  district_at BIGINT,
  CHECK (level BETWEEN 1 AND 4 AND peak >= level),
  CHECK (climb_state IN ('open', 'acked', 'settled', 'closed')),
  CHECK (climb_state = 'closed' OR (due_at IS NOT NULL AND deadline_at IS NOT NULL)),
  CHECK ((closed_at IS NULL) = (climb_state <> 'closed'))
);
CREATE UNIQUE INDEX alert_one_open ON alert (student_id) WHERE closed_at IS NULL;
CREATE INDEX alert_due ON alert (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX alert_open_school ON alert (school_id, level, deadline_at) WHERE closed_at IS NULL;
CREATE INDEX alert_student ON alert (student_id, opened_at);
CREATE TABLE alert_exclusion (
  alert_id {uuid} NOT NULL,
  person_id {uuid} NOT NULL,
  PRIMARY KEY (alert_id, person_id)
);
CREATE TABLE alert_reason (
  alert_id {uuid} NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  rule TEXT NOT NULL,
  version TEXT NOT NULL,
  zh TEXT NOT NULL,
  en TEXT NOT NULL,
  evidence TEXT NOT NULL,
  PRIMARY KEY (alert_id, seq)
){clustered};
CREATE TABLE custody (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL,
  adult TEXT NOT NULL,
  place TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  recorded_by {uuid} NOT NULL,
  recorded_at BIGINT NOT NULL
);
CREATE INDEX custody_alert ON custody (alert_id);
CREATE TABLE proposal (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL,
  to_level BIGINT NOT NULL,
  reason TEXT NOT NULL,
  proposed_by {uuid} NOT NULL,
  proposed_at BIGINT NOT NULL,
  decided_by {uuid},
  decided_at BIGINT,
  approved BOOLEAN,
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX proposal_one_open ON proposal (alert_id) WHERE decided_at IS NULL;
-- Append-only: what happened to an observation or an alert, in order.
CREATE TABLE event (
  subject {uuid} NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  by_person {uuid},
  at BIGINT NOT NULL,
  body TEXT,
  PRIMARY KEY (subject, seq)
){clustered};
