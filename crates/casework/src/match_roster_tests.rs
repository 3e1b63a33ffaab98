use super::*;
use domain::id::{DistrictId, GradeId, SchoolId, StudentId};
use storage::GradeRecord;
use uuid::Uuid;

fn student(id: u128, class: u128, name: &str, number: &str, born: &str) -> NewStudent {
    let some = |t: &str| (!t.is_empty()).then(|| t.to_owned());
    let nil = Uuid::nil();
    NewStudent {
        id: StudentId::new(Uuid::from_u128(id)),
        district: DistrictId::new(nil),
        school: SchoolId::new(nil),
        grade: GradeId::new(nil),
        class: ClassId::new(Uuid::from_u128(class)),
        name: name.to_owned(),
        name_key: name.to_owned(),
        pinyin: String::new(),
        initials: String::new(),
        seat: None,
        gender: None,
        birth_date: some(born),
        student_number: some(number),
        boards: false,
        dormitory: None,
        bed: None,
        guardians: Vec::new(),
    }
}

fn planned(class: &str, name: &str, number: &str, born: &str) -> Planned {
    let student = student(0, 0, name, number, born);
    Planned { stage: Stage::Junior, entry_year: 2026, class: class.to_owned(), student }
}

fn classes() -> Vec<ClassRecord> {
    let nil = Uuid::nil();
    let grade =
        GradeRecord { id: GradeId::new(nil), school: SchoolId::new(nil), stage: Stage::Junior, entry_year: 2026 };
    let class =
        |n: u128| ClassRecord { id: ClassId::new(Uuid::from_u128(n)), grade: grade.clone(), name: n.to_string() };
    vec![class(1), class(2)]
}

fn found(planned: &[Planned], existing: &[NewStudent]) -> Vec<Option<u128>> {
    let classes = classes();
    let matched = Matched::of(planned, existing, &classes);
    matched.pairs(planned).map(|(_, old)| old.map(|s| s.id.uuid().as_u128())).collect()
}

#[test]
fn number_and_name_are_the_same_pupil_in_another_class_and_without_a_birth_date() {
    let existing = [student(1, 1, "王伟", "G1", "2013-01-01"), student(2, 1, "王伟", "G2", "")];
    assert_eq!(found(&[planned("2", "王伟", "G1", ""), planned("2", "王伟", "G2", "")], &existing), [Some(1), Some(2)]);
}

#[test]
fn a_number_alone_is_nobody_and_with_the_birth_date_it_is_a_new_name() {
    let existing = [student(1, 1, "王伟", "G1", "2013-01-01")];
    assert_eq!(found(&[planned("1", "李芳", "G1", "")], &existing), [None]);
    assert_eq!(found(&[planned("1", "李芳", "G1", "2013-02-02")], &existing), [None]);
    assert_eq!(found(&[planned("1", "王玮", "G1", "2013-01-01")], &existing), [Some(1)]);
}

#[test]
fn two_birth_dates_that_differ_are_two_children_whatever_else_agrees() {
    let existing = [student(1, 1, "王伟", "G1", "2013-01-01")];
    assert_eq!(found(&[planned("1", "王伟", "G1", "2013-03-03")], &existing), [None]);
}

#[test]
fn a_pupil_stands_for_one_row_alone_and_namesakes_are_not_guessed() {
    let existing = [student(1, 1, "王伟", "G1", "")];
    let rows = [planned("1", "王伟", "G9", ""), planned("1", "王伟", "G1", "")];
    assert_eq!(found(&rows, &existing), [None, Some(1)]);
    let two = [planned("1", "王伟", "", ""), planned("1", "王伟", "G9", "")];
    assert_eq!(found(&two, &existing), [None, None]);
}

#[test]
fn name_and_class_or_name_and_birth_date_are_enough_where_there_is_one() {
    let existing = [student(1, 1, "王伟", "", "2013-01-01"), student(2, 2, "王伟", "", "2012-01-01")];
    assert_eq!(found(&[planned("1", "王伟", "", "")], &existing), [Some(1)]);
    assert_eq!(found(&[planned("1", "王伟", "", "2012-01-01")], &existing), [Some(2)]);
    assert_eq!(found(&[planned("1", "王伟", "NEW", "2013-01-01")], &existing), [Some(1)]);
}
