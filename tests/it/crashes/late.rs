//! A worker that sleeps past its lease between taking a message and sending it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use domain::notice::Lane;
use domain::time::ManualClock;
use notifier::{Post, dispatch_once};
use storage::{Deed, Mishaps, Moment};
use tests::on_both;

/// Half a minute and more passes between the claim's commit and everything that follows it, once.
struct Sleep(Arc<ManualClock>, AtomicBool);

impl Mishaps for Sleep {
    fn befalls(&self, moment: Moment) -> Option<String> {
        if moment == Moment::Kept(Deed::Claim) && !self.1.swap(true, Ordering::SeqCst) {
            self.0.advance(TimeDelta::seconds(31));
        }
        None
    }
}

on_both!(whoever_slept_past_the_lease_leaves_the_message_to_others, |world| {
    let sleep = Arc::new(Sleep(world.clock.clone(), AtomicBool::new(false)));
    let sleepy = Post { red: world.service.post.red.among(sleep), ..world.service.post.clone() };
    let student = world.town.student(0, 0, 0);
    world.file("subject", world.filing(student, 4)).await;

    assert!(dispatch_once(&sleepy, Lane::Red).await.unwrap() > 0);
    assert_eq!(world.letters(), [], "others may have told it by now");

    world.settle().await;
    let mut copies: BTreeMap<String, usize> = BTreeMap::new();
    for letter in world.letters() {
        *copies.entry(letter.to.clone()).or_default() += 1;
    }
    assert_eq!(copies.len(), 10, "five offices, by mail and SMS");
    assert!(copies.values().all(|n| *n == 1), "and each is told once: {copies:?}");
});
