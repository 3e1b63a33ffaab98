//! What is owed outside the school: a notice that a mother signed, with its paper, and a report that the law demands.

use casework::UploadedFile;
use chrono::{NaiveDate, TimeDelta};
use domain::growth_file::EntryKind;
use domain::guardian_notice::{NoticeDraft, NoticeStep, StepDraft};
use domain::id::{MandatoryId, StudentId};
use domain::mandatory::{MandatoryDraft, RecipientDraft};
use domain::time::Timestamp;

use super::past::Past;
use super::town::{Class, Town, suffix};

/// The school day on which the notice is given.
const NOTICE: usize = 68;
/// A sheet of paper on which it is said that the notice was signed.
const RECEIPT: &[u8] = b"%PDF-1.4\n\
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> endobj\n\
4 0 obj << /Length 79 >> stream\n\
BT /F 16 Tf 40 520 Td (Notice received and signed.) Tj 0 -30 Td (Invented.) Tj ET\n\
endstream endobj\n\
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n\
trailer << /Root 1 0 R /Size 6 >>\nstartxref\n0\n%%EOF\n";

/// What happens on a school day.
pub(super) async fn live(past: &Past, town: &Town, index: usize, day: NaiveDate) -> anyhow::Result<()> {
    let Some((class, student)) = child(town, 1, 6).filter(|_| index == NOTICE) else { return Ok(()) };
    past.at(day, 17, 5).await?;
    notice(past, town, (&class.teacher, student), day).await
}

/// What is under way when somebody looks: the police know, the other offices have yet to be told.
pub(super) async fn this_morning(past: &Past, town: &Town, until: Timestamp) -> anyhow::Result<()> {
    let Some((class, student)) = child(town, 2, 8) else { return Ok(()) };
    past.until(until - TimeDelta::minutes(45)).await?;
    let id = report(past, town, (suffix(class.school), student)).await?;
    past.until(until - TimeDelta::minutes(28)).await?;
    let counsellor = past.person(town, &format!("counsellor{}", suffix(class.school))).await?;
    let told = RecipientDraft {
        recipient: "police".to_owned(),
        at: past.now().to_rfc3339(),
        office: "城东派出所".to_owned(),
        officer: "值班民警".to_owned(),
        receipt: Some("演示〔2026〕第118号".to_owned()),
        receipt_at: Some(past.now().to_rfc3339()),
    };
    casework::record_told(&past.desk, &counsellor, id, &told, None).await?;
    Ok(())
}

fn child(town: &Town, class: usize, n: usize) -> Option<(&Class, StudentId)> {
    let class = town.classes.get(class)?;
    Some((class, *class.students.get(n)?))
}

async fn notice(past: &Past, town: &Town, (login, student): (&str, StudentId), day: NaiveDate) -> anyhow::Result<()> {
    let by = past.person(town, login).await?;
    let draft = NoticeDraft {
        guardian: "孩子的母亲".to_owned(),
        relation: "mother".to_owned(),
        text: "近两周上课趴着，不和同学说话，作业多次空白。".to_owned(),
        measures: "班主任每天课间看看，心理老师每周谈一次。".to_owned(),
        asked: "晚上陪一陪，收好家里的药和刀具；有变化随时来电。".to_owned(),
        contact: None,
    };
    let id = casework::issue_notice(&past.desk, &by, student, &draft, None).await?;
    past.at(day, 17, 40).await?;
    let signed = StepDraft { by: "孩子的母亲".to_owned(), at: past.now().to_rfc3339(), ..StepDraft::default() };
    casework::take_notice_step(&past.desk, &by, (student, id), (NoticeStep::Signed, &signed), None).await?;
    let query = casework::GrowthQuery { kinds: vec![EntryKind::Notice], limit: 1, ..Default::default() };
    let file = casework::view_growth_file(&past.desk, &by, student, &query).await?;
    if let Some((entry, _)) = file.entries.first() {
        let paper = UploadedFile { file_name: Some("告知书回执.pdf".to_owned()), bytes: RECEIPT.to_vec() };
        casework::attach(&past.desk, &by, student, entry.id, paper, None).await?;
    }
    Ok(())
}

/// The dormitory sees marks.
async fn report(past: &Past, town: &Town, (school, student): (&str, StudentId)) -> anyhow::Result<MandatoryId> {
    let dorm = past.person(town, &format!("dorm{school}")).await?;
    let draft = MandatoryDraft {
        alert: None,
        suspicion: "换衣服时看到两条手臂有新旧不一的伤，问起来只说是摔的。".to_owned(),
        suspected: "unknown".to_owned(),
        staff: Vec::new(),
        known_at: None,
        danger_now: "no".to_owned(),
    };
    Ok(casework::report_by_law(&past.desk, &dorm, student, &draft, None).await?)
}
