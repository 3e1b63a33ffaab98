//! A growth file on paper, for a case conference: what its reader sees on the screen, with the names of other pupils
//! hidden, since paper goes from hand to hand.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::audit::Act;
use domain::fault::Fault;
use domain::growth_file::EntryKind;
use domain::id::{PersonId, StudentId};

use crate::hidden_names::HiddenNames;
use crate::view_growth_file::look_into;
use crate::{CaseError, Desk, GrowthFile, GrowthQuery, Signed};

/// So many entries go on paper, the newest.
pub const MOST_PRINTED: u32 = 2_000;

/// What is wanted on paper, as it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintDraft {
    /// Entries of these kinds; all when empty.
    pub kinds: Vec<String>,
    /// Of this day and later.
    pub from: Option<String>,
    /// Of this day and earlier.
    pub to: Option<String>,
}

/// The same, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintQuery {
    /// Entries of these kinds; all when empty.
    pub kinds: Vec<EntryKind>,
    /// Of this day and later.
    pub from: Option<NaiveDate>,
    /// Of this day and earlier.
    pub to: Option<NaiveDate>,
}

/// A growth file for paper.
#[derive(Debug)]
pub struct PaperFile {
    /// Whose and what; there is more than was printed where it says so.
    pub file: GrowthFile,
    /// The name of the school.
    pub school: String,
    /// The number of this print.
    pub number: String,
    /// What was asked for.
    pub query: PrintQuery,
    /// The school's staff: their names stay.
    staff: BTreeSet<PersonId>,
    hidden: HiddenNames,
}

impl PaperFile {
    /// A text of the file as it may stand on paper.
    pub fn hide(&mut self, text: &str) -> String {
        self.hidden.hide(text)
    }

    /// Who wrote an entry, as it may stand on paper: a pupil who reports is a pupil.
    pub fn writer(&mut self, (id, name): &(PersonId, String)) -> String {
        if self.staff.contains(id) { name.clone() } else { self.hidden.hide(name) }
    }
}

impl PrintDraft {
    /// Reads it.
    ///
    /// # Errors
    /// Every fault.
    pub fn validate(&self) -> Result<PrintQuery, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut kinds = Vec::new();
        for key in &self.kinds {
            match EntryKind::from_key(key) {
                Some(kind) => kinds.push(kind),
                None => faults.push(Fault::new("kind", "unknown_value", "不认识这个值", "this value is not known")),
            }
        }
        faults.dedup();
        let (from, to) = (day(self.from.as_deref(), "from", &mut faults), day(self.to.as_deref(), "to", &mut faults));
        if from.zip(to).is_some_and(|(from, to)| from > to) {
            for field in ["from", "to"] {
                faults.push(Fault::new(
                    field,
                    "wrong_order",
                    "开始日期晚于结束日期",
                    "the first day is after the last",
                ));
            }
        }
        if faults.is_empty() { Ok(PrintQuery { kinds, from, to }) } else { Err(faults) }
    }
}

fn day(text: Option<&str>, field: &str, faults: &mut Vec<Fault>) -> Option<NaiveDate> {
    let text = text.filter(|t| !t.is_empty())?;
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let day = day.filter(|d| text.len() == 10 && (1900..=2999).contains(&d.year()));
    if day.is_none() {
        faults.push(Fault::new(field, "not_a_date", "日期应写成 2026-09-01", "a day is written 2026-09-01"));
    }
    day
}

/// The number of a print: it stands on the paper and in the audit log.
pub(crate) fn print_number(desk: &Desk) -> String {
    domain::reference::number(desk.ids.uuid(), desk.calendar.date(desk.now()))
}

/// Prints a growth file. The audit line is durable before anything is given back; if that fails, nothing is.
///
/// # Errors
/// Every fault of what was asked for; [`CaseError::NotFound`] when the reader may not know of the student.
pub async fn print_growth_file(
    desk: &Desk,
    by: &Signed,
    student: StudentId,
    draft: &PrintDraft,
) -> Result<PaperFile, CaseError> {
    let query = draft.validate()?;
    let (from, to) = (query.from, query.to);
    let wanted = GrowthQuery { kinds: query.kinds.clone(), from, to, limit: MOST_PRINTED, ..GrowthQuery::default() };
    let file = look_into(desk, by, student, &wanted).await?;
    let read = desk.storage.read();
    let place = file.student.place();
    let names = read.names_beside(file.student.id).await?;
    let hidden = HiddenNames::of(&file.student, &names);
    let school = read.school(place.school).await?.map(|s| s.name).unwrap_or_default();
    let staff = read.staff_of(place.school, desk.now()).await?.into_iter().map(|p| p.id).collect();
    let number = print_number(desk);
    let mut tx = desk.storage.begin().await?;
    tx.audit(&[by.audit(desk, Act::PrintGrowthFile, Some(file.student.id), Some(number.clone()))]).await?;
    tx.commit().await?;
    Ok(PaperFile { file, school, number, query, staff, hidden })
}
