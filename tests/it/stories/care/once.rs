//! A form of care that a hand sends twice is kept once, and asks which child is meant where another has a similar name.

use tests::{Browser, World, on_both};

use crate::stories::growth::similar_names::namesake;

type Typed = &'static [(&'static str, &'static str)];

const VISIT: Typed = &[
    ("at", "2026-11-22T18:00"),
    ("went", "班主任"),
    ("met", "奶奶"),
    ("seen_child", "true"),
    ("text", "孩子在写作业"),
];
const CALL: Typed = &[
    ("less_safe", "no"),
    ("guardian", "母亲张某"),
    ("relation", "mother"),
    ("by", "telephone"),
    ("at", "2026-11-23T09:50"),
    ("told", "孩子情绪低落"),
    ("answer", "reached"),
];
const TALK: Typed = &[
    ("at", "2026-11-23T09:30"),
    ("text", "最近睡不好"),
    ("means_asked", "true"),
    ("wish_to_die", "no"),
    ("safe_now", "yes"),
];
const SCREENING: Typed = &[
    ("at", "2026-11-23T09:30"),
    ("instrument", "phq-a 2002"),
    ("validity", "valid"),
    ("total", "6"),
    ("critical", "0"),
    ("reading", "睡得不好"),
];
const REFERRAL: Typed = &[
    ("to", "县医院心理科"),
    ("reason", "持续低落"),
    ("consent", "student"),
    ("escort", "班主任"),
    ("appointment_at", "2026-11-24T15:00"),
];
const NOTICE: Typed = &[
    ("guardian", "张某"),
    ("relation", "mother"),
    ("text", "不说话"),
    ("measures", "每周谈一次"),
    ("asked", "多陪伴"),
];
const BY_LAW: Typed =
    &[("suspicion", "手臂有伤"), ("suspected", "unknown"), ("danger_now", "no"), ("known_at", "2026-11-23T10:00")];

/// How many entries the counsellor finds in the file.
async fn entries(world: &World) -> usize {
    let path = format!("/api/v1/students/{}/growth-file", world.town.student(0, 0, 0));
    let file = world.client("counsellor").await.get(&path).await.expect(200);
    file.body["entries"]["items"].as_array().unwrap().len()
}

async fn tasks(world: &World, state: &str) -> usize {
    world.client("counsellor").await.get(&format!("/api/v1/tasks?state={state}")).await.expect(200).items().len()
}

on_both!(a_form_of_care_that_is_sent_twice_is_kept_once, |world| {
    let student = world.town.student(0, 0, 0);
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let forms = [
        ("home-visit", VISIT),
        ("guardian-contact", CALL),
        ("interview", TALK),
        ("screening", SCREENING),
        ("referral", REFERRAL),
        ("notice", NOTICE),
    ];
    for (form, typed) in forms {
        let (here, before) = (format!("/students/{student}/care/{form}"), entries(&world).await);
        let page = browser.get(&here).await.expect(200);
        let _ = browser.post_twice(&page, &here, typed).await;
        assert_eq!(entries(&world).await - before, 1, "{form}");
        // What is written with other words on the way back is another one, and is not lost.
        let key = page.value("key");
        let other = typed.iter().map(|(n, v)| if *v == "奶奶" { (*n, "爷爷") } else { (*n, *v) });
        let other: Vec<_> = other.chain([("key", key.as_str())]).collect();
        let _ = browser.post(&page, &here, &other).await.leads_to();
        assert_eq!(entries(&world).await - before, if form == "home-visit" { 2 } else { 1 }, "{form}");
    }
    // Nobody went, and that is said twice.
    let made = browser.get(&format!("/students/{student}/care/referral")).await;
    let went = made.html.split_once("/care/referral-went?referral=").unwrap().1.split('"').next().unwrap().to_owned();
    let (here, before) = (format!("/students/{student}/care/referral-went"), entries(&world).await);
    let page = browser.get(&format!("{here}?referral={went}")).await.expect(200);
    let no = [("referral", went.as_str()), ("went", "false"), ("note", "孩子不愿意去")];
    let _ = browser.post_twice(&page, &here, &no).await;
    assert_eq!(entries(&world).await - before, 1);
    // A task for oneself.
    let (own, before) = (world.town.person("counsellor").to_string(), tasks(&world, "open").await);
    let here = format!("/students/{student}/care/task");
    let page = browser.get(&here).await.expect(200);
    let task = [("kind", "look_in"), ("text", "课间看看"), ("owner", own.as_str()), ("due_at", "2026-11-23T16:00")];
    let _ = browser.post_twice(&page, &here, &task).await;
    assert_eq!(tasks(&world, "open").await - before, 1);
    world.settle().await;
    world.told_exactly(&[]);
});

