use super::*;

fn now() -> Timestamp {
    chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn codes<T>(looked: Result<T, Vec<Fault>>) -> Vec<(String, &'static str)> {
    looked.err().unwrap_or_default().into_iter().map(|f| (f.field, f.code)).collect()
}

#[test]
fn an_empty_form_is_told_of_everything_that_is_missing() {
    assert_eq!(codes(InterviewDraft::default().validate(now())).len(), 5);
    assert_eq!(codes(HomeVisitDraft::default().validate(now())).len(), 5);
    assert_eq!(codes(GuardianContactDraft::default().validate(now())).len(), 7);
    assert_eq!(codes(decided("", "")).len(), 2);
}

#[test]
fn the_question_about_means_is_not_skipped_where_a_child_may_wish_to_die() {
    let talk = |wish: &str, asked| InterviewDraft {
        at: now().to_rfc3339(),
        text: "说最近很累".to_owned(),
        means_asked: Some(asked),
        wish_to_die: wish.to_owned(),
        safe_now: "yes".to_owned(),
        next_at: None,
    };
    for wish in ["yes", "unclear"] {
        let said = talk(wish, false).validate(now());
        assert_eq!(codes(said), [("means_asked".to_owned(), "must_be_asked")]);
        assert!(talk(wish, true).validate(now()).is_ok());
    }
    assert!(!talk("no", false).validate(now()).unwrap().is_danger());
    assert!(talk("yes", true).validate(now()).unwrap().is_danger());
}

#[test]
fn no_guardian_is_told_by_sms() {
    let draft = GuardianContactDraft { by: "sms".to_owned(), ..GuardianContactDraft::default() };
    assert!(codes(draft.validate(now())).contains(&("by".to_owned(), "not_by_sms")));
}
