//! The auditor's findings: opened, closed when all is well again, and shown to the operator.

use domain::time::Timestamp;

use crate::row::{Values, at, get};
use crate::{Read, StorageError, Tx};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// To be seen to by day.
    Warning,
    /// The service does not do its work: the operator is called.
    Critical,
}

impl Severity {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// Something that was found. Ids only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// What kind.
    pub kind: &'static str,
    /// About what.
    pub subject: String,
    /// How bad it is.
    pub severity: Severity,
}

/// Open findings of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenFinding {
    /// What kind.
    pub kind: String,
    /// About how many things.
    pub count: u64,
}

impl Tx {
    /// Opens a finding, or says that it still stands. One that comes back soon after it was closed counts as paged.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_finding(&mut self, f: &Found, now: Timestamp, soon: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO finding (subject, kind, opened_at, last_at, times, severity) VALUES ($1, $2, $3, $3, 1, $4) \
                   ON CONFLICT (kind, subject) DO UPDATE SET times = finding.times + 1, last_at = excluded.last_at, \
                   severity = excluded.severity, \
                   opened_at = CASE WHEN finding.closed_at IS NULL THEN finding.opened_at ELSE excluded.opened_at END, \
                   paged_at = CASE WHEN finding.closed_at IS NULL OR finding.closed_at > $5 THEN finding.paged_at END, \
                   closed_at = NULL";
        let values = vec![f.subject.clone().into(), f.kind.into(), at(now), f.severity.key().into(), at(soon)];
        self.run(sql, values).await.map(|_| ())
    }

    /// Closes the findings of a kind that no longer stand; gives how many.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close_findings(&mut self, kind: &str, stand: &[&str], now: Timestamp) -> Result<u64, StorageError> {
        let mut v = Values::default();
        let (k, n) = (v.push(kind), v.push(domain::time::to_micros(now)));
        let mut sql = format!("UPDATE finding SET closed_at = {n} WHERE kind = {k} AND closed_at IS NULL");
        if !stand.is_empty() {
            let marks: Vec<String> = stand.iter().map(|s| v.push(*s)).collect();
            sql.push_str(&format!(" AND subject NOT IN ({})", marks.join(", ")));
        }
        self.run(&sql, v.into_vec()).await
    }

    /// Closes what was noted in passing and has not been noted since an instant.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close_old_notes(&mut self, before: Timestamp, now: Timestamp) -> Result<u64, StorageError> {
        let sql = "UPDATE finding SET closed_at = $2 WHERE closed_at IS NULL AND severity = 'note' AND last_at < $1";
        self.run(sql, vec![at(before), at(now)]).await
    }

    /// The operator has been told of everything critical that is open.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn mark_paged(&mut self, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE finding SET paged_at = $1 WHERE closed_at IS NULL AND severity = 'critical'";
        self.run(sql, vec![at(now)]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// Everything critical that is open, when the operator has to be told: something was never paged, or not since an
    /// instant. Empty when there is nothing to tell.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn findings_to_page(&self, since: Timestamp) -> Result<Vec<OpenFinding>, StorageError> {
        let due = "SELECT 1 AS one FROM finding WHERE closed_at IS NULL AND severity = 'critical' \
                   AND (paged_at IS NULL OR paged_at <= $1) LIMIT 1";
        if self.one(due, vec![at(since)]).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = "SELECT kind, COUNT(*) AS n FROM finding WHERE closed_at IS NULL AND severity = 'critical' \
                   GROUP BY kind ORDER BY kind";
        let rows = self.all(sql, vec![]).await?;
        rows.iter().map(|r| Ok(OpenFinding { kind: get(r, "kind")?, count: crate::row::number(r, "n")? })).collect()
    }
}
