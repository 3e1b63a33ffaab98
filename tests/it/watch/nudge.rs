//! Nudging twice is nudging once.

use domain::canary;
use domain::id::AlertId;
use tests::{World, on_both};

use super::{OURS, SCHOOL, behind_its_back, red, runs};

async fn nudge(world: &World) {
    let desk = &world.service.desk;
    let all = desk.storage.read().standing().await.unwrap();
    let ours: Vec<AlertId> = all.iter().filter(|s| s.place.school != canary::SCHOOL).map(|s| s.alert).collect();
    assert_eq!(ours.len(), 1);
    let mut tx = desk.storage.begin().await.unwrap();
    tx.signal_nudge(desk.ids.uuid(), ours[0], desk.now()).await.unwrap();
    tx.commit().await.unwrap();
    runs(world, 5).await;
}

on_both!(a_nudge_tells_nobody_who_was_told, |world| {
    let _watched = red(&world).await;
    for _ in 0..3 {
        nudge(&world).await;
        world.told_exactly(&[]);
    }
});

on_both!(nudging_twice_tells_nobody_twice, |world| {
    let _watched = red(&world).await;
    behind_its_back(&world, &format!("DELETE FROM outbox WHERE {OURS}")).await;
    nudge(&world).await;
    world.told_exactly(&SCHOOL);
    nudge(&world).await;
    world.told_exactly(&[]);
    // The clock of the climb was not touched: the next rung hears when it would have heard.
    world.at("2026-11-23 10:09").await;
    world.told_exactly(&[]);
    world.at("2026-11-23 10:11").await;
    world.told_exactly(&["district"]);
});

on_both!(two_nudges_that_wait_are_one, |world| {
    let watched = red(&world).await;
    behind_its_back(&world, &format!("DELETE FROM outbox WHERE {OURS}")).await;
    let _ = (watched.pass().await, watched.pass().await);
    let waiting = world.service.desk.storage.read().waiting_signals(10).await.unwrap();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    runs(&world, 5).await;
    world.told_exactly(&SCHOOL);
    assert_eq!(watched.pages().len(), 2);
});

on_both!(a_nudge_that_cannot_be_followed_does_not_stand_in_the_way, |world| {
    let _watched = red(&world).await;
    behind_its_back(&world, &format!("UPDATE alert SET reached = 'nonsense' WHERE {OURS}")).await;
    nudge(&world).await;
    let waiting = world.service.desk.storage.read().waiting_signals(10).await.unwrap();
    assert!(waiting.is_empty(), "{waiting:?}");
});
