//! The draw. It is made with the decision, of bits that nobody can guess, and kept with it.

use chrono::{Datelike, NaiveDate, NaiveTime};
use domain::id::{EventId, PersonId, SampleId};
use domain::level::Level;
use domain::sample::{DecisionKind, Lot, Why};
use domain::time::Timestamp;
use storage::{AlertRecord, DrawRecord, Tx};

use crate::{CaseError, Desk};

/// A decision that has all its signatures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decided {
    pub(crate) kind: DecisionKind,
    pub(crate) from: Level,
    pub(crate) to: Level,
    pub(crate) by: PersonId,
    pub(crate) second: Option<PersonId>,
    /// The entry of the growth file that says why.
    pub(crate) entry: EventId,
}

/// Draws a decision, in its transaction. Who looks is found later: nothing of it can hold a decision up.
pub(crate) async fn draw(desk: &Desk, tx: &mut Tx, alert: &AlertRecord, d: Decided) -> Result<(), CaseError> {
    if alert.district_decides {
        // Nobody of the school may look, or decided; of what the district decides nobody there so much as counts.
        return Ok(());
    }
    let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
    let terms = &policy.sampling;
    let today = desk.calendar.date(now);
    let record = DrawRecord {
        id: SampleId::new(desk.ids.uuid()),
        school: alert.place.school,
        student: alert.student,
        alert: alert.id,
        entry: d.entry,
        kind: d.kind,
        from: d.from,
        to: d.to,
        by: (d.by, String::new()),
        second: d.second.map(|id| (id, String::new())),
        at: now,
        month: today.format("%Y-%m").to_string(),
        lot: Lot::of(desk.ids.secret()),
        share: terms.share(d.from),
    };
    let settle_at = terms.one_a_month.then(|| policy.tasks.clamp(next_month(desk, today), &desk.calendar));
    tx.add_draw(&record, settle_at).await?;
    if record.lot.within(record.share) {
        tx.add_sample(record.id, Why::Share, now).await?;
    }
    Ok(())
}

/// The first moment of the next month.
fn next_month(desk: &Desk, today: NaiveDate) -> Timestamp {
    let first = today.with_day(1).unwrap_or(today);
    let next = first.checked_add_months(chrono::Months::new(1)).unwrap_or(first);
    desk.calendar.instant(next, NaiveTime::MIN)
}
