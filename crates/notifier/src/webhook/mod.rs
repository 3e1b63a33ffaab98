//! The feed: what a school's own systems are told of its alerts, by Standard Webhooks. A message says what happened, when,
//! and to which alert; whoever wants to know more signs in and asks.
//!
//! Invariants:
//! - a delivery is written by the transaction that it tells of, and worked off afterwards; its id is the same at every
//!   attempt, and an attempt that slept past its lease changes nothing;
//! - it has a loop and batches of its own, and no part in the outbox: no red waits for it;
//! - nothing is followed elsewhere, and nothing inside is reached but what the settings name outright.

mod guard;
mod secret;

pub use secret::WebhookSecret;

use std::sync::Arc;
use std::time::Duration;

use chrono::{SecondsFormat, TimeDelta};
use domain::id::Ids;
use domain::time::Clock;
use reqwest::Url;
use storage::{Delivery, DeliveryFate, Storage, StorageError};
use tokio_util::sync::CancellationToken;

use guard::Reach;

/// How many are told at once.
const BATCH: u32 = 16;
/// So often a delivery is tried: for about two days.
const ATTEMPTS: u32 = 13;
const FIRST_PAUSE_SECONDS: i64 = 5;
const LONGEST_PAUSE_SECONDS: i64 = 12 * 60 * 60;
/// How often it is looked whether there is anything to tell.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// One of a school's own systems.
#[derive(Debug)]
pub struct WebhookEndpoint {
    name: String,
    url: Url,
    secrets: Vec<WebhookSecret>,
    client: reqwest::Client,
}

/// Why an endpoint cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum WebhookUnfit {
    /// It is no address, or leads inside.
    #[error("an https address outside is wanted, or one on this machine")]
    Address,
    /// There is nothing to sign with.
    #[error("a secret is wanted")]
    Secret,
    /// The client cannot be set up.
    #[error(transparent)]
    Client(#[from] reqwest::Error),
}

impl WebhookEndpoint {
    /// Prepares to tell `url`. The first secret is the one in use; a second one signs as well while it is changed.
    ///
    /// # Errors
    /// When the address must not be told, or there is no secret.
    pub fn new(name: &str, url: &str, secrets: Vec<WebhookSecret>) -> Result<Self, WebhookUnfit> {
        let url = Url::parse(url).map_err(|_| WebhookUnfit::Address)?;
        let reach = Reach::of(&url).ok_or(WebhookUnfit::Address)?;
        if secrets.is_empty() {
            return Err(WebhookUnfit::Secret);
        }
        let none = reqwest::redirect::Policy::none();
        let builder = reqwest::Client::builder().redirect(none).no_proxy().dns_resolver(Arc::new(reach));
        Ok(Self { name: name.to_owned(), url, secrets, client: builder.build()? })
    }

    /// Whether an address may be told at all.
    #[must_use]
    pub fn may_be_told(url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| Reach::of(&url).is_some())
    }

    /// What tells it from another one of the same name; the address may hold a secret.
    fn mark(&self) -> String {
        crate::channel::sha256(self.url.as_str())
    }
}

/// What the feed works with.
#[derive(Clone)]
pub struct Feed {
    /// Where deliveries lie.
    pub storage: Storage,
    /// The real clock: signatures, leases, pauses.
    pub real: Arc<dyn Clock>,
    /// Where the scatter of pauses comes from.
    pub ids: Arc<dyn Ids>,
    /// Whom to tell.
    pub endpoints: Arc<Vec<WebhookEndpoint>>,
    /// How long an endpoint may take.
    pub timeout: Duration,
    /// How long a delivery is held; longer than the timeout.
    pub lease: TimeDelta,
}

impl std::fmt::Debug for Feed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Feed").field("endpoints", &self.endpoints).finish_non_exhaustive()
    }
}

/// What an endpoint made of an attempt.
enum Answer {
    Taken,
    /// It is gone for good.
    Gone,
    /// Not now: why.
    NotNow(String),
}

impl Feed {
    /// A feed to these endpoints.
    #[must_use]
    pub fn new(storage: Storage, real: Arc<dyn Clock>, ids: Arc<dyn Ids>, endpoints: Vec<WebhookEndpoint>) -> Self {
        let (timeout, lease) = (Duration::from_secs(10), TimeDelta::seconds(60));
        Self { storage, real, ids, endpoints: Arc::new(endpoints), timeout, lease }
    }

