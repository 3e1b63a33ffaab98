//! Watches over a child, and their shifts.

use domain::id::{AlertId, PersonId, SchoolId, WatchId};
use domain::time::Timestamp;
use domain::watch::{Ending, Shift, WatchEnd};
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{at, get, instant, maybe_instant, number};
use crate::{Read, StorageError, Tx};

/// A shift, as it was recorded.
#[derive(Debug, Clone)]
pub struct ShiftRecord {
    /// Who, since and until when, where.
    pub shift: Shift,
    /// Who handed the child over.
    pub handed_over_by: Option<String>,
    /// Who recorded it.
    pub by: (PersonId, String),
    /// When.
    pub at: Timestamp,
}

/// A watch.
#[derive(Debug, Clone)]
pub struct WatchRecord {
    /// Its id.
    pub id: WatchId,
    /// Beside which alert.
    pub alert: AlertId,
    /// Since when.
    pub begun_at: Timestamp,
    /// When the next alarm goes out.
    pub alarm_at: Option<Timestamp>,
    /// How many have gone out since somebody was last there.
    pub alarms: u32,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How.
    pub ended_how: Option<WatchEnd>,
    /// The shifts, oldest first.
    pub shifts: Vec<ShiftRecord>,
}

impl WatchRecord {
    /// The shift that runs, or ran last.
    #[must_use]
    pub fn last(&self) -> Option<&ShiftRecord> {
        self.shifts.last()
    }
}

impl Tx {
    /// Begins a watch.
    ///
    /// # Errors
    /// [`StorageError::Exists`] when one runs.
    pub async fn begin_watch(&mut self, id: WatchId, alert: AlertId, since: Timestamp) -> Result<(), StorageError> {
        let sql = "INSERT INTO watch (id, alert_id, begun_at, alarm_at, alarms) VALUES ($1, $2, $3, $3, 0)";
        self.run(sql, vec![id.uuid().into(), alert.uuid().into(), at(since)]).await.map(|_| ())
    }

    /// Adds a shift: the alarm goes out when it has run out.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_shift(&mut self, watch: WatchId, r: &ShiftRecord) -> Result<(), StorageError> {
        let sql = "INSERT INTO watch_shift (watch_id, seq, adult, person_id, since_at, until_at, place, handed_over_by, \
                   recorded_by, recorded_at) VALUES ($1, (SELECT COALESCE(MAX(seq), 0) + 1 FROM watch_shift \
                   WHERE watch_id = $1), $2, $3, $4, $5, $6, $7, $8, $9)";
        let s = &r.shift;
        let values = vec![
            watch.uuid().into(),
            s.adult.clone().into(),
            s.person.map(PersonId::uuid).into(),
            at(s.since),
            at(s.until),
            s.place.clone().into(),
            r.handed_over_by.clone().into(),
            r.by.0.uuid().into(),
            at(r.at),
        ];
        self.run(sql, values).await?;
        self.set_alarm(watch, s.until, 0).await
    }

    /// Says when the next alarm goes out, and how many have.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_alarm(&mut self, watch: WatchId, next: Timestamp, alarms: u32) -> Result<(), StorageError> {
        let sql = "UPDATE watch SET alarm_at = $2, alarms = $3 WHERE id = $1 AND ended_at IS NULL";
        self.run(sql, vec![watch.uuid().into(), at(next), i64::from(alarms).into()]).await.map(|_| ())
    }

    /// Ends a watch.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn end_watch(
        &mut self,
        watch: WatchId,
        ending: &Ending,
        by: PersonId,
        now: Timestamp,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE watch SET alarm_at = NULL, ended_at = $2, ended_how = $3, ended_by = $4, handed_to = $5, \
                   reason = $6 WHERE id = $1 AND ended_at IS NULL";
        let values = vec![
            watch.uuid().into(),
            at(now),
            ending.how.key().into(),
            by.uuid().into(),
            ending.to.clone().into(),
            ending.reason.clone().into(),
        ];
        self.run(sql, values).await.map(|_| ())
    }
}

