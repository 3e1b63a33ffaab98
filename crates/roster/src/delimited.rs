//! Text files: encoding, separator, rows.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030};

use crate::error::ReadError;
use crate::header;
use crate::limits::Limits;
use crate::sheet::SheetBuilder;
use crate::table::{Kind, SheetRow, Table};

/// A quoted cell with more lines than this has swallowed its neighbours: the closing quote is missing.
const LINES_IN_A_CELL: usize = 10;

pub(crate) fn read(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<Table, ReadError> {
    let text = decode(bytes)?;
    let separator = separator(&text, file_name, limits)?;
    let rows = rows(&text, separator, limits, usize::MAX)?;
    crate::read::table(rows, String::new(), limits).ok_or(ReadError::NoHeader { needed: limits.known_headers })
}

/// A mark decides; else UTF-8 if it is valid, else GB18030, of which GBK is a part. Guessing among more encodings
/// would turn short Chinese files into Korean or Japanese ones.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        let text = encoding.decode_without_bom_handling_and_without_replacement(rest);
        return text.map(std::borrow::Cow::into_owned).ok_or(ReadError::Encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or(ReadError::Encoding)
}

/// The separator with which a row names most known columns.
fn separator(text: &str, file_name: Option<&str>, limits: &Limits) -> Result<u8, ReadError> {
    let tabs_first = file_name.is_some_and(|n| n.to_ascii_lowercase().ends_with(".tsv"));
    let candidates = if tabs_first { [b'\t', b',', b';'] } else { [b',', b'\t', b';'] };
    let mut best: Option<(u8, usize)> = None;
    let mut first_error = None;
    for separator in candidates {
        let known = match rows(text, separator, limits, limits.header_within_rows) {
            Ok(rows) => rows.iter().map(header::known).max().unwrap_or(0),
            Err(error) => {
                first_error.get_or_insert(error);
                0
            }
        };
        if known >= limits.known_headers && best.is_none_or(|(_, most)| known > most) {
            best = Some((separator, known));
        }
    }
    let none = first_error.unwrap_or(ReadError::NoHeader { needed: limits.known_headers });
    best.map(|(separator, _)| separator).ok_or(none)
}

fn rows(text: &str, separator: u8, limits: &Limits, most: usize) -> Result<Vec<SheetRow>, ReadError> {
    let mut rows = SheetBuilder::new(limits);
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut counted = RowNumbers::default();
    while rows.len() < most && reader.read_record(&mut record).map_err(|_| ReadError::Encoding)? {
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let number = counted.next(text, end);
        if swallowed(&record, text, end) {
            return Err(ReadError::UnclosedQuote { row: number });
        }
        for (column, field) in record.iter().enumerate() {
            rows.push(number, column, field, Kind::Text)?;
        }
    }
    Ok(rows.finish())
}

/// The row numbers that a spreadsheet program shows: blank lines count, line breaks inside a cell do not.
#[derive(Default)]
struct RowNumbers {
    from: usize,
    number: u32,
}

impl RowNumbers {
    fn next(&mut self, text: &str, end: usize) -> u32 {
        let read = text.get(self.from..end).unwrap_or_default();
        self.from = end;
        let (mut blank, mut rest) = (0_u32, read);
        // A CRLF may be cut between two records; the LF left over is no line of its own.
        if self.number > 0 && text.get(..end - read.len()).is_some_and(|t| t.ends_with('\r')) {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        loop {
            rest = match rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])) {
                Some(after) => after,
                None => break,
            };
            blank += 1;
        }
        self.number += blank + 1;
        self.number
    }
}

fn swallowed(record: &StringRecord, text: &str, end: usize) -> bool {
    let many = record.iter().any(|field| field.lines().count() > LINES_IN_A_CELL);
    let last = record.iter().next_back().unwrap_or_default();
    let at_end = text.get(end..).is_none_or(str::is_empty);
    many || (at_end && last.contains('\n') && !text.trim_end().ends_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<u32> {
        rows(text, b',', &Limits::default(), usize::MAX).unwrap().iter().map(|r| r.number).collect()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        assert_eq!(numbers("a,b\nc,d\n"), [1, 2]);
        assert_eq!(numbers("a,b\r\nc,d\r\n\r\ne,f"), [1, 2, 4]);
        assert_eq!(numbers("\n\na,b\n\n\nc,d\n"), [3, 6]);
        assert_eq!(numbers("a,\"x\ny\nz\"\nc,d\n"), [1, 2]);
        assert_eq!(numbers("a\r\n\r\n\"b\r\nb\"\r\nc"), [1, 3, 4]);
        assert_eq!(numbers("a\n,\n\nb"), [1, 4]);
        assert_eq!(numbers("a\rb\r\rc"), [1, 2, 4]);
    }

    #[test]
    fn a_missing_closing_quote_does_not_swallow_pupils() {
        let read = |text: &str| rows(text, b',', &Limits::default(), usize::MAX).map(|r| r.len());
        assert_eq!(read("a,b\n\"c,d\ne,f\n"), Err(ReadError::UnclosedQuote { row: 2 }));
        let lines = "x,y\n".repeat(20);
        assert_eq!(read(&format!("\"a,b\n{lines}z,\"w\"\n")), Err(ReadError::UnclosedQuote { row: 1 }));
        assert_eq!(read("a,\"b\nc\"\n"), Ok(1));
        assert_eq!(read("a,\"b\nc\""), Ok(1));
    }
}
