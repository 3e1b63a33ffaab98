//! Headers: their comparison form, and the row in which they stand.

use crate::clean;
use crate::config::CONFIG;
use crate::field::Field;
use crate::limits::Limits;
use crate::members::MemberField;
use crate::table::SheetRow;
use crate::value::national_id;

const DECORATIONS: [char; 12] = ['★', '☆', '*', '※', '●', '#', '"', '\'', ':', '、', '_', '.'];

/// The form in which a header is compared: no blanks, no marks of a required column, no full-width forms.
pub(crate) fn key(header: &str) -> String {
    let mut text = clean::word(header).replace(['[', '【', '{', '〔'], "(").replace([']', '】', '}', '〕'], ")");
    for required in ["(必填)", "(必填项)", "(选填)", "(可选)", "(必录)"] {
        text = text.replace(required, "");
    }
    text.retain(|c| !DECORATIONS.contains(&c));
    text
}

/// So many digits are no word any more: a number that somebody typed into the header, perhaps an id number.
const DIGITS_OF_A_NUMBER: usize = 6;

/// The header as it may leave: without the digits of a number.
pub(crate) fn shown(header: &str) -> String {
    let digits = clean::compact(header).chars().filter(|c| c.is_numeric()).count();
    if digits < DIGITS_OF_A_NUMBER && !national_id::within(header) {
        return header.to_owned();
    }
    header.chars().map(|c| if c.is_numeric() { '*' } else { c }).collect()
}

/// How a header is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// One of the words of a field, with its rank.
    Exact(Field, usize),
    /// One of the words once a remark in brackets is left out: 性别(1男/2女).
    Likely(Field, usize),
    /// Something that is never taken in.
    Never,
    /// Nothing known.
    Unknown,
}

/// What a header means.
pub(crate) fn meaning(header: &str) -> Meaning {
    let key = key(header);
    if let Some((field, rank)) = CONFIG.field(&key) {
        return Meaning::Exact(field, rank);
    }
    let (plain, remark) = without_brackets(&key);
    if !CONFIG.other_person(&remark)
        && let Some((field, rank)) = CONFIG.field(&plain)
    {
        return Meaning::Likely(field, rank);
    }
    if CONFIG.never(&key) { Meaning::Never } else { Meaning::Unknown }
}

fn without_brackets(key: &str) -> (String, String) {
    let (mut plain, mut remark, mut depth) = (String::new(), String::new(), 0_u32);
    for c in key.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => remark.push(c),
            _ => plain.push(c),
        }
    }
    (plain, remark)
}

/// How many different fields a row names, those of memberships among them.
pub(crate) fn known(row: &SheetRow) -> usize {
    let mut seen: Vec<Field> = Vec::new();
    for cell in &row.cells {
        if let Meaning::Exact(field, _) | Meaning::Likely(field, _) = meaning(&cell.text)
            && !seen.contains(&field)
        {
            seen.push(field);
        }
    }
    let mut members: Vec<MemberField> =
        row.cells.iter().filter_map(|c| Some(CONFIG.member(&key(&c.text))?.0)).collect();
    members.sort_unstable();
    members.dedup();
    seen.len() + members.len()
}

/// Where the header stands: the first row with enough known words. Title rows above it are skipped.
pub(crate) fn find(rows: &[SheetRow], limits: &Limits) -> Option<usize> {
    rows.iter().take(limits.header_within_rows).position(|row| known(row) >= limits.known_headers)
}

#[cfg(test)]
#[path = "header_tests.rs"]
mod tests;
