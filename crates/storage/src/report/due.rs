//! Which reports are due, and what has been done about those that are missing.

use std::fmt::Display;

use domain::access::{Place, Scope};
use domain::id::{ClassId, DistrictId, GradeId, PersonId, SchoolId};
use domain::org::Unit;
use domain::report::ClassReport;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::org::ClassRecord;
use crate::row::{Values, at, get, instant, json, maybe_at, maybe_instant, number};
use crate::{Read, StorageError, Tx};

/// A report that is due, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueReport {
    /// Its id.
    pub id: Uuid,
    /// Of which class.
    pub place: Place,
    /// Of which week, or which sweep.
    pub week: String,
    /// When it is due.
    pub due_at: Timestamp,
    /// When the tier above sees that it is missing.
    pub shown_at: Timestamp,
    /// How many steps have been taken about it.
    pub stage: u32,
    /// When it was filed first.
    pub filed_at: Option<Timestamp>,
}

/// How a class stands in a week.
#[derive(Debug, Clone)]
pub struct ClassWeek<T = ClassReport> {
    /// The class.
    pub class: ClassRecord,
    /// When its report is due; none where the week has no school.
    pub due: Option<DueReport>,
    /// What it says, in its newest version, with who filed it.
    pub report: Option<(T, PersonId, String)>,
    /// How many weeks in a row it has said the same.
    pub same_weeks: u32,
    /// How many versions there are.
    pub versions: u32,
}

impl Tx {
    /// Waits for everybody else who works on the reports of the same class, grade or school.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn alone_with_reports_of(&self, unit: Unit) -> Result<(), StorageError> {
        self.alone_with(unit.uuid()).await
    }

    /// Opens a week or a sweep for every class with pupils that has none yet; it first moves at `act`. Gives how many.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_week(
        &mut self,
        week: impl Display,
        (due, shown, act): (Timestamp, Timestamp, Timestamp),
        mut id: impl FnMut() -> Uuid,
    ) -> Result<usize, StorageError> {
        let week = week.to_string();
        let sql = "SELECT c.id, c.grade_id, c.school_id, s.district_id, (SELECT MIN(r.filed_at) FROM class_report r \
                   WHERE r.class_id = c.id AND r.week = $1) AS came_at FROM class c JOIN school s ON s.id = c.school_id \
                   WHERE c.school_id <> $2 AND NOT EXISTS (SELECT 1 FROM report_due d WHERE d.class_id = c.id AND \
                   d.week = $1) AND EXISTS (SELECT 1 FROM student p WHERE p.class_id = c.id AND p.left_at IS NULL)";
        let values = vec![week.clone().into(), domain::canary::SCHOOL.uuid().into()];
        let classes = self.read()?.all(sql, values).await?;
        for r in &classes {
            // What came before anybody asked is asked for by nobody.
            let came = maybe_instant(r, "came_at")?;
            let sql = "INSERT INTO report_due (id, class_id, grade_id, school_id, district_id, week, due_at, shown_at, \
                       stage, act_at, filed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10) ON CONFLICT (class_id, week) DO NOTHING";
            let values = vec![
                id().into(),
                get::<Uuid>(r, "id")?.into(),
                get::<Uuid>(r, "grade_id")?.into(),
                get::<Uuid>(r, "school_id")?.into(),
                get::<Uuid>(r, "district_id")?.into(),
                week.clone().into(),
                at(due),
                at(shown),
                maybe_at(came.is_none().then_some(act)),
                maybe_at(came),
            ];
            self.run(sql, values).await?;
        }
        Ok(classes.len())
    }

    /// A step was taken about a report that is missing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn step_report(&mut self, id: Uuid, stage: u32, next: Option<Timestamp>) -> Result<(), StorageError> {
        let sql = "UPDATE report_due SET stage = $2, act_at = $3 WHERE id = $1 AND filed_at IS NULL";
        self.run(sql, vec![id.into(), i64::from(stage).into(), maybe_at(next)]).await.map(|_| ())
    }

    /// A report came in: nobody is asked for it any more.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn report_came(
        &mut self,
        class: ClassId,
        week: impl Display,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql =
            "UPDATE report_due SET filed_at = $3, act_at = NULL WHERE class_id = $1 AND week = $2 AND filed_at IS NULL";
        self.run(sql, vec![class.uuid().into(), week.to_string().into(), at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// Schools of whose reports something is to be done now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn schools_with_due_reports(&self, now: Timestamp, most: u32) -> Result<Vec<SchoolId>, StorageError> {
        let sql = "SELECT DISTINCT school_id FROM report_due WHERE act_at <= $1 LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(most).into()]).await?;
        rows.iter().map(|r| Ok(SchoolId::new(get(r, "school_id")?))).collect()
    }

    /// The reports of a school about which something is to be done now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn due_reports(&self, school: SchoolId, now: Timestamp) -> Result<Vec<DueReport>, StorageError> {
        let sql = "SELECT * FROM report_due WHERE school_id = $1 AND act_at <= $2 ORDER BY grade_id, week, class_id";
        self.all(sql, vec![school.uuid().into(), at(now)]).await?.iter().map(due).collect()
    }

    /// How the classes in scope stand in a week or a sweep, by grade and name.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn class_weeks<T: DeserializeOwned>(
        &self,
        scope: &Scope,
        week: impl Display,
    ) -> Result<Vec<ClassWeek<T>>, StorageError> {
        let mut v = Values::default();
        let inside = crate::student::in_units(scope, &mut v, "u");
        let (w, canary) = (v.push(week.to_string()), v.push(domain::canary::SCHOOL.uuid()));
        let sql = format!(
            "SELECT u.*, g.stage, g.entry_year, d.id AS due_id, d.week, d.due_at, d.shown_at, d.stage AS steps, \
             d.filed_at AS came_at, r.version, r.body, r.same_weeks, r.filed_by, p.name AS by_name \
             FROM (SELECT c.id AS class_id, c.name AS class_name, c.grade_id, c.school_id, s.district_id, s.name AS school_name \
             FROM class c JOIN school s ON s.id = c.school_id) u JOIN grade g ON g.id = u.grade_id \
             LEFT JOIN report_due d ON d.class_id = u.class_id AND d.week = {w} \
             LEFT JOIN class_report r ON r.class_id = u.class_id AND r.week = {w} AND r.version = (SELECT MAX(x.version) FROM \
             class_report x WHERE x.class_id = u.class_id AND x.week = {w}) \
             LEFT JOIN person p ON p.id = r.filed_by \
             WHERE {inside} AND u.school_id <> {canary} AND (r.version IS NOT NULL OR EXISTS (SELECT 1 FROM student k \
             WHERE k.class_id = u.class_id AND k.left_at IS NULL)) \
             ORDER BY u.school_name, g.entry_year DESC, u.class_name, u.class_id"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(class_week).collect()
    }
}

