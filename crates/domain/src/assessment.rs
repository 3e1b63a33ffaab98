//! Assessment 研判: rules look at an observation and the student's recent evidence, and suggest a level with reasons.

use std::collections::BTreeSet;

use chrono::Months;
use serde::{Deserialize, Serialize};

use crate::directory::Directory;
use crate::id::{ObservationId, PersonId};
use crate::lang::Lang;
use crate::level::Level;
use crate::observation::{SafeNow, Urgency};
use crate::policy::{Policy, Rule, RuleKind};
use crate::sign::Catalogue;
use crate::time::Timestamp;

/// An observation, as much of it as rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub id: ObservationId,
    /// When it happened.
    pub observed_at: Timestamp,
    /// Who saw it.
    pub observer: PersonId,
    /// Codes of signs.
    pub signs: Vec<String>,
}

/// An earlier alert, as much of it as rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierAlert {
    /// Its highest level.
    pub peak: Level,
    /// When it was last open.
    pub at: Timestamp,
}

/// A life event that was noted in the file, as much of it as rules look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// What rules may look for in it.
    pub tags: BTreeSet<String>,
}

/// What there is to look at for one student.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The observation that was filed.
    pub seen: Seen,
    /// How urgent the reporter holds it to be.
    pub urgency: Urgency,
    /// The answer to the safety question.
    pub safe_now: SafeNow,
    /// Something was said in words, which a person has to read.
    pub has_words: bool,
    /// It weighs by itself, whatever signs it has: an answer to a critical item of a screening.
    pub grave: bool,
    /// Earlier observations in which the student is the subject.
    pub history: Vec<Seen>,
    /// Earlier alerts, closed ones included; not the present one.
    pub alerts: Vec<EarlierAlert>,
    /// Life events in the file that everybody reads who opens it.
    pub events: Vec<Happened>,
}

/// Why a level is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule's id.
    pub rule: String,
    /// Policy version and rule version (`2026.11/1`).
    pub version: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The observations that fired it.
    pub evidence: Vec<ObservationId>,
}

impl Reason {
    /// The text in a language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// What the rules suggest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The level; for what no rule caught, the level whose clock it waits on.
    pub level: Level,
    /// Why, in the order of the policy.
    pub reasons: Vec<Reason>,
}

impl Suggestion {
    /// The same at the level at which somebody hears of it.
    #[must_use]
    pub fn heard_in(mut self, policy: &Policy, directory: &Directory) -> Self {
        self.level = directory.heard_at(policy, self.level);
        self
    }
}

/// Applies a policy to the evidence. Raises by counting and by history are one level together and stop at orange:
/// counting never makes a red. An unclear answer to the safety question is one more, red included.
///
/// Nothing is suggested when a safe child was seen with protective or neutral signs only, and nobody said a word more.
#[must_use]
pub fn assess(policy: &Policy, catalogue: &Catalogue, evidence: &Evidence) -> Option<Suggestion> {
    let look = Look { policy, catalogue, evidence };
    let calm = evidence.safe_now == SafeNow::Yes && evidence.urgency == Urgency::Notice;
    if calm && !evidence.has_words && !look.is_risk(&evidence.seen) {
        return None;
    }
    Some(suggest(&look))
}

/// A second observer, or a third event, within the windows of the policy: whoever has not acted is bypassed.
#[must_use]
pub fn independent_repeat(policy: &Policy, catalogue: &Catalogue, evidence: &Evidence) -> bool {
    let look = Look { policy, catalogue, evidence };
    let counts = |r: &&Rule| matches!(r.kind, RuleKind::Repeated { .. } | RuleKind::Observers { .. });
    policy.rules.iter().filter(counts).any(|rule| look.raise(rule).is_some())
}

