//! Nights and days at a school, written as logs. At every line exactly those hear who stand there, by the channels that
//! stand there; between two lines nobody hears anything, however long that is. `line` says how a log is written.
//!
//! `cargo nextest list -p tests -E 'test(/^scenarios::/) & !test(on_postgres)'` lists them, each once.

mod calls;
mod days;
mod deeds;
mod failing;
mod hands;
mod hours;
mod levels;
mod line;
mod night;
mod outages;
mod people;

/// A log, lived through on both databases; `log! { once … }` on one, where only the clocks decide.
macro_rules! log {
    (once $name:ident, $log:expr) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            use $crate::scenarios::night::Night;
            Night::of(tests::World::sqlite_from(&Night::start($log)).await).log($log).await;
        }
    };
    ($name:ident, $log:expr) => {
        mod $name {
            use $crate::scenarios::night::Night;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                Night::of(tests::World::sqlite_from(&Night::start($log)).await).log($log).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                Night::of(tests::World::postgres_from(&Night::start($log)).await).log($log).await;
            }
        }
    };
}
use log;
