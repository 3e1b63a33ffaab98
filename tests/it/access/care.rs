//! Who may do what about tasks and the care of a student of class 0 of the first school.

use super::table::{EVERYBODY, OPEN_FILE, REGISTER, Row, SEE, row};

/// Those who write in the file of the student.
const CARE: &[&str] = &["teacher", "grade", "counsellor", "vice", "clinical"];
/// Those who write in the file of anybody.
const CARE_SOMEWHERE: &[&str] =
    &["teacher", "teacher1", "grade", "grade1", "counsellor", "vice", "clinical", "teacher-b", "counsellor-b"];
/// Those who open a file somewhere and write in none.
const LEADS: &[&str] = &["principal", "party", "principal-b"];
/// Those who see the task of the nurse.
const SEE_TASK: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party", "nurse"];
/// Those who stand above the nurse, and she herself.
const PASS_ON: &[&str] = &["grade", "counsellor", "vice", "clinical", "nurse"];
const NURSE: &[&str] = &["nurse"];

/// Those who decide on what is graver: assess, refer, tell home.
const DECIDE: &[&str] = &["counsellor", "vice", "clinical"];
const COUNSELLOR: &[&str] = &["counsellor"];
/// Those who open the file and do not refer: for them a referral that is not there is as one that is.
const DO_NOT_REFER: &[&str] = &["teacher", "grade", "principal", "party"];

/// Those who report what the law demands: whoever works at the school, and no pupil.
const BY_LAW: &[&str] = &[
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
/// Those who may know of the report that the dormitory made.
const SEE_BY_LAW: &[&str] = &["counsellor", "vice", "principal", "clinical", "party", "dorm"];

/// Those who open the file and write nothing in it.
const DO_NOT_CARE: &[&str] = &["principal", "party"];
/// Those who read the plan: the matrix's is there.
const READ_PLAN: &[&str] = &["counsellor", "vice", "principal", "clinical", "party"];

/// Every operation about care. Bodies are empty: whoever may is told of what is missing.
pub(super) const ROWS: &[Row] = &[
    row("GET /api/v1/tasks", EVERYBODY, 200, &[], 0),
    row("POST /api/v1/tasks", CARE_SOMEWHERE, 422, LEADS, 404),
    row("GET /api/v1/tasks/{id}", SEE_TASK, 200, &[], 404),
    row("POST /api/v1/tasks/{id}/done", NURSE, 422, SEE_TASK, 404),
    row("POST /api/v1/tasks/{id}/hand-on", PASS_ON, 422, SEE_TASK, 404),
    row("GET /tasks", EVERYBODY, 200, &[], 0),
    row("GET /tasks/{id}", SEE_TASK, 200, &[], 404),
    row("POST /tasks/{id}/done", NURSE, 422, SEE_TASK, 404),
    row("POST /tasks/{id}/hand-on", PASS_ON, 422, SEE_TASK, 404),
    row("GET /students/{id}/care/{form}", CARE, 200, OPEN_FILE, 404),
    row("POST /students/{id}/care/{form}", CARE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/interviews", COUNSELLOR, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/screenings", COUNSELLOR, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/home-visits", CARE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/guardian-contacts", CARE, 422, OPEN_FILE, 404),
    row("GET /api/v1/students/{id}/household", DECIDE, 200, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/household/propose", DECIDE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/household/sign", DECIDE, 409, OPEN_FILE, 404),
    row("GET /api/v1/students/{id}/referrals", DECIDE, 200, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/referrals", DECIDE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/referrals/{referral}/went", &[], 0, DO_NOT_REFER, 404),
    row("POST /api/v1/students/{id}/referrals/{referral}/back", &[], 0, DO_NOT_REFER, 404),
    row("POST /api/v1/students/{id}/mandatory-reports", BY_LAW, 422, &[], 404),
    row("GET /api/v1/mandatory-reports", EVERYBODY, 200, &[], 0),
    row("GET /api/v1/mandatory-reports/{id}", SEE_BY_LAW, 200, &[], 404),
    row("POST /api/v1/mandatory-reports/{id}/recipients", SEE_BY_LAW, 422, &[], 404),
    row("GET /students/{id}/mandatory-report", BY_LAW, 200, &[], 404),
    row("POST /students/{id}/mandatory-report", BY_LAW, 422, &[], 404),
    row("GET /mandatory-reports", EVERYBODY, 200, &[], 0),
    row("GET /mandatory-reports/{id}", SEE_BY_LAW, 200, &[], 404),
    row("POST /mandatory-reports/{id}/recipients", SEE_BY_LAW, 422, &[], 404),
    row("GET /api/v1/students/{id}/notices", OPEN_FILE, 200, &[], 404),
    row("POST /api/v1/students/{id}/notices", CARE, 422, OPEN_FILE, 404),
    row("POST /api/v1/students/{id}/notices/{notice}/signature", &[], 0, DO_NOT_CARE, 404),
    row("POST /api/v1/students/{id}/notices/{notice}/refusal", &[], 0, DO_NOT_CARE, 404),
    row("POST /api/v1/students/{id}/notices/{notice}/return", &[], 0, DO_NOT_CARE, 404),
    row("POST /api/v1/students/{id}/notices/{notice}/second-opinion", &[], 0, DO_NOT_CARE, 404),
    row("GET /api/v1/students/{id}/notices/{notice}.pdf", &[], 0, DO_NOT_CARE, 404),
    row("GET /api/v1/students/{id}/referrals/{referral}.pdf", &[], 0, DO_NOT_REFER, 404),
    row("GET /api/v1/students/{id}/interviews/{entry}.pdf", &[], 0, &[], 404),
    row("GET /api/v1/students/{id}/plan.pdf", READ_PLAN, 200, &[], 404),
    row("GET /students/{id}/papers/{kind}/{record}", READ_PLAN, 200, &[], 404),
    row("GET /classes/{id}/register.pdf", REGISTER, 200, &[], 404),
    row("GET /classes/{id}/register.xlsx", REGISTER, 200, &[], 404),
    row("GET /api/v1/alerts/{id}/affected-peers", DECIDE, 200, SEE, 404),
    row("POST /api/v1/alerts/{id}/affected-peers", DECIDE, 422, SEE, 404),
    row("GET /alerts/{id}/affected-peers", DECIDE, 200, SEE, 404),
    row("POST /alerts/{id}/affected-peers", DECIDE, 422, SEE, 404),
    row("GET /api/v1/alerts/{id}/watch", SEE, 200, &[], 404),
    row("POST /api/v1/alerts/{id}/watch", SEE, 422, &[], 404),
    row("POST /api/v1/alerts/{id}/watch/end", SEE, 422, &[], 404),
    row("GET /alerts/{id}/watch", SEE, 200, &[], 404),
    row("POST /alerts/{id}/watch", SEE, 422, &[], 404),
    row("GET /alerts/{id}/watch/end", SEE, 200, &[], 404),
    row("POST /alerts/{id}/watch/end", SEE, 422, &[], 404),
];
