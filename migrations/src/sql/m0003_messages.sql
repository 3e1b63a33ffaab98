-- The outbox, its attempts, and what is learnt from providers.
CREATE TABLE outbox (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL,
  school_id {uuid} NOT NULL,
  person_id {uuid} NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  rung BIGINT NOT NULL,
  repeat_no BIGINT NOT NULL,
  lane TEXT NOT NULL,
  priority BIGINT NOT NULL,
  level BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  state TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  lease_until BIGINT,
  provider TEXT,
  provider_id TEXT,
  last_error TEXT,
  taken_by TEXT,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  UNIQUE (alert_id, epoch, rung, repeat_no, person_id, channel, kind),
  CHECK (state IN ('pending', 'sending', 'accepted', 'delivered', 'failed', 'unknown', 'cancelled', 'bundled')),
  CHECK (state <> 'sending' OR lease_until IS NOT NULL)
);
CREATE INDEX outbox_pending ON outbox (lane, priority, not_before) WHERE state = 'pending';
CREATE INDEX outbox_leased ON outbox (lane, lease_until) WHERE state = 'sending';
CREATE INDEX outbox_receipt ON outbox (provider, provider_id) WHERE provider_id IS NOT NULL;
CREATE TABLE delivery_attempt (
  outbox_id {uuid} NOT NULL,
  attempt BIGINT NOT NULL,
  provider TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  outcome TEXT,
  detail TEXT,
  PRIMARY KEY (outbox_id, attempt)
){clustered};
CREATE TABLE provider_receipt (
  provider TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  status TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (provider, provider_id, status)
);
-- What others learn and casework alone consumes.
CREATE TABLE signal (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL,
  kind TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  rung BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  consumed_at BIGINT
);
CREATE INDEX signal_waiting ON signal (created_at) WHERE consumed_at IS NULL;
CREATE TABLE heartbeat (
  name TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL
);
CREATE TABLE finding (
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  times BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (kind, subject)
);
