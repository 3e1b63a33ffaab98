//! `/api/v1/students/{id}/growth-file/readers`

use actix_web::{HttpResponse, get, web};
use casework::{FileReaderRecord, PositionView, ReadersQuery};
use domain::fault::Fault;
use domain::id::StudentId;
use domain::time::{Timestamp, to_micros};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::page::{after, cursor, limit};
use super::shapes::{Named, PositionShape, rfc3339};
use crate::auth::{Caller, Language};
use crate::problem::{Problem, ProblemBody};
use crate::state::Api;

/// Which of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReadersParams {
    /// How many, 1 to 200.
    pub(crate) limit: Option<String>,
    /// Where the last page ended.
    pub(crate) cursor: Option<String>,
}

impl ReadersParams {
    pub(crate) fn read(&self) -> Result<ReadersQuery, Problem> {
        let mut faults: Vec<Fault> = Vec::new();
        let after = after(self.cursor.as_ref(), place, &mut faults);
        let limit = limit(self.limit.as_deref(), &mut faults);
        if faults.is_empty() { Ok(ReadersQuery { after, limit }) } else { Err(Problem::invalid(faults)) }
    }
}

fn place(parts: &[String]) -> Option<(Timestamp, Uuid)> {
    let [at, id] = parts else { return None };
    Some((domain::time::from_micros(at.parse().ok()?)?, id.parse().ok()?))
}

/// Where a page ended.
pub(crate) fn mark(r: &FileReaderRecord) -> String {
    cursor(&[to_micros(r.at).to_string(), r.id.to_string()])
}

/// That somebody opened a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileReaderShape {
    /// When.
    at: String,
    /// Who.
    person: Named,
    /// The offices that he held then; none where he read in somebody's place.
    positions: Vec<PositionShape>,
    /// What was opened. A list in which the student stood is not here.
    what: String,
}

impl From<&(FileReaderRecord, Vec<PositionView>)> for FileReaderShape {
    fn from((r, offices): &(FileReaderRecord, Vec<PositionView>)) -> Self {
        Self {
            at: rfc3339(r.at),
            person: Named::new(r.person.0, &r.person.1),
            positions: offices.iter().map(PositionShape::from).collect(),
            what: r.what.key().to_owned(),
        }
    }
}

/// Those who have opened a file.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileReaderList {
    /// This page, the newest first.
    items: Vec<FileReaderShape>,
    /// Where it ended, if there is more.
    next_cursor: Option<String>,
}

/// Who has opened the growth file of a student, single entries, attachments or what is sealed, or printed it: for those who sign
/// about the child. Plans, referrals, leaves, notices, lists, hand-overs and alerts are not here. What was opened before the file
/// was sealed to the caller is sealed with it. To look here is recorded as well.
#[utoipa::path(tag = "students", params(("id" = String, Path), ReadersParams), responses(
    (status = 200, body = FileReaderList), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
#[get("/api/v1/students/{id}/growth-file/readers")]
pub(crate) async fn readers(
    api: web::Data<Api>,
    caller: Caller,
    lang: Language,
    id: web::Path<StudentId>,
    query: web::Query<ReadersParams>,
) -> Result<HttpResponse, Problem> {
    let found = casework::file_readers(&api.desk, &caller, *id, query.read()?, lang.0).await?;
    let next_cursor = found.items.last().filter(|_| found.more).map(|(r, _)| mark(r));
    let items = found.items.iter().map(FileReaderShape::from).collect();
    Ok(HttpResponse::Ok().json(FileReaderList { items, next_cursor }))
}
