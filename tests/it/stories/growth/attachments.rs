//! Files that belong to an entry 附件: a hospital's opinion, a photograph of a signed notice.

use domain::id::StudentId;
use sea_orm::ConnectionTrait;
use serde_json::json;
use sha2::{Digest, Sha256};
use tests::{Browser, database, on_both};

use super::{entries_of, file, items, life_event, note, write};

const OPINION: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nmarker of the opinion\nstartxref\n0\n%%EOF\n";

fn of(student: StudentId, id: &str) -> String {
    format!("/api/v1/students/{student}/attachments/{id}")
}

/// A photograph as a telephone takes it, with a place in it.
fn photograph() -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(60, 40).write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    let (plain, place) = (out.into_inner(), b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0GPS 26.0745N 119.2965E");
    let length = u16::try_from(place.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], b"\xff\xe1", &length, place, &plain[2..]].concat()
}

on_both!(a_hospitals_opinion_is_read_by_whoever_reads_its_entry_and_by_nobody_else, |world| {
    let student = world.town.student(0, 0, 0);
    let counsellor = world.client("counsellor").await;
    let entry = write(&counsellor, student, note("2026-11-23", "母亲带来医院意见")).await;
    let kept = counsellor.attach(student, &entry, "医院意见.pdf", OPINION).await.expect(201);
    let (id, path) = (kept.str("id"), of(student, &kept.str("id")));
    assert_eq!((kept.str("entry"), kept.header("location")), (entry.clone(), path.as_str()));
    let shown = items(&file(&world, "counsellor", student, "").await)[0]["attachments"].clone();
    let digest: String = Sha256::digest(OPINION).iter().map(|b| format!("{b:02x}")).collect();
    let (sha, size, none) = (json!(digest), json!(OPINION.len()), json!(null));
    assert_eq!((&shown[0]["id"], &shown[0]["name"]), (&json!(id), &json!("医院意见.pdf")));
    assert_eq!((&shown[0]["sha256"], &shown[0]["bytes"], &shown[0]["withdrawn"]), (&sha, &size, &none));
    let file_read = counsellor.download(&path).await;
    assert!(file_read.status == 200 && file_read.bytes == OPINION);
    let header = |name: &str| file_read.headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("content-disposition"), format!("attachment; filename=\"{id}.pdf\""), "it names nobody");
    assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff".into(), "no-store".into()));
    // Whoever knows of the entry and no more learns of no file, and whoever does not know of it learns nothing.
    for login in ["vice", "principal", "teacher", "grade", "subject", "teacher1", "counsellor-b", "admin", "district"] {
        let client = world.client(login).await;
        let _ = client.get(&path).await.expect(404);
        let _ = client.post(&format!("{path}/withdraw"), json!({ "reason": "错" })).await.expect(404);
        assert!([403, 404].contains(&client.attach(student, &entry, "a.pdf", OPINION).await.status), "{login}");
    }
    for login in ["vice", "teacher"] {
        let text = file(&world, login, student, "").await.to_string();
        assert!(!text.contains("attachments") && !text.contains(&id), "{login}: {text}");
    }
    // A corrected entry keeps its files, and another student's address leads nowhere.
    let body = json!({ "at": "2026-11-23", "text": "父亲带来医院意见" });
    let new =
        counsellor.with("If-Match", "\"1\"").post(&format!("{}/{entry}/correct", entries_of(student)), body).await;
    let new = new.expect(201).str("id");
    assert_eq!(items(&file(&world, "counsellor", student, "").await)[0]["attachments"][0]["id"], json!(id));
    let paper = async |login: &str| {
        let print = world.client(login).await.download(&format!("/api/v1/students/{student}/growth-file.pdf")).await;
        print.expect(200).says(world.scratch())
    };
    assert!(paper("counsellor").await.contains("附件：医院意见.pdf"), "the paper names what belongs to it");
    assert!(!paper("vice").await.contains("附件：") && !paper("teacher").await.contains("附件："));
    let second = counsellor.attach(student, &new, "复诊.pdf", OPINION).await.expect(201).str("id");
    let both = &items(&file(&world, "counsellor", student, "").await)[0]["attachments"];
    assert_eq!((&both[0]["id"], &both[1]["id"]), (&json!(id), &json!(second)));
    let _ = counsellor.get(&of(world.town.student(0, 0, 1), &id)).await.expect(404);
    world.settle().await;
    assert!(world.letters().is_empty(), "nobody is told");
});

