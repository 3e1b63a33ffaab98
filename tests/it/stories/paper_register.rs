//! The register of a class, on paper and as a spreadsheet.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use domain::id::StudentId;
use storage::NewStudent;
use tests::{Download, World, on_both};

fn cells(file: &Download) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file.bytes.clone())).unwrap();
    let formulas = book.worksheet_formula("学生名册").unwrap();
    assert_eq!(formulas.used_cells().count(), 0, "no cell is computed");
    book.worksheet_range("学生名册").unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn texts(file: &Download) -> Vec<String> {
    cells(file).into_iter().flatten().map(|c| c.to_string()).collect()
}

/// A pupil whose name a spreadsheet program would compute, with guardians.
async fn add_pupil(world: &World) {
    let school = &world.town.schools[0];
    let pupil = NewStudent {
        id: StudentId::new(world.service.desk.ids.uuid()),
        district: world.town.district,
        school: school.id,
        grade: school.classes[0].grade,
        class: school.classes[0].id,
        name: "=HYPERLINK(\"http://example.com\")".to_owned(),
        name_key: "hyperlink".to_owned(),
        pinyin: "zz".to_owned(),
        initials: "z".to_owned(),
        seat: Some("+1".to_owned()),
        gender: None,
        birth_date: None,
        student_number: Some("G410900201301010011".to_owned()),
        boards: false,
        dormitory: None,
        bed: None,
        guardians: vec![("王秀英".to_owned(), "13800000000".to_owned())],
    };
    let mut tx = world.service.desk.storage.begin().await.unwrap();
    tx.add_students(&[pupil], None).await.unwrap();
    tx.commit().await.unwrap();
}

on_both!(a_register_names_guardians_only_to_those_who_keep_the_roster, |world| {
    add_pupil(&world).await;
    let _ = world.file("subject", world.filing(world.town.student(0, 0, 0), 1)).await;
    world.settle().await;
    let _ = world.told();
    let path = format!("/api/v1/classes/{}/register", world.town.schools[0].classes[0].id);
    let by_teacher = world.client("teacher").await.download(&format!("{path}.xlsx")).await.expect(200);
    let said = texts(&by_teacher);
    for word in ["赵一然", "赵四维", "1排1座", "G410900201301010011", "住校", "走读", "内部资料 注意保密"]
    {
        assert!(said.iter().any(|s| s == word), "{word} is not in {said:?}");
    }
    assert!(!said.iter().any(|s| s.contains("监护人") || s.contains("王秀英") || s.contains("138")), "{said:?}");
    assert!(!said.iter().any(|s| s.contains("预警") || s.contains("钱")), "nothing of files, nobody of other classes");
    assert!(by_teacher.header("content-disposition").contains("register-1123-"));
    assert_eq!(by_teacher.header("cache-control"), "no-store");
    let by_admin = world.client("admin").await.download(&format!("{path}.xlsx")).await.expect(200);
    let said = texts(&by_admin);
    assert!(said.contains(&"王秀英".to_owned()) && !said.iter().any(|s| s.contains("13800000000")), "{said:?}");
    let pdf = world.client("admin").await.download(&format!("{path}.pdf")).await.expect(200).says(world.scratch());
    assert!(pdf.contains("赵一然") && pdf.contains("王秀英") && pdf.contains("学生名册"), "{pdf}");
    let pdf = world.client("teacher").await.download(&format!("{path}.pdf")).await.expect(200).says(world.scratch());
    assert!(pdf.contains("赵一然") && !pdf.contains("王秀英"), "{pdf}");
});

on_both!(no_cell_of_a_register_is_a_formula, |world| {
    add_pupil(&world).await;
    let path = format!("/api/v1/classes/{}/register.xlsx", world.town.schools[0].classes[0].id);
    let cells = cells(&world.client("counsellor").await.download(&path).await.expect(200));
    let all: Vec<&Data> = cells.iter().flatten().filter(|c| **c != Data::Empty).collect();
    assert!(all.iter().all(|c| matches!(c, Data::String(_))), "{all:?}");
    assert!(all.contains(&&Data::String("=HYPERLINK(\"http://example.com\")".to_owned())), "{all:?}");
    assert!(all.contains(&&Data::String("+1".to_owned())));
});

on_both!(a_register_of_another_class_is_not_found, |world| {
    let path = format!("/api/v1/classes/{}/register", world.town.schools[0].classes[0].id);
    for login in ["teacher1", "subject", "monitor", "duty", "counsellor-b", "district"] {
        for kind in ["pdf", "xlsx"] {
            let hidden = world.client(login).await.get(&format!("{path}.{kind}")).await.expect(404);
            assert_eq!(hidden.code(), "not_found", "{login}");
        }
    }
    let own = format!("/api/v1/classes/{}/register.xlsx", world.town.schools[0].classes[1].id);
    let said = texts(&world.client("teacher1").await.download(&own).await.expect(200));
    assert!(said.contains(&"钱一然".to_owned()) && !said.iter().any(|s| s.contains("赵")), "{said:?}");
});
