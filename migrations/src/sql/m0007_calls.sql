-- When somebody is next called about a red, since when the present turn runs, and who said "I cannot".
ALTER TABLE alert ADD COLUMN call_at BIGINT;
ALTER TABLE alert ADD COLUMN turn_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE alert ADD COLUMN declined TEXT NOT NULL DEFAULT '[]';
UPDATE alert SET turn_at = opened_at;
