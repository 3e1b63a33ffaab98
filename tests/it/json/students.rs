//! Names that can be taken for each other.

use domain::id::StudentId;
use serde_json::Value;
use storage::NewStudent;
use tests::{Client, World, on_both};

/// Adds pupils to a class of the first school.
async fn add(world: &World, class: usize, names: &[&str]) {
    let here = &world.town.schools[0];
    let desk = &world.service.desk;
    let new = |name: &&str| {
        let pinyin = name.chars().map(|c| format!("{:x}", c as u32)).collect::<String>();
        NewStudent {
            id: StudentId::new(desk.ids.uuid()),
            district: world.town.district,
            school: here.id,
            grade: here.classes[class].grade,
            class: here.classes[class].id,
            name: (*name).to_owned(),
            name_key: (*name).to_owned(),
            initials: pinyin.clone(),
            pinyin,
            seat: None,
            gender: None,
            birth_date: None,
            student_number: None,
            boards: false,
            dormitory: None,
            bed: None,
            guardians: Vec::new(),
        }
    };
    let students: Vec<NewStudent> = names.iter().map(new).collect();
    let mut tx = desk.storage.begin().await.unwrap();
    tx.add_students(&students, None).await.unwrap();
    tx.commit().await.unwrap();
}

async fn flagged(client: &Client, query: &str) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("/api/v1/students?{query}{cursor}")).await.expect(200);
        let one = |s: &Value| (s["name"].as_str().unwrap().to_owned(), s["similar_names"].as_bool().unwrap());
        out.extend(page.items().iter().map(one));
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return out,
        }
    }
}

on_both!(whether_a_name_has_look_alikes_does_not_depend_on_the_page, |world| {
    add(&world, 0, &["王思涵", "郑八方"]).await;
    add(&world, 1, &["王思雨"]).await;
    let teacher = world.client("teacher").await;
    let whole = flagged(&teacher, "limit=200").await;
    let of = |name: &str| whole.iter().find(|(n, _)| n == name).unwrap().1;
    assert!(of("王思涵") && of("王思雨") && !of("郑八方"));
    assert_eq!(flagged(&teacher, "limit=1").await, whole);
    assert_eq!(flagged(&teacher, "q=王思涵").await, [("王思涵".to_owned(), true)]);
    // Among the pupils of one class there is nobody else of such a name.
    let class = world.town.schools[0].classes[0].id;
    let here = flagged(&teacher, &format!("limit=200&class={class}")).await;
    assert!(here.contains(&("王思涵".to_owned(), false)), "{here:?}");
});
