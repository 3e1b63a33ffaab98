-- To which contact method an attempt went: one that was refused as bad is not tried again for the same message. What was
-- removed since may stand here.
ALTER TABLE delivery_attempt ADD COLUMN contact_id {uuid};
