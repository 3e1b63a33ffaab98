//! A left-behind child from primary to senior school: two changes of class, a transfer, two promotions. At each point every adult
//! sees what he must and nothing else, and of all the years nothing is lost.

use casework::{Contact, NewStaff};
use domain::delivery::Channel;
use domain::id::{ClassId, GradeId, SchoolId};
use domain::org::{Stage, Unit};
use domain::staff::Role;
use serde_json::{Value, json};
use storage::{ClassRecord, GradeRecord, NewStudent, SchoolRecord};
use tests::{World, on_both};

use super::{accept, opens, sent};

/// A school with one grade and two classes, a teacher for each, a counsellor and a vice-principal.
struct Place {
    school: SchoolId,
    classes: Vec<ClassId>,
}

async fn school(world: &mut World, name: &str, stage: Stage, year: i32, suffix: &str) -> Place {
    let desk = world.service.desk.clone();
    let id = SchoolId::new(desk.ids.uuid());
    let mut tx = desk.storage.begin().await.unwrap();
    let record = SchoolRecord {
        id,
        district: world.town.district,
        name: name.to_owned(),
        duty_phone: None,
        counsellor_phone: None,
    };
    tx.add_school(&record).await.unwrap();
    let grade = GradeRecord { id: GradeId::new(desk.ids.uuid()), school: id, stage, entry_year: year };
    tx.add_grade(&grade).await.unwrap();
    let mut classes = Vec::new();
    for name in ["1", "2"] {
        let class = ClassRecord { id: ClassId::new(desk.ids.uuid()), grade: grade.clone(), name: name.to_owned() };
        tx.add_class(&class).await.unwrap();
        classes.push(class.id);
    }
    tx.commit().await.unwrap();
    let people = [
        ("t1", Role::ClassTeacher, Unit::Class(classes[0])),
        ("t2", Role::ClassTeacher, Unit::Class(classes[1])),
        ("c", Role::Counsellor, Unit::School(id)),
        ("v", Role::VicePrincipal, Unit::School(id)),
    ];
    for (login, role, unit) in people {
        let login = format!("{login}-{suffix}");
        let contacts = vec![Contact { channel: Channel::Mail, address: format!("{login}@school.example") }];
        let name = format!("老师{login}");
        let password = tests::town::PASSWORD.to_owned();
        let staff = NewStaff { login: login.clone(), name, role, unit, lead: false, contacts, password };
        let person = casework::add_staff(&desk, &staff).await.unwrap();
        world.town.people.push((login, person));
    }
    Place { school: id, classes }
}

