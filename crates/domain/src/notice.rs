//! What a message is about. A message never says who the child is, nor what was seen.

use serde::{Deserialize, Serialize};

use crate::delivery::Channel;
use crate::id::PersonId;
use crate::level::Level;
use crate::time::Timestamp;

/// Why a person is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// An alert is open and waits for a person.
    Alarm,
    /// Somebody took over; keep the telephone open.
    TakenOver,
    /// A red is in somebody's hands, and nobody has assessed it yet.
    AssessmentDue,
    /// A report has joined an alert that somebody has in hand.
    NewFacts,
    /// A proposal waits for a second signature.
    SecondSignature,
    /// An adult is with the child: whoever was told, and has nothing left to do, may rest.
    StoodDown,
    /// What one proposed was signed.
    SignatureGiven,
    /// What one proposed was not signed.
    SignatureRefused,
    /// A signed decision ended it: nothing is left to do.
    Over,
    /// Somebody wants to hand it over: it waits for a yes or a no.
    HandingOver,
    /// A hand-over was refused, or nobody answered: it is with whoever offered it.
    HandedBack,
    /// The day has come on which somebody looks again after a close.
    RecheckDue,
    /// Six digits that show that a message arrives; about nothing else.
    ContactTest,
    /// A way in which he is reached was added, verified or removed; about nothing else.
    ContactChanged,
    /// Very many reds reach one person at once: how many, to himself and to the rung above.
    Storm,
    /// A drill is over; nothing is to be done.
    DrillOver,
    /// A drill was broken off, because something real has come up.
    DrillStopped,
    /// The weekly report of a class is due.
    ReportDue,
    /// Weekly reports below are missing: how many.
    ReportsMissing,
    /// A sweep has begun, or is due.
    SweepDue,
    /// Sweeps below are missing: how many.
    SweepsMissing,
    /// A task was given to somebody.
    TaskGiven,
    /// A task of his was given to somebody else.
    TaskTaken,
    /// Tasks of his are due: how many.
    TaskDue,
    /// Tasks of somebody below are overdue: how many.
    TaskOverdue,
    /// Somebody looked at a decision of his that was drawn.
    DecisionLookedAt,
    /// Nobody has looked in time at what he reported.
    ReportUnread,
    /// Nobody is on watch over a child who is watched.
    WatchLapsed,
    /// Something that had to be done within minutes or hours was not: told at whatever hour, without a word of what it is.
    UrgentOverdue,
    /// Hand-overs of students wait for him: how many.
    StudentWaits,
    /// Hand-overs of students that somebody below has not answered: how many.
    StudentOverdue,
    /// What he handed over was answered: how many.
    StudentAnswered,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 32] = [
        Self::Alarm,
        Self::TakenOver,
        Self::AssessmentDue,
        Self::NewFacts,
        Self::SecondSignature,
        Self::StoodDown,
        Self::SignatureGiven,
        Self::SignatureRefused,
        Self::Over,
        Self::HandingOver,
        Self::HandedBack,
        Self::RecheckDue,
        Self::ContactTest,
        Self::ContactChanged,
        Self::Storm,
        Self::DrillOver,
        Self::DrillStopped,
        Self::ReportDue,
        Self::ReportsMissing,
        Self::SweepDue,
        Self::SweepsMissing,
        Self::TaskGiven,
        Self::TaskTaken,
        Self::TaskDue,
        Self::TaskOverdue,
        Self::DecisionLookedAt,
        Self::ReportUnread,
        Self::WatchLapsed,
        Self::UrgentOverdue,
        Self::StudentWaits,
        Self::StudentOverdue,
        Self::StudentAnswered,
    ];

    /// Whether drills alone have it; no message of an alert is of this kind.
    #[must_use]
    pub fn is_of_drills(self) -> bool {
        matches!(self, Self::DrillOver | Self::DrillStopped)
    }

    /// Whether it is about weekly reports or sweeps. Nothing can be answered under a number then: there is none.
    #[must_use]
    pub fn is_of_reports(self) -> bool {
        matches!(self, Self::ReportDue | Self::ReportsMissing | Self::SweepDue | Self::SweepsMissing)
    }

    /// Whether it is about sweeps.
    #[must_use]
    pub fn is_of_sweeps(self) -> bool {
        matches!(self, Self::SweepDue | Self::SweepsMissing)
    }

    /// Whether it is about tasks. Nothing can be answered under a number then: there is none.
    #[must_use]
    pub fn is_of_tasks(self) -> bool {
        matches!(self, Self::TaskGiven | Self::TaskTaken | Self::TaskDue | Self::TaskOverdue | Self::DecisionLookedAt)
    }

    /// Whether it is about what the law demands. Nothing can be answered under a number then: there is none.
    #[must_use]
    pub fn is_by_law(self) -> bool {
        matches!(self, Self::UrgentOverdue)
    }

    /// Whether it is about hand-overs of students. Nothing can be answered under a number then: there is none.
    #[must_use]
    pub fn is_of_students(self) -> bool {
        matches!(self, Self::StudentWaits | Self::StudentOverdue | Self::StudentAnswered)
    }

    /// Whether it is for whoever reported something. Nothing can be answered under a number then: there is none.
    #[must_use]
    pub fn is_of_reporters(self) -> bool {
        matches!(self, Self::ReportUnread)
    }

    /// Whether it reminds of something that has no number under which it could be answered.
    #[must_use]
    pub fn is_reminder(self) -> bool {
        self.is_of_tasks()
            || self.is_of_reports()
            || self.is_by_law()
            || self.is_of_students()
            || self.is_of_reporters()
            || matches!(self, Self::ContactChanged)
    }

    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Alarm => "alarm",
            Self::TakenOver => "taken_over",
            Self::AssessmentDue => "assessment_due",
            Self::NewFacts => "new_facts",
            Self::SecondSignature => "second_signature",
            Self::StoodDown => "stood_down",
            Self::SignatureGiven => "signature_given",
            Self::SignatureRefused => "signature_refused",
            Self::Over => "over",
            Self::HandingOver => "handing_over",
            Self::HandedBack => "handed_back",
            Self::RecheckDue => "recheck_due",
            Self::ContactTest => "contact_test",
            Self::ContactChanged => "contact_changed",
            Self::Storm => "storm",
            Self::DrillOver => "drill_over",
            Self::DrillStopped => "drill_stopped",
            Self::ReportDue => "report_due",
            Self::ReportsMissing => "reports_missing",
            Self::SweepDue => "sweep_due",
            Self::SweepsMissing => "sweeps_missing",
            Self::TaskGiven => "task_given",
            Self::TaskTaken => "task_taken",
            Self::TaskDue => "task_due",
            Self::TaskOverdue => "task_overdue",
            Self::DecisionLookedAt => "decision_looked_at",
            Self::ReportUnread => "report_unread",
            Self::WatchLapsed => "watch_lapsed",
            Self::UrgentOverdue => "urgent_overdue",
            Self::StudentWaits => "student_waits",
            Self::StudentOverdue => "student_overdue",
            Self::StudentAnswered => "student_answered",
        }
    }

    /// Whether it asks for something. The others only inform.
    #[must_use]
    pub fn asks(self) -> bool {
        match self {
            Self::Alarm
            | Self::AssessmentDue
            | Self::NewFacts
            | Self::SecondSignature
            | Self::HandingOver
            | Self::RecheckDue
            | Self::ReportDue
            | Self::ReportsMissing
            | Self::SweepDue
            | Self::SweepsMissing
            | Self::TaskGiven
            | Self::TaskDue
            | Self::TaskOverdue
            | Self::WatchLapsed
            | Self::UrgentOverdue
            | Self::StudentWaits
            | Self::StudentOverdue => true,
            Self::TakenOver
            | Self::StoodDown
            | Self::SignatureGiven
            | Self::SignatureRefused
            | Self::Over
            | Self::HandedBack
            | Self::ContactTest
            | Self::ContactChanged
            | Self::Storm
            | Self::StudentAnswered
            | Self::TaskTaken
            | Self::DecisionLookedAt
            | Self::ReportUnread
            | Self::DrillOver
            | Self::DrillStopped => false,
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
}

/// To whom, by what, in answer to which turn of the climb. Two notices with the same address are the same notice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The recipient.
    pub person: PersonId,
    /// The channel.
    pub channel: Channel,
    /// Why.
    pub kind: NoticeKind,
    /// How often the alert was opened anew.
    pub epoch: u32,
    /// The rung.
    pub rung: u8,
    /// The repeat on that rung.
    pub repeat: u32,
    /// Order among messages of the same turn: 0 goes first.
    pub priority: u8,
}