fn suggest(look: &Look<'_>) -> Suggestion {
    let (policy, evidence) = (look.policy, look.evidence);
    let mut reasons = Vec::new();
    let mut base: Option<Level> = None;
    for rule in &policy.rules {
        if let Some((level, reason)) = look.level(rule) {
            base = base.max(Some(level));
            reasons.push((level, reason));
        }
    }
    let strongest = base;
    reasons.retain(|(level, _)| Some(*level) == strongest);
    let mut reasons: Vec<Reason> = reasons.into_iter().map(|(_, r)| r).collect();
    let mut level = base;
    if let Some(from) = base.filter(|l| *l < Level::Orange) {
        let raises: Vec<Reason> = policy.rules.iter().filter_map(|rule| look.raise(rule)).collect();
        if !raises.is_empty() {
            level = Some(from.up());
            reasons.extend(raises);
        }
    }
    let mut level = level.unwrap_or_else(|| {
        let (level, reason) = look.nothing_fired();
        reasons.extend(reason);
        level
    });
    if evidence.safe_now == SafeNow::Unknown && level < Level::Red {
        for rule in policy.rules.iter().filter(|r| r.kind == RuleKind::UnclearSafety {}) {
            level = level.up();
            reasons.push(look.reason(rule, "", vec![evidence.seen.id]));
        }
    }
    Suggestion { level, reasons }
}

struct Look<'a> {
    policy: &'a Policy,
    catalogue: &'a Catalogue,
    evidence: &'a Evidence,
}