async fn child(world: &World, place: &Place) -> domain::id::StudentId {
    let desk = &world.service.desk;
    let read = desk.storage.read().place_of_class(place.classes[0]).await.unwrap().unwrap().0;
    let id = domain::id::StudentId::new(desk.ids.uuid());
    let student = NewStudent {
        id,
        district: world.town.district,
        school: place.school,
        grade: read.grade,
        class: place.classes[0],
        name: "周小满".to_owned(),
        name_key: "周小满".to_owned(),
        pinyin: "zhouxiaoman".to_owned(),
        initials: "zxm".to_owned(),
        seat: None,
        gender: None,
        birth_date: Some("2011-05-06".to_owned()),
        student_number: None,
        boards: false,
        dormitory: None,
        bed: None,
        guardians: Vec::new(),
    };
    let mut tx = desk.storage.begin().await.unwrap();
    tx.add_students(&[student], None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn to_class(student: domain::id::StudentId, kind: &str, class: ClassId, day: &str, open: &[&str]) -> Value {
    json!({ "students": [student], "kind": kind, "to": { "class": class }, "effective_on": day,
        "nothing_to_hand_over": open.is_empty(), "open_matters": open })
}

/// Writes a note of counselling; all of them have to be there in the end.
async fn note(world: &World, login: &str, student: domain::id::StudentId, day: &str, text: &str) {
    let path = format!("/api/v1/students/{student}/growth-file/entries");
    let body = json!({ "kind": "counselling", "at": day, "text": text });
    let _ = world.client(login).await.post(&path, body).await.expect(201);
}

async fn read(world: &World, login: &str, student: domain::id::StudentId) -> String {
    let path = format!("/api/v1/students/{student}/growth-file?limit=200");
    world.client(login).await.get(&path).await.expect(200).text
}

async fn class_seen(world: &World, login: &str) -> String {
    let found = world.client(login).await.get("/api/v1/students?q=周小满").await.expect(200).items();
    assert_eq!(found.len(), 1, "{login}");
    found[0]["class"]["name"].as_str().unwrap().to_owned()
}

on_both!(the_file_of_a_left_behind_child_from_primary_to_senior_school, from "2017-10-09 10:00", |world| {
    let primary = school(&mut world, "示例小学", Stage::Primary, 2017, "p").await;
    let junior = school(&mut world, "示例三中", Stage::Junior, 2023, "j").await;
    let other = school(&mut world, "示例四中", Stage::Junior, 2023, "k").await;
    let senior = school(&mut world, "示例高中", Stage::Senior, 2026, "s").await;
    let student = child(&world, &primary).await;
    assert_eq!(class_seen(&world, "t1-p").await, "一(1)班");
    let list = json!({ "list": "left_behind", "from": "2017-09-01", "evidence": "村委会证明", "review_at": "2018-09-01" });
    let _ = world.client("c-p").await.post(&format!("/api/v1/students/{student}/lists"), list).await.expect(201);
    note(&world, "c-p", student, "2017-10-09", "一年级：想爸爸妈妈").await;

    // Two changes of class at the primary school.
    world.at("2019-03-04 10:00").await;
    let _ = world.told();
    let path = sent(&world, "t1-p", to_class(student, "class_change", primary.classes[1], "2019-03-05", &["list"])).await;
    world.told_exactly(&["t2-p"]);
    let _ = accept(&world, "t2-p", &path).await.expect(200);
    world.settle().await;
    world.told_exactly(&["t1-p"]);
    opens(&world, student, &["t2-p", "c-p"], &["t1-p", "c-j", "t1-j"]).await;
    assert_eq!(class_seen(&world, "t2-p").await, "二(2)班");
    note(&world, "c-p", student, "2019-03-04", "二年级：换班后不说话").await;
    world.at("2021-09-06 10:00").await;
    let path = sent(&world, "t2-p", to_class(student, "class_change", primary.classes[0], "2021-09-07", &["list"])).await;
    world.told_exactly(&["t1-p"]);
    let _ = accept(&world, "t1-p", &path).await.expect(200);
    world.settle().await;
    world.told_exactly(&["t2-p"]);
    assert_eq!(class_seen(&world, "t1-p").await, "五(1)班");

    // To junior school: counsellor to counsellor. The years before are sealed; the lists and a summary go along.
    world.at("2023-09-04 10:00").await;
    let _ = world.told();
    let path = sent(&world, "c-p", to_class(student, "promotion", junior.classes[0], "2023-09-05", &["list"])).await;
    world.told_exactly(&["c-j"]);
    opens(&world, student, &["t1-p", "c-p"], &["c-j", "t1-j", "v-j"]).await;
    let _ = accept(&world, "c-j", &path).await.expect(200);
    world.settle().await;
    world.told_exactly(&["c-p"]);
    opens(&world, student, &["t1-j", "c-j", "v-j"], &["t1-p", "t2-p", "c-p", "v-p", "t2-j", "c-k", "counsellor"]).await;
    assert_eq!(class_seen(&world, "t1-j").await, "七(1)班");
    let seen = read(&world, "c-j", student).await;
    assert!(seen.contains("近24个月摘要") && seen.contains("left_behind") && !seen.contains("想爸爸妈妈"), "{seen}");
    assert!(!read(&world, "t1-j", student).await.contains("摘要"));

    // An orange at the junior school, and a transfer in the middle of it.
    world.at("2024-11-11 10:00").await;
    let _ = world.told();
    note(&world, "c-j", student, "2024-11-11", "八年级：奶奶病了").await;
    let mut filing = world.filing(student, 3);
    filing["narrative"] = json!("说活着没意思");
    let _ = world.file("t1-j", filing).await;
    world.settle().await;
    let _ = world.told();
    let alert = format!("/api/v1/alerts/{}", world.alert_seen_by("c-j").await);
    let _ = world.client("c-j").await.post(&format!("{alert}/acknowledge"), json!({})).await.expect(200);
    world.settle().await;
    let _ = world.told();
    let mut body = to_class(student, "transfer", other.classes[1], "2024-11-12", &["alert", "list"]);
    body["told_to"] = json!("老师c-k");
    body["told_by_telephone_at"] = json!(world.service.desk.now());
    let path = sent(&world, "c-j", body).await;
    world.told_exactly(&["c-k"]);
    let _ = accept(&world, "c-k", &path).await.expect(200);
    world.settle().await;
    let told = world.told();
    assert!(told.iter().all(|l| l.ends_with("-k") || l == "c-j"), "{told:?}");
    opens(&world, student, &["t2-k", "c-k", "v-k"], &["t1-j", "c-j", "v-j", "t1-k", "c-p"]).await;
    let _ = world.client("c-j").await.get(&alert).await.expect(404);
    let _ = world.client("c-k").await.get(&alert).await.expect(200);
    let seen = read(&world, "c-k", student).await;
    assert!(seen.contains("说活着没意思") && !seen.contains("奶奶病了") && !seen.contains("想爸爸妈妈"), "{seen}");
    world.at("2024-11-20 10:00").await;
    let told = world.told();
    assert!(!told.is_empty() && told.iter().all(|l| l.ends_with("-k") || l.starts_with("district")), "{told:?}");
    let assess = json!({ "level": 3, "reason": "面谈", "means_asked": true });
    let done = crate::stories::decisions::decide(&world.client("c-k").await, &alert, "assess", assess).await;
    assert_eq!(done.status, 200, "{}", done.text);
    world.settle().await;
    let _ = world.told();

    // To senior school with the orange still being watched: nothing is closed by it.
    world.at("2026-09-07 10:00").await;
    let _ = world.told();
    let mut body = to_class(student, "promotion", senior.classes[0], "2026-09-08", &["alert", "list"]);
    body["told_to"] = json!("老师c-s");
    body["told_by_telephone_at"] = json!(world.service.desk.now());
    let path = sent(&world, "c-k", body).await;
    world.told_exactly(&["c-s"]);
    let _ = accept(&world, "c-s", &path).await.expect(200);
    world.settle().await;
    let told = world.told();
    assert!(told.iter().all(|l| l.ends_with("-s") || l == "c-k"), "{told:?}");
    opens(&world, student, &["t1-s", "c-s", "v-s"], &["t2-k", "c-k", "c-j", "c-p", "t2-s", "counsellor", "admin"]).await;
    assert_eq!(class_seen(&world, "t1-s").await, "高一(1)班");
    let _ = world.client("c-s").await.get(&alert).await.expect(200);

    // Nine years: whoever signs for it reads every one of them.
    let sealed = read(&world, "c-s", student).await;
    let all = ["想爸爸妈妈", "换班后不说话", "奶奶病了", "说活着没意思"];
    assert!(all[..3].iter().all(|t| !sealed.contains(t)) && sealed.contains(all[3]), "{sealed}");
    let signed = json!({ "purpose": "了解成长经历，制定方案", "signed": true });
    let _ = world.client("c-s").await.post(&format!("/api/v1/students/{student}/unseal"), signed).await.expect(201);
    let open = read(&world, "c-s", student).await;
    assert!(all.iter().all(|t| open.contains(t)), "{open}");
    let log = world.client("c-s").await.get(&format!("/api/v1/students/{student}/growth-file?kind=hand_over")).await.expect(200);
    assert_eq!(log.text.matches("接收交接").count(), 5, "{}", log.text);
    world.at("2026-09-07 23:00").await;
    let _ = world.told();
});
