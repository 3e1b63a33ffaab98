//! Receipts of providers.

use domain::delivery::{MessageState, Outcome};
use domain::id::{AlertId, MessageId};
use domain::time::Timestamp;
use uuid::Uuid;

use super::Verdict;
use crate::row::{at, get};
use crate::{Read, StorageError, Tx};

/// The message itself, where a provider repeats our own number: it is known also when the answer was lost.
fn ours(provider_id: &str) -> Uuid {
    provider_id.parse::<MessageId>().map(MessageId::uuid).unwrap_or_default()
}

impl Tx {
    /// A receipt can be faster than the answer to the call that it is about.
    pub(super) async fn take_early_receipt(&mut self, v: &Verdict<'_>, now: Timestamp) -> Result<(), StorageError> {
        let Outcome::Accepted { provider_id: Some(id) } = v.outcome else { return Ok(()) };
        let sql = "UPDATE outbox SET changed_at = $4, state = (SELECT MIN(status) FROM provider_receipt WHERE provider = $2 \
                   AND provider_id = $3) WHERE id = $1 AND state = 'accepted' AND EXISTS (SELECT 1 FROM provider_receipt \
                   WHERE provider = $2 AND provider_id = $3)";
        let values = vec![v.claimed.id.uuid().into(), v.provider.into(), id.clone().into(), at(now)];
        self.run(sql, values).await.map(|_| ())
    }

    /// Answer and receipt of one message are written one after the other. Side by side, neither would see the other:
    /// the answer finds no receipt yet, the receipt finds no message that bears the provider's id.
    pub(super) async fn alone_with_receipt(&self, provider: &str, provider_id: &str) -> Result<(), StorageError> {
        let letters = provider.bytes().chain(provider_id.bytes());
        let lock = letters.fold(1_u128, |h, b| h.wrapping_mul(31).wrapping_add(u128::from(b)));
        self.alone_with(uuid::Uuid::from_u128(lock)).await
    }

    /// Whoever writes down what came of a message holds the message first and the receipt after it; so does a receipt.
    /// In the other order each would wait for the other. A message that does not bear the provider's number yet is not
    /// found, and nobody who waits for the receipt needs it.
    async fn hold_message(&self, provider: &str, provider_id: &str) -> Result<(), StorageError> {
        let held = self.held();
        if held.is_empty() {
            return Ok(());
        }
        let sql =
            format!("SELECT id FROM outbox WHERE (provider = $1 AND provider_id = $2) OR id = $3 ORDER BY id{held}");
        let values = vec![provider.into(), provider_id.into(), ours(provider_id).into()];
        self.read()?.all(&sql, values).await.map(|_| ())
    }

    /// Writes down a receipt, and what it says of the message. Says whether it was new.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record_receipt(
        &mut self,
        provider: &str,
        provider_id: &str,
        state: MessageState,
        now: Timestamp,
    ) -> Result<bool, StorageError> {
        self.does(crate::Deed::Receipt);
        self.hold_message(provider, provider_id).await?;
        self.alone_with_receipt(provider, provider_id).await?;
        let sql = "INSERT INTO provider_receipt (provider, provider_id, status, at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (provider, provider_id, status) DO NOTHING";
        let values = vec![provider.into(), provider_id.into(), state.key().into(), at(now)];
        if self.run(sql, values).await? == 0 {
            return Ok(false);
        }
        // Good news about our own number is good whoever was asked since; bad news counts only where nobody was.
        let concerned = if state == MessageState::Delivered {
            "((provider = $1 AND provider_id = $2) OR id = $5) \
             AND state IN ('pending', 'sending', 'accepted', 'unknown', 'failed')"
        } else {
            "provider = $1 AND ((provider_id = $2 AND state IN ('sending', 'accepted', 'unknown')) \
             OR (provider_id IS NULL AND id = $5 AND state = 'unknown'))"
        };
        let sql = format!("UPDATE outbox SET state = $3, changed_at = $4, lease_until = NULL WHERE {concerned}");
        let values = vec![provider.into(), provider_id.into(), state.key().into(), at(now), ours(provider_id).into()];
        let changed = self.run(&sql, values).await? > 0;
        if changed && state == MessageState::Delivered {
            let sql = "SELECT id FROM outbox WHERE (provider = $1 AND provider_id = $2) OR id = $3 LIMIT 1";
            let values = vec![provider.into(), provider_id.into(), ours(provider_id).into()];
            let row = self.read()?.one(sql, values).await?;
            if let Some(r) = row {
                self.note_reached(MessageId::new(get(&r, "id")?), now).await?;
            }
        }
        Ok(changed)
    }
}

impl Read<'_> {
    /// To which alert, turn and rung a provider's message belongs, and whatever it carried.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn rungs_of_receipt(
        &self,
        provider: &str,
        provider_id: &str,
    ) -> Result<Vec<(AlertId, u32, u8)>, StorageError> {
        let sql = "SELECT id FROM outbox WHERE (provider = $1 AND provider_id = $2) OR id = $3 LIMIT 1";
        let row = self.one(sql, vec![provider.into(), provider_id.into(), ours(provider_id).into()]).await?;
        match row {
            Some(r) => self.rungs_of(MessageId::new(get(&r, "id")?)).await,
            None => Ok(Vec::new()),
        }
    }
}
