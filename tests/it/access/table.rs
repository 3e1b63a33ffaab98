//! Who may do what. Written from the rights of the design, not from what the service does.

/// Everybody who tries: login in the town, or nobody.
pub(super) const PEOPLE: [&str; 23] = [
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
    "monitor",
    "duty",
    "admin",
    "teacher-b",
    "counsellor-b",
    "principal-b",
    "admin-b",
    "district",
    "district-lead",
    "district-admin",
    "nobody",
    "clinical",
    "party",
];

/// Those who see the alert of a child in class 0 of the first school before the district is told.
pub(super) const SEE: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "duty", "clinical", "party"];
const ASSESS: &[&str] = &["counsellor", "vice", "clinical"];
/// Those who may assess, and whoever has it in hand: here the first who took it.
const HAND_OVER: &[&str] = &["teacher", "counsellor", "vice", "clinical"];
const APPROVE: &[&str] = &["counsellor", "vice", "principal", "clinical", "party"];
pub(super) const OPEN_FILE: &[&str] = &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party"];
/// Those who open the files of a class, and those who keep its roster.
pub(super) const REGISTER: &[&str] =
    &["teacher", "grade", "counsellor", "vice", "principal", "clinical", "party", "admin", "district-admin"];
const FILE: &[&str] = &[
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
    "monitor",
    "duty",
    "clinical",
    "party",
];
const FILE_SOMEWHERE: &[&str] = &[
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
    "monitor",
    "duty",
    "teacher-b",
    "counsellor-b",
    "principal-b",
    "clinical",
    "party",
];
/// Who may see alerts anywhere.
const SEE_SOMEWHERE: &[&str] = &[
    "teacher",
    "teacher1",
    "grade",
    "grade1",
    "counsellor",
    "vice",
    "principal",
    "duty",
    "teacher-b",
    "counsellor-b",
    "principal-b",
    "district",
    "district-lead",
    "clinical",
    "party",
];
/// Who files somewhere and reads back what became of it: not a pupil.
const READ_BACK: &[&str] = &[
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
    "teacher-b",
    "counsellor-b",
    "principal-b",
    "clinical",
    "party",
];
const REPORTER: &[&str] = &["teacher"];
const ROSTER: &[&str] = &["admin", "district-admin"];
pub(super) const EVERYBODY: &[&str] = &PEOPLE;

/// What an operation answers: to those who may, to those who see it but may not, to all others.
pub(super) struct Row {
    pub(super) operation: &'static str,
    may: &'static [&'static str],
    done: u16,
    see: &'static [&'static str],
    other: u16,
}

pub(super) const fn row(
    operation: &'static str,
    may: &'static [&'static str],
    done: u16,
    see: &'static [&'static str],
    other: u16,
) -> Row {
    Row { operation, may, done, see, other }
}

impl Row {
    /// The status that a person is to get.
    pub(super) fn expected(&self, person: &str) -> u16 {
        match person {
            // What was typed is kept while one signs in.
            "nobody" if self.operation.contains(" /api/") || self.operation == "POST /observations" => 401,
            "nobody" => 303,
            _ if self.may.contains(&person) => self.done,
            _ if self.see.contains(&person) => 403,
            _ => self.other,
        }
    }
}

