//! Who answers for plans, and does their measures, since those whom they name cannot any more.

use domain::id::{MeasureId, PersonId, PlanId, SchoolId, StudentId};
use domain::time::Timestamp;
use uuid::Uuid;

use crate::measure::DOES;
use crate::plan::SIGNED;
use crate::row::{at, get};
use crate::{Read, StorageError, Tx};

/// The newest version in force of each plan; what is done about it is nobody's to inherit.
fn in_force() -> String {
    format!(
        "q.version = (SELECT MAX(q.version) FROM plan q WHERE q.student_id = s.id AND {SIGNED}) AND s.left_at IS NULL"
    )
}

impl Tx {
    /// Somebody else answers for a plan, or does a measure of it, from now on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_plan_heir(
        &mut self,
        id: Uuid,
        plan: PlanId,
        measure: Option<MeasureId>,
        heir: PersonId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO plan_heir (id, plan_id, measure_id, seq, person_id, at) VALUES ($1, $2, $3, \
                   (SELECT COALESCE(MAX(seq), 0) + 1 FROM plan_heir WHERE plan_id = $2), $4, $5)";
        let measure = measure.map(MeasureId::uuid).into();
        self.run(sql, vec![id.into(), plan.uuid().into(), measure, heir.uuid().into(), at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    pub(crate) async fn heir_of_plan(&self, plan: PlanId) -> Result<Option<PersonId>, StorageError> {
        let sql = "SELECT person_id FROM plan_heir WHERE plan_id = $1 AND measure_id IS NULL ORDER BY seq DESC LIMIT 1";
        let row = self.one(sql, vec![plan.uuid().into()]).await?;
        row.map(|r| Ok(PersonId::new(get(&r, "person_id")?))).transpose()
    }

    /// The measures of plans in force that somebody does and that are not done, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn measures_left_by(&self, person: PersonId) -> Result<Vec<(SchoolId, PlanId, MeasureId)>, StorageError> {
        let sql = format!(
            "SELECT s.school_id, m.plan_id, m.id AS measure_id FROM student s JOIN plan q ON q.student_id = s.id \
             JOIN plan_measure m ON m.plan_id = q.id WHERE m.id IN (SELECT x.id FROM plan_measure x WHERE x.owner_id = $1 \
             UNION SELECT h.measure_id FROM plan_heir h WHERE h.person_id = $1) AND {DOES} = $1 AND {} \
             AND NOT EXISTS (SELECT 1 FROM plan_progress g WHERE g.measure_id = m.id AND g.done) ORDER BY m.id",
            in_force()
        );
        let rows = self.all(&sql, vec![person.uuid().into()]).await?;
        rows.iter()
            .map(|r| {
                let (school, plan) = (SchoolId::new(get(r, "school_id")?), PlanId::new(get(r, "plan_id")?));
                Ok((school, plan, MeasureId::new(get(r, "measure_id")?)))
            })
            .collect()
    }

    /// The plans in force for which somebody answers, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn plans_left_by(&self, person: PersonId) -> Result<Vec<(SchoolId, PlanId)>, StorageError> {
        let sql = format!(
            "SELECT s.school_id, q.id AS plan_id FROM student s JOIN plan q ON q.student_id = s.id WHERE {} AND (q.id IN \
             (SELECT h.plan_id FROM plan_heir h WHERE h.person_id = $1 AND h.measure_id IS NULL AND NOT EXISTS \
             (SELECT 1 FROM plan_heir l WHERE l.plan_id = h.plan_id AND l.measure_id IS NULL AND l.seq > h.seq)) \
             OR (q.body LIKE $2 AND NOT EXISTS (SELECT 1 FROM plan_heir l WHERE l.plan_id = q.id AND l.measure_id IS NULL))) \
             ORDER BY q.id",
            in_force()
        );
        let named = format!("%\"responsible\":\"{person}\"%");
        let rows = self.all(&sql, vec![person.uuid().into(), named.into()]).await?;
        rows.iter().map(|r| Ok((SchoolId::new(get(r, "school_id")?), PlanId::new(get(r, "plan_id")?)))).collect()
    }

    /// Students for whose named support somebody answers, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn support_left_by(&self, person: PersonId) -> Result<Vec<(SchoolId, StudentId)>, StorageError> {
        let sql = "SELECT s.school_id, c.student_id FROM case_support c JOIN student s ON s.id = c.student_id WHERE c.responsible_id = $1 \
                   AND s.left_at IS NULL AND NOT EXISTS (SELECT 1 FROM case_support l WHERE l.student_id = c.student_id \
                   AND l.version > c.version) ORDER BY c.student_id";
        let rows = self.all(sql, vec![person.uuid().into()]).await?;
        let one = |r| Ok((SchoolId::new(get(r, "school_id")?), StudentId::new(get(r, "student_id")?)));
        rows.iter().map(one).collect()
    }

    /// The measures of a student's plan in force that are not done, each with whoever does it, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn measures_in_force(
        &self,
        student: StudentId,
    ) -> Result<Vec<(PersonId, PlanId, MeasureId)>, StorageError> {
        let sql = format!(
            "SELECT {DOES} AS does, m.plan_id, m.id AS measure_id FROM student s JOIN plan q ON q.student_id = s.id \
             JOIN plan_measure m ON m.plan_id = q.id WHERE s.id = $1 AND {} \
             AND NOT EXISTS (SELECT 1 FROM plan_progress g WHERE g.measure_id = m.id AND g.done) ORDER BY m.seq",
            in_force()
        );
        let rows = self.all(&sql, vec![student.uuid().into()]).await?;
        rows.iter()
            .map(|r| {
                let (does, plan) = (PersonId::new(get(r, "does")?), PlanId::new(get(r, "plan_id")?));
                Ok((does, plan, MeasureId::new(get(r, "measure_id")?)))
            })
            .collect()
    }
}
