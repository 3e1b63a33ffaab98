//! Files that belong to an entry of a growth file 附件: a hospital's opinion, a photograph of a signed notice. Whoever reads the
//! entry reads them, and nobody else learns that there are any.

use std::sync::Arc;

use attachment::{Clean, Limits};
use domain::audit::Act;
use domain::fault::{Fault, Faults};
use domain::growth_file::{MOST_ATTACHED, Sight, WITHDRAWAL_CHARS};
use domain::id::{AttachmentId, EventId, StudentId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use storage::{AttachmentRecord, NewAttachment, Read};

use crate::idempotency::{answered, remember};
use crate::signed::hex;
use crate::write_entry::find;
use crate::{CaseError, Desk, EntryVersions, IdempotencyKey, Signed, UploadedFile};

/// The largest file, in bytes.
#[must_use]
pub fn largest_attachment() -> usize {
    Limits::default().file_bytes
}

/// What was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAttachment {
    /// The file.
    pub id: AttachmentId,
    /// The entry that it belongs to.
    pub entry: EventId,
}

/// A file with what is in it.
#[derive(Debug, Clone)]
pub struct AttachedFile {
    /// What is known of it.
    pub record: AttachmentRecord,
    /// Its content.
    pub content: Vec<u8>,
}

/// Adds a file to an entry. What it is, is looked at before anything is kept, and of a picture nothing is kept but the picture.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`] where the reader may not know of the entry,
/// [`CaseError::Forbidden`] where he may not add to it, [`CaseError::KeyReused`].
pub async fn attach(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    entry: EventId,
    upload: UploadedFile,
    key: Option<&IdempotencyKey>,
) -> Result<KeptAttachment, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    may_attach(desk, by, &desk.storage.read(), student, entry).await?;
    let looked = look(desk, upload).await?;
    let mut tx = desk.storage.begin().await?;
    tx.alone_with_student(student).await?;
    let found = may_attach(desk, by, &tx.read()?, student, entry).await?;
    if let Some(kept) = answered::<KeptAttachment>(&mut tx, by, key).await? {
        return Ok(kept);
    }
    let mut faults = looked.as_ref().err().cloned().unwrap_or_default();
    faults.extend((attached(&found).count() >= MOST_ATTACHED).then(too_many));
    let (Ok(clean), true) = (looked, faults.is_empty()) else { return Err(faults.into()) };
    let kept = KeptAttachment { id: AttachmentId::new(desk.ids.uuid()), entry };
    let Clean { name, media, bytes } = clean;
    let sha256 = hex(&Sha256::digest(&bytes));
    let (id, media, at) = (kept.id, media.key(), desk.now());
    tx.add_attachment(NewAttachment { id, student, entry, name, media, sha256, content: bytes, by: by.person(), at })
        .await?;
    tx.audit(&[by.audit(desk, Act::Attach, Some(student), Some(id.to_string()))]).await?;
    remember(&mut tx, by, key, &kept, desk.real_now()).await?;
    tx.commit().await?;
    Ok(kept)
}

/// A file with what is in it. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] when there is no such file, as far as the reader may know; a conflict when it was withdrawn.
pub async fn view_attachment(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    id: AttachmentId,
) -> Result<AttachedFile, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (_, record) = known(desk, by, &tx.read()?, student, id).await?;
    if record.withdrawn.is_some() {
        return Err(CaseError::Conflict("attachment_withdrawn"));
    }
    let content = tx.read()?.attachment_content(id).await?;
    tx.audit(&[by.audit(desk, Act::ReadAttachment, Some(student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(AttachedFile { record, content })
}

/// Withdraws a file that does not belong there: nobody reads it any more, and the entry says that it was there, and why it is
/// not. It is kept for an inquiry. Done twice, the first stands.
///
/// # Errors
/// [`CaseError::Invalid`] without a reason, [`CaseError::NotFound`], [`CaseError::Forbidden`].
pub async fn withdraw_attachment(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    id: AttachmentId,
    reason: &str,
) -> Result<EventId, CaseError> {
    let mut tx = desk.storage.begin().await?;
    let (found, record) = known(desk, by, &tx.read()?, student, id).await?;
    if !found.may_attach && record.by.0 != by.person() {
        return Err(CaseError::Forbidden);
    }
    let mut faults = Faults::new();
    let reason = domain::text::block(reason, "reason", WITHDRAWAL_CHARS, &mut faults);
    faults.when(reason.is_empty(), || Fault::new("reason", "required", "请写明原因", "Say why"));
    let reason = faults.or(reason)?;
    tx.withdraw_attachment(id, by.person(), &reason, desk.now()).await?;
    tx.audit(&[by.audit(desk, Act::WithdrawAttachment, Some(student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(record.entry)
}

/// A file, with the entry that it belongs to, where the reader reads that entry.
async fn known(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    student: StudentId,
    id: AttachmentId,
) -> Result<(EntryVersions, AttachmentRecord), CaseError> {
    let entry = read.entry_of_attachment(student, id).await?.ok_or(CaseError::NotFound)?;
    let found = find(desk, by, read, student, entry).await?;
    let record = attached(&found).find(|a| a.id == id).cloned().ok_or(CaseError::NotFound)?;
    Ok((found, record))
}

/// The files of an entry. Whoever knows of the entry and no more is told none.
fn attached(found: &EntryVersions) -> impl Iterator<Item = &AttachmentRecord> {
    let read = found.versions.iter().filter(|(_, sight)| *sight == Sight::Reads);
    read.flat_map(|(e, _)| &e.attachments)
}

async fn may_attach(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    student: StudentId,
    entry: EventId,
) -> Result<EntryVersions, CaseError> {
    let found = find(desk, by, read, student, entry).await?;
    if found.may_attach { Ok(found) } else { Err(CaseError::Forbidden) }
}

/// Looks into a file, apart from everything else.
async fn look(desk: &Desk, upload: UploadedFile) -> Result<Result<Clean, Vec<Fault>>, CaseError> {
    let _turn = Arc::clone(&desk.looking).acquire_owned().await.map_err(|_| CaseError::Busy)?;
    let work = move || {
        let name = upload.file_name.unwrap_or_default();
        attachment::look(&name, &upload.bytes, &Limits::default())
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| CaseError::Busy)
}

fn too_many() -> Fault {
    let zh = format!("一条记录最多 {MOST_ATTACHED} 个附件");
    Fault::new("file", "too_many", zh, format!("An entry has at most {MOST_ATTACHED} files"))
}
