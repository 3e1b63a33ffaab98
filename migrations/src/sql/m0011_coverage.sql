-- Duty turns, deputies and contact methods get ids; contact methods are tested before they count.
CREATE TABLE duty_turn (
  id {uuid} NOT NULL PRIMARY KEY,
  school_id {uuid} NOT NULL REFERENCES school (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  set_by {uuid},
  UNIQUE (school_id, from_at, person_id),
  CHECK (to_at > from_at)
);
INSERT INTO duty_turn (id, school_id, person_id, from_at, to_at)
  SELECT {new_uuid}, school_id, person_id, from_at, to_at FROM duty;
DROP TABLE duty;
ALTER TABLE duty_turn RENAME TO duty;
CREATE INDEX duty_of_person ON duty (person_id, to_at);
CREATE INDEX duty_begins ON duty (from_at);
CREATE TABLE deputation (
  id {uuid} NOT NULL PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  deputy_id {uuid} NOT NULL REFERENCES person (id),
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  set_by {uuid},
  UNIQUE (person_id, deputy_id, from_at),
  CHECK (person_id <> deputy_id AND to_at > from_at)
);
INSERT INTO deputation (id, person_id, deputy_id, from_at, to_at)
  SELECT {new_uuid}, person_id, deputy_id, from_at, to_at FROM deputy;
DROP TABLE deputy;
ALTER TABLE deputation RENAME TO deputy;
CREATE INDEX deputy_of_person ON deputy (person_id, to_at);
CREATE INDEX deputy_stands_in ON deputy (deputy_id, to_at);
CREATE INDEX deputy_begins ON deputy (from_at);
CREATE TABLE way_to_reach (
  id {uuid} NOT NULL DEFAULT ({new_uuid}) PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  verified_at BIGINT,
  last_ok_at BIGINT,
  UNIQUE (person_id, channel, address)
);
INSERT INTO way_to_reach (person_id, channel, address, verified_at)
  SELECT person_id, channel, address, verified_at FROM contact_method;
DROP TABLE contact_method;
ALTER TABLE way_to_reach RENAME TO contact_method;
-- The six digits that show that a message arrives. One test at a time for each contact method.
CREATE TABLE contact_test (
  contact_id {uuid} NOT NULL PRIMARY KEY REFERENCES contact_method (id),
  counter BIGINT NOT NULL,
  code_hash TEXT NOT NULL,
  tries BIGINT NOT NULL,
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  lease_until BIGINT,
  attempt BIGINT NOT NULL,
  last_error TEXT,
  CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
  CHECK (state <> 'sending' OR lease_until IS NOT NULL)
);
CREATE INDEX contact_test_waiting ON contact_test (created_at) WHERE state IN ('pending', 'sending');
-- Which channels somebody wants for yellow and blue, in which order; none for all. A red and an orange use all of them.
CREATE TABLE channel_choice (
  person_id {uuid} NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (person_id, channel)
);
