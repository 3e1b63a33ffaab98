//! Observations and their versions.

use domain::access::Scope;
use domain::assessment::Seen;
use domain::directory::Circle;
use domain::id::{AlertId, ObservationId, PersonId, SchoolId, StudentId};
use domain::observation::Filing;
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::alert::known_to;
use crate::row::{Values, at, get, instant, json, to_json};
use crate::{Read, StorageError, Tx};

/// An observation to be stored.
#[derive(Debug, Clone)]
pub struct NewObservation<'a> {
    /// Its id.
    pub id: ObservationId,
    /// The number that people read out.
    pub reference: &'a str,
    /// Who filed it.
    pub filed_by: PersonId,
    /// At which school.
    pub school: SchoolId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What was filed.
    pub filing: &'a Filing,
}

/// A stored observation, its latest version.
#[derive(Debug, Clone)]
pub struct ObservationRecord {
    /// Its id.
    pub id: ObservationId,
    /// The number that people read out.
    pub reference: String,
    /// Who filed it.
    pub filed_by: PersonId,
    /// At which school.
    pub school: SchoolId,
    /// When it arrived.
    pub received_at: Timestamp,
    /// Its version.
    pub version: u32,
    /// What it says.
    pub filing: Filing,
}

/// An observation among those of a student.
#[derive(Debug, Clone)]
pub struct ReportRecord {
    /// The observation.
    pub observation: ObservationRecord,
    /// The name of who filed it.
    pub by_name: String,
    /// It joined the alert; otherwise a reason of the alert rests on it.
    pub joined: bool,
}

impl Tx {
    /// Stores an observation and its first version.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_observation(&mut self, o: &NewObservation<'_>) -> Result<(), StorageError> {
        let sql =
            "INSERT INTO observation (id, reference, filed_by, school_id, received_at) VALUES ($1, $2, $3, $4, $5)";
        let values = vec![
            o.id.uuid().into(),
            o.reference.into(),
            o.filed_by.uuid().into(),
            o.school.uuid().into(),
            at(o.received_at),
        ];
        self.run(sql, values).await?;
        let sql = "INSERT INTO observation_version (observation_id, version, body, recorded_at, recorded_by) \
                   VALUES ($1, 1, $2, $3, $4)";
        let values = vec![o.id.uuid().into(), to_json(o.filing)?.into(), at(o.received_at), o.filed_by.uuid().into()];
        self.run(sql, values).await?;
        if !o.filing.excluded.is_empty() {
            let mut v = Values::default();
            let rows: Vec<String> =
                o.filing.excluded.iter().map(|p| v.row([o.id.uuid().into(), p.uuid().into()])).collect();
            let sql =
                format!("INSERT INTO observation_exclusion (observation_id, person_id) VALUES {}", rows.join(", "));
            self.run(&sql, v.into_vec()).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// An observation, for the one who filed it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn own_observation(
        &self,
        filer: PersonId,
        id: ObservationId,
    ) -> Result<Option<ObservationRecord>, StorageError> {
        let sql = "SELECT o.*, v.version, v.body FROM observation o JOIN observation_version v ON v.observation_id = o.id \
                   WHERE o.id = $1 AND o.filed_by = $2 ORDER BY v.version DESC LIMIT 1";
        let row = self.one(sql, vec![id.uuid().into(), filer.uuid().into()]).await?;
        row.as_ref().map(observation).transpose()
    }

