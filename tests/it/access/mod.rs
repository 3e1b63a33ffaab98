//! The access matrix: every operation × everybody × what is theirs and what is not. Invisible is 404, and looks like
//! what does not exist; no answer names a child outside one's scope.

mod care;
mod coverage;
mod district;
mod doors;
mod drills;
mod file;
mod first_password;
mod leaves;
mod moves;
mod reports;
pub(crate) mod routes;
mod samples;
mod table;

use std::collections::BTreeSet;

use casework::{Contact, NewStaff};
use domain::delivery::Channel;
use domain::org::Unit;
use domain::staff::Role;
use doors::Doors;
use reqwest::Method;
use serde_json::{Value, json};
use table::{PEOPLE, Row, unlisted};
use tests::{Browser, World, on_both};

const PAPER: &[u8] = b"%PDF-1.4\n%%EOF";
const ABSENT: &str = "01a20d7378f0704e9c4f3e6fa7cb6e88";

/// The matrix, a table for each part; the tasks go first, while nobody has acted.
const TABLES: &[&[Row]] = &[
    care::ROWS,
    &table::ROWS,
    coverage::ROWS,
    drills::ROWS,
    file::ROWS,
    leaves::ROWS,
    moves::ROWS,
    reports::ROWS,
    samples::ROWS,
];

/// What the matrix is about.
struct Things {
    alert: String,
    student: String,
    observation: String,
    import: String,
    list_import: String,
    school: String,
    class: String,
    person: String,
    duty: String,
    position: String,
    appointment: String,
    drill: String,
    grade: String,
    task: String,
    hand_over: String,
    entry: String,
    attachment: String,
    membership: String,
    measure: String,
    mandatory: String,
    doors: Doors,
}

impl Things {
    async fn of(world: &World) -> Self {
        for (login, role) in [("clinical", Role::ClinicalVicePrincipal), ("party", Role::PartySecretary)] {
            more(world, login, role).await;
        }
        let drill = drill(world).await;
        let student = world.town.student(0, 0, 0);
        let observation = world.file("teacher", world.filing(student, 4)).await;
        world.settle().await;
        let _ = world.told();
        let entry = entry(world).await;
        let teacher = world.client("teacher").await;
        let attachment = teacher.attach(student, &entry, "通知.pdf", PAPER).await.expect(201).str("id");
        let membership = membership(world).await;
        let measure = measure(world).await;
        let mandatory = mandatory(world).await;
        let school = world.town.schools[0].id.to_string();
        let csv = "姓名,年级,班级\n赵一然,七年级,1\n".as_bytes().to_vec();
        let import = world.client("admin").await.upload(&school, "名册.csv", csv).await.expect(201).str("id");
        let csv = "姓名,年级,班级,清单,列入日期,依据,复核日期\n".as_bytes().to_vec();
        let counsellor = world.client("counsellor").await;
        let list_import =
            counsellor.upload_to("/api/v1/lists/imports", &school, "清单.csv", csv).await.expect(201).str("id");
        let alert = world.alert_seen_by("counsellor").await;
        let here = world.town.schools[0].id;
        let (now, far) = (world.service.desk.now(), world.service.desk.now() + chrono::TimeDelta::days(1));
        let period = domain::coverage::Period { from: now, to: far };
        let turns = world.service.desk.storage.read().duty(here, period).await.unwrap();
        let storage = &world.service.desk.storage;
        let teacher = storage.read().actor(world.town.person("teacher"), now).await.unwrap();
        let position = teacher.positions[0].0.id.to_string();
        let (person, duty) = (world.town.person("teacher").to_string(), turns[0].turn.id.to_string());
        let first = &world.town.schools[0].classes[0];
        let appointment = appointment(world).await;
        let (task, hand_over) = (task(world, student).await, hand_over(world).await);
        let (class, grade, student) = (first.id.to_string(), first.grade.to_string(), student.to_string());
        Self {
            alert,
            student,
            observation,
            import,
            list_import,
            school,
            person,
            duty,
            position,
            appointment,
            drill,
            class,
            grade,
            task,
            hand_over,
            entry,
            attachment,
            membership,
            measure,
            mandatory,
            doors: Doors::default(),
        }
    }

