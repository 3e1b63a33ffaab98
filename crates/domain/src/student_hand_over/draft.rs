//! A hand-over as it was typed, looked at.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{MatterKind, MoveKind};
use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::id::{ClassId, SchoolId, StudentId};
use crate::task::{behind, long_text, maybe_text};
use crate::time::Timestamp;

/// So many students pass on together at most: a large class.
pub const MOST_STUDENTS: usize = 100;
/// How far ahead the first day may lie, and how far back.
const AHEAD_DAYS: i64 = 400;
/// How long the name of whoever is told, or receives outside, may be.
const NAME_CHARS: usize = 200;

/// A hand-over as it was typed.
#[derive(Debug, Clone, Default)]
pub struct StudentHandOverDraft {
    /// Which students.
    pub students: Vec<String>,
    /// Why they pass on.
    pub kind: String,
    /// To which class.
    pub class: Option<String>,
    /// To which school, where it chooses the class.
    pub school: Option<String>,
    /// To whom outside.
    pub outside: Option<String>,
    /// The first day there; of leaving, the day.
    pub effective_on: String,
    /// What the receiver reads before he answers.
    pub note: Option<String>,
    /// What is open, as the sender has read it.
    pub open_matters: Vec<String>,
    /// Signed: nothing is open.
    pub nothing: bool,
    /// Who was told by telephone.
    pub told_to: Option<String>,
    /// When.
    pub told_at: Option<String>,
}

/// Where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a class.
    Class(ClassId),
    /// To a school, which chooses the class.
    School(SchoolId),
    /// Out of the service; to somebody there.
    Outside(Option<String>),
}

/// A hand-over, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudentHandOver {
    /// Which students, each once.
    pub students: Vec<StudentId>,
    /// Why they pass on.
    pub kind: MoveKind,
    /// Where to.
    pub target: Target,
    /// The first day there.
    pub effective_on: NaiveDate,
    /// What the receiver reads before he answers.
    pub note: Option<String>,
    /// What is open, as the sender has read it; nothing where he signed that nothing is.
    pub open: Option<BTreeSet<MatterKind>>,
    /// Who was told by telephone, and when.
    pub told: Option<(String, Timestamp)>,
}

