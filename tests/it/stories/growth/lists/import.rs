//! A counsellor brings in the lists of September from a spreadsheet.

use serde_json::{Value, json};
use tests::{Answer, Browser, Client, World, on_both};

use super::{codes, lists_of};

const HEAD: &str = "姓名,年级,班级,学号,清单,列入日期,依据,依据来源,复核日期";
const PATH: &str = "/api/v1/lists/imports";

/// What stands in the roster under a number, as an administrator brought it in: twins by sound in one class, and two
/// children of one name in another.
async fn roster(world: &World) {
    let csv = "姓名,年级,班级,学号\n张玮,七年级,1,A01\n张伟,七年级,1,A02\n吴六平,七年级,2,A03\n吴六平,七年级,2,A04\n";
    let (admin, school) = (world.client("admin").await, world.town.schools[0].id.to_string());
    let import = admin.upload(&school, "名册.csv", csv.as_bytes().to_vec()).await.expect(201);
    let path = format!("/api/v1/roster/imports/{}/apply", import.str("id"));
    let _ = admin.with("If-Match", "\"1\"").post(&path, json!({})).await.expect(200);
}

async fn upload(world: &World, by: &Client, rows: &[&str]) -> Answer {
    let csv = format!("{HEAD}\n{}\n", rows.join("\n"));
    by.upload_to(PATH, &world.town.schools[0].id.to_string(), "清单.csv", csv.into_bytes()).await
}

async fn act(by: &Client, import: &Answer, verb: &str, tag: &str) -> Answer {
    by.with("If-Match", tag).post(&format!("{PATH}/{}/{verb}", import.str("id")), json!({})).await
}

/// Row, column and code of everything that is wrong.
fn faults(import: &Answer) -> Vec<(u64, String, String)> {
    let text = |e: &Value, key: &str| e[key].as_str().unwrap().to_owned();
    let errors = import.body["errors"].as_array().unwrap();
    errors.iter().map(|e| (e["row"].as_u64().unwrap(), text(e, "column"), text(e, "code"))).collect()
}

fn fates(import: &Answer) -> Vec<String> {
    let lines = import.body["lines"].as_array().unwrap();
    lines.iter().map(|l| l["fate"].as_str().unwrap().to_owned()).collect()
}

on_both!(a_file_is_looked_at_row_by_row_applied_in_a_persons_name_and_taken_back, |world| {
    let (zhao, second) = (world.town.student(0, 0, 0), world.town.student(0, 0, 1));
    let counsellor = world.client("counsellor").await;
    let rows = [
        "赵一然,七年级,1,,留守儿童,2026-09-01,家长登记表,监护人,2026/12/20",
        "赵二鸣,七年级,1,,difficulty,20260901,民政认定表,authority,2026-12-20",
    ];
    let import = upload(&world, &counsellor, &rows).await.expect(201);
    assert_eq!(
        (fates(&import), faults(&import)),
        (vec!["new".to_owned(), "new".to_owned()], vec![]),
        "{}",
        import.text
    );
    assert!(codes(&world, "teacher", zhao).await.is_empty(), "a preview writes nothing");
    let _ = counsellor.post(&format!("{PATH}/{}/apply", import.str("id")), json!({})).await.expect(428);
    let _ = act(&counsellor, &import, "apply", "\"7\"").await.expect(412);
    let _ = act(&counsellor, &import, "undo", "\"1\"").await.expect(409);

    let done = act(&counsellor, &import, "apply", "\"1\"").await.expect(200);
    assert_eq!((&done.body["creates"], &done.body["applied"]), (&json!(2), &json!(true)));
    assert_eq!(codes(&world, "teacher", zhao).await, ["left_behind"]);
    let kept = counsellor.get(&lists_of(zhao)).await.expect(200).items();
    assert_eq!(
        (&kept[0]["by"]["id"], &kept[0]["source"]),
        (&json!(world.town.person("counsellor")), &json!("guardian"))
    );
    assert_eq!((&kept[0]["evidence"], &kept[0]["review_at"]), (&json!("家长登记表"), &json!("2026-12-20")));
    let _ = act(&counsellor, &import, "apply", "\"2\"").await.expect(409);

    // Once more the same file: nobody is listed twice, whatever else it says.
    let again = upload(&world, &counsellor, &rows).await.expect(201);
    assert_eq!(fates(&again), ["unchanged", "unchanged"]);

    // One is reviewed in between; taking back ends the other alone.
    let review = json!({ "text": "材料齐全", "review_at": "2027-03-01" });
    let path = format!(
        "{}/{}/review",
        lists_of(second),
        counsellor.get(&lists_of(second)).await.items()[0]["id"].as_str().unwrap()
    );
    let _ = counsellor.post(&path, review).await.expect(200);
    let undone = act(&counsellor, &import, "undo", "\"2\"").await.expect(200);
    assert_eq!(undone.body["ended"], 1);
    assert!(codes(&world, "teacher", zhao).await.is_empty());
    assert_eq!(codes(&world, "teacher", second).await, ["difficulty"]);
    let stays = counsellor.get(&lists_of(zhao)).await.expect(200).items();
    assert_eq!((&stays[0]["said"], &stays[0]["to"]), (&json!("撤销导入"), &json!("2026-11-23")));
    let _ = act(&counsellor, &import, "undo", "\"3\"").await.expect(409);
    world.told_exactly(&[]);
});

