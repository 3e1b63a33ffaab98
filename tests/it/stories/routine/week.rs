//! A Friday on which four of twelve classes do not report.

use serde_json::json;
use tests::on_both;

use super::{at, nil, turn, twelve_classes};

async fn the_other_school_files(world: &tests::World) {
    for (n, class) in world.town.schools[1].classes.iter().enumerate() {
        let login = if n == 0 { "teacher-b".to_owned() } else { format!("teacher{n}-b") };
        let _ =
            world.client(&login).await.post(&format!("/api/v1/classes/{}/report", class.id), nil()).await.expect(201);
    }
}

on_both!(on_a_friday_four_of_twelve_classes_do_not_report, |world| {
    let classes = twelve_classes(&world).await;
    let silent = ["teacher1", "t3-0", "t4-1", "t5-1"];
    at(&mut world, "2026-11-26 15:00").await;
    for (login, class) in classes.iter().filter(|(login, _)| !silent.contains(&login.as_str())) {
        let teacher = world.client(login).await;
        let _ = teacher.post(&format!("/api/v1/classes/{class}/report"), nil()).await.expect(201);
    }
    the_other_school_files(&world).await;
    at(&mut world, "2026-11-27 15:59").await;
    world.told_exactly(&[]);

    // At 16:00 the four are asked, by name of nobody, and nobody else hears.
    at(&mut world, "2026-11-27 16:00").await;
    let asked = world.letters();
    assert!(asked.iter().all(|l| l.text.contains("本周班级周报待提交，没有情况也请零报告")), "{asked:#?}");
    let told: std::collections::BTreeSet<&str> = asked.iter().map(|l| l.to.split('@').next().unwrap()).collect();
    assert!(silent.iter().all(|s| told.contains(s)), "{told:?}");
    assert_eq!(asked.len(), 5, "four mails, and one SMS to the only one of them who has a number");
    at(&mut world, "2026-11-27 17:29").await;
    world.told_exactly(&[]);
    let grade = world.client("grade").await;
    let before = grade.get("/api/v1/reports").await.expect(200);
    assert_eq!(before.body["items"].as_array().unwrap().len(), 6, "his own grade alone");

    // One files while there is time: nobody above hears of him.
    let (_, class) = classes.iter().find(|(l, _)| l == "t3-0").unwrap();
    let _ = world.client("t3-0").await.post(&format!("/api/v1/classes/{class}/report"), nil()).await.expect(201);
    at(&mut world, "2026-11-27 17:30").await;
    let told = world.letters();
    assert!(told.iter().any(|l| l.to.starts_with("grade@") && l.text.contains("有1个班级的周报未提交")), "{told:#?}");
    assert!(told.iter().any(|l| l.to.starts_with("grade1@") && l.text.contains("有2个班级的周报未提交")), "{told:#?}");
    assert_eq!(told.len(), 4, "two grade leads by SMS and mail; no counsellor, no principal");

    let missing = |answer: &tests::Answer| -> Vec<String> {
        let items = answer.body["items"].as_array().unwrap();
        items
            .iter()
            .filter(|i| i["state"] == "missing")
            .map(|i| i["class"]["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let principal = world.client("principal").await;
    let school = principal.get("/api/v1/reports?week=2026-11-23").await.expect(200);
    assert_eq!((school.body["items"].as_array().unwrap().len(), missing(&school).len()), (12, 3));

    // The weekend is nobody's; on three mornings those who are left are asked again, and then no more.
    at(&mut world, "2026-11-29 12:00").await;
    world.told_exactly(&[]);
    at(&mut world, "2026-11-30 08:59").await;
    world.told_exactly(&[]);
    at(&mut world, "2026-11-30 09:00").await;
    assert_eq!(world.letters().len(), 4, "three mails and an SMS");
    let class = classes.iter().find(|(l, _)| l == "teacher1").unwrap().1;
    let late = json!({ "week": "2026-11-23", "nil": true, "signed": true });
    let _ = world.client("teacher1").await.post(&format!("/api/v1/classes/{class}/report"), late).await.expect(201);
    for day in ["2026-12-01", "2026-12-02"] {
        at(&mut world, &format!("{day} 09:00")).await;
        assert_eq!(world.letters().len(), 2, "{day}");
    }
    at(&mut world, "2026-12-03 09:00").await;
    world.told_exactly(&[]);
    let school = world.client("principal").await.get("/api/v1/reports?week=2026-11-23").await.expect(200);
    assert_eq!(missing(&school).len(), 2, "what is missing stays to be seen");
    let state = school.body["items"].as_array().unwrap().iter().filter(|i| i["state"] == "late").count();
    assert_eq!(state, 2, "the one of Friday 16:20 and the one of Monday");
});

on_both!(a_report_that_came_while_its_reminder_waited_is_not_asked_for, |world| {
    let class = world.town.schools[0].classes[0].id;
    at(&mut world, "2026-11-27 15:59").await;
    world.clock.set(tests::world::shanghai("2026-11-27 16:00"));
    while casework::turn_reports(&world.service.desk).await.unwrap() > 0 {}
    let _ = world.client("teacher").await.post(&format!("/api/v1/classes/{class}/report"), nil()).await.expect(201);
    turn(&world).await;
    let asked = world.told();
    assert!(!asked.contains("teacher") && asked.contains("teacher1"), "{asked:?}");
});
