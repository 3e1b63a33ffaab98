//! Drills: a table of their own, so that nothing that finds alerts can find one.

mod find;
mod message;
mod write;

pub(crate) use find::disturbed;
pub use message::{DrillMessage, DrillRecipient};

use domain::drill::{Around, DrillEnd};
use domain::escalation::Climb;
use domain::id::{ClassId, DistrictId, DrillId, GradeId, PersonId, PolicyId, SchoolId};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::StorageError;
use crate::row::{get, instant, maybe_instant, word};

/// A drill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillRecord {
    /// Its id.
    pub id: DrillId,
    /// Which school's ladder is tried.
    pub school: SchoolId,
    /// The school's district.
    pub district: DistrictId,
    /// Whose class teacher and grade lead take part.
    pub around: Around,
    /// Why.
    pub note: String,
    /// Also by night and on days off.
    pub by_night: bool,
    /// The district hears of it as well.
    pub with_district: bool,
    /// Who started it.
    pub started_by: PersonId,
    /// When.
    pub started_at: Timestamp,
    /// When it ends by itself.
    pub ends_at: Timestamp,
    /// The policy that it was started with.
    pub policy: PolicyId,
    /// How it ended.
    pub ended: Option<DrillEnded>,
    /// Who has it in hand.
    pub owner: Option<PersonId>,
    /// The climb; its level is the drill's.
    pub climb: Climb,
}

/// How and when a drill ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrillEnded {
    /// How.
    pub how: DrillEnd,
    /// When.
    pub at: Timestamp,
    /// By whom; the service itself when nobody.
    pub by: Option<PersonId>,
}

impl DrillRecord {
    /// Whether it runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.ended.is_none()
    }

    /// The units whose offices it calls: those of the school, and outside it the district only where that was asked for.
    #[must_use]
    pub fn units(&self) -> Vec<domain::org::Unit> {
        use domain::org::Unit;
        let class = self.around.class().map(Unit::Class);
        let grade = self.around.grade().map(Unit::Grade);
        let district = self.with_district.then_some(Unit::District(self.district));
        class.into_iter().chain(grade).chain([Unit::School(self.school)]).chain(district).collect()
    }
}

fn drill(r: &QueryResult) -> Result<DrillRecord, StorageError> {
    let class = get::<Option<Uuid>>(r, "class_id")?.map(ClassId::new);
    let grade = get::<Option<Uuid>>(r, "grade_id")?.map(GradeId::new);
    let around = match (class, grade) {
        (Some(class), Some(grade)) => Around::Class(class, grade),
        (None, Some(grade)) => Around::Grade(grade),
        (None, None) => Around::School,
        (Some(_), None) => return Err(StorageError::Corrupt("class_id")),
    };
    let ended = match maybe_instant(r, "ended_at")? {
        Some(at) => {
            let by = get::<Option<Uuid>>(r, "ended_by")?.map(PersonId::new);
            Some(DrillEnded { how: word(r, "ended_how", DrillEnd::from_key)?, at, by })
        }
        None => None,
    };
    Ok(DrillRecord {
        id: DrillId::new(get(r, "id")?),
        school: SchoolId::new(get(r, "school_id")?),
        district: DistrictId::new(get(r, "district_id")?),
        around,
        note: get(r, "note")?,
        by_night: get(r, "by_night")?,
        with_district: get(r, "with_district")?,
        started_by: PersonId::new(get(r, "started_by")?),
        started_at: instant(r, "started_at")?,
        ends_at: instant(r, "ends_at")?,
        policy: PolicyId::new(get(r, "policy_id")?),
        ended,
        owner: get::<Option<Uuid>>(r, "owner_id")?.map(PersonId::new),
        climb: crate::alert::climb(r)?,
    })
}
