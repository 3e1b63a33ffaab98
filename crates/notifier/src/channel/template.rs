//! Registered templates. Providers of the mainland send no free text: each kind of message has a template that was
//! approved, and only its variables are filled. None of them is an address: carriers refuse links in variables.

use domain::notice::NoticeKind;

use super::Letter;

/// The codes of the templates at one provider; empty where there is none.
#[derive(Debug, Clone, Default)]
pub struct Templates {
    /// A red: `minutes`, `code`, `phone`.
    pub urgent: String,
    /// Anything else to be taken: `within`, `code`.
    pub task: String,
    /// Somebody took over: `code`, `who`.
    pub taken: String,
    /// An assessment is due: `code`.
    pub assessment: String,
    /// A signature is due: `code`.
    pub signature: String,
    /// What only informs, and asks for nothing: `code`, `what`.
    pub notice: String,
    /// Several that go out as one: `count`, `within`. Where there is none, the template of the first of them is used.
    pub bundle: String,
    /// Very many reds at once: `count`.
    pub storm: String,
    /// Whatever is of a drill: `code`, `what`. Nothing of a drill is ever filled into another one.
    pub drill: String,
}

/// A template and what it is filled with, in the order of its variables.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filled<'a> {
    pub(super) template: &'a str,
    pub(super) values: Vec<(&'static str, String)>,
}

impl Filled<'_> {
    /// As a JSON object.
    pub(super) fn object(&self) -> String {
        let object: serde_json::Map<String, serde_json::Value> =
            self.values.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect();
        serde_json::Value::Object(object).to_string()
    }
}

impl Templates {
    fn wanted(&self) -> [&String; 6] {
        [&self.urgent, &self.task, &self.taken, &self.assessment, &self.signature, &self.notice]
    }

