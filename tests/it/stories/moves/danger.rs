//! A list of a sweep alarms nobody: with danger on it that nobody has reported, no child is handed over.

use serde_json::json;
use tests::on_both;

use super::roster::import;
use super::{LIST, change, send, sent, with};

const MOVED: &str = "姓名,年级,班级,出生日期\n赵一然,七年级,2,2013-01-01\n";

on_both!(a_child_in_danger_on_a_list_is_handed_over_only_when_somebody_has_reported_it, |world| {
    let (child, class) = (world.town.student(0, 0, 0), world.town.schools[0].classes[1].id);
    let teacher = world.client("teacher").await;
    let list = json!({ "signed": true, "students": [{ "student": child, "sign": "has_plan_to_die", "note": "" }] });
    let own = world.town.schools[0].classes[0].id;
    let _ = teacher.post(&format!("/api/v1/classes/{own}/sweep"), list).await.expect(201);
    let matters = format!("/api/v1/students/{child}/open-matters");
    for login in ["teacher", "counsellor"] {
        let open = world.client(login).await.get(&matters).await.expect(200).body["items"].clone();
        assert_eq!(open[0]["kind"], "unreported_danger", "{login}: {open}");
    }
    // Neither to be signed away nor to be named: it is to be reported.
    let expected = [("students[0].unreported_danger".to_owned(), "danger_unreported".to_owned())];
    for body in [change(child, class), with(change(child, class), &["unreported_danger"])] {
        assert_eq!(send(&world, "teacher", body).await.expect(422).faults(), expected);
    }
    let transfer = json!({ "students": [child], "kind": "transfer", "to": { "school": world.town.schools[1].id },
        "effective_on": "2026-11-25", "nothing_to_hand_over": true });
    assert_eq!(send(&world, "counsellor", transfer).await.expect(422).faults(), expected);
    world.settle().await;
    world.told_exactly(&[]);
    // Somebody reports it: now it is an alert, and goes along as one.
    let _ = world.file("teacher", world.filing(child, 4)).await;
    world.settle().await;
    let _ = world.told();
    let open = teacher.get(&matters).await.expect(200).body["items"].clone();
    assert_eq!((open[0]["kind"].clone(), open.as_array().unwrap().len()), (json!("alert"), 1), "{open}");
    let _ = sent(&world, "teacher", with(change(child, class), &["alert"])).await;
    world.told_exactly(&["teacher1"]);
});

on_both!(a_roster_moves_no_child_in_danger_silently, |world| {
    let (child, own) = (world.town.student(0, 0, 0), world.town.schools[0].classes[0].id);
    let list = json!({ "signed": true, "students": [{ "student": child, "sign": "has_plan_to_die", "note": "" }] });
    let _ = world.client("teacher").await.post(&format!("/api/v1/classes/{own}/sweep"), list).await.expect(201);
    let _ = import(&world, MOVED).await;
    world.settle().await;
    world.told_exactly(&["teacher1"]);
    assert_eq!(world.client("teacher1").await.get(&format!("{LIST}?mine=true")).await.expect(200).items().len(), 1);
});
