//! The page of a sweep, as people use it.

use tests::{Browser, on_both};

use super::at;

on_both!(a_teacher_writes_a_list_gets_more_lines_and_is_led_to_the_form_for_danger, |world| {
    let (child, other) = (world.town.student(0, 0, 0).to_string(), world.town.student(0, 0, 1).to_string());
    let class = world.town.schools[0].classes[0].id.to_string();
    at(&mut world, "2027-04-28 10:00").await;
    let _ = world.letters();
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    assert!(teacher.get("/").await.html.contains("href=\"/sweeps\""));
    let page = teacher.get("/sweeps").await;
    for part in ["期中排查", "赵一然", "待提交", "在看到任何测评结果之前提交"] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    assert!(!page.html.contains("各班情况"), "a class teacher adds to nobody's sweep");

    // More lines, and nothing lost that was typed.
    let typed = [
        ("class", class.as_str()),
        ("sweep", "2027-04-28"),
        ("version", "0"),
        ("student-0", child.as_str()),
        ("sign-0", "hints_at_death"),
        ("note-0", "作文里写到不想活"),
        ("student-2", other.as_str()),
        ("remarks", "期中考试刚过"),
    ];
    let mut wanted = typed.to_vec();
    wanted.push(("more", "yes"));
    let more = teacher.post(&page, "/sweeps", &wanted).await;
    assert_eq!(more.status, 200);
    assert!(more.html.contains("作文里写到不想活") && more.html.contains("student-4"), "{}", more.html);
    let wrong = teacher.post(&more, "/sweeps", &typed).await;
    assert_eq!(wrong.status, 422);
    for kept in ["请签名确认后提交", "请选择看到的表现", "作文里写到不想活", "期中考试刚过"]
    {
        assert!(wrong.html.contains(kept), "{kept}: {}", wrong.html);
    }
    let mut right = typed.to_vec();
    right.extend([("sign-2", "study_slipping"), ("signed", "yes")]);
    assert_eq!(teacher.post(&wrong, "/sweeps", &right).await.status, 303);

    // The danger stands on top, with the way to the form; a second window that is stale changes nothing.
    let page = teacher.get("/sweeps?sweep=2027-04-28&done=yes").await;
    let form = format!("/observations/new?student={child}&#38;sign=hints_at_death");
    let plain = form.replace("&#38;", "&amp;");
    assert!(
        page.html.contains("还没有报告") && (page.html.contains(&form) || page.html.contains(&plain)),
        "{}",
        page.html
    );
    let stale = teacher.post(&page, "/sweeps", &right).await.expect(422);
    assert!(stale.says("刚才已有人提交了新的一版") && stale.value("version") == "1", "{}", stale.html);

    let lead = Browser::sign_in(&world.base, "grade").await;
    let seen = lead.get("/sweeps").await;
    assert!(seen.html.contains("列出学生 2") && seen.html.contains("请向班主任核实"), "{}", seen.html);
    assert!(!seen.html.contains("赵一然"), "the list names classes, not children");
    let unit = world.town.schools[0].grades[0].to_string();
    let words = [("sweep", "2027-04-28"), ("unit", unit.as_str()), ("text", "一班已核实"), ("signed", "yes")];
    assert_eq!(lead.post(&seen, "/sweeps/summary", &words).await.status, 303);
    assert!(lead.get("/sweeps").await.html.contains("一班已核实"));
    world.told_exactly(&[]);
});
