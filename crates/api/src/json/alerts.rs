//! `/api/v1/alerts`

use actix_web::{HttpResponse, get, web};
use casework::{AlertQuery, AlertSummary, AlertView, Sight};
use domain::alert::{AlertState, ProposalKind};
use domain::id::{AlertId, StudentId};
use domain::lang::Lang;
use domain::level::Level;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::closing::{CloseTaskShape, ClosingShape, EvidenceShape};
use super::hand_over::HandOverShape;
use super::not_escalating::NotEscalatingShape;
use super::page::{after, cursor, limit, optional};
use super::shapes::{Named, rfc3339};
use crate::auth::{Caller, Language};
use crate::etag::etag;
use crate::present::{class_of, deadline_of, event_text, hidden_name};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which alerts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AlertsQuery {
    /// `untriaged`, `acknowledged`, `assessed`, `responding`, `monitoring`, `closed` or `false_alarm`; open ones when
    /// nothing is said.
    state: Option<String>,
    /// 1 to 4.
    level: Option<String>,
    /// Of this class.
    class: Option<String>,
    /// Of this grade.
    grade: Option<String>,
    /// Of this school.
    school: Option<String>,
    /// How many, 1 to 200.
    limit: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// An alert in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertItem {
    /// The alert.
    id: String,
    /// The student; name and id are hidden from the district until they may be seen.
    student: Named,
    /// The class; not in the district's minimal view.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<Named>,
    /// 1 to 4.
    level: u8,
    /// Where it stands.
    state: String,
    /// `class`, `grade`, `school` or `district`: the highest rung that was told.
    tier: String,
    /// When it was opened.
    opened_at: String,
    /// When it moves by itself; null once it is closed.
    deadline_at: Option<String>,
    /// Who has it in hand.
    owner: Option<Named>,
}

impl AlertItem {
    fn of(api: &Api, s: &AlertSummary, sight: Sight, lang: Lang) -> Self {
        let today = api.desk.calendar.date(api.desk.now());
        let a = &s.alert;
        // In the minimal view the id is the alert's own: the student's would find him elsewhere.
        let (student, name) = match sight {
            Sight::Minimal => (StudentId::new(a.id.uuid()), hidden_name(lang)),
            Sight::Named | Sight::Full => (a.student, s.student_name.clone()),
        };
        let class = (sight == Sight::Full).then(|| Named::new(s.class.id, class_of(&s.class, today, lang)));
        Self {
            id: a.id.to_string(),
            student: Named::new(student, name),
            class,
            level: a.climb.level.number(),
            state: a.state.key().to_owned(),
            tier: a.tier.key().to_owned(),
            opened_at: rfc3339(a.opened_at),
            deadline_at: deadline_of(a).map(rfc3339),
            owner: a.owner.map(|id| Named::new(id, s.owner_name.clone().unwrap_or_default())),
        }
    }
}

/// Alerts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Alerts {
    /// This page, most urgent first.
    items: Vec<AlertItem>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// The alerts that one may see, most urgent first.
