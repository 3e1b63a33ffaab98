//! Every state meets every event: what changes, and who is told. Each line of the tables is one cell.

use super::world::*;
use crate::escalation::{Effect, Event};
use crate::level::{BelowRed, Level};
use crate::notice::Notice;

/// The states, each in the variety that decides differently.
#[derive(Debug, Clone, Copy)]
enum At {
    Open,
    Held,
    Top,
    Acked,
    InCustody,
    Settled,
    Closed,
}

/// A red cannot be kept from climbing.
const STATES: [At; 7] = [At::Open, At::Held, At::Top, At::Acked, At::InCustody, At::Settled, At::Closed];

/// The counsellor acts; the level goes to red, or down to yellow.
fn events(w: &World) -> Vec<(&'static str, Event)> {
    let by = id("counsellor");
    let (epoch, rung, version) = (w.climb.epoch, w.climb.rung, w.climb.version);
    let events = [
        Event::Due { version },
        Event::Due { version: version - 1 },
        Event::Acknowledged { by },
        Event::Custody { by },
        Event::Assessed { by },
        Event::Raised { to: Level::Red },
        Event::Lowered { to: Level::Yellow },
        Event::IndependentRepeat,
        Event::StillWorried,
        Event::RungUnreachable { epoch, rung },
        Event::Declined { by },
        Event::DirectoryChanged,
        Event::AuditorNudge,
        not_escalated(w),
        Event::NewFacts,
        Event::Closed,
        Event::Reopened,
    ];
    events.into_iter().map(|event| (word(&event, version), event)).collect()
}

/// That an orange need not climb for a day: the policy says four hours at most.
fn not_escalated(w: &World) -> Event {
    Event::NotEscalated { level: BelowRed::Orange, until: w.now() + crate::time::minutes(24 * 60) }
}

/// A new kind of event does not compile until it has a column here.
fn word(event: &Event, version: u64) -> &'static str {
    match event {
        Event::Due { version: v } if *v == version => "due",
        Event::Due { .. } => "stale due",
        Event::Acknowledged { .. } => "acknowledged",
        Event::Custody { .. } => "custody",
        Event::Assessed { .. } => "assessed",
        Event::Raised { .. } => "raised",
        Event::Lowered { .. } => "lowered",
        Event::IndependentRepeat => "repeat",
        Event::StillWorried => "worried",
        Event::RungUnreachable { .. } => "unreachable",
        Event::Declined { .. } => "declined",
        Event::DirectoryChanged => "directory changed",
        Event::AuditorNudge => "nudge",
        Event::NotEscalated { .. } => "not escalated",
        Event::NewFacts => "new facts",
        Event::Closed => "closed",
        Event::Reopened => "reopened",
    }
}

fn brought_to(at: At, level: Level) -> World {
    let mut w = World::opened(level, "2026-11-23 10:00");
    match at {
        At::Open => {}
        At::Held => w.happens(not_escalated(&w)),
        At::Top => {
            while w.climb.rung < policy().ladder(level).top() {
                w.becomes_due();
                w.happens(Event::Due { version: w.climb.version });
            }
        }
        At::Acked => w.happens(Event::Acknowledged { by: id("teacher") }),
        At::InCustody => w.happens(Event::Custody { by: id("teacher") }),
        At::Settled => {
            w.happens(Event::Custody { by: id("teacher") });
            w.happens(Event::Assessed { by: id("counsellor") });
        }
        At::Closed => w.happens(Event::Closed),
    }
    w.forgets();
    w
}

/// One cell: a minute later, or when it is due, the event happens.
fn cell(at: At, level: Level, which: usize) -> String {
    let mut w = brought_to(at, level);
    let (said, event) = events(&w)[which];
    if said == "due" {
        w.becomes_due();
    } else {
        w.passes(1);
    }
    let before = w.climb.clone();
    w.happens(event);
    let cell = if w.climb == before && w.last.is_empty() {
        "nothing".to_owned()
    } else {
        let due = w.climb.state.due_at().map_or(String::new(), |at| format!("+{}m", (at - w.now()).num_minutes()));
        format!("{}{due} r{} e{}{}{}", w.climb.state.key(), w.climb.rung, w.climb.epoch, flags(&w), effects(&w.last))
    };
    w.forgets();
    format!("{said}: {cell}")
}

