//! Contact methods: added, tested, verified, chosen.

use std::collections::{BTreeMap, BTreeSet};

use domain::delivery::Channel;
use domain::id::{ContactId, PersonId};
use domain::staff::ContactMethod;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, maybe_instant, number, word};
use crate::{Read, StorageError, Tx};

/// A contact method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRecord {
    /// Its id.
    pub id: ContactId,
    /// Whose, by what, where.
    pub method: ContactMethod,
    /// When a message last arrived there.
    pub last_ok_at: Option<Timestamp>,
    /// The test of it that runs, if one does.
    pub test: Option<ContactTest>,
}

/// A test of a contact method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactTest {
    /// Which code it is.
    pub counter: u32,
    /// The code's hash.
    pub code_hash: String,
    /// Wrong codes so far.
    pub tries: u32,
    /// `pending`, `sending`, `sent` or `failed`.
    pub state: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when the code is taken.
    pub expires_at: Timestamp,
}

const SELECT: &str = "SELECT c.*, t.counter, t.code_hash, t.tries, t.state, t.created_at, t.expires_at \
                      FROM contact_method c LEFT JOIN contact_test t ON t.contact_id = c.id";

impl Tx {
    /// Adds a contact method that is not verified.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when the person has it.
    pub async fn add_untested_contact(&mut self, id: ContactId, c: &ContactMethod) -> Result<(), StorageError> {
        let sql = "INSERT INTO contact_method (id, person_id, channel, address) VALUES ($1, $2, $3, $4)";
        let values = vec![id.uuid().into(), c.person.uuid().into(), c.channel.key().into(), c.address.clone().into()];
        self.run(sql, values).await.map(|_| ())
    }

    /// Begins a test, in place of the one before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn begin_test(&mut self, id: ContactId, t: &ContactTest) -> Result<(), StorageError> {
        self.fills_outbox();
        let sql = "INSERT INTO contact_test (contact_id, counter, code_hash, tries, state, created_at, expires_at, attempt) \
                   VALUES ($1, $2, $3, 0, 'pending', $4, $5, 0) ON CONFLICT (contact_id) DO UPDATE SET \
                   counter = excluded.counter, code_hash = excluded.code_hash, tries = 0, state = 'pending', \
                   created_at = excluded.created_at, expires_at = excluded.expires_at, lease_until = NULL, attempt = 0";
        let values = vec![
            id.uuid().into(),
            i64::from(t.counter).into(),
            t.code_hash.clone().into(),
            at(t.created_at),
            at(t.expires_at),
        ];
        self.run(sql, values).await.map(|_| ())
    }

    /// Counts a wrong code.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn miss_test(&mut self, id: ContactId) -> Result<(), StorageError> {
        let sql = "UPDATE contact_test SET tries = tries + 1 WHERE contact_id = $1";
        self.run(sql, vec![id.uuid().into()]).await.map(|_| ())
    }

    /// The code came back: messages are sent there from now on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn verify_contact(&mut self, id: ContactId, now: Timestamp) -> Result<(), StorageError> {
        let sql = "UPDATE contact_method SET verified_at = $2, last_ok_at = $2 WHERE id = $1";
        self.run(sql, vec![id.uuid().into(), at(now)]).await?;
        self.end_test(id).await
    }

    async fn end_test(&mut self, id: ContactId) -> Result<(), StorageError> {
        self.run("DELETE FROM contact_test WHERE contact_id = $1", vec![id.uuid().into()]).await.map(|_| ())
    }

    /// Takes a contact method away.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn remove_contact(&mut self, id: ContactId) -> Result<(), StorageError> {
        self.end_test(id).await?;
        self.run("DELETE FROM contact_method WHERE id = $1", vec![id.uuid().into()]).await.map(|_| ())
    }

    /// Keeps by which channels somebody wants to hear of yellow and blue, in this order; none for all of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn choose_channels(&mut self, person: PersonId, channels: &[Channel]) -> Result<(), StorageError> {
        self.run("DELETE FROM channel_choice WHERE person_id = $1", vec![person.uuid().into()]).await?;
        for (place, channel) in (0_i64..).zip(channels) {
            let sql = "INSERT INTO channel_choice (person_id, channel, place) VALUES ($1, $2, $3)";
            self.run(sql, vec![person.uuid().into(), channel.key().into(), place.into()]).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// The contact methods of a person, with their tests.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn contact_methods(&self, person: PersonId) -> Result<Vec<ContactRecord>, StorageError> {
        let sql = format!("{SELECT} WHERE c.person_id = $1 ORDER BY c.channel, c.address");
        self.all(&sql, vec![person.uuid().into()]).await?.iter().map(record).collect()
    }

    /// By which channels people want to hear of yellow and blue.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn channel_choices(
        &self,
        people: &BTreeSet<Uuid>,
    ) -> Result<BTreeMap<PersonId, Vec<Channel>>, StorageError> {
        let mut v = Values::default();
        let ids = v.list(people.iter().copied());
        let sql = format!("SELECT * FROM channel_choice WHERE person_id IN ({ids}) ORDER BY person_id, place");
        let mut out: BTreeMap<PersonId, Vec<Channel>> = BTreeMap::new();
        for row in self.all(&sql, v.into_vec()).await? {
            let channel = word(&row, "channel", Channel::from_key)?;
            out.entry(PersonId::new(get(&row, "person_id")?)).or_default().push(channel);
        }
        Ok(out)
    }
}

fn record(r: &QueryResult) -> Result<ContactRecord, StorageError> {
    let tested = get::<Option<String>>(r, "state")?;
    let test = tested.map(|state| {
        Ok::<_, StorageError>(ContactTest {
            counter: number(r, "counter")?,
            code_hash: get(r, "code_hash")?,
            tries: number(r, "tries")?,
            state,
            created_at: instant(r, "created_at")?,
            expires_at: instant(r, "expires_at")?,
        })
    });
    Ok(ContactRecord {
        id: ContactId::new(get(r, "id")?),
        method: crate::person::contact(r)?,
        last_ok_at: maybe_instant(r, "last_ok_at")?,
        test: test.transpose()?,
    })
}