#[utoipa::path(tag = "alerts", params(AlertsQuery), responses(
    (status = 200, body = Alerts), (status = 401, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/alerts")]
pub(crate) async fn alerts(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    query: web::Query<AlertsQuery>,
) -> Result<HttpResponse, Problem> {
    let wanted = read(&query)?;
    let size = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let wanted = AlertQuery { limit: wanted.limit.saturating_add(1), ..wanted };
    let mut found = casework::list_alerts(&api.desk, &caller, &wanted).await?;
    let more = found.len() > size;
    found.truncate(size);
    let mark = |(s, _): &(AlertSummary, Sight)| {
        let a = &s.alert;
        let due = deadline_of(a).map_or(i64::MAX, domain::time::to_micros);
        cursor(&[a.climb.level.number().to_string(), due.to_string(), a.id.to_string()])
    };
    let next_cursor = found.last().filter(|_| more).map(mark);
    let items = found.iter().map(|(s, sight)| AlertItem::of(&api, s, *sight, lang.0)).collect();
    Ok(HttpResponse::Ok().json(Alerts { items, next_cursor }))
}

fn read(query: &AlertsQuery) -> Result<AlertQuery, Problem> {
    let mut faults = Vec::new();
    let level = |t: &str| t.parse::<u8>().ok().and_then(|n| Level::try_from(n).ok());
    let place = |parts: &[String]| match parts {
        [l, due, id] => level(l).zip(due.parse().ok()).zip(id.parse().ok()).map(|((l, d), i)| (l, d, i)),
        _ => None,
    };
    let wanted = AlertQuery {
        state: optional(query.state.as_ref(), "state", AlertState::from_key, &mut faults),
        level: optional(query.level.as_ref(), "level", level, &mut faults),
        class: optional(query.class.as_ref(), "class", |t| t.parse().ok(), &mut faults),
        grade: optional(query.grade.as_ref(), "grade", |t| t.parse().ok(), &mut faults),
        school: optional(query.school.as_ref(), "school", |t| t.parse().ok(), &mut faults),
        after: after(query.cursor.as_ref(), place, &mut faults),
        limit: limit(query.limit.as_deref(), &mut faults),
        ..AlertQuery::default()
    };
    if faults.is_empty() { Ok(wanted) } else { Err(Problem::invalid(faults)) }
}

/// Why.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonShape {
    /// The rule's id.
    rule: String,
    /// Policy version and rule version.
    version: String,
    /// In words.
    text: String,
    /// The observations that fired it.
    evidence: Vec<String>,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageShape {
    /// To whom.
    person: Named,
    /// `mail` or `sms`.
    channel: String,
    /// `alarm`, `taken_over`, `assessment_due`, `new_facts`, `second_signature`, `stood_down`, `signature_given`,
    /// `signature_refused`, `over`, `handing_over`, `handed_back`, `recheck_due` or `storm`.
    kind: String,
    /// Where it stands.
    state: String,
    /// For `bundled`: where the message stands that carries it.
    carrier: Option<String>,
    /// It came later than it should have, after an outage.
    late: bool,
    /// How often it was tried.
    attempts: u32,
    /// What went wrong last.
    last_error: Option<String>,
    /// When it last changed.
    at: String,
}

/// What happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventShape {
    /// When.
    at: String,
    /// Stable, snake_case.
    kind: String,
    /// Who; null when the service acted by itself.
    by: Option<Named>,
    /// In words.
    text: String,
}

/// A rung.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RungShape {
    /// From 0.
    rung: u8,
    /// `class`, `grade`, `school` or `district`.
    tier: String,
    /// Who is on it now.
    people: Vec<Named>,
    /// When it is told, if nobody takes the alert.
    due_at: Option<String>,
    /// When it was told.
    reached_at: Option<String>,
}

/// A decision that waits for a second person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposalShape {
    /// `lower`, `close` or `not_escalate`.
    kind: String,
    /// To which level; only a lowering changes it.
    level: u8,
    /// Who proposed it.
    by: Named,
    /// When.
    at: String,
    /// Why; null for readers who neither decide on it nor read restricted text.
    reason: Option<String>,
    /// How it is to end, for a closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    /// Until when it is not to climb, for such a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    /// What a closing rests on, for the same readers as the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceShape>,
}

/// An alert.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AlertShape {
    /// The same as in the list.
    #[serde(flatten)]
    item: AlertItem,
    /// `awaiting_second_signature` after such an assessment or close, `awaiting_acceptance` after a hand-over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<String>,
    /// Why.
    reasons: Vec<ReasonShape>,
    /// Every message, with what became of it.
    messages: Vec<MessageShape>,
    /// What happened, oldest first.
    events: Vec<EventShape>,
    /// The ladder.
    ladder: Vec<RungShape>,
    /// The decision that waits.
    proposal: Option<ProposalShape>,
    /// How it ended, the last time that it did.
    closing: Option<ClosingShape>,
    /// To whom it is offered.
    hand_over: Option<HandOverShape>,
    /// The decision by which it does not climb now.
    not_escalating: Option<NotEscalatingShape>,
    /// What closing it rests on, point by point; for those who may close it or sign that, while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    close_checklist: Option<Vec<CloseTaskShape>>,
}

