use super::*;

#[test]
fn of_many_the_first_are_named_and_the_rest_are_counted() {
    let faults: Vec<Fault> = (0..7).map(|n| Fault::new(format!("f{n}"), "x", "", "")).collect();
    assert_eq!(capped(faults.clone(), 7), faults);
    let six = capped(faults.clone(), 5);
    assert_eq!(six.get(..5), faults.get(..5));
    let last = six.last().unwrap();
    assert_eq!((six.len(), last.code, last.zh.as_str()), (6, "and_more", "另有 2 项"));
}

#[test]
fn of_what_could_not_be_read_nothing_more_is_said() {
    let fault = |field: &str, code| Fault::new(field, code, "", "");
    let unread = vec![fault("students[1]", "wrong_type"), fault("signs", "wrong_type")];
    let found = ["students[1].part", "students[11].part", "signs", "signs_of", "narrative"].map(|f| fault(f, "x"));
    let fields: Vec<String> = merged(unread, found.to_vec()).into_iter().map(|f| f.field).collect();
    assert_eq!(fields, ["students[1]", "signs", "students[11].part", "signs_of", "narrative"]);
}
