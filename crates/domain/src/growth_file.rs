//! The growth file 一生一档: one student, one dated stream. Nothing in it is ever changed: what was wrong is corrected by
//! a further entry that names the one it takes the place of.

use crate::lang::Lang;

mod attached;
mod entry;
mod life_events;

pub use attached::{MOST_ATTACHED, WITHDRAWAL_CHARS, attach_right};
pub use entry::{Beside, DatedText, ENTRY_CHARS, EntryDraft, WRITTEN, right_of};
pub(crate) use entry::{source_of, too_long};
pub use life_events::{LifeEvent, LifeEvents, LifeEventsDraft, next_anniversary};
pub(crate) use life_events::{bad_code, is_code};

/// What kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Somebody saw something.
    Observation,
    /// Something happened to an alert.
    Alert,
    /// A person was recorded with the child.
    Custody,
    /// A level was confirmed or changed.
    Assessment,
    /// Something that changed the child's life.
    LifeEvent,
    /// How a week was, in the weekly report of the class.
    Mood,
    /// Put on a list, kept on it, or taken off.
    List,
    /// A talk of the counsellor with the child.
    Interview,
    /// A sitting with an instrument of screening.
    Screening,
    /// A note of counselling.
    Counselling,
    /// A visit at home.
    HomeVisit,
    /// A guardian was called or came.
    GuardianContact,
    /// A written notice to a guardian, signed or refused.
    Notice,
    /// Who watches over the child around the clock.
    Watch,
    /// A report that the law demands.
    MandatoryReport,
    /// Sent to help outside, and what came of it.
    Referral,
    /// Leave from school, and the return.
    Leave,
    /// Somebody looked in on the child.
    LookIn,
    /// A version of the plan, or progress in it.
    Plan,
    /// The file passed from one holder to the next.
    HandOver,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 20] = [
        Self::Observation,
        Self::Alert,
        Self::Custody,
        Self::Assessment,
        Self::LifeEvent,
        Self::Mood,
        Self::List,
        Self::Interview,
        Self::Screening,
        Self::Counselling,
        Self::HomeVisit,
        Self::GuardianContact,
        Self::Notice,
        Self::Watch,
        Self::MandatoryReport,
        Self::Referral,
        Self::Leave,
        Self::LookIn,
        Self::Plan,
        Self::HandOver,
    ];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Observation => "observation",
            Self::Alert => "alert",
            Self::Custody => "custody",
            Self::Assessment => "assessment",
            Self::LifeEvent => "life_event",
            Self::Mood => "mood",
            Self::List => "list",
            Self::Interview => "interview",
            Self::Screening => "screening",
            Self::Counselling => "counselling",
            Self::HomeVisit => "home_visit",
            Self::GuardianContact => "guardian_contact",
            Self::Notice => "notice",
            Self::Watch => "watch",
            Self::MandatoryReport => "mandatory_report",
            Self::Referral => "referral",
            Self::Leave => "leave",
            Self::LookIn => "look_in",
            Self::Plan => "plan",
            Self::HandOver => "hand_over",
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
            Self::Observation => lang.pick("观察", "observation"),
            Self::Alert => lang.pick("预警", "alert"),
            Self::Custody => lang.pick("陪护", "custody"),
            Self::Assessment => lang.pick("研判", "assessment"),
            Self::LifeEvent => lang.pick("生活事件", "life event"),
            Self::Mood => lang.pick("晴雨表", "mood chart"),
            Self::List => lang.pick("清单", "list"),
            Self::Interview => lang.pick("访谈", "interview"),
            Self::Screening => lang.pick("心理筛查", "screening"),
            Self::Counselling => lang.pick("辅导记录", "counselling note"),
            Self::HomeVisit => lang.pick("家访", "home visit"),
            Self::GuardianContact => lang.pick("家长联系", "guardian contact"),
            Self::Notice => lang.pick("告知书", "notice"),
            Self::Watch => lang.pick("专人监护", "watch"),
            Self::MandatoryReport => lang.pick("强制报告", "mandatory report"),
            Self::Referral => lang.pick("转介", "referral"),
            Self::Leave => lang.pick("休复学", "leave and return"),
            Self::LookIn => lang.pick("看望", "look-in"),
            Self::Plan => lang.pick("一生一策", "plan"),
            Self::HandOver => lang.pick("档案交接", "hand-over of the file"),
        }
    }

    /// How the text of such an entry is to be read unless its author narrows it: he never widens it.
    #[must_use]
    pub fn visibility(self) -> Visibility {
        match self {
            Self::Assessment
            | Self::Interview
            | Self::Screening
            | Self::Counselling
            | Self::MandatoryReport
            | Self::Referral => Visibility::Restricted,
            Self::Observation
            | Self::Alert
            | Self::Custody
            | Self::LifeEvent
            | Self::Mood
            | Self::List
            | Self::HomeVisit
            | Self::GuardianContact
            | Self::Notice
            | Self::Watch
            | Self::Leave
            | Self::LookIn
            | Self::Plan
            | Self::HandOver => Visibility::Open,
        }
    }
}

/// Who reads the text of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// Whoever opens the file.
    Open,
    /// The counsellor, and nobody else without a grant.
    Restricted,
}

/// Where what an entry tells comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// Staff wrote down what they saw or did themselves.
    Staff,
    /// The child said so.
    Child,
    /// A guardian, or whoever cares for the child on the spot.
    Guardian,
    /// Another pupil.
    Pupil,
    /// A hospital, on paper.
    Hospital,
    /// Police, civil affairs, a village or another authority.
    Authority,
    /// Another school, with the file.
    School,
    /// The service by itself.
    Service,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 8] = [
        Self::Staff,
        Self::Child,
        Self::Guardian,
        Self::Pupil,
        Self::Hospital,
        Self::Authority,
        Self::School,
        Self::Service,
    ];

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Child => "child",
            Self::Guardian => "guardian",
            Self::Pupil => "pupil",
            Self::Hospital => "hospital",
            Self::Authority => "authority",
            Self::School => "school",
            Self::Service => "service",
        }
    }

    /// Reads its key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Staff => lang.pick("教职工", "staff"),
            Self::Child => lang.pick("学生本人", "the child"),
            Self::Guardian => lang.pick("监护人", "guardian"),
            Self::Pupil => lang.pick("同学", "a fellow pupil"),
            Self::Hospital => lang.pick("医院", "hospital"),
            Self::Authority => lang.pick("有关部门", "an authority"),
            Self::School => lang.pick("原学校", "another school"),
            Self::Service => lang.pick("系统", "the service"),
        }
    }
}

/// How a reader meets restricted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Reads it.
    Reads,
    /// Knows that it exists, without its text.
    Knows,
    /// Does not learn that it exists.
    Nothing,
}