fn flags(w: &World) -> String {
    let mut out = String::new();
    for (flag, said) in [
        (w.climb.custody, " custody"),
        (w.climb.assessed, " assessed"),
        (w.climb.late, " late"),
        (w.climb.state.held_from().is_some(), " kept"),
    ] {
        if flag {
            out.push_str(said);
        }
    }
    out
}

/// The effects in order; neighbours of one kind and one set of channels in one word.
fn effects(effects: &[Effect]) -> String {
    let mut out = String::new();
    let mut told: Vec<(&str, String)> = Vec::new();
    for effect in effects {
        if let Effect::Tell(notice) = effect {
            let (who, how) = (name(notice.to().person), notice.to().channel.key());
            let kind = match notice {
                Notice::Red(_) => "red",
                Notice::Prompt(_) | Notice::Other(_) => notice.to().kind.key(),
            };
            match told.last_mut() {
                Some((last, said)) if *last == who => said.push_str(&format!("+{how}")),
                _ => told.push((who, format!("{kind} {how}"))),
            }
            continue;
        }
        say(&mut out, &mut told);
        out.push_str(&match effect {
            Effect::CancelAlarms => " | cancel".to_owned(),
            Effect::Reached { rung, .. } => format!(" | reached {rung}"),
            Effect::Reopened => " | reopened".to_owned(),
            Effect::ClimbsOn { in_time: true } => " | climbs on in time".to_owned(),
            Effect::ClimbsOn { in_time: false } => " | climbs on".to_owned(),
            Effect::Finding(finding) => format!(" | {}", finding.key()),
            Effect::Tell(_) => String::new(),
        });
    }
    say(&mut out, &mut told);
    out
}

fn say(out: &mut String, told: &mut Vec<(&str, String)>) {
    let mut last = String::new();
    for (who, what) in told.drain(..) {
        let what = what.replace("sms+mail", "both");
        if what == last {
            out.push_str(&format!(" {who}"));
        } else {
            out.push_str(&format!(" | {what}: {who}"));
            last = what;
        }
    }
    *out = out.replace(&SCHOOL.join(" "), "school");
}

#[track_caller]
fn holds(level: Level, table: &str) {
    let mut got = Vec::new();
    for at in STATES.into_iter().filter(|at| level < Level::Red || !matches!(at, At::Held)) {
        got.push(format!("{at:?}"));
        for which in 0..events(&brought_to(at, level)).len() {
            got.push(format!("  {}", cell(at, level, which)));
        }
    }
    let want: Vec<&str> = table.lines().skip(1).collect();
    for (got, want) in got.iter().zip(&want) {
        assert_eq!(got, want);
    }
    assert_eq!(got.len(), want.len(), "{got:#?}");
}

#[test]
fn every_cell_of_a_red() {
    holds(Level::Red, RED);
}

#[test]
fn every_cell_of_an_orange() {
    holds(Level::Orange, ORANGE);
}

const RED: &str = "
Open
  due: open+10m r1 e0 | red both: officer | reached 1
  stale due: nothing
  acknowledged: acked+10m r0 e0 | cancel | taken_over both: teacher grade vice principal
  custody: acked+60m r0 e0 custody | cancel | stood_down both: teacher grade vice principal
  assessed: acked+10m r0 e0 assessed | cancel | taken_over both: teacher grade vice principal
  raised: nothing
  lowered: settled+20160m r2 e1 assessed | cancel
  repeat: open+10m r1 e0 | red both: officer | reached 1
  worried: open+10m r1 e0 | red both: officer | reached 1
  unreachable: open+10m r1 e0 | empty_rung | red both: officer | reached 1
  declined: open+9m r0 e0
  directory changed: nothing
  nudge: open+9m r0 e0 | red both: school
  not escalated: nothing
  new facts: nothing
  closed: closed r0 e0 | cancel
  reopened: nothing
