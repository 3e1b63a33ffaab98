//! A student passes from one holder to the next 学生交接: to another class, another stage, another school, or out. It is
//! another thing than an alert that is handed over: here the whole file goes. Until the receiver has accepted it, nothing has.

mod course;
mod draft;

pub use course::{StudentCourse, above};
pub use draft::{MOST_STUDENTS, StudentHandOver, StudentHandOverDraft, Target, cannot_go_there, no_student, telephone};

use crate::lang::Lang;

/// Why a student passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoveKind {
    /// To another class of the school 转班.
    ClassChange,
    /// To the next stage, perhaps at another school 升学.
    Promotion,
    /// To another school of the service 转学.
    Transfer,
    /// Out of the service, or graduated 离校.
    Leaving,
}

impl MoveKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::ClassChange, Self::Promotion, Self::Transfer, Self::Leaving];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ClassChange => "class_change",
            Self::Promotion => "promotion",
            Self::Transfer => "transfer",
            Self::Leaving => "leaving",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::ClassChange => lang.pick("转班", "change of class"),
            Self::Promotion => lang.pick("升学", "promotion"),
            Self::Transfer => lang.pick("转学", "transfer"),
            Self::Leaving => lang.pick("离校", "leaving"),
        }
    }
}

/// Where a hand-over stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoveState {
    /// It waits for the receiver; the sender has the student.
    Waiting,
    /// The receiver has the student.
    Accepted,
    /// It came back; the sender has the student, and has to send again or to withdraw it.
    Refused,
    /// It came back and was sent again, as another one.
    SentAgain,
    /// The sender took it back.
    Withdrawn,
}

impl MoveState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Accepted, Self::Refused, Self::SentAgain, Self::Withdrawn];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::SentAgain => "sent_again",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Waiting => lang.pick("待接收", "waiting"),
            Self::Accepted => lang.pick("已接收", "accepted"),
            Self::Refused => lang.pick("已退回", "came back"),
            Self::SentAgain => lang.pick("已重新发出", "sent again"),
            Self::Withdrawn => lang.pick("已撤回", "withdrawn"),
        }
    }

    /// Whether somebody has something to do about it.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Waiting | Self::Refused)
    }
}

/// Something about a student that is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatterKind {
    /// Danger on a class teacher's list that nobody has reported. It does not go along: it is reported first.
    UnreportedDanger,
    /// An open alert.
    Alert,
    /// A watch around the clock.
    Watch,
    /// A plan.
    Plan,
    /// A list that the student is on.
    List,
    /// A task.
    Task,
    /// A referral that has not come back.
    Referral,
    /// A day that comes round soon.
    KeyDate,
}

impl MatterKind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 8] = [
        Self::UnreportedDanger,
        Self::Alert,
        Self::Watch,
        Self::Plan,
        Self::List,
        Self::Task,
        Self::Referral,
        Self::KeyDate,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::UnreportedDanger => "unreported_danger",
            Self::Alert => "alert",
            Self::Watch => "watch",
            Self::Plan => "plan",
            Self::List => "list",
            Self::Task => "task",
            Self::Referral => "referral",
            Self::KeyDate => "key_date",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::UnreportedDanger => lang.pick("排查中写有危险、尚未上报", "danger on a list, not reported"),
            Self::Alert => lang.pick("未结案的预警", "open alert"),
            Self::Watch => lang.pick("专人监护", "watch"),
            Self::Plan => lang.pick("一生一策", "plan"),
            Self::List => lang.pick("清单", "lists"),
            Self::Task => lang.pick("未办结的任务", "open tasks"),
            Self::Referral => lang.pick("未回访的转介", "referrals not back"),
            Self::KeyDate => lang.pick("临近的重要日子", "days that come round"),
        }
    }
}
