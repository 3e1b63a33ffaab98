//! A task 任务: one person does one thing about one student by a time. It is never lost: it is done, handed on, or chased.

mod course;
mod state;

pub use course::{Acts, Course, Pace, above, stands_above};
pub use state::TaskState;

use chrono::TimeDelta;

use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::id::{AlertId, PersonId, StudentId};
use crate::lang::Lang;
use crate::text;
use crate::time::Timestamp;

/// The longest text of a task, in characters.
pub const TASK_CHARS: usize = 500;
/// How far ahead a task may be due, in days.
const AHEAD_DAYS: i64 = 400;

/// What kind of task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// See how the child is.
    LookIn,
    /// Do again what was agreed: the next talk, the next visit.
    FollowUp,
    /// Find out whether a referral was followed, and what came of it.
    Referral,
    /// Decide whether home is told, within the hour.
    GuardianDecision,
    /// Tell the police, as the law demands.
    TellPolice,
    /// Tell civil affairs, as the law demands.
    TellCivilAffairs,
    /// Tell the education authority, as the law demands.
    TellEducation,
    /// Have a notice to a guardian signed or refused.
    Notice,
    /// Keep in touch with a child who is on leave.
    LeaveContact,
    /// What comes next in the return of a child.
    LeaveReturn,
    /// Ask the class teacher whether anybody looked: a class has reported the same for weeks.
    SameReports,
    /// Look after a child of whom nobody has written for weeks.
    Unseen,
    /// Look at a decision that was drawn.
    DecisionLook,
    /// Answer what somebody asks who looked at a decision.
    DecisionQuestion,
    /// Report what a talk said of danger: a note in a file wakes nobody.
    ReportDanger,
    /// Talk with a child whose turn it is after a screening.
    Interview,
    /// Talk with a child in time, who has answered a critical item of a screening.
    PromptInterview,
    /// Anything else.
    Other,
}

impl TaskKind {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::LookIn,
        Self::FollowUp,
        Self::Referral,
        Self::GuardianDecision,
        Self::TellPolice,
        Self::TellCivilAffairs,
        Self::TellEducation,
        Self::Notice,
        Self::LeaveContact,
        Self::LeaveReturn,
        Self::SameReports,
        Self::Unseen,
        Self::DecisionLook,
        Self::DecisionQuestion,
        Self::ReportDanger,
        Self::Interview,
        Self::PromptInterview,
        Self::Other,
    ];
    /// Those that a person can give.
    pub const GIVEN: [Self; 3] = [Self::LookIn, Self::FollowUp, Self::Other];

    /// Those that the law demands.
    pub const BY_LAW: [Self; 3] = [Self::TellPolice, Self::TellCivilAffairs, Self::TellEducation];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::LookIn => "look_in",
            Self::FollowUp => "follow_up",
            Self::Referral => "referral",
            Self::GuardianDecision => "guardian_decision",
            Self::TellPolice => "tell_police",
            Self::TellCivilAffairs => "tell_civil_affairs",
            Self::TellEducation => "tell_education",
            Self::Notice => "notice",
            Self::LeaveContact => "leave_contact",
            Self::LeaveReturn => "leave_return",
            Self::SameReports => "same_reports",
            Self::Unseen => "unseen",
            Self::DecisionLook => "decision_look",
            Self::DecisionQuestion => "decision_question",
            Self::ReportDanger => "report_danger",
            Self::Interview => "interview",
            Self::PromptInterview => "prompt_interview",
            Self::Other => "other",
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
            Self::LookIn => lang.pick("关心看望", "look in"),
            Self::FollowUp => lang.pick("按约跟进", "follow up"),
            Self::Referral => lang.pick("转介回访", "referral"),
            Self::GuardianDecision => lang.pick("是否告知家长", "whether home is told"),
            Self::TellPolice => lang.pick("强制报告：公安", "mandatory report: police"),
            Self::TellCivilAffairs => lang.pick("强制报告：民政", "mandatory report: civil affairs"),
            Self::TellEducation => lang.pick("强制报告：教育主管部门", "mandatory report: education authority"),
            Self::Notice => lang.pick("告知书", "notice to a guardian"),
            Self::LeaveContact => lang.pick("休学期间联系", "contact during leave"),
            Self::LeaveReturn => lang.pick("复学", "return to school"),
            Self::SameReports => lang.pick("核实周报", "ask about reports"),
            Self::Unseen => lang.pick("久无记录", "nobody has written"),
            Self::DecisionLook => lang.pick("抽查", "look at a decision"),
            Self::DecisionQuestion => lang.pick("抽查提问", "a question about a decision"),
            Self::ReportDanger => lang.pick("立即报观察", "report at once"),
            Self::Interview => lang.pick("访谈", "interview"),
            Self::PromptInterview => lang.pick("限时访谈", "interview in time"),
            Self::Other => lang.pick("其他", "other"),
        }
    }

    /// Whether it ends by what is written down or reported of the student, never by saying that it is done. What the law
    /// demands ends by its report.
    #[must_use]
    pub fn ends_with_its_record(self) -> bool {
        match self {
            Self::Referral
            | Self::LeaveContact
            | Self::LeaveReturn
            | Self::Notice
            | Self::GuardianDecision
            | Self::ReportDanger
            | Self::Interview
            | Self::PromptInterview
            | Self::DecisionLook => true,
            Self::LookIn
            | Self::FollowUp
            | Self::TellPolice
            | Self::TellCivilAffairs
            | Self::TellEducation
            | Self::SameReports
            | Self::Unseen
            | Self::DecisionQuestion
            | Self::Other => false,
        }
    }

    /// How it is reminded of.
    #[must_use]
    pub fn pace(self) -> Pace {
        match self {
            Self::GuardianDecision | Self::TellPolice | Self::ReportDanger | Self::PromptInterview => Pace::Hour,
            Self::LookIn
            | Self::FollowUp
            | Self::Referral
            | Self::TellCivilAffairs
            | Self::TellEducation
            | Self::Notice
            | Self::LeaveContact
            | Self::LeaveReturn
            | Self::SameReports
            | Self::Unseen
            | Self::DecisionLook
            | Self::DecisionQuestion
            | Self::Interview
            | Self::Other => Pace::Daily,
        }
    }

    /// Whether the law demands it. It is its owner's alone, since it would name who reported: who else hears, and when, is
    /// the report's own clock. It ends by what is recorded with the report.
    #[must_use]
    pub fn is_by_law(self) -> bool {
        Self::BY_LAW.contains(&self)
    }

    /// Whether it ends by a talk with the child that is written down: whoever writes such talks has it.
    #[must_use]
    pub fn is_interview(self) -> bool {
        matches!(self, Self::Interview | Self::PromptInterview)
    }

    /// Whether it is about a decision that was drawn: of those that others see who oversee decisions.
    #[must_use]
    pub fn is_of_samples(self) -> bool {
        matches!(self, Self::DecisionLook | Self::DecisionQuestion)
    }
}

