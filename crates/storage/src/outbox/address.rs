//! To which address a message goes: the newest that its recipient has verified on the channel, but none that was refused as
//! bad for this very message. So a person with two numbers is tried at both before the message has failed.

use domain::id::{ContactId, MessageId};
use domain::time::Timestamp;

use super::Claimed;
use crate::row::at;
use crate::{Read, StorageError, Tx};

/// The contact methods of `m`'s recipient that are left.
macro_rules! left {
    () => {
        "FROM contact_method c WHERE c.person_id = m.person_id AND c.channel = m.channel AND c.verified_at IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM delivery_attempt b WHERE b.outbox_id = m.id AND b.contact_id = c.id \
         AND b.outcome = 'bad_address')"
    };
}

/// The recipient's address, and which of his contact methods it is.
pub(super) const ADDRESS: &str = concat!(
    "(SELECT c.id ",
    left!(),
    " ORDER BY c.verified_at DESC, c.id LIMIT 1) AS contact_id, (SELECT c.address ",
    left!(),
    " ORDER BY c.verified_at DESC, c.id LIMIT 1) AS address"
);

/// The address that the latest attempt went to; where it is gone, the newest.
pub(super) const ADDRESS_USED: &str = concat!(
    "COALESCE((SELECT u.address FROM delivery_attempt t JOIN contact_method u ON u.id = t.contact_id \
     WHERE t.outbox_id = m.id ORDER BY t.attempt DESC LIMIT 1), (SELECT c.address ",
    left!(),
    " ORDER BY c.verified_at DESC, c.id LIMIT 1)) AS address"
);

impl Read<'_> {
    /// Whether the recipient has an address on the channel beside the one that a message was just refused for.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_another_address(&self, message: &Claimed) -> Result<bool, StorageError> {
        let sql =
            concat!("SELECT 1 AS one FROM outbox m WHERE m.id = $1 AND EXISTS (SELECT 1 ", left!(), " AND c.id <> $2)");
        let refused = message.contact.map(ContactId::uuid).unwrap_or_default();
        Ok(self.one(sql, vec![message.id.uuid().into(), refused.into()]).await?.is_some())
    }
}

impl Tx {
    /// A message has reached somebody, at the address that its latest attempt went to.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn note_reached(&mut self, message: MessageId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE contact_method SET last_ok_at = $2 WHERE id = (SELECT d.contact_id FROM delivery_attempt d \
                   WHERE d.outbox_id = $1 AND d.contact_id IS NOT NULL ORDER BY d.attempt DESC LIMIT 1)";
        self.run(sql, vec![message.uuid().into(), at(now)]).await.map(|_| ())
    }
}
