//! The report of a drill: per rung who was told when and by what, when it went out and arrived, who answered when. Pure:
//! everything in it is read from the outbox and from what was written down while it ran.

use std::collections::BTreeMap;

use domain::delivery::{Channel, MessageState};
use domain::id::PersonId;
use domain::notice::NoticeKind;
use domain::tier::Tier;
use domain::time::Timestamp;
use storage::{DrillMessage, DrillRecord, EventRecord};

use super::figures::{Answer, Figures, answers, field, has_receipts};

/// By one channel, to one person, the first message of a rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByChannel {
    /// The channel.
    pub channel: Channel,
    /// When it was put into the outbox.
    pub told_at: Timestamp,
    /// When a provider took it.
    pub accepted_at: Option<Timestamp>,
    /// When a receipt said that it had arrived.
    pub delivered_at: Option<Timestamp>,
    /// Where it stands.
    pub state: MessageState,
    /// What went wrong.
    pub error: Option<String>,
    /// How often it was said again on this rung.
    pub repeats: usize,
}

/// What one person on a rung got and did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonReport {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The office in which he was told, where that was written down.
    pub office: Option<String>,
    /// What he got.
    pub channels: Vec<ByChannel>,
    /// What he answered, first answer first.
    pub answers: Vec<Answer>,
}

/// One rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungReport {
    /// From 0.
    pub rung: u8,
    /// The tier that it stands for.
    pub tier: Option<Tier>,
    /// When it was told.
    pub told_at: Option<Timestamp>,
    /// Who is on it.
    pub people: Vec<PersonReport>,
}

/// A whole report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillReport {
    /// The figures.
    pub figures: Figures,
    /// The rungs that were told.
    pub rungs: Vec<RungReport>,
    /// Who was told and never answered, by name.
    pub silent: Vec<String>,
    /// What was found about the ladder: `empty_rung`, `nobody_reachable`, `no_duty_leader`, `unanswered_at_top`.
    pub findings: Vec<String>,
}

impl DrillReport {
    pub(super) fn of(drill: &DrillRecord, messages: &[DrillMessage], events: &[EventRecord]) -> Self {
        let rungs = rungs(messages, events);
        let mut silent: Vec<(PersonId, String)> = Vec::new();
        for p in rungs.iter().flat_map(|r| &r.people).filter(|p| p.answers.is_empty()) {
            if !silent.iter().any(|(id, _)| *id == p.person) {
                silent.push((p.person, p.name.clone()));
            }
        }
        let found = events.iter().filter(|e| e.kind == "finding").filter_map(|e| field(e, "finding"));
        let mut findings: Vec<String> = found.filter_map(|f| f.as_str().map(str::to_owned)).collect();
        findings.sort();
        findings.dedup();
        Self {
            figures: Figures::of(drill, messages, events),
            rungs,
            silent: silent.into_iter().map(|(_, name)| name).collect(),
            findings,
        }
    }
}

fn rungs(messages: &[DrillMessage], events: &[EventRecord]) -> Vec<RungReport> {
    let (offices, answers) = (offices(events), answers(events));
    let mut rungs: BTreeMap<u8, RungReport> = BTreeMap::new();
    for m in messages.iter().filter(|m| m.kind == NoticeKind::Alarm) {
        let new = || RungReport { rung: m.rung, tier: None, told_at: None, people: Vec::new() };
        let rung = rungs.entry(m.rung).or_insert_with(new);
        rung.told_at = Some(rung.told_at.map_or(m.created_at, |at| at.min(m.created_at)));
        if !rung.people.iter().any(|p| p.person == m.person.0) {
            rung.people.push(PersonReport {
                person: m.person.0,
                name: m.person.1.clone(),
                office: offices.get(&m.person.0.to_string()).cloned(),
                channels: Vec::new(),
                answers: answers.iter().filter(|(by, _)| *by == m.person.0).map(|(_, a)| a.clone()).collect(),
            });
        }
        let Some(person) = rung.people.iter_mut().find(|p| p.person == m.person.0) else { continue };
        note(person, m);
    }
    for event in events.iter().filter(|e| e.kind == "rung_told") {
        let rung = field(event, "rung").and_then(|r| u8::try_from(r.as_u64()?).ok());
        let tier = field(event, "tier").and_then(|t| Tier::from_key(t.as_str()?));
        if let Some(known) = rung.and_then(|r| rungs.get_mut(&r)) {
            known.tier = tier;
        }
    }
    rungs.into_values().collect()
}

/// The first message by each channel counts; later ones on the same rung are repeats, unless the first was kept in.
fn note(person: &mut PersonReport, m: &DrillMessage) {
    let fresh = ByChannel {
        channel: m.channel,
        told_at: m.created_at,
        accepted_at: m.accepted_at,
        delivered_at: m.delivered_at,
        state: m.state,
        error: m.last_error.clone(),
        repeats: 0,
    };
    match person.channels.iter_mut().find(|c| c.channel == m.channel) {
        None => person.channels.push(fresh),
        Some(known) if known.state == MessageState::Cancelled => *known = fresh,
        Some(known) if m.state != MessageState::Cancelled => known.repeats += 1,
        Some(_) => {}
    }
}

fn offices(events: &[EventRecord]) -> BTreeMap<String, String> {
    let told = events.iter().filter(|e| e.kind == "rung_told").filter_map(|e| field(e, "offices"));
    told.filter_map(|o| serde_json::from_value::<BTreeMap<String, String>>(o).ok()).flatten().collect()
}

/// Whether a message did not arrive.
pub(super) fn lost(m: &DrillMessage) -> bool {
    m.state == MessageState::Failed
}

/// Whether nobody knows if a message arrived, though such messages have receipts.
pub(super) fn unreceipted(m: &DrillMessage) -> bool {
    m.state == MessageState::Unknown || (m.state == MessageState::Accepted && has_receipts(m.channel))
}
