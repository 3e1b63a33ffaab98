//! The matrix of rights: one row per right, one column per role.

use crate::staff::Role;

/// Something that one may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// File an observation about a student, seeing name and class only.
    File,
    /// See an alert.
    SeeAlert,
    /// Take an alert.
    Acknowledge,
    /// Record who is with the child.
    RecordCustody,
    /// Confirm or change the level.
    Assess,
    /// Give the second signature.
    Approve,
    /// Read how many signed decisions were drawn, and what came of it.
    SeeSamples,
    /// Open a growth file, its open part.
    OpenFile,
    /// Read restricted text in it.
    ReadRestricted,
    /// Know that restricted entries exist.
    KnowOfRestricted,
    /// Write what everybody who opens the file reads: life events, home visits, calls to guardians.
    RecordCare,
    /// Write what the counsellor alone reads: interviews, notes.
    Counsel,
    /// Put a student on a list and take him off.
    ManageLists,
    /// Hand a student over to whoever has him next.
    HandOverStudent,
    /// Write a plan, and refer a student to help outside.
    WritePlan,
    /// File the weekly report of a class.
    ClassReport,
    /// Read weekly reports, and add to them.
    SeeReports,
    /// Report what the law demands to be reported, about any child of the school.
    ReportByLaw,
    /// See such reports, and write down who was told.
    SeeByLaw,
    /// See the roster: name, class, contacts.
    SeeRoster,
    /// Import a roster.
    ImportRoster,
    /// Add staff and positions.
    ManageStaff,
    /// Read which positions were proposed, and confirm or refuse them.
    ConfirmStaff,
    /// See who is on duty when.
    SeeDuty,
    /// Set the duty roster, and name deputies for somebody of the school who cannot.
    ManageDuty,
    /// Start and end a drill.
    RunDrill,
    /// Read the reports of drills, with the names of those who answered and of those who did not.
    SeeDrills,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 27] = [
        Self::File,
        Self::SeeAlert,
        Self::Acknowledge,
        Self::RecordCustody,
        Self::Assess,
        Self::Approve,
        Self::SeeSamples,
        Self::OpenFile,
        Self::ReadRestricted,
        Self::KnowOfRestricted,
        Self::RecordCare,
        Self::Counsel,
        Self::ManageLists,
        Self::HandOverStudent,
        Self::WritePlan,
        Self::ClassReport,
        Self::SeeReports,
        Self::ReportByLaw,
        Self::SeeByLaw,
        Self::SeeRoster,
        Self::ImportRoster,
        Self::ManageStaff,
        Self::ConfirmStaff,
        Self::SeeDuty,
        Self::ManageDuty,
        Self::RunDrill,
        Self::SeeDrills,
    ];
}

/// How far a right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// The unit of the position, and what belongs to it.
    OwnUnit,
    /// The whole school of the position.
    OwnSchool,
    /// Open reds and oranges of the school, while on duty.
    OnDuty,
    /// Alerts that have climbed to the district, with the minimum needed.
    AtDistrictRung,
    /// Alerts that the district alone may hear of: what nobody of the school may hear of, nobody else can end.
    DistrictAlone,
}

const NO: Reach = Reach::Nothing;
const UNIT: Reach = Reach::OwnUnit;
const SCHL: Reach = Reach::OwnSchool;
const DUTY: Reach = Reach::OnDuty;
const RUNG: Reach = Reach::AtDistrictRung;
const ALON: Reach = Reach::DistrictAlone;

/// How far a role's right reaches.
#[must_use]
pub fn reach(role: Role, right: Right) -> Reach {
    let column = Role::ALL.iter().position(|r| *r == role);
    column.and_then(|c| row(right).get(c).copied()).unwrap_or(Reach::Nothing)
}

/// One column per role, in the order of [`Role::ALL`].
#[rustfmt::skip]
const fn row(right: Right) -> [Reach; Role::ALL.len()] {
    match right {
        //                           class subj  dorm  nurse peer  grade couns vice  clin  princ party duty  distr admin
        Right::File               => [SCHL, SCHL, SCHL, SCHL, UNIT, SCHL, UNIT, UNIT, UNIT, UNIT, UNIT, SCHL, NO,   NO  ],
        Right::SeeAlert           => [UNIT, NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, DUTY, RUNG, NO  ],
        Right::Acknowledge        => [UNIT, NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, DUTY, RUNG, NO  ],
        Right::RecordCustody      => [UNIT, NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, DUTY, ALON, NO  ],
        Right::Assess             => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, NO,   NO,   NO,   ALON, NO  ],
        Right::Approve            => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, NO,   ALON, NO  ],
        Right::SeeSamples         => [NO,   NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, NO,   NO,   NO  ],
        Right::OpenFile           => [UNIT, NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, NO,   NO,   NO  ],
        Right::ReadRestricted     => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, NO,   NO,   NO,   NO,   NO,   NO,   NO  ],
        Right::KnowOfRestricted   => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, NO,   NO,   NO  ],
        Right::RecordCare         => [UNIT, NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, NO,   NO,   NO,   NO,   NO  ],
        Right::Counsel            => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, NO,   NO,   NO,   NO,   NO,   NO,   NO  ],
        Right::ManageLists        => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, NO,   NO,   NO,   NO,   NO  ],
        Right::HandOverStudent    => [UNIT, NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, NO,   NO,   NO  ],
        Right::WritePlan          => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, NO,   NO,   NO,   NO,   NO  ],
        Right::ClassReport        => [UNIT, NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO  ],
        Right::SeeReports         => [UNIT, NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, UNIT, NO,   NO,   NO  ],
        Right::ReportByLaw        => [SCHL, SCHL, SCHL, SCHL, NO,   SCHL, UNIT, UNIT, UNIT, UNIT, UNIT, SCHL, NO,   NO  ],
        Right::SeeByLaw           => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, NO,   RUNG, NO  ],
        Right::SeeRoster          => [NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   UNIT],
        Right::ImportRoster       => [NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   UNIT],
        Right::ManageStaff        => [NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   UNIT],
        Right::ConfirmStaff       => [NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, NO,   UNIT, NO  ],
        Right::SeeDuty            => [SCHL, SCHL, SCHL, SCHL, NO,   SCHL, UNIT, UNIT, UNIT, UNIT, UNIT, SCHL, NO,   NO  ],
        Right::ManageDuty         => [NO,   NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, NO,   NO,   NO,   NO,   NO  ],
        Right::RunDrill           => [NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, NO,   NO,   NO  ],
        Right::SeeDrills          => [NO,   NO,   NO,   NO,   NO,   NO,   UNIT, UNIT, UNIT, UNIT, UNIT, NO,   NO,   NO  ],
    }
}
