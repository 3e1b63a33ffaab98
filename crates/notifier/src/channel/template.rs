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
    /// The template of a letter; none where none is registered.
    pub(super) fn fill(&self, letter: &Letter) -> Option<Filled<'_>> {
        let w = &letter.words;
        let code = ("code", w.code.clone());
        let (template, values) = match w.kind {
            NoticeKind::Alarm if letter.urgent => {
                let phone = w.duty_phone.clone().unwrap_or_else(|| "学校值班室".to_owned());
                (&self.urgent, vec![("minutes", w.minutes.to_string()), code, ("phone", phone)])
            }
            NoticeKind::Alarm => (&self.task, vec![("within", crate::compose::within(w.minutes)), code]),
            NoticeKind::TakenOver => {
                let who = w.taken_by.clone().unwrap_or_else(|| "值班同事".to_owned());
                (&self.taken, vec![code, ("who", who)])
            }
            NoticeKind::AssessmentDue => (&self.assessment, vec![code]),
            NoticeKind::SecondSignature => (&self.signature, vec![code]),
            NoticeKind::StoodDown => (&self.notice, vec![code, ("what", "现场已有人陪伴，您可以休息".to_owned())]),
            NoticeKind::ContactTest => (&self.notice, vec![code, ("what", "为联系方式验证码".to_owned())]),
            NoticeKind::Over => (&self.notice, vec![code, ("what", "已办结，您无需再处理".to_owned())]),
            NoticeKind::HandingOver => (&self.notice, vec![code, ("what", "拟转交给您，请登录确认".to_owned())]),
            NoticeKind::HandedBack => (&self.notice, vec![code, ("what", "的转交没有被接收".to_owned())]),
            NoticeKind::SignatureGiven => (&self.notice, vec![code, ("what", "已复核签字".to_owned())]),
            NoticeKind::SignatureRefused => (&self.notice, vec![code, ("what", "复核未同意".to_owned())]),
        };
        (!template.is_empty()).then_some(Filled { template, values })
    }
}
