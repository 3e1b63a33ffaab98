-- Organisation, people, access.
CREATE TABLE district (
  id {uuid} NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE school (
  id {uuid} NOT NULL PRIMARY KEY,
  district_id {uuid} NOT NULL REFERENCES district (id),
  name TEXT NOT NULL,
  duty_phone TEXT,
  counsellor_phone TEXT
);
CREATE TABLE grade (
  id {uuid} NOT NULL PRIMARY KEY,
  school_id {uuid} NOT NULL REFERENCES school (id),
  stage TEXT NOT NULL,
  entry_year BIGINT NOT NULL,
  UNIQUE (school_id, stage, entry_year)
);
CREATE TABLE class (
  id {uuid} NOT NULL PRIMARY KEY,
  grade_id {uuid} NOT NULL REFERENCES grade (id),
  school_id {uuid} NOT NULL REFERENCES school (id),
  name TEXT NOT NULL,
  UNIQUE (grade_id, name)
);
CREATE TABLE person (
  id {uuid} NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT
);
CREATE TABLE position (
  id {uuid} NOT NULL PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  unit_kind TEXT NOT NULL,
  unit_id {uuid} NOT NULL,
  school_id {uuid},
  lead BOOLEAN NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT,
  CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX position_person ON position (person_id);
CREATE INDEX position_unit ON position (unit_id);
CREATE TABLE deputy (
  person_id {uuid} NOT NULL REFERENCES person (id),
  deputy_id {uuid} NOT NULL REFERENCES person (id),
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, deputy_id, from_at),
  CHECK (person_id <> deputy_id AND to_at > from_at)
);
CREATE TABLE duty (
  school_id {uuid} NOT NULL REFERENCES school (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  PRIMARY KEY (school_id, from_at, person_id),
  CHECK (to_at > from_at)
);
CREATE INDEX duty_person ON duty (person_id, to_at);
CREATE TABLE contact_method (
  person_id {uuid} NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  verified_at BIGINT,
  PRIMARY KEY (person_id, channel, address)
);
CREATE TABLE session (
  id {uuid} NOT NULL PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  person_id {uuid} NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX session_person ON session (person_id);
CREATE TABLE sign_in_delay (
  subject TEXT NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  free_at BIGINT NOT NULL
);
-- Append-only: who did or read what. Ids only.
CREATE TABLE audit (
  id {uuid} NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  person_id {uuid},
  act TEXT NOT NULL,
  student_id {uuid},
  object TEXT,
  detail TEXT,
  request_id TEXT
);
CREATE INDEX audit_student ON audit (student_id, at) WHERE student_id IS NOT NULL;
CREATE TABLE idempotency (
  person_id {uuid} NOT NULL,
  idempotency_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (person_id, idempotency_key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
CREATE TABLE policy (
  id {uuid} NOT NULL PRIMARY KEY,
  version TEXT NOT NULL,
  body TEXT NOT NULL,
  activated_at BIGINT NOT NULL
);
