//! Signed decisions are drawn 抽查, and somebody of the tier above looks at what they rested on.

use crate::alert::REASON_CHARS;
use crate::directory::Office;
use crate::fault::{Fault, Faults};
use crate::lang::Lang;
use crate::task::{above, long_text, maybe_text};

/// So many lots there are.
const LOTS: u64 = 10_000;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionKind {
    /// The level went down.
    Lowering,
    /// It need not climb further for a while.
    NotEscalating,
    /// It was closed.
    Closing,
    /// It was closed as a false alarm.
    FalseAlarm,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Lowering, Self::NotEscalating, Self::Closing, Self::FalseAlarm];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Lowering => "lowering",
            Self::NotEscalating => "not_escalating",
            Self::Closing => "closing",
            Self::FalseAlarm => "false_alarm",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Lowering => lang.pick("降级", "lowering"),
            Self::NotEscalating => lang.pick("暂不上报", "not escalating"),
            Self::Closing => lang.pick("结案", "closing"),
            Self::FalseAlarm => lang.pick("经核实，暂不需响应", "no response needed"),
        }
    }
}

/// The lot of one decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lot(u32);

impl Lot {
    /// The lot that follows from bits that nobody can guess.
    #[must_use]
    pub fn of(secret: [u8; 32]) -> Self {
        let bits = secret.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        Self(u32::try_from(bits % LOTS).unwrap_or_default())
    }

    /// Its number, as it is kept.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    /// Reads its number.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        (u64::from(number) < LOTS).then_some(Self(number))
    }

    /// Whether it falls within a share, in percent.
    #[must_use]
    pub fn within(self, percent: u32) -> bool {
        self.0 < percent.saturating_mul(100)
    }

    /// The one of several that it falls on.
    #[must_use]
    pub fn pick<T>(self, from: &[T]) -> Option<&T> {
        let many = u32::try_from(from.len()).ok()?;
        usize::try_from(self.0.checked_rem(many)?).ok().and_then(|i| from.get(i))
    }
}

/// Why a decision was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its lot fell within the share.
    Share,
    /// Nothing else of whoever decided it was drawn that month, and its lot is the lowest.
    Month,
}

impl Why {
    /// Its key in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Month => "month",
        }
    }
}

/// What somebody found who looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// He agrees.
    Agrees,
    /// He has a question to whoever decided.
    Question,
    /// He does not agree: the alert is open again.
    Disagrees,
}

impl Finding {
    /// Every finding.
    pub const ALL: [Self; 3] = [Self::Agrees, Self::Question, Self::Disagrees];

    /// The word of the contract.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Question => "question",
            Self::Disagrees => "disagrees",
        }
    }

    /// Reads the word of the contract.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// Its name on screens.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Agrees => lang.pick("同意", "agrees"),
            Self::Question => lang.pick("有疑问", "has a question"),
            Self::Disagrees => lang.pick("不同意", "does not agree"),
        }
    }

    /// What was typed, looked at.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(finding: &str, words: Option<&str>) -> Result<(Self, Option<String>), Vec<Fault>> {
        let mut faults = Faults::new();
        let found = Self::from_key(finding.trim());
        let code = if finding.trim().is_empty() { "required" } else { "unknown_value" };
        faults.when(found.is_none(), || Fault::new("finding", code, "请选择抽查意见", "Choose what you found"));
        let words = match found {
            Some(Self::Question | Self::Disagrees) => {
                let asked = ("请写明疑问或不同意的理由", "Say what you ask, or why you do not agree");
                Some(long_text(words.unwrap_or_default(), "words", REASON_CHARS, asked, &mut faults))
            }
            Some(Self::Agrees) | None => maybe_text(words, "words", REASON_CHARS, &mut faults),
        };
        let Some(found) = found else { return Err(faults.into_vec()) };
        faults.or((found, words))
    }
}

/// Who may look, the nearest first: those above all who signed; where nobody is, those above whoever decided.
#[must_use]
pub fn lookers(decider: &[Office], second: &[Office]) -> Vec<Office> {
    let all: Vec<Office> = decider.iter().chain(second).copied().collect();
    let mut out = above(&all, true);
    out.extend(above(decider, true));
    let mut seen = Vec::new();
    out.retain(|office| {
        let new = !seen.contains(office);
        seen.push(*office);
        new
    });
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whoever_looks_stands_above_whoever_decided() {
        let (vice, principal) = (Office::VicePrincipal, Office::Principal);
        assert_eq!(lookers(&[Office::Counsellor], &[]), [vice, principal]);
        assert_eq!(lookers(&[Office::Counsellor], &[vice]), [principal, vice]);
        assert_eq!(lookers(&[Office::Counsellor], &[principal]), [vice, principal]);
        assert_eq!(lookers(&[vice], &[Office::Counsellor]), [principal]);
        assert_eq!(lookers(&[vice], &[principal]), [principal]);
    }

    #[test]
    fn everything_that_is_wrong_with_a_finding_is_said_at_once() {
        let fields = |f: Result<_, Vec<Fault>>| f.unwrap_err().into_iter().map(|f| f.field).collect::<Vec<_>>();
        assert_eq!(fields(Finding::validate("", Some("\u{7}"))), ["finding", "words"]);
        assert_eq!(fields(Finding::validate("question", None)), ["words"]);
        assert_eq!(Finding::validate("agrees", None), Ok((Finding::Agrees, None)));
    }

    proptest! {
        #[test]
        fn a_lot_falls_within_all_and_never_within_nothing(secret: [u8; 32], less in 0_u32..=100, more in 0_u32..=100) {
            let lot = Lot::of(secret);
            prop_assert!(lot.within(100) && !lot.within(0));
            prop_assert!(less > more || !lot.within(less) || lot.within(more));
            prop_assert_eq!(Lot::from_number(lot.number()), Some(lot));
            prop_assert!(lot.pick(&[1, 2, 3]).is_some() && lot.pick::<u8>(&[]).is_none());
        }
    }
}
