//! Questions about all alerts and all messages. Each is answered from an index that holds little else than the answer,
//! so that asking every half minute costs nothing, however much there is.

use domain::id::AlertId;
use domain::time::Timestamp;

use crate::row::{at, get};
use crate::{Read, StorageError};

/// A question whose answer is a list of alerts; an empty one is good news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Whose time came before an instant.
    Overdue,
    /// Which have no time at which they move by themselves. A `CHECK` forbids it; it is asked all the same.
    Timeless,
    /// Which are open, and nobody was told of their present rung.
    Untold,
    /// Which have lost the policy that they run under.
    PolicyMissing,
    /// Which a growth file knows of since an instant, and are not there.
    AlertMissing,
    /// Which have a red message that nobody took, due before an instant.
    Waiting,
    /// Which have a message whose lease ran out before an instant.
    LeaseExpired,
    /// Which are open and red, and every message of the present rung failed, the last one before an instant.
    AllFailed,
    /// Which are red and taken, open again before an instant, and nobody is known to be with the child.
    Unhanded,
}

impl Question {
    /// Every question.
    pub const ALL: [Self; 9] = [
        Self::Overdue,
        Self::Timeless,
        Self::Untold,
        Self::PolicyMissing,
        Self::AlertMissing,
        Self::Waiting,
        Self::LeaseExpired,
        Self::AllFailed,
        Self::Unhanded,
    ];

    /// The most alerts in an answer.
    pub const MOST: usize = 100;

    /// Its words. `$1` is the instant, where there is one.
    #[must_use]
    pub fn sql(self) -> &'static str {
        match self {
            Self::Overdue => {
                "SELECT id AS alert_id FROM alert WHERE due_at IS NOT NULL AND due_at < $1 ORDER BY due_at LIMIT 100"
            }
            Self::Timeless => {
                "SELECT id AS alert_id FROM alert WHERE climb_state <> 'closed' \
                 AND (due_at IS NULL OR deadline_at IS NULL OR closed_at IS NOT NULL) LIMIT 100"
            }
            Self::Untold => {
                "SELECT a.id AS alert_id FROM alert a WHERE a.closed_at IS NULL AND a.climb_state = 'open' AND NOT EXISTS ( \
                 SELECT 1 FROM outbox m WHERE m.alert_id = a.id AND m.epoch = a.epoch AND m.rung = a.rung \
                 AND m.kind = 'alarm') LIMIT 100"
            }
            Self::PolicyMissing => {
                "SELECT a.id AS alert_id FROM alert a WHERE a.closed_at IS NULL \
                 AND NOT EXISTS (SELECT 1 FROM policy p WHERE p.id = a.policy_id) LIMIT 100"
            }
            Self::AlertMissing => {
                "SELECT DISTINCT g.alert_id FROM growth_entry g WHERE g.alert_id IS NOT NULL AND g.at >= $1 \
                 AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = g.alert_id) LIMIT 100"
            }
            Self::Waiting => {
                "SELECT DISTINCT alert_id FROM outbox WHERE lane = 'red' AND state = 'pending' AND not_before < $1 LIMIT 100"
            }
            Self::LeaseExpired => {
                "SELECT DISTINCT alert_id FROM outbox WHERE lane IN ('red', 'normal') AND state = 'sending' \
                 AND lease_until < $1 LIMIT 100"
            }
            Self::AllFailed => {
                "SELECT a.id AS alert_id FROM alert a WHERE a.closed_at IS NULL AND a.climb_state = 'open' AND a.level = 4 \
                 AND EXISTS (SELECT 1 FROM outbox m WHERE m.alert_id = a.id AND m.epoch = a.epoch AND m.rung = a.rung \
                 AND m.kind = 'alarm' AND m.state <> 'cancelled') AND NOT EXISTS (SELECT 1 FROM outbox m WHERE m.alert_id = a.id \
                 AND m.epoch = a.epoch AND m.rung = a.rung AND m.kind = 'alarm' AND m.state <> 'cancelled' \
                 AND (m.state NOT IN ('failed', 'unknown') OR m.changed_at >= $1)) LIMIT 100"
            }
            Self::Unhanded => {
                "SELECT id AS alert_id FROM alert WHERE closed_at IS NULL AND climb_state = 'acked' AND level = 4 \
                 AND due_at < $1 AND NOT custody ORDER BY due_at LIMIT 100"
            }
        }
    }

    /// Whether it asks about an instant.
    #[must_use]
    pub fn asks_about_an_instant(self) -> bool {
        match self {
            Self::Overdue
            | Self::AlertMissing
            | Self::Waiting
            | Self::LeaseExpired
            | Self::AllFailed
            | Self::Unhanded => true,
            Self::Timeless | Self::Untold | Self::PolicyMissing => false,
        }
    }
}

impl Read<'_> {
    /// Asks.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(&self, question: Question, instant: Timestamp) -> Result<Vec<AlertId>, StorageError> {
        let values = if question.asks_about_an_instant() { vec![at(instant)] } else { Vec::new() };
        let rows = self.all(question.sql(), values).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "alert_id")?))).collect()
    }
}