impl Read<'_> {
    /// The watch that runs beside an alert, for the service itself.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open_watch(&self, alert: AlertId) -> Result<Option<WatchRecord>, StorageError> {
        let sql = "SELECT * FROM watch WHERE alert_id = $1 AND ended_at IS NULL";
        match self.one(sql, vec![alert.uuid().into()]).await? {
            Some(row) => Ok(Some(self.with_shifts(&row).await?)),
            None => Ok(None),
        }
    }

    /// The watches beside an alert, the latest first. Whoever asks has found the alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn watches(&self, alert: AlertId) -> Result<Vec<WatchRecord>, StorageError> {
        let sql = "SELECT * FROM watch WHERE alert_id = $1 ORDER BY begun_at DESC, id DESC LIMIT 50";
        let mut out = Vec::new();
        for row in self.all(sql, vec![alert.uuid().into()]).await? {
            out.push(self.with_shifts(&row).await?);
        }
        Ok(out)
    }

    /// The alerts whose watch nobody keeps any more. Looks at the index of what is due.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lapsed_watches(&self, now: Timestamp, limit: u32) -> Result<Vec<AlertId>, StorageError> {
        let sql = "SELECT alert_id FROM watch WHERE alarm_at IS NOT NULL AND alarm_at <= $1 ORDER BY alarm_at LIMIT $2";
        let rows = self.all(sql, vec![at(now), i64::from(limit).into()]).await?;
        rows.iter().map(|r| Ok(AlertId::new(get(r, "alert_id")?))).collect()
    }

    /// Whether a text names a pupil of a school: his name alone, or a name of three characters or more inside it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn names_a_pupil(&self, school: SchoolId, text: &str) -> Result<bool, StorageError> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let sql = "SELECT 1 AS one FROM student s WHERE s.school_id = $1 AND s.left_at IS NULL AND (s.name = $2 \
                   OR s.name_key = $2 OR s.name || '同学' = $2 OR (LENGTH(s.name) >= 3 AND $2 LIKE '%' || s.name || '%')) \
                   LIMIT 1";
        Ok(self.one(sql, vec![school.uuid().into(), bare.into()]).await?.is_some())
    }

    async fn with_shifts(&self, r: &QueryResult) -> Result<WatchRecord, StorageError> {
        let id = WatchId::new(get(r, "id")?);
        let sql = "SELECT w.*, p.name AS by_name FROM watch_shift w JOIN person p ON p.id = w.recorded_by \
                   WHERE w.watch_id = $1 ORDER BY w.seq LIMIT 500";
        let shifts = self.all(sql, vec![id.uuid().into()]).await?;
        let how: Option<String> = get(r, "ended_how")?;
        Ok(WatchRecord {
            id,
            alert: AlertId::new(get(r, "alert_id")?),
            begun_at: instant(r, "begun_at")?,
            alarm_at: maybe_instant(r, "alarm_at")?,
            alarms: number(r, "alarms")?,
            ended_at: maybe_instant(r, "ended_at")?,
            ended_how: how.map(|h| WatchEnd::from_key(&h).ok_or(StorageError::Corrupt("ended_how"))).transpose()?,
            shifts: shifts.iter().map(shift).collect::<Result<_, _>>()?,
        })
    }
}

fn shift(r: &QueryResult) -> Result<ShiftRecord, StorageError> {
    Ok(ShiftRecord {
        shift: Shift {
            adult: get(r, "adult")?,
            person: get::<Option<Uuid>>(r, "person_id")?.map(PersonId::new),
            since: instant(r, "since_at")?,
            until: instant(r, "until_at")?,
            place: get(r, "place")?,
        },
        handed_over_by: get(r, "handed_over_by")?,
        by: (PersonId::new(get(r, "recorded_by")?), get(r, "by_name")?),
        at: instant(r, "recorded_at")?,
    })
}
