//! Sentences with a number or a name in them, where word order differs between the languages.

use domain::delivery::Sending;

use super::Lang;

/// Minutes up to which a remaining time is said in minutes alone.
const MINUTES_ALONE_BELOW: i64 = 60;
/// Hours up to which a remaining time is said in hours and minutes.
const HOURS_ALONE_FROM: i64 = 24;

impl Lang {
    /// How long is left until a deadline, from whole minutes; negative is overdue.
    pub(crate) fn remaining(self, minutes: i64) -> String {
        let span = self.span(minutes.saturating_abs());
        match (self, minutes < 0) {
            (Self::Zh, false) => format!("还剩 {span}"),
            (Self::Zh, true) => format!("已超时 {span}"),
            (Self::En, false) => format!("{span} left"),
            (Self::En, true) => format!("{span} overdue"),
        }
    }

    /// A span of whole minutes in words: `12 分`, `1 小时 5 分`, `2 天`.
    pub(crate) fn span(self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let (days, day_hours) = (hours / 24, hours % 24);
        match self {
            Self::Zh if minutes < MINUTES_ALONE_BELOW => format!("{minutes} 分"),
            Self::Zh if hours < HOURS_ALONE_FROM && rest == 0 => format!("{hours} 小时"),
            Self::Zh if hours < HOURS_ALONE_FROM => format!("{hours} 小时 {rest} 分"),
            Self::Zh if day_hours == 0 => format!("{days} 天"),
            Self::Zh => format!("{days} 天 {day_hours} 小时"),
            Self::En if minutes < MINUTES_ALONE_BELOW => format!("{minutes} min"),
            Self::En if hours < HOURS_ALONE_FROM && rest == 0 => format!("{hours} h"),
            Self::En if hours < HOURS_ALONE_FROM => format!("{hours} h {rest} min"),
            Self::En if day_hours == 0 => format!("{days} d"),
            Self::En => format!("{days} d {day_hours} h"),
        }
    }

    /// The heading of a month in a timeline; `month` counts from 1.
    pub(crate) fn month(self, year: i32, month: u32) -> String {
        match self {
            Self::Zh => format!("{year}年{month}月"),
            Self::En => format!("{year}-{month:02}"),
        }
    }

    /// The question before a red goes out: whom it is about.
    pub(crate) fn is_it_about(self, students: &[String]) -> String {
        match self {
            Self::Zh => format!("报告的是{}，对吗？", students.join("、")),
            Self::En => format!("This report is about {}. Is that right?", students.join(", ")),
        }
    }

    /// What "I take it" does for a red.
    pub(crate) fn pauses_for(self, minutes: u32) -> String {
        match self {
            Self::Zh => format!("按下后，上报暂停 {minutes} 分钟，其他人会知道已有人接手。"),
            Self::En => {
                format!("It pauses the escalation for {minutes} minutes and tells the others that it is taken.")
            }
        }
    }

    /// That the reader has taken an alert.
    pub(crate) fn taken_at(self, time: &str) -> String {
        match self {
            Self::Zh => format!("{time} 您已接手。"),
            Self::En => format!("You took it at {time}."),
        }
    }

    /// A decision that waits for a second signature: lowering a level.
    pub(crate) fn lowering(self, from: &str, to: &str) -> String {
        match self {
            Self::Zh => format!("由{from}降为{to}"),
            Self::En => format!("Lower from {from} to {to}"),
        }
    }

    /// What an unanswered alert does at its deadline; on the top rung those are told again who were told.
    pub(crate) fn climbs_at(self, time: &str, office: &str, again: bool) -> String {
        match (self, again) {
            (Self::Zh, false) => format!("{time} 前没有人接手，就通知{office}。"),
            (Self::Zh, true) => format!("{time} 前没有人接手，就再次通知{office}。"),
            (Self::En, false) => format!("If nobody takes it by {time}, this goes to: {office}."),
            (Self::En, true) => format!("If nobody takes it by {time}, these are told again: {office}."),
        }
    }

