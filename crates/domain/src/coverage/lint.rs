//! Looks at a policy and a school together: what would go wrong, before it does.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::calendar::Calendar;
use crate::delivery::Channel;
use crate::directory::{Directory, Entry, Office, Sources};
use crate::level::Level;
use crate::org::Unit;
use crate::policy::{Policy, Span};
use crate::staff::Role;
use crate::time::Timestamp;

use super::{DutyTurn, Period, closes_a_cycle, duty_gaps, gaps};

/// The principal is told of a red within so many minutes.
const PRINCIPAL_MINUTES: u32 = 10;
/// So far ahead offices and nights are looked at.
const AHEAD_DAYS: i64 = 14;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Somebody has to do something about it soon.
    Warning,
    /// The service could not do its work.
    Refusing,
}

/// Something that the linter has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How bad it is.
    pub severity: Severity,
    /// Stable, snake_case.
    pub code: &'static str,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A school, as the linter looks at it.
#[derive(Debug, Clone)]
pub struct SchoolFacts {
    /// Its classes and grades, itself, its district.
    pub units: Vec<Unit>,
    /// Who holds what there, who stands in, and how they are reached by channels that are carried.
    pub sources: Sources,
    /// The duty roster.
    pub turns: Vec<DutyTurn>,
    /// Now.
    pub now: Timestamp,
}

/// Everything that is wrong with a policy in a school.
#[must_use]
pub fn lint(policy: &Policy, calendar: &Calendar, school: &SchoolFacts, carried: &[Channel]) -> Vec<Found> {
    let mut out = Vec::new();
    principal(policy, &mut out);
    channels(policy, carried, &mut out);
    super::silent_night::silent_night(policy, calendar, school, carried, &mut out);
    offices(policy, school, &mut out);
    thin(policy, school, &mut out);
    on_leave(policy, school, &mut out);
    rings(school, &mut out);
    roster(calendar, school, &mut out);
    counsellor(school, &mut out);
    super::audiences::audiences(policy, school, &mut out);
    out.sort_by_key(|f| std::cmp::Reverse(f.severity));
    out
}

pub(super) fn add(
    out: &mut Vec<Found>,
    severity: Severity,
    code: &'static str,
    zh: impl Into<String>,
    en: impl Into<String>,
) {
    out.push(Found { severity, code, zh: zh.into(), en: en.into() });
}

/// Minutes until the principal is told of a red that nobody takes.
#[must_use]
pub fn minutes_to_principal(policy: &Policy) -> Option<u32> {
    let mut minutes = 0_u32;
    for rung in &policy.ladder(Level::Red).rungs {
        if rung.who.contains(&Office::Principal) {
            return Some(minutes);
        }
        match rung.wait {
            Span::Minutes(n) | Span::WakingMinutes(n) => minutes = minutes.saturating_add(n),
            Span::SchoolDays(_) => return None,
        }
    }
    None
}

fn principal(policy: &Policy, out: &mut Vec<Found>) {
    if minutes_to_principal(policy).is_none_or(|m| m > PRINCIPAL_MINUTES) {
        let zh = format!("红色预警超过 {PRINCIPAL_MINUTES} 分钟才告知校长");
        let en = format!("a red reaches the principal after more than {PRINCIPAL_MINUTES} minutes");
        add(out, Severity::Refusing, "principal_too_late", zh, en);
    }
}

fn channels(policy: &Policy, carried: &[Channel], out: &mut Vec<Found>) {
    if carried.is_empty() {
        add(out, Severity::Refusing, "no_channel", "没有任何通知渠道，谁也通知不到", "no channel: nobody can be told");
        return;
    }
    if !carried.contains(&Channel::Voice) && !policy.red.calls.is_empty() {
        let every = policy.red.night_repeat_minutes;
        let sms = carried.contains(&Channel::Sms);
        let severity = if sms { Severity::Warning } else { Severity::Refusing };
        let (zh, en) = if sms {
            (
                format!("!!! 没有语音渠道：夜里红色预警不会打电话，只能每 {every} 分钟重发短信"),
                format!(
                    "!!! NO VOICE CHANNEL: a red at night rings nowhere; an SMS is repeated every {every} minutes instead"
                ),
            )
        } else {
            (
                "!!! 既没有语音也没有短信：夜里叫不醒任何人".to_owned(),
                "!!! NEITHER VOICE NOR SMS: a mail wakes nobody at night".to_owned(),
            )
        };
        add(out, severity, "no_voice", zh, en);
    }
}

