//! Who may write into a growth file, and correct what stands there. Bodies are empty: whoever may is told of what is
//! missing.

use super::table::{Row, row};

const OPEN_FILE: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party"];
const WRITE: &[&str] = &["teacher", "grade", "counsellor", "vice", "clinical"];

const MANAGE: &[&str] = &["counsellor", "vice", "clinical"];
const MANAGE_SOMEWHERE: &[&str] = &["counsellor", "vice", "clinical", "counsellor-b"];
/// Who opens files anywhere.
const OPEN_SOMEWHERE: &[&str] = &[
    "teacher",
    "teacher1",
    "grade",
    "grade1",
    "counsellor",
    "vice",
    "principal",
    "clinical",
    "party",
    "teacher-b",
    "counsellor-b",
    "principal-b",
];
const CASES: &[&str] = &["counsellor", "vice", "principal", "clinical", "party", "counsellor-b", "principal-b"];

/// Who knows of restricted entries, and reads plans whole.
const KNOW: &[&str] = &["counsellor", "vice", "principal", "clinical", "party"];
const OWNER: &[&str] = &["teacher"];

/// Every operation on what is written into a file.
pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/students/{id}/growth-file/readers", KNOW, 200, OPEN_FILE, 404),
    row("GET /students/{id}/growth-file/readers", KNOW, 200, OPEN_FILE, 404),
    row("GET /api/v1/students/{id}/growth-file/entries/{entry}", OPEN_FILE, 200, &[], 404),
    row("POST /api/v1/students/{id}/growth-file/entries", WRITE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/growth-file/entries/{entry}/correct", WRITE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/attachments", WRITE, 201, OPEN_FILE, 404),
    row("GET /api/v1/students/{id}/attachments/{attachment}", OPEN_FILE, 200, &[], 404),
    row("POST /api/v1/students/{id}/attachments/{attachment}/withdraw", WRITE, 422, OPEN_FILE, 404),
    row("GET /students/{id}/attachments/{attachment}", OPEN_FILE, 200, &[], 404),
    row("POST /students/{id}/attachments/{attachment}/withdraw", WRITE, 422, OPEN_FILE, 404),
    row("POST /students/{id}/growth-file/entries/{entry}/attachments", OPEN_FILE, 400, &[], 404),
    row("GET /students/{id}/growth-file/new", WRITE, 200, OPEN_FILE, 404),
    row("GET /students/{id}/growth-file/entries/{entry}", OPEN_FILE, 200, &[], 404),
    row("POST /students/{id}/growth-file/entries", WRITE, 422, OPEN_FILE, 404),
    row("POST /students/{id}/growth-file/entries/{entry}/correct", WRITE, 422, OPEN_FILE, 404),
    row("POST /api/v1/lists/imports", MANAGE, 201, &[], 404),
    row("GET /api/v1/lists/imports/{id}", &["counsellor"], 200, &[], 404),
    row("POST /api/v1/lists/imports/{id}/apply", &["counsellor"], 412, &[], 404),
    row("POST /api/v1/lists/imports/{id}/undo", &["counsellor"], 412, &[], 404),
    row("GET /lists/imports", MANAGE_SOMEWHERE, 200, &[], 404),
    row("POST /lists/imports", MANAGE_SOMEWHERE, 400, &[], 404),
    row("GET /lists/imports/{id}", &["counsellor"], 200, &[], 404),
    row("POST /lists/imports/{id}/apply", &["counsellor"], 303, &[], 404),
    row("POST /lists/imports/{id}/undo", &["counsellor"], 303, &[], 404),
    row("GET /api/v1/lists", super::table::EVERYBODY, 200, &[], 0),
    row("GET /api/v1/lists/{code}", OPEN_SOMEWHERE, 200, &[], 404),
    row("GET /api/v1/cases", CASES, 200, &[], 404),
    row("GET /api/v1/students/{id}/lists", OPEN_FILE, 200, &[], 404),
    row("POST /api/v1/students/{id}/lists", MANAGE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/lists/{membership}/review", MANAGE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/lists/{membership}/end", MANAGE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/support", MANAGE, 422, OPEN_FILE, 404),
    row("GET /lists/{code}", OPEN_SOMEWHERE, 200, &[], 404),
    row("GET /cases", CASES, 200, &[], 404),
    row("GET /students/{id}/lists", OPEN_FILE, 200, &[], 404),
    row("POST /students/{id}/lists", MANAGE, 422, OPEN_FILE, 404),
    row("POST /students/{id}/lists/{membership}/review", MANAGE, 422, OPEN_FILE, 404),
    row("POST /students/{id}/lists/{membership}/end", MANAGE, 422, OPEN_FILE, 404),
    row("POST /students/{id}/support", MANAGE, 422, OPEN_FILE, 404),
    row("GET /api/v1/measures", super::table::EVERYBODY, 200, &[], 0),
    row("GET /api/v1/students/{id}/plan", KNOW, 200, &[], 404),
    row("GET /api/v1/students/{id}/plan/{version}", KNOW, 200, &[], 404),
    row("POST /api/v1/students/{id}/plan", MANAGE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/plan/{version}/sign", &["counsellor"], 409, KNOW, 404),
    row("POST /api/v1/students/{id}/plan/measures/{measure}/progress", OWNER, 422, KNOW, 404),
    row("GET /measures", super::table::EVERYBODY, 200, &[], 0),
    row("GET /students/{id}/plan", KNOW, 200, &[], 404),
    row("POST /students/{id}/plan", MANAGE, 422, OPEN_FILE, 404),
    row("POST /students/{id}/plan/{version}/sign", &["counsellor"], 409, KNOW, 404),
    row("POST /students/{id}/plan/measures/{measure}/progress", OWNER, 422, KNOW, 404),
];
