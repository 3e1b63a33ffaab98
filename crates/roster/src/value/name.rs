//! Names: written forms, comparison form, and what cannot be a name.

use unicode_normalization::UnicodeNormalization;

use crate::clean;
use crate::fault::Code;

/// The dots that input methods offer for the one between parts of a name.
const DOTS: [char; 9] = ['·', '•', '・', '･', '‧', '∙', '⋅', '●', '．'];
const LOST: [char; 7] = ['?', '？', '\u{FFFD}', '□', '■', '*', '＊'];
const LONGEST: usize = 60;

/// The form in which names are compared: compatibility forms made plain, blanks and dots dropped, small letters.
#[must_use]
pub fn name_key(name: &str) -> String {
    let dotted: String = name.chars().filter(|c| !DOTS.contains(c)).collect();
    clean::compact(&dotted).to_lowercase().chars().filter(|c| *c != '.').collect()
}

/// The name as it is kept, with what to look at; or why it is none.
pub(crate) fn name(text: &str) -> Result<(String, Vec<Code>), Code> {
    let dotted: String = text.chars().map(|c| if DOTS.contains(&c) { '·' } else { c }).collect();
    let latin: String = dotted.chars().flat_map(plain_width).collect();
    let joined = clean::spaces(&latin).replace(" · ", "·").replace(" ·", "·").replace("· ", "·");
    let name = between_han(&joined);
    let letters = name.chars().filter(|c| c.is_alphabetic() || clean::is_private_use(*c)).count();
    if letters == 0 || name.chars().count() > LONGEST || name.chars().any(|c| LOST.contains(&c)) {
        return Err(Code::NameUnreadable);
    }
    let mut remarks = Vec::new();
    let plain = |c: char| c.is_alphabetic() || clean::is_private_use(c) || "·・ '’.-()（）\u{301}\u{308}".contains(c);
    if letters < 2 || !name.chars().all(plain) {
        remarks.push(Code::NameUnusual);
    }
    if name.chars().any(clean::is_private_use) {
        remarks.push(Code::NameRareCharacter);
    }
    Ok((name, remarks))
}

/// Full-width letters become plain ones; everything else stays as written.
fn plain_width(c: char) -> Vec<char> {
    if matches!(c, '\u{FF01}'..='\u{FF5E}') && c != '＊' && c != '？' { c.nfkc().collect() } else { vec![c] }
}

/// A full stop between two Chinese characters stands for the dot.
fn between_han(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let han = |at: Option<usize>| at.and_then(|i| chars.get(i)).is_some_and(|c| clean::is_han(*c));
    let dot =
        |(at, c): (usize, &char)| if *c == '.' && han(at.checked_sub(1)) && han(Some(at + 1)) { '·' } else { *c };
    chars.iter().enumerate().map(dot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        name(text).unwrap().0
    }

    #[test]
    fn padding_and_dots_do_not_make_another_name() {
        assert_eq!(kept("王　伟"), "王伟");
        for written in ["阿不都·买买提", "阿不都•买买提", "阿不都．买买提", "阿不都.买买提", "阿不都 · 买买提"]
        {
            assert_eq!(kept(written), "阿不都·买买提", "{written}");
            assert_eq!(name_key(written), "阿不都买买提", "{written}");
        }
        assert_eq!(kept("Ａｎｎａ Ｌｉ"), "Anna Li");
        assert_eq!(name_key("Anna  LI"), "annali");
        assert_eq!(kept("𬭎䶮"), "𬭎䶮");
    }

    #[test]
    fn lost_and_masked_characters_are_refused() {
        for written in ["王?", "王□", "陈*淼", "张\u{FFFD}", "12", "—", "？"] {
            assert_eq!(name(written), Err(Code::NameUnreadable), "{written}");
        }
        assert_eq!(name(&"王".repeat(61)), Err(Code::NameUnreadable));
    }

    #[test]
    fn unusual_names_are_kept_and_pointed_at() {
        assert_eq!(name("张伟1").unwrap().1, [Code::NameUnusual]);
        assert_eq!(name("王").unwrap().1, [Code::NameUnusual]);
        assert_eq!(name("王\u{E863}").unwrap().1, [Code::NameRareCharacter]);
        assert_eq!(name("张伟（大）").unwrap().1, []);
    }
}
