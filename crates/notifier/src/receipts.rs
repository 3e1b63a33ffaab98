//! Receipts that have not come: providers lose them. They are asked for when a message is one, three and ten minutes old;
//! then nobody knows, and for a red that counts as not arrived: so they are asked for over a red's connections. A public
//! step; the loop around it is dull.

use std::sync::Arc;

use domain::delivery::MessageState;
use domain::notice::Lane;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use storage::{Awaited, StorageError};

use crate::{Channel, Found, Inquiry, Post};

/// How many messages one turn looks after.
const MOST: u32 = 50;

/// Looks after SMS that a provider took and whose receipt has not come; gives how many it looked after.
///
/// # Errors
/// When the outbox cannot be read.
pub async fn poll_receipts_once(post: &Post) -> Result<usize, StorageError> {
    let names: Vec<&str> = post.channels.iter().filter(|c| c.reports()).map(|c| c.name()).collect();
    let now = post.school.now();
    if names.is_empty() || !post.red.read().has_awaited(&names, now).await? {
        return Ok(0);
    }
    let mut tx = post.red.begin().await?;
    let awaited = tx.take_awaited(&names, now, MOST).await?;
    tx.commit().await?;
    let count = awaited.len();
    let mut looks: FuturesUnordered<_> = awaited.into_iter().map(|m| look_after(post, m)).collect();
    while looks.next().await.is_some() {}
    Ok(count)
}

async fn look_after(post: &Post, message: Awaited) {
    let found = match post.channels.iter().find(|c| c.name() == message.provider) {
        Some(channel) => ask(post, channel, &message).await,
        None => None,
    };
    if let Err(err) = record(post, &message, found).await {
        tracing::error!(message = %message.id, error = %err, "a receipt could not be recorded");
    }
}

async fn ask(post: &Post, channel: &Arc<dyn Channel>, message: &Awaited) -> Option<Found> {
    let about = Inquiry {
        id: message.id,
        provider_id: Some(&message.provider_id),
        to: message.address.as_deref()?,
        at: message.taken_at,
    };
    tokio::time::timeout(post.pace.timeout, channel.inquire(&about)).await.ok().flatten()
}

async fn record(post: &Post, message: &Awaited, found: Option<Found>) -> Result<(), StorageError> {
    let now = post.school.now();
    let mut tx = post.red.begin().await?;
    let lost = match found.and_then(|f| f.delivered) {
        Some(true) => {
            tx.record_receipt(&message.provider, &message.provider_id, MessageState::Delivered, now).await?;
            false
        }
        Some(false) => tx.record_receipt(&message.provider, &message.provider_id, MessageState::Failed, now).await?,
        None if message.last => {
            tx.note_finding("receipt_lost", &message.provider, now).await?;
            tx.give_up_receipt(message, now).await? && message.lane != Lane::Normal
        }
        None => false,
    };
    if lost {
        for (alert, epoch, rung) in tx.read()?.rungs_of(message.id).await? {
            tx.signal_failure(post.ids.uuid(), alert, epoch, rung, now).await?;
        }
    }
    tx.commit().await
}
