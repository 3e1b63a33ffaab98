//! Lines: where a text may be broken, by the rules of Unicode (UAX #14): not before closing punctuation, not after
//! opening one, not inside a word. A word that is longer than a line is broken all the same.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

/// What ends a line in any case.
const ENDS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
/// What rounding may add up to on a line.
const ROUNDING: f32 = 0.001;

/// The lines of a text, none wider than `width` without the spaces at its end. Together they are the text.
pub(crate) fn lines(text: &str, width: f32, mut advance: impl FnMut(char) -> f32) -> Vec<&str> {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let mut found = Lines { text, width: width + ROUNDING, start: 0, end: 0, used: 0.0, done: Vec::new() };
    for at in segmenter.segment_str(text) {
        if at > found.end {
            found.take(at, &mut advance);
        }
        if at < text.len() && text.get(..at).is_some_and(|t| t.ends_with(ENDS)) {
            found.end_line();
        }
    }
    if found.end > found.start || found.done.is_empty() {
        found.end_line();
    }
    found.done
}

struct Lines<'t> {
    text: &'t str,
    width: f32,
    start: usize,
    end: usize,
    used: f32,
    done: Vec<&'t str>,
}

impl<'t> Lines<'t> {
    /// Takes in what may not be broken, up to here.
    fn take(&mut self, to: usize, advance: &mut impl FnMut(char) -> f32) {
        let piece = self.text.get(self.end..to).unwrap_or_default();
        let ink: f32 = piece.trim_end().chars().map(&mut *advance).sum();
        let all: f32 = piece.chars().map(&mut *advance).sum();
        if self.used + ink > self.width && self.end > self.start {
            self.end_line();
        }
        if ink > self.width {
            self.take_by_letters(piece, advance);
        } else {
            self.used += all;
        }
        self.end = to;
    }

    fn take_by_letters(&mut self, piece: &str, advance: &mut impl FnMut(char) -> f32) {
        let from = self.end;
        for (at, letter) in piece.char_indices() {
            let wide = advance(letter);
            self.end = from + at;
            if self.used + wide > self.width && self.end > self.start && !letter.is_whitespace() {
                self.end_line();
            }
            self.used += wide;
        }
    }

    fn end_line(&mut self) {
        self.done.push(self.text.get(self.start..self.end).unwrap_or_default());
        self.start = self.end;
        self.used = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As wide as in a Chinese font: a Latin letter is half as wide as a Chinese one.
    fn wide(letter: char) -> f32 {
        match letter {
            '\n' | '\u{301}' => 0.0,
            c if c.is_ascii() => 0.5,
            _ => 1.0,
        }
    }

    fn ink(line: &str) -> f32 {
        line.trim_end().chars().map(wide).sum()
    }

    #[test]
    fn closing_punctuation_never_begins_a_line_and_opening_never_ends_one() {
        let text = "他说：“我不想上学了。”老师问（在办公室）：《心灯》里写了什么？！他没有回答……";
        for width in 6..20_u8 {
            let lines = lines(text, f32::from(width), wide);
            assert_eq!(lines.concat(), text);
            for line in &lines {
                let (first, last) = (line.chars().next().unwrap(), line.trim_end().chars().last().unwrap());
                assert!(!"，。；：！？、）》”…".contains(first), "{width}: {lines:?}");
                assert!(!"（《“".contains(last), "{width}: {lines:?}");
            }
        }
    }

    #[test]
    fn words_and_numbers_stay_whole_and_line_breaks_are_kept() {
        let found = lines("他用 English 写了 12356 这个号码\n第二段", 6.0, wide);
        assert_eq!(found, ["他用 English ", "写了 12356 ", "这个号码\n", "第二段"]);
        assert_eq!(lines("", 6.0, wide), [""]);
        assert_eq!(lines("一\n\n二\n", 6.0, wide), ["一\n", "\n", "二\n"]);
    }

    #[test]
    fn a_word_that_is_longer_than_a_line_is_broken() {
        let found = lines("见 https://example.edu.cn/aaaaaaaaaaaaaaaaaaaaaa 。", 6.0, wide);
        assert_eq!(found.concat(), "见 https://example.edu.cn/aaaaaaaaaaaaaaaaaaaaaa 。");
        assert!(found.iter().all(|l| ink(l) <= 6.0), "{found:?}");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_is_wider_than_its_column(
            text in "([a-z，。（）《》“”！？ \n一二三心灯𠮷é-]|[0-9]{1,9}|\\PC){0,80}",
            width in 1_u8..40,
        ) {
            let found = lines(&text, f32::from(width), wide);
            prop_assert_eq!(found.concat(), text.clone());
            for line in found {
                prop_assert!(ink(line) <= f32::from(width) + 2.0 * ROUNDING, "{:?}", line);
            }
        }
    }
}
