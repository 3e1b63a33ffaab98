//! Receipts of providers: what they say of a message, and what follows when it did not arrive.

use domain::delivery::MessageState;

use crate::{CaseError, Desk};

/// Writes down a receipt. A repeated or an unknown one changes nothing; one that says "not delivered" makes the
/// service look whether anybody of the rung was reached at all.
///
/// # Errors
/// When the database refuses.
pub async fn record_receipt(desk: &Desk, provider: &str, provider_id: &str, delivered: bool) -> Result<(), CaseError> {
    let state = if delivered { MessageState::Delivered } else { MessageState::Failed };
    if domain::text::has_control(provider_id) {
        return Err(CaseError::Invalid(vec![domain::text::control_character("id")]));
    }
    let now = desk.now();
    let mut tx = desk.storage.begin().await?;
    let changed = tx.record_receipt(provider, provider_id, state, now).await?;
    if changed && !delivered {
        for (alert, epoch, rung) in tx.read()?.rungs_of_receipt(provider, provider_id).await? {
            tx.signal_failure(desk.ids.uuid(), alert, epoch, rung, now).await?;
        }
    }
    Ok(tx.commit().await?)
}
