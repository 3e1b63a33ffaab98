//! How many decisions were drawn, and what came of it.

use domain::access::Scope;
use domain::id::PersonId;
use domain::level::Level;
use domain::time::Timestamp;

use crate::row::{Values, at, number};
use crate::{Read, StorageError};

/// Who reads it, of which time.
#[derive(Debug, Clone)]
pub struct SampleReader {
    /// Who.
    pub person: PersonId,
    /// In which schools he reads it.
    pub scope: Scope,
    /// Decisions from this instant on.
    pub from: Timestamp,
    /// Decisions before this instant.
    pub to: Timestamp,
}

/// The decisions of one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleRow {
    /// The level that the alerts had.
    pub level: Level,
    /// How many decisions there were.
    pub decided: u32,
    /// How many of them were drawn.
    pub drawn: u32,
    /// In how many somebody who looked agrees.
    pub agrees: u32,
    /// In how many he has a question.
    pub question: u32,
    /// In how many he does not agree.
    pub disagrees: u32,
}

impl SampleRow {
    /// How many somebody has looked at.
    #[must_use]
    pub fn looked_at(&self) -> u32 {
        self.agrees.saturating_add(self.question).saturating_add(self.disagrees)
    }
}

impl Read<'_> {
    /// The decisions of each level that has any. What the reader may not hear of is not counted, and of his own nothing is
    /// counted as drawn before somebody has looked.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn sample_rows(&self, reader: &SampleReader) -> Result<Vec<SampleRow>, StorageError> {
        let mut v = Values::default();
        let schools = v.list(reader.scope.schools.iter().map(|s| s.uuid()));
        let confided = v.list(reader.scope.confidant_schools.iter().map(|s| s.uuid()));
        let (me, from, to) = (v.push(reader.person.uuid()), v.push(at(reader.from)), v.push(at(reader.to)));
        let found = |finding: &str| format!("COUNT(CASE WHEN f.finding = '{finding}' THEN 1 END) AS {finding}");
        let sql = format!(
            "SELECT d.from_level, COUNT(*) AS decided, \
             COUNT(CASE WHEN x.id IS NOT NULL AND (f.sample_id IS NOT NULL OR ({me} <> d.decided_by \
             AND (d.signed_by IS NULL OR {me} <> d.signed_by))) THEN 1 END) AS drawn, {}, {}, {} \
             FROM decision_draw d JOIN alert a ON a.id = d.alert_id LEFT JOIN decision_sample x ON x.id = d.id \
             LEFT JOIN sample_finding f ON f.sample_id = x.id \
             WHERE d.school_id IN ({schools}) AND d.decided_at >= {from} AND d.decided_at < {to} \
             AND (a.audience = 'everyone' OR (a.audience = 'confidants' AND d.school_id IN ({confided}))) \
             AND NOT EXISTS (SELECT 1 FROM alert_exclusion e WHERE e.alert_id = a.id AND e.person_id = {me}) \
             GROUP BY d.from_level ORDER BY d.from_level DESC",
            found("agrees"),
            found("question"),
            found("disagrees"),
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                Ok(SampleRow {
                    level: crate::alert::level(r, "from_level")?,
                    decided: number(r, "decided")?,
                    drawn: number(r, "drawn")?,
                    agrees: number(r, "agrees")?,
                    question: number(r, "question")?,
                    disagrees: number(r, "disagrees")?,
                })
            })
            .collect()
    }
}
