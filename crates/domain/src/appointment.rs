//! Somebody is given a position 任职. Whoever keeps the accounts proposes it; what reads, takes, assesses or signs anything
//! about children holds only once somebody else has confirmed it.

use crate::access::{Reach, Right, reach};
use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::id::PersonId;
use crate::lang::Lang;
use crate::staff::{Position, Role};

/// Rights that read nothing that was written about a child.
const BLIND: [Right; 6] =
    [Right::File, Right::ReportByLaw, Right::SeeDuty, Right::SeeRoster, Right::ImportRoster, Right::ManageStaff];

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppointmentState {
    /// It is no position yet.
    Waiting,
    /// Somebody else confirmed it.
    Confirmed,
    /// Somebody else refused it.
    Refused,
    /// It held at once: the role reads nothing, nobody was there to confirm it, or it was given on the machine itself.
    AtOnce,
}

impl AppointmentState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Confirmed, Self::Refused, Self::AtOnce];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
            Self::AtOnce => "at_once",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Waiting => lang.pick("等待确认", "to be confirmed"),
            Self::Confirmed => lang.pick("已确认", "confirmed"),
            Self::Refused => lang.pick("未同意", "refused"),
            Self::AtOnce => lang.pick("即时生效，未经确认", "held at once, confirmed by nobody"),
        }
    }
}

/// Whether a role has to be confirmed: whoever holds it reads, takes, assesses or signs something about children. It follows
/// from the matrix, so that a right that comes to it is not forgotten here.
#[must_use]
pub fn needs_confirming(role: Role) -> bool {
    Right::ALL.iter().any(|right| !BLIND.contains(right) && reach(role, *right) != Reach::Nothing)
}

/// Whether whoever holds one role confirms positions of another: the heads of a school what is given in it, each the other's
/// office, and the district's officers both of these and their own.
#[must_use]
pub fn confirms(by: Role, of: Role) -> bool {
    match of {
        Role::Principal => matches!(by, Role::PartySecretary | Role::DistrictOfficer),
        Role::PartySecretary => matches!(by, Role::Principal | Role::DistrictOfficer),
        Role::DistrictOfficer => by == Role::DistrictOfficer,
        Role::ClassTeacher
        | Role::SubjectTeacher
        | Role::DormSupervisor
        | Role::Nurse
        | Role::PeerMonitor
        | Role::GradeLead
        | Role::Counsellor
        | Role::VicePrincipal
        | Role::ClinicalVicePrincipal
        | Role::DutyLeader
        | Role::Administrator => matches!(by, Role::Principal | Role::PartySecretary),
    }
}

/// Those who decide on a position, of all who hold something in its school and district. A school that has no head but those
/// who have a part in it themselves asks the district's officers.
#[must_use]
pub fn deciders(held: &[Position], of: Role, but: &[PersonId]) -> Vec<PersonId> {
    let those = |may: &dyn Fn(Role) -> bool| {
        let found = held.iter().filter(|p| may(p.role) && !but.contains(&p.person));
        found.map(|p| p.person).collect::<Vec<_>>()
    };
    let first = those(&|by| confirms(by, of));
    if first.is_empty() { those(&|by| by == Role::DistrictOfficer) } else { first }
}

/// The reason of a refusal.
///
/// # Errors
/// Every fault.
pub fn refusal(reason: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::new();
    let reason = reason.trim();
    faults.when(reason.is_empty(), || Fault::new("reason", "required", "请写明理由", "a reason is required"));
    faults.when(reason.chars().count() > REASON_CHARS, || {
        let (zh, en) = (format!("最多 {REASON_CHARS} 个字"), format!("at most {REASON_CHARS} characters"));
        Fault::new("reason", "too_long", zh, en)
    });
    faults.when(crate::text::has_control(reason), || crate::text::control_character("reason"));
    faults.or(reason.to_owned())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::{PositionId, SchoolId};
    use crate::org::Unit;

    fn held(person: u128, role: Role) -> Position {
        Position {
            id: PositionId::new(Uuid::from_u128(person)),
            person: PersonId::new(Uuid::from_u128(person)),
            role,
            unit: Unit::School(SchoolId::new(Uuid::nil())),
            lead: false,
            valid_from: chrono::DateTime::UNIX_EPOCH,
            valid_to: None,
        }
    }

    #[test]
    fn whatever_reads_about_children_is_confirmed_and_what_only_files_is_not() {
        let at_once: Vec<Role> = Role::ALL.into_iter().filter(|r| !needs_confirming(*r)).collect();
        let quiet = [Role::SubjectTeacher, Role::DormSupervisor, Role::Nurse, Role::PeerMonitor, Role::Administrator];
        assert_eq!(at_once, quiet);
    }

    #[test]
    fn nobody_confirms_his_own_office_and_a_school_without_a_head_asks_the_district() {
        let id = |n: u128| PersonId::new(Uuid::from_u128(n));
        let all = [
            held(1, Role::Principal),
            held(2, Role::PartySecretary),
            held(3, Role::DistrictOfficer),
            held(4, Role::VicePrincipal),
        ];
        assert_eq!(deciders(&all, Role::Counsellor, &[]), [id(1), id(2)]);
        assert_eq!(deciders(&all, Role::Counsellor, &[id(1)]), [id(2)]);
        assert_eq!(deciders(&all, Role::Principal, &[]), [id(2), id(3)]);
        assert_eq!(deciders(&all, Role::PartySecretary, &[]), [id(1), id(3)]);
        assert_eq!(deciders(&all, Role::DistrictOfficer, &[]), [id(3)]);
        assert_eq!(deciders(&all, Role::DistrictOfficer, &[id(3)]), []);
        assert_eq!(deciders(&all, Role::Counsellor, &[id(1), id(2)]), [id(3)]);
        assert_eq!(deciders(&all[3..], Role::Counsellor, &[]), []);
    }
}
