-- How far the round has come that looks for children of whom nobody writes, and when it goes on. One row.
CREATE TABLE unseen_round (
  id BIGINT NOT NULL PRIMARY KEY,
  act_at BIGINT NOT NULL,
  after_id {uuid},
  CHECK (id = 1)
);
