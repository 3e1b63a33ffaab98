//! That a way in which somebody is reached has changed: told to each address at which he was reached before, leased and sent
//! like the tests of contact methods. What was sent is not kept.

use domain::contact_change::{ContactChange, Hint};
use domain::delivery::Channel;
use domain::id::MessageId;
use domain::staff::ContactMethod;
use domain::time::Timestamp;

use crate::outbox::Lease;
use crate::row::{Values, at, get, number, word};
use crate::{Read, StorageError, Tx};

/// A telling that a worker has leased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedContactNotice {
    /// Its id.
    pub id: MessageId,
    /// By what.
    pub channel: Channel,
    /// Where.
    pub address: String,
    /// What happened.
    pub change: ContactChange,
    /// To which method, as far as it is said.
    pub hint: Hint,
    /// Which attempt.
    pub attempt: u32,
    /// The school or district office of whoever is told.
    pub sender: String,
}

impl Read<'_> {
    /// Whether somebody has to be told.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_contact_notices(&self, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT 1 AS one FROM contact_notice WHERE lease_until IS NULL OR lease_until <= $1 LIMIT 1";
        Ok(self.one(sql, vec![at(now)]).await?.is_some())
    }
}

impl Tx {
    /// Has a change told to an address.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn tell_contact(
        &mut self,
        id: MessageId,
        to: &ContactMethod,
        (change, hint): (ContactChange, &Hint),
        now: Timestamp,
    ) -> Result<(), StorageError> {
        self.fills_outbox();
        let sql = "INSERT INTO contact_notice (id, person_id, channel, address, change_kind, hint, created_at, attempt) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, 0)";
        let values = vec![
            id.uuid().into(),
            to.person.uuid().into(),
            to.channel.key().into(),
            to.address.clone().into(),
            change.key().into(),
            hint.as_str().into(),
            at(now),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Leases what waits, and what nobody has brought to an end.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lease_contact_notices(
        &mut self,
        lease: Lease,
        limit: u32,
    ) -> Result<Vec<LeasedContactNotice>, StorageError> {
        let skip = self.skip_locked();
        let sql = format!(
            "UPDATE contact_notice SET attempt = attempt + 1, lease_until = $2 WHERE id IN (SELECT id FROM contact_notice \
             WHERE lease_until IS NULL OR lease_until <= $1 ORDER BY created_at LIMIT $3{skip}) RETURNING id"
        );
        let values = vec![at(lease.now), at(lease.until), i64::from(limit).into()];
        let rows = self.read()?.all(&sql, values).await?;
        let mut v = Values::default();
        let ids: Vec<uuid::Uuid> = rows.iter().map(|r| get(r, "id")).collect::<Result<_, _>>()?;
        let list = v.list(ids);
        let sql = format!(
            "SELECT n.*, COALESCE((SELECT s.name FROM position x JOIN school s ON s.id = x.school_id \
             WHERE x.person_id = n.person_id ORDER BY x.valid_from DESC LIMIT 1), (SELECT d.name FROM position x \
             JOIN district d ON d.id = x.unit_id WHERE x.person_id = n.person_id ORDER BY x.valid_from DESC LIMIT 1), '') \
             AS sender FROM contact_notice n WHERE n.id IN ({list}) ORDER BY n.created_at, n.id"
        );
        let rows = self.read()?.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                Ok(LeasedContactNotice {
                    id: MessageId::new(get(r, "id")?),
                    channel: word(r, "channel", Channel::from_key)?,
                    address: get(r, "address")?,
                    change: word(r, "change_kind", ContactChange::from_key)?,
                    hint: Hint::from_stored(get(r, "hint")?),
                    attempt: number(r, "attempt")?,
                    sender: get(r, "sender")?,
                })
            })
            .collect()
    }

    /// Writes down what came of an attempt: nothing more is to be done, or it is tried again at an instant. A worker that
    /// slept past its lease changes nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record_contact_notice(
        &mut self,
        notice: &LeasedContactNotice,
        again: Option<(Timestamp, &str)>,
    ) -> Result<(), StorageError> {
        let (id, attempt) = (notice.id.uuid().into(), i64::from(notice.attempt).into());
        match again {
            None => {
                let sql = "DELETE FROM contact_notice WHERE id = $1 AND attempt = $2";
                self.run(sql, vec![id, attempt]).await.map(|_| ())
            }
            Some((when, error)) => {
                let sql = "UPDATE contact_notice SET lease_until = $3, last_error = $4 WHERE id = $1 AND attempt = $2";
                self.run(sql, vec![id, attempt, at(when), error.to_owned().into()]).await.map(|_| ())
            }
        }
    }
}
