//! Sweeps 排查: at the opening of a term and at its middle every class teacher names whom he is concerned about and what he has
//! seen of each, or signs that there is nobody 零报告. His list is his own: it is taken before he sees any result of a screening.

mod round;

pub use round::{Sweep, SweepKind, is_sweep};

use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Faults};
use crate::id::StudentId;
use crate::level::Level;
use crate::report::{MOST_LINES, REMARKS_CHARS};
use crate::sign::Catalogue;
use crate::text;

/// How many characters a note has at most.
const NOTE_CHARS: usize = 500;

/// A student whom the class teacher is concerned about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// Who.
    pub student: StudentId,
    /// What was seen: a sign of the catalogue.
    pub sign: String,
    /// In words.
    pub note: String,
}

impl Concern {
    /// Whether it cannot wait for a list: it has to be filed at once, by a person.
    #[must_use]
    pub fn is_danger(&self, catalogue: &Catalogue) -> bool {
        catalogue.get(&self.sign).and_then(|s| s.level).is_some_and(|l| l >= Level::Orange)
    }
}

/// A class teacher's list, looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassSweep {
    /// Nobody: a signed act.
    pub nil: bool,
    /// Those whom he is concerned about.
    pub students: Vec<Concern>,
    /// About the class as a whole.
    pub remarks: String,
}

/// A concern, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ConcernDraft {
    /// Who.
    pub student: String,
    /// What was seen.
    pub sign: String,
    /// In words.
    pub note: String,
}

/// A list, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct SweepDraft {
    /// Nobody.
    pub nil: bool,
    /// Those whom he is concerned about.
    pub students: Vec<ConcernDraft>,
    /// About the class as a whole.
    pub remarks: String,
    /// Whoever files it stands by it.
    pub signed: bool,
}

impl ClassSweep {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: &SweepDraft, catalogue: &Catalogue) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let remarks = text::block(&draft.remarks, "remarks", REMARKS_CHARS, &mut faults);
        faults.when(!draft.signed, || {
            Fault::new("signed", "not_signed", "请签名确认后提交", "Sign it before it is filed")
        });
        faults.when(draft.students.len() > MOST_LINES, || {
            Fault::new("students", "too_many", "学生太多了", "too many students")
        });
        faults.when(draft.nil && !draft.students.is_empty(), || {
            let zh = "已列出学生，不能同时作零报告";
            Fault::new("nil", "nil_with_students", zh, "Students are named: it cannot say that there is nobody")
        });
        faults.when(!draft.nil && draft.students.is_empty(), || {
            let zh = "请列出需要关注的学生，或签署零报告“本班没有需要关注的学生”";
            Fault::new(
                "students",
                "nothing_said",
                zh,
                "Name whom you are concerned about, or sign that there is nobody",
            )
        });
        let mut students: Vec<Concern> = Vec::new();
        for (index, concern) in draft.students.iter().take(MOST_LINES).enumerate() {
            let Some(concern) = concern.read(index, catalogue, &mut faults) else { continue };
            faults.when(students.iter().any(|c| c.student == concern.student), || {
                let field = format!("students[{index}].student");
                Fault::new(field, "twice", "这名学生列了两次", "this student stands there twice")
            });
            students.push(concern);
        }
        faults.or(Self { nil: draft.nil, students, remarks })
    }
}

impl ConcernDraft {
    fn read(&self, index: usize, catalogue: &Catalogue, faults: &mut Faults) -> Option<Concern> {
        let at = |name: &str| format!("students[{index}].{name}");
        let student = self.student.trim().parse().ok();
        faults
            .when(student.is_none(), || Fault::new(at("student"), "bad_id", "请选择学生", "choose a student (stu_…)"));
        let sign = catalogue.get(self.sign.trim()).filter(|s| s.level.is_some());
        faults.when(sign.is_none(), || {
            let code = if self.sign.trim().is_empty() { "required" } else { "unknown_sign" };
            Fault::new(at("sign"), code, "请选择看到的表现", "choose what was seen")
        });
        let note = text::block(&self.note, &at("note"), NOTE_CHARS, faults);
        Some(Concern { student: student?, sign: sign?.code.clone(), note })
    }
}

#[cfg(test)]
mod tests;
