//! A receipt that comes while the answer to the same call is being written down.

use std::time::Duration;

use domain::delivery::{MessageState, Outcome};
use domain::notice::Lane;
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Statement};
use storage::{Claimed, Lease, Storage, StorageError, Taking, Verdict};
use tests::World;
use tests::database::behind;

use super::races::fill;

const ROWS: usize = 600;
/// So many messages at once.
const AT_ONCE: usize = 8;

async fn claim(world: &World, most: u32) -> Vec<Claimed> {
    let desk = &world.service.desk;
    let now = desk.now();
    let lease = Lease { now, until: now + Duration::from_secs(600) };
    let mut tx = desk.storage.begin().await.unwrap();
    let taking = Taking { lane: Lane::Red, channel: None, now, late_before: now, lease, most };
    let claimed = tx.claim(&taking).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn answer(
    storage: &Storage,
    claimed: &Claimed,
    id: &str,
    now: domain::time::Timestamp,
) -> Result<(), StorageError> {
    let outcome = Outcome::Accepted { provider_id: Some(id.to_owned()) };
    let state = MessageState::Accepted;
    let verdict = Verdict { claimed, provider: "kannel", outcome: &outcome, state, not_before: now };
    let mut tx = storage.begin().await?;
    tx.record_attempt(&verdict, now).await?;
    tx.commit().await
}

async fn receipt(storage: &Storage, id: &str, now: domain::time::Timestamp) -> Result<(), StorageError> {
    let mut tx = storage.begin().await?;
    let _ = tx.record_receipt("kannel", id, MessageState::Delivered, now).await?;
    tx.commit().await
}

/// Every answer and every receipt is taken, whoever comes first, and each message is known to have arrived.
async fn side_by_side(world: World) {
    fill(&world, ROWS).await;
    let (storage, now) = (&world.service.desk.storage, world.service.desk.now());
    let mut all = 0;
    loop {
        let claimed = claim(&world, AT_ONCE as u32).await;
        if claimed.is_empty() {
            break;
        }
        all += claimed.len();
        // One half of the messages is known to the provider by our own number, the other by one of his.
        let ids: Vec<String> = (0_usize..)
            .zip(&claimed)
            .map(|(n, c)| if n % 2 == 0 { c.id.to_string() } else { format!("his-{}", c.id) })
            .collect();
        let answers = join_all(claimed.iter().zip(&ids).map(|(c, id)| answer(storage, c, id, now)));
        let receipts = join_all(ids.iter().map(|id| receipt(storage, id, now)));
        let (answers, receipts) = tokio::join!(answers, receipts);
        for said in answers {
            // A receipt under our own number that is first has settled the message: the answer changes nothing more.
            let fine = matches!(said, Ok(()) | Err(StorageError::Stale));
            assert!(fine, "nobody waits for somebody who waits for him: {said:?}");
        }
        for said in receipts {
            said.expect("nobody waits for somebody who waits for him");
        }
    }
    assert_eq!(all, ROWS / 2, "the half that is red");
    let db = behind(&world.target).await;
    let sql = "SELECT COUNT(*) AS n FROM outbox WHERE repeat_no >= 1000 AND lane = 'red' AND state <> 'delivered'";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    assert_eq!(row.try_get_by::<i64, _>("n").unwrap(), 0, "every receipt was heard");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_and_its_receipt_come_side_by_side_on_sqlite() {
    side_by_side(World::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_and_its_receipt_come_side_by_side_on_postgres() {
    side_by_side(World::postgres().await).await;
}
