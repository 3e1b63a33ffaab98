//! Observations 观察记录: who saw what about which students, in behaviour words. Append-only: a correction is a new
//! version, nothing is silently edited.

mod again;
mod answered;
mod draft;

pub use again::{SAID_AT_ONCE, out_of_reach};
pub use answered::Answered;
pub use draft::FilingDraft;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::directory::{Audience, Circle};
use crate::fault::{Fault, Faults, merged};
use crate::id::{PersonId, StudentId};
use crate::sign::{Catalogue, SIGNS_PER_OBSERVATION};
use crate::time::Timestamp;

/// The longest narrative, in characters.
pub const NARRATIVE_CHARS: usize = 4_000;
/// The longest answer to "with whom", in characters.
pub const WITH_WHOM_CHARS: usize = 200;
/// The most students in one observation.
pub const STUDENTS_PER_OBSERVATION: usize = 60;
/// The most members of staff that one observation may name as involved.
pub const INVOLVED_STAFF: usize = 20;
const CLOCK_AHEAD_MINUTES: i64 = 5;
const OLDEST_DAYS: i64 = 731;

/// In which part a student appears. Only subjects are assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The one it is about.
    Subject,
    /// Somebody to whom it was done, or who suffers from it.
    Affected,
    /// Somebody who saw it.
    Witness,
}

/// Is the student safe right now?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SafeNow {
    /// An adult knows that the student is safe.
    Yes,
    /// Not safe: red, always.
    No,
    /// Nobody knows: one level up.
    Unknown,
}

/// How urgent the reporter holds it to be. Signs and the safety question can only add to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 留意: somebody should look.
    #[default]
    Notice,
    /// 今天要有人谈: seen before the school day ends.
    Today,
    /// 现在有危险: an adult must be with the child at once.
    Danger,
}

/// Where is the child now? Decides who goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhereNow {
    /// On the premises.
    School,
    /// In the dormitory.
    Dormitory,
    /// At home.
    Home,
    /// Somewhere else.
    Elsewhere,
    /// Not clear.
    #[default]
    Unknown,
}

/// Whom it concerns. Decides who may not hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConcernKind {
    /// Nobody else.
    #[default]
    None,
    /// The family.
    Family,
    /// Staff of this school.
    Staff,
    /// Fellow pupils.
    Pupils,
    /// Not clear.
    Unclear,
}

