//! Weighs an `.xlsx` before the spreadsheet reader unpacks it: a small file can unpack to gigabytes, and the reader
//! reserves memory for as many texts as the file announces.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::error::{OLE, OTHER_ARCHIVE, ReadError};
use crate::limits::Limits;

/// Unpacks every part once, keeping nothing.
pub(crate) fn weigh(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged)?;
    if archive.len() > limits.parts {
        return Err(ReadError::UnpacksTooLarge { what: "parts" });
    }
    if !archive.file_names().flatten().any(|n| n.to_ascii_lowercase().ends_with("workbook.xml")) {
        return Err(ReadError::Unsupported { found: OTHER_ARCHIVE });
    }
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| ReadError::Damaged)?;
        if part.encrypted() {
            return Err(ReadError::Unsupported { found: OLE });
        }
        left = weigh_part(part, left, limits)?;
    }
    Ok(())
}

fn weigh_part(mut part: ZipFile<'_, Cursor<&[u8]>>, mut left: usize, limits: &Limits) -> Result<usize, ReadError> {
    let mut buffer = vec![0_u8; 64 * 1024];
    let mut announced = Announced::default();
    let mut first = true;
    loop {
        let count = part.read(&mut buffer).map_err(|_| ReadError::Damaged)?;
        let chunk = buffer.get(..count).unwrap_or_default();
        if chunk.is_empty() {
            return Ok(left);
        }
        left = left.checked_sub(count).ok_or(ReadError::UnpacksTooLarge { what: "bytes" })?;
        if first && !plain_encoding(chunk) {
            return Err(ReadError::Damaged);
        }
        first = false;
        if announced.more_than(chunk, limits.text_strings) {
            return Err(ReadError::UnpacksTooLarge { what: "texts" });
        }
    }
}

/// Whether a part is what it seems to be byte by byte. Spreadsheet programs write UTF-8; another encoding would hide
/// the announced number from [`Announced`].
fn plain_encoding(start: &[u8]) -> bool {
    if [[0xFF, 0xFE], [0xFE, 0xFF], [b'<', 0], [0, b'<']].iter().any(|mark| start.starts_with(mark)) {
        return false;
    }
    let head = String::from_utf8_lossy(start.get(..start.len().min(256)).unwrap_or_default()).to_ascii_lowercase();
    let Some(declaration) = head.trim_start_matches('\u{FEFF}').strip_prefix("<?xml") else { return true };
    let declaration = declaration.split("?>").next().unwrap_or_default();
    match declaration.split_once("encoding") {
        Some((_, rest)) => {
            let name = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '=' || c == '"' || c == '\'');
            ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|n| name.starts_with(n))
        }
        None => true,
    }
}

const ATTRIBUTE: &[u8] = b"uniqueCount";

/// Finds `uniqueCount="…"` in a stream of chunks.
#[derive(Default)]
struct Announced {
    matched: usize,
    digits: Option<usize>,
}

impl Announced {
    fn more_than(&mut self, chunk: &[u8], limit: usize) -> bool {
        chunk.iter().any(|byte| self.step(*byte) > limit)
    }

    fn step(&mut self, byte: u8) -> usize {
        if self.matched < ATTRIBUTE.len() {
            let fits = ATTRIBUTE.get(self.matched) == Some(&byte);
            self.matched = if fits { self.matched + 1 } else { usize::from(byte == b'u') };
            self.digits = None;
            return 0;
        }
        if byte.is_ascii_digit() {
            let digit = usize::from(byte - b'0');
            let number = self.digits.unwrap_or(0).saturating_mul(10).saturating_add(digit);
            self.digits = Some(number);
            return number;
        }
        let between = self.digits.is_none() && (byte.is_ascii_whitespace() || b"=\"'+".contains(&byte));
        if !between {
            self.matched = usize::from(byte == b'u');
            self.digits = None;
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn announces(chunks: &[&str], limit: usize) -> bool {
        let mut announced = Announced::default();
        chunks.iter().any(|c| announced.more_than(c.as_bytes(), limit))
    }

    #[test]
    fn the_announced_number_is_found_however_it_is_cut() {
        assert!(announces(&["<sst uniqueCount=\"1000\">"], 999));
        assert!(!announces(&["<sst uniqueCount=\"999\" count=\"5000\">"], 999));
        assert!(announces(&["<sst uniq", "ueCount ", " = '10", "00'>"], 999));
        assert!(announces(&["<sst uniqueCount='99999999999999999999999999'>"], 999));
        assert!(!announces(&["uniqueCount is a word, 5000"], 999));
    }

    #[test]
    fn only_plain_encodings_pass() {
        assert!(plain_encoding(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>"));
        assert!(plain_encoding(b"<a/>"));
        assert!(plain_encoding(b"\x89PNG"));
        assert!(!plain_encoding(b"<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><a/>"));
        assert!(!plain_encoding(b"\xFF\xFE<\0a\0"));
    }
}
