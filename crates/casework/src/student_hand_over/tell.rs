//! Telling people of hand-overs: one message to one person, however many there are.

use std::collections::BTreeMap;

use chrono::Datelike;
use domain::directory::Entry;
use domain::id::{MessageId, PersonId, SchoolId, StudentHandOverId};
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use storage::{StudentMessage, Tx};

use crate::{CaseError, Desk};

/// What is to be said, by whom it is said to.
#[derive(Default)]
pub(crate) struct Said {
    to: BTreeMap<(PersonId, &'static str), Words>,
}

/// What one person is told of one kind.
struct Words {
    school: SchoolId,
    entry: Entry,
    kind: NoticeKind,
    about: Vec<StudentHandOverId>,
}

impl Said {
    /// Says something to somebody about one more.
    pub(super) fn add(&mut self, school: SchoolId, entry: &Entry, kind: NoticeKind, about: StudentHandOverId) {
        let new = || Words { school, entry: entry.clone(), kind, about: Vec::new() };
        let said = &mut self.to.entry((entry.person, kind.key())).or_insert_with(new).about;
        if !said.contains(&about) {
            said.push(about);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.to.is_empty()
    }

    /// Puts it into the outbox, for the hours in which people are reminded of anything.
    pub(crate) async fn put(self, desk: &Desk, tx: &mut Tx) -> Result<(), CaseError> {
        let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
        let not_before = policy.tasks.clamp(now, &desk.calendar);
        for ((person, _), Words { school, entry, kind, about }) in self.to {
            let Some(first) = about.first().copied() else { continue };
            let count = u32::try_from(about.len()).unwrap_or(u32::MAX);
            for channel in entry.channels.into_iter().filter(|c| c.writes()) {
                let turn = turn_of(desk, now);
                let m = StudentMessage { first, school, person, channel, kind, count, turn, not_before };
                tx.put_student_message(MessageId::new(desk.ids.uuid()), &m, now).await?;
            }
        }
        Ok(())
    }
}

/// A number of its own for each day: what is said once a day is another message the next day.
fn turn_of(desk: &Desk, now: Timestamp) -> u32 {
    u32::try_from(desk.calendar.date(now).num_days_from_ce()).unwrap_or_default()
}
