use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::calendar::Calendar;
use crate::delivery::Channel;
use crate::directory::{Office, Sources};
use crate::id::{ClassId, DistrictId, DutyId, GradeId, PersonId, PositionId, SchoolId};
use crate::org::Unit;
use crate::policy::{Policy, PolicyDraft};
use crate::staff::{ContactMethod, Deputy, Position, Role};
use crate::time::Timestamp;

pub(super) fn calendar() -> Calendar {
    Calendar::validate(toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap()).unwrap()
}

pub(super) fn policy() -> Policy {
    toml::from_str::<PolicyDraft>(include_str!("../../../../config/policy.toml")).unwrap().validate().unwrap()
}

pub(super) fn hour(n: i64) -> Timestamp {
    // Monday 2026-11-23, midnight in Shanghai.
    chrono::DateTime::from_timestamp(1_795_363_200, 0).unwrap() + TimeDelta::hours(n)
}

pub(super) fn person(n: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(n))
}

pub(super) fn sms(n: u128) -> ContactMethod {
    let address = format!("1990000000{n}");
    ContactMethod { person: person(n), channel: Channel::Sms, address, verified_at: Some(hour(0)) }
}

pub(super) fn turn(n: u128, from: i64, to: i64) -> DutyTurn {
    let period = Period { from: hour(from), to: hour(to) };
    DutyTurn { id: DutyId::new(Uuid::from_u128(n)), person: person(n), period }
}

pub(super) fn deputy(p: u128, d: u128, from: i64, to: i64) -> Deputy {
    Deputy { person: person(p), deputy: person(d), from: hour(from), to: hour(to) }
}

