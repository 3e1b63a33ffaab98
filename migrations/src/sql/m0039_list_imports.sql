-- Memberships of lists that came from a file: what was read, who applied it, what it wrote.
CREATE TABLE list_import (
  id {uuid} NOT NULL PRIMARY KEY,
  school_id {uuid} NOT NULL REFERENCES school (id),
  uploaded_by {uuid} NOT NULL REFERENCES person (id),
  uploaded_at BIGINT NOT NULL,
  file_hash TEXT NOT NULL,
  version BIGINT NOT NULL,
  summary TEXT NOT NULL,
  body TEXT NOT NULL,
  applied_at BIGINT,
  undone_at BIGINT
);
CREATE INDEX list_import_of_person ON list_import (uploaded_by, uploaded_at);
CREATE TABLE list_import_member (
  import_id {uuid} NOT NULL REFERENCES list_import (id),
  membership_id {uuid} NOT NULL,
  student_id {uuid} NOT NULL,
  PRIMARY KEY (import_id, membership_id)
){clustered};