/// A notice of a red. It has no "not before", no expiry and no bundle: a red cannot be held back, by type.
///
/// ```
/// # use domain::notice::{Address, RedNotice};
/// fn put(to: Address) -> RedNotice {
///     RedNotice { to }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, RedNotice};
/// # use domain::time::Timestamp;
/// fn hold_back(to: Address, not_before: Timestamp) -> RedNotice {
///     RedNotice { to, not_before }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, RedNotice};
/// fn bundle(to: Address) -> RedNotice {
///     RedNotice { to, window_seconds: 60 }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedNotice {
    /// To whom.
    pub to: Address,
}

/// A notice of an orange, or one that informs about a red or an orange: it goes at once and alone, by type.
///
/// ```
/// # use domain::notice::{Address, PromptNotice};
/// fn put(to: Address) -> PromptNotice {
///     PromptNotice { to }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, PromptNotice};
/// # use domain::time::Timestamp;
/// fn hold_back(to: Address, not_before: Timestamp) -> PromptNotice {
///     PromptNotice { to, not_before }
/// }
/// ```
///
/// ```compile_fail,E0560
/// # use domain::notice::{Address, PromptNotice};
/// fn bundle(to: Address) -> PromptNotice {
///     PromptNotice { to, window_seconds: 60 }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptNotice {
    /// To whom.
    pub to: Address,
}

