//! One student, one case: who has named support, and who should.

use domain::access::Scope;
use domain::id::{PersonId, StudentId};
use domain::level::Level;
use domain::time::Timestamp;
use sea_orm::QueryResult;

use crate::alert::visible;
use crate::list::STANDS;
use crate::row::{Values, at, get, instant, number};
use crate::student::{COLUMNS, StudentRecord, TABLES, in_units, student};
use crate::{Read, StorageError, Tx};

/// Named support for a student, in the version that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportRecord {
    /// Whom it is for.
    pub student: StudentId,
    /// Which version.
    pub version: u64,
    /// What is to be reached.
    pub target: String,
    /// What is done.
    pub measures: String,
    /// Who answers for it, with the name.
    pub responsible: (PersonId, String),
    /// Who wrote it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Which cases are wanted.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// Codes of the lists that count.
    pub lists: Vec<String>,
    /// Only those without support.
    pub without_support: bool,
    /// After this name and id, in the order of the list.
    pub after: Option<(String, StudentId)>,
    /// At most so many.
    pub limit: u32,
}

impl Tx {
    /// Stores a version of somebody's support.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when that version is there already.
    pub async fn add_support(&mut self, s: &SupportRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO case_support (student_id, version, target, measures, responsible_id, by_person, at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            s.student.uuid().into(),
            i64::try_from(s.version).unwrap_or(i64::MAX).into(),
            s.target.clone().into(),
            s.measures.clone().into(),
            s.responsible.0.uuid().into(),
            s.by.uuid().into(),
            at(s.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The support of students in scope as it stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn support(&self, scope: &Scope, students: &[StudentId]) -> Result<Vec<SupportRecord>, StorageError> {
        let mut v = Values::default();
        let (list, visible) = (v.list(students.iter().map(|s| s.uuid())), in_units(scope, &mut v, "s"));
        let sql = format!(
            "SELECT c.*, p.name AS responsible_name FROM case_support c JOIN student s ON s.id = c.student_id \
             LEFT JOIN person p ON p.id = c.responsible_id WHERE c.student_id IN ({list}) AND {visible} AND NOT EXISTS \
             (SELECT 1 FROM case_support l WHERE l.student_id = c.student_id AND l.version > c.version)"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(record).collect()
    }

    /// The students in scope who are on one of the lists, or have an orange or red alert that the reader may see.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cases(
        &self,
        scope: &Scope,
        alerts: &Scope,
        filter: &CaseFilter,
    ) -> Result<Vec<(StudentRecord, Option<Level>)>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec![in_units(scope, &mut v, "s"), "s.left_at IS NULL".to_owned()];
        let lists: Vec<String> = filter.lists.iter().map(|l| v.push(l.clone())).collect();
        let lists = if lists.is_empty() { "NULL".to_owned() } else { lists.join(", ") };
        let orange = i64::from(Level::Orange.number());
        let alert = |what: &str, v: &mut Values| {
            let seen = visible(alerts, v);
            format!(
                "SELECT {what} FROM alert a WHERE a.student_id = s.id AND a.closed_at IS NULL AND a.level >= {orange} AND {seen}"
            )
        };
        let level = alert("MAX(a.level)", &mut v);
        let open = alert("1", &mut v);
        wanted.push(format!(
            "(EXISTS ({open}) OR EXISTS (SELECT 1 FROM list_membership m WHERE m.student_id = s.id AND m.to_on IS NULL \
             AND m.list IN ({lists}) AND {STANDS}))"
        ));
        if filter.without_support {
            wanted.push("NOT EXISTS (SELECT 1 FROM case_support c WHERE c.student_id = s.id)".to_owned());
        }
        if let Some((name, id)) = &filter.after {
            let (n, i) = (v.push(name.clone()), v.push(id.uuid()));
            wanted.push(format!("(s.name_key > {n} OR (s.name_key = {n} AND s.id > {i}))"));
        }
        let limit = v.push(i64::from(filter.limit));
        let sql = format!(
            "SELECT {COLUMNS}, ({level}) AS case_level FROM {TABLES} WHERE {} ORDER BY s.name_key, s.id LIMIT {limit}",
            wanted.join(" AND ")
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                let level: Option<i64> = get(r, "case_level")?;
                let level = level.and_then(|l| u8::try_from(l).ok()).and_then(|l| Level::try_from(l).ok());
                Ok((student(r)?, level))
            })
            .collect()
    }
}

fn record(r: &QueryResult) -> Result<SupportRecord, StorageError> {
    Ok(SupportRecord {
        student: StudentId::new(get(r, "student_id")?),
        version: number(r, "version")?,
        target: get(r, "target")?,
        measures: get(r, "measures")?,
        responsible: (
            PersonId::new(get(r, "responsible_id")?),
            get::<Option<String>>(r, "responsible_name")?.unwrap_or_default(),
        ),
        by: PersonId::new(get(r, "by_person")?),
        at: instant(r, "at")?,
    })
}
