//! Why a message is sent.

use serde::{Deserialize, Serialize};

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
    /// His password was changed; about nothing else.
    PasswordChanged,
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
    /// A position that was proposed waits for his yes or no.
    AppointmentWaits,
    /// Somebody has come to an office, or holds one that nobody has confirmed.
    AppointmentMade,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 35] = [
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
        Self::PasswordChanged,
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
        Self::AppointmentWaits,
        Self::AppointmentMade,
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

    /// Whether it is about positions of the staff. Nothing can be answered under a number then: there is none.
    #[must_use]
    pub fn is_of_appointments(self) -> bool {
        matches!(self, Self::AppointmentWaits | Self::AppointmentMade)
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
            || self.is_of_appointments()
            || matches!(self, Self::ContactChanged | Self::PasswordChanged)
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
            Self::PasswordChanged => "password_changed",
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
            Self::AppointmentWaits => "appointment_waits",
            Self::AppointmentMade => "appointment_made",
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
            | Self::StudentOverdue
            | Self::AppointmentWaits => true,
            Self::TakenOver
            | Self::StoodDown
            | Self::SignatureGiven
            | Self::SignatureRefused
            | Self::Over
            | Self::HandedBack
            | Self::ContactTest
            | Self::ContactChanged
            | Self::PasswordChanged
            | Self::Storm
            | Self::StudentAnswered
            | Self::AppointmentMade
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
