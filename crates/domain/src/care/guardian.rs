//! Calls to guardians 家长联系. Before home is told the child is asked in private whether that makes it less safe; unless the
//! answer is no, nobody of the household is told before two people have decided.

use super::{LINE_CHARS, next, word, words};
use crate::alert::REASON_CHARS;
use crate::fault::{Fault, Faults};
use crate::task::{behind, long_text};
use crate::time::Timestamp;

words! {
    /// How somebody stands to the child.
    Relation {
        /// The mother.
        Mother: "mother", "母亲", "mother";
        /// The father.
        Father: "father", "父亲", "father";
        /// A grandparent.
        Grandparent: "grandparent", "祖辈", "grandparent";
        /// Whoever cares for the child on the spot, while the parents are away.
        Carer: "carer", "委托照护人", "carer on the spot";
        /// Another guardian.
        Other: "other", "其他监护人", "another guardian";
    }
}

words! {
    /// How a guardian was told. What is told about a child is told by a voice.
    Means {
        /// By telephone.
        Telephone: "telephone", "电话", "by telephone";
        /// In person.
        InPerson: "in_person", "当面", "in person";
    }
}

words! {
    /// What became of it.
    Answer {
        /// He was reached.
        Reached: "reached", "已联系上", "reached";
        /// Nobody answered.
        NotReached: "not_reached", "没有联系上", "not reached";
        /// He would not hear, or will do nothing.
        Refused: "refused", "拒绝配合", "refused";
    }
}

words! {
    /// What the child said, asked in private: does it make him less safe if home is told?
    HomeSafety {
        /// It does not.
        No: "no", "不会", "no";
        /// It does.
        Yes: "yes", "会", "yes";
        /// It is not clear, or could not be asked.
        Unclear: "unclear", "不清楚", "not clear";
        /// Somebody of the family is suspected.
        FamilySuspected: "family_suspected", "怀疑与家人有关", "somebody of the family is suspected";
    }
}

impl HomeSafety {
    /// Whether nobody of the household is told before two people have decided.
    #[must_use]
    pub fn locks(self) -> bool {
        match self {
            Self::No => false,
            Self::Yes | Self::Unclear | Self::FamilySuspected => true,
        }
    }
}

words! {
    /// What two people decided about telling home.
    HouseholdDecision {
        /// Home is told.
        Tell: "tell", "告知家长", "home is told";
        /// Home is told, with the police there.
        TellWithPolice: "tell_with_police", "会同公安告知", "home is told with the police";
        /// Home is not told; the household stays locked.
        DoNotTell: "do_not_tell", "暂不告知", "home is not told";
    }
}

impl HouseholdDecision {
    /// Whether guardians may be told after it.
    #[must_use]
    pub fn lifts(self) -> bool {
        match self {
            Self::Tell | Self::TellWithPolice => true,
            Self::DoNotTell => false,
        }
    }
}

/// A decision about the household, as it was typed, looked at.
///
/// # Errors
/// Everything that is wrong with it.
pub fn decided(decision: &str, reason: &str) -> Result<(HouseholdDecision, String), Vec<Fault>> {
    let mut faults = Faults::new();
    let (zh, en) = ("请选择告知还是不告知", "Say whether home is told");
    let decision = word(decision, "decision", HouseholdDecision::from_key, zh, en, &mut faults);
    let reason = long_text(reason, "reason", REASON_CHARS, ("请写明理由", "Give a reason"), &mut faults);
    let Some(decision) = decision else { return Err(faults.into_vec()) };
    faults.or((decision, reason))
}

/// A call, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct GuardianContactDraft {
    /// When.
    pub at: String,
    /// Which guardian, by name.
    pub guardian: String,
    /// How he stands to the child.
    pub relation: String,
    /// By what he was told.
    pub by: String,
    /// What he was told.
    pub told: String,
    /// What became of it.
    pub answer: String,
    /// What the child said about telling home.
    pub less_safe: String,
    /// The next call.
    pub next_at: Option<String>,
}

/// A call, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardianContact {
    /// When.
    pub at: Timestamp,
    /// Which guardian, by name.
    pub guardian: String,
    /// How he stands to the child.
    pub relation: Relation,
    /// By what he was told.
    pub by: Means,
    /// What he was told.
    pub told: String,
    /// What became of it.
    pub answer: Answer,
    /// What the child said about telling home.
    pub less_safe: HomeSafety,
    /// The next call.
    pub next_at: Option<Timestamp>,
}

impl GuardianContactDraft {
    /// What the child said about telling home, whatever else is missing: that must not wait for the rest of the form.
    #[must_use]
    pub fn home(&self) -> Option<HomeSafety> {
        HomeSafety::from_key(self.less_safe.trim())
    }

    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, now: Timestamp) -> Result<GuardianContact, Vec<Fault>> {
        let mut faults = Faults::new();
        let at = behind(&self.at, "at", now, &mut faults);
        let words = ("请写联系的是哪一位", "Say which guardian");
        let guardian = long_text(&self.guardian, "guardian", LINE_CHARS, words, &mut faults);
        let (zh, en) = ("请选择与孩子的关系", "Say how he stands to the child");
        let relation = word(&self.relation, "relation", Relation::from_key, zh, en, &mut faults);
        let by = if self.by.trim() == "sms" {
            let zh = "不能用短信告知家长孩子的情况，请打电话或当面说";
            faults.add(Fault::new(
                "by",
                "not_by_sms",
                zh,
                "A guardian is told by telephone or in person, never by SMS",
            ));
            None
        } else {
            let (zh, en) = ("请选择电话或当面", "Say by telephone or in person");
            word(&self.by, "by", Means::from_key, zh, en, &mut faults)
        };
        let told = long_text(&self.told, "told", REASON_CHARS, ("请写告知了什么", "Say what was told"), &mut faults);
        let (zh, en) = ("请选择联系的结果", "Say what became of it");
        let answer = word(&self.answer, "answer", Answer::from_key, zh, en, &mut faults);
        let (zh, en) = ("请先单独问孩子：告知家里会不会让他更不安全", "Ask the child in private first");
        let less_safe = word(&self.less_safe, "less_safe", HomeSafety::from_key, zh, en, &mut faults);
        let next_at = next(self.next_at.as_deref(), now, &mut faults);
        let (Some(at), Some(relation), Some(by), Some(answer), Some(less_safe)) = (at, relation, by, answer, less_safe)
        else {
            return Err(faults.into_vec());
        };
        faults.or(GuardianContact { at, guardian, relation, by, told, answer, less_safe, next_at })
    }
}
