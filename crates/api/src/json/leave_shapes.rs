//! A leave, as answers have it. What the reader may not read is null.

use casework::{LeaveRecord, LeaveSight, LeaveView};
use domain::id::PersonId;
use domain::leave::{Course, LeaveState};
use serde::Serialize;
use utoipa::ToSchema;

use super::leave_step_shape::AwayStepShape;
use super::shapes::{Named, rfc3339};

/// A leave.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AwayShape {
    /// The leave.
    pub(crate) id: String,
    /// `away`, `applied`, `reviewed`, `assessed`, `proposed`, `postponed`, `refused`, `appealed`, `returning` or `done`.
    state: String,
    /// Its first day.
    #[schema(format = Date)]
    from: String,
    /// Why, as a class of reasons.
    reason: Option<String>,
    /// Whether somebody saw the hospital's paper.
    paper_seen: Option<bool>,
    /// What was added.
    note: Option<String>,
    /// Who keeps in touch.
    keeper: Named,
    /// At least once in so many days.
    every_days: u32,
    /// Who recorded it.
    by: Named,
    /// When.
    recorded_at: String,
    /// The stages of the return, in order.
    stages: Vec<AwayStageShape>,
    /// What was done about it, oldest first.
    steps: Vec<AwayStepShape>,
    /// What the reader may do with it now.
    may: Vec<String>,
}

/// A stage of a return.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AwayStageShape {
    /// Which, from 1 on.
    stage: u32,
    /// Its first day.
    #[schema(format = Date)]
    from: String,
    /// Its last day, as it is now.
    #[schema(format = Date)]
    until: String,
    /// Hours at school each day.
    hours_per_day: u32,
    /// Who accompanies the child.
    with_whom: String,
    /// What is watched.
    watch: String,
    /// `planned`, `running` or `confirmed`.
    state: String,
}

/// How a leave stands, as far as the reader is told.
pub(crate) fn told_state(sight: LeaveSight, course: &Course) -> LeaveState {
    if sight >= LeaveSight::Reasons { course.state } else { course.state.in_days() }
}

impl AwayShape {
    pub(crate) fn of((l, course): &(LeaveRecord, Course), view: &LeaveView, reader: PersonId) -> Self {
        let tells = view.sight >= LeaveSight::Reasons || l.by.0 == reader;
        let a = &l.absence;
        Self {
            id: l.id.to_string(),
            state: told_state(view.sight, course).key().to_owned(),
            from: a.from.to_string(),
            reason: tells.then(|| a.reason.key().to_owned()),
            paper_seen: tells.then_some(a.paper_seen),
            note: a.note.clone().filter(|_| tells),
            keeper: Named::new(a.keeper, l.keeper.clone()),
            every_days: a.every_days,
            by: Named::new(l.by.0, l.by.1.clone()),
            recorded_at: rfc3339(l.at),
            stages: (1..).zip(&course.stages).map(AwayStageShape::of).collect(),
            steps: l.steps.iter().map(|s| AwayStepShape::of(s, view.sight, reader)).collect(),
            may: if l.ended_at.is_none() { view.may.iter().map(|k| k.key().to_owned()).collect() } else { Vec::new() },
        }
    }
}

impl AwayStageShape {
    fn of((stage, s): (u32, &domain::leave::Stage)) -> Self {
        Self {
            stage,
            from: s.plan.from.to_string(),
            until: s.until.to_string(),
            hours_per_day: s.plan.hours_per_day,
            with_whom: s.plan.with_whom.clone(),
            watch: s.plan.watch.clone(),
            state: s.state.key().to_owned(),
        }
    }
}
