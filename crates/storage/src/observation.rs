//! Observations and their versions.

use domain::assessment::Seen;
use domain::id::{ObservationId, PersonId, SchoolId, StudentId};
use domain::observation::Filing;
use domain::time::Timestamp;
use uuid::Uuid;

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
        row.map(|r| {
            Ok(ObservationRecord {
                id: ObservationId::new(get(&r, "id")?),
                reference: get(&r, "reference")?,
                filed_by: PersonId::new(get(&r, "filed_by")?),
                school: SchoolId::new(get(&r, "school_id")?),
                received_at: instant(&r, "received_at")?,
                version: crate::row::number(&r, "version")?,
                filing: json(&r, "body")?,
            })
        })
        .transpose()
    }

    /// What rules look at: observations in which a student is the subject, since a time. With `confidential` false,
    /// those of which not everybody may hear are not among them: a level or a reason would betray that they exist.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn history(
        &self,
        student: StudentId,
        since: Timestamp,
        confidential: bool,
        limit: u32,
    ) -> Result<Vec<Seen>, StorageError> {
        let sql = "SELECT e.observation_id, e.at, e.by_person, e.signs FROM growth_entry e WHERE e.student_id = $1 \
                   AND e.at >= $2 AND e.kind = 'observation' AND e.part = 'subject' AND ($3 OR (e.audience = 'everyone' \
                   AND NOT EXISTS (SELECT 1 FROM observation_exclusion x WHERE x.observation_id = e.observation_id))) \
                   ORDER BY e.at DESC LIMIT $4";
        let values = vec![student.uuid().into(), at(since), confidential.into(), i64::from(limit).into()];
        let rows = self.all(sql, values).await?;
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
