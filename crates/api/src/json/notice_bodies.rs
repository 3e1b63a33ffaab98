//! How notices to guardians are typed.

use domain::guardian_notice::{NoticeDraft, StepDraft};
use utoipa::ToSchema;

use super::body::{Fields, FromFields};

/// A notice to be issued.
#[derive(Debug, ToSchema)]
pub(crate) struct NoticeBody {
    /// To which guardian, by name. At most 200 characters.
    guardian: String,
    /// How he stands to the child: `mother`, `father`, `grandparent`, `carer` or `other`.
    relation: String,
    /// What was seen, at most 2,000 characters, in words of behaviour.
    text: String,
    /// What the school does, at most 2,000 characters.
    measures: String,
    /// What the guardian is asked to do, at most 2,000 characters.
    asked: String,
    /// Whom to call; the school's own number where nothing is said.
    contact: Option<String>,
}

impl FromFields for NoticeBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self {
            guardian: f.text("guardian"),
            relation: f.text("relation"),
            text: f.text("text"),
            measures: f.text("measures"),
            asked: f.text("asked"),
            contact: f.maybe_text("contact"),
        }
    }
}

impl NoticeBody {
    pub(crate) fn draft(&self) -> NoticeDraft {
        NoticeDraft {
            guardian: self.guardian.clone(),
            relation: self.relation.clone(),
            text: self.text.clone(),
            measures: self.measures.clone(),
            asked: self.asked.clone(),
            contact: self.contact.clone(),
        }
    }
}

/// That a guardian signed.
#[derive(Debug, ToSchema)]
pub(crate) struct SignatureBody {
    /// Which guardian, by name. At most 200 characters.
    by: String,
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// What was said.
    said: Option<String>,
}

impl FromFields for SignatureBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { by: f.text("by"), at: f.text("at"), said: f.maybe_text("said") }
    }
}

impl SignatureBody {
    pub(crate) fn draft(&self) -> StepDraft {
        StepDraft { by: self.by.clone(), at: self.at.clone(), witness: String::new(), said: self.said.clone() }
    }
}

/// That a guardian refused to sign.
#[derive(Debug, ToSchema)]
pub(crate) struct RefusalBody {
    /// Which guardian, by name. At most 200 characters.
    by: String,
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// Who was there: another member of staff, `per_…`.
    witness: String,
    /// What was said.
    said: Option<String>,
}

impl FromFields for RefusalBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { by: f.text("by"), at: f.text("at"), witness: f.text("witness"), said: f.maybe_text("said") }
    }
}

impl RefusalBody {
    pub(crate) fn draft(&self) -> StepDraft {
        StepDraft { by: self.by.clone(), at: self.at.clone(), witness: self.witness.clone(), said: self.said.clone() }
    }
}

/// That the school's half came back.
#[derive(Debug, ToSchema)]
pub(crate) struct NoticeReturnBody {
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// What is to be added.
    said: Option<String>,
}

impl FromFields for NoticeReturnBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { at: f.text("at"), said: f.maybe_text("said") }
    }
}

impl NoticeReturnBody {
    pub(crate) fn draft(&self) -> StepDraft {
        StepDraft { at: self.at.clone(), said: self.said.clone(), ..StepDraft::default() }
    }
}

/// A second opinion.
#[derive(Debug, ToSchema)]
pub(crate) struct OpinionBody {
    /// From whom: hospital, ward, centre. At most 200 characters.
    by: String,
    /// When, RFC 3339.
    #[schema(format = DateTime)]
    at: String,
    /// What they said, at most 2,000 characters.
    said: String,
}

impl FromFields for OpinionBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { by: f.text("by"), at: f.text("at"), said: f.text("said") }
    }
}

impl OpinionBody {
    pub(crate) fn draft(&self) -> StepDraft {
        StepDraft { by: self.by.clone(), at: self.at.clone(), said: Some(self.said.clone()), witness: String::new() }
    }
}
