//! Handing students over. Nothing moves by it.

use domain::access::{Place, Right};
use domain::audit::Act;
use domain::fault::Fault;
use domain::id::{ClassId, SchoolId, StudentHandOverId, StudentId};
use domain::notice::NoticeKind;
use domain::org::Stage;
use domain::student_hand_over::{
    MOST_STUDENTS, MatterKind, MoveKind, MoveState, StudentCourse, StudentHandOver, StudentHandOverDraft, Target,
    cannot_go_there, no_student,
};
use serde::{Deserialize, Serialize};
use storage::{NewStudentHandOver, Read, StudentHandOverRecord, Tx};

use super::entry::{self, Line};
use super::matters::{OpenMatter, kinds, open_matters};
use super::sides::Side;
use super::tell::Said;
use crate::file_reader::FileReader;
use crate::idempotency::{answered, remember};
use crate::{CaseError, Desk, IdempotencyKey, Signed};

/// What was sent: a hand-over for each student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentStudents {
    /// Their ids, in the order of the students.
    pub ids: Vec<StudentHandOverId>,
}

/// Where students are to go.
#[derive(Debug, Clone, Copy)]
struct Way {
    school: Option<SchoolId>,
    class: Option<(ClassId, Stage)>,
}

/// Hands students over. Gives a hand-over for each.
///
/// # Errors
/// [`CaseError::Invalid`] with every fault, among them what is open and was not named; [`CaseError::Forbidden`] for whoever sees
/// a student and does not hand him over this way; a conflict when one waits already.
pub async fn send_students(
    desk: &Desk,
    by: &Signed,
    draft: &StudentHandOverDraft,
    key: Option<&IdempotencyKey>,
) -> Result<SentStudents, CaseError> {
    let _claim = desk.in_flight.claim(by.person(), key)?;
    let mut tx = desk.storage.begin().await?;
    let now = desk.now();
    if !by.actor.may_somewhere(Right::HandOverStudent, now) {
        return Err(CaseError::NotFound);
    }
    if let Some(sent) = answered(&mut tx, by, key).await? {
        return Ok(sent);
    }
    let wanted = match draft.validate(now, desk.calendar.date(now)) {
        Ok(wanted) => wanted,
        Err(faults) => return Err(with_those_unknown(desk, by, &tx.read()?, draft, faults).await?),
    };
    let (mut faults, mut found) = (Vec::new(), Vec::new());
    let way = way(&tx.read()?, &wanted.target).await?;
    if way.is_none() {
        faults.push(cannot_go_there());
    }
    // In one order, whatever order they were sent in: two who send the same children do not wait for each other.
    let mut all: Vec<_> = wanted.students.to_vec();
    all.sort_unstable();
    for id in all {
        tx.alone_with_student(id).await?;
    }
    for (n, id) in wanted.students.iter().enumerate() {
        let read = tx.read()?;
        match FileReader::open(desk, by, &read, *id).await {
            Ok(reader) if reader.student.left_at.is_none() => {
                if let Some(way) = way {
                    let open = looked_at(desk, by, &read, &reader, &wanted, way, n, &mut faults).await?;
                    found.push((reader, open, way));
                }
            }
            Ok(_) | Err(CaseError::NotFound) => faults.push(no_student(n)),
            Err(err) => return Err(err),
        }
    }
    if !faults.is_empty() {
        return Err(CaseError::Invalid(faults));
    }
    let mut ids = Vec::new();
    for (reader, open, way) in found {
        ids.push(send_one(desk, by, &mut tx, &reader, &open, &wanted, way).await?);
    }
    finish(desk, &mut tx, &ids).await?;
    let sent = SentStudents { ids };
    remember(&mut tx, by, key, &sent, desk.real_now()).await?;
    tx.commit().await?;
    Ok(sent)
}

/// What was typed is wrong: whoever is not found is named with it.
async fn with_those_unknown(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    draft: &StudentHandOverDraft,
    mut faults: Vec<Fault>,
) -> Result<CaseError, CaseError> {
    for (n, id) in draft.students.iter().take(MOST_STUDENTS).enumerate() {
        let Ok(id) = id.trim().parse() else { continue };
        match FileReader::open(desk, by, read, id).await {
            Ok(reader) if reader.student.left_at.is_none() => {}
            Ok(_) | Err(CaseError::NotFound) => faults.push(no_student(n)),
            Err(err) => return Err(err),
        }
    }
    Ok(CaseError::Invalid(faults))
}

