use super::*;
use proptest::prelude::*;

#[test]
fn names_with_one_reading() {
    let pinyin = Pinyin::of("陈鑫淼");
    assert_eq!((pinyin.full.as_str(), pinyin.initials[0].as_str()), ("chenxinmiao", "cxm"));
    assert_eq!(Pinyin::of("吕方").full, "lvfang");
}

#[test]
fn surnames_are_read_as_surnames_and_found_by_the_other_reading_too() {
    let names = [
        ("单伟", "shanwei"),
        ("仇英", "qiuying"),
        ("区明", "ouming"),
        ("解放", "xiefang"),
        ("朴英", "piaoying"),
        ("盖明", "geming"),
        ("查明", "zhaming"),
        ("曾伟", "zengwei"),
        ("任伟", "renwei"),
        ("翟明", "zhaiming"),
        ("乐明", "yueming"),
        ("尉迟明", "yuchiming"),
        ("单于明", "chanyuming"),
        ("万俟明", "moqiming"),
        ("长孙明", "zhangsunming"),
        ("令狐明", "linghuming"),
        ("夏侯明", "xiahouming"),
        ("诸葛明", "zhugeming"),
        ("欧阳明", "ouyangming"),
        ("司马明", "simaming"),
        ("上官明", "shangguanming"),
    ];
    for (name, full) in names {
        assert_eq!(Pinyin::of(name).full, full, "{name}");
    }
    let initials = Pinyin::of("单伟").initials;
    assert_eq!(initials[0], "sw");
    assert!(initials.contains(&"dw".to_owned()));
}

#[test]
fn dots_are_dropped_letters_kept_and_rare_characters_read() {
    let pinyin = Pinyin::of("阿不都·买买提");
    assert!(pinyin.full.starts_with("a") && pinyin.full.ends_with("maimaiti"));
    assert_eq!(Pinyin::of("Anna 李").full, "annali");
    assert_eq!(Pinyin::of("𬭎䶮").full, "hongyan");
    assert_eq!(Pinyin::of("").initials, Vec::<String>::new());
}

#[test]
fn every_reading_can_be_typed() {
    for c in ('\u{3400}'..='\u{9FFF}').chain('\u{20000}'..='\u{323AF}') {
        for reading in character(c) {
            assert!(!reading.is_empty() && reading.bytes().all(|b| b.is_ascii_lowercase()), "{c} {reading}");
        }
    }
}

proptest! {
    #[test]
    fn initials_are_few_and_as_long_as_the_name(name in "\\PC{0,40}", han in "[一-龥·]{0,20}") {
        for name in [name, han] {
            let pinyin = Pinyin::of(&name);
            prop_assert!(pinyin.initials.len() <= COMBINATIONS);
            let lengths: Vec<usize> = pinyin.initials.iter().map(|i| i.chars().count()).collect();
            prop_assert!(lengths.iter().all(|n| *n == lengths[0] && *n <= name.chars().count()));
            prop_assert!(pinyin.full.is_ascii());
        }
    }
}
