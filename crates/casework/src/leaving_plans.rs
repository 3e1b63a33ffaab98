//! What somebody who leaves answers for by plan: measures, plans, named support. It goes to the successor like everything else that
//! waits for him; the plan itself stays as it was signed.

use std::collections::BTreeSet;

use domain::access::Scope;
use domain::fault::Faults;
use domain::id::{MeasureId, PersonId, PlanId, SchoolId, StudentId};
use storage::{Read, SupportRecord, Tx};

use crate::leaving_needs::counted;
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

    /// What needs him, by kind and count.
    pub(crate) fn needs(&self, faults: &mut Faults) {
        let measures = ("由他落实的帮扶措施", "measures that are his");
        counted(faults, self.measures.len(), ("measures", "measure_open"), measures);
        let plans = ("由他负责的一生一策", "plans that he answers for");
        counted(faults, self.plans.len(), ("plans", "plan_responsible"), plans);
        let support = ("他是帮扶责任人的学生", "students for whose support he answers");
        counted(faults, self.support.len(), ("support", "support_responsible"), support);
    }

    /// The school of each.
    pub(crate) fn schools(&self) -> Vec<SchoolId> {
        let measures = self.measures.iter().map(|(school, _, _)| *school);
        let plans = self.plans.iter().map(|(school, _)| *school);
        measures.chain(plans).chain(self.support.iter().map(|(school, _)| *school)).collect()
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