/// Where to, if there is such a place.
async fn way(read: &Read<'_>, target: &Target) -> Result<Option<Way>, CaseError> {
    Ok(match target {
        Target::Outside(_) => Some(Way { school: None, class: None }),
        Target::School(id) => read.school(*id).await?.map(|s| Way { school: Some(s.id), class: None }),
        Target::Class(id) => {
            let found = read.place_of_class(*id).await?;
            found.map(|(place, stage)| Way { school: Some(place.school), class: Some((*id, stage)) })
        }
    })
}

/// What is wrong with sending one of the students, and what is open about him.
#[expect(clippy::too_many_arguments, reason = "one look at one student of several")]
async fn looked_at(
    desk: &Desk,
    by: &Signed,
    read: &Read<'_>,
    reader: &FileReader,
    wanted: &StudentHandOver,
    way: Way,
    n: usize,
    faults: &mut Vec<Fault>,
) -> Result<Vec<OpenMatter>, CaseError> {
    let (student, place) = (&reader.student, reader.student.place());
    if !goes(read, wanted.kind, way, &place, student.class.grade.stage).await? {
        faults.push(cannot_go_there());
    }
    let between = way.school != Some(place.school);
    let may = if between {
        Side::sending(desk, read, place, true).await?.has(by)
    } else {
        reader.may(desk, by, Right::HandOverStudent)
    };
    if !may {
        return Err(CaseError::Forbidden);
    }
    if read.live_hand_over_of(student.id).await?.is_some_and(|h| h.state == MoveState::Waiting) {
        return Err(CaseError::Conflict("student_hand_over_waits"));
    }
    let open = open_matters(desk, by, read, reader).await?;
    let named = wanted.open.clone().unwrap_or_default();
    let here = kinds(&open).into_iter().filter(|k| *k == MatterKind::UnreportedDanger || !named.contains(k));
    faults.extend(here.map(|k| not_named(n, k)));
    if wanted.kind == MoveKind::Leaving && read.is_serious(student.id, &[by.person()], desk.now()).await? {
        let outside = matches!(&wanted.target, Target::Outside(Some(_)));
        faults.extend((!outside).then(|| {
            let zh = "还有橙色或红色预警：请先写明校外由谁接手";
            Fault::new("to.outside", "required", zh, "An orange or red is open: say who has the child outside")
        }));
        faults.extend(wanted.told.is_none().then(|| {
            let zh = "还有橙色或红色预警：请先电话告知接手的人，并登记";
            Fault::new("told_to", "required", zh, "An orange or red is open: tell them by telephone first")
        }));
    }
    let early = |(_, at): &(String, _)| desk.calendar.date(*at) < wanted.effective_on;
    if between && wanted.kind != MoveKind::Leaving && wanted.told.as_ref().is_some_and(|t| !early(t)) {
        faults.push(told_too_late());
    }
    Ok(open)
}

/// The call comes before the first day, or it comes too late.
pub(super) fn told_too_late() -> Fault {
    let zh = "电话须在到校第一天之前打；已经过了的，请撤回后改日期重发";
    let en = "The call comes before the first day; take it back and send it with a later day";
    Fault::new("told_by_telephone_at", "told_too_late", zh, en)
}

fn not_named(n: usize, kind: MatterKind) -> Fault {
    use domain::lang::Lang;
    if kind == MatterKind::UnreportedDanger {
        let zh = "排查名单上写有危险，还没有人上报：请先上报，再交接";
        let en = "A list says that the child is in danger, and nobody has reported it: report it first";
        return Fault::new(format!("students[{n}].{}", kind.key()), "danger_unreported", zh, en);
    }
    let (zh, en) = (kind.name(Lang::Zh), kind.name(Lang::En));
    let zh = format!("还有{zh}，不能签“没有要交接的”，请列入交接");
    Fault::new(format!("students[{n}].{}", kind.key()), "something_is_open", zh, format!("Still open: {en}; name it"))
}

/// A class is of this school, a transfer goes to another, a promotion to a higher stage; nobody goes where he is.
async fn goes(read: &Read<'_>, kind: MoveKind, way: Way, from: &Place, stage: Stage) -> Result<bool, CaseError> {
    let Some(school) = way.school else { return Ok(kind == MoveKind::Leaving) };
    let rank = |s: Stage| Stage::ALL.iter().position(|x| *x == s);
    let higher = match way.class {
        Some((_, to)) => rank(to) > rank(stage),
        None => read.stages_of(school).await?.into_iter().any(|s| rank(s) > rank(stage)),
    };
    let same = way.class.is_some_and(|(class, _)| class == from.class);
    Ok(match kind {
        MoveKind::ClassChange => school == from.school && way.class.is_some() && !same,
        MoveKind::Promotion => higher && (school != from.school || way.class.is_some()),
        MoveKind::Transfer => school != from.school,
        MoveKind::Leaving => false,
    })
}

