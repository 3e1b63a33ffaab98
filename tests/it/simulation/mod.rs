//! The whole engine under one die: people file and answer, the clock leaps and goes back, providers lie, lose and dawdle,
//! the database refuses, the program dies in the middle of anything and is started again. Intake, rules, climb, outbox,
//! leases, providers, receipts and answers are the real ones; time, ids, chance, providers and mishaps are not.
//!
//! A seed is a whole life: the same seed is the same life. One that fails prints its seed and its last steps; with
//! `XINDENG_SIMULATION_SEED` in the environment `one_seed` runs that life alone.

mod acts;
mod chaos;
mod dice;
mod ground;
mod life;
mod truth;
mod wires;

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use ground::Ground;
use life::Life;

/// Lives a seed's life to its end; gives what happened.
async fn live(ground: &Ground, seed: u64) -> Vec<String> {
    let mut life = Life::begin(ground, seed).await;
    let lived = AssertUnwindSafe(async {
        life.pass().await;
        life.come_to_rest().await;
    });
    let ended = lived.catch_unwind().await;
    let told = std::mem::take(&mut life.told);
    if let Err(why) = ended {
        let last = told.len().saturating_sub(40);
        println!("seed {seed} fails; its last steps:\n{}", told[last..].join("\n"));
        println!("XINDENG_SIMULATION_SEED={seed} cargo nextest run --workspace -E 'test(simulation::one_seed)'");
        std::panic::resume_unwind(why);
    }
    drop(life);
    ground.sweep(seed);
    told
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, work)
}

fn seeds(seeds: std::ops::Range<u64>) {
    run(async {
        let ground = Ground::build().await;
        let (mut steps, count) = (0, seeds.end - seeds.start);
        for seed in seeds {
            steps += live(&ground, seed).await.len();
        }
        println!("{count} lives, {steps} things happened");
    });
}

#[test]
fn the_first_hundred_seeds_lose_nothing() {
    seeds(0..100);
}

#[test]
fn the_second_hundred_seeds_lose_nothing() {
    seeds(100..200);
}

#[test]
#[ignore = "long"]
fn five_thousand_seeds_lose_nothing() {
    seeds(200..5_100);
}

#[test]
#[ignore = "long"]
fn another_five_thousand_seeds_lose_nothing() {
    seeds(5_100..10_000);
}

#[test]
fn a_seed_is_the_same_life_each_time() {
    run(async {
        let ground = Ground::build().await;
        for seed in [3, 77, 1_234] {
            let (first, second) = (live(&ground, seed).await, live(&ground, seed).await);
            assert_eq!(first, second, "seed {seed}");
        }
    });
}

#[test]
fn one_seed() {
    #[allow(clippy::disallowed_methods, reason = "whoever looks at a failure says which")]
    let seed = std::env::var("XINDENG_SIMULATION_SEED").ok().map_or(0, |seed| seed.parse().unwrap());
    run(async {
        let ground = Ground::build().await;
        println!("{}", live(&ground, seed).await.join("\n"));
    });
}
