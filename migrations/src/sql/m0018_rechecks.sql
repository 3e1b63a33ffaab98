-- Looking again after a close: who is reminded when next, how often that was, and what somebody found.
ALTER TABLE closing ADD COLUMN chase_at BIGINT;
ALTER TABLE closing ADD COLUMN chased BIGINT NOT NULL DEFAULT 0;
ALTER TABLE closing ADD COLUMN rechecked_by {uuid};
ALTER TABLE closing ADD COLUMN well BOOLEAN;
