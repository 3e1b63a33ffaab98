//! Tests of contact methods: six digits go out, and whoever enters them is reached there. The text says nothing else.

use chrono::TimeDelta;
use domain::delivery::{Channel, Outcome};
use domain::id::MessageId;
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use storage::{Lease, LeasedTest, StorageError, TestOutcome};

use crate::{Letter, Post, Words};

/// After so many attempts a test has failed; whoever wants to can send another.
const ATTEMPTS: u32 = 5;
const AGAIN_SECONDS: i64 = 10;
/// As long as the code is taken.
const MINUTES: u32 = 30;

/// Leases tests that wait, sends them and records what came of it, after what others are told of such changes; gives how
/// many.
///
/// # Errors
/// When the table cannot be read or leased.
pub async fn send_contact_tests(post: &Post) -> Result<usize, StorageError> {
    Ok(crate::contact_notices::send_contact_notices(post).await? + send_tests(post).await?)
}

async fn send_tests(post: &Post) -> Result<usize, StorageError> {
    let now = post.real.now();
    if !post.storage.read().has_tests(now).await? {
        return Ok(0);
    }
    let until = now + TimeDelta::from_std(post.pace.lease).unwrap_or(TimeDelta::zero());
    let mut tx = post.storage.begin().await?;
    let tests = tx.lease_tests(Lease { now, until }, post.pace.batch).await?;
    tx.commit().await?;
    for test in &tests {
        let outcome = send(post, test).await;
        let (state, error) = verdict(&outcome, test.attempt, post.real.now());
        let mut tx = post.storage.begin().await?;
        tx.record_test(test, state, error).await?;
        tx.commit().await?;
        tracing::debug!(contact = %test.contact, outcome = outcome.key(), "a test was sent");
    }
    Ok(tests.len())
}

async fn send(post: &Post, test: &LeasedTest) -> Outcome {
    let Some(channel) = post.channels.iter().find(|c| c.carries() == test.channel) else {
        return Outcome::Refused("no provider carries this channel".to_owned());
    };
    let code = post.composer.key.test_code(test.contact, test.counter);
    let letter = letter(test, code, post.school.now());
    match tokio::time::timeout(post.pace.timeout, channel.send(&letter)).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Ambiguous("the provider did not answer in time".to_owned()),
    }
}

fn verdict(outcome: &Outcome, attempt: u32, now: Timestamp) -> (TestOutcome, Option<&str>) {
    match outcome {
        Outcome::Accepted { .. } => (TestOutcome::Sent, None),
        Outcome::BadAddress(why) | Outcome::Refused(why) => (TestOutcome::Failed, Some(why)),
        Outcome::Retry(why) | Outcome::Elsewhere(why) | Outcome::Ambiguous(why) if attempt >= ATTEMPTS => {
            (TestOutcome::Failed, Some(why))
        }
        Outcome::Retry(why) | Outcome::Elsewhere(why) | Outcome::Ambiguous(why) => {
            (TestOutcome::Again(now + TimeDelta::seconds(AGAIN_SECONDS)), Some(why))
        }
    }
}

fn letter(test: &LeasedTest, code: String, at: Timestamp) -> Letter {
    let school = &test.sender;
    let spaced: Vec<String> = code.chars().map(String::from).collect();
    let text = match test.channel {
        Channel::Voice => format!("这里是{school}，验证您的电话。编号{0}。再说一遍，编号{0}。", spaced.join("，")),
        Channel::Sms | Channel::Wecom | Channel::Dingtalk | Channel::Mail | Channel::Null => {
            format!("【{school}】联系方式验证，编号{code}，{MINUTES}分钟内有效。非本人操作请忽略。")
        }
    };
    let subject =
        if test.channel == Channel::Mail { format!("【{school}】联系方式验证") } else { String::new() };
    let words = Words {
        kind: NoticeKind::ContactTest,
        drill: false,
        school: school.clone(),
        code,
        minutes: MINUTES,
        count: 1,
        taken_by: None,
        duty_phone: None,
    };
    let id = MessageId::new(test.contact.uuid());
    Letter { id, to: test.address.clone(), subject, text, words, at, urgent: false }
}
