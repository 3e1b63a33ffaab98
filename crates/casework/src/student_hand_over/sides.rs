//! Who sends and who answers. Inside a school the class teacher; between schools counsellor to counsellor; where an office has
//! nobody, whoever holds the next one.

use domain::access::Place;
use domain::directory::{Directory, Entry, Office};
use domain::id::{ClassId, GradeId, PersonId};
use domain::org::Unit;
use domain::staff::Role;
use storage::{Read, StudentHandOverRecord};
use uuid::Uuid;

use crate::climbing::units;
use crate::{CaseError, Desk, Signed};

const WITHIN: [Office; 5] =
    [Office::ClassTeacher, Office::GradeLead, Office::Counsellor, Office::VicePrincipal, Office::Principal];
const BETWEEN: [Office; 3] = [Office::Counsellor, Office::VicePrincipal, Office::Principal];
/// Who signs as the second that somebody leaves; where a school has none of them but the sender, a colleague.
pub(super) const SECONDS: [Office; 3] = [Office::VicePrincipal, Office::Principal, Office::Counsellor];
const COLLEAGUES: [Office; 2] = [Office::GradeLead, Office::ClassTeacher];

/// One side of a hand-over: everybody there who can be told, and who of them answers.
pub(super) struct Side {
    pub(super) place: Place,
    pub(super) directory: Directory,
    offices: &'static [Office],
}

impl Side {
    async fn of(desk: &Desk, read: &Read<'_>, place: Place, between: bool) -> Result<Self, CaseError> {
        let now = desk.now();
        let mut sources = read.directory_sources(&place, now).await?;
        sources.contacts.retain(|c| desk.carried.contains(&c.channel));
        let directory = Directory::of(&sources, &units(&place), now);
        Ok(Self { place, directory, offices: if between { &BETWEEN } else { &WITHIN } })
    }

    /// The side that has the student.
    pub(super) async fn sending(desk: &Desk, read: &Read<'_>, place: Place, between: bool) -> Result<Self, CaseError> {
        Self::of(desk, read, place, between).await
    }

    /// The side that answers; of somebody who leaves, those who sign as the second.
    pub(super) async fn answering(desk: &Desk, read: &Read<'_>, h: &StudentHandOverRecord) -> Result<Self, CaseError> {
        let Some(to) = &h.to else { return Self::of(desk, read, h.from, true).await };
        let (class, grade) = match &to.class {
            Some(class) => (class.id, class.grade.id),
            None => (ClassId::new(Uuid::nil()), GradeId::new(Uuid::nil())),
        };
        let place = Place { class, grade, school: to.school, district: h.from.district };
        Self::of(desk, read, place, h.is_between_schools()).await
    }

    /// The first office with anybody in it.
    pub(super) fn office(&self) -> Option<Office> {
        self.offices.iter().copied().find(|o| !self.directory.people(&[*o]).is_empty())
    }

    /// Those of it.
    pub(super) fn people(&self) -> Vec<Entry> {
        self.office().map(|o| self.directory.people(&[o]).into_iter().cloned().collect()).unwrap_or_default()
    }

    /// Whether somebody answers, or sends, for this side: by the first office, reachable or not, or by the one that stands in.
    pub(super) fn has(&self, by: &Signed) -> bool {
        let unit = if self.offices.contains(&Office::ClassTeacher) {
            (Role::ClassTeacher, Unit::Class(self.place.class))
        } else {
            (Role::Counsellor, Unit::School(self.place.school))
        };
        let away = by.actor.stands_in.iter().flat_map(|s| &s.away.positions);
        let mut held = by.actor.positions.iter().chain(away);
        held.any(|(p, _)| (p.role, p.unit) == unit) || self.people().iter().any(|e| e.person == by.person())
    }

    /// Those who are asked to sign as the second that somebody leaves.
    pub(super) fn seconds(&self, h: &StudentHandOverRecord) -> Vec<Entry> {
        let sender = h.sent_by.as_ref().map(|(p, _)| *p);
        let offices: Vec<Office> = SECONDS.into_iter().chain(COLLEAGUES).collect();
        self.first_of(&offices, sender)
    }

    /// The people of the first of these offices that has anybody in it besides some.
    pub(super) fn first_of(&self, offices: &[Office], but: Option<PersonId>) -> Vec<Entry> {
        let of = |office: &Office| -> Vec<Entry> {
            let people = self.directory.people(&[*office]).into_iter().filter(|e| Some(e.person) != but);
            people.cloned().collect()
        };
        offices.iter().map(of).find(|people| !people.is_empty()).unwrap_or_default()
    }
}
