use chrono::TimeDelta;

use super::*;

fn codes<T>(looked: Result<T, Vec<Fault>>) -> Vec<(String, &'static str)> {
    looked.err().unwrap_or_default().into_iter().map(|f| (f.field, f.code)).collect()
}

#[test]
fn everything_that_is_wrong_with_a_notice_and_with_what_became_of_it_is_named_at_once() {
    let now = chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap();
    assert_eq!(codes(NoticeDraft::default().validate()).len(), 5);
    let early = StepDraft { at: (now - TimeDelta::hours(2)).to_rfc3339(), ..StepDraft::default() };
    let said = codes(early.validate(NoticeStep::Refused, now - TimeDelta::hours(1), now));
    assert_eq!(
        said,
        [("by", "required"), ("at", "before_notice"), ("witness", "required")].map(|(f, c)| (f.to_owned(), c))
    );
    let said = codes(early.validate(NoticeStep::SecondOpinion, now - TimeDelta::hours(3), now));
    assert_eq!(said, [("by", "required"), ("said", "required")].map(|(f, c)| (f.to_owned(), c)));
    assert!(early.validate(NoticeStep::Returned, now - TimeDelta::hours(3), now).is_ok());
}
