//! What stands in the file: days and stages for everybody who opens it, reasons for those who may read them.

use chrono::NaiveTime;
use domain::growth_file::{EntryKind, Source, Visibility};
use domain::id::EventId;
use domain::leave::{Course, LeaveState, Stage, Step};
use domain::time::Timestamp;
use serde_json::{Value, json};
use storage::{LeaveRecord, LeaveStep, NewGrowthEntry};

use crate::Desk;

/// The tag by which rules look for a return.
const RETURN: &str = "return_to_school";

fn entry(desk: &Desk, leave: &LeaveRecord, by: domain::id::PersonId, body: &Value, open: bool) -> NewGrowthEntry {
    NewGrowthEntry {
        by: Some(by),
        body: Some(body.to_string()),
        visibility: if open { Visibility::Open } else { Visibility::Restricted },
        record: Some(leave.id.uuid()),
        filed_at: Some(desk.now()),
        ..NewGrowthEntry::new(EntryKind::Leave, leave.student, EventId::new(desk.ids.uuid()), desk.now())
    }
}

/// Of a leave that begins.
pub(super) fn begun(desk: &Desk, leave: &LeaveRecord) -> [NewGrowthEntry; 2] {
    let (a, by) = (&leave.absence, leave.by.0);
    let open = json!({ "what": "begun", "from": a.from, "every_days": a.every_days });
    let why = json!({ "what": "why", "reason": a.reason, "paper_seen": a.paper_seen, "note": a.note });
    [entry(desk, leave, by, &open, true), entry(desk, leave, by, &why, false)]
}

/// Of a step that was taken, with how far the leave has come by it.
pub(super) fn taken(desk: &Desk, leave: &LeaveRecord, step: &LeaveStep, course: &Course) -> Vec<NewGrowthEntry> {
    let by = step.by.0;
    let mut body = serde_json::to_value(&step.step).unwrap_or_default();
    if let Some(body) = body.as_object_mut() {
        // Who does what comes next is a task, and the stages have an entry of their own.
        for key in ["reviewer", "assessor", "signer", "decider", "stages", "at"] {
            body.remove(key);
        }
    }
    let open = matches!(step.step, Step::Contact { .. } | Step::Stage { .. });
    let at = if let Step::Contact { at, .. } = &step.step { *at } else { desk.now() };
    let mut out = vec![NewGrowthEntry { at, ..entry(desk, leave, by, &body, open) }];
    let begins = matches!(step.step, Step::Sign { agrees: true, .. } | Step::Answer { grants: true, .. });
    if begins && course.state == LeaveState::Returning {
        let stages: Vec<Value> = course.stages.iter().map(stage).collect();
        out.push(entry(desk, leave, by, &json!({ "what": "returning", "stages": stages }), true));
        out.extend(life_event(desk, leave, by, course));
    }
    if course.state == LeaveState::Done {
        out.push(entry(desk, leave, by, &json!({ "what": "done" }), true));
    }
    out
}

fn stage(s: &Stage) -> Value {
    let p = &s.plan;
    json!({ "from": p.from, "until": p.until, "hours": p.hours_per_day, "with": p.with_whom, "watch": p.watch })
}

/// The return itself, on its first day: it weighs for as long as the rules say.
fn life_event(desk: &Desk, leave: &LeaveRecord, by: domain::id::PersonId, course: &Course) -> Option<NewGrowthEntry> {
    let event = desk.life_events.all().iter().find(|e| e.tags.contains(RETURN))?;
    let first = course.stages.first()?.plan.from;
    let at: Timestamp = desk.calendar.instant(first, NaiveTime::MIN);
    let body = json!({ "what": event.code, "zh": event.zh, "en": event.en, "text": "" });
    let id = EventId::new(desk.ids.uuid());
    Some(NewGrowthEntry {
        by: Some(by),
        body: Some(body.to_string()),
        source: Some(Source::Service),
        filed_at: Some(desk.now()),
        record: Some(id.uuid()),
        ..NewGrowthEntry::new(EntryKind::LifeEvent, leave.student, id, at)
    })
}