/// A task as it was typed.
#[derive(Debug, Clone, Default)]
pub struct TaskDraft {
    /// About whom.
    pub student: String,
    /// Beside which alert.
    pub alert: Option<String>,
    /// What kind.
    pub kind: String,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: String,
    /// By when.
    pub due_at: String,
}

/// A task, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// About whom.
    pub student: StudentId,
    /// Beside which alert.
    pub alert: Option<AlertId>,
    /// What kind.
    pub kind: TaskKind,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: PersonId,
    /// By when.
    pub due_at: Timestamp,
}

impl TaskDraft {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp) -> Result<Task, Vec<Fault>> {
        let mut faults = Faults::new();
        let student = id_of(&self.student, "student", unknown_student, &mut faults);
        let typed = self.alert.as_deref().map(str::trim).filter(|a| !a.is_empty());
        let alert: Option<AlertId> = typed.and_then(|a| a.parse().ok());
        faults.when(typed.is_some() && alert.is_none(), unknown_alert);
        let kind = TaskKind::from_key(self.kind.trim()).filter(|k| TaskKind::GIVEN.contains(k));
        let code = if self.kind.trim().is_empty() { "required" } else { "unknown_value" };
        faults.when(kind.is_none(), || Fault::new("kind", code, "请选择任务的种类", "Choose what kind of task it is"));
        let words = ("请写要做什么", "Say what is to be done");
        let text = long_text(&self.text, "text", TASK_CHARS, words, &mut faults);
        let owner = id_of(&self.owner, "owner", cannot_have_it, &mut faults);
        let due_at = ahead(&self.due_at, "due_at", now, &mut faults);
        let (Some(student), Some(kind), Some(owner), Some(due_at)) = (student, kind, owner, due_at) else {
            return Err(faults.into_vec());
        };
        faults.or(Task { student, alert, kind, text, owner, due_at })
    }
}

