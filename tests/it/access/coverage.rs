//! Who may do what about duty, deputies, contact methods and accounts.

use super::table::{EVERYBODY, Row, row};

/// The staff of the first school; a peer monitor is a child, and an administrator reads nothing of this.
const STAFF: &[&str] = &[
    "teacher",
    "teacher1",
    "grade",
    "grade1",
    "counsellor",
    "vice",
    "principal",
    "subject",
    "dorm",
    "nurse",
    "duty",
    "clinical",
    "party",
];
const STAFF_SOMEWHERE: &[&str] = &[
    "teacher",
    "teacher1",
    "grade",
    "grade1",
    "counsellor",
    "vice",
    "principal",
    "subject",
    "dorm",
    "nurse",
    "duty",
    "clinical",
    "party",
    "teacher-b",
    "counsellor-b",
    "principal-b",
];
const ADMINS: &[&str] = &["admin", "district-admin"];
const ADMINS_ANYWHERE: &[&str] = &["admin", "admin-b", "district-admin"];
/// Those who see what was proposed at the first school, and do not decide on it; those who do; and whoever sees any.
const DECIDE_NOT: &[&str] = &["admin", "district-admin", "district", "district-lead"];
const HEADS: &[&str] = &["principal", "party"];
const SEE_APPOINTMENTS: &[&str] =
    &["principal", "party", "principal-b", "admin", "admin-b", "district-admin", "district", "district-lead"];
const VICE: &[&str] = &["vice", "clinical"];
const FOR_TEACHER: &[&str] = &["teacher", "vice", "clinical"];

/// Every operation about who can be told. Bodies are empty: whoever may is told of what is missing.
pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/schools/{id}/duty", STAFF, 200, &[], 404),
    row("POST /api/v1/schools/{id}/duty", VICE, 422, STAFF, 404),
    row("DELETE /api/v1/schools/{id}/duty/{duty}", VICE, 409, STAFF, 404),
    row("GET /duty", STAFF_SOMEWHERE, 200, &[], 404),
    row("POST /duty", VICE, 422, STAFF_SOMEWHERE, 404),
    row("POST /duty/deputies", VICE, 422, STAFF_SOMEWHERE, 404),
    row("POST /duty/{duty}/remove", VICE, 422, STAFF_SOMEWHERE, 404),
    row("GET /api/v1/people", ADMINS_ANYWHERE, 200, &[], 404),
    row("POST /api/v1/people", ADMINS_ANYWHERE, 422, &[], 404),
    row("POST /api/v1/people/{id}/disable", ADMINS, 422, &[], 404),
    row("POST /api/v1/positions/{id}/end", ADMINS, 422, &[], 404),
    row("POST /api/v1/people/{id}/positions", ADMINS, 422, &[], 404),
    row("GET /api/v1/appointments", SEE_APPOINTMENTS, 200, &[], 404),
    row("POST /api/v1/appointments/{id}/confirm", HEADS, 409, DECIDE_NOT, 404),
    row("POST /api/v1/appointments/{id}/refuse", HEADS, 422, DECIDE_NOT, 404),
    row("POST /api/v1/appointments/{id}/word", HEADS, 409, DECIDE_NOT, 404),
    row("GET /appointments", SEE_APPOINTMENTS, 200, &[], 404),
    row("POST /appointments/{id}/confirm", HEADS, 422, DECIDE_NOT, 404),
    row("POST /appointments/{id}/refuse", HEADS, 422, DECIDE_NOT, 404),
    row("POST /appointments/{id}/word", HEADS, 422, DECIDE_NOT, 404),
    row("GET /me", EVERYBODY, 200, &[], 0),
    row("POST /me/contacts", EVERYBODY, 422, &[], 0),
    row("POST /me/contacts/{contact}/test", &[], 0, &[], 404),
    row("POST /me/contacts/{contact}/verify", &[], 0, &[], 404),
    row("POST /me/contacts/{contact}/remove", &[], 0, &[], 404),
    row("POST /me/channels", EVERYBODY, 303, &[], 0),
    row("POST /me/deputies", EVERYBODY, 422, &[], 0),
    row("POST /me/deputies/{deputy}/end", &[], 0, &[], 404),
    row("GET /api/v1/me/contact-methods", EVERYBODY, 200, &[], 0),
    row("POST /api/v1/me/contact-methods", EVERYBODY, 422, &[], 0),
    row("POST /api/v1/me/contact-methods/{contact}/test", &[], 0, &[], 404),
    row("POST /api/v1/me/contact-methods/{contact}/verify", &[], 0, &[], 404),
    row("DELETE /api/v1/me/contact-methods/{contact}", &[], 0, &[], 404),
    row("POST /api/v1/me/channels", EVERYBODY, 200, &[], 0),
    row("GET /api/v1/me/deputies", EVERYBODY, 200, &[], 0),
    row("POST /api/v1/me/deputies", EVERYBODY, 422, &[], 0),
    row("DELETE /api/v1/me/deputies/{deputy}", &[], 0, &[], 404),
    row("GET /api/v1/people/{id}/deputies", FOR_TEACHER, 200, &[], 404),
    row("POST /api/v1/people/{id}/deputies", FOR_TEACHER, 422, &[], 404),
    row("DELETE /api/v1/people/{id}/deputies/{deputy}", &[], 0, &[], 404),
];
