//! The weekly class report 班级周报: the whole class on one screen, the exceptions alone written down, and "nothing to
//! report" 零报告 a signed act of its own. Whoever stands above adds to it and never writes over it.

mod chase;
mod line;
mod low;
mod run;
mod week;

pub use chase::{Chase, ReportTimes};
pub use line::{Line, LineDraft, Mood};
pub use low::LowTime;
pub use run::{Beside, SameRun, run_of};
pub use week::Week;

use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Faults};
use crate::text;

/// How many characters remarks and summaries have at most.
pub const REMARKS_CHARS: usize = 1_000;
/// How many students stand in a report at most.
pub const MOST_LINES: usize = 200;

/// A report, looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassReport {
    /// Nothing to report: a signed act.
    pub nil: bool,
    /// Those of whom there is something to say.
    pub students: Vec<Line>,
    /// About the class as a whole.
    pub remarks: String,
}

/// A report, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ReportDraft {
    /// Nothing to report.
    pub nil: bool,
    /// Those of whom there is something to say.
    pub students: Vec<LineDraft>,
    /// About the class as a whole.
    pub remarks: String,
    /// Whoever files it stands by it.
    pub signed: bool,
}

impl ClassReport {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(draft: &ReportDraft, week: Week) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let remarks = text::block(&draft.remarks, "remarks", REMARKS_CHARS, &mut faults);
        faults.when(!draft.signed, || {
            Fault::new("signed", "not_signed", "请签名确认后提交", "Sign it before it is filed")
        });
        faults.when(draft.students.len() > MOST_LINES, || {
            Fault::new("students", "too_many", "学生太多了", "too many students")
        });
        faults.when(draft.nil && !draft.students.is_empty(), || {
            Fault::new(
                "nil",
                "nil_with_students",
                "已列出学生，不能同时作零报告",
                "Students are named: it cannot say that there is nothing to report",
            )
        });
        faults.when(!draft.nil && draft.students.is_empty(), || {
            Fault::new(
                "students",
                "nothing_said",
                "请列出需要关注的学生，或签署零报告“本周未发现需报告的情况”",
                "Name whom there is something to say of, or sign that there is nothing to report this week",
            )
        });
        let mut students: Vec<Line> = Vec::new();
        for (index, line) in draft.students.iter().take(MOST_LINES).enumerate() {
            let Some(line) = line.read(index, week, &mut faults) else { continue };
            faults.when(students.iter().any(|l| l.student == line.student), || {
                Fault::new(
                    format!("students[{index}].student"),
                    "twice",
                    "这名学生列了两次",
                    "this student stands there twice",
                )
            });
            students.push(line);
        }
        faults.or(Self { nil: draft.nil, students, remarks })
    }

    /// Whether it says the same as another. Students in another order say the same.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let sorted = |r: &Self| {
            let mut lines: Vec<_> = r.students.iter().map(|l| (l.student, l.mood, l.note.clone())).collect();
            lines.sort();
            lines
        };
        self.nil == other.nil && self.remarks == other.remarks && sorted(self) == sorted(other)
    }
}

/// Looks at what the tier above adds: a summary, or a nil return of its own.
///
/// # Errors
/// Everything that is wrong with it.
pub fn validate_summary(words: &str, signed: bool) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::new();
    let words = text::block(words, "text", REMARKS_CHARS, &mut faults);
    faults.when(words.is_empty(), || Fault::new("text", "required", "请写明汇总意见", "Say what the week came to"));
    faults.when(!signed, || Fault::new("signed", "not_signed", "请签名确认后提交", "Sign it before it is filed"));
    faults.or(words)
}

#[cfg(test)]
mod tests;
