//! What a signed decision does with an alert: it is over, it is opened again, it is somebody else's.

use std::collections::BTreeSet;

use domain::directory::{Entry, Office};
use domain::escalation::{ClimbState, Event};
use domain::id::PersonId;
use domain::level::Level;
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use storage::Tx;

use super::Climbing;
use crate::{CaseError, Desk};

impl Climbing {
    /// Whether it was closed when it was read.
    pub(super) fn was_closed(&self) -> bool {
        self.was.as_ref().is_some_and(|was| !was.state.is_open())
    }

    /// What not everybody may hear of goes up where nobody is left on its ladder who may, or who can end it: at the latest when
    /// its clock comes, and at once when somebody has left.
    pub(super) fn risen(&self, event: &Event) -> Option<Level> {
        let climb = &self.alert.climb;
        let comes = match event {
            Event::Due { version } => {
                *version == climb.version && climb.state.due_at().is_some_and(|at| at <= self.now)
            }
            Event::DirectoryChanged
            | Event::StillWorried
            | Event::IndependentRepeat
            | Event::RungUnreachable { .. } => climb.state != ClimbState::Closed,
            Event::Acknowledged { .. }
            | Event::Custody { .. }
            | Event::Assessed { .. }
            | Event::Raised { .. }
            | Event::Lowered { .. }
            | Event::Declined { .. }
            | Event::AuditorNudge
            | Event::NotEscalated { .. }
            | Event::NewFacts
            | Event::Closed
            | Event::Reopened => false,
        };
        // Whoever has it in hand goes on with it, unless nobody hears any more.
        let heard = self.directory.is_on_ladder(&self.policy, climb.level);
        let in_hand = match climb.state {
            ClimbState::Open { .. } | ClimbState::Closed => false,
            ClimbState::Acked { .. } => heard,
            ClimbState::Settled { .. } => true,
        };
        let stays = in_hand && *event == Event::DirectoryChanged;
        let to = self.directory.heard_at(&self.policy, climb.level);
        (comes && !stays && to > climb.level).then_some(to)
    }

    /// New facts open a closed alert again, in a new turn and at the level that they have by themselves: the level that it
    /// was closed at was signed off.
    pub(crate) async fn reopen(&mut self, desk: &Desk, tx: &mut Tx, at: Level) -> Result<(), CaseError> {
        let from = self.alert.climb.level;
        let at = self.directory.heard_at(&self.policy, at);
        self.alert.decision = self.alert.decision.saturating_add(1);
        self.alert.closed_at = None;
        self.alert.climb.level = at;
        tx.reopen_closing(self.alert.id, self.now).await?;
        let body = serde_json::json!({ "from": from, "to": at });
        self.log(tx, "case_reopened", None, Some(body)).await?;
        self.step(desk, tx, &Event::Reopened, None).await?;
        Ok(())
    }

    /// Everybody who was ever told of it, save those who signed, hears once that it is over: also whoever was told before
    /// the level was lowered.
    pub(crate) async fn tell_over(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        signed: &[Option<PersonId>],
    ) -> Result<(), CaseError> {
        let told: BTreeSet<PersonId> = self.told.iter().copied().collect();
        let others = told.into_iter().filter(|p| !signed.contains(&Some(*p)));
        self.tell_people(desk, tx, others, NoticeKind::Over).await
    }

    /// What has not gone out yet goes to nobody whom the directory of this alert does not know any more.
    pub(crate) async fn withhold_from_others(&self, tx: &mut Tx) -> Result<(), CaseError> {
        let known: BTreeSet<PersonId> = self.directory.entries().iter().map(|e| e.person).collect();
        let known: Vec<PersonId> = known.into_iter().collect();
        Ok(tx.withhold_from_others(self.alert.id, &known, self.now).await?)
    }

    /// Whether the directory of this alert knows how to reach somebody.
    pub(crate) fn reaches(&self, person: PersonId) -> bool {
        self.directory.of_person(person).is_some()
    }

    /// The people of the first of these offices that has anybody in it besides some.
    pub(crate) fn others_of(&self, offices: &[Office], but: &[PersonId]) -> Vec<PersonId> {
        let of = |office: &Office| -> Vec<PersonId> {
            let people = self.directory.people(&[*office]);
            people.into_iter().map(|e| e.person).filter(|p| !but.contains(p)).collect()
        };
        offices.iter().map(of).find(|people| !people.is_empty()).unwrap_or_default()
    }

    /// Somebody hears, by office, who has taken his alert over.
    pub(crate) async fn tell_taken_over(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        who: PersonId,
        by: PersonId,
    ) -> Result<(), CaseError> {
        let people = self.in_writing([who]);
        self.write_to(desk, tx, people, NoticeKind::TakenOver, self.office_of(by)).await
    }

    /// Tells people in writing, as far as the directory knows them.
    pub(crate) async fn tell_people(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        people: impl IntoIterator<Item = PersonId>,
        kind: NoticeKind,
    ) -> Result<(), CaseError> {
        let people = self.in_writing(people);
        self.write_to(desk, tx, people, kind, None).await
    }

    /// Reminds people in writing that somebody is to look again; each time is another one.
    pub(crate) async fn remind_of_recheck(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        people: impl IntoIterator<Item = PersonId>,
        times: u32,
    ) -> Result<(), CaseError> {
        let people = self.in_writing(people);
        self.write_again(desk, tx, people, (NoticeKind::RecheckDue, times), None).await
    }

    pub(super) fn in_writing(&self, people: impl IntoIterator<Item = PersonId>) -> Vec<Entry> {
        let known = people.into_iter().filter_map(|p| self.directory.of_person(p).cloned());
        known
            .map(|mut e| {
                e.channels.retain(|c| c.writes());
                e
            })
            .collect()
    }

    /// What joins a yellow or a blue may go out with others to the same person.
    pub(super) fn goes_together(&self, kind: NoticeKind) -> bool {
        kind == NoticeKind::NewFacts && self.alert.climb.level < Level::Orange
    }

    /// That a yellow or a blue is over, or offered, or that there is more of it, waits for the end of the quiet hours.
    pub(super) fn not_before(&self, desk: &Desk, kind: NoticeKind) -> Timestamp {
        let waits =
            matches!(kind, NoticeKind::Over | NoticeKind::HandingOver | NoticeKind::HandedBack | NoticeKind::NewFacts);
        if waits && self.alert.climb.level < Level::Orange { desk.calendar.after_quiet(self.now) } else { self.now }
    }
}
