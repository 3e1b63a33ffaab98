//! What the types of handlers do not say: closed lists, bounds, formats, what is always there, and headers.

use domain::alert::{CUSTODY_CHARS, REASON_CHARS};
use domain::observation::{NARRATIVE_CHARS, WITH_WHOM_CHARS};
use serde_json::{Map, Value, json};

use super::words;
use crate::json::page::{LARGEST_PAGE, PAGE};

/// What clients send: there a field that may be left out is not required.
const SENT: [&str; 85] = [
    "PasswordBody",
    "PositionBody",
    "RefusePositionBody",
    "AttachmentForm",
    "WithdrawBody",
    "ConcernBody",
    "FindingBody",
    "SweepBody",
    "SweepSummaryBody",
    "NoticeBody",
    "SignatureBody",
    "RefusalBody",
    "NoticeReturnBody",
    "OpinionBody",
    "MandatoryBody",
    "RecipientBody",
    "ListImportForm",
    "DestinationBody",
    "StudentHandOverBody",
    "AcceptStudentBody",
    "RefuseStudentBody",
    "ToldBody",
    "UnsealBody",
    "LineBody",
    "ReportBody",
    "SummaryBody",
    "PlanBody",
    "CausesBody",
    "GoalBody",
    "MeasureBody",
    "FrequencyBody",
    "SafetyBody",
    "KeyDayBody",
    "ProgressBody",
    "MembershipBody",
    "ReviewBody",
    "ListEndBody",
    "SupportBody",
    "EntryBody",
    "CorrectionBody",
    "DrillBody",
    "SignIn",
    "StudentInPart",
    "Concerns",
    "ObservationBody",
    "Worry",
    "Note",
    "CustodyBody",
    "AssessBody",
    "RosterForm",
    "MethodBody",
    "CodeBody",
    "ChannelsBody",
    "DeputyBody",
    "DutyBody",
    "AddressBody",
    "PersonBody",
    "LeaveBody",
    "TaskBody",
    "HandOnBody",
    "ShiftBody",
    "WatchEndBody",
    "ReferralBody",
    "WentBody",
    "InterviewBody",
    "ScreeningBody",
    "HomeVisitBody",
    "GuardianContactBody",
    "HouseholdBody",
    "HouseholdSignBody",
    "BackBody",
    "AwayBody",
    "AwayContactBody",
    "ReturnBody",
    "AwayReviewBody",
    "AwayAssessmentBody",
    "AwayDecisionBody",
    "AwaySignBody",
    "AwayStageBody",
    "AppealBody",
    "AppealAnswerBody",
    "PaperBody",
    "AwayStagePlanBody",
    "PeersBody",
    "PeerBody",
];

/// Those of which every text is asked for. It is read as empty where it is missing, so that it is told with all the rest.
const TEXTS_NEEDED: [&str; 42] = [
    "PasswordBody",
    "PositionBody",
    "RefusePositionBody",
    "AttachmentForm",
    "WithdrawBody",
    "NoticeBody",
    "SignatureBody",
    "RefusalBody",
    "NoticeReturnBody",
    "OpinionBody",
    "MandatoryBody",
    "RecipientBody",
    "RefuseStudentBody",
    "ToldBody",
    "MethodBody",
    "CodeBody",
    "DeputyBody",
    "DutyBody",
    "AddressBody",
    "PersonBody",
    "TaskBody",
    "HandOnBody",
    "ShiftBody",
    "WatchEndBody",
    "ReferralBody",
    "BackBody",
    "ScreeningBody",
    "GuardianContactBody",
    "HouseholdBody",
    "HouseholdSignBody",
    "AwayBody",
    "AwayContactBody",
    "ReturnBody",
    "AwayAssessmentBody",
    "AwayDecisionBody",
    "AwaySignBody",
    "AwayStageBody",
    "AppealBody",
    "AppealAnswerBody",
    "PaperBody",
    "AwayStagePlanBody",
    "PeerBody",
];

