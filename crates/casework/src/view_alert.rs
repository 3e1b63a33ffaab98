//! One alert: why, who was told when, what happened.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::access::{Actor, Right, Scope};
use domain::alert::{InFile, OnRecord, Proposal, Task, checklist};
use domain::audit::Act;
use domain::directory::Office;
use domain::id::{AlertId, PersonId, SchoolId};
use domain::policy::{ClosingRules, Policy, Span};
use domain::staff::Role;
use domain::tier::Tier;
use domain::time::Timestamp;
use storage::{
    AlertRecord, AlertSummary, ClosingRecord, CustodyRecord, EventRecord, HandOverRecord, MessageRecord,
    NotEscalatingRecord, Read, ReasonRecord,
};

use crate::closing_record::of_events;
use crate::directory_of::directory_of;
use crate::hand_over::stands;
use crate::in_file::in_file;
use crate::may_hear::acted;
use crate::reports::{Report, is_theirs, reports_of, role_of};
use crate::{CaseError, Desk, Signed};

const MOST: u32 = 500;

/// How much of an alert a reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Everything that his rights allow.
    Full,
    /// The district's minimal view with the name: nobody of the school was reached in time, or somebody was.
    Named,
    /// The district's minimal view: school, time open, who was told.
    Minimal,
}

/// One rung of the ladder as it stands.
#[derive(Debug, Clone)]
pub struct LadderRung {
    /// Its number, from 0.
    pub rung: u8,
    /// Its tier.
    pub tier: Tier,
    /// Who is on it now: office, person, name.
    pub people: Vec<(Office, PersonId, String)>,
    /// What those are called whose role is not named as their office: 书记.
    pub titles: Vec<(PersonId, Role)>,
    /// When it will be told, if nobody takes the alert.
    pub due_at: Option<Timestamp>,
    /// When it was told.
    pub reached_at: Option<Timestamp>,
    /// It stands below the present rung and was never told: the level went down past it. Else nobody was on it.
    pub unneeded: bool,
}

/// An alert, as one reader sees it.
#[derive(Debug, Clone)]
pub struct AlertView {
    /// The alert.
    pub summary: AlertSummary,
    /// How much of it is seen.
    pub sight: Sight,
    /// Why.
    pub reasons: Vec<ReasonRecord>,
    /// What was reported, newest first, as far as the reader may hear of it.
    pub reports: Vec<Report>,
    /// The messages.
    pub messages: Vec<MessageRecord>,
    /// What happened.
    pub events: Vec<EventRecord>,
    /// The ladder.
    pub ladder: Vec<LadderRung>,
    /// Who is with the child.
    pub custodies: Vec<CustodyRecord>,
    /// The proposal that waits, with the proposer's name.
    pub proposal: Option<(Proposal, String)>,
    /// Whether this reader reads why it is proposed; where not, the reason is not in it.
    pub reads_reason: bool,
    /// What this reader finds in the file of what is stated for a close that waits.
    pub in_file: InFile,
    /// The proposer's role.
    pub proposer: Option<Role>,
    /// The last close, whether in force or overtaken.
    pub closing: Option<ClosingRecord>,
    /// To whom it is offered.
    pub hand_over: Option<HandOverRecord>,
    /// The decision by which it does not climb now.
    pub not_escalating: Option<NotEscalatingRecord>,
    /// What the record shows of what a close rests on.
    pub on_record: OnRecord,
    /// The policy that it runs on.
    pub policy: Arc<Policy>,
    /// What a close rests on.
    pub closing_rules: ClosingRules,
    /// How long taking it lasts without being handled.
    pub taking_lasts: Span,
    /// What this reader may do with it.
    pub may: Vec<Right>,
}

impl AlertView {
    /// What closing it rests on, as the record stands, for whoever may propose it or sign it; nothing once it is closed.
    #[must_use]
    pub fn to_close(&self) -> Option<Vec<Task>> {
        let decides = self.may.iter().any(|r| matches!(r, Right::Assess | Right::Approve));
        let alert = &self.summary.alert;
        let shown = decides && self.sight == Sight::Full && alert.state.is_open();
        shown.then(|| checklist(alert.climb.level, &self.closing_rules, &self.on_record))
    }
}

