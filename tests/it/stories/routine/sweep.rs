//! Sweeps of a term: whom class teachers are concerned about, taken before anybody sees a result of a screening.

use reqwest::Method;
use serde_json::{Value, json};
use tests::on_both;

use super::{at, nil, twelve_classes};

/// A list that names one student for one sign.
fn named(student: domain::id::StudentId, sign: &str, note: &str) -> Value {
    json!({ "signed": true, "students": [{ "student": student, "sign": sign, "note": note }] })
}

fn nobody() -> Value {
    json!({ "nil": true, "signed": true })
}

on_both!(a_class_teachers_list_is_taken_before_any_result_corrected_beside_itself_and_in_the_childs_file, |world| {
    let school = world.town.schools[0].clone();
    let (class, child) = (school.classes[0].id, world.town.student(0, 0, 0));
    let path = format!("/api/v1/classes/{class}/sweep");
    // On the first school day of the middle of the term.
    at(&mut world, "2027-04-28 09:00").await;
    let _ = world.letters();
    let teacher = world.client("teacher").await;
    let empty = teacher.get(&path).await.expect(200);
    assert_eq!((&empty.body["sweep"]["kind"], &empty.body["taken_at"]), (&json!("midterm"), &Value::Null));
    assert_eq!(casework::own_list_taken_at(&world.service.desk, class).await.unwrap(), None, "no result is shown yet");

    // Everything that is wrong is said at once, and nothing is kept.
    let stranger = world.town.student(0, 1, 0);
    let lines = json!([{ "student": child, "sign": "not_a_sign" }, { "student": "x" }]);
    let wrong = teacher.post(&path, json!({ "nil": true, "students": lines })).await.expect(422);
    let mut codes: Vec<&str> =
        wrong.body["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["bad_id", "nil_with_students", "not_signed", "required", "unknown_sign"]);
    let other = teacher.post(&path, named(stranger, "often_absent", "")).await.expect(422);
    assert_eq!(other.body["errors"][0]["code"], "not_in_class");
    let unborn = json!({ "nil": true, "signed": true, "sweep": "2027-09-01" });
    assert_eq!(teacher.post(&path, unborn).await.expect(422).body["errors"][0]["code"], "no_such_sweep");
    assert_eq!(teacher.get(&path).await.expect(200).body["versions"], json!([]));

    let first = named(child, "often_absent", "这个月请了四次病假");
    let filed = teacher.post(&path, first.clone()).await.expect(201);
    assert_eq!((&filed.body["version"], &filed.body["danger"]), (&json!(1), &json!([])));
    let taken = casework::own_list_taken_at(&world.service.desk, class).await.unwrap().unwrap();
    assert_eq!(casework::own_list_taken_at(&world.service.desk, school.classes[1].id).await.unwrap(), None);

    // A correction stands beside it, needs to know what it corrects, and does not move the moment.
    at(&mut world, "2027-04-29 10:00").await;
    let second = json!({ "signed": true, "students": [first["students"][0],
        { "student": world.town.student(0, 0, 1), "sign": "study_slipping" }] });
    let _ = teacher.post(&path, second.clone()).await.expect(428);
    let mine = world.client("teacher").await.with("If-Match", "\"1\"");
    assert_eq!(mine.send(Method::POST, &path, Some(second)).await.expect(201).body["version"], 2);
    assert_eq!(casework::own_list_taken_at(&world.service.desk, class).await.unwrap(), Some(taken));
    let read = world.client("grade").await.get(&path).await.expect(200);
    assert_eq!(read.body["versions"].as_array().unwrap().len(), 2);
    assert_eq!((&read.body["may_file"], &read.body["state"]), (&json!(false), &json!("filed")));

    // What was said of the child is in his file once, and the other sweep of the term is another list.
    let file = teacher.get(&format!("/api/v1/students/{child}/growth-file?kind=mood")).await.expect(200);
    let entries = file.body["entries"]["items"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "the same line twice is one entry");
    assert_eq!(entries[0]["text"], "排查：最近常迟到早退、请病假或逃课：这个月请了四次病假");
    let opening = teacher.get(&format!("{path}?sweep=2027-02-22")).await.expect(200);
    assert_eq!((&opening.body["versions"], &opening.body["sweep"]["kind"]), (&json!([]), &json!("opening")));
    for stranger in ["subject", "teacher1", "teacher-b"] {
        assert_eq!(world.client(stranger).await.get(&path).await.status, 404, "{stranger}");
    }
    assert!(world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items().is_empty());
    let _ = world.letters();
});

on_both!(a_sweep_is_announced_asked_for_and_shown_one_tier_up_and_what_came_is_asked_for_no_more, |world| {
    let classes = twelve_classes(&world).await;
    for (n, class) in world.town.schools[1].classes.iter().enumerate() {
        let login = if n == 0 { "teacher-b".to_owned() } else { format!("teacher{n}-b") };
        world.clock.set(tests::world::shanghai("2027-02-22 07:00"));
        let path = format!("/api/v1/classes/{}/sweep", class.id);
        let _ = world.client(&login).await.post(&path, nobody()).await.expect(201);
    }
    at(&mut world, "2027-02-22 08:59").await;
    world.told_exactly(&[]);
    // On the first morning of the term the class teachers are told, and nobody else.
    at(&mut world, "2027-02-22 09:00").await;
    let told = world.letters();
    assert!(told.iter().all(|l| l.text.contains("排查名单待提交")), "{told:#?}");
    let logins: std::collections::BTreeSet<&str> = told.iter().map(|l| l.to.split('@').next().unwrap()).collect();
    assert!(classes.iter().all(|(login, _)| logins.contains(login.as_str())), "{logins:?}");
    assert!(!["grade", "counsellor", "vice", "principal"].iter().any(|l| logins.contains(l)), "{logins:?}");

    let silent = ["teacher1", "t4-1"];
    for (login, class) in classes.iter().filter(|(login, _)| !silent.contains(&login.as_str())) {
        let path = format!("/api/v1/classes/{class}/sweep");
        let _ = world.client(login).await.post(&path, nobody()).await.expect(201);
    }
    // Ten school days are the opening's; weekly reports of these weeks come in.
    for friday in ["2027-02-26", "2027-03-05"] {
        at(&mut world, &format!("{friday} 12:00")).await;
        let all = classes.iter().map(|(l, c)| (l.clone(), *c));
        let other = world.town.schools[1].classes.iter().enumerate();
        let other = other.map(|(n, c)| (if n == 0 { "teacher-b".to_owned() } else { format!("teacher{n}-b") }, c.id));
        for (login, class) in all.chain(other).collect::<Vec<_>>() {
            let path = format!("/api/v1/classes/{class}/report");
            let _ = world.client(&login).await.post(&path, nil()).await.expect(201);
        }
    }
    at(&mut world, "2027-03-05 15:59").await;
    world.told_exactly(&[]);
    at(&mut world, "2027-03-05 16:00").await;
    let asked = world.letters();
    let logins: std::collections::BTreeSet<&str> = asked.iter().map(|l| l.to.split('@').next().unwrap()).collect();
    assert!(silent.iter().all(|s| logins.contains(s)), "{logins:?}");
    assert_eq!(asked.len(), 3, "two mails, and an SMS to the one of them who has a number: {asked:#?}");
    at(&mut world, "2027-03-05 16:20").await;
    let (_, class) = classes.iter().find(|(l, _)| l == "t4-1").unwrap();
    let _ = world.client("t4-1").await.post(&format!("/api/v1/classes/{class}/sweep"), nobody()).await.expect(201);

    at(&mut world, "2027-03-05 17:30").await;
    let told = world.letters();
    assert!(told.iter().all(|l| l.text.contains("有1个班级的排查名单未提交")), "{told:#?}");
    assert_eq!(told.len(), 2, "the grade lead by SMS and mail; neither counsellor nor principal");
    let school = world.client("principal").await.get("/api/v1/sweeps?sweep=2027-02-22").await.expect(200);
    let states = |state: &str| school.items().iter().filter(|i| i["state"] == state).count();
    assert_eq!((states("missing"), states("late"), states("filed")), (1, 1, 10));
    // Nothing on the weekend, three mornings more, and then no more.
    at(&mut world, "2027-03-07 12:00").await;
    world.told_exactly(&[]);
    for day in ["2027-03-08", "2027-03-09", "2027-03-10"] {
        at(&mut world, &format!("{day} 09:00")).await;
        assert_eq!(world.letters().len(), 2, "{day}");
    }
    at(&mut world, "2027-03-11 09:00").await;
    world.told_exactly(&[]);
});

on_both!(danger_on_a_list_leads_to_the_form_and_alarms_nobody_by_itself, |world| {
    let class = world.town.schools[0].classes[0].id;
    let child = world.town.student(0, 0, 0);
    let path = format!("/api/v1/classes/{class}/sweep");
    at(&mut world, "2027-04-28 10:00").await;
    let _ = world.letters();
    let teacher = world.client("teacher").await;
    let filed = teacher.post(&path, named(child, "hints_at_death", "作文里写到不想活")).await.expect(201);
    let form = format!("/observations/new?student={child}&sign=hints_at_death");
    let want = json!([{ "student": child, "sign": "hints_at_death", "report": form }]);
    assert_eq!(filed.body["danger"], want);
    assert_eq!(teacher.get(&path).await.expect(200).body["unreported"], want);
    world.settle().await;
    assert!(world.client("counsellor").await.get("/api/v1/alerts").await.expect(200).items().is_empty());
    world.told_exactly(&[]);

    // Those above see that it was not reported, until it was; the page of the form is filled in.
    let open = |answer: tests::Answer| answer.items().iter().map(|i| i["unreported"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(open(world.client("grade").await.get("/api/v1/sweeps").await.expect(200)), 1);
    let page = tests::Browser::sign_in(&world.base, "teacher").await.get(&form).await;
    assert!(page.html.contains("赵一然") && page.html.contains("value=\"hints_at_death\" checked"), "{}", page.html);
    let _ = world.file("teacher", world.filing(child, 3)).await;
    world.settle().await;
    assert!(!world.letters().is_empty(), "the observation is what alarms");
    assert_eq!(open(world.client("grade").await.get("/api/v1/sweeps").await.expect(200)), 0);
    assert_eq!(teacher.get(&path).await.expect(200).body["unreported"], json!([]));
});

on_both!(grade_and_school_add_to_a_sweep_and_change_nothing_in_it, |world| {
    let school = world.town.schools[0].clone();
    let (class, grade) = (school.classes[0].id, school.grades[0]);
    at(&mut world, "2027-04-28 10:00").await;
    let _ = world.letters();
    let path = format!("/api/v1/classes/{class}/sweep");
    let teacher = world.client("teacher").await;
    let _ = teacher.post(&path, nobody()).await.expect(201);
    let before = teacher.get(&path).await.expect(200).text;
    let lead = world.client("grade").await;
    let add = format!("/api/v1/grades/{grade}/sweep");
    assert_eq!(lead.post(&add, json!({})).await.expect(422).fields(), ["text", "signed"]);
    let words = json!({ "text": "七年级排查完成", "signed": true });
    assert_eq!(lead.post(&add, words.clone()).await.expect(201).body["version"], 1);
    assert_eq!(lead.post(&add, words.clone()).await.expect(201).body["version"], 2);
    assert_eq!(world.client("grade1").await.post(&add, words.clone()).await.status, 404);
    let of_school = format!("/api/v1/schools/{}/sweep", school.id);
    let _ = world.client("vice").await.post(&of_school, words.clone()).await.expect(201);
    assert_eq!(lead.post(&of_school, words).await.status, 404);
    let read = world.client("principal").await.get("/api/v1/sweeps").await.expect(200);
    assert_eq!(read.body["summaries"].as_array().unwrap().len(), 2);
    let weekly = world.client("principal").await.get("/api/v1/reports").await.expect(200);
    assert_eq!(weekly.body["summaries"], json!([]), "a sweep is no week");
    assert_eq!(teacher.get(&path).await.expect(200).text, before);
    world.told_exactly(&[]);
});

on_both!(danger_on_a_list_stays_in_sight_until_that_very_danger_was_reported, |world| {
    let class = world.town.schools[0].classes[0].id;
    let (child, other) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let path = format!("/api/v1/classes/{class}/sweep");
    at(&mut world, "2027-04-28 10:00").await;
    let _ = world.letters();
    let teacher = world.client("teacher").await;
    let open = |answer: tests::Answer| answer.items().iter().map(|i| i["unreported"].as_u64().unwrap()).sum::<u64>();
    // Something graver than the list, but from before it, is not the answer to it.
    let _ = world.file("subject", world.filing(child, 3)).await;
    world.pass(1).await;
    let _ = teacher.post(&path, named(child, "hints_at_death", "作文里写到不想活")).await.expect(201);
    assert_eq!(teacher.get(&path).await.expect(200).body["unreported"].as_array().unwrap().len(), 1);
    world.pass(1).await;
    // Something harmless, what the child saw of another, and what the teacher must not know of are no answer either.
    let _ = world.file("subject", world.filing(child, 1)).await;
    let mut witness = world.filing(other, 3);
    witness["students"] = json!([{ "student": other, "part": "subject" }, { "student": child, "part": "witness" }]);
    let _ = world.file("subject", witness).await;
    assert_eq!(open(world.client("grade").await.get("/api/v1/sweeps").await.expect(200)), 1);
    let mut confided = world.filing(child, 3);
    confided["concerns"] = json!({ "kind": "staff", "staff": world.town.person("teacher") });
    let _ = world.file("nurse", confided).await;
    assert_eq!(teacher.get(&path).await.expect(200).body["unreported"].as_array().unwrap().len(), 1);
    // Whoever may know of it sees that it was reported.
    assert_eq!(open(world.client("grade").await.get("/api/v1/sweeps").await.expect(200)), 0);
    // A later version of the list is the same line; what was seen long ago counts when it is reported.
    let second = json!({ "signed": true, "students": [
        { "student": child, "sign": "hints_at_death", "note": "作文里写到不想活" },
        { "student": other, "sign": "often_absent" }] });
    let mut reported = world.filing(child, 3);
    reported["observed_at"] = json!(tests::world::shanghai("2027-04-20 10:00"));
    let _ = world.file("subject", reported).await;
    world.pass(1).await;
    let mine = world.client("teacher").await.with("If-Match", "\"1\"");
    let _ = mine.send(Method::POST, &path, Some(second)).await.expect(201);
    assert_eq!(teacher.get(&path).await.expect(200).body["unreported"], json!([]));
    assert_eq!(open(world.client("grade").await.get("/api/v1/sweeps").await.expect(200)), 0);
    world.settle().await;
    let _ = world.letters();
});
