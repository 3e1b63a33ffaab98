-- What is signed is the proposal that was read: each has a name of its own.
ALTER TABLE household_lock ADD COLUMN proposal_id {uuid};
UPDATE household_lock SET proposal_id = id WHERE proposed_by IS NOT NULL;