on_both!(where_a_photograph_was_taken_is_not_kept, |world| {
    let student = world.town.student(0, 0, 0);
    let teacher = world.client("teacher").await;
    let entry = write(&teacher, student, life_event("bereavement", "2026-11-20", "外婆去世，告知书已签")).await;
    let sent = photograph();
    let id = teacher.attach(student, &entry, "签字.jpg", &sent).await.expect(201).str("id");
    for login in ["teacher", "grade", "counsellor", "principal"] {
        let kept = world.client(login).await.download(&of(student, &id)).await;
        assert_eq!((kept.status, kept.headers["content-type"].to_str().unwrap()), (200, "image/jpeg"), "{login}");
        let holds = |what: &[u8]| kept.bytes.windows(what.len()).any(|w| w == what);
        assert!(!holds(b"GPS") && !holds(b"Exif") && kept.bytes.starts_with(b"\xff\xd8"), "{login}");
    }
    let behind = database::behind(&world.target).await;
    let sql = "SELECT content AS c FROM attachment";
    let row = behind.query_one_raw(sea_orm::Statement::from_string(behind.get_database_backend(), sql)).await.unwrap();
    let stored: Vec<u8> = row.unwrap().try_get("", "c").unwrap();
    assert!(!stored.windows(3).any(|w| w == b"GPS"), "nor is it in the database");
});

on_both!(what_is_no_paper_and_no_photograph_is_refused_and_every_fault_is_named, |world| {
    let student = world.town.student(0, 0, 0);
    let teacher = world.client("teacher").await;
    let entry = write(&teacher, student, life_event("move", "2026-11-20", "搬到奶奶家")).await;
    let faults = async |entry: &str, name: &str, bytes: &[u8]| {
        let faults = teacher.attach(student, entry, name, bytes).await.expect(422).faults();
        faults.into_iter().map(|(field, code)| format!("{field} {code}")).collect::<Vec<_>>()
    };
    assert_eq!(faults(&entry, "通知.pdf", b"MZ a program").await, ["file unknown_format"]);
    let script = b"%PDF-1.4\n<< /S /JavaScript /JS (app.alert) >>\n%%EOF";
    assert_eq!(
        faults(&entry, "../通知.exe", script).await,
        ["file bad_name", "file name_mismatch", "file active_content"]
    );
    assert_eq!(faults("evt_1", "通知.pdf", OPINION).await, ["entry unknown_value"]);
    let nothing = teacher.post_parts(&format!("/api/v1/students/{student}/attachments"), &[]).await.expect(422);
    assert_eq!(nothing.faults(), [("entry", "required"), ("file", "required")].map(|(f, c)| (f.into(), c.into())));
    let large = vec![b' '; casework::largest_attachment() + 1];
    let _ = teacher.attach(student, &entry, "通知.pdf", &large).await.expect(413);
    let _ = teacher.attach(world.town.student(0, 0, 1), &entry, "通知.pdf", OPINION).await.expect(404);
    assert!(items(&file(&world, "teacher", student, "").await)[0].get("attachments").is_none(), "nothing was kept");
    // The same request twice is one file; an entry has twenty of them, and no more.
    let again = teacher.with("Idempotency-Key", "one");
    let first = again.attach(student, &entry, "通知.pdf", OPINION).await.expect(201).str("id");
    assert_eq!(again.attach(student, &entry, "通知.pdf", OPINION).await.expect(201).str("id"), first);
    for n in 1..20 {
        let _ = teacher.attach(student, &entry, &format!("{n}.pdf"), OPINION).await.expect(201);
    }
    assert_eq!(faults(&entry, "21.pdf", OPINION).await, ["file too_many"]);
});

