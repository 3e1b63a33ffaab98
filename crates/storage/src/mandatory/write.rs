//! Writing reports that the law demands.

use domain::directory::Circle;
use domain::id::{AlertId, MandatoryId};
use domain::time::Timestamp;

use super::{MandatoryClock, MandatoryRecord, ToldRecord};
use crate::row::{at, maybe_at};
use crate::{StorageError, Tx};

impl Tx {
    /// Adds a report, with its clock.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_mandatory(&mut self, r: &MandatoryRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO mandatory_report (id, student_id, class_id, grade_id, school_id, district_id, alert_id, \
                   suspicion, suspected, danger_now, audience, opened_by, known_at, opened_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        let values = vec![
            r.id.uuid().into(),
            r.student.id.uuid().into(),
            r.place.class.uuid().into(),
            r.place.grade.uuid().into(),
            r.place.school.uuid().into(),
            r.place.district.uuid().into(),
            r.report.alert.map(AlertId::uuid).into(),
            r.report.suspicion.clone().into(),
            r.report.suspected.key().into(),
            r.report.danger_now.key().into(),
            r.circle.audience.key().into(),
            r.opened_by.uuid().into(),
            at(r.report.known_at),
            at(r.opened_at),
        ];
        self.run(sql, values).await?;
        self.leave_out(r.id, &r.circle, r).await?;
        let sql = "INSERT INTO mandatory_clock (report_id) VALUES ($1)";
        self.run(sql, vec![r.id.uuid().into()]).await?;
        self.set_mandatory_clock(r.id, &r.clock).await
    }

    async fn leave_out(&mut self, id: MandatoryId, circle: &Circle, r: &MandatoryRecord) -> Result<(), StorageError> {
        for person in &circle.left_out {
            let sql = "INSERT INTO mandatory_exclusion (report_id, person_id, named) VALUES ($1, $2, $3)";
            let named = r.report.staff.contains(person);
            self.run(sql, vec![id.uuid().into(), person.uuid().into(), named.into()]).await?;
        }
        Ok(())
    }

    /// Adds who was told.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_told(&mut self, report: MandatoryId, t: &ToldRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO mandatory_recipient (id, report_id, recipient, told_at, office, officer, receipt, \
                   receipt_at, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = vec![
            t.id.uuid().into(),
            report.uuid().into(),
            t.told.recipient.key().into(),
            at(t.told.at),
            t.told.office.clone().into(),
            t.told.officer.clone().into(),
            t.told.receipt.clone().into(),
            maybe_at(t.told.receipt_at),
            t.by.0.uuid().into(),
            at(t.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Notes how the clock of a report stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_mandatory_clock(&mut self, id: MandatoryId, c: &MandatoryClock) -> Result<(), StorageError> {
        let sql = "UPDATE mandatory_clock SET act_at = $2, chased_at = $3, breached_at = $4, reminded_at = $5, \
                   police_at = $6, settled_at = $7 WHERE report_id = $1";
        let at = |t: Option<Timestamp>| maybe_at(t);
        let values = vec![
            id.uuid().into(),
            at(c.act_at),
            at(c.chased_at),
            at(c.breached_at),
            at(c.reminded_at),
            at(c.police_at),
            at(c.settled_at),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}