/// Fields of answers that are absent where there is nothing to say.
const SOMETIMES: [(&str, &str); 27] = [
    ("FilePlanShape", "version"),
    ("FilePlanShape", "goals"),
    ("FilePlanShape", "responsible"),
    ("FilePlanShape", "review_at"),
    ("FilePlanShape", "signed"),
    ("EntryShape", "source"),
    ("EntryShape", "filed_at"),
    ("EntryShape", "corrects"),
    ("EntryShape", "event"),
    ("EntryShape", "attachments"),
    ("FileShape", "key_dates"),
    ("ProblemBody", "current"),
    ("ProblemBody", "sent"),
    ("AlertItem", "class"),
    ("AlertShape", "status"),
    ("AlertShape", "close_checklist"),
    ("ProposalShape", "outcome"),
    ("ProposalShape", "until"),
    ("ProposalShape", "evidence"),
    ("StudentItem", "seat"),
    ("LoopShape", "read_due_at"),
    ("LoopShape", "decided_due_at"),
    ("OwnShape", "urgency"),
    ("OwnShape", "with_whom"),
    ("OwnShape", "where_now"),
    ("OwnShape", "concerns"),
    ("OwnShape", "involved_staff"),
];

const MOST_CHARS: [(&str, usize); 6] = [
    ("narrative", NARRATIVE_CHARS),
    ("with_whom", WITH_WHOM_CHARS),
    ("reason", REASON_CHARS),
    ("note", REASON_CHARS),
    ("adult", CUSTODY_CHARS),
    ("where", CUSTODY_CHARS),
];

/// Addresses below which answers carry a version.
const TAGGED: [&str; 6] = [
    "/api/v1/student-hand-overs/{id}",
    "/api/v1/alerts/{id}",
    "/api/v1/lists/imports",
    "/api/v1/roster/imports",
    "/api/v1/students/{id}/growth-file/entries",
    "/api/v1/students/{id}/plan",
];

/// Completes the whole document.
pub(super) fn complete(document: &mut Value) {
    if let Some(schemas) = object(document, "/components/schemas") {
        for (name, schema) in schemas {
            for part in parts(schema) {
                complete_schema(name, part);
            }
        }
    }
    let Some(paths) = object(document, "/paths") else { return };
    for (path, item) in paths {
        let Some(item) = item.as_object_mut() else { continue };
        for (method, operation) in item {
            complete_operation(path, method, operation);
        }
    }
}

fn object<'a>(value: &'a mut Value, pointer: &str) -> Option<&'a mut Map<String, Value>> {
    value.pointer_mut(pointer).and_then(Value::as_object_mut)
}

/// The objects that a schema consists of.
fn parts(schema: &mut Value) -> Vec<&mut Map<String, Value>> {
    if schema.get("allOf").is_some() {
        let all = schema.get_mut("allOf").and_then(Value::as_array_mut);
        return all.into_iter().flatten().filter_map(Value::as_object_mut).collect();
    }
    schema.as_object_mut().into_iter().collect()
}

fn complete_schema(name: &str, part: &mut Map<String, Value>) {
    let sent = SENT.contains(&name);
    let Some(properties) = part.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (field, property) in properties.iter_mut() {
        complete_field(name, field, property, sent);
    }
    if TEXTS_NEEDED.contains(&name) {
        let needed: Vec<Value> = properties.iter_mut().filter_map(|(f, p)| needed_text(f, p)).collect();
        part.insert("required".to_owned(), Value::Array(needed));
    } else if !sent {
        let always = properties.keys().filter(|f| !SOMETIMES.contains(&(name, f.as_str())));
        let always: Vec<Value> = always.map(|f| Value::String(f.clone())).collect();
        part.insert("required".to_owned(), Value::Array(always));
    }
}

/// The name of a text that is needed; an empty one does not stand for it.
fn needed_text(field: &str, property: &mut Value) -> Option<Value> {
    let text = holds(property, "string") && !holds(property, "null");
    property.as_object_mut().filter(|_| text)?.remove("default");
    Some(Value::from(field))
}

