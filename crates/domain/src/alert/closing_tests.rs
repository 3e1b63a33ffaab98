use super::{Closing, OnRecord, Outcome, Proof, StatedDraft};
use crate::level::Level;
use crate::policy::ClosingRules;

const ALL_OF_IT: OnRecord =
    OnRecord { assessed: true, custody: true, means_asked: true, clear_days: 2, quiet_days: 30 };

fn stated(codes: &[&str]) -> Vec<StatedDraft> {
    codes.iter().map(|c| StatedDraft { code: (*c).to_owned(), ..StatedDraft::default() }).collect()
}

fn missing(outcome: Outcome, codes: &[&str], level: Level, record: &OnRecord) -> Vec<String> {
    let closing = Closing::validate(outcome.key(), "面谈后平稳", &stated(codes)).unwrap();
    let faults = closing.beside(level, &ClosingRules::default(), record).err().unwrap_or_default();
    faults.into_iter().map(|f| f.field).collect()
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let nothing = OnRecord::default();
    let all = [
        "assessment",
        "custody",
        "evidence.student_seen",
        "evidence.guardian_reached",
        "evidence.means_asked",
        "evidence.plan_in_place",
        "evidence.clear_reviews",
    ];
    assert_eq!(missing(Outcome::Resolved, &[], Level::Red, &nothing), all);
    assert_eq!(missing(Outcome::Resolved, &[], Level::Blue, &nothing), ["assessment", "evidence.talked_with"]);
}

#[test]
fn saying_what_only_the_record_shows_is_not_enough() {
    let said = ["student_seen", "guardian_withheld", "plan_in_place", "means_asked", "clear_reviews"];
    let record = OnRecord { means_asked: false, clear_days: 1, ..ALL_OF_IT };
    let wanted = ["evidence.means_asked", "evidence.clear_reviews"];
    assert_eq!(missing(Outcome::OngoingCare, &said, Level::Orange, &record), wanted);
    assert_eq!(missing(Outcome::OngoingCare, &said, Level::Orange, &ALL_OF_IT), Vec::<String>::new());
    assert_eq!(missing(Outcome::Resolved, &[], Level::Blue, &ALL_OF_IT), Vec::<String>::new(), "30 quiet days");
}

#[test]
fn a_false_alarm_needs_that_somebody_saw_the_child_and_who() {
    let nothing = OnRecord::default();
    assert_eq!(missing(Outcome::FalseAlarm, &["student_seen"], Level::Red, &nothing), ["evidence.student_seen"]);
    let by =
        StatedDraft { code: Proof::StudentSeen.key().to_owned(), by: Some("周老师".to_owned()), observation: None };
    let closing = Closing::validate("false_alarm", "认错了人", &[by]).unwrap();
    assert_eq!(closing.beside(Level::Red, &ClosingRules::default(), &nothing), Ok(()));
}

#[test]
fn a_transfer_is_no_close_and_every_fault_is_named() {
    let mut evidence = stated(&["student_seen", "planted"]);
    evidence[0].observation = Some("obs_1".to_owned());
    let faults = Closing::validate("transferred", " ", &evidence).unwrap_err();
    let faults: Vec<(&str, &str)> = faults.iter().map(|f| (f.field.as_str(), f.code)).collect();
    assert_eq!(
        faults,
        [
            ("outcome", "is_a_hand_over"),
            ("reason", "required"),
            ("evidence[0].observation", "unknown_observation"),
            ("evidence[1].code", "unknown_code"),
        ]
    );
}
