//! The growth file 一生一档 of one student, as one dated stream.

use domain::access::Right;
use domain::audit::Act;
use domain::growth_file::{EntryKind, Sight};
use domain::id::{AlertId, StudentId};
use domain::level::Level;
use storage::{GrowthCursor, GrowthEntry, StudentRecord};

use crate::{CaseError, Desk, Signed};

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct GrowthQuery {
    /// Of these kinds; all when empty.
    pub kinds: Vec<EntryKind>,
    /// After this one.
    pub after: Option<GrowthCursor>,
    /// At most so many.
    pub limit: u32,
}

/// A page of a growth file.
#[derive(Debug, Clone)]
pub struct GrowthFile {
    /// Whose.
    pub student: StudentRecord,
    /// The level of the open alert, if the reader may know of it.
    pub level: Option<Level>,
    /// That alert.
    pub open_alert: Option<AlertId>,
    /// The entries, newest first, each with how the reader meets it. Text that must not be read is not in it.
    pub entries: Vec<(GrowthEntry, Sight)>,
    /// How the reader meets restricted text in general.
    pub restricted: Sight,
    /// There is more.
    pub more: bool,
}

/// Opens a growth file. The audit line is durable before anything is given back; if that fails, nothing is.
///
/// # Errors
/// [`CaseError::NotFound`] when the reader may not know of the student.
pub async fn view_growth_file(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    query: &GrowthQuery,
) -> Result<GrowthFile, CaseError> {
    let file = look_into(desk, by, student, query).await?;
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::ReadGrowthFile, Some(file.student.id), None)]).await?;
    tx.commit().await?;
    Ok(file)
}

/// What this reader may see of a file. Nothing of it may leave before an audit line has been kept.
pub(crate) async fn look_into(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    query: &GrowthQuery,
) -> Result<GrowthFile, CaseError> {
    let mut scope = by.scope(desk, Right::OpenFile);
    let read = desk.storage.read();
    let student = read.student(&scope, student).await?.ok_or(CaseError::NotFound)?;
    scope.confidant_schools.retain(|s| *s == student.place().school);
    let place = student.place();
    let mut through = scope.through(&place);
    if !through.remove(&by.person()) {
        scope.on_behalf_of = through;
    }
    let restricted = if by.scope(desk, Right::ReadRestricted).covers(&place) {
        Sight::Reads
    } else if by.scope(desk, Right::KnowOfRestricted).covers(&place) {
        Sight::Knows
    } else {
        Sight::Nothing
    };
    let known = restricted != Sight::Nothing;
    let wanted = query.limit.saturating_add(1);
    let mut found = read.growth_entries(&scope, student.id, &query.kinds, known, query.after, wanted).await?;
    let level = read.open_alert_in_scope(&by.scope(desk, Right::SeeAlert), student.id).await?;
    let (level, open_alert) = (level.as_ref().map(|a| a.climb.level), level.as_ref().map(|a| a.id));
    let more = found.len() > usize::try_from(query.limit).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    let entries = found.into_iter().map(|e| redacted(e, restricted)).collect();
    Ok(GrowthFile { student, level, open_alert, entries, restricted, more })
}

/// Takes out what this reader must not read, before it goes anywhere.
fn redacted(mut entry: GrowthEntry, restricted: Sight) -> (GrowthEntry, Sight) {
    if !entry.restricted || restricted == Sight::Reads {
        return (entry, Sight::Reads);
    }
    entry.body = None;
    entry.filing = None;
    entry.signs.clear();
    (entry, Sight::Knows)
}