fn complete_field(schema: &str, field: &str, property: &mut Value, sent: bool) {
    let is_text = holds(property, "string");
    let is_number = holds(property, "integer");
    let maybe_null = holds(property, "null");
    let Some(property) = property.as_object_mut() else { return };
    // What a field says of itself stands.
    let bounded = property.get("minimum").is_some_and(|least| *least != 0);
    let measured = property.contains_key("maxLength");
    let formatted = property.contains_key("format");
    let mut say = |key: &str, value: Value| drop(property.insert(key.to_owned(), value));
    if let Some(words) = words::of(schema, field).filter(|_| is_text) {
        let mut words: Vec<Value> = words.into_iter().map(Value::from).collect();
        words.extend(maybe_null.then_some(Value::Null));
        say("enum", Value::Array(words));
    }
    if is_text && !formatted && (field == "at" || field == "since" || field.ends_with("_at")) {
        say("format", json!("date-time"));
    }
    if is_number && field == "level" && !bounded {
        say("minimum", json!(1));
        say("maximum", json!(4));
    }
    if let Some((_, most)) = MOST_CHARS.iter().find(|(f, _)| sent && !measured && *f == field) {
        say("maxLength", json!(most));
    }
}

/// Whether a property may be of a type.
fn holds(property: &Value, kind: &str) -> bool {
    match property.get("type") {
        Some(Value::String(only)) => only == kind,
        Some(Value::Array(several)) => several.iter().any(|t| t == kind),
        _ => false,
    }
}

/// The name of an operation is its method and path: two handlers may share a name, two routes cannot.
fn operation_id(path: &str, method: &str) -> String {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
}

fn complete_operation(path: &str, method: &str, operation: &mut Value) {
    if let Some(operation) = operation.as_object_mut() {
        operation.insert("operationId".to_owned(), json!(operation_id(path, method)));
    }
    let mut keyed = false;
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        keyed |= parameter.get("name").is_some_and(|n| n == "Idempotency-Key");
        complete_parameter(path, parameter);
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for (status, response) in responses {
        for (name, what) in headers(path, method, status, keyed) {
            let header = json!({ "description": what, "schema": { "type": "string" } });
            if let Some(response) = response.as_object_mut() {
                let known = response.entry("headers").or_insert_with(|| json!({}));
                if let Some(known) = known.as_object_mut() {
                    known.insert(name.to_owned(), header);
                }
            }
        }
    }
}

fn complete_parameter(path: &str, parameter: &mut Value) {
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let schema = match name.as_str() {
        "Idempotency-Key" => json!({ "type": "string", "minLength": 1, "maxLength": 200 }),
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE }),
        "level" => json!({ "type": "integer", "minimum": 1, "maximum": 4 }),
        "kind" if path.ends_with(".pdf") => {
            json!({ "type": "array", "items": { "type": "string", "enum": words::entry_kinds() } })
        }
        "from" | "to" if path.ends_with(".pdf") => json!({ "type": "string", "format": "date" }),
        _ => match words::of_parameter(path, &name) {
            Some(words) => json!({ "type": "string", "enum": words }),
            None => json!({ "type": "string" }),
        },
    };
    let Some(parameter) = parameter.as_object_mut() else { return };
    parameter.insert("schema".to_owned(), schema);
    if name == "If-Match" {
        parameter.insert("required".to_owned(), json!(true));
        parameter.insert("description".to_owned(), json!("The ETag of your last read, compared strongly"));
    }
}

/// The headers of an answer, beside those that every answer has.
fn headers(path: &str, method: &str, status: &str, keyed: bool) -> Vec<(&'static str, &'static str)> {
    const TAG: (&str, &str) = ("ETag", "The version, for If-Match");
    let done = status.starts_with('2');
    let one = TAGGED.iter().any(|p| path.starts_with(p));
    let mut out = Vec::new();
    if done
        && one
        && !path.ends_with("/custody")
        && !path.contains("/watch")
        && !path.ends_with("/affected-peers")
        && !path.ends_with("/progress")
    {
        out.push(TAG);
    }
    if status == "201"
        && method == "post"
        && ["/attachments", "/observations", "/imports", "/entries", "/correct"].iter().any(|p| path.ends_with(p))
    {
        out.push(("Location", "Where it can be read"));
    }
    if ["429", "503"].contains(&status) || (status == "409" && keyed) {
        out.push(("Retry-After", "Seconds to wait; absent where waiting does not help"));
    }
    if status == "401" {
        out.push(("WWW-Authenticate", "`Bearer`"));
    }
    out
}
