//! What is told of an alert on its page: what was reported and why it is there, whom it reached, what was done.

use casework::{AlertView, EventRecord, LadderRung, MessageRecord, Report};
use domain::delivery::Standing;
use domain::escalation::ClimbState;
use domain::lang::Lang;
use domain::notice::NoticeKind;
use domain::observation::{SafeNow, WhereNow};

use super::view::alert as shown;
use super::words::{moment, sending, sending_of, tone, words_of};
use crate::present::event_text;
use crate::state::Api;

/// Who reported it: name and role.
pub(super) fn reporter(r: &Report, lang: Lang) -> String {
    words_of(lang).with_office(&r.record.by_name, r.role.map(|role| role.name(lang)).unwrap_or_default())
}

/// Where a report stands on the page.
pub(super) fn anchor(id: domain::id::ObservationId) -> String {
    format!("report-{id}")
}

/// What was reported, newest first.
pub(super) fn reports(api: &Api, v: &AlertView, lang: Lang) -> Vec<shown::Report> {
    let t = words_of(lang).texts();
    let one = |r: &Report| {
        let (o, f) = (&r.record.observation, &r.record.observation.filing);
        let place = match f.where_now {
            WhereNow::School => t.observation.at_school,
            WhereNow::Dormitory => t.observation.at_dormitory,
            WhereNow::Home => t.observation.at_home,
            WhereNow::Elsewhere => t.observation.at_elsewhere,
            WhereNow::Unknown => t.observation.at_unknown,
        };
        let safe = match f.safe_now {
            SafeNow::Yes => t.observation.safe_yes,
            SafeNow::No => t.observation.safe_no,
            SafeNow::Unknown => t.observation.safe_unknown,
        };
        let with = f.with_whom.clone().unwrap_or_else(|| t.alert.report_unsaid.to_owned());
        let answer = |label: &str, answer: String| (label.to_owned(), answer);
        shown::Report {
            id: anchor(o.id),
            by: reporter(r, lang),
            seen_at: moment(api, f.observed_at),
            received_at: moment(api, o.received_at),
            answers: vec![
                answer(t.alert.report_where, place.to_owned()),
                answer(t.alert.report_with, with),
                answer(t.alert.report_safe, safe.to_owned()),
            ],
            unsafe_now: f.safe_now == SafeNow::No,
            signs: f.signs.iter().filter_map(|c| api.desk.catalogue.get(c)).map(|s| s.name(lang).to_owned()).collect(),
            words: f.narrative.clone(),
        }
    };
    // What the alert rests on without having joined it is older, and comes last.
    let (joined, before): (Vec<&Report>, Vec<&Report>) = v.reports.iter().partition(|r| r.record.joined);
    joined.into_iter().chain(before).map(one).collect()
}

/// Why there is an alert, each reason once, with what it rests on.
pub(super) fn reasons(api: &Api, v: &AlertView, lang: Lang) -> Vec<shown::Reason> {
    let mut out: Vec<shown::Reason> = Vec::new();
    for r in &v.reasons {
        let (rule, version) = (r.reason.rule.clone(), r.reason.version.clone());
        let known = out.iter_mut().find(|o| o.rule == rule && o.version == version);
        let evidence = r.reason.evidence.iter().filter_map(|id| evidence(api, v, *id, lang));
        match known {
            // Several observations may have fired the same rule.
            Some(reason) => {
                for e in evidence.collect::<Vec<_>>() {
                    if !reason.evidence.contains(&e) {
                        reason.evidence.push(e);
                    }
                }
            }
            None => {
                let text = r.reason.text(lang).to_owned();
                out.push(shown::Reason { text, rule, version, evidence: evidence.collect() });
            }
        }
    }
    out
}

fn evidence(api: &Api, v: &AlertView, id: domain::id::ObservationId, lang: Lang) -> Option<shown::Evidence> {
    let r = v.reports.iter().find(|r| r.record.observation.id == id)?;
    let seen = moment(api, r.record.observation.filing.observed_at).text;
    let label = format!("{seen} {}", reporter(r, lang));
    Some(shown::Evidence { label, text: String::new(), href: Some(format!("#{}", anchor(id))) })
}

/// That it was higher before, and who lowered it when.
pub(super) fn lowered(api: &Api, v: &AlertView, lang: Lang) -> Option<String> {
    let words = words_of(lang);
    let (index, last) = v.events.iter().enumerate().rev().find(|(_, e)| e.level_change().is_some())?;
    let (from, to) = last.level_change().filter(|(from, to)| to < from)?;
    let name = |e: &EventRecord| e.by.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let proposed = v.events.iter().take(index).rev().find(|e| e.kind == "lowering_proposed");
    let by = match proposed.filter(|_| last.kind == "lowered") {
        Some(proposed) => words.proposed_and_signed(&name(proposed), &name(last)),
        None => vec![name(last)],
    };
    Some(words.was_higher(from.name(lang), to.name(lang), &by, &moment(api, last.at).text))
}

