//! Nobody is on watch over a child who is watched: those responsible hear at once, and again.

use domain::directory::{Entry, Office};
use domain::escalation::{ClimbState, Event};
use domain::id::{MessageId, PersonId};
use domain::notice::{Address, Notice, NoticeKind, PromptNotice};
use storage::{Recipient, Tx};

use super::Climbing;
use crate::give_code::give_code;
use crate::{CaseError, Desk};

impl Climbing {
    /// Whatever held while somebody was there holds no more: an alert that somebody has in hand opens again, on the rung above
    /// as well. One that climbs goes on climbing; a close that was signed all the same is taken back.
    pub(crate) async fn nobody_is_there(&mut self, desk: &Desk, tx: &mut Tx) -> Result<(), CaseError> {
        match self.alert.climb.state {
            ClimbState::Acked { .. } | ClimbState::Settled { .. } => {
                self.step(desk, tx, &Event::StillWorried, None).await.map(|_| ())
            }
            ClimbState::Closed => self.reopen(desk, tx, self.alert.climb.level).await,
            ClimbState::Open { .. } => Ok(()),
        }
    }

    /// Tells the duty leader and the vice-principal by every way, at whatever hour; where neither may hear or can be reached,
    /// those above. `turn` tells one alarm from the next.
    pub(crate) async fn tell_nobody_there(&self, desk: &Desk, tx: &mut Tx, turn: u32) -> Result<(), CaseError> {
        let groups: [&[Office]; 3] = [
            &[Office::DutyLeader, Office::VicePrincipal],
            &[Office::Principal, Office::Counsellor],
            &[Office::DistrictDuty, Office::DistrictLead],
        ];
        let people =
            |offices: &[Office]| -> Vec<Entry> { self.directory.people(offices).into_iter().cloned().collect() };
        let told = groups.into_iter().map(people).find(|people| !people.is_empty()).unwrap_or_default();
        for entry in told {
            self.put_lapsed(desk, tx, &entry, turn).await?;
        }
        Ok(())
    }

    async fn put_lapsed(&self, desk: &Desk, tx: &mut Tx, entry: &Entry, turn: u32) -> Result<(), CaseError> {
        let person: PersonId = entry.person;
        let to = Recipient {
            alert: self.alert.id,
            school: self.alert.place.school,
            level: self.alert.climb.level,
            minutes: 0,
            taken_by: None,
            code_counter: give_code(desk, tx, person, (self.alert.id, self.alert.climb.epoch)).await?,
            late: false,
        };
        for (priority, channel) in (0_u8..).zip(entry.channels.iter().copied()) {
            let (epoch, rung) = (self.alert.climb.epoch, self.alert.climb.rung);
            let kind = NoticeKind::WatchLapsed;
            let notice = Notice::Prompt(PromptNotice {
                to: Address { person, channel, kind, epoch, rung, repeat: turn, priority },
            });
            tx.put_message(MessageId::new(desk.ids.uuid()), &to, &notice, self.now).await?;
        }
        Ok(())
    }
}
