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
    // A control character is refused as such; of whatever else cannot be seen, there is nothing there.
    let plain = if plain.chars().all(is_blank) { "" } else { plain };
    faults.when(plain.chars().any(|c| c.is_control() && !allowed(c)), || control_character(field));
    plain.to_owned()
}

/// Whether a character shows nothing: white space, a format character (Unicode Cf), or one of the letters and signs that
/// are drawn as a blank.
#[must_use]
pub fn is_blank(c: char) -> bool {
    if c.is_control() {
        return matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}');
    }
    c.is_whitespace() || is_format(c) || is_drawn_as_blank(c)
}

/// Unicode 16, general category Cf.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}')
}

/// Fillers of Hangul and Khmer, the empty pattern of Braille, joiners and selectors: letters and marks by their category,
/// with nothing to be seen.
fn is_drawn_as_blank(c: char) -> bool {
    matches!(c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{2065}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{e0000}' | '\u{e0002}'..='\u{e001f}' | '\u{e0080}'..='\u{e0fff}')
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
    fn a_text_of_nothing_that_can_be_seen_is_empty_and_any_other_stays_as_it_is() {
        let blank = [
            "\u{200b}",
            "\u{3164}",
            "\u{115f}\u{1160}",
            "\u{2800}",
            "\u{feff}\u{2060}",
            "\u{ad}",
            "\u{e0020}\u{e007f}",
            "\u{180e}",
            "\u{ffa0}",
            "\u{fe0f}",
            "\u{a0}\u{2003}\u{3000}",
            "\u{200d}\n\t\u{200c}",
            "\u{2028}\u{2029}",
        ];
        for nothing in blank {
            assert_eq!(codes(|f| lines(nothing, "x", f)), (String::new(), vec![]), "{nothing:?}");
        }
        for seen in ["王\u{200b}老师", "\u{3164}a", "1", "👩\u{200d}🏫", "。", "\u{301}"] {
            assert_eq!(codes(|f| line(seen, "x", f)), (seen.to_owned(), vec![]), "{seen:?}");
        }
        assert_eq!(codes(|f| line("\u{200b}\0", "x", f)).1, ["control_character"]);
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