/// Every operation about people.
pub(super) const ROWS: [Row; 51] = [
    row("GET /api/v1/me", EVERYBODY, 200, &[], 0),
    row("POST /api/v1/me/password", EVERYBODY, 422, &[], 0),
    row("GET /me/password", EVERYBODY, 200, &[], 0),
    row("POST /me/password", EVERYBODY, 422, &[], 0),
    row("GET /api/v1/signs", EVERYBODY, 200, &[], 0),
    row("GET /api/v1/students", EVERYBODY, 200, &[], 0),
    row("GET /api/v1/alerts", EVERYBODY, 200, &[], 0),
    row("GET /api/v1/alerts/{id}", SEE, 200, &[], 404),
    row("GET /alerts/{id}", SEE, 200, &[], 404),
    row("GET /students/{id}/growth-file", OPEN_FILE, 200, &[], 404),
    row("GET /students/{id}/growth-file.pdf", OPEN_FILE, 200, &[], 404),
    row("GET /observations/{id}/received", REPORTER, 200, &[], 404),
    row("GET /observations/new", FILE_SOMEWHERE, 200, &[], 403),
    row("GET /alerts", SEE_SOMEWHERE, 200, &[], 403),
    row("GET /observations", READ_BACK, 200, &[], 403),
    row("POST /observations/{id}/still-worried", REPORTER, 422, &[], 404),
    row("GET /", EVERYBODY, 200, &[], 0),
    row("POST /observations", FILE_SOMEWHERE, 200, &[], 403),
    // From here on it is acted upon: a second reporter and "still worried" tell the district, which then sees it.
    row("POST /alerts/{id}/approve", APPROVE, 422, SEE, 404),
    row("POST /alerts/{id}/reject", APPROVE, 422, SEE, 404),
    row("POST /alerts/{id}/acknowledge", SEE, 303, &[], 404),
    row("POST /alerts/{id}/assess", ASSESS, 422, SEE, 404),
    row("POST /alerts/{id}/custody", SEE, 422, &[], 404),
    row("POST /alerts/{id}/close", ASSESS, 422, SEE, 404),
    row("POST /alerts/{id}/recheck", APPROVE, 422, SEE, 404),
    row("POST /alerts/{id}/not-escalate", ASSESS, 422, SEE, 404),
    row("POST /alerts/{id}/hand-over", HAND_OVER, 422, SEE, 404),
    row("POST /alerts/{id}/accept", SEE, 422, &[], 404),
    row("POST /alerts/{id}/refuse", SEE, 422, &[], 404),
    row("POST /api/v1/alerts/{id}/close", ASSESS, 422, SEE, 404),
    row("POST /api/v1/alerts/{id}/recheck", APPROVE, 422, SEE, 404),
    row("POST /api/v1/alerts/{id}/not-escalate", ASSESS, 422, SEE, 404),
    row("POST /api/v1/alerts/{id}/hand-over", HAND_OVER, 422, SEE, 404),
    row("POST /api/v1/alerts/{id}/accept", SEE, 409, &[], 404),
    row("POST /api/v1/alerts/{id}/refuse", SEE, 409, &[], 404),
    row("POST /api/v1/alerts/{id}/approve", APPROVE, 409, SEE, 404),
    row("POST /api/v1/alerts/{id}/reject", APPROVE, 409, SEE, 404),
    row("POST /api/v1/alerts/{id}/assess", ASSESS, 200, SEE, 404),
    row("POST /api/v1/alerts/{id}/acknowledge", SEE, 200, &[], 404),
    row("POST /api/v1/alerts/{id}/custody", SEE, 201, &[], 404),
    row("GET /api/v1/students/{id}/growth-file", OPEN_FILE, 200, &[], 404),
    row("GET /api/v1/students/{id}/growth-file.pdf", OPEN_FILE, 200, &[], 404),
    row("GET /api/v1/classes/{id}/register.pdf", REGISTER, 200, &[], 404),
    row("GET /api/v1/classes/{id}/register.xlsx", REGISTER, 200, &[], 404),
    row("POST /api/v1/observations", FILE, 201, &[], 422),
    row("GET /api/v1/observations/{id}", REPORTER, 200, &[], 404),
    row("POST /api/v1/roster/imports", ROSTER, 201, &[], 404),
    row("GET /api/v1/roster/imports/{id}", ROSTER, 200, &[], 404),
    row("POST /api/v1/roster/imports/{id}/apply", ROSTER, 412, &[], 404),
    row("POST /api/v1/roster/imports/{id}/undo", ROSTER, 412, &[], 404),
    row("POST /api/v1/observations/{id}/still-worried", REPORTER, 202, &[], 404),
];

/// What is open to all, belongs to a session itself, or is for machines: nothing about people is in the answers.
pub(super) const OPEN: [&str; 22] = [
    "POST /api/v1/session",
    "DELETE /api/v1/session",
    "GET /sign-in",
    "POST /sign-in",
    "POST /sign-out",
    "GET /a",
    "POST /a",
    "GET /hooks/kannel/{secret}/reply",
    "POST /hooks/twilio/{secret}/keys",
    "POST /hooks/aliyun/{secret}/keys",
    "GET /assets/{name}",
    "GET /api/openapi.json",
    "GET /api/docs",
    "GET /api/docs/{_:.*}",
    "GET /health/live",
    "GET /health/ready",
    "GET /metrics",
    "GET /hooks/kannel/{secret}",
    "POST /hooks/aliyun/{secret}",
    "POST /hooks/tencent/{secret}",
    "POST /hooks/twilio/{secret}",
    "GET /demo/messages",
];

/// Operations that the table does not list.
pub(super) fn unlisted(operations: &[String]) -> Vec<&str> {
    let listed = |o: &&str| super::TABLES.iter().copied().flatten().any(|r| r.operation == *o) || OPEN.contains(o);
    operations.iter().map(String::as_str).filter(|o| !listed(o)).collect()
}
