-- A report that somebody of the staff filed, beside each alert that it led to: when its time is over in which a person was to look,
-- whoever filed it hears so, once. Nothing is due any more once that time was looked at.
CREATE TABLE unread_report (
  observation_id {uuid} NOT NULL REFERENCES observation (id),
  alert_id {uuid} NOT NULL REFERENCES alert (id),
  due_at BIGINT,
  told_at BIGINT,
  PRIMARY KEY (observation_id, alert_id)
){clustered};
CREATE INDEX unread_report_due ON unread_report (due_at) WHERE due_at IS NOT NULL;
