//! Lists: who is on which, in versions.

use chrono::NaiveDate;
use domain::access::Scope;
use domain::growth_file::Source;
use domain::id::{ClassId, GradeId, MembershipId, PersonId, SchoolId, StudentId};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, number, word};
use crate::student::{COLUMNS, StudentRecord, TABLES, in_units, student};
use crate::{Read, StorageError, Tx};

/// A version of a membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipRecord {
    /// Its id, the same in every version.
    pub id: MembershipId,
    /// Which version.
    pub version: u64,
    /// Whose.
    pub student: StudentId,
    /// The code of the list.
    pub list: String,
    /// Since when.
    pub from: NaiveDate,
    /// Until when, once it has ended.
    pub to: Option<NaiveDate>,
    /// What shows it; nothing where the reader does not read it.
    pub evidence: Option<String>,
    /// Where that comes from.
    pub source: Source,
    /// When it is looked at again.
    pub review_at: NaiveDate,
    /// `listed`, `reviewed` or `ended`.
    pub deed: String,
    /// What was said at the review or the end; nothing where the reader does not read it.
    pub said: Option<String>,
    /// Who wrote this version, with the name.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
}

/// Which members are wanted.
#[derive(Debug, Clone, Default)]
pub struct MemberFilter {
    /// Of this list.
    pub list: String,
    /// Of this class.
    pub class: Option<ClassId>,
    /// Of this grade.
    pub grade: Option<GradeId>,
    /// Of this school.
    pub school: Option<SchoolId>,
    /// After this name and id, in the order of the list.
    pub after: Option<(String, StudentId)>,
    /// At most so many.
    pub limit: u32,
}

const SELECT: &str = "SELECT m.*, p.name AS by_name FROM list_membership m LEFT JOIN person p ON p.id = m.by_person \
                      JOIN student s ON s.id = m.student_id";
/// The version that stands.
pub(crate) const STANDS: &str =
    "NOT EXISTS (SELECT 1 FROM list_membership l WHERE l.id = m.id AND l.version > m.version)";

impl Tx {
    /// Stores a version of a membership.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when that version is there already.
    pub async fn add_membership(&mut self, m: &MembershipRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO list_membership (id, version, student_id, list, from_on, to_on, evidence, source, review_at, \
                   deed, said, by_person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
        let values = vec![
            m.id.uuid().into(),
            i64::try_from(m.version).unwrap_or(i64::MAX).into(),
            m.student.uuid().into(),
            m.list.clone().into(),
            m.from.to_string().into(),
            m.to.map(|d| d.to_string()).into(),
            m.evidence.clone().unwrap_or_default().into(),
            m.source.key().into(),
            m.review_at.to_string().into(),
            m.deed.clone().into(),
            m.said.clone().into(),
            m.by.0.uuid().into(),
            at(m.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The memberships of students in scope as they stand, those that last first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn memberships(
        &self,
        scope: &Scope,
        students: &[StudentId],
    ) -> Result<Vec<MembershipRecord>, StorageError> {
        let mut v = Values::default();
        let (list, visible) = (v.list(students.iter().map(|s| s.uuid())), in_units(scope, &mut v, "s"));
        let sql = format!(
            "{SELECT} WHERE m.student_id IN ({list}) AND {visible} AND {STANDS} \
             ORDER BY CASE WHEN m.to_on IS NULL THEN 0 ELSE 1 END, m.from_on, m.id"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(membership).collect()
    }

    /// Who is on a list now, by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn members(
        &self,
        scope: &Scope,
        filter: &MemberFilter,
    ) -> Result<Vec<(StudentRecord, MembershipRecord)>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec![in_units(scope, &mut v, "s"), "s.left_at IS NULL".to_owned(), STANDS.to_owned()];
        wanted.push(format!("m.list = {} AND m.to_on IS NULL", v.push(filter.list.clone())));
        let units: [(&str, Option<Uuid>); 3] = [
            ("s.class_id", filter.class.map(ClassId::uuid)),
            ("s.grade_id", filter.grade.map(GradeId::uuid)),
            ("s.school_id", filter.school.map(SchoolId::uuid)),
        ];
        for (column, id) in units.into_iter().filter_map(|(c, id)| Some((c, id?))) {
            wanted.push(format!("{column} = {}", v.push(id)));
        }
        if let Some((name, id)) = &filter.after {
            let (n, i) = (v.push(name.clone()), v.push(id.uuid()));
            wanted.push(format!("(s.name_key > {n} OR (s.name_key = {n} AND s.id > {i}))"));
        }
        let limit = v.push(i64::from(filter.limit));
        let sql = format!(
            "SELECT {COLUMNS}, m.id AS membership_id, m.version, m.student_id, m.list, m.from_on, m.to_on, m.evidence, \
             m.source, m.review_at, m.deed, m.said, m.by_person, m.at, p.name AS by_name FROM {TABLES} \
             JOIN list_membership m ON m.student_id = s.id LEFT JOIN person p ON p.id = m.by_person \
             WHERE {} ORDER BY s.name_key, s.id LIMIT {limit}",
            wanted.join(" AND ")
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter().map(|r| Ok((student(r)?, record(r, "membership_id")?))).collect()
    }
}

fn membership(r: &QueryResult) -> Result<MembershipRecord, StorageError> {
    record(r, "id")
}

fn record(r: &QueryResult, id: &str) -> Result<MembershipRecord, StorageError> {
    Ok(MembershipRecord {
        id: MembershipId::new(get(r, id)?),
        version: number(r, "version")?,
        student: StudentId::new(get(r, "student_id")?),
        list: get(r, "list")?,
        from: day(&get::<String>(r, "from_on")?)?,
        to: get::<Option<String>>(r, "to_on")?.map(|d| day(&d)).transpose()?,
        evidence: Some(get(r, "evidence")?),
        source: word(r, "source", Source::from_key)?,
        review_at: day(&get::<String>(r, "review_at")?)?,
        deed: get(r, "deed")?,
        said: get(r, "said")?,
        by: (PersonId::new(get(r, "by_person")?), get::<Option<String>>(r, "by_name")?.unwrap_or_default()),
        at: instant(r, "at")?,
    })
}

/// A day as it is kept.
pub(crate) fn day(text: &str) -> Result<NaiveDate, StorageError> {
    text.parse().map_err(|_| StorageError::Corrupt("day"))
}
