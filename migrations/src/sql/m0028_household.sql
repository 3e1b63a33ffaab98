-- Home is not told: the whole household, not one person, until two people have decided.
CREATE TABLE household_lock (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  why TEXT NOT NULL,
  locked_at BIGINT NOT NULL,
  locked_by {uuid} NOT NULL,
  decision TEXT,
  reason TEXT,
  proposed_by {uuid},
  proposed_at BIGINT,
  signed_by {uuid},
  signed_at BIGINT,
  lifted_at BIGINT,
  CHECK (why IN ('yes', 'unclear', 'family_suspected')),
  CHECK (decision IN ('tell', 'tell_with_police', 'do_not_tell')),
  CHECK (signed_by IS NULL OR signed_by <> proposed_by),
  CHECK (lifted_at IS NULL OR signed_at IS NOT NULL)
);
CREATE UNIQUE INDEX household_one_lock ON household_lock (student_id) WHERE lifted_at IS NULL;
