//! Who may do what about decisions that were drawn. None was: whoever may look finds nothing, like whoever may not.

use super::table::{Row, row};

/// Those who read how many were drawn, each at his own school.
const OVERSEE: &[&str] = &["vice", "principal", "clinical", "party", "principal-b"];

pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/decision-samples", OVERSEE, 200, &[], 404),
    row("GET /api/v1/decision-samples/{id}", &[], 0, &[], 404),
    row("POST /api/v1/decision-samples/{id}/finding", &[], 0, &[], 404),
    row("GET /decision-samples", OVERSEE, 200, &[], 404),
    row("GET /decision-samples/{id}", &[], 0, &[], 404),
    row("POST /decision-samples/{id}/finding", &[], 0, &[], 404),
];
