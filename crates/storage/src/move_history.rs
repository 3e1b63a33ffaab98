//! Moves a demonstration's history in time, so that it ends today. Only a demonstration's: a real history stays where
//! it happened. A demonstration is always on SQLite, whose catalogue is asked here.

use chrono::{DateTime, TimeDelta};
use domain::time::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use crate::row::get;
use crate::{Read, StorageError, Tx};

/// Instants of the machine, not of the school; and turns of duty, which begin at midnight.
const STAY: &str = "'session', 'sign_in_delay', 'idempotency', 'heartbeat', 'delivery_attempt', 'provider_receipt', \
                    'seaql_migrations', 'duty', 'deputy'";
const MICROS_PER_DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// Farther than any history reaches: in between, no two turns of duty stand in the same place.
const ASIDE_MICROS: i64 = 10_000 * MICROS_PER_DAY;

impl Tx {
    /// Moves everything that happened by a span, forwards or back.
    ///
    /// # Errors
    /// When the database refuses, or holds an instant that cannot be read.
    pub async fn move_history(&mut self, by: TimeDelta) -> Result<(), StorageError> {
        let micros = by.num_microseconds().ok_or(StorageError::Corrupt("span"))?;
        // What is written is kept as it was written; a demonstration's alone is moved as a whole.
        let guards = self.unguarded().await?;
        let sql = format!(
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND p.type = 'BIGINT' AND m.name NOT IN ({STAY}) AND (p.name LIKE '%!_at' ESCAPE '!' \
             OR p.name IN ('at', 'last_seen', 'not_before', 'valid_from', 'valid_to'))"
        );
        for row in self.read()?.all(&sql, Vec::new()).await? {
            let (table, column): (String, String) = (get(&row, "t")?, get(&row, "c")?);
            // A CHECK looks at two columns of a position at once.
            if table != "position" {
                self.run(&format!("UPDATE {table} SET {column} = {column} + $1"), vec![micros.into()]).await?;
            }
        }
        let sql = "UPDATE position SET valid_from = valid_from + $1, valid_to = valid_to + $1";
        self.run(sql, vec![micros.into()]).await?;
        self.move_duty(by).await?;
        self.move_within("observation_version", "observation_id", "body", by).await?;
        self.move_within("growth_entry", "id", "body", by).await?;
        self.move_within("alert", "id", "reached", by).await?;
        for guard in guards {
            self.run(&guard, Vec::new()).await?;
        }
        Ok(())
    }

    /// Takes the triggers away that keep history as it is; gives the statements that bring them back.
    async fn unguarded(&mut self) -> Result<Vec<String>, StorageError> {
        let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'";
        let mut guards = Vec::new();
        for row in self.read()?.all(sql, Vec::new()).await? {
            let name: String = get(&row, "name")?;
            self.run(&format!("DROP TRIGGER {name}"), Vec::new()).await?;
            guards.push(get(&row, "sql")?);
        }
        Ok(guards)
    }

    /// By whole days.
    async fn move_duty(&mut self, by: TimeDelta) -> Result<(), StorageError> {
        let whole = by.num_days().saturating_mul(MICROS_PER_DAY);
        let sql = "UPDATE duty SET from_at = from_at + $1, to_at = to_at + $1";
        self.run(sql, vec![ASIDE_MICROS.into()]).await?;
        self.run(sql, vec![(whole - ASIDE_MICROS).into()]).await.map(|_| ())
    }

    /// The instants inside of structured values.
    async fn move_within(&mut self, table: &str, id: &str, column: &str, by: TimeDelta) -> Result<(), StorageError> {
        let sql = format!(
            "SELECT {id} AS id, {column} AS body FROM {table} WHERE {column} LIKE '%Z\"%' OR {column} LIKE '%+00:00\"%'"
        );
        for row in self.read()?.all(&sql, Vec::new()).await? {
            let (key, text): (Uuid, String) = (get(&row, "id")?, get(&row, "body")?);
            let mut body: Value = serde_json::from_str(&text).map_err(|_| StorageError::Corrupt("body"))?;
            moved(&mut body, by);
            let sql = format!("UPDATE {table} SET {column} = $2 WHERE {id} = $1");
            self.run(&sql, vec![key.into(), body.to_string().into()]).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// When something last happened, by a person or by the clock.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_of_history(&self) -> Result<Option<Timestamp>, StorageError> {
        let sql = "SELECT MAX(at) AS at FROM (SELECT MAX(at) AS at FROM audit UNION ALL SELECT MAX(at) FROM event \
                   UNION ALL SELECT MAX(last_seen) FROM alert) AS ends";
        let row = self.one(sql, Vec::new()).await?;
        row.map_or(Ok(None), |r| crate::row::maybe_instant(&r, "at"))
    }
}

/// Moves `observed_at`, `since` and `at`, wherever they stand.
fn moved(value: &mut Value, by: TimeDelta) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|v| moved(v, by)),
        Value::Object(fields) => {
            for (name, field) in fields {
                let instant = ["observed_at", "since", "at"].contains(&name.as_str());
                match field.as_str().filter(|_| instant).and_then(|t| DateTime::parse_from_rfc3339(t).ok()) {
                    Some(at) => *field = serde_json::json!(later(at.to_utc(), by)),
                    None => moved(field, by),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn later(at: Timestamp, by: TimeDelta) -> Timestamp {
    at.checked_add_signed(by).unwrap_or(at)
}
