//! One alert in a transaction: looks up what a step needs, takes the step, and writes all that follows from it.

mod decided;
mod facts;
mod unassessed;
mod watched;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::access::Place;
use domain::alert::AlertState;
use domain::directory::{Circle, Directory, Entry, Office};
use domain::escalation::{self, Climb, ClimbState, Effect, Event, Ground, Step};
use domain::id::{AlertId, MessageId, PersonId};
use domain::lang::Lang;
use domain::notice::{Address, Notice, NoticeKind, OtherNotice, PromptNotice};
use domain::org::Unit;
use domain::policy::{Policy, Span};
use domain::tier::Tier;
use domain::time::Timestamp;
use storage::{AlertRecord, Recipient, Tx};

use crate::directory_of::directory_of;
use crate::give_code::give_code;
use crate::led_to::ToldOffice;
use crate::storm::Storm;
use crate::{CaseError, Desk};

pub(crate) struct Climbing {
    /// As it was read.
    was: Option<AlertRecord>,
    /// As it will be.
    pub(crate) alert: AlertRecord,
    policy: Arc<Policy>,
    directory: Directory,
    told: Vec<PersonId>,
    /// What is put into the outbox comes later than it should have.
    late: bool,
    /// Everything here happens at this instant.
    pub(crate) now: Timestamp,
}

impl Climbing {
    /// Takes up an alert that was read in this transaction.
    pub(crate) async fn of(desk: &Desk, tx: &Tx, alert: AlertRecord) -> Result<Self, CaseError> {
        let now = desk.now();
        let policy = desk.policy(alert.policy).await?;
        let directory = directory_of(desk, &tx.read()?, &alert).await?;
        let told = tx.read()?.told_of(alert.id).await?;
        Ok(Self { was: Some(alert.clone()), alert, policy, directory, told, late: false, now })
    }

    /// Takes up an alert that does not exist yet; the first step is the one that opens its climb.
    pub(crate) async fn new(desk: &Desk, tx: &mut Tx, alert: AlertRecord, circle: &Circle) -> Result<Self, CaseError> {
        let now = desk.now();
        tx.exclude_from_alert(alert.id, &circle.left_out, now).await?;
        let policy = desk.policy(alert.policy).await?;
        let directory = directory_of(desk, &tx.read()?, &alert).await?;
        let mut new = Self { was: None, alert, policy, directory, told: Vec::new(), late: false, now };
        let step = escalation::open(&new.ground(desk), new.alert.climb.level, now);
        new.alert.climb = step.climb.clone();
        new.place_tier();
        new.alert.district_decides = new.directory.district_decides();
        tx.add_alert(&new.alert, circle).await?;
        new.was = Some(new.alert.clone());
        new.write(desk, tx, &step, None).await?;
        Ok(new)
    }

    /// Takes a step. Says whether anything changed.
    pub(crate) async fn step(
        &mut self,
        desk: &Desk,
        tx: &mut Tx,
        event: &Event,
        by: Option<PersonId>,
    ) -> Result<bool, CaseError> {
        self.late = matches!(event, Event::Due { .. }) && self.alert.climb.is_late(self.now);
        let risen = self.risen(event);
        if let Some(to) = risen {
            let body = serde_json::json!({ "from": self.alert.climb.level, "to": to });
            self.log(tx, "raised", None, Some(body)).await?;
        }
        let raised = risen.map(|to| Event::Raised { to });
        let event = raised.as_ref().unwrap_or(event);
        let step = escalation::step(&self.ground(desk), &self.alert.climb, event, self.now);
        let changed = step.climb != self.alert.climb;
        let new_turn = step.climb.epoch != self.alert.climb.epoch;
        let left = self.left_alone(&step, event);
        self.alert.climb = step.climb.clone();
        if new_turn && self.alert.waits() {
            // Nobody has a new turn in hand, whoever had the last one.
            self.alert.state = AlertState::Untriaged;
            self.alert.owner = None;
        }
        self.write(desk, tx, &step, by).await?;
        if let Some(custodian) = left {
            self.taken_from(desk, tx, custodian).await?;
        }
        Ok(changed)
    }

