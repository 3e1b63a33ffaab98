//! Children whom an event may have touched 受影响同伴: each is looked in on. Being one of them says nothing about a child: no
//! level and no alert follows from it.

use std::collections::BTreeSet;

use crate::fault::{Fault, Faults};
use crate::id::{PersonId, StudentId};
use crate::lang::Lang;
use crate::task::{ahead, cannot_have_it, unknown_student};
use crate::time::Timestamp;

/// So many at a time.
const MOST: usize = 60;

/// Why an event may have touched a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// A close friend.
    CloseFriend,
    /// Saw it, or heard of it first.
    Witness,
    /// Sleeps in the same dormitory.
    SameDormitory,
    /// Sits beside the child.
    Neighbour,
    /// A relative at the same school.
    Relative,
    /// Anything else.
    Other,
}

impl Touched {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::CloseFriend, Self::Witness, Self::SameDormitory, Self::Neighbour, Self::Relative, Self::Other];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::CloseFriend => "close_friend",
            Self::Witness => "witness",
            Self::SameDormitory => "same_dormitory",
            Self::Neighbour => "neighbour",
            Self::Relative => "relative",
            Self::Other => "other",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::CloseFriend => lang.pick("好朋友", "close friend"),
            Self::Witness => lang.pick("目睹或最先得知", "witness"),
            Self::SameDormitory => lang.pick("同宿舍", "same dormitory"),
            Self::Neighbour => lang.pick("同桌、邻座", "sits beside"),
            Self::Relative => lang.pick("在校的亲属", "relative"),
            Self::Other => lang.pick("其他", "other"),
        }
    }
}

/// One of them, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct PeerDraft {
    /// Who.
    pub student: String,
    /// Why.
    pub why: String,
    /// Who looks in.
    pub look_in_by: String,
    /// By when.
    pub due_at: String,
}

/// One of them, looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// Who.
    pub student: StudentId,
    /// Why.
    pub why: Touched,
    /// Who looks in.
    pub look_in_by: PersonId,
    /// By when.
    pub due_at: Timestamp,
}

/// Looks at what was typed. `about` is the child whom the alert is about.
///
/// # Errors
/// Everything that is wrong with it.
pub fn validate(drafts: &[PeerDraft], about: StudentId, now: Timestamp) -> Result<Vec<Peer>, Vec<Fault>> {
    let (mut faults, mut out, mut seen) = (Faults::new(), Vec::new(), BTreeSet::from([about]));
    faults.when(drafts.is_empty(), || Fault::new("students", "required", "请至少选一名学生", "At least one student"));
    faults.when(drafts.len() > MOST, || {
        Fault::new("students", "too_many", format!("一次最多 {MOST} 名"), format!("At most {MOST} at a time"))
    });
    for (i, d) in drafts.iter().take(MOST).enumerate() {
        let at = |name: &str| format!("students[{i}].{name}");
        let student = d.student.trim().parse().ok();
        faults.when(student.is_none(), || Fault { field: at("student"), ..unknown_student() });
        faults.when(student.is_some_and(|s| !seen.insert(s)), || {
            let (zh, en) = ("是这条预警的学生本人，或重复了", "The child of this alert, or named twice");
            Fault::new(at("student"), "named_already", zh, en)
        });
        let why = Touched::from_key(d.why.trim());
        let code = if d.why.trim().is_empty() { "required" } else { "unknown_value" };
        faults.when(why.is_none(), || Fault::new(at("why"), code, "请选择为什么可能受影响", "Say why"));
        let owner = d.look_in_by.trim().parse().ok();
        faults.when(owner.is_none(), || Fault { field: at("look_in_by"), ..cannot_have_it() });
        let due_at = ahead(&d.due_at, &at("due_at"), now, &mut faults);
        if let (Some(student), Some(why), Some(look_in_by), Some(due_at)) = (student, why, owner, due_at) {
            out.push(Peer { student, why, look_in_by, due_at });
        }
    }
    faults.or(out)
}
