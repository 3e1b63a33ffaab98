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
#[path = "pinyin_tests.rs"]
mod tests;
