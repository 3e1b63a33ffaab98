//! Who can be taken for whom, among many: candidates by what similar names have in common, then the comparison itself.

use std::collections::{HashMap, HashSet};

use domain::id::{SchoolId, StudentId};
use storage::StudentName;

/// Names of schools, by what similar ones share.
pub(crate) struct Namesakes<'a> {
    names: &'a [StudentName],
    by_trait: HashMap<(SchoolId, String), Vec<usize>>,
}

impl<'a> Namesakes<'a> {
    pub(crate) fn of(names: &'a [StudentName]) -> Self {
        let mut by_trait: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            for shared in traits(name) {
                by_trait.entry((name.school, shared)).or_default().push(index);
            }
        }
        Self { names, by_trait }
    }

    /// The students who can be taken for another one of their school.
    pub(crate) fn similar(&self, asked: &HashSet<StudentId>) -> HashSet<StudentId> {
        self.names.iter().filter(|n| asked.contains(&n.id) && self.has_another(n)).map(|n| n.id).collect()
    }

    fn has_another(&self, name: &StudentName) -> bool {
        let groups = traits(name).into_iter().filter_map(|t| self.by_trait.get(&(name.school, t)));
        let others = groups.flatten().filter_map(|i| self.names.get(*i)).filter(|o| o.id != name.id);
        others.into_iter().any(|o| o.pinyin == name.pinyin || roster::pinyin::similar(&o.name, &name.name))
    }
}

/// Similar names share one of these: the sound, initials of some reading, the letters in any order, or all characters
/// but one.
fn traits(name: &StudentName) -> Vec<String> {
    let mut out = vec![format!("p{}", name.pinyin)];
    out.extend(name.initials.split_whitespace().map(|i| format!("i{i}")));
    let chars: Vec<char> = name.name_key.chars().collect();
    let mut sorted = chars.clone();
    sorted.sort_unstable();
    out.push(format!("s{}", sorted.into_iter().collect::<String>()));
    if chars.len() >= 3 {
        for hole in 1..chars.len() {
            let but_one = chars.iter().enumerate().map(|(i, c)| if i == hole { '\u{0}' } else { *c });
            out.push(format!("c{}", but_one.collect::<String>()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
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
}
