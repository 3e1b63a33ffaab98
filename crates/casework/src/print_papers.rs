//! The forms of a school on paper: a referral slip, a notice, the record of a talk, a plan. Each is an act of its own in the
//! audit log, with a number that stands on the paper, before anything is given back. Names of other pupils are hidden.

use domain::access::Right;
use domain::audit::Act;
use domain::growth_file::{EntryKind, Sight};
use domain::id::{EventId, NoticeId, ReferralId, StudentId};
use storage::{GrowthEntry, NoticeRecord, ReferralRecord, SchoolRecord, StudentRecord, Tx};

use crate::file_reader::FileReader;
use crate::hidden_names::HiddenNames;
use crate::plans::{PlanView, view_plan};
use crate::print_growth_file::print_number;
use crate::task::cared_for;
use crate::{CaseError, Desk, Signed};

/// What every form has.
#[derive(Debug)]
pub struct Sheet {
    /// About whom.
    pub student: StudentRecord,
    /// The school.
    pub school: SchoolRecord,
    /// The number of this print.
    pub number: String,
    hidden: HiddenNames,
}

impl Sheet {
    /// A text as it may stand on paper.
    pub fn hide(&mut self, text: &str) -> String {
        self.hidden.hide(text)
    }

    /// Writes the print down and commits.
    async fn of(desk: &Desk, by: &Signed, mut tx: Tx, student: StudentRecord, what: String) -> Result<Self, CaseError> {
        let (number, school) = (print_number(desk), student.place().school);
        let names = tx.read()?.names_beside(student.id).await?;
        let school = tx.read()?.school(school).await?.ok_or(CaseError::NotFound)?;
        let mut line = by.audit(desk, Act::PrintPaper, Some(student.id), Some(number.clone()));
        line.detail = Some(what);
        tx.audit(&[line]).await?;
        tx.commit().await?;
        let hidden = HiddenNames::of(&student, &names);
        Ok(Self { student, school, number, hidden })
    }
}

/// Prints a referral slip. Whoever refers prints it; why stands on it for whoever wrote it and for the counsellor.
///
/// # Errors
/// [`CaseError::NotFound`] or [`CaseError::Forbidden`].
pub async fn print_referral(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, ReferralId),
) -> Result<(Sheet, ReferralRecord), CaseError> {
    let tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::WritePlan).await?;
    let all = crate::referral::referrals_read(desk, &tx, by, student.id).await?;
    let referral = all.into_iter().find(|r| r.id == id).ok_or(CaseError::NotFound)?;
    let reads = referral.by.0 == by.person() || by.scope(desk, Right::ReadRestricted).covers(&student.place());
    if !reads {
        return Err(CaseError::Forbidden);
    }
    // The slip goes home with the family.
    crate::care::refuse_while_locked(&tx.read()?, by, student.id).await?;
    Ok((Sheet::of(desk, by, tx, student, id.to_string()).await?, referral))
}

/// Prints a notice. While nobody of the household may be told there is none on paper either.
///
/// # Errors
/// [`CaseError::NotFound`], [`CaseError::Forbidden`], or a conflict while the household is locked.
pub async fn print_notice(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, NoticeId),
) -> Result<(Sheet, NoticeRecord), CaseError> {
    let tx = desk.storage.begin().await?;
    let student = cared_for(desk, &tx.read()?, by, student, Right::RecordCare).await?;
    let all = crate::guardian_notice::notices_read(desk, &tx, by, student.id).await?;
    let notice = all.into_iter().find(|n| n.id == id).ok_or(CaseError::NotFound)?;
    crate::care::refuse_while_locked(&tx.read()?, by, student.id).await?;
    Ok((Sheet::of(desk, by, tx, student, id.to_string()).await?, notice))
}

/// Prints the record of a talk, for whoever reads it on the screen. For everybody else it is not there.
///
/// # Errors
/// [`CaseError::NotFound`].
pub async fn print_interview(
    desk: &Desk,
    by: &Signed,
    (student, id): (StudentId, EventId),
) -> Result<(Sheet, GrowthEntry), CaseError> {
    let tx = desk.storage.begin().await?;
    let reader = FileReader::open(desk, by, &tx.read()?, student).await?;
    if reader.restricted != Sight::Reads {
        return Err(CaseError::NotFound);
    }
    let versions = tx.read()?.growth_versions(&reader.scope, student, id).await?;
    let entry = versions.into_iter().next_back().filter(|e| e.kind == EntryKind::Interview);
    let entry = entry.ok_or(CaseError::NotFound)?;
    Ok((Sheet::of(desk, by, tx, reader.student, id.to_string()).await?, entry))
}

/// Prints the newest version of a plan, for those who read plans.
///
/// # Errors
/// [`CaseError::NotFound`], also when there is none.
pub async fn print_plan(desk: &Desk, by: &Signed, student: StudentId) -> Result<(Sheet, PlanView), CaseError> {
    let view = view_plan(desk, by, student, None).await?;
    let plan = view.record.as_ref().ok_or(CaseError::NotFound)?.id;
    let tx = desk.storage.begin().await?;
    Ok((Sheet::of(desk, by, tx, view.student.clone(), plan.to_string()).await?, view))
}