async fn send_one(
    desk: &Desk,
    by: &Signed,
    tx: &mut Tx,
    reader: &FileReader,
    open: &[OpenMatter],
    wanted: &StudentHandOver,
    way: Way,
) -> Result<StudentHandOverId, CaseError> {
    let (now, student) = (desk.now(), reader.student.id);
    if let Some(came_back) = tx.read()?.live_hand_over_of(student).await? {
        tx.end_student_hand_over(came_back.id, MoveState::SentAgain, None, now).await?;
    }
    let outside = match &wanted.target {
        Target::Outside(to) => to.clone(),
        Target::Class(_) | Target::School(_) => None,
    };
    let new = NewStudentHandOver {
        kind: wanted.kind,
        to_school: way.school,
        to_class: way.class.map(|(id, _)| id),
        outside,
        effective_on: wanted.effective_on,
        note: wanted.note.clone(),
        matters: open.iter().map(|m| m.kind).collect(),
        sent_by: Some(by.person()),
        telephone: wanted.told.clone().map(|(to, at)| (to, at, by.person())),
        ..new(desk, student, reader.student.place()).await?
    };
    let id = add(desk, tx, &new).await?;
    tx.audit(&[by.audit(desk, Act::SendStudent, Some(student), Some(id.to_string()))]).await?;
    Ok(id)
}

/// A hand-over with its clock, and nothing else.
pub(super) async fn new(desk: &Desk, student: StudentId, from: Place) -> Result<NewStudentHandOver, CaseError> {
    let (now, policy) = (desk.now(), desk.policy_in_force().await?.1);
    let due_at = policy.student_hand_over.answer_within.after(now, &desk.calendar);
    let course = StudentCourse { due_at, told: 0, above: 0, chased_at: None };
    Ok(NewStudentHandOver {
        id: StudentHandOverId::new(desk.ids.uuid()),
        student,
        kind: MoveKind::ClassChange,
        from,
        to_school: None,
        to_class: None,
        outside: None,
        effective_on: desk.calendar.date(now),
        note: None,
        matters: Vec::new(),
        sent_by: None,
        sent_at: now,
        due_at,
        act_at: course.next(now, &policy.tasks, &desk.calendar),
        telephone: None,
        import: None,
    })
}

/// Stores it, with its line in the file.
pub(super) async fn add(desk: &Desk, tx: &mut Tx, new: &NewStudentHandOver) -> Result<StudentHandOverId, CaseError> {
    tx.add_student_hand_over(new).await?;
    let stored = stored(&tx.read()?, new.id).await?;
    let what = if new.import.is_some() { "by_roster" } else { "sent" };
    let body = entry::body(desk, what, &stored);
    let by = new.sent_by;
    let line = Line { student: new.student, hand_over: Some(new.id), by, body, restricted: false };
    entry::write(desk, tx, line).await?;
    Ok(new.id)
}

pub(super) async fn stored(read: &Read<'_>, id: StudentHandOverId) -> Result<StudentHandOverRecord, CaseError> {
    read.student_hand_over_for_service(id).await?.ok_or(CaseError::NotFound)
}

/// Those who have to answer hear. Whoever leaves waits for them whatever is open: else the one who sends would see by it that
/// something is, of which he may not know.
async fn finish(desk: &Desk, tx: &mut Tx, ids: &[StudentHandOverId]) -> Result<(), CaseError> {
    let mut said = Said::default();
    for id in ids {
        let h = stored(&tx.read()?, *id).await?;
        tell_receivers(desk, &tx.read()?, &h, &mut said).await?;
    }
    said.put(desk, tx).await
}

/// Those who have to answer one that waits.
pub(super) async fn tell_receivers(
    desk: &Desk,
    read: &Read<'_>,
    h: &StudentHandOverRecord,
    said: &mut Said,
) -> Result<(), CaseError> {
    for (side, entry) in receivers(desk, read, h).await? {
        said.add(side.school, &entry, NoticeKind::StudentWaits, h.id);
    }
    Ok(())
}

/// Those who have to answer, or to sign as the second.
pub(super) async fn receivers(
    desk: &Desk,
    read: &Read<'_>,
    h: &StudentHandOverRecord,
) -> Result<Vec<(Place, domain::directory::Entry)>, CaseError> {
    let side = Side::answering(desk, read, h).await?;
    let people = match &h.to {
        Some(_) => side.people(),
        None => side.seconds(h),
    };
    Ok(people.into_iter().map(|e| (side.place, e)).collect())
}