impl StudentHandOverDraft {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp, today: NaiveDate) -> Result<StudentHandOver, Vec<Fault>> {
        let mut faults = Faults::new();
        let students = self.students(&mut faults);
        let kind = MoveKind::from_key(self.kind.trim());
        let code = if self.kind.trim().is_empty() { "required" } else { "unknown_value" };
        faults
            .when(kind.is_none(), || Fault::new("kind", code, "请选择交接的种类", "Choose why the student passes on"));
        let target = kind.and_then(|kind| self.target(kind, &mut faults));
        let effective_on = self.day(kind, today, &mut faults);
        let note = maybe_text(self.note.as_deref(), "note", REASON_CHARS, &mut faults);
        let open = self.open(&mut faults);
        let told = self.told(now, &mut faults);
        let (Some(kind), Some(target), Some(effective_on)) = (kind, target, effective_on) else {
            return Err(faults.into_vec());
        };
        faults.or(StudentHandOver { students, kind, target, effective_on, note, open, told })
    }

    fn students(&self, faults: &mut Faults) -> Vec<StudentId> {
        faults.when(self.students.is_empty(), || Fault::new("students", "required", "请选择学生", "Choose students"));
        faults.when(self.students.len() > MOST_STUDENTS, || {
            let zh = format!("一次最多 {MOST_STUDENTS} 名学生");
            Fault::new("students", "too_many", zh, format!("At most {MOST_STUDENTS} students at a time"))
        });
        let mut found = Vec::new();
        for (n, typed) in self.students.iter().enumerate() {
            match typed.trim().parse::<StudentId>() {
                Ok(id) if found.contains(&id) => {}
                Ok(id) => found.push(id),
                Err(_) => faults.add(no_student(n)),
            }
        }
        found
    }

    fn target(&self, kind: MoveKind, faults: &mut Faults) -> Option<Target> {
        let given = |t: &Option<String>| t.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let (class, school) = (given(&self.class), given(&self.school));
        if kind == MoveKind::Leaving {
            faults.when(class.is_some() || school.is_some(), || {
                Fault::new("to", "not_for_this_kind", "离校不选班级和学校", "Leaving has no class and no school")
            });
            return Some(Target::Outside(maybe_text(self.outside.as_deref(), "to.outside", NAME_CHARS, faults)));
        }
        let target = match (class, school) {
            (Some(class), _) => class.parse().ok().map(Target::Class),
            (None, Some(school)) => school.parse().ok().map(Target::School),
            (None, None) => {
                faults.add(Fault::new("to", "required", "请选择转到哪里", "Say where to"));
                return None;
            }
        };
        faults.when(target.is_none(), cannot_go_there);
        target
    }

    /// Leaving is of today or of a while ago: until then the child is there, and seen.
    fn day(&self, kind: Option<MoveKind>, today: NaiveDate, faults: &mut Faults) -> Option<NaiveDate> {
        let day = known_day(&self.effective_on, faults)?;
        let far = (day - today).num_days();
        faults.when(kind == Some(MoveKind::Leaving) && far > 0, || {
            Fault::new("effective_on", "in_the_future", "离校请在当天或之后办理", "Say so on the day, or after it")
        });
        faults.when(far.abs() > AHEAD_DAYS, || {
            Fault::new("effective_on", "too_far", "请填一年以内的日期", "Give a day within a year")
        });
        Some(day)
    }

    fn open(&self, faults: &mut Faults) -> Option<BTreeSet<MatterKind>> {
        faults.when(self.nothing && !self.open_matters.is_empty(), || {
            let zh = "不能既签“没有要交接的”，又列出在办事项";
            Fault::new("nothing_to_hand_over", "contradicts", zh, "Either nothing is open, or these things are")
        });
        faults.when(!self.nothing && self.open_matters.is_empty(), || {
            let zh = "请列出要交接的在办事项；没有的，请签“没有要交接的”";
            Fault::new("open_matters", "required", zh, "Say what is open, or sign that nothing is")
        });
        let mut named = BTreeSet::new();
        for typed in &self.open_matters {
            match MatterKind::from_key(typed.trim()) {
                Some(kind) => drop(named.insert(kind)),
                None => {
                    let zh = "不认识这一项";
                    faults.add(Fault::new("open_matters", "unknown_value", zh, "This is nothing that can be open"));
                }
            }
        }
        (!self.nothing).then_some(named)
    }

    fn told(&self, now: Timestamp, faults: &mut Faults) -> Option<(String, Timestamp)> {
        let given = |t: &Option<String>| t.as_deref().is_some_and(|t| !t.trim().is_empty());
        if !given(&self.told_to) && !given(&self.told_at) {
            return None;
        }
        let (to, at) = (self.told_to.as_deref().unwrap_or_default(), self.told_at.as_deref().unwrap_or_default());
        telephone(to, at, now, faults)
    }
}

/// Reads a day.
fn known_day(typed: &str, faults: &mut Faults) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(typed.trim(), "%Y-%m-%d").ok();
    let code = if typed.trim().is_empty() { "required" } else { "bad_time" };
    faults.when(day.is_none(), || {
        Fault::new("effective_on", code, "请填写日期，例如 2026-11-30", "Give a day such as 2026-11-30")
    });
    day
}

/// A call by telephone: who was told, and when.
pub fn telephone(to: &str, at: &str, now: Timestamp, faults: &mut Faults) -> Option<(String, Timestamp)> {
    let words = ("请写电话告知了谁", "Say who was told");
    let to = long_text(to, "told_to", NAME_CHARS, words, faults);
    let at = behind(at, "told_by_telephone_at", now, faults)?;
    Some((to, at))
}

/// A student who is not found, whatever the cause.
#[must_use]
pub fn no_student(n: usize) -> Fault {
    Fault::new(format!("students[{n}]"), "unknown_student", "没有找到这名学生", "No such student")
}

/// A place that the student cannot go to this way, whatever the cause.
#[must_use]
pub fn cannot_go_there() -> Fault {
    let zh = "不能这样转到那里：转班在本校，转学到本服务的另一所学校，升学到高一个学段";
    let en = "Not that way: a class is of this school, a transfer goes to another one, a promotion to the next stage";
    Fault::new("to", "cannot_go_there", zh, en)
}
