//! `/`

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use casework::{AlertQuery, AlertSummary, Sight};
use chrono::Datelike;
use domain::access::Right;
use domain::alert::AlertState;
use domain::sweep::Sweep;

use super::alerts::label_of;
use super::frame::{page, shell_for};
use super::view::home::{Count, DueItem, Group, Home, HomeLink, Keeping, RunningDrill, UrgentAlert};
use super::visitor::{PageError, Visitor};
use super::words::{badge, deadline, masked, words_of};
use crate::present::{class_of, deadline_of};
use crate::state::Api;

const LOOKED_AT: u32 = 200;
const SHOWN: usize = 5;
const DUE_SHOWN: usize = 12;

/// The home page.
#[get("/")]
pub(crate) async fn home(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    let query = AlertQuery { limit: LOOKED_AT, ..AlertQuery::default() };
    let open = casework::list_alerts(&api.desk, &who, &query).await?;
    let (now, sees) = (api.desk.now(), who.actor.may_somewhere(Right::SeeAlert, api.desk.now()));
    let keeps = who.actor.may_somewhere(Right::ImportRoster, now);
    let view = Home {
        shell: shell_for(&api, &who).await?,
        date: date(&api, &who),
        due: due(&api, &who).await?,
        groups: groups(&api, &who, &open).await?,
        links: all_links(&api, &who).await?,
        drill: drill(&api, &who).await?,
        keeping: if keeps { keeping(&who) } else { Vec::new() },
        counts: if sees { counts(&api, &who, &open) } else { Vec::new() },
    };
    Ok(page(StatusCode::OK, &view)?)
}

type Seen = (AlertSummary, Sight);

/// What waits for this very person: what he may sign, what nobody has taken, what he has in hand by its deadline.
async fn groups(api: &Api, who: &Visitor, open: &[Seen]) -> Result<Vec<Group>, PageError> {
    let t = &words_of(who.lang).texts().home;
    let query = AlertQuery { to_sign: true, limit: LOOKED_AT, ..AlertQuery::default() };
    let to_sign = casework::list_alerts(&api.desk, who, &query).await?;
    let query = AlertQuery { offered: true, limit: LOOKED_AT, ..AlertQuery::default() };
    let offered = casework::list_alerts(&api.desk, who, &query).await?;
    let waiting = open.iter().filter(|(s, _)| s.alert.waits()).collect();
    let mut mine: Vec<&Seen> = open.iter().filter(|(s, _)| s.alert.owner == Some(who.person())).collect();
    mine.retain(|(s, _)| !s.alert.waits());
    mine.sort_by_key(|(s, _)| deadline_of(&s.alert));
    let group = |id, title: &str, all: Vec<&Seen>, href| Group {
        id,
        title: title.to_owned(),
        more_href: (all.len() > SHOWN).then_some(href),
        alerts: all.into_iter().take(SHOWN).filter_map(|(s, sight)| urgent(api, who, s, *sight)).collect(),
    };
    let mut out = vec![
        group("to-sign", t.to_sign, to_sign.iter().collect(), "/alerts?only=to_sign"),
        group(
            "offered",
            words_of(who.lang).texts().decide.home_offered,
            offered.iter().collect(),
            "/alerts?only=offered",
        ),
        group("urgent", t.needs_you, waiting, "/alerts?state=untriaged"),
        group("mine", t.mine, mine, "/alerts?only=mine"),
    ];
    out.retain(|g| !g.alerts.is_empty());
    Ok(out)
}

/// What the reader owes by the end of today.
async fn due(api: &Api, who: &Visitor) -> Result<Vec<DueItem>, PageError> {
    let (lang, found) = (who.lang, casework::due_today(&api.desk, who).await?);
    let today = api.desk.calendar.date(api.desk.now());
    let label =
        |class: &casework::ClassRecord, name: &str| format!("{} {}", class_of(class, today, lang), masked(name));
    let task = |t: &casework::TaskRecord| DueItem {
        href: format!("/tasks/{}", t.id),
        kind: t.kind.name(lang).to_owned(),
        student: t.about.student().map_or_else(|| class_of(t.about.class(), today, lang), |s| label(&s.class, &s.name)),
        deadline: deadline(api, t.due_at, lang),
    };
    let recheck = |(s, at): &(AlertSummary, domain::time::Timestamp)| DueItem {
        href: format!("/alerts/{}", s.alert.id),
        kind: lang.pick("结案回访", "look again").to_owned(),
        student: label(&s.class, &s.student_name),
        deadline: deadline(api, *at, lang),
    };
    let mut out: Vec<DueItem> = found.rechecks.iter().map(recheck).chain(found.tasks.iter().map(task)).collect();
    out.truncate(DUE_SHOWN);
    Ok(out)
}