    /// The address of an operation: about these things, or about what does not exist.
    fn path(&self, operation: &str, absent: bool) -> String {
        let path = operation.split_once(' ').unwrap().1;
        let id = if path.contains("/mandatory-reports/") {
            &self.mandatory
        } else if path.contains("/lists/imports/") {
            &self.list_import
        } else if path.contains("/drills/") {
            &self.drill
        } else if path.contains("/tasks/") {
            &self.task
        } else if path.contains("/student-hand-overs/") {
            &self.hand_over
        } else if path.contains("/alerts/") {
            &self.alert
        } else if path.contains("/students/") {
            &self.student
        } else if path.contains("/observations/") {
            &self.observation
        } else if path.contains("/schools/") {
            &self.school
        } else if path.contains("/classes/") {
            &self.class
        } else if path.contains("/appointments/") {
            &self.appointment
        } else if path.contains("/positions/") {
            &self.position
        } else if path.contains("/grades/") {
            &self.grade
        } else if path.contains("/people/") {
            &self.person
        } else {
            &self.import
        };
        let id = if absent { format!("{}_{ABSENT}", id.split_once('_').unwrap().0) } else { id.clone() };
        let id = if path.contains("/decision-samples/") { format!("smp_{ABSENT}") } else { id };
        let path = path.replace("{id}", &id).replace("{duty}", &self.duty).replace("{form}", "task");
        let path = path.replace("{referral}", &format!("ref_{ABSENT}")).replace("{leave}", &format!("lea_{ABSENT}"));
        let path = path.replace("{notice}", &format!("ntc_{ABSENT}")).replace("{step}", "begin");
        let path = path.replace("{kind}", "plan").replace("{record}", "newest");
        let path = path.replace("{entry}", &self.entry).replace("{membership}", &self.membership);
        let path = path.replace("{code}", "difficulty").replace("{version}", "1");
        let path = path.replace("{measure}", &self.measure).replace("{attachment}", &self.attachment);
        path.replace("{deputy}", &format!("dep_{ABSENT}")).replace("{contact}", &format!("con_{ABSENT}"))
    }
}

/// A drill that told the class teacher and the grade lead as well. The red of the matrix ends it.
async fn drill(world: &World) -> String {
    let body = json!({ "note": "例行", "class": world.town.schools[0].classes[0].id });
    let id = world.client("principal").await.post("/api/v1/drills", body).await.expect(201).str("id");
    world.settle().await;
    let _ = world.told();
    id
}

/// A counsellor whom the administrator proposed, and whose account was closed since: it waits, and nobody can confirm it.
async fn appointment(world: &World) -> String {
    let new = json!({ "login": "proposed", "name": "新来的老师", "role": "counsellor",
        "unit": world.town.schools[0].id, "password": "a-long-password" });
    let added = world.client("admin").await.post("/api/v1/people", new).await.expect(201);
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.set_disabled(added.str("id").parse().unwrap(), Some(world.service.desk.now())).await.unwrap();
    tx.commit().await.unwrap();
    world.settle().await;
    let _ = world.told();
    added.body["appointment"]["id"].as_str().unwrap().to_owned()
}

/// A task of the nurse, who opens no file.
async fn task(world: &World, student: domain::id::StudentId) -> String {
    let due = world.service.desk.now() + chrono::TimeDelta::days(20);
    let body = json!({ "student": student, "kind": "look_in", "text": "看看孩子的伤", "due_at": due,
        "owner": world.town.person("nurse") });
    let id = world.client("teacher").await.post("/api/v1/tasks", body).await.expect(201).str("id");
    world.settle().await;
    let _ = world.told();
    id
}

