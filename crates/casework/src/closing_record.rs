//! What the record of an alert shows by itself, before anybody states anything.

use std::collections::BTreeSet;

use domain::alert::OnRecord;
use storage::{AlertRecord, EventRecord, Read};

use crate::{CaseError, Desk};

const MOST: u32 = 5_000;
/// After these, what was clear before is not clear any more.
const NEW_FACTS: [&str; 4] = ["evidence_joined", "raised", "still_worried", "case_reopened"];

/// Reads what the record shows.
pub(crate) async fn on_record(desk: &Desk, read: &Read<'_>, alert: &AlertRecord) -> Result<OnRecord, CaseError> {
    Ok(of_events(desk, alert, &read.events(alert.id.uuid(), MOST).await?))
}

/// The same, from events that were read already.
pub(crate) fn of_events(desk: &Desk, alert: &AlertRecord, events: &[EventRecord]) -> OnRecord {
    let new = |e: &&EventRecord| NEW_FACTS.contains(&e.kind.as_str());
    let facts_at = events.iter().rev().find(new).map_or(alert.opened_at, |e| e.at);
    let since = events.iter().rposition(|e| new(&e)).map_or(0, |i| i.saturating_add(1));
    let (mut days, mut asked) = (BTreeSet::new(), false);
    for e in events.iter().skip(since).filter(|e| matches!(e.kind.as_str(), "assessed" | "lowered")) {
        if e.level_change().is_some_and(|(from, to)| to > from) {
            days.clear();
            continue;
        }
        days.insert(desk.calendar.date(e.at));
        asked |= e.kind == "lowered" || said(e, "means_asked");
    }
    let quiet = (desk.now() - facts_at).num_days();
    OnRecord {
        assessed: alert.climb.assessed,
        custody: alert.climb.custody,
        means_asked: asked,
        clear_days: u32::try_from(days.len()).unwrap_or(u32::MAX),
        quiet_days: u32::try_from(quiet).unwrap_or_default(),
    }
}

fn said(e: &EventRecord, key: &str) -> bool {
    let body: Option<serde_json::Value> = e.body.as_deref().and_then(|b| serde_json::from_str(b).ok());
    body.and_then(|b| b.get(key).and_then(serde_json::Value::as_bool)).unwrap_or_default()
}
