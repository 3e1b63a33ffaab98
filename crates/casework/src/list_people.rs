//! The people of an administrator.

use domain::access::Right;
use domain::audit::Act;
use domain::id::PositionId;
use domain::lang::Lang;
use domain::staff::Role;
use storage::{ContactRecord, PeopleFilter, PersonRecord};

use crate::who_am_i::unit_name;
use crate::{CaseError, Desk, PositionView, Signed};

/// Which people.
pub type PeopleQuery = PeopleFilter;

/// Somebody, as an administrator sees him.
#[derive(Debug, Clone)]
pub struct ListedPerson {
    /// Who.
    pub person: PersonRecord,
    /// Positions in scope that hold now, with their ids.
    pub positions: Vec<(PositionId, PositionView)>,
    /// How he is reached.
    pub contacts: Vec<ContactRecord>,
}

/// Lists the people in scope, by name. The last one of a page marks where the next begins.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever keeps no accounts.
pub async fn list_people(
    desk: &Desk,
    by: &Signed,
    query: &PeopleQuery,
    lang: Lang,
) -> Result<Vec<ListedPerson>, CaseError> {
    let scope = by.scope(desk, Right::ManageStaff);
    if scope.is_empty() {
        return Err(CaseError::NotFound);
    }
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ListPeople, None, None)]).await?;
    tx.commit().await?;
    let (read, now) = (desk.storage.read(), desk.now());
    let today = desk.calendar.date(now);
    let mut out = Vec::new();
    for person in read.people(&scope, query, now).await? {
        let mut positions = Vec::new();
        for (p, _) in read.actor(person.id, now).await?.positions {
            let view =
                PositionView { role: p.role, unit: p.unit, unit_name: unit_name(&read, p.unit, today, lang).await? };
            positions.push((p.id, view));
        }
        // A peer monitor is a child: his telephone is in the roster, not here.
        let child = positions.iter().all(|(_, p)| p.role == Role::PeerMonitor);
        let contacts = if child { Vec::new() } else { read.contact_methods(person.id).await? };
        out.push(ListedPerson { person, positions, contacts });
    }
    Ok(out)
}
