//! Sending tests of contact methods: leased, sent, recorded, like the outbox, in a small table of their own, since they
//! belong to no alert.

use domain::delivery::Channel;
use domain::id::ContactId;
use domain::time::Timestamp;

use crate::outbox::Lease;
use crate::row::{Values, at, get, number, word};
use crate::{Read, StorageError, Tx};

/// A test that a worker has leased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedTest {
    /// The contact method.
    pub contact: ContactId,
    /// By what.
    pub channel: Channel,
    /// Where.
    pub address: String,
    /// Which code it is.
    pub counter: u32,
    /// Which attempt.
    pub attempt: u32,
    /// The school or district office of whoever is tested.
    pub sender: String,
}

impl Read<'_> {
    /// Whether a test waits.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn has_tests(&self, now: Timestamp) -> Result<bool, StorageError> {
        let sql = "SELECT 1 AS one FROM contact_test WHERE state = 'pending' OR (state = 'sending' AND lease_until <= $1) \
                   LIMIT 1";
        Ok(self.one(sql, vec![at(now)]).await?.is_some())
    }
}

impl Tx {
    /// Leases tests: those that wait, and those whose lease has run out.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lease_tests(&mut self, lease: Lease, limit: u32) -> Result<Vec<LeasedTest>, StorageError> {
        let skip = self.skip_locked();
        let sql = format!(
            "UPDATE contact_test SET state = 'sending', attempt = attempt + 1, lease_until = $2 WHERE contact_id IN ( \
             SELECT contact_id FROM contact_test WHERE state = 'pending' OR (state = 'sending' AND lease_until <= $1) \
             ORDER BY created_at LIMIT $3{skip}) RETURNING contact_id"
        );
        let values = vec![at(lease.now), at(lease.until), i64::from(limit).into()];
        let rows = self.read()?.all(&sql, values).await?;
        let mut v = Values::default();
        let ids: Vec<uuid::Uuid> = rows.iter().map(|r| get(r, "contact_id")).collect::<Result<_, _>>()?;
        let list = v.list(ids);
        let sql = format!(
            "SELECT t.contact_id, t.counter, t.attempt, c.channel, c.address, COALESCE( \
             (SELECT s.name FROM position x JOIN school s ON s.id = x.school_id WHERE x.person_id = c.person_id \
             ORDER BY x.valid_from DESC LIMIT 1), (SELECT d.name FROM position x JOIN district d ON d.id = x.unit_id \
             WHERE x.person_id = c.person_id ORDER BY x.valid_from DESC LIMIT 1), '') AS sender \
             FROM contact_test t JOIN contact_method c ON c.id = t.contact_id WHERE t.contact_id IN ({list})"
        );
        let rows = self.read()?.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                Ok(LeasedTest {
                    contact: ContactId::new(get(r, "contact_id")?),
                    channel: word(r, "channel", Channel::from_key)?,
                    address: get(r, "address")?,
                    counter: number(r, "counter")?,
                    attempt: number(r, "attempt")?,
                    sender: get(r, "sender")?,
                })
            })
            .collect()
    }

    /// Writes down what came of an attempt: `sent`, `failed`, or again at an instant. A worker that slept past its lease
    /// changes nothing.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn record_test(
        &mut self,
        test: &LeasedTest,
        state: TestOutcome,
        error: Option<&str>,
    ) -> Result<(), StorageError> {
        let (word, again) = match state {
            TestOutcome::Sent => ("sent", None),
            TestOutcome::Failed => ("failed", None),
            TestOutcome::Again(when) => ("sending", Some(domain::time::to_micros(when))),
        };
        let sql = "UPDATE contact_test SET state = $4, lease_until = $5, last_error = $6 WHERE contact_id = $1 \
                   AND attempt = $2 AND counter = $3 AND state = 'sending'";
        let values = vec![
            test.contact.uuid().into(),
            i64::from(test.attempt).into(),
            i64::from(test.counter).into(),
            word.into(),
            again.into(),
            error.map(str::to_owned).into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

/// What came of an attempt to send a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestOutcome {
    /// The provider took it.
    Sent,
    /// It cannot be sent there.
    Failed,
    /// Again at this instant.
    Again(Timestamp),
}
