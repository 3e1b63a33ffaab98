//! Issuing a notice. While nobody of the household may be told there is none.

use domain::access::Right;
use domain::audit::Act;
use domain::guardian_notice::NoticeDraft;
use domain::id::{NoticeId, StudentId};
use domain::task::TaskKind;
use serde_json::json;
use storage::{NoticeRecord, StudentRecord, Tx};

use super::write_down;
use crate::care::refuse_while_locked;
use crate::file_reader::FileReader;
use crate::idempotency::{IdempotencyKey, answered, remember};
use crate::task::{Wanted, cared_for, give_by_service};
use crate::{CaseError, Desk, Signed};

/// Issues a notice. Having it signed or refused is a task of whoever issues it. Gives its id.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict while nobody of
/// the household may be told.
pub async fn issue_notice(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &NoticeDraft,
    key: Option<&IdempotencyKey>,
) -> Result<NoticeId, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::RecordCare).await?;
    if let Some(id) = answered(&mut tx, by, key).await? {
        return Ok(id);
    }
    let notice = draft.validate()?;
    tx.alone_with_student(student.id).await?;
    refuse_while_locked(&tx.read()?, by, student.id).await?;
    let record = NoticeRecord {
        id: NoticeId::new(desk.ids.uuid()),
        student: student.id,
        notice,
        by: (by.person(), by.name.clone()),
        at: desk.now(),
        steps: Vec::new(),
    };
    tx.add_notice(&record).await?;
    let n = &record.notice;
    let body = json!({
        "what": "issued", "guardian": n.guardian, "relation": n.relation.key(), "text": n.text, "measures": n.measures,
        "asked": n.asked,
    });
    write_down(desk, &mut tx, by, &record, (record.at, &body)).await?;
    let wanted = Wanted {
        alert: None,
        record: Some(record.id.uuid()),
        kind: TaskKind::Notice,
        text: "请监护人在告知书上签字；拒绝签字的，请另一位教职工见证后登记".to_owned(),
        restricted: false,
        owner: by.person(),
        from: Some(by.person()),
        due_at: desk.policy_in_force().await?.1.outside.notice_answered.after(record.at, &desk.calendar),
    };
    give_by_service(desk, &mut tx, &student, wanted).await?;
    tx.audit(&[by.audit(desk, Act::IssueNotice, Some(student.id), Some(record.id.to_string()))]).await?;
    remember(&mut tx, by, key, &record.id, desk.real_now()).await?;
    tx.commit().await?;
    Ok(record.id)
}

/// The notices about a student, the latest first. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever does not open the file.
pub async fn list_notices(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
) -> Result<(StudentRecord, Vec<NoticeRecord>), CaseError> {
    let mut tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::OpenFile).await?;
    let all = notices_read(desk, &tx, by, student.id).await?;
    tx.audit(&[by.audit(desk, Act::ReadNotices, Some(student.id), None)]).await?;
    tx.commit().await?;
    Ok((student, all))
}

/// The notices that somebody reads: what was answered at another school is sealed with the rest of its file.
pub(crate) async fn notices_read(
    desk: &Desk,
    tx: &Tx,
    by: &Signed,
    student: StudentId,
) -> Result<Vec<NoticeRecord>, CaseError> {
    let read = tx.read()?;
    let file = FileReader::open(desk, by, &read, student).await?;
    let mut all = read.notices(student).await?;
    all.retain(|n| !n.is_answered() || !file.is_sealed(n.at));
    Ok(all)
}
