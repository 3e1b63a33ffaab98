-- Roster imports: what was read, what was applied, what it replaced.
CREATE TABLE roster_import (
  id {uuid} NOT NULL PRIMARY KEY,
  school_id {uuid} NOT NULL REFERENCES school (id),
  uploaded_by {uuid} NOT NULL,
  uploaded_at BIGINT NOT NULL,
  file_hash TEXT NOT NULL,
  version BIGINT NOT NULL,
  summary TEXT NOT NULL,
  body TEXT NOT NULL,
  applied_at BIGINT,
  undone_at BIGINT
);
CREATE INDEX roster_import_school ON roster_import (school_id, uploaded_at);
CREATE TABLE roster_change (
  import_id {uuid} NOT NULL,
  student_id {uuid} NOT NULL,
  was TEXT,
  PRIMARY KEY (import_id, student_id)
);
