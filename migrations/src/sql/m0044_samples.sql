-- The draw of a signed decision: made with the decision, kept as it was drawn.
CREATE TABLE decision_draw (
  id {uuid} NOT NULL PRIMARY KEY,
  school_id {uuid} NOT NULL REFERENCES school (id),
  student_id {uuid} NOT NULL REFERENCES student (id),
  alert_id {uuid} NOT NULL REFERENCES alert (id),
  entry_id {uuid} NOT NULL,
  kind TEXT NOT NULL,
  from_level BIGINT NOT NULL,
  to_level BIGINT NOT NULL,
  decided_by {uuid} NOT NULL REFERENCES person (id),
  signed_by {uuid} REFERENCES person (id),
  decided_at BIGINT NOT NULL,
  month TEXT NOT NULL,
  draw BIGINT NOT NULL,
  share BIGINT NOT NULL,
  CHECK (kind IN ('lowering', 'not_escalating', 'closing', 'false_alarm')),
  CHECK (signed_by IS NULL OR signed_by <> decided_by)
);
CREATE INDEX decision_draw_of ON decision_draw (school_id, month, decided_by);
CREATE INDEX decision_draw_at ON decision_draw (school_id, decided_at);
{append_only decision_draw: OLD.draw >= 0}
-- The decisions that were drawn. One that nobody looks at yet has a time at which somebody is looked for, or a task.
CREATE TABLE decision_sample (
  id {uuid} NOT NULL PRIMARY KEY REFERENCES decision_draw (id),
  why TEXT NOT NULL,
  sampled_at BIGINT NOT NULL,
  give_at BIGINT,
  task_id {uuid},
  CHECK (why IN ('share', 'month')),
  CHECK (give_at IS NULL OR task_id IS NULL)
);
CREATE INDEX decision_sample_to_give ON decision_sample (give_at) WHERE give_at IS NOT NULL;
-- Somebody decided something in a month: when it is over one of his decisions has been drawn, or is.
CREATE TABLE sample_month (
  school_id {uuid} NOT NULL,
  person_id {uuid} NOT NULL,
  month TEXT NOT NULL,
  settle_at BIGINT,
  PRIMARY KEY (school_id, person_id, month)
){clustered};
CREATE INDEX sample_month_due ON sample_month (settle_at) WHERE settle_at IS NOT NULL;
-- What somebody found who looked at a decision: once, and kept.
CREATE TABLE sample_finding (
  sample_id {uuid} NOT NULL PRIMARY KEY REFERENCES decision_sample (id),
  finding TEXT NOT NULL,
  words TEXT,
  found_by {uuid} NOT NULL REFERENCES person (id),
  found_at BIGINT NOT NULL,
  question_task {uuid},
  CHECK (finding IN ('agrees', 'question', 'disagrees')),
  CHECK (finding = 'agrees' OR words IS NOT NULL)
);
{append_only sample_finding: OLD.found_at IS NOT NULL}
