//! Whatever is sent, accepted, refused and taken back: a student has exactly one holder at every instant, and each reader's answer
//! agrees with it.

use domain::id::{ClassId, StudentId};
use proptest::prelude::*;
use serde_json::json;
use tests::World;

use super::{LIST, sent};

/// What somebody tries.
#[derive(Debug, Clone, Copy)]
enum Deed {
    /// Sends the student to the n-th class, of any school.
    Send(usize),
    Accept,
    Refuse,
    Withdraw,
    /// Days go by.
    Days(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0..8_usize).prop_map(Deed::Send),
        3 => Just(Deed::Accept),
        1 => Just(Deed::Refuse),
        1 => Just(Deed::Withdraw),
        1 => (1..9_i64).prop_map(Deed::Days),
    ]
}

/// The classes of both schools, with the suffix of the people of each.
fn classes(world: &World) -> Vec<(ClassId, usize, String)> {
    let of = |(s, school): (usize, &tests::town::School)| {
        let suffix = ["", "-b"][s];
        let name = move |n: usize| if n == 0 { format!("teacher{suffix}") } else { format!("teacher{n}{suffix}") };
        school.classes.iter().enumerate().map(move |(n, c)| (c.id, s, name(n))).collect::<Vec<_>>()
    };
    world.town.schools.iter().enumerate().flat_map(of).collect()
}

/// The model: where the student is, and where he is to go.
struct Model {
    at: usize,
    to: Option<usize>,
    waits: bool,
    path: String,
}

async fn run(world: &mut World, deeds: Vec<Deed>) {
    let student = world.town.student(0, 0, 0);
    let all = classes(world);
    let mut model = Model { at: 0, to: None, waits: false, path: String::new() };
    let written = world.file("teacher", world.filing(student, 0)).await;
    for deed in deeds {
        act(world, &all, &mut model, student, deed).await;
        agree(world, &all, &model, student).await;
    }
    let _ = world.client("teacher").await.get(&format!("/api/v1/observations/{written}")).await.expect(200);
    let _ = world.told();
}

fn counsellor(school: usize) -> &'static str {
    ["counsellor", "counsellor-b"][school]
}

async fn act(world: &mut World, all: &[(ClassId, usize, String)], model: &mut Model, student: StudentId, deed: Deed) {
    let (_, school, teacher) = &all[model.at];
    match deed {
        Deed::Send(to) if to != model.at && !model.waits => {
            let between = all[to].1 != *school;
            let sender = if between { counsellor(*school) } else { teacher };
            let today = world.service.desk.calendar.date(world.service.desk.now());
            let body = json!({ "students": [student], "kind": if between { "transfer" } else { "class_change" },
                "to": { "class": all[to].0 }, "effective_on": today, "nothing_to_hand_over": true });
            model.path = sent(world, sender, body).await;
            (model.to, model.waits) = (Some(to), true);
        }
        Deed::Send(_) => {}
        Deed::Accept | Deed::Refuse => {
            let Some(to) = model.to else { return };
            let receiver = if all[to].1 == *school { all[to].2.as_str() } else { counsellor(all[to].1) };
            let client = world.client(receiver).await;
            let (verb, body) = if matches!(deed, Deed::Accept) {
                ("accept", json!({}))
            } else {
                ("refuse", json!({ "reason": "满了" }))
            };
            let answer = client.post(&format!("{}/{verb}", model.path), body).await;
            assert_eq!(answer.status == 200, model.waits, "{verb}: {}", answer.text);
            if model.waits && verb == "accept" {
                model.at = to;
                model.to = None;
            }
            model.waits = false;
        }
        Deed::Withdraw => {
            if model.to.is_none() {
                return;
            }
            let between = all[model.to.unwrap()].1 != *school;
            let client = world.client(if between { counsellor(*school) } else { teacher }).await;
            let tag = client.get(&model.path).await.expect(200).etag.unwrap();
            let done = client.with("If-Match", &tag).post(&format!("{}/withdraw", model.path), json!({})).await;
            assert_eq!(done.status, 200, "{}", done.text);
            (model.to, model.waits) = (None, false);
        }
        Deed::Days(days) => world.pass(days * 24 * 60).await,
    }
    let _ = world.told();
}

/// One class holds the student; its teacher and its counsellor open the file, and nobody else of their kind does.
async fn agree(world: &World, all: &[(ClassId, usize, String)], model: &Model, student: StudentId) {
    let path = format!("/api/v1/students/{student}/growth-file");
    let mut holders = Vec::new();
    for (n, (_, school, teacher)) in all.iter().enumerate() {
        let status = world.client(teacher).await.get(&path).await.status;
        assert!([200, 404].contains(&status));
        holders.extend((status == 200).then_some((n, *school)));
    }
    assert_eq!(holders, [(model.at, all[model.at].1)]);
    for school in [0, 1] {
        let status = world.client(counsellor(school)).await.get(&path).await.status;
        assert_eq!(status == 200, school == all[model.at].1);
    }
    let live = world.client(counsellor(all[model.at].1)).await.get(LIST).await.expect(200).items();
    assert_eq!(live.len(), usize::from(model.to.is_some()), "what is under way is seen on the holder's side");
}

fn lives(deeds: Vec<Deed>, postgres: bool) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let mut world = if postgres { World::postgres().await } else { World::sqlite().await };
        run(&mut world, deeds).await;
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn exactly_one_holder_at_every_instant(deeds in proptest::collection::vec(deed(), 4..16)) {
        lives(deeds, false);
    }

    #[test]
    fn exactly_one_holder_at_every_instant_on_postgres(deeds in proptest::collection::vec(deed(), 4..10)) {
        lives(deeds, true);
    }
}
