//! What a reporter hears. That nobody has looked at his report is told only while nobody has.

use sea_orm::QueryResult;
use uuid::Uuid;

use super::Claimed;
use super::address::ADDRESS;
use super::work::claimed;
use crate::row::{Values, get};
use crate::unread_report::{LOOKED_AT, RISEN};
use crate::{StorageError, Tx};

impl Tx {
    /// Those that are about reports.
    pub(super) async fn claimed_of_reporters(&self, ids: &[Uuid]) -> Result<Vec<Claimed>, StorageError> {
        let mut v = Values::default();
        let list = v.list(ids.iter().copied());
        let sql = format!(
            "SELECT m.*, s.name AS school_name, s.duty_phone, 'open' AS climb_state, m.epoch AS alert_epoch, \
             CAST(CASE WHEN EXISTS (SELECT 1 FROM unread_report u WHERE u.observation_id = o.id \
             AND u.told_at IS NOT NULL AND NOT {LOOKED_AT}) THEN 1 ELSE 0 END AS BIGINT) AS hears, \
             CAST(CASE WHEN EXISTS (SELECT 1 FROM unread_report u WHERE u.observation_id = o.id \
             AND u.told_at IS NOT NULL AND NOT {LOOKED_AT} AND NOT {RISEN}) THEN 0 ELSE 1 END AS BIGINT) AS risen, {ADDRESS} \
             FROM outbox m JOIN school s ON s.id = m.school_id JOIN observation o ON o.id = m.alert_id \
             WHERE m.id IN ({list}) AND m.kind = 'report_unread' ORDER BY m.priority, m.not_before, m.id"
        );
        self.read()?.all(&sql, v.into_vec()).await?.iter().map(of_reporter).collect()
    }
}

fn of_reporter(r: &QueryResult) -> Result<Claimed, StorageError> {
    Ok(Claimed { risen: get::<i64>(r, "risen")? == 1, ..claimed(r)? })
}
