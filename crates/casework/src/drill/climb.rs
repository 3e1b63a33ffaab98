//! One drill in a transaction: what [`crate::climbing`] is for an alert, with the very same core.

use std::collections::BTreeMap;

use domain::delivery::{Channel, MessageState};
use domain::directory::{Directory, Entry};
use domain::drill::{DrillEnd, subject};
use domain::escalation::{self, Effect, Event, Ground, Step};
use domain::id::{MessageId, PersonId};
use domain::lang::Lang;
use domain::notice::{Address, NoticeKind};
use domain::policy::Policy;
use domain::time::Timestamp;
use serde_json::json;
use storage::{DrillEnded, DrillRecipient, DrillRecord, Tx};

use crate::climbing::minutes_left;
use crate::give_code::give_code;
use crate::{CaseError, Desk};

pub(crate) struct DrillClimb {
    was: DrillRecord,
    pub(crate) drill: DrillRecord,
    policy: Policy,
    directory: Directory,
    told: Vec<PersonId>,
    pub(crate) now: Timestamp,
}

impl DrillClimb {
    /// Takes up a drill that was read in this transaction.
    pub(crate) async fn of(desk: &Desk, tx: &Tx, drill: DrillRecord) -> Result<Self, CaseError> {
        let now = desk.now();
        let policy = desk.policy(drill.policy).await?;
        let policy = if drill.with_district { Policy::clone(&policy) } else { policy.within_school() };
        let directory = directory_of(desk, tx, &drill).await?;
        let told = tx.read()?.told_of(subject(drill.id)).await?;
        Ok(Self { was: drill.clone(), drill, policy, directory, told, now })
    }

    /// Takes up a drill that does not exist yet, and tells the first rung.
    pub(crate) async fn new(desk: &Desk, tx: &mut Tx, drill: DrillRecord) -> Result<Self, CaseError> {
        let mut new = Self::of(desk, tx, drill).await?;
        let step = escalation::open(&new.ground(desk), new.drill.climb.level, new.now);
        new.drill.climb = step.climb.clone();
        tx.add_drill(&new.drill).await?;
        new.was = new.drill.clone();
        let (by, body) = (new.drill.started_by, json!({ "level": new.drill.climb.level }));
        new.log(tx, "started", Some(by), Some(body)).await?;
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
        let step = escalation::step(&self.ground(desk), &self.drill.climb, event, self.now);
        let changed = step.climb != self.drill.climb;
        if step.climb.epoch != self.drill.climb.epoch {
            self.drill.owner = None;
        }
        self.drill.climb = step.climb.clone();
        self.write(desk, tx, &step, by).await?;
        Ok(changed)
    }

    /// Ends it: what has not gone out stays in, and everybody who was told hears once that it is over.
    pub(crate) async fn end(
        &mut self,
        desk: &Desk,
        tx: &mut Tx,
        how: DrillEnd,
        by: Option<PersonId>,
    ) -> Result<(), CaseError> {
        let told = self.reached(tx).await?;
        self.step(desk, tx, &Event::Closed, by).await?;
        tx.cancel_drill_messages(self.drill.id, self.now).await?;
        self.drill.ended = Some(DrillEnded { how, at: self.now, by });
        self.log(tx, "ended", by, Some(json!({ "how": how.key() }))).await?;
        let kind = if how == DrillEnd::RealAlert { NoticeKind::DrillStopped } else { NoticeKind::DrillOver };
        for (person, channels) in told {
            for channel in channels {
                self.put(desk, tx, &self.address(person, channel, kind), None).await?;
            }
        }
        Ok(())
    }

    /// Stores the drill as it now is.
    pub(crate) async fn save(&mut self, tx: &mut Tx) -> Result<(), CaseError> {
        if self.was != self.drill {
            tx.change_drill(&self.was, &self.drill).await?;
            self.was = self.drill.clone();
        }
        Ok(())
    }

    /// Appends to what happened.
    pub(crate) async fn log(
        &self,
        tx: &mut Tx,
        kind: &str,
        by: Option<PersonId>,
        body: Option<serde_json::Value>,
    ) -> Result<(), CaseError> {
        let body = body.map(|b| b.to_string());
        Ok(tx.append_event(self.drill.id.uuid(), kind, by, self.now, body).await?)
    }

