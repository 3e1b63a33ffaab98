-- When an interview that nobody held in time became an alert: once.
ALTER TABLE task ADD COLUMN raised_at BIGINT;
CREATE INDEX task_unheld ON task (due_at) WHERE kind = 'prompt_interview' AND state = 'open' AND raised_at IS NULL;
