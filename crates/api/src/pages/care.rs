//! `/students/{id}/care/{form}`: what is written about the care of a student, one form each.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use casework::{CaseError, StudentRecord};
use domain::access::Right;
use domain::id::StudentId;
use domain::lang::Lang;

use super::care_forms::{fields, known, warning, write};
use super::duty::told;
use super::form::Fields;
use super::frame::{page, shell_for};
use super::mandatory_view::title;
use super::sheets::unless_confirmed;
use super::view::care::CareForm;
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor, see_other};
use super::words::{errors, words_of};
use crate::present::class_of;
use crate::problem::Problem;
use crate::state::Api;

/// One form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A task for somebody.
    Task,
    /// A visit at home.
    HomeVisit,
    /// A call to a guardian.
    GuardianContact,
    /// A talk with the child.
    Interview,
    /// A sitting with an instrument of screening.
    Screening,
    /// A referral to help outside.
    Referral,
    /// Whether they went.
    ReferralWent,
    /// What came of it.
    ReferralBack,
    /// A notice to a guardian.
    Notice,
    /// That it was signed.
    NoticeSigned,
    /// That it was refused.
    NoticeRefused,
    /// That the school's half is back.
    NoticeReturned,
    /// A second opinion.
    NoticeOpinion,
    /// Whether home is told.
    Household,
    /// The second signature to that.
    HouseholdSign,
}

impl Form {
    const ALL: [Self; 15] = [
        Self::Task,
        Self::HomeVisit,
        Self::GuardianContact,
        Self::Interview,
        Self::Screening,
        Self::Referral,
        Self::ReferralWent,
        Self::ReferralBack,
        Self::Notice,
        Self::NoticeSigned,
        Self::NoticeRefused,
        Self::NoticeReturned,
        Self::NoticeOpinion,
        Self::Household,
        Self::HouseholdSign,
    ];

    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::HomeVisit => "home-visit",
            Self::GuardianContact => "guardian-contact",
            Self::Interview => "interview",
            Self::Screening => "screening",
            Self::Referral => "referral",
            Self::ReferralWent => "referral-went",
            Self::ReferralBack => "referral-back",
            Self::Notice => "notice",
            Self::NoticeSigned => "notice-signed",
            Self::NoticeRefused => "notice-refused",
            Self::NoticeReturned => "notice-returned",
            Self::NoticeOpinion => "notice-opinion",
            Self::Household => "household",
            Self::HouseholdSign => "household-sign",
        }
    }

    pub(crate) fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Task => lang.pick("交办任务", "Give a task"),
            Self::HomeVisit => lang.pick("家访", "Visit at home"),
            Self::GuardianContact => lang.pick("联系家长", "Call a guardian"),
            Self::Interview => lang.pick("访谈", "Talk with the child"),
            Self::Screening => lang.pick("心理筛查", "Screening"),
            Self::Referral => lang.pick("转介", "Refer"),
            Self::ReferralWent => lang.pick("登记去了没有", "Did they go?"),
            Self::ReferralBack => lang.pick("登记转介结果", "What came of it"),
            Self::Notice => lang.pick("告知书", "Notice to a guardian"),
            Self::NoticeSigned => lang.pick("登记签字", "It was signed"),
            Self::NoticeRefused => lang.pick("登记拒绝签字", "It was refused"),
            Self::NoticeReturned => lang.pick("登记回执收回", "The school's half is back"),
            Self::NoticeOpinion => lang.pick("登记另行咨询", "A second opinion"),
            Self::Household => lang.pick("是否告知家长", "Whether home is told"),
            Self::HouseholdSign => lang.pick("签字：是否告知家长", "Sign: whether home is told"),
        }
    }

    fn right(self) -> Right {
        match self {
            Self::Task
            | Self::HomeVisit
            | Self::GuardianContact
            | Self::Notice
            | Self::NoticeSigned
            | Self::NoticeRefused
            | Self::NoticeReturned
            | Self::NoticeOpinion => Right::RecordCare,
            Self::Interview | Self::Screening => Right::Counsel,
            Self::Referral | Self::ReferralWent | Self::ReferralBack => Right::WritePlan,
            Self::Household | Self::HouseholdSign => Right::Assess,
        }
    }

    /// Whether the growth file leads to it.
    fn is_on_file(self) -> bool {
        super::care_notices::step_of(self).is_none()
            && !matches!(self, Self::ReferralWent | Self::ReferralBack | Self::HouseholdSign)
    }
}

