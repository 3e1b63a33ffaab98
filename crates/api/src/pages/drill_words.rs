//! What a drill's pages say, in words.

use casework::{Answer, ByChannel, DrillRecord, Figures};
use domain::delivery::MessageState;
use domain::drill::DrillEnd;
use domain::escalation::ClimbState;
use domain::lang::Lang;
use domain::time::Timestamp;

use super::texts::DrillTexts;
use super::view::drill::{Figure, Message};
use super::words::words_of;
use crate::state::Api;

/// The texts of drills.
pub(crate) fn texts(lang: Lang) -> &'static DrillTexts {
    &words_of(lang).texts().drill
}

/// How a drill stands, or how it ended.
pub(crate) fn state(d: &DrillRecord, lang: Lang) -> &'static str {
    let t = texts(lang);
    match (d.ended, d.climb.state) {
        (Some(ended), _) => how(ended.how, lang),
        (None, ClimbState::Acked { .. }) => t.state_acked,
        (None, ClimbState::Open { .. } | ClimbState::Settled { .. } | ClimbState::Closed) => t.state_open,
    }
}

/// How a drill ended.
pub(crate) fn how(how: DrillEnd, lang: Lang) -> &'static str {
    let t = texts(lang);
    match how {
        DrillEnd::Custody => t.how_custody,
        DrillEnd::Taken => t.how_taken,
        DrillEnd::ByHand => t.how_by_hand,
        DrillEnd::Limit => t.how_limit,
        DrillEnd::Quiet => t.how_quiet,
        DrillEnd::RealAlert => t.how_real,
    }
}

/// What kind of drill it is.
pub(crate) fn kind(d: &DrillRecord, lang: Lang) -> &'static str {
    let t = texts(lang);
    if d.climb.level == domain::level::Level::Red { t.kind_red } else { t.kind_orange }
}

/// Where it reached.
pub(crate) fn scope(d: &DrillRecord, lang: Lang) -> String {
    let t = texts(lang);
    let reach = if d.with_district { t.scope_district } else { t.scope_school };
    if d.by_night { format!("{reach}{}{}", lang.pick("，", ", "), t.scope_night) } else { reach.to_owned() }
}

/// A span of seconds: `45 秒`, `12 分 05 秒`.
pub(crate) fn span(seconds: i64, lang: Lang) -> String {
    let t = texts(lang);
    let (minutes, rest) = (seconds.div_euclid(60), seconds.rem_euclid(60));
    match (minutes, rest) {
        (0, _) => format!("{rest} {}", t.seconds),
        (_, 0) => format!("{minutes} {}", t.minutes),
        (_, _) => format!("{minutes} {} {rest:02} {}", t.minutes, t.seconds),
    }
}

/// The figures of a drill, in the order in which drills are held against each other.
pub(crate) fn figures(d: &DrillRecord, f: &Figures, lang: Lang) -> Vec<Figure> {
    let t = texts(lang);
    let red = d.climb.level == domain::level::Level::Red;
    let time = |label, seconds: Option<i64>| Figure {
        label,
        value: seconds.map_or_else(|| if d.runs() { t.not_yet } else { t.never }.to_owned(), |s| span(s, lang)),
        bad: seconds.is_none() && !d.runs(),
    };
    let count = |label, n: usize, bad| Figure { label, value: n.to_string(), bad };
    let mut all =
        vec![time(t.f_accepted, f.first_accepted), time(t.f_answer, f.first_answer), time(t.f_taken, f.taken)];
    if red {
        all.push(time(t.f_custody, f.custody));
    }
    all.push(count(t.f_told, f.told, f.told == 0));
    all.push(count(t.f_answered, f.answered, false));
    all.push(count(t.f_failed, f.failed, f.failed > 0));
    all.push(count(t.f_unreceipted, f.unreceipted, false));
    all
}

/// A time to the second, by which a drill is measured; on another day with its date.
pub(crate) fn clock(api: &Api, at: Timestamp) -> String {
    let (local, today) = (api.desk.calendar.local(at), api.desk.calendar.local(api.desk.now()));
    local.format(if local.date() == today.date() { "%H:%M:%S" } else { "%m-%d %H:%M:%S" }).to_string()
}

/// What somebody answered: when, how long after the start, by which way.
pub(crate) fn answer(api: &Api, d: &DrillRecord, a: &Answer, lang: Lang) -> String {
    let t = texts(lang);
    let what = match a.kind.as_str() {
        "acknowledged" => t.a_acknowledged,
        "declined" => t.a_declined,
        "custody" => t.a_custody,
        _ => t.a_answered,
    };
    let via = match a.via.as_str() {
        "code_page" => t.via_code,
        "sms_reply" => t.via_sms,
        "voice_key" => t.via_voice,
        _ => t.via_signed,
    };
    let after = span((a.at - d.started_at).num_seconds(), lang);
    let at = clock(api, a.at);
    match lang {
        Lang::Zh => format!("{at} {what}（{via}，用时 {after}）"),
        Lang::En => format!("{at} {what} ({via}, after {after})"),
    }
}

/// What became of a message.
pub(crate) fn message(api: &Api, c: &ByChannel, lang: Lang) -> Message {
    let t = texts(lang);
    let at = |at: Option<_>| at.map(|at| clock(api, at));
    let mut parts: Vec<String> = Vec::new();
    match (at(c.delivered_at), at(c.accepted_at)) {
        (Some(arrived), _) => parts.push(format!("{} {arrived}", t.delivered)),
        (None, Some(out)) if c.state == MessageState::Accepted => parts.push(format!("{} {out}", t.accepted)),
        (None, Some(_) | None) => parts.push(c.state.name(lang).to_owned()),
    }
    if c.repeats > 0 {
        parts.push(t.repeats.replace('#', &c.repeats.to_string()));
    }
    let class = match c.state {
        MessageState::Accepted | MessageState::Delivered | MessageState::Bundled => "ok",
        MessageState::Failed | MessageState::Unknown => "fail",
        MessageState::Pending | MessageState::Sending | MessageState::Cancelled => "wait",
    };
    Message { channel: c.channel.name(lang), state: parts.join(lang.pick("，", ", ")), class }
}

/// What was found about the ladder, in words.
pub(crate) fn finding(key: &str, lang: Lang) -> Option<&'static str> {
    let t = texts(lang);
    Some(match key {
        "empty_rung" => t.find_empty,
        "nobody_reachable" => t.find_nobody,
        "no_duty_leader" => t.find_no_duty,
        "unanswered_at_top" => t.find_top,
        _ => return None,
    })
}
