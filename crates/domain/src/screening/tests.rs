use chrono::DateTime;

use super::*;
use crate::calendar::Calendar;
use crate::org::Stage;
use crate::policy::Span;
use crate::time::Timestamp;

const SHIPPED: &str = include_str!("../../../../config/instruments.toml");

pub(super) fn shipped() -> Instruments {
    Instruments::validate(toml::from_str(SHIPPED).unwrap()).unwrap()
}

pub(super) fn calendar() -> Calendar {
    Calendar::validate(toml::from_str(include_str!("../../../../config/calendar.toml")).unwrap()).unwrap()
}

pub(super) fn at(local: &str) -> Timestamp {
    DateTime::parse_from_str(&format!("{local} +08:00"), "%Y-%m-%d %H:%M %:z").unwrap().to_utc()
}

pub(super) const TERMS: Terms = Terms { interview_within: Span::SchoolDays(10), at_once_minutes: 15 };

fn codes(text: &str) -> Vec<&'static str> {
    let looked = Instruments::validate(toml::from_str(text).unwrap());
    looked.err().unwrap_or_default().into_iter().map(|f| f.code).collect()
}

fn softer(right: &str, wrong: &str) -> Vec<String> {
    assert!(SHIPPED.contains(right), "{right}");
    let own = Instruments::validate(toml::from_str(&SHIPPED.replacen(right, wrong, 1)).unwrap()).unwrap();
    own.softer_than(&shipped()).into_iter().map(|f| f.field).collect()
}

fn typed() -> ScreeningDraft {
    ScreeningDraft {
        at: at("2026-11-23 09:00").to_rfc3339(),
        instrument: "phq-a".to_owned(),
        version: "2002".to_owned(),
        total: Some(8),
        critical: Some(0),
        validity: "valid".to_owned(),
        reading: "睡得不好，其他没有特别的".to_owned(),
        ..ScreeningDraft::default()
    }
}

fn looked(draft: &ScreeningDraft, stage: Stage) -> Result<Screening, Vec<(String, &'static str)>> {
    let instruments = shipped();
    let beside = Beside { instruments: &instruments, stage, now: at("2026-11-23 10:00") };
    Screening::validate(draft, beside).map_err(|f| f.into_iter().map(|f| (f.field, f.code)).collect())
}

fn wrong(draft: &ScreeningDraft) -> Vec<(String, &'static str)> {
    looked(draft, Stage::Junior).err().unwrap_or_default()
}

fn named(field: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(field.to_owned(), code)]
}

#[test]
fn what_ships_is_sound_and_names_its_sources() {
    let instruments = shipped();
    let known: Vec<_> = instruments.all().iter().map(|i| (i.code.as_str(), i.least, i.most, i.positive_from)).collect();
    assert_eq!(known, [("phq-a", 0, 27, 10), ("gad-7", 0, 21, 10), ("mht", 0, 90, 65)]);
    let item = instruments.get("phq-a").unwrap().critical.clone().unwrap();
    assert_eq!((item.item, item.least, item.most), (9, 0, 3));
    assert_eq!(instruments.get("mht").unwrap().validity, Some(ValidityScale { most: 10, invalid_from: 7 }));
    assert!(instruments.all().iter().all(|i| !i.source.is_empty()));
    assert!(instruments.at(Stage::Primary).all(|i| i.code == "mht"), "never the PHQ in primary school");
    assert!(instruments.softer_than(&instruments).is_empty());
}

#[test]
fn every_fault_of_a_file_of_instruments_is_named() {
    let bad = "version = 1\n[[instrument]]\ncode = 'A b'\nzh = ''\nen = 'a'\nversions = []\nstages = []\nleast = 9\nmost = 9\n\
               positive_from = 12\nsource = ' '\n[instrument.critical]\nitem = 0\nleast = 0\nmost = 3\nnext_day_from = 2\n\
               today_from = 4\nalert_from = 4\nalert_with_total_from = 10\nlevel = 2\n[instrument.validity]\nmost = 5\ninvalid_from = 6\n";
    assert_eq!(
        codes(bad),
        [
            "bad_code",
            "no_name",
            "no_source",
            "bad_versions",
            "no_stage",
            "bad_range",
            "out_of_range",
            "out_of_range",
            "bad_range",
            "unheard",
            "unheard",
            "unheard",
            "out_of_range",
            "too_low",
        ]
    );
    assert_eq!(codes("version = 1\ninstrument = []"), ["empty"]);
    assert_eq!(codes(&format!("{SHIPPED}\n{}", SHIPPED.split_once("version = 1").unwrap().1)), ["duplicate_code"; 3]);
}

#[test]
fn a_school_asks_for_no_less_than_what_ships() {
    assert_eq!(softer("most = 27", "most = 30"), ["instrument[phq-a].most"]);
    assert_eq!(softer("positive_from = 10", "positive_from = 11"), ["instrument[phq-a].positive_from"]);
    assert_eq!(softer("stages = [\"junior\"", "stages = [\"primary\", \"junior\""), ["instrument[phq-a].stages"]);
    assert_eq!(softer("alert_with_total_from = 20", "alert_with_total_from = 21"), ["instrument[phq-a].critical"]);
    assert_eq!(softer("alert_with_total_from = 20\n", ""), ["instrument[phq-a].critical"]);
    assert_eq!(softer("item = 9", "item = 8"), ["instrument[phq-a].critical"]);
    let (before, rest) = SHIPPED.split_once("[instrument.critical]").unwrap();
    let after = rest.split_once("level = 3\n").unwrap().1;
    let own = Instruments::validate(toml::from_str(&format!("{before}{after}")).unwrap()).unwrap();
    assert_eq!(own.softer_than(&shipped()).len(), 1, "without its critical item");
    // More may be asked for.
    assert!(softer("positive_from = 10", "positive_from = 8").is_empty());
    assert!(softer("today_from = 2\nalert_from = 3", "today_from = 1\nalert_from = 2").is_empty());
    assert!(softer("level = 3", "level = 4").is_empty());
}

