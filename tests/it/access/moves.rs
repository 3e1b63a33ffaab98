//! Who may do what about the hand-over of a student of class 0 of the first school to class 1. The last row accepts it.

use super::table::{EVERYBODY, OPEN_FILE, Row, row};

/// Those who hand somebody over somewhere.
const SOMEWHERE: &[&str] = &[
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
/// Those of the side that has the student, and the one who gets him.
const SEE: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party", "teacher1"];
const RECEIVER: &[&str] = &["teacher1"];
const COUNSELLOR: &[&str] = &["counsellor"];

/// Every operation about hand-overs of students. Bodies are empty: whoever may is told of what is missing.
pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/student-hand-overs", EVERYBODY, 200, &[], 0),
    row("POST /api/v1/student-hand-overs", SOMEWHERE, 422, &[], 404),
    row("GET /api/v1/student-hand-overs/{id}", SEE, 200, &[], 404),
    row("POST /api/v1/student-hand-overs/{id}/accept", RECEIVER, 422, SEE, 404),
    row("POST /api/v1/student-hand-overs/{id}/refuse", RECEIVER, 422, SEE, 404),
    row("POST /api/v1/student-hand-overs/{id}/told", OPEN_FILE, 422, SEE, 404),
    row("POST /api/v1/student-hand-overs/{id}/withdraw", OPEN_FILE, 412, SEE, 404),
    row("GET /api/v1/students/{id}/open-matters", OPEN_FILE, 200, &[], 404),
    row("POST /api/v1/students/{id}/unseal", COUNSELLOR, 422, OPEN_FILE, 404),
    row("GET /student-hand-overs", EVERYBODY, 200, &[], 0),
    row("GET /student-hand-overs/{id}", SEE, 200, &[], 404),
    row("POST /student-hand-overs/{id}/refuse", RECEIVER, 422, SEE, 404),
    row("POST /student-hand-overs/{id}/told", OPEN_FILE, 422, SEE, 404),
    row("POST /student-hand-overs/{id}/withdraw", OPEN_FILE, 412, SEE, 404),
    row("GET /students/{id}/hand-over", OPEN_FILE, 200, &[], 404),
    row("POST /students/{id}/hand-over", OPEN_FILE, 422, &[], 404),
    row("GET /students/{id}/unseal", COUNSELLOR, 200, OPEN_FILE, 404),
    row("POST /students/{id}/unseal", COUNSELLOR, 422, OPEN_FILE, 404),
    row("POST /student-hand-overs/{id}/accept", RECEIVER, 303, SEE, 404),
];
