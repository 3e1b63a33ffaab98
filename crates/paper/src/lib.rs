//! Documents on paper: a model goes in, the bytes of a PDF come out.
//!
//! Invariants: every sheet says whose it is, who printed it and when, which of how many it is, and that it is
//! confidential; nothing that was to be printed is left out in silence: a character that no font has stands as 〓, with its
//! code point at the foot of its sheet; a row of a table is on one sheet, unless it is longer than one.
//!
//! Absences: no file, no clock, no database. Fonts come in as bytes, the time of printing as text.

mod document;
mod draw;
mod font;
mod frame;
mod layout;
mod line;
mod row;
mod sheet;
mod spreadsheet;
pub mod template;
mod typeset;

pub use document::{Block, Column, Document, Words};
pub use font::{FontFault, Fonts};
pub use spreadsheet::{Spreadsheet, spreadsheet};

use std::collections::BTreeSet;

/// What came of printing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many sheets.
    pub sheets: usize,
    /// Characters that no font has; 〓 stands for them.
    pub missing: BTreeSet<char>,
}

/// A document could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the document could not be written: {0}")]
pub struct PaperError(pub(crate) String);

/// Prints a document.
///
/// # Errors
/// When a font cannot be embedded.
pub fn print(document: &Document, fonts: &Fonts) -> Result<Printed, PaperError> {
    let mut letters = typeset::Letters::of(fonts);
    let mut sheets = layout::lay_out(document, &mut letters);
    frame::around(document, &mut sheets, &mut letters);
    let missing = sheets.iter().flat_map(|s| s.missing.iter().copied()).collect();
    let bytes = draw::draw(document, &sheets, fonts, &mut letters)?;
    Ok(Printed { bytes, sheets: sheets.len(), missing })
}

#[cfg(test)]
mod tests;