#[test]
fn a_week_without_anybody_lacks_every_night_and_the_whole_weekend() {
    let gaps = duty_gaps(&[], &[], &calendar(), Period { from: hour(12), to: hour(7 * 24) });
    let local = |at: Timestamp| calendar().local(at).format("%d %H:%M").to_string();
    let got: Vec<(String, String)> = gaps.iter().map(|g| (local(g.from), local(g.to))).collect();
    let want = [
        ("23 22:00", "24 06:30"),
        ("24 22:00", "25 06:30"),
        ("25 22:00", "26 06:30"),
        ("26 22:00", "27 06:30"),
        ("27 22:00", "30 00:00"),
    ];
    assert_eq!(got, want.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn somebody_without_a_telephone_fills_no_gap() {
    let window = Period { from: hour(0), to: hour(24) };
    let whole = [turn(1, -5, 48)];
    assert_eq!(duty_gaps(&whole, &[sms(1)], &calendar(), window), []);
    assert_eq!(duty_gaps(&whole, &[], &calendar(), window).len(), 2);
    let unverified = ContactMethod { verified_at: None, ..sms(1) };
    assert_eq!(duty_gaps(&whole, &[unverified], &calendar(), window).len(), 2);
}

proptest! {
    #[test]
    fn coverage_of_duty_is_what_an_hourly_look_finds(turns in prop::collection::vec((0_i64..160, 1_i64..40), 0..8)) {
        let turns: Vec<DutyTurn> = turns.into_iter().map(|(from, long)| turn(1, from, from + long)).collect();
        let (calendar, window) = (calendar(), Period { from: hour(3), to: hour(165) });
        let gaps = duty_gaps(&turns, &[sms(1)], &calendar, window);
        for half in 6..330 {
            let at = hour(0) + TimeDelta::minutes(half * 30 + 1);
            let missing = calendar.is_off_hours(at) && !turns.iter().any(|t| t.period.holds(at));
            prop_assert_eq!(gaps.iter().any(|g| g.holds(at)), missing, "{}", at);
        }
    }

    #[test]
    fn a_ring_of_deputies_is_found_whenever_there_is_one(
        links in prop::collection::vec((0_u128..5, 0_u128..5, 0_i64..20, 1_i64..15), 1..9),
    ) {
        let mut kept: Vec<Deputy> = Vec::new();
        for (p, d, from, long) in links.into_iter().filter(|(p, d, ..)| p != d) {
            let new = deputy(p, d, from, from + long);
            let refused = closes_a_cycle(&kept, &new);
            let with: Vec<Deputy> = kept.iter().cloned().chain([new.clone()]).collect();
            let ring = (0..40).any(|t| has_ring(&with, hour(t)));
            prop_assert_eq!(refused, ring);
            if !refused {
                kept.push(new);
            }
        }
    }
}

/// Takes away everybody who stands for nobody that is left: what remains is a ring.
fn has_ring(all: &[Deputy], at: Timestamp) -> bool {
    let mut left: Vec<&Deputy> = all.iter().filter(|d| d.holds(at)).collect();
    loop {
        let before = left.len();
        let people: Vec<PersonId> = left.iter().map(|d| d.person).collect();
        left.retain(|d| people.contains(&d.deputy));
        if left.len() == before {
            return before > 0;
        }
    }
}

fn position(n: u128, role: Role, unit: Unit, to: Option<i64>) -> Position {
    let id = PositionId::new(Uuid::from_u128(n));
    Position { id, person: person(n), role, unit, lead: n == 7, valid_from: hour(-100), valid_to: to.map(hour) }
}

pub(super) fn school() -> (Sources, Vec<Unit>) {
    let one = Uuid::from_u128(1);
    let (district, school) = (Unit::District(DistrictId::new(one)), Unit::School(SchoolId::new(one)));
    let (grade, class) = (Unit::Grade(GradeId::new(one)), Unit::Class(ClassId::new(one)));
    let roles = [
        (1, Role::ClassTeacher, class),
        (2, Role::GradeLead, grade),
        (3, Role::Counsellor, school),
        (4, Role::VicePrincipal, school),
        (5, Role::Principal, school),
        (6, Role::DistrictOfficer, district),
        (7, Role::DistrictOfficer, district),
    ];
    let positions = roles.map(|(n, role, unit)| position(n, role, unit, None)).to_vec();
    let sources = Sources { positions, contacts: (1..8).map(sms).collect(), ..Sources::default() };
    (sources, vec![class, grade, school, district])
}

#[test]
fn a_school_where_everybody_can_be_told_has_no_gap() {
    let (sources, units) = school();
    assert_eq!(gaps(&sources, &policy(), &units, Period { from: hour(0), to: hour(240) }), []);
}

#[test]
fn an_office_is_empty_from_the_end_of_its_last_position_and_a_deputy_of_the_ill_fills_it() {
    let (mut sources, units) = school();
    let window = Period { from: hour(0), to: hour(240) };
    let counsellor = sources.positions.iter_mut().find(|p| p.role == Role::Counsellor).unwrap();
    counsellor.valid_to = Some(hour(100));
    let found = gaps(&sources, &policy(), &units, window);
    let want = Gap { office: Office::Counsellor, unit: units[2], period: Period { from: hour(100), to: hour(240) } };
    assert_eq!(found, [want]);
    assert_eq!(opened(&found, &found), []);
    assert_eq!(opened(&[], &found), [want]);

    // Without a verified way to reach her she does not count; her deputy does, while he stands in.
    sources.contacts.retain(|c| c.person != person(3));
    sources.deputies.push(deputy(3, 2, 20, 60));
    let found = gaps(&sources, &policy(), &units, window);
    let periods: Vec<Period> = found.iter().map(|g| g.period).collect();
    let period = |from, to| Period { from: hour(from), to: hour(to) };
    assert_eq!(periods, [period(0, 20), period(60, 240)]);
    assert_eq!(opened(&[want], &found).len(), 2, "what was only a part before is new");
}

#[test]
fn every_office_but_the_duty_leader_is_addressed() {
    assert_eq!(addressed(&policy()).len(), 7);
}

#[test]
fn every_fault_of_a_period_is_named_at_once() {
    let codes = |from: &str, to: &str| {
        let mut faults = crate::fault::Faults::new();
        let _ = Period::read(from, to, hour(0), 31, &mut faults);
        faults.into_vec().iter().map(|f| (f.field.clone(), f.code)).collect::<Vec<_>>()
    };
    let pair = |field: &str, code| (field.to_owned(), code);
    assert_eq!(codes("", "x"), [pair("from", "required"), pair("to", "bad_time")]);
    assert_eq!(
        codes("2026-11-21T00:00:00Z", "2026-11-20T00:00:00Z"),
        [pair("to", "not_after_from"), pair("to", "in_the_past")]
    );
    assert_eq!(codes("2026-12-01T00:00:00Z", "2027-02-01T00:00:00+08:00"), [pair("to", "too_long")]);
    assert_eq!(codes("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"), []);
}
