-- The growth file keeps who wrote what from whom and when, and keeps it for good.
ALTER TABLE growth_entry ADD COLUMN filed_at BIGINT;
ALTER TABLE growth_entry ADD COLUMN source TEXT;
-- The record that the entry tells of: a plan, a referral, a membership of a list.
ALTER TABLE growth_entry ADD COLUMN record_id {uuid};
-- The entry whose place it takes.
ALTER TABLE growth_entry ADD COLUMN corrects_id {uuid};
CREATE UNIQUE INDEX growth_entry_corrects ON growth_entry (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX growth_entry_record ON growth_entry (record_id, at) WHERE record_id IS NOT NULL;
-- What is written stays as it was written, whoever asks. The canary's own traces alone may be swept.
{append_only growth_entry: OLD.student_id <> {canary_student}}
{append_only observation_version: OLD.recorded_by <> {canary_person}}
{append_only event: NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = OLD.subject AND a.student_id = {canary_student}) AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.id = OLD.subject AND o.filed_by = {canary_person})}
{append_only audit: OLD.student_id IS NULL OR OLD.student_id <> {canary_student}}
