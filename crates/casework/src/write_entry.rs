//! Writing into a growth file: life events and notes of counselling. Nothing is changed afterwards: a correction is a
//! further entry that takes the place of an earlier one.

use domain::audit::Act;
use domain::growth_file::{
    Beside, DatedText, EntryDraft, EntryKind, Sight, Visibility, WRITTEN, attach_right, right_of,
};
use domain::id::{EventId, StudentId};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{GrowthEntry, NewGrowthEntry, Read, StudentRecord};

use crate::file_reader::FileReader;
use crate::idempotency::{answered, remember};
use crate::{CaseError, Desk, IdempotencyKey, Signed};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptEntry {
    /// The entry.
    pub id: EventId,
    /// Which version it is of what it tells.
    pub version: u64,
    /// When it was written.
    pub filed_at: Timestamp,
}

/// An entry with all that it took the place of.
#[derive(Debug, Clone)]
pub struct EntryVersions {
    /// Whose file it is in.
    pub student: StudentRecord,
    /// Every version, oldest first, each with how the reader meets it.
    pub versions: Vec<(GrowthEntry, Sight)>,
    /// Whether the reader may correct it.
    pub may_correct: bool,
    /// Whether the reader may add files to it.
    pub may_attach: bool,
}

impl EntryVersions {
    /// How many versions there are: the entity tag.
    #[must_use]
    pub fn version(&self) -> u64 {
        u64::try_from(self.versions.len()).unwrap_or(u64::MAX)
    }
}

/// Writes an entry.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`],
/// [`CaseError::KeyReused`].
pub async fn write_entry(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &EntryDraft,
    key: Option<&IdempotencyKey>,
) -> Result<KeptEntry, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let reader = FileReader::open(desk, by, &tx.read()?, student).await?;
    may_write(desk, by, &reader, draft)?;
    if let Some(kept) = answered::<KeptEntry>(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let text = looked_at(desk, &tx.read()?, student, draft).await?;
    let id = EventId::new(desk.ids.uuid());
    let kept = KeptEntry { id, version: 1, filed_at: desk.now() };
    tx.add_growth_entries(&[entry(desk, by, student, &kept, text)]).await?;
    tx.audit(&[by.audit(desk, Act::WriteEntry, Some(student), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Corrects an entry: a further one takes its place. `expected` is the version that was read. It never becomes wider than
/// it was.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], [`CaseError::Stale`] when
/// somebody corrected it meanwhile, or a conflict when it is nothing that is written as a text.
pub async fn correct_entry(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    id: EventId,
    expected: u64,
    draft: &EntryDraft,
    key: Option<&IdempotencyKey>,
) -> Result<KeptEntry, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_student(student).await?;
    let found = find(desk, by, &tx.read()?, student, id).await?;
    if let Some(kept) = answered::<KeptEntry>(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let (last, _) = found.versions.last().ok_or(CaseError::NotFound)?;
    if !WRITTEN.contains(&last.kind) {
        return Err(CaseError::Conflict("not_corrected_here"));
    }
    if !found.may_correct {
        return Err(CaseError::Forbidden);
    }
    let draft = EntryDraft { kind: last.kind.key().to_owned(), ..draft.clone() };
    let text = looked_at(desk, &tx.read()?, student, &draft).await?;
    if found.version() != expected {
        return Err(CaseError::Stale);
    }
    let new = EventId::new(desk.ids.uuid());
    let kept = KeptEntry { id: new, version: expected.saturating_add(1), filed_at: desk.now() };
    let text = DatedText { restricted: text.restricted || last.restricted, ..text };
    let entry =
        NewGrowthEntry { corrects: Some(last.id), record: last.record, ..entry(desk, by, student, &kept, text) };
    tx.add_growth_entries(&[entry]).await?;
    tx.audit(&[by.audit(desk, Act::CorrectEntry, Some(student), Some(new.to_string()))]).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// An entry with its versions. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] when there is no such entry, as far as the reader may know.
pub async fn view_entry(desk: &Desk, by: &Signed, student: StudentId, id: EventId) -> Result<EntryVersions, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let found = find(desk, by, &tx.read()?, student, id).await?;
    tx.audit(&[by.audit(desk, Act::ReadEntry, Some(student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(found)
}

pub(crate) async fn find(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    student: StudentId,
    id: EventId,
) -> Result<EntryVersions, CaseError> {
    let reader = FileReader::open(desk, by, read, student).await?;
    let mut found = read.growth_versions(&reader.scope, student, id).await?;
    // What was narrowed afterwards is narrow from the beginning.
    let narrow = found.iter().any(|e| e.restricted);
    found.iter_mut().for_each(|e| e.restricted = narrow);
    let Some(last) = found.last().filter(|_| !narrow || reader.restricted != Sight::Nothing) else {
        return Err(CaseError::NotFound);
    };
    let holds = right_of(last.kind).is_some_and(|right| reader.may(desk, by, right));
    let wrote = found.iter().any(|e| e.by.as_ref().is_some_and(|(p, _)| *p == by.person()));
    let reads = !narrow || reader.restricted == Sight::Reads;
    let may_correct = WRITTEN.contains(&last.kind) && reads && (holds || wrote);
    let adds = wrote || attach_right(last.kind).is_some_and(|right| reader.may(desk, by, right));
    let may_attach = reads && attach_right(last.kind).is_some() && adds;
    if let Some(last) = found.last_mut() {
        read.tell_attachments(std::slice::from_mut(last)).await?;
    }
    let versions = found.into_iter().map(|e| reader.redacted(e)).collect();
    Ok(EntryVersions { student: reader.student, versions, may_correct, may_attach })
}

/// Whoever writes nothing here at all is told so before he is told what is missing.
fn may_write(desk: &Desk, by: &Signed, reader: &FileReader, draft: &EntryDraft) -> Result<(), CaseError> {
    let named = EntryKind::from_key(draft.kind.trim()).filter(|k| WRITTEN.contains(k));
    let may = |k: EntryKind| right_of(k).is_some_and(|right| reader.may(desk, by, right));
    let allowed = named.map_or_else(|| WRITTEN.into_iter().any(may), may);
    if allowed { Ok(()) } else { Err(CaseError::Forbidden) }
}

async fn looked_at(
    desk: &Desk,
    read: &Read<'_>,
    student: StudentId,
    draft: &EntryDraft,
) -> Result<DatedText, CaseError> {
    let born = read.born(student).await?;
    let beside = Beside { events: &desk.life_events, calendar: &desk.calendar, now: desk.now(), born };
    Ok(DatedText::validate(draft, &beside)?)
}

/// What an event was called is kept with it: it reads the same whatever the catalogue says later.
fn entry(desk: &Desk, by: &Signed, student: StudentId, kept: &KeptEntry, text: DatedText) -> NewGrowthEntry {
    let body = match text.event.as_deref().and_then(|code| desk.life_events.get(code)) {
        Some(event) => json!({ "what": event.code, "zh": event.zh, "en": event.en, "text": text.text }),
        None => json!({ "what": "note", "text": text.text }),
    };
    NewGrowthEntry {
        by: Some(by.person()),
        body: Some(body.to_string()),
        visibility: if text.restricted { Visibility::Restricted } else { text.kind.visibility() },
        source: Some(text.source),
        filed_at: Some(kept.filed_at),
        record: Some(kept.id.uuid()),
        ..NewGrowthEntry::new(text.kind, student, kept.id, text.at)
    }
}
