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
#[path = "namesakes_tests.rs"]
mod tests;
