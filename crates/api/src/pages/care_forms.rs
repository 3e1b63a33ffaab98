//! What each form about the care of a student asks, and what is done with the answers.

use casework::{CaseError, StudentRecord};
use domain::care::{
    Answer, GuardianContactDraft, HomeSafety, HomeVisitDraft, HouseholdDecision, InterviewDraft, Means, Relation, Said,
};
use domain::lang::Lang;
use domain::referral::ReferralDraft;
use domain::task::{TaskDraft, TaskKind};

use super::care::{Form, address};
use super::care_fields::Making;
use super::care_referrals::{chosen, referral, referral_fields, referrals};
use super::entry::once;
use super::form::Fields;
use super::tasks::colleagues;
use super::view::care::{Field, Known};
use super::visitor::Visitor;
use super::words::{instant_of, local_field, moment, words_of};
use super::{care_notices, care_screening};
use crate::state::Api;

/// What must be known before anything is written, and a line about the form.
pub(crate) fn warning(form: Form, lang: Lang) -> (Vec<String>, String) {
    let lines = |all: &[&str]| all.iter().map(|l| (*l).to_owned()).collect();
    match form {
        Form::GuardianContact => (
            lines(&[lang.pick(
                "先单独问孩子：告知家里会不会让他更不安全。会、不清楚或怀疑与家人有关时，不要打电话。",
                "First ask the child in private whether telling home makes it less safe. Unless the answer is no, do not call.",
            )]),
            lang.pick(
                "打电话或当面说，不发短信。父母在外时，委托照护人和父母都要联系，各记一条。",
                "By telephone or in person, never by SMS. Where the parents are away, call the carer on the spot and a parent.",
            )
            .to_owned(),
        ),
        Form::Interview => (
            Vec::new(),
            lang.pick(
                "只有心理老师可以查看。有危险时保存后请立即报一条观察：记在档案里不会叫醒任何人。",
                "For the counsellor only. Where there is danger, report it at once: a note in a file wakes nobody.",
            )
            .to_owned(),
        ),
        Form::Screening => (Vec::new(), care_screening::hint(lang).to_owned()),
        Form::ReferralBack => (
            Vec::new(),
            lang.pick("写医院给学校的建议；诊断由医院写，不在这里填。", "What the hospital advises; a diagnosis is theirs.")
                .to_owned(),
        ),
        Form::Household | Form::HouseholdSign => (
            lines(&[lang.pick(
                "决定作出以前，不要联系家里任何人。有危险请拨110。",
                "Until it is decided tell nobody of the household. Where there is danger call 110.",
            )]),
            lang.pick("由两人决定：一人提议，另一人签字。", "One proposes, another signs.").to_owned(),
        ),
        Form::Task | Form::HomeVisit | Form::Referral | Form::ReferralWent => (Vec::new(), String::new()),
        Form::Notice | Form::NoticeSigned | Form::NoticeRefused | Form::NoticeReturned | Form::NoticeOpinion => {
            (Vec::new(), care_notices::hint(form, lang))
        }
    }
}

/// What has been written already that the form goes on from.
pub(crate) async fn known(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    form: Form,
) -> Result<Vec<Known>, CaseError> {
    let lang = who.lang;
    match form {
        Form::Referral => {
            let (_, all) = casework::list_referrals(&api.desk, who, student.id).await?;
            Ok(all.iter().map(|r| referral(api, student, r, lang)).collect())
        }
        Form::Household | Form::HouseholdSign => {
            let lock = casework::view_household(&api.desk, who, student.id).await?;
            let Some(lock) = lock else {
                let title = lang.pick("没有暂停联系这个家庭", "This household is not locked").to_owned();
                return Ok(vec![Known { title, lines: Vec::new(), alarm: false, links: Vec::new() }]);
            };
            let since = moment(api, lock.locked_at).text;
            let mut lines = vec![format!("{} {since}", lock.why.name(lang))];
            let signs = lock.proposal.is_some() && lock.signed_at.is_none() && form == Form::Household;
            lines.extend(
                lock.proposal
                    .map(|p| format!("{}{} {}", lang.pick("提议：", "Proposed: "), p.decision.name(lang), p.reason)),
            );
            let sign = (address(student.id, Form::HouseholdSign), lang.pick("签字", "Sign").to_owned());
            let title = lang.pick("告知家里会让孩子更不安全", "Telling home may make the child less safe").to_owned();
            Ok(vec![Known { title, lines, alarm: true, links: if signs { vec![sign] } else { Vec::new() } }])
        }
        Form::Notice => care_notices::known(api, who, student).await,
        Form::Task
        | Form::NoticeSigned
        | Form::NoticeRefused
        | Form::NoticeReturned
        | Form::NoticeOpinion
        | Form::HomeVisit
        | Form::GuardianContact
        | Form::Interview
        | Form::Screening
        | Form::ReferralWent
        | Form::ReferralBack => Ok(Vec::new()),
    }
}

pub(super) fn pairs<T: Copy>(
    all: &[T],
    key: fn(T) -> &'static str,
    name: impl Fn(T) -> &'static str,
) -> Vec<(&'static str, &'static str)> {
    all.iter().map(|w| (key(*w), name(*w))).collect()
}

