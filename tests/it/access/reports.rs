//! Who may do what about weekly reports and sweeps.

use super::table::{EVERYBODY, Row, row};

/// Those who read the report of class 0 of the first school.
const READ: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party"];
/// Those who stand above the grade of class 0.
const GRADE: &[&str] = &["grade", "counsellor", "vice", "principal", "clinical", "party"];
const SCHOOL: &[&str] = &["counsellor", "vice", "principal", "clinical", "party"];

/// Those who read reports of their own class, grade or school.
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

/// Every operation about weekly reports. Bodies are empty: whoever may is told of what is missing.
pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/classes/{id}/report", READ, 200, &[], 404),
    row("POST /api/v1/classes/{id}/report", &["teacher"], 422, READ, 404),
    row("GET /api/v1/reports", EVERYBODY, 200, &[], 0),
    row("POST /api/v1/grades/{id}/report", GRADE, 422, &[], 404),
    row("POST /api/v1/schools/{id}/report", SCHOOL, 422, &[], 404),
    row("GET /reports", SOMEWHERE, 200, &[], 404),
    row("POST /reports", &[], 0, &[], 404),
    row("POST /reports/summary", &[], 0, &[], 404),
    row("GET /api/v1/classes/{id}/sweep", READ, 200, &[], 404),
    row("POST /api/v1/classes/{id}/sweep", &["teacher"], 422, READ, 404),
    row("GET /api/v1/sweeps", EVERYBODY, 200, &[], 0),
    row("POST /api/v1/grades/{id}/sweep", GRADE, 422, &[], 404),
    row("POST /api/v1/schools/{id}/sweep", SCHOOL, 422, &[], 404),
    row("GET /sweeps", SOMEWHERE, 200, &[], 404),
    row("POST /sweeps", &[], 0, &[], 404),
    row("POST /sweeps/summary", &[], 0, &[], 404),
];
