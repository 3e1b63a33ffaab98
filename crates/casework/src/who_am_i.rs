//! The person who is signed in.

use chrono::NaiveDate;
use domain::access::Actor;
use domain::lang::Lang;
use domain::org::{Unit, class_name, grade_name};
use domain::staff::{ContactMethod, Role};
use storage::{PersonRecord, Read};

use crate::{CaseError, Desk, Signed};

/// A position, with the unit's name.
#[derive(Debug, Clone)]
pub struct PositionView {
    /// The role.
    pub role: Role,
    /// The unit.
    pub unit: Unit,
    /// What the unit is called today.
    pub unit_name: String,
}

/// Everything about oneself.
#[derive(Debug, Clone)]
pub struct Me {
    /// The name.
    pub name: String,
    /// Positions that hold now.
    pub positions: Vec<PositionView>,
    /// How one is reached.
    pub contacts: Vec<ContactMethod>,
    /// Who stands in.
    pub deputies: Vec<PersonRecord>,
}

/// Tells a person about himself.
///
/// # Errors
/// When the database refuses.
pub async fn who_am_i(desk: &Desk, by: &Signed, lang: Lang) -> Result<Me, CaseError> {
    let read = desk.storage.read();
    Ok(Me {
        name: by.name.clone(),
        positions: describe_positions(desk, &by.actor, lang).await?,
        contacts: read.contacts(by.person()).await?,
        deputies: read.deputies_of(by.person(), desk.now()).await?,
    })
}

/// Positions in words.
///
/// # Errors
/// When the database refuses.
pub async fn describe_positions(desk: &Desk, actor: &Actor, lang: Lang) -> Result<Vec<PositionView>, CaseError> {
    let today = desk.calendar.date(desk.now());
    let read = desk.storage.read();
    let mut out = Vec::new();
    for (position, _) in &actor.positions {
        let unit_name = unit_name(&read, position.unit, today, lang).await?;
        out.push(PositionView { role: position.role, unit: position.unit, unit_name });
    }
    for school in &actor.on_duty {
        let unit = Unit::School(*school);
        out.push(PositionView { role: Role::DutyLeader, unit, unit_name: unit_name(&read, unit, today, lang).await? });
    }
    Ok(out)
}

pub(crate) async fn unit_name(read: &Read<'_>, unit: Unit, today: NaiveDate, lang: Lang) -> Result<String, CaseError> {
    let name = match unit {
        Unit::District(id) => read.district_name(id).await?,
        Unit::School(id) => read.school(id).await?.map(|s| s.name),
        Unit::Grade(id) => read.grade(id).await?.map(|g| grade_name(g.stage, g.entry_year, today, lang)),
        Unit::Class(id) => {
            let class = read.class(id).await?;
            class.map(|c| class_name(c.grade.stage, c.grade.entry_year, &c.name, today, lang))
        }
    };
    Ok(name.unwrap_or_default())
}
