//! The growth file: one student, one dated stream.

use domain::access::Scope;
use domain::directory::Audience;
use domain::growth_file::{EntryKind, Source, Visibility};
use domain::id::{AlertId, EventId, ObservationId, PersonId, StudentId};
use domain::observation::{Filing, Part};
use domain::time::Timestamp;
use sea_orm::QueryResult;
use uuid::Uuid;

use crate::row::{Values, at, get, instant, maybe_at, maybe_instant, word};
use crate::{AttachmentRecord, Read, StorageError, Tx};

/// An entry to be stored.
#[derive(Debug, Clone)]
pub struct NewGrowthEntry {
    /// Whose file.
    pub student: StudentId,
    /// When it happened.
    pub at: Timestamp,
    /// Its id.
    pub id: EventId,
    /// What kind.
    pub kind: EntryKind,
    /// By whom.
    pub by: Option<PersonId>,
    /// In which part the student appears, for an observation.
    pub part: Option<Part>,
    /// Codes of signs, separated by spaces.
    pub signs: Option<String>,
    /// The observation.
    pub observation: Option<ObservationId>,
    /// The alert.
    pub alert: Option<AlertId>,
    /// Text, or a JSON value with ids and numbers.
    pub body: Option<String>,
    /// Who may hear.
    pub audience: Audience,
    /// Who reads its text.
    pub visibility: Visibility,
    /// Where it comes from.
    pub source: Option<Source>,
    /// When it was written down, if not when it happened.
    pub filed_at: Option<Timestamp>,
    /// The record that it tells of.
    pub record: Option<Uuid>,
    /// The entry whose place it takes.
    pub corrects: Option<EventId>,
}

impl NewGrowthEntry {
    /// An entry of a kind about a student, as such entries are read; the rest is set by name.
    #[must_use]
    pub fn new(kind: EntryKind, student: StudentId, id: EventId, at: Timestamp) -> Self {
        Self {
            student,
            at,
            id,
            kind,
            by: None,
            part: None,
            signs: None,
            observation: None,
            alert: None,
            body: None,
            audience: Audience::Everyone,
            visibility: kind.visibility(),
            source: None,
            filed_at: None,
            record: None,
            corrects: None,
        }
    }
}

/// An entry of a growth file.
#[derive(Debug, Clone)]
pub struct GrowthEntry {
    /// Its id.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// What kind.
    pub kind: EntryKind,
    /// By whom.
    pub by: Option<(PersonId, String)>,
    /// In which part.
    pub part: Option<Part>,
    /// Codes of signs.
    pub signs: Vec<String>,
    /// The observation as filed.
    pub filing: Option<Filing>,
    /// The alert.
    pub alert: Option<AlertId>,
    /// Text.
    pub body: Option<String>,
    /// Whether its text is restricted.
    pub restricted: bool,
    /// When it was written down.
    pub filed_at: Timestamp,
    /// Where it comes from.
    pub source: Option<Source>,
    /// The record that it tells of.
    pub record: Option<Uuid>,
    /// The entry whose place it took.
    pub corrects: Option<EventId>,
    /// The files that belong to it, where they were asked for.
    pub attachments: Vec<AttachmentRecord>,
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct GrowthFilter {
    /// Of these kinds; all when empty.
    pub kinds: Vec<EntryKind>,
    /// Restricted ones as well.
    pub restricted: bool,
    /// From this time on.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub before: Option<Timestamp>,
    /// After this one, in the order of the file.
    pub after: Option<GrowthCursor>,
    /// At most so many.
    pub limit: u32,
}

/// Where a page of a growth file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrowthCursor {
    /// The instant of the last entry.
    pub at: Timestamp,
    /// Its id.
    pub id: EventId,
}

impl Tx {
    /// Adds entries.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn add_growth_entries(&mut self, entries: &[NewGrowthEntry]) -> Result<(), StorageError> {
        for chunk in entries.chunks(100) {
            let mut v = Values::default();
            let rows: Vec<String> = chunk
                .iter()
                .map(|e| {
                    v.row([
                        e.student.uuid().into(),
                        at(e.at),
                        e.id.uuid().into(),
                        e.kind.key().into(),
                        e.by.map(PersonId::uuid).into(),
                        e.part.map(Part::key).into(),
                        e.signs.clone().into(),
                        e.observation.map(ObservationId::uuid).into(),
                        e.alert.map(AlertId::uuid).into(),
                        e.body.clone().into(),
                        (e.kind.visibility().max(e.visibility) == Visibility::Restricted).into(),
                        e.audience.key().into(),
                        maybe_at(e.filed_at),
                        e.source.map(Source::key).into(),
                        e.record.into(),
                        e.corrects.map(EventId::uuid).into(),
                    ])
                })
                .collect();
            let sql = format!(
                "INSERT INTO growth_entry (student_id, at, id, kind, by_person, part, signs, observation_id, alert_id, \
                 body, restricted, audience, filed_at, source, record_id, corrects_id) VALUES {}",
                rows.join(", ")
            );
            self.run(&sql, v.into_vec()).await?;
        }
        Ok(())
    }
}

