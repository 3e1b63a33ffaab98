-- Who answers for a plan, or does a measure of it, since the one whom it names cannot any more. The plan stays as it was
-- signed; the last heir counts.
CREATE TABLE plan_heir (
  id {uuid} NOT NULL PRIMARY KEY,
  plan_id {uuid} NOT NULL REFERENCES plan (id),
  measure_id {uuid},
  seq BIGINT NOT NULL,
  person_id {uuid} NOT NULL REFERENCES person (id),
  at BIGINT NOT NULL
);
CREATE UNIQUE INDEX plan_heir_seq ON plan_heir (plan_id, seq);
CREATE INDEX plan_heir_measure ON plan_heir (measure_id, seq) WHERE measure_id IS NOT NULL;
CREATE INDEX plan_heir_person ON plan_heir (person_id);
{append_only plan_heir: OLD.seq >= 0}
