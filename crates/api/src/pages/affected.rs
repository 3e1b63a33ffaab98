//! `/alerts/{id}/affected-peers`: whom the event may have touched, and on whom nobody has looked in yet.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, PeerRecord, StudentQuery};
use domain::affected::{PeerDraft, Touched};
use domain::id::{AlertId, GradeId};

use super::care_fields::Making;
use super::duty::told;
use super::entry::once;
use super::form::Fields;
use super::frame::{page, shell_for};
use super::tasks::colleagues;
use super::view::care::{CareForm, Field, Known};
use super::view::duty::Pick;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, instant_of, moment, words_of};
use crate::json::affected::state_of;
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

const MOST: u32 = 200;

/// Whom the event may have touched.
#[get("/alerts/{id}/affected-peers")]
pub(crate) async fn show(api: web::Data<Api>, who: Visitor, id: web::Path<AlertId>) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, *id, Errors::default(), &Fields::default()).await?)?)
}

/// Names one more.
#[post("/alerts/{id}/affected-peers")]
pub(crate) async fn add(
    api: web::Data<Api>,
    who: Visitor,
    id: web::Path<AlertId>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let text = |name: &str| fields.get(name).to_owned();
    let (student, why, look_in_by) = (text("student"), text("why"), text("look_in_by"));
    let draft = PeerDraft { student, why, look_in_by, due_at: instant_of(&api, fields.get("due_at")) };
    let here = format!("/alerts/{}/affected-peers", *id);
    let key = once(&fields, &here);
    let faults = match casework::name_affected_peers(&api.desk, &who, *id, &[draft], key.as_ref()).await {
        Ok(()) => return Ok(see_other(&here)),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let field = |f: &str| f.strip_prefix("students[0].").unwrap_or(f).to_owned();
    let errors = errors(&faults, who.lang, field);
    let who = who.at(&here);
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(&api, &who, *id, errors, &fields).await?)?)
}

async fn view(api: &Api, who: &Visitor, id: AlertId, errors: Errors, typed: &Fields) -> Result<CareForm, PageError> {
    let (alert, peers) = casework::affected_peers(&api.desk, who, id).await?;
    let (lang, today) = (who.lang, api.desk.calendar.date(api.desk.now()));
    let t = &words_of(lang).texts().care;
    let fields = fields(api, who, (alert.class.grade.id, alert.alert.student), &peers, typed).await?;
    let warning = lang.pick(
        "看望时不要提这名学生的名字，也不要说发生了什么。",
        "Whoever looks in names nobody, and does not say what happened.",
    );
    Ok(CareForm {
        shell: shell_for(api, who).await?,
        errors,
        title: lang.pick("受影响的同伴", "Whom it may have touched").to_owned(),
        name: alert.student_name.clone(),
        facts: [class_of(&alert.class, today, lang)].into_iter().chain(alert.lodging.seat.clone()).collect(),
        warning: vec![warning.to_owned()],
        hint: lang.pick("加入一名同学", "Add one").to_owned(),
        known: peers.iter().map(|p| known(api, who, p)).collect(),
        fields,
        signs: false,
        action: format!("/alerts/{id}/affected-peers"),
        submit: t.save.to_owned(),
        back_href: format!("/alerts/{id}"),
        back: Some(lang.pick("回到预警", "Back to the alert").to_owned()),
    })
}

/// One of them: whoever nobody has looked in on in time stands out.
fn known(api: &Api, who: &Visitor, p: &PeerRecord) -> Known {
    let (lang, state) = (who.lang, state_of(api, p));
    let class = class_of(&p.student.class, api.desk.calendar.date(api.desk.now()), lang);
    let said = match state {
        "overdue" => lang.pick("逾期没有人看望", "overdue: nobody has looked in"),
        "looked_in" => lang.pick("看望过一次，还要再看一次", "looked in once; once more to come"),
        "done" => lang.pick("两次都看望过", "looked in twice"),
        _ => lang.pick("还没有看望", "nobody has looked in yet"),
    };
    let mut lines = vec![format!("{class} · {}", p.why.name(lang)), said.to_owned()];
    lines.extend(p.open.as_ref().map(|(_, name, due)| format!("{name} · {}", moment(api, *due).text)));
    Known { title: p.student.name.clone(), lines, alarm: state == "overdue", links: Vec::new() }
}

async fn fields(
    api: &Api,
    who: &Visitor,
    (grade, about): (GradeId, domain::id::StudentId),
    peers: &[PeerRecord],
    typed: &Fields,
) -> Result<Vec<Field>, CaseError> {
    let lang = who.lang;
    let query = StudentQuery { grade: Some(grade), limit: MOST, ..StudentQuery::default() };
    let students = casework::list_students(&api.desk, who, &query).await?;
    let today = api.desk.calendar.date(api.desk.now());
    let named = |id| id == about || peers.iter().any(|p| p.student.id == id);
    let pick = |s: &casework::ListedStudent| Pick {
        chosen: typed.get("student") == s.record.id.to_string(),
        value: s.record.id.to_string(),
        label: format!("{} {}", class_of(&s.record.class, today, lang), s.record.name),
    };
    let picks = students.iter().filter(|s| !named(s.record.id)).map(pick).collect();
    let whys: Vec<(&str, &str)> = Touched::ALL.iter().map(|w| (w.key(), w.name(lang))).collect();
    let staff = colleagues(api, who, typed.get("look_in_by")).await?;
    let making = Making(typed, Vec::new())
        .select("student", (lang.pick("哪一名同学", "Who"), lang.pick("同年级", "of the same grade")), false, picks)
        .radios("why", (lang.pick("为什么可能受影响", "Why"), ""), false, &whys)
        .select("look_in_by", (lang.pick("谁去看望", "Who looks in"), ""), false, staff)
        .moment("due_at", (lang.pick("什么时候以前", "By when"), ""), false, "");
    Ok(making.1)
}
