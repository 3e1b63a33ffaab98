//! What a life event leads to: a heavier level, and a day that comes round.

use serde_json::json;
use tests::on_both;

use super::{file, life_event, write};

on_both!(a_bereavement_in_the_file_weighs_unless_not_everybody_reads_of_it, |world| {
    let (open, narrow) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let counsellor = world.client("counsellor").await;
    let _ = write(&counsellor, open, life_event("bereavement", "2026-09-01", "父亲去世")).await;
    let mut body = life_event("bereavement", "2026-09-01", "母亲去世");
    body["restricted"] = json!(true);
    let _ = write(&counsellor, narrow, body).await;
    let _ = world.file("subject", world.filing(open, 2)).await;
    let _ = world.file("subject", world.filing(narrow, 2)).await;
    world.settle().await;
    let _ = world.told();
    let level = |file: serde_json::Value| file["level"].clone();
    assert_eq!(level(file(&world, "counsellor", open, "").await), 3);
    assert_eq!(level(file(&world, "counsellor", narrow, "").await), 2, "the level would tell what nobody may read");
});

on_both!(days_that_come_round_are_said_sixty_days_before_to_those_who_may_know, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let soon = write(&counsellor, student, life_event("bereavement", "2025-12-20", "父亲去世")).await;
    let _ = write(&counsellor, student, life_event("bereavement", "2025-03-01", "爷爷去世")).await;
    let _ = write(&counsellor, student, life_event("move", "2025-12-01", "搬家")).await;
    let mut hidden = life_event("accident", "2024-12-01", "目睹车祸");
    hidden["restricted"] = json!(true);
    let _ = write(&counsellor, student, hidden).await;
    let dates = |file: serde_json::Value| -> Vec<(String, i64)> {
        let all = file["key_dates"].as_array().cloned().unwrap_or_default();
        all.iter().map(|d| (d["date"].as_str().unwrap().to_owned(), d["years"].as_i64().unwrap())).collect()
    };
    let read = file(&world, "teacher", student, "").await;
    assert_eq!(read["key_dates"][0]["entry"], soon);
    assert_eq!(dates(read), [("2026-12-20".to_owned(), 1)]);
    assert_eq!(dates(file(&world, "principal", student, "").await), [("2026-12-20".to_owned(), 1)]);
    let all = [("2026-12-01".to_owned(), 2), ("2026-12-20".to_owned(), 1)];
    assert_eq!(dates(file(&world, "counsellor", student, "").await), all);
    assert!(file(&world, "teacher", world.town.student(0, 0, 1), "").await.get("key_dates").is_none());
});