#[test]
fn everything_that_is_wrong_with_a_screening_is_said_at_once() {
    assert_eq!(wrong(&typed()), []);
    let missing = wrong(&ScreeningDraft::default());
    let fields = ["at", "instrument", "version", "validity", "total", "reading"].map(|f| (f.to_owned(), "required"));
    assert_eq!(missing, fields);
    let bad = ScreeningDraft {
        at: at("2026-11-23 11:00").to_rfc3339(),
        version: "2001".to_owned(),
        total: Some(28),
        critical: Some(4),
        validity: "maybe".to_owned(),
        reading: " ".to_owned(),
        next_at: Some(at("2026-11-22 09:00").to_rfc3339()),
        ..typed()
    };
    let said = [
        ("at", "in_the_future"),
        ("version", "unknown_version"),
        ("validity", "unknown_value"),
        ("total", "out_of_range"),
        ("critical", "out_of_range"),
        ("reading", "required"),
        ("next_at", "in_the_past"),
    ];
    assert_eq!(wrong(&bad), said.map(|(f, c)| (f.to_owned(), c)));
    for negative in [-1, i64::MIN, i64::MAX] {
        assert_eq!(wrong(&ScreeningDraft { total: Some(negative), ..typed() }), named("total", "out_of_range"));
    }
}

#[test]
fn a_critical_item_is_answered_where_the_sheet_counts_and_the_instrument_has_one() {
    for validity in ["valid", "doubtful"] {
        let draft = ScreeningDraft { critical: None, validity: validity.to_owned(), ..typed() };
        assert_eq!(wrong(&draft), named("critical", "required"));
        let draft = ScreeningDraft { total: None, validity: validity.to_owned(), ..typed() };
        assert_eq!(wrong(&draft), named("total", "required"));
    }
    let invalid = ScreeningDraft { total: None, critical: None, validity: "invalid".to_owned(), ..typed() };
    assert_eq!(wrong(&invalid), []);
    let gad = ScreeningDraft { instrument: "gad-7".to_owned(), version: "2006".to_owned(), ..typed() };
    assert_eq!(wrong(&gad), named("critical", "no_critical_item"));
    assert_eq!(wrong(&ScreeningDraft { critical: None, ..gad }), []);
}

#[test]
fn no_instrument_is_used_at_a_stage_for_which_it_is_not_made() {
    let refused = looked(&typed(), Stage::Primary).unwrap_err();
    assert_eq!(refused, named("instrument", "not_at_this_stage"));
    let mht = ScreeningDraft { instrument: "mht".to_owned(), version: "1991".to_owned(), critical: None, ..typed() };
    assert!(looked(&mht, Stage::Primary).is_ok());
}

#[test]
fn a_critical_answer_counts_by_itself_and_a_score_alone_is_a_place_in_the_queue() {
    let of = |total, critical, validity: &str| {
        let draft = ScreeningDraft { total, critical: Some(critical), validity: validity.to_owned(), ..typed() };
        looked(&draft, Stage::Junior).unwrap().follow()
    };
    for validity in ["valid", "doubtful"] {
        let all: Vec<_> = (0..=3).map(|c| of(Some(9), c, validity)).collect();
        assert_eq!(all, [Follow::Nothing, Follow::NextSchoolDay, Follow::Today, Follow::AtOnce], "{validity}");
        assert_eq!(of(Some(10), 0, validity), Follow::Queue);
        assert_eq!(of(Some(27), 0, validity), Follow::Queue, "a score alone never alarms");
        assert_eq!(of(Some(27), 1, validity), Follow::NextSchoolDay);
        assert_eq!((of(Some(19), 2, validity), of(Some(20), 2, validity)), (Follow::Today, Follow::AtOnce));
    }
    // An invalid sheet has no score that counts; a child may have meant what he ticked.
    assert_eq!((of(Some(27), 0, "invalid"), of(Some(27), 2, "invalid")), (Follow::Nothing, Follow::Today));
    assert_eq!(of(None, 3, "invalid"), Follow::AtOnce);
}

#[test]
fn each_of_them_has_its_clock() {
    let calendar = calendar();
    let due = |follow: Follow, now: &str| follow.due(at(now), TERMS, &calendar);
    let monday = "2026-11-23 10:00";
    assert_eq!(due(Follow::Nothing, monday), None);
    assert_eq!(due(Follow::Queue, monday), Some(at("2026-12-07 10:00")));
    assert_eq!(due(Follow::NextSchoolDay, monday), Some(at("2026-11-24 17:30")));
    assert_eq!(due(Follow::NextSchoolDay, "2026-11-27 16:00"), Some(at("2026-11-30 17:30")), "over the weekend");
    assert_eq!(due(Follow::NextSchoolDay, "2026-09-30 16:00"), Some(at("2026-10-08 17:30")), "over the holiday");
    assert_eq!(due(Follow::Today, monday), Some(at("2026-11-23 17:30")));
    assert_eq!(due(Follow::Today, "2026-11-23 17:30"), Some(at("2026-11-23 17:45")), "school is over");
    assert_eq!(due(Follow::Today, "2026-11-22 10:00"), Some(at("2026-11-22 10:15")), "on a Sunday");
    assert_eq!(due(Follow::AtOnce, monday), Some(at("2026-11-23 10:15")));
    assert_eq!(due(Follow::AtOnce, "2026-11-23 17:25"), Some(at("2026-11-23 17:30")), "no later than the milder one");
}
