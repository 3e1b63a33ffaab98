use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn person() -> String {
    PersonId::new(uuid::Uuid::from_u128(7)).to_string()
}

fn whole() -> PlanDraft {
    PlanDraft {
        problem: "两周睡不好".to_owned(),
        level: Some(2),
        causes: Causes { family: "父母外出".to_owned(), ..Causes::default() },
        goals: vec![GoalDraft { text: "能睡够".to_owned(), check: "连续一周八小时".to_owned() }],
        measures: vec![MeasureDraft {
            text: "每周谈一次".to_owned(),
            owner: person(),
            times: Some(1),
            per: "week".to_owned(),
            until: "2026-12-31".to_owned(),
        }],
        review_at: "2026-12-20".to_owned(),
        responsible: person(),
        ..PlanDraft::default()
    }
}

fn codes(draft: &PlanDraft) -> Vec<(String, &'static str)> {
    let faults = Plan::validate(draft, today()).err().unwrap_or_default();
    faults.into_iter().map(|f| (f.field, f.code)).collect()
}

#[test]
fn an_empty_plan_is_refused_with_every_reason() {
    let fields: Vec<_> = codes(&PlanDraft::default()).into_iter().map(|(f, _)| f).collect();
    assert_eq!(fields, ["problem", "level", "causes", "goals", "measures", "review_at", "responsible"]);
    assert_eq!(codes(&whole()), []);
}

#[test]
fn nothing_is_done_by_nobody_and_nothing_is_reviewed_before_it_begins() {
    let mut draft = whole();
    draft.measures[0].owner.clear();
    draft.measures[0].times = Some(0);
    draft.measures[0].per = "day".to_owned();
    draft.goals[0].check.clear();
    draft.starts_at = "2026-12-20".to_owned();
    draft.responsible = "nobody".to_owned();
    let wrong = [
        ("goals[0].check", "required"),
        ("measures[0].owner", "required"),
        ("measures[0].frequency.times", "out_of_range"),
        ("measures[0].frequency.per", "unknown_value"),
        ("review_at", "before_start"),
        ("responsible", "required"),
    ];
    assert_eq!(codes(&draft), wrong.map(|(f, c)| (f.to_owned(), c)));
}

#[test]
fn orange_and_red_are_not_planned_without_keeping_the_child_safe() {
    for level in [3, 4] {
        let draft = PlanDraft { level: Some(level), ..whole() };
        assert_eq!(codes(&draft), [("safety_plan".to_owned(), "required")]);
    }
    let half = SafetyPlan { triggers: "争吵".to_owned(), contacts: "姑姑".to_owned(), ..SafetyPlan::default() };
    let draft = PlanDraft { safety_plan: Some(half), ..whole() };
    let fields: Vec<_> = codes(&draft).into_iter().map(|(f, _)| f).collect();
    assert_eq!(fields, ["safety_plan.warning_signs", "safety_plan.means_restriction"]);
}

#[test]
fn a_measure_is_overdue_after_its_last_day_or_when_nobody_has_said_a_word_for_too_long() {
    let day = |n| NaiveDate::from_ymd_opt(2026, 12, n).unwrap();
    assert!(!is_overdue(Per::Week, day(20), day(1), day(8)));
    assert!(is_overdue(Per::Week, day(20), day(1), day(9)));
    assert!(!is_overdue(Per::Month, day(31), day(1), day(31)));
    assert!(is_overdue(Per::Month, day(8), day(1), day(9)));
}
