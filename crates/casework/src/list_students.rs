//! Finding a student: by name, pinyin or initials, in one's own scope.

use std::collections::{BTreeSet, HashSet};

use domain::access::{Right, Scope};
use domain::audit::Act;
use domain::fault::Faults;
use domain::id::{ClassId, GradeId, SchoolId, StudentId};
use storage::{StudentFilter, StudentRecord};

use crate::namesakes::Namesakes;
use crate::{CaseError, Desk, Signed};

/// How many similar names are looked through.
const SIMILAR: u32 = 200;

/// Which students are wanted.
#[derive(Debug, Clone, Default)]
pub struct StudentQuery {
    /// Name, pinyin or initials.
    pub text: Option<String>,
    /// Of this class.
    pub class: Option<ClassId>,
    /// Of this grade.
    pub grade: Option<GradeId>,
    /// Of this school.
    pub school: Option<SchoolId>,
    /// After this one, in the order of the list.
    pub after: Option<(String, StudentId)>,
    /// At most so many.
    pub limit: u32,
}

/// A student in a list.
#[derive(Debug, Clone)]
pub struct ListedStudent {
    /// The student.
    pub record: StudentRecord,
    /// Somebody else of the school, in scope and in the units asked for, has the same or a similar name; whatever was
    /// searched for, and whichever page this is.
    pub similar: bool,
}

/// The students that the person may file about, or whose roster he keeps. One audit line for each, before the answer.
///
/// # Errors
/// [`CaseError::Invalid`] when a control character is asked for.
pub async fn list_students(desk: &Desk, by: &Signed, query: &StudentQuery) -> Result<Vec<ListedStudent>, CaseError> {
    let files = crate::student_hand_over::filing_scope(desk, &desk.storage.read(), by).await?;
    let scope = merged(files, by.scope(desk, Right::SeeRoster));
    let mut faults = Faults::new();
    let text = query.text.as_deref().map(|t| domain::text::line(t, "q", &mut faults));
    let filter = StudentFilter {
        query: faults.or(text)?.filter(|t| !t.is_empty()),
        class: query.class,
        grade: query.grade,
        school: query.school,
        after: query.after.clone(),
        limit: query.limit,
    };
    let mut found = desk.storage.read().students(&scope, &filter).await?;
    as_kept(desk, by, &mut found).await?;
    let lines: Vec<_> = found.iter().map(|s| by.audit(desk, Act::ListStudents, Some(s.id), None)).collect();
    if !lines.is_empty() {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    let schools: BTreeSet<SchoolId> = found.iter().map(|s| s.class.grade.school).collect();
    if schools.is_empty() {
        return Ok(Vec::new());
    }
    let names = desk.storage.read().student_names(&scope, &filter, &schools).await?;
    let similar = Namesakes::of(&names).similar(&found.iter().map(|s| s.id).collect());
    let listed = |record: StudentRecord| ListedStudent { similar: similar.contains(&record.id), record };
    Ok(found.into_iter().map(listed).collect())
}

/// Whoever keeps a roster, and looks after nobody in it, sees pupils where the roster has put them: he does not learn from where
/// they are that something is open about them.
async fn as_kept(desk: &Desk, by: &Signed, found: &mut [StudentRecord]) -> Result<(), CaseError> {
    let (keeps, files) = (by.scope(desk, Right::SeeRoster), by.scope(desk, Right::File));
    if keeps.is_empty() {
        return Ok(());
    }
    let schools: BTreeSet<SchoolId> = found.iter().map(|s| s.class.grade.school).collect();
    for school in schools {
        let read = desk.storage.read();
        let placed = crate::student_hand_over::placed_by_imports(&read, school).await?;
        let classes = if placed.is_empty() { Vec::new() } else { read.classes(school).await? };
        for student in found.iter_mut().filter(|s| !files.covers(&s.place())) {
            let class = placed.get(&student.id).and_then(|(_, id)| classes.iter().find(|c| c.id == *id));
            student.class = class.cloned().unwrap_or_else(|| student.class.clone());
        }
    }
    Ok(())
}

/// Students by their ids, as far as the person may file about them. One audit line for each, before the answer.
///
/// # Errors
/// When the database refuses.
pub async fn students_by_id(desk: &Desk, by: &Signed, ids: &[StudentId]) -> Result<Vec<StudentRecord>, CaseError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let scope = crate::student_hand_over::filing_scope(desk, &desk.storage.read(), by).await?;
    let found = desk.storage.read().students_by_id(&scope, ids).await?;
    let lines: Vec<_> = found.iter().map(|s| by.audit(desk, Act::ListStudents, Some(s.id), None)).collect();
    let mut tx = desk.storage.begin().await?;
    tx.audit(&lines).await?;
    tx.commit().await?;
    Ok(found)
}

/// The students of the school whose names are the same as this one's or similar, for the question before a red.
///
/// # Errors
/// When the database refuses.
pub async fn look_alikes(desk: &Desk, by: &Signed, student: &StudentRecord) -> Result<Vec<StudentRecord>, CaseError> {
    let scope = by.scope(desk, Right::File);
    let school = Some(student.class.grade.school);
    let initials = student.initials.split(' ').next().unwrap_or_default().to_owned();
    let filter = StudentFilter { query: Some(initials), school, limit: SIMILAR, ..StudentFilter::default() };
    let found = desk.storage.read().students(&scope, &filter).await?;
    let alike = |other: &StudentRecord| {
        other.id != student.id
            && (other.pinyin == student.pinyin || roster::pinyin::similar(&other.name, &student.name))
    };
    let found: Vec<_> = found.into_iter().filter(alike).collect();
    let lines: Vec<_> = found.iter().map(|s| by.audit(desk, Act::ListStudents, Some(s.id), None)).collect();
    if !lines.is_empty() {
        let mut tx = desk.storage.begin().await?;
        tx.audit(&lines).await?;
        tx.commit().await?;
    }
    Ok(found)
}

/// Whether another student of the school, among those one may file about, has the same or a similar name.
///
/// # Errors
/// [`CaseError::NotFound`] when the person may not know of the student.
pub async fn has_similar_names(desk: &Desk, by: &Signed, student: StudentId) -> Result<bool, CaseError> {
    let scope = merged(by.scope(desk, Right::File), by.scope(desk, Right::SeeRoster));
    let read = desk.storage.read();
    let record = read.student(&scope, student).await?.ok_or(CaseError::NotFound)?;
    let school = record.class.grade.school;
    let names = read.student_names(&scope, &StudentFilter::default(), &BTreeSet::from([school])).await?;
    Ok(Namesakes::of(&names).similar(&HashSet::from([student])).contains(&student))
}

fn merged(mut a: Scope, b: Scope) -> Scope {
    a.districts.extend(b.districts);
    a.schools.extend(b.schools);
    a.grades.extend(b.grades);
    a.classes.extend(b.classes);
    a
}
