//! Who may write into a growth file, and correct what stands there. Bodies are empty: whoever may is told of what is
//! missing.

use super::table::{Row, row};

const OPEN_FILE: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party"];
const WRITE: &[&str] = &["teacher", "grade", "counsellor", "vice", "clinical"];

/// Every operation on what is written into a file.
pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/students/{id}/growth-file/entries/{entry}", OPEN_FILE, 200, &[], 404),
    row("POST /api/v1/students/{id}/growth-file/entries", WRITE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/growth-file/entries/{entry}/correct", WRITE, 422, OPEN_FILE, 404),
    row("GET /students/{id}/growth-file/new", WRITE, 200, OPEN_FILE, 404),
    row("GET /students/{id}/growth-file/entries/{entry}", OPEN_FILE, 200, &[], 404),
    row("POST /students/{id}/growth-file/entries", WRITE, 422, OPEN_FILE, 404),
    row("POST /students/{id}/growth-file/entries/{entry}/correct", WRITE, 422, OPEN_FILE, 404),
];
