-- A leave from school. Where it stands follows from its steps, which are never changed; there is one open leave of a student.
CREATE TABLE school_leave (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  from_day TEXT NOT NULL,
  reason TEXT NOT NULL,
  paper_seen BOOLEAN NOT NULL,
  keeper_id {uuid} NOT NULL REFERENCES person (id),
  every_days BIGINT NOT NULL,
  note TEXT,
  recorded_by {uuid} NOT NULL REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  ended_at BIGINT,
  CHECK (every_days > 0)
);
CREATE UNIQUE INDEX school_leave_one_open ON school_leave (student_id) WHERE ended_at IS NULL;
CREATE INDEX school_leave_student ON school_leave (student_id, recorded_at);
CREATE TABLE leave_step (
  leave_id {uuid} NOT NULL REFERENCES school_leave (id),
  seq BIGINT NOT NULL,
  id {uuid} NOT NULL,
  body TEXT NOT NULL,
  by_person {uuid} NOT NULL REFERENCES person (id),
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (leave_id, seq)
){clustered};
{append_only leave_step: OLD.seq >= 0}
