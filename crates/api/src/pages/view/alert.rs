//! One alert.

use super::closing::{CloseForm, Grounds, PointStanding};
use super::hand_over::{HandForm, Offer};
use super::not_escalating::{KeepForm, Kept};
use super::parts::{Choice, Deadline, Errors, Level, Moment, Phone};
use super::recheck::Recheck;
use super::shell::Shell;
use askama::Template;

/// One alert, `GET /alerts/{id}`: who, how urgent, what to do now, and everything that was said and done.
#[derive(Debug, Clone, Template)]
#[template(path = "alert.html", whitespace = "minimize")]
pub(crate) struct Alert {
    /// The layout.
    pub(crate) shell: Shell,
    /// `alr_…`.
    pub(crate) id: String,
    /// The decision version, sent back as `version` where a stale decision must be refused.
    pub(crate) version: String,
    /// Faults by field: `adult`, `since`, `where`, `level`, `reason`, `means_asked`, `note`.
    pub(crate) errors: Errors,
    /// A sentence after a successful act: 已登记.
    pub(crate) done: Option<String>,
    /// The student.
    pub(crate) student: AlertStudent,
    /// The current response.
    pub(crate) level: Level,
    /// State in words.
    pub(crate) state: String,
    /// When it was opened.
    pub(crate) opened_at: Moment,
    /// That it was higher before, with who lowered it and when.
    pub(crate) lowered: Option<String>,
    /// That only the school knows more; shown in place of everything that this reader does not see.
    pub(crate) outside: Option<Outside>,
    /// What was reported, newest first.
    pub(crate) reports: Vec<Report>,
    /// The next deadline.
    pub(crate) deadline: Option<Deadline>,
    /// What happens at the deadline: 10:24 前没有人接手，就通知区县值班员。
    pub(crate) next: Option<String>,
    /// Who owns it.
    pub(crate) owner: Option<String>,
    /// Numbers to call: duty leader, class teacher, 110, 120.
    pub(crate) phones: Vec<Phone>,
    /// The button "I take it", for those who may.
    pub(crate) acknowledge: Option<Acknowledge>,
    /// That the reader has taken it, with the time and what follows.
    pub(crate) acknowledged: Option<String>,
    /// Who is with the child.
    pub(crate) custody: Option<Custody>,
    /// The form that records who is with the child, for those who may.
    pub(crate) custody_form: Option<CustodyForm>,
    /// Where a suspected crime is reported, for whoever may.
    pub(crate) by_law_href: Option<String>,
    /// The proposal that waits for a second signature.
    pub(crate) proposal: Option<Proposal>,
    /// That it is offered to somebody.
    pub(crate) offer: Option<Offer>,
    /// The form that hands it over, for those who may.
    pub(crate) hand_form: Option<HandForm>,
    /// That it is kept from climbing by a signed decision.
    pub(crate) kept: Option<Kept>,
    /// The form that keeps it from climbing, for those who may.
    pub(crate) keep_form: Option<KeepForm>,
    /// When somebody looks again, after a close.
    pub(crate) recheck: Option<Recheck>,
    /// The form that closes it, for those who may.
    pub(crate) close_form: Option<CloseForm>,
    /// The form of the assessment, for those who may.
    pub(crate) assess_form: Option<AssessForm>,
    /// Why there is an alert.
    pub(crate) reasons: Vec<Reason>,
    /// The ladder from the first rung to the top.
    pub(crate) ladder: Vec<LadderRung>,
    /// Everybody who was written to, with every message.
    pub(crate) messages: Vec<Written>,
    /// Everything that happened, latest first.
    pub(crate) events: Vec<AlertEvent>,
}

/// The student of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlertStudent {
    /// Full name.
    pub(crate) name: String,
    /// Class, seat, boarder or day pupil, bed: each a short piece.
    pub(crate) facts: Vec<String>,
    /// The growth file, for those who may open it.
    pub(crate) file_href: Option<String>,
}

/// The school of an alert, for a reader outside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outside {
    /// Its name.
    pub(crate) school: String,
}

/// One observation behind the alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    /// Its anchor.
    pub(crate) id: String,
    /// Who reported it: name and role.
    pub(crate) by: String,
    /// When it was seen.
    pub(crate) seen_at: Moment,
    /// When it was received.
    pub(crate) received_at: Moment,
    /// Where the child was, who was there, whether it was safe; each a label and an answer.
    pub(crate) answers: Vec<(String, String)>,
    /// Whether the answer about safety stands out.
    pub(crate) unsafe_now: bool,
    /// What was seen.
    pub(crate) signs: Vec<String>,
    /// The reporter's own words.
    pub(crate) words: String,
}

/// The button "I take it"; `POST /alerts/{id}/acknowledge` with `note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Acknowledge {
    /// What it means: 按下后，上报暂停 10 分钟。
    pub(crate) hint: String,
    /// What was typed as note.
    pub(crate) note: String,
}

/// Who is with the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Custody {
    /// Name and office.
    pub(crate) adult: String,
    /// Since when.
    pub(crate) since: Moment,
    /// Where.
    pub(crate) place: String,
    /// Why it does not count any more; then it has to be recorded again.
    pub(crate) stale: Option<&'static str>,
    /// When it was recorded.
    pub(crate) recorded: Moment,
}

