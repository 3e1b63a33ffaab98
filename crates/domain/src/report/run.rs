//! A run of weeks in which a class reported the same.

use super::Week;

/// Weeks in a row with the same words. Weeks without school break none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameRun {
    /// Its first week.
    pub first: Week,
    /// Its last one.
    pub last: Week,
}

impl SameRun {
    /// Whether it is another's, grown at an end or corrected: they have a week in common.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// What a week says, beside another: the same, something else, or nothing since there was no school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The same words.
    Same,
    /// Other words, or none though there was school.
    Otherwise,
    /// No school, and so no report.
    NoSchool,
}

/// The run in which a week lies, with how many weeks it has. `says` looks at a week beside it; at most `most` weeks are looked
/// at to each side.
pub fn run_of(week: Week, most: u32, says: impl Fn(Week) -> Beside) -> (SameRun, u32) {
    let (first, before) = walk(week, most, Week::before, &says);
    let (last, after) = walk(week, most, Week::after, &says);
    (SameRun { first, last }, before.saturating_add(after).saturating_add(1))
}

fn walk(from: Week, most: u32, step: fn(Week) -> Week, says: &impl Fn(Week) -> Beside) -> (Week, u32) {
    let (mut end, mut at, mut weeks) = (from, from, 0_u32);
    for _ in 0..most {
        at = step(at);
        match says(at) {
            Beside::Same => (end, weeks) = (at, weeks.saturating_add(1)),
            Beside::NoSchool => {}
            Beside::Otherwise => break,
        }
    }
    (end, weeks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(text: &str) -> Week {
        Week::read(text).unwrap()
    }

    #[test]
    fn a_holiday_breaks_no_run_a_silence_and_another_word_do() {
        let says = |w: Week| match w.to_string().as_str() {
            "2026-09-14" | "2026-09-21" | "2026-10-12" => Beside::Same,
            "2026-09-28" => Beside::NoSchool,
            _ => Beside::Otherwise,
        };
        let (run, weeks) = run_of(week("2026-10-05"), 20, says);
        assert_eq!((run.first, run.last, weeks), (week("2026-09-14"), week("2026-10-12"), 4));
        let later = SameRun { first: week("2026-10-12"), last: week("2026-11-02") };
        assert!(later.is_of(&run) && run.is_of(&later));
        assert!(!SameRun { first: week("2026-10-19"), ..later }.is_of(&run));
        assert_eq!(run_of(week("2026-10-05"), 1, says).1, 2, "no farther than it is asked to look");
    }
}