impl AlertShape {
    pub(crate) fn of(api: &Api, v: &AlertView, lang: Lang) -> Self {
        let reason = |r: &casework::ReasonRecord| ReasonShape {
            rule: r.reason.rule.clone(),
            version: r.reason.version.clone(),
            text: r.reason.text(lang).to_owned(),
            evidence: r.reason.evidence.iter().map(ToString::to_string).collect(),
        };
        let message = |m: &casework::MessageRecord| MessageShape {
            person: Named::new(m.person.0, m.person.1.clone()),
            channel: m.channel.key().to_owned(),
            kind: m.kind.key().to_owned(),
            state: m.state.key().to_owned(),
            carrier: m.carrier.map(|carrier| carrier.state.key().to_owned()),
            late: m.late,
            attempts: m.attempts,
            last_error: m.last_error.clone(),
            at: rfc3339(m.at),
        };
        let event = |e: &casework::EventRecord| EventShape {
            at: rfc3339(e.at),
            kind: e.kind.clone(),
            by: e.by.as_ref().map(|(id, name)| Named::new(id, name.clone())),
            text: event_text(&e.kind, e.body.as_deref(), lang),
        };
        let rung = |r: &casework::LadderRung| RungShape {
            rung: r.rung,
            tier: r.tier.key().to_owned(),
            people: r.people.iter().map(|(_, id, name)| Named::new(id, name.clone())).collect(),
            due_at: r.due_at.map(rfc3339),
            reached_at: r.reached_at.map(rfc3339),
        };
        let proposal = v.proposal.as_ref().map(|(p, name)| {
            let (kind, to, outcome, until) = match p.kind {
                ProposalKind::Lower { to } => ("lower", to, None, None),
                ProposalKind::Close { outcome } => ("close", p.from, Some(outcome.key().to_owned()), None),
                ProposalKind::NotEscalate { until } => ("not_escalate", p.from, None, Some(rfc3339(until))),
            };
            ProposalShape {
                kind: kind.to_owned(),
                level: to.number(),
                outcome,
                until,
                evidence: EvidenceShape::of(&p.evidence, &v.in_file, lang),
                by: Named::new(p.by, name.clone()),
                at: rfc3339(p.at),
                reason: v.reads_reason.then(|| p.reason.clone()),
            }
        });
        Self {
            item: AlertItem::of(api, &v.summary, v.sight, lang),
            status: None,
            reasons: v.reasons.iter().map(reason).collect(),
            messages: v.messages.iter().map(message).collect(),
            events: v.events.iter().map(event).collect(),
            ladder: v.ladder.iter().map(rung).collect(),
            proposal,
            closing: v.closing.as_ref().map(|c| ClosingShape::of(c, v.reads_reason, lang)),
            hand_over: v.hand_over.as_ref().map(HandOverShape::of),
            not_escalating: v.not_escalating.as_ref().map(|d| NotEscalatingShape::of(d, v.reads_reason)),
            close_checklist: CloseTaskShape::of(v, lang),
        }
    }
}

/// An alert.
#[utoipa::path(tag = "alerts", params(("id" = String, Path)), responses(
    (status = 200, body = AlertShape), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
#[get("/api/v1/alerts/{id}")]
pub(crate) async fn alert(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<AlertId>,
) -> Result<HttpResponse, Problem> {
    let view = casework::view_alert(&api.desk, &caller, *id).await?;
    let tag = etag(view.summary.alert.decision);
    Ok(HttpResponse::Ok().insert_header(tag).json(AlertShape::of(&api, &view, lang.0)))
}
