//! The schema, as an ordered list of frozen steps. One set of statements for SQLite and PostgreSQL: instants are
//! microseconds since 1970 UTC in a `BIGINT`, ids are UUIDs, structured values are JSON in `TEXT`.
//!
//! Invariants: a step that has shipped is never changed; each runs in a transaction on both databases.

use sea_orm_migration::prelude::*;

mod wording;

struct Step {
    name: &'static str,
    sql: &'static str,
}

/// Every step, oldest first.
const STEPS: &[Step] = &[
    Step { name: "m0001_people", sql: include_str!("sql/m0001_people.sql") },
    Step { name: "m0002_casework", sql: include_str!("sql/m0002_casework.sql") },
    Step { name: "m0003_messages", sql: include_str!("sql/m0003_messages.sql") },
    Step { name: "m0004_roster", sql: include_str!("sql/m0004_roster.sql") },
    Step { name: "m0005_watch", sql: include_str!("sql/m0005_watch.sql") },
    Step { name: "m0006_providers", sql: include_str!("sql/m0006_providers.sql") },
    Step { name: "m0007_calls", sql: include_str!("sql/m0007_calls.sql") },
    Step { name: "m0008_confidential", sql: include_str!("sql/m0008_confidential.sql") },
    Step { name: "m0010_codes", sql: include_str!("sql/m0010_codes.sql") },
    Step { name: "m0011_coverage", sql: include_str!("sql/m0011_coverage.sql") },
    Step { name: "m0012_circles", sql: include_str!("sql/m0012_circles.sql") },
    Step { name: "m0013_bundles", sql: include_str!("sql/m0013_bundles.sql") },
    Step { name: "m0014_drills", sql: include_str!("sql/m0014_drills.sql") },
    Step { name: "m0015_webhooks", sql: include_str!("sql/m0015_webhooks.sql") },
    Step { name: "m0016_decisions", sql: include_str!("sql/m0016_decisions.sql") },
    Step { name: "m0017_not_escalating", sql: include_str!("sql/m0017_not_escalating.sql") },
    Step { name: "m0018_rechecks", sql: include_str!("sql/m0018_rechecks.sql") },
    Step { name: "m0020_growth", sql: include_str!("sql/m0020_growth.sql") },
    Step { name: "m0021_entries", sql: include_str!("sql/m0021_entries.sql") },
    Step { name: "m0022_lists", sql: include_str!("sql/m0022_lists.sql") },
    Step { name: "m0023_plans", sql: include_str!("sql/m0023_plans.sql") },
    Step { name: "m0025_tasks", sql: include_str!("sql/m0025_tasks.sql") },
    Step { name: "m0026_watches", sql: include_str!("sql/m0026_watches.sql") },
    Step { name: "m0027_referrals", sql: include_str!("sql/m0027_referrals.sql") },
    Step { name: "m0028_household", sql: include_str!("sql/m0028_household.sql") },
    Step { name: "m0031_reports", sql: include_str!("sql/m0031_reports.sql") },
    Step { name: "m0032_mandatory", sql: include_str!("sql/m0032_mandatory.sql") },
    Step { name: "m0033_notices", sql: include_str!("sql/m0033_notices.sql") },
    Step { name: "m0034_student_hand_overs", sql: include_str!("sql/m0034_student_hand_overs.sql") },
    Step { name: "m0035_plan_heirs", sql: include_str!("sql/m0035_plan_heirs.sql") },
    Step { name: "m0036_leaves", sql: include_str!("sql/m0036_leaves.sql") },
    Step { name: "m0037_affected_peers", sql: include_str!("sql/m0037_affected_peers.sql") },
    Step { name: "m0039_list_imports", sql: include_str!("sql/m0039_list_imports.sql") },
    Step { name: "m0041_moods", sql: include_str!("sql/m0041_moods.sql") },
    Step { name: "m0042_class_tasks", sql: include_str!("sql/m0042_class_tasks.sql") },
    Step { name: "m0043_unseen", sql: include_str!("sql/m0043_unseen.sql") },
    Step { name: "m0044_samples", sql: include_str!("sql/m0044_samples.sql") },
    Step { name: "m0045_unread_reports", sql: include_str!("sql/m0045_unread_reports.sql") },
    Step { name: "m0046_attachments", sql: include_str!("sql/m0046_attachments.sql") },
    Step { name: "m0047_household_proposals", sql: include_str!("sql/m0047_household_proposals.sql") },
    Step { name: "m0048_district_decides", sql: include_str!("sql/m0048_district_decides.sql") },
    Step { name: "m0049_contact_notices", sql: include_str!("sql/m0049_contact_notices.sql") },
    Step { name: "m0051_appointments", sql: include_str!("sql/m0051_appointments.sql") },
    Step { name: "m0053_attempt_contacts", sql: include_str!("sql/m0053_attempt_contacts.sql") },
    Step { name: "m0054_passwords", sql: include_str!("sql/m0054_passwords.sql") },
    Step { name: "m0055_file_readers", sql: include_str!("sql/m0055_file_readers.sql") },
    Step { name: "m0056_unheld_interviews", sql: include_str!("sql/m0056_unheld_interviews.sql") },
];

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for statement in wording::statements(self.sql, db.get_database_backend()) {
            db.execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("a step is never taken back: restore the backup made before the upgrade".to_owned()))
    }
}

/// Brings a database up to date.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut steps: Vec<Box<dyn MigrationTrait>> = Vec::with_capacity(STEPS.len());
        for step in STEPS {
            steps.push(Box::new(Step { name: step.name, sql: step.sql }));
        }
        steps
    }
}

/// The names of every step that this program knows, oldest first.
#[must_use]
pub fn known() -> Vec<&'static str> {
    STEPS.iter().map(|s| s.name).collect()
}

pub use sea_orm_migration::MigratorTrait as Migrate;
