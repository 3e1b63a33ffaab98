//! Plans: versions, signatures.

use domain::access::Scope;
use domain::id::{MeasureId, PersonId, PlanId, StudentId};
use domain::plan::Plan;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, json, number};
use crate::student::in_units;
use crate::{Read, StorageError, Tx};

/// A version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRecord {
    /// Its id.
    pub id: PlanId,
    /// Whose.
    pub student: StudentId,
    /// Which version.
    pub version: u64,
    /// The plan.
    pub plan: Plan,
    /// Who wrote it, with the name.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
    /// Who answers for it, by name.
    pub responsible: String,
    /// When its writer signed it.
    pub signed_at: Option<Timestamp>,
    /// Who signed it as the second, with the name and when.
    pub second: Option<(PersonId, String, Timestamp)>,
}

impl PlanRecord {
    /// Whether everybody has signed who has to.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signed_at.is_some() && (self.second.is_some() || !self.plan.needs_second())
    }
}

/// The plan has everybody's signature who has to sign it.
pub(crate) const SIGNED: &str = "EXISTS (SELECT 1 FROM plan_signature w WHERE w.plan_id = q.id AND w.seat = 'writer') \
                                 AND (q.level < 3 OR EXISTS (SELECT 1 FROM plan_signature w WHERE w.plan_id = q.id \
                                 AND w.seat = 'second'))";

impl Tx {
    /// Stores a version of a plan, with the ids of its measures.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when that version is there already.
    pub async fn add_plan(&mut self, p: &PlanRecord, measures: &[MeasureId]) -> Result<(), StorageError> {
        let sql = "INSERT INTO plan (id, student_id, version, level, body, starts_at, written_by, written_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            p.id.uuid().into(),
            p.student.uuid().into(),
            i64::try_from(p.version).unwrap_or(i64::MAX).into(),
            i64::from(p.plan.level.number()).into(),
            crate::row::to_json(&p.plan)?.into(),
            p.plan.starts_at.to_string().into(),
            p.by.0.uuid().into(),
            at(p.at),
        ];
        self.run(sql, values).await?;
        for (seq, (id, m)) in measures.iter().zip(&p.plan.measures).enumerate() {
            let sql = "INSERT INTO plan_measure (id, plan_id, seq, owner_id) VALUES ($1, $2, $3, $4)";
            let seq = i64::try_from(seq).unwrap_or(i64::MAX);
            self.run(sql, vec![id.uuid().into(), p.id.uuid().into(), seq.into(), m.owner.uuid().into()]).await?;
        }
        Ok(())
    }

    /// Signs a version: its writer, or a second person.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when that seat is taken, or the person has signed it.
    pub async fn sign_plan(
        &mut self,
        id: PlanId,
        second: bool,
        by: PersonId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO plan_signature (plan_id, seat, person_id, at) VALUES ($1, $2, $3, $4)";
        let seat = if second { "second" } else { "writer" };
        self.run(sql, vec![id.uuid().into(), seat.into(), by.uuid().into(), at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The versions of a student's plan, newest first, where the student lies in scope.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn plans(&self, scope: &Scope, student: StudentId) -> Result<Vec<PlanRecord>, StorageError> {
        let mut v = Values::default();
        let (student, visible) = (v.push(student.uuid()), in_units(scope, &mut v, "s"));
        let sql = format!(
            "SELECT q.*, b.name AS by_name, w.at AS signed_at, n.at AS second_at, n.person_id AS second_id, \
             x.name AS second_name FROM plan q JOIN student s ON s.id = q.student_id \
             LEFT JOIN person b ON b.id = q.written_by \
             LEFT JOIN plan_signature w ON w.plan_id = q.id AND w.seat = 'writer' \
             LEFT JOIN plan_signature n ON n.plan_id = q.id AND n.seat = 'second' \
             LEFT JOIN person x ON x.id = n.person_id \
             WHERE q.student_id = {student} AND {visible} ORDER BY q.version DESC"
        );
        let mut found: Vec<PlanRecord> =
            self.all(&sql, v.into_vec()).await?.iter().map(record).collect::<Result<_, _>>()?;
        for plan in &mut found {
            if let Some(heir) = self.heir_of_plan(plan.id).await? {
                plan.plan.responsible = heir;
            }
            plan.responsible = self.called(plan.plan.responsible).await?;
        }
        Ok(found)
    }

    /// What a person is called.
    async fn called(&self, person: PersonId) -> Result<String, StorageError> {
        let row = self.one("SELECT name FROM person WHERE id = $1", vec![person.uuid().into()]).await?;
        row.map_or_else(|| Ok(String::new()), |r| get(&r, "name"))
    }
}

fn record(r: &QueryResult) -> Result<PlanRecord, StorageError> {
    let second: Option<Uuid> = get(r, "second_id")?;
    let name: Option<String> = get(r, "second_name")?;
    Ok(PlanRecord {
        id: PlanId::new(get(r, "id")?),
        student: StudentId::new(get(r, "student_id")?),
        version: number(r, "version")?,
        plan: json(r, "body")?,
        by: (PersonId::new(get(r, "written_by")?), get::<Option<String>>(r, "by_name")?.unwrap_or_default()),
        at: instant(r, "written_at")?,
        responsible: String::new(),
        signed_at: crate::row::maybe_instant(r, "signed_at")?,
        second: match (second, crate::row::maybe_instant(r, "second_at")?) {
            (Some(id), Some(at)) => Some((PersonId::new(id), name.unwrap_or_default(), at)),
            _ => None,
        },
    })
}
