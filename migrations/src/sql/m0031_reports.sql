-- The weekly reports of classes. A row for each class and week says when it is due and what has been done about it; the
-- reports themselves are versions that stay.
CREATE TABLE report_due (
  id {uuid} NOT NULL PRIMARY KEY,
  class_id {uuid} NOT NULL REFERENCES class (id),
  grade_id {uuid} NOT NULL,
  school_id {uuid} NOT NULL,
  district_id {uuid} NOT NULL,
  week TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  shown_at BIGINT NOT NULL,
  stage BIGINT NOT NULL,
  act_at BIGINT,
  filed_at BIGINT,
  UNIQUE (class_id, week),
  CHECK (filed_at IS NULL OR act_at IS NULL)
);
CREATE INDEX report_due_act ON report_due (act_at) WHERE act_at IS NOT NULL;
CREATE INDEX report_due_school ON report_due (school_id, week);
CREATE TABLE class_report (
  class_id {uuid} NOT NULL REFERENCES class (id),
  week TEXT NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  same_weeks BIGINT NOT NULL,
  filed_by {uuid} NOT NULL,
  filed_at BIGINT NOT NULL,
  PRIMARY KEY (class_id, week, version)
){clustered};
-- What a grade or a school adds to the week of its classes. `counts` is how it stood then.
CREATE TABLE report_summary (
  unit_id {uuid} NOT NULL,
  kind TEXT NOT NULL,
  week TEXT NOT NULL,
  version BIGINT NOT NULL,
  body TEXT NOT NULL,
  counts TEXT NOT NULL,
  filed_by {uuid} NOT NULL,
  filed_at BIGINT NOT NULL,
  PRIMARY KEY (unit_id, week, version),
  CHECK (kind IN ('grade', 'school'))
){clustered};
{append_only class_report: TRUE}
{append_only report_summary: TRUE}
