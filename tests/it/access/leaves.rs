//! Who may do what about the leaves of a student of class 0 of the first school. There is none: whoever may take a step finds
//! nothing, like whoever may not know of the student.

use super::table::{OPEN_FILE, Row, row};

const DECIDE: &[&str] = &["counsellor", "vice", "clinical"];
const NOT_CARE: &[&str] = &["principal", "party"];
const NOT_PLAN: &[&str] = &["teacher", "grade", "principal", "party"];
const NOT_COUNSEL: &[&str] = &["teacher", "grade", "vice", "clinical", "principal", "party"];
const NOT_SIGN: &[&str] = &["teacher", "grade"];

pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/students/{id}/leaves", OPEN_FILE, 200, &[], 404),
    row("POST /api/v1/students/{id}/leaves", DECIDE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/answer", &[], 0, NOT_SIGN, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/appeal", &[], 0, NOT_PLAN, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/assessment", &[], 0, NOT_COUNSEL, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/contact", &[], 0, NOT_CARE, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/decision", &[], 0, NOT_PLAN, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/return", &[], 0, NOT_PLAN, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/review", &[], 0, NOT_CARE, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/sign", &[], 0, NOT_SIGN, 404),
    row("POST /api/v1/students/{id}/leaves/{leave}/stage", &[], 0, NOT_CARE, 404),
    row("GET /students/{id}/leave", OPEN_FILE, 200, &[], 404),
    row("GET /students/{id}/leave/{step}", DECIDE, 200, OPEN_FILE, 404),
    row("POST /students/{id}/leave/{step}", DECIDE, 422, OPEN_FILE, 404),
];
