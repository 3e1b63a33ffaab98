//! What moves when a student does. The student's row says where he is, and it is one row: he is in one place at every instant.

use domain::access::Place;
use domain::id::{AlertId, ClassId, ObservationId, PersonId, SchoolId, StudentHandOverId, StudentId};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::row::{Values, at, get};
use crate::{Read, StorageError, Tx};

impl Tx {
    /// Puts a student into a class. Seat, dormitory and bed were those of the old one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn move_student(&mut self, id: StudentId, to: &Place, another_school: bool) -> Result<(), StorageError> {
        let lodging = if another_school { ", boards = FALSE, dormitory = NULL, bed = NULL" } else { "" };
        let sql = format!(
            "UPDATE student SET class_id = $2, grade_id = $3, school_id = $4, district_id = $5, seat = NULL, \
             left_at = NULL{lodging} WHERE id = $1"
        );
        let values = vec![
            id.uuid().into(),
            to.class.uuid().into(),
            to.grade.uuid().into(),
            to.school.uuid().into(),
            to.district.uuid().into(),
        ];
        self.run(&sql, values).await.map(|_| ())
    }

    /// Puts an alert where the student is now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn move_alert(&mut self, id: AlertId, to: &Place) -> Result<(), StorageError> {
        let sql = "UPDATE alert SET class_id = $2, grade_id = $3, school_id = $4, district_id = $5 WHERE id = $1";
        let values = vec![
            id.uuid().into(),
            to.class.uuid().into(),
            to.grade.uuid().into(),
            to.school.uuid().into(),
            to.district.uuid().into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Seals every alert of a student but these.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn seal_alerts(
        &mut self,
        student: StudentId,
        but: &[AlertId],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut v = Values::default();
        let (student, now) = (v.push(student.uuid()), v.push(domain::time::to_micros(now)));
        let kept = v.list(but.iter().map(|a| a.uuid()));
        let kept = if but.is_empty() { String::new() } else { format!(" AND id NOT IN ({kept})") };
        let sql =
            format!("UPDATE alert SET sealed_at = {now} WHERE student_id = {student} AND sealed_at IS NULL{kept}");
        self.run(&sql, v.into_vec()).await.map(|_| ())
    }

    /// Messages of an alert that have not gone out yet go to none but these.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn withhold_from_others(
        &mut self,
        alert: AlertId,
        people: &[PersonId],
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let mut v = Values::default();
        let (alert, now) = (v.push(alert.uuid()), v.push(domain::time::to_micros(now)));
        let people = v.list(people.iter().map(|p| p.uuid()));
        let sql = format!(
            "UPDATE outbox SET state = 'cancelled', changed_at = {now} WHERE alert_id = {alert} AND state = 'pending' \
             AND person_id NOT IN (SELECT id FROM person WHERE id IN ({people}))"
        );
        self.run(&sql, v.into_vec()).await.map(|_| ())
    }

    /// Another school has the student: what was written before is sealed from now on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn seal_file(
        &mut self,
        id: Uuid,
        student: StudentId,
        hand_over: StudentHandOverId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO file_seal (id, student_id, hand_over_id, sealed_at) VALUES ($1, $2, $3, $4)";
        self.run(sql, vec![id.into(), student.uuid().into(), hand_over.uuid().into(), at(now)]).await.map(|_| ())
    }

    /// What an alert that goes with the student rests on, goes with it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn carry(
        &mut self,
        student: StudentId,
        alert: AlertId,
        observations: &[ObservationId],
    ) -> Result<(), StorageError> {
        for observation in observations {
            let sql = "INSERT INTO file_carried (student_id, observation_id, alert_id) VALUES ($1, $2, $3) \
                       ON CONFLICT (student_id, observation_id, alert_id) DO NOTHING";
            let values = vec![student.uuid().into(), observation.uuid().into(), alert.uuid().into()];
            self.run(sql, values).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// The alerts of a student that are not sealed: those that are open, or on which somebody is to look again, and the others.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alerts_to_carry(&self, student: StudentId) -> Result<(Vec<AlertId>, Vec<AlertId>), StorageError> {
        let sql = "SELECT a.id, CAST(CASE WHEN a.closed_at IS NULL OR EXISTS (SELECT 1 FROM closing c \
                   WHERE c.alert_id = a.id AND c.recheck_at IS NOT NULL AND c.rechecked_at IS NULL \
                   AND c.reopened_at IS NULL) THEN 1 ELSE 0 END AS BIGINT) AS lasts \
                   FROM alert a WHERE a.student_id = $1 AND a.sealed_at IS NULL ORDER BY a.id";
        let (mut lasting, mut over) = (Vec::new(), Vec::new());
        for row in self.all(sql, vec![student.uuid().into()]).await? {
            let id = AlertId::new(get(&row, "id")?);
            if get::<i64>(&row, "lasts")? == 1 { lasting.push(id) } else { over.push(id) }
        }
        Ok((lasting, over))
    }

    /// A class with the district of its school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn place_of_class(&self, class: ClassId) -> Result<Option<(Place, domain::org::Stage)>, StorageError> {
        let sql = "SELECT c.grade_id, g.school_id, g.stage, h.district_id FROM class c JOIN grade g ON g.id = c.grade_id \
                   JOIN school h ON h.id = g.school_id WHERE c.id = $1";
        let row = self.one(sql, vec![class.uuid().into()]).await?;
        row.map(|r| {
            let place = Place {
                class,
                grade: domain::id::GradeId::new(get(&r, "grade_id")?),
                school: SchoolId::new(get(&r, "school_id")?),
                district: domain::id::DistrictId::new(get(&r, "district_id")?),
            };
            Ok((place, crate::row::word(&r, "stage", domain::org::Stage::from_key)?))
        })
        .transpose()
    }

    /// Every school with its classes, for choosing where a student goes; the canary's is none.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn stages_of(&self, school: SchoolId) -> Result<Vec<domain::org::Stage>, StorageError> {
        let sql = "SELECT DISTINCT stage FROM grade WHERE school_id = $1";
        let rows = self.all(sql, vec![school.uuid().into()]).await?;
        rows.iter().map(|r| crate::row::word(r, "stage", domain::org::Stage::from_key)).collect()
    }
}
