//! Looking for something in a file: by kind, by day, by words, and only in what one may read.

use serde_json::json;
use tests::on_both;

use super::{file, items, life_event, note, texts, write};

on_both!(a_file_is_looked_through_by_kind_by_day_and_by_words, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    for (day, text) in [("2026-10-01", "父母分开住"), ("2026-10-31", "父亲搬走"), ("2026-11-01", "周末去父亲家")]
    {
        let _ = write(&counsellor, student, life_event("divorce", day, text)).await;
    }
    let _ = write(&counsellor, student, note("2026-11-02", "谈到父亲就沉默")).await;
    let mut report = world.filing(student, 1);
    report["narrative"] = json!("课间说想父亲");
    let _ = world.file("subject", report).await;
    world.settle().await;
    let _ = world.told();
    let of = async |query: &str| texts(&world, "teacher", student, query).await.len();
    assert_eq!(of("?kind=life_event").await, 3);
    assert_eq!(of("?kind=life_event&kind=observation").await, 4);
    // Both days count, as days of the school.
    assert_eq!(of("?kind=life_event&from=2026-10-31&to=2026-11-01").await, 2);
    assert_eq!(of("?kind=life_event&from=2026-11-02").await, 0);
    assert_eq!(of("?kind=life_event&to=2026-10-01").await, 1);
    // 父亲: two events and the words of the observation; the note is not for the teacher.
    assert_eq!(of("?q=%E7%88%B6%E4%BA%B2").await, 3);
    assert_eq!(texts(&world, "counsellor", student, "?q=%E7%88%B6%E4%BA%B2").await.len(), 4);
    assert_eq!(texts(&world, "counsellor", student, "?q=%E7%88%B6%E4%BA%B2&kind=counselling").await.len(), 1);
    // What the fields of the records are called is nothing that anybody wrote.
    assert_eq!(of("?q=text").await, 0);
    let pages = file(&world, "counsellor", student, "?q=%E7%88%B6%E4%BA%B2&limit=3").await;
    let cursor = pages["entries"]["next_cursor"].as_str().unwrap().to_owned();
    let rest = file(&world, "counsellor", student, &format!("?q=%E7%88%B6%E4%BA%B2&limit=3&cursor={cursor}")).await;
    assert_eq!((items(&rest).len(), &rest["entries"]["next_cursor"]), (1, &json!(null)));
});

on_both!(a_search_finds_nothing_in_what_one_may_not_read, |world| {
    let student = world.town.student(0, 0, 0);
    let _ = write(&world.client("counsellor").await, student, note("2026-11-02", "谈到水库")).await;
    let water = "?q=%E6%B0%B4%E5%BA%93";
    assert_eq!(texts(&world, "counsellor", student, water).await.len(), 1);
    for login in ["teacher", "grade", "vice", "principal"] {
        assert!(texts(&world, login, student, water).await.is_empty(), "{login}");
    }
    assert_eq!(texts(&world, "vice", student, "").await, ["-"], "he knows that there is something, and no more");
});

on_both!(a_question_that_makes_no_sense_is_told_so_all_at_once, |world| {
    let teacher = world.client("teacher").await;
    let path = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    let asked = teacher.get(&format!("{path}?kind=x&kind=alert&from=2026-13-01&limit=0")).await.expect(422);
    assert_eq!(asked.fields(), ["kind", "from", "limit"]);
    let order = teacher.get(&format!("{path}?from=2026-11-02&to=2026-11-01")).await.expect(422);
    assert_eq!(order.faults(), [("to".to_owned(), "before_from".to_owned())]);
    let long = teacher.get(&format!("{path}?q={}", "a".repeat(101))).await.expect(422);
    assert_eq!(long.faults(), [("q".to_owned(), "too_long".to_owned())]);
});