on_both!(a_file_that_nobody_applied_is_forgotten_with_its_evidence_after_a_week, |world| {
    let counsellor = world.client("counsellor").await;
    let rows = ["赵一然,七年级,1,,留守儿童,2026-09-01,家长登记表,监护人,2026/12/20"];
    let applied = upload(&world, &counsellor, &rows).await.expect(201);
    let _ = act(&counsellor, &applied, "apply", "\"1\"").await.expect(200);
    let left = upload(&world, &counsellor, &rows).await.expect(201);
    let (admin, school) = (world.client("admin").await, world.town.schools[0].id.to_string());
    let file = "姓名,年级,班级,学号\n张玮,七年级,1,A01\n".as_bytes().to_vec();
    let roster = admin.upload(&school, "名册.csv", file).await.expect(201);
    let roster = format!("/api/v1/roster/imports/{}", roster.str("id"));
    for (minutes, status) in [(7 * 24 * 60, 200), (1, 404)] {
        world.pass(minutes).await;
        casework::tidy(&world.service.desk).await.unwrap();
        let _ = world.client("admin").await.get(&roster).await.expect(status);
        let counsellor = world.client("counsellor").await;
        let _ = counsellor.get(&format!("{PATH}/{}", left.str("id"))).await.expect(status);
        let _ = counsellor.get(&format!("{PATH}/{}", applied.str("id"))).await.expect(200);
    }
    let _ = world.told();
});

on_both!(whoever_could_be_two_children_is_none_and_every_fault_of_the_file_is_named_at_once, |world| {
    roster(&world).await;
    let counsellor = world.client("counsellor").await;
    let good = "2026-09-01,登记表,监护人,2026-12-20";
    let import = upload(
        &world,
        &counsellor,
        &[
            &format!("张玮,七年级,1,,留守儿童,{good}"),
            &format!("吴六平,七年级,2,,留守儿童,{good}"),
            &format!("张玮,七年级,1,A02,留守儿童,{good}"),
            &format!("没有人,七年级,1,,留守儿童,{good}"),
            &format!("赵一然,,,,留守儿童,{good}"),
            "赵一然,七年级,1,,没有这份,2027-01-01,,邻居,2026-01-01",
            &format!("张玮,七年级,1,A01,留守儿童,{good}"),
            &format!("张玮,七年级,1,A01,left_behind,{good}"),
            "赵一然,七年级,1,,医教协同关爱名单,2026-09-01,听说的,监护人,2026-12-20",
        ],
    )
    .await
    .expect(201);
    let wrong = |row, column: &str, code: &str| (row, column.to_owned(), code.to_owned());
    assert_eq!(
        faults(&import),
        [
            wrong(2, "姓名", "look_alike"),
            wrong(3, "姓名", "ambiguous_student"),
            wrong(4, "学号", "student_differs"),
            wrong(5, "姓名", "unknown_student"),
            wrong(6, "班级", "class_missing"),
            wrong(7, "清单", "unknown_list"),
            wrong(7, "列入日期", "in_the_future"),
            wrong(7, "依据", "required"),
            wrong(7, "依据来源", "unknown_value"),
            wrong(7, "复核日期", "not_in_the_future"),
            wrong(9, "清单", "twice"),
            wrong(10, "依据来源", "evidence_needed"),
        ],
        "{}",
        import.text
    );
    assert_eq!(import.body["creates"], 1);
    // Those rows alone that are sure are written.
    let done = act(&counsellor, &import, "apply", "\"1\"").await.expect(200);
    assert_eq!(done.body["creates"], 1);
    let members = counsellor.get("/api/v1/lists/left_behind").await.expect(200).items();
    assert_eq!((members.len(), &members[0]["student"]["name"]), (1, &json!("张玮")));

    let (school, csv) = (world.town.schools[0].id.to_string(), "姓名,年级,班级\n赵一然,七年级,1\n");
    let none = counsellor.upload_to(PATH, &school, "x.csv", csv.into()).await.expect(422);
    let codes: Vec<_> = none.faults().into_iter().map(|f| f.1).collect();
    assert_eq!(codes, ["column_missing"; 4]);
    world.told_exactly(&[]);
});

