//! Memberships of lists from a spreadsheet.

use super::parts::Errors;
use super::shell::Shell;
use askama::Template;

/// `GET /lists/imports`: the form for a file.
#[derive(Debug, Clone, Template)]
#[template(path = "list_upload.html", whitespace = "minimize")]
pub(crate) struct UploadPage {
    /// The layout.
    pub(crate) shell: Shell,
    /// What is wrong with the file.
    pub(crate) errors: Errors,
    /// For which school.
    pub(crate) school: String,
    /// The lists that may be named.
    pub(crate) lists: Vec<String>,
}

/// `GET /lists/imports/{id}`: every row with what becomes of it.
#[derive(Debug, Clone, Template)]
#[template(path = "list_import.html", whitespace = "minimize")]
pub(crate) struct ListImportPage {
    /// The layout.
    pub(crate) shell: Shell,
    /// The import.
    pub(crate) id: String,
    /// Its version.
    pub(crate) version: u64,
    /// How many come onto a list.
    pub(crate) creates: usize,
    /// How many are on it already.
    pub(crate) unchanged: usize,
    /// How many rows are left out.
    pub(crate) left_out: usize,
    /// Whether it was applied.
    pub(crate) applied: bool,
    /// Whether it was taken back.
    pub(crate) undone: bool,
    /// Headers of which nothing was kept.
    pub(crate) dropped: Vec<String>,
    /// The rows.
    pub(crate) lines: Vec<ImportLine>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ImportLine {
    /// Its number in the file.
    pub(crate) row: u32,
    /// The word of its fate, for its look.
    pub(crate) key: &'static str,
    /// Its fate, in words.
    pub(crate) fate: String,
    /// Who is meant; empty where that is not sure.
    pub(crate) name: String,
    /// The class.
    pub(crate) class: String,
    /// The list.
    pub(crate) list: String,
    /// Since when.
    pub(crate) from: String,
    /// When it is looked at again.
    pub(crate) review_at: String,
    /// What is wrong with it.
    pub(crate) faults: Vec<String>,
}
