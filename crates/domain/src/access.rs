//! Who may do what: the matrix of roles and rights, and the scope in which a right is held.
//!
//! Every finder of personal data takes a [`Scope`]; what is not in scope does not exist for the reader.

use std::collections::BTreeSet;

use crate::directory::Audience;
use crate::id::{ClassId, DistrictId, GradeId, PersonId, SchoolId};
use crate::org::Unit;
use crate::staff::{Position, Role};
use crate::time::Timestamp;

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
    /// Open a growth file, its open part.
    OpenFile,
    /// Read restricted text in it.
    ReadRestricted,
    /// Know that restricted entries exist.
    KnowOfRestricted,
    /// See the roster: name, class, contacts.
    SeeRoster,
    /// Import a roster.
    ImportRoster,
    /// Add staff and positions.
    ManageStaff,
    /// See who is on duty when.
    SeeDuty,
    /// Set the duty roster, and name deputies for somebody of the school who cannot.
    ManageDuty,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 14] = [
        Self::File,
        Self::SeeAlert,
        Self::Acknowledge,
        Self::RecordCustody,
        Self::Assess,
        Self::Approve,
        Self::OpenFile,
        Self::ReadRestricted,
        Self::KnowOfRestricted,
        Self::SeeRoster,
        Self::ImportRoster,
        Self::ManageStaff,
        Self::SeeDuty,
        Self::ManageDuty,
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
    /// Alerts that the district alone may hear of.
    DistrictAlone,
}

/// The matrix of domain rights: one row per role, one column per right.
#[must_use]
pub fn reach(role: Role, right: Right) -> Reach {
    match role {
        Role::ClassTeacher | Role::GradeLead => of_a_teacher_in_charge(right),
        Role::SubjectTeacher | Role::DormSupervisor | Role::Nurse => of_other_staff(right),
        Role::PeerMonitor => only(right, Right::File, Reach::OwnUnit),
        Role::Counsellor
        | Role::VicePrincipal
        | Role::ClinicalVicePrincipal
        | Role::Principal
        | Role::PartySecretary => of_a_school_office(role, right),
        Role::DutyLeader => of_a_duty_leader(right),
        Role::DistrictOfficer => of_the_district(right),
        Role::Administrator => of_an_administrator(right),
    }
}

/// They file, and see who is on duty.
fn of_other_staff(right: Right) -> Reach {
    if right == Right::SeeDuty { Reach::OwnSchool } else { only(right, Right::File, Reach::OwnSchool) }
}

fn of_a_teacher_in_charge(right: Right) -> Reach {
    match right {
        Right::File | Right::SeeDuty => Reach::OwnSchool,
        Right::SeeAlert | Right::Acknowledge | Right::RecordCustody | Right::OpenFile => Reach::OwnUnit,
        Right::Assess
        | Right::Approve
        | Right::ReadRestricted
        | Right::KnowOfRestricted
        | Right::SeeRoster
        | Right::ImportRoster
        | Right::ManageStaff
        | Right::ManageDuty => Reach::Nothing,
    }
}

/// Principal and party secretary do not assess; restricted text is the counsellor's alone.
fn of_a_school_office(role: Role, right: Right) -> Reach {
    let oversees = matches!(role, Role::Principal | Role::PartySecretary);
    match right {
        Right::File
        | Right::SeeAlert
        | Right::Acknowledge
        | Right::RecordCustody
        | Right::Approve
        | Right::OpenFile
        | Right::SeeDuty
        | Right::KnowOfRestricted => Reach::OwnUnit,
        Right::ManageDuty if matches!(role, Role::VicePrincipal | Role::ClinicalVicePrincipal) => Reach::OwnUnit,
        Right::Assess if !oversees => Reach::OwnUnit,
        Right::ReadRestricted if role == Role::Counsellor => Reach::OwnUnit,
        Right::Assess
        | Right::ReadRestricted
        | Right::SeeRoster
        | Right::ImportRoster
        | Right::ManageStaff
        | Right::ManageDuty => Reach::Nothing,
    }
}

