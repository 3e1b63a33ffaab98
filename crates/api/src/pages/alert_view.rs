//! An alert as its page shows it.

use casework::{AlertSummary, AlertView, Sight, Telephones};
use chrono::TimeDelta;
use domain::access::Right;
use domain::alert::{AlertState, CUSTODY_SHIFT_HOURS, ProposalKind, REASON_CHARS};
use domain::escalation::ClimbState;
use domain::lang::Lang;
use domain::level::Level;
use domain::policy::Span;

use super::alert_story::{events, lowered, messages, reasons, reports, rung};
use super::form::Fields;
use super::frame::{phones, shell_for};
use super::view::alert as shown;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor};
use super::words::{badge, deadline, local_field, moment, words_of};
use super::{closing, hand_over, not_escalating, recheck};
use crate::present::{class_of, deadline_of, hidden_name};
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

    pub(super) fn get(&self, name: &str) -> String {
        self.fields.get(name).to_owned()
    }

    /// Whether a box was ticked.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.fields.all(name).any(|v| v == value)
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
    let school = &v.summary.school;
    let telephones = Telephones {
        school: school.name.clone(),
        duty: school.duty_phone.clone(),
        counsellor: school.counsellor_phone.clone(),
    };
    Ok(shown::Alert {
        shell: shell_for(api, who).await?,
        id: a.id.to_string(),
        version: a.decision.to_string(),
        close_form: closing::form(api, v, lang, &errors, filled),
        recheck: recheck::shown(api, v, who, filled),
        kept: not_escalating::kept(api, v, who),
        keep_form: not_escalating::form(api, v, &errors, filled),
        hand_form: hand_over::form(api, who, v, &errors, filled).await?,
        offer: hand_over::offer(api, v, who, filled),
        errors,
        done: filled.done.map(str::to_owned),
        student: student(api, v, lang),
        level: badge(a.climb.level, lang),
        state: a.state.name(lang).to_owned(),
        opened_at: moment(api, a.opened_at),
        deadline: deadline_of(a).map(|at| deadline(api, at, lang)),
        next: next(api, v, lang),
        owner: v.summary.owner_name.clone(),
        phones: phones(lang, &[telephones]),
        acknowledge: acknowledge(v, lang, filled),
        acknowledged: acknowledged(api, v, who),
        lowered: lowered(api, v, lang),
        outside: (v.sight != Sight::Full).then(|| shown::Outside { school: school.name.clone() }),
        reports: reports(api, v, lang),
        custody: custody(api, v, lang),
        custody_form: custody_form(api, v, filled),
        by_law_href: by_law(v),
        proposal: proposal(api, v, who, filled),
        assess_form: assess_form(v, lang, filled),
        reasons: reasons(api, v, lang),
        ladder: v.ladder.iter().map(|r| rung(api, v, r, lang)).collect(),
        messages: messages(api, v, lang),
        events: events(api, v, lang),
    })
}

/// Whoever sees the whole of it, among those who work there, reports beside it.
fn by_law(v: &AlertView) -> Option<String> {
    let a = &v.summary.alert;
    let near = v.sight == Sight::Full && v.may.contains(&Right::RecordCustody);
    // Where the district decides, its officers see the whole of it as well.
    let near = near && (!a.district_decides || v.may.contains(&Right::OpenFile));
    near.then(|| format!("/students/{}/mandatory-report?alert={}", a.student, a.id))
}

fn student(api: &Api, v: &AlertView, lang: Lang) -> shown::AlertStudent {
    let (today, s) = (api.desk.calendar.date(api.desk.now()), &v.summary);
    let file = v.may.contains(&Right::OpenFile).then(|| format!("/students/{}/growth-file", s.alert.student));
    shown::AlertStudent {
        name: if v.sight == Sight::Minimal { hidden_name(lang) } else { s.student_name.clone() },
        facts: if v.sight == Sight::Full { facts(s, &class_of(&s.class, today, lang), lang) } else { Vec::new() },
        file_href: file,
    }
}

/// Class, seat, boarder or day pupil, dormitory and bed.
fn facts(s: &AlertSummary, class: &str, lang: Lang) -> Vec<String> {
    let (t, l) = (&words_of(lang).texts().alert, &s.lodging);
    let mut out = vec![class.to_owned()];
    out.extend(l.seat.clone());
    out.push(if l.boards { t.boards } else { t.day_pupil }.to_owned());
    out.extend(l.dormitory.clone());
    out.extend(l.bed.as_ref().map(|bed| match lang {
        Lang::Zh => format!("{bed}{}", t.bed),
        Lang::En => format!("{} {bed}", t.bed),
    }));
    out
}