/// Reads an alert. The audit line is durable before anything is given back.
///
/// # Errors
/// [`CaseError::NotFound`] when the reader may not know of it.
pub async fn view_alert(desk: &Desk, by: &Signed, id: AlertId) -> Result<AlertView, CaseError> {
    let scope = by.scope(desk, Right::SeeAlert);
    let mut tx = desk.storage.begin().await?;
    let read = tx.read()?;
    let summary = read.alert(&scope, id).await?.ok_or(CaseError::NotFound)?;
    let sight = sight(desk, &read, &scope, &summary.alert).await?;
    let ladder = ladder(desk, &read, &summary.alert).await?;
    let messages = read.messages(id, MOST).await?;
    let policy = desk.policy(summary.alert.policy).await?;
    let mut view = AlertView {
        sight,
        reasons: Vec::new(),
        reports: Vec::new(),
        messages,
        events: Vec::new(),
        ladder,
        custodies: Vec::new(),
        proposal: None,
        reads_reason: false,
        in_file: InFile::unopened(),
        proposer: None,
        closing: None,
        hand_over: None,
        not_escalating: None,
        on_record: OnRecord::default(),
        policy: Arc::clone(&policy),
        closing_rules: policy.closing.clone(),
        taking_lasts: policy.ladder(summary.alert.climb.level).acknowledgement_lasts,
        may: Vec::new(),
        summary,
    };
    if sight == Sight::Full {
        fill(desk, &read, &scope, &mut view).await?;
    }
    let confided = by.scope(desk, Right::ReadRestricted).covers(&view.summary.alert.place);
    for right in [Right::Acknowledge, Right::RecordCustody, Right::Assess, Right::Approve, Right::OpenFile] {
        if read.alert(&by.scope(desk, right), id).await?.is_some() {
            view.may.push(right);
        }
    }
    view.reads_reason = confided || view.may.iter().any(|r| matches!(r, Right::Assess | Right::Approve));
    if !view.reads_reason {
        conceal_reasons(by.person(), &mut view);
    } else if view.proposal.as_ref().is_some_and(|(p, _)| !p.evidence.is_empty()) {
        view.in_file = in_file(desk, by, &read, &view.summary.alert, desk.now()).await?;
    }
    // Looking is not an event of the alert: it is noted for the reporter's loop, once after each report by each, and not shown.
    let since = view.events.iter().rev().take_while(|e| e.kind != "evidence_joined");
    let known = since.into_iter().any(|e| e.kind == "read" && e.by.as_ref().is_some_and(|b| b.0 == by.person()));
    view.events.retain(|e| e.kind != "read");
    if !known && sight == Sight::Full {
        tx.append_event(id.uuid(), "read", Some(by.person()), desk.now(), None).await?;
    }
    tx.audit(&[by.audit(desk, Act::ReadAlert, Some(view.summary.alert.student), Some(id.to_string()))]).await?;
    tx.commit().await?;
    Ok(view)
}

/// Why something was decided is not for everybody; whoever takes part in it knows his own.
fn conceal_reasons(reader: PersonId, view: &mut AlertView) {
    if let Some((proposal, _)) = view.proposal.as_mut() {
        proposal.reason.clear();
        proposal.evidence.clear();
    }
    if let Some(closing) = view.closing.as_mut() {
        closing.reason.clear();
        closing.evidence.clear();
    }
    if let Some(decision) = view.not_escalating.as_mut() {
        decision.reason.clear();
    }
    if let Some(offer) = view.hand_over.as_mut().filter(|h| ![h.from.0, h.to.0].contains(&reader)) {
        offer.reason.clear();
    }
    // What somebody found of a decision is for those who may sign such decisions.
    view.events.retain(|e| e.kind != "decision_looked_at");
    let others = |e: &&mut EventRecord| e.by.as_ref().is_none_or(|b| b.0 != reader);
    view.events.iter_mut().filter(|e| e.kind == "hand_over_refused").filter(others).for_each(|e| e.body = None);
}

/// What only those see who see everything.
async fn fill(desk: &Desk, read: &Read<'_>, scope: &Scope, view: &mut AlertView) -> Result<(), CaseError> {
    let alert = &view.summary.alert;
    view.reasons = read.reasons(alert.id).await?;
    view.reports = reports_of(desk, read, scope.clone(), alert, &view.reasons).await?;
    view.events = read.events(alert.id.uuid(), MOST).await?;
    view.custodies = read.custodies(alert.id).await?;
    view.proposal = read.pending_proposal(alert.id).await?;
    view.closing = read.last_closing(alert.id).await?;
    view.hand_over = read.pending_hand_over(alert.id).await?.filter(|h| stands(h, alert));
    if alert.climb.state.held_from().is_some() {
        view.not_escalating = read.last_not_escalating(alert.id).await?;
    }
    view.on_record = of_events(desk, alert, &view.events);
    if let Some((proposal, _)) = &view.proposal {
        view.proposer = role_of(desk, read, proposal.by, alert.place.school).await?;
    }
    Ok(())
}

