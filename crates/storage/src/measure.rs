//! The measures of plans that are in force, and what came of them.

use domain::access::Scope;
use domain::id::{MeasureId, PersonId, PlanId, StudentId};
use domain::plan::{Measure, Plan};
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::list::day;
use crate::plan::SIGNED;
use crate::row::{Values, at, get, instant, json, maybe_instant, number};
use crate::student::{COLUMNS, StudentRecord, TABLES, in_units, student};
use crate::{Read, StorageError, Tx};

/// A measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureRecord {
    /// Its id.
    pub id: MeasureId,
    /// The version of the plan that it is of.
    pub plan: PlanId,
    /// What, by whom, how often, until when.
    pub measure: Measure,
    /// What its owner is called.
    pub owner: String,
    /// The first day.
    pub starts_at: chrono::NaiveDate,
    /// When somebody last said a word about it.
    pub last_at: Option<Timestamp>,
    /// Whether it is done.
    pub done: bool,
}

/// A word about a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressRecord {
    /// Which measure.
    pub measure: MeasureId,
    /// What was said.
    pub said: String,
    /// Whether it is done.
    pub done: bool,
    /// Who, with the name.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
}

/// Which measures are wanted, of plans that are in force.
#[derive(Debug, Clone)]
pub enum MeasuresOf {
    /// Everybody's.
    All,
    /// This person's.
    Person(PersonId),
    /// Those of one student.
    Student(StudentId),
}

const MEASURE: &str = "m.id AS measure_id, m.plan_id, m.seq, q.body AS plan_body, q.starts_at, o.id AS owner_now, \
                       o.name AS owner_name, \
                       (SELECT MAX(g.at) FROM plan_progress g WHERE g.measure_id = m.id) AS last_at, \
                       CAST(CASE WHEN EXISTS (SELECT 1 FROM plan_progress g WHERE g.measure_id = m.id AND g.done) \
                       THEN 1 ELSE 0 END AS BIGINT) AS is_done";

/// Whoever does a measure now: the last heir, or the one whom the plan names.
pub(crate) const DOES: &str = "COALESCE((SELECT h.person_id FROM plan_heir h WHERE h.measure_id = m.id \
                               ORDER BY h.seq DESC LIMIT 1), m.owner_id)";

impl Tx {
    /// Stores a word about a measure.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_progress(&mut self, id: uuid::Uuid, p: &ProgressRecord) -> Result<(), StorageError> {
        let sql =
            "INSERT INTO plan_progress (id, measure_id, said, done, by_person, at) VALUES ($1, $2, $3, $4, $5, $6)";
        let values = vec![
            id.into(),
            p.measure.uuid().into(),
            p.said.clone().into(),
            p.done.into(),
            p.by.0.uuid().into(),
            at(p.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The measures of a version of a plan. Whoever asks has read that version.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn measures_of(&self, plan: PlanId) -> Result<Vec<MeasureRecord>, StorageError> {
        let sql = format!(
            "SELECT {MEASURE} FROM plan_measure m JOIN plan q ON q.id = m.plan_id \
             LEFT JOIN person o ON o.id = {DOES} WHERE m.plan_id = $1 ORDER BY m.seq"
        );
        self.all(&sql, vec![plan.uuid().into()]).await?.iter().map(measure).collect()
    }

    /// What was said about the measures of a version, newest first. Whoever asks has read that version.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn progress_of(&self, plan: PlanId) -> Result<Vec<ProgressRecord>, StorageError> {
        let sql = "SELECT g.*, p.name AS by_name FROM plan_progress g JOIN plan_measure m ON m.id = g.measure_id \
                   LEFT JOIN person p ON p.id = g.by_person WHERE m.plan_id = $1 ORDER BY g.at DESC, g.id DESC";
        let rows = self.all(sql, vec![plan.uuid().into()]).await?;
        rows.iter()
            .map(|r| {
                Ok(ProgressRecord {
                    measure: MeasureId::new(get(r, "measure_id")?),
                    said: get(r, "said")?,
                    done: get(r, "done")?,
                    by: (PersonId::new(get(r, "by_person")?), get::<Option<String>>(r, "by_name")?.unwrap_or_default()),
                    at: instant(r, "at")?,
                })
            })
            .collect()
    }

    /// Measures of plans in force, of students in scope, those that end first before the others.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn measures(
        &self,
        scope: &Scope,
        of: &MeasuresOf,
        limit: u32,
    ) -> Result<Vec<(StudentRecord, MeasureRecord)>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec![in_units(scope, &mut v, "s"), "s.left_at IS NULL".to_owned()];
        match of {
            MeasuresOf::All => {}
            MeasuresOf::Person(id) => {
                let id = v.push(id.uuid());
                wanted.push(format!(
                    "m.id IN (SELECT x.id FROM plan_measure x WHERE x.owner_id = {id} \
                     UNION SELECT h.measure_id FROM plan_heir h WHERE h.person_id = {id}) AND {DOES} = {id}"
                ));
            }
            MeasuresOf::Student(id) => wanted.push(format!("s.id = {}", v.push(id.uuid()))),
        }
        let limit = v.push(i64::from(limit));
        let sql = format!(
            "SELECT {COLUMNS}, {MEASURE} FROM {TABLES} JOIN plan q ON q.student_id = s.id \
             JOIN plan_measure m ON m.plan_id = q.id LEFT JOIN person o ON o.id = {DOES} WHERE {} AND q.version = \
             (SELECT MAX(q.version) FROM plan q WHERE q.student_id = s.id AND {SIGNED}) \
             ORDER BY s.name_key, s.id, m.seq LIMIT {limit}",
            wanted.join(" AND ")
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok((student(r)?, measure(r)?))).collect()
    }
}

fn measure(r: &QueryResult) -> Result<MeasureRecord, StorageError> {
    let plan: Plan = json(r, "plan_body")?;
    let seq: usize = number(r, "seq")?;
    let mut measure = plan.measures.into_iter().nth(seq).ok_or(StorageError::Corrupt("measure"))?;
    if let Some(owner) = get::<Option<uuid::Uuid>>(r, "owner_now")? {
        measure.owner = PersonId::new(owner);
    }
    Ok(MeasureRecord {
        id: MeasureId::new(get(r, "measure_id")?),
        plan: PlanId::new(get(r, "plan_id")?),
        measure,
        owner: get::<Option<String>>(r, "owner_name")?.unwrap_or_default(),
        starts_at: day(&get::<String>(r, "starts_at")?)?,
        last_at: maybe_instant(r, "last_at")?,
        done: get::<i64>(r, "is_done")? == 1,
    })
}
