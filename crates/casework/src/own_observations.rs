//! 我报的: what one filed oneself, with whom it is about and what became of it.

use domain::access::Right;
use domain::audit::Act;
use domain::id::{ObservationId, StudentId};
use domain::staff::Role;
use storage::{ObservationRecord, StudentRecord, Tx};

use crate::read_observation::became_of;
use crate::{CaseError, Desk, ObservationLoop, Signed};

/// One's own observation, for a list.
#[derive(Debug, Clone)]
pub struct OwnReport {
    /// What was filed.
    pub record: ObservationRecord,
    /// Whom it is about, as far as one may still file about them.
    pub students: Vec<StudentRecord>,
    /// What became of it.
    pub became: ObservationLoop,
}

impl Signed {
    /// Whether one reads back what one filed: a pupil who helps does not.
    #[must_use]
    pub fn reads_back(&self) -> bool {
        self.actor.positions.iter().any(|(p, _)| p.role != Role::PeerMonitor) || !self.actor.on_duty.is_empty()
    }
}

/// One's own observations, newest first.
///
/// # Errors
/// [`CaseError::Forbidden`] for whoever does not file, or does not read back.
pub async fn own_observations(desk: &Desk, by: &Signed, limit: u32) -> Result<Vec<OwnReport>, CaseError> {
    if !by.reads_back() || !by.actor.may_somewhere(Right::File, desk.now()) {
        return Err(CaseError::Forbidden);
    }
    let mut tx = desk.storage.begin().await?;
    let records = tx.read()?.own_observations(by.person(), limit).await?;
    let mut out = Vec::new();
    for record in records {
        out.push(own(desk, &mut tx, by, record).await?);
    }
    tx.commit().await?;
    Ok(out)
}

/// One of one's own observations.
///
/// # Errors
/// [`CaseError::NotFound`] when it is somebody else's, or the reader does not read back.
pub async fn own_observation(desk: &Desk, by: &Signed, id: ObservationId) -> Result<OwnReport, CaseError> {
    if !by.reads_back() {
        return Err(CaseError::NotFound);
    }
    let mut tx = desk.storage.begin().await?;
    let record = tx.read()?.own_observation(by.person(), id).await?.ok_or(CaseError::NotFound)?;
    let own = own(desk, &mut tx, by, record).await?;
    tx.commit().await?;
    Ok(own)
}

async fn own(desk: &Desk, tx: &mut Tx, by: &Signed, record: ObservationRecord) -> Result<OwnReport, CaseError> {
    let ids: Vec<_> = record.filing.students.iter().map(|(id, _)| *id).collect();
    let students = tx.read()?.students_by_id(&by.scope(desk, Right::File), &ids).await?;
    let became = became_of(desk, tx, by, &record).await?;
    let id = record.id.to_string();
    let lines: Vec<_> = ids.iter().map(|s| by.audit(desk, Act::ReadObservation, Some(*s), Some(id.clone()))).collect();
    tx.audit(&lines).await?;
    Ok(OwnReport { record, students, became })
}

/// The students whom one reported last, each once.
///
/// # Errors
/// When the database refuses.
pub async fn students_filed_about(desk: &Desk, by: &Signed, most: usize) -> Result<Vec<StudentId>, CaseError> {
    const LOOKED_AT: u32 = 20;
    let mut out = Vec::new();
    for record in desk.storage.read().own_observations(by.person(), LOOKED_AT).await? {
        for (student, _) in record.filing.students {
            if !out.contains(&student) && out.len() < most {
                out.push(student);
            }
        }
    }
    Ok(out)
}
