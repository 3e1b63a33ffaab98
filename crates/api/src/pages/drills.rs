//! `/drills`: starting a drill, what runs, and the earlier ones.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, DrillRecord, Figures};
use domain::access::Right;
use domain::drill::{DrillDraft, NOTE_CHARS, rests};
use domain::lang::Lang;
use domain::org::grade_name;

use super::drill_words::{figures, how, kind, scope, state, texts};
use super::duty::told;
use super::form::Fields;
use super::frame::{page, shell_for};
use super::view::drill::{Drills, Earlier, Running, StartForm};
use super::view::duty::Pick;
use super::view::parts::{Choice, Errors};
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, moment};
use crate::problem::Problem;
use crate::state::Api;

/// The drills of one's school, or those that one was told of.
#[get("/drills")]
pub(crate) async fn list(api: web::Data<Api>, who: Visitor) -> Result<HttpResponse, PageError> {
    Ok(page(StatusCode::OK, &view(&api, &who, Errors::default(), &Fields::default()).await?)?)
}

/// Starts one.
#[post("/drills")]
pub(crate) async fn start(
    api: web::Data<Api>,
    who: Visitor,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let school = Some(fields.get("school")).filter(|s| !s.is_empty());
    let done = casework::start_drill(&api.desk, &who, school, &draft(&fields), None).await;
    let faults = match done {
        Ok(id) => return Ok(see_other(&format!("/drills/{id}"))),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, of_the_form);
    let who = who.at("/drills");
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view(&api, &who, errors, &fields).await?)?)
}

/// Class and grade are one list on the page.
fn of_the_form(field: &str) -> String {
    if matches!(field, "class" | "grade") { "unit".to_owned() } else { field.to_owned() }
}

fn draft(fields: &Fields) -> DrillDraft {
    let unit = fields.get("unit").to_owned();
    let class = unit.starts_with(domain::id::ClassId::PREFIX);
    let (class, grade) = if class { (unit, String::new()) } else { (String::new(), unit) };
    DrillDraft {
        level: Some(fields.get("level").parse().unwrap_or_default()),
        class,
        grade,
        note: fields.get("note").to_owned(),
        by_night: !fields.get("by_night").is_empty(),
        district: !fields.get("district").is_empty(),
    }
}

async fn view(api: &Api, who: &Visitor, errors: Errors, fields: &Fields) -> Result<Drills, PageError> {
    let all = casework::list_drills(&api.desk, who).await?;
    let (running, over): (Vec<_>, Vec<_>) = all.iter().partition(|(d, _)| d.runs());
    let runs = |d: &DrillRecord| Running {
        href: format!("/drills/{}", d.id),
        kind: kind(d, who.lang),
        state: state(d, who.lang),
        started: moment(api, d.started_at),
    };
    let running: Vec<Running> = running.into_iter().map(|(d, _)| runs(d)).collect();
    Ok(Drills {
        shell: shell_for(api, who).await?,
        errors,
        form: if running.is_empty() { form(api, who, fields).await? } else { None },
        running,
        reads: who.actor.may_somewhere(Right::SeeDrills, api.desk.now()),
        earlier: over.into_iter().map(|(d, f)| earlier(api, d, *f, who.lang)).collect(),
    })
}

fn earlier(api: &Api, d: &DrillRecord, f: Option<Figures>, lang: Lang) -> Earlier {
    Earlier {
        href: format!("/drills/{}", d.id),
        kind: kind(d, lang),
        started: moment(api, d.started_at),
        how: d.ended.map(|e| how(e.how, lang)).unwrap_or_default(),
        scope: scope(d, lang),
        figures: f.map(|f| figures(d, &f, lang)).unwrap_or_default(),
    }
}

async fn form(api: &Api, who: &Visitor, fields: &Fields) -> Result<Option<StartForm>, CaseError> {
    let choices = casework::drill_choices(&api.desk, who).await?;
    if choices.is_empty() {
        return Ok(None);
    }
    let (t, lang, today) = (texts(who.lang), who.lang, api.desk.calendar.date(api.desk.now()));
    let pick = |field: &str, value: String, label| Pick { chosen: fields.get(field) == value, value, label };
    let mut units = Vec::new();
    for (_, grades, classes) in &choices {
        for grade in grades {
            let name = grade_name(grade.stage, grade.entry_year, today, lang);
            units.push(pick("unit", grade.id.to_string(), name));
            let of_grade = classes.iter().filter(|c| c.grade.id == grade.id);
            units.extend(of_grade.map(|c| pick("unit", c.id.to_string(), crate::present::class_of(c, today, lang))));
        }
    }
    let schools = choices.iter().map(|(s, _, _)| pick("school", s.id.to_string(), s.name.clone())).collect();
    let orange = fields.get("level") == "3";
    Ok(Some(StartForm {
        schools,
        levels: vec![
            Choice::hinted("4", t.level_red, t.level_red_hint, !orange),
            Choice::hinted("3", t.level_orange, t.level_orange_hint, orange),
        ],
        units,
        note: fields.get("note").to_owned(),
        note_limit: NOTE_CHARS,
        by_night: !fields.get("by_night").is_empty(),
        night_now: rests(&api.desk.calendar, api.desk.now()),
        district: !fields.get("district").is_empty(),
    }))
}
