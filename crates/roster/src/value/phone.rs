//! Telephone numbers of guardians.

use crate::clean;

/// The numbers of a cell that can be dialled, and how many texts there were.
pub(crate) fn phones(text: &str) -> (Vec<String>, usize) {
    let whole = clean::compact(text);
    if let Some(one) = phone(&whole) {
        return (vec![one], 1);
    }
    let separators = ['/', '、', ',', '，', ';', '；', '\n', '|', ' ', '\u{3000}'];
    let texts: Vec<&str> = text.split(separators).filter(|t| t.chars().any(|c| c.is_ascii_digit())).collect();
    (texts.iter().filter_map(|t| phone(&clean::compact(t))).collect(), texts.len().max(1))
}

/// A number as it is kept: digits alone; with `+` for one abroad, with `-` before an extension.
fn phone(compact: &str) -> Option<String> {
    let text = compact.strip_suffix(".0").unwrap_or(compact);
    let text: String = text.chars().filter(|c| !matches!(c, '(' | ')' | '.')).collect();
    let local = ["+86", "0086"].iter().find_map(|p| text.strip_prefix(p)).unwrap_or(&text);
    let local = local.trim_start_matches('-');
    let digits: String = local.chars().filter(|c| *c != '-').collect();
    if !digits.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit()) {
        return extension(local);
    }
    let digits = match digits.strip_prefix("86") {
        Some(rest) if is_mobile(rest) => rest.to_owned(),
        _ => digits,
    };
    let abroad = |d: &str| d.strip_prefix('+').is_some_and(|n| (7..=15).contains(&n.len()) && !n.starts_with('0'));
    if is_mobile(&digits) || is_landline(&digits) || abroad(&digits) {
        return Some(digits);
    }
    extension(local)
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && digits.chars().nth(1).is_some_and(|c| ('3'..='9').contains(&c))
}

/// With its area code, ten to twelve digits; a local number has seven or eight.
fn is_landline(digits: &str) -> bool {
    let local = |d: &str| (7..=8).contains(&d.len()) && d.starts_with(|c: char| ('2'..='9').contains(&c));
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let two = digits.strip_prefix("01").or_else(|| digits.strip_prefix("02"));
    match (two, digits.strip_prefix('0')) {
        (Some(rest), _) => rest.get(1..).is_some_and(local),
        (None, Some(rest)) => rest.get(3..).is_some_and(local),
        (None, None) => local(digits),
    }
}

/// A fixed line behind a switchboard.
fn extension(text: &str) -> Option<String> {
    let (number, extension) = text.rsplit_once(['转', '-'])?;
    let number: String = number.chars().filter(|c| *c != '-').collect();
    let good = (1..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    (good && is_landline(&number)).then(|| format!("{number}-{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_that_can_be_dialled() {
        let numbers = [
            ("13800138000", "13800138000"),
            ("+86 138-0013-8000", "13800138000"),
            ("0086 13800138000", "13800138000"),
            ("8613800138000", "13800138000"),
            ("１３８ ００１３ ８０００", "13800138000"),
            ("13800138000.0", "13800138000"),
            ("010-62345678", "01062345678"),
            ("(0393)4567890", "03934567890"),
            ("0393 4567890", "03934567890"),
            ("62345678", "62345678"),
            ("0393-4567890-12", "03934567890-12"),
            ("0393-4567890转12", "03934567890-12"),
            ("+852 2345 6789", "+85223456789"),
        ];
        for (written, kept) in numbers {
            assert_eq!(phones(written), (vec![kept.to_owned()], 1), "{written}");
        }
    }

    #[test]
    fn numbers_that_cannot() {
        for written in ["1380013800", "138001380000", "12345678901", "无", "", "0", "110", "1.38E+10", "00000000000"] {
            assert_eq!(phones(written).0, Vec::<String>::new(), "{written}");
        }
    }

    #[test]
    fn several_in_one_cell() {
        let two = vec!["13800138000".to_owned(), "13900139000".to_owned()];
        for written in ["13800138000/13900139000", "13800138000、13900139000", "13800138000 13900139000"] {
            assert_eq!(phones(written), (two.clone(), 2), "{written}");
        }
        assert_eq!(phones("13800138000/1390013").0.len(), 1);
    }

    proptest! {
        #[test]
        fn no_text_breaks_it_and_what_is_kept_can_be_dialled(any in "\\PC*", near in "[-+0-9转/ ()]{0,24}") {
            for text in [any, near] {
                for phone in phones(&text).0 {
                    prop_assert!(phone.chars().all(|c| c.is_ascii_digit() || c == '-' || c == '+'));
                }
            }
        }
    }
}
