//! Numbers as people write them: `03`, `三`, `十二`, `二十三`.

const DIGITS: [(char, u8); 9] =
    [('一', 1), ('二', 2), ('三', 3), ('四', 4), ('五', 5), ('六', 6), ('七', 7), ('八', 8), ('九', 9)];

/// A Chinese digit from 1 to 9.
pub(crate) fn digit(c: char) -> Option<u8> {
    DIGITS.iter().find(|(d, _)| *d == c).map(|(_, n)| *n)
}

/// Takes a Chinese numeral from 1 to 99 off the start, the longest that fits below `most`.
pub(crate) fn take_chinese(text: &str, most: u8) -> Option<(u8, &str)> {
    let mut best = None;
    for end in text.char_indices().map(|(i, c)| i + c.len_utf8()).take(3) {
        let Some((head, rest)) = text.split_at_checked(end) else { break };
        if let Some(number) = chinese(head).filter(|n| *n <= most) {
            best = Some((number, rest));
        }
    }
    best
}

/// A whole Chinese numeral from 1 to 99.
pub(crate) fn chinese(text: &str) -> Option<u8> {
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        [one] => digit(*one),
        ['十', one] => Some(10 + digit(*one)?),
        [tens, '十'] => Some(10 * digit(*tens)?),
        [tens, '十', one] => Some(10 * digit(*tens)? + digit(*one)?),
        _ => None,
    }
}

/// A whole number in either script, without sign or point; at most nine digits.
pub(crate) fn whole(text: &str) -> Option<u32> {
    if !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    chinese(text).map(u32::from)
}

/// Takes ASCII digits off the start.
pub(crate) fn take_digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        for (text, number) in [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("03", 3), ("7", 7)]
        {
            assert_eq!(whole(text), Some(number), "{text}");
        }
        for text in ["", "一三", "一十十", "-3", "3.0", "百", "七班", "1234567890"] {
            assert_eq!(whole(text), None, "{text}");
        }
        assert_eq!(take_chinese("十一班", 99), Some((11, "班")));
        assert_eq!(take_chinese("三十班", 12), Some((3, "十班")));
        assert_eq!(take_chinese("班", 12), None);
    }
}
