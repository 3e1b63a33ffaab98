//! Who may do what with a drill: of the first school, around class 0, over by the time of the matrix.

use super::table::{Row, row};

/// Those who were told.
const TOLD: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party"];
/// Those who were told, and those who read the reports of another school.
const LISTS: &[&str] =
    &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party", "counsellor-b", "principal-b"];
const STARTS: &[&str] = &["principal", "party", "principal-b"];
const READS: &[&str] = &["counsellor", "vice", "clinical", "counsellor-b"];
const ENDS: &[&str] = &["principal", "party"];

/// Every operation about drills. Bodies are empty: whoever may start one is told of what is missing.
pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/drills", LISTS, 200, &[], 404),
    row("POST /api/v1/drills", STARTS, 422, READS, 404),
    row("GET /api/v1/drills/{id}", TOLD, 200, &[], 404),
    row("POST /api/v1/drills/{id}/end", ENDS, 200, TOLD, 404),
    row("POST /api/v1/drills/{id}/acknowledge", TOLD, 200, &[], 404),
    row("POST /api/v1/drills/{id}/decline", TOLD, 200, &[], 404),
    row("POST /api/v1/drills/{id}/custody", TOLD, 200, &[], 404),
    row("GET /drills", LISTS, 200, &[], 404),
    row("POST /drills", STARTS, 422, READS, 404),
    row("GET /drills/{id}", TOLD, 200, &[], 404),
    row("POST /drills/{id}/end", ENDS, 303, TOLD, 404),
    row("POST /drills/{id}/acknowledge", TOLD, 303, &[], 404),
    row("POST /drills/{id}/decline", TOLD, 303, &[], 404),
    row("POST /drills/{id}/custody", TOLD, 422, &[], 404),
];
