//! The checks: each has a name in the table of findings, a severity, and one question.

use domain::id::AlertId;
use storage::{Question, Severity, StorageError};

use super::{Auditor, health, reach};

/// After so many seconds the tick must have stepped what was due.
const OVERDUE_SECONDS: i64 = 60;
/// After so many seconds a red must have been taken by a worker.
const RED_WAITS_SECONDS: i64 = 15;
/// So many seconds after a lease has run out another worker must have taken it over.
const LEASE_SECONDS: i64 = 30;
/// A failure of the whole rung is answered by the next step, well within this.
const FAILED_SECONDS: i64 = 15;
/// So long before a red opens again somebody ought to be with the child.
const UNHANDED_SECONDS: i64 = 120;
/// So far back growth files are held against alerts.
const ALERTS_SECONDS: i64 = 30 * 24 * 60 * 60;

/// One thing that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// A1 An alert that was due is not stepped.
    Overdue,
    /// A2 An alert has no time at which it moves by itself.
    Timeless,
    /// A3 Nobody was told of the present rung.
    Untold,
    /// A4 An alert has lost its policy.
    PolicyMissing,
    /// A4 An alert that a growth file knows of is not there.
    AlertMissing,
    /// A5 A red message waits, and no worker takes it.
    RedWaiting,
    /// A6 A lease ran out, and no worker takes the message over.
    LeaseExpired,
    /// A7 No message of a red's present rung arrived.
    RedAllFailed,
    /// A8 Nobody on the present rung can be reached.
    RungEmpty,
    /// A8 Nobody on a rung above can be reached: it will be passed.
    RungAboveEmpty,
    /// A8 Somebody on the present rung can be reached in one way only.
    FewChannels,
    /// A9 A provider fails and has not succeeded lately.
    ProviderFailing,
    /// A10 A red that somebody took opens again soon, and nobody is known to be with the child.
    Unhanded,
    /// A11 The tick has not completed a turn.
    TickStopped,
    /// A11 The dispatcher has not completed a turn.
    DispatcherStopped,
    /// A12 The clocks of machine and database differ.
    ClockApart,
    /// A13 A newer program has changed the schema.
    SchemaNewer,
    /// A13 Another version of the engine works on the same alerts.
    EngineDiffers,
    /// The service's own trial alert did not come back.
    CanaryOld,
}

/// What a check found something about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// An id, or a name of ours.
    pub name: String,
    /// The alert, where it is one.
    pub alert: Option<AlertId>,
}

impl Subject {
    pub(super) fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), alert: None }
    }

    pub(super) fn of_alert(alert: AlertId) -> Self {
        Self { name: alert.to_string(), alert: Some(alert) }
    }
}

impl Check {
    /// Every check, in the order in which they are made.
    pub const ALL: [Self; 19] = [
        Self::Overdue,
        Self::Timeless,
        Self::Untold,
        Self::PolicyMissing,
        Self::AlertMissing,
        Self::RedWaiting,
        Self::LeaseExpired,
        Self::RedAllFailed,
        Self::RungEmpty,
        Self::RungAboveEmpty,
        Self::FewChannels,
        Self::ProviderFailing,
        Self::Unhanded,
        Self::TickStopped,
        Self::DispatcherStopped,
        Self::ClockApart,
        Self::SchemaNewer,
        Self::EngineDiffers,
        Self::CanaryOld,
    ];

