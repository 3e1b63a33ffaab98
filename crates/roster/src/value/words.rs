//! Codes and words of closed lists: 1 or 男, 2 or 住校. The lists are in `config/roster.toml`.

use crate::clean;
use crate::config::CONFIG;
use crate::row::{Boarding, Gender, LeftBehind};

/// A value, a value that says "unknown", or nothing that is understood.
pub(crate) type Understood<T> = Option<Option<T>>;

fn choose<T: Copy>(text: &str, choices: &[(&str, Option<T>)]) -> Understood<T> {
    let word = clean::word(text);
    let plain = word.strip_suffix(".0").unwrap_or(&word);
    let find = |text: &str| choices.iter().find(|(value, _)| CONFIG.means(value, text)).map(|(_, v)| *v);
    // `1-男` and `2.住校` give the code and the word; the word counts.
    let label =
        plain.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ':' | '_' | '、' | ')'));
    find(plain).or_else(|| if label.is_empty() { None } else { find(label) })
}

pub(crate) fn gender(text: &str) -> Understood<Gender> {
    choose(text, &[("female", Some(Gender::Female)), ("male", Some(Gender::Male)), ("gender_unknown", None)])
}

pub(crate) fn boarding(text: &str) -> Understood<Boarding> {
    choose(text, &[("day", Some(Boarding::Day)), ("boards", Some(Boarding::Boards)), ("boarding_unknown", None)])
}

pub(crate) fn left_behind(text: &str) -> Understood<LeftBehind> {
    let choices = [
        ("not_left_behind", Some(LeftBehind::No)),
        ("one_parent_away", Some(LeftBehind::OneParent)),
        ("both_parents_away", Some(LeftBehind::BothParents)),
        ("left_behind", Some(LeftBehind::Unspecified)),
    ];
    choose(text, &choices)
}

pub(crate) fn yes_no(text: &str) -> Understood<bool> {
    choose(text, &[("no", Some(false)), ("yes", Some(true))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_mean_the_same() {
        for text in ["1", "男", "男性", "M", "１", "1-男", "1.0", " 男 "] {
            assert_eq!(gender(text), Some(Some(Gender::Male)), "{text}");
        }
        for text in ["2", "女", "f", "2.女", "2、女性"] {
            assert_eq!(gender(text), Some(Some(Gender::Female)), "{text}");
        }
        assert_eq!(gender("9"), Some(None));
        assert_eq!(gender("中"), None);
        assert_eq!(boarding("2"), Some(Some(Boarding::Boards)));
        assert_eq!(boarding("走读生"), Some(Some(Boarding::Day)));
        assert_eq!(boarding("借宿"), Some(None));
        assert_eq!(left_behind("0"), Some(Some(LeftBehind::No)));
        assert_eq!(left_behind("单亲留守儿童"), Some(Some(LeftBehind::OneParent)));
        assert_eq!(left_behind("2"), Some(Some(LeftBehind::BothParents)));
        assert_eq!(left_behind("是"), Some(Some(LeftBehind::Unspecified)));
        assert_eq!(yes_no("否"), Some(Some(false)));
        assert_eq!(yes_no("Y"), Some(Some(true)));
        assert_eq!(yes_no("也许"), None);
    }
}
