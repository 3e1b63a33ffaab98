//! Filing: what is asked before a red goes out, what a fault says, what is there without signing in.

use tests::{Browser, World, sign};

#[tokio::test(flavor = "multi_thread")]
async fn the_question_before_a_red_names_class_name_and_seat_and_similar_names_come_first() {
    let world = World::sqlite().await;
    let (student, sign) = (world.town.student(0, 0, 0).to_string(), sign(4));
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get("/observations/new").await.expect(200);
    let at = |mark: &str| form.html.find(mark).unwrap_or_else(|| panic!("{mark}: {}", form.html));
    assert!(at("赵一然") < at("赵二鸣") && at("赵二鸣") < at("赵三原"), "by row and column");
    assert!(at("id=\"students\"") < at("id=\"urgency\"") && at("id=\"safe_now\"") < at("id=\"sign\""));
    let fields = [
        ("student", student.as_str()),
        ("sign", sign.as_str()),
        ("urgency", "danger"),
        ("observed_at", "2026-11-23T09:58"),
        ("step", "send"),
    ];
    let asked = teacher.post(&form, "/observations", &fields).await.expect(200);
    assert!(asked.says("报告的是七(1)班赵一然（1排1座），对吗？"), "{}", asked.html);
    assert_eq!(asked.value("about"), "七(1)班赵一然（1排1座）", "kept, should nothing be found any more");
    world.told_exactly(&[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_come_in_the_order_of_the_page_and_say_what_to_do() {
    let world = World::sqlite().await;
    let teacher = Browser::sign_in(&world.base, "teacher").await;
    let form = teacher.get("/observations/new?lang=en").await.expect(200);
    let page = teacher.post(&form, "/observations", &[("step", "send")]).await.expect(422);
    let summary = page.html.split_once("id=\"errors\"").unwrap().1.split("</div>").next().unwrap();
    let order =
        ["#student", "#urgency", "#safe_now", "#sign", "#observed_at"].map(|f| summary.find(&format!("\"{f}\"")));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{summary}");
    for said in ["Choose a student", "Say how urgent it is", "Say whether the child is safe", "Choose a sign"] {
        assert!(summary.contains(said), "{said}: {summary}");
    }
    let searched = teacher.get("/observations/new?lang=zh&show=search&q=").await.expect(200);
    assert!(!searched.says("没有找到这个名字"), "nothing was searched for");
}