    /// Whether every kind of message has one.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.wanted().into_iter().any(String::is_empty)
    }

    /// Whether a drill would be sent with the words of something real.
    #[must_use]
    pub fn drill_is_another(&self) -> bool {
        let real = self.wanted().into_iter().chain([&self.bundle, &self.storm]);
        !self.drill.is_empty() && real.into_iter().any(|t| *t == self.drill)
    }

    /// The template of a letter; none where none is registered.
    pub(super) fn fill(&self, letter: &Letter) -> Option<Filled<'_>> {
        let w = &letter.words;
        let code = ("code", w.code.clone());
        if w.drill {
            let what = crate::compose_drill::what(w.kind, w.minutes, w.taken_by.as_deref());
            let values = vec![code, ("what", what)];
            return (!self.drill.is_empty()).then_some(Filled { template: &self.drill, values });
        }
        let within = || ("within", crate::compose::within(w.minutes));
        let notice = |what: &str| (&self.notice, vec![("code", w.code.clone()), ("what", what.to_owned())]);
        let (template, values) = match w.kind {
            NoticeKind::Storm => (&self.storm, vec![("count", w.count.to_string())]),
            // Nothing among them has to be answered: the template would ask for it.
            _any if w.count > 1 && w.minutes > 0 && !self.bundle.is_empty() => {
                (&self.bundle, vec![("count", w.count.to_string()), within()])
            }
            NoticeKind::Alarm if letter.urgent => {
                let phone = w.duty_phone.clone().unwrap_or_else(|| "学校值班室".to_owned());
                (&self.urgent, vec![("minutes", w.minutes.to_string()), code, ("phone", phone)])
            }
            NoticeKind::Alarm => (&self.task, vec![within(), code]),
            NoticeKind::TakenOver => {
                let who = w.taken_by.clone().unwrap_or_else(|| "值班同事".to_owned());
                (&self.taken, vec![code, ("who", who)])
            }
            NoticeKind::AssessmentDue if self.assessment.is_empty() => (&self.notice, vec![code, unassessed()]),
            NoticeKind::AssessmentDue => (&self.assessment, vec![code]),
            NoticeKind::NewFacts => (&self.notice, vec![code, ("what", "有新的情况，请登录查看".to_owned())]),
            NoticeKind::SecondSignature => (&self.signature, vec![code]),
            NoticeKind::StoodDown => (&self.notice, vec![code, ("what", "现场已有人陪伴，您可以休息".to_owned())]),
            NoticeKind::ContactTest => (&self.notice, vec![code, ("what", "为联系方式验证码".to_owned())]),
            NoticeKind::ContactChanged => notice("为尾号的联系方式有变动，非本人请告知管理员"),
            NoticeKind::PasswordChanged => notice("您的登录密码已修改，非本人请告知负责人"),
            NoticeKind::Over => (&self.notice, vec![code, ("what", "已办结，您无需再处理".to_owned())]),
            NoticeKind::HandingOver => (&self.notice, vec![code, ("what", "拟转交给您，请登录确认".to_owned())]),
            NoticeKind::HandedBack => (&self.notice, vec![code, ("what", "的转交没有被接收".to_owned())]),
            NoticeKind::RecheckDue => (&self.notice, vec![code, ("what", "到了约定再看一次的日子，请登录".to_owned())]),
            NoticeKind::SignatureGiven => (&self.notice, vec![code, ("what", "已复核签字".to_owned())]),
            NoticeKind::SignatureRefused => (&self.notice, vec![code, ("what", "复核未同意".to_owned())]),
            NoticeKind::ReportDue => (&self.notice, vec![code, ("what", "本周班级周报待提交".to_owned())]),
            NoticeKind::ReportsMissing => notice("有班级周报未提交，请登录查看"),
            NoticeKind::SweepDue => (&self.notice, vec![code, ("what", "排查名单待提交".to_owned())]),
            NoticeKind::SweepsMissing => notice("有班级排查名单未提交，请登录查看"),
            NoticeKind::WatchLapsed => (&self.notice, vec![code, ("what", "现场无人接班，请立即到场".to_owned())]),
            NoticeKind::UrgentOverdue => notice("有一项紧急事项逾时未办，请立即登录"),
            NoticeKind::TaskGiven => (&self.notice, vec![code, ("what", "有新的工作任务，请登录查看".to_owned())]),
            NoticeKind::TaskTaken => (&self.notice, vec![code, ("what", "有工作任务已转交他人，请登录".to_owned())]),
            NoticeKind::TaskDue => (&self.notice, vec![code, ("what", "有工作任务已到期，请登录办理".to_owned())]),
            NoticeKind::StudentWaits => (&self.notice, vec![code, ("what", "有工作交接等您办理，请登录".to_owned())]),
            NoticeKind::StudentOverdue => (&self.notice, vec![code, ("what", "有工作交接逾期未办，请督促".to_owned())]),
            NoticeKind::StudentAnswered => notice("有工作交接已有答复，请登录"),
            NoticeKind::AppointmentWaits => notice("有人员任职等您确认，请登录"),
            NoticeKind::AppointmentMade => notice("有人员任职变动，请登录核对"),
            NoticeKind::TaskOverdue => (&self.notice, vec![code, ("what", "有工作任务逾期未办，请督促".to_owned())]),
            NoticeKind::ReportUnread => notice("您的报告过时限未有人查看，可拨值班电话"),
            NoticeKind::DecisionLookedAt => (&self.notice, vec![code, ("what", "有了抽查意见，请登录查看".to_owned())]),
            NoticeKind::DrillOver | NoticeKind::DrillStopped => return None,
        };
        (!template.is_empty()).then_some(Filled { template, values })
    }
}

/// A voice has one text for all that is no alarm.
fn unassessed() -> (&'static str, String) {
    ("what", "现场已有人陪伴，逾时仍无生效研判，请登录".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::sample::letter;
    use super::*;

    #[test]
    fn a_drill_fills_the_template_of_drills_and_never_another() {
        let real = Templates { urgent: "R".into(), task: "T".into(), notice: "N".into(), ..Templates::default() };
        let with = Templates { drill: "D".into(), ..real.clone() };
        for kind in NoticeKind::ALL {
            let mut letter = letter();
            (letter.words.kind, letter.words.drill) = (kind, true);
            assert_eq!(real.fill(&letter), None, "{kind:?}");
            let filled = with.fill(&letter).unwrap();
            assert_eq!(filled.template, "D", "{kind:?}");
            assert!(filled.object().contains("演练"), "{}", filled.object());
            letter.words.drill = false;
            assert_ne!(with.fill(&letter).map(|f| f.template), Some("D"), "{kind:?}");
        }
    }
}
