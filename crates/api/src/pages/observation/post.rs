//! `POST /observations`: files, asks before a red, or shows the form again. What was typed is in every answer.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use casework::{CaseError, StudentRecord};
use domain::fault::Fault;
use domain::id::PersonId;
use domain::lang::Lang;
use domain::level::Level;
use domain::observation::{FilingDraft, Part};

use super::draft::{draft, key_of, parts_missing};
use super::form_view::place;
use super::new::show;
use crate::pages::form::Fields;
use crate::pages::frame::{page, phones, shell_for, shell_of};
use crate::pages::origin::same_site;
use crate::pages::sign_in;
use crate::pages::view::observation_confirm::{ConfirmStudent, LookAlike, ObservationConfirm};
use crate::pages::view::observation_not_sent::ObservationNotSent;
use crate::pages::view::parts::HiddenField;
use crate::pages::visitor::{PageError, Visitor, see_other};
use crate::pages::words::words_of;
use crate::state::Api;

/// Files an observation.
#[post("/observations")]
pub(crate) async fn post(
    api: web::Data<Api>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    same_site(&request)?;
    let mut fields = fields.into_inner();
    let done = match Visitor::of(&request, &api).await {
        Ok(who) => {
            who.check(&fields)?;
            answer(&api, &who.at("/observations/new"), &mut fields).await
        }
        Err(err) => Err(err.into()),
    };
    match done {
        Err(PageError::Problem(problem)) if problem.status == StatusCode::UNAUTHORIZED => {
            sign_in_first(&api, &request, &fields)
        }
        Err(PageError::Problem(problem)) if problem.status.is_server_error() => not_sent(&api, &request, &fields),
        other => other,
    }
}

async fn answer(api: &Api, who: &Visitor, fields: &mut Fields) -> Result<HttpResponse, PageError> {
    let step = fields.get("step").to_owned();
    if let Some((from, to)) = fields.get("swap").to_owned().split_once(':') {
        fields.swap("student", from, to);
        for part in ["subject", "affected", "witness"] {
            fields.swap("part", &format!("{from}:{part}"), &format!("{to}:{part}"));
        }
    } else if step == "edit" || step.is_empty() || !fields.get("show").is_empty() {
        return show(api, who, fields, &[]).await;
    }
    let staff = casework::staff_for_filing(&api.desk, who).await?;
    let staff: Vec<(PersonId, String)> = staff.into_iter().map(|p| (p.id, p.name)).collect();
    let (draft, mut faults) = draft(api, fields, &staff);
    if parts_missing(fields) {
        let (zh, en) = ("请说明每个人的情况", "Say what part each student has in it");
        faults.push(Fault::new("part", "required", zh, en));
    }
    let (students, level) = match casework::confirm_students(&api.desk, who, &draft).await {
        Ok(found) if faults.is_empty() => found,
        Ok(_) => return show(api, who, fields, &faults).await,
        Err(CaseError::Invalid(more)) => {
            faults.extend(more);
            return show(api, who, fields, &faults).await;
        }
        Err(err) => return Err(err.into()),
    };
    if level == Some(Level::Red) && step != "confirmed" {
        return confirm(api, who, fields, &students).await;
    }
    file(api, who, fields, &draft).await
}

async fn file(api: &Api, who: &Visitor, fields: &Fields, draft: &FilingDraft) -> Result<HttpResponse, PageError> {
    let key = key_of(fields, draft);
    let filed = match casework::file_observation(&api.desk, who, draft, key.as_ref()).await {
        // The form was changed after it had been filed: that is another observation.
        Err(CaseError::KeyReused) => casework::file_observation(&api.desk, who, draft, None).await,
        other => other,
    };
    match filed {
        Ok(filed) => Ok(see_other(&format!("/observations/{}/received", filed.id))),
        Err(CaseError::Invalid(faults)) => show(api, who, fields, &faults).await,
        Err(err) => Err(err.into()),
    }
}

