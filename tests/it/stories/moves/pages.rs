//! By pages, without script.

use tests::{Browser, on_both};

use super::alert;

on_both!(a_student_is_handed_over_and_accepted_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let _ = alert(&world, student, 1).await;
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let file = teacher.get(&format!("/students/{student}/growth-file")).await;
    let form = format!("/students/{student}/hand-over");
    assert!(file.html.contains(&format!("href=\"{form}\"")), "{}", file.html);
    let page = teacher.get(&form).await;
    assert!(
        page.html.contains("未结案的预警") && page.html.contains("七(2)班") && !page.html.contains("示例二中"),
        "{}",
        page.html
    );
    let to = world.town.schools[0].classes[1].id.to_string();
    let typed = [
        ("kind", "class_change"),
        ("to", &to),
        ("effective_on", "2026-11-24"),
        ("note", "座位请安排前排"),
        ("open", "alert"),
    ];
    let unsigned = teacher.post(&page, &form, &typed).await;
    assert_eq!(unsigned.status, 422);
    assert!(unsigned.html.contains("座位请安排前排</textarea>"), "{}", unsigned.html);
    let signed: Vec<(&str, &str)> = typed.into_iter().chain([("signed", "yes")]).collect();
    assert_eq!(teacher.post(&page, &form, &signed).await.status, 303);
    world.settle().await;
    world.told_exactly(&["teacher1"]);
    let mine = teacher.get("/student-hand-overs").await;
    assert!(
        mine.html.contains("待接收") && mine.html.contains("赵*然") && !mine.html.contains("赵一然"),
        "{}",
        mine.html
    );

    let receiver = Browser::sign_in(&world.base, "teacher1").await;
    assert!(receiver.get("/").await.html.contains("1 份等您办理"));
    let list = receiver.get("/student-hand-overs").await;
    let one = list.html.split_once("href=\"/student-hand-overs/sho_").unwrap().1.split('"').next().unwrap().to_owned();
    let path = format!("/student-hand-overs/sho_{one}");
    let waits = receiver.get(&path).await;
    assert!(waits.html.contains("赵一然") && waits.html.contains("座位请安排前排"), "{}", waits.html);
    assert!(!waits.html.contains("未结案的预警") && !waits.html.contains("growth-file"), "{}", waits.html);
    let empty = receiver.post(&waits, &format!("{path}/refuse"), &[]).await;
    assert_eq!(empty.status, 422);
    assert_eq!(receiver.post(&waits, &format!("{path}/accept"), &[]).await.status, 303);
    let has = receiver.get(&path).await;
    assert!(
        has.html.contains("已接收") && has.html.contains("未结案的预警") && has.html.contains("growth-file"),
        "{}",
        has.html
    );
    let log = receiver.get(&format!("/students/{student}/growth-file")).await;
    assert!(log.html.contains("接收交接（转班）"), "{}", log.html);
    assert_eq!(teacher.get(&format!("/students/{student}/growth-file")).await.status, 404);
    assert!(receiver.get("/student-hand-overs?show=accepted").await.html.contains("赵*然"));
    world.settle().await;
    world.told_exactly(&["teacher", "teacher1"]);
});

on_both!(a_transfer_and_a_look_at_what_is_sealed_by_pages, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let form = format!("/students/{student}/hand-over");
    let page = counsellor.get(&form).await;
    let to = world.town.schools[1].id.to_string();
    assert!(page.html.contains("示例二中") && page.html.contains("没有要交接的，签名确认"), "{}", page.html);
    let typed = [("kind", "transfer"), ("to", to.as_str()), ("effective_on", "2026-11-25"), ("signed", "yes")];
    assert_eq!(counsellor.post(&page, &form, &typed).await.status, 303);
    world.settle().await;
    world.told_exactly(&["counsellor-b"]);
    let receiver = Browser::sign_in(&world.base, "counsellor-b").await;
    let list = receiver.get("/student-hand-overs").await;
    let one = list.html.split_once("href=\"/student-hand-overs/sho_").unwrap().1.split('"').next().unwrap().to_owned();
    let path = format!("/student-hand-overs/sho_{one}");
    let waits = receiver.get(&path).await;
    assert_eq!(receiver.post(&waits, &format!("{path}/accept"), &[]).await.status, 422);
    let class = world.town.schools[1].classes[0].id.to_string();
    assert_eq!(receiver.post(&waits, &format!("{path}/accept"), &[("class", &class)]).await.status, 303);
    let file = receiver.get(&format!("/students/{student}/growth-file")).await;
    let unseal = format!("/students/{student}/unseal");
    assert!(file.html.contains("转入前的档案已封存") && file.html.contains(&unseal), "{}", file.html);
    let sign = receiver.get(&unseal).await;
    assert_eq!(receiver.post(&sign, &unseal, &[("purpose", "了解以往")]).await.status, 422);
    assert_eq!(receiver.post(&sign, &unseal, &[("purpose", "了解以往"), ("signed", "yes")]).await.status, 303);
    let open = receiver.get(&format!("/students/{student}/growth-file")).await;
    assert!(!open.html.contains("转入前的档案已封存") && open.html.contains("启封查阅：了解以往"), "{}", open.html);
    world.settle().await;
    world.told_exactly(&["counsellor"]);
});
