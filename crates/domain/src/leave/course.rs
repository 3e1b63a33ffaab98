//! Where a leave stands follows from its steps alone.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{LeaveState, StageHow, StagePlan, Step, Verdict};
use crate::id::PersonId;

/// A stage as it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// What was planned.
    pub plan: StagePlan,
    /// Its last day, as it is now.
    pub until: NaiveDate,
    /// How it stands.
    pub state: StageState,
}

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// It is to come.
    Planned,
    /// It runs.
    Running,
    /// It went well.
    Confirmed,
}

impl StageState {
    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Confirmed => "confirmed",
        }
    }
}

/// How far a leave has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Where it stands.
    pub state: LeaveState,
    /// The stages of the return.
    pub stages: Vec<Stage>,
    /// Who had a part in the present decision: none of them decides an appeal.
    pub deciders: BTreeSet<PersonId>,
    /// Who applied for the return on behalf of the family: wrote it down.
    pub applied: Option<PersonId>,
    /// Who assessed the child.
    pub assessed: Option<PersonId>,
    /// Who proposed the present decision, and what it is: verdict, until when, stages.
    pub proposed: Option<(PersonId, Verdict, Option<NaiveDate>, Vec<StagePlan>)>,
    /// Whether the present decision was appealed already.
    pub appealed: bool,
}

impl Course {
    /// Follows the steps.
    #[must_use]
    pub fn of<'a>(steps: impl IntoIterator<Item = (PersonId, &'a Step)>) -> Self {
        let mut course = Self {
            state: LeaveState::Away,
            stages: Vec::new(),
            deciders: BTreeSet::new(),
            applied: None,
            assessed: None,
            proposed: None,
            appealed: false,
        };
        for (by, step) in steps {
            course.take(by, step);
        }
        course
    }

    /// The stage that runs, with its index.
    #[must_use]
    pub fn running(&self) -> Option<(usize, &Stage)> {
        self.stages.iter().enumerate().find(|(_, s)| s.state == StageState::Running)
    }

    /// Takes one step.
    pub fn take(&mut self, by: PersonId, step: &Step) {
        match step {
            Step::Contact { .. } => {}
            Step::Return { .. } => {
                self.state = LeaveState::Applied;
                self.deciders.clear();
                (self.applied, self.assessed, self.proposed, self.appealed) = (Some(by), None, None, false);
            }
            Step::Review { papers, .. } => {
                self.deciders.insert(by);
                let whole = papers.iter().all(|p| p.present);
                self.state = if whole { LeaveState::Reviewed } else { LeaveState::Away };
            }
            Step::Assessment { .. } => {
                self.deciders.insert(by);
                (self.state, self.assessed) = (LeaveState::Assessed, Some(by));
            }
            Step::Decision { verdict, until, stages, .. } => {
                self.deciders.insert(by);
                self.state = LeaveState::Proposed;
                self.proposed = Some((by, *verdict, *until, stages.clone()));
            }
            Step::Sign { agrees, .. } => self.signed(by, *agrees),
            Step::Stage { how, until, .. } => self.staged(*how, *until),
            Step::Appeal { .. } => (self.state, self.appealed) = (LeaveState::Appealed, true),
            Step::Answer { grants: true, stages, .. } => self.begin(stages),
            Step::Answer { grants: false, .. } => self.state = LeaveState::Refused,
        }
    }

    fn signed(&mut self, by: PersonId, agrees: bool) {
        self.deciders.insert(by);
        let verdict = self.proposed.as_ref().map(|(_, verdict, _, _)| *verdict);
        match (agrees, verdict) {
            (false, _) | (true, None) => self.state = LeaveState::Assessed,
            (true, Some(Verdict::Postponed)) => self.state = LeaveState::Postponed,
            (true, Some(Verdict::Refused)) => self.state = LeaveState::Refused,
            (true, Some(Verdict::Granted)) => {
                let stages = self.proposed.as_ref().map(|(_, _, _, stages)| stages.clone());
                self.begin(&stages.unwrap_or_default());
            }
        }
    }

    fn begin(&mut self, stages: &[StagePlan]) {
        let stage = |(i, plan): (usize, &StagePlan)| Stage {
            until: plan.until,
            plan: plan.clone(),
            state: if i == 0 { StageState::Running } else { StageState::Planned },
        };
        self.stages = stages.iter().enumerate().map(stage).collect();
        self.state = LeaveState::Returning;
    }

    fn staged(&mut self, how: StageHow, until: Option<NaiveDate>) {
        let Some((index, _)) = self.running() else { return };
        let mut set = |index: usize, state, until: Option<NaiveDate>| {
            if let Some(stage) = self.stages.get_mut(index) {
                stage.state = state;
                stage.until = until.unwrap_or(stage.until);
                return true;
            }
            false
        };
        match (how, index.checked_sub(1)) {
            (StageHow::Prolonged, _) => {
                set(index, StageState::Running, until);
            }
            (StageHow::Confirmed, _) => {
                set(index, StageState::Confirmed, None);
                if !set(index.saturating_add(1), StageState::Running, None) {
                    self.state = LeaveState::Done;
                }
            }
            (StageHow::SteppedBack, Some(before)) => {
                set(index, StageState::Planned, None);
                set(before, StageState::Running, until);
            }
            (StageHow::SteppedBack, None) => {
                self.stages.clear();
                self.state = LeaveState::Away;
            }
        }
    }
}