on_both!(a_file_that_does_not_belong_there_is_withdrawn_and_kept_for_an_inquiry, |world| {
    let student = world.town.student(0, 0, 0);
    let (teacher, principal) = (world.client("teacher").await, world.client("principal").await);
    let entry = write(&teacher, student, life_event("own_illness", "2026-11-20", "住院一周")).await;
    let id = teacher.attach(student, &entry, "别人的病历.pdf", OPINION).await.expect(201).str("id");
    let (path, withdraw) = (of(student, &id), format!("{}/withdraw", of(student, &id)));
    let _ = principal.post(&withdraw, json!({ "reason": "不是这名学生的" })).await.expect(403);
    let empty = teacher.post(&withdraw, json!({ "reason": " " })).await.expect(422).faults();
    assert_eq!(empty, [("reason".to_owned(), "required".to_owned())]);
    assert_eq!(principal.download(&path).await.status, 200, "until then it is read");
    let _ = teacher.post(&withdraw, json!({ "reason": "不是这名学生的" })).await.expect(200);
    let _ = world.client("grade").await.post(&withdraw, json!({ "reason": "另一个原因" })).await.expect(200);
    for login in ["teacher", "grade", "counsellor", "principal"] {
        let refused = world.client(login).await.get(&path).await.expect(409);
        assert_eq!(refused.code(), "attachment_withdrawn", "{login}");
    }
    let shown = items(&file(&world, "principal", student, "").await)[0]["attachments"][0]["withdrawn"].clone();
    let by = world.town.person("teacher").to_string();
    assert_eq!((&shown["reason"], &shown["by"]["id"]), (&json!("不是这名学生的"), &json!(by)), "the first stands");
    let behind = database::behind(&world.target).await;
    for (table, column) in [("attachment", "content"), ("attachment_withdrawal", "reason")] {
        for sql in [format!("UPDATE {table} SET {column} = {column}"), format!("DELETE FROM {table}")] {
            let refused = behind.execute_unprepared(&sql).await.expect_err(&sql).to_string();
            assert!(refused.contains(&format!("{table} is append-only")), "{sql}: {refused}");
        }
    }
});

on_both!(a_paper_is_added_and_withdrawn_by_hand, |world| {
    let student = world.town.student(0, 0, 0);
    let entry =
        write(&world.client("teacher").await, student, life_event("own_illness", "2026-11-20", "住院一周")).await;
    let (here, browser) = (format!("/students/{student}/growth-file"), Browser::sign_in(&world.base, "teacher").await);
    let page_at = format!("{here}/entries/{entry}");
    let page = browser.get(&page_at).await.expect(200);
    assert!(page.says("还没有附件") && page.says("multipart/form-data") && page.says("拍摄地点"));
    let wrong =
        browser.upload_with(&page, &format!("{page_at}/attachments"), &["key"], ("a.pdf", b"MZ".to_vec())).await;
    let wrong = wrong.expect(422);
    assert!(wrong.says("只收 PDF、JPEG、PNG") && wrong.says("住院一周"));
    for _ in 0..2 {
        let paper = ("出院小结.pdf", OPINION.to_vec());
        let to = browser.upload_with(&page, &format!("{page_at}/attachments"), &["key"], paper).await.leads_to();
        assert_eq!(to, page_at);
    }
    let file = browser.get(&here).await.expect(200);
    assert_eq!(file.html.matches("出院小结.pdf").count(), 1, "sent twice, kept once");
    let link = file.html.split(&format!("/students/{student}/attachments/")).nth(1).unwrap();
    let id = link.split('"').next().unwrap();
    let read = browser.get(&format!("/students/{student}/attachments/{id}")).await.expect(200);
    assert!(read.says("marker of the opinion"));
    // The principal reads the entry and its file, and is offered neither form.
    let principal = Browser::sign_in(&world.base, "principal").await;
    let theirs = principal.get(&page_at).await.expect(200);
    assert!(theirs.says("出院小结.pdf") && !theirs.says("multipart/form-data") && !theirs.says("放错了"));
    let page = browser.get(&page_at).await.expect(200);
    let withdraw = format!("/students/{student}/attachments/{id}/withdraw");
    let empty = browser.post(&page, &withdraw, &[("reason", ""), ("entry", &entry)]).await.expect(422);
    assert!(empty.says("请写明原因"));
    let to = browser.post(&page, &withdraw, &[("reason", "不是这名学生的"), ("entry", &entry)]).await.leads_to();
    assert_eq!(to, page_at);
    let page = browser.get(&page_at).await.expect(200);
    assert!(page.says("已撤下") && page.says("不是这名学生的") && !page.says("放错了"));
    assert!(!browser.get(&here).await.expect(200).says("出院小结.pdf"), "what is withdrawn is not offered");
});
