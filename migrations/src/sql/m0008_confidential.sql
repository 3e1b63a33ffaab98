-- What is told under a restriction runs beside the ordinary alert: a student has at most one open alert of each kind.
ALTER TABLE alert ADD COLUMN confidential BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE alert SET confidential = TRUE WHERE audience <> 'everyone'
  OR EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = alert.id);
DROP INDEX alert_one_open;
CREATE UNIQUE INDEX alert_one_open ON alert (student_id, confidential) WHERE closed_at IS NULL;
-- The level that a lowering was proposed at. Decided by nobody, it was overtaken by new facts.
ALTER TABLE proposal ADD COLUMN from_level BIGINT NOT NULL DEFAULT 4;
UPDATE proposal SET from_level = (SELECT a.level FROM alert a WHERE a.id = proposal.alert_id);
-- Since when somebody is left out: what he saw before is no secret, what came after is.
ALTER TABLE alert_exclusion ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
-- For whom somebody stands in is asked at every request.
CREATE INDEX deputy_deputy ON deputy (deputy_id, to_at);
