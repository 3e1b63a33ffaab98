-- Messages of yellow and blue alerts to one person by one channel go out together: the others name the one that carries
-- them. Never one of a red or an orange: their notices have no such field, and this says so once more.
ALTER TABLE outbox ADD COLUMN may_bundle BIGINT NOT NULL DEFAULT 0 CHECK (may_bundle = 0 OR (lane = 'normal' AND level <= 2));
ALTER TABLE outbox ADD COLUMN carrier_id {uuid} CHECK (carrier_id IS NULL OR may_bundle = 1);
CREATE INDEX outbox_company ON outbox (person_id, channel, not_before) WHERE may_bundle = 1;
CREATE INDEX outbox_carried ON outbox (carrier_id) WHERE carrier_id IS NOT NULL;
-- It comes later than it should have; a resend says so too.
ALTER TABLE outbox ADD COLUMN late BIGINT NOT NULL DEFAULT 0;
-- How many reds one person was told of lately.
CREATE INDEX outbox_reds ON outbox (person_id, created_at) WHERE lane = 'red';
CREATE INDEX outbox_storms ON outbox (person_id, created_at) WHERE kind = 'storm';
