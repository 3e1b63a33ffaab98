//! Nothing that others do holds up a red.

use std::sync::Mutex;
use std::time::Duration;

use domain::notice::Lane;
use futures_util::future::{FutureExt, join_all};
use storage::Storage;
use tests::World;
use tests::database::{Scratch, sqlite};
use tests::world::shanghai;

/// Longer than anything here takes: what waits for ever is to fail, not to hang.
const PATIENCE: Duration = Duration::from_secs(30);

async fn red_turn(world: &World) {
    let turn = async {
        casework::escalate_overdue(&world.service.clockwork).await.unwrap();
        casework::consume_signals(&world.service.clockwork).await.unwrap();
        notifier::dispatch_once(&world.service.post, Lane::Red).await.unwrap();
    };
    tokio::time::timeout(PATIENCE, turn).await.expect("a red waits for connections of others");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_red_goes_out_and_climbs_while_all_other_connections_are_held_on_postgres() {
    let world = World::postgres().await;
    let _ = world.file("teacher", world.filing(world.town.student(0, 0, 0), 4)).await;
    let mut held = Vec::new();
    while let Ok(tx) = tokio::time::timeout(Duration::from_secs(1), world.service.desk.storage.begin()).await {
        held.push(tx.unwrap());
    }
    assert_eq!(held.len(), 8, "as many as the test's target allows");
    red_turn(&world).await;
    world.told_exactly(&["teacher", "grade", "counsellor", "vice", "principal"]);
    world.clock.set(shanghai("2026-11-23 10:10"));
    red_turn(&world).await;
    world.told_exactly(&["district"]);
}

#[tokio::test]
async fn whoever_works_beside_the_others_writes_next_on_sqlite() {
    let scratch = Scratch::new();
    let storage = Storage::open(&sqlite(&scratch)).await.unwrap();
    let beside = storage.beside(2).await.unwrap();
    let order = Mutex::new(Vec::new());
    let write = |storage: Storage, name: &'static str| {
        let order = &order;
        async move {
            let tx = storage.begin().await.unwrap();
            order.lock().unwrap().push(name);
            tx.commit().await.unwrap();
        }
    };
    let held = storage.begin().await.unwrap();
    let mut all: Vec<_> = (0..100).map(|_| write(storage.clone(), "normal").boxed_local()).collect();
    all.push(write(beside, "red").boxed_local());
    // Polled last, when everybody stands in the queue.
    all.push(async { drop(held) }.boxed_local());
    join_all(all).await;
    assert_eq!(order.lock().unwrap().iter().position(|name| *name == "red"), Some(0));
}
