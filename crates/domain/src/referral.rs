//! A referral 转介 to help outside the school, with its return leg: did they go, what came of it, when is the next visit.

use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::lang::Lang;
use crate::task::{ahead, behind, long_text, maybe_text};
use crate::time::Timestamp;

const LINE_CHARS: usize = 200;

/// Who has agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// A guardian.
    Guardian,
    /// The student himself, where the law lets him.
    Student,
    /// Nobody could be asked, and it cannot wait.
    Emergency,
}

impl Consent {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Guardian, Self::Student, Self::Emergency];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::Student => "student",
            Self::Emergency => "emergency",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Guardian => lang.pick("监护人同意", "a guardian agreed"),
            Self::Student => lang.pick("学生本人同意", "the student agreed"),
            Self::Emergency => lang.pick("紧急情况，来不及征求同意", "an emergency: nobody could be asked"),
        }
    }
}

/// A referral as it was typed.
#[derive(Debug, Clone, Default)]
pub struct ReferralDraft {
    /// To whom: hospital, ward, centre.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Who has agreed.
    pub consent: String,
    /// By name, where it is a guardian.
    pub consent_by: Option<String>,
    /// Who goes along.
    pub escort: String,
    /// When.
    pub appointment_at: String,
}

/// A referral, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// To whom.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Who has agreed.
    pub consent: Consent,
    /// By name.
    pub consent_by: Option<String>,
    /// Who goes along.
    pub escort: String,
    /// When.
    pub appointment_at: Timestamp,
}

impl ReferralDraft {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp) -> Result<Referral, Vec<Fault>> {
        let mut faults = Faults::new();
        let to = long_text(&self.to, "to", LINE_CHARS, ("请写转介到哪里", "Say where to"), &mut faults);
        let reason = long_text(&self.reason, "reason", REASON_CHARS, ("请写明理由", "Give a reason"), &mut faults);
        let consent = Consent::from_key(self.consent.trim());
        let code = if self.consent.trim().is_empty() { "required" } else { "unknown_value" };
        faults.when(consent.is_none(), || Fault::new("consent", code, "请选择谁同意了转介", "Say who has agreed"));
        let consent_by = maybe_text(self.consent_by.as_deref(), "consent_by", LINE_CHARS, &mut faults);
        faults.when(consent == Some(Consent::Guardian) && consent_by.is_none(), || {
            Fault::new("consent_by", "required", "请写是哪一位监护人同意的", "Say which guardian has agreed")
        });
        let escort =
            long_text(&self.escort, "escort", LINE_CHARS, ("请写谁陪同前往", "Say who goes along"), &mut faults);
        let appointment_at = ahead(&self.appointment_at, "appointment_at", now, &mut faults);
        let (Some(consent), Some(appointment_at)) = (consent, appointment_at) else { return Err(faults.into_vec()) };
        faults.or(Referral { to, reason, consent, consent_by, escort, appointment_at })
    }
}

/// How far a referral has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// When it was made.
    pub made_at: Timestamp,
    /// When they went.
    pub went_at: Option<Timestamp>,
    /// When they were back.
    pub back_at: Option<Timestamp>,
}

/// Whether they went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Went {
    /// They did.
    Yes {
        /// When.
        at: Timestamp,
        /// What is to be added.
        note: Option<String>,
    },
    /// They did not, for a reason.
    No {
        /// Which.
        note: String,
    },
}

impl Went {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(
        went: Option<bool>,
        at: Option<&str>,
        note: Option<&str>,
        leg: Leg,
        now: Timestamp,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        faults.when(went.is_none(), || Fault::new("went", "required", "请选择去了没有", "Say whether they went"));
        if went == Some(false) {
            let words = ("请写为什么没有去", "Say why they did not go");
            let note = long_text(note.unwrap_or_default(), "note", REASON_CHARS, words, &mut faults);
            return faults.or(Self::No { note });
        }
        let note = maybe_text(note, "note", REASON_CHARS, &mut faults);
        let at = behind(at.unwrap_or_default(), "at", now, &mut faults);
        faults.when(at.is_some_and(|at| at < leg.made_at), || {
            Fault::new("at", "before_referral", "早于转介的时间", "It is before the referral was made")
        });
        let Some(at) = at else { return Err(faults.into_vec()) };
        faults.or(Self::Yes { at, note })
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// When they were back.
    pub at: Timestamp,
    /// What came of it; a diagnosis is the hospital's to write.
    pub outcome: String,
    /// The next visit.
    pub next_visit: Option<Timestamp>,
}

impl Back {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(
        at: &str,
        outcome: &str,
        next_visit: Option<&str>,
        leg: Leg,
        now: Timestamp,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Faults::new();
        faults.when(leg.went_at.is_none(), || {
            let zh = "还没有登记去了没有，请先登记";
            Fault::new("at", "not_gone_yet", zh, "Nobody has noted that they went: note that first")
        });
        let at = behind(at, "at", now, &mut faults);
        faults.when(at.zip(leg.went_at).is_some_and(|(at, went)| at < went), || {
            Fault::new("at", "before_going", "早于前往的时间", "It is before they went")
        });
        let words = ("请写结果：医院的意见、给学校的建议", "Say what came of it");
        let outcome = long_text(outcome, "outcome", REASON_CHARS, words, &mut faults);
        let typed = next_visit.map(str::trim).filter(|t| !t.is_empty());
        let next_visit = typed.and_then(|t| ahead(t, "next_visit", now, &mut faults));
        let Some(at) = at else { return Err(faults.into_vec()) };
        faults.or(Self { at, outcome, next_visit })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn now() -> Timestamp {
        chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn days(n: i64) -> String {
        (now() + TimeDelta::days(n)).to_rfc3339()
    }

    fn codes<T>(looked: Result<T, Vec<Fault>>) -> Vec<(String, &'static str)> {
        looked.err().unwrap_or_default().into_iter().map(|f| (f.field, f.code)).collect()
    }

    #[test]
    fn nobody_is_back_before_he_went_nor_went_before_he_was_sent() {
        let leg = Leg { made_at: now() - TimeDelta::days(5), went_at: None, back_at: None };
        let said = Went::validate(Some(true), Some(&days(-6)), None, leg, now());
        assert_eq!(codes(said), [("at".to_owned(), "before_referral")]);
        let said = Back::validate(&days(-1), "", Some(&days(-1)), leg, now());
        let want = [("at", "not_gone_yet"), ("outcome", "required"), ("next_visit", "in_the_past")];
        assert_eq!(codes(said), want.map(|(f, c)| (f.to_owned(), c)));
        let gone = Leg { went_at: Some(now() - TimeDelta::days(2)), ..leg };
        let said = Back::validate(&days(-3), "建议门诊复查", Some(&days(20)), gone, now());
        assert_eq!(codes(said), [("at".to_owned(), "before_going")]);
        assert!(Back::validate(&days(-1), "建议门诊复查", Some(&days(20)), gone, now()).is_ok());
        assert_eq!(codes(Went::validate(Some(false), None, None, leg, now())), [("note".to_owned(), "required")]);
        assert_eq!(codes(ReferralDraft::default().validate(now())).len(), 5);
    }
}
