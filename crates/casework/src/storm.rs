//! Very many reds to one person within minutes. Each goes out by itself on every channel all the same; besides, he and
//! the rung above hear how many there are, once for each stretch of time that they are counted in.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::directory::{Directory, Entry};
use domain::id::{MessageId, PersonId};
use domain::notice::{Address, Notice, NoticeKind, PromptNotice};
use domain::policy::Policy;
use domain::time::Timestamp;
use storage::{AlertRecord, Recipient, Tx};

use crate::{CaseError, Desk};

/// It goes before whatever else is not red.
const FIRST: u8 = 0;

/// A red that may be one of very many.
pub(crate) struct Storm<'a> {
    pub(crate) alert: &'a AlertRecord,
    pub(crate) policy: &'a Policy,
    pub(crate) directory: &'a Directory,
    pub(crate) now: Timestamp,
}

impl Storm<'_> {
    /// Counts the reds of those who were told now, and tells of a storm.
    pub(crate) async fn look(self, desk: &Desk, tx: &mut Tx, told: BTreeSet<PersonId>) -> Result<(), CaseError> {
        if told.is_empty() {
            return Ok(());
        }
        let (care, told) = (&self.policy.red, Vec::from_iter(told));
        let since = self.now - TimeDelta::minutes(i64::from(care.storm_minutes));
        let storms = tx.read()?.reds_of(&told, since, care.storm_alerts).await?;
        let Some(reds) = storms.iter().map(|(_, reds)| *reds).max() else { return Ok(()) };
        tx.note_finding("red_storm", &self.alert.place.school.to_string(), self.now).await?;
        let struck = storms.iter().filter_map(|(person, _)| self.directory.of_person(*person));
        let mut hear: Vec<Entry> = struck.cloned().collect();
        hear.extend(self.above());
        let people: Vec<PersonId> = hear.iter().map(|e| e.person).collect();
        let mut know = tx.read()?.know_of_storm(&people, since).await?;
        for entry in hear {
            if know.insert(entry.person) {
                self.tell(desk, tx, &entry, reds).await?;
            }
        }
        Ok(())
    }

    /// Those on the rung above.
    fn above(&self) -> Vec<Entry> {
        let ladder = self.policy.ladder(self.alert.climb.level);
        let next = self.alert.climb.rung.saturating_add(1);
        let rung = ladder.rung(next).filter(|_| next <= ladder.top());
        rung.map(|r| self.directory.people(&r.who).into_iter().cloned().collect()).unwrap_or_default()
    }

    async fn tell(&self, desk: &Desk, tx: &mut Tx, entry: &Entry, reds: u32) -> Result<(), CaseError> {
        let to = Recipient {
            alert: self.alert.id,
            school: self.alert.place.school,
            level: self.alert.climb.level,
            minutes: 0,
            taken_by: None,
            code_counter: 0,
            late: false,
        };
        for channel in entry.channels.iter().copied().filter(|c| c.writes()) {
            let to_whom = Address {
                person: entry.person,
                channel,
                kind: NoticeKind::Storm,
                epoch: self.alert.climb.epoch,
                rung: self.alert.climb.rung,
                repeat: reds,
                priority: FIRST,
            };
            let notice = Notice::Prompt(PromptNotice { to: to_whom });
            tx.put_message(MessageId::new(desk.ids.uuid()), &to, &notice, self.now).await?;
        }
        Ok(())
    }
}
