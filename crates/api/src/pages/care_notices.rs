//! Notices to guardians on pages: issued, and what became of them.

use casework::{CaseError, IdempotencyKey, NoticeRecord, NoticeStepRecord, StudentRecord};
use domain::care::Relation;
use domain::fault::Fault;
use domain::guardian_notice::{NoticeDraft, NoticeStep, StepDraft};
use domain::id::NoticeId;
use domain::lang::Lang;

use super::care::{Form, address};
use super::care_fields::Making;
use super::form::Fields;
use super::tasks::colleagues;
use super::view::care::Known;
use super::view::duty::Pick;
use super::visitor::Visitor;
use super::words::{instant_of, moment};
use crate::state::Api;

/// What a form writes down of a notice; nothing where it issues one.
pub(super) fn step_of(form: Form) -> Option<NoticeStep> {
    match form {
        Form::NoticeSigned => Some(NoticeStep::Signed),
        Form::NoticeRefused => Some(NoticeStep::Refused),
        Form::NoticeReturned => Some(NoticeStep::Returned),
        Form::NoticeOpinion => Some(NoticeStep::SecondOpinion),
        Form::Notice
        | Form::Task
        | Form::HomeVisit
        | Form::GuardianContact
        | Form::Interview
        | Form::Screening
        | Form::Referral
        | Form::ReferralWent
        | Form::ReferralBack
        | Form::Household
        | Form::HouseholdSign => None,
    }
}

/// A line about each form.
pub(super) fn hint(form: Form, lang: Lang) -> String {
    match step_of(form) {
        Some(NoticeStep::Refused) => lang.pick(
            "拒绝签字由另一位教职工见证，如实登记即可；不影响方案、结案和其他帮助。",
            "Another member of staff is the witness. Nothing waits for it: plan, close and help go on.",
        ),
        Some(NoticeStep::SecondOpinion) => lang.pick(
            "家长可以向其他医院或专业机构另行咨询；写对方给学校的建议，诊断由医院写。",
            "Guardians may ask elsewhere. Write what was advised; a diagnosis is the hospital's.",
        ),
        Some(NoticeStep::Signed | NoticeStep::Returned) => "",
        None => lang.pick(
            "写看到的行为，不写诊断。打印后两联：上联交监护人，下联由学校留存。",
            "Write what was seen, no diagnosis. It prints in two halves: one for the guardian, one for the school.",
        ),
    }
    .to_owned()
}

/// The notices so far, each with what can be done.
pub(super) async fn known(api: &Api, who: &Visitor, student: &StudentRecord) -> Result<Vec<Known>, CaseError> {
    let (_, all) = casework::list_notices(&api.desk, who, student.id).await?;
    Ok(all.iter().map(|n| one(api, student, n, who.lang)).collect())
}

fn one(api: &Api, student: &StudentRecord, n: &NoticeRecord, lang: Lang) -> Known {
    let issued = format!("{} {} · {}", lang.pick("出具", "Issued"), moment(api, n.at).text, n.by.1);
    let lines = [issued].into_iter().chain(n.steps.iter().map(|s| step(api, s, lang))).collect();
    let link = |form: Form| (format!("{}?notice={}", address(student.id, form), n.id), form.title(lang).to_owned());
    let print = format!("/students/{}/papers/notice/{}", student.id, n.id);
    let mut links = vec![(print, lang.pick("打印两联", "Print both halves").to_owned())];
    if n.step(NoticeStep::Signed).is_none() {
        links.push(link(Form::NoticeSigned));
    }
    if !n.is_answered() {
        links.push(link(Form::NoticeRefused));
    }
    if n.step(NoticeStep::Signed).is_some() && n.step(NoticeStep::Returned).is_none() {
        links.push(link(Form::NoticeReturned));
    }
    links.push(link(Form::NoticeOpinion));
    let title = format!("{}（{}）", n.notice.guardian, n.notice.relation.name(lang));
    Known { title, lines, alarm: false, links }
}