/// The fields of a form.
pub(crate) async fn fields(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    form: Form,
    typed: &Fields,
) -> Result<Vec<Field>, CaseError> {
    let (lang, now) = (who.lang, local_field(api, api.desk.now()));
    let t = &words_of(lang).texts().care;
    let making = Making(typed, Vec::new());
    let yes_no = [("true", lang.pick("是", "yes")), ("false", lang.pick("否", "no"))];
    let next = (lang.pick("下次时间", "Next time"), "");
    let when = (lang.pick("时间", "When"), "");
    let done = match form {
        Form::Task => {
            let kinds = TaskKind::GIVEN.map(|k| (k.key(), k.name(lang)));
            let staff = colleagues(api, who, typed.get("owner")).await?;
            let making = making.radios("kind", (t.kind, ""), false, &kinds).text("text", (t.what, ""), false);
            making.select("owner", (t.owner, ""), false, staff).moment("due_at", (t.due, ""), false, "")
        }
        Form::HomeVisit => making
            .moment("at", when, false, &now)
            .line("went", (lang.pick("哪些人去", "Who went"), ""), false)
            .line("met", (lang.pick("见到了谁", "Whom they met"), ""), false)
            .radios("seen_child", (lang.pick("见到孩子了吗", "Was the child seen?"), ""), false, &yes_no)
            .text("text", (lang.pick("看到和听到的", "What was seen and heard"), ""), false)
            .moment("next_at", next, true, ""),
        Form::GuardianContact => guardian_fields(making, lang, &now).moment("next_at", next, true, ""),
        Form::Interview => talk_fields(making, lang, &now).moment("next_at", next, true, ""),
        Form::Screening => care_screening::fields(api, student, making, (lang, &now)).moment("next_at", next, true, ""),
        Form::Referral => referral_fields(making, lang),
        Form::ReferralWent => making
            .select(
                "referral",
                (Form::Referral.title(lang), ""),
                false,
                referrals(api, who, student, typed, false).await?,
            )
            .radios("went", (lang.pick("去了吗", "Did they go?"), ""), false, &yes_no)
            .moment("at", (lang.pick("什么时候去的", "When"), lang.pick("去了才填", "if they did")), true, "")
            .text("note", (lang.pick("说明", "Note"), lang.pick("没有去要写原因", "why, if they did not")), true),
        Form::ReferralBack => making
            .select(
                "referral",
                (Form::Referral.title(lang), ""),
                false,
                referrals(api, who, student, typed, true).await?,
            )
            .moment("at", (lang.pick("什么时候回来的", "Back when"), ""), false, &now)
            .text("outcome", (lang.pick("结果", "Outcome"), ""), false)
            .moment("next_visit", (lang.pick("下次就诊", "Next visit"), ""), true, ""),
        Form::Household => {
            let all = pairs(HouseholdDecision::ALL, HouseholdDecision::key, |d| d.name(lang));
            let making = making.radios("decision", (lang.pick("提议", "Proposal"), ""), false, &all);
            making.text("reason", (t.reason, ""), false)
        }
        // Whatever was sent before, what is signed next is what stands there now.
        Form::HouseholdSign => {
            let lock = casework::view_household(&api.desk, who, student.id).await?;
            let proposal = lock.and_then(|l| l.proposal).map(|p| p.id.to_string());
            making.hidden("proposal", &proposal.unwrap_or_default())
        }
        Form::Notice | Form::NoticeSigned | Form::NoticeRefused | Form::NoticeReturned | Form::NoticeOpinion => {
            care_notices::fields(api, who, student, form, (making, &now)).await?
        }
    };
    Ok(done.1)
}

fn talk_fields<'a>(making: Making<'a>, lang: Lang, now: &str) -> Making<'a> {
    let said = pairs(Said::ALL, Said::key, |w| w.name(lang));
    let yes_no = [("true", lang.pick("是", "yes")), ("false", lang.pick("否", "no"))];
    let wish = lang.pick("有没有不想活的想法", "Does the child wish to die?");
    let means = lang.pick("问过身边有没有能伤害自己的东西吗", "Asked about means?");
    making
        .moment("at", (lang.pick("时间", "When"), ""), false, now)
        .text("text", (lang.pick("谈话记录", "What was said"), ""), false)
        .radios("wish_to_die", (wish, ""), false, &said)
        .radios("means_asked", (means, ""), false, &yes_no)
        .radios("safe_now", (lang.pick("孩子现在安全吗", "Is the child safe now?"), ""), false, &said)
}

