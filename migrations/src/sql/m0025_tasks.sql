-- A task: about whom, whose it is, when it is due. An open one has a time at which it moves by itself; no other has.
CREATE TABLE task (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
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
  CHECK (state IN ('open', 'done', 'handed_on', 'void')),
  CHECK ((state = 'open') = (act_at IS NOT NULL)),
  CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE INDEX task_due ON task (act_at) WHERE act_at IS NOT NULL;
CREATE INDEX task_of_owner ON task (owner_id, state, due_at);
CREATE INDEX task_of_student ON task (student_id, due_at);
CREATE INDEX task_of_record ON task (record_id) WHERE record_id IS NOT NULL;
CREATE UNIQUE INDEX task_handed_once ON task (handed_from) WHERE handed_from IS NOT NULL;