/// Asks whether it is this child, before everybody is woken.
async fn confirm(
    api: &Api,
    who: &Visitor,
    fields: &Fields,
    students: &[(StudentRecord, Part)],
) -> Result<HttpResponse, PageError> {
    let t = words_of(who.lang).texts();
    let mut shown = Vec::new();
    for (s, part) in students {
        let alike = casework::look_alikes(&api.desk, who, s).await?;
        let part = match part {
            Part::Subject => t.observation.subject,
            Part::Affected => t.observation.affected,
            Part::Witness => t.observation.witness,
        };
        shown.push(ConfirmStudent {
            name: s.name.clone(),
            place: place(api, who, s, true),
            part: if students.len() > 1 { part.to_owned() } else { String::new() },
            similar: alike
                .iter()
                .map(|a| LookAlike {
                    letters: marked(&a.name, &s.name),
                    name: a.name.clone(),
                    place: place(api, who, a, true),
                    swap: format!("{}:{}", s.id, a.id),
                })
                .collect(),
        });
    }
    let named: Vec<String> = students.iter().map(|(s, _)| named(api, who, s)).collect();
    let schools = casework::telephones(&api.desk, who).await?;
    let view = ObservationConfirm {
        shell: shell_for(api, who).await?,
        question: words_of(who.lang).is_it_about(&named),
        students: shown,
        phones: phones(who.lang, &schools),
        carried: carried_with(fields, &named),
    };
    Ok(page(StatusCode::OK, &view)?)
}

/// Class, full name and seat: 七(3)班陈某某（3排2座）.
fn named(api: &Api, who: &Visitor, s: &StudentRecord) -> String {
    let class = place(api, who, s, false);
    match (who.lang, &s.seat) {
        (Lang::Zh, Some(seat)) => format!("{class}{}（{seat}）", s.name),
        (Lang::Zh, None) => format!("{class}{}", s.name),
        (Lang::En, Some(seat)) => format!("{} of {class} ({seat})", s.name),
        (Lang::En, None) => format!("{} of {class}", s.name),
    }
}

/// Everything that was typed, and whom it is about in words: where nothing can be looked up, that is still known.
fn carried_with(fields: &Fields, named: &[String]) -> Vec<HiddenField> {
    let mut carried = fields.carried();
    carried.retain(|f| f.name != "about");
    carried.push(HiddenField { name: "about".to_owned(), value: named.join("、") });
    carried
}

/// A name in letters, each with whether it differs from the one that was chosen.
fn marked(name: &str, chosen: &str) -> Vec<(char, bool)> {
    let mut others = chosen.chars();
    name.chars().map(|c| (c, others.next() != Some(c))).collect()
}

/// Nothing was kept, and nobody was told: the page says so, and has everything that was typed.
fn not_sent(api: &Api, request: &HttpRequest, fields: &Fields) -> Result<HttpResponse, PageError> {
    let shell = shell_of(api, request);
    let lang = crate::auth::lang_of(request);
    let signs = fields.all("sign").filter_map(|c| api.desk.catalogue.get(c)).map(|s| s.name(lang).to_owned());
    let words = fields.all("narrative").map(str::to_owned);
    let step = if fields.get("step") == "confirmed" { "confirmed" } else { "send" };
    let view = ObservationNotSent {
        shell: crate::pages::view::shell::Shell { csrf: fields.get("csrf").to_owned(), ..shell },
        phones: crate::pages::frame::known_phones(api, lang, fields.get("csrf")),
        carried: fields.carried(),
        step: step.to_owned(),
        summary: fields.all("about").map(str::to_owned).chain(signs).chain(words).collect(),
    };
    Ok(page(StatusCode::SERVICE_UNAVAILABLE, &view)?)
}

/// The session has ended: after signing in, the form is there again as it was.
fn sign_in_first(api: &Api, request: &HttpRequest, fields: &Fields) -> Result<HttpResponse, PageError> {
    let kept = |f: HiddenField| HiddenField { name: format!("{}{}", sign_in::KEPT, f.name), value: f.value };
    let carried = fields.carried().into_iter().map(kept).collect();
    let view = sign_in::view(api, request, "/observations/new", carried);
    Ok(page(StatusCode::UNAUTHORIZED, &view)?)
}
