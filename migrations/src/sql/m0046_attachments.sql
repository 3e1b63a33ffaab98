-- A file that belongs to an entry of a growth file. It is kept as it was taken, under its digest; that it does not belong there is
-- said beside it, and nothing is taken away.
CREATE TABLE attachment (
  id {uuid} PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  entry_id {uuid} NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  content {bytes} NOT NULL,
  added_by {uuid} NOT NULL REFERENCES person (id),
  added_at BIGINT NOT NULL
);
CREATE INDEX attachment_entry ON attachment (entry_id);
{append_only attachment: TRUE}
CREATE TABLE attachment_withdrawal (
  attachment_id {uuid} PRIMARY KEY REFERENCES attachment (id),
  reason TEXT NOT NULL,
  withdrawn_by {uuid} NOT NULL REFERENCES person (id),
  withdrawn_at BIGINT NOT NULL
);
{append_only attachment_withdrawal: TRUE}
