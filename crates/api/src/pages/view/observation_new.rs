//! The form for an observation.

use super::parts::{Choice, Errors, Phone};
use super::shell::Shell;
use askama::Template;

/// The form for an observation; `POST /observations`.
///
/// The same page answers `GET /observations/new?class=&q=&student=` and every `POST` that was not accepted, with all
/// that was typed. A `POST` whose `show` is not empty asks only for other students to choose from (`show=search`
/// searches the whole school for `q`, any other value is a class id): it files nothing and reports no errors.
#[derive(Debug, Clone, Template)]
#[template(path = "observation_new.html", whitespace = "minimize")]
pub(crate) struct ObservationNew {
    /// The layout.
    pub(crate) shell: Shell,
    /// Faults by field: `student`, `part`, `sign`, `narrative`, `urgency`, `safe_now`, `with_whom`, `where_now`,
    /// `concerns`, `concern_staff`, `observed_at`.
    pub(crate) errors: Errors,
    /// The numbers that are always in sight: duty leader, counsellor, 110, 120. Four fit a telephone in one line.
    pub(crate) phones: Vec<Phone>,
    /// The key that makes a second sending harmless; made when the page is first shown, then carried.
    pub(crate) idempotency_key: String,
    /// The teacher's own classes: value is the class id, `checked` the one shown.
    pub(crate) classes: Vec<Choice>,
    /// Whether the whole school was searched for something.
    pub(crate) searched: bool,
    /// Whom it is about in words, kept for the moment when nothing can be looked up.
    pub(crate) about: String,
    /// What was typed into the search box.
    pub(crate) query: String,
    /// The students to choose from; those already chosen come first, whatever the class shown.
    pub(crate) students: Vec<StudentChoice>,
    /// Whether the search found more than are shown.
    pub(crate) truncated: bool,
    /// The part of each chosen student, once there is more than one.
    pub(crate) parts: Vec<StudentPart>,
    /// The catalogue of signs by category.
    pub(crate) signs: Vec<SignGroup>,
    /// The reporter's own words.
    pub(crate) narrative: String,
    /// The most characters of the narrative.
    pub(crate) narrative_limit: usize,
    /// How urgent it is, as far as chosen.
    pub(crate) urgency: Option<Urgency>,
    /// Whether the student is safe, as far as chosen.
    pub(crate) safe_now: Option<SafeNow>,
    /// Who is with the student.
    pub(crate) with_whom: String,
    /// Where the student is, as far as chosen.
    pub(crate) where_now: Option<WhereNow>,
    /// Whom it concerns, as far as chosen.
    pub(crate) concerns: Option<Concerns>,
    /// The name of the member of staff concerned.
    pub(crate) concern_staff: String,
    /// When it was seen, as `2026-03-12T10:12` in school time.
    pub(crate) observed_at: String,
    /// The latest time that can be chosen, in the same form.
    pub(crate) observed_at_max: String,
}

/// A student to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StudentChoice {
    /// `stu_…`.
    pub(crate) id: String,
    /// Full name.
    pub(crate) name: String,
    /// Seat in words, or the class where students of several classes are shown: 3排2座, 七(4)班 1排5座.
    pub(crate) place: String,
    /// Pinyin initials: `cxm`.
    pub(crate) initials: String,
    /// What the filter finds besides name, place and initials: full pinyin, other readings, the number's tail.
    pub(crate) search: String,
    /// Whether another student of the school has the same or a similar name.
    pub(crate) similar: bool,
    /// Whether the student is chosen.
    pub(crate) chosen: bool,
}

/// The part one chosen student has in it; sent as `part=<id>:<part>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StudentPart {
    /// `stu_…`.
    pub(crate) id: String,
    /// Full name.
    pub(crate) name: String,
    /// The part.
    pub(crate) part: Part,
}

/// A student's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    /// The one it is about.
    #[default]
    Subject,
    /// Affected by it.
    Affected,
    /// Saw it.
    Witness,
}

/// A category of signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignGroup {
    /// Name of the category.
    pub(crate) name: String,
    /// Whether it is shown open; a group with a chosen sign always is.
    pub(crate) open: bool,
    /// Its signs.
    pub(crate) signs: Vec<SignChoice>,
}

