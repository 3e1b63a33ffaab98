//! One line of a log: when, what is done, and who hears of it.
//!
//! ```text
//! 2026-11-23 10:00  subject reports red   -> teacher grade counsellor vice principal
//!            10:05  teacher takes it      -> taken: grade counsellor vice principal
//!            10:15                        -> teacher grade counsellor vice principal district
//! 11-24      03:00  (nothing is done, and nobody hears)
//! ```
//!
//! Who hears stands in groups, `;` between them: `[what] [by channels]: people`. Left out, it is an alarm, by SMS and mail.
//! `ring: duty` is a call. What is not written there must not happen.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use domain::delivery::Channel;
use domain::notice::NoticeKind;
use domain::time::Timestamp;

/// What was heard: by whom and why, with the channels of each message in order.
pub(super) type Heard = BTreeMap<(String, &'static str), Vec<&'static str>>;

/// A line, read.
pub(super) struct Line {
    pub(super) at: Timestamp,
    pub(super) deed: String,
    pub(super) heard: Heard,
}

impl Line {
    /// Reads a line that stands after one of this day; `None` when nothing stands there.
    pub(super) fn read(text: &str, day: &mut NaiveDate) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let (left, heard) = text.split_once("->").unwrap_or((text, ""));
        let mut words = left.split_whitespace().peekable();
        if let Some(date) = words.next_if(|w| w.contains('-')) {
            let whole = if date.len() == 5 { format!("{}-{date}", day.format("%Y")) } else { date.to_owned() };
            *day = whole.parse().unwrap_or_else(|_| panic!("no date: {text}"));
        }
        let time = words.next().unwrap_or_else(|| panic!("no time: {text}"));
        let time = NaiveTime::parse_from_str(time, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"));
        let wall = day.and_time(time.unwrap_or_else(|_| panic!("no time: {text}")));
        let deed = words.collect::<Vec<_>>().join(" ");
        Some(Self { at: (wall - TimeDelta::hours(8)).and_utc(), deed, heard: read_heard(heard) })
    }
}

fn read_heard(text: &str) -> Heard {
    let mut heard = Heard::new();
    for group in text.split(';').filter(|g| !g.trim().is_empty()) {
        let (what, people) = group.split_once(':').unwrap_or(("", group));
        let (kind, by) = what.trim().split_once("by ").unwrap_or((what.trim(), ""));
        let (kind, by) = match (kind.trim(), by.trim()) {
            ("ring", "") => ("alarm", "voice"),
            (kind, "") => (word(kind), "sms+mail"),
            (kind, by) => (word(kind), by),
        };
        let people = people.split_whitespace().flat_map(|name| match name {
            "SCHOOL" => vec!["teacher", "grade", "counsellor", "vice", "principal"],
            "GRADE" => vec!["teacher", "grade", "counsellor"],
            "nobody" => vec![],
            name => vec![name],
        });
        for person in people {
            for channel in by.split('+') {
                note(&mut heard, person, kind, channel_word(channel));
            }
        }
    }
    heard
}

/// Adds what somebody heard.
pub(super) fn note(heard: &mut Heard, person: &str, kind: &'static str, channel: &'static str) {
    let channels = heard.entry((person.to_owned(), kind)).or_default();
    channels.push(channel);
    channels.sort_unstable();
}

fn channel_word(word: &str) -> &'static str {
    Channel::from_key(word).unwrap_or_else(|| panic!("no channel: {word}")).key()
}

fn word(short: &str) -> &'static str {
    let kind = match short {
        "" => NoticeKind::Alarm,
        "taken" => NoticeKind::TakenOver,
        "rest" => NoticeKind::StoodDown,
        "assess" => NoticeKind::AssessmentDue,
        "facts" => NoticeKind::NewFacts,
        "changed" => NoticeKind::ContactChanged,
        "password" => NoticeKind::PasswordChanged,
        "sign" => NoticeKind::SecondSignature,
        "over" => NoticeKind::Over,
        "signed" => NoticeKind::SignatureGiven,
        "refused" => NoticeKind::SignatureRefused,
        _ => panic!("nobody hears that: {short}"),
    };
    kind.key()
}
