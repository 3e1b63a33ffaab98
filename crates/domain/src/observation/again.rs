//! What somebody says who is not at ease with what he had filed.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{Filing, Part, SafeNow, WhereNow};
use crate::fault::Fault;
use crate::id::StudentId;
use crate::time::Timestamp;

/// For so long what was said on top of a note that asked for nobody is one with it; said later, it goes higher.
pub const SAID_AT_ONCE: TimeDelta = TimeDelta::minutes(10);

impl Filing {
    /// The same author about the same students and in the same circle, in new words; nobody has said that they are safe.
    /// Everybody has the part that he had. Where nobody was a subject all are: somebody has to be asked for. Nothing, when
    /// nobody whom it could be about is within the author's reach any more.
    #[must_use]
    pub fn again(&self, words: &str, reached: &BTreeSet<StudentId>, now: Timestamp) -> Option<Self> {
        let of_somebody = self.subjects().next().is_some();
        let part = |part: Part| if of_somebody { part } else { Part::Subject };
        let still = self.students.iter().filter(|(id, _)| reached.contains(id));
        let again = Self {
            students: still.map(|(id, was)| (*id, part(*was))).collect(),
            observed_at: now,
            signs: Vec::new(),
            narrative: words.trim().to_owned(),
            safe_now: SafeNow::Unknown,
            with_whom: None,
            where_now: WhereNow::Unknown,
            ..self.clone()
        };
        let asks = again.subjects().next().is_some();
        asks.then_some(again)
    }
}

/// The fault of a second thought about somebody who is within the author's reach no more: it has to be said aloud.
#[must_use]
pub fn out_of_reach() -> Fault {
    Fault::new(
        "reason",
        "out_of_reach",
        "没有发出：这名同学已不在这里，无法再由您报告。请现在就打电话说明：拨值班电话，或打给孩子现在所在的学校",
        "Not sent: this student is no longer here for you to report on. Call now and say it: the duty telephone, or the school where the child is now",
    )
}
