-- A report that the law demands, as it was written down, and who was told. Neither is ever changed. Its clock runs in a row
-- of its own: when it moves next, and what was said so far.
CREATE TABLE mandatory_report (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  class_id {uuid} NOT NULL,
  grade_id {uuid} NOT NULL,
  school_id {uuid} NOT NULL REFERENCES school (id),
  district_id {uuid} NOT NULL,
  alert_id {uuid} REFERENCES alert (id),
  suspicion TEXT NOT NULL,
  suspected TEXT NOT NULL,
  danger_now TEXT NOT NULL,
  audience TEXT NOT NULL,
  opened_by {uuid} NOT NULL REFERENCES person (id),
  known_at BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  CHECK (suspected IN ('family', 'staff', 'pupils', 'other', 'unknown')),
  CHECK (danger_now IN ('yes', 'no', 'unclear')),
  CHECK (audience IN ('everyone', 'confidants', 'district_only'))
);
CREATE INDEX mandatory_student ON mandatory_report (student_id, known_at);
-- Who must not hear of it: those that it names, and those whom the alert beside it leaves out.
CREATE TABLE mandatory_exclusion (
  report_id {uuid} NOT NULL REFERENCES mandatory_report (id),
  person_id {uuid} NOT NULL,
  named BOOLEAN NOT NULL,
  PRIMARY KEY (report_id, person_id)
){clustered};
CREATE TABLE mandatory_recipient (
  id {uuid} NOT NULL PRIMARY KEY,
  report_id {uuid} NOT NULL REFERENCES mandatory_report (id),
  recipient TEXT NOT NULL,
  told_at BIGINT NOT NULL,
  office TEXT NOT NULL,
  officer TEXT NOT NULL,
  receipt TEXT,
  receipt_at BIGINT,
  recorded_by {uuid} NOT NULL REFERENCES person (id),
  recorded_at BIGINT NOT NULL,
  CHECK (recipient IN ('police', 'civil_affairs', 'education'))
);
CREATE INDEX mandatory_told ON mandatory_recipient (report_id, recorded_at);
CREATE TABLE mandatory_clock (
  report_id {uuid} NOT NULL PRIMARY KEY REFERENCES mandatory_report (id),
  act_at BIGINT,
  chased_at BIGINT,
  breached_at BIGINT,
  reminded_at BIGINT,
  police_at BIGINT,
  settled_at BIGINT
);
CREATE INDEX mandatory_due ON mandatory_clock (act_at) WHERE act_at IS NOT NULL;
CREATE INDEX mandatory_open ON mandatory_clock (report_id) WHERE settled_at IS NULL;
{append_only mandatory_report: TRUE}
{append_only mandatory_exclusion: TRUE}
{append_only mandatory_recipient: TRUE}
