//! One alert.

use super::parts::{Choice, Deadline, Errors, Level, Moment, Phone};
use super::shell::Shell;
use askama::Template;

/// One alert, `GET /alerts/{id}`: who, how urgent, what to do now, and everything that was said and done.
#[derive(Debug, Clone, Template)]
#[template(path = "alert.html", whitespace = "minimize")]
pub struct Alert {
    /// The layout.
    pub shell: Shell,
    /// `alr_…`.
    pub id: String,
    /// The decision version, sent back as `version` where a stale decision must be refused.
    pub version: String,
    /// Faults by field: `adult`, `since`, `where`, `level`, `reason`, `means_asked`, `note`.
    pub errors: Errors,
    /// A sentence after a successful act: 已登记.
    pub done: Option<String>,
    /// The student.
    pub student: AlertStudent,
    /// The current response.
    pub level: Level,
    /// State in words.
    pub state: String,
    /// When it was opened.
    pub opened_at: Moment,
    /// The next deadline.
    pub deadline: Option<Deadline>,
    /// What happens at the deadline: 10:24 前没有人接手，就通知区县值班员。
    pub next: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// Numbers to call: duty leader, class teacher, 110, 120.
    pub phones: Vec<Phone>,
    /// The button "I take it", for those who may.
    pub acknowledge: Option<Acknowledge>,
    /// That the reader has taken it, with the time and what follows.
    pub acknowledged: Option<String>,
    /// Who is with the child.
    pub custody: Option<Custody>,
    /// The form that records who is with the child, for those who may.
    pub custody_form: Option<CustodyForm>,
    /// The proposal that waits for a second signature.
    pub proposal: Option<Proposal>,
    /// The form of the assessment, for those who may.
    pub assess_form: Option<AssessForm>,
    /// Why there is an alert.
    pub reasons: Vec<Reason>,
    /// The ladder from the first rung to the top.
    pub ladder: Vec<LadderRung>,
    /// Every message, latest first.
    pub messages: Vec<Message>,
    /// Everything that happened, latest first.
    pub events: Vec<AlertEvent>,
}

/// The student of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertStudent {
    /// Full name.
    pub name: String,
    /// Class, seat, boarder or day pupil, bed: each a short piece.
    pub facts: Vec<String>,
    /// The growth file, for those who may open it.
    pub file_href: Option<String>,
}

/// The button "I take it"; `POST /alerts/{id}/acknowledge` with `note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledge {
    /// What it means: 按下后，上报暂停 10 分钟。
    pub hint: String,
    /// What was typed as note.
    pub note: String,
}

/// Who is with the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// Name and office.
    pub adult: String,
    /// Since when.
    pub since: Moment,
    /// Where.
    pub place: String,
}

/// The form of custody; `POST /alerts/{id}/custody` with `adult`, `since`, `where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyForm {
    /// Whether it is shown open: the next thing for this reader to do. With a fault it always is.
    pub open: bool,
    /// Name and office, as typed.
    pub adult: String,
    /// Since when, as `2026-03-12T10:12` in school time.
    pub since: String,
    /// Where, as typed.
    pub place: String,
    /// Whether only this stops the climb: a red.
    pub stops_climb: bool,
}

/// The form of the assessment; `POST /alerts/{id}/assess` with `level`, `reason`, `means_asked`, `version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessForm {
    /// Whether it is shown open: the next thing for this reader to do. With a fault it always is.
    pub open: bool,
    /// The levels to choose from.
    pub levels: Vec<LevelChoice>,
    /// The reason, as typed.
    pub reason: String,
    /// The most characters of the reason.
    pub reason_limit: usize,
    /// Whether access to means was asked about, as far as chosen.
    pub means_asked: Option<bool>,
    /// Whether lowering takes a second signature.
    pub lowering_needs_second: bool,
}

/// A level to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelChoice {
    /// `1` to `4`.
    pub value: String,
    /// The badge.
    pub level: Level,
    /// Whether it is chosen.
    pub checked: bool,
}

/// A decision that waits for a second signature; `POST /alerts/{id}/approve` or `/reject` with `note`, `version`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed: 由橙色响应降为黄色响应.
    pub what: String,
    /// Who proposes it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub reason: String,
    /// Whether the reader may decide it.
    pub may_decide: bool,
    /// The comment, as typed.
    pub note: String,
}

/// A reason for the alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// Id of the rule.
    pub rule: String,
    /// Version of the rule.
    pub version: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// An observation or result that a reason rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// When and from whom: 03-12 10:02 科任老师.
    pub label: String,
    /// What, as far as the reader may know it; empty for none.
    pub text: String,
    /// The entry, where the reader may open it.
    pub href: Option<String>,
}

/// A rung of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderRung {
    /// Tier in words: 学校.
    pub tier: String,
    /// Who is told, by office or name.
    pub people: Vec<String>,
    /// When it is due.
    pub due_at: Option<Moment>,
    /// When it was reached.
    pub reached_at: Option<Moment>,
    /// Whether it was reached later than planned.
    pub late: bool,
    /// How it stands.
    pub state: RungState,
}

/// How a rung stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RungState {
    /// Told, and passed.
    Reached,
    /// Told, and waited for.
    Current,
    /// To come.
    Upcoming,
    /// Passed because nobody of it can be reached.
    Skipped,
    /// Not to come: the climb has stopped.
    Stopped,
}

/// A message that was sent or is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// To whom.
    pub person: String,
    /// Channel in words.
    pub channel: String,
    /// State in words.
    pub state: String,
    /// How the state reads.
    pub tone: Tone,
    /// How often it was tried.
    pub attempts: u32,
    /// The last error.
    pub last_error: Option<String>,
    /// When it last changed.
    pub at: Moment,
}

/// How a state reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Ok,
    /// Not known yet.
    Wait,
    /// It did not work.
    Fail,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertEvent {
    /// When.
    pub at: Moment,
    /// Who; `None` for the service itself.
    pub by: Option<String>,
    /// What.
    pub text: String,
}

impl Alert {
    /// The two answers about means.
    pub fn means(&self) -> [Choice; 2] {
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
    pub fn class(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Current => "current",
            Self::Upcoming => "upcoming",
            Self::Skipped => "skipped",
            Self::Stopped => "stopped",
        }
    }
}

impl Tone {
    /// The CSS class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Wait => "wait",
            Self::Fail => "fail",
        }
    }

    /// The sign before the word.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Ok => "✓",
            Self::Wait => "…",
            Self::Fail => "✕",
        }
    }
}