/// The child's hand-over to the class next door, which waits.
async fn hand_over(world: &World) -> String {
    let body = json!({
        "students": [world.town.student(0, 0, 0)], "kind": "class_change", "effective_on": "2026-11-24",
        "to": { "class": world.town.schools[0].classes[1].id },
        "open_matters": ["alert", "watch", "plan", "list", "task", "referral", "key_date"],
    });
    let sent = world.client("counsellor").await.post("/api/v1/student-hand-overs", body).await.expect(201);
    world.settle().await;
    let _ = world.told();
    sent.body["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Something that stands in the file of the child.
async fn entry(world: &World) -> String {
    let body = json!({ "kind": "life_event", "event": "move", "at": "2026-09-01", "text": "搬家" });
    let path = format!("/api/v1/students/{}/growth-file/entries", world.town.student(0, 0, 0));
    world.client("teacher").await.post(&path, body).await.expect(201).str("id")
}

/// A list that the child is on.
async fn membership(world: &World) -> String {
    let body =
        json!({ "list": "difficulty", "from": "2026-09-01", "evidence": "民政认定表", "review_at": "2027-03-01" });
    let path = format!("/api/v1/students/{}/lists", world.town.student(0, 0, 0));
    world.client("counsellor").await.post(&path, body).await.expect(201).str("id")
}

/// What the dormitory reported as the law demands.
async fn mandatory(world: &World) -> String {
    let body = json!({ "suspicion": "手臂上有伤", "suspected": "other", "danger_now": "no" });
    let path = format!("/api/v1/students/{}/mandatory-reports", world.town.student(0, 0, 0));
    world.client("dorm").await.post(&path, body).await.expect(201).str("id")
}

/// What is the teacher's to do in the plan of the child.
async fn measure(world: &World) -> String {
    let (path, teacher) =
        (format!("/api/v1/students/{}/plan", world.town.student(0, 0, 0)), world.town.person("teacher"));
    let counsellor = world.client("counsellor").await;
    let body = json!({
        "problem": "睡不好", "level": 2, "causes": { "family": "父母外出" }, "review_at": "2026-12-20",
        "goals": [{ "text": "能睡够", "check": "一周八小时" }], "responsible": teacher,
        "measures": [{ "text": "每周谈一次", "owner": teacher, "frequency": { "times": 1, "per": "week" }, "until": "2026-12-31" }]
    });
    let _ = counsellor.post(&path, body).await.expect(201);
    let signed = counsellor.post(&format!("{path}/1/sign"), json!({})).await.expect(200);
    signed.body["measures"][0]["id"].as_str().unwrap().to_owned()
}

/// An office that the stories do without.
async fn more(world: &World, login: &str, role: Role) {
    let mail = Contact { channel: Channel::Mail, address: format!("{login}@school.example") };
    let staff = NewStaff {
        login: login.to_owned(),
        name: login.to_owned(),
        role,
        unit: Unit::School(world.town.schools[0].id),
        lead: false,
        contacts: vec![mail],
        password: tests::town::PASSWORD.to_owned(),
    };
    casework::add_staff(&world.service.desk, &staff).await.unwrap();
}

async fn ask(world: &World, things: &Things, person: &str, operation: &str, absent: bool) -> (u16, String) {
    let path = things.path(operation, absent);
    let method: Method = operation.split_once(' ').unwrap().0.parse().unwrap();
    if !path.starts_with("/api/") {
        let page = if person == "nobody" {
            let browser = Browser::new(&world.base);
            if method == Method::GET { browser.get(&path).await } else { browser.send(&path, &[], &[]).await }
        } else {
            let (browser, home) = &*things.doors.browser(world, person, operation).await;
            if method == Method::GET { browser.get(&path).await } else { browser.post(home, &path, &[]).await }
        };
        // Every sign-in has a token of its own.
        let token = page.html.split_once("name=\"csrf\" value=\"").map(|(_, rest)| rest.split('"').next().unwrap());
        let html = token.map_or_else(|| page.html.clone(), |token| page.html.replace(token, ""));
        return (page.status, html.replace(&path, ""));
    }
    let client = things.doors.client(world, person, operation).await;
    if operation.starts_with("POST") && operation.ends_with("/imports") {
        let school = world.town.schools[0].id.to_string();
        let csv = "姓名,年级,班级,清单,列入日期,依据,复核日期\n赵一然,七年级,1\n".as_bytes().to_vec();
        let answer = client.upload_to(&path, &school, "名册.csv", csv).await;
        return (answer.status, answer.text);
    }
    if let Some(student) = operation.ends_with("/attachments").then(|| path.split('/').nth(4)).flatten() {
        let answer = client.attach(student, &things.entry, "通知.pdf", PAPER).await;
        return (answer.status, answer.text.replace(answer.body["request_id"].as_str().unwrap_or("-"), ""));
    }
    let of_alert = method == Method::POST && operation.contains("/alerts/");
    let tag = if of_alert { client.get(&format!("/api/v1/alerts/{}", things.alert)).await.etag } else { None };
    let tag = tag.unwrap_or_else(|| "\"0\"".to_owned());
    let body = if method == Method::POST { Some(body(world, things, operation)) } else { None };
    let answer = client.with("If-Match", &tag).send(method, &path, body).await;
    let id = answer.body["request_id"].as_str().unwrap_or("-").to_owned();
    (answer.status, answer.text.replace(&id, ""))
}

/// A body with nothing wrong in it, so that the answer tells of rights alone.
fn body(world: &World, things: &Things, operation: &str) -> Value {
    let last = operation.rsplit('/').next().unwrap();
    match last {
        "accept" if operation.contains("/student-hand-overs/") => json!({ "class": "no class" }),
        "assess" => json!({ "level": 4, "reason": "面谈", "means_asked": true }),
        "custody" => json!({ "adult": "周老师", "since": world.service.desk.now(), "where": "办公室" }),
        "still-worried" => json!({ "reason": "还是不放心" }),
        "disable" | "end" => json!({ "successor": "nobody" }),
        "observations" => world.filing(things.student.parse().unwrap(), 4),
        _ => json!({}),
    }
}

/// The students whom a person may find anywhere.
fn theirs(world: &World, person: &str) -> BTreeSet<String> {
    let schools: &[usize] = match person {
        "nobody" | "district" | "district-lead" => &[],
        "district-admin" => &[0, 1],
        p if p.ends_with("-b") => &[1],
        _ => &[0],
    };
    let classes = schools.iter().flat_map(|s| world.town.schools[*s].classes.iter().enumerate());
    let classes = classes.filter(|(n, _)| person != "monitor" || *n == 0);
    classes.flat_map(|(_, c)| c.students.iter().map(ToString::to_string)).collect()
}

fn everybody_s_children(world: &World) -> BTreeSet<String> {
    let classes = world.town.schools.iter().flat_map(|s| &s.classes);
    classes.flat_map(|c| c.students.iter().map(ToString::to_string)).collect()
}

async fn matrix(world: &World, people: &[&str]) {
    let things = Things::of(world).await;
    let (mut cells, mut wrong) = (0, Vec::new());
    let all = everybody_s_children(world);
    for row in TABLES.iter().copied().flatten() {
        for person in people {
            cells += 1;
            let wanted = row.expected(person);
            let (status, text) = ask(world, &things, person, row.operation, false).await;
            if status != wanted {
                wrong.push(format!("{} as {person}: {status}, not {wanted}", row.operation));
            }
            if status == 404 && row.operation.contains("{id}") {
                let (_, absent) = ask(world, &things, person, row.operation, true).await;
                if text != absent {
                    wrong.push(format!("{} as {person}: hidden and absent differ", row.operation));
                }
            }
            if (200..300).contains(&status) {
                let allowed = theirs(world, person);
                let leaked = all.iter().filter(|id| !allowed.contains(*id) && text.contains(id.as_str()));
                wrong.extend(leaked.map(|id| format!("{} as {person} names {id}", row.operation)));
            }
        }
    }
    world.settle().await;
    let _ = world.told();
    println!("access matrix: {cells} cells, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_what_is_theirs_and_nothing_else() {
    matrix(&World::sqlite().await, &PEOPLE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_as_well() {
    let some = ["teacher", "teacher1", "counsellor", "counsellor-b", "admin", "district", "nobody"];
    matrix(&World::postgres().await, &some).await;
}

#[test]
fn every_route_is_in_the_matrix_and_a_new_one_is_missed() {
    let mut routes = routes::declared();
    assert!(routes.len() > TABLES.iter().copied().flatten().count(), "{routes:?}");
    assert_eq!(unlisted(&routes), Vec::<&str>::new());
    routes.push("GET /planted/{id}".to_owned());
    assert_eq!(unlisted(&routes), ["GET /planted/{id}"]);
}

#[test]
fn every_operation_of_the_document_is_a_route_and_the_other_way_round() {
    let described = routes::described(&api::document());
    let programs = [" /api/v1/", " /health/", " /metrics"];
    let json = routes::declared().into_iter().filter(|r| programs.iter().any(|p| r.contains(p)));
    assert_eq!(described, json.collect());
}

on_both!(a_position_that_has_ended_opens_nothing, |world| {
    let things = Things::of(&world).await;
    let teacher = world.client("teacher").await;
    let _ = teacher.get(&format!("/api/v1/alerts/{}", things.alert)).await.expect(200);
    let person = world.town.person("teacher");
    world.pass(1).await;
    let desk = &world.service.desk;
    let actor = desk.storage.read().actor(person, desk.now()).await.unwrap();
    let mut tx = desk.storage.begin().await.unwrap();
    for (position, _) in &actor.positions {
        tx.end_position(position.id, desk.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    world.pass(1).await;
    let _ = world.told();
    for operation in
        ["GET /api/v1/alerts/{id}", "GET /api/v1/students/{id}/growth-file", "GET /api/v1/observations/{id}"]
    {
        let _ = teacher.get(&things.path(operation, false)).await.expect(404);
    }
    let worried = things.path("POST /api/v1/observations/{id}/still-worried", false);
    let _ = teacher.post(&worried, json!({ "reason": "还是不放心" })).await.expect(404);
    assert!(teacher.get("/api/v1/students").await.expect(200).items().is_empty());
});
