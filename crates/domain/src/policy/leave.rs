//! Leave and return 休复学: which papers a return demands, and how long each step may take.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Span;
use crate::fault::{Fault, Faults};
use crate::lang::Lang;

const LONGEST_CONTACT_DAYS: u32 = 31;
const MOST_STAGES: u32 = 6;
const MOST_PAPERS: usize = 8;

/// The terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveTerms {
    /// Somebody keeps in touch at least once in so many days.
    pub longest_contact_days: u32,
    /// So long the papers may wait for whoever looks at them.
    pub review_within: Span,
    /// So long the assessment may take.
    pub assess_within: Span,
    /// So long until somebody proposes a decision.
    pub decide_within: Span,
    /// So long until it is signed.
    pub sign_within: Span,
    /// So long until an appeal is decided.
    pub appeal_within: Span,
    /// A return has at most so many stages.
    pub most_stages: u32,
    /// The papers that a return demands.
    #[serde(rename = "paper")]
    pub papers: Vec<DemandedPaper>,
}

/// A paper that a return demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemandedPaper {
    /// Its code.
    pub code: String,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
}

impl DemandedPaper {
    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// What a policy meant that was written before leaves were.
impl Default for LeaveTerms {
    fn default() -> Self {
        let paper = |code: &str, zh: &str, en: &str| DemandedPaper {
            code: code.to_owned(),
            zh: zh.to_owned(),
            en: en.to_owned(),
        };
        Self {
            longest_contact_days: 14,
            review_within: Span::SchoolDays(3),
            assess_within: Span::SchoolDays(5),
            decide_within: Span::SchoolDays(3),
            sign_within: Span::SchoolDays(2),
            appeal_within: Span::SchoolDays(10),
            most_stages: 4,
            papers: vec![
                paper("application", "复学申请书（家长签字）", "application signed by a guardian"),
                paper(
                    "hospital_opinion",
                    "医院出具的可以复学的意见",
                    "the hospital's opinion that the child can return",
                ),
                paper("guardian_promise", "家长陪护和安全承诺", "a guardian's promise to accompany and keep safe"),
            ],
        }
    }
}

impl LeaveTerms {
    /// Every reason against it.
    pub(super) fn check(&self, faults: &mut Faults) {
        faults.when(!(1..=LONGEST_CONTACT_DAYS).contains(&self.longest_contact_days), || {
            Fault::new("leave.longest_contact_days", "out_of_range", "须为 1–31 天", "1 to 31 days")
        });
        faults.when(!(1..=MOST_STAGES).contains(&self.most_stages), || {
            Fault::new("leave.most_stages", "out_of_range", "须为 1–6 个阶段", "1 to 6 stages")
        });
        for (name, span) in [
            ("review_within", self.review_within),
            ("assess_within", self.assess_within),
            ("decide_within", self.decide_within),
            ("sign_within", self.sign_within),
            ("appeal_within", self.appeal_within),
        ] {
            faults.when(span.is_zero(), || {
                Fault::new(format!("leave.{name}"), "no_wait", "期限不能为零", "the term must not be zero")
            });
        }
        let codes: BTreeSet<&str> = self.papers.iter().map(|p| p.code.as_str()).collect();
        let named = self.papers.iter().all(|p| !p.zh.trim().is_empty() && !p.en.trim().is_empty());
        let coded = codes.iter().all(|c| !c.is_empty() && c.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        let right = codes.len() == self.papers.len() && (1..=MOST_PAPERS).contains(&codes.len()) && named && coded;
        faults.when(!right, || {
            let (zh, en) = ("须有 1–8 种材料，各有代码和名称", "1 to 8 papers, each with a code and names of its own");
            Fault::new("leave.paper", "bad_papers", zh, en)
        });
    }
}