/// The forms that somebody may fill in about a student.
pub(crate) fn links(api: &Api, who: &Visitor, student: &StudentRecord) -> Vec<(String, String)> {
    let may = |form: &Form| form.is_on_file() && who.scope(&api.desk, form.right()).covers(&student.place());
    let link = |form: Form| (address(student.id, form), form.title(who.lang).to_owned());
    let by_law = who.scope(&api.desk, Right::ReportByLaw).covers(&student.place());
    let by_law = by_law.then(|| (format!("/students/{}/mandatory-report", student.id), title(who.lang).to_owned()));
    let leave = (super::leave::address(student.id), super::leave::title(who.lang).to_owned());
    Form::ALL.into_iter().filter(may).map(link).chain([leave]).chain(by_law).collect()
}

/// Where a form is.
pub(crate) fn address(student: StudentId, form: Form) -> String {
    format!("/students/{student}/care/{}", form.key())
}

/// The student and the form, for whoever may fill it in.
async fn found(api: &Api, who: &Visitor, id: StudentId, form: &str) -> Result<(StudentRecord, Form), CaseError> {
    let form = Form::ALL.into_iter().find(|f| f.key() == form).ok_or(CaseError::NotFound)?;
    let student = if matches!(form, Form::Household | Form::HouseholdSign) {
        casework::student_for_household(&api.desk, who, id).await?
    } else {
        casework::student_for_care(&api.desk, who, id, form.right()).await?
    };
    Ok((student, form))
}

/// A form.
#[get("/students/{id}/care/{form}")]
pub(crate) async fn show(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, String)>,
    query: web::Query<Fields>,
) -> Result<HttpResponse, PageError> {
    let (student, form) = found(&api, &who, path.0, &path.1).await?;
    let view = view(&api, &who, &student, form, Errors::default(), &query).await?;
    Ok(page(StatusCode::OK, &view)?)
}

/// A form that was filled in.
#[post("/students/{id}/care/{form}")]
pub(crate) async fn send(
    api: web::Data<Api>,
    who: Visitor,
    path: web::Path<(StudentId, String)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, PageError> {
    who.check(&fields)?;
    let (student, form) = found(&api, &who, path.0, &path.1).await?;
    let here = address(student.id, form);
    if let Some(asked) = unless_confirmed(&api, &who, &student, &here, &fields).await? {
        return Ok(asked);
    }
    let faults = match write(&api, &who, &student, form, &fields).await {
        Ok(next) => return Ok(see_other(&next)),
        Err(CaseError::Invalid(faults)) => faults,
        Err(err @ CaseError::Conflict(_)) => vec![told(&Problem::from(err))],
        Err(err) => return Err(err.into()),
    };
    let errors = errors(&faults, who.lang, str::to_owned);
    let who = who.at(&here);
    let view = view(&api, &who, &student, form, errors, &fields).await?;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &view)?)
}

async fn view(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    form: Form,
    errors: Errors,
    typed: &Fields,
) -> Result<CareForm, PageError> {
    let (lang, today) = (who.lang, api.desk.calendar.date(api.desk.now()));
    let t = &words_of(lang).texts().care;
    let (warning, hint) = warning(form, lang);
    // What goes along unseen is read before what is shown: a change between the two is refused, and never signed unread.
    let fields = fields(api, who, student, form, typed).await?;
    Ok(CareForm {
        shell: shell_for(api, who).await?,
        errors,
        title: form.title(lang).to_owned(),
        name: student.name.clone(),
        facts: [class_of(&student.class, today, lang)].into_iter().chain(student.seat.clone()).collect(),
        warning,
        hint,
        known: known(api, who, student, form).await?,
        fields,
        signs: form == Form::HouseholdSign,
        action: address(student.id, form),
        submit: if form == Form::Task { t.give } else { t.save }.to_owned(),
        back_href: format!("/students/{}/growth-file", student.id),
        back: None,
    })
}
