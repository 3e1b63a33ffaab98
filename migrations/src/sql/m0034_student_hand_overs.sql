-- A student passes from one holder to the next. Until it is accepted nothing moves; one that waits, or came back, has a time
-- at which it moves by itself.
CREATE TABLE student_hand_over (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  kind TEXT NOT NULL,
  from_class_id {uuid} NOT NULL,
  from_grade_id {uuid} NOT NULL,
  from_school_id {uuid} NOT NULL,
  from_district_id {uuid} NOT NULL,
  to_class_id {uuid},
  to_grade_id {uuid},
  to_school_id {uuid},
  to_district_id {uuid},
  outside TEXT,
  effective_on TEXT NOT NULL,
  note TEXT,
  matters TEXT NOT NULL,
  sent_by {uuid},
  sent_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  act_at BIGINT,
  told BIGINT NOT NULL,
  chased_at BIGINT,
  told_to TEXT,
  told_by_telephone_at BIGINT,
  told_by {uuid},
  state TEXT NOT NULL,
  version BIGINT NOT NULL,
  answered_by {uuid},
  answered_at BIGINT,
  reason TEXT,
  import_id {uuid},
  CHECK (kind IN ('class_change', 'promotion', 'transfer', 'leaving')),
  CHECK ((kind = 'leaving') = (to_school_id IS NULL)),
  CHECK (to_class_id IS NULL OR to_grade_id IS NOT NULL),
  CHECK (state IN ('waiting', 'accepted', 'refused', 'sent_again', 'withdrawn')),
  CHECK ((state IN ('waiting', 'refused')) = (act_at IS NOT NULL)),
  CHECK ((told_to IS NULL) = (told_by_telephone_at IS NULL))
);
CREATE UNIQUE INDEX student_hand_over_one_live ON student_hand_over (student_id) WHERE act_at IS NOT NULL;
CREATE INDEX student_hand_over_due ON student_hand_over (act_at) WHERE act_at IS NOT NULL;
CREATE INDEX student_hand_over_student ON student_hand_over (student_id, sent_at);
CREATE INDEX student_hand_over_from ON student_hand_over (from_school_id, sent_at);
CREATE INDEX student_hand_over_to ON student_hand_over (to_school_id, sent_at) WHERE to_school_id IS NOT NULL;
-- At another school what is over stays sealed: an alert that is over is nobody's page any more, and what was written before
-- is read by nobody but in an unsealing.
ALTER TABLE alert ADD COLUMN sealed_at BIGINT;
CREATE TABLE file_seal (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  hand_over_id {uuid} NOT NULL,
  sealed_at BIGINT NOT NULL
);
CREATE INDEX file_seal_student ON file_seal (student_id, sealed_at);
{append_only file_seal: TRUE}
-- What an alert that went with the student rests on.
CREATE TABLE file_carried (
  student_id {uuid} NOT NULL,
  observation_id {uuid} NOT NULL,
  alert_id {uuid} NOT NULL,
  PRIMARY KEY (student_id, observation_id, alert_id)
){clustered};
-- A signed, time-boxed look at what is sealed.
CREATE TABLE file_unsealing (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  person_id {uuid} NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);
CREATE INDEX file_unsealing_person ON file_unsealing (student_id, person_id, until_at);
{append_only file_unsealing: OLD.opened_at > 0}