/// Whether the level's last change was downwards.
async fn went_down(read: &Read<'_>, alert: &AlertRecord) -> Result<bool, CaseError> {
    let events = read.events(alert.id.uuid(), MOST).await?;
    Ok(events.iter().rev().find_map(|e| e.level_change()).is_some_and(|(from, to)| to < from))
}

/// How much of an alert is seen through a scope. The district sees no name until somebody of the school was reached in
/// this turn, or nobody was for as long as the policy says; of what it decides on it sees everything.
pub(crate) async fn sight(
    desk: &Desk,
    read: &Read<'_>,
    scope: &Scope,
    alert: &AlertRecord,
) -> Result<Sight, CaseError> {
    let through = scope.through(&alert.place);
    if !through.is_empty() && !through.is_subset(&read.excluded_from(alert.id).await?) {
        return Ok(Sight::Full);
    }
    // Nobody of the school can decide: whoever has to reads what there is.
    if scope.district_alone.iter().any(|d| is_theirs(alert, *d)) {
        return Ok(Sight::Full);
    }
    let policy = desk.policy(alert.policy).await?;
    let wait = TimeDelta::minutes(i64::from(policy.red.district_name_after_minutes));
    // After a close that new facts have overtaken, the wait begins anew.
    let reopened = read.last_closing(alert.id).await?.and_then(|c| c.reopened_at);
    if desk.now() - reopened.unwrap_or(alert.opened_at) >= wait {
        return Ok(Sight::Named);
    }
    for person in acted(read, alert).await? {
        if works_at(&read.actor(person, desk.now()).await?, alert.place.school) {
            return Ok(Sight::Named);
        }
    }
    Ok(Sight::Minimal)
}

/// Whether somebody is of the school: only such a person can have been reached there.
fn works_at(actor: &Actor, school: SchoolId) -> bool {
    let here = |a: &Actor| a.on_duty.contains(&school) || a.positions.iter().any(|(_, s)| *s == Some(school));
    here(actor) || actor.stands_in.iter().any(|s| here(&s.away))
}

pub(crate) async fn ladder(desk: &Desk, read: &Read<'_>, alert: &AlertRecord) -> Result<Vec<LadderRung>, CaseError> {
    let policy = desk.policy(alert.policy).await?;
    let ladder = policy.ladder(alert.climb.level);
    let directory = directory_of(desk, read, alert).await?;
    let everybody: Vec<PersonId> = directory.entries().iter().map(|e| e.person).collect();
    let names = read.names(&everybody).await?;
    let name = |id: PersonId| names.iter().find(|p| p.id == id).map(|p| p.name.clone()).unwrap_or_default();
    let went_down = went_down(read, alert).await?;
    let mut out = Vec::new();
    let mut due = match alert.climb.state {
        domain::escalation::ClimbState::Open { deadline, .. } => Some(deadline),
        domain::escalation::ClimbState::Acked { .. }
        | domain::escalation::ClimbState::Settled { .. }
        | domain::escalation::ClimbState::Closed => None,
    };
    for (index, rung) in ladder.rungs.iter().enumerate() {
        let number = u8::try_from(index).unwrap_or(u8::MAX);
        let reached_at = alert.climb.reached.iter().find(|r| r.rung == number).map(|r| r.at);
        let mut due_at = reached_at;
        if number > alert.climb.rung {
            due_at = due;
            due = due.map(|d| rung.wait.after(d, &desk.calendar));
        }
        let people: Vec<_> =
            directory.people(&rung.who).into_iter().map(|e| (e.office, e.person, name(e.person))).collect();
        let mut titles = Vec::new();
        for (office, person, _) in
            people.iter().filter(|(o, ..)| matches!(o, Office::Principal | Office::VicePrincipal))
        {
            let role = role_of(desk, read, *person, alert.place.school).await?;
            titles.extend(role.filter(|role| office.held_by(*role, false)).map(|role| (*person, role)));
        }
        let unneeded = went_down && reached_at.is_none() && number <= alert.climb.rung;
        out.push(LadderRung { rung: number, tier: rung.tier, people, titles, due_at, reached_at, unneeded });
    }
    Ok(out)
}