fn offices(policy: &Policy, school: &SchoolFacts, out: &mut Vec<Found>) {
    use crate::lang::Lang;
    let window = Period { from: school.now, to: school.now + TimeDelta::days(AHEAD_DAYS) };
    for gap in gaps(&school.sources, policy, &school.units, window) {
        let (zh, en) = (gap.office.name(Lang::Zh), gap.office.name(Lang::En));
        let (unit, from) = (gap.unit, gap.period.from.format("%Y-%m-%d %H:%MZ"));
        let zh = format!("{zh}（{unit}）自 {from} 起无人可通知");
        add(out, Severity::Warning, "office_empty", zh, format!("{en} of {unit}: nobody can be told from {from} on"));
    }
    for (rung, step) in policy.ladder(Level::Red).rungs.iter().enumerate() {
        if Directory::of(&school.sources, &school.units, school.now).people(&step.who).is_empty() {
            let zh = format!("红色第 {rung} 级没有任何人可通知");
            add(
                out,
                Severity::Refusing,
                "rung_empty",
                zh,
                format!("red, rung {rung}: there is nobody who can be told"),
            );
        }
    }
}

/// Each rung of each level wants somebody with two verified channels, or a deputy.
fn thin(policy: &Policy, school: &SchoolFacts, out: &mut Vec<Found>) {
    let directory = Directory::of(&school.sources, &school.units, school.now);
    let sure = |e: &&Entry| e.channels.len() >= 2 || e.deputy_of.is_some();
    for level in Level::ALL {
        for (rung, step) in policy.ladder(level).rungs.iter().enumerate() {
            let people = directory.people(&step.who);
            if !people.is_empty() && !people.iter().any(sure) {
                let key = level.key();
                let zh = format!("{key} 第 {rung} 级：没有人有两种验证过的联系方式，也没有代理人");
                let en = format!("{key}, rung {rung}: nobody has two verified channels or a deputy");
                add(out, Severity::Warning, "rung_thin", zh, en);
            }
        }
    }
}

/// Whoever is at the top and away leaves the last rung to his deputy.
fn on_leave(policy: &Policy, school: &SchoolFacts, out: &mut Vec<Found>) {
    let away = |e: &Entry| school.sources.deputies.iter().any(|d| d.person == e.person && d.holds(school.now));
    let directory = Directory::of(&school.sources, &school.units, school.now);
    let Some(top) = policy.ladder(Level::Red).rungs.last() else { return };
    let people = directory.people(&top.who);
    let own: Vec<&&Entry> = people.iter().filter(|e| e.deputy_of.is_none()).collect();
    if !own.is_empty() && own.iter().all(|e| away(e)) {
        let (zh, en) = ("红色最高一级的人都在休假", "everybody on a red's top rung is on leave");
        add(out, Severity::Warning, "top_on_leave", zh, en);
    }
}

fn rings(school: &SchoolFacts, out: &mut Vec<Found>) {
    let all = &school.sources.deputies;
    let rest = |i: usize| all.iter().take(i).cloned().collect::<Vec<_>>();
    if all.iter().enumerate().any(|(i, d)| closes_a_cycle(&rest(i), d)) {
        let (zh, en) = ("有人互相代理，成了一个圈", "deputies stand in for each other in a ring");
        add(out, Severity::Refusing, "deputies_in_a_ring", zh, en);
    }
}

fn roster(calendar: &Calendar, school: &SchoolFacts, out: &mut Vec<Found>) {
    let window = Period { from: school.now, to: school.now + TimeDelta::days(AHEAD_DAYS) };
    for gap in duty_gaps(&school.turns, &school.sources.contacts, calendar, window) {
        let clock = |at| calendar.local(at).format("%m-%d %H:%M").to_string();
        let (from, to) = (clock(gap.from), clock(gap.to));
        let (zh, en) = (format!("{from} 至 {to} 无人值班"), format!("nobody is on duty from {from} to {to}"));
        add(out, Severity::Warning, "duty_gap", zh, en);
    }
}

fn counsellor(school: &SchoolFacts, out: &mut Vec<Found>) {
    let here = |role| school.sources.positions.iter().any(|p| p.role == role && p.holds(school.now));
    if !here(Role::Counsellor) {
        let zh = "没有专职心理教师：须由中心校或教育局承担";
        let en = "no counsellor: the central school or the district has to stand in";
        add(out, Severity::Warning, "no_counsellor", zh, en);
    }
}

/// People whom nothing has reached for ninety days: their numbers may be dead. Takes when each was last reached.
#[must_use]
pub fn stale<T: Ord>(reached: impl IntoIterator<Item = (T, Option<Timestamp>)>, now: Timestamp) -> BTreeSet<T> {
    let old = |at: Option<Timestamp>| at.is_none_or(|at| now - at > TimeDelta::days(90));
    reached.into_iter().filter(|(_, at)| old(*at)).map(|(who, _)| who).collect()
}