    /// Stores the alert as it now is.
    pub(crate) async fn save(&mut self, tx: &mut Tx) -> Result<(), CaseError> {
        let Some(was) = self.was.take() else { return Ok(()) };
        self.alert.state = self.alert.state.following(self.alert.climb.state);
        if self.alert.state == AlertState::Untriaged {
            self.alert.owner = None;
        }
        self.alert.peak = self.alert.peak.max(self.alert.climb.level);
        self.place_tier();
        self.alert.district_decides = self.directory.district_decides();
        if was != self.alert {
            tx.change_alert(&was, &self.alert).await?;
        }
        self.was = Some(self.alert.clone());
        Ok(())
    }

    /// Appends to what happened to the alert.
    pub(crate) async fn log(
        &self,
        tx: &mut Tx,
        kind: &str,
        by: Option<PersonId>,
        body: Option<serde_json::Value>,
    ) -> Result<(), CaseError> {
        Ok(tx.append_event(self.alert.id.uuid(), kind, by, self.now, body.map(|b| b.to_string())).await?)
    }

    /// What was proposed before new facts came may not be signed after them: it is asked for anew, and whoever decides
    /// has to read first.
    pub(crate) async fn new_facts(&mut self, tx: &mut Tx) -> Result<(), CaseError> {
        self.alert.decision = self.alert.decision.saturating_add(1);
        self.overtake_proposal(tx).await
    }

    /// What waits for a second signature is void, and the story of the alert says so.
    pub(crate) async fn overtake_proposal(&self, tx: &mut Tx) -> Result<(), CaseError> {
        if tx.supersede_proposal(self.alert.id, self.now).await? {
            self.log(tx, "proposal_superseded", None, None).await?;
        }
        Ok(())
    }

    /// The offices that were told in the present turn, of the alarm or of what joined it; from a time on.
    pub(crate) async fn told_offices(&self, tx: &Tx, since: Option<Timestamp>) -> Result<Vec<ToldOffice>, CaseError> {
        let mut told: BTreeMap<Office, ToldOffice> = BTreeMap::new();
        let alarms = tx.read()?.alarms_of_turn(self.alert.id, self.alert.climb.epoch).await?;
        for alarm in alarms.iter().rev().filter(|m| since.is_none_or(|at| m.created_at >= at)) {
            let rung = self.policy.ladder(self.alert.climb.level).rung(alarm.rung);
            let holds = |e: &&Entry| e.person == alarm.person.0;
            let mut offices: Vec<Office> = self.directory.entries().iter().filter(holds).map(|e| e.office).collect();
            if offices.iter().any(|o| rung.is_some_and(|r| r.who.contains(o))) {
                offices.retain(|o| rung.is_some_and(|r| r.who.contains(o)));
            }
            for office in offices {
                let new = || ToldOffice { office, channels: Vec::new(), at: alarm.created_at, standings: Vec::new() };
                let entry = told.entry(office).or_insert_with(new);
                if !entry.channels.contains(&alarm.channel) {
                    entry.channels.push(alarm.channel);
                }
            }
        }
        Ok(told.into_values().collect())
    }

    /// The office that has it in hand.
    pub(crate) fn office_in_hand(&self) -> Option<Office> {
        match self.alert.climb.state {
            ClimbState::Acked { .. } | ClimbState::Settled { .. } => {
                self.alert.owner.and_then(|p| self.directory.of_person(p)).map(|e| e.office)
            }
            ClimbState::Open { .. } | ClimbState::Closed => None,
        }
    }

