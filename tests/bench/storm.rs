//! Very much at once: a red among a thousand yellows, and three hundred reds in a burst.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::delivery::{Channel as Carries, Outcome};
use notifier::{Channel, Letter, Workers};
use tests::{World, crowd};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::Figure;

/// What a provider takes for a message.
const EACH: Duration = Duration::from_millis(50);
const REDS: usize = 300;
/// Who hears of a red at first, by mail and by SMS.
const MESSAGES: usize = 10;

struct Slow {
    carries: Carries,
    urgent: mpsc::UnboundedSender<Instant>,
}

#[async_trait]
impl Channel for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn carries(&self) -> Carries {
        self.carries
    }

    async fn send(&self, letter: &Letter) -> Outcome {
        if letter.urgent {
            let _ = self.urgent.send(Instant::now());
        }
        tokio::time::sleep(EACH).await;
        Outcome::Accepted { provider_id: None }
    }
}

async fn of(mut world: World, on: &str) -> Vec<Figure> {
    crowd::thousand_yellows(&world).await;
    let students = crowd::students(&world, REDS + 10).await;
    let (urgent, mut sent) = mpsc::unbounded_channel();
    let slow = |carries| -> Arc<dyn Channel> { Arc::new(Slow { carries, urgent: urgent.clone() }) };
    world.service.post.channels = vec![slow(Carries::Mail), slow(Carries::Sms)];
    let nurse = world.client("nurse").await;
    let (stop, post) = (CancellationToken::new(), world.service.post.clone());
    let token = stop.clone();
    let workers = tokio::spawn(async move { notifier::run(&post, Workers::default(), token).await });
    let mut worst = 0.0_f64;
    for student in &students[REDS..] {
        let began = Instant::now();
        let _ = nurse.post("/api/v1/observations", world.filing(*student, 4)).await.expect(201);
        worst = worst.max((sent.recv().await.unwrap() - began).as_secs_f64() * 1_000.0);
        for _ in 1..MESSAGES {
            let _ = sent.recv().await.unwrap();
        }
    }
    let began = Instant::now();
    for student in &students[..REDS] {
        let _ = nurse.post("/api/v1/observations", world.filing(*student, 4)).await.expect(201);
    }
    for _ in 0..REDS * MESSAGES {
        let _ = sent.recv().await.unwrap();
    }
    let all = began.elapsed().as_secs_f64();
    stop.cancel();
    workers.await.unwrap();
    vec![
        Figure::new(
            format!("a red while 1,000 yellows wait, request to first attempt, worst of 10, {on}"),
            format!("{worst:.0} ms"),
            "≤ 2 s",
            Some(worst <= 2_000.0),
        ),
        Figure::new(
            format!("300 reds in a burst: all 3,000 messages out, {on}"),
            format!("{all:.1} s"),
            "≤ 60 s",
            Some(all <= 60.0),
        ),
    ]
}

pub(crate) async fn figures() -> Vec<Figure> {
    let mut figures = of(World::sqlite().await, "SQLite").await;
    figures.extend(of(World::postgres().await, "PostgreSQL").await);
    figures
}
