//! Text of cells as people and spreadsheet programs leave it.

use unicode_normalization::UnicodeNormalization;

/// Marks that are not seen and break comparisons.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}')
        || (c.is_control() && !c.is_whitespace())
}

/// What a cell says: without invisible marks, outer blanks, and the `'` or `="…"` that keep a number a text.
pub(crate) fn cell(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !invisible(*c)).collect();
    let trimmed = seen.trim();
    let inner = trimmed.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')).unwrap_or(trimmed);
    inner.trim_start_matches(['\'', '’', '‘', '`']).trim().to_owned()
}

/// The compatibility form without any blank: for headers, codes, numbers, grades and classes.
pub(crate) fn compact(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !invisible(*c)).collect()
}

/// A code or word of a closed list.
pub(crate) fn word(text: &str) -> String {
    compact(text).to_lowercase()
}

/// Whether a character is a Chinese one.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character lies in the private use areas, where fonts of old name systems put rare characters.
pub(crate) fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}

/// Blanks made single, and dropped between Chinese characters (`王　伟`, padded to the width of three).
pub(crate) fn spaces(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out = String::new();
    for word in words {
        let joins = out.chars().last().is_none_or(is_han) && word.chars().next().is_some_and(is_han);
        if !out.is_empty() && !joins {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_number_a_text_is_removed() {
        assert_eq!(cell("'00123"), "00123");
        assert_eq!(cell("=\"00123\""), "00123");
        assert_eq!(cell("\t\u{FEFF} 七年级\u{200B} "), "七年级");
    }

    #[test]
    fn compact_and_spaces() {
        assert_eq!(compact("７ （３） 班\n"), "7(3)班");
        assert_eq!(spaces("王　 伟"), "王伟");
        assert_eq!(spaces("Anna   Li"), "Anna Li");
        assert_eq!(spaces("王 Anna"), "王 Anna");
    }
}
