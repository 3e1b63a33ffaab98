//! Many workers and one outbox: without a fault each message goes out once, and a worker that slept past its lease changes
//! nothing.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use domain::delivery::{Channel as Carries, Outcome};
use domain::id::{AlertId, MessageId};
use domain::level::Level;
use domain::notice::{Address, Lane, Notice, NoticeKind, PromptNotice, RedNotice};
use futures_util::future::join_all;
use notifier::{Channel, Letter, Post, dispatch_once};
use sea_orm::{ConnectionTrait, Statement};
use server::seams::SystemClock;
use storage::Recipient;
use tests::World;
use tests::database::behind;

const WORKERS: usize = 8;
/// Longer than a busy machine takes for a batch: only whoever sleeps outlives it.
const LEASE: Duration = Duration::from_secs(2);
/// Well past the lease.
const STALL: Duration = Duration::from_secs(3);

/// Counts what goes out. Of every ten messages one sleeps at its first attempt, and then says that it failed.
struct Sleepy {
    stalls: bool,
    sent: Mutex<HashMap<MessageId, u32>>,
    slept: Mutex<HashSet<MessageId>>,
}

#[async_trait]
impl Channel for Sleepy {
    fn name(&self) -> &'static str {
        "sleepy"
    }

    fn carries(&self) -> Carries {
        Carries::Mail
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        *self.sent.lock().unwrap().entry(letter.id).or_default() += 1;
        if self.stalls && letter.id.uuid().as_u128().is_multiple_of(10) && self.slept.lock().unwrap().insert(letter.id)
        {
            tokio::time::sleep(STALL).await;
            return Outcome::BadAddress("said much too late".to_owned());
        }
        Outcome::Accepted { provider_id: None }
    }
}

/// Puts so many messages about one red, half of them in each lane.
pub(super) async fn fill(world: &World, rows: usize) {
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    world.settle().await;
    let _ = world.letters();
    let alert: AlertId = world.alert_seen_by("counsellor").await.parse().unwrap();
    let desk = &world.service.desk;
    let mut tx = desk.storage.begin().await.unwrap();
    for n in 0..rows {
        let to = Recipient {
            alert,
            school: world.town.schools[0].id,
            level: Level::Red,
            minutes: 10,
            taken_by: None,
            code_counter: 0,
            late: false,
        };
        let address = Address {
            person: world.town.person("counsellor"),
            channel: Carries::Mail,
            kind: NoticeKind::Alarm,
            epoch: 0,
            rung: 0,
            repeat: 1_000 + n as u32,
            priority: 1,
        };
        let notice = if n % 2 == 0 {
            Notice::Red(RedNotice { to: address })
        } else {
            Notice::Prompt(PromptNotice { to: address })
        };
        tx.put_message(MessageId::new(desk.ids.uuid()), &to, &notice, desk.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn drain(post: &Post, lane: Lane) {
    while dispatch_once(post, lane).await.unwrap() > 0 {}
}

async fn race(mut world: World, rows: usize, stalls: bool) {
    fill(&world, rows).await;
    let way = Arc::new(Sleepy { stalls, sent: Mutex::default(), slept: Mutex::default() });
    let post = &mut world.service.post;
    post.channels = vec![way.clone()];
    post.real = Arc::new(SystemClock);
    // Without a fault nobody is slow, however busy this machine is: nothing is taken over.
    post.pace.lease = if stalls { LEASE } else { Duration::from_secs(600) };
    post.pace.batch = if stalls { 4 } else { 16 };
    let post = &world.service.post;
    join_all((0..WORKERS).map(|n| drain(post, if n % 2 == 0 { Lane::Red } else { Lane::Normal }))).await;
    // Whoever slept past his lease has left what he held to others; those who worked last may have been among them.
    for lane in [Lane::Red, Lane::Normal] {
        tokio::time::sleep(if stalls { LEASE } else { Duration::ZERO }).await;
        drain(post, lane).await;
    }
    let (sent, slept) = (way.sent.lock().unwrap().clone(), way.slept.lock().unwrap().clone());
    assert_eq!(sent.len(), rows, "every message went out");
    for (id, times) in &sent {
        assert!(*times == 1 || slept.contains(id), "{id} went out {times} times and nobody slept over it");
    }
    let taken_over = slept.iter().filter(|id| sent[*id] > 1).count();
    assert_eq!((slept.is_empty(), taken_over == 0), (!stalls, !stalls), "{} slept", slept.len());
    // What nobody took over in time is as its own worker said when he woke; all else is as the one who took over said.
    let db = behind(&world.target).await;
    let sql = "SELECT id, state FROM outbox WHERE repeat_no >= 1000";
    let all = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    for row in all {
        let id = MessageId::new(row.try_get_by("id").unwrap());
        let state: String = row.try_get_by("state").unwrap();
        let own = slept.contains(&id) && sent[&id] == 1;
        assert_eq!(state, if own { "failed" } else { "accepted" }, "{id} changed after it was recorded");
    }
}

/// So many messages, on a fresh database of each kind.
macro_rules! races {
    ($name:ident, $rows:expr, $stalls:expr $(, #[$long:meta])?) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$long])?
            async fn on_sqlite() {
                race(World::sqlite().await, $rows, $stalls).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$long])?
            async fn on_postgres() {
                race(World::postgres().await, $rows, $stalls).await;
            }
        }
    };
}

races!(eight_workers_send_each_of_two_thousand_messages_once, 2_000, false);
races!(eight_workers_send_each_of_ten_thousand_messages_once, 10_000, false, #[ignore = "long"]);
races!(workers_that_sleep_past_their_lease_change_nothing, 240, true);
races!(workers_that_sleep_over_ten_thousand_messages_change_nothing, 10_000, true, #[ignore = "long"]);
