-- What not everybody may hear of has one open alert for each circle of people who may: a report that leaves out others joins
-- none, and narrows none. An alert that was open before this step is the only confidential one of its student.
ALTER TABLE alert ADD COLUMN circle TEXT NOT NULL DEFAULT '';
UPDATE alert SET circle = 'earlier' WHERE confidential = TRUE;
DROP INDEX alert_one_open;
CREATE UNIQUE INDEX alert_one_open ON alert (student_id, circle) WHERE closed_at IS NULL;
