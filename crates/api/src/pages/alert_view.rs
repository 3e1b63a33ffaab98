//! An alert as its page shows it.

use casework::{AlertView, LadderRung, Sight};
use domain::access::Right;
use domain::alert::{AlertState, ProposalKind, REASON_CHARS};
use domain::escalation::ClimbState;
use domain::lang::Lang;
use domain::level::Level;
use domain::policy::Span;

use super::form::Fields;
use super::frame::{phones, shell_for};
use super::view::alert as shown;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor};
use super::words::{badge, deadline, local_field, moment, tone, words_of};
use crate::present::{class_of, deadline_of, event_text, hidden_name};
use crate::state::Api;

/// What was done before, or what was typed.
pub(crate) struct Filled<'a> {
    done: Option<&'static str>,
    fields: &'a Fields,
}

impl<'a> Filled<'a> {
    /// After an act, or with the fields of a form that was not accepted.
    pub(crate) fn new(done: Option<&'static str>, fields: &'a Fields) -> Self {
        Self { done, fields }
    }

    fn get(&self, name: &str) -> String {
        self.fields.get(name).to_owned()
    }
}

/// Draws it.
pub(crate) async fn view(
    api: &Api,
    who: &Visitor,
    v: &AlertView,
    errors: Errors,
    filled: &Filled<'_>,
) -> Result<shown::Alert, PageError> {
    let (a, lang) = (&v.summary.alert, who.lang);
    let schools = casework::telephones(&api.desk, who).await?;
    Ok(shown::Alert {
        shell: shell_for(api, who).await?,
        id: a.id.to_string(),
        version: a.decision.to_string(),
        errors,
        done: filled.done.map(str::to_owned),
        student: student(api, v, lang),
        level: badge(a.climb.level, lang),
        state: a.state.name(lang).to_owned(),
        opened_at: moment(api, a.opened_at),
        deadline: deadline_of(a).map(|at| deadline(api, at, lang)),
        next: next(api, v, lang),
        owner: v.summary.owner_name.clone(),
        phones: phones(lang, &schools),
        acknowledge: acknowledge(v, lang, filled),
        acknowledged: acknowledged(api, v, who),
        custody: v.custodies.last().map(|c| shown::Custody {
            adult: c.custody.adult.clone(),
            since: moment(api, c.custody.since),
            place: c.custody.place.clone(),
        }),
        custody_form: custody_form(api, v, filled),
        proposal: proposal(api, v, who, filled),
        assess_form: assess_form(v, lang, filled),
        reasons: reasons(v, lang),
        ladder: v.ladder.iter().map(|r| rung(api, v, r, lang)).collect(),
        messages: messages(api, v, lang),
        events: events(api, v, lang),
    })
}

fn student(api: &Api, v: &AlertView, lang: Lang) -> shown::AlertStudent {
    let (today, s) = (api.desk.calendar.date(api.desk.now()), &v.summary);
    let file = v.may.contains(&Right::OpenFile).then(|| format!("/students/{}/growth-file", s.alert.student));
    shown::AlertStudent {
        name: if v.sight == Sight::Minimal { hidden_name(lang) } else { s.student_name.clone() },
        facts: if v.sight == Sight::Full { vec![class_of(&s.class, today, lang)] } else { Vec::new() },
        file_href: file,
    }
}

/// What happens at the deadline, as long as nobody takes it.
fn next(api: &Api, v: &AlertView, lang: Lang) -> Option<String> {
    let climb = &v.summary.alert.climb;
    let ClimbState::Open { deadline, .. } = climb.state else { return None };
    let rung = v.ladder.iter().find(|r| r.rung > climb.rung).or(v.ladder.last())?;
    let mut offices: Vec<&str> = rung.people.iter().map(|(office, _, _)| office.name(lang)).collect();
    offices.dedup();
    let separator = lang.pick("、", ", ");
    let offices = if offices.is_empty() { rung.tier.name(lang).to_owned() } else { offices.join(separator) };
    Some(words_of(lang).climbs_at(&moment(api, deadline).text, &offices))
}

fn acknowledge(v: &AlertView, lang: Lang, filled: &Filled<'_>) -> Option<shown::Acknowledge> {
    let open = v.summary.alert.waits();
    let lasts = match v.taking_lasts {
        Span::Minutes(minutes) => words_of(lang).pauses_for(minutes),
        Span::WakingMinutes(_) | Span::SchoolDays(_) => String::new(),
    };
    let may = open && v.may.contains(&Right::Acknowledge);
    may.then(|| shown::Acknowledge { hint: lasts, note: filled.get("note") })
}

fn acknowledged(api: &Api, v: &AlertView, who: &Visitor) -> Option<String> {
    let a = &v.summary.alert;
    if a.state != AlertState::Acknowledged || a.owner != Some(who.person()) {
        return None;
    }
    let mine = |by: &Option<(domain::id::PersonId, String)>| by.as_ref().is_some_and(|(id, _)| *id == who.person());
    let taken = v.events.iter().rev().find(|e| e.kind == "acknowledged" && mine(&e.by))?;
    Some(words_of(who.lang).taken_at(&moment(api, taken.at).text))
}

