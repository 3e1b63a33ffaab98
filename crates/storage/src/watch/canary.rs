//! What the canary leaves behind, and how it is swept away.

use domain::canary::{PERSON, STUDENT};
use domain::delivery::MessageState;
use domain::id::AlertId;
use domain::time::Timestamp;

use crate::row::{at, get, word};
use crate::{Read, StorageError, Tx};

/// A message of the canary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanaryMessage {
    /// Where it stands.
    pub state: MessageState,
    /// Who took it, and under which id.
    pub receipt: Option<(String, String)>,
}

const ALERTS: &str = "SELECT id FROM alert WHERE student_id = $1";
const OBSERVATIONS: &str = "SELECT id FROM observation WHERE filed_by = $1 AND received_at < $2";

impl Tx {
    /// Forgets what the canary did before an instant. Nothing of it is about anybody.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn prune_canary(&mut self, before: Timestamp) -> Result<u64, StorageError> {
        let messages = format!("SELECT id FROM outbox WHERE alert_id IN ({ALERTS}) AND created_at < $2");
        let of_student = [
            format!("DELETE FROM delivery_attempt WHERE outbox_id IN ({messages})"),
            format!("DELETE FROM outbox WHERE alert_id IN ({ALERTS}) AND created_at < $2"),
            format!("DELETE FROM event WHERE subject IN ({ALERTS}) AND at < $2"),
            format!("DELETE FROM alert_reason WHERE alert_id IN ({ALERTS}) AND at < $2"),
            format!("DELETE FROM custody WHERE alert_id IN ({ALERTS}) AND recorded_at < $2"),
            "DELETE FROM growth_entry WHERE student_id = $1 AND at < $2".to_owned(),
            "DELETE FROM audit WHERE student_id = $1 AND at < $2".to_owned(),
        ];
        let of_person = [
            format!("DELETE FROM observation_version WHERE observation_id IN ({OBSERVATIONS})"),
            format!("DELETE FROM event WHERE subject IN ({OBSERVATIONS})"),
            "DELETE FROM observation WHERE filed_by = $1 AND received_at < $2".to_owned(),
        ];
        let mut gone = 0;
        for (all, id) in [(&of_student[..], STUDENT.uuid()), (&of_person[..], PERSON.uuid())] {
            for sql in all {
                gone += self.run(sql, vec![id.into(), at(before)]).await?;
            }
        }
        let sql = "DELETE FROM provider_receipt WHERE provider = 'null' AND at < $1";
        gone += self.run(sql, vec![at(before)]).await?;
        Ok(gone)
    }
}

impl Read<'_> {
    /// The alarms of one turn of the canary's alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn canary_messages(&self, alert: AlertId, epoch: u32) -> Result<Vec<CanaryMessage>, StorageError> {
        let sql =
            "SELECT state, provider, provider_id FROM outbox WHERE alert_id = $1 AND epoch = $2 AND kind = 'alarm'";
        let rows = self.all(sql, vec![alert.uuid().into(), i64::from(epoch).into()]).await?;
        rows.iter()
            .map(|r| {
                let (provider, id): (Option<String>, Option<String>) = (get(r, "provider")?, get(r, "provider_id")?);
                Ok(CanaryMessage { state: word(r, "state", MessageState::from_key)?, receipt: provider.zip(id) })
            })
            .collect()
    }
}