on_both!(a_report_by_law_that_is_sent_twice_is_one, |world| {
    let student = world.town.student(0, 0, 0);
    let browser = Browser::sign_in(&world.base, "nurse").await;
    let here = format!("/students/{student}/mandatory-report");
    let page = browser.get(&here).await.expect(200);
    let made = browser.post_twice(&page, &here, BY_LAW).await;
    let list = world.client("vice").await.get("/api/v1/mandatory-reports").await.expect(200);
    assert_eq!(list.items().len(), 1, "{}", list.text);
    let (page, to) = (browser.get(&made).await.expect(200), format!("{made}/recipients"));
    let told = [("recipient", "police"), ("at", "2026-11-23T10:00"), ("office", "城关派出所"), ("officer", "王警官")];
    let _ = browser.post_twice(&page, &to, &told).await;
    assert_eq!(browser.get(&made).await.html.matches("王警官").count(), 1);
    world.settle().await;
    let _ = world.told();
});

on_both!(a_form_of_care_asks_which_child_is_meant_where_another_has_a_similar_name, |world| {
    let student = world.town.student(0, 0, 0);
    let _ = namesake(&world).await;
    let browser = Browser::sign_in(&world.base, "counsellor").await;
    let forms = [
        ("home-visit", VISIT),
        ("guardian-contact", CALL),
        ("interview", TALK),
        ("screening", SCREENING),
        ("referral", REFERRAL),
        ("notice", NOTICE),
    ];
    let of = |form: &str| format!("/students/{student}/care/{form}");
    let by_law = (format!("/students/{student}/mandatory-report"), BY_LAW, 1);
    let leave: Typed = &[("from", "2026-11-23"), ("reason", "health"), ("paper_seen", "true"), ("every_days", "7")];
    let leave = (format!("/students/{student}/leave/begin"), leave, 2);
    for (here, typed, kept) in forms.map(|(form, typed)| (of(form), typed, 1)).into_iter().chain([by_law, leave]) {
        let before = entries(&world).await;
        let page = browser.get(&here).await.expect(200);
        let (key, keeper) = (page.value("key"), world.town.person("counsellor").to_string());
        let mut fields: Vec<_> = typed.iter().copied().chain([("key", key.as_str())]).collect();
        fields.push(("keeper", keeper.as_str()));
        let asked = browser.post(&page, &here, &fields).await.expect(200);
        assert!(asked.says("还没有保存") && asked.says("赵依然") && asked.says("6排6座"), "{here}: {}", asked.html);
        assert_eq!(entries(&world).await, before, "{here}: nothing is kept before it is said who is meant");
        // What was typed goes along, and the answer sent twice is kept once.
        assert_eq!((asked.value("key"), asked.value(typed[0].0)), (key.clone(), typed[0].1.to_owned()));
        let meant = asked.value("meant");
        fields.retain(|(name, _)| *name != "key");
        fields.push(("meant", meant.as_str()));
        let _ = browser.post_twice(&asked, &here, &fields).await;
        assert_eq!(entries(&world).await - before, kept, "{here}");
    }
    world.settle().await;
    let _ = world.told();
});
