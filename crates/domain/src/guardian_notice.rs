//! A notice to a guardian 告知书: what was seen, what the school does and what it asks. It is signed or refused. A refusal is
//! written down before a witness and holds nothing up; a second opinion is heard at any time.

use crate::alert::REASON_CHARS;
use crate::care::{Relation, word, words};
use crate::fault::{Fault, Faults};
use crate::id::PersonId;
use crate::task::{behind, long_text, maybe_text};
use crate::time::Timestamp;

const LINE_CHARS: usize = 200;

words! {
    /// What became of a notice.
    NoticeStep {
        /// A guardian signed it.
        Signed: "signed", "已签字", "signed";
        /// A guardian refused to sign it.
        Refused: "refused", "拒绝签字（有见证）", "refused before a witness";
        /// The school's half came back.
        Returned: "returned", "回执已收回", "the school's half is back";
        /// Somebody else was asked.
        SecondOpinion: "second_opinion", "另行咨询", "a second opinion";
    }
}

/// A notice as it was typed.
#[derive(Debug, Clone, Default)]
pub struct NoticeDraft {
    /// To which guardian, by name.
    pub guardian: String,
    /// How he stands to the child.
    pub relation: String,
    /// What was seen, in words of behaviour.
    pub text: String,
    /// What the school does.
    pub measures: String,
    /// What the guardian is asked to do.
    pub asked: String,
    /// Whom to call; the school's own number where nothing is said.
    pub contact: Option<String>,
}

/// A notice, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// To which guardian.
    pub guardian: String,
    /// How he stands to the child.
    pub relation: Relation,
    /// What was seen.
    pub text: String,
    /// What the school does.
    pub measures: String,
    /// What the guardian is asked to do.
    pub asked: String,
    /// Whom to call.
    pub contact: Option<String>,
}

impl NoticeDraft {
    /// Looks at what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self) -> Result<Notice, Vec<Fault>> {
        let mut faults = Faults::new();
        let words = ("请写告知哪一位监护人", "Say which guardian");
        let guardian = long_text(&self.guardian, "guardian", LINE_CHARS, words, &mut faults);
        let (zh, en) = ("请选择与孩子的关系", "Say how he stands to the child");
        let relation = word(&self.relation, "relation", Relation::from_key, zh, en, &mut faults);
        let words = ("请写学校看到的情况", "Say what was seen");
        let text = long_text(&self.text, "text", REASON_CHARS, words, &mut faults);
        let words = ("请写学校在做什么", "Say what the school does");
        let measures = long_text(&self.measures, "measures", REASON_CHARS, words, &mut faults);
        let words = ("请写请家长配合什么", "Say what is asked of the guardian");
        let asked = long_text(&self.asked, "asked", REASON_CHARS, words, &mut faults);
        let contact = maybe_text(self.contact.as_deref(), "contact", LINE_CHARS, &mut faults);
        let Some(relation) = relation else { return Err(faults.into_vec()) };
        faults.or(Notice { guardian, relation, text, measures, asked, contact })
    }
}

/// What became of it, as it was typed. Which fields are looked at depends on what it is.
#[derive(Debug, Clone, Default)]
pub struct StepDraft {
    /// Who signed or refused; from whom the second opinion is.
    pub by: String,
    /// When.
    pub at: String,
    /// Who was there, of the staff.
    pub witness: String,
    /// What was said.
    pub said: Option<String>,
}

/// What became of it, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// What.
    pub step: NoticeStep,
    /// Who signed or refused, or from whom the opinion is.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who was there.
    pub witness: Option<PersonId>,
    /// What was said.
    pub said: Option<String>,
}

impl StepDraft {
    /// Looks at what was typed. Nothing happens to a notice before it was issued.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, step: NoticeStep, issued_at: Timestamp, now: Timestamp) -> Result<Taken, Vec<Fault>> {
        let mut faults = Faults::new();
        let by = match step {
            NoticeStep::Signed | NoticeStep::Refused => Some(("请写是哪一位监护人", "Say which guardian")),
            NoticeStep::SecondOpinion => Some(("请写咨询了哪家机构、哪一位", "Say whom they asked")),
            NoticeStep::Returned => None,
        };
        let by = by.map(|words| long_text(&self.by, "by", LINE_CHARS, words, &mut faults));
        let at = behind(&self.at, "at", now, &mut faults);
        // A notice is issued at some second, and signed at a minute that somebody reads off a clock.
        let minute = issued_at - chrono::TimeDelta::seconds(59);
        faults.when(at.is_some_and(|at| at < minute), || {
            Fault::new("at", "before_notice", "早于出具告知书的时间", "It is before the notice was issued")
        });
        let witness = (step == NoticeStep::Refused).then(|| self.witness(&mut faults)).flatten();
        let said = if step == NoticeStep::SecondOpinion {
            let words = ("请写对方的意见", "Say what they said");
            Some(long_text(self.said.as_deref().unwrap_or_default(), "said", REASON_CHARS, words, &mut faults))
        } else {
            maybe_text(self.said.as_deref(), "said", REASON_CHARS, &mut faults)
        };
        let Some(at) = at else { return Err(faults.into_vec()) };
        faults.or(Taken { step, by, at, witness, said })
    }

    fn witness(&self, faults: &mut Faults) -> Option<PersonId> {
        let typed = self.witness.trim();
        let read = typed.parse().ok();
        let code = if typed.is_empty() { "required" } else { "not_a_witness" };
        faults.when(read.is_none(), || Fault { code, ..not_a_witness() });
        read
    }
}

/// The school's half that comes back is the one that was signed.
#[must_use]
pub fn not_signed_yet() -> Fault {
    Fault::new(
        "notice",
        "not_signed_yet",
        "还没有登记签字；请先登记签字，再登记回执收回",
        "It is not signed yet: note that first",
    )
}

/// A witness is of the staff, no pupil, and not whoever writes it down.
#[must_use]
pub fn not_a_witness() -> Fault {
    Fault::new(
        "witness",
        "not_a_witness",
        "请选另一位本校教职工作见证；登记人自己和学生不能作见证",
        "Another member of staff is the witness: not whoever writes it down, and no pupil",
    )
}

#[cfg(test)]
#[path = "guardian_notice_tests.rs"]
mod tests;
