//! The form for a report that the law demands.

use casework::{CaseError, StudentRecord};
use domain::access::Right;
use domain::care::Said;
use domain::mandatory::Suspected;

use super::care_fields::Making;
use super::form::Fields;
use super::frame::shell_for;
use super::mandatory_view::{all, facts, rules, title};
use super::tasks::colleagues;
use super::view::care::{CareForm, Field};
use super::view::parts::Errors;
use super::visitor::{PageError, Visitor};
use super::words::local_field;
use crate::state::Api;

/// The form for a report.
pub(crate) async fn form(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    errors: Errors,
    typed: &Fields,
) -> Result<CareForm, PageError> {
    let lang = who.lang;
    let opens = who.scope(&api.desk, Right::OpenFile).covers(&student.place());
    let hint = lang.pick(
        "怀疑未成年人受到侵害（虐待、性侵、欺凌犯罪、遗弃、拐卖等）时，法律要求立即报告。报告人不公开；任何人不能撤回、降级或关闭。",
        "Where a child may be abused or a victim of a crime the law demands a report at once. Who reports is named nowhere; \
         nobody takes it back, lowers it or closes it.",
    );
    let done = lang.pick(
        "报告已收到，时限已经开始计算。请马上报警（110）并告知主管部门；改好密码后，在“强制报告”里写明告知了谁。",
        "Your report was received, and its clock runs. Call the police (110) and the authorities now; once you have changed your \
         password, write down under reports whom you told.",
    );
    let hint = if typed.get("done") == "reported" { done } else { hint };
    Ok(CareForm {
        shell: shell_for(api, who).await?,
        errors,
        title: title(lang).to_owned(),
        name: student.name.clone(),
        facts: facts(api, student, lang),
        warning: rules(lang),
        hint: hint.to_owned(),
        known: Vec::new(),
        fields: report_fields(api, who, typed).await?,
        signs: false,
        action: format!("/students/{}/mandatory-report", student.id),
        submit: lang.pick("报告", "Report").to_owned(),
        back_href: if opens {
            format!("/students/{}/growth-file", student.id)
        } else {
            "/mandatory-reports".to_owned()
        },
        back: (!opens).then(|| all(lang)),
    })
}

async fn report_fields(api: &Api, who: &Visitor, typed: &Fields) -> Result<Vec<Field>, CaseError> {
    let (lang, now) = (who.lang, local_field(api, api.desk.now()));
    let suspected: Vec<_> = Suspected::ALL.iter().map(|w| (w.key(), w.name(lang))).collect();
    let said: Vec<_> = Said::ALL.iter().map(|w| (w.key(), w.name(lang))).collect();
    let staff = colleagues(api, who, typed.get("staff")).await?;
    let text = (
        lang.pick("看到、听到了什么", "What was seen or heard"),
        lang.pick("写原话和看到的情况，不要追问孩子。", "In the words that were said; ask the child nothing more."),
    );
    let named = (
        lang.pick("怀疑的教职工", "Which member of staff"),
        lang.pick(
            "被怀疑的人不会看到这份报告；怀疑校长时只有区教育局能看到。",
            "Whoever is suspected does not hear of it.",
        ),
    );
    let making = Making(typed, Vec::new())
        .radios("danger_now", (lang.pick("孩子现在有没有危险", "In danger now?"), ""), false, &said)
        .text("suspicion", text, false)
        .radios("suspected", (lang.pick("怀疑的是谁", "Who is suspected"), ""), false, &suspected)
        .select("staff", named, true, staff)
        .moment("known_at", (lang.pick("什么时候得知的", "Since when it is known"), ""), false, &now)
        .hidden("alert", typed.get("alert"));
    Ok(making.1)
}
