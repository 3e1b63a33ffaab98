//! Closing: `/api/v1/alerts/{id}/close`

use actix_web::{HttpRequest, HttpResponse, post, web};
use casework::{Assessed, ClosingDraft};
use domain::alert::{Closing, InFile, Stated, StatedDraft};
use domain::id::AlertId;
use domain::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;

use super::alerts::AlertShape;
use super::body::{Body, Fields, FromFields};
use super::decisions::{answer, if_match_visible};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// One item of evidence.
#[derive(Debug, Default, ToSchema)]
pub(crate) struct EvidenceBody {
    /// `student_seen`, `guardian_reached`, `guardian_withheld`, `plan_in_place` or `talked_with`; `means_asked`,
    /// `clear_reviews` and `quiet_days` are read from the record, whatever is said here.
    code: String,
    /// Who did it, by name and office; at most 200 characters. A false alarm needs it with `student_seen`.
    by: Option<String>,
    /// An observation of this student that supports it.
    observation: Option<String>,
}

impl FromFields for EvidenceBody {
    fn from_fields(f: &mut Fields) -> Self {
        Self { code: f.text("code"), by: f.maybe_text("by"), observation: f.maybe_text("observation") }
    }
}

/// A close.
#[derive(Debug, ToSchema)]
pub(crate) struct CloseBody {
    /// `resolved`, `ongoing_care` or `false_alarm`. A transfer is a hand-over.
    outcome: String,
    /// Why, at most 2,000 characters.
    reason: String,
    /// What it rests on; a bare code stands for an item with nothing else in it.
    #[schema(max_items = 40)]
    evidence: Vec<EvidenceBody>,
}

impl FromFields for CloseBody {
    fn from_fields(f: &mut Fields) -> Self {
        let bare = |code| EvidenceBody { code, ..EvidenceBody::default() };
        Self { outcome: f.text("outcome"), reason: f.text("reason"), evidence: f.objects_or("evidence", bare) }
    }
}

impl CloseBody {
    fn into_draft(self) -> ClosingDraft {
        let item = |e: EvidenceBody| StatedDraft { code: e.code, by: e.by, observation: e.observation };
        let evidence = self.evidence.into_iter().map(item).collect();
        ClosingDraft { outcome: self.outcome, reason: self.reason, evidence }
    }
}

/// One item of evidence, as it was stated.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceShape {
    /// What.
    code: String,
    /// In words.
    text: String,
    /// Who did it.
    by: Option<String>,
    /// The observation that supports it.
    observation: Option<String>,
    /// Of a close that waits: whether the file bears it out. Null where the reader may not know, of what `close_checklist`
    /// says, and once it is decided.
    in_record: Option<bool>,
}

impl EvidenceShape {
    pub(crate) fn of(stated: &[Stated], in_file: &InFile, lang: Lang) -> Vec<Self> {
        let one = |s: &Stated| Self {
            code: s.proof.key().to_owned(),
            text: s.proof.name(lang).to_owned(),
            by: s.by.clone(),
            observation: s.observation.map(|id| id.to_string()),
            in_record: in_file.bears_out(s),
        };
        stated.iter().map(one).collect()
    }
}

/// How an alert ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosingShape {
    /// `resolved`, `ongoing_care` or `false_alarm`.
    outcome: String,
    /// Why; null for readers who neither decide on it nor read restricted text.
    reason: Option<String>,
    /// What it rests on, for the same readers.
    evidence: Vec<EvidenceShape>,
    /// Who closed it.
    by: Named,
    /// Who signed as the second.
    signed_by: Option<Named>,
    /// When.
    at: String,
    /// When somebody looks again.
    recheck_at: Option<String>,
    /// When somebody did.
    rechecked_at: Option<String>,
    /// When new facts opened it again.
    reopened_at: Option<String>,
}

impl ClosingShape {
    pub(crate) fn of(c: &casework::ClosingRecord, reads: bool, lang: Lang) -> Self {
        let named = |(id, name): &(domain::id::PersonId, String)| Named::new(id, name.clone());
        Self {
            outcome: c.outcome.key().to_owned(),
            reason: reads.then(|| c.reason.clone()),
            evidence: EvidenceShape::of(&c.evidence, &InFile::unopened(), lang),
            by: named(&c.by),
            signed_by: c.second.as_ref().map(named),
            at: rfc3339(c.at),
            recheck_at: c.recheck_at.map(rfc3339),
            rechecked_at: c.rechecked_at.map(rfc3339),
            reopened_at: c.reopened_at.map(rfc3339),
        }
    }
}

/// One point of what a close rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CloseTaskShape {
    /// `assessment`, `custody`, or kinds of evidence: of those that stand together, one is enough.
    codes: Vec<String>,
    /// In words.
    text: String,
    /// `done`: the record shows it. `missing`: only the record can, and does not. `to_state`: whoever closes it states it.
    state: String,
}

impl CloseTaskShape {
    pub(crate) fn of(v: &casework::AlertView, lang: Lang) -> Option<Vec<Self>> {
        let one = |t: &domain::alert::Task| Self {
            codes: t.codes().into_iter().map(str::to_owned).collect(),
            text: t.text(&v.closing_rules, &v.on_record, lang),
            state: t.point.key().to_owned(),
        };
        Some(v.to_close()?.iter().map(one).collect())
    }
}

/// Closes an alert. What is missing for it is named, all at once; orange and red wait for a second person.
#[utoipa::path(tag = "alerts", params(("id" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = CloseBody, responses((status = 200, body = AlertShape), (status = 202, body = AlertShape),
    (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 412, body = ProblemBody),
    (status = 422, body = ProblemBody), (status = 428, body = ProblemBody)))]
#[post("/api/v1/alerts/{id}/close")]
pub(crate) async fn close(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    request: HttpRequest,
    id: web::Path<AlertId>,
    body: Body<CloseBody>,
) -> Result<HttpResponse, Problem> {
    let expected = if_match_visible(&api, &caller, *id, &request).await?;
    let draft = body.sound(faults)?.into_draft();
    match casework::close_alert(&api.desk, &caller, *id, expected, &draft).await? {
        Assessed::Done => answer(&api, &caller, *id, lang.0, HttpResponse::Ok(), None).await,
        Assessed::AwaitingSecondSignature => {
            let word = Some("awaiting_second_signature");
            answer(&api, &caller, *id, lang.0, HttpResponse::Accepted(), word).await
        }
    }
}

fn faults(b: &CloseBody) -> Vec<domain::fault::Fault> {
    let item =
        |e: &EvidenceBody| StatedDraft { code: e.code.clone(), by: e.by.clone(), observation: e.observation.clone() };
    let evidence: Vec<StatedDraft> = b.evidence.iter().map(item).collect();
    Closing::validate(&b.outcome, &b.reason, &evidence).err().unwrap_or_default()
}