/// Where the alarms of a rung's latest turn stand.
fn standings(v: &AlertView, rung: u8) -> Vec<Standing> {
    let alarms = || v.messages.iter().filter(|m| m.kind == NoticeKind::Alarm && m.rung == rung);
    let turn = alarms().map(|m| m.epoch).max();
    alarms().filter(|m| Some(m.epoch) == turn).map(MessageRecord::standing).collect()
}

/// A rung of the ladder.
pub(super) fn rung(api: &Api, v: &AlertView, r: &LadderRung, lang: Lang) -> shown::LadderRung {
    let climb = &v.summary.alert.climb;
    let over = matches!(climb.state, ClimbState::Settled { .. } | ClimbState::Closed);
    let open = matches!(climb.state, ClimbState::Open { .. });
    let state = match r.rung.cmp(&climb.rung) {
        std::cmp::Ordering::Greater if over => shown::RungState::Unneeded,
        std::cmp::Ordering::Greater => shown::RungState::Upcoming,
        std::cmp::Ordering::Less | std::cmp::Ordering::Equal if r.unneeded => shown::RungState::Unneeded,
        std::cmp::Ordering::Less | std::cmp::Ordering::Equal if r.reached_at.is_none() => shown::RungState::Skipped,
        std::cmp::Ordering::Equal if open => shown::RungState::Current,
        std::cmp::Ordering::Less | std::cmp::Ordering::Equal => shown::RungState::Reached,
    };
    let mut people: Vec<String> = Vec::new();
    for (office, id, name) in &r.people {
        let title = r.titles.iter().find(|(person, _)| person == id).map(|(_, role)| role.name(lang));
        let person = format!("{} {name}", title.unwrap_or_else(|| office.name(lang)));
        if !people.contains(&person) {
            people.push(person);
        }
    }
    let planned = (state == shown::RungState::Upcoming).then_some(r.due_at).flatten();
    let told = matches!(state, shown::RungState::Current | shown::RungState::Reached);
    shown::LadderRung {
        tier: r.tier.name(lang).to_owned(),
        people,
        due_at: planned.map(|at| moment(api, at)),
        reached_at: r.reached_at.map(|at| moment(api, at)),
        late: climb.late && r.rung == climb.rung,
        sending: told.then(|| sending(api, &standings(v, r.rung), lang)).flatten(),
        state,
    }
}

/// Everybody who was written to, whoever was written to last first.
pub(super) fn messages(api: &Api, v: &AlertView, lang: Lang) -> Vec<shown::Written> {
    let mut all: Vec<&MessageRecord> = v.messages.iter().collect();
    all.sort_by_key(|m| std::cmp::Reverse(m.created_at));
    let mut out: Vec<(domain::id::PersonId, shown::Written)> = Vec::new();
    for m in all {
        let (state, tone) = (sending_of(api, m, lang), tone(m.standing().state));
        let message = shown::Message { channel: m.channel.name(lang).to_owned(), state, tone };
        match out.iter_mut().find(|(id, _)| *id == m.person.0) {
            Some((_, written)) => written.messages.push(message),
            None => out.push((m.person.0, shown::Written { person: m.person.1.clone(), messages: vec![message] })),
        }
    }
    out.into_iter().map(|(_, written)| written).collect()
}

/// What happened, latest first; a rung that was reached with what became of its messages.
pub(super) fn events(api: &Api, v: &AlertView, lang: Lang) -> Vec<shown::AlertEvent> {
    let one = |e: &EventRecord| {
        let text = event_text(&e.kind, e.body.as_deref(), lang);
        let became = (e.kind == "rung_told").then(|| became_of(api, v, e, lang)).flatten();
        shown::AlertEvent {
            at: moment(api, e.at),
            by: e.by.as_ref().map(|(_, name)| name.clone()),
            text: became.map_or(text.clone(), |became| format!("{text}{}{became}", lang.pick("：", ": "))),
        }
    };
    v.events.iter().rev().map(one).collect()
}

fn became_of(api: &Api, v: &AlertView, e: &EventRecord, lang: Lang) -> Option<String> {
    let body: serde_json::Value = serde_json::from_str(e.body.as_deref()?).ok()?;
    let rung = u8::try_from(body.get("rung")?.as_u64()?).ok()?;
    let of_it = |m: &&MessageRecord| m.kind == NoticeKind::Alarm && m.rung == rung && m.created_at == e.at;
    let standings: Vec<Standing> = v.messages.iter().filter(of_it).map(MessageRecord::standing).collect();
    sending(api, &standings, lang)
}
