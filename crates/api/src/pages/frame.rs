//! The layout around every page, and pages as answers.

use std::sync::PoisonError;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use casework::{CaseError, Telephones, describe_positions, telephones};
use chrono::TimeDelta;
use domain::access::Right;
use domain::lang::Lang;

use super::assets;
use super::view::parts::{NavLink, Phone};
use super::view::shell::{Person, Shell};
use super::visitor::Visitor;
use super::words::{phone, words_of};
use crate::auth::lang_of;
use crate::json::shapes::rfc3339;
use crate::problem::Problem;
use crate::state::Api;

/// Writes a page.
pub(crate) fn page(status: StatusCode, template: &impl Template) -> Result<HttpResponse, Problem> {
    let html = template.render().map_err(|err| {
        tracing::error!(error = %err, "a page could not be written");
        Problem::internal()
    })?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
}

/// The layout for somebody who is signed in.
pub(crate) async fn shell_for(api: &Api, who: &Visitor) -> Result<Shell, CaseError> {
    let positions = describe_positions(&api.desk, &who.actor, who.lang).await?;
    let joined = |p: &casework::PositionView| format!("{} · {}", p.role.name(who.lang), p.unit_name);
    let schools = telephones(&api.desk, who).await?;
    keep_phones(api, &who.csrf, &schools);
    let district = || positions.first().map(|p| p.unit_name.clone());
    let institution = schools.first().map(|s| s.school.clone()).or_else(district).unwrap_or_default();
    let position = positions.iter().map(joined).collect::<Vec<_>>().join("；");
    Ok(Shell {
        institution,
        nav: nav(api, who),
        person: Some(Person { name: who.name.clone(), position }),
        csrf: who.csrf.clone(),
        key: api.desk.ids.uuid().simple().to_string(),
        ..bare(api, who.lang, &who.here)
    })
}

/// The layout for anybody.
pub(crate) fn shell_of(api: &Api, request: &HttpRequest) -> Shell {
    let here = request.uri().path_and_query().map_or("/", |p| p.as_str());
    bare(api, lang_of(request), here)
}

fn bare(api: &Api, lang: Lang, here: &str) -> Shell {
    let words = words_of(lang);
    Shell {
        lang: words,
        t: words.texts(),
        institution: String::new(),
        nav: Vec::new(),
        person: None,
        csrf: String::new(),
        key: String::new(),
        other_lang_href: in_language(here, words.other().code()),
        demo: api.settings.demonstration.is_some(),
        warning: unproven(api, lang),
        now: rfc3339(api.desk.now()),
        assets: assets::addresses(),
    }
}

/// After so long without a proof every page says so.
const PROOF_MINUTES: i64 = 15;

/// What is said when the service has not proved lately that it works.
fn unproven(api: &Api, lang: Lang) -> Option<String> {
    let (last, now) = (api.proof.as_ref()?.at(), api.desk.real_now());
    if now - last <= TimeDelta::minutes(PROOF_MINUTES) {
        return None;
    }
    let (since, today) = (api.desk.calendar.local(last), api.desk.calendar.local(now));
    let pattern = if since.date() == today.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    Some(words_of(lang).texts().shell.unproven.replace('#', &since.format(pattern).to_string()))
}

/// The same address in another language.
fn in_language(here: &str, code: &str) -> String {
    let (path, query) = here.split_once('?').unwrap_or((here, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("lang={code}")]).collect();
    format!("{path}?{}", query.join("&"))
}

fn nav(api: &Api, who: &Visitor) -> Vec<NavLink> {
    let t = &words_of(who.lang).texts().shell;
    let now = api.desk.now();
    let may = |right| who.actor.may_somewhere(right, now);
    let all = [
        ("/", t.nav_home, true),
        ("/observations/new", t.nav_report, may(Right::File)),
        ("/alerts", t.nav_alerts, may(Right::SeeAlert)),
        ("/cases", t.nav_cases, may(Right::KnowOfRestricted)),
    ];
    let path = who.here.split('?').next().unwrap_or_default();
    let current = |href: &str| path == href || (href == "/alerts" && path.starts_with("/alerts/"));
    let link = |(href, label, _): (&str, &str, bool)| NavLink {
        href: href.to_owned(),
        label: label.to_owned(),
        count: None,
        current: current(href),
    };
    all.into_iter().filter(|(_, _, may)| *may).map(link).collect()
}

/// The numbers that are always in sight: the schools' own, then police and ambulance.
pub(crate) fn phones(lang: Lang, schools: &[Telephones]) -> Vec<Phone> {
    let t = words_of(lang).texts();
    let mut out = Vec::new();
    for school in schools.iter().take(1) {
        out.extend(school.duty.as_ref().map(|n| phone(t.vocabulary.duty_leader, n)));
        out.extend(school.counsellor.as_ref().map(|n| phone(t.vocabulary.counsellor, n)));
    }
    out.push(phone(t.shell.phone_110, "110"));
    out.push(phone(t.shell.phone_120, "120"));
    out
}

/// How many people's telephones are kept at hand.
const AT_HAND: usize = 10_000;

/// Keeps the telephones of a session at hand, for the moment when the database refuses.
fn keep_phones(api: &Api, csrf: &str, schools: &[Telephones]) {
    let mut known = api.phones.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= AT_HAND {
        known.clear();
    }
    known.insert(csrf.to_owned(), schools.to_vec());
}

/// The telephones of a session, without asking the database.
pub(crate) fn known_phones(api: &Api, lang: Lang, csrf: &str) -> Vec<Phone> {
    let known = api.phones.lock().unwrap_or_else(PoisonError::into_inner);
    phones(lang, known.get(csrf).map(Vec::as_slice).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::in_language;

    #[test]
    fn the_other_language_keeps_the_rest_of_the_address() {
        assert_eq!(in_language("/alerts", "en"), "/alerts?lang=en");
        assert_eq!(in_language("/alerts?level=4&lang=zh", "en"), "/alerts?level=4&lang=en");
    }
}
