//! What is open about a student, as far as somebody may know. What he does not know of goes with the student all the same: the
//! list is what he can speak about.

use std::collections::BTreeSet;

use domain::access::Right;
use domain::audit::Act;
use domain::growth_file::Sight;
use domain::id::StudentId;
use domain::level::Level;
use domain::student_hand_over::MatterKind;
use storage::{Read, StudentRecord, TaskFilter};

use crate::file_reader::FileReader;
use crate::lists::known_of;
use crate::plans::{PlanGlance, glance};
use crate::view_growth_file::key_dates;
use crate::{CaseError, Desk, Signed};

const MOST: u32 = 100;

/// Something that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenMatter {
    /// What.
    pub kind: MatterKind,
    /// How many.
    pub count: usize,
    /// Of an alert, its level.
    pub level: Option<Level>,
}

/// What there is to hand over.
#[derive(Debug, Clone)]
pub struct OpenMatters {
    /// The student.
    pub student: StudentRecord,
    /// What is open, the gravest first.
    pub open: Vec<OpenMatter>,
    /// The hand-over that is live already.
    pub live: Option<storage::StudentHandOverRecord>,
    /// Whether the receiver of another school is to be told by telephone first.
    pub serious: bool,
}

/// What there is to hand over. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] for whoever does not open the file, [`CaseError::Forbidden`] for whoever hands nobody over.
pub async fn view_open_matters(desk: &Desk, by: &Signed, student: StudentId) -> Result<OpenMatters, CaseError> {
    let read = desk.storage.read();
    let reader = FileReader::open(desk, by, &read, student).await?;
    if !reader.may(desk, by, Right::HandOverStudent) {
        return Err(CaseError::Forbidden);
    }
    let open = open_matters(desk, by, &read, &reader).await?;
    let live = read.live_hand_over_of(student).await?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadOpenMatters, Some(student), None)]).await?;
    tx.commit().await?;
    let serious = read.is_serious(student, &[by.person()], desk.now()).await?;
    Ok(OpenMatters { student: reader.student, open, live, serious })
}

/// What is open, the gravest first.
pub(super) async fn open_matters(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    reader: &FileReader,
) -> Result<Vec<OpenMatter>, CaseError> {
    let student = reader.student.id;
    let mut out = Vec::new();
    let mut add = |kind: MatterKind, count: usize, level: Option<Level>| {
        if count > 0 {
            out.push(OpenMatter { kind, count, level });
        }
    };
    let alert = read.open_alert_in_scope(&by.scope(desk, Right::SeeAlert), student).await?;
    if let Some(alert) = &alert {
        add(MatterKind::Alert, 1, Some(alert.climb.level));
        add(MatterKind::Watch, usize::from(read.open_watch(alert.id).await?.is_some()), None);
    }
    let plan = match glance(by, read, reader).await? {
        Some(PlanGlance::Whole(_, _)) => 1,
        Some(PlanGlance::Own(own)) => own.len(),
        None => 0,
    };
    add(MatterKind::Plan, plan, None);
    let lists = known_of(desk, read, reader).await?;
    add(MatterKind::List, lists.iter().filter(|m| m.to.is_none()).count(), None);
    let filter = TaskFilter { mine: false, state: None, student: Some(student), after: None, limit: MOST };
    add(MatterKind::Task, read.tasks(&crate::task::reader(desk, by), &filter).await?.len(), None);
    if reader.restricted != Sight::Nothing && reader.may(desk, by, Right::WritePlan) {
        let referrals = read.referrals(student).await?;
        add(MatterKind::Referral, referrals.iter().filter(|r| r.outcome.is_none()).count(), None);
    }
    add(MatterKind::KeyDate, key_dates(desk, read, reader).await?.len(), None);
    Ok(out)
}

pub(super) fn kinds(open: &[OpenMatter]) -> BTreeSet<MatterKind> {
    open.iter().map(|m| m.kind).collect()
}