/// Who is with the child; what was recorded more than a shift ago, or in an earlier turn, has to be recorded again.
fn custody(api: &Api, v: &AlertView, lang: Lang) -> Option<shown::Custody> {
    let (t, c) = (&words_of(lang).texts().alert, v.custodies.first()?);
    let old = api.desk.now() - c.at > TimeDelta::hours(CUSTODY_SHIFT_HOURS);
    let past = !v.summary.alert.climb.custody;
    Some(shown::Custody {
        adult: c.custody.adult.clone(),
        since: moment(api, c.custody.since),
        place: c.custody.place.clone(),
        stale: if old { Some(t.custody_old) } else { past.then_some(t.custody_past) },
        recorded: moment(api, c.at),
    })
}

/// What happens at the deadline, as long as nobody takes it.
fn next(api: &Api, v: &AlertView, lang: Lang) -> Option<String> {
    let climb = &v.summary.alert.climb;
    let ClimbState::Open { deadline, .. } = climb.state else { return None };
    let above = v.ladder.iter().find(|r| r.rung > climb.rung);
    let rung = above.or(v.ladder.last())?;
    let mut offices: Vec<&str> = rung.people.iter().map(|(office, _, _)| office.name(lang)).collect();
    offices.dedup();
    let separator = lang.pick("、", ", ");
    let offices = if offices.is_empty() { rung.tier.name(lang).to_owned() } else { offices.join(separator) };
    Some(words_of(lang).climbs_at(&moment(api, deadline).text, &offices, above.is_none()))
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
    let (words, t) = (words_of(who.lang), &words_of(who.lang).texts().alert);
    let texts = words_of(who.lang).texts();
    let from = badge(v.summary.alert.climb.level, who.lang);
    let what = match p.kind {
        ProposalKind::Lower { to } => words.lowering(&from.label, &badge(to, who.lang).label),
        ProposalKind::Close { outcome } => {
            format!("{}{}", who.lang.pick("结案：", "Close: "), outcome.name(who.lang))
        }
        ProposalKind::NotEscalate { until } => words.keeps_until(&moment(api, until).text),
    };
    let office = v.proposer.map(|r| r.name(who.lang)).unwrap_or_default();
    let with = custody(api, v, who.lang).filter(|c| c.stale.is_none());
    Some(shown::Proposal {
        what,
        by: words.with_office(name, office),
        at: moment(api, p.at),
        means: matches!(p.kind, ProposalKind::Lower { .. }).then(|| match means_asked(v) {
            Some(true) => t.yes,
            Some(false) => t.no,
            None => t.unknown,
        }),
        grounds: matches!(p.kind, ProposalKind::Close { .. }).then(|| closing::grounds(v, p, who.lang)),
        with: with.map(|c| format!("{}{}{}", c.adult, who.lang.pick("，", ", "), c.place)),
        reason: if v.reads_reason { p.reason.clone() } else { texts.growth_file.ask_counsellor.to_owned() },
        may_decide: v.may.contains(&Right::Approve) && p.by != who.person(),
        is_own: p.by == who.person(),
        note: filled.get("note"),
    })
}

/// What whoever proposed to lower it said of means.
fn means_asked(v: &AlertView) -> Option<bool> {
    let said = v.events.iter().rev().find(|e| e.kind == "lowering_proposed").and_then(|e| e.body.as_deref())?;
    let said: serde_json::Value = serde_json::from_str(said).ok()?;
    said.get("means_asked")?.as_bool()
}

fn assess_form(v: &AlertView, lang: Lang, filled: &Filled<'_>) -> Option<shown::AssessForm> {
    let a = &v.summary.alert;
    if !a.state.is_open() || !v.may.contains(&Right::Assess) {
        return None;
    }
    // While something waits for a second signature, a danger may still be called greater.
    let waits = v.proposal.is_some();
    let levels: Vec<Level> = [Level::Red, Level::Orange, Level::Yellow, Level::Blue]
        .into_iter()
        .filter(|level| !waits || *level > a.climb.level)
        .collect();
    if levels.is_empty() {
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
        levels: levels.into_iter().map(choice).collect(),
        reason: filled.get("reason"),
        reason_limit: REASON_CHARS,
        means_asked: filled.get("means_asked").parse().ok(),
        lowering_needs_second: a.climb.level.needs_second_signature() && !waits,
    })
}
