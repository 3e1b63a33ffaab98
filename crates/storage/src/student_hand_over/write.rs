//! Writing hand-overs of students.

use domain::id::{ClassId, ImportId, PersonId, SchoolId, StudentHandOverId, StudentId};
use domain::student_hand_over::{MatterKind, MoveState};
use domain::time::Timestamp;

use super::NewStudentHandOver;
use crate::row::{at, maybe_at, to_json};
use crate::{StorageError, Tx};

impl Tx {
    /// Adds a hand-over that waits. A class brings its grade with it.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the student has a live one.
    pub async fn add_student_hand_over(&mut self, h: &NewStudentHandOver) -> Result<(), StorageError> {
        let matters: Vec<&str> = h.matters.iter().copied().map(MatterKind::key).collect();
        let sql = "INSERT INTO student_hand_over (id, student_id, kind, from_class_id, from_grade_id, from_school_id, \
                   from_district_id, to_class_id, to_grade_id, to_school_id, to_district_id, outside, effective_on, note, \
                   matters, sent_by, sent_at, due_at, act_at, told, told_to, told_by_telephone_at, told_by, state, version, \
                   import_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, (SELECT grade_id FROM class WHERE id = $8), $9, \
                   (SELECT district_id FROM school WHERE id = $9), $10, $11, $12, $13, $14, $15, $16, $17, 0, $18, $19, \
                   $20, 'waiting', 1, $21)";
        let told = h.telephone.as_ref();
        let values = vec![
            h.id.uuid().into(),
            h.student.uuid().into(),
            h.kind.key().into(),
            h.from.class.uuid().into(),
            h.from.grade.uuid().into(),
            h.from.school.uuid().into(),
            h.from.district.uuid().into(),
            h.to_class.map(ClassId::uuid).into(),
            h.to_school.map(SchoolId::uuid).into(),
            h.outside.clone().into(),
            h.effective_on.to_string().into(),
            h.note.clone().into(),
            to_json(&matters)?.into(),
            h.sent_by.map(PersonId::uuid).into(),
            at(h.sent_at),
            at(h.due_at),
            at(h.act_at),
            told.map(|(to, _, _)| to.clone()).into(),
            maybe_at(told.map(|(_, at, _)| *at)),
            told.map(|(_, _, by)| by.uuid()).into(),
            h.import.map(ImportId::uuid).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Ends a live hand-over. Says whether it was live.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_student_hand_over(
        &mut self,
        id: StudentHandOverId,
        how: MoveState,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        let sql = "UPDATE student_hand_over SET state = $2, act_at = NULL, version = version + 1, \
                   answered_by = COALESCE($3, answered_by), answered_at = $4 WHERE id = $1 AND act_at IS NOT NULL";
        let by = by.map(PersonId::uuid).into();
        Ok(self.run(sql, vec![id.uuid().into(), how.key().into(), by, at(now)]).await? > 0)
    }

    /// Gives one that waits back to its sender, who has until `due_at`. Says whether it waited.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn give_student_back(
        &mut self,
        id: StudentHandOverId,
        by: PersonId,
        reason: &str,
        (now, due_at, act_at): (Timestamp, Timestamp, Timestamp),
        told: u8,
    ) -> Result<bool, StorageError> {
        let sql = "UPDATE student_hand_over SET state = 'refused', version = version + 1, answered_by = $2, \
                   answered_at = $3, reason = $4, due_at = $5, act_at = $6, told = $7, chased_at = NULL \
                   WHERE id = $1 AND state = 'waiting'";
        let values = vec![
            id.uuid().into(),
            by.uuid().into(),
            at(now),
            reason.into(),
            at(due_at),
            at(act_at),
            i64::from(told).into(),
        ];
        Ok(self.run(sql, values).await? > 0)
    }

    /// Notes how far a live one has come, and when it moves next.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn step_student_hand_over(
        &mut self,
        id: StudentHandOverId,
        told: u8,
        chased_at: Option<Timestamp>,
        act_at: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE student_hand_over SET told = $2, chased_at = $3, act_at = $4 \
                   WHERE id = $1 AND act_at IS NOT NULL";
        self.run(sql, vec![id.uuid().into(), i64::from(told).into(), maybe_at(chased_at), at(act_at)]).await.map(|_| ())
    }

    /// Writes down that the receiver was told by telephone.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn told_of_student(
        &mut self,
        id: StudentHandOverId,
        to: &str,
        when: Timestamp,
        by: PersonId,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE student_hand_over SET told_to = $2, told_by_telephone_at = $3, told_by = $4, \
                   version = version + 1 WHERE id = $1 AND act_at IS NOT NULL";
        self.run(sql, vec![id.uuid().into(), to.into(), at(when), by.uuid().into()]).await.map(|_| ())
    }

    /// The class that the receiving school has chosen.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn choose_class(&mut self, id: StudentHandOverId, class: ClassId) -> Result<(), StorageError> {
        let sql = "UPDATE student_hand_over SET to_class_id = $2, \
                   to_grade_id = (SELECT grade_id FROM class WHERE id = $2) WHERE id = $1";
        self.run(sql, vec![id.uuid().into(), class.uuid().into()]).await.map(|_| ())
    }

    /// One that an import made of a student, and that nobody has answered, is taken back with the import.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn take_back_placing(&mut self, student: StudentId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE student_hand_over SET state = 'withdrawn', act_at = NULL, version = version + 1, \
                   answered_at = $2 WHERE student_id = $1 AND act_at IS NOT NULL AND import_id IS NOT NULL";
        self.run(sql, vec![student.uuid().into(), at(now)]).await.map(|_| ())
    }
}
