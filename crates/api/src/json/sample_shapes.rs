//! How a decision that was drawn is shown, and how many there were.

use casework::{SampleRow, SampleSummary, SampleView};
use domain::alert::Stated;
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Named, rfc3339};

/// Something that a close was evidenced by.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SampleProofShape {
    /// What.
    code: String,
    /// Who saw it.
    by: Option<String>,
    /// Whether the file bore it out when it was decided; null where the reader may not know.
    in_record: Option<bool>,
}

/// What somebody found who looked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingShape {
    /// `agrees`, `question` or `disagrees`: then the alert is open again.
    finding: String,
    /// In his words.
    words: Option<String>,
    /// Who.
    by: Named,
    /// When.
    at: String,
    /// What whoever decided has answered to the question.
    answer: Option<String>,
}

/// A signed decision that was drawn.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SampleShape {
    /// Its id.
    id: String,
    /// About whom.
    student: Named,
    /// About which alert.
    alert: String,
    /// `lowering`, `not_escalating`, `closing` or `false_alarm`.
    kind: String,
    /// The level before.
    from: u8,
    /// The level afterwards.
    to: u8,
    /// Who decided.
    decided_by: Named,
    /// Who signed as the second.
    signed_by: Option<Named>,
    /// When.
    decided_at: String,
    /// Why, in the words of whoever decided.
    reason: Option<String>,
    /// What was stated.
    evidence: Vec<SampleProofShape>,
    /// Until when it need not climb.
    until: Option<String>,
    /// Whether the caller is to write down what he finds.
    looks: bool,
    /// What was found.
    finding: Option<FindingShape>,
}

/// What was stated, as it was kept with the decision.
pub(crate) fn evidence_of(v: &SampleView) -> Vec<Stated> {
    v.rested_on.get("evidence").and_then(|e| serde_json::from_value(e.clone()).ok()).unwrap_or_default()
}

/// A text that was kept with the decision.
pub(crate) fn kept(v: &SampleView, name: &str) -> Option<String> {
    v.rested_on.get(name).and_then(|t| t.as_str()).map(str::to_owned)
}

impl SampleShape {
    pub(crate) fn of(v: &SampleView) -> Self {
        let (d, found) = (&v.sample.draw, v.sample.finding.as_ref());
        let proof = |s: Stated| SampleProofShape {
            code: s.proof.key().to_owned(),
            in_record: v.in_file.bears_out(&s),
            by: s.by,
        };
        Self {
            id: d.id.to_string(),
            student: Named::new(v.student.id, v.student.name.clone()),
            alert: d.alert.to_string(),
            kind: d.kind.key().to_owned(),
            from: d.from.number(),
            to: d.to.number(),
            decided_by: Named::new(d.by.0, d.by.1.clone()),
            signed_by: d.second.as_ref().map(|(id, name)| Named::new(*id, name.clone())),
            decided_at: rfc3339(d.at),
            reason: kept(v, "reason"),
            evidence: evidence_of(v).into_iter().map(proof).collect(),
            until: kept(v, "until"),
            looks: v.looks,
            finding: found.map(|f| FindingShape {
                finding: f.finding.key().to_owned(),
                words: f.words.clone(),
                by: Named::new(f.by.0, f.by.1.clone()),
                at: rfc3339(f.at),
                answer: v.answer.clone(),
            }),
        }
    }
}

/// The decisions about alerts of one level.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SampleRowShape {
    /// The level that the alerts had.
    level: u8,
    /// How many were decided.
    decided: u32,
    /// How many of them were drawn.
    drawn: u32,
    /// How many of those somebody has looked at.
    looked_at: u32,
    /// In how many he agrees.
    agrees: u32,
    /// In how many he has a question.
    question: u32,
    /// In how many he does not agree.
    disagrees: u32,
}

/// The decisions of a month.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SampleSummaryShape {
    /// The month, such as `2026-11`.
    month: String,
    /// One of each level, the highest first.
    items: Vec<SampleRowShape>,
    /// Always null: there are four.
    next_cursor: Option<String>,
}

impl SampleSummaryShape {
    pub(crate) fn of(s: &SampleSummary) -> Self {
        let row = |r: &SampleRow| SampleRowShape {
            level: r.level.number(),
            decided: r.decided,
            drawn: r.drawn,
            looked_at: r.looked_at(),
            agrees: r.agrees,
            question: r.question,
            disagrees: r.disagrees,
        };
        let month = s.month.format("%Y-%m").to_string();
        Self { month, items: s.rows.iter().map(row).collect(), next_cursor: None }
    }
}
