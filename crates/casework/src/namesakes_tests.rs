use super::*;
use uuid::Uuid;

fn names(list: &[&str]) -> Vec<StudentName> {
    let one = |(n, name): (usize, &&str)| {
        let pinyin = roster::pinyin::Pinyin::of(name);
        StudentName {
            id: StudentId::new(Uuid::from_u128(u128::try_from(n).unwrap())),
            school: SchoolId::new(Uuid::nil()),
            name: (*name).to_owned(),
            name_key: roster::name_key(name),
            pinyin: pinyin.full,
            initials: pinyin.initials.join(" "),
        }
    };
    list.iter().enumerate().map(one).collect()
}

#[test]
fn candidates_leave_out_nobody_whom_the_comparison_would_find() {
    let list = [
        "陈鑫淼",
        "陈新苗",
        "王伟",
        "王玮",
        "张子涵",
        "张梓涵",
        "李小明",
        "李明小",
        "王思涵",
        "王思雨",
        "单乐",
        "单月",
        "阿不都·买买提",
        "阿不都买买提",
        "Anna",
        "anna",
        "王芳",
        "李思雨",
        "沈乐",
        "陈乐",
        "赵一",
        "欧阳明月",
    ];
    let names = names(&list);
    let all: HashSet<StudentId> = names.iter().map(|n| n.id).collect();
    let similar = Namesakes::of(&names).similar(&all);
    for name in &names {
        let wanted = names.iter().any(|o| o.id != name.id && roster::pinyin::similar(&o.name, &name.name));
        assert_eq!(similar.contains(&name.id), wanted, "{}", name.name);
    }
}
