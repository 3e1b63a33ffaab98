//! Where a position lies: who holds what there, who decides, who hears of it.

use chrono::Datelike;
use domain::access::Scope;
use domain::appointment::{confirms, deciders, needs_confirming};
use domain::directory::{Directory, OFFICES, Sources};
use domain::id::{AppointmentId, MessageId, PersonId, SchoolId, TaskId};
use domain::level::Level;
use domain::notice::NoticeKind;
use domain::org::Unit;
use domain::staff::Role;
use storage::{Read, TaskMessage, Tx};
use uuid::Uuid;

use super::NewPosition;
use crate::{CaseError, Desk};

/// Those of the unit, the school and the district of a position.
pub(crate) struct Ground {
    sources: Sources,
    directory: Directory,
    /// Under whose name messages go out: the school's, or one of the district's.
    school: Option<SchoolId>,
}

impl Ground {
    pub(crate) async fn of(desk: &Desk, read: &Read<'_>, new: &NewPosition) -> Result<Self, CaseError> {
        let now = desk.now();
        let mut units = vec![new.unit];
        units.extend(new.school.map(Unit::School).into_iter().chain([Unit::District(new.district)]));
        let (first, rest) = (new.unit, units.split_off(1));
        units.extend(rest.into_iter().filter(|u| *u != first));
        let nowhere = SchoolId::new(Uuid::nil());
        let mut sources = read.directory_of_units(&units, new.school.unwrap_or(nowhere), now).await?;
        sources.on_duty.clear();
        sources.contacts.retain(|c| desk.carried.contains(&c.channel));
        let directory = Directory::of(&sources, &units, now);
        let school = match new.school {
            Some(school) => Some(school),
            None => read.schools_in(new.district).await?.first().copied(),
        };
        Ok(Self { sources, directory, school })
    }

    /// Those who confirm a position of a role.
    pub(crate) fn deciders(&self, role: Role, but: &[PersonId]) -> Vec<PersonId> {
        deciders(&self.sources.positions, role, but)
    }

    /// Those who hold the same office there.
    pub(super) fn colleagues(&self, new: &NewPosition) -> Vec<PersonId> {
        let office = |role, lead| OFFICES.into_iter().find(|o| o.held_by(role, lead));
        let here = self.sources.positions.iter().filter(|p| p.unit == new.unit && p.person != new.person);
        here.filter(|p| office(p.role, p.lead) == office(new.role, new.lead)).map(|p| p.person).collect()
    }

    /// A position that whoever has this one may confirm, and that nobody has.
    pub(super) async fn unconfirmed(
        &self,
        read: &Read<'_>,
        new: &NewPosition,
    ) -> Result<Option<AppointmentId>, CaseError> {
        let roles = Role::ALL.into_iter().filter(|of| needs_confirming(*of) && confirms(new.role, *of));
        let roles: Vec<Role> = roles.collect();
        if roles.is_empty() {
            return Ok(None);
        }
        let mut scope = Scope::default();
        match new.school {
            Some(school) => drop(scope.schools.insert(school)),
            None => drop(scope.districts.insert(new.district)),
        }
        Ok(read.unconfirmed_appointment(&scope, &roles, new.person).await?)
    }

    /// Tells some people, and whoever stands in for them, in the hours in which people are reminded of anything.
    pub(crate) async fn tell(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        id: AppointmentId,
        kind: NoticeKind,
        (to, but): (&[PersonId], &[PersonId]),
    ) -> Result<(), CaseError> {
        let Some(school) = self.school else { return Ok(()) };
        let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
        let not_before = policy.tasks.clamp(now, &desk.calendar);
        let turn = u32::try_from(desk.calendar.date(now).num_days_from_ce()).unwrap_or_default();
        let wanted = |p: PersonId| to.contains(&p) && !but.contains(&p);
        for entry in self.directory.people(&OFFICES) {
            let asked = wanted(entry.person) || entry.deputy_of.is_some_and(wanted);
            if !asked || but.contains(&entry.person) {
                continue;
            }
            let channels = self.directory.channels(entry, Level::Yellow).into_iter().filter(|c| c.writes());
            for channel in channels {
                // In the outbox a position lies under its own id, as a task does.
                let task = TaskId::new(id.uuid());
                let m = TaskMessage { task, school, person: entry.person, channel, kind, count: 1, turn, not_before };
                tx.put_task_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
            }
        }
        Ok(())
    }
}