    /// What became of the messages of one occasion; `time` is when they went out, or will.
    pub(crate) fn sending(self, sending: Sending, time: &str) -> String {
        match (self, sending) {
            (Self::Zh, Sending::Out(_)) => format!("已发出 {time}"),
            (Self::Zh, Sending::Waits(_)) => format!("将于 {time} 发出"),
            (Self::Zh, Sending::Now) => "正在发出".to_owned(),
            (Self::Zh, Sending::Unsure) => "结果不明".to_owned(),
            (Self::Zh, Sending::Failed) => "未能送达".to_owned(),
            (Self::Zh, Sending::Cancelled) => "没有发出，已不需要".to_owned(),
            (Self::En, Sending::Out(_)) => format!("sent {time}"),
            (Self::En, Sending::Waits(_)) => format!("will be sent at {time}"),
            (Self::En, Sending::Now) => "being sent".to_owned(),
            (Self::En, Sending::Unsure) => "outcome unknown".to_owned(),
            (Self::En, Sending::Failed) => "could not be delivered".to_owned(),
            (Self::En, Sending::Cancelled) => "not sent, no longer needed".to_owned(),
        }
    }

    /// That a level was higher before: by whom it was lowered, and when.
    pub(crate) fn was_higher(self, from: &str, to: &str, by: &[String], time: &str) -> String {
        match self {
            Self::Zh => format!("原为{from}，已降为{to}（{}，{time}）", by.join("，")),
            Self::En => format!("Was {from}, lowered to {to} ({}, {time})", by.join(", ")),
        }
    }

    /// Who proposed and who signed.
    pub(crate) fn proposed_and_signed(self, proposer: &str, signer: &str) -> Vec<String> {
        match self {
            Self::Zh => vec![format!("{proposer}提出"), format!("{signer}签字")],
            Self::En => vec![format!("proposed by {proposer}"), format!("signed by {signer}")],
        }
    }

    /// A decision that waits for a second signature: that an alert does not climb until a time.
    pub(crate) fn keeps_until(self, time: &str) -> String {
        match self {
            Self::Zh => format!("{time} 前暂不上报"),
            Self::En => format!("It does not climb before {time}"),
        }
    }

    /// That an alert does not climb until a time, and who signed that.
    pub(crate) fn kept_until(self, time: &str, by: &[String]) -> String {
        match self {
            Self::Zh => format!("{time} 前暂不上报（{}）。有新的情况，立即恢复上报。", by.join("，")),
            Self::En => format!("It does not climb before {time} ({}). New facts end this at once.", by.join(", ")),
        }
    }

    /// That somebody wants to give the reader an alert.
    pub(crate) fn offers_you(self, from: &str) -> String {
        match self {
            Self::Zh => format!("{from}想把这条预警转交给您。"),
            Self::En => format!("{from} wants to hand this alert over to you."),
        }
    }

    /// That somebody wants to give somebody else an alert.
    pub(crate) fn offers_to(self, from: &str, to: &str) -> String {
        match self {
            Self::Zh => format!("{from}想转交给{to}，等待对方答复。"),
            Self::En => format!("{from} wants to hand it over to {to}, who has not answered yet."),
        }
    }

    /// Somebody with his office.
    pub(crate) fn with_office(self, name: &str, office: &str) -> String {
        match (self, office.is_empty()) {
            (_, true) => name.to_owned(),
            (Self::Zh, false) => format!("{name}（{office}）"),
            (Self::En, false) => format!("{name} ({office})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn a_remaining_time_is_said_in_the_largest_fitting_units() {
        assert_eq!(Lang::Zh.remaining(0), "还剩 0 分");
        assert_eq!(Lang::Zh.remaining(59), "还剩 59 分");
        assert_eq!(Lang::Zh.remaining(60), "还剩 1 小时");
        assert_eq!(Lang::Zh.remaining(65), "还剩 1 小时 5 分");
        assert_eq!(Lang::Zh.remaining(24 * 60), "还剩 1 天");
        assert_eq!(Lang::En.remaining(50 * 60), "2 d 2 h left");
        assert_eq!(Lang::En.remaining(-5), "5 min overdue");
    }

    #[test]
    fn the_smallest_number_does_not_overflow() {
        assert!(Lang::Zh.remaining(i64::MIN).starts_with("已超时"));
    }
}
