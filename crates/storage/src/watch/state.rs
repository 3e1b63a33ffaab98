//! The rest of what the auditor looks at: who stands where, how providers do, clocks and versions.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Place;
use domain::directory::Audience;
use domain::id::{AlertId, ClassId, DistrictId, GradeId, PersonId, PolicyId, SchoolId};
use domain::level::Level;
use domain::time::Timestamp;
use sea_orm::DbBackend;

use crate::row::{at, get, instant, maybe_instant, number, word};
use crate::{Read, StorageError, Tx};

const STANDING: &str = "SELECT id, class_id, grade_id, school_id, district_id, level, rung, audience, policy_id FROM alert \
                   WHERE closed_at IS NULL AND climb_state = 'open'";
const EXCLUSIONS: &str = "SELECT x.alert_id, x.person_id FROM alert a JOIN alert_exclusion x ON x.alert_id = a.id \
                   WHERE a.closed_at IS NULL AND a.climb_state = 'open'";
const PROVIDERS: &str = "WITH recent AS (SELECT t.provider, t.outcome, t.ended_at FROM delivery_attempt t \
                   JOIN outbox m ON m.id = t.outbox_id WHERE t.ended_at IS NOT NULL AND t.ended_at >= $1 \
                   AND t.provider IS NOT NULL AND m.lane <> 'drill'), \
                   good AS (SELECT provider, MAX(ended_at) AS at FROM recent WHERE outcome = 'accepted' GROUP BY provider) \
                   SELECT r.provider, g.at AS good_at, COUNT(*) AS failures, MAX(r.ended_at) AS bad_at \
                   FROM recent r LEFT JOIN good g ON g.provider = r.provider \
                   WHERE r.outcome IN ('retry', 'elsewhere', 'refused', 'ambiguous') \
                   AND (g.at IS NULL OR r.ended_at > g.at) GROUP BY r.provider, g.at ORDER BY r.provider";

/// What else is asked of whole tables, to see that none of them is read to its end.
pub const WHOLE_TABLES: [&str; 3] = [STANDING, EXCLUSIONS, PROVIDERS];

/// An open alert, as far as it matters who can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The alert.
    pub alert: AlertId,
    /// Whose offices it calls.
    pub place: Place,
    /// On which ladder.
    pub level: Level,
    /// On which rung.
    pub rung: u8,
    /// Who may hear.
    pub audience: Audience,
    /// Under which policy.
    pub policy: PolicyId,
}

/// How a provider did since its last success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderRecord {
    /// Its name.
    pub provider: String,
    /// When it last took a message, if it did lately.
    pub last_success: Option<Timestamp>,
    /// How often it failed since.
    pub failures: u64,
    /// When it last failed.
    pub last_failure: Timestamp,
}

impl Tx {
    /// Says which version of an engine works here.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn set_engine_version(&mut self, module: &str, version: u32) -> Result<(), StorageError> {
        let sql = "INSERT INTO engine_version (module, version) VALUES ($1, $2) \
                   ON CONFLICT (module) DO UPDATE SET version = excluded.version";
        self.run(sql, vec![module.into(), i64::from(version).into()]).await.map(|_| ())
    }
}

impl Read<'_> {
    /// Every open alert.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn standing(&self) -> Result<Vec<Standing>, StorageError> {
        let rows = self.all(STANDING, vec![]).await?;
        rows.iter()
            .map(|r| {
                Ok(Standing {
                    alert: AlertId::new(get(r, "id")?),
                    place: Place {
                        class: ClassId::new(get(r, "class_id")?),
                        grade: GradeId::new(get(r, "grade_id")?),
                        school: SchoolId::new(get(r, "school_id")?),
                        district: DistrictId::new(get(r, "district_id")?),
                    },
                    level: crate::alert::level(r, "level")?,
                    rung: number(r, "rung")?,
                    audience: word(r, "audience", Audience::from_key)?,
                    policy: PolicyId::new(get(r, "policy_id")?),
                })
            })
            .collect()
    }

    /// Who is left out of open alerts.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn standing_exclusions(&self) -> Result<BTreeMap<AlertId, BTreeSet<PersonId>>, StorageError> {
        let mut out: BTreeMap<AlertId, BTreeSet<PersonId>> = BTreeMap::new();
        for row in self.all(EXCLUSIONS, vec![]).await? {
            let alert = AlertId::new(get(&row, "alert_id")?);
            out.entry(alert).or_default().insert(PersonId::new(get(&row, "person_id")?));
        }
        Ok(out)
    }

    /// Providers that have failed since an instant and since their last success. A bad address is not their fault.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn failing_providers(&self, since: Timestamp) -> Result<Vec<ProviderRecord>, StorageError> {
        let rows = self.all(PROVIDERS, vec![at(since)]).await?;
        rows.iter()
            .map(|r| {
                Ok(ProviderRecord {
                    provider: get(r, "provider")?,
                    last_success: maybe_instant(r, "good_at")?,
                    failures: number(r, "failures")?,
                    last_failure: instant(r, "bad_at")?,
                })
            })
            .collect()
    }

    /// What the database's own clock says.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn database_now(&self) -> Result<Option<Timestamp>, StorageError> {
        let sql = if self.backend() == DbBackend::Postgres {
            "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS at"
        } else {
            "SELECT CAST(unixepoch('now', 'subsec') * 1000000 AS INTEGER) AS at"
        };
        self.one(sql, vec![]).await?.map(|r| instant(&r, "at")).transpose()
    }

    /// A step of the schema that this program does not know, if there is one.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn strange_step(&self) -> Result<Option<String>, StorageError> {
        let known = migrations::known();
        for row in self.all("SELECT version FROM seaql_migrations ORDER BY version", vec![]).await? {
            let version: String = get(&row, "version")?;
            if !known.contains(&version.as_str()) {
                return Ok(Some(version));
            }
        }
        Ok(None)
    }

    /// Which version of an engine works here.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn engine_version(&self, module: &str) -> Result<Option<u32>, StorageError> {
        let sql = "SELECT version FROM engine_version WHERE module = $1";
        self.one(sql, vec![module.into()]).await?.map(|r| number(&r, "version")).transpose()
    }
}
