//! What waits for somebody, apart from what was decided lately: however much came after it, it is seen.

use domain::access::Right;
use domain::audit::Act;
use domain::lang::Lang;

use super::decide::may_decide;
use super::list::{AppointmentView, scope, view};
use crate::{CaseError, Desk, Signed};

/// So many that wait are looked at.
const LOOKED_AT: u32 = 200;
/// So many that were decided are shown.
const LATELY: u32 = 50;

/// Positions of one's own school or district.
#[derive(Debug, Clone)]
pub struct AppointmentsAtAGlance {
    /// What waits: first what the reader decides, the oldest first.
    pub waiting: Vec<AppointmentView>,
    /// How many more wait.
    pub more: usize,
    /// The newest of those that wait for nothing.
    pub lately: Vec<AppointmentView>,
}

/// What waits, and what was decided lately.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever neither keeps accounts nor confirms.
pub async fn appointments_at_a_glance(
    desk: &Desk,
    by: &Signed,
    lang: Lang,
) -> Result<AppointmentsAtAGlance, CaseError> {
    let scope = scope(desk, by);
    if scope.is_empty() {
        return Err(CaseError::NotFound);
    }
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ListPeople, None, None)]).await?;
    tx.commit().await?;
    let read = desk.storage.read();
    let (mut waiting, mut lately) = (Vec::new(), Vec::new());
    for record in read.waiting_appointments(&scope, LOOKED_AT).await? {
        waiting.push(view(desk, &read, by, record, lang).await?);
    }
    waiting.sort_by_key(|v| !v.may_decide);
    for record in read.decided_appointments(&scope, LATELY).await? {
        lately.push(view(desk, &read, by, record, lang).await?);
    }
    let more = read.count_waiting_appointments(&scope).await?.saturating_sub(waiting.len());
    Ok(AppointmentsAtAGlance { waiting, more, lately })
}

/// How many wait for somebody; nothing for whoever confirms none.
///
/// # Errors
/// When the database refuses.
pub async fn appointments_to_decide(desk: &Desk, by: &Signed) -> Result<Option<usize>, CaseError> {
    let scope = by.scope(desk, Right::ConfirmStaff);
    if scope.is_empty() {
        return Ok(None);
    }
    let read = desk.storage.read();
    let mut count = 0_usize;
    for a in read.waiting_appointments(&scope, LOOKED_AT).await? {
        count += usize::from(may_decide(desk, &read, by, &a).await?);
    }
    Ok(Some(count))
}
