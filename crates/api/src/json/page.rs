//! Pages of lists: `limit` (50, at most 200) and an opaque `cursor`.

use domain::fault::Fault;

use crate::problem::Problem;

pub(crate) const PAGE: u32 = 50;
pub(crate) const LARGEST_PAGE: u32 = 200;
/// What stands between the parts of a cursor.
const PART: char = '\u{1f}';

/// Reads a limit.
pub(crate) fn limit(text: Option<&str>, faults: &mut Vec<Fault>) -> u32 {
    let Some(text) = text else { return PAGE };
    match text.parse::<u32>() {
        Ok(n) if (1..=LARGEST_PAGE).contains(&n) => n,
        _ => {
            faults.push(Fault::new("limit", "out_of_range", "limit 须为 1–200", "limit is 1 to 200"));
            PAGE
        }
    }
}

/// Writes a cursor: opaque to clients.
pub(crate) fn cursor(parts: &[String]) -> String {
    hex(parts.join(&PART.to_string()).as_bytes())
}

/// Reads where the last page ended; notes a fault when that was not given out here.
pub(crate) fn after<T>(
    cursor: Option<&String>,
    read: impl FnOnce(&[String]) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let text = decoded(cursor?);
    if text.as_ref().is_some_and(|t| t.chars().any(|c| c.is_control() && c != PART)) {
        faults.push(domain::text::control_character("cursor"));
        return None;
    }
    let place = text.and_then(|t| read(&split(&t)));
    if place.is_none() {
        faults.push(bad_cursor());
    }
    place
}

/// Reads a cursor of so many parts.
pub(crate) fn parts(cursor: &str, count: usize) -> Result<Vec<String>, Problem> {
    decoded(cursor).map(|t| split(&t)).filter(|p| p.len() == count).ok_or_else(|| Problem::invalid(vec![bad_cursor()]))
}

fn split(text: &str) -> Vec<String> {
    text.split(PART).map(str::to_owned).collect()
}

fn decoded(cursor: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = cursor
        .as_bytes()
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
        .collect();
    String::from_utf8(bytes?).ok()
}

/// The fault of a cursor that is not ours.
pub(crate) fn bad_cursor() -> Fault {
    Fault::new("cursor", "bad_cursor", "cursor 不是本接口给出的", "this cursor was not given out here")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        use std::fmt::Write;
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// Reads a word or an id that may be missing; notes a fault when it is neither.
pub(crate) fn optional<T>(
    text: Option<&String>,
    field: &str,
    read: impl Fn(&str) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let text = text.filter(|t| !t.is_empty())?;
    let value = read(text);
    if value.is_none() {
        faults.push(Fault::new(field, "unknown_value", "不认识这个值", "this value is not known"));
    }
    value
}
