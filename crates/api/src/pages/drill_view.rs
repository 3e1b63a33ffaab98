//! The page of one drill, put together.

use casework::{CaseError, DrillReport, DrillView, PersonReport, RungReport};
use domain::delivery::MessageState;
use domain::escalation::ClimbState;
use domain::level::Level;

use super::drill_words::{answer, clock, figures, finding, kind, message, scope, span, state, texts};
use super::form::Fields;
use super::frame::shell_for;
use super::view::drill::{CustodyFields, Drill, Own, Person, Rung};
use super::view::parts::Errors;
use super::visitor::Visitor;
use super::words::{deadline, local_field};
use crate::state::Api;

/// Puts it together.
pub(crate) async fn view(
    api: &Api,
    who: &Visitor,
    v: &DrillView,
    errors: Errors,
    fields: &Fields,
) -> Result<Drill, CaseError> {
    let (d, lang) = (&v.drill, who.lang);
    let t = texts(lang);
    let next = match d.climb.state {
        ClimbState::Open { deadline: at, .. } => Some((t.next_rung, deadline(api, at, lang))),
        ClimbState::Acked { expires_at: at } => Some((t.reopens, deadline(api, at, lang))),
        ClimbState::Settled { .. } | ClimbState::Closed => None,
    };
    Ok(Drill {
        shell: shell_for(api, who).await?,
        errors,
        id: d.id.to_string(),
        kind: kind(d, lang),
        school: v.school.name.clone(),
        state: state(d, lang).to_owned(),
        runs: d.runs(),
        spared: v.report.as_ref().is_some_and(|r| r.figures.taken.is_some()),
        owner: v.report.as_ref().and(v.owner.clone()),
        next: next.filter(|_| d.runs()),
        ends: d.runs().then(|| deadline(api, d.ends_at, lang)),
        meta: v.report.as_ref().map(|_| meta(api, v, lang)).unwrap_or_default(),
        may_end: v.may_end && d.runs(),
        own: v.own.as_ref().map(|own| part(api, who, v, own, fields)),
        figures: v.report.as_ref().map(|r| figures(d, &r.figures, lang)).unwrap_or_default(),
        rungs: v.report.iter().flat_map(|r| &r.rungs).map(|r| rung(api, v, r, lang)).collect(),
        silent: v.report.as_ref().filter(|_| !d.runs()).map(|r| r.silent.clone()),
        findings: v.report.as_ref().map(|r| findings(r, lang)).unwrap_or_default(),
    })
}

fn meta(api: &Api, v: &DrillView, lang: domain::lang::Lang) -> Vec<(&'static str, String)> {
    let t = texts(lang);
    vec![
        (t.meta_by, v.started_by.clone()),
        (t.meta_at, clock(api, v.drill.started_at)),
        (t.meta_note, v.drill.note.clone()),
        (t.meta_scope, scope(&v.drill, lang)),
    ]
}

fn part(api: &Api, who: &Visitor, v: &DrillView, own: &PersonReport, fields: &Fields) -> Own {
    let (d, lang) = (&v.drill, who.lang);
    let open = matches!(d.climb.state, ClimbState::Open { .. });
    let mine = d.owner == Some(who.person()) && d.runs();
    let declined = own.answers.last().is_some_and(|a| a.kind == "declined");
    let custody = d.runs() && v.may_record && d.climb.level == Level::Red;
    let typed = fields.get("since");
    Own {
        messages: own.channels.iter().map(|c| message(api, c, lang)).collect(),
        answers: own.answers.iter().map(|a| answer(api, d, a, lang)).collect(),
        may_take: d.runs() && open,
        may_decline: d.runs() && ((open && !declined) || mine),
        custody: custody.then(|| CustodyFields {
            open: mine,
            adult: fields.get("adult").to_owned(),
            place: fields.get("where").to_owned(),
            since: if typed.is_empty() { local_field(api, api.desk.now()) } else { typed.to_owned() },
        }),
    }
}

fn rung(api: &Api, v: &DrillView, r: &RungReport, lang: domain::lang::Lang) -> Rung {
    let (t, d) = (texts(lang), &v.drill);
    let number = t.rung.replace('#', &(u32::from(r.rung) + 1).to_string());
    let tier = r.tier.map(|tier| format!(" · {}", tier.name(lang))).unwrap_or_default();
    let after = r.told_at.map(|at| (clock(api, at), span((at - d.started_at).num_seconds(), lang)));
    let told = after.map(|(at, after)| match lang {
        domain::lang::Lang::Zh => format!("{} {at}（开始后 {after}）", t.told_at),
        domain::lang::Lang::En => format!("{} {at} ({after} after the start)", t.told_at),
    });
    Rung {
        name: format!("{number}{tier}"),
        told: told.unwrap_or_default(),
        people: r.people.iter().map(|p| person(api, v, p, lang)).collect(),
    }
}

fn person(api: &Api, v: &DrillView, p: &PersonReport, lang: domain::lang::Lang) -> Person {
    Person {
        name: p.name.clone(),
        office: p.office.clone().unwrap_or_default(),
        messages: p.channels.iter().map(|c| message(api, c, lang)).collect(),
        answers: p.answers.iter().map(|a| answer(api, &v.drill, a, lang)).collect(),
    }
}

fn findings(r: &DrillReport, lang: domain::lang::Lang) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = r.findings.iter().filter_map(|f| finding(f, lang)).collect();
    let all = r.rungs.iter().flat_map(|r| &r.people).flat_map(|p| &p.channels);
    let no_text = |c: &casework::ByChannel| {
        c.state == MessageState::Failed && c.error.as_deref().is_some_and(|e| e.contains("no provider of this channel"))
    };
    if all.into_iter().any(no_text) {
        out.push(texts(lang).find_no_template);
    }
    out
}
