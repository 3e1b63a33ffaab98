//! The dull loops: workers of each lane, woken by commits; polling is only the guarantee.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::delivery::Channel;
use domain::notice::Lane;
use tokio_util::sync::CancellationToken;

use crate::dispatch::dispatch;
use crate::{Post, poll_receipts_once, send_contact_tests};

/// How often receipts that have not come are asked for.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// How many workers, and how often they look. Beside these, each way out has a worker of its own for reds: a provider that
/// hangs does not hold up those of another channel.
#[derive(Debug, Clone, Copy)]
pub struct Workers {
    /// For reds.
    pub red: usize,
    /// For everything else: never more than for reds.
    pub normal: usize,
    /// How often a worker looks although nobody woke it.
    pub poll: Duration,
}

impl Default for Workers {
    fn default() -> Self {
        Self { red: 3, normal: 2, poll: Duration::from_millis(500) }
    }
}

/// Works until told to stop, with one more worker for drills; what is being sent then is finished first.
pub async fn run(post: &Post, workers: Workers, stop: CancellationToken) {
    let ways: BTreeSet<Channel> = post.channels.iter().map(|c| c.carries()).collect();
    let each = ways.into_iter().map(|way| (Lane::Red, Some(way)));
    let red = std::iter::repeat_n((Lane::Red, None), workers.red.max(1));
    let normal = std::iter::repeat_n((Lane::Normal, None), workers.normal.max(1));
    let all = each
        .chain(red)
        .chain(normal)
        .chain([(Lane::Drill, None)])
        .map(|share| work(post, share, workers.poll, stop.clone()));
    let asked = ask_after(post, &stop);
    futures_util::future::join(futures_util::future::join_all(all), asked).await;
}

/// Looks after messages whose receipts have not come.
async fn ask_after(post: &Post, stop: &CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(err) = poll_receipts_once(post).await {
            tracing::error!(error = %err, "receipts could not be asked for");
        }
        tokio::select! {
            () = tokio::time::sleep(BETWEEN_LOOKS) => {}
            () = stop.cancelled() => {}
        }
    }
}

async fn work(post: &Post, (lane, by): (Lane, Option<Channel>), poll: Duration, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let mut filled = std::pin::pin!(post.storage.outbox_filled());
        // From here on no commit is missed, even one that comes while this turn is at work.
        filled.as_mut().enable();
        let taken = match dispatch(post, lane, by).await {
            Ok(taken) => taken,
            Err(err) => {
                tracing::error!(lane = lane.key(), error = %err, "a turn of the dispatcher failed");
                0
            }
        };
        match lane {
            Lane::Red => beat(post).await,
            Lane::Normal => {
                if let Err(err) = send_contact_tests(post).await {
                    tracing::error!(error = %err, "tests of contact methods could not be sent");
                }
            }
            Lane::Drill => {}
        }
        if taken == 0 {
            tokio::select! {
                () = &mut filled => {}
                () = tokio::time::sleep(poll) => {}
                () = stop.cancelled() => {}
            }
        }
    }
}

/// Says that a turn was completed, at most about once a second.
async fn beat(post: &Post) {
    let now = post.real.now();
    let last = post.red.read().last_beat("dispatcher").await.ok().flatten();
    if last.is_some_and(|at| now - at < chrono::TimeDelta::seconds(1) && at <= now) {
        return;
    }
    if let Ok(mut tx) = post.red.begin().await
        && tx.beat("dispatcher", now).await.is_ok()
    {
        let _ = tx.commit().await;
    }
}
