-- Nobody of the school who may hear of an alert can assess it: the district decides, and sees what there is to decide on.
ALTER TABLE alert ADD COLUMN district_decides BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE alert SET district_decides = TRUE WHERE audience = 'district_only';
