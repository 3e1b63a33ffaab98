-- A notice to a guardian, as it was issued, and what became of it: each a row that stays.
CREATE TABLE guardian_notice (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  guardian TEXT NOT NULL,
  relation TEXT NOT NULL,
  body TEXT NOT NULL,
  measures TEXT NOT NULL,
  asked TEXT NOT NULL,
  contact TEXT,
  issued_by {uuid} NOT NULL REFERENCES person (id),
  issued_at BIGINT NOT NULL
);
CREATE INDEX guardian_notice_student ON guardian_notice (student_id, issued_at);
CREATE TABLE guardian_notice_step (
  id {uuid} NOT NULL PRIMARY KEY,
  notice_id {uuid} NOT NULL REFERENCES guardian_notice (id),
  step TEXT NOT NULL,
  said_by TEXT,
  happened_at BIGINT NOT NULL,
  witness_id {uuid} REFERENCES person (id),
  said TEXT,
  recorded_by {uuid} NOT NULL REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  CHECK (step IN ('signed', 'refused', 'returned', 'second_opinion')),
  CHECK ((step = 'refused') = (witness_id IS NOT NULL)),
  CHECK (witness_id IS NULL OR witness_id <> recorded_by)
);
CREATE INDEX guardian_notice_steps ON guardian_notice_step (notice_id, recorded_at);
{append_only guardian_notice: TRUE}
{append_only guardian_notice_step: TRUE}
