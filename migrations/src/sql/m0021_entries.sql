-- An entry is looked up by its id, and the life events of a child by themselves.
CREATE UNIQUE INDEX growth_entry_id ON growth_entry (id);
CREATE INDEX growth_entry_life ON growth_entry (student_id, at) WHERE kind = 'life_event';
