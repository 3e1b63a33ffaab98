//! What somebody who leaves answers for by plan: measures, plans, named support. It goes to the successor like everything else that
//! waits for him; the plan itself stays as it was signed.

use std::collections::BTreeSet;

use domain::access::Scope;
use domain::fault::{Fault, Faults};
use domain::id::{MeasureId, PersonId, PlanId, SchoolId, StudentId};
use storage::{Read, SupportRecord, Tx};

use crate::{CaseError, Desk};

/// What is left behind.
#[derive(Debug, Default)]
pub(crate) struct PlanWork {
    measures: Vec<(SchoolId, PlanId, MeasureId)>,
    plans: Vec<(SchoolId, PlanId)>,
    support: Vec<(SchoolId, StudentId)>,
}

impl PlanWork {
    /// What somebody leaves behind in the schools in which he does not stay.
    pub(crate) async fn of(
        read: &Read<'_>,
        person: PersonId,
        stays: impl Fn(SchoolId) -> bool,
    ) -> Result<Self, CaseError> {
        let mut work = Self {
            measures: read.measures_left_by(person).await?,
            plans: read.plans_left_by(person).await?,
            support: read.support_left_by(person).await?,
        };
        work.measures.retain(|(school, _, _)| !stays(*school));
        work.plans.retain(|(school, _)| !stays(*school));
        work.support.retain(|(school, _)| !stays(*school));
        Ok(work)
    }

    /// What needs him, by ids alone.
    pub(crate) fn needs(&self, faults: &mut Faults) {
        for (_, _, id) in &self.measures {
            let zh = "有一项帮扶措施由他落实";
            faults.add(Fault::new(format!("measures.{id}"), "measure_open", zh, "this measure is his"));
        }
        for (_, id) in &self.plans {
            let zh = "有一份一生一策由他负责";
            faults.add(Fault::new(format!("plans.{id}"), "plan_responsible", zh, "he answers for this plan"));
        }
        for (_, id) in &self.support {
            let zh = "有一名学生的帮扶责任人是他";
            faults.add(Fault::new(format!("support.{id}"), "support_responsible", zh, "he answers for this support"));
        }
    }

    /// All of it is the successor's.
    pub(crate) async fn rehome(&self, desk: &Desk, tx: &mut Tx, heir: PersonId) -> Result<(), CaseError> {
        let now = desk.now();
        for (_, plan, measure) in &self.measures {
            tx.add_plan_heir(desk.ids.uuid(), *plan, Some(*measure), heir, now).await?;
        }
        for (_, plan) in &self.plans {
            tx.add_plan_heir(desk.ids.uuid(), *plan, None, heir, now).await?;
        }
        let schools: BTreeSet<SchoolId> = self.support.iter().map(|(school, _)| *school).collect();
        let scope = Scope { schools, ..Scope::default() };
        for (_, student) in &self.support {
            for was in tx.read()?.support(&scope, &[*student]).await? {
                let version = was.version.saturating_add(1);
                let next = SupportRecord { version, responsible: (heir, String::new()), by: heir, at: now, ..was };
                tx.add_support(&next).await?;
            }
        }
        Ok(())
    }
}