/// A notice of a yellow or a blue: it waits for the end of the quiet hours, and for others to the same person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherNotice {
    /// To whom.
    pub to: Address,
    /// Not in quiet hours.
    pub not_before: Timestamp,
    /// Those that follow another one within so many seconds go out as one when they have passed; 0 for each by itself.
    pub window_seconds: u32,
}

/// A notice for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Of a red.
    Red(RedNotice),
    /// Of an orange, or one that informs about a red or an orange.
    Prompt(PromptNotice),
    /// Of a yellow or a blue.
    Other(OtherNotice),
}

impl Notice {
    /// Its address.
    #[must_use]
    pub fn to(&self) -> &Address {
        match self {
            Self::Red(n) => &n.to,
            Self::Prompt(n) => &n.to,
            Self::Other(n) => &n.to,
        }
    }
}

/// In which lane of the outbox something waits. Red has workers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Reds only.
    Red,
    /// Everything else.
    Normal,
    /// Drills. Taken up only while nothing of the other two is due; nothing changes its lane.
    Drill,
}

impl Lane {
    /// Every lane, the one that goes first first.
    pub const ALL: [Self; 3] = [Self::Red, Self::Normal, Self::Drill];

    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Normal => "normal",
            Self::Drill => "drill",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.key() == key)
    }

    /// The lane of a level's first notices.
    #[must_use]
    pub fn of(level: Level) -> Self {
        match level {
            Level::Red => Self::Red,
            Level::Blue | Level::Yellow | Level::Orange => Self::Normal,
        }
    }
}