    /// The key of what it finds.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Overdue => "alert_overdue",
            Self::Timeless => "alert_without_time",
            Self::Untold => "rung_untold",
            Self::PolicyMissing => "policy_missing",
            Self::AlertMissing => "alert_missing",
            Self::RedWaiting => "red_waiting",
            Self::LeaseExpired => "lease_expired",
            Self::RedAllFailed => "red_all_failed",
            Self::RungEmpty => "rung_unreachable",
            Self::RungAboveEmpty => "rung_above_unreachable",
            Self::FewChannels => "few_channels",
            Self::ProviderFailing => "provider_failing",
            Self::Unhanded => "taken_without_custody",
            Self::TickStopped => "tick_stopped",
            Self::DispatcherStopped => "dispatcher_stopped",
            Self::ClockApart => "clock_apart",
            Self::SchemaNewer => "schema_newer",
            Self::EngineDiffers => "engine_differs",
            Self::CanaryOld => "canary_old",
        }
    }

    /// How bad it is. What people have to see to, and the climb answers by itself, calls no operator.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::RungAboveEmpty | Self::FewChannels | Self::Unhanded => Severity::Warning,
            Self::Overdue
            | Self::Timeless
            | Self::Untold
            | Self::PolicyMissing
            | Self::AlertMissing
            | Self::RedWaiting
            | Self::LeaseExpired
            | Self::RedAllFailed
            | Self::RungEmpty
            | Self::ProviderFailing
            | Self::TickStopped
            | Self::DispatcherStopped
            | Self::ClockApart
            | Self::SchemaNewer
            | Self::EngineDiffers
            | Self::CanaryOld => Severity::Critical,
        }
    }

    /// Whether looking at the alert once more can mend it.
    #[must_use]
    pub fn is_mended_by_a_nudge(self) -> bool {
        match self {
            Self::Overdue
            | Self::Timeless
            | Self::Untold
            | Self::RedWaiting
            | Self::LeaseExpired
            | Self::RedAllFailed => true,
            Self::PolicyMissing
            | Self::AlertMissing
            | Self::RungEmpty
            | Self::RungAboveEmpty
            | Self::FewChannels
            | Self::ProviderFailing
            | Self::Unhanded
            | Self::TickStopped
            | Self::DispatcherStopped
            | Self::ClockApart
            | Self::SchemaNewer
            | Self::EngineDiffers
            | Self::CanaryOld => false,
        }
    }

    /// Looks.
    pub(super) async fn look(self, a: &Auditor) -> Result<Vec<Subject>, StorageError> {
        match self {
            Self::Overdue => ask(a, Question::Overdue, a.school_ago(OVERDUE_SECONDS)).await,
            Self::Timeless => ask(a, Question::Timeless, a.school.now()).await,
            Self::Untold => ask(a, Question::Untold, a.school.now()).await,
            Self::PolicyMissing => ask(a, Question::PolicyMissing, a.school.now()).await,
            Self::AlertMissing => ask(a, Question::AlertMissing, a.school_ago(ALERTS_SECONDS)).await,
            Self::RedWaiting => ask(a, Question::Waiting, a.school_ago(RED_WAITS_SECONDS)).await,
            Self::LeaseExpired => ask(a, Question::LeaseExpired, a.real_ago(LEASE_SECONDS)).await,
            Self::RedAllFailed => ask(a, Question::AllFailed, a.school_ago(FAILED_SECONDS)).await,
            Self::RungEmpty => reach::rung_empty(a).await,
            Self::RungAboveEmpty => reach::rung_above_empty(a).await,
            Self::FewChannels => reach::few_channels(a).await,
            Self::ProviderFailing => health::provider_failing(a).await,
            Self::Unhanded => ask(a, Question::Unhanded, a.school_ago(-UNHANDED_SECONDS)).await,
            Self::TickStopped => health::stopped(a, "tick").await,
            Self::DispatcherStopped => health::stopped(a, "dispatcher").await,
            Self::ClockApart => health::clock_apart(a).await,
            Self::SchemaNewer => health::schema_newer(a).await,
            Self::EngineDiffers => health::engine_differs(a).await,
            Self::CanaryOld => health::canary_old(a).await,
        }
    }
}

async fn ask(a: &Auditor, question: Question, instant: domain::time::Timestamp) -> Result<Vec<Subject>, StorageError> {
    let alerts = a.storage.read().ask(question, instant).await?;
    Ok(alerts.into_iter().map(Subject::of_alert).collect())
}
