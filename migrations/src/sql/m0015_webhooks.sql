-- A school's own systems: which of them are told, as the settings had them at the last start, and what they are to hear.
CREATE TABLE webhook_endpoint (
  name TEXT NOT NULL PRIMARY KEY,
  mark TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  off_at BIGINT
);
CREATE TABLE webhook_delivery (
  endpoint TEXT NOT NULL,
  alert_id {uuid} NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  state TEXT NOT NULL,
  attempt BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  lease_until BIGINT,
  last_error TEXT,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (endpoint, alert_id, seq, kind),
  CHECK (state IN ('pending', 'sending', 'delivered', 'failed', 'withheld')),
  CHECK (state <> 'sending' OR lease_until IS NOT NULL)
);
CREATE INDEX webhook_delivery_pending ON webhook_delivery (not_before) WHERE state = 'pending';
CREATE INDEX webhook_delivery_leased ON webhook_delivery (lease_until) WHERE state = 'sending';
