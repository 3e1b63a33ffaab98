//! That a way in which somebody is reached has changed, or his password: told at once to every address at which he was reached
//! before.

use chrono::TimeDelta;
use domain::contact_change::ContactChange;
use domain::delivery::{Channel, Outcome};
use domain::time::Timestamp;
use storage::{Lease, LeasedContactNotice, StorageError};

use crate::{Letter, Post, Words};

/// After so many attempts nobody is there.
const ATTEMPTS: u32 = 20;
const AGAIN_SECONDS: i64 = 30;

/// Leases what waits, sends it and records what came of it; gives how many.
///
/// # Errors
/// When the table cannot be read or leased.
pub(crate) async fn send_contact_notices(post: &Post) -> Result<usize, StorageError> {
    let now = post.real.now();
    if !post.storage.read().has_contact_notices(now).await? {
        return Ok(0);
    }
    let until = now + TimeDelta::from_std(post.pace.lease).unwrap_or(TimeDelta::zero());
    let mut tx = post.storage.begin().await?;
    let notices = tx.lease_contact_notices(Lease { now, until }, post.pace.batch).await?;
    tx.commit().await?;
    for notice in &notices {
        let outcome = send(post, notice).await;
        let mut tx = post.storage.begin().await?;
        tx.record_contact_notice(notice, again(&outcome, notice.attempt, post.real.now())).await?;
        tx.commit().await?;
        tracing::debug!(notice = %notice.id, outcome = outcome.key(), "a change of contact was told");
    }
    Ok(notices.len())
}

/// The providers of the channel in their order, until one takes it.
async fn send(post: &Post, notice: &LeasedContactNotice) -> Outcome {
    let letter = letter(notice, post.school.now());
    let mut outcome = Outcome::Refused("no provider carries this channel".to_owned());
    for channel in post.channels.iter().filter(|c| c.carries() == notice.channel) {
        outcome = match tokio::time::timeout(post.pace.timeout, channel.send(&letter)).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Ambiguous("the provider did not answer in time".to_owned()),
        };
        if matches!(outcome, Outcome::Accepted { .. }) {
            break;
        }
    }
    outcome
}

fn again(outcome: &Outcome, attempt: u32, now: Timestamp) -> Option<(Timestamp, &str)> {
    match outcome {
        Outcome::Accepted { .. } | Outcome::BadAddress(_) | Outcome::Refused(_) => None,
        Outcome::Retry(why) | Outcome::Elsewhere(why) | Outcome::Ambiguous(why) => {
            (attempt < ATTEMPTS).then(|| (now + TimeDelta::seconds(AGAIN_SECONDS), why.as_str()))
        }
    }
}

fn subject(change: ContactChange) -> &'static str {
    match change {
        ContactChange::Added | ContactChange::Verified | ContactChange::Removed => "您的联系方式有变动",
        ContactChange::Password => "您的登录密码已修改",
    }
}

fn letter(notice: &LeasedContactNotice, at: Timestamp) -> Letter {
    let school = &notice.sender;
    let text = match notice.channel {
        Channel::Voice => {
            format!("这里是{school}。{}。不是您本人操作，请立即告诉管理员。", notice.change.spoken())
        }
        Channel::Sms | Channel::Wecom | Channel::Dingtalk | Channel::Mail | Channel::Null => {
            format!("【{school}】{}", notice.change.text(&notice.hint))
        }
    };
    let subject = if notice.channel == Channel::Mail {
        format!("【{school}】{}", subject(notice.change))
    } else {
        String::new()
    };
    let words = Words {
        kind: notice.change.notice(),
        drill: false,
        school: school.clone(),
        // What stands in the place of the number is the end of the address.
        code: notice.hint.as_str().to_owned(),
        minutes: 0,
        count: 1,
        taken_by: None,
        duty_phone: None,
    };
    Letter { id: notice.id, to: notice.address.clone(), subject, text, words, at, urgent: false }
}