impl Look<'_> {
    fn level(&self, rule: &Rule) -> Option<(Level, Reason)> {
        let seen = &self.evidence.seen;
        match &rule.kind {
            RuleKind::Urgency { answer, level } => {
                (self.evidence.urgency == *answer).then(|| (*level, self.reason(rule, "", vec![seen.id])))
            }
            RuleKind::Safety { answer, level } => {
                (self.evidence.safe_now == *answer).then(|| (*level, self.reason(rule, "", vec![seen.id])))
            }
            RuleKind::Sign { level } => {
                let found: Vec<_> = seen
                    .signs
                    .iter()
                    .filter_map(|c| self.catalogue.get(c))
                    .filter(|s| s.level == Some(*level))
                    .collect();
                let zh: Vec<&str> = found.iter().map(|s| s.zh.as_str()).collect();
                let en: Vec<&str> = found.iter().map(|s| s.en.as_str()).collect();
                let mut reason = self.reason(rule, "", vec![seen.id]);
                reason.zh = format!("{}：{}", rule.zh, zh.join("、"));
                reason.en = format!("{}: {}", rule.en, en.join("; "));
                (!found.is_empty()).then_some((*level, reason))
            }
            RuleKind::NothingFired { .. }
            | RuleKind::UnclearSafety {}
            | RuleKind::Repeated { .. }
            | RuleKind::Observers { .. }
            | RuleKind::EarlierAlert { .. }
            | RuleKind::LifeEvent { .. } => None,
        }
    }

    fn raise(&self, rule: &Rule) -> Option<Reason> {
        let seen = &self.evidence.seen;
        match &rule.kind {
            RuleKind::Repeated { events, days } => {
                let recent = self.recent(*days);
                let count = self.events(&recent);
                (count >= *events).then(|| self.reason(rule, &format!("（{count}）"), ids(&recent)))
            }
            RuleKind::Observers { observers, days } => {
                let recent = self.recent(*days);
                let people: BTreeSet<PersonId> = recent.iter().map(|s| s.observer).collect();
                let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
                (count >= *observers).then(|| self.reason(rule, &format!("（{count}）"), ids(&recent)))
            }
            RuleKind::EarlierAlert { level, months } => {
                let since = seen.observed_at.checked_sub_months(Months::new(*months))?;
                let found = self.evidence.alerts.iter().any(|a| a.peak >= *level && a.at >= since);
                found.then(|| self.reason(rule, "", vec![seen.id]))
            }
            RuleKind::LifeEvent { tags, months } => {
                let since = seen.observed_at.checked_sub_months(Months::new(*months))?;
                let earlier = self.evidence.history.iter().filter(|s| s.observed_at >= since && s.id != seen.id);
                let now = Some(seen).filter(|s| self.shows_more_than(s, tags));
                let found: Vec<ObservationId> =
                    earlier.chain(now).filter(|s| self.has_tag(s, tags)).map(|s| s.id).collect();
                let mut noted = self.evidence.events.iter().filter(|e| e.at >= since);
                let noted = noted.any(|e| tags.iter().any(|t| e.tags.contains(t))) && self.shows_more_than(seen, tags);
                match (found.is_empty(), noted) {
                    (true, false) => None,
                    (true, true) => Some(self.reason(rule, "", vec![seen.id])),
                    (false, _) => Some(self.reason(rule, "", found)),
                }
            }
            RuleKind::Safety { .. }
            | RuleKind::Urgency { .. }
            | RuleKind::Sign { .. }
            | RuleKind::NothingFired { .. }
            | RuleKind::UnclearSafety {} => None,
        }
    }

    fn nothing_fired(&self) -> (Level, Option<Reason>) {
        for rule in &self.policy.rules {
            if let RuleKind::NothingFired { level } = rule.kind {
                return (level, Some(self.reason(rule, "", vec![self.evidence.seen.id])));
            }
        }
        (Level::Yellow, None)
    }

    /// Observations with a risk sign in the window that ends with the one filed, which is among them.
    fn recent(&self, days: u32) -> Vec<&Seen> {
        let seen = &self.evidence.seen;
        let since = seen.observed_at - chrono::TimeDelta::days(i64::from(days));
        let mut all: Vec<&Seen> = self
            .evidence
            .history
            .iter()
            .filter(|s| s.observed_at > since && s.id != seen.id)
            .chain([seen])
            .filter(|s| self.is_risk(s))
            .collect();
        all.sort_by_key(|s| s.observed_at);
        all
    }

    /// How many different events: what lies closer together than the policy says is one.
    fn events(&self, sorted: &[&Seen]) -> u32 {
        let gap = crate::time::minutes(self.policy.same_event_minutes);
        let mut count = 0;
        let mut last: Option<Timestamp> = None;
        for seen in sorted {
            if last.is_none_or(|at| seen.observed_at - at >= gap) {
                count += 1;
                last = Some(seen.observed_at);
            }
        }
        count
    }

    fn is_risk(&self, seen: &Seen) -> bool {
        (self.evidence.grave && seen.id == self.evidence.seen.id)
            || seen.signs.iter().any(|c| self.catalogue.get(c).is_some_and(|s| s.level.is_some()))
    }

    /// An event makes other signs weigh more, not itself: a sign beside it is wanted.
    fn shows_more_than(&self, seen: &Seen, tags: &[String]) -> bool {
        let others = seen.signs.iter().filter_map(|c| self.catalogue.get(c));
        others.filter(|s| s.level.is_some()).any(|s| tags.iter().all(|t| !s.tags.contains(t)))
    }

    fn has_tag(&self, seen: &Seen, tags: &[String]) -> bool {
        seen.signs.iter().filter_map(|c| self.catalogue.get(c)).any(|s| tags.iter().any(|t| s.tags.contains(t)))
    }

    fn reason(&self, rule: &Rule, detail: &str, evidence: Vec<ObservationId>) -> Reason {
        Reason {
            rule: rule.id.clone(),
            version: format!("{}/{}", self.policy.version, rule.version),
            zh: format!("{}{detail}", rule.zh),
            en: format!("{}{detail}", rule.en),
            evidence,
        }
    }
}

fn ids(seen: &[&Seen]) -> Vec<ObservationId> {
    seen.iter().map(|s| s.id).collect()
}

#[cfg(test)]
#[path = "assessment_tests.rs"]
mod tests;
