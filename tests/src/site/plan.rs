//! How a site may differ from the ordinary one.

use super::{Site, rig};
use crate::database::behind_url;
use sea_orm::ConnectionTrait;

/// How a site is set up.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The gateway for SMS.
    pub kannel: String,
    /// The most connections to the database.
    pub connections: u32,
    /// How patient its workers are.
    pub workers: &'static str,
    /// So many pupils are in a class.
    pub class: usize,
    /// How it is watched.
    pub watch: &'static str,
    /// Whether canaries are filed; one may use up the moment that a test waits for.
    pub canary: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            kannel: rig("XINDENG_TEST_KANNEL"),
            connections: 8,
            workers: "timeout_ms = 2000\nlease_ms = 4000\ntick_ms = 200",
            class: 40,
            watch: "",
            canary: true,
        }
    }
}

impl Plan {
    /// A site that is in a hurry, for crashes: leases of one second, one class for all, and no canary.
    #[must_use]
    pub fn hasty(kannel: &str) -> Self {
        let workers = "timeout_ms = 300\nlease_ms = 1000\ntick_ms = 100";
        Self { kannel: kannel.to_owned(), connections: 5, workers, class: 1_000, watch: "", canary: false }
    }
}

impl Site {
    /// The canary has set out in a time to come, and does not set out again.
    pub(super) async fn rest_canary(&self) {
        let db = behind_url(&self.database).await;
        db.execute_unprepared("INSERT INTO heartbeat (name, at) VALUES ('canary_begun', 9000000000000000)")
            .await
            .unwrap();
    }
}
