//! Alerts: one row holds the alert and its climb, so that neither can be without the other.

mod closing;
mod decision;
mod find;
mod hand_over;
mod not_escalating;
mod recheck;
mod write;

pub use closing::ClosingRecord;
pub use decision::CustodyRecord;
pub use find::{AlertFilter, AlertSummary, Lodging};
pub(crate) use find::{known_to, visible};
pub use hand_over::HandOverRecord;
pub use not_escalating::NotEscalatingRecord;
pub use recheck::RecheckDue;
pub use write::ReasonRecord;

use domain::access::Place;
use domain::alert::AlertState;
use domain::directory::Audience;
use domain::escalation::{Climb, ClimbState, Reached};
use domain::id::{AlertId, ClassId, DistrictId, GradeId, PersonId, PolicyId, SchoolId, StudentId};
use domain::level::Level;
use domain::tier::Tier;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::StorageError;
use crate::row::{get, instant, json, maybe_instant, number, word};

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRecord {
    /// Its id.
    pub id: AlertId,
    /// Whose.
    pub student: StudentId,
    /// Where the student was when it was opened.
    pub place: Place,
    /// The highest level it had.
    pub peak: Level,
    /// Where it stands.
    pub state: AlertState,
    /// It holds what not everybody may hear of: it runs beside the student's ordinary alert.
    pub confidential: bool,
    /// Who may hear.
    pub audience: Audience,
    /// Nobody of the school who may hear of it can assess it: the district decides.
    pub district_decides: bool,
    /// Who has it in hand.
    pub owner: Option<PersonId>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Counts decisions: the entity tag.
    pub decision: u64,
    /// The policy that it was opened with.
    pub policy: PolicyId,
    /// The tier of the highest rung that was told.
    pub tier: Tier,
    /// When the district was first told.
    pub district_at: Option<Timestamp>,
    /// The climb; its level is the alert's.
    pub climb: Climb,
}

impl AlertRecord {
    /// Whether it climbs because nobody has taken it; one that somebody raised waits all the same.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self.climb.state, ClimbState::Open { .. })
    }
}

pub(crate) fn level(row: &QueryResult, column: &str) -> Result<Level, StorageError> {
    Level::try_from(number::<u8>(row, column)?).map_err(|_| StorageError::Corrupt("level"))
}

/// A climb, of an alert or of a drill. Only an alert can be kept from climbing.
pub(crate) fn climb(r: &QueryResult) -> Result<Climb, StorageError> {
    let deadline = || maybe_instant(r, "deadline_at")?.ok_or(StorageError::Corrupt("deadline"));
    let state: String = get(r, "climb_state")?;
    let state = match state.as_str() {
        "open" => ClimbState::Open {
            deadline: deadline()?,
            resend_at: maybe_instant(r, "resend_at")?,
            call_at: maybe_instant(r, "call_at")?,
            held_from: None,
        },
        "acked" => ClimbState::Acked { expires_at: deadline()? },
        "settled" => ClimbState::Settled { review_at: deadline()? },
        "closed" => ClimbState::Closed,
        _ => return Err(StorageError::Corrupt("climb_state")),
    };
    Ok(Climb {
        state,
        level: level(r, "level")?,
        rung: number(r, "rung")?,
        epoch: number(r, "epoch")?,
        repeat: number(r, "repeat_no")?,
        version: number(r, "climb_version")?,
        last_seen: instant(r, "last_seen")?,
        late: get(r, "late")?,
        custody: get(r, "custody")?,
        assessed: get(r, "assessed")?,
        reached: json::<Vec<Reached>>(r, "reached")?,
        turn_at: instant(r, "turn_at")?,
        declined: json::<Vec<PersonId>>(r, "declined")?,
    })
}

pub(crate) fn alert(r: &QueryResult) -> Result<AlertRecord, StorageError> {
    let mut climb = climb(r)?;
    if let ClimbState::Open { held_from, .. } = &mut climb.state {
        *held_from = maybe_instant(r, "held_from_at")?;
    }
    Ok(AlertRecord {
        id: AlertId::new(get(r, "id")?),
        student: StudentId::new(get(r, "student_id")?),
        place: Place {
            class: ClassId::new(get(r, "class_id")?),
            grade: GradeId::new(get(r, "grade_id")?),
            school: SchoolId::new(get(r, "school_id")?),
            district: DistrictId::new(get(r, "district_id")?),
        },
        peak: level(r, "peak")?,
        state: word(r, "state", AlertState::from_key)?,
        confidential: get(r, "confidential")?,
        audience: word(r, "audience", Audience::from_key)?,
        district_decides: get(r, "district_decides")?,
        owner: get::<Option<Uuid>>(r, "owner_id")?.map(PersonId::new),
        opened_at: instant(r, "opened_at")?,
        closed_at: maybe_instant(r, "closed_at")?,
        decision: number(r, "decision")?,
        policy: PolicyId::new(get(r, "policy_id")?),
        tier: word(r, "tier", Tier::from_key)?,
        district_at: maybe_instant(r, "district_at")?,
        climb,
    })
}
