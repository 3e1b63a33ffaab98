//! Names that are taken for each other, to warn of the wrong child.

use super::syllables;
use crate::value::name::name_key;

/// Whether two names can be taken for each other: the same letters in another order, the same sound without tones, or
/// one character apart with the same surname. Equal names are similar. Of two characters alone, one apart is most
/// of the class (王伟, 王芳) and no warning.
#[must_use]
pub fn similar(a: &str, b: &str) -> bool {
    let (a, b) = (name_key(a), name_key(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    same_sound(&a, &b) || same_characters(&one, &other) || one_apart(&one, &other)
}

/// Any reading of a character counts, 乐 is le and yue; of a surname only the likeliest, else 沈 were 陈.
fn same_sound(a: &str, b: &str) -> bool {
    let (a, b) = (syllables(a), syllables(b));
    let surname = a.first().and_then(|s| s.first()) == b.first().and_then(|s| s.first());
    let together = |(one, other): (&Vec<String>, &Vec<String>)| one.iter().any(|reading| other.contains(reading));
    !a.is_empty() && surname && a.len() == b.len() && a.iter().zip(&b).all(together)
}

fn same_characters(one: &[char], other: &[char]) -> bool {
    let sorted = |chars: &[char]| {
        let mut sorted = chars.to_vec();
        sorted.sort_unstable();
        sorted
    };
    sorted(one) == sorted(other)
}

fn one_apart(one: &[char], other: &[char]) -> bool {
    let different = one.iter().zip(other).filter(|(a, b)| a != b).count();
    one.len() == other.len() && one.len() >= 3 && one.first() == other.first() && different == 1
}

#[cfg(test)]
mod tests {
    use super::similar;
    use proptest::prelude::*;

    #[test]
    fn names_that_are_taken_for_each_other() {
        let pairs = [
            ("陈鑫淼", "陈新苗"),
            ("王伟", "王玮"),
            ("张子涵", "张梓涵"),
            ("李小明", "李明小"),
            ("王思涵", "王思雨"),
            ("阿不都·买买提", "阿不都买买提"),
            ("单乐", "单月"),
            ("王伟", "王 伟"),
            ("Anna", "anna"),
        ];
        for (a, b) in pairs {
            assert!(similar(a, b) && similar(b, a), "{a} {b}");
        }
    }

    #[test]
    fn names_that_are_not() {
        for (a, b) in [
            ("王伟", "王芳"),
            ("陈鑫淼", "李思雨"),
            ("王思涵", "李思雨"),
            ("", ""),
            ("王伟", "王伟明"),
            ("沈乐", "陈乐"),
        ] {
            assert!(!similar(a, b), "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn it_does_not_matter_which_comes_first(a in "[王李陈单乐伟玮明小]{0,4}", b in "[王李陈单乐伟玮明小]{0,4}") {
            prop_assert_eq!(similar(&a, &b), similar(&b, &a));
            prop_assert_eq!(similar(&a, &a), !a.is_empty());
        }
    }
}