Top
  due: open+10m r2 e0 | red mail: lead | unanswered_at_top
  stale due: nothing
  acknowledged: acked+10m r2 e0 | cancel | taken_over both: teacher grade vice principal officer lead
  custody: acked+60m r2 e0 custody | cancel | stood_down both: teacher grade vice principal officer lead
  assessed: acked+10m r2 e0 assessed | cancel | taken_over both: teacher grade vice principal officer lead
  raised: nothing
  lowered: settled+20160m r3 e1 assessed | cancel
  repeat: open+10m r2 e0 | red mail: lead | unanswered_at_top
  worried: open+10m r2 e0 | red mail: lead | unanswered_at_top
  unreachable: open+9m r2 e0 | empty_rung | red both: school officer lead
  declined: nothing
  directory changed: nothing
  nudge: open+9m r2 e0 | red both: lead
  not escalated: nothing
  new facts: nothing
  closed: closed r2 e0 | cancel
  reopened: nothing
Acked
  due: open+10m r1 e1 | reopened | red both: school | reached 0 | red both: officer | reached 1
  stale due: nothing
  acknowledged: nothing
  custody: acked+60m r0 e0 custody | stood_down both: teacher grade vice principal
  assessed: acked+9m r0 e0 assessed
  raised: nothing
  lowered: settled+20160m r2 e1 assessed | cancel
  repeat: nothing
  worried: open+10m r1 e1 | reopened | red both: school | reached 0 | red both: officer | reached 1
  unreachable: nothing
  declined: open+10m r1 e1 | reopened | red both: school | reached 0 | red both: officer | reached 1
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: closed r0 e0 | cancel
  reopened: nothing
InCustody
  due: acked+60m r0 e0 custody | assessment_due both: counsellor vice
  stale due: nothing
  acknowledged: nothing
  custody: nothing
  assessed: settled+1440m r0 e0 custody assessed
  raised: nothing
  lowered: settled+20160m r2 e1 custody assessed | cancel
  repeat: nothing
  worried: open+10m r1 e1 | reopened | red both: school | reached 0 | red both: officer | reached 1
  unreachable: nothing
  declined: open+10m r1 e1 | reopened | red both: school | reached 0 | red both: officer | reached 1
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: closed r0 e0 custody | cancel
  reopened: nothing
Settled
  due: open+10m r0 e1 | reopened | red both: school | reached 0
  stale due: nothing
  acknowledged: nothing
  custody: nothing
  assessed: settled+1440m r0 e0 custody assessed
  raised: nothing
  lowered: settled+20160m r2 e1 custody assessed | cancel
  repeat: nothing
  worried: open+10m r1 e1 | reopened | red both: school | reached 0 | red both: officer | reached 1
  unreachable: nothing
  declined: nothing
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: closed r0 e0 custody assessed | cancel
  reopened: nothing
Closed
  due: nothing
  stale due: nothing
  acknowledged: nothing
  custody: nothing
  assessed: nothing
  raised: nothing
  lowered: nothing
  repeat: nothing
  worried: nothing
  unreachable: nothing
  declined: nothing
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: nothing
  reopened: open+10m r0 e1 | reopened | red both: school | reached 0
";

const ORANGE: &str = "
Open
  due: open+60m r1 e0 | alarm both: vice | reached 1
  stale due: nothing
  acknowledged: acked+240m r0 e0 | cancel | taken_over both: teacher grade
  custody: acked+240m r0 e0 custody | cancel | taken_over both: teacher grade
  assessed: settled+4320m r0 e0 assessed | cancel | taken_over both: teacher grade
  raised: open+10m r0 e1 | cancel | red both: school | reached 0
  lowered: settled+20160m r1 e1 assessed | cancel
  repeat: open+60m r1 e0 | alarm both: vice | reached 1
  worried: open+60m r1 e0 | alarm both: vice | reached 1
  unreachable: open+60m r1 e0 | empty_rung | alarm both: vice | reached 1
  declined: open+59m r0 e0
  directory changed: nothing
  nudge: open+59m r0 e0 | alarm both: teacher grade counsellor
  not escalated: open+240m r0 e0 kept
  new facts: nothing
  closed: closed r0 e0 | cancel
  reopened: nothing