fn guardian_fields<'a>(making: Making<'a>, lang: Lang, now: &str) -> Making<'a> {
    let home = pairs(HomeSafety::ALL, HomeSafety::key, |w| w.name(lang));
    let relations = pairs(Relation::ALL, Relation::key, |w| w.name(lang));
    let means = pairs(Means::ALL, Means::key, |w| w.name(lang));
    let answers = pairs(Answer::ALL, Answer::key, |w| w.name(lang));
    making
        .radios(
            "less_safe",
            (lang.pick("孩子说：告知家里会让他更不安全吗", "The child says: less safe if home is told?"), ""),
            false,
            &home,
        )
        .line("guardian", (lang.pick("联系的是哪一位", "Which guardian"), ""), false)
        .radios("relation", (lang.pick("与孩子的关系", "Relation"), ""), false, &relations)
        .radios("by", (lang.pick("方式", "By"), ""), false, &means)
        .moment("at", (lang.pick("时间", "When"), ""), false, now)
        .text("told", (lang.pick("告知了什么", "What was told"), ""), false)
        .radios("answer", (lang.pick("结果", "Answer"), ""), false, &answers)
}

/// Writes down what was typed; gives where to go from there.
pub(crate) async fn write(
    api: &Api,
    who: &Visitor,
    student: &StudentRecord,
    form: Form,
    typed: &Fields,
) -> Result<String, CaseError> {
    let (desk, id, key) = (&api.desk, student.id, once(typed, &address(student.id, form)));
    let (typed, key) = (Typed(api, typed), key.as_ref());
    let file = format!("/students/{id}/growth-file");
    match form {
        Form::Task => {
            let (student, owner, due_at) = (id.to_string(), typed.text("owner"), typed.time("due_at"));
            let (kind, text) = (typed.text("kind"), typed.text("text"));
            let draft = TaskDraft { student, alert: None, kind, text, owner, due_at };
            casework::give_task(desk, who, &draft, key).await.map(|_| file)
        }
        Form::HomeVisit => casework::record_home_visit(desk, who, id, &typed.visit(), key).await.map(|_| file),
        Form::GuardianContact => {
            casework::record_guardian_contact(desk, who, id, &typed.call(), key).await.map(|_| file)
        }
        Form::Interview => {
            let (_, danger) = casework::record_interview(desk, who, id, &typed.talk(), key).await?;
            Ok(if danger { format!("/observations/new?student={id}") } else { file })
        }
        Form::Screening => care_screening::write(api, who, id, (typed.1, key)).await,
        Form::Referral => casework::refer(desk, who, id, &typed.referral(), key).await.map(|_| file),
        Form::ReferralWent => {
            let (at, note) = (typed.maybe("at"), typed.text("note"));
            let of = (id, chosen(typed.1)?);
            casework::refer_went(desk, who, of, typed.flag("went"), at.as_deref(), Some(&note), key).await?;
            Ok(address(id, Form::Referral))
        }
        Form::ReferralBack => {
            let (at, outcome, next) = (typed.time("at"), typed.text("outcome"), typed.maybe("next_visit"));
            casework::refer_back(desk, who, (id, chosen(typed.1)?), &at, &outcome, next.as_deref()).await?;
            Ok(address(id, Form::Referral))
        }
        Form::Household => {
            casework::propose_household(desk, who, id, &typed.text("decision"), &typed.text("reason")).await?;
            Ok(address(id, Form::Household))
        }
        Form::Notice | Form::NoticeSigned | Form::NoticeRefused | Form::NoticeReturned | Form::NoticeOpinion => {
            care_notices::write(api, who, student, form, (typed.1, key)).await
        }
        Form::HouseholdSign => {
            casework::sign_household(desk, who, id, &typed.text("proposal")).await?;
            // Whoever was asked for this once has no form any more; what was decided stands in the file.
            Ok(format!("/students/{id}/growth-file"))
        }
    }
}

/// What was typed, as the verbs take it.
struct Typed<'a>(&'a Api, &'a Fields);

impl Typed<'_> {
    fn text(&self, name: &str) -> String {
        self.1.get(name).to_owned()
    }

    fn time(&self, name: &str) -> String {
        instant_of(self.0, self.1.get(name))
    }

    fn maybe(&self, name: &str) -> Option<String> {
        Some(self.time(name)).filter(|t| !t.is_empty())
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.1.get(name).parse().ok()
    }

    fn visit(&self) -> HomeVisitDraft {
        HomeVisitDraft {
            at: self.time("at"),
            went: self.text("went"),
            met: self.text("met"),
            seen_child: self.flag("seen_child"),
            text: self.text("text"),
            next_at: self.maybe("next_at"),
        }
    }

    fn call(&self) -> GuardianContactDraft {
        GuardianContactDraft {
            at: self.time("at"),
            guardian: self.text("guardian"),
            relation: self.text("relation"),
            by: self.text("by"),
            told: self.text("told"),
            answer: self.text("answer"),
            less_safe: self.text("less_safe"),
            next_at: self.maybe("next_at"),
        }
    }

    fn talk(&self) -> InterviewDraft {
        InterviewDraft {
            at: self.time("at"),
            text: self.text("text"),
            means_asked: self.flag("means_asked"),
            wish_to_die: self.text("wish_to_die"),
            safe_now: self.text("safe_now"),
            next_at: self.maybe("next_at"),
        }
    }

    fn referral(&self) -> ReferralDraft {
        ReferralDraft {
            to: self.text("to"),
            reason: self.text("reason"),
            consent: self.text("consent"),
            consent_by: Some(self.text("consent_by")),
            escort: self.text("escort"),
            appointment_at: self.time("appointment_at"),
        }
    }
}
