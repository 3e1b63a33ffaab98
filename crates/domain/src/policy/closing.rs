//! What a close rests on at each level, and what comes after it.

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::Span;
use crate::alert::Proof;
use crate::calendar::Calendar;
use crate::fault::{Fault, Faults};
use crate::lang::Lang;
use crate::level::Level;
use crate::time::Timestamp;

/// Nobody forgets a child for longer than this before anybody looks again.
const LONGEST_DAYS: u32 = 366;

/// What a close rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingRules {
    /// New facts within so many days reopen the alert that was closed.
    pub reopen_within_days: u32,
    /// Clear assessments on so many different days.
    pub clear_reviews: u32,
    /// So many days without anything new.
    pub quiet_days: u32,
    /// Who is to look again is reminded so often, and from the second time on the one above with him.
    #[serde(default = "a_school_day")]
    pub recheck_chase_every: Span,
    /// From this hour on nobody is reminded that day.
    #[serde(default = "eight_in_the_evening")]
    pub chase_until_hour: u32,
    red: LevelClosing,
    orange: LevelClosing,
    yellow: LevelClosing,
    blue: LevelClosing,
}

/// What a close rests on at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelClosing {
    /// Each of these is needed; of those that stand together, one.
    pub needs: Vec<Vec<Proof>>,
    /// When somebody looks again.
    #[serde(default)]
    pub recheck_after: Option<Span>,
}

fn a_school_day() -> Span {
    Span::SchoolDays(1)
}

fn eight_in_the_evening() -> u32 {
    20
}

/// What a policy meant that was written before closing was.
impl Default for ClosingRules {
    fn default() -> Self {
        let heavy = vec![
            vec![Proof::StudentSeen],
            vec![Proof::GuardianReached, Proof::GuardianWithheld],
            vec![Proof::MeansAsked],
            vec![Proof::PlanInPlace],
            vec![Proof::ClearReviews],
        ];
        let level = |needs, days| LevelClosing { needs, recheck_after: Some(Span::SchoolDays(days)) };
        let yellow = vec![vec![Proof::StudentSeen], vec![Proof::MeansAsked], vec![Proof::TalkedWith]];
        Self {
            reopen_within_days: 30,
            clear_reviews: 2,
            quiet_days: 30,
            recheck_chase_every: a_school_day(),
            chase_until_hour: eight_in_the_evening(),
            red: level(heavy.clone(), 10),
            orange: level(heavy, 10),
            yellow: level(yellow, 22),
            blue: LevelClosing { needs: vec![vec![Proof::TalkedWith, Proof::QuietDays]], recheck_after: None },
        }
    }
}

impl ClosingRules {
    /// Those of a level.
    #[must_use]
    pub fn of(&self, level: Level) -> &LevelClosing {
        match level {
            Level::Red => &self.red,
            Level::Orange => &self.orange,
            Level::Yellow => &self.yellow,
            Level::Blue => &self.blue,
        }
    }

    /// A kind of evidence in words, with the numbers of this policy.
    #[must_use]
    pub fn name(&self, proof: Proof, lang: Lang) -> String {
        let (reviews, quiet) = (self.clear_reviews, self.quiet_days);
        match (proof, lang) {
            (Proof::ClearReviews, Lang::Zh) => format!("{reviews} 个不同日期的研判均平稳"),
            (Proof::ClearReviews, Lang::En) => format!("clear assessments on {reviews} different days"),
            (Proof::QuietDays, Lang::Zh) => format!("{quiet} 天内没有新的情况"),
            (Proof::QuietDays, Lang::En) => format!("nothing new for {quiet} days"),
            (
                Proof::StudentSeen
                | Proof::GuardianReached
                | Proof::GuardianWithheld
                | Proof::MeansAsked
                | Proof::PlanInPlace
                | Proof::TalkedWith,
                _,
            ) => proof.name(lang).to_owned(),
        }
    }

    /// When somebody may be reminded next; nothing while he may be now. Late in the evening and at night nobody is.
    #[must_use]
    pub fn no_chasing_until(&self, now: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        let evening = calendar.local(now).hour() >= self.chase_until_hour;
        let last = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default();
        let night = if evening { calendar.instant(calendar.date(now), last) } else { now };
        Some(calendar.after_quiet(night)).filter(|at| *at > now)
    }

    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        for (field, days) in [
            ("closing.reopen_within_days", self.reopen_within_days),
            ("closing.clear_reviews", self.clear_reviews),
            ("closing.quiet_days", self.quiet_days),
        ] {
            faults.when(!(1..=LONGEST_DAYS).contains(&days), || {
                Fault::new(field, "out_of_range", "须为 1–366", "1 to 366")
            });
        }
        faults.when(!matches!(self.recheck_chase_every, Span::SchoolDays(1..=10)), || {
            Fault::new("closing.recheck_chase_every", "out_of_range", "须为 1–10 个上学日", "1 to 10 school days")
        });
        faults.when(!(8..=20).contains(&self.chase_until_hour), || {
            Fault::new("closing.chase_until_hour", "out_of_range", "须为 8–20 点", "8 to 20")
        });
        for level in [Level::Blue, Level::Yellow, Level::Orange, Level::Red] {
            self.check_level(level, faults);
        }
    }

    fn check_level(&self, level: Level, faults: &mut Faults) {
        let (rules, at) = (self.of(level), |name: &str| format!("closing.{}.{name}", level.key()));
        let void = rules.needs.is_empty() || rules.needs.iter().any(Vec::is_empty);
        faults
            .when(void, || Fault::new(at("needs"), "evidence_missing", "结案必须有依据", "a close rests on evidence"));
        let heavy = level >= Level::Orange;
        for proof in [Proof::StudentSeen, Proof::MeansAsked, Proof::ClearReviews] {
            let alone = rules.needs.iter().any(|one_of| *one_of == [proof]);
            faults.when(heavy && !alone, || {
                let (zh, en) = (proof.name(Lang::Zh), proof.name(Lang::En));
                let (zh, en) = (format!("橙色和红色结案必须有：{zh}"), format!("orange and red need: {en}"));
                Fault::new(at("needs"), "evidence_missing", zh, en)
            });
        }
        faults.when(heavy && rules.recheck_after.is_none_or(Span::is_zero), || {
            Fault::new(
                at("recheck_after"),
                "no_recheck",
                "橙色和红色结案后须再看一次",
                "orange and red are looked at again",
            )
        });
    }
}
