-- A referral, with its return leg: whether they went, what came of it, the next visit.
CREATE TABLE referral (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  sent_to TEXT NOT NULL,
  reason TEXT NOT NULL,
  consent TEXT NOT NULL,
  consent_by TEXT,
  escort TEXT NOT NULL,
  appointment_at BIGINT NOT NULL,
  made_by {uuid} NOT NULL REFERENCES person (id),
  made_at BIGINT NOT NULL,
  went_at BIGINT,
  went_by {uuid},
  back_at BIGINT,
  back_by {uuid},
  outcome TEXT,
  next_visit BIGINT,
  CHECK (back_at IS NULL OR went_at IS NOT NULL),
  CHECK ((back_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX referral_student ON referral (student_id, made_at);
