//! A red that somebody was with, and that nobody assessed, is taken out of his hands.

use domain::directory::Entry;
use domain::escalation::{ClimbState, Event, Step};
use domain::id::PersonId;
use domain::level::Level;
use domain::notice::NoticeKind;
use storage::Tx;

use super::Climbing;
use crate::{CaseError, Desk};

impl Climbing {
    /// Whose hands the clock takes a red out of, though somebody was with the child.
    pub(super) fn left_alone(&self, step: &Step, event: &Event) -> Option<PersonId> {
        let climb = &self.alert.climb;
        let held = matches!(climb.state, ClimbState::Acked { .. }) && climb.custody && climb.level == Level::Red;
        let opens = matches!(event, Event::Due { .. }) && matches!(step.climb.state, ClimbState::Open { .. });
        self.alert.owner.filter(|_| held && opens)
    }

    /// What was proposed before is not signed after it; and whoever had it hears, also where he stands on no rung: he has to
    /// record anew who is with the child.
    pub(super) async fn taken_from(&mut self, desk: &Desk, tx: &mut Tx, owner: PersonId) -> Result<(), CaseError> {
        self.overtake_proposal(tx).await?;
        let alarmed = tx.read()?.alarms_of_turn(self.alert.id, self.alert.climb.epoch).await?;
        if alarmed.iter().any(|m| m.person.0 == owner && m.channel.writes()) {
            return Ok(());
        }
        let mut people: Vec<Entry> = self.directory.of_person(owner).cloned().into_iter().collect();
        people.iter_mut().for_each(|e| e.channels.retain(|c| c.writes()));
        self.write_to(desk, tx, people, NoticeKind::NewFacts, None).await
    }
}
