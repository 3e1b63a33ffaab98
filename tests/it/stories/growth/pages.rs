//! The pages of the growth file, used by hand.

use tests::{Browser, on_both};

use super::{life_event, texts, write};

pub(super) const FORM: [(&str, &str); 4] =
    [("kind", "life_event"), ("event", "bereavement"), ("at", "2026-11-20"), ("text", "外婆去世")];

on_both!(a_teacher_writes_a_life_event_by_hand_and_nothing_typed_is_lost, |world| {
    let student = world.town.student(0, 0, 0);
    let here = format!("/students/{student}/growth-file");
    let browser = Browser::sign_in(&world.base, "teacher").await;
    let file = browser.get(&here).await.expect(200);
    assert!(file.says(&format!("{here}/new")));
    let form = browser.get(&format!("{here}/new")).await.expect(200);
    assert!(form.says("亲人去世") && form.says("赵一然") && !form.says("counselling"));
    let wrong = [("kind", "life_event"), ("at", "2026-12-24"), ("text", "外婆<去世>")];
    let again = browser.post(&form, &format!("{here}/entries"), &wrong).await.expect(422);
    assert!(again.says("这个日期还没有到") && again.says("请选择是什么事") && again.says("外婆&#60;去世&#62;"));
    let key = form.value("key");
    let fields: Vec<_> = FORM.into_iter().chain([("key", key.as_str())]).collect();
    for _ in 0..2 {
        let to = browser.post(&form, &format!("{here}/entries"), &fields).await.leads_to();
        assert!(to.starts_with(&format!("{here}#evt_")), "{to}");
    }
    assert_eq!(texts(&world, "teacher", student, "").await, ["亲人去世：外婆去世"], "sent twice, kept once");
    let file = browser.get(&here).await.expect(200);
    assert!(file.says("亲人去世：外婆去世") && file.says("查看或更正"));
    // The principal reads, and is not offered what he may not do.
    let principal = Browser::sign_in(&world.base, "principal").await;
    assert!(!principal.get(&here).await.expect(200).says(&format!("{here}/new")));
    let _ = principal.get(&format!("{here}/new")).await.expect(403);
});

on_both!(a_correction_by_hand_that_comes_too_late_shows_both_texts, |world| {
    let student = world.town.student(0, 0, 0);
    let here = format!("/students/{student}/growth-file");
    let id = write(&world.client("teacher").await, student, life_event("bereavement", "2026-11-20", "外婆去世")).await;
    let page = format!("{here}/entries/{id}");
    let (first, second) =
        (Browser::sign_in(&world.base, "teacher").await, Browser::sign_in(&world.base, "grade").await);
    let (mine, theirs) = (first.get(&page).await.expect(200), second.get(&page).await.expect(200));
    assert!(mine.says("第 1 版") && mine.value("base") == "1");
    let fields = |text: &'static str| [("base", "1"), ("event", "bereavement"), ("at", "2026-11-20"), ("text", text)];
    let _ = second.post(&theirs, &format!("{page}/correct"), &fields("外公去世")).await.leads_to();
    let late = first.post(&mine, &format!("{page}/correct"), &fields("奶奶去世")).await.expect(412);
    assert!(late.says("刚才有人先更正了") && late.says("外公去世") && late.says("奶奶去世"));
    assert_eq!(late.value("base"), "2");
    let fields = [("base", "2"), ("event", "bereavement"), ("at", "2026-11-20"), ("text", "奶奶去世")];
    let _ = first.post(&late, &format!("{page}/correct"), &fields).await.leads_to();
    assert_eq!(texts(&world, "teacher", student, "").await, ["亲人去世：奶奶去世"]);
});

on_both!(the_file_is_searched_by_hand, |world| {
    let student = world.town.student(0, 0, 0);
    let teacher = world.client("teacher").await;
    let _ = write(&teacher, student, life_event("move", "2026-10-01", "搬到奶奶家")).await;
    let _ = write(&teacher, student, life_event("divorce", "2026-11-01", "父母分开")).await;
    let here = format!("/students/{student}/growth-file");
    let browser = Browser::sign_in(&world.base, "teacher").await;
    let found = browser.get(&format!("{here}?q=%E5%A5%B6%E5%A5%B6")).await.expect(200);
    assert!(found.says("搬到奶奶家") && !found.says("父母分开"));
    let found = browser.get(&format!("{here}?from=2026-11-01&to=2026-11-30")).await.expect(200);
    assert!(!found.says("搬到奶奶家") && found.says("父母分开"));
    let wrong = browser.get(&format!("{here}?from=2026-11-02&to=2026-11-01")).await.expect(200);
    assert!(wrong.says("结束日期早于开始日期"));
});
