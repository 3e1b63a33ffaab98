//! What somebody answered, and the few figures by which one drill is held against another.

use domain::delivery::Channel;
use domain::id::PersonId;
use domain::notice::NoticeKind;
use domain::time::Timestamp;
use storage::{DrillMessage, DrillRecord, EventRecord};

use super::report::{lost, unreceipted};

/// An answer of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// `acknowledged`, `declined`, `custody`, or `answered`: after somebody else had taken it.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// `signed_in`, `code_page`, `sms_reply` or `voice_key`.
    pub via: String,
}

/// The kinds of events that are answers.
const ANSWERS: [&str; 4] = ["acknowledged", "declined", "custody", "answered"];

/// Everybody's answers, in order.
pub(super) fn answers(events: &[EventRecord]) -> Vec<(PersonId, Answer)> {
    let given = events.iter().filter(|e| ANSWERS.contains(&e.kind.as_str()));
    given
        .filter_map(|e| {
            let via = field(e, "via").and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
            Some((e.by.as_ref()?.0, Answer { kind: e.kind.clone(), at: e.at, via }))
        })
        .collect()
}

/// A field of what an event holds.
pub(super) fn field(event: &EventRecord, name: &str) -> Option<serde_json::Value> {
    let body: serde_json::Value = serde_json::from_str(event.body.as_deref()?).ok()?;
    body.get(name).cloned()
}

/// The figures of a drill. Seconds are counted from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Until a provider first took a message.
    pub first_accepted: Option<i64>,
    /// Until anybody answered at all.
    pub first_answer: Option<i64>,
    /// Until somebody took it.
    pub taken: Option<i64>,
    /// Until a custody was recorded.
    pub custody: Option<i64>,
    /// How many people were told.
    pub told: usize,
    /// How many of them answered.
    pub answered: usize,
    /// How many messages did not arrive.
    pub failed: usize,
    /// How many SMS and calls nobody knows of whether they arrived.
    pub unreceipted: usize,
}

impl Figures {
    pub(super) fn of(drill: &DrillRecord, messages: &[DrillMessage], events: &[EventRecord]) -> Self {
        let since = |at: Timestamp| (at - drill.started_at).num_seconds();
        let answers = answers(events);
        let first = |kinds: &[&str]| {
            answers.iter().filter(|(_, a)| kinds.contains(&a.kind.as_str())).map(|(_, a)| since(a.at)).min()
        };
        let alarms: Vec<&DrillMessage> = messages.iter().filter(|m| m.kind == NoticeKind::Alarm).collect();
        let told: std::collections::BTreeSet<PersonId> = alarms.iter().map(|m| m.person.0).collect();
        let answered = told.iter().filter(|p| answers.iter().any(|(by, _)| by == *p)).count();
        Self {
            first_accepted: alarms.iter().filter_map(|m| m.accepted_at).map(since).min(),
            first_answer: first(&ANSWERS),
            taken: first(&["acknowledged", "custody"]),
            custody: first(&["custody"]),
            told: told.len(),
            answered,
            failed: alarms.iter().filter(|m| lost(m)).count(),
            unreceipted: alarms.iter().filter(|m| unreceipted(m)).count(),
        }
    }
}

/// Whether a provider of this channel says what became of a message.
pub(super) fn has_receipts(channel: Channel) -> bool {
    matches!(channel, Channel::Sms | Channel::Voice)
}
