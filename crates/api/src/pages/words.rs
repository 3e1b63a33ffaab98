//! Values of the domain, as the views show them.

use casework::MessageRecord;
use chrono::{Datelike, NaiveDateTime, TimeDelta};
use domain::delivery::{MessageState, Sending, Standing};
use domain::fault::Fault;
use domain::lang::Lang;
use domain::level::Level;
use domain::time::Timestamp;

use super::view::alert::Tone;
use super::view::parts::{self, Deadline, Errors, FieldError, Moment, Phone, Rank};
use crate::json::shapes::rfc3339;
use crate::state::Api;

/// A deadline nearer than this stands out.
const NEAR_MINUTES: i64 = 10;

/// The fields in the order of their pages.
const PAGE_ORDER: [&str; 21] = [
    "school",
    "unit",
    "by_night",
    "student",
    "part",
    "urgency",
    "safe_now",
    "with_whom",
    "where_now",
    "sign",
    "narrative",
    "concerns",
    "concern_staff",
    "observed_at",
    "adult",
    "where",
    "since",
    "level",
    "means_asked",
    "reason",
    "outcome",
];

/// The language of the views.
pub(crate) fn words_of(lang: Lang) -> super::texts::Lang {
    match lang {
        Lang::Zh => super::texts::Lang::Zh,
        Lang::En => super::texts::Lang::En,
    }
}

/// A level as a badge.
pub(crate) fn badge(level: Level, lang: Lang) -> parts::Level {
    let t = &words_of(lang).texts().vocabulary;
    let (rank, label) = match level {
        Level::Red => (Rank::Red, t.level_red),
        Level::Orange => (Rank::Orange, t.level_orange),
        Level::Yellow => (Rank::Yellow, t.level_yellow),
        Level::Blue => (Rank::Blue, t.level_blue),
    };
    parts::Level { rank, label: label.to_owned() }
}

/// A time: today's by the clock, others with their date.
pub(crate) fn moment(api: &Api, at: Timestamp) -> Moment {
    let (local, today) = (api.desk.calendar.local(at), api.desk.calendar.local(api.desk.now()));
    let pattern = if local.date() == today.date() {
        "%H:%M"
    } else if local.year() == today.year() {
        "%m-%d %H:%M"
    } else {
        "%Y-%m-%d %H:%M"
    };
    Moment { iso: rfc3339(at), text: local.format(pattern).to_string() }
}

/// What became of messages, in words; nothing where there are none.
pub(crate) fn sending(api: &Api, messages: &[Standing], lang: Lang) -> Option<String> {
    let what = Sending::of(messages, api.desk.now())?;
    let time = match what {
        Sending::Out(at) | Sending::Waits(at) => moment(api, at).text,
        Sending::Now | Sending::Unsure | Sending::Failed | Sending::Cancelled => String::new(),
    };
    Some(words_of(lang).sending(what, &time))
}

/// A deadline and what is left of it.
pub(crate) fn deadline(api: &Api, at: Timestamp, lang: Lang) -> Deadline {
    let left = at - api.desk.now();
    let minutes = left.num_seconds().div_euclid(60);
    Deadline {
        at: moment(api, at),
        remaining: words_of(lang).remaining(if minutes < 0 { minutes.saturating_add(1) } else { minutes }),
        overdue: left < TimeDelta::zero(),
        near: minutes < NEAR_MINUTES,
    }
}

/// What `datetime-local` fields hold: school time.
pub(crate) fn local_field(api: &Api, at: Timestamp) -> String {
    api.desk.calendar.local(at).format("%Y-%m-%dT%H:%M").to_string()
}

/// Reads a `datetime-local` field as RFC 3339; what cannot be read stays as it is, for the verb to name.
pub(crate) fn instant_of(api: &Api, text: &str) -> String {
    let read = |pattern| NaiveDateTime::parse_from_str(text.trim(), pattern).ok();
    let Some(wall) = read("%Y-%m-%dT%H:%M").or_else(|| read("%Y-%m-%dT%H:%M:%S")) else { return text.to_owned() };
    rfc3339(api.desk.calendar.instant(wall.date(), wall.time()))
}

/// A name that only those recognise who know the child: 陈*淼.
pub(crate) fn masked(name: &str) -> String {
    let mut letters = name.chars();
    let (first, last) = (letters.next(), letters.next_back());
    let hidden = letters.next().is_some();
    match (first, last) {
        (Some(first), Some(last)) if hidden => format!("{first}*{last}"),
        (Some(first), Some(_)) => format!("{first}*"),
        (Some(_), None) => "*".to_owned(),
        (None, _) => String::new(),
    }
}

/// Every fault, under the page's own name of its field.
pub(crate) fn errors(faults: &[Fault], lang: Lang, field: impl Fn(&str) -> String) -> Errors {
    let one = |f: &Fault| FieldError { field: field(&f.field), message: f.message(lang).to_owned() };
    let mut out: Vec<FieldError> = Vec::new();
    for error in faults.iter().map(one) {
        if !out.contains(&error) {
            out.push(error);
        }
    }
    // As they come on the page, so that whoever goes down the summary goes down the page.
    out.sort_by_key(|e| PAGE_ORDER.iter().position(|field| *field == e.field).unwrap_or(PAGE_ORDER.len()));
    Errors(out)
}

/// A telephone.
pub(crate) fn phone(label: &str, number: &str) -> Phone {
    let dial = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    Phone { label: label.to_owned(), number: number.to_owned(), dial }
}

/// How the state of a message reads.
/// Where one message stands; of one that went out inside another, that it did.
pub(crate) fn sending_of(api: &Api, message: &MessageRecord, lang: Lang) -> String {
    let state = sending(api, &[message.standing()], lang).unwrap_or_default();
    match (message.carrier, message.late) {
        (Some(_), false) => format!("{state}{}", lang.pick("（合并发送）", " (with others)")),
        (Some(_), true) => format!("{state}{}", lang.pick("（合并发送，补发）", " (with others, late)")),
        (None, true) => format!("{state}{}", lang.pick("（补发）", " (late)")),
        (None, false) => state,
    }
}

pub(crate) fn tone(state: MessageState) -> Tone {
    match state {
        MessageState::Accepted | MessageState::Delivered => Tone::Ok,
        MessageState::Pending | MessageState::Sending | MessageState::Cancelled | MessageState::Bundled => Tone::Wait,
        MessageState::Failed | MessageState::Unknown => Tone::Fail,
    }
}

#[cfg(test)]
mod tests {
    use super::{masked, phone};

    #[test]
    fn a_masked_name_shows_its_ends_alone() {
        assert_eq!(masked("陈子淼"), "陈*淼");
        assert_eq!(masked("陈淼"), "陈*");
        assert_eq!(masked("阿依古丽·买买提"), "阿*提");
        assert_eq!(masked("淼"), "*");
        assert_eq!(masked(""), "");
    }

    #[test]
    fn a_telephone_is_dialled_by_its_digits() {
        assert_eq!(phone("值班领导", "0393-0000 110").dial, "03930000110");
    }
}
