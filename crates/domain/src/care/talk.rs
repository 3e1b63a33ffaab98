//! A talk of the counsellor with the child 访谈, and a visit at home 家访.

use super::{LINE_CHARS, next, word, words};
use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::task::{behind, long_text};
use crate::time::Timestamp;

words! {
    /// What the child said when asked.
    Said {
        /// Yes.
        Yes: "yes", "是", "yes";
        /// No.
        No: "no", "否", "no";
        /// It was not clear, or not asked.
        Unclear: "unclear", "不清楚", "not clear";
    }
}

/// A talk, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct InterviewDraft {
    /// When.
    pub at: String,
    /// What was said.
    pub text: String,
    /// Whether access to means was asked about.
    pub means_asked: Option<bool>,
    /// Whether the child wishes to die.
    pub wish_to_die: String,
    /// Whether the child is safe now.
    pub safe_now: String,
    /// The next talk.
    pub next_at: Option<String>,
}

/// A talk, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview {
    /// When.
    pub at: Timestamp,
    /// What was said.
    pub text: String,
    /// Whether access to means was asked about.
    pub means_asked: bool,
    /// Whether the child wishes to die.
    pub wish_to_die: Said,
    /// Whether the child is safe now.
    pub safe_now: Said,
    /// The next talk.
    pub next_at: Option<Timestamp>,
}

impl InterviewDraft {
    /// Looks at what was typed. The question about means must not be skipped where the child may wish to die.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp) -> Result<Interview, Vec<Fault>> {
        let mut faults = Faults::new();
        let at = behind(&self.at, "at", now, &mut faults);
        let text = long_text(&self.text, "text", REASON_CHARS, ("请写谈话记录", "Say what was said"), &mut faults);
        let zh = "请选择问没问过身边有没有能伤害自己的东西";
        faults.when(self.means_asked.is_none(), || {
            Fault::new("means_asked", "required", zh, "Say whether access to means was asked about")
        });
        let (zh, en) = ("请选择孩子有没有不想活的想法", "Say whether the child wishes to die");
        let wish = word(&self.wish_to_die, "wish_to_die", Said::from_key, zh, en, &mut faults);
        let (zh, en) = ("请选择孩子现在是否安全", "Say whether the child is safe now");
        let safe = word(&self.safe_now, "safe_now", Said::from_key, zh, en, &mut faults);
        faults.when(self.means_asked == Some(false) && wish.is_some_and(|w| w != Said::No), || {
            let zh = "有或不清楚时，必须问身边有没有能伤害自己的东西";
            Fault::new("means_asked", "must_be_asked", zh, "It must be asked about unless the answer is no")
        });
        let next_at = next(self.next_at.as_deref(), now, &mut faults);
        let (Some(at), Some(means_asked), Some(wish_to_die), Some(safe_now)) = (at, self.means_asked, wish, safe)
        else {
            return Err(faults.into_vec());
        };
        faults.or(Interview { at, text, means_asked, wish_to_die, safe_now, next_at })
    }
}

impl Interview {
    /// Whether it says how the child is. A child who was silent has not been talked with yet.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.is_danger() || (self.wish_to_die != Said::Unclear && self.safe_now == Said::Yes)
    }

    /// Whether it has to be reported at once: a note in a file wakes nobody.
    #[must_use]
    pub fn is_danger(&self) -> bool {
        self.wish_to_die == Said::Yes || self.safe_now == Said::No
    }
}

/// A visit, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct HomeVisitDraft {
    /// When.
    pub at: String,
    /// Who went.
    pub went: String,
    /// Whom they met.
    pub met: String,
    /// Whether they saw the child.
    pub seen_child: Option<bool>,
    /// What they saw and heard.
    pub text: String,
    /// The next visit.
    pub next_at: Option<String>,
}

/// A visit, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeVisit {
    /// When.
    pub at: Timestamp,
    /// Who went.
    pub went: String,
    /// Whom they met.
    pub met: String,
    /// Whether they saw the child.
    pub seen_child: bool,
    /// What they saw and heard.
    pub text: String,
    /// The next visit.
    pub next_at: Option<Timestamp>,
}

impl HomeVisitDraft {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp) -> Result<HomeVisit, Vec<Fault>> {
        let mut faults = Faults::new();
        let at = behind(&self.at, "at", now, &mut faults);
        let went = long_text(&self.went, "went", LINE_CHARS, ("请写哪些人去家访", "Say who went"), &mut faults);
        let met = long_text(&self.met, "met", LINE_CHARS, ("请写见到了谁", "Say whom they met"), &mut faults);
        faults.when(self.seen_child.is_none(), || {
            Fault::new("seen_child", "required", "请选择见到孩子没有", "Say whether they saw the child")
        });
        let text = long_text(&self.text, "text", REASON_CHARS, ("请写家访记录", "Say what was seen"), &mut faults);
        let next_at = next(self.next_at.as_deref(), now, &mut faults);
        let (Some(at), Some(seen_child)) = (at, self.seen_child) else { return Err(faults.into_vec()) };
        faults.or(HomeVisit { at, went, met, seen_child, text, next_at })
    }
}
