-- How often a provider was asked what became of a message that it had taken.
ALTER TABLE outbox ADD COLUMN looks BIGINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_awaited ON outbox (changed_at) WHERE state = 'accepted' AND channel = 'sms';
