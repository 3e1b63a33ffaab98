//! Looking at the leaves of a student. The audit line is durable before anything is given back.

use domain::access::Right;
use domain::audit::Act;
use domain::id::StudentId;
use domain::leave::{Course, LeaveState, StepKind};
use domain::policy::LeaveTerms;
use storage::{LeaveRecord, StudentRecord};

use super::seats::may_take;
use crate::file_reader::FileReader;
use crate::{CaseError, Desk, Signed};

/// How much of a leave a reader reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeaveSight {
    /// Days, stages, and who keeps in touch.
    Days,
    /// Reasons, papers and decisions as well.
    Reasons,
    /// What the counsellor found as well.
    Everything,
}

/// The leaves of a student, as one reader meets them.
#[derive(Debug, Clone)]
pub struct LeaveView {
    /// Whose.
    pub student: StudentRecord,
    /// The latest first, each with how far it has come.
    pub leaves: Vec<(LeaveRecord, Course)>,
    /// How much of them he reads.
    pub sight: LeaveSight,
    /// What he may do with the one that is open.
    pub may: Vec<StepKind>,
    /// What the policy demands.
    pub terms: LeaveTerms,
    /// Whether he may record one now.
    pub may_begin: bool,
}

/// The leaves of a student.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever does not open the file.
pub async fn leaves_of(desk: &Desk, by: &Signed, student: StudentId) -> Result<LeaveView, CaseError> {
    let read = desk.storage.read();
    let reader = FileReader::open(desk, by, &read, student).await?;
    let sight = if reader.may(desk, by, Right::ReadRestricted) {
        LeaveSight::Everything
    } else if reader.may(desk, by, Right::KnowOfRestricted) {
        LeaveSight::Reasons
    } else {
        LeaveSight::Days
    };
    let mut found = read.leaves(student).await?;
    // What ended at another school is sealed with the rest of its file.
    found.retain(|l| l.ended_at.is_none() || !reader.is_sealed(l.at));
    let leaves: Vec<(LeaveRecord, Course)> = found.into_iter().map(|l| (l.course(), l)).map(|(c, l)| (l, c)).collect();
    let open = leaves.iter().find(|(l, _)| l.ended_at.is_none()).map(|(_, course)| course);
    let may = open.map_or_else(Vec::new, |course| {
        let may = |k: &StepKind| {
            course.state.takes(*k)
                && !(*k == StepKind::Appeal && course.appealed)
                && may_take(desk, by, *k, course, &reader.student)
        };
        StepKind::ALL.iter().copied().filter(may).collect()
    });
    let may_begin = open.is_none() && reader.may(desk, by, Right::WritePlan);
    let terms = desk.policy_in_force().await?.1.leave.clone();
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadLeaves, Some(student), None)]).await?;
    tx.commit().await?;
    Ok(LeaveView { student: reader.student, leaves, sight, may, terms, may_begin })
}

impl LeaveView {
    /// The leave that is open.
    #[must_use]
    pub fn open(&self) -> Option<&(LeaveRecord, Course)> {
        self.leaves.iter().find(|(l, c)| l.ended_at.is_none() && c.state != LeaveState::Done)
    }
}
