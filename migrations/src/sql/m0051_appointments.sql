-- Positions that an administrator, or the machine itself, gave or proposed. One that waits is no position yet: what it becomes is
-- written into `position` when it is confirmed. Whom it is about and who proposed it decide nothing here.
CREATE TABLE appointment (
  id {uuid} NOT NULL PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  role TEXT NOT NULL,
  unit_kind TEXT NOT NULL,
  unit_id {uuid} NOT NULL,
  school_id {uuid},
  district_id {uuid} NOT NULL,
  lead BOOLEAN NOT NULL,
  proposed_by {uuid} REFERENCES person (id),
  proposed_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  decided_by {uuid} REFERENCES person (id),
  decided_at BIGINT,
  reason TEXT,
  CHECK (state IN ('waiting', 'confirmed', 'refused', 'at_once')),
  CHECK ((state IN ('confirmed', 'refused')) = (decided_by IS NOT NULL)),
  CHECK ((state = 'refused') = (reason IS NOT NULL)),
  CHECK (state <> 'waiting' OR proposed_by IS NOT NULL),
  CHECK (decided_by IS NULL OR (decided_by <> person_id AND decided_by <> proposed_by)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL))
);
CREATE UNIQUE INDEX appointment_one_waits ON appointment (person_id, role, unit_id) WHERE state = 'waiting';
CREATE INDEX appointment_person ON appointment (person_id, proposed_at);
CREATE INDEX appointment_school ON appointment (school_id, proposed_at) WHERE school_id IS NOT NULL;
CREATE INDEX appointment_district ON appointment (district_id, proposed_at);
