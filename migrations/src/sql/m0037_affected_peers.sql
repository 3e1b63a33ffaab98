-- Children whom an event may have touched: why, who looks in on each, and whether somebody has. No alert follows from it.
CREATE TABLE affected_peer (
  id {uuid} NOT NULL PRIMARY KEY,
  alert_id {uuid} NOT NULL REFERENCES alert (id),
  student_id {uuid} NOT NULL REFERENCES student (id),
  why TEXT NOT NULL,
  named_by {uuid} NOT NULL REFERENCES person (id),
  named_at BIGINT NOT NULL,
  looked_at BIGINT,
  looked_again_at BIGINT,
  CHECK (looked_again_at IS NULL OR looked_at IS NOT NULL)
);
CREATE UNIQUE INDEX affected_peer_once ON affected_peer (alert_id, student_id);