/// A task handed on, as it was typed, looked at: to whom, and why.
///
/// # Errors
/// Everything that is wrong with it.
pub fn handed_on(to: &str, reason: &str) -> Result<(PersonId, String), Vec<Fault>> {
    let mut faults = Faults::new();
    let to = id_of(to, "to", || Fault { field: "to".to_owned(), ..cannot_have_it() }, &mut faults);
    let words = ("请写明理由", "Give a reason");
    let reason = long_text(reason, "reason", REASON_CHARS, words, &mut faults);
    let Some(to) = to else { return Err(faults.into_vec()) };
    faults.or((to, reason))
}

fn id_of<T: std::str::FromStr>(typed: &str, field: &str, unknown: fn() -> Fault, faults: &mut Faults) -> Option<T> {
    let typed = typed.trim();
    let id = typed.parse().ok();
    faults.when(typed.is_empty(), || Fault::new(field, "required", "请选择", "This is required"));
    faults.when(!typed.is_empty() && id.is_none(), unknown);
    id
}

/// A text that is wanted, of so many characters at most.
pub fn long_text(typed: &str, field: &str, most: usize, (zh, en): (&str, &str), faults: &mut Faults) -> String {
    let text = text::lines(typed, field, faults);
    faults.when(text.is_empty(), || Fault::new(field, "required", zh, en));
    faults.when(text.chars().count() > most, || too_long(field, most));
    text
}

/// A text that may be left out.
pub fn maybe_text(typed: Option<&str>, field: &str, most: usize, faults: &mut Faults) -> Option<String> {
    let text = text::lines(typed?, field, faults);
    faults.when(text.chars().count() > most, || too_long(field, most));
    (!text.is_empty()).then_some(text)
}

fn too_long(field: &str, most: usize) -> Fault {
    Fault::new(field, "too_long", format!("太长了，最多 {most} 个字"), format!("Too long: at most {most} characters"))
}

/// An instant, as it was typed; what cannot be read is a fault.
pub fn instant(typed: &str, field: &str, faults: &mut Faults) -> Option<Timestamp> {
    let typed = typed.trim();
    let at = chrono::DateTime::parse_from_rfc3339(typed).ok().map(|t| crate::time::truncate(t.to_utc()));
    let code = if typed.is_empty() { "required" } else { "bad_time" };
    faults.when(at.is_none(), || {
        let zh = "请写时间，例如 2026-11-23T10:30:00+08:00";
        Fault::new(field, code, zh, "Give the time, such as 2026-11-23T10:30:00+08:00")
    });
    at
}

/// An instant that lies ahead, and not too far.
pub fn ahead(typed: &str, field: &str, now: Timestamp, faults: &mut Faults) -> Option<Timestamp> {
    let at = instant(typed, field, faults)?;
    faults.when(at <= now, || Fault::new(field, "in_the_past", "这个时间已经过了", "This time has passed"));
    faults.when(at > now + TimeDelta::days(AHEAD_DAYS), || {
        Fault::new(field, "too_far", "这个时间太远了，请填一年以内的时间", "Give a time within a year")
    });
    Some(at)
}

/// An instant that has been: a clock that is a little fast is forgiven, and nothing is kept that lies ahead.
pub fn behind(typed: &str, field: &str, now: Timestamp, faults: &mut Faults) -> Option<Timestamp> {
    let at = instant(typed, field, faults)?;
    faults.when(at > now + TimeDelta::minutes(2), || {
        Fault::new(field, "in_the_future", "这个时间还没有到", "This time has not come yet")
    });
    faults.when(at < now - TimeDelta::days(AHEAD_DAYS), || {
        Fault::new(field, "too_long_ago", "请填一年以内的时间", "Give a time within the last year")
    });
    Some(at.min(now))
}

/// Whoever is not found, whatever the cause.
#[must_use]
pub fn unknown_student() -> Fault {
    Fault::new("student", "unknown_student", "没有找到这名学生", "No such student")
}

/// An alert that is not found, or is another student's.
#[must_use]
pub fn unknown_alert() -> Fault {
    Fault::new("alert", "unknown_alert", "这名学生没有这条预警", "This student has no such alert")
}

/// Whoever cannot have a task, whatever the cause: nobody learns from the answer who was left out of what.
#[must_use]
pub fn cannot_have_it() -> Fault {
    Fault::new(
        "owner",
        "cannot_have_it",
        "不能交给这个人，请选一位本校的教职工",
        "It cannot be given to this person: choose a colleague of this school",
    )
}