fn step(api: &Api, s: &NoticeStepRecord, lang: Lang) -> String {
    let mut parts = vec![s.taken.step.name(lang).to_owned(), moment(api, s.taken.at).text];
    parts.extend(s.taken.by.clone());
    parts.extend(s.witness.as_ref().map(|w| format!("{} {w}", lang.pick("见证", "Witness"))));
    parts.extend(s.taken.said.clone());
    parts.join(" · ")
}

/// The fields of a form.
pub(super) async fn fields<'a>(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    form: Form,
    (making, now): (Making<'a>, &str),
) -> Result<Making<'a>, CaseError> {
    let lang = who.lang;
    let guardian = (lang.pick("哪一位监护人", "Which guardian"), "");
    let Some(step) = step_of(form) else {
        let relations: Vec<_> = Relation::ALL.iter().map(|w| (w.key(), w.name(lang))).collect();
        let contact =
            (lang.pick("联系电话", "Telephone"), lang.pick("不填则印学校电话", "the school's where left out"));
        return Ok(making
            .line("guardian", guardian, false)
            .radios("relation", (lang.pick("与孩子的关系", "Relation"), ""), false, &relations)
            .text("text", (lang.pick("学校看到的情况", "What was seen"), ""), false)
            .text("measures", (lang.pick("学校在做什么", "What the school does"), ""), false)
            .text("asked", (lang.pick("请家长配合什么", "What is asked"), ""), false)
            .line("contact", contact, true));
    };
    let picks = notices(api, who, student, making.0.get("notice")).await?;
    let chosen = making.0.get("witness").to_owned();
    let making = making.select("notice", (Form::Notice.title(lang), ""), false, picks);
    let when = (lang.pick("时间", "When"), "");
    let said = (lang.pick("说了什么", "What was said"), "");
    Ok(match step {
        NoticeStep::Signed => {
            making.line("by", guardian, false).moment("at", when, false, now).text("said", said, true)
        }
        NoticeStep::Refused => {
            let witness = (lang.pick("见证人", "Witness"), lang.pick("另一位教职工", "another member of staff"));
            let staff = colleagues(api, who, &chosen).await?;
            let making = making.line("by", guardian, false).moment("at", when, false, now);
            making.select("witness", witness, false, staff).text("said", said, true)
        }
        NoticeStep::Returned => making.moment("at", when, false, now).text("said", said, true),
        NoticeStep::SecondOpinion => {
            let from = (lang.pick("咨询了谁", "Whom they asked"), lang.pick("医院、机构", "hospital, centre"));
            making.line("by", from, false).moment("at", when, false, now).text("said", said, false)
        }
    })
}

async fn notices(api: &Api, who: &Visitor, student: &StudentRecord, typed: &str) -> Result<Vec<Pick>, CaseError> {
    let (_, all) = casework::list_notices(&api.desk, who, student.id).await?;
    let pick = |n: &NoticeRecord| Pick {
        value: n.id.to_string(),
        label: format!("{} {}", n.notice.guardian, moment(api, n.at).text),
        chosen: typed == n.id.to_string(),
    };
    Ok(all.iter().map(pick).collect())
}

/// Writes down what was typed; gives where to go from there.
pub(super) async fn write(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    form: Form,
    (typed, key): (&Fields, Option<&IdempotencyKey>),
) -> Result<String, CaseError> {
    let text = |name: &str| typed.get(name).to_owned();
    let Some(step) = step_of(form) else {
        let draft = NoticeDraft {
            guardian: text("guardian"),
            relation: text("relation"),
            text: text("text"),
            measures: text("measures"),
            asked: text("asked"),
            contact: Some(text("contact")),
        };
        casework::issue_notice(&api.desk, who, student.id, &draft, key).await?;
        return Ok(address(student.id, Form::Notice));
    };
    let draft = StepDraft {
        by: text("by"),
        at: instant_of(api, typed.get("at")),
        witness: text("witness"),
        said: Some(text("said")),
    };
    let notice: NoticeId = typed.get("notice").parse().map_err(|_| {
        CaseError::Invalid(vec![Fault::new("notice", "required", "请选择是哪一份告知书", "Say which notice")])
    })?;
    casework::take_notice_step(&api.desk, who, (student.id, notice), (step, &draft), key).await?;
    Ok(address(student.id, Form::Notice))
}