/// The form of custody; `POST /alerts/{id}/custody` with `adult`, `since`, `where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CustodyForm {
    /// Whether it is shown open: the next thing for this reader to do. With a fault it always is.
    pub(crate) open: bool,
    /// Name and office, as typed.
    pub(crate) adult: String,
    /// Since when, as `2026-03-12T10:12` in school time.
    pub(crate) since: String,
    /// Where, as typed.
    pub(crate) place: String,
    /// Whether only this stops the climb: a red.
    pub(crate) stops_climb: bool,
}

/// The form of the assessment; `POST /alerts/{id}/assess` with `level`, `reason`, `means_asked`, `version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AssessForm {
    /// Whether it is shown open: the next thing for this reader to do. With a fault it always is.
    pub(crate) open: bool,
    /// The levels to choose from.
    pub(crate) levels: Vec<LevelChoice>,
    /// The reason, as typed.
    pub(crate) reason: String,
    /// The most characters of the reason.
    pub(crate) reason_limit: usize,
    /// Whether access to means was asked about, as far as chosen.
    pub(crate) means_asked: Option<bool>,
    /// Whether lowering takes a second signature.
    pub(crate) lowering_needs_second: bool,
}

/// A level to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LevelChoice {
    /// `1` to `4`.
    pub(crate) value: String,
    /// The badge.
    pub(crate) level: Level,
    /// Whether it is chosen.
    pub(crate) checked: bool,
}

/// A decision that waits for a second signature; `POST /alerts/{id}/approve` or `/reject` with `note`, `version`.
/// Whoever proposed it takes it back by `/reject`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// What is proposed: 由橙色响应降为黄色响应.
    pub(crate) what: String,
    /// Who proposes it: name and office.
    pub(crate) by: String,
    /// Whether means were asked about, where a lower level is proposed.
    pub(crate) means: Option<&'static str>,
    /// What a proposed close rests on.
    pub(crate) grounds: Option<Grounds>,
    /// Who is with the child now; `None` for nobody.
    pub(crate) with: Option<String>,
    /// When.
    pub(crate) at: Moment,
    /// Why.
    pub(crate) reason: String,
    /// Whether the reader may decide it.
    pub(crate) may_decide: bool,
    /// Whether it is the reader's own, to be taken back.
    pub(crate) is_own: bool,
    /// The comment, as typed.
    pub(crate) note: String,
}

/// A reason for the alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// In words.
    pub(crate) text: String,
    /// Id of the rule.
    pub(crate) rule: String,
    /// Version of the rule.
    pub(crate) version: String,
    /// What it rests on.
    pub(crate) evidence: Vec<Evidence>,
}

/// An observation or result that a reason rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// When and from whom: 03-12 10:02 科任老师.
    pub(crate) label: String,
    /// What, as far as the reader may know it; empty for none.
    pub(crate) text: String,
    /// The entry, where the reader may open it.
    pub(crate) href: Option<String>,
}

/// A rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LadderRung {
    /// Tier in words: 学校.
    pub(crate) tier: String,
    /// Who is told, by office or name.
    pub(crate) people: Vec<String>,
    /// When it is due.
    pub(crate) due_at: Option<Moment>,
    /// When it was reached.
    pub(crate) reached_at: Option<Moment>,
    /// Whether it was reached later than planned.
    pub(crate) late: bool,
    /// What became of its messages: 已发出 10:00, 将于 06:30 发出.
    pub(crate) sending: Option<String>,
    /// How it stands.
    pub(crate) state: RungState,
}

/// How a rung stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RungState {
    /// Told, and passed.
    Reached,
    /// Told, and waited for.
    Current,
    /// To come.
    Upcoming,
    /// Passed because nobody of it can be reached.
    Skipped,
    /// Not needed: the climb has stopped, or the level went down past it.
    Unneeded,
}

/// One person's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// To whom.
    pub(crate) person: String,
    /// The messages, latest first.
    pub(crate) messages: Vec<Message>,
}

/// A message that was sent or is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// Channel in words.
    pub(crate) channel: String,
    /// State and time in words.
    pub(crate) state: String,
    /// How the state reads.
    pub(crate) tone: Tone,
}

/// How a state reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It worked.
    Ok,
    /// Not known yet.
    Wait,
    /// It did not work.
    Fail,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AlertEvent {
    /// When.
    pub(crate) at: Moment,
    /// Who; `None` for the service itself.
    pub(crate) by: Option<String>,
    /// What.
    pub(crate) text: String,
}

impl Alert {
    /// How many reports are shown before the fold.
    pub(crate) const SHOWN: usize = 3;

    /// The reports that stand open, and those that are folded.
    pub(crate) fn split_reports(&self) -> (&[Report], &[Report]) {
        self.reports.split_at(self.reports.len().min(Self::SHOWN))
    }

    /// The two answers about means.
    pub(crate) fn means(&self) -> [Choice; 2] {
        let t = &self.shell.t.alert;
        let asked = self.assess_form.as_ref().and_then(|form| form.means_asked);
        [
            Choice::plain("true", t.means_yes, asked == Some(true)),
            Choice::plain("false", t.means_no, asked == Some(false)),
        ]
    }
}

impl RungState {
    /// The CSS class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Current => "current",
            Self::Upcoming => "upcoming",
            Self::Skipped => "skipped",
            Self::Unneeded => "stopped",
        }
    }
}

impl Tone {
    /// The CSS class.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Wait => "wait",
            Self::Fail => "fail",
        }
    }

    /// The sign before the word.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::Ok => "✓",
            Self::Wait => "…",
            Self::Fail => "✕",
        }
    }
}
