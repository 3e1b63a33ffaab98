//! Who may answer a hand-over, and who may take it back.

use domain::access::Right;
use storage::{Read, StudentHandOverRecord};

use super::sides::{SECONDS, Side};
use crate::{CaseError, Desk, Signed};

/// Whether somebody may answer a hand-over that waits. Whoever sent a child out does not sign it a second time himself.
pub(super) async fn may_answer(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    h: &StudentHandOverRecord,
) -> Result<bool, CaseError> {
    if h.to.is_some() {
        return Ok(Side::answering(desk, read, h).await?.has(by));
    }
    let sender = h.sent_by.as_ref().map(|(p, _)| *p);
    let signer = by.actor.without(|p| Some(p) == sender);
    let alone = Side::answering(desk, read, h).await?.first_of(&SECONDS, sender).is_empty();
    let right = if alone { Right::HandOverStudent } else { Right::Approve };
    Ok(sender != Some(by.person()) && signer.scope(right, desk.now()).covers(&h.from))
}

/// Whether somebody acts for the side that sent it: whoever did, and whoever could have.
pub(super) async fn may_take_back(
    desk: &Desk,
    read: &Read<'_>,
    by: &Signed,
    h: &StudentHandOverRecord,
) -> Result<bool, CaseError> {
    let sent = h.sent_by.as_ref().is_some_and(|(p, _)| *p == by.person());
    let between = h.is_between_schools() || h.to.is_none();
    let may = if between {
        Side::sending(desk, read, h.from, true).await?.has(by)
    } else {
        by.scope(desk, Right::HandOverStudent).covers(&h.from)
    };
    Ok(may || (sent && by.scope(desk, Right::OpenFile).covers(&h.from)))
}
