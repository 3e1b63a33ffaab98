//! What a close rests on, point by point: what the record shows already, what is missing, what is still to be stated.

use super::{OnRecord, Proof};
use crate::lang::Lang;
use crate::level::Level;
use crate::policy::ClosingRules;

/// What one point of the list is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    /// Somebody has assessed it.
    Assessment,
    /// Somebody is recorded as being with the child.
    Custody,
    /// One of these.
    OneOf(Vec<Proof>),
}

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The record shows it.
    Done,
    /// Only the record can show it, and does not.
    Missing,
    /// Whoever signs states it.
    ToState,
}

impl Point {
    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Missing => "missing",
            Self::ToState => "to_state",
        }
    }
}

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub needed: Needed,
    /// How it stands.
    pub point: Point,
}

impl Task {
    /// The words of the contract: of those that stand together, one is enough.
    #[must_use]
    pub fn codes(&self) -> Vec<&'static str> {
        match &self.needed {
            Needed::Assessment => vec!["assessment"],
            Needed::Custody => vec!["custody"],
            Needed::OneOf(proofs) => proofs.iter().map(|p| p.key()).collect(),
        }
    }

    /// In words, with the numbers of the policy and how far the record has come.
    #[must_use]
    pub fn text(&self, rules: &ClosingRules, record: &OnRecord, lang: Lang) -> String {
        let proofs = match &self.needed {
            Needed::Assessment => return lang.pick("已研判", "it is assessed").to_owned(),
            Needed::Custody => {
                return lang.pick("已登记陪护的大人", "an adult is recorded as being with the child").to_owned();
            }
            Needed::OneOf(proofs) => proofs,
        };
        let one = |p: &Proof| match p {
            Proof::ClearReviews => so_far(&rules.name(*p, lang), record.clear_days, lang),
            Proof::QuietDays => so_far(&rules.name(*p, lang), record.quiet_days, lang),
            Proof::StudentSeen
            | Proof::GuardianReached
            | Proof::GuardianWithheld
            | Proof::MeansAsked
            | Proof::PlanInPlace
            | Proof::TalkedWith => rules.name(*p, lang),
        };
        proofs.iter().map(one).collect::<Vec<_>>().join(lang.pick("，或", ", or "))
    }

    /// The kinds of evidence that can be stated for it.
    #[must_use]
    pub fn to_be_stated(&self) -> Vec<Proof> {
        match &self.needed {
            Needed::Assessment | Needed::Custody => Vec::new(),
            Needed::OneOf(proofs) => proofs.iter().copied().filter(|p| !p.is_from_record()).collect(),
        }
    }
}

fn so_far(name: &str, days: u32, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{name}（目前 {days} 天）"),
        Lang::En => format!("{name} (so far {days})"),
    }
}

/// Everything that closing an alert of a level rests on; a false alarm alone needs less.
#[must_use]
pub fn checklist(level: Level, rules: &ClosingRules, record: &OnRecord) -> Vec<Task> {
    let shown = |shown: bool| if shown { Point::Done } else { Point::Missing };
    let mut out = vec![Task { needed: Needed::Assessment, point: shown(record.assessed) }];
    if level == Level::Red {
        out.push(Task { needed: Needed::Custody, point: shown(record.custody) });
    }
    for one_of in &rules.of(level).needs {
        let stated = one_of.iter().any(|p| !p.is_from_record());
        let point = if one_of.iter().any(|p| record.shows(*p, rules)) {
            Point::Done
        } else if stated {
            Point::ToState
        } else {
            Point::Missing
        };
        out.push(Task { needed: Needed::OneOf(one_of.clone()), point });
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Point, checklist};
    use crate::alert::{Closing, OnRecord, Outcome, Proof, Stated};
    use crate::level::Level;
    use crate::policy::ClosingRules;

    fn record() -> impl Strategy<Value = OnRecord> {
        (any::<[bool; 3]>(), 0_u32..4, 0_u32..60).prop_map(
            |([assessed, custody, means_asked], clear_days, quiet_days)| OnRecord {
                assessed,
                custody,
                means_asked,
                clear_days,
                quiet_days,
            },
        )
    }

    proptest! {
        /// Nothing is closed without its evidence, whatever is stated, and the list says what that is.
        #[test]
        fn a_close_holds_exactly_when_every_point_of_the_list_does(
            record in record(),
            said in proptest::sample::subsequence(Proof::ALL.to_vec(), 0..=Proof::ALL.len()),
            level in proptest::sample::select(Level::ALL.to_vec()),
            by in proptest::option::of(Just("周老师".to_owned())),
        ) {
            let rules = ClosingRules::default();
            let stated = |p: &Proof| Stated { proof: *p, by: by.clone(), observation: None };
            let evidence: Vec<Stated> = said.iter().map(stated).collect();
            let close = |outcome| Closing { outcome, reason: "平稳".to_owned(), evidence: evidence.clone() };
            let points = checklist(level, &rules, &record);
            let held = points.iter().all(|t| match t.point {
                Point::Done => true,
                Point::Missing => false,
                Point::ToState => t.to_be_stated().iter().any(|p| said.contains(p)),
            });
            for outcome in [Outcome::Resolved, Outcome::OngoingCare] {
                prop_assert_eq!(close(outcome).beside(level, &rules, &record).is_ok(), held);
            }
            let seen = said.contains(&Proof::StudentSeen) && by.is_some();
            prop_assert_eq!(close(Outcome::FalseAlarm).beside(level, &rules, &record).is_ok(), seen);
        }
    }
}
