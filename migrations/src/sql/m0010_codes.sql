-- Which number stands for whom, and what was answered under it. The number itself is not kept.
CREATE TABLE message_code (
  person_id {uuid} NOT NULL,
  alert_id {uuid} NOT NULL,
  epoch BIGINT NOT NULL,
  counter BIGINT NOT NULL,
  code_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  answer TEXT,
  answered_at BIGINT,
  PRIMARY KEY (person_id, alert_id, epoch)
);
CREATE INDEX message_code_hash ON message_code (code_hash);
CREATE INDEX message_code_age ON message_code (created_at);
ALTER TABLE outbox ADD COLUMN code_counter BIGINT NOT NULL DEFAULT 0;