fn custody_form(api: &Api, v: &AlertView, filled: &Filled<'_>) -> Option<shown::CustodyForm> {
    let a = &v.summary.alert;
    if !a.state.is_open() || !v.may.contains(&Right::RecordCustody) {
        return None;
    }
    let typed = filled.get("since");
    Some(shown::CustodyForm {
        open: a.climb.level == Level::Red && a.state == AlertState::Acknowledged && !a.climb.custody,
        adult: filled.get("adult"),
        since: if typed.is_empty() { local_field(api, api.desk.now()) } else { typed },
        place: filled.get("where"),
        stops_climb: a.climb.level == Level::Red,
    })
}

fn proposal(api: &Api, v: &AlertView, who: &Visitor, filled: &Filled<'_>) -> Option<shown::Proposal> {
    let (p, name) = v.proposal.as_ref()?;
    let ProposalKind::Lower { to } = p.kind;
    let texts = words_of(who.lang).texts();
    let (from, to) = (badge(v.summary.alert.climb.level, who.lang), badge(to, who.lang));
    Some(shown::Proposal {
        what: words_of(who.lang).lowering(&from.label, &to.label),
        by: name.clone(),
        at: moment(api, p.at),
        reason: if v.reads_reason { p.reason.clone() } else { texts.growth_file.ask_counsellor.to_owned() },
        may_decide: v.may.contains(&Right::Approve) && p.by != who.person(),
        note: filled.get("note"),
    })
}

fn assess_form(v: &AlertView, lang: Lang, filled: &Filled<'_>) -> Option<shown::AssessForm> {
    let a = &v.summary.alert;
    if !a.state.is_open() || !v.may.contains(&Right::Assess) || v.proposal.is_some() {
        return None;
    }
    let typed = filled.get("level");
    let now = if typed.is_empty() { a.climb.level.number().to_string() } else { typed };
    let choice = |level: Level| shown::LevelChoice {
        value: level.number().to_string(),
        level: badge(level, lang),
        checked: now == level.number().to_string(),
    };
    Some(shown::AssessForm {
        open: a.climb.custody && !a.climb.assessed,
        levels: [Level::Red, Level::Orange, Level::Yellow, Level::Blue].map(choice).into(),
        reason: filled.get("reason"),
        reason_limit: REASON_CHARS,
        means_asked: filled.get("means_asked").parse().ok(),
        lowering_needs_second: a.climb.level.needs_second_signature(),
    })
}

fn reasons(v: &AlertView, lang: Lang) -> Vec<shown::Reason> {
    let one = |r: &casework::ReasonRecord| shown::Reason {
        text: r.reason.text(lang).to_owned(),
        rule: r.reason.rule.clone(),
        version: r.reason.version.clone(),
        evidence: Vec::new(),
    };
    let mut out: Vec<shown::Reason> = Vec::new();
    for reason in v.reasons.iter().map(one) {
        // Several observations may have fired the same rule.
        if !out.contains(&reason) {
            out.push(reason);
        }
    }
    out
}

fn rung(api: &Api, v: &AlertView, r: &LadderRung, lang: Lang) -> shown::LadderRung {
    let climb = &v.summary.alert.climb;
    let over = matches!(climb.state, ClimbState::Settled { .. } | ClimbState::Closed);
    let open = matches!(climb.state, ClimbState::Open { .. });
    let state = match r.rung.cmp(&climb.rung) {
        std::cmp::Ordering::Greater if over => shown::RungState::Stopped,
        std::cmp::Ordering::Greater => shown::RungState::Upcoming,
        std::cmp::Ordering::Less | std::cmp::Ordering::Equal if r.reached_at.is_none() => shown::RungState::Skipped,
        std::cmp::Ordering::Equal if open => shown::RungState::Current,
        std::cmp::Ordering::Less | std::cmp::Ordering::Equal => shown::RungState::Reached,
    };
    let mut people: Vec<String> = Vec::new();
    for (office, _, name) in &r.people {
        let person = format!("{} {name}", office.name(lang));
        if !people.contains(&person) {
            people.push(person);
        }
    }
    let planned = (state == shown::RungState::Upcoming).then_some(r.due_at).flatten();
    shown::LadderRung {
        tier: r.tier.name(lang).to_owned(),
        people,
        due_at: planned.map(|at| moment(api, at)),
        reached_at: r.reached_at.map(|at| moment(api, at)),
        late: climb.late && r.rung == climb.rung,
        state,
    }
}

fn messages(api: &Api, v: &AlertView, lang: Lang) -> Vec<shown::Message> {
    let one = |m: &casework::MessageRecord| shown::Message {
        person: m.person.1.clone(),
        channel: m.channel.name(lang).to_owned(),
        state: m.state.name(lang).to_owned(),
        tone: tone(m.state),
        attempts: m.attempts,
        last_error: m.last_error.clone(),
        at: moment(api, m.at),
    };
    let mut all: Vec<_> = v.messages.iter().collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.at));
    all.into_iter().map(one).collect()
}

fn events(api: &Api, v: &AlertView, lang: Lang) -> Vec<shown::AlertEvent> {
    let one = |e: &casework::EventRecord| shown::AlertEvent {
        at: moment(api, e.at),
        by: e.by.as_ref().map(|(_, name)| name.clone()),
        text: event_text(&e.kind, e.body.as_deref(), lang),
    };
    v.events.iter().rev().map(one).collect()
}
