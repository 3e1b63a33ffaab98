//! To what kinds of entries a file can be added, and by whom.

use super::EntryKind;
use crate::access::Right;

/// So many files an entry has at most.
pub const MOST_ATTACHED: usize = 20;
/// So long the reason may be for which one is withdrawn.
pub const WITHDRAWAL_CHARS: usize = 500;

/// The right to add files to entries of a kind; nothing where they have none. Whoever wrote an entry may add to it as well.
#[must_use]
pub fn attach_right(kind: EntryKind) -> Option<Right> {
    match kind {
        EntryKind::Custody
        | EntryKind::LifeEvent
        | EntryKind::HomeVisit
        | EntryKind::GuardianContact
        | EntryKind::Notice
        | EntryKind::Watch
        | EntryKind::Leave => Some(Right::RecordCare),
        EntryKind::Assessment
        | EntryKind::Interview
        | EntryKind::Screening
        | EntryKind::Counselling
        | EntryKind::MandatoryReport
        | EntryKind::Referral => Some(Right::Counsel),
        EntryKind::List => Some(Right::ManageLists),
        EntryKind::Observation
        | EntryKind::Alert
        | EntryKind::Mood
        | EntryKind::LookIn
        | EntryKind::Plan
        | EntryKind::HandOver => None,
    }
}
