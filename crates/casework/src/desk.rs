//! What every verb works with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::calendar::Calendar;
use domain::code::CodeKey;
use domain::delivery::Channel;
use domain::growth_file::LifeEvents;
use domain::id::{Ids, PolicyId};
use domain::policy::Policy;
use domain::screening::Instruments;
use domain::sign::Catalogue;
use domain::time::{Clock, Timestamp};
use domain::watch_list::WatchLists;
use storage::Storage;

use crate::CaseError;
use tokio::sync::Semaphore;

use crate::in_flight::InFlight;
use crate::password_queue::{Lane, PasswordQueue};

/// The two clocks. They differ in a demonstration that is sped up: deadlines, calendar and observations run on the
/// school's clock; sessions, leases, retries and timeouts stay real.
#[derive(Clone)]
pub struct Clocks {
    /// The school's.
    pub school: Arc<dyn Clock>,
    /// The real one.
    pub real: Arc<dyn Clock>,
}

impl Clocks {
    /// One clock for both.
    #[must_use]
    pub fn one(clock: Arc<dyn Clock>) -> Self {
        Self { school: Arc::clone(&clock), real: clock }
    }
}

/// How long sessions live.
#[derive(Debug, Clone, Copy)]
pub struct SessionRules {
    /// At most, in minutes.
    pub longest_minutes: u32,
    /// Unused, in minutes.
    pub idle_minutes: u32,
}

impl Default for SessionRules {
    fn default() -> Self {
        Self { longest_minutes: 8 * 60, idle_minutes: 30 }
    }
}

/// What a password costs to try (Argon2id, RFC 9106).
#[derive(Debug, Clone, Copy)]
pub struct PasswordCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// How many are computed at once.
    pub at_once: usize,
    /// How many may wait, known devices and strangers each.
    pub waiting: usize,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3, at_once: 1, waiting: 200 }
    }
}

/// Everything that a verb needs and does not own.
#[derive(Clone)]
pub struct Desk {
    /// What is kept.
    pub storage: Storage,
    /// What time it is.
    pub clocks: Clocks,
    /// Where ids and secrets come from.
    pub ids: Arc<dyn Ids>,
    /// The signs.
    pub catalogue: Arc<Catalogue>,
    /// School time.
    pub calendar: Arc<Calendar>,
    /// The life events that are noted in growth files.
    pub life_events: Arc<LifeEvents>,
    /// The lists that students are put on.
    pub watch_lists: Arc<WatchLists>,
    /// The instruments of screening.
    pub instruments: Arc<Instruments>,
    /// How long sessions live.
    pub sessions: SessionRules,
    /// What a password costs.
    pub cost: PasswordCost,
    /// The channels that some provider carries; nobody is told by any other.
    pub carried: Arc<[Channel]>,
    /// Under which the numbers of messages are made.
    pub codes: CodeKey,
    pub(crate) passwords: PasswordQueue,
    /// Attachments are looked into one after another: each may need the memory of a large photograph.
    pub(crate) looking: Arc<Semaphore>,
    pub(crate) in_flight: InFlight,
    policies: Arc<Mutex<Policies>>,
}

#[derive(Default)]
struct Policies {
    by_id: HashMap<PolicyId, Arc<Policy>>,
    in_force: Option<(PolicyId, Arc<Policy>)>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

impl Desk {
    /// Sets up a desk.
    #[must_use]
    pub fn new(
        storage: Storage,
        clocks: Clocks,
        ids: Arc<dyn Ids>,
        (catalogue, calendar): (Catalogue, Calendar),
        sessions: SessionRules,
        cost: PasswordCost,
        codes: CodeKey,
    ) -> Self {
        Self {
            storage,
            clocks,
            ids,
            catalogue: Arc::new(catalogue),
            calendar: Arc::new(calendar),
            life_events: Arc::default(),
            watch_lists: Arc::default(),
            instruments: Arc::default(),
            sessions,
            cost,
            carried: Channel::ALL.into(),
            codes,
            passwords: PasswordQueue::new(cost.at_once, cost.waiting),
            looking: Arc::new(Semaphore::new(1)),
            in_flight: InFlight::default(),
            policies: Arc::default(),
        }
    }

    /// The same desk, where only these channels have a provider.
    #[must_use]
    pub fn carrying(self, channels: impl IntoIterator<Item = Channel>) -> Self {
        Self { carried: channels.into_iter().collect(), ..self }
    }

    /// The same desk with what is chosen from in growth files.
    #[must_use]
    pub fn choosing(self, life_events: LifeEvents, watch_lists: WatchLists, instruments: Instruments) -> Self {
        let (life_events, watch_lists) = (Arc::new(life_events), Arc::new(watch_lists));
        Self { life_events, watch_lists, instruments: Arc::new(instruments), ..self }
    }

    /// The same desk over other connections to the same database.
    #[must_use]
    pub fn over(&self, storage: Storage) -> Self {
        Self { storage, ..self.clone() }
    }

    /// The school's time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clocks.school.now()
    }

    /// The real time now.
    #[must_use]
    pub fn real_now(&self) -> Timestamp {
        self.clocks.real.now()
    }

    /// Runs something dear on the bounded pool, apart from everything else, for somebody who is known.
    pub(crate) async fn with_password<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CaseError> {
        let _turn = self.passwords.turn(&Lane::Known).await?;
        tokio::task::spawn_blocking(work).await.map_err(|_| CaseError::Busy)
    }

    /// A version of the policy.
    pub(crate) async fn policy(&self, id: PolicyId) -> Result<Arc<Policy>, CaseError> {
        if let Some(known) = self.cached().by_id.get(&id) {
            return Ok(Arc::clone(known));
        }
        let policy = self.storage.read().policy(id).await?.ok_or(CaseError::NotFound)?;
        let policy = Arc::new(policy);
        self.cached().by_id.insert(id, Arc::clone(&policy));
        Ok(policy)
    }

    /// The policy in force.
    pub(crate) async fn policy_in_force(&self) -> Result<(PolicyId, Arc<Policy>), CaseError> {
        if let Some(known) = &self.cached().in_force {
            return Ok(known.clone());
        }
        let (id, _, policy) = self.storage.read().policy_in_force().await?.ok_or(CaseError::Conflict("no_policy"))?;
        let entry = (id, Arc::new(policy));
        self.cached().in_force = Some(entry.clone());
        Ok(entry)
    }

    /// Forgets which policy is in force, after another one was activated.
    pub(crate) fn forget_policy_in_force(&self) {
        self.cached().in_force = None;
    }

    fn cached(&self) -> std::sync::MutexGuard<'_, Policies> {
        self.policies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
