//! `/alerts`: the inbox 处置台.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{AlertQuery, AlertSummary, CaseError, Sight};
use domain::access::Right;
use domain::alert::AlertState;
use domain::lang::Lang;
use domain::level::Level;
use domain::time::Timestamp;

use super::form::Fields;
use super::frame::{page, shell_for};
use super::view::alerts::{AlertRow, Alerts, EmptyList, FilterGroup};
use super::view::parts::NavLink;
use super::visitor::{PageError, Visitor};
use super::words::{badge, deadline, masked, moment, words_of};
use crate::json::page::{bad_cursor, cursor, parts};
use crate::present::{class_of, deadline_of, hidden_name};
use crate::problem::Problem;
use crate::state::Api;

const ROWS: usize = 50;
/// The filters that an address may carry, in its order.
const FILTERS: [&str; 7] = ["only", "state", "level", "class", "grade", "school", "cursor"];

/// Class and masked name.
pub(crate) fn label_of(api: &Api, s: &AlertSummary, sight: Sight, lang: Lang) -> String {
    let today = api.desk.calendar.date(api.desk.now());
    match sight {
        Sight::Full => format!("{} {}", class_of(&s.class, today, lang), masked(&s.student_name)),
        Sight::Named => masked(&s.student_name),
        Sight::Minimal => hidden_name(lang),
    }
}

/// The list of alerts.
#[get("/alerts")]
pub(crate) async fn alerts(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    if !who.actor.may_somewhere(Right::SeeAlert, api.desk.now()) {
        return Err(Problem::from(CaseError::Forbidden).into());
    }
    let query = wanted(&fields)?;
    let mut found = casework::list_alerts(&api.desk, &who, &query).await?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let row = |(s, sight): &(AlertSummary, Sight)| row(&api, &who, s, *sight);
    let view = Alerts {
        shell: shell_for(&api, &who).await?,
        tabs: tabs(&fields, &who, api.desk.now()),
        filters: filters(&fields, &who),
        rows: found.iter().map(row).collect(),
        empty: empty(&fields),
        next_href: found.last().filter(|_| more).map(|(s, _)| address(&fields, "cursor", &mark(s))),
        self_href: who.here.clone(),
        updated_at: moment(&api, api.desk.now()).text,
    };
    Ok(page(StatusCode::OK, &view)?)
}

fn mark(s: &AlertSummary) -> String {
    let due = deadline_of(&s.alert).map_or(i64::MAX, domain::time::to_micros);
    cursor(&[s.alert.climb.level.number().to_string(), due.to_string(), s.alert.id.to_string()])
}

/// An unknown filter is no filter; a cursor of somebody else's is a fault.
fn wanted(fields: &Fields) -> Result<AlertQuery, Problem> {
    let level = |t: &str| t.parse::<u8>().ok().and_then(|n| Level::try_from(n).ok());
    let after = match fields.get("cursor") {
        "" => None,
        text => match parts(text, 3)?.as_slice() {
            [l, due, id] => {
                let mark = level(l).zip(due.parse().ok()).zip(id.parse().ok()).map(|((l, d), i)| (l, d, i));
                Some(mark.ok_or_else(|| Problem::invalid(vec![bad_cursor()]))?)
            }
            _ => None,
        },
    };
    Ok(AlertQuery {
        state: AlertState::from_key(fields.get("state")),
        level: level(fields.get("level")),
        class: fields.get("class").parse().ok(),
        grade: fields.get("grade").parse().ok(),
        school: fields.get("school").parse().ok(),
        mine: fields.get("only") == "mine",
        to_sign: fields.get("only") == "to_sign",
        offered: fields.get("only") == "offered",
        overdue: fields.get("only") == "overdue",
        after,
        limit: u32::try_from(ROWS).unwrap_or(u32::MAX).saturating_add(1),
    })
}

/// The same list with one filter changed; an empty value takes it away.
fn address(fields: &Fields, name: &str, value: &str) -> String {
    let mut query = Vec::new();
    for key in FILTERS {
        let kept = if key == name { value } else { fields.get(key) };
        if !kept.is_empty() && (key == name || key != "cursor") {
            query.push(format!("{key}={}", super::visitor::encoded(kept)));
        }
    }
    if query.is_empty() { "/alerts".to_owned() } else { format!("/alerts?{}", query.join("&")) }
}

fn link(fields: &Fields, name: &str, value: &str, label: &str) -> NavLink {
    NavLink {
        href: address(fields, name, value),
        label: label.to_owned(),
        count: None,
        current: fields.get(name) == value,
    }
}

/// Tabs exclude each other: each takes the other's filter away.
fn tabs(fields: &Fields, who: &Visitor, now: Timestamp) -> Vec<NavLink> {
    let t = &words_of(who.lang).texts().alert;
    let (only, state) = (fields.get("only"), fields.get("state"));
    let tab = |key: &str, value: &str, label: &str| NavLink {
        href: if key.is_empty() { "/alerts".to_owned() } else { format!("/alerts?{key}={value}") },
        label: label.to_owned(),
        count: None,
        current: match key {
            "only" => only == value,
            "state" => only.is_empty() && state == value,
            _ => only.is_empty() && state.is_empty(),
        },
    };
    let mut out = vec![tab("", "", t.all)];
    if who.actor.may_somewhere(Right::Approve, now) {
        out.push(tab("only", "to_sign", t.to_sign));
    }
    out.extend([tab("only", "mine", t.mine), tab("only", "overdue", t.overdue)]);
    for state in [AlertState::Untriaged, AlertState::Acknowledged, AlertState::Assessed] {
        out.push(tab("state", state.key(), state.name(who.lang)));
    }
    out
}

fn filters(fields: &Fields, who: &Visitor) -> Vec<FilterGroup> {
    let (lang, t) = (who.lang, words_of(who.lang).texts());
    let mut levels = vec![link(fields, "level", "", t.alert.all)];
    for level in [Level::Red, Level::Orange, Level::Yellow, Level::Blue] {
        levels.push(link(fields, "level", &level.number().to_string(), &badge(level, lang).label));
    }
    let mut states = vec![link(fields, "state", "", t.alert.all)];
    for state in AlertState::ALL {
        states.push(link(fields, "state", state.key(), state.name(lang)));
    }
    vec![
        FilterGroup { label: t.alert.by_level.to_owned(), links: levels },
        FilterGroup { label: t.alert.by_state.to_owned(), links: states },
    ]
}

fn empty(fields: &Fields) -> EmptyList {
    let filtered = FILTERS.iter().any(|f| !fields.get(f).is_empty());
    if filtered { EmptyList::NoMatch { clear_href: "/alerts".to_owned() } } else { EmptyList::Done }
}

fn row(api: &Api, who: &Visitor, s: &AlertSummary, sight: Sight) -> AlertRow {
    let (a, lang) = (&s.alert, who.lang);
    let today = api.desk.calendar.date(api.desk.now());
    AlertRow {
        href: format!("/alerts/{}", a.id),
        level: badge(a.climb.level, lang),
        student: if sight == Sight::Minimal { hidden_name(lang) } else { masked(&s.student_name) },
        class: if sight == Sight::Full { class_of(&s.class, today, lang) } else { s.school.name.clone() },
        deadline: deadline_of(a).map(|at| deadline(api, at, lang)),
        owner: s.owner_name.clone(),
        state: a.state.name(lang).to_owned(),
        signing: sight == Sight::Full && s.proposed_by.is_some(),
        waiting: a.waits(),
    }
}