/// A sign to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignChoice {
    /// Code in the catalogue.
    pub(crate) code: String,
    /// In behaviour words.
    pub(crate) name: String,
    /// Whether it is chosen.
    pub(crate) chosen: bool,
}

/// How urgent the reporter holds it to be; sent as `notice`, `today`, `danger`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// Keep an eye on it.
    Notice,
    /// Someone must talk today.
    Today,
    /// In danger now.
    Danger,
}

/// Whether the student is safe right now; sent as `yes`, `no`, `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SafeNow {
    /// Safe.
    Yes,
    /// Not safe.
    No,
    /// Not known.
    Unknown,
}

/// Where the student is; sent as `school`, `dormitory`, `home`, `elsewhere`, `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhereNow {
    /// On the premises.
    School,
    /// In the dormitory.
    Dormitory,
    /// At home.
    Home,
    /// Somewhere else.
    Elsewhere,
    /// Not known.
    Unknown,
}

/// Whom it concerns besides the student; sent as `none`, `family`, `staff`, `pupils`, `unclear`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Concerns {
    /// Nobody.
    None,
    /// The family.
    Family,
    /// Staff of this school.
    Staff,
    /// Fellow students.
    Pupils,
    /// Not clear.
    Unclear,
}

impl SignGroup {
    /// How many of its signs are chosen.
    pub(crate) fn chosen(&self) -> usize {
        self.signs.iter().filter(|sign| sign.chosen).count()
    }
}

impl ObservationNew {
    /// The three urgencies.
    pub(crate) fn urgencies(&self) -> [Choice; 3] {
        let (t, now) = (&self.shell.t.observation, self.urgency);
        let is = |urgency| now == Some(urgency);
        [
            Choice::hinted("notice", t.urgency_notice, t.urgency_notice_hint, is(Urgency::Notice)),
            Choice::hinted("today", t.urgency_today, t.urgency_today_hint, is(Urgency::Today)),
            Choice::hinted("danger", t.urgency_danger, t.urgency_danger_hint, is(Urgency::Danger)),
        ]
    }

    /// The three answers to whether the student is safe.
    pub(crate) fn safeties(&self) -> [Choice; 3] {
        let (t, now) = (&self.shell.t.observation, self.safe_now);
        [
            Choice::plain("yes", t.safe_yes, now == Some(SafeNow::Yes)),
            Choice::plain("no", t.safe_no, now == Some(SafeNow::No)),
            Choice::plain("unknown", t.safe_unknown, now == Some(SafeNow::Unknown)),
        ]
    }

    /// The five places.
    pub(crate) fn places(&self) -> [Choice; 5] {
        let (t, now) = (&self.shell.t.observation, self.where_now);
        [
            Choice::plain("school", t.at_school, now == Some(WhereNow::School)),
            Choice::plain("dormitory", t.at_dormitory, now == Some(WhereNow::Dormitory)),
            Choice::plain("home", t.at_home, now == Some(WhereNow::Home)),
            Choice::plain("elsewhere", t.at_elsewhere, now == Some(WhereNow::Elsewhere)),
            Choice::plain("unknown", t.at_unknown, now == Some(WhereNow::Unknown)),
        ]
    }

    /// The five answers to whom it concerns.
    pub(crate) fn concerned(&self) -> [Choice; 5] {
        let (t, now) = (&self.shell.t.observation, self.concerns);
        [
            Choice::plain("none", t.concern_none, now == Some(Concerns::None)),
            Choice::plain("family", t.concern_family, now == Some(Concerns::Family)),
            Choice::plain("staff", t.concern_staff, now == Some(Concerns::Staff)),
            Choice::plain("pupils", t.concern_pupils, now == Some(Concerns::Pupils)),
            Choice::plain("unclear", t.concern_unclear, now == Some(Concerns::Unclear)),
        ]
    }

    /// How many characters of the narrative are left.
    pub(crate) fn narrative_left(&self) -> usize {
        self.narrative_limit.saturating_sub(self.narrative.chars().count())
    }

    /// Whether the optional part is open: something in it was filled in or is wrong.
    pub(crate) fn more_open(&self) -> bool {
        self.concerns.is_some()
            || !self.concern_staff.is_empty()
            || self.errors.any_of(&["concerns", "concern_staff", "observed_at"])
    }
}