macro_rules! keys {
    ($($ty:ident { $($variant:ident = $key:literal),* $(,)? })*) => {$(
        impl $ty {
            /// Every word of the contract.
            pub const KEYS: &'static [&'static str] = &[$($key),*];

            /// The word of the contract.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }

            /// Reads the word of the contract.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}

keys! {
    Part { Subject = "subject", Affected = "affected", Witness = "witness" }
    SafeNow { Yes = "yes", No = "no", Unknown = "unknown" }
    Urgency { Notice = "notice", Today = "today", Danger = "danger" }
    WhereNow { School = "school", Dormitory = "dormitory", Home = "home", Elsewhere = "elsewhere", Unknown = "unknown" }
    ConcernKind { None = "none", Family = "family", Staff = "staff", Pupils = "pupils", Unclear = "unclear" }
}

/// An observation that may be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// Who, in which part; each student once, at least one.
    pub students: Vec<(StudentId, Part)>,
    /// When it happened.
    pub observed_at: Timestamp,
    /// Codes of signs, each once.
    pub signs: Vec<String>,
    /// Free text, trimmed.
    pub narrative: String,
    /// How urgent; filings from before this was asked have the least.
    #[serde(default)]
    pub urgency: Urgency,
    /// Safe right now?
    pub safe_now: SafeNow,
    /// Who is with the student.
    pub with_whom: Option<String>,
    /// Where the student is.
    pub where_now: WhereNow,
    /// Whom it concerns.
    pub concerns: ConcernKind,
    /// Everybody who must not hear of it: the one it concerns and the involved.
    pub excluded: BTreeSet<PersonId>,
    /// Which of the questions that may be left out were answered.
    #[serde(default)]
    pub answered: Answered,
}

impl Filing {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it, field by field.
    pub fn validate(draft: &FilingDraft, catalogue: &Catalogue, now: Timestamp) -> Result<Self, Vec<Fault>> {
        let read = Self::of(draft, catalogue, now);
        if draft.unread.is_empty() {
            return read;
        }
        Err(merged(draft.unread.clone(), read.err().unwrap_or_default()))
    }

    fn of(draft: &FilingDraft, catalogue: &Catalogue, now: Timestamp) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        let students = students(draft, &mut faults);
        let signs = signs(draft, catalogue, &mut faults);
        let observed_at = observed_at(draft, now, &mut faults);
        let narrative = crate::text::lines(&draft.narrative, "narrative", &mut faults);
        faults.when(narrative.chars().count() > NARRATIVE_CHARS, || too_long("narrative", NARRATIVE_CHARS));
        faults.when(narrative.is_empty() && draft.signs.is_empty(), || {
            Fault::new(
                "signs",
                "sign_or_narrative_required",
                "请至少选一个表现，或写一句看到了什么",
                "Choose a sign, or say what you saw",
            )
        });
        let safe_now = word(&draft.safe_now, "safe_now", SafeNow::from_key, &mut faults);
        let urgency = option(draft.urgency.as_deref(), "urgency", Urgency::from_key, &mut faults);
        let where_now = option(draft.where_now.as_deref(), "where_now", WhereNow::from_key, &mut faults);
        let concerns = option(draft.concerns.as_deref(), "concerns.kind", ConcernKind::from_key, &mut faults);
        let with_whom = draft.with_whom.as_deref().map(|w| crate::text::line(w, "with_whom", &mut faults));
        let with_whom = with_whom.filter(|w| !w.is_empty());
        faults.when(with_whom.as_ref().is_some_and(|w| w.chars().count() > WITH_WHOM_CHARS), || {
            too_long("with_whom", WITH_WHOM_CHARS)
        });
        let excluded = excluded(draft, concerns, &mut faults);
        let concerned_staff = draft.concerned_staff.as_deref().and_then(|p| p.parse().ok());
        let (urgent, place, whom) = (urgency.is_some(), where_now.is_some(), concerns.is_some());
        let answered = Answered { urgency: urgent, where_now: place, concerns: whom, concerned_staff };
        let (Some(observed_at), Some(safe_now)) = (observed_at, safe_now) else { return Err(faults.into_vec()) };
        faults.or(Self {
            students,
            observed_at,
            signs,
            narrative,
            urgency: urgency.unwrap_or_default(),
            safe_now,
            with_whom,
            where_now: where_now.unwrap_or_default(),
            concerns: concerns.unwrap_or_default(),
            excluded,
            answered,
        })
    }

    /// Who may hear of it.
    #[must_use]
    pub fn circle(&self, audience: Audience) -> Circle {
        Circle { audience, left_out: self.excluded.clone() }
    }

    /// The students who are assessed.
    pub fn subjects(&self) -> impl Iterator<Item = StudentId> + '_ {
        self.students.iter().filter(|(_, part)| *part == Part::Subject).map(|(id, _)| *id)
    }
}

fn students(draft: &FilingDraft, faults: &mut Faults) -> Vec<(StudentId, Part)> {
    let mut out: Vec<(StudentId, Part)> = Vec::new();
    faults
        .when(draft.students.is_empty(), || Fault::new("students", "required", "请选择是哪位同学", "Choose a student"));
    faults.when(draft.students.len() > STUDENTS_PER_OBSERVATION, || {
        Fault::new(
            "students",
            "too_many",
            format!("一次最多 {STUDENTS_PER_OBSERVATION} 名学生"),
            format!("Choose at most {STUDENTS_PER_OBSERVATION} students"),
        )
    });
    for (i, (id, part)) in draft.students.iter().take(STUDENTS_PER_OBSERVATION).enumerate() {
        let id = match id.parse::<StudentId>() {
            Ok(id) => Some(id),
            Err(_) => {
                faults.add(unknown_student(i));
                None
            }
        };
        let part = word(part, &format!("students[{i}].part"), Part::from_key, faults);
        if let (Some(id), Some(part)) = (id, part) {
            faults.when(out.iter().any(|(s, _)| *s == id), || {
                Fault::new(
                    format!("students[{i}].student"),
                    "duplicate",
                    "同一名学生选了两次",
                    "The same student is chosen twice",
                )
            });
            out.push((id, part));
        }
    }
    out
}

/// The fault of a student who is not visible or does not exist: both read alike.
#[must_use]
pub fn unknown_student(index: usize) -> Fault {
    Fault::new(format!("students[{index}].student"), "unknown_student", "没有找到这名学生", "There is no such student")
}

