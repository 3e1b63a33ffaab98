//! What is written into a file as a dated text: life events, notes of counselling.

use chrono::{DateTime, NaiveDate, NaiveTime};

use super::{EntryKind, LifeEvents, Source};
use crate::access::Right;
use crate::calendar::Calendar;
use crate::fault::{Fault, Faults, merged};
use crate::time::{Timestamp, truncate};

/// So long a text may be.
pub const ENTRY_CHARS: usize = 4_000;

/// Kinds that are written as dated texts.
pub const WRITTEN: [EntryKind; 2] = [EntryKind::LifeEvent, EntryKind::Counselling];

/// An entry as it was typed.
#[derive(Debug, Clone, Default)]
pub struct EntryDraft {
    /// What kind; of a correction, what it corrects says so.
    pub kind: String,
    /// When it happened: a day, or an instant.
    pub at: String,
    /// The words.
    pub text: String,
    /// Where they come from; staff where nothing is said.
    pub source: Option<String>,
    /// Which life event.
    pub event: Option<String>,
    /// Whether the counsellor alone shall read it.
    pub restricted: bool,
    /// What could not be read at all.
    pub unread: Vec<Fault>,
}

/// What an entry is looked at beside.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The life events that there are.
    pub events: &'a LifeEvents,
    /// School time.
    pub calendar: &'a Calendar,
    /// Now.
    pub now: Timestamp,
    /// When the student was born, where the roster says so.
    pub born: Option<NaiveDate>,
}

/// An entry, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedText {
    /// What kind.
    pub kind: EntryKind,
    /// When it happened.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// Where they come from.
    pub source: Source,
    /// Which life event.
    pub event: Option<String>,
    /// Whether the counsellor alone reads it.
    pub restricted: bool,
}

impl DatedText {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: &EntryDraft, beside: &Beside<'_>) -> Result<Self, Vec<Fault>> {
        let read = Self::of(draft, beside);
        if draft.unread.is_empty() { read } else { Err(merged(draft.unread.clone(), read.err().unwrap_or_default())) }
    }

    fn of(draft: &EntryDraft, beside: &Beside<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let kind = EntryKind::from_key(draft.kind.trim()).filter(|k| WRITTEN.contains(k));
        faults.when(kind.is_none(), || bad_kind(draft.kind.trim()));
        let at = instant(&draft.at, "at", beside, &mut faults);
        let text = crate::text::lines(&draft.text, "text", &mut faults);
        faults.when(text.is_empty(), || Fault::new("text", "required", "请写下内容", "Say it in words"));
        faults.when(text.chars().count() > ENTRY_CHARS, || too_long("text", ENTRY_CHARS));
        let source = source_of(draft.source.as_deref(), &mut faults);
        let event = event(kind, draft.event.as_deref(), beside.events, &mut faults);
        let (Some(kind), Some(at), Some(source)) = (kind, at, source) else { return Err(faults.into_vec()) };
        faults.or(Self { kind, at, text, source, event, restricted: draft.restricted })
    }
}

/// The right that writing such an entry asks for; nothing where entries of the kind come about by themselves or have a
/// form of their own.
#[must_use]
pub fn right_of(kind: EntryKind) -> Option<Right> {
    match kind {
        EntryKind::LifeEvent => Some(Right::RecordCare),
        EntryKind::Counselling => Some(Right::Counsel),
        EntryKind::Observation
        | EntryKind::Alert
        | EntryKind::Custody
        | EntryKind::Assessment
        | EntryKind::Mood
        | EntryKind::List
        | EntryKind::Interview
        | EntryKind::Screening
        | EntryKind::HomeVisit
        | EntryKind::GuardianContact
        | EntryKind::Notice
        | EntryKind::Watch
        | EntryKind::MandatoryReport
        | EntryKind::Referral
        | EntryKind::Leave
        | EntryKind::LookIn
        | EntryKind::Plan
        | EntryKind::HandOver => None,
    }
}

fn bad_kind(typed: &str) -> Fault {
    let code = if typed.is_empty() {
        "required"
    } else if EntryKind::from_key(typed).is_some() {
        "not_written_here"
    } else {
        "unknown_value"
    };
    let known = WRITTEN.map(EntryKind::key).join(" ");
    Fault::new("kind", code, format!("这里可以写的类别：{known}"), format!("What is written here: {known}"))
}

/// Reads a day or an instant of the child's life so far.
fn instant(typed: &str, field: &str, beside: &Beside<'_>, faults: &mut Faults) -> Option<Timestamp> {
    let typed = typed.trim();
    let day = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok().filter(|_| typed.len() == 10);
    let of_day = |day| beside.calendar.instant(day, NaiveTime::MIN);
    let exact = || DateTime::parse_from_rfc3339(typed).ok().map(|at| truncate(at.to_utc()));
    let Some(at) = day.map(of_day).or_else(exact) else {
        let code = if typed.is_empty() { "required" } else { "bad_time" };
        faults.add(Fault::new(
            field,
            code,
            "请填写日期，例如 2026-11-23",
            "Give a day such as 2026-11-23, or a time such as 2026-11-23T10:30:00+08:00",
        ));
        return None;
    };
    faults.when(at > beside.now, || Fault::new(field, "in_the_future", "这个日期还没有到", "This has not come yet"));
    faults.when(beside.born.is_some_and(|born| beside.calendar.date(at) < born), || {
        Fault::new(field, "before_birth", "早于学生的出生日期", "This is before the student was born")
    });
    Some(at)
}

/// Reads where something comes from.
pub(crate) fn source_of(typed: Option<&str>, faults: &mut Faults) -> Option<Source> {
    let typed = typed.map(str::trim).filter(|t| !t.is_empty()).unwrap_or(Source::Staff.key());
    // What the service does by itself, it writes by itself.
    let source = Source::from_key(typed).filter(|s| *s != Source::Service);
    faults.when(source.is_none(), || Fault::new("source", "unknown_value", "请选择来源", "Choose where it comes from"));
    source
}

fn event(kind: Option<EntryKind>, typed: Option<&str>, known: &LifeEvents, faults: &mut Faults) -> Option<String> {
    let typed = typed.map(str::trim).filter(|t| !t.is_empty());
    if kind == Some(EntryKind::LifeEvent) {
        let code = if typed.is_none() { "required" } else { "unknown_event" };
        faults.when(typed.is_none_or(|t| known.get(t).is_none()), || {
            Fault::new("event", code, "请选择是什么事", "Choose what happened")
        });
    } else if kind.is_some() {
        faults.when(typed.is_some(), || {
            Fault::new("event", "not_for_this_kind", "只有生活事件才选这一项", "This is for life events alone")
        });
    }
    typed.map(str::to_owned)
}

pub(crate) fn too_long(field: &str, limit: usize) -> Fault {
    Fault::new(field, "too_long", format!("太长了，最多 {limit} 个字"), format!("Too long: at most {limit} characters"))
}

#[cfg(test)]
#[path = "entry_tests.rs"]
mod tests;