/// The drill that runs, where it concerns the reader.
async fn drill(api: &Api, who: &Visitor) -> Result<Option<RunningDrill>, PageError> {
    let running = casework::running_for(&api.desk, who).await?;
    Ok(running.map(|d| RunningDrill {
        href: format!("/drills/{}", d.id),
        kind: super::drill_words::kind(&d, who.lang),
        state: super::drill_words::state(&d, who.lang),
    }))
}

fn keeping(who: &Visitor) -> Vec<Keeping> {
    let t = &words_of(who.lang).texts().home;
    vec![
        Keeping {
            title: t.roster,
            text: t.roster_text,
            commands: &["xindeng import roster 名册.xlsx --school 学校名称 --dry-run", "POST /api/v1/roster/imports"],
        },
        Keeping { title: t.accounts, text: t.accounts_text, commands: &["xindeng staff add --help"] },
    ]
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

async fn all_links(api: &Api, who: &Visitor) -> Result<Vec<HomeLink>, PageError> {
    let mut out = links(api, who, casework::waiting_for_answer(&api.desk, who).await?);
    if let Some(waits) = casework::appointments_to_decide(&api.desk, who).await? {
        let none = who.lang.pick("管理员提出的任职", "positions that were proposed").to_owned();
        let hint =
            if waits == 0 { none } else { format!("{waits} {}", who.lang.pick("项等您确认", "wait for you")) };
        let label = super::appointments::title(who.lang).to_owned();
        let link = HomeLink { href: "/appointments".to_owned(), label, hint, primary: waits > 0 };
        // What waits stands first.
        out.insert(if waits > 0 { 0 } else { out.len() }, link);
    }
    Ok(out)
}

fn links(api: &Api, who: &Visitor, students: usize) -> Vec<HomeLink> {
    let (t, now) = (&words_of(who.lang).texts().home, api.desk.now());
    let today = api.desk.calendar.date(now);
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
    if files && who.reads_back() {
        out.push(link("/observations", t.mine_filed, t.mine_filed_hint, false));
    }
    if super::reports::has_reports(api, who) {
        let t = &words_of(who.lang).texts().reports;
        out.push(link("/reports", t.title, t.hint, false));
        let t = &words_of(who.lang).texts().sweeps;
        if Sweep::of(today, &api.desk.calendar).is_some_and(|s| s.is_on(today)) {
            out.push(link("/sweeps", t.title, t.hint, false));
        }
    }
    if who.actor.may_somewhere(Right::SeeDuty, now) {
        let t = &words_of(who.lang).texts().care;
        out.push(link("/tasks", t.tasks, t.tasks_hint, false));
    }
    if who.actor.may_somewhere(Right::ReportByLaw, now) || who.actor.may_somewhere(Right::SeeByLaw, now) {
        let hint = who.lang.pick("怀疑就报，不必查实", "To suspect is enough");
        out.push(link("/mandatory-reports", super::mandatory_view::title(who.lang), hint, false));
    }
    if who.actor.may_somewhere(Right::HandOverStudent, now) {
        let t = &words_of(who.lang).texts().student_hand_over;
        let hint = if students == 0 { t.hint.to_owned() } else { format!("{students} {}", t.waits) };
        out.push(link("/student-hand-overs", t.title, &hint, students > 0));
    }
    if files && who.reads_back() {
        let t = &words_of(who.lang).texts().plan;
        out.push(link("/measures", t.measures_title, t.measures_hint, false));
    }
    if who.actor.may_somewhere(Right::SeeSamples, now) {
        let hint = who.lang.pick("上一级查看签字决定", "what the tier above found");
        out.push(link("/decision-samples", super::samples::title(who.lang), hint, false));
    }
    if who.actor.may_somewhere(Right::SeeDrills, now) {
        let t = super::drill_words::texts(who.lang);
        out.push(link("/drills", t.title, t.hint, false));
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
        count(t.count_overdue, overdue, Some("/alerts?only=overdue")),
        count(t.count_taken, in_state(AlertState::Acknowledged), Some("/alerts?state=acknowledged")),
        count(t.count_assessed, in_state(AlertState::Assessed), Some("/alerts?state=assessed")),
    ]
}
