//! Search by pinyin: `chenxinmiao` and `cxm` find 陈鑫淼. Readings come from a table of surnames first, since 单, 仇 or
//! 解 are read otherwise as names than as words.

mod similar;
mod surname;

use pinyin::{ToPinyin, ToPinyinMulti};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

pub use similar::similar;

/// At most this many combinations of initials are kept.
const COMBINATIONS: usize = 16;

/// How a name can be typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinyin {
    /// Full pinyin without tones and blanks; ü is `v`, as it is typed.
    pub full: String,
    /// The initials of all readings, the likeliest first, at most 16.
    pub initials: Vec<String>,
}

impl std::fmt::Debug for Pinyin {
    /// Pinyin is a name as well.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pinyin").field("initials", &self.initials.len()).finish_non_exhaustive()
    }
}

impl Pinyin {
    /// The pinyin of a name. Latin letters and digits stay; blanks, dots and characters without a reading are dropped.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let syllables = syllables(name);
        let full = syllables.iter().filter_map(|s| s.first()).map(String::as_str).collect();
        Self { full, initials: combinations(&syllables) }
    }
}

/// The readings of each character, the likeliest first.
fn syllables(name: &str) -> Vec<Vec<String>> {
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    // A name with a dot is no Chinese surname and given name.
    let surname = if name.contains('·') { None } else { surname::readings(&chars) };
    let fixed: &[&str] = surname.unwrap_or_default();
    let all = chars.iter().enumerate().map(|(at, c)| {
        let mut readings: Vec<String> = fixed.get(at).map(|r| vec![(*r).to_owned()]).unwrap_or_default();
        for reading in character(*c) {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        readings
    });
    all.filter(|readings| !readings.is_empty()).collect()
}

fn character(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase().to_string()];
    }
    // 欸 is read ê, which no keyboard has.
    let typed = |plain: &str| plain.replace('ü', "v").nfd().filter(char::is_ascii_lowercase).collect::<String>();
    let others = c.to_pinyin_multi().into_iter().flatten().map(|p| typed(p.plain()));
    c.to_pinyin().map(|p| typed(p.plain())).into_iter().chain(others).collect()
}

fn combinations(syllables: &[Vec<String>]) -> Vec<String> {
    let mut all = vec![String::new()];
    for readings in syllables {
        let mut letters: Vec<char> = Vec::new();
        for letter in readings.iter().filter_map(|r| r.chars().next()) {
            if !letters.contains(&letter) {
                letters.push(letter);
            }
        }
        let longer = letters.iter().flat_map(|letter| all.iter().map(move |start| format!("{start}{letter}")));
        all = longer.take(COMBINATIONS).collect();
    }
    all.retain(|initials| !initials.is_empty());
    all
}

#[cfg(test)]
mod tests {
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
}
