//! Whatever a file holds: whoever may not read a text gets no byte of it, and to whoever may not know of restricted
//! entries the file looks as it would without them.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tests::{Browser, Client, World};

use super::{entries_of, life_event, note, write};

/// What kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    LifeEvent,
    Counselling,
    /// With this answer to its critical item, and this score.
    Screening(u8, u8),
}

/// An entry: of which kind, narrowed or not, on which day, corrected or not.
#[derive(Debug, Clone)]
struct Planned {
    kind: Kind,
    narrowed: bool,
    day: u32,
    corrected: bool,
}

impl Planned {
    fn restricted(&self) -> bool {
        self.kind != Kind::LifeEvent || self.narrowed
    }

    fn body(&self, marker: &str) -> Value {
        let at = format!("2026-{:02}-{:02}", 1 + self.day / 28, 1 + self.day % 28);
        let mut body = match self.kind {
            Kind::LifeEvent => life_event("bereavement", &at, marker),
            Kind::Counselling => note(&at, marker),
            Kind::Screening(critical, total) => {
                return json!({
                    "at": format!("{at}T09:00:00+08:00"), "instrument": "phq-a", "version": "2002", "total": total,
                    "critical": critical, "validity": "doubtful", "reading": marker,
                });
            }
        };
        body["restricted"] = json!(self.narrowed);
        body
    }
}

fn planned() -> impl Strategy<Value = Vec<Planned>> {
    // What follows from an answer of three is an alert, of which everybody hears who stands there.
    let sitting = (0_u8..3, 0_u8..20).prop_map(|(critical, total)| Kind::Screening(critical, total));
    let kind = prop_oneof![Just(Kind::LifeEvent), Just(Kind::Counselling), sitting];
    let one = (kind, any::<bool>(), 0_u32..300, any::<bool>());
    let one = one.prop_map(|(kind, narrowed, day, corrected)| Planned { kind, narrowed, day, corrected });
    proptest::collection::vec(one, 1..9)
}

const QUERIES: [&str; 7] = [
    "",
    "?kind=life_event",
    "?kind=counselling",
    "?kind=screening",
    "?limit=2",
    "?q=marker",
    "?from=2026-02-01&to=2026-05-01",
];

/// Everything that somebody is answered about a file, without what is of this request alone.
async fn answers(world: &World, who: (&Client, &Browser), student: domain::id::StudentId) -> Vec<String> {
    let mut out = Vec::new();
    for query in QUERIES {
        out.push(who.0.get(&format!("/api/v1/students/{student}/growth-file{query}")).await.expect(200).text);
        out.push(who.1.get(&format!("/students/{student}/growth-file{query}")).await.expect(200).html);
    }
    world.settle().await;
    out
}

async fn keep(by: &Client, student: domain::id::StudentId, one: &Planned, marker: &str) -> String {
    let sitting = matches!(one.kind, Kind::Screening(..));
    let id = if sitting {
        let path = format!("/api/v1/students/{student}/screenings");
        by.post(&path, one.body(marker)).await.expect(201).str("id")
    } else {
        write(by, student, one.body(marker)).await
    };
    let paper = format!("%PDF-1.4 {marker}\n%%EOF");
    let _ = by.attach(student, &id, &format!("{marker}.pdf"), paper.as_bytes()).await.expect(201);
    if one.corrected && !sitting {
        let mut body = one.body(&format!("{marker} again"));
        body.as_object_mut().unwrap().remove("kind");
        let path = format!("{}/{id}/correct", entries_of(student));
        let _ = by.with("If-Match", "\"1\"").post(&path, body).await.expect(201);
    }
    id
}

/// Where the files of a student are that have a word in their names.
async fn papers(by: &Client, student: domain::id::StudentId, word: &str) -> Vec<String> {
    let read = by.get(&format!("/api/v1/students/{student}/growth-file")).await.expect(200).body;
    let all = read["entries"]["items"].as_array().unwrap().iter().flat_map(|e| e["attachments"].as_array().unwrap());
    let named = all.filter(|a| a["name"].as_str().unwrap().contains(word));
    named.map(|a| format!("/students/{student}/attachments/{}", a["id"].as_str().unwrap())).collect()
}

async fn nobody_reads(papers: &[String], who: &(Client, Browser)) {
    for path in papers {
        let _ = who.0.get(&format!("/api/v1{path}")).await.expect(404);
        let _ = who.1.get(path).await.expect(404);
    }
}

async fn holds(world: &World, plan: &[Planned]) {
    let student = tests::crowd::students(world, 1).await[0];
    let counsellor = world.client("counsellor").await;
    for (n, one) in plan.iter().enumerate().filter(|(_, one)| !one.restricted()) {
        let _ = keep(&counsellor, student, one, &format!("marker{n}open")).await;
    }
    let readers = ["teacher", "grade"];
    let mut before = Vec::new();
    for login in readers {
        let who = (world.client(login).await, Browser::sign_in(&world.base, login).await);
        before.push((answers(world, (&who.0, &who.1), student).await, who));
    }
    let mut hidden = Vec::new();
    for (n, one) in plan.iter().enumerate().filter(|(_, one)| one.restricted()) {
        let marker = format!("marker{n}secret");
        hidden.push((keep(&counsellor, student, one, &marker).await, marker));
    }
    let papers = papers(&counsellor, student, "secret").await;
    assert_eq!(papers.len(), hidden.len());
    for (was, who) in &before {
        assert_eq!(&answers(world, (&who.0, &who.1), student).await, was);
        for (id, _) in &hidden {
            let _ = who.0.get(&format!("{}/{id}", entries_of(student))).await.expect(404);
            let _ = who.1.get(&format!("/students/{student}/growth-file/entries/{id}")).await.expect(404);
        }
        nobody_reads(&papers, who).await;
    }
    for login in ["vice", "principal"] {
        let who = (world.client(login).await, Browser::sign_in(&world.base, login).await);
        let mut all = answers(world, (&who.0, &who.1), student).await;
        nobody_reads(&papers, &who).await;
        for (id, _) in &hidden {
            all.push(who.0.get(&format!("{}/{id}", entries_of(student))).await.expect(200).text);
            all.push(who.1.get(&format!("/students/{student}/growth-file/entries/{id}")).await.expect(200).html);
        }
        assert!(all.iter().all(|a| !a.contains("secret")), "{login} reads what is restricted");
        let counted = serde_json::from_str::<Value>(&all[0]).unwrap()["entries"]["items"].as_array().unwrap().len();
        assert_eq!(counted, plan.len(), "{login} knows of every entry");
    }
    let read = world.client("counsellor").await.get(&format!("/api/v1/students/{student}/growth-file")).await;
    assert!(hidden.iter().all(|(_, marker)| read.text.contains(marker)), "{}", read.text);
}

fn many(world: &World, cases: u32) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&planned(), |plan| {
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(holds(world, &plan)));
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_file_holds_nobody_gets_a_byte_that_is_not_for_him() {
    many(&World::sqlite().await, 12);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_file_holds_nobody_gets_a_byte_that_is_not_for_him_on_postgres() {
    many(&World::postgres().await, 4);
}