on_both!(a_hidden_list_comes_from_its_people_alone_and_nothing_follows_from_the_roster, |world| {
    let child = world.town.student(0, 0, 0);
    let row = "赵一然,七年级,1,,医教协同关爱名单,2026-09-01,家长交来的意见,医院,2026-12-20";
    let (counsellor, vice) = (world.client("counsellor").await, world.client("vice").await);
    for login in ["teacher", "grade", "admin", "principal", "counsellor-b"] {
        assert_eq!(upload(&world, &world.client(login).await, &[row]).await.status, 404, "{login}");
    }
    let import = upload(&world, &counsellor, &[row]).await.expect(201);
    // The evidence in the file is his who uploaded it.
    assert_eq!(vice.get(&format!("{PATH}/{}", import.str("id"))).await.status, 404);
    assert_eq!(act(&vice, &import, "apply", "\"1\"").await.status, 404);
    let _ = act(&counsellor, &import, "apply", "\"1\"").await.expect(200);
    assert!(codes(&world, "teacher", child).await.is_empty(), "class teachers do not learn of it");
    assert_eq!(codes(&world, "counsellor", child).await, ["disorder"]);

    // A roster that says who is left behind puts nobody on a list.
    let admin = world.client("admin").await;
    let csv = "姓名,年级,班级,是否留守儿童\n周五常,七年级,1,是\n";
    let school = world.town.schools[0].id.to_string();
    let roster = admin.upload(&school, "名册.csv", csv.as_bytes().to_vec()).await.expect(201);
    let path = format!("/api/v1/roster/imports/{}/apply", roster.str("id"));
    let _ = admin.with("If-Match", "\"1\"").post(&path, json!({})).await.expect(200);
    assert!(counsellor.get("/api/v1/lists/left_behind").await.expect(200).items().is_empty());
    world.told_exactly(&[]);
});

on_both!(on_the_page_a_spreadsheet_is_shown_before_it_is_written, |world| {
    let child = world.town.student(0, 0, 0);
    let counsellor = Browser::sign_in(&world.base, "counsellor").await;
    let form = counsellor.get("/lists/imports").await.expect(200);
    assert!(form.says("先预览，确认以后才写入"), "{}", form.html);
    let refused = counsellor.upload(&form, "/lists/imports", "清单.csv", b"x,y\n1,2\n".to_vec()).await.expect(422);
    assert!(refused.says("找不到表头"), "{}", refused.html);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["姓名", "年级", "班级", "清单", "列入日期", "依据", "复核日期"],
        ["赵一然", "七年级", "1", "流动儿童", "2026-09-01", "居住证", "2026-12-20"],
        ["没有人", "七年级", "1", "流动儿童", "2026-09-01", "居住证", "2026-12-20"],
    ];
    for (r, row) in (0_u32..).zip(rows) {
        for (c, text) in (0_u16..).zip(row) {
            let _ = sheet.write_string(r, c, text).unwrap();
        }
    }
    let sent = counsellor.upload(&form, "/lists/imports", "清单.xlsx", book.save_to_buffer().unwrap()).await;
    let here = sent.leads_to();
    let preview = counsellor.get(&here).await.expect(200);
    for text in ["还没有写入任何内容", "赵一然", "名册里没有这名学生", "A3", "以我的名义列入 (1)"]
    {
        assert!(preview.says(text), "{text}: {}", preview.html);
    }
    let version = preview.value("version");
    let done = counsellor.post(&preview, &format!("{here}/apply"), &[("version", &version)]).await;
    assert_eq!(done.leads_to(), here);
    let after = counsellor.get(&here).await.expect(200);
    assert!(after.says("已写入") && after.says("撤销这次导入"), "{}", after.html);
    assert_eq!(codes(&world, "teacher", child).await, ["migrant"]);
    let version = after.value("version");
    assert_eq!(counsellor.post(&after, &format!("{here}/undo"), &[("version", &version)]).await.leads_to(), here);
    assert!(counsellor.get(&here).await.says("已撤销"));
    assert!(codes(&world, "teacher", child).await.is_empty());
    world.told_exactly(&[]);
});