    /// The observations that somebody filed, newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn own_observations(&self, filer: PersonId, limit: u32) -> Result<Vec<ObservationRecord>, StorageError> {
        let sql = "SELECT o.*, v.version, v.body FROM observation o JOIN observation_version v ON v.observation_id = o.id \
                   WHERE o.filed_by = $1 AND v.version = (SELECT MAX(version) FROM observation_version x \
                   WHERE x.observation_id = o.id) ORDER BY o.received_at DESC, o.id DESC LIMIT $2";
        self.all(sql, vec![filer.uuid().into(), i64::from(limit).into()]).await?.iter().map(observation).collect()
    }

    /// What was reported of a student, newest first: what joined the alert, and what its reasons rest on besides. What
    /// the reader is excluded from, and what the audience does not admit, is not there.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn reports(
        &self,
        scope: &Scope,
        student: StudentId,
        alert: AlertId,
        evidence: &[ObservationId],
        limit: u32,
    ) -> Result<Vec<ReportRecord>, StorageError> {
        let mut v = Values::default();
        let student = v.push(student.uuid());
        let audible = crate::growth::audible(scope, &mut v);
        let mark = v.push(format!("%{alert}%"));
        let also = v.list(evidence.iter().map(|id| id.uuid()));
        let limit = v.push(i64::from(limit));
        let joined = format!(
            "EXISTS (SELECT 1 FROM event j WHERE j.subject = o.id AND j.kind = 'joined_alert' AND j.body LIKE {mark})"
        );
        let sql = format!(
            "SELECT o.*, v.version, v.body, p.name AS by_name, CAST(CASE WHEN {joined} THEN 1 ELSE 0 END AS BIGINT) AS joined \
             FROM growth_entry e JOIN observation o ON o.id = e.observation_id JOIN person p ON p.id = o.filed_by \
             JOIN observation_version v ON v.observation_id = o.id AND v.version = (SELECT MAX(version) FROM \
             observation_version x WHERE x.observation_id = o.id) WHERE e.student_id = {student} \
             AND e.kind = 'observation' AND {audible} AND ({joined} OR o.id IN ({also})) \
             ORDER BY o.received_at DESC, o.id DESC LIMIT {limit}"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                let joined = get::<i64>(r, "joined")? == 1;
                Ok(ReportRecord { observation: observation(r)?, by_name: get(r, "by_name")?, joined })
            })
            .collect()
    }

    /// What rules look at: observations in which a student is the subject, since a time. Those of which not everybody in the
    /// circle may hear are not among them: a level or a reason would betray that they exist.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn history(
        &self,
        student: StudentId,
        since: Timestamp,
        circle: &Circle,
        limit: u32,
    ) -> Result<Vec<Seen>, StorageError> {
        let mut v = Values::default();
        // What turned out to be a false alarm is never counted against the child.
        let mut counts = String::new();
        for alarm in self.false_alarms_of(student).await? {
            let mark = v.push(format!("%{alarm}%"));
            counts.push_str(&format!(
                " AND NOT EXISTS (SELECT 1 FROM event j WHERE j.subject = e.observation_id AND j.kind = 'joined_alert' \
                 AND j.body LIKE {mark})"
            ));
        }
        let (student, since) = (v.push(student.uuid()), v.push(domain::time::to_micros(since)));
        let left_out = "SELECT 1 FROM observation_exclusion x WHERE x.observation_id = e.observation_id";
        let (known, limit) = (known_to(circle, &mut v, "e", left_out), v.push(i64::from(limit)));
        let sql = format!(
            "SELECT e.observation_id, e.at, e.by_person, e.signs FROM growth_entry e WHERE e.student_id = {student} \
             AND e.at >= {since} AND e.kind = 'observation' AND e.part = 'subject' AND {known}{counts} \
             ORDER BY e.at DESC LIMIT {limit}"
        );
        let rows = self.all(&sql, v.into_vec()).await?;
        rows.iter()
            .map(|r| {
                let signs: String = get(r, "signs")?;
                Ok(Seen {
                    id: ObservationId::new(get(r, "observation_id")?),
                    observed_at: instant(r, "at")?,
                    observer: PersonId::new(get::<Uuid>(r, "by_person")?),
                    signs: signs.split_whitespace().map(str::to_owned).collect(),
                })
            })
            .collect()
    }
}

fn observation(r: &QueryResult) -> Result<ObservationRecord, StorageError> {
    Ok(ObservationRecord {
        id: ObservationId::new(get(r, "id")?),
        reference: get(r, "reference")?,
        filed_by: PersonId::new(get(r, "filed_by")?),
        school: SchoolId::new(get(r, "school_id")?),
        received_at: instant(r, "received_at")?,
        version: crate::row::number(r, "version")?,
        filing: json(r, "body")?,
    })
}