    /// The office of somebody, as others are told of him.
    fn office_of(&self, person: PersonId) -> Option<&'static str> {
        self.directory.of_person(person).map(|e| e.office.name_in_messages(Lang::Zh))
    }

    /// Whoever decides on an alert that nobody had taken has taken it: those who were told hear so.
    pub(crate) async fn take_if_open(&mut self, desk: &Desk, tx: &mut Tx, by: PersonId) -> Result<(), CaseError> {
        if let ClimbState::Open { .. } = self.alert.climb.state {
            self.step(desk, tx, &Event::Acknowledged { by }, Some(by)).await?;
        }
        Ok(())
    }

    /// Whether the district decides on it, as its directory is now.
    pub(crate) fn district_decides(&self) -> bool {
        self.directory.district_decides()
    }

    /// Asks everybody who may sign, but the proposer, for the second signature. Each proposal asks anew.
    pub(crate) async fn ask_second(&mut self, desk: &Desk, tx: &mut Tx, proposer: PersonId) -> Result<(), CaseError> {
        let offices: &[Office] = if self.district_decides() {
            &[Office::VicePrincipal, Office::Principal, Office::DistrictDuty, Office::DistrictLead]
        } else {
            &[Office::Counsellor, Office::VicePrincipal, Office::Principal]
        };
        let others = self.directory.people(offices).into_iter().filter(|e| e.person != proposer);
        let mut people: Vec<Entry> = others.cloned().collect();
        // Nobody is woken by a call to sign that a danger is less.
        let written = people.iter_mut().filter(|e| e.channels.iter().any(|c| c.writes()));
        written.for_each(|e| e.channels.retain(|c| c.writes()));
        self.write_to(desk, tx, people, NoticeKind::SecondSignature, None).await
    }

    /// Tells whoever proposed it how the second person decided.
    pub(crate) async fn tell_proposer(
        &mut self,
        desk: &Desk,
        tx: &mut Tx,
        proposer: PersonId,
        approved: bool,
    ) -> Result<(), CaseError> {
        let kind = if approved { NoticeKind::SignatureGiven } else { NoticeKind::SignatureRefused };
        let mut people: Vec<Entry> = self.directory.of_person(proposer).cloned().into_iter().collect();
        people.iter_mut().for_each(|e| e.channels.retain(|c| c.writes()));
        self.write_to(desk, tx, people, kind, None).await
    }

    async fn write_to(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        people: Vec<Entry>,
        kind: NoticeKind,
        taken_by: Option<&'static str>,
    ) -> Result<(), CaseError> {
        let repeat = u32::try_from(self.alert.decision).unwrap_or(u32::MAX);
        self.write_again(desk, tx, people, (kind, repeat), taken_by).await
    }

    /// The same, told apart from what was written before by a number.
    async fn write_again(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        people: Vec<Entry>,
        (kind, repeat): (NoticeKind, u32),
        taken_by: Option<&'static str>,
    ) -> Result<(), CaseError> {
        let not_before = self.not_before(desk, kind);
        let to = Recipient {
            alert: self.alert.id,
            school: self.alert.place.school,
            level: self.alert.climb.level,
            minutes: 0,
            taken_by,
            code_counter: 0,
            late: false,
        };
        for entry in people {
            let code_counter = give_code(desk, tx, entry.person, self.turn()).await?;
            let to = Recipient { code_counter, ..to.clone() };
            for (priority, channel) in (0_u8..).zip(entry.channels) {
                let to_whom = Address {
                    person: entry.person,
                    channel,
                    kind,
                    epoch: self.alert.climb.epoch,
                    rung: self.alert.climb.rung,
                    repeat,
                    priority,
                };
                let notice = if not_before <= self.now && !self.goes_together(kind) {
                    Notice::Prompt(PromptNotice { to: to_whom })
                } else {
                    let window_seconds = self.policy.bundle_seconds;
                    Notice::Other(OtherNotice { to: to_whom, not_before, window_seconds })
                };
                tx.put_message(MessageId::new(desk.ids.uuid()), &to, &notice, self.now).await?;
            }
        }
        Ok(())
    }

    fn ground<'a>(&'a self, desk: &'a Desk) -> Ground<'a> {
        Ground { policy: &self.policy, calendar: &desk.calendar, directory: &self.directory, told: &self.told }
    }

    /// What a number stands for, besides the person.
    fn turn(&self) -> (AlertId, u32) {
        (self.alert.id, self.alert.climb.epoch)
    }

    fn place_tier(&mut self) {
        let ladder = self.policy.ladder(self.alert.climb.level);
        if let Some(rung) = ladder.rung(self.alert.climb.rung) {
            self.alert.tier = rung.tier;
        }
        if self.alert.tier == Tier::District && self.alert.district_at.is_none() {
            self.alert.district_at = Some(self.now);
        }
    }

    async fn write(&mut self, desk: &Desk, tx: &mut Tx, step: &Step, by: Option<PersonId>) -> Result<(), CaseError> {
        let taken_by = by.and_then(|p| self.office_of(p));
        let minutes = self.minutes_left();
        for effect in &step.effects {
            match effect {
                Effect::Tell(notice) => {
                    let code_counter = give_code(desk, tx, notice.to().person, self.turn()).await?;
                    let to = Recipient {
                        alert: self.alert.id,
                        school: self.alert.place.school,
                        level: self.alert.climb.level,
                        minutes,
                        taken_by,
                        code_counter,
                        late: self.late,
                    };
                    if self.late && notice.to().kind == NoticeKind::Alarm {
                        // After an outage the newest notice counts: an older one that never went out is not replayed.
                        tx.overtake(self.alert.id, notice.to(), self.now).await?;
                    }
                    tx.put_message(MessageId::new(desk.ids.uuid()), &to, notice, self.now).await?;
                    self.told.push(notice.to().person);
                }
                Effect::CancelAlarms => {
                    tx.cancel_alarms(self.alert.id, self.now).await?;
                }
                Effect::Reached { rung, .. } => {
                    let tier = self.policy.ladder(self.alert.climb.level).rung(*rung).map(|r| r.tier.key());
                    let body = serde_json::json!({ "rung": rung, "tier": tier });
                    self.log(tx, "rung_told", None, Some(body)).await?;
                }
                // A close that new facts have overtaken is told of by them.
                Effect::Reopened if self.was_closed() => {}
                Effect::Reopened => self.log(tx, "reopened", None, None).await?,
                Effect::ClimbsOn { in_time } => {
                    let body = serde_json::json!({ "in_time": in_time });
                    self.log(tx, "climbs_on", None, Some(body)).await?;
                }
                Effect::Finding(finding) => {
                    tx.note_finding(finding.key(), &self.alert.id.to_string(), self.now).await?;
                }
            }
        }
        let red = |e: &Effect| match e {
            Effect::Tell(Notice::Red(notice)) => Some(notice.to.person),
            Effect::Tell(Notice::Prompt(_) | Notice::Other(_))
            | Effect::CancelAlarms
            | Effect::Reached { .. }
            | Effect::Reopened
            | Effect::ClimbsOn { .. }
            | Effect::Finding(_) => None,
        };
        let told = step.effects.iter().filter_map(red).collect();
        Storm { alert: &self.alert, policy: &self.policy, directory: &self.directory, now: self.now }
            .look(desk, tx, told)
            .await
    }

    /// What a message asks for: minutes until the next rung is told, begun ones counted. School days are days to whoever
    /// reads of them, as long as one is left.
    fn minutes_left(&self) -> u32 {
        minutes_left(&self.alert.climb, &self.policy, self.now)
    }
}

/// Minutes until the next rung is told, as a message says them.
pub(crate) fn minutes_left(climb: &Climb, policy: &Policy, now: Timestamp) -> u32 {
    let ClimbState::Open { deadline, .. } = climb.state else { return 0 };
    let seconds = (deadline - now).num_seconds().max(0);
    let left = u32::try_from(seconds.saturating_add(59) / 60).unwrap_or(u32::MAX);
    match policy.ladder(climb.level).rung(climb.rung).map(|r| r.wait) {
        Some(Span::SchoolDays(days)) => left.min(days.saturating_mul(24 * 60)),
        Some(Span::Minutes(_) | Span::WakingMinutes(_)) | None => left,
    }
}

/// The units whose offices a ladder calls.
pub(crate) fn units(place: &Place) -> [Unit; 4] {
    [Unit::Class(place.class), Unit::Grade(place.grade), Unit::School(place.school), Unit::District(place.district)]
}
