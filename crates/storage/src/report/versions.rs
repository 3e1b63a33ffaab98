//! Reports and summaries as they were filed, version after version.

use std::fmt::Display;

use domain::id::{ClassId, PersonId};
use domain::org::Unit;
use domain::report::ClassReport;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, json, number, to_json};
use crate::{Read, StorageError, Tx};

/// A report of a class, as it was filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportVersion<T = ClassReport> {
    /// 1 for the first.
    pub version: u32,
    /// What it says.
    pub report: T,
    /// How many weeks in a row the class has said the same, this one among them.
    pub same_weeks: u32,
    /// By whom.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
}

/// What a grade or a school added, as it was filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryVersion {
    /// The grade or the school.
    pub unit: Uuid,
    /// 1 for the first.
    pub version: u32,
    /// What it says.
    pub text: String,
    /// How its classes stood then: JSON.
    pub counts: serde_json::Value,
    /// By whom.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
}

impl Tx {
    /// Keeps a version of a class's report.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when somebody was faster.
    pub async fn add_class_report<T: Serialize + Sync>(
        &mut self,
        class: ClassId,
        week: impl Display,
        v: &ReportVersion<T>,
    ) -> Result<(), StorageError> {
        let sql = "INSERT INTO class_report (class_id, week, version, body, same_weeks, filed_by, filed_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = vec![
            class.uuid().into(),
            week.to_string().into(),
            i64::from(v.version).into(),
            to_json(&v.report)?.into(),
            i64::from(v.same_weeks).into(),
            v.by.0.uuid().into(),
            at(v.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Keeps a version of what a grade or a school adds.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when somebody was faster.
    pub async fn add_summary(
        &mut self,
        unit: Unit,
        week: impl Display,
        v: &SummaryVersion,
    ) -> Result<(), StorageError> {
        let kind = if matches!(unit, Unit::Grade(_)) { "grade" } else { "school" };
        let sql = "INSERT INTO report_summary (unit_id, kind, week, version, body, counts, filed_by, filed_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            unit.uuid().into(),
            kind.into(),
            week.to_string().into(),
            i64::from(v.version).into(),
            v.text.clone().into(),
            v.counts.to_string().into(),
            v.by.0.uuid().into(),
            at(v.at),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// Every version of a class's report of a week, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn class_reports<T: DeserializeOwned>(
        &self,
        class: ClassId,
        week: impl Display,
    ) -> Result<Vec<ReportVersion<T>>, StorageError> {
        let sql = "SELECT r.*, p.name AS by_name FROM class_report r JOIN person p ON p.id = r.filed_by \
                   WHERE r.class_id = $1 AND r.week = $2 ORDER BY r.version";
        self.all(sql, vec![class.uuid().into(), week.to_string().into()]).await?.iter().map(version).collect()
    }

    /// Every version of what some units added to a week, oldest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn summaries(&self, units: &[Uuid], week: impl Display) -> Result<Vec<SummaryVersion>, StorageError> {
        let mut v = Values::default();
        let (units, week) = (v.list(units.iter().copied()), v.push(week.to_string()));
        let sql = format!(
            "SELECT r.*, p.name AS by_name FROM report_summary r JOIN person p ON p.id = r.filed_by \
             WHERE r.unit_id IN ({units}) AND r.week = {week} ORDER BY r.unit_id, r.version"
        );
        self.all(&sql, v.into_vec()).await?.iter().map(summary).collect()
    }
}

fn version<T: DeserializeOwned>(r: &QueryResult) -> Result<ReportVersion<T>, StorageError> {
    Ok(ReportVersion {
        version: number(r, "version")?,
        report: json(r, "body")?,
        same_weeks: number(r, "same_weeks")?,
        by: by(r)?,
        at: instant(r, "filed_at")?,
    })
}

fn summary(r: &QueryResult) -> Result<SummaryVersion, StorageError> {
    Ok(SummaryVersion {
        unit: get(r, "unit_id")?,
        version: number(r, "version")?,
        text: get(r, "body")?,
        counts: json(r, "counts")?,
        by: by(r)?,
        at: instant(r, "filed_at")?,
    })
}

fn by(r: &QueryResult) -> Result<(PersonId, String), StorageError> {
    Ok((PersonId::new(get(r, "filed_by")?), get(r, "by_name")?))
}
