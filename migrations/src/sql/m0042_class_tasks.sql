-- A task may be about a class instead of a student: about one of the two, never both.
CREATE TABLE task_about (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} REFERENCES student (id),
  class_id {uuid} REFERENCES class (id),
  alert_id {uuid} REFERENCES alert (id),
  record_id {uuid},
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  restricted BOOLEAN NOT NULL,
  owner_id {uuid} NOT NULL REFERENCES person (id),
  from_person {uuid},
  given_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  act_at BIGINT,
  told BIGINT NOT NULL,
  chased_at BIGINT,
  state TEXT NOT NULL,
  ended_at BIGINT,
  ended_by {uuid},
  note TEXT,
  handed_from {uuid},
  CHECK ((student_id IS NULL) <> (class_id IS NULL)),
  CHECK (class_id IS NULL OR alert_id IS NULL),
  CHECK (state IN ('open', 'done', 'handed_on', 'void')),
  CHECK ((state = 'open') = (act_at IS NOT NULL)),
  CHECK ((state = 'open') = (ended_at IS NULL))
);
INSERT INTO task_about (id, student_id, class_id, alert_id, record_id, kind, body, restricted, owner_id, from_person, given_at,
  due_at, act_at, told, chased_at, state, ended_at, ended_by, note, handed_from)
  SELECT id, student_id, NULL, alert_id, record_id, kind, body, restricted, owner_id, from_person, given_at, due_at, act_at, told,
  chased_at, state, ended_at, ended_by, note, handed_from FROM task;
DROP TABLE task;
ALTER TABLE task_about RENAME TO task;
CREATE INDEX task_due ON task (act_at) WHERE act_at IS NOT NULL;
CREATE INDEX task_of_owner ON task (owner_id, state, due_at);
CREATE INDEX task_of_student ON task (student_id, due_at);
CREATE INDEX task_of_record ON task (record_id) WHERE record_id IS NOT NULL;
CREATE UNIQUE INDEX task_handed_once ON task (handed_from) WHERE handed_from IS NOT NULL;
-- Weeks in a row in which a class reported the same, and the task that was given for them: once for each such run.
CREATE TABLE same_run (
  id {uuid} NOT NULL PRIMARY KEY,
  class_id {uuid} NOT NULL REFERENCES class (id),
  first_week TEXT NOT NULL,
  last_week TEXT NOT NULL,
  task_id {uuid} NOT NULL
);
CREATE INDEX same_run_of_class ON same_run (class_id, last_week);
