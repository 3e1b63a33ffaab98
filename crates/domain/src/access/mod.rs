//! Who may do what: the matrix of roles and rights, and the scope in which a right is held.
//!
//! Every finder of personal data takes a [`Scope`]; what is not in scope does not exist for the reader.

use std::collections::BTreeSet;

use crate::directory::Audience;
use crate::id::{ClassId, DistrictId, GradeId, PersonId, SchoolId, StudentId};
use crate::org::Unit;
use crate::staff::{Position, Role};
use crate::time::Timestamp;

mod matrix;

pub use matrix::{Reach, Right, reach};

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
    /// Students who are of none of these units any more, and still come to school there: of them he may report.
    pub beyond: BTreeSet<StudentId>,
    /// Students of whose files he reads what is sealed, for a time, on his signature.
    pub unsealed: BTreeSet<StudentId>,
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
        let lent = self.lent(right).map(|a| {
            let mut lent = a.own_scope(right, now);
            // What concerns staff without a name is told to no deputy who is no confidant himself.
            lent.confidant_schools.retain(|school| own.confidant_schools.contains(school));
            lent
        });
        let others: Vec<Scope> = lent.filter(|s| !s.is_empty()).collect();
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

    /// Whether an audience admits him: by an office that he holds, or, save where it is confided to people, holds for somebody.
    #[must_use]
    pub fn is_admitted(&self, audience: Audience) -> bool {
        let lent = audience != Audience::Confidants;
        let others = self.stands_in.iter().filter(|_| lent).flat_map(|s| &s.away.positions);
        self.positions.iter().chain(others).any(|(p, _)| audience.admits(p.role))
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
    let _ = match unit {
        Unit::District(id) => scope.districts.insert(id),
        Unit::School(id) => scope.schools.insert(id),
        Unit::Grade(id) => scope.grades.insert(id),
        Unit::Class(id) => scope.classes.insert(id),
    };
}