fn of_a_duty_leader(right: Right) -> Reach {
    match right {
        Right::File | Right::SeeDuty => Reach::OwnSchool,
        Right::SeeAlert | Right::Acknowledge | Right::RecordCustody => Reach::OnDuty,
        Right::Assess
        | Right::Approve
        | Right::OpenFile
        | Right::ReadRestricted
        | Right::KnowOfRestricted
        | Right::SeeRoster
        | Right::ImportRoster
        | Right::ManageStaff
        | Right::ManageDuty => Reach::Nothing,
    }
}

fn of_the_district(right: Right) -> Reach {
    match right {
        Right::SeeAlert | Right::Acknowledge => Reach::AtDistrictRung,
        // What nobody of the school may hear of, nobody else can end.
        Right::RecordCustody | Right::Assess | Right::Approve => Reach::DistrictAlone,
        Right::File
        | Right::OpenFile
        | Right::ReadRestricted
        | Right::KnowOfRestricted
        | Right::SeeRoster
        | Right::ImportRoster
        | Right::ManageStaff
        | Right::SeeDuty
        | Right::ManageDuty => Reach::Nothing,
    }
}

fn of_an_administrator(right: Right) -> Reach {
    match right {
        Right::SeeRoster | Right::ImportRoster | Right::ManageStaff => Reach::OwnUnit,
        Right::File
        | Right::SeeAlert
        | Right::Acknowledge
        | Right::RecordCustody
        | Right::Assess
        | Right::Approve
        | Right::OpenFile
        | Right::ReadRestricted
        | Right::KnowOfRestricted
        | Right::SeeDuty
        | Right::ManageDuty => Reach::Nothing,
    }
}

fn only(right: Right, held: Right, at: Reach) -> Reach {
    if right == held { at } else { Reach::Nothing }
}

/// A signed-in person and what he holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// Positions that hold now, each with the school that it lies in (none for the district's).
    pub positions: Vec<(Position, Option<SchoolId>)>,
    /// Schools whose duty leader he is now.
    pub on_duty: Vec<SchoolId>,
    /// Those for whom he stands in now: for that time their positions are his as well.
    pub stands_in: Vec<StandIn>,
}

/// Somebody for whom another stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// Who is away, with what he holds now.
    pub away: Actor,
    /// Whether he named his deputy himself. Restricted text is confided to a person: only he can pass it on.
    pub entrusted: bool,
}

/// In which units a right is held, and by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Who looks.
    pub person: Option<PersonId>,
    /// Whole districts (administrators).
    pub districts: BTreeSet<DistrictId>,
    /// Whole schools.
    pub schools: BTreeSet<SchoolId>,
    /// Whole grades.
    pub grades: BTreeSet<GradeId>,
    /// Whole classes.
    pub classes: BTreeSet<ClassId>,
    /// Schools whose open reds and oranges are seen, on duty.
    pub duty: BTreeSet<SchoolId>,
    /// Districts whose escalated alerts are seen, minimally.
    pub district_rung: BTreeSet<DistrictId>,
    /// Districts of whose alerts everything is seen that the district alone may hear of.
    pub district_alone: BTreeSet<DistrictId>,
    /// The widest audience restriction that the reader is still admitted to, within `schools`.
    pub confidant_schools: BTreeSet<SchoolId>,
    /// Who besides the reader must not be left out of what he reads: those by whose positions alone he reads it.
    pub on_behalf_of: BTreeSet<PersonId>,
    /// Where somebody stands in for others: his own scope, and what each of them adds. All of it together is above.
    pub parts: Vec<Scope>,
}

