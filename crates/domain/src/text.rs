//! Text from outside: what cannot be seen has no business in it. Marks that turn the direction of writing are taken out;
//! they come along unseen when a telephone number is copied, and would make a line read as what it is not. Any other
//! control character is refused.

use crate::fault::{Fault, Faults};

/// One line: trimmed, without control characters.
pub fn line(value: &str, field: &str, faults: &mut Faults) -> String {
    read(value, field, |_| false, faults)
}

/// Several lines: line ends and tabs are what they say.
pub fn lines(value: &str, field: &str, faults: &mut Faults) -> String {
    read(&value.replace("\r\n", "\n"), field, |c| matches!(c, '\n' | '\t'), faults)
}

/// Several lines of at most so many characters.
pub fn block(value: &str, field: &str, most: usize, faults: &mut Faults) -> String {
    let text = lines(value, field, faults);
    faults.when(text.chars().count() > most, || {
        Fault::new(field, "too_long", format!("最多 {most} 个字"), format!("at most {most} characters"))
    });
    text
}

/// Whether a text holds a control character.
#[must_use]
pub fn has_control(value: &str) -> bool {
    value.chars().any(char::is_control)
}

/// The fault of a text with a control character in it.
#[must_use]
pub fn control_character(field: &str) -> Fault {
    Fault::new(
        field,
        "control_character",
        "含有不可见的控制字符，请删去后再试",
        "a control character is in it; take it out",
    )
}

fn read(value: &str, field: &str, allowed: impl Fn(char) -> bool, faults: &mut Faults) -> String {
    let plain: String = value.chars().filter(|c| !turns_direction(*c)).collect();
    let plain = plain.trim();
    faults.when(plain.chars().any(|c| c.is_control() && !allowed(c)), || control_character(field));
    plain.to_owned()
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{line, lines};
    use crate::fault::Faults;

    fn codes(read: impl Fn(&mut Faults) -> String) -> (String, Vec<&'static str>) {
        let mut faults = Faults::new();
        let text = read(&mut faults);
        (text, faults.into_vec().iter().map(|f| f.code).collect())
    }

    #[test]
    fn what_cannot_be_seen_is_taken_out_or_refused() {
        assert_eq!(codes(|f| lines(" a\r\n\tb ", "x", f)), ("a\n\tb".to_owned(), vec![]));
        assert_eq!(codes(|f| line("\u{202a}0393-5550100\u{202c}", "x", f)), ("0393-5550100".to_owned(), vec![]));
        for bad in ["a\0b", "a\u{1b}[2Jb", "a\rb", "a\u{85}b"] {
            assert_eq!(codes(|f| lines(bad, "x", f)).1, ["control_character"], "{bad:?}");
        }
        assert_eq!(codes(|f| line("a\nb", "x", f)).1, ["control_character"]);
    }
}
