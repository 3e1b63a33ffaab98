//! Which positions were proposed or given: for whoever keeps the accounts, and for whoever confirms.

use domain::access::{Right, Scope};
use domain::audit::Act;
use domain::id::{AppointmentId, PersonId};
use domain::lang::Lang;
use domain::time::Timestamp;
use storage::{AppointmentFilter, AppointmentRecord, Read};

use super::decide::may_decide;
use super::word::may_give_word;
use crate::who_am_i::unit_name;
use crate::{CaseError, Desk, PositionView, Signed};

/// Which positions.
pub type AppointmentQuery = AppointmentFilter;

/// A position that was proposed or given.
#[derive(Debug, Clone)]
pub struct AppointmentView {
    /// What is kept of it.
    pub record: AppointmentRecord,
    /// What it is.
    pub position: PositionView,
    /// Whether the reader confirms or refuses it.
    pub may_decide: bool,
    /// Whether the reader may give another word for it.
    pub may_give_word: bool,
}

/// Where the next page begins.
type Mark = Option<(Timestamp, AppointmentId)>;

pub(super) fn scope(desk: &Desk, by: &Signed) -> Scope {
    let (mut scope, kept) = (by.scope(desk, Right::ConfirmStaff), by.scope(desk, Right::ManageStaff));
    scope.schools.extend(kept.schools);
    scope.districts.extend(kept.districts);
    scope
}

/// Those of one's own school or district, the newest first.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever neither keeps accounts nor confirms.
pub async fn list_appointments(
    desk: &Desk,
    by: &Signed,
    query: &AppointmentQuery,
    lang: Lang,
) -> Result<(Vec<AppointmentView>, Mark), CaseError> {
    let scope = scope(desk, by);
    if scope.is_empty() {
        return Err(CaseError::NotFound);
    }
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ListPeople, None, None)]).await?;
    tx.commit().await?;
    let read = desk.storage.read();
    let most = usize::try_from(query.limit).unwrap_or_default();
    let filter = AppointmentFilter { limit: query.limit.saturating_add(1), ..query.clone() };
    let mut found = read.appointments(&scope, &filter).await?;
    let more = found.len() > most;
    found.truncate(most);
    let next = found.last().filter(|_| more).map(|a| (a.proposed_at, a.id));
    let mut out = Vec::new();
    for record in found {
        out.push(view(desk, &read, by, record, lang).await?);
    }
    Ok((out, next))
}

/// One of them.
///
/// # Errors
/// [`CaseError::NotFound`].
pub async fn view_appointment(
    desk: &Desk,
    by: &Signed,
    id: AppointmentId,
    lang: Lang,
) -> Result<AppointmentView, CaseError> {
    let read = desk.storage.read();
    let record = read.appointment(&scope(desk, by), id).await?.ok_or(CaseError::NotFound)?;
    view(desk, &read, by, record, lang).await
}

/// The newest one of somebody.
///
/// # Errors
/// [`CaseError::NotFound`].
pub async fn appointment_of(
    desk: &Desk,
    by: &Signed,
    person: PersonId,
    lang: Lang,
) -> Result<AppointmentView, CaseError> {
    let read = desk.storage.read();
    let record = read.appointment_of(&scope(desk, by), person).await?.ok_or(CaseError::NotFound)?;
    view(desk, &read, by, record, lang).await
}

pub(super) async fn view(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    record: AppointmentRecord,
    lang: Lang,
) -> Result<AppointmentView, CaseError> {
    let (today, may_decide) = (desk.calendar.date(desk.now()), may_decide(desk, read, by, &record).await?);
    let may_give_word = may_give_word(desk, read, by, &record).await?;
    let unit_name = unit_name(read, record.unit, today, lang).await?;
    let position = PositionView { role: record.role, unit: record.unit, unit_name };
    Ok(AppointmentView { record, position, may_decide, may_give_word })
}
