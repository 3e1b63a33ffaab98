//! Not escalating 暂不上报: a signed decision that the present rung keeps an alert for a bounded time, though its clock says
//! that the next one is told.

use super::Refused;
use super::decision::reason_text;
use crate::calendar::Calendar;
use crate::escalation::{Climb, ClimbState};
use crate::fault::{Fault, Faults};
use crate::level::BelowRed;
use crate::policy::Policy;
use crate::time::{Timestamp, truncate};

/// What was typed, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEscalating {
    /// Until when; the policy's usual term where nothing is said.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: String,
}

/// Why an alert cannot be kept from climbing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Climbs {
    /// Something is wrong with what was typed, or with the level.
    Faults(Vec<Fault>),
    /// It does not climb now, cannot climb further, or is kept already.
    Refused(Refused),
}

impl NotEscalating {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(until: Option<&str>, reason: &str) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let typed = until.map(str::trim).filter(|t| !t.is_empty());
        let read = typed.map(|t| chrono::DateTime::parse_from_rfc3339(t).ok().map(|t| truncate(t.to_utc())));
        faults.when(read == Some(None), || {
            Fault::new(
                "until",
                "bad_time",
                "请写到什么时候为止，例如 2026-11-24T17:00:00+08:00",
                "Give the time, such as 2026-11-24T17:00:00+08:00",
            )
        });
        let reason = reason_text(reason, &mut faults);
        faults.or(Self { until: read.flatten(), reason })
    }

    /// Whether it may be decided of a climb now; gives the level and until when.
    ///
    /// # Errors
    /// Why not: a red always climbs; nothing is kept from climbing that does not climb, twice on one rung, or for longer
    /// than the policy allows.
    pub fn beside(
        &self,
        climb: &Climb,
        policy: &Policy,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<(BelowRed, Timestamp), Climbs> {
        let Some(level) = BelowRed::of(climb.level) else { return Err(Climbs::Faults(vec![red()])) };
        let deadline = match climb.state {
            ClimbState::Open { held_from: Some(_), .. } => return Err(Climbs::Refused(Refused::HeldAlready)),
            ClimbState::Open { deadline, held_from: None, .. } => deadline,
            ClimbState::Acked { .. } | ClimbState::Settled { .. } | ClimbState::Closed => {
                return Err(Climbs::Refused(Refused::DoesNotClimb));
            }
        };
        if climb.rung >= policy.ladder(climb.level).top() {
            return Err(Climbs::Refused(Refused::AtTheTop));
        }
        let term = policy.not_escalating.of(level);
        let longest = term.longest.after(now, calendar);
        let until = self.until.unwrap_or_else(|| term.usual.after(now.max(deadline), calendar).min(longest));
        let mut faults = Faults::new();
        faults.when(until <= deadline.max(now), || {
            Fault::new(
                "until",
                "no_later",
                "要晚于现在的时限，否则不需要这个决定",
                "Later than the present deadline: before it nothing climbs anyhow",
            )
        });
        faults.when(until > longest, || {
            let at = calendar.local(longest).format("%Y-%m-%d %H:%M");
            let (zh, en) = (format!("最晚到 {at}"), format!("No later than {at}"));
            Fault::new("until", "too_late", zh, en)
        });
        faults.or((level, until)).map_err(Climbs::Faults)
    }
}

fn red() -> Fault {
    Fault::new(
        "level",
        "red_always_escalates",
        "红色响应必须上报，不能暂缓",
        "A red always climbs: it cannot be kept from it",
    )
}
