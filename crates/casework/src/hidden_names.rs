//! Names of other pupils in a text that goes on paper: each becomes 同学甲, 同学乙 and so on, the same name always the same.

use std::collections::HashMap;

use storage::StudentRecord;

/// In this order; further ones are numbered.
const ALIASES: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
/// A shorter name would hide ordinary words.
const SHORTEST: usize = 2;

/// The names of a school's pupils, and who has got which other one.
#[derive(Debug, Default)]
pub(crate) struct HiddenNames {
    /// The names by their first character, the longest first.
    names: HashMap<char, Vec<Vec<char>>>,
    own: Vec<char>,
    given: Vec<Vec<char>>,
    /// What each character is compared as.
    plain: HashMap<char, Vec<char>>,
}

/// A character of a text as it is compared, and where it stands there.
#[derive(Debug, Clone, Copy)]
struct Sign {
    plain: char,
    from: usize,
    to: usize,
}

impl HiddenNames {
    /// Hides all of these names but the student's own.
    pub(crate) fn of(student: &StudentRecord, names: &[String]) -> Self {
        let key = |name: &str| roster::name_key(name).chars().collect::<Vec<char>>();
        let mut out = Self { own: key(&student.name), ..Self::default() };
        for name in names.iter().map(|n| key(n)).chain([out.own.clone()]) {
            if let Some(first) = name.first().filter(|_| name.len() >= SHORTEST) {
                out.names.entry(*first).or_default().push(name.clone());
            }
        }
        for list in out.names.values_mut() {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            list.dedup();
        }
        out
    }

    /// The text without them. At each place the longest name counts.
    pub(crate) fn hide(&mut self, text: &str) -> String {
        let signs = self.signs(text);
        let (mut out, mut copied, mut at) = (String::with_capacity(text.len()), 0, 0);
        while let Some(rest) = signs.get(at..).filter(|r| !r.is_empty()) {
            let before = at.checked_sub(1).and_then(|i| signs.get(i));
            let Some(found) = self.longest(before, rest) else {
                at += 1;
                continue;
            };
            at += found.len();
            let (Some(first), Some(last)) = (rest.first(), rest.get(found.len() - 1)) else { continue };
            if found != self.own {
                out.push_str(text.get(copied..first.from).unwrap_or_default());
                out.push_str(&self.alias(found));
                copied = last.to;
            }
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        out
    }

    /// The text as names are compared: blanks, dots between parts and marks that nobody sees are not looked at.
    fn signs(&mut self, text: &str) -> Vec<Sign> {
        let mut out = Vec::new();
        for (from, letter) in text.char_indices() {
            let plain =
                self.plain.entry(letter).or_insert_with_key(|c| roster::name_key(&c.to_string()).chars().collect());
            out.extend(plain.iter().map(|plain| Sign { plain: *plain, from, to: from + letter.len_utf8() }));
        }
        out
    }

    fn longest(&self, before: Option<&Sign>, rest: &[Sign]) -> Option<Vec<char>> {
        let list = self.names.get(&rest.first()?.plain)?;
        let fits = |name: &&Vec<char>| {
            let same = rest.len() >= name.len() && name.iter().zip(rest).all(|(c, sign)| *c == sign.plain);
            same && !continues(before, rest.first()) && !continues(rest.get(name.len() - 1), rest.get(name.len()))
        };
        list.iter().find(fits).cloned()
    }

    fn alias(&mut self, name: Vec<char>) -> String {
        let known = self.given.iter().position(|n| *n == name);
        let number = known.unwrap_or_else(|| {
            self.given.push(name);
            self.given.len() - 1
        });
        ALIASES.get(number).map_or_else(|| format!("同学{}", number + 1), |alias| format!("同学{alias}"))
    }
}

/// Whether two characters are inside one Latin word, where no name begins or ends.
fn continues(one: Option<&Sign>, next: Option<&Sign>) -> bool {
    let (Some(one), Some(next)) = (one, next) else { return false };
    one.to == next.from && one.plain.is_ascii_alphanumeric() && next.plain.is_ascii_alphanumeric()
}

#[cfg(test)]
#[path = "hidden_names_tests.rs"]
mod tests;
