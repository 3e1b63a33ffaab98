//! Closing an alert on its page: what the record shows already, what is still to be stated, and `POST /alerts/{id}/close`.

use actix_web::{HttpResponse, post, web};
use casework::{AlertView, Assessed, ClosingDraft};
use domain::access::Right;
use domain::alert::{Outcome, Point, Proof, Proposal, REASON_CHARS, StatedDraft, Task};
use domain::id::AlertId;
use domain::lang::Lang;

use super::alert_acts::{back_to, version};
use super::alert_story::{anchor, reporter};
use super::alert_view::Filled;
use super::form::Fields;
use super::view::closing::{CloseForm, ClosePoint, Ground, Grounds, PointStanding, Statable};
use super::view::parts::{Choice, Errors};
use super::visitor::{PageError, Visitor};
use super::words::{moment, words_of};
use crate::state::Api;

/// Closes it, or proposes to.
#[post("/alerts/{id}/close")]
pub(crate) async fn close(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let said: Vec<String> = fields.all("evidence").map(str::to_owned).collect();
    let draft = ClosingDraft {
        outcome: fields.get("outcome").to_owned(),
        reason: fields.get("close_reason").to_owned(),
        evidence: said.iter().map(|code| stated(&fields, code)).collect(),
    };
    let done = casework::close_alert(&api.desk, &who, *id, version(&fields), &draft).await;
    let word = done.map(|done| match done {
        Assessed::Done => "close",
        Assessed::AwaitingSecondSignature => "propose",
    });
    back_to(&api, who, *id, &fields, word, |fault| field_of(fault, &said)).await
}

fn stated(fields: &Fields, code: &str) -> StatedDraft {
    let typed = |name: &str| Some(fields.get(&format!("{name}_{code}")).to_owned());
    StatedDraft { code: code.to_owned(), by: typed("by"), observation: typed("obs") }
}

/// Where a fault stands on the page.
fn field_of(fault: &str, said: &[String]) -> String {
    match fault {
        "reason" => return "close_reason".to_owned(),
        "assessment" | "custody" => return format!("need-{fault}"),
        _ => {}
    }
    if let Some(proof) = fault.strip_prefix("evidence.") {
        return format!("need-{proof}");
    }
    let item = fault.strip_prefix("evidence[").and_then(|rest| rest.split_once(']'));
    let code = item.and_then(|(index, _)| said.get(index.parse::<usize>().ok()?));
    code.map_or_else(|| fault.to_owned(), |code| format!("say-{code}"))
}

/// The form, for whoever may close it and has nothing to wait for.
pub(super) fn form(api: &Api, v: &AlertView, lang: Lang, errors: &Errors, filled: &Filled<'_>) -> Option<CloseForm> {
    if !v.may.contains(&Right::Assess) || v.proposal.is_some() {
        return None;
    }
    let (tasks, t) = (v.to_close()?, &words_of(lang).texts().decide);
    let wrong = |e: &super::view::parts::FieldError| {
        let ours = ["need-", "say-"].iter().any(|mark| e.field.starts_with(mark));
        ours || matches!(e.field.as_str(), "outcome" | "close_reason")
    };
    let done = tasks.iter().filter(|t| t.point == Point::Done).count();
    let missing = tasks.iter().any(|t| t.point == Point::Missing);
    let chosen = filled.get("outcome");
    let outcome = |o: Outcome| {
        let hint = match o {
            Outcome::Resolved => t.outcome_resolved,
            Outcome::OngoingCare => t.outcome_ongoing,
            Outcome::FalseAlarm => t.outcome_false,
        };
        Choice::hinted(o.key(), o.name(lang), hint, chosen == o.key())
    };
    Some(CloseForm {
        open: !missing || errors.0.iter().any(wrong),
        tally: format!("{done}/{}", tasks.len()),
        outcomes: Outcome::ALL.map(outcome).into(),
        points: points(api, v, &tasks, lang, filled),
        reason: filled.get("close_reason"),
        reason_limit: REASON_CHARS,
        needs_second: v.summary.alert.climb.level.needs_second_signature(),
    })
}

fn points(api: &Api, v: &AlertView, tasks: &[Task], lang: Lang, filled: &Filled<'_>) -> Vec<ClosePoint> {
    let say = |proof: Proof| Statable {
        code: proof.key(),
        label: v.closing_rules.name(proof, lang),
        checked: filled.has("evidence", proof.key()),
        by: filled.get(&format!("by_{}", proof.key())),
        reports: reports(api, v, &filled.get(&format!("obs_{}", proof.key())), lang),
    };
    let mut out: Vec<ClosePoint> = tasks.iter().map(|task| point(v, task, lang)).collect();
    for (shown, task) in out.iter_mut().zip(tasks).filter(|(_, task)| task.point == Point::ToState) {
        shown.stated = task.to_be_stated().into_iter().map(say).collect();
    }
    if !tasks.iter().any(|task| task.to_be_stated().contains(&Proof::StudentSeen)) {
        out.push(ClosePoint {
            id: format!("need-{}", Proof::StudentSeen.key()),
            text: Proof::StudentSeen.name(lang).to_owned(),
            standing: PointStanding::FalseAlarmAlone,
            stated: vec![say(Proof::StudentSeen)],
        });
    }
    out
}

fn point(v: &AlertView, task: &Task, lang: Lang) -> ClosePoint {
    ClosePoint {
        id: format!("need-{}", task.codes().first().copied().unwrap_or_default()),
        text: task.text(&v.closing_rules, &v.on_record, lang),
        standing: match task.point {
            Point::Done => PointStanding::Done,
            Point::Missing => PointStanding::Missing,
            Point::ToState => PointStanding::ToState,
        },
        stated: Vec::new(),
    }
}

/// The reports that can be named.
fn reports(api: &Api, v: &AlertView, chosen: &str, lang: Lang) -> Vec<Choice> {
    let one = |r: &casework::Report| {
        let o = &r.record.observation;
        let label = format!("{} {}", moment(api, o.filing.observed_at).text, reporter(r, lang));
        Choice::plain(&o.id.to_string(), &label, chosen == o.id.to_string())
    };
    v.reports.iter().map(one).collect()
}

/// What a proposed close rests on: the record, read anew, and what its proposer stated.
pub(super) fn grounds(v: &AlertView, p: &Proposal, lang: Lang) -> Grounds {
    let tasks = v.to_close().unwrap_or_default();
    let from_record = tasks.iter().filter(|task| task.point != Point::ToState);
    let stated = |s: &domain::alert::Stated| Ground {
        text: v.closing_rules.name(s.proof, lang),
        by: s.by.clone().unwrap_or_default(),
        href: s.observation.map(|id| format!("#{}", anchor(id))),
        unseen: v.in_file.bears_out(s) == Some(false),
    };
    Grounds {
        record: from_record.map(|task| point(v, task, lang)).collect(),
        stated: p.evidence.iter().map(stated).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::field_of;

    #[test]
    fn a_fault_stands_where_it_was_typed() {
        let said = ["student_seen".to_owned(), "plan_in_place".to_owned()];
        for (fault, field) in [
            ("reason", "close_reason"),
            ("outcome", "outcome"),
            ("custody", "need-custody"),
            ("evidence.clear_reviews", "need-clear_reviews"),
            ("evidence[1].by", "say-plan_in_place"),
            ("evidence[7].by", "evidence[7].by"),
            ("evidence", "evidence"),
        ] {
            assert_eq!(field_of(fault, &said), field);
        }
    }
}
