-- Whether an account still has its first password, which whoever added the account knows: until it is changed it opens next to
-- nothing. And when it was last changed.
ALTER TABLE person ADD COLUMN first_password BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE person ADD COLUMN password_set_at BIGINT;
-- The hash of the word that whoever confirmed a position hands over in person: the first password ends with it. And whether the
-- present password was set with such a word; nothing where no administrator ever knew one.
ALTER TABLE person ADD COLUMN hand_over_word TEXT;
ALTER TABLE person ADD COLUMN password_vouched BOOLEAN;
-- Nobody could change a password before: whoever added an account by an office knows it still. Who is at work by now is not locked
-- out of his alerts by an upgrade: it stands beside the name in the list of positions, and the next one confirmed takes a word.
UPDATE person SET password_vouched = FALSE WHERE {hex(id)hex} IN
  (SELECT SUBSTR(object, 5) FROM audit WHERE act = 'add_staff' AND person_id IS NOT NULL AND object IS NOT NULL);
-- That a password was changed is told like a change of a contact method, at the same addresses and in the same way.
DROP INDEX contact_notice_waiting;
ALTER TABLE contact_notice RENAME TO contact_notice_before;
CREATE TABLE contact_notice (
  id {uuid} NOT NULL PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES person (id),
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  change_kind TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  lease_until BIGINT,
  attempt BIGINT NOT NULL,
  last_error TEXT,
  CHECK (change_kind IN ('added', 'verified', 'removed', 'password'))
);
INSERT INTO contact_notice (id, person_id, channel, address, change_kind, hint, created_at, lease_until, attempt, last_error)
  SELECT id, person_id, channel, address, change_kind, hint, created_at, lease_until, attempt, last_error
  FROM contact_notice_before;
DROP TABLE contact_notice_before;
CREATE INDEX contact_notice_waiting ON contact_notice (created_at);
