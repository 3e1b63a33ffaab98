//! Providers whose answers somebody else decides, and what they truly did.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::delivery::{Channel as Carries, Outcome};
use domain::id::MessageId;
use notifier::{Channel, Found, Inquiry, Letter};
use tokio::sync::{Notify, oneshot};

/// A call to a provider that has not been answered.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) provider: &'static str,
    pub(super) reports: bool,
    pub(super) letter: Letter,
    pub(super) answer: oneshot::Sender<Outcome>,
}

/// Everything that providers know.
#[derive(Debug, Default)]
struct Known {
    calls: VecDeque<Call>,
    /// How often each message was truly taken, and by whom.
    taken: BTreeMap<MessageId, Vec<&'static str>>,
    /// What receipts of a provider would say.
    arrived: BTreeMap<(MessageId, &'static str), bool>,
    /// Providers that say nothing when asked.
    mute: bool,
}

/// All wires of a simulation.
#[derive(Debug, Default)]
pub(super) struct Wires {
    known: Mutex<Known>,
    called: Notify,
}

impl Wires {
    /// The providers, over these wires.
    pub(super) fn channels(self: &Arc<Self>) -> Vec<Arc<dyn Channel>> {
        let all = [
            ("mail", Carries::Mail, false),
            ("sms-a", Carries::Sms, true),
            ("sms-b", Carries::Sms, true),
            ("voice", Carries::Voice, false),
        ];
        let wire = |(name, carries, reports)| Wire { name, carries, reports, wires: Arc::clone(self) };
        all.into_iter().map(|w| Arc::new(wire(w)) as Arc<dyn Channel>).collect()
    }

    /// Waits for a call.
    pub(super) async fn call(&self) -> Call {
        loop {
            let called = self.called.notified();
            if let Some(call) = self.known.lock().unwrap().calls.pop_front() {
                return call;
            }
            called.await;
        }
    }

    /// The provider has truly taken it; whether it arrives is known to it alone.
    pub(super) fn take(&self, call: &Call, arrives: bool) {
        let mut known = self.known.lock().unwrap();
        known.taken.entry(call.letter.id).or_default().push(call.provider);
        known.arrived.insert((call.letter.id, call.provider), arrives);
    }

    /// How often a message was truly taken.
    pub(super) fn times_taken(&self, id: MessageId) -> usize {
        self.known.lock().unwrap().taken.get(&id).map_or(0, Vec::len)
    }

    pub(super) fn mute(&self, mute: bool) {
        self.known.lock().unwrap().mute = mute;
    }
}

struct Wire {
    name: &'static str,
    carries: Carries,
    reports: bool,
    wires: Arc<Wires>,
}

#[async_trait]
impl Channel for Wire {
    fn name(&self) -> &'static str {
        self.name
    }

    fn carries(&self) -> Carries {
        self.carries
    }

    fn reports(&self) -> bool {
        self.reports
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        let (answer, answered) = oneshot::channel();
        let call = Call { provider: self.name, reports: self.reports, letter: letter.clone(), answer };
        self.wires.known.lock().unwrap().calls.push_back(call);
        self.wires.called.notify_one();
        answered.await.unwrap_or_else(|_| Outcome::Ambiguous("cut off".to_owned()))
    }

    async fn inquire(&self, about: &Inquiry<'_>) -> Option<Found> {
        let known = self.wires.known.lock().unwrap();
        if known.mute || !self.reports {
            return None;
        }
        let arrived = *known.arrived.get(&(about.id, self.name))?;
        Some(Found { provider_id: about.id.to_string(), delivered: Some(arrived) })
    }
}
