//! `/`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{AlertQuery, AlertSummary, Sight};
use chrono::Datelike;
use domain::access::Right;
use domain::alert::AlertState;

use super::alerts::label_of;
use super::frame::{page, shell_for};
use super::view::home::{Count, Home, HomeLink, UrgentAlert};
use super::visitor::{PageError, Visitor};
use super::words::{badge, deadline, words_of};
use crate::present::deadline_of;
use crate::state::Api;

const LOOKED_AT: u32 = 200;
const URGENT: usize = 3;

/// The home page.
#[get("/")]
pub(crate) async fn home(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    let query = AlertQuery { limit: LOOKED_AT, ..AlertQuery::default() };
    let open = casework::list_alerts(&api.desk, &who, &query).await?;
    let waiting = open.iter().filter(|(s, _)| s.alert.state == AlertState::Untriaged);
    let view = Home {
        shell: shell_for(&api, &who).await?,
        date: date(&api, &who),
        urgent: waiting.take(URGENT).filter_map(|(s, sight)| urgent(&api, &who, s, *sight)).collect(),
        links: links(&api, &who),
        counts: if open.is_empty() { Vec::new() } else { counts(&api, &who, &open) },
    };
    Ok(page(StatusCode::OK, &view)?)
}

fn date(api: &Api, who: &Visitor) -> String {
    const DAYS: [(&str, &str); 7] =
        [("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat"), ("日", "Sun")];
    let today = api.desk.calendar.date(api.desk.now());
    let index = usize::try_from(today.weekday().num_days_from_monday()).unwrap_or_default();
    let (zh, en) = DAYS.get(index).copied().unwrap_or_default();
    match who.lang {
        domain::lang::Lang::Zh => format!("{}月{}日 星期{zh}", today.month(), today.day()),
        domain::lang::Lang::En => format!("{en} {}", today.format("%Y-%m-%d")),
    }
}

fn urgent(api: &Api, who: &Visitor, s: &AlertSummary, sight: Sight) -> Option<UrgentAlert> {
    Some(UrgentAlert {
        href: format!("/alerts/{}", s.alert.id),
        level: badge(s.alert.climb.level, who.lang),
        student: label_of(api, s, sight, who.lang),
        deadline: deadline(api, deadline_of(&s.alert)?, who.lang),
    })
}

fn links(api: &Api, who: &Visitor) -> Vec<HomeLink> {
    let (t, now) = (&words_of(who.lang).texts().home, api.desk.now());
    let files = who.actor.may_somewhere(Right::File, now);
    let link = |href: &str, label: &str, hint: &str, primary| HomeLink {
        href: href.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        primary,
    };
    let mut out = Vec::new();
    if files {
        out.push(link("/observations/new", t.report, t.report_hint, true));
    }
    if who.actor.may_somewhere(Right::SeeAlert, now) {
        out.push(link("/alerts", t.alerts, t.alerts_hint, !files));
    }
    if super::duty::has_roster(api, who) {
        let (label, hint) = super::duty::link_words(who.lang);
        out.push(link("/duty", label, hint, false));
    }
    out
}

fn counts(api: &Api, who: &Visitor, open: &[(AlertSummary, Sight)]) -> Vec<Count> {
    let (t, now) = (&words_of(who.lang).texts().home, api.desk.now());
    let in_state = |state| open.iter().filter(|(s, _)| s.alert.state == state).count();
    let overdue = open.iter().filter(|(s, _)| deadline_of(&s.alert).is_some_and(|at| at < now)).count();
    let count = |label: &str, number: usize, href: Option<&str>| Count {
        label: label.to_owned(),
        number: number.to_string(),
        href: href.map(str::to_owned),
    };
    vec![
        count(t.count_untriaged, in_state(AlertState::Untriaged), Some("/alerts?state=untriaged")),
        count(t.count_overdue, overdue, None),
        count(t.count_responding, in_state(AlertState::Responding), Some("/alerts?state=responding")),
    ]
}
