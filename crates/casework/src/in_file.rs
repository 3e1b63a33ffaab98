//! What a reader finds in a child's file of what was stated for a close. Nobody learns of it what he could not read there.

use chrono::NaiveTime;
use domain::access::Right;
use domain::alert::{InFile, Trace};
use domain::growth_file::{EntryKind, Sight};
use domain::time::Timestamp;
use serde_json::Value;
use storage::{AlertRecord, GrowthEntry, GrowthFilter, Read};

use crate::care::lock_for;
use crate::file_reader::FileReader;
use crate::{CaseError, Desk, Signed};

const MOST: u32 = 500;
const KINDS: [EntryKind; 5] =
    [EntryKind::Interview, EntryKind::Counselling, EntryKind::HomeVisit, EntryKind::GuardianContact, EntryKind::Notice];

/// What stands in the file from the day on on which the alert opened, written down by an instant.
pub(crate) async fn in_file(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    alert: &AlertRecord,
    until: Timestamp,
) -> Result<InFile, CaseError> {
    let reader = match FileReader::open(desk, by, read, alert.student).await {
        Ok(reader) => reader,
        Err(CaseError::NotFound) => return Ok(InFile::unopened()),
        Err(err) => return Err(err),
    };
    let again = read.last_closing(alert.id).await?.and_then(|c| c.reopened_at).filter(|at| *at <= until);
    let from = desk.calendar.instant(desk.calendar.date(again.unwrap_or(alert.opened_at)), NaiveTime::MIN);
    let knows = reader.restricted != Sight::Nothing;
    let mut out = InFile::default();
    let filter = GrowthFilter {
        kinds: KINDS.into(),
        restricted: knows,
        from: Some(from),
        limit: MOST,
        ..GrowthFilter::default()
    };
    let entries = read.growth_entries(&reader.scope, alert.student, &filter).await?;
    let written = entries.into_iter().filter(|e| e.filed_at <= until).map(|e| reader.redacted(e).0);
    out.found.extend(written.filter_map(|e| trace(&e)));
    let with_adult = read.custodies(alert.id).await?.iter().any(|c| c.at >= from && c.at <= until);
    out.found.extend(with_adult.then_some(Trace::WithAdult));
    if knows {
        let plans = read.plans(&reader.scope, alert.student).await?;
        let in_force = plans.iter().any(|p| {
            let last = p.second.as_ref().map(|s| s.2).or(p.signed_at);
            p.is_signed() && last.is_some_and(|at| at <= until)
        });
        out.found.extend(in_force.then_some(Trace::PlanInForce));
    } else {
        out.hidden.extend([Trace::Talk, Trace::PlanInForce]);
    }
    if reader.may(desk, by, Right::Assess) {
        let lock = lock_for(read, by, alert.student).await?;
        let decided = lock.is_some_and(|l| {
            let kept = l.proposal.is_some_and(|p| !p.decision.lifts());
            kept && l.signed_at.is_some_and(|at| at <= until)
        });
        out.found.extend(decided.then_some(Trace::HomeNotTold));
    } else {
        out.hidden.insert(Trace::HomeNotTold);
    }
    Ok(out)
}

/// What an entry bears out.
fn trace(e: &GrowthEntry) -> Option<Trace> {
    let body: Option<Value> = e.body.as_deref().and_then(|b| serde_json::from_str(b).ok());
    let says = |key: &str, word: &str| body.as_ref().is_some_and(|b| b.get(key).and_then(Value::as_str) == Some(word));
    let seen = || body.as_ref().is_some_and(|b| b.get("seen").and_then(Value::as_bool) == Some(true));
    match e.kind {
        EntryKind::Interview | EntryKind::Counselling => Some(Trace::Talk),
        EntryKind::HomeVisit => seen().then_some(Trace::SeenAtHome),
        EntryKind::GuardianContact => {
            (says("what", "contact") && !says("answer", "not_reached")).then_some(Trace::GuardianReached)
        }
        EntryKind::Notice => (says("what", "signed") || says("what", "refused")).then_some(Trace::GuardianReached),
        EntryKind::Observation
        | EntryKind::Alert
        | EntryKind::Custody
        | EntryKind::Assessment
        | EntryKind::LifeEvent
        | EntryKind::Mood
        | EntryKind::Screening
        | EntryKind::List
        | EntryKind::Watch
        | EntryKind::MandatoryReport
        | EntryKind::Referral
        | EntryKind::Leave
        | EntryKind::LookIn
        | EntryKind::Plan
        | EntryKind::HandOver => None,
    }
}
