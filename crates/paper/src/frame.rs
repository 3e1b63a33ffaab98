//! What stands around every sheet: whose it is, who printed it and when, which of how many it is, that it is confidential,
//! and which characters no font has.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::layout::put;
use crate::sheet::{BOTTOM, LEFT, RIGHT, Sheet, Style};
use crate::typeset::Letters;

const HEAD: f32 = 36.0;
const FOOT: f32 = BOTTOM + 24.0;
/// So many code points are named at the foot of a sheet; the rest is counted.
const NAMED: usize = 12;

/// Puts it around every sheet.
pub(crate) fn around(document: &Document, sheets: &mut [Sheet], letters: &mut Letters<'_>) {
    let words = document.words;
    let of = sheets.len();
    for (n, sheet) in sheets.iter_mut().enumerate() {
        let mut at = |sheet: &mut Sheet, place: f32, y: f32, text: &str| {
            let width = letters.width(text) * Style::FRAME.size;
            let x = LEFT + (RIGHT - LEFT - width) * place;
            put(sheet, letters, (x, y), Style::FRAME, text);
        };
        at(sheet, 0.0, HEAD, &document.school);
        at(sheet, 1.0, HEAD, &document.name);
        sheet.rule((LEFT, HEAD + 15.0), (RIGHT, HEAD + 15.0));
        at(sheet, 0.0, FOOT, words.confidential);
        at(sheet, 0.5, FOOT, &format!("{} {} · {}", words.reader, document.reader, document.printed_at));
        at(sheet, 1.0, FOOT, &words.page(n + 1, of));
        sheet.rule((LEFT, FOOT - 4.0), (RIGHT, FOOT - 4.0));
        if !sheet.missing.is_empty() {
            let text = format!("{}{}", words.missing, code_points(&sheet.missing));
            at(sheet, 0.0, BOTTOM + 5.0, &text);
        }
    }
}

fn code_points(missing: &BTreeSet<char>) -> String {
    let named: Vec<String> = missing.iter().take(NAMED).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    let rest = missing.len().saturating_sub(NAMED);
    if rest == 0 { named.join(" ") } else { format!("{} +{rest}", named.join(" ")) }
}
