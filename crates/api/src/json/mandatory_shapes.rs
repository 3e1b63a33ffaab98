//! How a report that the law demands is shown. Who reported is in none of it.

use casework::{MandatoryRecord, ToldRecord};
use domain::id::PersonId;
use domain::mandatory::Recipient;
use domain::policy::OutsideTerms;
use domain::time::minutes;
use serde::Serialize;
use utoipa::ToSchema;

use super::shapes::{Named, rfc3339};

/// Who was told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToldShape {
    /// `police`, `civil_affairs` or `education`.
    recipient: String,
    /// When.
    at: String,
    /// Which office.
    office: String,
    /// The officer's name.
    officer: String,
    /// The number of the receipt.
    receipt: Option<String>,
    /// When it was given.
    receipt_at: Option<String>,
    /// Who wrote it down; null where it is whoever reported, who is named nowhere.
    by: Option<Named>,
    /// When.
    recorded_at: String,
}

impl ToldShape {
    fn of(t: &ToldRecord, reporter: PersonId) -> Self {
        Self {
            recipient: t.told.recipient.key().to_owned(),
            at: rfc3339(t.told.at),
            office: t.told.office.clone(),
            officer: t.told.officer.clone(),
            receipt: t.told.receipt.clone(),
            receipt_at: t.told.receipt_at.map(rfc3339),
            by: (t.by.0 != reporter).then(|| Named::new(t.by.0, t.by.1.clone())),
            recorded_at: rfc3339(t.at),
        }
    }
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MandatoryShape {
    /// The report.
    id: String,
    /// About whom.
    student: Named,
    /// The school's name.
    school: String,
    /// The alert beside it.
    alert: Option<String>,
    /// What was seen or heard.
    suspicion: String,
    /// Who is suspected.
    suspected: String,
    /// Which of the staff.
    staff: Vec<Named>,
    /// Whether the child is in danger now.
    danger_now: String,
    /// Whether it is the caller's own; of others nothing says whose it is.
    own: bool,
    /// Since when it is known.
    known_at: String,
    /// When it was written down.
    opened_at: String,
    /// When the school's leaders hear that the police were not told.
    chase_at: String,
    /// When the district does.
    breach_at: String,
    /// When the school's leaders heard.
    chased_at: Option<String>,
    /// When the district did.
    breached_at: Option<String>,
    /// When the police were told: the clock stands since.
    police_at: Option<String>,
    /// When all were.
    settled_at: Option<String>,
    /// Who has not been told yet.
    missing: Vec<String>,
    /// Who was told, oldest first.
    recipients: Vec<ToldShape>,
}

impl MandatoryShape {
    pub(crate) fn of(r: &MandatoryRecord, terms: &OutsideTerms, reader: PersonId) -> Self {
        let known = r.report.known_at;
        let missing = Recipient::ALL.iter().filter(|who| !r.has_told(**who));
        Self {
            id: r.id.to_string(),
            student: Named::new(r.student.id, r.student.name.clone()),
            school: r.school.clone(),
            alert: r.report.alert.map(|a| a.to_string()),
            suspicion: r.report.suspicion.clone(),
            suspected: r.report.suspected.key().to_owned(),
            staff: r.named.iter().map(|(id, name)| Named::new(*id, name.clone())).collect(),
            danger_now: r.report.danger_now.key().to_owned(),
            own: r.opened_by == reader,
            known_at: rfc3339(known),
            opened_at: rfc3339(r.opened_at),
            chase_at: rfc3339(known + minutes(terms.police_chase_minutes)),
            breach_at: rfc3339(known + minutes(terms.police_breach_minutes)),
            chased_at: r.clock.chased_at.map(rfc3339),
            breached_at: r.clock.breached_at.map(rfc3339),
            police_at: r.clock.police_at.map(rfc3339),
            settled_at: r.clock.settled_at.map(rfc3339),
            missing: missing.map(|who| who.key().to_owned()).collect(),
            recipients: r.told.iter().map(|t| ToldShape::of(t, r.opened_by)).collect(),
        }
    }
}

/// Open reports.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MandatoryReports {
    /// Those first of which the police were not told, the oldest first.
    pub(crate) items: Vec<MandatoryShape>,
    /// Always null: there are never so many.
    pub(crate) next_cursor: Option<String>,
}