    /// Makes known whom to tell: from then on, what happens is written down for them.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn register(&self) -> Result<(), StorageError> {
        let all: Vec<(String, String)> = self.endpoints.iter().map(|e| (e.name.clone(), e.mark())).collect();
        let mut tx = self.storage.begin().await?;
        tx.sync_webhooks(&all, self.real.now()).await?;
        tx.commit().await
    }

    async fn tell(&self, d: &Delivery) -> Answer {
        let Some(endpoint) = self.endpoints.iter().find(|e| e.name == d.endpoint) else {
            return Answer::NotNow("nobody here knows this endpoint".to_owned());
        };
        let (id, body, seconds) = (id(d), body(d), self.real.now().timestamp());
        let request = endpoint
            .client
            .post(endpoint.url.clone())
            .header("content-type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", secret::signatures(&endpoint.secrets, &id, seconds, &body))
            .body(body);
        // Of the answer only its number is looked at.
        match tokio::time::timeout(self.timeout, request.send()).await {
            Ok(Ok(answer)) if answer.status().is_success() => Answer::Taken,
            Ok(Ok(answer)) if answer.status().as_u16() == 410 => Answer::Gone,
            Ok(Ok(answer)) => Answer::NotNow(format!("HTTP {}", answer.status().as_u16())),
            // The address may hold a secret.
            Ok(Err(err)) => Answer::NotNow(err.without_url().to_string()),
            Err(_) => Answer::NotNow("no answer in time".to_owned()),
        }
    }

    /// One delivery: told, and what came of it written down.
    async fn deliver(&self, d: &Delivery) -> Result<(), StorageError> {
        let answer = if d.fit { Some(self.tell(d).await) } else { None };
        let (now, mut tx) = (self.real.now(), self.storage.begin().await?);
        let fate = match &answer {
            None => DeliveryFate::Withheld,
            Some(Answer::Taken) => DeliveryFate::Delivered,
            Some(Answer::Gone) => DeliveryFate::Failed("HTTP 410".to_owned()),
            Some(Answer::NotNow(why)) if d.attempt >= ATTEMPTS => DeliveryFate::Failed(why.clone()),
            Some(Answer::NotNow(why)) => {
                DeliveryFate::Again { not_before: now + pause(d.attempt, self.ids.uuid().as_u128()), why: why.clone() }
            }
        };
        tx.finish_delivery(d, &fate, now).await?;
        match (&answer, &fate) {
            (Some(Answer::Gone), _) => {
                tx.switch_webhook_off(&d.endpoint, now).await?;
                tx.note_finding("webhook_gone", &d.endpoint, now).await?;
            }
            (_, DeliveryFate::Failed(_)) => tx.note_finding("webhook_failed", &d.endpoint, now).await?,
            (_, DeliveryFate::Delivered | DeliveryFate::Again { .. } | DeliveryFate::Withheld) => {}
        }
        tx.commit().await
    }
}

/// The id of a delivery, the same at every attempt and at every endpoint.
fn id(d: &Delivery) -> String {
    let what = d.kind.rsplit('.').next().unwrap_or_default();
    format!("evt_{}_{}_{what}", d.alert.uuid().simple(), d.seq)
}

/// All that is said: words of ours, of which none has to be escaped.
fn body(d: &Delivery) -> String {
    let at = d.at.to_rfc3339_opts(SecondsFormat::Millis, true);
    format!("{{\"type\":\"{}\",\"timestamp\":\"{at}\",\"data\":{{\"id\":\"{}\"}}}}", d.kind, d.alert)
}

/// How long to wait after an attempt: longer each time, and never for all at the same moment.
fn pause(attempt: u32, dice: u128) -> TimeDelta {
    let grown = FIRST_PAUSE_SECONDS.saturating_mul(3_i64.saturating_pow(attempt.saturating_sub(1)));
    let millis = grown.min(LONGEST_PAUSE_SECONDS).saturating_mul(1_000);
    let percent = 80 + i64::try_from(dice % 41).unwrap_or_default();
    TimeDelta::milliseconds(millis.saturating_mul(percent) / 100)
}

/// One turn: what can be told is told. Gives how many deliveries were taken up.
///
/// # Errors
/// When the database refuses.
pub async fn feed_once(feed: &Feed) -> Result<usize, StorageError> {
    let now = feed.real.now();
    if !feed.storage.read().has_deliveries(now).await? {
        return Ok(0);
    }
    let mut tx = feed.storage.begin().await?;
    let claimed = tx.claim_deliveries(now, now + feed.lease, BATCH).await?;
    tx.commit().await?;
    for done in futures_util::future::join_all(claimed.iter().map(|d| feed.deliver(d))).await {
        match done {
            Ok(()) => {}
            Err(StorageError::Stale) => {
                tracing::warn!("a delivery was given up or taken over meanwhile; its outcome is not counted")
            }
            Err(err) => tracing::error!(error = %err, "what came of a delivery could not be written down"),
        }
    }
    Ok(claimed.len())
}

/// Tells until told to stop; what is being told then is finished first.
pub async fn run_feed(feed: Feed, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let taken = feed_once(&feed).await.unwrap_or_else(|err| {
            tracing::error!(error = %err, "a turn of the feed failed");
            0
        });
        if taken == 0 {
            tokio::select! {
                () = tokio::time::sleep(BETWEEN_LOOKS) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::id::AlertId;

    use super::*;

    #[test]
    fn pauses_grow_to_half_a_day_and_are_scattered() {
        let seconds = |attempt| pause(attempt, 20).num_seconds();
        assert_eq!([1, 2, 3, 6, 9, 13, 40].map(seconds), [5, 15, 45, 1_215, 32_805, 43_200, 43_200]);
        assert_eq!((pause(1, 0).num_milliseconds(), pause(1, 40).num_milliseconds()), (4_000, 6_000));
    }

    #[test]
    fn all_that_is_said_is_what_when_and_which() {
        let d = Delivery {
            endpoint: "e".into(),
            alert: AlertId::new(Default::default()),
            seq: 3,
            kind: "alert.rung_told".into(),
            at: Default::default(),
            attempt: 1,
            fit: true,
        };
        let said = format!(
            "{{\"type\":\"alert.rung_told\",\"timestamp\":\"1970-01-01T00:00:00.000Z\",\"data\":{{\"id\":\"{}\"}}}}",
            d.alert
        );
        assert_eq!(body(&d), said);
        assert!(!id(&d).contains('.') && id(&d).ends_with("_3_rung_told"));
        assert_eq!(id(&d), id(&Delivery { attempt: 2, endpoint: "f".into(), ..d.clone() }));
    }
}