impl Read<'_> {
    /// A page of a student's file, newest first. What the reader is excluded from, and what the audience does not
    /// admit, is not there; unless they are wanted, restricted entries are not there either.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn growth_entries(
        &self,
        scope: &Scope,
        student: StudentId,
        filter: &GrowthFilter,
    ) -> Result<Vec<GrowthEntry>, StorageError> {
        let mut v = Values::default();
        let mut wanted = vec![format!("e.student_id = {}", v.push(student.uuid()))];
        wanted.push(audible(scope, &mut v));
        wanted.push(HOLDS.to_owned());
        if !filter.kinds.is_empty() {
            let marks: Vec<String> = filter.kinds.iter().map(|k| v.push(k.key())).collect();
            wanted.push(format!("e.kind IN ({})", marks.join(", ")));
        }
        if !filter.restricted {
            wanted.push(format!("e.restricted = {}", v.push(false)));
        }
        if let Some(from) = filter.from {
            wanted.push(format!("e.at >= {}", v.push(at(from))));
        }
        if let Some(before) = filter.before {
            wanted.push(format!("e.at < {}", v.push(at(before))));
        }
        if let Some(cursor) = filter.after {
            let (t, i) = (v.push(at(cursor.at)), v.push(cursor.id.uuid()));
            wanted.push(format!("(e.at < {t} OR (e.at = {t} AND e.id < {i}))"));
        }
        let limit = v.push(i64::from(filter.limit));
        let sql = format!("{SELECT} WHERE {} ORDER BY e.at DESC, e.id DESC LIMIT {limit}", wanted.join(" AND "));
        self.all(&sql, v.into_vec()).await?.iter().map(entry).collect()
    }
}

/// An entry with what stands beside it.
pub(crate) const SELECT: &str = "SELECT e.*, p.name AS by_name, (SELECT body FROM observation_version x WHERE \
                                 x.observation_id = e.observation_id ORDER BY x.version DESC LIMIT 1) AS filing \
                                 FROM growth_entry e LEFT JOIN person p ON p.id = e.by_person";
/// The stream shows what holds; what it took the place of is kept beside it.
pub(crate) const HOLDS: &str = "NOT EXISTS (SELECT 1 FROM growth_entry later WHERE later.corrects_id = e.id)";

/// The words of SQL that say "this reader may hear of this entry". Exclusions reach back to the reader.
pub(crate) fn audible(scope: &Scope, v: &mut Values) -> String {
    let people: Vec<Uuid> = scope.person.iter().chain(&scope.on_behalf_of).map(|p| p.uuid()).collect();
    let people = v.list(people);
    let confidant = match (scope.district_alone.is_empty(), scope.confidant_schools.is_empty()) {
        (false, _) => ", 'confidants', 'district_only'",
        (true, false) => ", 'confidants'",
        (true, true) => "",
    };
    format!(
        "(e.audience IN ('everyone'{confidant}) \
         AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = e.alert_id AND a.audience NOT IN ('everyone'{confidant})) \
         AND NOT EXISTS (SELECT 1 FROM observation_exclusion x WHERE x.observation_id = e.observation_id \
         AND x.person_id IN ({people})) \
         AND NOT EXISTS (SELECT 1 FROM mandatory_exclusion x WHERE x.report_id = e.record_id \
         AND x.person_id IN ({people})) \
         AND NOT EXISTS (SELECT 1 FROM alert_exclusion x WHERE x.alert_id = e.alert_id AND x.person_id IN ({people})) \
         AND {})",
        crate::student_hand_over::unsealed(&scope.unsealed, v)
    )
}

pub(crate) fn entry(r: &QueryResult) -> Result<GrowthEntry, StorageError> {
    let by: Option<Uuid> = get(r, "by_person")?;
    let name: Option<String> = get(r, "by_name")?;
    let signs: Option<String> = get(r, "signs")?;
    let filing: Option<String> = get(r, "filing")?;
    let part: Option<String> = get(r, "part")?;
    let source: Option<String> = get(r, "source")?;
    Ok(GrowthEntry {
        id: EventId::new(get(r, "id")?),
        at: instant(r, "at")?,
        kind: word(r, "kind", EntryKind::from_key)?,
        by: by.map(|id| (PersonId::new(id), name.unwrap_or_default())),
        part: part.map(|p| Part::from_key(&p).ok_or(StorageError::Corrupt("part"))).transpose()?,
        signs: signs.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        filing: filing.map(|f| serde_json::from_str(&f).map_err(|_| StorageError::Corrupt("filing"))).transpose()?,
        alert: get::<Option<Uuid>>(r, "alert_id")?.map(AlertId::new),
        body: get(r, "body")?,
        restricted: get(r, "restricted")?,
        filed_at: maybe_instant(r, "filed_at")?.map_or_else(|| instant(r, "at"), Ok)?,
        source: source.map(|s| Source::from_key(&s).ok_or(StorageError::Corrupt("source"))).transpose()?,
        record: get(r, "record_id")?,
        corrects: get::<Option<Uuid>>(r, "corrects_id")?.map(EventId::new),
        attachments: Vec::new(),
    })
}