fn due(r: &QueryResult) -> Result<DueReport, StorageError> {
    told(r, "id", "stage", "filed_at")
}

fn told(r: &QueryResult, id: &str, steps: &str, came: &str) -> Result<DueReport, StorageError> {
    Ok(DueReport {
        id: get(r, id)?,
        place: Place {
            class: ClassId::new(get(r, "class_id")?),
            grade: GradeId::new(get(r, "grade_id")?),
            school: SchoolId::new(get(r, "school_id")?),
            district: DistrictId::new(get(r, "district_id")?),
        },
        week: get(r, "week")?,
        due_at: instant(r, "due_at")?,
        shown_at: instant(r, "shown_at")?,
        stage: number(r, steps)?,
        filed_at: maybe_instant(r, came)?,
    })
}

fn class_week<T: DeserializeOwned>(r: &QueryResult) -> Result<ClassWeek<T>, StorageError> {
    let due = match get::<Option<Uuid>>(r, "due_id")? {
        None => None,
        Some(_) => Some(told(r, "due_id", "steps", "came_at")?),
    };
    let version: Option<i64> = get(r, "version")?;
    let report = match version {
        None => None,
        Some(_) => Some((json(r, "body")?, PersonId::new(get(r, "filed_by")?), get(r, "by_name")?)),
    };
    let same_weeks = if version.is_some() { number(r, "same_weeks")? } else { 0 };
    let versions = version.and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
    Ok(ClassWeek { class: crate::org::class(r)?, due, report, same_weeks, versions })
}