Held
  due: open+60m r1 e0 | climbs on in time | alarm both: vice | reached 1
  stale due: nothing
  acknowledged: acked+240m r0 e0 | cancel | taken_over both: teacher grade
  custody: acked+240m r0 e0 custody | cancel | taken_over both: teacher grade
  assessed: settled+4320m r0 e0 assessed | cancel | taken_over both: teacher grade
  raised: open+10m r0 e1 | climbs on | cancel | red both: school | reached 0
  lowered: settled+20160m r1 e1 assessed | cancel
  repeat: open+60m r1 e0 | climbs on | alarm both: vice | reached 1
  worried: open+60m r1 e0 | climbs on | alarm both: vice | reached 1
  unreachable: open+60m r1 e0 | climbs on | empty_rung | alarm both: vice | reached 1
  declined: open+239m r0 e0 kept
  directory changed: nothing
  nudge: open+239m r0 e0 kept | alarm both: teacher grade counsellor
  not escalated: nothing
  new facts: open+59m r0 e0 | climbs on
  closed: closed r0 e0 | cancel
  reopened: nothing
Top
  due: open+60m r3 e0 | alarm mail: officer | unanswered_at_top
  stale due: nothing
  acknowledged: acked+240m r3 e0 | cancel | taken_over both: teacher grade vice principal officer
  custody: acked+240m r3 e0 custody | cancel | taken_over both: teacher grade vice principal officer
  assessed: settled+4320m r3 e0 assessed | cancel | taken_over both: teacher grade vice principal officer
  raised: open+10m r1 e1 | cancel | red both: school | reached 0 | red both: officer | reached 1
  lowered: settled+20160m r3 e1 assessed | cancel
  repeat: open+60m r3 e0 | alarm mail: officer | unanswered_at_top
  worried: open+60m r3 e0 | alarm mail: officer | unanswered_at_top
  unreachable: open+59m r3 e0 | empty_rung | alarm both: school officer
  declined: nothing
  directory changed: nothing
  nudge: open+59m r3 e0 | alarm both: officer
  not escalated: nothing
  new facts: nothing
  closed: closed r3 e0 | cancel
  reopened: nothing
Acked
  due: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  stale due: nothing
  acknowledged: nothing
  custody: acked+239m r0 e0 custody
  assessed: settled+4320m r0 e0 assessed
  raised: open+10m r0 e1 | cancel | red both: school | reached 0
  lowered: settled+20160m r1 e1 assessed | cancel
  repeat: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  worried: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  unreachable: nothing
  declined: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: closed r0 e0 | cancel
  reopened: nothing
InCustody
  due: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  stale due: nothing
  acknowledged: nothing
  custody: nothing
  assessed: settled+4320m r0 e0 custody assessed
  raised: open+10m r0 e1 | cancel | red both: school | reached 0
  lowered: settled+20160m r1 e1 custody assessed | cancel
  repeat: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  worried: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  unreachable: nothing
  declined: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: closed r0 e0 custody | cancel
  reopened: nothing
Settled
  due: open+60m r0 e1 | reopened | alarm both: teacher grade counsellor | reached 0
  stale due: nothing
  acknowledged: nothing
  custody: nothing
  assessed: settled+4320m r0 e0 custody assessed
  raised: open+10m r0 e1 | cancel | red both: school | reached 0
  lowered: settled+20160m r1 e1 custody assessed | cancel
  repeat: nothing
  worried: open+60m r1 e1 | reopened | alarm both: teacher grade counsellor | reached 0 | alarm both: vice | reached 1
  unreachable: nothing
  declined: nothing
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: closed r0 e0 custody assessed | cancel
  reopened: nothing
Closed
  due: nothing
  stale due: nothing
  acknowledged: nothing
  custody: nothing
  assessed: nothing
  raised: nothing
  lowered: nothing
  repeat: nothing
  worried: nothing
  unreachable: nothing
  declined: nothing
  directory changed: nothing
  nudge: nothing
  not escalated: nothing
  new facts: nothing
  closed: nothing
  reopened: open+60m r0 e1 | reopened | alarm both: teacher grade counsellor | reached 0
";
