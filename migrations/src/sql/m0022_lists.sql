-- Who is on which list, since when, on what evidence: every change is a further version.
CREATE TABLE list_membership (
  id {uuid} NOT NULL,
  version BIGINT NOT NULL,
  student_id {uuid} NOT NULL,
  list TEXT NOT NULL,
  from_on TEXT NOT NULL,
  to_on TEXT,
  evidence TEXT NOT NULL,
  source TEXT NOT NULL,
  review_at TEXT NOT NULL,
  deed TEXT NOT NULL,
  said TEXT,
  by_person {uuid} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (id, version),
  CHECK (deed IN ('listed', 'reviewed', 'ended')),
  CHECK ((to_on IS NULL) = (deed <> 'ended'))
){clustered};
CREATE INDEX list_membership_student ON list_membership (student_id, list);
CREATE INDEX list_membership_list ON list_membership (list, student_id);
{append_only list_membership: OLD.version > 0}
-- One student, one case: what for, what is done, who answers for it.
CREATE TABLE case_support (
  student_id {uuid} NOT NULL,
  version BIGINT NOT NULL,
  target TEXT NOT NULL,
  measures TEXT NOT NULL,
  responsible_id {uuid} NOT NULL,
  by_person {uuid} NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (student_id, version)
){clustered};
{append_only case_support: OLD.version > 0}
