//! Who was told: police, civil affairs, the education authority. Each by office, officer and the number of its receipt.

use chrono::TimeDelta;

use super::{Faults, Timestamp};
use crate::care::{word, words};
use crate::fault::Fault;
use crate::task::{TaskKind, behind, long_text, maybe_text};

const LINE_CHARS: usize = 200;

words! {
    /// Who has to be told.
    Recipient {
        /// The police, first and at once.
        Police: "police", "公安", "police";
        /// Civil affairs.
        CivilAffairs: "civil_affairs", "民政", "civil affairs";
        /// The education authority.
        Education: "education", "教育主管部门", "education authority";
    }
}

impl Recipient {
    /// The task of telling it.
    #[must_use]
    pub fn task(self) -> TaskKind {
        match self {
            Self::Police => TaskKind::TellPolice,
            Self::CivilAffairs => TaskKind::TellCivilAffairs,
            Self::Education => TaskKind::TellEducation,
        }
    }

    /// What is to be done, for its task.
    #[must_use]
    pub fn asks(self) -> &'static str {
        match self {
            Self::Police => "立即拨打110报警，并登记受理单位、民警姓名和回执编号",
            Self::CivilAffairs => "报告民政部门，并登记受理单位、经办人和回执编号",
            Self::Education => "报告教育主管部门，并登记受理单位、经办人和回执编号",
        }
    }
}

/// Who was told, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct RecipientDraft {
    /// Who.
    pub recipient: String,
    /// When.
    pub at: String,
    /// Which office.
    pub office: String,
    /// The officer's name.
    pub officer: String,
    /// The number of the receipt; it may come later.
    pub receipt: Option<String>,
    /// When the receipt was given.
    pub receipt_at: Option<String>,
}

/// Who was told, looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who.
    pub recipient: Recipient,
    /// When.
    pub at: Timestamp,
    /// Which office.
    pub office: String,
    /// The officer's name.
    pub officer: String,
    /// The number of the receipt.
    pub receipt: Option<String>,
    /// When it was given.
    pub receipt_at: Option<Timestamp>,
}

impl RecipientDraft {
    /// Looks at what was typed: nobody is told before it was known, and no receipt is older than the report.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn validate(&self, known_at: Timestamp, now: Timestamp) -> Result<Told, Vec<Fault>> {
        let mut faults = Faults::new();
        let (zh, en) = ("请选择报告给了谁", "Say who was told");
        let recipient = word(&self.recipient, "recipient", Recipient::from_key, zh, en, &mut faults);
        let at = behind(&self.at, "at", now, &mut faults);
        // Whoever dials 110 first writes it down afterwards, and may have said too late a time of knowing.
        faults.when(at.is_some_and(|at| at < known_at - TimeDelta::days(1)), || {
            Fault::new("at", "before_known", "早于得知这件事前一天", "It is more than a day before it was known")
        });
        let words = ("请写受理单位，例如某某派出所", "Say which office");
        let office = long_text(&self.office, "office", LINE_CHARS, words, &mut faults);
        let words = ("请写受理人姓名", "Give the officer's name");
        let officer = long_text(&self.officer, "officer", LINE_CHARS, words, &mut faults);
        let receipt = maybe_text(self.receipt.as_deref(), "receipt", LINE_CHARS, &mut faults);
        let typed = self.receipt_at.as_deref().map(str::trim).filter(|t| !t.is_empty());
        let receipt_at = typed.and_then(|t| behind(t, "receipt_at", now, &mut faults));
        faults.when(receipt_at.zip(at).is_some_and(|(receipt, at)| receipt < at), || {
            Fault::new("receipt_at", "before_report", "回执早于报告的时间", "The receipt is older than the report")
        });
        faults.when(receipt_at.is_some() && receipt.is_none(), || {
            Fault::new("receipt", "required", "请写回执编号", "Give the number of the receipt")
        });
        let (Some(recipient), Some(at)) = (recipient, at) else { return Err(faults.into_vec()) };
        faults.or(Told { recipient, at, office, officer, receipt, receipt_at })
    }
}