    /// Who may have heard of it, and by what: in writing where he was written to, otherwise by a call.
    async fn reached(&self, tx: &Tx) -> Result<BTreeMap<PersonId, Vec<Channel>>, CaseError> {
        let mut out: BTreeMap<PersonId, Vec<Channel>> = BTreeMap::new();
        let unheard = [MessageState::Pending, MessageState::Cancelled, MessageState::Failed];
        for m in tx.read()?.drill_messages(self.drill.id).await? {
            if m.kind == NoticeKind::Alarm && !unheard.contains(&m.state) {
                let channels = out.entry(m.person.0).or_default();
                if !channels.contains(&m.channel) {
                    channels.push(m.channel);
                }
            }
        }
        for channels in out.values_mut() {
            if channels.iter().any(|c| c.writes()) {
                channels.retain(|c| c.writes());
            }
        }
        Ok(out)
    }

    fn address(&self, person: PersonId, channel: Channel, kind: NoticeKind) -> Address {
        let (epoch, rung, repeat) = (self.drill.climb.epoch, self.drill.climb.rung, self.drill.climb.repeat);
        Address { person, channel, kind, epoch, rung, repeat, priority: 0 }
    }

    fn ground<'a>(&'a self, desk: &'a Desk) -> Ground<'a> {
        Ground { policy: &self.policy, calendar: &desk.calendar, directory: &self.directory, told: &self.told }
    }

    async fn put(
        &self,
        desk: &Desk,
        tx: &mut Tx,
        address: &Address,
        taken_by: Option<&'static str>,
    ) -> Result<(), CaseError> {
        let turn = (subject(self.drill.id), self.drill.climb.epoch);
        let to = DrillRecipient {
            drill: self.drill.id,
            school: self.drill.school,
            level: self.drill.climb.level,
            minutes: minutes_left(&self.drill.climb, &self.policy, self.now),
            taken_by,
            code_counter: give_code(desk, tx, address.person, turn).await?,
        };
        Ok(tx.put_drill_message(MessageId::new(desk.ids.uuid()), &to, address, self.now).await?)
    }

    async fn write(&mut self, desk: &Desk, tx: &mut Tx, step: &Step, by: Option<PersonId>) -> Result<(), CaseError> {
        let office = |p| self.directory.of_person(p).map(|e: &Entry| e.office.name_in_messages(Lang::Zh));
        let taken_by = by.and_then(office);
        for effect in &step.effects {
            match effect {
                Effect::Tell(notice) => {
                    self.put(desk, tx, notice.to(), taken_by).await?;
                    self.told.push(notice.to().person);
                }
                Effect::CancelAlarms => {
                    tx.cancel_alarms(subject(self.drill.id), self.now).await?;
                }
                Effect::Reached { rung, .. } => {
                    let tier = self.policy.ladder(self.drill.climb.level).rung(*rung).map(|r| r.tier.key());
                    let body = json!({ "rung": rung, "tier": tier, "offices": self.offices(step) });
                    self.log(tx, "rung_told", None, Some(body)).await?;
                }
                Effect::Reopened => self.log(tx, "reopened", None, None).await?,
                // Nobody keeps a drill from climbing.
                Effect::ClimbsOn { .. } => {}
                // It is a finding about the ladder that was tried, and stands in the report; the operator has none of it.
                Effect::Finding(finding) => {
                    self.log(tx, "finding", None, Some(json!({ "finding": finding.key() }))).await?;
                }
            }
        }
        Ok(())
    }

    /// In which office everybody is told in a step: positions may be others when the report is read.
    fn offices(&self, step: &Step) -> BTreeMap<String, &'static str> {
        let tells =
            step.effects.iter().filter_map(|e| if let Effect::Tell(n) = e { Some(n.to().person) } else { None });
        let entries = tells.filter_map(|p| self.directory.of_person(p));
        entries.map(|e| (e.person.to_string(), e.office.name(Lang::Zh))).collect()
    }
}

/// Everybody whom the drill may tell: those of its units, and nobody else.
async fn directory_of(desk: &Desk, tx: &Tx, drill: &DrillRecord) -> Result<Directory, CaseError> {
    let (units, now) = (drill.units(), desk.now());
    let mut sources = tx.read()?.directory_of_units(&units, drill.school, now).await?;
    sources.contacts.retain(|c| desk.carried.contains(&c.channel));
    Ok(Directory::of(&sources, &units, now))
}
