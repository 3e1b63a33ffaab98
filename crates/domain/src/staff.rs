//! The people who work in the network: roles, dated positions, contact methods.

use serde::{Deserialize, Serialize};

use crate::delivery::Channel;
use crate::id::{PersonId, PositionId};
use crate::lang::Lang;
use crate::org::{Unit, UnitKind};
use crate::time::Timestamp;

/// A role 角色. Access follows positions, never the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 班主任
    ClassTeacher,
    /// 科任教师
    SubjectTeacher,
    /// 宿管
    DormSupervisor,
    /// 校医
    Nurse,
    /// 心理委员: a child himself; reports, never gets a task, never reads back.
    PeerMonitor,
    /// 年级主任
    GradeLead,
    /// 心理教师
    Counsellor,
    /// 德育副校长
    VicePrincipal,
    /// 心理健康副校长
    ClinicalVicePrincipal,
    /// 校长
    Principal,
    /// 书记
    PartySecretary,
    /// 值班领导: by the duty roster, never by a position.
    DutyLeader,
    /// 教育局
    DistrictOfficer,
    /// 管理员
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 14] = [
        Self::ClassTeacher,
        Self::SubjectTeacher,
        Self::DormSupervisor,
        Self::Nurse,
        Self::PeerMonitor,
        Self::GradeLead,
        Self::Counsellor,
        Self::VicePrincipal,
        Self::ClinicalVicePrincipal,
        Self::Principal,
        Self::PartySecretary,
        Self::DutyLeader,
        Self::DistrictOfficer,
        Self::Administrator,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ClassTeacher => "class_teacher",
            Self::SubjectTeacher => "subject_teacher",
            Self::DormSupervisor => "dorm_supervisor",
            Self::Nurse => "nurse",
            Self::PeerMonitor => "peer_monitor",
            Self::GradeLead => "grade_lead",
            Self::Counsellor => "counsellor",
            Self::VicePrincipal => "vice_principal",
            Self::ClinicalVicePrincipal => "clinical_vice_principal",
            Self::Principal => "principal",
            Self::PartySecretary => "party_secretary",
            Self::DutyLeader => "duty_leader",
            Self::DistrictOfficer => "district_officer",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.key() == key)
    }

    /// The office, as people are told of each other.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::ClassTeacher => lang.pick("班主任", "class teacher"),
            Self::SubjectTeacher => lang.pick("科任教师", "subject teacher"),
            Self::DormSupervisor => lang.pick("宿管", "dormitory supervisor"),
            Self::Nurse => lang.pick("校医", "nurse"),
            Self::PeerMonitor => lang.pick("心理委员", "peer monitor"),
            Self::GradeLead => lang.pick("年级主任", "grade lead"),
            Self::Counsellor => lang.pick("心理教师", "counsellor"),
            Self::VicePrincipal => lang.pick("德育副校长", "vice-principal"),
            Self::ClinicalVicePrincipal => lang.pick("心理健康副校长", "clinical vice-principal"),
            Self::Principal => lang.pick("校长", "principal"),
            Self::PartySecretary => lang.pick("书记", "party secretary"),
            Self::DutyLeader => lang.pick("值班领导", "duty leader"),
            Self::DistrictOfficer => lang.pick("区教育局", "district officer"),
            Self::Administrator => lang.pick("管理员", "administrator"),
        }
    }

    /// Whether a position of this role may be held in a unit of this kind.
    #[must_use]
    pub fn fits(self, kind: UnitKind) -> bool {
        match self {
            Self::ClassTeacher | Self::PeerMonitor => kind == UnitKind::Class,
            Self::SubjectTeacher => matches!(kind, UnitKind::Class | UnitKind::Grade | UnitKind::School),
            Self::GradeLead => kind == UnitKind::Grade,
            Self::DormSupervisor
            | Self::Nurse
            | Self::Counsellor
            | Self::VicePrincipal
            | Self::ClinicalVicePrincipal
            | Self::Principal
            | Self::PartySecretary => kind == UnitKind::School,
            Self::DistrictOfficer => kind == UnitKind::District,
            Self::Administrator => matches!(kind, UnitKind::School | UnitKind::District),
            Self::DutyLeader => false,
        }
    }
}

/// A position: a role in a unit for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Its id.
    pub id: PositionId,
    /// Who holds it.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// Where.
    pub unit: Unit,
    /// Heads the unit; today this tells the district's lead from its duty officers.
    pub lead: bool,
    /// From when, inclusive.
    pub valid_from: Timestamp,
    /// Until when, exclusive; open when `None`.
    pub valid_to: Option<Timestamp>,
}

impl Position {
    /// Whether it is held at `now`: the first instant counts, the last does not.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.valid_from <= now && self.valid_to.is_none_or(|to| now < to)
    }
}

/// A way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactMethod {
    /// Whose.
    pub person: PersonId,
    /// By what.
    pub channel: Channel,
    /// Mail address, or mobile number in digits.
    pub address: String,
    /// Since when it is known to reach the person; nothing is sent to a method that is not verified.
    pub verified_at: Option<Timestamp>,
}

/// Somebody who stands in for somebody for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deputy {
    /// Who is away.
    pub person: PersonId,
    /// Who stands in.
    pub deputy: PersonId,
    /// From when, inclusive.
    pub from: Timestamp,
    /// Until when, exclusive.
    pub to: Timestamp,
}

impl Deputy {
    /// Whether it holds at `now`.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.to
    }
}