impl Scope {
    /// Whether it holds nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.districts.is_empty()
            && self.schools.is_empty()
            && self.grades.is_empty()
            && self.classes.is_empty()
            && self.duty.is_empty()
            && self.district_rung.is_empty()
            && self.district_alone.is_empty()
    }

    /// By whose positions a place lies inside, the reader's own among them.
    #[must_use]
    pub fn through(&self, place: &Place) -> BTreeSet<PersonId> {
        let parts = if self.parts.is_empty() { std::slice::from_ref(self) } else { self.parts.as_slice() };
        parts.iter().filter(|p| p.covers(place) || p.duty.contains(&place.school)).filter_map(|p| p.person).collect()
    }

    fn take_in(&mut self, other: &Self) {
        self.districts.extend(&other.districts);
        self.schools.extend(&other.schools);
        self.grades.extend(&other.grades);
        self.classes.extend(&other.classes);
        self.duty.extend(&other.duty);
        self.district_rung.extend(&other.district_rung);
        self.district_alone.extend(&other.district_alone);
        self.confidant_schools.extend(&other.confidant_schools);
    }

    /// Whether a place lies inside by its unit alone (not by duty, not by the district's rung).
    #[must_use]
    pub fn covers(&self, place: &Place) -> bool {
        self.classes.contains(&place.class)
            || self.grades.contains(&place.grade)
            || self.schools.contains(&place.school)
            || self.districts.contains(&place.district)
    }
}

/// Where something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The class.
    pub class: ClassId,
    /// Its grade.
    pub grade: GradeId,
    /// Its school.
    pub school: SchoolId,
    /// Its district.
    pub district: DistrictId,
}

impl Actor {
    /// The scope of one of his rights at `now`, with what it is for the time of a deputyship.
    #[must_use]
    pub fn scope(&self, right: Right, now: Timestamp) -> Scope {
        let own = self.own_scope(right, now);
        let others: Vec<Scope> = self.lent(right).map(|a| a.own_scope(right, now)).filter(|s| !s.is_empty()).collect();
        if others.is_empty() {
            return own;
        }
        let mut all = own.clone();
        others.iter().for_each(|other| all.take_in(other));
        all.parts = std::iter::once(own).chain(others).collect();
        all
    }

    /// Those whose right he has for the time of a deputyship.
    fn lent(&self, right: Right) -> impl Iterator<Item = &Self> {
        self.stands_in.iter().filter(move |s| s.entrusted || right != Right::ReadRestricted).map(|s| &s.away)
    }

    /// The same person without what he holds for these others.
    #[must_use]
    pub fn without(&self, away: impl Fn(PersonId) -> bool) -> Self {
        let mut left = self.clone();
        left.stands_in.retain(|s| !away(s.away.person));
        left
    }

    /// The roles that he holds now, by himself or for somebody.
    pub fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        let others = self.stands_in.iter().flat_map(|s| &s.away.positions);
        self.positions.iter().chain(others).map(|(p, _)| p.role)
    }

    fn own_scope(&self, right: Right, now: Timestamp) -> Scope {
        let mut scope = Scope { person: Some(self.person), ..Scope::default() };
        for (position, school) in self.positions.iter().filter(|(p, _)| p.holds(now)) {
            match reach(position.role, right) {
                Reach::Nothing | Reach::OnDuty => {}
                Reach::OwnUnit => own_unit(&mut scope, position.unit),
                Reach::OwnSchool => scope.schools.extend(*school),
                held @ (Reach::AtDistrictRung | Reach::DistrictAlone) => {
                    if let Unit::District(id) = position.unit {
                        scope.district_rung.extend((held == Reach::AtDistrictRung).then_some(id));
                        scope.district_alone.insert(id);
                    }
                }
            }
            if let Some(school) = school.filter(|_| Audience::Confidants.admits(position.role)) {
                scope.confidant_schools.insert(school);
            }
        }
        for school in &self.on_duty {
            match reach(Role::DutyLeader, right) {
                Reach::OnDuty => {
                    scope.duty.insert(*school);
                }
                Reach::OwnSchool | Reach::OwnUnit => {
                    scope.schools.insert(*school);
                }
                Reach::Nothing | Reach::AtDistrictRung | Reach::DistrictAlone => {}
            }
        }
        scope
    }

    /// Whether he holds a right anywhere at all.
    #[must_use]
    pub fn may_somewhere(&self, right: Right, now: Timestamp) -> bool {
        !self.scope(right, now).is_empty()
    }
}

fn own_unit(scope: &mut Scope, unit: Unit) {
    match unit {
        Unit::District(id) => {
            scope.districts.insert(id);
        }
        Unit::School(id) => {
            scope.schools.insert(id);
        }
        Unit::Grade(id) => {
            scope.grades.insert(id);
        }
        Unit::Class(id) => {
            scope.classes.insert(id);
        }
    }
}
