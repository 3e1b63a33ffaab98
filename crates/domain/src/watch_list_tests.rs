use super::*;

fn shipped() -> WatchLists {
    WatchLists::validate(toml::from_str(include_str!("../../../config/lists.toml")).unwrap()).unwrap()
}

fn days() -> Days {
    Days { today: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(), born: NaiveDate::from_ymd_opt(2013, 1, 1) }
}

fn draft(list: &str, source: &str) -> MembershipDraft {
    MembershipDraft {
        list: list.to_owned(),
        from: "2026-09-01".to_owned(),
        evidence: "民政认定表".to_owned(),
        source: Some(source.to_owned()),
        review_at: "2027-03-01".to_owned(),
        unread: Vec::new(),
    }
}

fn codes(draft: &MembershipDraft) -> Vec<(String, &'static str)> {
    let faults = Membership::validate(draft, &shipped(), days()).err().unwrap_or_default();
    faults.into_iter().map(|f| (f.field, f.code)).collect()
}

#[test]
fn what_ships_is_sound_and_only_the_list_of_hospitals_is_hidden() {
    let hidden: Vec<_> = shipped().all().iter().filter(|l| l.hidden).map(|l| l.code.clone()).collect();
    assert_eq!(hidden, ["disorder"]);
}

#[test]
fn the_list_of_hospitals_wants_an_opinion_of_one_and_the_others_any_evidence() {
    assert_eq!(codes(&draft("disorder", "staff")), [("source".to_owned(), "evidence_needed")]);
    assert_eq!(codes(&draft("disorder", "hospital")), []);
    assert_eq!(codes(&draft("difficulty", "guardian")), []);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let bad = MembershipDraft {
        list: "poor".to_owned(),
        from: "2026-11-24".to_owned(),
        evidence: " ".to_owned(),
        source: Some("rumour".to_owned()),
        review_at: "2026-11-23".to_owned(),
        unread: Vec::new(),
    };
    let wrong = [
        ("list", "unknown_list"),
        ("from", "in_the_future"),
        ("evidence", "required"),
        ("source", "unknown_value"),
        ("review_at", "not_in_the_future"),
    ];
    assert_eq!(codes(&bad), wrong.map(|(f, c)| (f.to_owned(), c)));
    let from = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let faults = end("2026-08-31", "", from, days()).unwrap_err();
    assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), ["before_from", "required"]);
    let faults = Support::validate("", "", "nobody").unwrap_err();
    assert_eq!(faults.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["target", "measures", "responsible"]);
}
