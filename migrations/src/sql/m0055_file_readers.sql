-- Who has opened a file, the newest first: it costs by what is shown, however often the student stood in a list.
CREATE INDEX audit_file_readers ON audit (student_id, at, id)
  WHERE act IN ('read_growth_file', 'read_entry', 'read_attachment', 'print_growth_file', 'print_paper', 'unseal_file');
