use uuid::Uuid;

use super::*;

fn who(n: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(n))
}

fn stage(from: u32, until: u32) -> StagePlan {
    let day = |d| NaiveDate::from_ymd_opt(2026, 12, d).unwrap();
    let (from, until) = (day(from), day(until));
    StagePlan {
        from, until, hours_per_day: 2, with_whom: "母亲".to_owned(), watch: "睡眠".to_owned(), owner: who(1)
    }
}

fn returning() -> Vec<(PersonId, Step)> {
    let stages = vec![stage(1, 7), stage(8, 14)];
    let verdict = Verdict::Granted;
    vec![
        (who(1), Step::Return { applied_by: String::new(), from: stage(1, 7).from, reviewer: who(2), note: None }),
        (who(2), Step::Review { papers: vec![], assessor: Some(who(3)), note: None }),
        (who(3), Step::Assessment { text: String::new(), means_asked: true, advice: Advice::Return }),
        (who(4), Step::Decision { verdict, reason: String::new(), until: None, stages, signer: who(5) }),
        (who(5), Step::Sign { agrees: true, note: None }),
    ]
}

fn staged(stage: u32, how: StageHow) -> (PersonId, Step) {
    (who(1), Step::Stage { stage, how, text: String::new(), until: None })
}

fn course(steps: &[(PersonId, Step)]) -> Course {
    Course::of(steps.iter().map(|(by, step)| (*by, step)))
}

#[test]
fn a_return_goes_stage_by_stage_and_ends_with_the_last() {
    let mut steps = returning();
    let begun = course(&steps);
    assert_eq!((begun.state, begun.running().map(|(i, _)| i)), (LeaveState::Returning, Some(0)));
    assert_eq!(begun.deciders, [2, 3, 4, 5].map(who).into());
    steps.push(staged(1, StageHow::Confirmed));
    assert_eq!(course(&steps).running().map(|(i, _)| i), Some(1));
    steps.push(staged(2, StageHow::SteppedBack));
    assert_eq!(course(&steps).running().map(|(i, _)| i), Some(0));
    steps.extend([staged(1, StageHow::Confirmed), staged(2, StageHow::Confirmed)]);
    assert_eq!((course(&steps).state, course(&steps).running()), (LeaveState::Done, None));
}

#[test]
fn from_the_first_stage_there_is_no_way_back_but_leave() {
    let mut steps = returning();
    steps.push(staged(1, StageHow::SteppedBack));
    assert_eq!((course(&steps).state, course(&steps).stages), (LeaveState::Away, vec![]));
}

#[test]
fn nothing_can_be_done_about_a_leave_that_is_over_and_every_other_state_takes_something() {
    for state in LeaveState::ALL {
        let takes = StepKind::ALL.iter().any(|k| state.takes(*k));
        assert_eq!(takes, state != LeaveState::Done, "{state:?}");
    }
}
