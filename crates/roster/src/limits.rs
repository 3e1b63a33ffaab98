//! How much is read before a file is refused.

use serde::Deserialize;

use crate::config::CONFIG;

/// Bounds on everything that comes from outside.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Size of the file as uploaded.
    pub file_bytes: usize,
    /// Size of all parts of an `.xlsx` once unpacked.
    pub unpacked_bytes: usize,
    /// How many parts an `.xlsx` may have.
    pub parts: usize,
    /// How many texts an `.xlsx` may announce before any of them is read.
    pub text_strings: usize,
    /// Size of all cells kept in memory.
    pub table_bytes: usize,
    /// Rows with content.
    pub rows: usize,
    /// The rightmost column with content.
    pub columns: usize,
    /// Characters of a cell; a longer one is a fault of its row.
    pub cell_chars: usize,
    /// The header is looked for in this many rows.
    pub header_within_rows: usize,
    /// A row with this many known words is the header.
    pub known_headers: usize,
    /// Rows of a file of list memberships.
    pub member_rows: usize,
}

impl Default for Limits {
    /// The shipped limits of `config/roster.toml`.
    fn default() -> Self {
        CONFIG.limits.clone()
    }
}

impl Limits {
    /// What an unreadable configuration would allow.
    pub(crate) fn nothing() -> Self {
        Self {
            file_bytes: 0,
            unpacked_bytes: 0,
            parts: 0,
            text_strings: 0,
            table_bytes: 0,
            rows: 0,
            columns: 0,
            cell_chars: 0,
            header_within_rows: 0,
            known_headers: 0,
            member_rows: 0,
        }
    }
}
