//! Positions that were proposed or given 任职.

mod find;
mod glance;
mod write;

use domain::appointment::AppointmentState;
use domain::id::{AppointmentId, DistrictId, PersonId, SchoolId};
use domain::org::Unit;
use domain::staff::Role;
use domain::time::Timestamp;

/// A position that was proposed or given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentRecord {
    /// The id.
    pub id: AppointmentId,
    /// Whose, with the name.
    pub person: (PersonId, String),
    /// The role.
    pub role: Role,
    /// Where.
    pub unit: Unit,
    /// The school that the unit lies in.
    pub school: Option<SchoolId>,
    /// The district.
    pub district: DistrictId,
    /// Heads the unit.
    pub lead: bool,
    /// Who proposed it; nobody where it was given on the machine itself.
    pub proposed_by: Option<(PersonId, String)>,
    /// When.
    pub proposed_at: Timestamp,
    /// What became of it.
    pub state: AppointmentState,
    /// Who confirmed or refused it, and when.
    pub decided: Option<((PersonId, String), Timestamp)>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Whether the account still has its first password, which whoever added it knows.
    pub first_password: bool,
    /// When it was last changed.
    pub password_set_at: Option<Timestamp>,
    /// Whether it was changed with the word that somebody who confirmed handed over; nothing where no administrator knew one.
    pub vouched: Option<bool>,
}

/// Which of them.
#[derive(Debug, Clone, Default)]
pub struct AppointmentFilter {
    /// In this state.
    pub state: Option<AppointmentState>,
    /// Where the last page ended.
    pub after: Option<(Timestamp, AppointmentId)>,
    /// How many.
    pub limit: u32,
}
