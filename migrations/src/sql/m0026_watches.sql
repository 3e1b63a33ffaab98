-- A watch: whoever is with the child around the clock, shift by shift. One that runs has a time at which an alarm goes out.
CREATE TABLE watch (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL REFERENCES alert (id),
  begun_at BIGINT NOT NULL,
  alarm_at BIGINT,
  alarms BIGINT NOT NULL,
  ended_at BIGINT,
  ended_how TEXT,
  ended_by {uuid},
  handed_to TEXT,
  reason TEXT,
  CHECK ((ended_at IS NULL) = (alarm_at IS NOT NULL)),
  CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
  CHECK (ended_how IN ('reassessed', 'guardian', 'hospital'))
);
CREATE UNIQUE INDEX watch_one_open ON watch (alert_id) WHERE ended_at IS NULL;
CREATE INDEX watch_due ON watch (alarm_at) WHERE alarm_at IS NOT NULL;
CREATE TABLE watch_shift (
  watch_id {uuid} NOT NULL REFERENCES watch (id),
  seq BIGINT NOT NULL,
  adult TEXT NOT NULL,
  person_id {uuid},
  since_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  place TEXT NOT NULL,
  handed_over_by TEXT,
  recorded_by {uuid} NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (watch_id, seq),
  CHECK (until_at > since_at)
){clustered};
{append_only watch_shift: OLD.seq >= 0}
