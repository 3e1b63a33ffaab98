-- Times of low mood, as weekly reports tell of them, and which tasks were given for each: once each.
CREATE TABLE low_time (
  id {uuid} NOT NULL PRIMARY KEY,
  student_id {uuid} NOT NULL REFERENCES student (id),
  began_on TEXT NOT NULL,
  last_week TEXT NOT NULL,
  talk_task {uuid},
  counsellor_task {uuid}
);
CREATE INDEX low_time_of_student ON low_time (student_id, last_week);