/// The fault of somebody who does not work here.
#[must_use]
pub fn unknown_person(field: String) -> Fault {
    Fault::new(field, "unknown_person", "没有找到这位教职工", "There is no such member of staff")
}

fn signs(draft: &FilingDraft, catalogue: &Catalogue, faults: &mut Faults) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    faults.when(draft.signs.len() > SIGNS_PER_OBSERVATION, || {
        Fault::new(
            "signs",
            "too_many",
            format!("一次最多 {SIGNS_PER_OBSERVATION} 个表现"),
            format!("Choose at most {SIGNS_PER_OBSERVATION} signs"),
        )
    });
    for (i, code) in draft.signs.iter().take(SIGNS_PER_OBSERVATION).enumerate() {
        if catalogue.get(code).is_none() {
            faults.add(Fault::new(
                format!("signs[{i}]"),
                "unknown_sign",
                "目录里没有这个表现",
                "The catalogue has no such sign",
            ));
        } else if !out.contains(code) {
            out.push(code.clone());
        }
    }
    out
}

fn observed_at(draft: &FilingDraft, now: Timestamp, faults: &mut Faults) -> Option<Timestamp> {
    let Ok(at) = chrono::DateTime::parse_from_rfc3339(draft.observed_at.trim()) else {
        let code = if draft.observed_at.trim().is_empty() { "required" } else { "bad_time" };
        faults.add(Fault::new(
            "observed_at",
            code,
            "请填写看到的时间，例如 2026-11-23T10:30:00+08:00",
            "Give the time, such as 2026-11-23T10:30:00+08:00",
        ));
        return None;
    };
    let at = crate::time::truncate(at.to_utc());
    faults.when(at > now + TimeDelta::minutes(CLOCK_AHEAD_MINUTES), || {
        Fault::new("observed_at", "in_the_future", "看到的时间还没有到", "This time has not come yet")
    });
    faults.when(at < now - TimeDelta::days(OLDEST_DAYS), || {
        Fault::new(
            "observed_at",
            "too_long_ago",
            "超过两年的事请写在说明里",
            "That is more than two years ago: write it in your own words instead",
        )
    });
    Some(at)
}

fn excluded(draft: &FilingDraft, concerns: Option<ConcernKind>, faults: &mut Faults) -> BTreeSet<PersonId> {
    let mut out = BTreeSet::new();
    faults.when(draft.involved_staff.len() > INVOLVED_STAFF, || {
        Fault::new(
            "involved_staff",
            "too_many",
            format!("最多 {INVOLVED_STAFF} 人"),
            format!("Name at most {INVOLVED_STAFF} people"),
        )
    });
    for (field, person) in draft.named_staff() {
        match person.parse::<PersonId>() {
            Ok(id) => {
                out.insert(id);
            }
            Err(_) => faults.add(unknown_person(field)),
        }
    }
    let stray =
        draft.concerned_staff.as_ref().is_some_and(|p| !p.trim().is_empty()) && concerns != Some(ConcernKind::Staff);
    faults.when(stray, || {
        Fault::new(
            "concerns.staff",
            "not_staff",
            "只有涉及本校教职工时才填写姓名",
            "Give a name only when it concerns staff",
        )
    });
    out
}

fn word<T>(text: &str, field: &str, read: impl Fn(&str) -> Option<T>, faults: &mut Faults) -> Option<T> {
    let found = read(text.trim());
    if found.is_none() {
        let code = if text.trim().is_empty() { "required" } else { "unknown_value" };
        let (zh, en) = match field {
            "safe_now" => ("请选择孩子现在安不安全，不知道就选“不清楚”", "Say whether the child is safe"),
            "urgency" => ("请选择有多急", "Say how urgent it is"),
            _ => ("请从给出的选项中选择", "Choose one of the given values"),
        };
        faults.add(Fault::new(field, code, zh, en));
    }
    found
}

fn option<T>(text: Option<&str>, field: &str, read: impl Fn(&str) -> Option<T>, faults: &mut Faults) -> Option<T> {
    let text = text.filter(|t| !t.trim().is_empty())?;
    word(text, field, read, faults)
}

fn too_long(field: &str, limit: usize) -> Fault {
    Fault::new(field, "too_long", format!("太长了，最多 {limit} 个字"), format!("Too long: at most {limit} characters"))
}

#[cfg(test)]
#[path = "observation_tests.rs"]
mod tests;
