//! How notices to guardians are shown.

use casework::{NoticeRecord, NoticeStepRecord};
use domain::guardian_notice::NoticeStep;
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Named, rfc3339};

/// Something that became of a notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeStepShape {
    /// `signed`, `refused`, `returned` or `second_opinion`.
    step: String,
    /// Who signed or refused; from whom the second opinion is.
    by: Option<String>,
    /// When.
    at: String,
    /// Who was there.
    witness: Option<Named>,
    /// What was said.
    said: Option<String>,
    /// Who wrote it down.
    recorded_by: Named,
    /// When.
    recorded_at: String,
}

impl NoticeStepShape {
    fn of(s: &NoticeStepRecord) -> Self {
        let witness = s.taken.witness.zip(s.witness.clone());
        Self {
            step: s.taken.step.key().to_owned(),
            by: s.taken.by.clone(),
            at: rfc3339(s.taken.at),
            witness: witness.map(|(id, name)| Named::new(id, name)),
            said: s.taken.said.clone(),
            recorded_by: Named::new(s.by.0, s.by.1.clone()),
            recorded_at: rfc3339(s.at),
        }
    }
}

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeShape {
    /// The notice.
    id: String,
    /// To which guardian.
    guardian: String,
    /// How he stands to the child.
    relation: String,
    /// What was seen.
    text: String,
    /// What the school does.
    measures: String,
    /// What the guardian is asked to do.
    asked: String,
    /// Whom to call.
    contact: Option<String>,
    /// Who issued it.
    by: Named,
    /// When.
    issued_at: String,
    /// `issued`, `signed`, `refused` or `returned`.
    state: String,
    /// What became of it, oldest first.
    steps: Vec<NoticeStepShape>,
}

impl NoticeShape {
    pub(crate) fn of(n: &NoticeRecord) -> Self {
        Self {
            id: n.id.to_string(),
            guardian: n.notice.guardian.clone(),
            relation: n.notice.relation.key().to_owned(),
            text: n.notice.text.clone(),
            measures: n.notice.measures.clone(),
            asked: n.notice.asked.clone(),
            contact: n.notice.contact.clone(),
            by: Named::new(n.by.0, n.by.1.clone()),
            issued_at: rfc3339(n.at),
            state: state(n).to_owned(),
            steps: n.steps.iter().map(NoticeStepShape::of).collect(),
        }
    }
}

/// Where a notice stands.
fn state(n: &NoticeRecord) -> &'static str {
    let all = [NoticeStep::Returned, NoticeStep::Signed, NoticeStep::Refused];
    all.into_iter().find(|s| n.step(*s).is_some()).map_or("issued", NoticeStep::key)
}

/// Notices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Notices {
    /// The latest first.
    pub(crate) items: Vec<NoticeShape>,
    /// Always null: there are never so many.
    pub(crate) next_cursor: Option<String>,
}
