//! A report joins an alert: it climbs, or whoever has it in hand hears that there is more.

use domain::directory::{Entry, Office};
use domain::escalation::{ClimbState, Event, joined, who_hears};
use domain::id::PersonId;
use domain::level::Level;
use domain::notice::NoticeKind;
use storage::Tx;

use super::Climbing;
use crate::task::written_channels;
use crate::{CaseError, Desk};

impl Climbing {
    /// Takes up a report. Nobody may have something in hand and not hear what has joined it; a raise tells everybody anyhow.
    pub(crate) async fn join(
        &mut self,
        desk: &Desk,
        tx: &mut Tx,
        (own, repeat): (Level, bool),
        filer: PersonId,
    ) -> Result<(), CaseError> {
        let in_hand = match self.alert.climb.state {
            ClimbState::Acked { .. } | ClimbState::Settled { .. } => true,
            ClimbState::Open { .. } | ClimbState::Closed => false,
        };
        let (owner, told) = (self.alert.owner, self.told.len());
        let event = joined(&self.alert.climb, own, repeat);
        let raised = matches!(event, Event::Raised { .. });
        if raised {
            let body = serde_json::json!({ "from": self.alert.climb.level, "to": own });
            self.log(tx, "raised", Some(filer), Some(body)).await?;
        }
        self.step(desk, tx, &event, None).await?;
        if !in_hand || raised {
            return Ok(());
        }
        let alarmed = self.told.get(told..).unwrap_or_default();
        let hear = who_hears(&self.directory, &self.alert.climb, owner, filer, alarmed);
        let mut people = self.in_writing(hear.iter().copied());
        if let Some(owner) = owner.filter(|p| hear.contains(p) && !self.reaches(*p)) {
            // His turn of duty is over, and he still has it in hand.
            let channels = written_channels(desk, tx, owner).await?;
            people.push(Entry { office: Office::DutyLeader, person: owner, deputy_of: None, channels });
        }
        self.write_to(desk, tx, people, NoticeKind::NewFacts, None).await
    }
}
