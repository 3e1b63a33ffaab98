//! What the growth file says of a hand-over.

use domain::growth_file::{EntryKind, Source, Visibility};
use domain::id::{EventId, PersonId, StudentHandOverId, StudentId};
use domain::lang::Lang;
use domain::org::class_name;
use serde_json::{Value, json};
use storage::{ClassRecord, NewGrowthEntry, StudentHandOverRecord, Tx};

use crate::{CaseError, Desk};

/// A line of the log.
pub(super) struct Line {
    pub(super) student: StudentId,
    pub(super) hand_over: Option<StudentHandOverId>,
    pub(super) by: Option<PersonId>,
    pub(super) body: Value,
    pub(super) restricted: bool,
}

/// Writes a line into the file.
pub(super) async fn write(desk: &Desk, tx: &mut Tx, line: Line) -> Result<(), CaseError> {
    let visibility = if line.restricted { Visibility::Restricted } else { Visibility::Open };
    let entry = NewGrowthEntry {
        by: line.by,
        body: Some(line.body.to_string()),
        visibility,
        source: line.by.is_none().then_some(Source::Service),
        record: line.hand_over.map(StudentHandOverId::uuid),
        ..NewGrowthEntry::new(EntryKind::HandOver, line.student, EventId::new(desk.ids.uuid()), desk.now())
    };
    Ok(tx.add_growth_entries(&[entry]).await?)
}

/// What a class is called now, with its school where that is said.
pub(super) fn place_name(desk: &Desk, school: Option<&str>, class: Option<&ClassRecord>) -> String {
    let today = desk.calendar.date(desk.now());
    let class = class.map(|c| class_name(c.grade.stage, c.grade.entry_year, &c.name, today, Lang::Zh));
    [school.map(str::to_owned), class].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What is said of a hand-over, whatever becomes of it.
pub(super) fn body(desk: &Desk, what: &str, h: &StudentHandOverRecord) -> Value {
    let between = h.is_between_schools();
    let from = place_name(desk, between.then_some(h.from_school.as_str()), Some(&h.from_class));
    let to = match &h.to {
        Some(to) => place_name(desk, between.then_some(to.school_name.as_str()), to.class.as_ref()),
        None => h.outside.clone().unwrap_or_default(),
    };
    json!({
        "what": what, "kind": h.kind.key(), "from": from, "to": to, "effective_on": h.effective_on,
        "nothing": h.matters.is_empty(),
    })
}
