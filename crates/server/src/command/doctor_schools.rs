//! Every school under the policy: what is missing, and what a red on a holiday night would do.

use std::collections::BTreeMap;

use casework::SchoolCoverage;
use domain::coverage::{Found, SchoolFacts, Severity, holiday_night, lint, minutes_to_principal, stale, timeline};
use domain::delivery::Channel;
use domain::id::PersonId;
use domain::lang::Lang;
use domain::time::{Clock, Timestamp};
use storage::{Read, Storage};

use super::print;
use crate::assemble::Rules;
use crate::seams::SystemClock;

/// Looks at every school; says whether the service could do its work.
pub(crate) async fn schools(storage: &Storage, rules: &Rules, carried: &[Channel]) -> anyhow::Result<bool> {
    let (read, now) = (storage.read(), SystemClock.now());
    match minutes_to_principal(&rules.policy) {
        Some(n) => {
            print(&format!("ok      红色预警 {n} 分钟内告知校长 / a red reaches the principal within {n} minutes"))
        }
        None => print("FAULT   红色预警不告知校长 / a red never reaches the principal"),
    }
    let mut well = !carried.is_empty();
    if carried.is_empty() {
        print("FAULT   [no_channel] 没有任何通知渠道 / no channel: nobody can be told");
    }
    for school in read.schools().await? {
        print(&format!("school  {} {}", school.id, school.name));
        let facts = SchoolCoverage::facts(carried, &read, school.id, now).await?;
        let mut found = lint(&rules.policy, &rules.calendar, &facts, carried);
        found.extend(dead_numbers(&read, &facts, now).await?);
        for one in &found {
            well &= one.severity != Severity::Refusing;
            print(&line(one));
        }
        for text in night(&read, rules, &facts).await? {
            print(&text);
        }
    }
    Ok(well)
}

fn line(found: &Found) -> String {
    let word = match found.severity {
        Severity::Refusing => "FAULT  ",
        Severity::Warning => "WARNING",
        Severity::Note => "note   ",
    };
    format!("{word} [{}] {} / {}", found.code, found.zh, found.en)
}

/// Numbers that nothing has reached for ninety days.
async fn dead_numbers(read: &Read<'_>, facts: &SchoolFacts, now: Timestamp) -> anyhow::Result<Vec<Found>> {
    let mut out = Vec::new();
    let people: std::collections::BTreeSet<PersonId> = facts.sources.contacts.iter().map(|c| c.person).collect();
    for person in people {
        let contacts = read.contact_methods(person).await?;
        let verified = contacts.into_iter().filter(|c| c.method.verified_at.is_some());
        let reached = verified.map(|c| (c.id, c.last_ok_at.max(c.method.verified_at)));
        for id in stale(reached, now) {
            out.push(Found {
                severity: Severity::Warning,
                code: "number_stale",
                zh: format!("{person} 的联系方式 {id} 九十天没有成功送达，请重新验证"),
                en: format!("nothing has reached {person} by {id} for ninety days: test it again"),
            });
        }
    }
    Ok(out)
}

/// The timeline of a red at three in the morning of the next holiday Sunday, one line a message.
async fn night(read: &Read<'_>, rules: &Rules, facts: &SchoolFacts) -> anyhow::Result<Vec<String>> {
    let start = holiday_night(&rules.calendar, facts.now);
    let lines = timeline(&rules.policy, &rules.calendar, facts, start);
    let people: Vec<PersonId> = lines.iter().map(|l| l.person).collect();
    let names: BTreeMap<PersonId, String> = read.names(&people).await?.into_iter().map(|p| (p.id, p.name)).collect();
    let date = rules.calendar.local(start).format("%Y-%m-%d %H:%M");
    let mut out = vec![format!("dry run 红色预警，{date}，无人接手 / a red that nobody takes")];
    for l in &lines {
        let at = rules.calendar.local(l.at).format("%H:%M");
        let office = l.office.map(|o| o.name(Lang::Zh)).unwrap_or_default();
        let name = names.get(&l.person).map(String::as_str).unwrap_or_default();
        out.push(format!("  {at}  {}  {office}  {name}  {}", l.rung, l.channel.name(Lang::Zh)));
    }
    Ok(out)
}
