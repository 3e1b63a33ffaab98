use domain::id::{ClassId, DistrictId, GradeId, SchoolId, StudentId};
use domain::org::Stage;
use proptest::prelude::*;
use storage::{ClassRecord, GradeRecord};
use uuid::Uuid;

use super::*;

fn student(name: &str) -> StudentRecord {
    let nil = Uuid::nil();
    let grade =
        GradeRecord { id: GradeId::new(nil), school: SchoolId::new(nil), stage: Stage::Junior, entry_year: 2026 };
    StudentRecord {
        id: StudentId::new(nil),
        name: name.to_owned(),
        name_key: roster::name_key(name),
        district: DistrictId::new(nil),
        class: ClassRecord { id: ClassId::new(nil), grade, name: "1".to_owned() },
        seat: None,
        pinyin: String::new(),
        initials: String::new(),
        boards: false,
        left_at: None,
    }
}

fn hidden(own: &str, others: &[&str]) -> HiddenNames {
    let names: Vec<String> = others.iter().map(|n| (*n).to_owned()).collect();
    HiddenNames::of(&student(own), &names)
}

#[test]
fn every_other_name_is_hidden_and_the_same_name_is_the_same_pupil() {
    let mut names = hidden("陈一然", &["陈一然", "陈二鸣", "王芳"]);
    assert_eq!(
        names.hide("陈一然说，王芳和陈二鸣打了她。王芳先动手。"),
        "陈一然说，同学甲和同学乙打了她。同学甲先动手。"
    );
    assert_eq!(names.hide("又是陈二鸣。"), "又是同学乙。", "also in the next entry");
    assert_eq!(names.hide("王老师和陈老师都在。"), "王老师和陈老师都在。");
}

#[test]
fn of_names_that_begin_alike_the_longest_counts() {
    let mut names = hidden("陈一然", &["陈一", "陈一然", "陈一然雨", "一然"]);
    assert_eq!(names.hide("陈一然和陈一、陈一然雨一起。"), "陈一然和同学甲、同学乙一起。");
    let mut shorter = hidden("陈一", &["陈一", "陈一然"]);
    assert_eq!(shorter.hide("陈一和陈一然"), "陈一和同学甲");
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let mut names = hidden("陈一然", &["王芳", "阿不都·买买提", "Anna Li", "𠮷田"]);
    assert_eq!(names.hide("王 芳、王　芳、王\u{200b}芳"), "同学甲、同学甲、同学甲");
    assert_eq!(names.hide("阿不都买买提，阿不都•买买提"), "同学乙，同学乙");
    assert_eq!(names.hide("ANNA li, Ａｎｎａ Ｌｉ; annalise"), "同学丙, 同学丙; annalise");
    assert_eq!(names.hide("𠮷田走了"), "同学丁走了");
}

#[test]
fn a_name_of_one_character_hides_no_words_and_the_eleventh_pupil_has_a_number() {
    let mut names = hidden("陈一然", &["李"]);
    assert_eq!(names.hide("行李"), "行李");
    let many: Vec<String> = (0..12).map(|n| format!("张{}", char::from_u32(0x4E00 + n).unwrap())).collect();
    let mut names = HiddenNames::of(&student("陈一然"), &many);
    let text = names.hide(&many.join("，"));
    assert!(text.starts_with("同学甲，同学乙，") && text.ends_with("同学癸，同学11，同学12"), "{text}");
}

proptest! {
    #[test]
    fn no_other_name_is_left_and_what_is_no_name_stays(
        parts in proptest::collection::vec("[甲子丑寅王芳陈一然二鸣，。 ]{0,4}", 0..12),
    ) {
        let mut names = hidden("陈一然", &["王芳", "陈二鸣", "王一"]);
        let text = parts.concat();
        let out = names.hide(&text);
        for name in ["王芳", "陈二鸣", "王一"] {
            let plain: String = out.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert!(!plain.contains(name), "{text} -> {out}");
        }
        prop_assert!(text.matches("陈一然").count() <= out.matches("陈一然").count(), "{text} -> {out}");
    }
}
