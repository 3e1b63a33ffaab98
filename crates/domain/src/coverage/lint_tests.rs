use super::tests::{calendar, deputy, hour, person, policy, school, sms, turn};
use super::*;
use crate::delivery::Channel;
use crate::directory::Office;
use crate::staff::{ContactMethod, Role};

fn facts() -> SchoolFacts {
    let (mut sources, units) = school();
    let mail = |n| ContactMethod { channel: Channel::Mail, address: format!("{n}@x.example"), ..sms(n) };
    let voice = |n| ContactMethod { channel: Channel::Voice, ..sms(n) };
    sources.contacts.extend((1..8).map(mail));
    sources.contacts.push(voice(3));
    SchoolFacts { units, sources, turns: vec![turn(4, -10, 24 * 500)], now: hour(10) }
}

fn codes(facts: &SchoolFacts, carried: &[Channel]) -> Vec<(Severity, &'static str)> {
    lint(&policy(), &calendar(), facts, carried).iter().map(|f| (f.severity, f.code)).collect()
}

#[test]
fn a_school_in_order_has_nothing_to_be_found() {
    assert_eq!(codes(&facts(), &Channel::ALL), []);
    assert_eq!(minutes_to_principal(&policy()), Some(0));
}

#[test]
fn no_voice_is_said_aloud_and_no_telephone_at_all_is_refused() {
    assert_eq!(codes(&facts(), &[Channel::Sms, Channel::Mail]), [(Severity::Warning, "no_voice")]);
    assert_eq!(codes(&facts(), &[Channel::Mail]), [(Severity::Refusing, "no_voice")]);
    assert_eq!(codes(&facts(), &[]), [(Severity::Refusing, "no_channel")]);
    let said = &lint(&policy(), &calendar(), &facts(), &[Channel::Sms])[0];
    assert!(said.zh.contains("每 3 分钟") && said.en.contains("NO VOICE"), "{said:?}");
}

#[test]
fn a_red_on_a_holiday_night_that_rings_nobody_is_refused() {
    const SILENT: (Severity, &str) = (Severity::Refusing, "night_rings_nobody");
    let mut f = facts();
    assert!(!codes(&f, &Channel::ALL).contains(&SILENT));
    let mut no_telephone = f.clone();
    no_telephone.sources.contacts.retain(|c| c.channel != Channel::Voice);
    assert!(codes(&no_telephone, &Channel::ALL).contains(&SILENT), "who is called has no telephone");
    let mut not_verified = f.clone();
    not_verified.sources.contacts.iter_mut().filter(|c| c.channel == Channel::Voice).for_each(|c| c.verified_at = None);
    assert!(codes(&not_verified, &Channel::ALL).contains(&SILENT));
    // Legal: somebody is called at once by night. Nobody who can be called is that.
    let mut policy = policy();
    policy.red.calls.retain(|c| !c.who.contains(&Office::Counsellor));
    policy.red.calls[0].who = vec![Office::DutyLeader];
    policy.red.calls[0].by_night_after_minutes = Some(0);
    let silent = |f: &SchoolFacts| {
        lint(&policy, &calendar(), f, &Channel::ALL).iter().any(|found| found.code == "night_rings_nobody")
    };
    assert!(silent(&f), "the counsellor has a telephone that nobody calls");
    f.sources.contacts.push(ContactMethod { channel: Channel::Voice, ..sms(4) });
    assert!(!silent(&f), "the duty leader is called");
}

#[test]
fn each_thing_that_is_missing_is_found() {
    let mut f = facts();
    f.sources.positions.retain(|p| p.role != Role::Counsellor);
    f.sources.contacts.retain(|c| c.person != person(7) || c.channel == Channel::Sms);
    f.turns.clear();
    f.sources.deputies.push(deputy(7, 6, 0, 100));
    f.sources.contacts.retain(|c| c.person != person(6));
    let found = codes(&f, &Channel::ALL);
    let has = |severity, code| assert!(found.contains(&(severity, code)), "{code} is not in {found:?}");
    has(Severity::Warning, "no_counsellor");
    has(Severity::Warning, "office_empty");
    has(Severity::Warning, "rung_thin");
    has(Severity::Warning, "top_on_leave");
    has(Severity::Warning, "duty_gap");
    has(Severity::Refusing, "rung_empty");
    f.sources.deputies.push(deputy(6, 7, 50, 60));
    assert!(codes(&f, &Channel::ALL).contains(&(Severity::Refusing, "deputies_in_a_ring")));
}

#[test]
fn who_hears_of_what_not_everybody_may_hear_is_looked_at_for_every_audience() {
    let mut f = facts();
    f.sources.positions.retain(|p| !matches!(p.role, Role::Counsellor | Role::VicePrincipal));
    let of = |f: &SchoolFacts, code| {
        let found = lint(&policy(), &calendar(), f, &Channel::ALL).into_iter().filter(|x| x.code == code);
        found.map(|x| x.en).collect::<Vec<_>>()
    };
    let lifted =
        "reports about staff without a name: nobody of the school can assess; blue, yellow is raised to the district";
    assert_eq!((of(&f, "heard_higher"), of(&f, "nobody_hears")), (vec![lifted.to_owned()], vec![]));
    f.sources.positions.retain(|p| p.role != Role::DistrictOfficer);
    let unheard = ["reports about staff without a name", "reports about the principal"];
    let want = unheard.map(|of| format!("{of}: at blue, yellow, orange, red there is nobody who can be told"));
    assert_eq!((of(&f, "heard_higher"), of(&f, "nobody_hears")), (vec![], want.to_vec()));
}

#[test]
fn the_night_on_paper_is_the_night_as_it_would_be() {
    let start = calendar().next_holiday_sunday(hour(10), chrono::NaiveTime::from_hms_opt(3, 0, 0).unwrap());
    assert!(calendar().is_off_hours(start));
    let lines = timeline(&policy(), &calendar(), &facts(), start);
    let first: Vec<(Option<Office>, u128)> = lines
        .iter()
        .filter(|l| l.at == start && l.channel == Channel::Sms)
        .map(|l| (l.office, l.person.uuid().as_u128()))
        .collect();
    // The vice-principal is on duty: she hears as the duty leader, and hears once.
    let office = |o, n| (Some(o), n);
    assert_eq!(first.len(), 5);
    assert!(first.contains(&office(Office::DutyLeader, 4)), "{first:?}");
    assert!(first.contains(&office(Office::Principal, 5)), "{first:?}");
    let minutes = |n: u128| (lines.iter().find(|l| l.person == person(n)).unwrap().at - start).num_minutes();
    assert_eq!((minutes(6), minutes(7)), (10, 20), "district officer and lead");
    let last = lines.iter().rfind(|l| l.channel.writes()).unwrap();
    assert_eq!((last.person, (last.at - start).num_minutes()), (person(7), 40), "until the top has repeated twice");
    assert!(lines.len() < 100);
}
